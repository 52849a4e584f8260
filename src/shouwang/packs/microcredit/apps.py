"""The Django app of the pack."""

from django.apps import AppConfig


class MicrocreditConfig(AppConfig):
    """小额担保贷款."""

    name = "shouwang.packs.microcredit"
    label = "microcredit"
    verbose_name = "小额担保贷款"

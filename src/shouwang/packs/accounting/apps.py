"""The Django app of the pack."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    """村（社区）会计委托服务."""

    name = "shouwang.packs.accounting"
    label = "accounting"
    verbose_name = "村（社区）会计委托服务"

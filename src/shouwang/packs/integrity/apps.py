"""The Django app of the pack."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """廉政风险防范."""

    name = "shouwang.packs.integrity"
    label = "integrity"
    verbose_name = "廉政风险防范"

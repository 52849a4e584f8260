"""The Django app of the shared ledgers."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Posts and who holds them."""

    name = "shouwang.office"
    label = "office"
    verbose_name = "机关通用台账"

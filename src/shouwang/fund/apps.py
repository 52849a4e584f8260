"""The Django app of the books."""

from django.apps import AppConfig


class FundConfig(AppConfig):
    """Earmarked money as double entry."""

    name = "shouwang.fund"
    label = "fund"
    verbose_name = "账簿与专款"

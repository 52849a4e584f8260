"""The Django app of the pack."""

from django.apps import AppConfig


class InsuranceConfig(AppConfig):
    """社会保险业务标准化."""

    name = "shouwang.packs.insurance"
    label = "insurance"
    verbose_name = "社会保险"

"""The Django app of the pack."""

from django.apps import AppConfig


class EnergyConfig(AppConfig):
    """能源计量与节能."""

    name = "shouwang.packs.energy"
    label = "energy"
    verbose_name = "能源计量与节能"

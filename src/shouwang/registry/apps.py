"""The Django app of the registers."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Registers of divisions, persons, households, organisations and places."""

    name = "shouwang.registry"
    label = "registry"
    verbose_name = "基础台账"

"""The Django app of the pack."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    """Dibao with social work (S2)."""

    name = "shouwang.packs.assistance"
    label = "assistance"
    verbose_name = "低保与社会工作"

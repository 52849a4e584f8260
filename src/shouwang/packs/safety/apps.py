"""The Django app of the pack."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """安全社区."""

    name = "shouwang.packs.safety"
    label = "safety"
    verbose_name = "安全社区"

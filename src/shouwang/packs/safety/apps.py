"""The Django app of the pack."""

from django.apps import AppConfig

from shouwang.standards.reading import N_
from shouwang.trail.words import label_target

FORMER = {
    "safety.archive": N_("安全社区档案目录"),
    "safety.publicity": N_("安全宣传记录"),
}
"""Ledgers that became part of the office's, as events of before call them."""


class SafetyConfig(AppConfig):
    """安全社区."""

    name = "shouwang.packs.safety"
    label = "safety"
    verbose_name = "安全社区"

    def ready(self) -> None:
        """Events of former ledgers keep their names."""
        for name, title in FORMER.items():
            label_target(name, title)

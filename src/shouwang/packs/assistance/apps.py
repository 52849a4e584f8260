"""The Django app of the pack."""

from django.apps import AppConfig

from shouwang.standards.reading import N_
from shouwang.trail.words import label_target

FORMER = {
    "assistance.worker_training": N_("低保工作人员培训登记表"),
}
"""Ledgers that became part of the office's, as events of before call them."""


class AssistanceConfig(AppConfig):
    """Dibao with social work (S2)."""

    name = "shouwang.packs.assistance"
    label = "assistance"
    verbose_name = "低保与社会工作"

    def ready(self) -> None:
        """Events of former ledgers keep their names."""
        for name, title in FORMER.items():
            label_target(name, title)

"""The Django app of the pack."""

from django.apps import AppConfig

from shouwang.standards.reading import N_
from shouwang.trail.words import label_target

FORMER = {
    "insurance.training": N_("社保业务培训记录"),
}
"""Ledgers that became part of the office's, as events of before call them."""


class InsuranceConfig(AppConfig):
    """社会保险业务标准化."""

    name = "shouwang.packs.insurance"
    label = "insurance"
    verbose_name = "社会保险"

    def ready(self) -> None:
        """Events of former ledgers keep their names."""
        for name, title in FORMER.items():
            label_target(name, title)

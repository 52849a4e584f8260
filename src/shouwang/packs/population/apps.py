"""The Django app of the pack."""

from django.apps import AppConfig

from shouwang.standards.reading import N_
from shouwang.trail.words import label_target

FORMER = {
    "population.publicity_session": N_("宣传宣讲记录"),
}
"""Ledgers that became part of the office's, as events of before call them."""


class PopulationConfig(AppConfig):
    """Screening of the floating population and joint prevention with the beat officer."""

    name = "shouwang.packs.population"
    label = "population"
    verbose_name = "人口排查与联防联控"

    def ready(self) -> None:
        """Events of former ledgers keep their names."""
        for name, title in FORMER.items():
            label_target(name, title)

"""The Django app of the pack."""

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    """Screening of the floating population and joint prevention with the beat officer."""

    name = "shouwang.packs.population"
    label = "population"
    verbose_name = "人口排查与联防联控"

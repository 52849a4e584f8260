"""The Django app of the clock."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class ClockConfig(AppConfig):
    """Jobs and their runs."""

    name = "shouwang.clock"
    label = "clock"
    verbose_name = "定时"

    def ready(self) -> None:
        """Refuse to start with a job that nobody asks for and that does not say why."""
        from shouwang.clock import checks

        register(checks.check_jobs, Tags.security)

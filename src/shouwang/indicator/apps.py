"""The Django app of indicators."""

from django.apps import AppConfig


class IndicatorConfig(AppConfig):
    """Recorded values and targets."""

    name = "shouwang.indicator"
    label = "indicator"
    verbose_name = "指标"

    def ready(self) -> None:
        """Let a scan of the database evaluate the indicators too, and follow the parameters they use."""
        from shouwang.indicator import catalogue, scanning
        from shouwang.risk.scans import asked
        from shouwang.risk.values import also_used

        also_used(catalogue.uses)
        asked.connect(scanning.after_rules, dispatch_uid="shouwang.indicator.scanning")

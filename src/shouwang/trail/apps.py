"""The Django app of the trail."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class TrailConfig(AppConfig):
    """Events, seals, verification."""

    name = "shouwang.trail"
    label = "trail"
    verbose_name = "留痕"

    def ready(self) -> None:
        """Guard every connection; let migrations through; have deletions and links noted."""
        from shouwang.trail import guard, tracking

        tracking.watch()
        connection_created.connect(guard.install, dispatch_uid="shouwang.trail.guard")
        pre_migrate.connect(guard.pause, dispatch_uid="shouwang.trail.pause")
        post_migrate.connect(guard.resume, dispatch_uid="shouwang.trail.resume")

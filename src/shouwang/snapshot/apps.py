"""The Django app of snapshots."""

from django.apps import AppConfig


class SnapshotConfig(AppConfig):
    """Snapshots of the database, and what must be remembered for them."""

    name = "shouwang.snapshot"
    label = "snapshot"
    verbose_name = "快照"

    def ready(self) -> None:
        """Remember which columns the sheets of an import had."""
        from shouwang.ledger.store.importing import stated
        from shouwang.snapshot import sheets

        stated.connect(sheets.remember, dispatch_uid="shouwang.snapshot.sheets")

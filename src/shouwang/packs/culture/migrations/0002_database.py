from django.db import migrations

from shouwang.ledger.migrating import LedgerColumns


class Migration(migrations.Migration):
    """The columns of ledgers in the database; resident ID numbers are sealed."""

    dependencies = [
        ("access", "0001_initial"),
        ("ledger", "0001_initial"),
        ("culture", "0001_ledgers"),
    ]

    operations = [LedgerColumns("culture")]

from django.db import migrations

from shouwang.ledger.migrating import LedgerColumns


class Migration(migrations.Migration):
    """The columns of ledgers in the database; resident ID numbers are sealed."""

    dependencies = [
        ("access", "0001_initial"),
        ("ledger", "0001_initial"),
        ("assistance", "0001_initial"),
    ]

    operations = [LedgerColumns("assistance")]

from django.db import migrations

from shouwang.ledger.migrating import MovedLedger


class Migration(migrations.Migration):
    """Trainings are a ledger of the office."""

    dependencies = [
        ("office", "0003_records"),
        ("assistance", "0002_database"),
    ]

    operations = [
        MovedLedger("WorkerTraining", "office.training", {"method": "kind"}, stated={"line": "社会救助"}),
    ]

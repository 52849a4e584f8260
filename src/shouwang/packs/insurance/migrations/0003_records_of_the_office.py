from django.db import migrations

from shouwang.ledger.migrating import MovedLedger


class Migration(migrations.Migration):
    """Trainings are a ledger of the office."""

    dependencies = [
        ("office", "0003_records"),
        ("insurance", "0002_database"),
    ]

    operations = [
        MovedLedger("Training", "office.training", {"course": "topic", "office": "unit", "passed": "result"}, stated={"line": "社会保障"}, spelt={"passed": {True: "合格", False: "不合格"}}),
    ]

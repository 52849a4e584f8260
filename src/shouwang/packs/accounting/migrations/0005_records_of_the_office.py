from django.db import migrations

from shouwang.ledger.migrating import MovedLedger


class Migration(migrations.Migration):
    """Trainings and archives are ledgers of the office."""

    dependencies = [
        ("office", "0003_records"),
        ("accounting", "0004_import_index"),
    ]

    operations = [
        MovedLedger("Training", "office.training", {"passed": "result"}, stated={"line": "财会"}, spelt={"passed": {True: "合格", False: "不合格"}}),
        MovedLedger("Archive", "office.archive", {"content": "title"}, stated={"kind": "会计档案"}),
    ]

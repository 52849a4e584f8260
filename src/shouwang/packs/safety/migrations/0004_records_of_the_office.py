from django.db import migrations

from shouwang.ledger.migrating import MovedLedger


class Migration(migrations.Migration):
    """Publicity and archives are ledgers of the office."""

    dependencies = [
        ("office", "0003_records"),
        ("safety", "0003_community"),
    ]

    operations = [
        MovedLedger("Archive", "office.archive", stated={"kind": "安全社区档案"}),
        MovedLedger("Publicity", "office.publicity", {"reached": "residents", "by": "staff"}, stated={"kind": "安全社区"}),
    ]

from django.db import migrations

from shouwang.ledger.migrating import MovedLedger


class Migration(migrations.Migration):
    """Publicity is a ledger of the office."""

    dependencies = [
        ("office", "0003_records"),
        ("population", "0002_database"),
    ]

    operations = [
        MovedLedger("PublicitySession", "office.publicity", stated={"kind": "平安法治"}),
    ]

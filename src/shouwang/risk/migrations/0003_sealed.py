"""The clear wording of findings comes under the data keys, which are rotated."""

from __future__ import annotations

from django.db import migrations

from shouwang.risk.sealing import bring_over


class Migration(migrations.Migration):

    dependencies = [("risk", "0002_register")]

    operations = [migrations.RunPython(bring_over, migrations.RunPython.noop, elidable=True)]

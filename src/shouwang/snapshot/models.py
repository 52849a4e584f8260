"""Which columns a sheet had: a rule may only be asked of rows whose sheet had the columns it needs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetColumns(models.Model):
    """The columns that a sheet stated for a ledger when it was last imported; follows from the imports."""

    ledger = models.CharField(max_length=100)
    file = models.CharField(max_length=500)
    sheet = models.CharField(max_length=200)
    columns = models.JSONField(default=list)

    class Meta:
        verbose_name = _("工作表的栏目")
        constraints = [
            models.UniqueConstraint(fields=["ledger", "file", "sheet"], name="snapshot_sheet_once")
        ]

"""The Django app of the pack."""

from django.apps import AppConfig

from shouwang.standards.reading import N_
from shouwang.trail.words import label_target

FORMER = {
    "accounting.training": N_("财会人员培训登记"),
    "accounting.archive": N_("会计档案登记"),
}
"""Ledgers that became part of the office's, as events of before call them."""


class AccountingConfig(AppConfig):
    """村（社区）会计委托服务."""

    name = "shouwang.packs.accounting"
    label = "accounting"
    verbose_name = "村（社区）会计委托服务"

    def ready(self) -> None:
        """Events of former ledgers keep their names."""
        for name, title in FORMER.items():
            label_target(name, title)

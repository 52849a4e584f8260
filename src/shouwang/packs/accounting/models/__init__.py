"""Ledgers of the pack: the books, the money's own registers, and the people and bodies around them."""

from shouwang.packs.accounting.models.books import (
    AccountBalance,
    BankJournal,
    CashJournal,
    Entry,
    Voucher,
)
from shouwang.packs.accounting.models.governance import (
    Accountant,
    Archive,
    AssetCheck,
    CleanUpAudit,
    Complaint,
    Disclosure,
    Entrustment,
    InternalControl,
    PublicProject,
    Review,
    Training,
)
from shouwang.packs.accounting.models.money import BankAccount, MonthEndReport, Receipt, ReceiptBook

__all__ = [
    "AccountBalance",
    "Accountant",
    "Archive",
    "AssetCheck",
    "BankAccount",
    "BankJournal",
    "CashJournal",
    "CleanUpAudit",
    "Complaint",
    "Disclosure",
    "Entrustment",
    "Entry",
    "InternalControl",
    "MonthEndReport",
    "PublicProject",
    "Receipt",
    "ReceiptBook",
    "Review",
    "Training",
    "Voucher",
]

"""Ledgers of the pack: the books, the money's own registers, and the people and bodies around them."""

from shouwang.packs.accounting.models.books import (
    AccountBalance,
    BankJournal,
    BankStatement,
    CashJournal,
    Entry,
    Voucher,
)
from shouwang.packs.accounting.models.governance import (
    Accountant,
    AssetCheck,
    CleanUpAudit,
    Complaint,
    Disclosure,
    Entrustment,
    InternalControl,
    PublicProject,
    Review,
)
from shouwang.packs.accounting.models.money import BankAccount, MonthEndReport, Receipt, ReceiptBook

__all__ = [
    "AccountBalance",
    "Accountant",
    "AssetCheck",
    "BankAccount",
    "BankJournal",
    "BankStatement",
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
    "Voucher",
]

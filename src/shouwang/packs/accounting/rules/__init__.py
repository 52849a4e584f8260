"""The rules of the pack: vouchers, the money's way, books and journals, closing, banks, people and bodies."""

from shouwang.packs.accounting.rules import bank, books, closing, governance, journals, money, vouchers

__all__ = ["bank", "books", "closing", "governance", "journals", "money", "vouchers"]

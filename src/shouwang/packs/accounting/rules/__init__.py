"""The rules of the pack: vouchers, the money's way, journals and books, people and bodies."""

from shouwang.packs.accounting.rules import books, governance, money, vouchers

__all__ = ["books", "governance", "money", "vouchers"]

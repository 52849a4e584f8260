"""The rules of the pack: admission to a loan, life of a loan, communities, public money, credit files."""

from shouwang.packs.microcredit.rules import admission, communities, conditions, funds, life, standing

__all__ = ["admission", "communities", "conditions", "funds", "life", "standing"]

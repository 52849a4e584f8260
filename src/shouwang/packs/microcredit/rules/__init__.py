"""The rules of the pack: admission, life of a loan, schedules, communities, public money, credit files."""

from shouwang.packs.microcredit.rules import (
    admission,
    communities,
    conditions,
    funds,
    history,
    life,
    rights,
    schedules,
    standing,
)

__all__ = [
    "admission",
    "communities",
    "conditions",
    "funds",
    "history",
    "life",
    "rights",
    "schedules",
    "standing",
]

"""Bank journals and bank statements by account, for reconciliation."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal

from shouwang.fund.catalogue import BankAccount, Ledgers, Row
from shouwang.fund.entries import ZERO
from shouwang.fund.reconcile import Line
from shouwang.risk.areas import below_township
from shouwang.standards.masking import mask_text

Sides = tuple[list[Row], list[Row]]


def accounts(ledgers: Ledgers, until: dt.date | None = None) -> list[BankAccount]:
    """Every account that a journal or a statement names, in order; only what is on or before ``until``."""
    found: defaultdict[str, Sides] = defaultdict(lambda: ([], []))
    owners: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for side, name in enumerate(("bank_journal", "bank_statement")):
        for row in ledgers.rows(f"accounting.{name}"):
            account = (row["account"] or "").strip()
            if not account or (until is not None and row["entered_on"] > until):
                continue
            found[account][side].append(row)
            if row["division"]:
                owners[account][below_township(row["division"])] += 1
    made = []
    for account, (book, bank) in found.items():
        names = owners[account]
        owner = min(names, key=lambda name: (-names[name], name), default="")
        made.append(
            BankAccount(
                owner,
                account,
                tuple(_line(row, "voucher_no") for row in _ordered(book)),
                tuple(_line(row, "number") for row in _ordered(bank)),
                _last(book),
                _last(bank),
            )
        )
    return sorted(made, key=lambda one: (one.owner, one.account))


def _ordered(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["entered_on"], row.place))


def _line(row: Row, number: str) -> Line:
    amount = (row["income"] or ZERO) - (row["expense"] or ZERO)
    summary = mask_text(row["summary"] or "")
    return Line(row["entered_on"], amount, (row[number] or "").strip(), summary, row.place)


def _last(rows: list[Row]) -> Decimal | None:
    """The balance that stands in the last row that has one."""
    balances = [row["balance"] for row in _ordered(rows) if row["balance"] is not None]
    return balances[-1] if balances else None

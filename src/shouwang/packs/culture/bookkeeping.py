"""The special fund of culture as a book: what each project was given and has spent of it (S4-16, S4-30)."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.fund import registers
from shouwang.fund.catalogue import Asked, Kept, Ledgers, bookkeeper
from shouwang.fund.earmark import Movement
from shouwang.fund.entries import ZERO

FUND = "文化专项资金"


@bookkeeper("culture", "文化专项资金账")
def keep(ledgers: Ledgers, asked: Asked) -> Kept:
    """One book; spending of projects that the fund gave nothing to is not its own and stays out."""
    return registers.keep((FUND, movement, None) for movement in _movements(ledgers, asked))


def _movements(ledgers: Ledgers, asked: Asked) -> Iterator[Movement]:
    given = [row for row in ledgers.rows("culture.special_fund") if row["received_on"]]
    for row in given:
        purpose = row["project_no"] or FUND
        said = asked.said(row["use"] or row["source"])
        yield Movement(
            FUND, purpose, row["received_on"], row["amount"], ZERO, row["source"], said, "",
            row["fund_no"] or "", row.place,
        )  # fmt: skip
    projects = {row["project_no"] for row in given if row["project_no"]}
    for row in ledgers.rows("culture.spending"):
        if row["project_no"] in projects and row["spent_on"]:
            yield Movement(
                FUND, row["project_no"], row["spent_on"], ZERO, row["amount"], row["item"] or "",
                asked.said(row["item"]), asked.said(row["payee"]), row["spending_no"] or "", row.place,
            )  # fmt: skip

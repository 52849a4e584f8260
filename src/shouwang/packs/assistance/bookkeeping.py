"""The dedicated fund of the minimum living allowance as a book: 专项管理、专款专用 (S2-48)."""

from __future__ import annotations

from shouwang.fund import registers
from shouwang.fund.catalogue import Asked, Kept, Ledgers, bookkeeper
from shouwang.fund.earmark import Movement
from shouwang.fund.entries import ZERO
from shouwang.risk.areas import below_township

FUND = "低保资金"


@bookkeeper("assistance", "低保资金账")
def keep(ledgers: Ledgers, asked: Asked) -> Kept:
    """One book for each place that keeps a register of the fund; the allowance is its one purpose."""
    return registers.keep(
        (
            below_township(row["division"] or "") + FUND,
            Movement(
                FUND,
                FUND,
                row["on"],
                row["income"] or ZERO,
                row["expense"] or ZERO,
                row["kind"] or "",
                asked.said(row["purpose"] or row["kind"]),
                asked.said(row["counterparty"]),
                row["entry_no"] or "",
                row.place,
            ),
            row["balance"],
        )
        for row in ledgers.rows("assistance.fund_entry")
    )

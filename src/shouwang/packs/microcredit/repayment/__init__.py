"""Repayment of a loan as pure functions: schedule, arrears, subsidy, and what a portfolio makes of them."""

from shouwang.packs.microcredit.repayment.arrears import (
    CIVIL_CODE,
    Account,
    Due,
    Order,
    Part,
    Payment,
    Penalty,
    replay,
)
from shouwang.packs.microcredit.repayment.days import DayCount, add_months, days_between
from shouwang.packs.microcredit.repayment.portfolio import (
    Position,
    Share,
    non_performing,
    portfolio_at_risk,
)
from shouwang.packs.microcredit.repayment.schedule import (
    After,
    Instalment,
    Method,
    Prepayment,
    Terms,
    TermsError,
    equal_instalment,
    interest,
    round_half_up,
    schedule,
)
from shouwang.packs.microcredit.repayment.subsidy import subsidies

__all__ = [
    "CIVIL_CODE",
    "Account",
    "After",
    "DayCount",
    "Due",
    "Instalment",
    "Method",
    "Order",
    "Part",
    "Payment",
    "Penalty",
    "Position",
    "Prepayment",
    "Share",
    "Terms",
    "TermsError",
    "add_months",
    "days_between",
    "equal_instalment",
    "interest",
    "non_performing",
    "portfolio_at_risk",
    "replay",
    "round_half_up",
    "schedule",
    "subsidies",
]

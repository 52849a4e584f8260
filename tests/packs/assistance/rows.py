"""Rows of the pack's ledgers for tests, and what it takes to say: these rows, these findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask

from shouwang.risk.findings import Finding

HERE, THERE = "云溪社区", "柳岸社区"
VALUES = {"assistance.standard": 930, "assistance.due_day": 10}
Row = dict[str, Any]
Expected = Sequence[tuple[str, str, str | None]]


def pid(number: int, born: str = "19750301", *, female: bool = False) -> str:
    """A number in the form of a resident ID; the check character plays no part in rules."""
    return f"999901{born}{number:02d}{2 if female else 1}0"


A, B, C, D = pid(1), pid(2), pid(3, "19800402", female=True), pid(4, "20120506")


def recipient(certificate: str = "DB1", person: str = A, **more: Any) -> Row:
    """A roster row of a one-person household on dibao since 2020."""
    return {
        "certificate": certificate, "person": person, "name": "周鹏", "head": "周鹏", "relation": "户主",
        "category": "四类", "persons": 1, "ability": "有", "job": "失业", "income": 0, "household_income": 0,
        "top_up": 0, "amount": 930, "screened_on": "2020-01-05", "reviewed_on": "2020-01-10",
        "approved_on": "2020-01-20", "start_month": "2020-02", "basis": "核对报告2020-18号", "division": HERE,
    } | more  # fmt: skip


def payment(month: str = "2023-05", certificate: str = "DB1", **more: Any) -> Row:
    """A payment of 930 yuan on the 6th of its month."""
    return {
        "certificate": certificate, "month": month, "person": A, "name": "周鹏", "persons": 1, "due": 930,
        "paid": 930, "kind": "正常", "paid_on": f"{month}-06", "division": HERE,
    } | more  # fmt: skip


def year_of(certificate: str = "DB1", months: Sequence[int] = range(1, 13), **more: Any) -> list[Row]:
    """Payments of the months of 2023."""
    return [payment(f"2023-{m:02d}", certificate, **more) for m in months]


def died(person: str, on: str) -> Row:
    """An entry of the death list."""
    return {"person": person, "name": "周鹏", "died_on": on}


@dataclass(frozen=True)
class Case:
    """Rows, and the findings expected of one rule: subject, key, amount in yuan."""

    rule: str
    rows: Mapping[str, Sequence[Row]]
    expected: Expected
    options: Mapping[str, Any] = field(default_factory=dict)

    def findings(self, **more: Any) -> list[Finding]:
        """What the rule finds."""
        return ask(self.rule, self.rows, **({"parameters": VALUES} | dict(self.options) | more))


def case(
    rule: str,
    what: str,
    rows: Mapping[str, Sequence[Row]],
    expected: Expected = (),
    *,
    seeds: Sequence[str],
    **options: Any,
) -> Any:
    """A case as a parameter of a test, named and marked with the requirements it exercises."""
    made = Case(f"assistance.{rule}", rows, expected, options)
    return pytest.param(made, id=f"{rule}-{what}", marks=pytest.mark.seed(*seeds))


def check(made: Case) -> None:
    """Ask the rule and compare subject, key and amount of every finding."""
    found = made.findings()
    got = [(f.subject_id, f.key, f.amount) for f in found]
    assert got == [(s, k, None if a is None else Decimal(a)) for s, k, a in made.expected]
    for finding in found:
        assert finding.evidence
        assert "{" not in finding.because

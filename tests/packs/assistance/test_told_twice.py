"""A ledger that tells one thing twice (two lists, a corrected copy, two employers) multiplies no money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from tests.packs.assistance.rows import A, B, Case, Row, died, payment, recipient
from tests.packs.assistance.test_hidden_income import contribution, loan, pension, shop, worker

HOUSEHOLD = {"assistance.recipient": [recipient()]}
COUPLE = [recipient(persons=2), recipient(person=B, name="李琳", relation="妻", persons=2)]
ROWS: dict[str, Mapping[str, Sequence[Row]]] = {
    "member-is-trader": HOUSEHOLD | {"registry.business": [shop()]},
    "member-has-loan": HOUSEHOLD | {"microcredit.loan": [loan()]},
    "member-on-payroll": HOUSEHOLD | {"registry.employment": [worker()]},
    "member-has-wages": HOUSEHOLD | {"insurance.contribution": [contribution("2023-03")]},
    "member-has-pension": HOUSEHOLD | {"insurance.pension_payment": [pension("2023-03")]},
    "paid-after-death": {"assistance.payment": [payment()], "registry.death": [died(A, "2023-04-01")]},
    "dead-member-counted": {
        "assistance.recipient": COUPLE,
        "assistance.payment": [payment("2023-06", persons=2)],
        "registry.death": [died(B, "2023-05-26")],
    },
    "on-two-rosters": {
        "assistance.recipient": [recipient("DB1", B), recipient("DB2", B)],
        "assistance.payment": [payment("2023-03", "DB2")],
    },
}
TOLD = [
    (rule, ledger)
    for rule, rows in ROWS.items()
    for ledger in rows
    # What was paid twice was paid twice: only there the rows themselves are the money.
    if (rule, ledger) != ("paid-after-death", "assistance.payment")
]


@pytest.mark.parametrize(("rule", "ledger"), TOLD)
def test_a_ledger_told_twice_changes_no_finding(rule: str, ledger: str) -> None:
    rows = ROWS[rule]
    (once,) = Case(f"assistance.{rule}", rows, ()).findings()
    assert once.amount
    twice = {**rows, ledger: [*rows[ledger], *rows[ledger]]}
    (again,) = Case(f"assistance.{rule}", twice, ()).findings()
    assert (again.identity, again.amount, again.because) == (once.identity, once.amount, once.because)


def test_two_employers_in_one_month_take_the_allowance_once() -> None:
    paid = [contribution("2023-03"), contribution("2023-03", unit="柳岸小学", base=100)]
    (found,) = Case(
        "assistance.member-has-wages", HOUSEHOLD | {"insurance.contribution": paid}, ()
    ).findings()
    assert str(found.amount) == "930.00"
    assert "柳岸小学" in found.because and "云溪小学" in found.because
    assert len([e for e in found.evidence if e.ledger == "insurance.contribution"]) == 2

"""The life of a loan: pay-out, visits, collection, default and its sanctions."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.microcredit.office import Row, application, loan, overdue, refused, settled, wilful

LEDGER = "microcredit.loan"
seed = pytest.mark.seed


@pytest.mark.parametrize(
    ("code", "found", "left"),
    [
        pytest.param(
            "due-no-collector",
            [overdue("1", collector=None), overdue("2", due_on="2023-12-31", collector=" ")],
            [
                loan("3", collector=None),
                overdue("4"),
                settled("5", "2023-05-01", due_on="2023-05-10", collector=None),
                loan("6", due_on=None, collector=None),
            ],
            marks=seed("S8-30"),
        ),
        pytest.param(
            "certificate-not-withdrawn",
            [wilful("1", certificate_withdrawn_on=None)],
            [
                wilful("2"),
                wilful("3", certificate_withdrawn_on=None, deadline_on="2024-01-15"),
                wilful("4", certificate_withdrawn_on=None, deadline_on="2023-12-31"),
                wilful("5", certificate_withdrawn_on=None, deadline_on=None),
                overdue("6", deadline_on="2023-10-31"),
                wilful("7", certificate_withdrawn_on=None, overdue_kind="非恶意逾期"),
                wilful("8", certificate_withdrawn_on=None, outstanding=0, settled_on="2023-12-01"),
            ],
            marks=seed("S5-66", "S5-67"),
        ),
        pytest.param(
            "sanctioned-too-early",
            [
                wilful("1", certificate_withdrawn_on="2023-10-31"),
                overdue("2", certificate_withdrawn_on="2023-11-05"),
            ],
            [wilful("3"), overdue("4"), wilful("5", deadline_on=None)],
            marks=seed("S5-66"),
        ),
        pytest.param(
            "wilful-default-not-sued",
            [wilful("1", sued_on=None)],
            [wilful("2"), wilful("3", sued_on=None, deadline_on="2024-01-15"), overdue("4")],
            marks=seed("S5-42", "S5-63"),
        ),
        pytest.param(
            "breach-not-published",
            [wilful("1", breach_published_on=None)],
            [wilful("2"), wilful("3", breach_published_on=None, deadline_on=None), overdue("4")],
            marks=seed("S5-68"),
        ),
        pytest.param(
            "overdue-no-penalty",
            [overdue("1", penalty=0), overdue("2", penalty=None)],
            [overdue("3"), loan("4"), overdue("5", due_on="2023-12-31", penalty=0)],
            marks=seed("S5-69"),
        ),
        pytest.param(
            "moved-without-counter-guarantee",
            [
                loan("1", moved_on="2023-05-01"),
                loan("2", moved_on="2023-05-01", move_opinion="同意"),
                loan("3", moved_on="2023-05-01", move_opinion="同意", move_guarantee_on="2023-05-02"),
                settled("4", "2023-05-02", moved_on="2023-05-01"),
            ],
            [
                loan("5", moved_on="2023-05-01", move_opinion="同意", move_guarantee_on="2023-05-01"),
                loan("6"),
                settled("7", "2023-05-01", moved_on="2023-05-01"),
            ],
            marks=seed("S5-57"),
        ),
        pytest.param(
            "balance-does-not-tie",
            [loan("1", outstanding="9999.99")],
            [loan("2"), loan("3", repaid=2500, outstanding=7500), loan("4", repaid=None)],
            marks=seed("S5-16"),
        ),
    ],
)
def test_rules_on_one_loan(code: str, found: list[Row], left: list[Row]) -> None:
    assert subjects(f"microcredit.{code}", {LEDGER: [*found, *left]}) == [r["loan_no"] for r in found]


@seed("S5-62", "S5-41")
def test_overdue_and_nobody_urged() -> None:
    rows = {
        LEDGER: [
            overdue("silent"),
            overdue("urged"),
            overdue("due-today", due_on="2023-12-31"),
            loan("next-year", due_on="2024-01-08"),
            overdue("repaid", outstanding=0),
            overdue("undated", due_on=None),
            overdue("balance-unknown", outstanding=None),
        ],
        "microcredit.collection": [{"collected_on": "2023-06-01", "loan_no": "urged"}],
    }
    code = "microcredit.overdue-no-collection"
    assert subjects(code, rows) == ["balance-unknown", "silent"]
    assert subjects(code, rows, as_of="2024-01-01") == ["balance-unknown", "due-today", "silent"]
    found = {f.subject_id: f for f in ask(code, rows)}["silent"]
    assert found.because == "罗素的贷款silent于2023年5月10日到期，尚欠10,000元，没有催收记录"
    assert str(found.amount) == "10000.00"


@seed("S5-59", "S5-36")
def test_approved_and_not_paid_out() -> None:
    rows = {
        "microcredit.application": [
            application("waiting"),
            application("thirty-days", approved_on="2023-12-01"),
            application("thirty-one", approved_on="2023-11-30"),
            application("paid"),
            application("undated", approved_on=None),
            refused("refused"),
        ],
        LEDGER: [loan("1", application_no="paid"), loan("2", application_no=None)],
    }
    code = "microcredit.approved-not-paid"
    assert subjects(code, rows, parameters={"microcredit.disburse_days": 30}) == ["thirty-one", "waiting"]
    assert outcome(code, rows).missing == ("microcredit.disburse_days",)


@seed("S5-16")
def test_paid_more_than_approved() -> None:
    rows = {
        "microcredit.application": [
            application("more"),
            application("parts"),
            application("none", approved=None),
        ],
        LEDGER: [
            loan("1", application_no="more", amount=15001),
            loan("2", application_no="parts", amount=10000),
            loan("3", application_no="parts", amount=5000),
            loan("4", application_no="none"),
            loan("5", application_no=None),
        ],
    }
    assert subjects("microcredit.paid-more-than-approved", rows) == ["more"]


@seed("S5-15", "S5-37")
def test_borrowers_nobody_visited_for_a_year() -> None:
    def seen(number: str, day: str) -> Row:
        return {"visited_on": day, "loan_no": number, "visitor": "陈玲"}

    rows = {
        LEDGER: [
            loan("never"),
            loan("long-ago"),
            loan("once"),
            loan("new", paid_out_on="2023-01-01"),
            loan("lent-on-the-day", paid_out_on="2022-12-31"),
            settled("settled", "2023-03-01"),
            loan("other-contract", person="P-two"),
            settled("visited-contract", "2023-03-01", person="P-two"),
        ],
        "microcredit.visit": [
            seen("long-ago", "2022-12-31"),
            seen("once", "2023-01-01"),
            seen("visited-contract", "2023-02-01"),
            seen("never", "2024-01-01"),
        ],
    }
    assert subjects("microcredit.borrower-not-visited", rows) == ["lent-on-the-day", "long-ago", "never"]

"""The day on which 10 % was reached, what was guaranteed after it, and who bears a loss."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.microcredit.office import Row, application, loan, overdue, paid, settled

seed = pytest.mark.seed
LOAN, REPAYMENT = "microcredit.loan", "microcredit.repayment"
APPLICATION, COMMUNITY = "microcredit.application", "microcredit.credit_community"
CODE = "microcredit.guaranteed-after-limit"


def pilot(name: str = "云溪社区", **more: Any) -> Row:
    return {"division": name, "qualification": "正常", "pilot_since": "2020-05-01"} | more


def secured(*days: str, division: str = "云溪社区") -> list[Row]:
    """Applications guaranteed on these days, each named by its day."""
    return [application(day, guaranteed_on=day, division=division) for day in days]


def office(
    loans: list[Row], days: tuple[str, ...], *register: Row, repayments: list[Row] | None = None
) -> Any:
    return {
        LOAN: loans,
        APPLICATION: secured(*days),
        COMMUNITY: list(register) or [pilot()],
        REPAYMENT: repayments or [],
    }


def ninety_to_ten(bad: str, sound: str = "90000") -> list[Row]:
    """A loan due on 10 May 2023 and not repaid, and sound ones; both paid out in full in 2022."""
    return [overdue("bad", amount=bad, outstanding=bad), loan("sound", amount=sound, outstanding=sound)]


AROUND = ("2023-05-09", "2023-05-10", "2023-05-11", "2023-12-30")


@seed("S5-70", "S5-71")
@pytest.mark.parametrize(
    ("bad", "found"),
    [
        ("10000", ["2023-05-11", "2023-12-30"]),  # exactly 10 %
        ("9999.99", []),  # 9.99999 %
        ("10000.01", ["2023-05-11", "2023-12-30"]),
    ],
)
def test_from_the_day_ten_percent_is_reached_nothing_may_be_guaranteed(bad: str, found: list[str]) -> None:
    assert subjects(CODE, office(ninety_to_ten(bad), AROUND)) == found


@seed("S5-70")
def test_the_sentence_names_the_day_and_the_ratio() -> None:
    (first, _) = ask(CODE, office(ninety_to_ten("10000"), AROUND))
    assert first.because == (
        "云溪社区不良率于2023年5月11日达到10%，担保资格自该日起应暂停，2023年5月11日仍为罗素的申请2023-05-11担保"
    )
    assert first.evidence[0].ledger == APPLICATION


@seed("S5-70", "S5-73")
def test_amount_or_number_as_the_parameter_of_the_day_chooses() -> None:
    # One of four loans is late: 25 % by number, 1 % by amount.
    loans = [
        overdue("bad", amount=900, outstanding=900),
        *(loan(f"sound-{n}", amount=30000, outstanding=30000) for n in range(3)),
    ]
    rows = office(loans, AROUND)
    assert subjects(CODE, rows) == []
    by_number = {"microcredit.npl_base": "笔数"}
    assert subjects(CODE, rows, parameters=by_number) == ["2023-05-11", "2023-12-30"]
    later = {
        "microcredit.npl_base": [
            {"from": "2020-01-01", "value": "金额"},
            {"from": "2023-06-01", "value": "笔数"},
        ]
    }
    more = [*loans, loan("new", amount=30000, outstanding=30000, paid_out_on="2023-07-01")]
    rows = office(more, ("2023-05-11", "2023-06-30", "2023-07-01"))  # from the next change on
    assert subjects(CODE, rows, parameters=later) == ["2023-07-01"]


@seed("S5-70")
def test_the_limit_of_the_day_counts() -> None:
    limits = {
        "microcredit.npl_limit": [
            {"from": "2020-01-01", "value": "0.2"},
            {"from": "2023-05-11", "value": "0.05"},
        ]
    }
    rows = office(ninety_to_ten("6000"), AROUND)
    assert subjects(CODE, rows) == []
    assert subjects(CODE, rows, parameters=limits) == ["2023-05-11", "2023-12-30"]


@seed("S5-71")
def test_restoration_gives_the_right_back_until_the_ratio_changes_again() -> None:
    days = ("2023-05-20", "2023-08-01", "2023-10-01")
    back = pilot(suspended_on="2023-06-01", restored_on="2023-07-01")
    assert subjects(CODE, office(ninety_to_ten("10000"), days, back)) == ["2023-05-20"]
    second = overdue("again", amount=5000, outstanding=5000, due_on="2023-09-10")
    assert subjects(CODE, office([*ninety_to_ten("12000"), second], days, back)) == [
        "2023-05-20",
        "2023-10-01",
    ]


def test_what_the_register_says_is_left_to_the_other_rule() -> None:
    known = pilot(qualification="暂停", suspended_on="2023-05-11")
    assert subjects(CODE, office(ninety_to_ten("10000"), AROUND, known)) == []
    assert subjects(CODE, office(ninety_to_ten("10000"), AROUND, pilot("柳岸社区"))) == []


def test_repayments_and_settlements_move_the_ratio_on_their_day() -> None:
    loans = [
        overdue("bad", amount=12000, outstanding=12000),
        loan("sound", amount=100000, outstanding=60000, repaid=40000),
    ]
    days = ("2023-05-20", "2023-06-10", "2023-06-11", "2023-08-02")
    came = [paid("sound", 1, "2023-06-11", 40000, 0)]
    # 12,000 of 112,000 is 10.7 % at once; of what is on file nobody repaid before.
    assert subjects(CODE, office(loans, days, repayments=came)) == list(days)
    smaller = [overdue("bad", amount=10000, outstanding=10000), loans[1]]
    # 10,000 of 110,000, then of 70,000 from 11 June.
    assert subjects(CODE, office(smaller, days, repayments=came)) == ["2023-06-11", "2023-08-02"]
    # Repaid late, on 1 August: below the limit from that day, unless only the register restores.
    late = settled("bad", "2023-08-01", amount=10000, due_on="2023-05-10", repayment_method="到期还本付息")
    rows = office([late, loan("sound", amount=90000, outstanding=90000)], days)
    assert subjects(CODE, rows) == list(days[:3])
    only_register = {"microcredit.fall_restores": "否"}
    assert subjects(CODE, rows, parameters=only_register) == list(days)


def test_what_is_not_on_file_never_makes_a_ratio_greater() -> None:
    # Settled late, but nothing tells how much was owed when it fell due.
    late = settled("bad", "2023-08-01", amount=50000, due_on="2023-05-10")
    assert subjects(CODE, office([late, loan("sound")], AROUND)) == []
    undated = loan("bad", amount=50000, outstanding=50000, due_on=None)
    assert subjects(CODE, office([undated, loan("sound")], AROUND)) == []
    no_day = overdue("bad", amount=50000, outstanding=0)
    assert subjects(CODE, office([no_day, loan("sound")], AROUND)) == []
    future = overdue("bad", amount=50000, outstanding=50000)
    assert subjects(CODE, office([future], AROUND), as_of="2023-05-10") == []


days = st.dates(min_value=dt.date(2023, 1, 1), max_value=dt.date(2023, 12, 30))


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.tuples(days, st.integers(1, 30), st.booleans()), min_size=1, max_size=6), days)
def test_against_reckoning_day_by_day(some: list[tuple[Any, int, bool]], guaranteed: Any) -> None:
    loans = [
        loan(f"L{n}", amount=1000 * size, outstanding=1000 * size, due_on=str(day) if late else "2024-06-01")
        for n, (day, size, late) in enumerate(some)
    ]
    rows = office(loans, (str(guaranteed),))
    total = sum(size for _, size, _ in some)

    def reached(day: Any) -> bool:
        bad = sum(size for due, size, late in some if late and due < day)
        return bad > 0 and Decimal(bad) >= Decimal(total) * Decimal("0.10")

    expected = [str(guaranteed)] if reached(guaranteed) else []
    assert subjects(CODE, rows) == expected


def debt(
    number: str, government: str | None, bank: str | None, community: str | None, loss: str = "10000"
) -> Row:
    return {
        "loan_no": number,
        "name": "罗素",
        "loss": loss,
        "government_share": government,
        "bank_share": bank,
        "community_share": community,
        "verified_on": "2023-11-01",
        "shared_on": "2023-12-01",
    }


SHARES = {
    "microcredit.loss_share_government": "0.5",
    "microcredit.loss_share_bank": "0.3",
    "microcredit.control_ratio_first": "否",
}


@seed("S8-64")
def test_losses_are_shared_as_agreed() -> None:
    rows = {
        LOAN: [loan("agreed")],
        "microcredit.bad_debt": [
            debt("agreed", "5000", "3000", "2000"),
            debt("other", "5000", "2000", "3000"),
            debt("odd fen", "50.01", "30.00", "20.00", loss="100.01"),
            debt("fen elsewhere", "50.00", "30.01", "20.00", loss="100.01"),
            debt("two fen", "50.03", "29.98", "20.00", loss="100.01"),
            debt("not shared", None, None, None),
            debt("bank forgotten", "5000", None, "5000"),
            debt("not whole", "5000", "3000", "1000"),
        ],
    }
    code = "microcredit.loss-shares-not-agreed"
    assert subjects(code, rows, parameters=SHARES) == ["bank forgotten", "other", "two fen"]
    found = {f.subject_id: f for f in ask(code, rows, parameters=SHARES)}["other"]
    assert found.because == (
        "罗素的贷款other损失10,000元，政府承担5,000元（应5,000元）、银行2,000元（应3,000元）、"
        "社区3,000元（应2,000元）"
    )
    assert str(found.amount) == "1000.00"
    assert outcome(code, rows).missing == ("microcredit.loss_share_government",)


@seed("S8-62", "S8-64")
def test_above_the_control_ratio_the_community_bears_it_where_that_was_agreed() -> None:
    rows = {
        LOAN: [
            overdue("above", division="甲社区", outstanding=5001),
            loan("sound-1", division="甲社区", outstanding=94999),
            overdue("at", division="乙社区", outstanding=5000),
            loan("sound-2", division="乙社区", outstanding=95000),
        ],
        "microcredit.bad_debt": [debt("above", "0", "0", "10000"), debt("at", "5000", "3000", "2000")],
    }
    code = "microcredit.loss-shares-not-agreed"
    first = SHARES | {"microcredit.control_ratio_first": "是", "microcredit.control_ratio": "0.05"}
    assert subjects(code, rows, parameters=first) == []
    assert subjects(code, rows, parameters=SHARES) == ["above"]
    waits = SHARES | {"microcredit.control_ratio_first": "是"}
    assert outcome(code, rows, parameters=waits).missing == ("microcredit.control_ratio",)

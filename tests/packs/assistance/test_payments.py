"""Whether every household is paid monthly, in full, on time and once."""

from __future__ import annotations

import pytest
from tests.asking import outcome
from tests.packs.assistance.rows import (
    HERE,
    THERE,
    A,
    B,
    Case,
    case,
    check,
    died,
    payment,
    recipient,
    year_of,
)

PAY, ROSTER, DEATH = "assistance.payment", "assistance.recipient", "registry.death"
TWICE = ("S2-14", "S2-48")
SHORT = ("S2-57",)
LATE = ("S2-55",)
QUARTER = ("S2-30", "S2-56")
UNPAID = ("S2-30", "S2-57")

#: A neighbour who is paid every month, so that every month has a sheet.
NEIGHBOUR = recipient("DB9", B, name="邻居", head="邻居")
NEIGHBOURS = year_of("DB9", person=B, name="邻居")


def without(*months: int, **more: object) -> dict[str, list[dict[str, object]]]:
    """A roster of two households; DB1 is not paid in the months given."""
    rest = [m for m in range(1, 13) if m not in months]
    return {ROSTER: [recipient(**more), NEIGHBOUR], PAY: [*year_of(months=rest), *NEIGHBOURS]}


CASES = [
    case(
        "paid-twice",
        "hit-names-the-excess-once",
        {PAY: [payment(), payment(paid_on="2023-05-07")]},
        [("DB1", "2023-05-01", "930")],
        seeds=TWICE,
    ),
    case(
        "paid-twice",
        "near-miss-arrears-by-kind-or-remark",
        {
            PAY: [
                payment(),
                payment(kind="补发", note="补发4月新增人员1人"),
                payment("2023-06", kind=None),
                payment("2023-06", kind=None, note="补发5月"),
                payment("2023-07"),
                payment("2023-07", kind="追回", paid=-930),
            ]
        },
        seeds=TWICE,
    ),
    case(
        "paid-twice",
        "near-miss-instalments-other-month-other-household-same-name",
        {
            PAY: [
                payment(due=1860),
                payment(due=1860, paid_on="2023-05-20"),
                payment("2023-06"),
                payment("2023-06", "DB2"),
            ]
        },
        seeds=TWICE,
    ),
    case(
        "paid-twice",
        "missing-kind-and-due",
        {PAY: [payment(kind=None, due=None), payment(kind=None, due=None), payment(paid=None)]},
        [("DB1", "2023-05-01", "930")],
        seeds=TWICE,
    ),
    case("paid-short", "hit", {PAY: [payment(paid=775)]}, [("DB1", "2023-05-01", "155")], seeds=SHORT),
    case("paid-short", "hit-nothing", {PAY: [payment(paid=0)]}, [("DB1", "2023-05-01", "930")], seeds=SHORT),
    case(
        "paid-short",
        "near-miss-both-lowered-instalments-or-made-up",
        {
            PAY: [
                payment("2023-07", due=730, paid=730),
                payment("2023-08", paid=500),
                payment("2023-08", paid=430),
                payment("2023-09", paid=900),
                payment("2023-09", paid=30, due=30, kind="补发"),
            ]
        },
        seeds=SHORT,
    ),
    case(
        "paid-short",
        "hit-instalments-still-too-little-is-one-finding",
        {PAY: [payment("2023-08", paid=500), payment("2023-08", paid=400)]},
        [("DB1", "2023-08-01", "30")],
        seeds=SHORT,
    ),
    case("paid-short", "missing-due-or-paid", {PAY: [payment(due=None), payment(paid=None)]}, seeds=SHORT),
    case(
        "paid-late",
        "hit-the-day-after",
        {PAY: [payment(paid_on="2023-05-11")]},
        [("DB1", "2023-05-01", None)],
        seeds=LATE,
    ),
    *(
        case(
            rule,
            "near-miss-stopped-on-last-years-roster-and-admitted-again-on-this-years",
            {
                ROSTER: [
                    recipient(stop_month="2022-06"),
                    recipient(start_month="2023-03"),
                    recipient("DB2", B),
                ],
                PAY: [*year_of(months=range(3, 13)), *year_of("DB2")],
            },
            seeds=seeds,
        )
        for rule, seeds in (("paid-outside-cover", ("S2-14",)), ("not-paid", UNPAID))
    ),
    case(
        "paid-late",
        "each-month-by-the-day-then-in-force",
        {
            PAY: [
                payment("2023-02", paid_on="2023-03-05"),
                payment("2023-05", paid_on="2023-05-15"),
                payment("2023-06", paid_on="2023-06-21"),
                payment("2023-07", paid_on="2023-07-15"),
            ]
        },
        [("DB1", "2023-06-01", None), ("DB1", "2023-07-01", None)],
        seeds=LATE,
        parameters={
            "assistance.due_day": [{"from": "2023-03-01", "value": 20}, {"from": "2023-07-01", "value": 10}]
        },
    ),
    case("paid-late", "near-miss-on-the-day", {PAY: [payment(paid_on="2023-05-10")]}, seeds=LATE),
    case(
        "paid-late",
        "near-miss-arrears-and-rows-with-their-own-due-date",
        {
            PAY: [
                payment(paid_on="2023-06-06", kind="补发"),
                payment(paid_on="2023-05-20", due_on="2023-05-25"),
            ]
        },
        seeds=LATE,
    ),
    case("paid-late", "missing-date", {PAY: [payment(paid_on=None)]}, seeds=LATE),
    case(
        "paid-late",
        "near-miss-the-last-day-of-a-short-month",
        {PAY: [payment("2023-02", paid_on="2023-02-28")]},
        seeds=LATE,
        parameters={"assistance.due_day": 31},
    ),
    case(
        "paid-after-due-date",
        "hit",
        {PAY: [payment(due_on="2023-05-05")]},
        [("DB1", "2023-05-01", None)],
        seeds=("S2-14", "S2-55"),
        parameters={},
    ),
    case(
        "paid-after-due-date",
        "near-miss-on-the-day-and-missing",
        {
            PAY: [
                payment(due_on="2023-05-06"),
                payment("2023-06"),
                payment("2023-07", due_on="2023-07-05", paid_on=None),
            ]
        },
        seeds=("S2-14", "S2-55"),
    ),
    case(
        "paid-quarterly",
        "hit-one-lump",
        {ROSTER: [recipient()], PAY: [*year_of(months=[1, 2, 3]), payment("2023-06", due=2790, paid=2790)]},
        [("DB1", "2023-04-01", None)],
        seeds=QUARTER,
    ),
    case(
        "paid-quarterly",
        "hit-three-rows-on-one-day",
        {ROSTER: [recipient()], PAY: [payment(f"2023-{m:02d}", paid_on="2023-09-06") for m in (7, 8, 9)]},
        [("DB1", "2023-07-01", None)],
        seeds=QUARTER,
    ),
    case(
        "paid-quarterly",
        "near-miss-new-in-the-third-month",
        {ROSTER: [recipient(start_month="2023-09")], PAY: [payment("2023-09", due=2790, paid=2790)]},
        seeds=QUARTER,
    ),
    case(
        "paid-quarterly",
        "near-miss-one-month-only-or-paid-in-between",
        {
            ROSTER: [recipient(), recipient("DB2", B)],
            PAY: [
                payment("2023-06"),
                payment("2023-08", "DB2"),
                payment("2023-09", "DB2", due=2790, paid=2790),
            ],
        },
        seeds=QUARTER,
    ),
    case(
        "paid-quarterly",
        "missing-allowance-but-the-remark-says-so",
        {
            ROSTER: [recipient(amount=None), recipient("DB2", B, amount=None)],
            PAY: [
                payment("2023-12", paid=2790, note="10-12月合并发放", paid_on=None),
                payment("2023-12", "DB2", paid=2790),
            ],
        },
        [("DB1", "2023-10-01", None)],
        seeds=QUARTER,
    ),
    case("not-paid", "hit", without(8), [("DB1", "", "930")], seeds=UNPAID),
    case(
        "not-paid", "hit-several-months-are-one-finding", without(2, 8), [("DB1", "", "1860")], seeds=UNPAID
    ),
    case(
        "not-paid",
        "near-miss-outside-the-cover",
        without(1, 2, 10, 11, 12, start_month="2023-03", stop_month="2023-10"),
        seeds=UNPAID,
    ),
    case("not-paid", "near-miss-only-member-cut", without(11, 12, cut_month="2023-11"), seeds=UNPAID),
    case(
        "not-paid",
        "near-miss-only-member-dead",
        without(11, 12) | {DEATH: [died(A, "2023-10-31")]},
        seeds=UNPAID,
    ),
    case(
        "not-paid",
        "near-miss-no-sheet-of-the-community",
        {
            ROSTER: [recipient(division=THERE), NEIGHBOUR],
            PAY: [*year_of(months=[1, 2, 3], division=THERE), *NEIGHBOURS],
        },
        seeds=UNPAID,
    ),
    case(
        "not-paid",
        "near-miss-made-up-later",
        {
            ROSTER: [recipient(), NEIGHBOUR],
            PAY: [
                *year_of(months=[1, 2, 5, 6, 8, 9, 10, 11, 12]),
                payment("2023-08", kind="补发", note="补发7月"),
                payment("2023-05", paid=2790, note="3-5月合并发放", certificate="DB1"),
                *NEIGHBOURS,
            ],
        },
        seeds=UNPAID,
    ),
    case(
        "not-paid",
        "hit-small-arrears-do-not-make-up-a-month",
        {
            ROSTER: [recipient(), NEIGHBOUR],
            PAY: [
                *year_of(months=[1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]),
                payment("2023-09", kind="补发", paid=30, due=30),
                *NEIGHBOURS,
            ],
        },
        [("DB1", "", "930")],
        seeds=UNPAID,
    ),
    case(
        "not-paid",
        "missing-amount-paid-is-no-payment-and-zero-is-asked-elsewhere",
        {
            ROSTER: [recipient(amount=None), NEIGHBOUR],
            PAY: [
                *year_of(months=range(1, 11)),
                payment("2023-11", paid=None),
                payment("2023-12", paid=0),
                *NEIGHBOURS,
            ],
        },
        [("DB1", "", None)],
        seeds=UNPAID,
    ),
    case(
        "not-paid",
        "near-miss-the-day-of-this-month-is-still-to-come",
        without(12),
        seeds=UNPAID,
        as_of="2023-12-10",
    ),
    case(
        "paid-outside-cover",
        "hit-before-and-after",
        {
            ROSTER: [recipient(start_month="2023-02", stop_month="2023-10")],
            PAY: year_of(months=[1, 2, 9, 10]),
        },
        [("DB1", "", "1860")],
        seeds=TWICE,
    ),
    case(
        "paid-outside-cover",
        "near-miss-arrears-and-months-inside",
        {
            ROSTER: [recipient(start_month=None, stop_month="2023-10")],
            PAY: [
                payment("2019-01"),
                payment("2023-09"),
                payment("2023-11", kind="补发"),
                payment("2023-11", paid=None),
            ],
        },
        seeds=TWICE,
    ),
    case(
        "paid-not-on-roster",
        "hit-this-month-and-the-last",
        {ROSTER: [recipient()], PAY: [payment("2023-11", "DB7"), payment("2023-12", "DB7")]},
        [("DB7", "", "1860")],
        seeds=TWICE,
    ),
    case(
        "paid-not-on-roster",
        "near-miss-older-months-other-community-unknown-community",
        {
            ROSTER: [recipient(division=HERE)],
            PAY: [
                payment("2023-12"),
                payment("2023-10", "DB7"),
                payment("2023-12", "DB7", division=THERE),
                payment("2023-12", "DB8", division=None),
            ],
        },
        seeds=TWICE,
    ),
]


@pytest.mark.parametrize("made", CASES)
def test_payments(made: Case) -> None:
    check(made)


@pytest.mark.seed("S2-55")
def test_the_due_day_has_no_default() -> None:
    result = outcome("assistance.paid-late", {PAY: [payment()]})
    assert (result.status, result.missing) == ("no-parameter", ("assistance.due_day",))


@pytest.mark.seed("S2-57")
def test_months_spread_over_columns_have_no_due_amount_to_compare() -> None:
    columns = ["certificate", "month", "paid", "name", "division"]
    result = outcome("assistance.paid-short", {PAY: [payment(due=None)]}, fields={PAY: columns})
    assert result.status == "no-ledger"
    assert result.missing == ("assistance.payment: 应发金额, 实发金额",)


@pytest.mark.seed("S2-30", "S2-57")
def test_the_sentence_lists_the_months_that_are_missing() -> None:
    (found,) = Case("assistance.not-paid", without(2, 8), ()).findings()
    assert found.because == "DB1周鹏在册，2023年2月、2023年8月没有发放，月补差930元"
    assert found.division == HERE

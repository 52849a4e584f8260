"""Money above the limits, split amounts, decisions and minutes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.integrity.office import Row, decided, item, minutes

FUND, MINUTES = "integrity.fund_item", "integrity.meeting_decision"
seed = pytest.mark.seed


@seed("S3-29", "S3-53")
def test_above_20_000_yuan_the_office_meeting_decides() -> None:
    rows = {
        FUND: [
            item("above", "20000.01"),
            item("exactly", 20000),
            item("blank", 30000, decided_by=" ", decision_no=None),
            item("none", 30000, decided_by="无"),
            item("unknown", None),
            decided("decided", 30000),
            item("by-number", 30000, decision_no="主办〔2023〕5号"),
            item("in-minutes", 31000, purpose="办公楼 维修"),
            item("other-sum", 32000, purpose="办公楼维修"),
            item("put-off", 33000, purpose="购车"),
        ],
        MINUTES: [minutes("办公楼维修", 31000), minutes("购车", 33000, result="缓议")],
    }
    code = "integrity.no-office-meeting"
    assert subjects(code, rows) == ["above", "blank", "none", "other-sum", "put-off"]
    found = {f.subject_id: f for f in ask(code, rows)}["above"]
    assert found.because == "above“事项above”20,000.01元付建工程队，超过20,000元，没有主任办公会决定"
    del rows[MINUTES]
    assert "in-minutes" in subjects(code, rows)
    assert measured("integrity.undecided-items", rows)[("望河街道", "2023")] == (Decimal(6), False)


@seed("S3-30", "S3-53")
def test_above_100_000_yuan_the_committee_decides() -> None:
    rows = {
        FUND: [
            decided("meeting-only", "100000.01"),
            item("nobody", 200000),
            decided("exactly", 100000),
            decided("committee", 200000, decided_by="工委会"),
            decided("both", 200000, decided_by="主任办公会、工委会"),
            decided("by-number", 200000, decision_no="工委〔2023〕2号"),
            decided("in-minutes", 210000, purpose="道路修缮"),
        ],
        MINUTES: [minutes("道路修缮", 210000, body="工委会", meeting_no="工委〔2023〕3号")],
    }
    assert subjects("integrity.no-committee", rows) == ["meeting-only", "nobody"]


@seed("S3-32")
def test_works_are_contracted_out_by_collective_decision() -> None:
    rows = {
        FUND: [
            item("small", 12600, category="工程发包"),
            item("tender", 100, category="工程招标"),
            decided("decided", 12600, category="工程发包"),
            item("repair", 12600, category="维修"),
            item("unknown", 12600, category=None),
        ]
    }
    assert subjects("integrity.works-contract-undecided", rows) == ["small", "tender"]
    fields = {FUND: ["item_no", "amount", "category", "payee"]}
    assert outcome("integrity.works-contract-undecided", rows, fields=fields).status == "no-ledger"


def part(number: str, amount: object, day: str | None, **more: object) -> Row:
    """One part of the cleaning fee of the same payee."""
    return item(number, amount, purpose="背街小巷清扫", paid_on=day, **more)


SPLIT = "integrity.split-below-limit"
DAYS = {"integrity.split_days": 10}


@seed("S3-29", "S3-30", "S3-41")
@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-11")], [("1", "20000.00", 2)]),
        ([part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-12")], []),
        ([part("1", 10000, "2023-06-01"), part("2", 10000, "2023-06-02")], []),
        ([part("1", 10000, "2023-06-01"), part("2", "10000.01", "2023-06-01")], [("1", "20000.00", 2)]),
        ([part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-02", payee="别家")], []),
        ([part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-02") | {"purpose": "绿化"}], []),
        ([part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-02", decided_by="主任办公会")], []),
        ([part("1", 15000, "2023-06-01"), part("2", 20001, "2023-06-02")], []),
        ([part("1", 15000, None, applied_on=None), part("2", 16000, "2023-06-02")], []),
        (
            [part("1", 15000, None, applied_on="2023-06-01"), part("2", 16000, "2023-06-02")],
            [("1", "20000.00", 2)],
        ),
        (
            [part(n, 9000, d) for n, d in (("1", "2023-06-01"), ("2", "2023-06-08"), ("3", "2023-06-11"))],
            [("1", "20000.00", 3)],
        ),
        (
            [
                part(n, 15000, d)
                for n, d in (
                    ("1", "2023-01-01"),
                    ("2", "2023-01-05"),
                    ("3", "2023-06-01"),
                    ("4", "2023-06-09"),
                )
            ],
            [("1", "20000.00", 2), ("3", "20000.00", 2)],
        ),
        (
            [part(n, 82000, "2023-06-01", decided_by="主任办公会") for n in ("1", "2")],
            [("1", "100000.00", 2)],
        ),
        ([part(n, 82000, "2023-06-01", decided_by="工委会") for n in ("1", "2")], []),
    ],
)
def test_parts_that_keep_below_a_limit(rows: list[Row], found: list[tuple[str, str, int]]) -> None:
    answers = ask(SPLIT, {FUND: rows}, parameters=DAYS)
    assert [(f.subject_id, f.key, f.rows) for f in answers] == found


@seed("S3-29", "S3-30")
def test_the_sentence_names_all_parts() -> None:
    rows = {FUND: [part("1", 15000, "2023-06-01"), part("2", 16000, "2023-06-05")]}
    (found,) = ask(SPLIT, rows, parameters=DAYS)
    assert found.because == (
        "“背街小巷清扫”付建工程队2笔（1、2）共31,000元，每笔不超过20,000元，合计超过而无相应决定"
    )
    assert outcome(SPLIT, rows).missing == ("integrity.split_days",)


@seed("S3-29", "S3-30")
def test_decision_comes_before_payment() -> None:
    rows = {
        FUND: [
            decided("late", 30000, paid_on="2023-06-09"),
            decided("same-day", 30000, paid_on="2023-06-10"),
            decided("unpaid", 30000, paid_on=None),
            decided("undated", 30000, decided_on=None),
        ]
    }
    assert subjects("integrity.decided-after-payment", rows) == ["late"]


@seed("S3-56", "S3-29")
def test_named_meetings_are_in_the_minutes() -> None:
    rows = {
        FUND: [
            decided("unknown", 30000, decision_no="主办〔2023〕32号"),
            decided("spelt", 30000, decision_no="主办[2023]第 5 号"),
            decided("earlier", 30000, decision_no="主办〔2022〕9号", decided_on="2022-12-01"),
            decided("undated", 30000, decision_no="主办〔2022〕9号", decided_on=None),
            item("none"),
            item("dash", decision_no="无"),
        ],
        MINUTES: [
            minutes("事项spelt", 30000),
            minutes("学习", held_on="2023-01-09", meeting_no="主办〔2023〕1号"),
        ],
    }
    assert subjects("integrity.decision-not-in-minutes", rows) == ["undated", "unknown"]


@seed("S3-56")
def test_the_item_was_on_the_agenda() -> None:
    rows = {
        FUND: [
            decided("missing", 30000, purpose="购车"),
            decided("longer", 41000, purpose="办公楼维修一期"),
            decided("same-sum", 52000, purpose="空调"),
            decided("other-meeting", 30000, purpose="购车", decision_no="主办〔2023〕99号"),
        ],
        MINUTES: [minutes("办公楼维修"), minutes("会议室设备", 52000)],
    }
    assert subjects("integrity.item-not-on-agenda", rows) == ["missing"]


@seed("S3-56")
def test_what_a_meeting_refused_is_not_paid() -> None:
    rows = {
        FUND: [
            decided("refused", 30000, purpose="购车"),
            decided("unpaid", 31000, purpose="购车二", paid_on=None),
            decided("agreed-later", 32000, purpose="购车三"),
        ],
        MINUTES: [
            minutes("购车", 30000, result="不同意"),
            minutes("购车二", 31000, result="缓议"),
            minutes("购车三", 32000, result="缓议"),
            minutes("购车三", 32000, meeting_no="主办〔2023〕6号"),
        ],
    }
    assert subjects("integrity.paid-though-refused", rows) == ["refused"]


@seed("S3-56")
def test_minutes_hold_date_members_and_result() -> None:
    rows = {
        MINUTES: [
            minutes("全"),
            minutes("缺人", present=None),
            minutes("缺果", result=" "),
            minutes("缺日", held_on=None),
            minutes("无金额", None),
        ]
    }
    assert sorted(f.key for f in ask("integrity.minutes-incomplete", rows)) == ["缺人", "缺日", "缺果"]

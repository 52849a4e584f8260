"""Meters and readings: a hit, a near miss and a missing value for each rule."""

from __future__ import annotations

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.energy.office import Row, meter, reading, used

seed = pytest.mark.seed
METER, READING = "energy.meter", "energy.meter_reading"


@seed("S6-32", "S6-42", "S6-60")
def test_meters_in_use_are_verified_in_time() -> None:
    rows = {
        METER: [
            meter("overdue", next_due_on="2023-12-30"),
            meter("today", next_due_on="2023-12-31"),
            meter("stopped", next_due_on="2023-04-09", state="停用"),
            meter("by-cycle", next_due_on=None, verified_on="2017-12-30"),
            meter("cycle-ends-today", next_due_on=None, verified_on="2017-12-31"),
            meter("unknown", next_due_on=None, verified_on=None),
            meter("no-cycle", next_due_on=None, cycle_months=None),
        ]
    }
    code = "energy.verification-overdue"
    assert subjects(code, rows) == ["by-cycle", "overdue"]
    found = {f.subject_id: f for f in ask(code, rows)}["overdue"]
    assert found.because == (
        "位置overdue水表overdue上次检定2022年6月1日，周期72个月，下次检定2023年12月30日，已过期"
    )


@seed("S6-43", "S6-42")
def test_meters_not_verified_for_years_and_past_their_life() -> None:
    rows = {
        METER: [
            meter("old", verified_on="2013-12-30", service_years="3.5"),
            meter("ten-years", verified_on="2013-12-31", service_years=4),
            meter("never", verified_on=None, installed_on="2010-01-01"),
            meter("new", verified_on=None),
            meter("unknown", verified_on=None, installed_on=None, service_years=1),
            meter("scrapped", verified_on="2000-01-01", state="拆除", service_years=1),
            meter("last-day", installed_on="2021-12-31", service_years=2),
        ]
    }
    given = {"energy.verify_months": 120}
    assert subjects("energy.never-verified", rows, parameters=given) == ["never", "old"]
    assert outcome("energy.never-verified", rows).missing == ("energy.verify_months",)
    assert subjects("energy.past-service-life", rows) == ["old"]


@seed("S6-14", "S6-44")
def test_readings_do_not_run_backwards() -> None:
    rows = {
        READING: [
            reading("back", "2023-10", 4823, 4563, usage=0),
            reading("same", "2023-10", 5, 5),
            reading("replaced", "2023-05", 7406, 132, usage=264, note="5月12日换表，旧表止码7538"),
            reading("rolled", "2023-09", 99949, 99, usage=150, note="表满归零"),
            reading("not-replaced", "2023-09", 10, 9, usage=0, note="未换表，读数有误"),
            reading("unknown", "2023-09", None, 9),
            # Whatever the remark says, nobody goes from 4823 over 9999 to 4563 in a month.
            reading("no-rollover", "2023-09", 4823, 4563, usage=0, note="归零"),
            reading("new-meter", "2023-09", 4823, 12, usage=30),
            reading("old-meter", "2023-09", 4823, 12, usage=30),
        ],
        METER: [
            meter("new-meter", installed_on="2023-09-03"),
            meter("old-meter", installed_on="2023-06-01"),
        ],
    }
    code = "energy.reading-decrease"
    assert subjects(code, rows) == ["back", "no-rollover", "not-replaced", "old-meter"]
    assert ask(code, rows)[0].because == "位置back表back，2023年10月本期读数4,563小于上期4,823"


@seed("S6-44")
def test_readings_join_and_usage_is_their_difference() -> None:
    rows = {
        READING: [
            reading("joins", "2023-01", 0, 10),
            reading("joins", "2023-02", 10, 20),
            reading("jumps", "2023-01", 0, 10),
            reading("jumps", "2023-02", 11, 20),
            reading("gap", "2023-01", 0, 10),
            reading("gap", "2023-03", 15, 20),
            reading("replaced", "2023-01", 0, 10),
            reading("replaced", "2023-02", 0, 4, note="换表"),
            reading("wrong", "2023-01", 0, 10, usage=11),
            reading("times-40", "2023-01", 0, 10, usage=400),
            reading("unknown", "2023-01", 0, 10, usage=None),
        ]
    }
    assert subjects("energy.reading-discontinuous", rows) == ["jumps"]
    assert subjects("energy.usage-differs", rows) == ["wrong"]
    rows[METER] = [meter(n) for n in ("joins", "gap", "jumps", "replaced", "wrong", "times-40")]
    assert subjects("energy.usage-differs", rows) == ["wrong"]
    assert subjects("energy.meter-not-read", rows) == ["gap"]
    assert subjects("energy.reading-of-unknown-meter", rows) == ["unknown"]


def still(number: str, months: list[int], year: int = 2023) -> list[Row]:
    """Months without any use."""
    return [reading(number, f"{year}-{m:02d}", 7, 7) for m in months]


@seed("S6-44", "S6-45")
def test_no_use_where_people_live() -> None:
    rows = {
        READING: [
            *still("three", [2, 3, 4]),
            *still("two", [2, 3]),
            *still("broken", [2, 3, 5, 6]),
            *still("turn", [11, 12], 2022),
            *still("turn", [1]),
            *still("empty", [1, 2, 3, 4]),
            *still("moved-out", [1, 2, 3]),
            *still("guest", [1, 2, 3]),
            *still("gone-guest", [1, 2, 3]),
            *still("stopped", [1, 2, 3]),
            *still("no-home", [1, 2, 3]),
            *[reading("unwritten", f"2023-0{m}", 7, 7, usage=None) for m in (1, 2, 3)],
            *[used("unknown", f"2023-0{m}", None) for m in (1, 2, 3)],
        ],
        METER: [
            meter("stopped", dwelling="H-stopped", state="停用"),
            meter("no-home"),
            *[
                meter(n, dwelling=f"H-{n}")
                for n in ("three", "two", "broken", "turn", "empty", "moved-out", "guest", "gone-guest")
            ],
            meter("unwritten", dwelling="H-three"),
            meter("unknown", dwelling="H-three"),
        ],
        "registry.person": [
            {"person": f"P-{n}", "dwelling": f"H-{n}", "status": "正常"}
            for n in ("three", "two", "broken", "turn", "stopped")
        ]
        + [
            {"person": "P-three-2", "dwelling": "H-three", "status": None},
            {"person": "P-out", "dwelling": "H-moved-out", "status": "迁出"},
        ],
        "population.floating_person": [
            {"person": "G1", "dwelling": "H-guest"},
            {"person": "G2", "dwelling": "H-gone-guest", "left_on": "2023-01-01"},
        ],
    }
    code = "energy.zero-use-occupied"
    assert subjects(code, rows) == ["guest", "three", "turn", "unwritten"]
    found = {f.subject_id: f for f in ask(code, rows)}["three"]
    assert found.because == "位置three（H-three）登记2人，水表three自2023年2月至2023年4月连续3个月用量为零"
    assert {e.ledger for e in found.evidence} == {METER, READING}
    assert subjects(code, rows, parameters={"energy.zero_months": 4}) == []


@seed("S6-55")
def test_meters_are_read_by_holders_of_a_certificate() -> None:
    def by(reader: str | None, day: str | None = "2023-08-25") -> Row:
        return reading("S1", "2023-08", 0, 1, reader=reader, read_on=day)

    rows = {
        READING: [
            by("赵成"),
            by("汪峰"),
            by("邵磊", "2023-06-01"),
            by("邵磊", "2023-05-31"),
            by("段素", "2023-09-26"),
            by("无期"),
            by("续证"),
            by(None),
            by("晚期", None),
        ],
        "energy.meter_reader": [
            {"name": "汪峰", "certificate_no": "1", "valid_until": "2024-03-15"},
            {"name": "邵磊", "certificate_no": "2", "valid_until": "2023-05-31"},
            {"name": "段素", "certificate_no": "3", "valid_until": "2023-09-26"},
            {"name": "无期", "certificate_no": "4"},
            {"name": "续证", "certificate_no": "5", "valid_until": "2022-01-01"},
            {"name": "续证", "certificate_no": "6", "valid_until": "2026-01-01"},
            {"name": "晚期", "certificate_no": "7", "valid_until": "2023-07-31"},
        ],
    }
    code = "energy.reader-without-certificate"
    assert subjects(code, rows) == ["晚期", "赵成", "邵磊"]
    found = {f.subject_id: f for f in ask(code, rows)}["邵磊"]
    assert found.because == "邵磊于2023年6月1日至2023年6月1日抄表1次，持证名单中的有效期：2023年5月31日"


@seed("S6-44", "S6-14")
def test_usage_is_checked_over_a_replacement_and_a_rollover() -> None:
    rows = {
        READING: [
            reading("right", "2023-05", 7406, 132, usage=264, note="5月12日换表，旧表止码7538，新表起码0"),
            reading("wrong", "2023-05", 7406, 132, usage=265, note="5月12日换表，旧表止码7538，新表起码0"),
            reading(
                "started-at-5", "2023-05", 7406, 132, usage=259, note="换新表：旧表止数为7538，新表起数5"
            ),
            reading("not-told", "2023-05", 7406, 132, usage=900, note="已换表"),
            reading("over", "2023-09", 99949, 99, usage=150, note="表满归零"),
            reading("over-wrong", "2023-09", 99949, 99, usage=149, note="表满归零"),
            reading("times", "2023-09", 10, 20, usage=400),
            reading("not-times", "2023-09", 10, 20, usage=200),
        ],
        METER: [meter("times", multiplier=40), meter("not-times", multiplier=40)],
    }
    assert subjects("energy.usage-differs", rows) == ["not-times", "over-wrong", "wrong"]


@seed("S6-11", "S6-59")
def test_meters_stand_in_a_tree() -> None:
    rows = {
        METER: [
            meter("top"),
            meter("below", parent="top"),
            meter("itself", parent="itself"),
            meter("a", parent="b"),
            meter("b", parent="a"),
            meter("other", parent="power"),
            meter("power", kind="电"),
            meter("lost", parent="nowhere"),
            meter("stopped", parent="nowhere", state="停用"),
            meter("kind-unknown", parent="top", kind=None),
        ]
    }
    code = "energy.meter-tree-broken"
    assert subjects(code, rows) == ["a", "b", "itself", "lost", "other"]
    found = {f.subject_id: f for f in ask(code, rows)}["other"]
    assert found.because == "位置other水表other登记的上级计量表为power（台账中的种类：电，它的上级：（空））"

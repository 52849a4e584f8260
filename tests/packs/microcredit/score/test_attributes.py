"""What a score rests on: known on the day of application, from ledgers, never conduct or family."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.asking import snapshot
from tests.packs.microcredit.lenders import office
from tests.packs.microcredit.office import Row, application, loan

from shouwang.ledger.catalogue import ledgers as catalogue
from shouwang.packs.microcredit.score.attributes import (
    ATTRIBUTES,
    SOURCES,
    SPECIAL,
    Ledgers,
    Outcome,
    applied,
    attributes,
    cases,
    outcomes,
    read,
)

ON = "2023-02-01"
FORBIDDEN = {
    "microcredit.credit_file": {"observation", "intention", "employment", "operation"},
    "microcredit.economic_file": {"members", "family_status", "address", "phone", "household_no"},
    "microcredit.application": {
        "address",
        "phone",
        "counter_guarantor",
        "division",
        "recommended_by",
        "objections",
    },
    "microcredit.loan": {"division", "collector", "note"},
    "microcredit.bad_record": {"breach"},
}
"""Columns on conduct, family, home and friends: no score may read them (S8-14, S8-19)."""


def of(rows: dict[str, list[Row]], folder: Path) -> Ledgers:
    return read(snapshot(rows, folder))


def one(rows: dict[str, list[Row]], folder: Path, case: str = "A") -> dict[str, Any]:
    """The attributes of one case."""
    found = of(rows, folder)
    return attributes(found, cases(found)).filter(pl.col("case") == case).to_dicts()[0]


def asking(**more: Any) -> Row:
    return application("A", person="P", applied_on=ON, asked=20000, startup_money=40000, **more)


@pytest.mark.seed("S8-14", "S8-19")
def test_conduct_and_family_are_not_even_read() -> None:
    for ledger, columns in FORBIDDEN.items():
        assert columns <= set(catalogue()[ledger].fields), ledger
        assert not columns & set(SOURCES[ledger]), ledger
    assert not any("registry.person" in name or "household" in name for name in SOURCES)
    read_at_all = {column for columns in SOURCES.values() for column in columns}
    assert not read_at_all & {"sex", "age", "born_on", "nation", "ethnicity", "disability", "note", "grid"}


@pytest.mark.seed("S8-14", "S8-19")
def test_what_is_said_of_conduct_and_family_changes_no_attribute(tmp_path: Path) -> None:
    rows = office(40, seed=3)
    plain = of(rows, tmp_path / "1")
    for row in rows["microcredit.credit_file"]:
        row |= {
            "observation": "好赌，父亲坐过牢",
            "intention": "不想还",
            "employment": "无业",
            "recorded_by": "张亮",
        }
    for row in rows["microcredit.economic_file"]:
        row |= {"members": 9, "family_status": "离异", "address": "贫民区"}
    for row in rows["microcredit.application"]:
        row |= {"address": "贫民区", "division": "另一社区", "counter_guarantor": "谁"}
    gossip = of(rows, tmp_path / "2")
    assert attributes(plain, cases(plain)).equals(attributes(gossip, cases(gossip)))


@pytest.mark.seed("S8-14", "S8-19")
def test_an_observation_is_kept_with_the_name_of_who_made_it() -> None:
    fields = catalogue()["microcredit.credit_file"].fields
    assert {"S8-14", "S8-19"} <= set(fields["observation"].seeds)
    assert "recorded_by" in fields and "recorded_on" in fields


def test_sums_and_shares_of_the_application(tmp_path: Path) -> None:
    found = one({"microcredit.application": [asking()]}, tmp_path)
    assert (found["asked"], found["share_of_need"]) == (20000, 0.5)
    nothing = one({"microcredit.application": [asking() | {"startup_money": None}]}, tmp_path / "2")
    assert nothing["share_of_need"] is None


def test_loans_before_the_day_and_none_after(tmp_path: Path) -> None:
    def earlier(number: str, due: str, settled: str | None, **more: Any) -> Row:
        base = {"person": "P", "paid_out_on": "2020-01-01", "due_on": due, "settled_on": settled}
        return loan(number, outstanding=0 if settled else 5000, **(base | more))

    rows = {
        "microcredit.application": [asking()],
        "microcredit.loan": [
            loan("own", person="P", application_no="A", paid_out_on="2023-03-01"),
            earlier("in time", "2021-01-01", "2021-01-01"),
            earlier("31 late", "2022-01-01", "2022-02-01"),
            earlier("open", "2023-01-02", None),
            earlier("settled later", "2023-01-22", "2023-05-01"),
            earlier("after", "2021-01-01", "2021-01-01", paid_out_on="2023-02-01"),
            earlier("other", "2021-01-01", "2022-01-01", person="Q"),
        ],
    }
    found = one(rows, tmp_path)
    assert (found["repaid_before"], found["open_loans"], found["worst_delay"]) == (1, 2, 31)
    first = one({"microcredit.application": [asking()]}, tmp_path / "2")
    assert (first["repaid_before"], first["open_loans"], first["worst_delay"]) == (0, 0, SPECIAL)


def test_records_that_stood_on_the_day(tmp_path: Path) -> None:
    def record(day: str, removed: str | None = None, person: str = "P") -> Row:
        return {"person": person, "recorded_on": day, "removed_on": removed, "breach": "逾期"}

    rows = {
        "microcredit.application": [asking()],
        "microcredit.bad_record": [
            record("2022-01-01"),
            record("2022-02-01", "2023-02-01"),
            record("2022-03-01", "2023-01-31"),
            record(ON),
            record("2022-01-01", person="Q"),
        ],
    }
    assert one(rows, tmp_path)["bad_records"] == 2
    assert one({"microcredit.application": [asking()]}, tmp_path / "2")["bad_records"] is None


def test_debts_and_income_as_the_files_had_them(tmp_path: Path) -> None:
    def entry(day: str, debt: Any) -> Row:
        return {"entry_no": day, "person": "P", "recorded_on": day, "other_debt": debt}

    def home(day: str, income: Any, debts: Any) -> Row:
        return {"file_no": day, "person": "P", "opened_on": day, "yearly_income": income, "debts": debts}

    rows = {
        "microcredit.application": [asking()],
        "microcredit.credit_file": [
            entry("2022-01-01", 9000),
            entry(ON, 4000),
            entry("2023-02-02", 1),
            entry("2023-01-01", None),
        ],
        "microcredit.economic_file": [home("2022-01-01", 48000, 7000)],
    }
    found = one(rows, tmp_path)
    assert (found["other_debt"], found["debt_to_income"]) == (4000, 0.5)
    alone = {**rows, "microcredit.credit_file": []}
    assert one(alone, tmp_path / "2")["other_debt"] == 7000
    poor = {**rows, "microcredit.economic_file": [home("2022-01-01", 0, 0)]}
    assert one(poor, tmp_path / "3")["debt_to_income"] == SPECIAL
    unknown = one({"microcredit.application": [asking()]}, tmp_path / "4")
    assert (unknown["other_debt"], unknown["debt_to_income"]) == (None, None)


def test_months_in_trade_and_training(tmp_path: Path) -> None:
    def shop(opened: str, **more: Any) -> Row:
        return {"credit_code": opened, "person": "P", "opened_on": opened, "name": "罗素"} | more

    def course(day: str, result: str) -> Row:
        return {"person": "P", "completed_on": day, "result": result}

    rows = {
        "microcredit.application": [asking(licence="L")],
        "registry.business": [
            shop("2022-02-02"),
            shop("2021-02-01", person="Q", credit_code="L"),
            shop("2023-02-02"),
            shop("2015-01-01", person="Q"),
        ],
        "microcredit.training": [
            course("2023-01-31", "不合格"),
            course("2022-01-31", "合格"),
            course(ON, "不合格"),
        ],
    }
    found = one(rows, tmp_path)
    assert (found["trading_months"], found["training"]) == (24, "合格")
    mine = {**rows, "registry.business": [shop("2022-02-02")]}
    assert one(mine, tmp_path / "2")["trading_months"] == 11
    strange = {
        **rows,
        "registry.business": [shop("2015-01-01", person="Q")],
        "microcredit.training": [course(ON, "合格")],
    }
    found = one(strange, tmp_path / "3")
    assert (found["trading_months"], found["training"]) == (SPECIAL, "没有记录")
    nothing = one({"microcredit.application": [asking()]}, tmp_path / "4")
    assert (nothing["trading_months"], nothing["training"]) == (None, None)


def test_nothing_that_came_later_is_seen(tmp_path: Path) -> None:
    rows = office(60, seed=5)
    before = of(rows, tmp_path / "1")
    later = {
        "microcredit.credit_file": {"entry_no": "Z", "recorded_on": "2023-12-31", "other_debt": 99999},
        "microcredit.economic_file": {"file_no": "Z", "opened_on": "2023-12-31", "yearly_income": 1},
        "microcredit.bad_record": {"recorded_on": "2023-12-31", "breach": "逾期"},
        "microcredit.training": {"completed_on": "2023-12-31", "result": "合格"},
        "registry.business": {"credit_code": "Z", "opened_on": "2023-12-31", "name": "罗素"},
        "microcredit.loan": {
            "loan_no": "Z",
            "paid_out_on": "2023-12-30",
            "due_on": "2023-12-31",
            "amount": 1,
        },
    }
    for ledger, row in later.items():
        rows[ledger] += [
            row | {"person": f"P{n:05d}"} | ({"loan_no": f"Z{n}"} if "loan_no" in row else {})
            for n in range(60)
        ]
    after = of(rows, tmp_path / "2")
    known = cases(before)
    same = cases(after).join(known.select("case"), "case", how="semi")
    assert attributes(before, known).equals(attributes(after, same))


@pytest.mark.seed("S8-18")
def test_good_bad_and_what_is_neither(tmp_path: Path) -> None:
    def due(number: str, settled: str | None, outstanding: int, **more: Any) -> Row:
        base = {"due_on": "2023-05-10", "settled_on": settled, "outstanding": outstanding}
        return loan(number, **(base | more))

    rows = {
        "microcredit.loan": [
            due("early", "2023-01-01", 0),
            due("on the day", "2023-05-10", 0),
            due("a day late", "2023-05-11", 0),
            due("90 late", "2023-08-08", 0),
            due("91 late", "2023-08-09", 0),
            due("owing", None, 5000),
            due("owing, balance unknown", None, 0) | {"outstanding": None},
            due("repaid, day unknown", None, 0),
            due("wilful", None, 5000, due_on="2023-12-01", overdue_kind="恶意拖欠"),
            due("lost", None, 5000, due_on="2023-12-01"),
            due("running", None, 5000, due_on="2024-06-01"),
            due("undated", None, 5000, due_on=None),
        ],
        "microcredit.bad_debt": [{"loan_no": "lost", "loss": 5000}],
    }
    found = of(rows, tmp_path)
    ends = dict(outcomes(found, dt.date(2023, 12, 31), Outcome()).iter_rows())
    bad = {"91 late", "owing", "owing, balance unknown", "wilful", "lost"}
    assert {n for n, b in ends.items() if b} == bad
    assert {n for n, b in ends.items() if not b} == {"early", "on the day"}
    lax = dict(outcomes(found, dt.date(2023, 12, 31), Outcome(bad_days=300, good_days=1)).iter_rows())
    assert {n for n, b in lax.items() if b} == {"wilful", "lost"}
    assert "a day late" in lax
    assert dict(outcomes(found, dt.date(2023, 5, 10), Outcome()).iter_rows()).keys() == {
        "early",
        "on the day",
        "wilful",
        "lost",
    }


def test_who_is_scored(tmp_path: Path) -> None:
    rows = {
        "microcredit.application": [
            application("waiting", person="1", result="在办", approved_on=None),
            application("new", person="2", result=None, approved_on=None),
            application("granted", person="3"),
            application("later", person="4", result=None, approved_on=None, applied_on="2024-01-01"),
            application("nobody", person=None, result=None, approved_on=None),
        ],
        "microcredit.loan": [loan("alone", person="5", application_no=None)],
    }
    found = of(rows, tmp_path)
    day = dt.date(2023, 12, 31)
    assert applied(found, day, everybody=False)["case"].to_list() == ["new", "waiting"]
    assert applied(found, day, everybody=True)["case"].to_list() == ["granted", "new", "waiting"]
    assert cases(found)["case"].to_list() == ["granted", "later", "new", "waiting"]


def test_every_attribute_has_words_and_a_direction() -> None:
    assert len({one.name for one in ATTRIBUTES}) == len({one.label for one in ATTRIBUTES}) == len(ATTRIBUTES)
    assert all(one.direction in ("ascending", "descending", "free") for one in ATTRIBUTES)

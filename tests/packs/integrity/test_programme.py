"""The programme: tasks with somebody who answers, who found whose risk points, what was signed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.integrity.office import Row, point, staff

TASK, POINT, STAFF = "integrity.programme_task", "integrity.risk_point", "integrity.staff"
seed = pytest.mark.seed


def task(number: str, **more: object) -> Row:
    """A task done before its time."""
    base: Row = {"task_no": number, "task": "查找风险点", "section": "纪工委", "name": "魏梅"}
    return {**base, "due_on": "2023-06-30", "done_on": "2023-06-20", **more}


@seed("S3-07", "S3-17")
def test_every_task_has_a_section_and_a_person() -> None:
    rows = {TASK: [task("whole"), task("no-section", section=" "), task("nobody", name=None)]}
    code = "integrity.task-without-responsible"
    assert subjects(code, rows) == ["no-section", "nobody"]
    assert outcome(code, rows, fields={TASK: ["task_no", "task", "name"]}).status == "no-ledger"


@seed("S3-07")
def test_tasks_are_done_in_time() -> None:
    rows = {
        TASK: [
            task("late", done_on="2023-07-01"),
            task("last-day", done_on="2023-06-30"),
            task("open", done_on=None),
            task("not-yet", done_on=None, due_on="2023-12-31"),
            task("no-time", due_on=None, done_on=None),
        ]
    }
    assert subjects("integrity.task-overdue", rows) == ["late", "open"]


@seed("S3-20", "S3-51")
def test_who_found_it_is_named_where_somebody_else_did() -> None:
    rows = {
        POINT: [
            point("self", found_by="自己找"),
            point("named", found_by="上级找", found_by_whom="魏梅"),
            point("unnamed", found_by="下级找"),
            point("by-oneself", found_by="班子互找", found_by_whom="袁伟"),
            point("unsaid", found_by=None),
        ]
    }
    code = "integrity.finder-not-named"
    assert subjects(code, rows) == ["by-oneself", "unnamed"]
    assert outcome(code, rows, fields={POINT: ["point_no", "risk", "name", "found_by"]}).status == "no-ledger"


@seed("S3-20")
def test_others_look_for_the_risks_of_leaders_too() -> None:
    names = ("alone", "helped", "screened", "none", "clerk", "retired")
    rows = {
        STAFF: [
            *[staff(name, name, rank="正处级") for name in names[:4]],
            staff("clerk", "clerk", rank="科员"),
            staff("retired", "retired", rank="正处级", state="退休"),
        ],
        POINT: [
            *[point(f"{name}-1", name=name, found_by="自己找") for name in names if name != "none"],
            point("helped-2", name="helped", found_by="班子互找"),
            point("screened-2", name="screened", found_by="下级找", screening="筛除"),
        ],
    }
    code = "integrity.found-only-by-oneself"
    (found,) = ask(code, rows)
    assert (found.subject_id, found.rows) == ("alone", 1)
    assert outcome(code, {STAFF: rows[STAFF]}).missing == (POINT,)


@seed("S3-23")
def test_commitments_are_signed() -> None:
    def line(name: str, signed: str | None) -> Row:
        return {"name": name, "post": "主任", "commitment": "不收礼", "signed_on": signed}

    rows = {"integrity.commitment": [line("signed", "2023-01-05"), line("open", None), line("open", None)]}
    (found,) = ask("integrity.commitment-unsigned", rows)
    assert found.because == "主任open有2条公开承诺没有签字"


@seed("S3-21")
def test_what_was_screened_out_is_counted_by_reason() -> None:
    rows = {
        POINT: [
            point("kept"),
            point("same", screening="筛除", screening_reason="与他条重复"),
            point("other", screening="筛除", screening_reason="与他条重复"),
            point("blank", screening="筛除", screening_reason=" "),
        ]
    }
    counts = {period: value for (_, period), (value, _met) in measured(
        "integrity.risk-points-screened-out", rows
    ).items()}  # fmt: skip
    assert counts == {"与他条重复": Decimal(2), "没有写理由": Decimal(1)}

"""The engine: what it finds, what it leaves alone, and what it says when it can't ask."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from tests import asking
from tests.risk.rules_for_tests import (
    ALL,
    CROWDED,
    DEAD_IN_REGISTER,
    EMPLOYER_OF_DEAD,
    NO_PHONE,
    STATUS_DEAD,
    make,
)

from shouwang.risk import engine as engine_module
from shouwang.risk import fusion
from shouwang.risk.engine import ask as ask_rules
from shouwang.risk.engine import prepare
from shouwang.risk.parameters import Parameter, Value
from shouwang.risk.rule import hits

MOST = {"test.most": Parameter("test.most", "上限", "integer", "人", (), "", (Value(dt.date.min, 2, "试"),))}
AS_OF = dt.date(2023, 12, 31)
PEOPLE = [
    {"person": "A", "name": "张三", "status": "死亡", "phone": "1", "dwelling": "D1", "address": "甲路1号"},
    {"person": "B", "name": "李四", "status": "正常", "phone": " ", "dwelling": "D1", "address": "甲路1号"},
    {"person": "C", "name": "王五", "status": None, "phone": None, "dwelling": "D1"},
    {"person": "D", "name": "赵六", "status": "正常", "phone": "4", "dwelling": "D2"},
]
DEATHS = [{"person": "A", "name": "张三", "died_on": "2023-05-01"}, {"person": "E", "name": "钱七"}]
ROWS = {"registry.person": PEOPLE, "registry.death": DEATHS}


def everything(tmp_path: Path, rows: asking.Rows = ROWS, **options: object) -> dict[str, object]:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(rows, tmp_path / "snapshot", options.pop("fields", None))  # type: ignore[arg-type]
    try:
        outcomes = ask_rules(engine, made, ALL, MOST, AS_OF, **options)  # type: ignore[arg-type]
    finally:
        engine.close()
    return {o.rule.code: o for o in outcomes}


def test_finds_hits_and_leaves_misses_and_missing_values(tmp_path: Path) -> None:
    found = everything(tmp_path)
    assert [f.subject_id for f in found["test.status-dead"].findings] == ["A"]
    assert [f.subject_id for f in found["test.no-phone"].findings] == ["B", "C"]
    assert [f.subject_id for f in found["test.dead-in-register"].findings] == ["A"]
    assert [(f.subject_id, f.rows) for f in found["test.crowded"].findings] == [("D1", 3)]


def test_a_rule_without_its_ledger_says_which(tmp_path: Path) -> None:
    result = everything(tmp_path)["test.employer-of-dead"]
    assert (result.status, result.missing) == ("no-ledger", ("registry.employment",))


def test_a_rule_without_its_parameter_waits(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(ROWS, tmp_path / "s")
    empty = {"test.most": Parameter("test.most", "上限", "integer", "人", (), "", ())}
    (result,) = ask_rules(engine, made, [CROWDED], empty, AS_OF)
    engine.close()
    assert (result.status, result.missing, result.findings) == ("no-parameter", ("test.most",), [])


def test_a_sheet_without_a_needed_column_is_left_out_and_named(tmp_path: Path) -> None:
    found = everything(tmp_path, fields={"registry.person": ["person", "name", "status", "dwelling"]})
    result = found["test.no-phone"]
    assert result.status == "no-ledger"
    assert "联系电话" in result.missing[0]


def test_a_rule_at_fault_does_not_stop_the_others(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def broken(t, p):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("no")

    def broken_late(t, p):  # type: ignore[no-untyped-def]
        rows = t.person
        from shouwang.risk.rule import hits

        return hits(rows, where=rows.name.cast("int64") > 0, subject=rows.person, because="x")

    bad = [
        make("test.broken", broken, reads={"registry.person": "person"}),
        make("test.broken-late", broken_late, reads={"registry.person": "person"}),
    ]
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(ROWS, tmp_path / "s")
    outcomes = {o.rule.code: o for o in ask_rules(engine, made, [*bad, STATUS_DEAD], MOST, AS_OF)}
    engine.close()
    assert outcomes["test.broken"].status == "failed"
    assert "ZeroDivisionError" in outcomes["test.broken"].error
    assert outcomes["test.broken-late"].status == "failed"
    # What a message quotes of the ledgers is nobody's business.
    assert "张三" not in outcomes["test.broken-late"].error and "张三" not in caplog.text
    assert "test.broken-late" in caplog.text
    assert len(outcomes["test.status-dead"].findings) == 1


def test_row_local_rules_are_asked_together_with_the_same_answer(tmp_path: Path) -> None:
    fused, single = everything(tmp_path), everything(tmp_path / "2", fuse=False)
    for code, outcome in fused.items():
        assert outcome.findings == single[code].findings


def test_which_rules_can_be_fused(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot({**ROWS, "registry.employment": [{"employer": "甲厂"}]}, tmp_path / "s")
    local = {}
    for rule in ALL:
        bound = prepare(engine, made, rule, MOST, AS_OF)
        local[rule.code] = fusion.is_row_local(bound.hits)  # type: ignore[union-attr]
    engine.close()
    assert {code for code, yes in local.items() if yes} == {"test.status-dead", "test.no-phone"}


def test_amounts_add_up_and_evidence_is_every_row_once(tmp_path: Path) -> None:
    jobs = [
        {"employer": "甲厂", "person": "A", "monthly_wage": "1000.10"},
        {"employer": "甲厂", "person": "A", "monthly_wage": "2000.20"},
        {"employer": "乙厂", "person": "D", "monthly_wage": "9"},
    ]
    (finding,) = asking.ask(EMPLOYER_OF_DEAD, {"registry.death": DEATHS, "registry.employment": jobs})
    assert finding.amount == Decimal("3000.30")
    assert len([e for e in finding.evidence if e.ledger == "registry.employment"]) == 2
    assert len([e for e in finding.evidence if e.ledger == "registry.death"]) == 1
    assert finding.because == "甲厂仍发2名死者工资，共3,000.30元"


def test_rows_that_agree_in_once_count_once_by_the_greatest_amount() -> None:
    def by_person(t, p):  # type: ignore[no-untyped-def]
        rows = t.employment
        return hits(
            rows,
            subject=rows.employer,
            amount=rows.monthly_wage,
            once=rows.person,
            because="{employer}有{n}人，共{monthly_wage.sum}元：{monthly_wage}",
        )

    rule = make("test.once", by_person, reads={"registry.employment": "employer"})
    jobs = [
        {"employer": "甲厂", "person": "A", "monthly_wage": "1000.10"},
        {"employer": "甲厂", "person": "A", "monthly_wage": "2000.20"},
        {"employer": "甲厂", "person": "A", "monthly_wage": None},
        {"employer": "甲厂", "person": "B", "monthly_wage": "2000.20"},
        {"employer": "甲厂", "person": None, "monthly_wage": "1"},
        {"employer": "甲厂", "person": None, "monthly_wage": "1"},
        {"employer": "乙厂", "person": "A", "monthly_wage": None},
    ]
    first, second = asking.ask(rule, {"registry.employment": jobs})
    assert (first.subject_id, first.amount, first.rows) == ("乙厂", None, 1)
    assert (second.amount, second.rows, len(second.evidence)) == (Decimal("4002.40"), 4, 6)
    assert second.because == "甲厂有4人，共4,002.40元：1、1,000.10、2,000.20"


def test_a_sentence_masks_what_is_personal() -> None:
    (finding,) = asking.ask(STATUS_DEAD, {"registry.person": [{**PEOPLE[0], "person": "110101199003070134"}]})
    assert "张三" in finding.because and "110101199003070134" in finding.because
    masked = finding.say(masked=True)
    assert "张三" not in masked and "19900307" not in masked and masked.endswith("户籍状态为死亡")


@pytest.mark.spark
def test_spark_gives_the_same_findings(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    import shutil

    if not shutil.which("java"):
        pytest.skip("no Java on this machine")
    for rule in (STATUS_DEAD, NO_PHONE, DEAD_IN_REGISTER):
        assert asking.ask(rule, ROWS) == asking.ask(rule, ROWS, engine_name="spark")


def test_another_engine_of_the_process_finds_the_sql_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ibis.backends.sql import SQLBackend

    asked: list[str] = []
    compiled = SQLBackend.compile

    def counted(self: SQLBackend, query: object, *given: object, **named: object) -> str:
        asked.append("x")
        return str(compiled(self, query, *given, **named))

    monkeypatch.setattr(engine_module, "_TEXTS", {})
    monkeypatch.setattr(SQLBackend, "compile", counted)
    first = everything(tmp_path / "1")
    once = len(asked)
    # Other rows in other files, the same questions.
    others = {"registry.person": PEOPLE[1:], "registry.death": DEATHS[:1]}
    again = everything(tmp_path / "2", others)
    assert once >= 3 and len(asked) == once
    assert [f.subject_id for f in first["test.status-dead"].findings] == ["A"]
    assert [f.subject_id for f in again["test.status-dead"].findings] == []


def test_another_literal_is_another_text(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(ROWS, tmp_path / "snapshot")
    table = engine.table(made, "registry.person", made.parts_of("registry.person"))
    texts = {
        engine.text(table.filter(table.phone == phone).select("person")) for phone in ("1", "4", "''; 1")
    }
    assert len(texts) == 3
    again = asking.engine("duckdb", tmp_path / "again")
    table = again.table(made, "registry.person", made.parts_of("registry.person"))
    assert again.text(table.filter(table.phone == "4").select("person")) in texts
    assert again.run(table.filter(table.phone == "4").select("person")).to_pylist() == [{"person": "D"}]
    engine.close()
    again.close()


def test_no_more_texts_are_kept_than_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_TEXTS", {})
    monkeypatch.setattr(engine_module, "MOST_TEXTS", 2)
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(ROWS, tmp_path / "snapshot")
    table = engine.table(made, "registry.person", made.parts_of("registry.person"))
    for phone in ("1", "2", "3", "4"):
        assert phone in engine.text(table.filter(table.phone == phone).select("person"))
        assert len(engine_module._TEXTS) <= 2
    engine.close()

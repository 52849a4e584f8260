"""Indicators: grouping, division by zero, targets, and what they wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests import asking

from shouwang.indicator import indicator as declaration
from shouwang.indicator.evaluation import Evaluation, evaluate
from shouwang.indicator.indicator import Indicator, Values, indicator, month, values, year
from shouwang.risk.parameters import Parameter, ParameterView, Value
from shouwang.risk.rule import Tables

TARGET = Parameter(
    "test.target",
    "目标",
    "number",
    "%",
    (),
    "",
    (Value(dt.date.min, Decimal(80), "通知"), Value(dt.date.min, Decimal(50), "通知", "柳岸社区")),
)


def cancelled_share(t: Tables, p: ParameterView) -> Values:
    deaths = t.death
    return values(
        deaths,
        period=year(deaths.died_on),
        numerator=deaths.cancelled_on.count(),
        denominator=deaths.count(),
    )


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Indicator]:
    """An indicator with its target in a parameter, declared for one test only."""
    monkeypatch.setattr(declaration, "_INDICATORS", {})
    indicator(
        "test.cancelled",
        "死亡注销率",
        unit="%",
        scale=100,
        seeds=["S1-12"],
        reads=["registry.death"],
        direction="up",
        target="test.target",
        uses=["test.target"],
        formula="已注销人数 ÷ 死亡人数",
    )(cancelled_share)
    yield declaration.registered()["test.cancelled"]


def run(
    made: Indicator,
    rows: asking.Rows,
    root: Path,
    *,
    parameters: Mapping[str, Parameter] | None = None,
    fields: Mapping[str, Any] | None = None,
    engine: str = "duckdb",
) -> Evaluation:
    """Evaluate one indicator on rows, as of the end of 2023."""
    used = asking.engine(engine, root)
    try:
        (result,) = evaluate(
            used,
            asking.snapshot(rows, root / "snapshot", fields),
            [made],
            {"test.target": TARGET} if parameters is None else parameters,
            dt.date(2023, 12, 31),
        )
    finally:
        used.close()
    return result


DEATHS = {
    "registry.death": [
        {"person": "1", "died_on": "2023-01-05", "cancelled_on": "2023-02-01", "division": "云溪社区"},
        {"person": "2", "died_on": "2023-03-05", "cancelled_on": "2023-04-01", "division": "云溪社区"},
        {"person": "3", "died_on": "2023-03-09", "cancelled_on": None, "division": "云溪社区"},
        {"person": "4", "died_on": "2022-12-31", "cancelled_on": None, "division": "云溪社区"},
        {"person": "5", "died_on": "2023-05-05", "cancelled_on": "2023-05-06", "division": "柳岸社区"},
        {"person": "6", "died_on": "2023-05-05", "cancelled_on": None, "division": "柳岸社区"},
        {"person": "7", "died_on": "2023-05-05", "cancelled_on": None, "division": None},
    ]
}


@pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def test_values_by_division_and_period_against_the_divisions_own_target(
    declared: Indicator, tmp_path: Path, engine: str
) -> None:
    found = run(declared, DEATHS, tmp_path, engine=engine)
    assert found.status == "asked"
    assert [(v.division, v.period, v.numerator, v.denominator, v.value, v.met) for v in found.values] == [
        ("", "2023", 0, 1, Decimal("0.00"), False),
        ("云溪社区", "2022", 0, 1, Decimal("0.00"), False),
        ("云溪社区", "2023", 2, 3, Decimal("66.67"), False),
        ("柳岸社区", "2023", 1, 2, Decimal("50.00"), True),
    ]
    assert {v.target for v in found.values} == {Decimal(80), Decimal(50)}
    assert list(found.used) == ["test.target"]


def test_a_denominator_of_zero_gives_no_value(declared: Indicator, tmp_path: Path) -> None:
    def none_due(t: Tables, p: ParameterView) -> Values:
        return values(
            t.death,
            period="2023",
            numerator=t.death.count(),
            denominator=(t.death.died_on > p.as_of).sum(),
        )

    (value, *_rest) = run(replace(declared, function=none_due), DEATHS, tmp_path).values
    assert (value.denominator, value.value, value.met) == (0, None, None)


def test_without_a_denominator_the_value_is_the_numerator(declared: Indicator, tmp_path: Path) -> None:
    def counted(t: Tables, p: ParameterView) -> Values:
        return values(t.death, period=month(t.death.died_on), numerator=t.death.count())

    plain = replace(declared, function=counted, direction="", target=None, scale=1, digits=0)
    found = run(plain, DEATHS, tmp_path).values
    assert [(v.division, v.period, v.value) for v in found] == [
        ("", "2023-05", 1),
        ("云溪社区", "2022-12", 1),
        ("云溪社区", "2023-01", 1),
        ("云溪社区", "2023-03", 2),
        ("柳岸社区", "2023-05", 2),
    ]
    assert {v.met for v in found} == {None}


@pytest.mark.parametrize(
    ("value", "direction", "met"), [(2, "down", True), (2, "up", True), (3, "down", False)]
)
def test_reaching_the_target_counts_as_met(
    declared: Indicator, tmp_path: Path, value: int, direction: Any, met: bool
) -> None:
    def constant(t: Tables, p: ParameterView) -> Values:
        return values(t.death, period="x", numerator=t.death.count() * 0 + value)

    made = replace(declared, function=constant, direction=direction, target=2, scale=1)
    assert {v.met for v in run(made, DEATHS, tmp_path).values} == {met}


def test_waits_for_its_ledger_and_its_columns(declared: Indicator, tmp_path: Path) -> None:
    absent = run(declared, {"registry.place": [{"name": "市场"}]}, tmp_path / "a")
    assert (absent.status, absent.missing) == ("no-ledger", ("registry.death",))
    needy = replace(declared, needs={"registry.death": ("cancelled_on",)})
    lacking = run(needy, DEATHS, tmp_path / "b", fields={"registry.death": ["person", "died_on"]})
    assert (lacking.status, lacking.missing) == ("no-ledger", ("registry.death: 户口注销日期",))


def test_waits_for_its_parameter(declared: Indicator, tmp_path: Path) -> None:
    def asks(t: Tables, p: ParameterView) -> Values:
        return values(t.death, period="x", numerator=t.death.count() * p["test.target"])

    empty = {"test.target": replace(TARGET, values=())}
    found = run(replace(declared, function=asks), DEATHS, tmp_path, parameters=empty)
    assert (found.status, found.missing) == ("no-parameter", ("test.target",))


def test_a_target_without_value_judges_nothing(declared: Indicator, tmp_path: Path) -> None:
    found = run(declared, DEATHS, tmp_path, parameters={"test.target": replace(TARGET, values=())})
    assert found.status == "asked"
    assert {(v.target, v.met) for v in found.values} == {(None, None)}


def test_a_defect_is_told_and_stops_nothing(declared: Indicator, tmp_path: Path) -> None:
    def broken(t: Tables, p: ParameterView) -> Values:
        return values(t.death, period="x", numerator=t.death.no_such_column.sum())

    found = run(replace(declared, function=broken), DEATHS, tmp_path)
    assert found.status == "failed"
    assert "no_such_column" in found.error


def test_codes_are_unique_and_targets_have_a_direction(declared: Indicator) -> None:
    with pytest.raises(ValueError, match="two indicators"):
        indicator("test.cancelled", "另一个", seeds=[], reads=[], formula="")(lambda t, p: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(ValueError, match="direction"):
        indicator("test.other", "无方向", seeds=[], reads=[], formula="", target=1)(cancelled_share)

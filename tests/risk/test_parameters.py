"""Dated parameters: which value holds when and where, and what a bad file is told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import ibis
import pytest
from tests import asking

from shouwang.risk.parameters import (
    MissingParameter,
    ParameterError,
    ParameterView,
    read_declarations,
    with_office_file,
)

DECLARED = """
t.standard:
  label: 标准
  kind: money
  unit: 元
  seeds: [S2-11]
  values:
    - {from: 2022-07-01, value: 900, source: 甲文}
    - {from: 2023-07-01, value: 930.50, source: 乙文}
    - {from: 2023-01-01, value: 800, division: 柳岸社区, source: 丙文}
t.days:
  label: 天数
  kind: days
  unit: 天
  seeds: [S1-39]
  values: []
"""


@pytest.fixture
def declared(tmp_path: Path):  # type: ignore[no-untyped-def]
    path = tmp_path / "parameters.yaml"
    path.write_text(DECLARED, encoding="utf-8")
    return read_declarations(path)


@pytest.mark.parametrize(
    ("day", "division", "expected"),
    [
        ("2022-06-30", "", None),
        ("2022-07-01", "", Decimal("900")),
        ("2023-06-30", "", Decimal("900")),
        ("2023-07-01", "", Decimal("930.50")),
        ("2023-07-01", "云溪社区", Decimal("930.50")),
        ("2022-12-31", "柳岸社区", Decimal("900")),
        ("2023-12-31", "柳岸社区", Decimal("800")),
    ],
)
@pytest.mark.seed("S2-11")
def test_the_value_in_force_on_a_day(declared, day, division, expected) -> None:  # type: ignore[no-untyped-def]
    value = declared["t.standard"].at(dt.date.fromisoformat(day), division)
    assert (value and value.value) == expected


@pytest.mark.seed("S2-11")
def test_the_same_as_an_expression_over_rows(declared) -> None:  # type: ignore[no-untyped-def]
    days = ["2022-06-30", "2022-07-01", "2023-06-30", "2023-07-01", "2023-12-31"]
    places = ["云溪社区", "柳岸社区", None]
    rows = [{"day": dt.date.fromisoformat(d), "place": p} for d in days for p in places]
    table = ibis.memtable(rows, schema={"day": "date", "place": "string"})
    view = ParameterView(declared, dt.date(2023, 12, 31))
    asked = table.mutate(value=view.at("t.standard", table.day, table.place)).to_pyarrow().to_pylist()
    for row in asked:
        value = declared["t.standard"].at(row["day"], row["place"] or "")
        assert row["value"] == (value and value.value), row


def test_a_parameter_without_value_waits(declared) -> None:  # type: ignore[no-untyped-def]
    view = ParameterView(declared, dt.date(2023, 1, 1))
    with pytest.raises(MissingParameter, match=r"t\.days"):
        view["t.days"]
    assert view.get("t.days", 5) == 5
    with pytest.raises(MissingParameter):
        ParameterView(declared, dt.date(2020, 1, 1))["t.standard"]


def test_a_rule_sees_only_what_it_declares(declared) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        ParameterView(declared, dt.date(2023, 1, 1), frozenset())["t.standard"]


def office(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "本单位.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_office_sets_its_own_values(declared, tmp_path) -> None:  # type: ignore[no-untyped-def]
    merged = with_office_file(
        declared,
        office(
            tmp_path,
            "t.days: 7\nt.standard:\n  - {from: 2024-01-01, value: '1,000', source: x}\n".replace(
                "'1,000'", "1000"
            ),
        ),
    )
    assert merged["t.days"].at(dt.date(1990, 1, 1)).value == 7
    assert "本单位.yaml" in merged["t.days"].at(dt.date(1990, 1, 1)).source
    assert merged["t.standard"].at(dt.date(2023, 12, 31)) is None, "an office's values replace a pack's"
    assert merged["t.standard"].at(dt.date(2024, 1, 1)).value == 1000


def test_a_name_may_be_written_without_its_pack_where_it_is_unique(declared, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert with_office_file(declared, office(tmp_path, "days: 3"))["t.days"].values[0].value == 3
    from dataclasses import replace

    both = declared | {"u.days": replace(declared["t.days"], name="u.days")}
    with pytest.raises(ParameterError, match=r"t\.days、u\.days"):
        with_office_file(both, office(tmp_path, "days: 3"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("t.dais: 7", "t.dais"),
        ("t.days: 七天", "七天"),
        ("t.days: 7.5", "7.5"),
        ("t.days: true", "True"),
        ("t.standard: [{valeu: 3}]", "valeu"),
        ("t.standard: [{value: 3, from: '2023-13-01'}]", "2023-13-01"),
        ("- a\n- b", "名称"),
        ("a: [", "第 1 行"),
        ("t.days: 7\n\tt: 3", "第 2 行"),
    ],
)
def test_a_bad_file_is_told_what_and_where(declared, tmp_path, text, named) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ParameterError, match=r"本单位\.yaml") as caught:
        with_office_file(declared, office(tmp_path, text))
    assert named in str(caught.value)


def test_percent_and_ratio_are_read_by_their_sign(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    entry = "{label: x, kind: %s, seeds: [], values: [{value: %s}]}"
    path.write_text(
        "\n".join(
            f"t.{i}: {entry % pair}"
            for i, pair in enumerate(
                [("ratio", "10%"), ("ratio", "0.1"), ("percent", "4.35%"), ("percent", "4.35")]
            )
        ),
        encoding="utf-8",
    )
    found = [p.values[0].value for p in read_declarations(path).values()]
    assert found == [Decimal("0.1"), Decimal("0.1"), Decimal("4.35"), Decimal("4.35")]


def test_what_packs_declare_is_complete() -> None:
    from shouwang.risk import catalogue

    for parameter in catalogue.parameters().values():
        assert parameter.label and parameter.seeds, parameter.name
        for value in parameter.values:
            assert value.source, f"{parameter.name} has a default without a source"
    for rule in catalogue.rules().values():
        assert set(rule.uses) <= set(catalogue.parameters()), rule.code
    assert asking.with_values({}) == catalogue.parameters()

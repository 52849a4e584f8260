"""Population figures: the qualifier is never lost, and both ways of reading agree."""

from __future__ import annotations

from decimal import Decimal

import ibis
import pytest

from shouwang.packs.population.figures import Figure, Qualifier, number, parse


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "written"),
    [
        ("9228", 9228, Qualifier.EXACT, "9228"),
        ("9,228人", 9228, Qualifier.EXACT, "9228"),
        ("3600余户", 3600, Qualifier.MORE_THAN, "3600余"),
        ("9000多人", 9000, Qualifier.MORE_THAN, "9000余"),
        ("户籍9000人以上", 9000, Qualifier.MORE_THAN, "9000余"),
        ("约10000人", 10000, Qualifier.ABOUT, "约10000"),
        ("约1.2万人", 12000, Qualifier.ABOUT, "约12000"),
        ("1万余人", 10000, Qualifier.MORE_THAN, "10000余"),
        ("10000人左右", 10000, Qualifier.ABOUT, "约10000"),
    ],
)
@pytest.mark.seed("S1-12", "S1-13", "S1-14")
def test_a_figure_keeps_how_exact_it_is(text: str, value: int, qualifier: Qualifier, written: str) -> None:
    figure = parse(text)
    assert figure == Figure(value, qualifier)
    assert str(figure) == written
    assert ibis.duckdb.connect().to_pyarrow(number(ibis.literal(text))).as_py() == Decimal(value)


@pytest.mark.parametrize("text", [None, "", "若干", "9000-10000", "0.00005万"])
@pytest.mark.seed("S1-14")
def test_what_is_no_number_is_no_figure(text: str | None) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", [None, "", "若干", "9000-10000"])
@pytest.mark.seed("S1-14")
def test_the_expression_gives_null_where_there_is_no_figure(text: str | None) -> None:
    assert ibis.duckdb.connect().to_pyarrow(number(ibis.literal(text, "string"))).as_py() is None

"""What a scan evaluated is put on record once, keeps its history, and tells of missed targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal as D

import pytest

from shouwang import trail
from shouwang.access.models import Area
from shouwang.indicator import recording, targets
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, IndicatorValue
from shouwang.indicator.models import RecordedValue
from shouwang.indicator.targets import Part

DAY = dt.date(2023, 12, 31)
OFFICE, EAST = "110101001000000", "110101001001000"
RATE = "population.screening-coverage"


@pytest.fixture(autouse=True)
def office(db: None) -> Iterator[None]:
    with trail.acting(trail.Actor("command:tests", "tests")):
        with trail.change("access.test"):
            Area(code=OFFICE, name="云溪街道").save()
            Area(code=EAST, name="东溪社区", aliases="东溪\n东溪居委会").save()
            for number in (1, 2):
                Area(code=f"11010100100{number}001", name="第一网格").save()
        yield


def said(*rows: tuple[str, int, int | None], code: str = RATE) -> Evaluation:
    """An evaluation: division, numerator, denominator."""
    values = [
        IndicatorValue(
            code,
            division,
            "2023",
            D(n),
            None if d is None else D(d),
            D(n) if d is None else D(100 * n) / d,
            D(100),
        )
        for division, n, d in rows
    ]
    return Evaluation(indicators()[code], values=values)


def record(*evaluations: Evaluation, scan: int | None = None) -> int:
    with trail.change("scan.test") as doing:
        return recording.record(evaluations, DAY, doing=doing, scan=scan)


def kept() -> set[tuple[str, str, D, bool]]:
    return {(r.division_code, r.unit, r.numerator, r.current) for r in RecordedValue.objects.all()}


def test_divisions_are_found_by_name_alias_or_code_and_all_else_is_a_unit() -> None:
    record(said(("东溪居委会", 1, 2), ("", 3, 4), ("机关食堂", 5, 6), ("第一网格", 7, 8)))
    assert kept() == {
        (EAST, "", 1, True), (OFFICE, "", 3, True), (OFFICE, "机关食堂", 5, True),
        (OFFICE, "第一网格", 7, True),
    }  # fmt: skip
    record(said((EAST[:12], 9, 10)))
    assert (EAST, "", 9, True) in kept()


def test_the_same_value_is_written_once_and_another_one_keeps_the_history() -> None:
    assert record(said(("东溪社区", 1, 2)), scan=1) == 1
    assert record(said(("东溪社区", 1, 2)), scan=2) == 0
    assert record(said(("东溪社区", 2, 2)), scan=3) == 1
    assert kept() == {(EAST, "", 1, False), (EAST, "", 2, True)}
    assert set(RecordedValue.objects.values_list("scan", flat=True)) == {1, 3}


def test_two_names_of_one_division_make_one_value() -> None:
    assert record(said(("东溪社区", 1, 2), ("东溪", 5, 6))) == 1


def test_without_divisions_nothing_is_recorded() -> None:
    with trail.change("access.test"):
        Area.objects.all().delete()
    assert record(said(("东溪社区", 1, 2))) == 0


def test_declared_and_set_targets_are_told_when_missed() -> None:
    record(said(("东溪社区", 1, 2), ("", 4, 4)))
    (breach,) = recording.breaches(DAY)
    assert (breach.division_code, breach.value, breach.target, breach.direction) == (EAST, 50, 100, "up")
    assert recording.breaches(dt.date(2023, 6, 30)) == []
    targets.set_target(RATE, "2023", Part(EAST, D(40)))
    assert recording.breaches(DAY) == []


def test_a_limit_set_on_an_indicator_that_declares_none() -> None:
    record(said(("东溪社区", 70, None), code="energy.consumption"))
    targets.set_target("energy.consumption", "2023", Part(EAST, D(60), warn=D(50)), direction="down")
    (breach,) = recording.breaches(dt.date(2023, 1, 31))
    assert (breach.value, breach.target, breach.direction) == (70, 60, "down")

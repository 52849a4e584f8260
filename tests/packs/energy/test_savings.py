"""Readings on uneven days, masters read on other days, and what was saved, with and without the weather."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from pathlib import Path

import pytest
from tests import asking
from tests.packs.checks import measured, subjects
from tests.packs.energy.office import Row, meter, quota, reading

from shouwang.indicator import catalogue
from shouwang.indicator.evaluation import Evaluation, evaluate

seed = pytest.mark.seed
METER, READING, QUOTA = "energy.meter", "energy.meter_reading", "energy.quota"
USE, WEATHER = "energy.consumption", "energy.temperature"
BASE = {"energy.base_year": 2022}


def on(number: str, day: str, usage: object, **more: object) -> Row:
    """A reading on a day of which only the usage matters."""
    return reading(number, day[:7], None, 0, usage=usage, read_on=day, **more)


@seed("S6-57", "S6-24")
def test_readings_on_uneven_days_are_spread_over_months() -> None:
    rows = {
        METER: [meter("w", unit="学校")],
        # 31 January to 10 March: 38 days for 380; then 51 days for 510 to 30 April.
        READING: [on("w", "2023-01-31", 62), on("w", "2023-03-10", 380), on("w", "2023-04-30", 510)],
    }
    found = {k: v[0] for k, v in measured("energy.consumption-by-calendar", rows).items()}
    assert found == {
        ("学校", "2023-01 水"): Decimal(62),  # a first reading is of a month
        ("学校", "2023-02 水"): Decimal(280),
        ("学校", "2023-03 水"): Decimal(310),
        ("学校", "2023-04 水"): Decimal(300),
    }
    # As the office writes it, by the month of the reading.
    assert measured("energy.consumption", rows)[("学校", "2023-03 水")][0] == 380


@seed("S6-57")
def test_months_that_are_not_wholly_covered_are_left_out() -> None:
    rows = {
        METER: [meter("w", unit="学校"), meter("v", unit="学校")],
        READING: [
            *[on("w", f"2023-{m:02d}-25", 31) for m in range(1, 6)],
            *[on("v", f"2023-{m:02d}-25", 31) for m in (1, 2, 3)],
            on("v", "2023-04-25", None),
        ],
        USE: [{"unit": "环卫队", "kind": "柴油", "month": "2023-01", "consumed": 100}],
    }
    found = measured("energy.consumption-by-calendar", rows)
    # January begins with 26 December; w ends on 25 May, v on 25 March: April and May lack one or both.
    assert set(found) == {("学校", "2023-01 水"), ("学校", "2023-02 水"), ("环卫队", "2023-01 柴油")}


@seed("S6-44", "S6-59")
def test_masters_and_sub_meters_read_on_other_days_are_compared_by_days() -> None:
    """The master is read at the end of each month, the sub-meters on the 10th: 10 a day against 9."""
    months = range(1, 7)
    ends = (31, 28, 31, 30, 31, 30)
    rows = {
        METER: [meter("m"), meter("m-1", parent="m")],
        READING: [
            *[on("m", f"2023-{m:02d}-{ends[m - 1]}", 10 * ends[m - 1]) for m in months],
            *[on("m-1", f"2023-{m:02d}-10", 9 * ends[(m - 2) % 12] if m > 1 else 9 * 31) for m in months],
        ],
    }
    assert subjects("energy.submeters-exceed-master", rows) == []
    limit = {"energy.loss_limit": "0.10"}
    assert subjects("energy.network-loss-high", rows, parameters=limit) == []
    rate = {k[1]: v[0] for k, v in measured("energy.loss-rate", rows).items()}
    assert rate == {f"2023-0{m} 水": Decimal("10.00") for m in (1, 2, 3, 4, 5)}
    # As written, February's 9 × 31 would be 279 against 280, March's 252 against 310: a loss of 19 %.
    assert subjects("energy.network-loss-high", rows, parameters={"energy.loss_limit": "0.09"}) != []


@seed("S6-59")
def test_the_loss_of_a_tree_is_held_against_what_came_in() -> None:
    rows = {
        METER: [
            meter("top"),
            meter("mid", parent="top"),
            meter("leaf", parent="mid"),
        ],
        READING: [on("top", "2023-03-25", 100), on("mid", "2023-03-25", 90), on("leaf", "2023-03-25", 80)],
    }
    # 10 lost above, 10 below, of the 100 that came in; not of 100 + 90.
    assert measured("energy.loss-rate", rows)[("云溪社区", "2023-03 水")][0] == Decimal("20.00")


@seed("S6-26", "S6-58")
def test_the_years_indicator_used_up_early() -> None:
    def year(number: str, yearly: object) -> list[Row]:
        return [quota(number, f"2023-{m:02d}", 100, yearly) for m in (1, 2, 3)]

    rows = {
        QUOTA: [*year("over", 250), *year("equal", 300), *year("unset", None)],
        READING: [on(f"M-{n}", f"2023-0{m}-25", 100) for n in ("over", "equal", "unset") for m in (1, 2, 3)],
    }
    code = "energy.year-quota-exceeded"
    assert subjects(code, rows) == ["over"]
    (found,) = asking.ask(code, rows)
    assert found.because == "单位over至2023年3月累计用水300，全年指标250（over），超50"


def climate(year: int, shift: float = 0.0) -> list[Row]:
    """Daily means of a year between −2 and 30 °C."""
    first = dt.date(year, 1, 1)
    days = (dt.date(year + 1, 1, 1) - first).days
    return [
        {
            "place": "望河站",
            "day": (first + dt.timedelta(n)).isoformat(),
            "mean": round(14 - 16 * math.cos(2 * math.pi * n / days) + shift, 1),
            "source": "气象局",
        }
        for n in range(days)
    ]


def heated(unit: str, year: int, weather: list[Row], factor: float = 1.0) -> list[Row]:
    """Gas of a unit: 10 a day and 2 for each degree below 16 °C."""
    used: dict[str, float] = {}
    for row in weather:
        month = row["day"][:7]
        used[month] = used.get(month, 0) + (10 + 2 * max(0.0, 16 - row["mean"])) * factor
    return [
        {"unit": unit, "kind": "气", "month": month, "consumed": round(amount, 4), "division": "云溪社区"}
        for month, amount in used.items()
        if month.startswith(str(year))
    ]


COLD, MILD = climate(2022), climate(2023, 3.0)


@seed("S6-58", "S6-61")
def test_a_mild_winter_is_not_taken_for_saving() -> None:
    """The office saved nothing, the school a tenth; to the base year both seem to have saved more."""
    rows = {
        USE: [
            *heated("机关", 2022, COLD),
            *heated("机关", 2023, MILD),
            *heated("学校", 2022, COLD),
            *heated("学校", 2023, MILD, 0.9),
        ],
        WEATHER: [*COLD, *MILD],
    }
    plain = {k: v[0] for k, v in measured("energy.saved-against-base-year", rows, parameters=BASE).items()}
    before = sum(row["consumed"] for row in heated("机关", 2022, COLD))
    assert float(plain["机关", "2023 气"] or 0) == pytest.approx(0.137 * before, rel=0.01)
    saved = {k: v[0] for k, v in measured("energy.saved-against-weather", rows, parameters=BASE).items()}
    assert abs(float(saved["机关", "2023 气"] or 0)) < 0.002 * before
    now = sum(row["consumed"] for row in heated("学校", 2023, MILD))
    assert float(saved["学校", "2023 气"] or 0) == pytest.approx(0.1 * now, rel=0.01)
    margin = measured("energy.saved-against-weather-margin", rows, parameters=BASE)
    assert 0 <= float(margin["学校", "2023 气"][0] or 0) < 0.01 * before
    model = measured("energy.weather-model-error", rows, parameters=BASE)
    ((_unit, period), (error, met)) = min(model.items())
    assert period == "2022 气（R² 1.000，365天，采暖平衡点16.0℃）"
    assert error is not None and error < 1 and met is True


@seed("S6-61")
def test_monthly_means_stand_in_where_no_day_is_told() -> None:
    def monthly(weather: list[Row]) -> list[Row]:
        found: dict[str, list[float]] = {}
        for row in weather:
            found.setdefault(row["day"][:7], []).append(row["mean"])
        return [{"place": "望河站", "month": m, "mean": round(sum(v) / len(v), 1)} for m, v in found.items()]

    rows = {
        USE: [*heated("机关", 2022, COLD), *heated("机关", 2023, MILD, 0.9)],
        WEATHER: [*monthly(COLD), *monthly(MILD)],
    }
    saved = measured("energy.saved-against-weather", rows, parameters=BASE)
    now = sum(row["consumed"] for row in heated("机关", 2023, MILD, 0.9))
    assert float(saved["机关", "2023 气"][0] or 0) == pytest.approx(now / 9, rel=0.1)


@seed("S6-58")
def test_what_is_too_little_says_so() -> None:
    rows = {
        USE: [*heated("机关", 2022, COLD)[:8], *heated("机关", 2023, MILD)],
        WEATHER: [*COLD, *MILD],
    }
    saved = measured("energy.saved-against-weather", rows, parameters=BASE)
    assert saved == {("机关", "2023 气：基准期可用的月份不足12个"): (None, None)}
    assert measured("energy.saved-against-weather-margin", rows, parameters=BASE) == {}
    whole = {USE: [*heated("机关", 2022, COLD), *heated("机关", 2023, MILD)], WEATHER: COLD}
    saved = measured("energy.saved-against-weather", whole, parameters=BASE)
    assert saved == {("机关", "2023 气：基准期之后没有气温和用量都齐全的月份"): (None, None)}


def asked(code: str, rows: dict[str, list[Row]], folder: Path, name: str = "duckdb") -> Evaluation:
    engine = asking.engine(name, folder)
    try:
        (result,) = evaluate(
            engine,
            asking.snapshot(rows, folder / "snapshot"),
            [catalogue.indicators()[code]],
            asking.with_values(BASE if rows.get(WEATHER) else {}),
            dt.date(2023, 12, 31),
        )
    finally:
        engine.close()
    return result


@seed("S6-58")
def test_the_indicator_waits_for_temperatures_and_for_the_base_year(tmp_path: Path) -> None:
    use = heated("机关", 2022, COLD)
    waiting = asked("energy.saved-against-weather", {USE: use}, tmp_path / "a")
    assert (waiting.status, waiting.missing) == ("no-ledger", ("energy.temperature",))
    waiting = asked("energy.saved-against-base-year", {USE: use}, tmp_path / "b")
    assert (waiting.status, waiting.missing) == ("no-parameter", ("energy.base_year",))


@pytest.mark.spark
def test_both_engines_fit_the_same(tmp_path: Path) -> None:
    rows = {
        METER: [meter("g", unit="学校", kind="气")],
        READING: [on("g", f"{y}-{m:02d}-20", 10 * m, kind="气") for y in (2022, 2023) for m in range(1, 13)],
        USE: [*heated("机关", 2022, COLD), *heated("机关", 2023, MILD, 0.9)],
        WEATHER: [*COLD, *MILD],
    }
    for code in (
        "energy.saved-against-weather",
        "energy.consumption-by-calendar",
        "energy.saved-against-base-year",
    ):
        one = asked(code, rows, tmp_path / f"{code}-duckdb")
        other = asked(code, rows, tmp_path / f"{code}-spark", "spark")
        assert one.status == other.status == "asked", (one.error, other.error)
        assert one.values == other.values and one.values

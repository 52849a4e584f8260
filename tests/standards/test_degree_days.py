"""Degree-day baselines: the samples of OpenDSM beside its own results, known models found again, refusals."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.standards.degree_days import (
    MESSAGES,
    Baseline,
    Period,
    Savings,
    degree_days,
    fit,
    savings,
)

DATA = Path(__file__).parent / "opendsm"
YEAR = date(2022, 1, 1)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def temperatures() -> dict[date, float]:
    return {
        date.fromisoformat(row["day"]): (float(row["fahrenheit"]) - 32) / 1.8
        for row in rows("temperatures.csv")
    }


@cache
def series() -> dict[tuple[str, str, str], list[Period]]:
    found: dict[tuple[str, str, str], list[Period]] = defaultdict(list)
    for row in rows("series.csv"):
        begins = date.fromisoformat(row["begins"])
        ends = date.fromisoformat(row["ends"]) if row["ends"] else begins + timedelta(1)
        found[row["sample"], row["period"], row["role"]].append(Period(begins, ends, float(row["used"])))
    return found


def ours(sample: str, period: str) -> tuple[Baseline, Savings]:
    baseline = fit(series()[sample, period, "baseline"], temperatures()).value
    assert baseline is not None
    found = savings(baseline, series()[sample, period, "reporting"], temperatures()).value
    assert found is not None
    return baseline, found


#: How far our expected use is from OpenDSM's, measured; the test holds it to a tenth of a per cent.
DIFFERENCE = {
    ("il-electricity-cdd-hdd", "monthly"): -0.016,
    ("il-electricity-cdd-hdd", "daily"): 0.008,
    ("il-electricity-cdd-only", "monthly"): -0.015,
    ("il-gas-hdd-only", "monthly"): -0.001,
    ("il-gas-hdd-only", "daily"): -0.002,
    ("il-gas-intercept-only", "monthly"): 0.000,
}


@pytest.mark.parametrize("theirs", rows("results.csv"), ids=lambda r: f"{r['sample']}-{r['period']}")
def test_beside_opendsm_on_its_own_samples(theirs: dict[str, str]) -> None:
    """The same days, the same use; the expected use within two per cent, the savings within both margins."""
    key = (theirs["sample"], theirs["period"])
    _baseline, found = ours(*key)
    assert (found.days, round(found.used, 2)) == (int(theirs["days"]), float(theirs["used"]))
    apart = found.expected / float(theirs["expected"]) - 1
    assert apart == pytest.approx(DIFFERENCE[key], abs=0.001)
    assert abs(found.saved - float(theirs["saved"])) < min(found.margin, float(theirs["margin"]))


def test_the_simulated_truth_is_found() -> None:
    """The samples lose a tenth; their kinds of load are those of their names."""
    kinds = {
        "il-electricity-cdd-hdd": (True, True),
        "il-electricity-cdd-only": (False, True),
        "il-gas-hdd-only": (True, False),
        "il-gas-intercept-only": (False, False),
    }
    for sample, (heats, cools) in kinds.items():
        baseline, found = ours(sample, "monthly")
        assert (baseline.heating is not None, baseline.cooling is not None) == (heats, cools), sample
        assert abs(found.saved - 0.1 * found.expected) < 1.3 * found.margin, sample
        assert baseline.periods == 12 and 360 <= baseline.days <= 380
        assert baseline.cv_rmse < 0.05 and abs(baseline.nmbe) < 1e-9
    gas, _found = ours("il-gas-hdd-only", "monthly")
    assert gas.base * 365 == pytest.approx(250, rel=0.07)  # simulated: 250 therms of base load a year
    assert gas.heating_point == pytest.approx((60 - 32) / 1.8, abs=1)  # and a balance point of 60 °F


def months(count: int, start: date = YEAR) -> list[tuple[date, date]]:
    found = []
    for n in range(count):
        at = start.year * 12 + start.month - 1 + n
        found.append((date(at // 12, at % 12 + 1, 1), date((at + 1) // 12, (at + 1) % 12 + 1, 1)))
    return found


def climate(days: int, start: date = YEAR) -> dict[date, float]:
    """A year between −2 and 30 °C with weather on it."""
    noise = np.random.default_rng(5).normal(0, 3, days)
    return {
        start + timedelta(n): 14 - 16 * math.cos(2 * math.pi * n / 365.25) + noise[n] for n in range(days)
    }


def made(
    spans: list[tuple[date, date]],
    weather: dict[date, float],
    base: float,
    heating: tuple[float, float] | None = None,
    cooling: tuple[float, float] | None = None,
    factor: float = 1.0,
) -> list[Period]:
    """Periods whose use follows the model exactly, times ``factor``."""
    found = []
    for begins, ends in spans:
        temps = [weather[begins + timedelta(n)] for n in range((ends - begins).days)]
        hdd, cdd = degree_days(temps, heating[0] if heating else None, cooling[0] if cooling else None)
        used = len(temps) * base + (heating[1] * hdd if heating else 0) + (cooling[1] * cdd if cooling else 0)
        found.append(Period(begins, ends, used * factor))
    return found


@given(
    base=st.floats(1, 50),
    heating=st.none() | st.tuples(st.sampled_from([8.0, 12.5, 16.0, 18.0]), st.floats(0.5, 5)),
    cooling=st.none() | st.tuples(st.sampled_from([20.0, 22.5, 26.0]), st.floats(0.5, 5)),
)
@settings(max_examples=15, deadline=None)
def test_an_exact_model_is_found_again(
    base: float, heating: tuple[float, float] | None, cooling: tuple[float, float] | None
) -> None:
    weather = climate(731)
    baseline = fit(made(months(12), weather, base, heating, cooling), weather).value
    assert baseline is not None
    later = made(months(12, date(2023, 1, 1)), weather, base, heating, cooling, factor=0.8)
    found = savings(baseline, later, weather).value
    assert found is not None
    assert found.saved == pytest.approx(0.25 * found.used, rel=1e-3)
    if heating or cooling:
        assert baseline.r_squared == pytest.approx(1, abs=1e-6)
        assert (baseline.heating_point, baseline.cooling_point) == (
            heating[0] if heating else None,
            cooling[0] if cooling else None,
        )
        assert baseline.base == pytest.approx(base, rel=1e-6)


def test_the_margin_covers_nine_of_ten() -> None:
    """Noise of days added to an exact model: the true saving of nothing lies within the margin that often."""
    weather = climate(731)
    before = made(months(12), weather, 10, (16.0, 2.0))
    after = made(months(12, date(2023, 1, 1)), weather, 10, (16.0, 2.0))
    noise = np.random.default_rng(1)

    def shaken(periods: list[Period]) -> list[Period]:
        return [Period(p.begins, p.ends, p.used + noise.normal(0, 4 * math.sqrt(p.days))) for p in periods]

    hits = 0
    for _ in range(60):
        baseline = fit(shaken(before), weather).value
        assert baseline is not None
        found = savings(baseline, shaken(after), weather).value
        assert found is not None
        hits += abs(found.saved) <= found.margin
    assert 48 <= hits <= 60


def test_the_margin_is_near_that_of_ashrae() -> None:
    """Guideline 14-2014, equation 4-8: t · 1.26 · CV · √((n + 2) / (n · m)) of the expected use."""
    baseline, found = ours("il-gas-hdd-only", "monthly")
    share = 1.833 * 1.26 * baseline.cv_rmse * math.sqrt((12 + 2) / (12 * 12))
    assert found.margin / found.expected == pytest.approx(share, rel=0.25)


def test_degree_days_by_hand() -> None:
    assert degree_days([10.0, 18.0, 30.0], 15.0, 25.0) == (5.0, 5.0)
    assert degree_days([10.0, 30.0], None, None) == (0.0, 0.0)


def test_too_little_is_refused_with_its_reason() -> None:
    weather = climate(731)
    whole = made(months(12), weather, 10, (16.0, 2.0))

    def code(periods: list[Period], known: dict[date, float]) -> str | None:
        return fit(periods, known).code

    assert code(whole[:11], weather) == "degree_few"
    days = [Period(b, b + timedelta(1), 5.0) for b in (YEAR + timedelta(n) for n in range(300))]
    assert code(days, weather) == "degree_short"
    assert code([Period(p.begins, p.ends, 0.0) for p in whole], weather) == "degree_nothing"
    assert code(whole, {}) == "degree_few"
    # Three days without temperature in a month leave nine tenths, four do not.
    gap = [YEAR + timedelta(n) for n in range(4)]
    three = {day: t for day, t in weather.items() if day not in gap[:3]}
    four = {day: t for day, t in weather.items() if day not in gap}
    assert code(whole, three) is None and code(whole, four) == "degree_few"
    baseline = fit(whole, weather).value
    assert baseline is not None
    assert savings(baseline, whole, {}).code == "degree_no_later"
    assert all(
        MESSAGES[c].advice for c in ("degree_few", "degree_short", "degree_nothing", "degree_no_later")
    )


def test_use_that_does_not_follow_the_temperature_keeps_its_mean() -> None:
    weather = climate(731)
    noise = np.random.default_rng(2)
    flat = [Period(b, e, (e - b).days * 10 + noise.normal(0, 8)) for b, e in months(12)]
    baseline = fit(flat, weather).value
    assert baseline is not None and baseline.heating is None and baseline.cooling is None
    assert baseline.base == pytest.approx(10, rel=0.05) and baseline.r_squared == 0


def test_days_beyond_what_the_baseline_saw_are_told() -> None:
    weather = climate(731)
    hot = {day: t + (12 if day.month in (7, 8) and day.year == 2023 else 0) for day, t in weather.items()}
    baseline = fit(made(months(12), weather, 10, None, (22.5, 3.0)), hot).value
    assert baseline is not None
    found = savings(baseline, made(months(12, date(2023, 1, 1)), hot, 10, None, (22.5, 3.0)), hot).value
    assert found is not None and found.beyond > 20

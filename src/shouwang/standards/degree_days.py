"""Degree days (度日): use as a base load with heating and cooling by outdoor temperature, and savings.

A period's use is days × base + heating slope × HDD + cooling slope × CDD. HDD are the degrees by which the
daily mean temperatures stay below the heating balance point, CDD those above the cooling one, in °C·d. Of all
pairs of balance points on a grid, with two slopes, one or none, that with the highest adjusted R² is taken
whose slopes are above zero and significant and whose base is not below zero. Savings are what the model
expects at the temperatures of the later periods, less what was used.

After the Princeton scorekeeping method (PRISM, 1986), CalTRACK 2.0 (billing periods weighted by their days)
and ASHRAE Guideline 14-2014 (CV(RMSE), NMBE, fractional savings uncertainty).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from shouwang.standards.reading import N_, Message, Reading, table

MESSAGES: Final = table(
    Message("degree_few", N_("基准期可用的月份不足12个"), N_("请补齐基准年各月的用量和气温。")),
    Message("degree_short", N_("基准期不足330天"), N_("基准期须包含一个完整的采暖和制冷季节。")),
    Message("degree_nothing", N_("基准期没有用量"), N_("请核对用量和能源种类。")),
    Message("degree_no_later", N_("基准期之后没有气温和用量都齐全的月份"), N_("请补充之后的用量和气温。")),
)
"""Why no baseline or no savings are stated, by code."""

FEWEST: Final = 12
SHORTEST: Final = 330
"""A baseline needs so many periods and days: the year must have had its winter and its summer."""
COVERED: Final = 0.9
"""A period counts if at least this share of its days has a temperature (CalTRACK 2.2.1.2 asks for 90 %)."""
SIGNIFICANT: Final = 0.05
"""A slope that chance explains more often than this is no slope."""
MEANINGFUL: Final = 0.1
"""Below this adjusted R² the use does not follow the temperature: of a thousand pairs some fit so well."""
HEATING_POINTS: Final = tuple(5 + step / 2 for step in range(41))
COOLING_POINTS: Final = tuple(10 + step / 2 for step in range(45))
"""Balance points that are tried, °C: 5 to 25 for heating, 10 to 32 for cooling."""
DAILY: Final = 60
"""From so many periods on, their residuals are taken to lean on each other (ASHRAE 14, annex B)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Period:
    """What was used from the day ``begins`` to the day before ``ends``."""

    begins: date
    ends: date
    used: float

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.ends - self.begins).days


@dataclass(frozen=True)
class Baseline:
    """A fitted baseline.

    ``base`` in units a day; ``heating`` and ``cooling`` in units a degree day with their balance points in
    °C, None where the use does not follow the temperature that way. ``cv_rmse`` and ``nmbe`` are shares of
    the mean use, ``coldest`` and ``hottest`` the extremes of the temperatures seen. ``variance`` (of a day's
    residual), ``freedom``, ``covariance`` (over the variance) and ``autocorrelation`` are for the margin.
    """

    base: float
    heating: float | None
    heating_point: float | None
    cooling: float | None
    cooling_point: float | None
    periods: int
    days: int
    r_squared: float
    adjusted: float
    cv_rmse: float
    nmbe: float
    coldest: float
    hottest: float
    variance: float
    freedom: int
    covariance: tuple[tuple[float, ...], ...]
    autocorrelation: float

    def expected(self, days: float, heating: float, cooling: float) -> float:
        """The use expected of so many days with these degree days."""
        return days * self.base + (self.heating or 0.0) * heating + (self.cooling or 0.0) * cooling


@dataclass(frozen=True)
class Savings:
    """Expected less used, in the unit of use; ``margin`` is the half-width at ``confidence``.

    ``beyond`` days were colder or hotter than any of the baseline, for which the model was never tried.
    """

    periods: int
    days: int
    used: float
    expected: float
    saved: float
    margin: float
    confidence: float
    beyond: int


def degree_days(
    temperatures: Sequence[float], heating_point: float | None, cooling_point: float | None
) -> tuple[float, float]:
    """Heating and cooling degree days of daily mean temperatures (°C), in °C·d; 0 where there is no point.

    >>> degree_days([10.0, 18.0, 30.0], 15.0, 25.0)
    (5.0, 5.0)
    """
    heating = sum(max(0.0, heating_point - t) for t in temperatures) if heating_point is not None else 0.0
    cooling = sum(max(0.0, t - cooling_point) for t in temperatures) if cooling_point is not None else 0.0
    return heating, cooling


@dataclass(frozen=True)
class _Weather:
    """The usable periods with their temperatures, one row a period."""

    periods: tuple[Period, ...]
    known: tuple[Floats, ...]

    @property
    def days(self) -> Floats:
        return np.array([p.days for p in self.periods], float)

    @property
    def used(self) -> Floats:
        return np.array([p.used for p in self.periods], float)

    def mean_degrees(self, point: float, sign: int) -> Floats:
        """Degree days a day of each period: below the point for sign −1, above it for 1."""
        return np.array([np.maximum(0.0, sign * (t - point)).mean() for t in self.known])


def _weather(periods: Iterable[Period], temperatures: Mapping[date, float]) -> _Weather:
    kept, known = [], []
    for period in sorted(periods, key=lambda p: (p.begins, p.ends)):
        days = [period.begins + timedelta(n) for n in range(period.days)]
        found = [temperatures[day] for day in days if day in temperatures]
        if days and len(found) >= COVERED * len(days):
            kept.append(period)
            known.append(np.array(found, float))
    return _Weather(tuple(kept), tuple(known))


def fit(periods: Iterable[Period], temperatures: Mapping[date, float]) -> Reading[Baseline]:
    """The baseline of these periods with daily mean temperatures (°C).

    Periods with too few temperatures are left out. Problems: ``degree_few``, ``degree_short``,
    ``degree_nothing``.
    """
    weather = _weather(periods, temperatures)
    if len(weather.periods) < FEWEST:
        return Reading(problem=MESSAGES["degree_few"])
    if weather.days.sum() < SHORTEST:
        return Reading(problem=MESSAGES["degree_short"])
    if weather.used.sum() <= 0:
        return Reading(problem=MESSAGES["degree_nothing"])
    for heating, cooling in _by_fit(weather):
        made = _least_squares(weather, heating, cooling)
        if made is not None:
            return Reading(made)
    return Reading(_least_squares(weather, None, None))


Points = tuple[float | None, float | None]


def _by_fit(weather: _Weather) -> list[Points]:
    """The pairs of balance points whose slopes are above zero, the best adjusted R² first.

    All pairs at once by the normal equations of the centred columns; ``_least_squares`` then does the chosen
    ones with care.
    """
    days, daily = weather.days, weather.used / weather.days

    def centred(columns: Floats) -> Floats:
        middle: Floats = columns - (days @ columns) / days.sum()
        return middle

    y = centred(daily[:, None])[:, 0]
    hot = centred(np.column_stack([weather.mean_degrees(p, 1) for p in COOLING_POINTS]))
    cold = centred(np.column_stack([weather.mean_degrees(p, -1) for p in HEATING_POINTS]))
    whole = float(days @ y**2)
    n = len(days)
    if whole <= 0:
        return []
    h, c = days @ cold**2, days @ hot**2
    hy, cy, hc = (cold.T * days) @ y, (hot.T * days) @ y, (cold.T * days) @ hot
    found: list[tuple[float, Points]] = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for points, slope, left in (
            ([(p, None) for p in HEATING_POINTS], hy / h, whole - hy**2 / h),
            ([(None, p) for p in COOLING_POINTS], cy / c, whole - cy**2 / c),
        ):
            worth = 1 - (left / (n - 3)) / (whole / (n - 1))
            found += [(float(w), p) for p, s, w in zip(points, slope, worth, strict=True) if s > 0]
        det = np.outer(h, c) - hc**2
        heats = (c[None, :] * hy[:, None] - hc * cy[None, :]) / det
        cools = (h[:, None] * cy[None, :] - hc * hy[:, None]) / det
        left = whole - heats * hy[:, None] - cools * cy[None, :]
        worth = 1 - (left / (n - 5)) / (whole / (n - 1))
        # Columns that are nearly one give no slopes of their own.
        good = (heats > 0) & (cools > 0) & (det > 1e-9 * np.outer(h, c))
    for i, j in zip(*np.nonzero(good), strict=True):
        if HEATING_POINTS[i] <= COOLING_POINTS[j]:
            found.append((float(worth[i, j]), (HEATING_POINTS[i], COOLING_POINTS[j])))
    # Of equals the simpler one: an exact fit must not get a second slope out of rounding.
    found.sort(key=lambda pair: (-round(pair[0], 9), sum(point is not None for point in pair[1])))
    return [points for worth, points in found if worth >= MEANINGFUL]


def _least_squares(weather: _Weather, heating: float | None, cooling: float | None) -> Baseline | None:
    """The weighted fit of one candidate, None where it does not qualify."""
    days, daily = weather.days, weather.used / weather.days
    columns = [np.ones(len(days))]
    columns += [weather.mean_degrees(heating, -1)] if heating is not None else []
    columns += [weather.mean_degrees(cooling, 1)] if cooling is not None else []
    rows = np.column_stack(columns)
    n, slopes = rows.shape[0], rows.shape[1] - 1
    # Each balance point was chosen by the data, so it costs a degree of freedom as a slope does.
    freedom = n - 1 - 2 * slopes
    if freedom < 1:
        return None
    weighted = rows * days[:, None]
    normal = rows.T @ weighted
    if np.linalg.cond(normal) > 1e12:
        return None
    inverse = np.linalg.inv(normal)
    found = inverse @ (weighted.T @ daily)
    left = daily - rows @ found
    squares = float(days @ left**2)
    variance = squares / freedom
    if slopes:
        errors = np.sqrt(variance * np.diag(inverse))[1:]
        safe = np.where(errors > 0, errors, np.inf) if squares > 0 else None
        strength = found[1:] / safe if safe is not None else np.full(slopes, np.inf)
        if (found[1:] <= 0).any() or (special.stdtr(freedom, -strength) >= SIGNIFICANT).any() or found[0] < 0:
            return None
    mean = float(weather.used.sum() / days.sum())
    spread = float(days @ (daily - mean) ** 2)
    r_squared = 1 - squares / spread if spread > 0 else 0.0
    adjusted = 1 - (squares / freedom) / (spread / (n - 1)) if spread > 0 else 0.0
    everything = np.concatenate(weather.known)
    return Baseline(
        base=float(found[0]),
        heating=float(found[1]) if heating is not None else None,
        heating_point=heating,
        cooling=float(found[-1]) if cooling is not None else None,
        cooling_point=cooling,
        periods=n,
        days=int(days.sum()),
        r_squared=r_squared,
        adjusted=adjusted,
        # Residuals of periods by their days: what a period of mean length misses.
        cv_rmse=sqrt(variance * days.mean()) / (mean * days.mean()),
        nmbe=float((weather.used - days * (rows @ found)).sum() / weather.used.sum()),
        coldest=float(everything.min()),
        hottest=float(everything.max()),
        variance=variance,
        freedom=freedom,
        covariance=tuple(tuple(map(float, line)) for line in inverse),
        autocorrelation=_leaning(left),
    )


def _leaning(left: Floats) -> float:
    """The correlation of residuals with the ones before; 0 where there are too few, or none."""
    if len(left) < DAILY or not left.any():
        return 0.0
    return max(0.0, float((left[1:] @ left[:-1]) / (left @ left)))


def savings(
    baseline: Baseline,
    periods: Iterable[Period],
    temperatures: Mapping[date, float],
    confidence: float = 0.9,
) -> Reading[Savings]:
    """What was saved in later periods, with its margin; periods with too few temperatures are left out.

    The margin holds for the fitted balance points and independent residuals (of daily periods, for residuals
    that lean on the day before): t × √(s²·(x'Cx + D)), x the sums of days and degree days, D the days.
    Problem: ``degree_no_later``.
    """
    weather = _weather(periods, temperatures)
    if not weather.periods:
        return Reading(problem=MESSAGES["degree_no_later"])
    days = weather.days
    sums = [float(days.sum())]
    if baseline.heating_point is not None:
        sums.append(float(days @ weather.mean_degrees(baseline.heating_point, -1)))
    if baseline.cooling_point is not None:
        sums.append(float(days @ weather.mean_degrees(baseline.cooling_point, 1)))
    slopes = [b for b in (baseline.base, baseline.heating, baseline.cooling) if b is not None]
    expected = float(np.dot(sums, slopes))
    used = float(weather.used.sum())
    x = np.array(sums)
    noise = baseline.variance * (float(x @ np.array(baseline.covariance) @ x) + sums[0])
    leaning = baseline.autocorrelation
    noise *= (1 + leaning) / (1 - leaning)
    everything = np.concatenate(weather.known)
    return Reading(
        Savings(
            periods=len(weather.periods),
            days=int(sums[0]),
            used=used,
            expected=expected,
            saved=expected - used,
            margin=float(special.stdtrit(baseline.freedom, (1 + confidence) / 2)) * sqrt(noise),
            confidence=confidence,
            beyond=int(((everything < baseline.coldest) | (everything > baseline.hottest)).sum()),
        )
    )

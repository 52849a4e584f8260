"""What was saved: against a base year as it was, and as it would have been in this year's weather.

Regression is no work for a query: months of use, few thousands, are fetched and fitted in this process by
``shouwang.standards.degree_days``, and the answers put back as a table.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import pyarrow as pa
from django.utils.translation import gettext as _
from ibis.expr import types as ir

from shouwang.indicator.indicator import Values, indicator, month, values
from shouwang.packs.energy.rules.common import in_use, prorated
from shouwang.risk.expressions import month_index
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent
from shouwang.standards.degree_days import Baseline, Period, Savings, fit, savings

USE = ["energy.consumption", "energy.meter", "energy.meter_reading"]
"""Use is what the ledger of consumption says of a unit and kind, else what its meters show."""

FITTING = 25
"""CV(RMSE) in per cent up to which ASHRAE Guideline 14-2014 (5.3.2.4) takes a baseline for a year or more."""


def usage(t: Tables, p: ParameterView) -> ir.Table:
    """Use by calendar month: ``division, unit, kind, of, used``; not months in which a meter is missing."""
    told = t.consumption.filter(t.consumption.consumed.notnull() & t.consumption.month.notnull())
    told = told.group_by("unit", "kind", of=told.month).aggregate(
        division=told.division.min(), used=told.consumed.sum().cast("decimal(18, 4)")
    )
    top = t.meter.filter(in_use(t.meter) & absent(t.meter.parent) & ~absent(t.meter.unit))
    read = top.select("meter_no", "unit", "kind", "division").join(
        prorated(t.meter_reading, t.meter, p), "meter_no"
    )
    every = read.group_by("unit", "kind").aggregate(meters=read.meter_no.nunique())
    shown = (
        read.group_by("unit", "kind", "of")
        .aggregate(
            division=read.division.min(),
            used=read.used.sum().cast("decimal(18, 4)"),
            seen=read.meter_no.nunique(),
        )
        .join(every, ["unit", "kind"])
        .filter(lambda r: r.seen == r.meters)
        .anti_join(told, ["unit", "kind"])
    )
    columns = ["division", "unit", "kind", "of", "used"]
    return told.select(columns).union(shown.select(columns))


@indicator(
    "energy.consumption-by-calendar",
    "按自然月折算的能源消耗",
    seeds=["S6-57"],
    reads=["energy.meter", "energy.meter_reading"],
    optional=["energy.consumption"],
    formula="两次抄表之间的用量按天数摊到自然月，只计全月都抄到的月份；有能源消耗台账的按台账",
)
def consumption_by_calendar(t: Tables, p: ParameterView) -> Values:
    """Consumption per unit, calendar month and kind, whatever the days on which the meters were read."""
    rows = usage(t, p)
    return values(
        rows, division=rows.unit, period=month(rows.of) + " " + rows.kind, numerator=rows.used.sum()
    )


def _month_days(of: ir.DateValue) -> ir.IntegerValue:
    """The days of a month by its first day."""
    leap = ((of.year() % 4 == 0) & (of.year() % 100 != 0)) | (of.year() % 400 == 0)
    short = ibis.ifelse(leap, 29, 28)
    return ibis.cases((of.month() == 2, short), (of.month().isin([4, 6, 9, 11]), 30), else_=31)


@indicator(
    "energy.saved-against-base-year",
    "比基准年节约量",
    seeds=["S6-58", "S6-61"],
    reads=[],
    optional=USE,
    uses=["energy.base_year"],
    formula="基准年同月日均用量 × 当月天数 － 当月用量，只计两年都有的月份；不考虑气温",
)
def saved_against_base_year(t: Tables, p: ParameterView) -> Values:
    """Use of the same months of the base year less that of later years; whatever the weather was."""
    rows = usage(t, p)
    base = rows.filter(rows.of.year() == p["energy.base_year"])
    base = base.select("unit", "kind", "used", days=_month_days(base.of), number=base.of.month())
    later = rows.filter(rows.of.year() > p["energy.base_year"])
    later = later.mutate(number=later.of.month(), days_now=_month_days(later.of), used_now=later.used)
    both = later.drop("used").join(base, ["unit", "kind", "number"])
    would = both.used.cast("float64") / both.days * both.days_now
    both = both.mutate(saved=would - both.used_now.cast("float64"))
    return values(
        both,
        division=both.unit,
        period=both.of.year().cast("string") + " " + both.kind,
        numerator=both.saved.sum().round(4),
    )


@dataclass(frozen=True)
class Held:
    """A unit's use of one kind held against its degree-day baseline in one later year, or why it can't be."""

    unit: str
    kind: str
    year: int
    baseline: Baseline | None = None
    savings: Savings | None = None
    reason: str = ""


def held_against_weather(t: Tables, p: ParameterView) -> Iterator[Held]:
    """Every unit and kind of the base year with each later year that has use, in their order."""
    base_year = p["energy.base_year"]
    weather = _temperatures(t)
    months: dict[tuple[str, str], dict[int, list[Period]]] = defaultdict(lambda: defaultdict(list))
    places: dict[tuple[str, str], str] = {}
    rows = usage(t, p)
    fetched = rows.select(
        "unit",
        "kind",
        division=rows.division.fill_null(""),
        of=month_index(rows.of),
        used=rows.used.cast("float64"),
    ).to_pyarrow()
    for row in fetched.to_pylist():
        if row["unit"] is None or row["kind"] is None or row["used"] is None:
            continue
        # Months since year 0 count December as the twelfth of its year.
        year, number = divmod(int(row["of"]) - 1, 12)
        begins = dt.date(year, number + 1, 1)
        ends = dt.date(year + number // 11, (number + 1) % 12 + 1, 1)
        key = (row["unit"], row["kind"])
        months[key][year].append(Period(begins, ends, row["used"]))
        places[key] = min(filter(None, (places.get(key), row["division"])), default="")
    for (unit, kind), years in sorted(months.items()):
        temperatures = weather.get(places[unit, kind]) or weather[""]
        fitted = fit(years.get(base_year, []), temperatures)
        for year in sorted(year for year in years if year > base_year):
            if fitted.value is None:
                yield Held(unit, kind, year, reason=fitted.problem.text if fitted.problem else "")
                continue
            found = savings(fitted.value, years[year], temperatures)
            reason = found.problem.text if found.problem else ""
            yield Held(unit, kind, year, fitted.value, found.value, reason)


def _temperatures(t: Tables) -> dict[str, dict[dt.date, float]]:
    """Daily means by division, and under "" of all places; a monthly mean stands in where no day is told."""
    rows = t.temperature.filter(t.temperature["mean"].notnull())
    fetched = rows.select(
        division=rows.division.fill_null(""),
        day=rows.day.cast("string"),
        month=rows.month.cast("string"),
        mean=rows["mean"].cast("float64"),
    ).to_pyarrow()
    days: dict[str, dict[dt.date, list[float]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[str, dict[dt.date, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in fetched.to_pylist():
        for division in {row["division"], ""}:
            if row["day"]:
                days[division][dt.date.fromisoformat(row["day"])].append(row["mean"])
            elif row["month"]:
                first = dt.date.fromisoformat(row["month"])
                last = (first + dt.timedelta(31)).replace(day=1)
                for n in range((last - first).days):
                    whole[division][first + dt.timedelta(n)].append(row["mean"])
    found: dict[str, dict[dt.date, float]] = {"": {}}
    for division in {*days, *whole}:
        told = {**whole[division], **days[division]}
        found[division] = {day: sum(means) / len(means) for day, means in told.items()}
    return found


_ANSWER = pa.schema(
    [("unit", pa.string()), ("period", pa.string()), ("value", pa.float64()), ("known", pa.int64())]
)


def _answer(rows: list[tuple[str, str, float | None]]) -> Values:
    """Values computed here; one that is None has a reason in its period and is given no number."""
    made = pa.Table.from_pylist(
        [
            {"unit": unit, "period": period, "value": value or 0.0, "known": int(value is not None)}
            for unit, period, value in rows
        ],
        _ANSWER,
    )
    table = ibis.memtable(made)
    return values(
        table,
        division=table.unit,
        period=table.period,
        numerator=table.value.sum().round(4),
        denominator=table.known.max(),
    )


def _period(held: Held) -> str:
    reason = f"：{_(held.reason)}" if held.reason else ""
    return f"{held.year} {held.kind}{reason}"


WEATHER = ["energy.temperature"]


@indicator(
    "energy.saved-against-weather",
    "按气温修正的节约量",
    seeds=["S6-58", "S6-61"],
    reads=WEATHER,
    optional=USE,
    uses=["energy.base_year"],
    formula="基准年度日模型在当年气温下的预计用量 － 当年用量；基准年须有12个月的用量和气温",
)
def saved_against_weather(t: Tables, p: ParameterView) -> Values:
    """What the base year's degree-day model expects in a later year's weather, less what was used."""
    return _answer(
        [(h.unit, _period(h), h.savings.saved if h.savings else None) for h in held_against_weather(t, p)]
    )


@indicator(
    "energy.saved-against-weather-margin",
    "按气温修正的节约量的误差（±）",
    seeds=["S6-58"],
    reads=WEATHER,
    optional=USE,
    uses=["energy.base_year"],
    formula="90% 置信区间的半宽；大于节约量时，节约与否尚不能断定",
)
def saved_margin(t: Tables, p: ParameterView) -> Values:
    """The half-width of the 90 % interval of the savings."""
    rows = [(h.unit, _period(h), h.savings.margin) for h in held_against_weather(t, p) if h.savings]
    return _answer(list(rows))


@indicator(
    "energy.weather-model-error",
    "度日模型误差 CV(RMSE)",
    unit="%",
    scale=100,
    seeds=["S6-61"],
    reads=WEATHER,
    optional=USE,
    uses=["energy.base_year"],
    direction="down",
    target=FITTING,
    formula="基准年各月残差的均方根 ÷ 平均用量；括号内为决定系数、天数、采暖和制冷平衡点",
)
def weather_model_error(t: Tables, p: ParameterView) -> Values:
    """CV(RMSE) of each baseline, with R², days and balance points told in its period."""
    models = {(h.unit, h.kind): h.baseline for h in held_against_weather(t, p) if h.baseline}
    return _answer(
        [
            (unit, f"{p['energy.base_year']} {kind}（{_told(model)}）", model.cv_rmse)
            for (unit, kind), model in models.items()
        ]
    )


def _told(model: Baseline) -> str:
    parts = [f"R² {model.r_squared:.3f}", _("{days}天").format(days=model.days)]
    if model.heating_point is not None:
        parts.append(_("采暖平衡点{point}℃").format(point=model.heating_point))
    if model.cooling_point is not None:
        parts.append(_("制冷平衡点{point}℃").format(point=model.cooling_point))
    if model.heating is None and model.cooling is None:
        parts.append(_("用量与气温无关"))
    return "，".join(parts)

"""Coal equivalents (折标准煤系数): dated, each with its source.

GB/T 2589-2008 was in force from 2008-06-01, GB/T 2589-2020 is from 2021-04-01. Both say that measured
calorific values go first and that the printed values are references. Where the standard gives a range
(natural gas) there is no single factor: the office must state its own, nothing is picked for it.

Electricity has its equivalent in heat (当量值) here. The coal-consumption based value (等价值) changes yearly
with the power stations and is a parameter of the office, not a constant of the standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from shouwang.standards.reading import N_, Message, Reading, table

KJ_PER_KGCE: Final = 29307
"""Net calorific value of one kilogram of standard coal, kJ (GB/T 2589-2008 6.2, GB/T 2589-2020 chapter 8)."""

MESSAGES: Final = table(
    Message("coal_unknown_kind", N_("没有该能源品种的折标系数"), N_("请按实测低位发热量自行设定系数。")),
    Message("coal_before_standard", N_("该日期之前没有收录折标系数"), N_("请按当时的标准自行设定系数。")),
    Message("coal_needs_measured", N_("标准只给出系数范围"), N_("请按供气单位提供的低位发热量设定系数。")),
    Message("coal_wrong_unit", N_("计量单位与能源品种不符"), N_("请核对计量单位。")),
)
"""Problems by code."""


@dataclass(frozen=True, slots=True)
class Factor:
    """kgce for one ``unit`` of ``kind``; ``low`` and ``high`` differ where the standard gives a range."""

    kind: str
    label: str
    unit: str
    low: Decimal
    high: Decimal
    valid_from: date
    source: str

    @property
    def value(self) -> Decimal | None:
        """The factor in kgce per unit, None for a range."""
        return self.low if self.low == self.high else None


_2008 = (date(2008, 6, 1), "GB/T 2589-2008")
_2020 = (date(2021, 4, 1), "GB/T 2589-2020")


def _factor(
    kind: str, label: str, unit: str, value: str, issue: tuple[date, str], annex: str, high: str | None = None
) -> Factor:
    return Factor(kind, label, unit, Decimal(value), Decimal(high or value), issue[0], f"{issue[1]} {annex}")


FACTORS: Final = (
    _factor("raw_coal", "原煤", "kg", "0.7143", _2008, "附录A"),
    _factor("petrol", "汽油", "kg", "1.4714", _2008, "附录A"),
    _factor("kerosene", "煤油", "kg", "1.4714", _2008, "附录A"),
    _factor("diesel", "柴油", "kg", "1.4571", _2008, "附录A"),
    _factor("lpg", "液化石油气", "kg", "1.7143", _2008, "附录A"),
    _factor("natural_gas", "天然气", "m³", "1.2143", _2008, "附录A 气田至油田天然气", high="1.3300"),
    _factor("heat", "热力（当量值）", "MJ", "0.03412", _2008, "附录A"),
    _factor("electricity", "电力（当量值）", "kWh", "0.1229", _2008, "附录A"),
    _factor("water", "新水", "t", "0.0857", _2008, "附录B"),
    _factor("raw_coal", "原煤", "kg", "0.7143", _2020, "附录A"),
    _factor("petrol", "汽油", "kg", "1.4714", _2020, "附录A"),
    _factor("kerosene", "煤油", "kg", "1.4714", _2020, "附录A"),
    _factor("diesel", "柴油", "kg", "1.4571", _2020, "附录A"),
    _factor("lpg", "液化石油气", "kg", "1.7143", _2020, "附录A"),
    _factor("natural_gas", "天然气", "m³", "1.1000", _2020, "附录A", high="1.3300"),
    _factor("heat", "热力（当量值）", "MJ", "0.03412", _2020, "附录A"),
    _factor("electricity", "电力（当量值）", "kWh", "0.1229", _2020, "附录A"),
    _factor("water", "新水", "t", "0.2571", _2020, "附录B"),
)
"""All factors, oldest first."""

KINDS: Final = tuple(dict.fromkeys(factor.kind for factor in FACTORS))

# Multiples of the unit of the factor, by the unit that a meter or bill shows.
_SCALES: Final[dict[str, dict[str, int | Decimal]]] = {
    "kg": {"kg": 1, "KG": 1, "千克": 1, "公斤": 1, "斤": Decimal("0.5"), "t": 1000, "T": 1000, "吨": 1000},
    "m³": {"m³": 1, "m3": 1, "㎥": 1, "立方米": 1, "立方": 1, "方": 1, "万立方米": 10000},
    "MJ": {"MJ": 1, "GJ": 1000, "吉焦": 1000, "百万千焦": 1000},
    "kWh": {"kWh": 1, "KWH": 1, "kwh": 1, "度": 1, "千瓦时": 1, "万度": 10000, "万千瓦时": 10000},
    # One cubic metre of fresh water is taken as one tonne, as water bills do.
    "t": {"t": 1, "T": 1, "吨": 1, "m³": 1, "m3": 1, "㎥": 1, "立方米": 1, "立方": 1, "方": 1},
}


def factor_on(kind: str, day: date) -> Reading[Factor]:
    """The factor of ``kind`` (one of ``KINDS``) in force on ``day``."""
    if kind not in KINDS:
        return Reading(problem=MESSAGES["coal_unknown_kind"])
    found = [factor for factor in FACTORS if factor.kind == kind and factor.valid_from <= day]
    return Reading(found[-1]) if found else Reading(problem=MESSAGES["coal_before_standard"])


def _kgce_per_unit(kind: str, day: date, unit: str | None, measured: Decimal | None) -> Reading[Decimal]:
    found = factor_on(kind, day)
    if found.value is None:
        return Reading(problem=found.problem)
    factor = found.value
    scale = _SCALES[factor.unit].get(factor.unit if unit is None else unit)
    if scale is None:
        return Reading(problem=MESSAGES["coal_wrong_unit"])
    value = factor.value if measured is None else measured
    if value is None:
        return Reading(problem=MESSAGES["coal_needs_measured"])
    return Reading(value * scale)


def to_kgce(
    kind: str, amount: Decimal, day: date, *, unit: str | None = None, measured: Decimal | None = None
) -> Reading[Decimal]:
    """``amount`` of ``kind`` used on ``day`` in kilograms of standard coal, not rounded.

    ``unit`` is the unit of ``amount`` (kWh, 度, 万度, m³, t …; the factor's own by default). ``measured`` is
    the office's factor in kgce per unit of the factor and goes before the standard's; it is needed where the
    standard gives a range. Problems: ``MESSAGES``.

    >>> to_kgce("electricity", Decimal(10000), date(2023, 5, 1)).value
    Decimal('1229.0000')
    """
    found = _kgce_per_unit(kind, day, unit, measured)
    return found if found.value is None else Reading(found.value * amount)


def measured_factor(net_calorific_kj: Decimal) -> Decimal:
    """kgce per unit for a measured net calorific value in kJ per unit (kJ/kg or kJ/m³)."""
    return net_calorific_kj / KJ_PER_KGCE


def kgce_column(
    kind: str,
    amounts: pl.Series,
    days: pl.Series,
    *,
    unit: str | None = None,
    measured: Decimal | None = None,
) -> pl.DataFrame:
    """``to_kgce`` for a column of amounts and one of Dates: a frame with value (Float64) and problem."""
    starts = sorted({factor.valid_from for factor in FACTORS})
    value = pl.lit(None, dtype=pl.Float64)
    problem = pl.lit(None, dtype=pl.String)
    for day in [date.min, *starts]:
        found = _kgce_per_unit(kind, day, unit, measured)
        from_then = pl.col("day") >= day
        per_unit = None if found.value is None else float(found.value)
        value = (
            pl.when(from_then).then(pl.col("amount") * pl.lit(per_unit, dtype=pl.Float64)).otherwise(value)
        )
        problem = pl.when(from_then).then(pl.lit(found.code, dtype=pl.String)).otherwise(problem)
    frame = pl.DataFrame({"amount": amounts.cast(pl.Float64), "day": days})
    return frame.select(value=value, problem=problem)

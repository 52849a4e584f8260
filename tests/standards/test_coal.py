"""Coal equivalents against the tables of GB/T 2589."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from shouwang.standards import coal
from shouwang.standards.coal import factor_on, to_kgce

OLD, NEW = date(2015, 6, 1), date(2023, 6, 1)

# Net calorific value (kJ) printed beside each factor in GB/T 2589-2008 and GB/T 2589-2020, annex A and B.
CALORIFIC = [
    ("raw_coal", OLD, 20908), ("raw_coal", NEW, 20934),
    ("petrol", OLD, 43070), ("petrol", NEW, 43124),
    ("kerosene", OLD, 43070), ("kerosene", NEW, 43124),
    ("diesel", OLD, 42652), ("diesel", NEW, 42705),
    ("lpg", OLD, 50179), ("lpg", NEW, 50242),
    ("electricity", OLD, 3600), ("electricity", NEW, 3600),
    ("heat", OLD, 1000), ("heat", NEW, 1000),
    ("water", OLD, 2510), ("water", NEW, 7540),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "day", "kilojoules"), CALORIFIC)
def test_factors_fit_their_printed_calorific_values(kind: str, day: date, kilojoules: int) -> None:
    factor = factor_on(kind, day).value
    assert factor is not None and factor.value is not None
    # The standard rounds kcal values of 7000 to the kilogram, so the last printed place may differ.
    assert abs(factor.value / coal.measured_factor(Decimal(kilojoules)) - 1) < Decimal("0.002")


@pytest.mark.parametrize(
    ("kind", "day", "value"),
    [
        ("electricity", NEW, "0.1229"),
        ("raw_coal", NEW, "0.7143"),
        ("petrol", NEW, "1.4714"),
        ("diesel", NEW, "1.4571"),
        ("lpg", NEW, "1.7143"),
        ("heat", NEW, "0.03412"),
        ("water", OLD, "0.0857"),
        ("water", NEW, "0.2571"),
    ],
)
def test_printed_factors(kind: str, day: date, value: str) -> None:
    factor = factor_on(kind, day).value
    assert factor is not None and factor.value == Decimal(value)


def test_the_standard_in_force_on_the_day() -> None:
    last, first = factor_on("water", date(2021, 3, 31)).value, factor_on("water", date(2021, 4, 1)).value
    assert last is not None and first is not None
    assert (last.source, first.source) == ("GB/T 2589-2008 附录B", "GB/T 2589-2020 附录B")


def test_every_factor_has_a_source_and_a_date() -> None:
    assert all(
        factor.source.startswith("GB/T 2589-") and factor.low <= factor.high for factor in coal.FACTORS
    )
    assert [f.valid_from for f in coal.FACTORS] == sorted(f.valid_from for f in coal.FACTORS)


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "kgce"),
    [
        ("electricity", 10000, None, "1229"),
        ("electricity", 1, "万度", "1229"),
        ("raw_coal", 2, "吨", "1428.6"),
        ("heat", 1, "GJ", "34.12"),
        ("water", 10, "m³", "2.571"),
    ],
)
def test_conversion(kind: str, amount: int, unit: str | None, kgce: str) -> None:
    assert to_kgce(kind, Decimal(amount), NEW, unit=unit).value == Decimal(kgce)


@pytest.mark.parametrize(
    ("kind", "day", "unit", "code"),
    [
        ("firewood", NEW, None, "coal_unknown_kind"),
        ("electricity", date(2008, 5, 31), None, "coal_before_standard"),
        ("electricity", NEW, "m³", "coal_wrong_unit"),
        ("natural_gas", NEW, None, "coal_needs_measured"),
    ],
)
def test_no_figure_without_ground(kind: str, day: date, unit: str | None, code: str) -> None:
    found = to_kgce(kind, Decimal(1), day, unit=unit)
    assert (found.value, found.code) == (None, code)


def test_natural_gas_needs_the_suppliers_value() -> None:
    factor = factor_on("natural_gas", NEW).value
    assert factor is not None and (factor.low, factor.high) == (Decimal("1.1000"), Decimal("1.3300"))
    assert to_kgce("natural_gas", Decimal(100), NEW, measured=Decimal("1.2143")).value == Decimal("121.43")


def test_columns_equal_scalars() -> None:
    days = [date(2000, 1, 1), OLD, date(2021, 3, 31), date(2021, 4, 1), None]
    frame = coal.kgce_column("water", pl.Series([1, 2, 3, None, 5]), pl.Series(days))
    assert frame["value"].to_list() == [None, pytest.approx(0.1714), pytest.approx(0.2571), None, None]
    assert frame["problem"].to_list() == ["coal_before_standard", None, None, None, None]
    gas = coal.kgce_column("natural_gas", pl.Series([1.0, 2.0]), pl.Series([OLD, NEW]))
    assert gas["problem"].to_list() == ["coal_needs_measured"] * 2

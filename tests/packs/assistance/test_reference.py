"""The phases of the dibao system as the text tells them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from shouwang.ledger.catalogue import ledger
from shouwang.packs.assistance.reference import phase_on, phases


@pytest.mark.seed("S2-21", "S2-22")
def test_the_pilot_in_shanghai() -> None:
    pilot = phases()[0]
    assert (pilot.starts, pilot.area, pilot.standard) == (dt.date(1993, 6, 1), "上海市", Decimal(120))
    assert pilot.bodies == ("社会保险局", "劳动局", "财政局", "民政局", "人事局")


@pytest.mark.seed("S2-23")
def test_the_extension_by_the_ministry() -> None:
    second = phases()[1]
    assert (second.starts.year, second.ends.year if second.ends else None) == (1995, 1997)
    assert (second.bodies, second.cities, second.counted_on) == (("民政部",), 12, dt.date(1995, 12, 31))


@pytest.mark.seed("S2-24")
def test_the_spread_to_all_cities() -> None:
    third = phases()[2]
    assert third.starts == dt.date(1997, 9, 1)
    assert (third.cities, third.counties, third.recipients) == (600, 1242, 3_320_000)
    assert third.counted_on == dt.date(1998, 12, 31)


@pytest.mark.seed("S2-25")
def test_local_governments_become_responsible() -> None:
    fourth = phases()[3]
    assert (fourth.starts.year, fourth.bodies, fourth.counted_on) == (
        1999,
        ("地方人民政府",),
        dt.date(1999, 9, 30),
    )


@pytest.mark.seed("S2-26")
def test_the_phase_since_2003() -> None:
    last = phases()[-1]
    assert (last.starts.year, last.ends, last.recipients) == (2003, None, 22_470_000)


def test_a_day_has_one_phase() -> None:
    assert phase_on(dt.date(1993, 5, 31)) is None
    assert [phase_on(dt.date(year, 12, 31)).number for year in (1993, 1996, 1998, 2002, 2023)] == [  # type: ignore[union-attr]
        1, 2, 3, 4, 5,
    ]  # fmt: skip


def test_the_ledger_has_a_column_for_every_fact() -> None:
    spec = ledger("assistance.phase")
    assert {"from_on", "area", "body", "standard", "cities", "counties", "recipients", "counted_on"} <= set(
        spec.fields
    )

"""Pharmacy purchases: after death, during a stay, in two cities within an hour."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask
from tests.packs.insurance.people import (
    MAN,
    MAN_2,
    MAN_3,
    MAN_4,
    OLD_MAN,
    WOMAN,
    WOMAN_2,
    WOMAN_3,
    by_subject,
    subjects,
)


def bought(person: str, at: str, **more: Any) -> dict[str, Any]:
    """A purchase in the town."""
    row = {
        "person": person,
        "name": "赵六",
        "bought_at": f"2023-{at}",
        "city": "云州市",
        "pharmacy": "样康大药房",
        "amount": "30.05",
    }
    return row | more


@pytest.mark.seed("S10-55", "S10-78")
def test_purchases_after_the_day_of_death_are_found() -> None:
    tables = {
        "insurance.pharmacy_purchase": [
            bought(MAN, "10-04T00:30"),
            bought(MAN, "10-28T10:00", amount="12.10"),
            bought(MAN_2, "10-03T23:59"),
            bought(MAN_3, "10-28T10:00"),
        ],
        "registry.death": [
            {"person": MAN, "died_on": "2023-10-03"},
            {"person": MAN_2, "died_on": "2023-10-03"},
        ],
    }
    found = by_subject(ask("insurance.pharmacy-after-death", tables))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("42.15")


@pytest.mark.seed("S10-55", "S10-56", "S10-78")
def test_purchases_strictly_inside_a_stay_are_found() -> None:
    def stay(person: str, admitted: str, discharged: str | None) -> dict[str, Any]:
        return {
            "person": person,
            "admitted_on": admitted,
            "discharged_on": discharged,
            "hospital": "样和医院",
        }

    tables = {
        "insurance.pharmacy_purchase": [
            bought(MAN, "04-09T08:00"),
            bought(MAN, "04-17T23:00"),
            bought(MAN_2, "04-08T18:00"),
            bought(MAN_3, "04-18T07:00"),
            bought(MAN_4, "04-10T07:00"),
        ],
        "insurance.inpatient_stay": [
            stay(MAN, "2023-04-08", "2023-04-18"),
            # An overlapping stay must not count the purchase twice.
            stay(MAN, "2023-04-07", "2023-04-19"),
            stay(MAN_2, "2023-04-08", "2023-04-18"),
            stay(MAN_3, "2023-04-08", "2023-04-18"),
            stay(MAN_4, "2023-04-08", None),
        ],
    }
    found = by_subject(ask("insurance.pharmacy-during-inpatient", tables))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("60.10")
    assert "购药60.10元" in found[MAN].because


@pytest.mark.seed("S10-55", "S10-78")
def test_two_cities_within_an_hour_are_found_and_one_minute_more_is_not() -> None:
    far = {"city": "澜江市", "pharmacy": "样澜药店"}
    rows = [
        bought(MAN, "08-19T10:00"),
        bought(MAN, "08-19T11:00", amount="99.99", **far),
        bought(MAN_2, "07-01T10:00"),
        bought(MAN_2, "07-01T11:01", **far),
        bought(MAN_3, "07-01T10:00"),
        bought(MAN_3, "07-01T10:20", pharmacy="样康大药房南苑店"),
        # Only the day is known.
        bought(MAN_4, "07-01T00:00"),
        bought(MAN_4, "07-01T00:00", **far),
        # One city in two spellings.
        bought(WOMAN, "07-01T10:00"),
        bought(WOMAN, "07-01T10:05", city="云州"),
        bought(WOMAN_2, "07-01T10:00"),
        bought(WOMAN_2, "07-01T10:05", city=None),
        # A purchase at home lies between the one at home and the one far away.
        bought(WOMAN_3, "07-01T10:00"),
        bought(WOMAN_3, "07-01T10:10"),
        bought(WOMAN_3, "07-01T10:50", **far),
        # Past midnight.
        bought(OLD_MAN, "07-01T23:50"),
        bought(OLD_MAN, "07-02T00:10", **far),
    ]
    found = by_subject(ask("insurance.purchase-two-cities", {"insurance.pharmacy_purchase": rows}))
    assert set(found) == {MAN, WOMAN_3, OLD_MAN}
    assert found[MAN].amount == Decimal("99.99")
    assert "60分钟后又在澜江市" in found[MAN].because
    assert len(found[MAN].evidence) == 2


@pytest.mark.seed("S10-78")
def test_an_office_may_set_its_own_minutes() -> None:
    rows = [bought(MAN, "07-01T10:00"), bought(MAN, "07-01T12:00", city="澜江市")]
    parameters = {"insurance.two_city_minutes": 120}
    found = ask("insurance.purchase-two-cities", {"insurance.pharmacy_purchase": rows}, parameters=parameters)
    assert subjects(found) == {MAN}


def test_a_line_of_a_bill_on_two_lists_counts_once() -> None:
    line = bought(MAN, "10-28T10:00", transaction_no="YD1", drug="感冒灵")
    tables = {
        "insurance.pharmacy_purchase": [line, line, line | {"drug": "维生素", "amount": "1.00"}],
        "registry.death": [{"person": MAN, "died_on": "2023-10-03"}],
    }
    (found,) = ask("insurance.pharmacy-after-death", tables)
    assert found.amount == Decimal("31.05")

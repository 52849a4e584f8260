"""Rules on joint prevention: information, hazards, requests, publicity."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome


def subjects(code: str, rows: dict[str, list[dict[str, Any]]], **options: Any) -> list[str]:
    """The subjects of the findings."""
    return [f.subject_id for f in ask(code, rows, **options)]


def item(**more: Any) -> dict[str, Any]:
    """An item of dynamic information."""
    return {
        "info_no": "I1",
        "happened_on": "2023-03-01",
        "place": "听泉小区3幢",
        "content": "楼道堆放杂物",
        "reporter": "康勇安",
        "role": "网格员",
        "assessed_on": None,
        **more,
    }


@pytest.mark.parametrize(
    ("change", "hit"),
    [
        ({}, True),
        ({"assessed_on": "2023-03-08"}, False),  # on the 7th day
        ({"assessed_on": "2023-03-09"}, True),
        ({"reported_on": "2023-03-05", "assessed_on": "2023-03-12"}, False),
        ({"happened_on": "2023-12-24"}, False),
        ({"role": "民警"}, False),
        ({"role": None}, True),
        ({"happened_on": None}, False),
    ],
)
@pytest.mark.seed("S1-28", "S1-39")
def test_an_item_waits_no_longer_than_allowed(change: dict[str, Any], hit: bool) -> None:
    rows = {"population.dynamic_information": [item(**change)]}
    found = subjects("population.information-not-assessed", rows, parameters={"population.assess_days": 7})
    assert found == (["I1"] if hit else [])


@pytest.mark.seed("S1-19")
def test_an_item_has_reporter_place_and_time() -> None:
    rows = [
        item(),
        item(info_no="I2", reporter=None),
        item(info_no="I3", place=""),
        item(info_no="I4", happened_on=None),
    ]
    given = {"population.dynamic_information": rows}
    assert subjects("population.information-incomplete", given) == ["I2", "I3", "I4"]
    sheet = {"population.dynamic_information": ["info_no", "content", "reporter"]}
    assert outcome("population.information-incomplete", given, fields=sheet).status == "no-ledger"


@pytest.mark.seed("S1-20", "S1-28")
def test_what_is_judged_a_hazard_is_in_the_register() -> None:
    rows = {
        "population.dynamic_information": [
            item(info_no="I1", hazard="是"),
            item(info_no="I2", hazard="是", hazard_no="H2"),
            item(info_no="I3", hazard="是"),
            item(info_no="I4", hazard="否"),
            item(info_no="I5", hazard=None),
            item(info_no="I6", hazard="是", hazard_no="H9"),
        ],
        "population.hazard": [
            {"hazard_no": "H2", "description": "堆物"},
            {"hazard_no": None, "info_no": "I3", "description": "堆物"},
        ],
    }
    assert subjects("population.hazard-not-registered", rows) == ["I1", "I6"]


def hazard(**more: Any) -> dict[str, Any]:
    """A hazard that was treated as it should be."""
    return {
        "hazard_no": "H1",
        "description": "电动车楼道充电",
        "place": "听泉小区3幢",
        "assessed_on": "2023-03-02",
        "level_before": "较大",
        "action": "移至车棚",
        "level_after": "低",
        **more,
    }


@pytest.mark.seed("S1-38")
def test_a_hazard_has_a_preventive_action() -> None:
    given = {
        "population.hazard": [
            hazard(),
            hazard(hazard_no="H2", action=" "),
            hazard(hazard_no="H3", action=None),
        ]
    }
    assert subjects("population.hazard-without-action", given) == ["H2", "H3"]
    sheet = {"population.hazard": ["hazard_no", "description"]}
    assert outcome("population.hazard-without-action", given, fields=sheet).status == "no-ledger"


@pytest.mark.seed("S1-38")
def test_a_hazard_has_its_level_before_and_after() -> None:
    rows = [
        hazard(),
        hazard(hazard_no="H2", level_before=None),
        hazard(hazard_no="H3", level_after=None),
        hazard(hazard_no="H4", level_after=None, action=None),  # nothing was done yet
    ]
    assert subjects("population.hazard-without-levels", {"population.hazard": rows}) == ["H2", "H3"]


@pytest.mark.seed("S1-38")
def test_the_action_lowers_the_level() -> None:
    levels = [
        ("较大", "低"),
        ("较大", "较大"),
        ("一般", "重大"),
        ("低", "低"),
        ("较大", None),
        ("甲等", "甲等"),
    ]
    rows = [
        hazard(hazard_no=f"H{i}", level_before=before, level_after=after)
        for i, (before, after) in enumerate(levels)
    ]
    assert subjects("population.hazard-not-lowered", {"population.hazard": rows}) == ["H1", "H2"]


def request(**more: Any) -> dict[str, Any]:
    """A request for cooperation."""
    return {
        "request_no": "R1",
        "requested_on": "2023-12-20",
        "matter": "核查群租房",
        "officer": "郭良",
        **more,
    }


@pytest.mark.parametrize(
    ("change", "days", "hit"),
    [
        ({}, None, True),
        ({"requested_on": "2023-12-31"}, None, False),
        ({"requested_on": None}, None, True),
        ({"response": "已到场"}, None, False),
        ({"responded_on": "2023-12-21"}, None, False),
        ({}, 11, False),
        ({}, 10, True),
    ],
)
@pytest.mark.seed("S1-18", "S1-41")
def test_every_request_is_answered(change: dict[str, Any], days: int | None, hit: bool) -> None:
    given = {} if days is None else {"population.response_days": days}
    rows = {"population.cooperation_request": [request(**change)]}
    assert subjects("population.request-unanswered", rows, parameters=given) == (["R1"] if hit else [])


@pytest.mark.seed("S1-21", "S1-30")
def test_a_session_has_date_place_and_staff() -> None:
    full = {
        "session_no": "S1",
        "held_on": "2023-05-01",
        "topic": "消防安全",
        "place": "听泉小区",
        "staff": "郭良、康勇安",
    }
    rows = [
        full,
        full | {"session_no": "S2", "staff": None},
        full | {"session_no": None, "place": ""},
        full | {"session_no": "S4", "questions": None},
        full | {"session_no": None, "place": None, "kind": "安全社区", "topic": "安全生产月"},
    ]
    assert subjects("population.session-incomplete", {"office.publicity": rows}) == [
        "S2",
        "消防安全",
    ]

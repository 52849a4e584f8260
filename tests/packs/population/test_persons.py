"""Rules on persons: a hit, the lawful case that looks alike, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome

HERE = "云溪社区"
WINDOW = {"population.screening_from": "2023-03-01", "population.screening_to": "2023-11-30"}


def floating(person: str, **more: Any) -> dict[str, Any]:
    """An entry of the screening ledger."""
    return {
        "person": person,
        "name": "罗素",
        "address": f"听泉小区{person}室",
        "found_in": "居民小区",
        "place_name": "听泉小区",
        "screened_on": "2023-06-06",
        "division": HERE,
        **more,
    }


def resident(person: str, **more: Any) -> dict[str, Any]:
    """A row of the household register."""
    return {
        "person": person,
        "name": "李婷",
        "status": "正常",
        "address": "锦程新村1幢",
        "division": HERE,
        **more,
    }


def subjects(code: str, rows: dict[str, list[dict[str, Any]]], **options: Any) -> list[str]:
    """The subjects of the findings."""
    return [f.subject_id for f in ask(code, rows, **options)]


@pytest.mark.seed("S1-12", "S1-13", "S1-15")
def test_registered_and_floating_at_once() -> None:
    (found,) = ask(
        "population.in-both-registers",
        {"registry.person": [resident("A")], "population.floating_person": [floating("A")]},
    )
    assert (found.subject_id, found.subject_name, found.division) == ("A", "罗素", HERE)
    assert found.because == "罗素户籍在册（锦程新村1幢），又登记为外来人口，住听泉小区A室"
    assert [e.ledger for e in found.evidence] == ["population.floating_person", "registry.person"]
    masked = found.say(masked=True)
    assert "罗素" not in masked


@pytest.mark.parametrize(
    ("home", "guest", "hit"),
    [
        ({"status": "迁出", "status_on": "2022-04-05"}, {}, False),
        ({"status": "死亡"}, {}, False),
        ({"status": None}, {}, True),  # a register without the column lists who is in it
        ({"status": None, "note": "2022年迁出"}, {}, False),
        ({"status_on": "2023-08-01"}, {}, False),  # settled after the screening
        ({"status_on": "2023-06-06"}, {}, True),
        ({"status_on": "2023-08-01"}, {"screened_on": None}, True),
        ({}, {"left_on": "2023-07-01"}, False),
        ({}, {"person": "B"}, False),  # the same name and birthday, another number
    ],
)
@pytest.mark.seed("S1-15")
def test_who_moved_settled_or_left_is_in_one_register(
    home: dict[str, Any], guest: dict[str, Any], hit: bool
) -> None:
    rows = {"registry.person": [resident("A", **home)], "population.floating_person": [floating("A") | guest]}
    assert subjects("population.in-both-registers", rows) == (["A"] if hit else [])


@pytest.mark.seed("S1-15")
def test_one_person_entered_twice() -> None:
    (found,) = ask(
        "population.duplicate-entry",
        {
            "population.floating_person": [
                floating("A", address="上巷居民点11号片6号"),
                floating("A", address="锦程新村12幢"),
                floating("B"),
            ]
        },
    )
    assert found.because == "罗素在外来人口台账登记了2次：上巷居民点11号片6号、锦程新村12幢"
    assert [e.ref & 0xFFFF for e in found.evidence] == [1, 2]


@pytest.mark.parametrize(
    ("other", "hit"),
    [
        ({"campaign": "第一轮"}, True),
        ({"campaign": "第二轮"}, False),
        ({"campaign": None}, True),
        ({"campaign": None, "screened_on": None}, True),
        ({"left_on": "2023-07-01"}, False),
        ({"person": "B"}, False),  # a twin: born the same day, another number
    ],
)
@pytest.mark.seed("S1-15", "S1-31")
def test_a_round_lists_a_person_once_another_round_again(other: dict[str, Any], hit: bool) -> None:
    rows = [floating("A", campaign="第一轮"), floating("A", campaign="第一轮") | other]
    assert subjects("population.duplicate-entry", {"population.floating_person": rows}) == (
        ["A"] if hit else []
    )


@pytest.mark.seed("S1-15")
def test_three_entries_are_one_finding() -> None:
    (found,) = ask("population.duplicate-entry", {"population.floating_person": [floating("A")] * 3})
    assert (found.rows, len(found.evidence)) == (3, 3)


def worker(person: str, **more: Any) -> dict[str, Any]:
    """A row of an employer's roster."""
    return {
        "person": person,
        "name": "郝颖",
        "employer": "云溪样冷食品厂",
        "worker_no": "0147",
        "local": "外来",
        "joined_on": "2016-08-09",
        **more,
    }


@pytest.mark.seed("S1-08", "S1-16", "S1-17", "S1-24")
def test_a_migrant_worker_without_an_entry() -> None:
    (found,) = ask(
        "population.worker-not-in-ledger",
        {"registry.employment": [worker("W")], "population.floating_person": [floating("A")]},
        parameters=WINDOW,
    )
    assert found.subject_id == "W"
    assert (
        found.because
        == "云溪样冷食品厂外来职工郝颖（工号0147，2016年8月9日入职）排查期内在职，外来人口台账中没有此人"
    )


@pytest.mark.parametrize(
    ("change", "hit"),
    [
        ({"local": "本地"}, False),
        ({"local": None}, False),
        ({"left_on": "2023-02-28"}, False),  # gone before the screening began
        ({"left_on": "2023-03-01"}, True),
        ({"joined_on": "2023-12-01"}, False),  # came after it ended
        ({"joined_on": "2023-11-30"}, True),
        ({"joined_on": None}, True),
        ({"person": "A"}, False),
    ],
)
@pytest.mark.seed("S1-08", "S1-24")
def test_only_migrants_in_service_during_the_screening(change: dict[str, Any], hit: bool) -> None:
    rows = {"registry.employment": [worker("W") | change], "population.floating_person": [floating("A")]}
    assert subjects("population.worker-not-in-ledger", rows, parameters=WINDOW) == (["W"] if hit else [])


@pytest.mark.seed("S1-17")
def test_a_worker_in_the_household_register_needs_no_entry() -> None:
    rows = {
        "registry.employment": [worker("W"), worker("V")],
        "population.floating_person": [floating("A")],
        "registry.person": [resident("W"), resident("V", status="迁出")],
    }
    assert subjects("population.worker-not-in-ledger", rows, parameters=WINDOW) == ["V"]


@pytest.mark.seed("S1-24")
def test_rosters_wait_for_the_ledger_the_dates_and_the_column() -> None:
    code = "population.worker-not-in-ledger"
    rows = {"registry.employment": [worker("W")], "population.floating_person": [floating("A")]}
    assert outcome(code, {"registry.employment": [worker("W")]}, parameters=WINDOW).status == "no-ledger"
    assert outcome(code, rows).missing == ("population.screening_from",)
    bare = outcome(code, rows, parameters=WINDOW, fields={"registry.employment": ["person", "name"]})
    assert bare.missing == ("registry.employment: 户籍类别",)


def dwellers(count: int, dwelling: str = "JC01", **more: Any) -> list[dict[str, Any]]:
    """So many persons in one dwelling."""
    return [
        floating(f"{dwelling}-{i:02}", dwelling=dwelling, address="锦程新村1幢", **more) for i in range(count)
    ]


@pytest.mark.seed("S1-20", "S1-28", "S7-13")
def test_more_than_the_limit_in_one_dwelling() -> None:
    (found,) = ask(
        "population.overcrowded",
        {"population.floating_person": [*dwellers(11), *dwellers(10, "YX05")]},
        parameters={"population.max_persons_per_dwelling": 10},
    )
    assert (found.subject_id, found.subject_name, len(found.evidence)) == ("JC01", "锦程新村1幢", 11)
    assert found.because == "JC01（锦程新村1幢）登记居住11人，超过上限10人"


@pytest.mark.seed("S1-20")
def test_who_left_or_is_entered_twice_does_not_count() -> None:
    limit = {"population.max_persons_per_dwelling": 10}
    left = [*dwellers(10), floating("gone", dwelling="JC01", left_on="2023-05-01")]
    twice = [*dwellers(10), dwellers(1)[0]]
    unknown = [floating(f"P{i}", dwelling=d) for i, d in enumerate([None, "", "无"] * 11)]
    other = [
        *dwellers(6),
        *[d | {"division": "柳岸社区", "person": f"L{i}"} for i, d in enumerate(dwellers(6))],
    ]
    for rows in (left, twice, unknown, other):
        assert ask("population.overcrowded", {"population.floating_person": rows}, parameters=limit) == []


@pytest.mark.seed("S1-20")
def test_tenants_of_two_rounds_do_not_add_up() -> None:
    limit = {"population.max_persons_per_dwelling": 10}
    first, second = dwellers(6, campaign="第一轮"), dwellers(12, campaign="第二轮")[6:]
    assert (
        ask("population.overcrowded", {"population.floating_person": first + second}, parameters=limit) == []
    )
    one_round = first + [d | {"campaign": "第一轮"} for d in second]
    assert (
        len(ask("population.overcrowded", {"population.floating_person": one_round}, parameters=limit)) == 1
    )


@pytest.mark.seed("S1-20")
def test_the_limit_is_the_offices() -> None:
    found = outcome("population.overcrowded", {"population.floating_person": dwellers(20)})
    assert (found.status, found.missing) == ("no-parameter", ("population.max_persons_per_dwelling",))


@pytest.mark.parametrize(
    ("died_on", "status", "hit"),
    [
        ("2023-11-30", "正常", True),  # 31 days before the end of the year
        ("2023-12-01", "正常", False),  # exactly 30
        ("2023-08-04", "死亡", False),
        ("2023-08-04", "迁出", False),
        ("2023-08-04", None, True),
    ],
)
@pytest.mark.seed("S1-12", "S10-69")
def test_dead_for_longer_than_the_update_takes(died_on: str, status: str | None, hit: bool) -> None:
    found = ask(
        "population.dead-still-registered",
        {
            "registry.death": [{"person": "A", "died_on": died_on}, {"person": "X", "died_on": "2020-01-01"}],
            "registry.person": [resident("A", status=status), resident("B")],
        },
        parameters={"population.death_update_days": 30},
    )
    assert [f.subject_id for f in found] == (["A"] if hit else [])
    for finding in found:
        assert "已超过30天，户籍台账仍为在册（户口注销日期（空））" in finding.because


@pytest.mark.parametrize(
    ("entry", "days", "hit"),
    [
        ({"screened_on": "2023-09-01"}, None, True),  # screened after the day of death
        ({"screened_on": "2023-08-04"}, None, False),
        ({"screened_on": "2023-07-01"}, 30, True),
        ({"screened_on": "2023-07-01"}, 149, False),  # exactly 149 days
        ({"screened_on": None}, None, False),
        ({"screened_on": "2023-09-01", "left_on": "2023-08-05"}, 30, False),
    ],
)
@pytest.mark.seed("S1-15", "S1-24")
def test_the_dead_do_not_live_here(entry: dict[str, Any], days: int | None, hit: bool) -> None:
    rows = {
        "registry.death": [{"person": "A", "died_on": "2023-08-04"}],
        "population.floating_person": [floating("A") | entry],
    }
    given = {} if days is None else {"population.death_update_days": days}
    assert subjects("population.dead-floating", rows, parameters=given) == (["A"] if hit else [])


@pytest.mark.seed("S1-16")
def test_an_entry_says_where_the_person_was_found() -> None:
    rows = [
        floating("A", found_in=None, place_name=None),
        floating("B", found_in=None),
        floating("C", place_name=None),
    ]
    given = {"population.floating_person": rows}
    assert subjects("population.entry-without-place", given) == ["A"]
    sheet = {"population.floating_person": ["person", "address"]}
    assert outcome("population.entry-without-place", given, fields=sheet).status == "no-ledger"


@pytest.mark.seed("S1-16", "S1-17")
def test_who_is_found_in_an_enterprise_is_linked_to_it() -> None:
    rows = [
        floating("A", found_in="辖区企业", place_name=None, employer=None),
        floating("B", found_in="辖区企业", place_name="云溪样织纺织厂", employer=None),
        floating("C", found_in="辖区企业", place_name=None, employer="云溪样织纺织厂"),
        floating("D", found_in="居民点", place_name=None, employer=None),
    ]
    assert subjects("population.worker-without-employer", {"population.floating_person": rows}) == ["A"]


@pytest.mark.parametrize(
    ("entry", "roster", "hit"),
    [
        ({}, {}, True),
        ({"employer": "云溪样冷食品厂"}, {}, False),
        ({"place_name": "云溪样冷食品厂"}, {}, False),
        ({}, {"joined_on": "2023-06-07"}, False),  # hired the day after
        ({}, {"left_on": "2023-06-05"}, False),
        ({}, {"left_on": "2023-06-06"}, True),
        ({}, {"joined_on": None}, False),
        ({"screened_on": None}, {}, False),
    ],
)
@pytest.mark.seed("S1-17")
def test_a_worker_on_a_roster_has_the_employer_in_the_entry(
    entry: dict[str, Any], roster: dict[str, Any], hit: bool
) -> None:
    rows = {
        "population.floating_person": [floating("W") | entry],
        "registry.employment": [worker("W") | roster],
    }
    assert subjects("population.employer-not-linked", rows) == (["W"] if hit else [])

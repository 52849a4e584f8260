"""Rules on the screening: places and grids reached, reports judged, summaries signed, tasks done."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome

HERE = "云溪社区"


def place(number: str | None, name: str, grid: str | None = "第一网格", **more: Any) -> dict[str, Any]:
    """A place of the list."""
    return {"place_no": number, "name": name, "grid": grid, "division": HERE, **more}


def visit(day: str, number: str | None, grid: str | None = "第一网格", **more: Any) -> dict[str, Any]:
    """A visit; a log often names no community."""
    return {"visited_on": day, "place_no": number, "grid": grid, "visitor": "康勇安", **more}


def subjects(code: str, rows: dict[str, list[dict[str, Any]]], **options: Any) -> list[str]:
    """The subjects of the findings."""
    return [f.subject_id for f in ask(code, rows, **options)]


@pytest.mark.seed("S1-23", "S1-40")
def test_places_without_a_visit() -> None:
    rows = {
        "registry.place": [
            place("YX10", "云溪花园10幢"),
            place("YX11", "云溪花园11幢"),
            place(None, "望河中学"),
            place(None, "农贸市场"),
        ],
        "population.visit": [
            visit("2023-12-29", "yx10"),
            visit("2023-05-01", None, place_name="望河 中学"),
            visit("2024-01-01", "YX11"),  # after the day of the scan
        ],
    }
    found = ask("population.place-not-visited", rows)
    assert [(f.subject_id, f.because) for f in found] == [
        ("YX11", "云溪花园11幢（第一网格）在走访记录中没有一次走访"),
        ("农贸市场", "农贸市场（第一网格）在走访记录中没有一次走访"),
    ]


@pytest.mark.seed("S1-23")
def test_a_community_without_a_visit_log_is_left_alone() -> None:
    rows = {
        "registry.place": [place("A1", "一幢"), place("B1", "一幢", division="柳岸社区")],
        "population.visit": [visit("2023-05-01", "Z9", division="望河街道云溪社区")],
    }
    assert subjects("population.place-not-visited", rows) == ["A1"]
    without_places = [{"visited_on": "2023-05-01", "grid": "第一网格"}]
    assert ask("population.place-not-visited", {**rows, "population.visit": without_places}) == []
    assert (
        outcome("population.place-not-visited", {"registry.place": rows["registry.place"]}).status
        == "no-ledger"
    )


@pytest.mark.seed("S1-23")
def test_the_same_number_in_another_community_is_another_place() -> None:
    rows = {
        "registry.place": [place("01", "一幢"), place("01", "甲楼", division="柳岸社区")],
        "population.visit": [
            visit("2023-05-01", "01", division=HERE),
            visit("2023-05-01", "02", division="柳岸社区"),
        ],
    }
    (found,) = ask("population.place-not-visited", rows)
    assert found.division == "柳岸社区"


@pytest.mark.seed("S1-40")
def test_an_office_may_look_at_the_last_days_only() -> None:
    rows = {"registry.place": [place("A1", "一幢")], "population.visit": [visit("2023-07-04", "A1")]}
    assert ask("population.place-not-visited", rows, parameters={"population.visit_days": 181}) == []
    assert len(ask("population.place-not-visited", rows, parameters={"population.visit_days": 180})) == 1


@pytest.mark.seed("S1-23", "S1-40")
def test_a_grid_that_nobody_visited() -> None:
    rows = {
        "registry.place": [
            place("A1", "一幢", "第一网格"),
            place("B1", "二幢", "第七网格"),
            place("B2", "三幢", "第七网格"),
            place("C1", "四幢", "第八网格"),
            place("D1", "五幢", None),
        ],
        "registry.division": [
            {"name": "第九网格", "level": "网格", "parent": HERE},
            {"name": "第一网格", "level": "网格", "parent": HERE},
            {"name": HERE, "level": "社区"},
        ],
        "population.visit": [visit("2023-01-09", "A1", "1号网格"), visit("2023-01-09", "C1", None)],
    }
    found = ask("population.grid-without-visits", rows)
    assert [f.subject_id for f in found] == ["第七网格", "第九网格"]
    assert [e.ledger for e in found[0].evidence] == ["registry.place"] * 2
    assert [e.ledger for e in found[1].evidence] == ["registry.division"]


@pytest.mark.seed("S1-23")
def test_grids_of_a_community_without_a_log_are_left_alone() -> None:
    rows = {
        "registry.place": [place("A1", "一幢", "第二网格", division="柳岸社区")],
        "population.visit": [visit("2023-01-09", "A1", "第一网格", division=HERE)],
    }
    assert ask("population.grid-without-visits", rows) == []


def summary(**more: Any) -> dict[str, Any]:
    """A signed summary of the second round."""
    return {
        "summary_no": "PC2-01",
        "grid": "第一网格",
        "campaign": "第二轮",
        "period_from": "2023-07-01",
        "period_to": "2023-11-30",
        "signer": "郭良",
        "signed_on": "2023-12-06",
        "division": HERE,
        **more,
    }


SIGNED = "population.signed-without-visit"


@pytest.mark.seed("S1-25", "S1-35", "S1-36")
def test_signed_by_someone_who_was_never_there() -> None:
    rows = {
        "population.screening_summary": [summary()],
        "population.visit": [
            visit("2023-08-01", "A1"),
            visit("2023-08-01", "B1", "第二网格", visitor="郭良"),
            visit("2023-06-30", "A1", visitor="郭良"),  # before the round
            visit("2023-12-07", "A1", visitor="郭良"),  # after the signing
            visit("2023-08-01", "A1", visitor="郭良才"),
        ],
    }
    (found,) = ask(SIGNED, rows)
    assert (found.subject_id, str(found.on)) == ("PC2-01", "2023-12-06")
    assert (
        found.because
        == "第一网格第二轮汇总由郭良于2023年12月6日签字，2023年7月1日起至签字日其在该网格没有走访"
    )


@pytest.mark.parametrize(
    "seen",
    [
        visit("2023-12-06", "A1", visitor="郭良"),  # on the day of signing
        visit("2023-07-01", "A1", visitor="郭良"),
        visit("2023-08-01", "A1", "1网格", visitor="康勇安、郭良"),
        visit("2023-08-01", "A1", None, visitor="郭良"),  # the place lies in the grid
    ],
)
@pytest.mark.seed("S1-35", "S1-36")
def test_a_visit_of_the_signer_allows_the_signature(seen: dict[str, Any]) -> None:
    rows = {
        "population.screening_summary": [summary()],
        "population.visit": [visit("2023-08-01", "A1"), seen],
        "registry.place": [place("A1", "一幢")],
    }
    assert ask(SIGNED, rows) == []


@pytest.mark.seed("S1-35")
def test_unsigned_or_unlogged_summaries_are_not_asked() -> None:
    here = [visit("2023-08-01", "A1")]
    for change in ({"signer": None}, {"signer": ""}, {"signed_on": None}):
        assert (
            ask(SIGNED, {"population.screening_summary": [summary(**change)], "population.visit": here}) == []
        )
    # The log of that round is not in the folder: nothing can be said.
    before = [visit("2022-08-01", "A1")]
    assert ask(SIGNED, {"population.screening_summary": [summary()], "population.visit": before}) == []
    open_start = summary(period_from=None)
    assert len(ask(SIGNED, {"population.screening_summary": [open_start], "population.visit": before})) == 1
    bare = outcome(
        SIGNED,
        {"population.screening_summary": [summary()], "population.visit": here},
        fields={"population.screening_summary": ["grid", "signer"]},
    )
    assert bare.status == "no-ledger"


ASSESS = {"population.assess_days": 7}


@pytest.mark.parametrize(
    ("report", "hit"),
    [
        ({"assessed_on": "2023-02-23"}, True),  # 13 days
        ({"assessed_on": "2023-02-18"}, True),  # 8
        ({"assessed_on": "2023-02-17"}, False),  # on the 7th day
        ({"assessed_on": None}, True),
        ({"assessed_on": None, "visited_on": "2023-12-24"}, False),  # 7 days are not over
        ({"assessed_on": None, "visited_on": "2023-12-23"}, True),
        ({"reported": "否", "assessed_on": None}, False),
        ({"reported": None, "assessed_on": None}, True),
        ({"reported": None, "report_no": None, "assessed_on": None}, False),
        ({"reported_on": "2023-02-16", "assessed_on": "2023-02-23"}, False),
    ],
)
@pytest.mark.seed("S1-26", "S1-28", "S1-39")
def test_a_report_waits_no_longer_than_allowed(report: dict[str, Any], hit: bool) -> None:
    row = visit("2023-02-10", "RD06", reported="是", report_no="XX-007", found="高空抛物") | report
    found = ask("population.report-not-assessed", {"population.visit": [row]}, parameters=ASSESS)
    assert [f.subject_id for f in found] == (["XX-007"] if hit else [])


@pytest.mark.seed("S1-39")
def test_a_report_without_a_number_is_known_by_its_place() -> None:
    row = visit("2023-02-10", "RD06", reported="是", found="高空抛物", place_name="东巷")
    (found,) = ask("population.report-not-assessed", {"population.visit": [row]}, parameters=ASSESS)
    assert (found.subject_id, found.key) == ("RD06", "2023-02-10")
    assert found.because == "第一网格东巷的“高空抛物”于2023年2月10日上报，研判日期（空），等待324天，超过7天"
    assert outcome("population.report-not-assessed", {"population.visit": [row]}).status == "no-parameter"
    bare = {"population.visit": ["visited_on", "reported"]}
    waiting = outcome(
        "population.report-not-assessed", {"population.visit": [row]}, parameters=ASSESS, fields=bare
    )
    assert waiting.status == "no-ledger"


def task(**more: Any) -> dict[str, Any]:
    """A screening task as the higher-level government gave it."""
    return {
        "task_no": "T1",
        "title": "外来人口大排查",
        "issuer": "望河街道办事处",
        "scope": "全部居民小区、居民点和企业",
        "due_on": "2023-12-30",
        **more,
    }


@pytest.mark.parametrize(
    ("change", "hit"),
    [
        ({}, True),
        ({"due_on": "2023-12-31"}, False),
        ({"due_on": None}, False),
        ({"finished_on": "2024-01-05"}, False),
    ],
)
@pytest.mark.seed("S1-22", "S1-23")
def test_a_task_is_finished_in_its_term(change: dict[str, Any], hit: bool) -> None:
    rows = {"population.screening_task": [task(**change)]}
    assert subjects("population.task-unfinished", rows) == (["T1"] if hit else [])


@pytest.mark.seed("S1-06", "S1-22")
def test_a_task_names_its_issuer_and_scope() -> None:
    rows = [task(), task(task_no="T2", issuer=None), task(task_no=None, scope=" ")]
    given = {"population.screening_task": rows}
    assert subjects("population.task-without-order", given) == ["T2", "外来人口大排查"]


@pytest.mark.seed("S1-15", "S1-23")
def test_dwellings_that_nobody_is_entered_in_use_no_water() -> None:
    def meter(number: str, dwelling: str | None, **more: Any) -> dict[str, Any]:
        return {"meter_no": number, "kind": "水", "dwelling": dwelling, "place": f"{dwelling}室", **more}

    def read(number: str, *used: int | None, begins: int = 1) -> list[dict[str, Any]]:
        return [
            {"meter_no": number, "month": f"2023-{begins + k:02d}", "usage": usage, "current": 9}
            for k, usage in enumerate(used)
        ]

    rows = {
        "energy.meter": [
            meter("M1", "D1"),
            meter("M2", "D2"),
            meter("M3", "D3"),
            meter("M4", "D4"),
            meter("M5", "D5"),
            meter("M6", None),
            meter("M7", "D7", state="拆除"),
            meter("M8", "D8"),
        ],
        "energy.meter_reading": [
            *read("M1", 2, 3, 1),
            *read("M2", 2, 3, 1),
            *read("M3", 2, 3, 1),
            *read("M4", 2, 0, 1, 4),
            *read("M5", 0, None, 0),
            *read("M6", 2, 3, 1),
            *read("M7", 2, 3, 1),
            {"meter_no": "M8", "read_on": "2023-01-29", "previous": 1, "current": 4},
            {"meter_no": "M8", "read_on": "2023-02-27", "previous": 4, "current": 5},
            {"meter_no": "M8", "read_on": "2023-03-27", "previous": 5, "current": 9},
        ],
        "registry.person": [
            {"person": "R1", "dwelling": "D1", "status": "死亡"},
            {"person": "R2", "dwelling": "D2", "status": "正常"},
        ],
        "population.floating_person": [
            {"person": "F3", "dwelling": "D3", "screened_on": "2023-05-01"},
            {"person": "F8", "dwelling": "D8", "screened_on": "2022-05-01", "left_on": "2022-12-01"},
        ],
    }
    code, three = "population.empty-dwelling-in-use", {"population.use_months": 3}
    assert subjects(code, rows, parameters=three) == ["D1", "D8"]
    assert (
        ask(code, rows, parameters=three)[0].because == "D1室（D1）没有一人登记居住，水表M1有3个月连续有用量"
    )
    assert subjects(code, rows, parameters={"population.use_months": 2}) == ["D1", "D4", "D8"]
    assert outcome(code, rows).missing == ("population.use_months",)
    without = {name: kept for name, kept in rows.items() if not name.startswith("energy")}
    absent = outcome(code, without, parameters=three)
    assert (absent.status, absent.missing) == ("no-ledger", ("energy.meter", "energy.meter_reading"))

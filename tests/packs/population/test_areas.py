"""Rules on areas: officers, joint mechanisms, the population's structure."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome

HERE = "云溪社区"


def area(name: str, level: str = "网格", **more: Any) -> dict[str, Any]:
    """A community or grid of the list."""
    parent = HERE if level == "网格" else "望河街道"
    return {"name": name, "level": level, "parent": parent, **more}


def beat(name: str, officer: str | None = "郭良", **more: Any) -> dict[str, Any]:
    """An officer's area."""
    return {"area": name, "officer": officer, "division": HERE, **more}


def subjects(code: str, rows: dict[str, list[dict[str, Any]]], **options: Any) -> list[str]:
    """The subjects of the findings."""
    return [f.subject_id for f in ask(code, rows, **options)]


WITHOUT = "population.area-without-officer"


@pytest.mark.seed("S1-01", "S1-09")
def test_an_area_without_a_beat_officer() -> None:
    areas = [
        area(HERE, "社区"),
        area("第一网格", beat_officer="郭良"),
        area("第二网格"),
        area("第三网格", beat_officer=" "),
    ]
    (second, third) = ask(WITHOUT, {"registry.division": areas})
    assert [second.subject_id, third.subject_id] == ["第三网格", "第二网格"]
    assert second.because == "第三网格没有写明由哪位管片民警负首责"
    assert [e.ledger for e in second.evidence] == ["registry.division"]


@pytest.mark.parametrize(
    ("assigned", "left"),
    [
        ([beat("云溪社区")], []),
        ([beat("望河街道云溪社区", division=None)], []),
        ([beat("二网格")], ["第三网格"]),
        ([beat("二网格", division=None)], ["第三网格"]),
        ([beat("二网格", division="柳岸社区")], ["第三网格", "第二网格"]),
        ([beat("第二网格", officer=None)], ["第三网格", "第二网格"]),
        ([beat("第二网格", until="2023-12-30")], ["第三网格", "第二网格"]),
        ([beat("第二网格", until="2023-12-31")], ["第三网格"]),
        ([beat("第二网格", since="2024-01-01")], ["第三网格", "第二网格"]),
    ],
)
@pytest.mark.seed("S1-09")
def test_an_assignment_in_force_covers_its_grid_or_the_whole_community(
    assigned: list[dict[str, Any]], left: list[str]
) -> None:
    areas = [area(HERE, "社区"), area("第一网格", beat_officer="郭良"), area("第二网格"), area("第三网格")]
    rows = {"registry.division": areas, "population.beat_assignment": assigned}
    assert subjects(WITHOUT, rows) == left


@pytest.mark.seed("S1-09")
def test_a_community_nobody_answers_for_and_a_list_that_cannot_say() -> None:
    areas = [area(HERE, "社区"), area("望河街道", "街道", parent=None)]
    assert subjects(WITHOUT, {"registry.division": areas}) == [HERE]
    sheet = {"registry.division": ["name", "level"]}
    assert outcome(WITHOUT, {"registry.division": areas}, fields=sheet).status == "no-ledger"


@pytest.mark.seed("S1-09")
def test_a_grid_with_places_in_no_officers_area() -> None:
    places = [
        {"name": "一幢", "grid": "第一网格", "division": HERE},
        {"name": "二幢", "grid": "第二网格", "division": HERE},
        {"name": "三幢", "grid": "第二网格", "division": HERE},
        {"name": "四幢", "grid": "第三网格", "division": HERE},
        {"name": "五幢", "grid": None, "division": HERE},
    ]
    rows = {
        "registry.place": places,
        "population.beat_assignment": [beat("第一网格")],
        "registry.division": [area("第三网格")],  # asked of the list of grids
    }
    (found,) = ask("population.grid-without-officer", rows)
    assert found.because == "第二网格有点位2处，不在任何管片民警的责任区内"
    whole = {**rows, "population.beat_assignment": [beat(HERE)]}
    assert ask("population.grid-without-officer", whole) == []


@pytest.mark.seed("S1-09")
def test_first_responsibility_is_one_officers() -> None:
    rows = [
        beat("第一网格"),
        beat("第一网格", "王涛"),
        beat("第二网格", "王涛", until="2023-06-30"),
        beat("第二网格"),
        beat("第三网格"),
        beat("第三网格"),
        beat("第四网格"),
        beat("第四网格", None),
    ]
    (found,) = ask("population.area-with-two-officers", {"population.beat_assignment": rows})
    assert found.subject_id == "第一网格"
    assert "王涛" in found.because


def member(name: str, role: str | None, **more: Any) -> dict[str, Any]:
    """A member of a joint mechanism."""
    return {"area": name, "member": "康勇安", "role": role, "division": HERE, **more}


@pytest.mark.seed("S1-37")
def test_an_area_without_a_joint_mechanism() -> None:
    code = "population.area-without-mechanism"
    rows: dict[str, list[dict[str, Any]]] = {
        "registry.division": [area(HERE, "社区"), area("第一网格"), area("第二网格")],
        "registry.place": [
            {"name": "一幢", "grid": "2号网格", "division": HERE},
            {"name": "二幢", "grid": "第五网格", "division": HERE},
        ],
        "population.joint_mechanism": [member("第一网格", "民警")],
    }
    assert subjects(code, rows) == ["第二网格", "第五网格"]
    rows["population.joint_mechanism"] = [member("云溪社区联防联控机制", "民警")]
    assert ask(code, rows) == []
    rows["population.joint_mechanism"] = [member("云溪社区联防联控机制", "民警", until="2022-12-31")]
    assert len(ask(code, rows)) == 4
    del rows["population.joint_mechanism"]
    assert outcome(code, rows).status == "no-ledger"


@pytest.mark.seed("S1-37")
def test_a_mechanism_joins_officer_and_grid_workers() -> None:
    rows = [
        member("第一网格", "民警"),
        member("第一网格", "网格员"),
        member("第二网格", "网格员"),
        member("第二网格", "社区工作人员"),
        member("第三网格", "民警"),
        member("第三网格", "网格员", until="2023-01-01"),
    ]
    given = {"population.joint_mechanism": rows}
    assert subjects("population.mechanism-incomplete", given) == ["第三网格", "第二网格"]


def people(registered: int, floating: int, division: str | None = HERE) -> dict[str, list[dict[str, Any]]]:
    """So many registered and floating persons of a community."""
    return {
        "registry.person": [
            {"person": f"R{i}", "status": "正常", "division": division} for i in range(registered)
        ],
        "population.floating_person": [{"person": f"F{i}", "division": division} for i in range(floating)],
    }


@pytest.mark.seed("S1-33", "S1-34")
def test_a_complex_structure_reaches_the_ratio() -> None:
    code = "population.complex-structure"
    ratio = {"population.complex_ratio": "1.5"}
    (found,) = ask(code, people(4, 6), parameters=ratio)
    assert found.subject_id == "云溪"
    assert found.because == "户籍人口4人，外来人口6人，外来与户籍之比达到1.50"
    assert ask(code, people(4, 5), parameters=ratio) == []
    gone = people(4, 6)
    gone["population.floating_person"][0]["left_on"] = "2023-06-01"
    assert ask(code, gone, parameters=ratio) == []
    assert subjects(code, people(4, 6, None), parameters=ratio) == ["未写明社区"]
    apart = people(4, 6) | {
        "population.floating_person": people(4, 6, "柳岸社区")["population.floating_person"]
    }
    assert ask(code, apart, parameters=ratio) == []
    assert outcome(code, people(4, 6)).missing == ("population.complex_ratio",)


@pytest.mark.seed("S1-14", "S1-33", "S1-34")
def test_the_profiles_figures_keep_their_qualifier() -> None:
    rows = [
        {"division": HERE, "registered_population": "9000余人", "floating_population": "约1万人"},
        {"division": "柳岸社区", "registered_population": "9000余人", "floating_population": "约8999人"},
        {"division": "枫林社区", "registered_population": None, "floating_population": "约9000人"},
        {"division": "梅苑社区", "registered_population": "若干", "floating_population": "约9000人"},
    ]
    given = {"population.community_profile": rows}
    (found,) = ask("population.profile-complex", given, parameters={"population.complex_ratio": 1})
    assert found.because == "户籍人口9000余人，外来人口约1万人，外来与户籍之比达到1"

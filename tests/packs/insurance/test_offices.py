"""Sections, staff, training and community platforms."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask
from tests.packs.insurance.people import by_subject, subjects


def section(office: str, name: str, **more: Any) -> dict[str, Any]:
    """A section of an agency."""
    return {"office": office, "section": name, "function": "经办", "year": 2023} | more


@pytest.mark.seed("S10-03", "S10-04", "S10-05", "S10-06", "S10-07", "S10-53", "S10-89")
def test_the_five_main_sections_must_exist_under_whatever_name() -> None:
    whole = ("基金财务科", "申报征缴科", "稽核科", "待遇审批科", "社会化管理科")
    rows = [section("宿城", name) for name in whole]
    rows += [section("泗阳", name) for name in whole if name != "稽核科"]
    rows += [section("沭阳", name) for name in (*whole[:4], "综合科")]
    rows += [section("泗洪", name) for name in whole[:4]]
    rows += [section("泗洪", "综合科", function="退休人员社会化管理")]
    found = by_subject(ask("insurance.section-missing", {"insurance.section": rows}))
    assert set(found) == {"泗阳", "沭阳"}
    assert found["泗阳"].because.endswith("缺少：稽核；")


@pytest.mark.seed("S10-09", "S10-14", "S10-85")
def test_a_section_with_more_work_than_its_staff_can_do_is_found() -> None:
    rows = [
        section("宿城", "稽核科", staff=2, established=2, workload=2001),
        section("宿城", "征缴科", staff=2, workload=2000),
        section("宿城", "待遇科", staff=0, workload=1),
        section("宿城", "综合科", staff=2, workload=None),
    ]
    parameters = {"insurance.workload_per_person": 1000}
    found = ask("insurance.section-overloaded", {"insurance.section": rows}, parameters=parameters)
    assert {f.key for f in found} == {"稽核科", "待遇科"}


@pytest.mark.seed("S10-14")
def test_sections_have_a_function() -> None:
    rows = [section("宿城", "稽核科", function=" "), section("宿城", "征缴科")]
    found = ask("insurance.section-without-function", {"insurance.section": rows})
    assert [f.key for f in found] == ["稽核科"]


def staff(name: str, **more: Any) -> dict[str, Any]:
    """An auditor."""
    return {"name": name, "office": "宿城", "section": "稽核科", "post": "稽核员"} | more


@pytest.mark.seed("S10-61", "S10-90")
def test_auditors_and_supervisors_without_training_are_listed() -> None:
    def trained(name: str, kind: str | None, **more: Any) -> dict[str, Any]:
        return {"name": name, "trained_on": "2023-03-01", "kind": kind} | more

    tables = {
        "insurance.staff": [
            staff("甲"),
            staff("乙"),
            staff("丙", section="医疗保险监管科", post="科员"),
            staff("丁", section="征缴科", post="科员"),
            staff("戊", left_on="2023-06-01"),
            staff("己"),
        ],
        "office.training": [
            *[trained("乙", kind) for kind in ("统计", "抽样", "网络")],
            trained("丙", None, topic="统计学与抽样调查", line="社会保障"),
            *[trained("己", kind) for kind in ("统计", "抽样")],
            trained("己", "网络", result="不合格"),
            trained("己", "网络", line="财会"),
        ],
    }
    found = by_subject(ask("insurance.auditor-untrained", tables))
    assert set(found) == {"甲", "丙", "己"}
    assert found["丙"].because.endswith("没有受过培训：网络方法；")
    assert found["甲"].because.endswith("没有受过培训：统计学；抽样调查；网络方法；")


@pytest.mark.seed("S10-61")
def test_auditors_know_all_five_insurances() -> None:
    rows = [
        staff("甲", knows="养老、失业、工伤"),
        staff("乙", knows="全部业务"),
        staff("丙", knows="养老、失业、医保、工伤、生育"),
        staff("丁", knows=None),
        staff("戊", knows="养老", section="征缴科", post="科员"),
    ]
    assert subjects(ask("insurance.auditor-not-versed", {"insurance.staff": rows})) == {"甲", "丁"}


def platform(name: str, **more: Any) -> dict[str, Any]:
    """A platform with all it needs."""
    row = {
        "platform": name,
        "staff": 2,
        "duties": "退休人员管理",
        "services": 10,
        "retirees": 900,
        "year": 2023,
    }
    return row | more


@pytest.mark.seed("S10-11", "S10-62", "S10-91")
def test_platforms_without_staff_duties_or_services_are_found() -> None:
    tables = {
        "insurance.community_platform": [
            platform("云溪社区平台", staff=0),
            platform("柳岸社区平台", duties=None),
            platform("桥头社区平台", services=None),
            platform("南苑社区平台", services=0),
            platform("东街社区平台"),
            platform("北门社区平台", staff=None),
        ],
        "insurance.platform_service": [{"platform": "桥头社区平台", "served_on": "2023-05-01"}],
    }
    found = by_subject(ask("insurance.platform-incomplete", tables))
    assert set(found) == {"云溪社区平台", "柳岸社区平台", "南苑社区平台", "北门社区平台"}
    assert found["南苑社区平台"].because.endswith("缺少：服务记录；")


@pytest.mark.seed("S10-64")
def test_platforms_without_posts_or_money_are_found_and_blanks_are_not() -> None:
    rows = [
        platform("甲", established=0, funding=5000),
        platform("乙", established=1, funding=0),
        platform("丙", established=1, funding=5000),
        platform("丁", established=None, funding=None),
    ]
    found = ask("insurance.platform-without-means", {"insurance.community_platform": rows})
    assert subjects(found) == {"甲", "乙"}


@pytest.mark.seed("S10-62", "S10-64", "S10-65")
def test_platforms_with_too_many_retirees_per_worker_are_found() -> None:
    rows = [
        platform("甲", retirees=1001),
        platform("乙", retirees=1000),
        platform("丙", retirees=None),
        platform("丁", staff=None, retirees=1),
    ]
    parameters = {"insurance.retirees_per_worker": 500}
    found = ask(
        "insurance.platform-staff-short", {"insurance.community_platform": rows}, parameters=parameters
    )
    assert subjects(found) == {"甲", "丁"}


@pytest.mark.seed("S10-54")
def test_relations_that_hinder_a_reorganisation_stay_until_settled() -> None:
    rows = [
        {"matter_no": "1", "kind": "科室撤并阻碍", "matter": "两科合并受阻"},
        {"matter_no": "2", "kind": "科室撤并阻碍", "matter": "已合并", "settled_on": "2023-05-01"},
        {"matter_no": "3", "kind": "社区职责不清", "matter": "谁走访"},
        {"matter_no": "4", "kind": None, "matter": "其他"},
    ]
    assert subjects(ask("insurance.matter-unsettled", {"insurance.coordination_matter": rows})) == {"1"}


@pytest.mark.seed("S10-63")
def test_unclear_relations_are_settled_in_writing() -> None:
    rows = [
        {"matter_no": "1", "kind": "社区职责不清", "matter": "谁走访"},
        {"matter_no": "2", "kind": "社区职责不清", "matter": "谁发证", "document": "望街发〔2023〕5号"},
        {"matter_no": "3", "kind": "科室撤并阻碍", "matter": "两科合并受阻"},
    ]
    assert subjects(ask("insurance.duties-unclear", {"insurance.coordination_matter": rows})) == {"1"}


@pytest.mark.seed("S10-63")
def test_platforms_name_the_division_of_duties() -> None:
    rows = [platform("甲", agreement=None), platform("乙", agreement="分工书2023-1")]
    found = ask("insurance.platform-without-agreement", {"insurance.community_platform": rows})
    assert subjects(found) == {"甲"}

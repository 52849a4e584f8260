"""Standards and items: handled differently, disturbed by a merger, without a standard."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask
from tests.packs.insurance.people import by_subject, subjects


@pytest.mark.seed("S10-26", "S10-50")
def test_an_item_with_other_materials_in_another_office_is_found() -> None:
    def asks(office: str | None, item: str, *materials: str) -> list[dict[str, Any]]:
        return [{"office": office, "item": item, "material": material} for material in materials]

    rows = [
        *asks("宿城", "退休审批", "身份证", "档案", "照片"),
        *asks("泗阳", "退休审批", "身份证", "档案"),
        *asks("宿城", "参保登记", "身份证", "照片"),
        *asks("泗阳", "参保登记", "照片", "身份证"),
        *asks("宿城", "失业金申领", "身份证"),
        *asks(None, "参保登记", "户口本"),
    ]
    found = by_subject(ask("insurance.materials-differ", {"insurance.item_material": rows}))
    assert set(found) == {"退休审批"}
    assert "材料不一致：照片（宿城）" in found["退休审批"].because


@pytest.mark.seed("S10-27", "S10-50")
def test_an_item_with_other_forms_in_another_office_is_found() -> None:
    rows = [
        {"office": "宿城", "item": "退休审批", "form": "审批表"},
        {"office": "泗阳", "item": "退休审批", "form": "申请表"},
        {"office": "宿城", "item": "参保登记", "form": "登记表"},
        {"office": "泗阳", "item": "参保登记", "form": "登记表"},
    ]
    found = by_subject(ask("insurance.forms-differ", {"insurance.item_form": rows}))
    assert set(found) == {"退休审批"}
    assert found["退休审批"].rows == 2


@pytest.mark.seed("S10-28", "S10-50")
def test_an_item_with_other_steps_in_another_office_is_found() -> None:
    rows = [
        {"office": office, "item": "退休审批", "step": step, "step_no": number}
        for office, steps in {"宿城": ("受理", "初审", "复核"), "泗阳": ("受理", "复核")}.items()
        for number, step in enumerate(steps)
    ]
    found = by_subject(ask("insurance.steps-differ", {"insurance.process_step": rows}))
    assert "环节不一致：初审（宿城）" in found["退休审批"].because


STANDARDS = [
    {"standard_no": "YW-01", "title": "退休审批规范", "in_force_on": "2020-01-01"},
    {"standard_no": "YW-02", "title": "旧规范", "in_force_on": "2010-01-01", "repealed_on": "2023-12-31"},
    {"standard_no": "YW-03", "title": "新规范", "in_force_on": "2024-01-01"},
]


@pytest.mark.seed("S10-25", "S10-52")
def test_items_without_a_standard_in_force_are_found() -> None:
    def item(name: str, number: str | None, **more: Any) -> dict[str, Any]:
        return {"item": name, "office": "宿城", "standard_no": number} | more

    rows = [
        item("甲", "YW-01"),
        item("乙", None),
        item("丙", "YW-02"),
        item("丁", "YW-03"),
        item("戊", "YW-99"),
        item("己", None, status="停用"),
    ]
    tables = {"insurance.business_item": rows, "insurance.standard": STANDARDS}
    assert subjects(ask("insurance.item-without-standard", tables)) == {"乙", "丙", "丁", "戊"}


@pytest.mark.seed("S10-51")
def test_items_disturbed_by_a_merger_need_a_standard_younger_than_it() -> None:
    def item(name: str, number: str | None, **more: Any) -> dict[str, Any]:
        return {
            "item": name,
            "standard_no": number,
            "process_changed": True,
            "merged_on": "2019-07-01",
        } | more

    rows = [
        item("甲", None),
        item("乙", "YW-02"),
        item("丙", "YW-01"),
        item("丁", None, process_changed=False),
        item("戊", None, process_changed=None),
    ]
    tables = {"insurance.business_item": rows, "insurance.standard": STANDARDS}
    assert subjects(ask("insurance.item-disturbed", tables)) == {"甲", "乙"}


@pytest.mark.seed("S10-25", "S10-52")
def test_cases_under_a_name_outside_the_catalogue_are_found() -> None:
    tables = {
        "insurance.handling": [
            {"case_no": "1", "item": "退休审批"},
            {"case_no": "2", "item": "办退休"},
            {"case_no": "3", "item": "办退休"},
            {"case_no": "4", "item": None},
        ],
        "insurance.business_item": [{"item": "退休审批"}],
    }
    found = by_subject(ask("insurance.handled-outside-catalogue", tables))
    assert {name: f.rows for name, f in found.items()} == {"办退休": 2}


@pytest.mark.seed("S10-49")
def test_a_standard_names_the_repetitive_matter_it_serves() -> None:
    rows = [
        {"standard_no": "1", "title": "甲"},
        {"standard_no": "2", "title": "乙", "repetitive_matter": "每月征缴"},
        {"standard_no": "3", "title": "丙", "repealed_on": "2023-01-01"},
    ]
    assert subjects(ask("insurance.standard-without-matter", {"insurance.standard": rows})) == {"1"}


@pytest.mark.seed("S10-41")
def test_a_standard_has_version_and_date_in_force() -> None:
    def standard(number: str, **more: Any) -> dict[str, Any]:
        return {
            "standard_no": number,
            "title": "甲",
            "version": "1.0",
            "issued_on": "2020-01-01",
            "in_force_on": "2020-02-01",
        } | more

    rows = [
        standard("1", version=None),
        standard("2", in_force_on=None),
        standard("3", in_force_on="2019-12-31"),
        standard("4"),
        standard("5", issued_on=None),
        standard("6", in_force_on="2020-01-01"),
    ]
    assert subjects(ask("insurance.standard-not-in-force", {"insurance.standard": rows})) == {"1", "2", "3"}


@pytest.mark.seed("S10-22", "S10-23", "S10-24")
def test_a_business_standard_says_work_duties_links_and_qualification() -> None:
    full = {
        "kind": "业务标准",
        "title": "甲",
        "post": "稽核岗",
        "work_content": "稽核",
        "duties": "核查",
        "links_inside": "征缴科",
        "links_outside": "税务",
        "qualification": "会计",
    }
    rows = [
        {"standard_no": "1"} | full | {"links_outside": None},
        {"standard_no": "2"} | full | {"qualification": " "},
        {"standard_no": "3"} | full,
        {"standard_no": "4"} | full | {"kind": "服务标准", "duties": None},
        {"standard_no": "5"} | full | {"kind": None, "duties": None},
    ]
    found = ask("insurance.business-standard-incomplete", {"insurance.standard": rows})
    assert subjects(found) == {"1", "2"}


@pytest.mark.seed("S10-27")
def test_forms_have_rules_of_filling_in() -> None:
    rows = [
        {"item": "退休审批", "form": "审批表", "rules": None},
        {"item": "退休审批", "form": "登记表", "rules": "用黑色墨水填写"},
    ]
    found = ask("insurance.form-without-rules", {"insurance.item_form": rows})
    assert [f.key for f in found] == ["审批表"]


@pytest.mark.seed("S10-26")
def test_items_in_use_have_a_list_of_materials() -> None:
    tables = {
        "insurance.business_item": [{"item": "甲"}, {"item": "乙"}, {"item": "丙", "status": "停用"}],
        "insurance.item_material": [{"item": "乙", "material": "身份证"}],
    }
    assert subjects(ask("insurance.item-without-materials", tables)) == {"甲"}

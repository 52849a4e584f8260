"""One small office in which every rule of the pack finds something."""

from __future__ import annotations

from typing import Any

HERE = "云溪社区"

PARAMETERS: dict[str, Any] = {
    "population.max_persons_per_dwelling": 2,
    "population.assess_days": 7,
    "population.death_update_days": 30,
    "population.screening_from": "2023-03-01",
    "population.screening_to": "2023-11-30",
    "population.visit_days": 365,
    "population.response_days": 5,
    "population.complex_ratio": "1.5",
    "population.use_months": 2,
}


def _floating(person: str, **more: Any) -> dict[str, Any]:
    base = {
        "person": person,
        "name": "罗素",
        "address": "听泉小区1幢",
        "found_in": "居民小区",
        "place_name": "听泉小区",
        "dwelling": f"D-{person}",
        "screened_on": "2023-06-06",
        "entry": "新采集",
        "campaign": "第一轮",
        "division": HERE,
    }
    return base | more


ROWS: dict[str, list[dict[str, Any]]] = {
    "registry.person": [
        {"person": "R1", "name": "李婷", "household_no": "H1", "status": "正常", "division": HERE},
        {"person": "R2", "name": "吴华", "household_no": "H1", "status": "正常", "division": HERE},
        {"person": "R3", "name": "张明", "household_no": "H2", "status": "迁出", "division": HERE},
    ],
    "energy.meter": [
        {"meter_no": "M1", "kind": "水", "dwelling": "D-9", "place": "听泉小区9幢", "division": HERE}
    ],
    "energy.meter_reading": [
        {"meter_no": "M1", "month": "2023-04", "previous": 3, "current": 8},
        {"meter_no": "M1", "month": "2023-05", "previous": 8, "current": 9, "usage": 1},
    ],
    "registry.death": [
        {"person": "R2", "name": "吴华", "died_on": "2023-08-04", "division": HERE},
        {"person": "F2", "name": "罗素", "died_on": "2023-05-04", "division": HERE},
    ],
    "registry.employment": [
        {"person": "W1", "name": "郝颖", "employer": "织造厂", "local": "外来", "joined_on": "2016-08-09"},
        {"person": "F3", "name": "林淑", "employer": "织造厂", "local": "外来", "joined_on": "2016-08-09"},
    ],
    "registry.place": [
        {"place_no": "A1", "name": "一幢", "grid": "第一网格", "division": HERE},
        {"place_no": "B1", "name": "二幢", "grid": "第七网格", "division": HERE},
    ],
    "registry.division": [
        {"name": "第一网格", "level": "网格", "parent": HERE, "beat_officer": "郭良"},
        {"name": "第二网格", "level": "网格", "parent": HERE},
    ],
    "population.floating_person": [
        _floating("R1"),
        _floating("F1"),
        _floating("F1", address="锦程新村2幢", entry="沿用"),
        _floating("F2", dwelling="JC01"),
        _floating("F3", dwelling="JC01"),
        _floating("F4", dwelling="JC01", found_in="辖区企业", place_name=None),
        _floating("F5", found_in=None, place_name=None),
    ],
    "population.visit": [
        {
            "visited_on": "2023-05-01",
            "place_no": "A1",
            "grid": "1号网格",
            "visitor": "康勇安",
            "reported": "是",
        },
    ],
    "population.screening_summary": [
        {
            "summary_no": "PC1",
            "grid": "第一网格",
            "campaign": "第一轮",
            "period_from": "2023-03-01",
            "signer": "郭良",
            "signed_on": "2023-06-27",
            "division": HERE,
        },
    ],
    "population.screening_task": [{"title": "大排查", "due_on": "2023-12-01", "scope": "全部小区"}],
    "population.beat_assignment": [
        {"area": "第一网格", "officer": "郭良", "division": HERE},
        {"area": "第一网格", "officer": "王涛", "division": HERE},
    ],
    "population.joint_mechanism": [
        {"area": "第一网格", "member": "康勇安", "role": "网格员", "division": HERE}
    ],
    "population.community_profile": [
        {"division": HERE, "registered_population": "9000余人", "floating_population": "约2万人"}
    ],
    "population.dynamic_information": [
        {"info_no": "I1", "content": "堆物", "happened_on": "2023-03-01", "role": "网格员", "hazard": "是"},
    ],
    "population.hazard": [
        {"hazard_no": "H1", "description": "楼道充电", "level_before": "一般"},
        {
            "hazard_no": "H2",
            "description": "堆物",
            "level_before": "一般",
            "action": "劝导",
            "level_after": "较大",
        },
        {"hazard_no": "H3", "description": "堆物", "action": "劝导"},
    ],
    "population.cooperation_request": [
        {"request_no": "R1", "requested_on": "2023-05-01", "matter": "核查群租", "division": HERE},
        {
            "request_no": "R2",
            "requested_on": "2023-05-02",
            "matter": "调解",
            "response": "已到场",
            "division": HERE,
        },
    ],
    "office.publicity": [{"session_no": "S1", "topic": "消防安全", "held_on": "2023-05-01"}],
}

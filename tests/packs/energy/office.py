"""Rows of a small community's meters; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
PARAMETERS: dict[str, Any] = {
    "energy.loss_limit": "0.20",
    "energy.warn_ratio": "0.95",
    "energy.verify_months": 120,
}


def meter(number: str, **more: Any) -> Row:
    """A household water meter in use, verified last year."""
    base = {
        "meter_no": number,
        "level": "三级",
        "kind": "水",
        "place": f"位置{number}",
        "unit": "物业管理处",
        "installed_on": "2020-01-01",
        "verified_on": "2022-06-01",
        "cycle_months": 72,
        "next_due_on": "2028-06-01",
        "state": "在用",
        "division": "云溪社区",
    }
    return base | more


def reading(number: str, month: str, previous: object, current: object, **more: Any) -> Row:
    """A reading whose usage is the difference."""
    usage = None
    if isinstance(previous, int) and isinstance(current, int):
        usage = current - previous
    base = {
        "meter_no": number,
        "kind": "水",
        "month": month,
        "read_on": f"{month}-25",
        "place": f"位置{number}",
        "previous": previous,
        "current": current,
        "usage": usage,
        "reader": "汪峰",
        "division": "云溪社区",
    }
    return base | more


def used(number: str, month: str, usage: object, **more: Any) -> Row:
    """A reading of which only the usage matters."""
    return reading(number, month, None, 0, usage=usage, **more)


def quota(number: str, month: str, monthly: object, yearly: object = 1200, **more: Any) -> Row:
    """One month of a unit's indicator."""
    base = {
        "quota_no": number,
        "kind": "水",
        "level": "单位指标",
        "unit": f"单位{number}",
        "meter_no": f"M-{number}",
        "month": month,
        "monthly": monthly,
        "yearly": yearly,
        "division": "云溪社区",
    }
    return base | more


def twelve(number: str, monthly: object = 100, yearly: object = 1200, **more: Any) -> list[Row]:
    """The twelve months of an indicator."""
    return [quota(number, f"2023-{m:02d}", monthly, yearly, **more) for m in range(1, 13)]


ROWS: dict[str, list[Row]] = {
    "energy.plan_phase": [{"year": 2023, "phase_no": 1, "phase": "部署", "division": "云溪社区"}],
    "energy.contract_indicator": [{"year": 2023, "unit": "单位Q1", "indicator": "服务质量", "weight": 90}],
    "energy.wage_settlement": [{"name": "汪峰", "month": "2023-12", "saved": -5, "amount": 200}],
    "energy.discussion": [{"held_on": "2022-05-06", "topic": "节约", "unit": "物业处", "participants": 20}],
    "energy.meter": [
        meter("S1", next_due_on="2023-07-01", verified_on="2010-01-01", service_years=2),
        meter("S2", parent="S0", dwelling="YX1-101"),
        meter("S3", parent="S0"),
        meter("S0", level="二级"),
        meter("S4", parent="没有的表"),
    ],
    "energy.meter_reading": [
        reading("S1", "2023-01", 100, 90, usage=0),
        reading("S1", "2023-04", 95, 99, usage=9, reader="赵成"),
        reading("S2", "2023-01", 5, 5),
        reading("S2", "2023-02", 5, 5),
        reading("S2", "2023-03", 4, 4),
        used("S3", "2023-01", 120),
        used("S3", "2023-02", 10),
        used("S0", "2023-01", 100),
        used("S0", "2023-02", 100),
        reading("S4", "2023-01", 7406, 132, usage=265, note="换表，旧表止码 7538，新表起码0"),
        reading("S4", "2023-02", 99949, 99, usage=150, note="表满归零"),
        used("X9", "2023-01", 1),
        used("M-Q1", "2023-01", 101),
        used("M-Q2", "2023-01", 96),
        used("M-Q3", "2023-01", 100),
        used("M-Q3", "2023-02", 51),
    ],
    "energy.meter_reader": [{"name": "汪峰", "certificate_no": "JL1", "valid_until": "2024-03-15"}],
    "energy.quota": [
        *twelve("Q1", yearly=1201),
        *twelve("Q2", bearer="常辉"),
        *twelve("Q3", monthly=200, yearly=150),
        *twelve("Q0", monthly=300, yearly=3600, level="总指标", unit="社区合计", meter_no=None),
    ],
    "energy.manager": [{"unit": "别处", "name": "王", "full_time": "兼职"}],
    "energy.monthly_analysis": [
        {"unit": "单位Q1", "month": "2023-02", "reason": "天冷", "improvement": "关灯"}
    ],
    "energy.assessment": [
        {
            "unit": "单位Q1",
            "assessed_on": "2023-01-31",
            "kind": "年度考核",
            "energy_score": 60,
            "target_met": False,
            "award": "先进集体",
        },
    ],
    "energy.deposit": [{"name": "王", "paid_on": "2023-01-05", "amount": 500, "result": "超耗"}],
    "energy.annual_target": [{"year": 2023, "kind": "水", "target": 3600, "plan": "逐月控制"}],
    "energy.census": [
        {"surveyed_on": "2023-03-01", "place": "水塔", "problem": "锈蚀", "funds_needed": 9000}
    ],
    "energy.workload": [
        {"unit": "环卫队", "year": 2022, "workload": 100, "headcount": 20, "haulage_km": 10},
        {"unit": "环卫队", "year": 2023, "workload": 110, "headcount": 19, "haulage_km": 12},
    ],
    "energy.consumption": [
        {"unit": "环卫队", "kind": "柴油", "month": "2022-01", "consumed": 100},
        {"unit": "环卫队", "kind": "柴油", "month": "2023-01", "consumed": 101},
    ],
    "registry.person": [{"person": "P1", "dwelling": "YX1-101", "status": "正常"}],
}

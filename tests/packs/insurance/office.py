"""One small office in which every rule of the pack finds something."""

from __future__ import annotations

from typing import Any

from tests.packs.insurance.people import MAN, MAN_2, MAN_3, MAN_4, MILL, OLD_MAN, SHOP, WOMAN, WOMAN_2

HERE = "云溪社区"

PARAMETERS: dict[str, Any] = {
    "insurance.contribution_floor": 4071,
    "insurance.contribution_cap": 20355,
    "insurance.readmit_days": 10,
    "insurance.max_stays_per_year": 2,
    "insurance.pension_excess": "0.01",
    "insurance.retiree_growth_limit": "0.10",
    "insurance.retirees_per_worker": 500,
    "insurance.workload_per_person": 1000,
    "insurance.supervision_workload_per_person": 500,
    "insurance.audit_coverage_floor": "0.5",
    "insurance.complaint_days": 60,
    "insurance.max_steps_per_item": 3,
}


def _paid(person: str, month: str, **more: Any) -> dict[str, Any]:
    base = {
        "unit": MILL,
        "person": person,
        "name": "张三",
        "month": month,
        "base": 5000,
        "unit_pension": 800,
        "own_pension": 400,
        "total": 1200,
        "identity": "单位职工",
        "division": HERE,
    }
    return base | more


def _stay(person: str, admitted: str, discharged: str, **more: Any) -> dict[str, Any]:
    base = {
        "settlement_no": f"{person[-4:]}{admitted}",
        "person": person,
        "name": "王五",
        "hospital": "样和医院",
        "admitted_on": f"2023-{admitted}",
        "discharged_on": f"2023-{discharged}",
        "icd": "J18.900",
        "diagnosis": "肺炎",
        "cost": 3000,
        "fund": "2000.55",
        "division": HERE,
    }
    return base | more


def _step(step: str, **more: Any) -> dict[str, Any]:
    return {"handbook": "2009版", "office": "宿城", "item": "退休审批", "step": step} | more


ROWS: dict[str, list[dict[str, Any]]] = {
    "registry.death": [
        {"person": OLD_MAN, "name": "李四", "died_on": "2023-06-15", "division": HERE},
        {"person": WOMAN_2, "name": "王五", "died_on": "2023-06-15", "division": HERE},
    ],
    "registry.employment": [
        {"employer": MILL, "person": MAN, "name": "张三", "joined_on": "2020-01-01", "monthly_wage": 8000},
        {"employer": MILL, "person": MAN_2, "name": "张三", "joined_on": "2020-01-01"},
        {"employer": MILL, "person": MAN_3, "name": "张三", "joined_on": "2020-01-01"},
    ],
    "registry.retirement": [
        {"person": OLD_MAN, "name": "李四", "retired_on": "2005-01-31", "pension": 2000, "division": HERE},
        {"person": MAN_4, "name": "李四", "retired_on": "2023-09-30", "pension": 2000, "division": HERE},
    ],
    "insurance.participation": [
        {"person": OLD_MAN, "name": "李四", "status": "正常", "unit": MILL, "division": HERE},
        {"person": MAN, "name": "张三", "identity": "单位职工", "maternity": False, "unit": MILL},
        {"person": MAN, "name": "张三", "identity": "单位职工", "unit": SHOP},
    ],
    "insurance.insured_unit": [
        {"unit": MILL, "employees": 3, "insured": 2, "division": HERE},
        {"unit": SHOP, "employees": 1, "insured": 1, "division": HERE},
    ],
    "insurance.unit_collection": [
        {
            "unit": MILL,
            "month": "2023-03",
            "declared_number": 2,
            "declared_base": 5000,
            "due": "9000.00",
            "collected": "8000.50",
            "division": HERE,
        },
        {"unit": SHOP, "month": "2023-03", "kind": "养老", "declared_number": 2},
        {"unit": SHOP, "month": "2023-03", "kind": "医疗", "declared_number": 1},
    ],
    "insurance.contribution": [
        _paid(MAN, "2023-03", due=1200, paid=1000),
        _paid(MAN, "2023-03", unit=SHOP, base=3000, total=999),
        _paid(MAN, "2023-12", base=30000),
        _paid(MAN_2, "2023-04", unit="灵活就业人员", identity="灵活就业"),
        _paid(OLD_MAN, "2023-07"),
    ],
    "insurance.pension_payment": [
        {
            "person": person,
            "name": "李四",
            "month": month,
            "amount": amount,
            "monthly_pension": 2500,
            "retired_month": "2023-09",
            "year_total": 1,
            "division": HERE,
        }
        for person, month, amount in (
            (OLD_MAN, "2023-07", 2600),
            (OLD_MAN, "2023-07", 2600),
            (MAN, "2023-12", 2500),
        )
    ],
    "insurance.inpatient_stay": [
        _stay(MAN, "04-01", "04-10", icd="O82.900", diagnosis="剖宫产", days=30, own=1100),
        _stay(MAN, "04-05", "04-12", hospital="样中医院", identity_checked=False),
        _stay(MAN, "04-15", "04-18", hospital="样中医院"),
        _stay(MAN_2, "05-01", "05-05"),
        _stay(MAN_2, "05-01", "05-05", settlement_no="另一单号"),
        _stay(WOMAN, "05-01", "05-05", icd="N40.x00", diagnosis="前列腺增生"),
        _stay(WOMAN_2, "07-01", "07-05"),
    ],
    "insurance.pharmacy_purchase": [
        {
            "person": person,
            "name": "赵六",
            "bought_at": at,
            "city": city,
            "pharmacy": "药房",
            "amount": "30.05",
            "division": HERE,
        }
        for person, at, city in (
            (MAN, "2023-04-03T10:00", "云州市"),
            (MAN, "2023-04-03T10:30", "澜江市"),
            (WOMAN_2, "2023-07-01T09:00", "云州市"),
        )
    ],
    "insurance.ward_check": [
        {
            "person": MAN,
            "name": "王五",
            "checked_on": "2023-04-02",
            "hospital": "样和医院",
            "identity_matches": False,
            "in_bed": False,
        }
    ],
    "insurance.benefit_payment": [
        {
            "payment_no": "1",
            "name": "张三",
            "kind": "医疗",
            "amount": 1200,
            "paid_on": "2023-05-10",
            "handler": "甲",
            "reviewer": "甲",
            "reviewed_on": "2023-05-11",
            "problem": "发票重复",
        },
        {"payment_no": "2", "name": "李四", "kind": None, "amount": 60, "paid_on": "2023-05-10"},
    ],
    "insurance.audit": [
        {
            "audit_no": "1",
            "audited_on": "2023-06-01",
            "scope": "缴费",
            "unit": "单位1",
            "declared_number": 10,
            "verified_number": 12,
            "amount": 5000,
            "problems": 1,
            "division": HERE,
        },
        {"audit_no": "2", "audited_on": "2023-06-02", "scope": "缴费", "unit": "单位2", "division": HERE},
    ],
    "insurance.complaint": [
        {"complaint_no": "1", "received_on": "2023-03-01", "accused": "药店", "handled_on": "2023-07-01"}
    ],
    "insurance.provider": [{"provider": "一院", "kind": "医院", "division": HERE}],
    "insurance.provider_evaluation": [{"provider": "二院", "year": 2023, "division": HERE}],
    "insurance.supervision": [
        {
            "supervision_no": "1",
            "supervised_on": "2023-05-01",
            "provider": "一院",
            "method": "抽样监管",
            "problems": 2,
            "population": 200,
            "sample_size": 30,
            "division": HERE,
        }
    ],
    "insurance.supervision_plan": [{"title": "2022年计划", "year": 2022, "indicators": "次均费用"}],
    "insurance.standard": [{"standard_no": "YW-01", "title": "旧规范", "kind": "业务标准"}],
    "insurance.business_item": [
        {"item": "退休审批", "office": "宿城", "process_changed": True, "merged_on": "2019-07-01"}
    ],
    "insurance.item_material": [
        {"item": "参保登记", "office": "宿城", "material": "身份证"},
        {"item": "参保登记", "office": "泗阳", "material": "户口本"},
    ],
    "insurance.item_form": [
        {"item": "参保登记", "office": "宿城", "form": "登记表"},
        {"item": "参保登记", "office": "泗阳", "form": "申请表"},
    ],
    "insurance.process_step": [
        _step("受理", serves="业务"),
        _step("初审", split_from="受理"),
        _step("复核", control_point=True),
        _step("盖章", serves="无"),
        _step("受理", office="泗阳", serves="业务"),
    ],
    "insurance.process_change": [
        {"item": "退休审批", "kind": "取消环节", "step": "复核", "changed_on": "2023-05-01"}
    ],
    "insurance.handling": [
        {
            "case_no": "1",
            "office": "宿城",
            "item": "退休审批",
            "accepted_on": "2023-05-01",
            "finished_on": "2023-05-03",
            "entry_by": "甲",
            "review_by": "甲",
            "errors": 1,
            "materials": 4,
            "expense": "12.50",
        },
        {"case_no": "2", "item": "办退休", "accepted_on": "2023-05-01", "finished_on": "2023-05-06"},
    ],
    "insurance.handling_step": [{"case_no": "1", "step": "受理"}],
    "insurance.section": [
        {"office": "宿城", "section": "医疗保险监管科", "staff": 3, "workload": 9000, "year": 2023}
    ],
    "insurance.staff": [{"name": "甲", "section": "稽核科", "knows": "养老"}],
    "office.training": [{"name": "乙", "trained_on": "2023-03-01", "kind": "统计"}],
    "insurance.community_platform": [
        {"platform": "云溪社区平台", "staff": 0, "established": 0, "retirees": 900, "division": HERE}
    ],
    "insurance.platform_service": [{"platform": "柳岸社区平台", "served_on": "2023-05-01"}],
    "insurance.coordination_matter": [
        {"matter_no": "1", "kind": "科室撤并阻碍", "matter": "两科合并受阻"},
        {"matter_no": "2", "kind": "社区职责不清", "matter": "谁走访"},
    ],
}

YEAR_SHEET = "insurance.pension-year-total-wrong"
"""Asks of one row with many months, which only a sheet with month columns has: shown by itself."""

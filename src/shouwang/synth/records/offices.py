"""The insurance office itself: items, steps, materials, forms, standards, sections, staff, cases."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

OFFICE = "云川县社会保险事业局"
HANDBOOK = "社会保险业务手册"
SECTIONS = (
    ("财务科", "基金财务核算"),
    ("征缴科", "申报征缴"),
    ("稽核科", "稽核"),
    ("待遇科", "待遇审批支付"),
    ("社会化管理科", "退休人员社会化管理"),
)
STEPS = (("受理", "业务"), ("录入", "业务"), ("复核", "监督"), ("办结", "业务"))
ITEMS = ("参保登记", "缴费申报", "待遇核定", "关系转移", "信息变更")


def item(site: Site, name: str, **changes: dict[str, object] | None) -> None:
    """Add a business item with its standard, steps, materials and form, all in order.

    ``changes`` replace cells by ledger (``standard={"version": None}``); None leaves the ledger
    out.
    """
    number = site.number("SX")
    standard = {**business_standard(site), **(changes.get("standard") or {})}
    if changes.get("standard", {}) is not None:
        _add(site, "standard", standard)
    row: Row = {
        "office": OFFICE,
        "item_no": number,
        "item": name,
        "kind": "养老",
        "section": "征缴科",
        "standard_no": standard["standard_no"],
        "merged_on": None,
        "process_changed": False,
        "time_limit": 10,
        "handbook": HANDBOOK,
        "status": "在用",
    }
    _add(site, "business_item", {**row, **(changes.get("item") or {})})
    for order, (step, serves) in enumerate(STEPS, start=1):
        add_step(site, name, order, step, serves)
    if changes.get("material", {}) is not None:
        row = {
            "office": OFFICE,
            "item_no": number,
            "item": name,
            "material": "申请表",
            "copies": 1,
            "required": True,
            "used_in_step": "受理",
            "purpose": "核对身份",
        }
        _add(site, "item_material", {**row, **(changes.get("material") or {})})
    row = {
        "office": OFFICE,
        "item_no": number,
        "item": name,
        "form_no": site.number("BD"),
        "form": f"{name}表",
        "medium": "纸质",
        "rules": "用黑色签字笔填写",
    }
    _add(site, "item_form", {**row, **(changes.get("form") or {})})


def _add(site: Site, ledger: str, row: Row) -> None:
    site.add(f"insurance.{ledger}", **{**row, "division": None})


def add_step(site: Site, name: str, order: int, step: str, serves: str | None, **changes: object) -> None:
    """Add a step of an item; the review is its control point."""
    row: Row = {
        "handbook": HANDBOOK,
        "office": OFFICE,
        "item": name,
        "step_no": order,
        "step": step,
        "post": f"{step}岗",
        "section": "征缴科",
        "form": f"{name}表",
        "control_point": step == "复核",
        "serves": serves,
        "split_from": None,
        "split_reason": None,
    }
    _add(site, "process_step", {**row, **changes})


def business_standard(site: Site) -> Row:
    """A standard in force with everything a business standard must say."""
    return {
        "standard_no": site.number("BZ"),
        "title": "社会保险业务标准",
        "kind": "业务标准",
        "issuer": OFFICE,
        "level": "市",
        "scope": "业务办理",
        "repetitive_matter": "逐月办理的同类业务",
        "post": "经办岗",
        "work_content": "受理、录入、复核、办结",
        "duties": "对办理结果负责",
        "links_inside": "财务科",
        "links_outside": "参保单位",
        "qualification": "经办资格",
        "version": "1.0",
        "issued_on": site.day(1, 10, -3),
        "in_force_on": site.day(3, 1, -3),
        "repealed_on": None,
    }


def handling(site: Site) -> Row:
    """A case entered by one and reviewed by another."""
    day = site.day(site.any(1, 11), site.any(1, 20))
    return {
        "case_no": site.number("BJ"),
        "office": OFFICE,
        "item": site.one(ITEMS),
        "section": "征缴科",
        "name": site.person_name(True),
        "unit": None,
        "accepted_on": day,
        "entry_by": "录入员纪",
        "entered_on": day,
        "review_by": "复核员舒",
        "reviewed_on": day + dt.timedelta(days=1),
        "finished_on": day + dt.timedelta(days=2),
        "materials": 2,
        "errors": 0,
        "error_note": None,
        "corrected_on": None,
        "expense": yuan(0),
    }


def walk(site: Site, case: Row, skipped: str | None = None) -> None:
    """Record the steps of a case, but for one."""
    for step, _ in STEPS:
        if step != skipped:
            site.add(
                "insurance.handling_step",
                case_no=case["case_no"],
                office=OFFICE,
                item=case["item"],
                step=step,
                done_by="录入员纪",
                done_on=case["finished_on"],
                outcome="完成",
            )


def change(site: Site) -> Row:
    """A change of a process that removes a step which is no control point, with reason and effects."""
    return {
        "change_no": site.number("BG"),
        "office": OFFICE,
        "item": site.one(ITEMS),
        "change": "取消重复登记",
        "kind": "取消环节",
        "step": "登记台账",
        "reason": "信息已在系统中",
        "effect_on_control": "无影响",
        "effect_on_steps": "减少一个环节",
        "changed_on": site.day(site.any(1, 12), 15),
        "approved_by": "局长",
        "decision": "批准",
    }


def section(site: Site) -> Row:
    """A section of an office of its own, with staff enough; one of no office stands by itself."""
    return {
        "office": OFFICE,
        "section": "档案科",
        "function": "业务档案管理",
        "established": 3,
        "staff": 3,
        "workload": yuan(6000),
        "year": site.year,
        "leader": site.official(),
    }


def auditor(site: Site) -> Row:
    """An auditor who knows all business; :func:`train` gives the three trainings."""
    return {
        "office": OFFICE,
        "staff_no": site.number("YG"),
        "name": site.official(),
        "person": None,
        "section": "稽核科",
        "post": "稽核岗",
        "joined_on": site.day(4, 1, -5),
        "left_on": None,
        "knows": "全部业务",
        "phone": site.phone(),
    }


def train(site: Site, name: str, kinds: tuple[str, ...] = ("统计", "抽样", "网络")) -> None:
    """Add trainings in methods."""
    for kind in kinds:
        site.add(
            "office.training",
            line="社会保障",
            trained_on=site.day(site.any(1, 12), 18),
            topic=kind + "方法",
            kind=kind,
            name=name,
            unit=OFFICE,
            section="稽核科",
            hours=yuan(16),
            result="合格",
            division=None,
        )


def provider(site: Site, name: str, kind: str, level: str | None, **changes: object) -> None:
    """Add a provider under agreement, graded and evaluated."""
    row: Row = {
        "provider_no": site.number("JG"),
        "provider": name,
        "credit_code": site.credit_code("91"),
        "kind": kind,
        "level": level,
        "grade": "A级",
        "city": words.CITY,
        "agreed_on": site.day(1, 1, -4),
        "agreed_until": site.day(12, 31, 2),
        "phone": site.phone(),
    }
    _add(site, "provider", {**row, **changes})


def evaluation(site: Site, name: str, **changes: object) -> None:
    """Add the year's evaluation of a provider."""
    row: Row = {
        "provider": name,
        "year": site.year,
        "evaluated_on": site.day(12, 20),
        "indicator_system": "两定点机构考核评分标准",
        "score": yuan(92),
        "grade": "A级",
        "evaluator": "县医疗保障局",
    }
    _add(site, "provider_evaluation", {**row, **changes})


def build(site: Site) -> None:
    """The steps of the cases on record."""
    for case in site.table("insurance.handling").own:
        walk(site, case)


def town(site: Site) -> None:
    """The office, its items and sections, the providers and the plan of supervision."""
    for name in ITEMS:
        item(site, name)
    for name, function in SECTIONS:
        _add(site, "section", {**section(site), "section": name, "function": function})
    for name, level, _ in words.HOSPITALS:
        provider(site, name, "医院", level)
        evaluation(site, name)
    for name in words.PHARMACIES:
        provider(site, name, "药店", None)
        evaluation(site, name)
    for years in (-1, 0):
        _add(
            site,
            "supervision_plan",
            {
                "year": site.year + years,
                "title": f"{site.year + years}年医保监管计划",
                "document_no": site.number("医保发"),
                "indicators": "次均费用、再入院率",
                "method": "抽样与等级监管结合",
                "planned": 60,
                "approved_on": site.day(1, 20, years),
            },
        )
    for _ in range(2):
        row = auditor(site)
        _add(site, "staff", row)
        train(site, row["name"])


MAKERS = {"insurance.handling": handling, "insurance.process_change": change}

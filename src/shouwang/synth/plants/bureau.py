"""Cases of the insurance office: items, steps, standards, sections, staff (S10-49 to S10-75, S10-89)."""

from __future__ import annotations

from shouwang.synth import records
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import assistance, offices
from shouwang.synth.records.offices import SECTIONS, add_step, item
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

BRANCH = "云川县社保分局"


def _name(site: Site) -> str:
    return site.number("专项业务")


def _put(site: Site, ledger: str, row: Row) -> None:
    site.add(f"insurance.{ledger}", **{**row, "division": None})


@plant("insurance.control-point-skipped")
def control_point_skipped(site: Site, near: bool) -> tuple[str, str]:
    """Finished without its control point; not yet finished for the near miss."""
    case = records.add(site, "insurance.handling", **({"finished_on": None} if near else {}))
    offices.walk(site, {**case, "finished_on": case["entered_on"]}, skipped="复核")
    return str(case["case_no"]), "未经复核" + ("，尚未办结" if near else "")


@plant("insurance.control-removed")
def control_removed(site: Site, near: bool) -> tuple[str, str]:
    """A change that removes the control point; refused for the near miss."""
    name = _name(site)
    item(site, name)
    records.add(
        site, "insurance.process_change", item=name, step="复核", decision="不批准" if near else "批准"
    )
    return name, "取消复核" + ("未获批准" if near else "")


@plant("insurance.split-step-without-reason")
def split_step_without_reason(site: Site, near: bool) -> tuple[str, str]:
    """A step split without a reason; with one for the near miss."""
    name = _name(site)
    item(site, name)
    add_step(site, name, 5, "二次录入", "业务", split_from="录入", split_reason="分岗制约" if near else None)
    return name, "拆分" + ("有" if near else "没有") + "理由"


@plant("insurance.process-too-long")
def process_too_long(site: Site, near: bool) -> tuple[str, str]:
    """Nine steps; eight, the limit, for the near miss."""
    name = _name(site)
    item(site, name)
    for order in range(5, 9 if near else 10):
        add_step(site, name, order, f"传递{order}", "业务")
    return name, f"{8 if near else 9}个环节"


@plant("insurance.step-without-purpose")
def step_without_purpose(site: Site, near: bool) -> tuple[str, str]:
    """A step that serves nothing; a control point for the near miss."""
    name = _name(site)
    item(site, name)
    add_step(site, name, 5, "盖章", "无", control_point=near)
    return name, "环节不服务业务或监督" + ("，是控制点" if near else "")


@plant("insurance.step-without-post", near=False)
def step_without_post(site: Site, near: bool) -> tuple[str, str]:
    """Nobody's step."""
    name = _name(site)
    item(site, name)
    add_step(site, name, 5, "归档", "业务", post=None)
    return name, "归档没有责任岗位"


@plant("insurance.material-not-used")
def material_not_used(site: Site, near: bool) -> tuple[str, str]:
    """A material for a step that does not exist; for one that does for the near miss."""
    name = _name(site)
    item(site, name, material={"used_in_step": "复核" if near else "公证"})
    return name, "材料用于" + ("复核" if near else "没有的环节")


def _branch(site: Site, name: str, ledger: str, row: Row) -> None:
    """The same line for a second office."""
    _put(site, ledger, {**row, "office": BRANCH, "item": name})


@plant("insurance.materials-differ")
def materials_differ(site: Site, near: bool) -> tuple[str, str]:
    """Two offices ask for different materials; for the same for the near miss."""
    name = _name(site)
    item(site, name)
    _branch(site, name, "item_material", {"material": "申请表" if near else "户口簿", "used_in_step": "受理"})
    return name, "两个机构材料" + ("相同" if near else "不同")


@plant("insurance.forms-differ")
def forms_differ(site: Site, near: bool) -> tuple[str, str]:
    """Two offices use different forms; the same for the near miss."""
    name = _name(site)
    item(site, name)
    _branch(site, name, "item_form", {"form": f"{name}表" if near else "旧表", "rules": "用黑色签字笔"})
    return name, "两个机构表单" + ("相同" if near else "不同")


@plant("insurance.steps-differ")
def steps_differ(site: Site, near: bool) -> tuple[str, str]:
    """Two offices take different steps; the same for the near miss."""
    name = _name(site)
    item(site, name)
    for order, (step, serves) in enumerate(offices.STEPS, start=1):
        add_step(site, name, order, step, serves, office=BRANCH)
    if not near:
        add_step(site, name, 5, "领导签字", "监督", office=BRANCH)
    return name, "两个机构环节" + ("相同" if near else "不同")


@plant("insurance.form-without-rules", near=False)
def form_without_rules(site: Site, near: bool) -> tuple[str, str]:
    """A form without rules of filling it in."""
    name = _name(site)
    item(site, name, form={"rules": None})
    return name, "表单没有填写规范"


@plant("insurance.item-without-materials")
def item_without_materials(site: Site, near: bool) -> tuple[str, str]:
    """No list of materials; no longer in use for the near miss."""
    name = _name(site)
    item(site, name, material=None, item={"status": "停用" if near else "在用"})
    return name, "没有材料清单" + ("，已停用" if near else "")


@plant("insurance.item-without-standard")
def item_without_standard(site: Site, near: bool) -> tuple[str, str]:
    """The standard is not in force; the item is no longer in use for the near miss."""
    name = _name(site)
    item(site, name, standard={"repealed_on": site.day(6, 30)}, item={"status": "停用" if near else "在用"})
    return name, "执行的标准已废止" + ("，业务已停用" if near else "")


@plant("insurance.item-disturbed")
def item_disturbed(site: Site, near: bool) -> tuple[str, str]:
    """A merger broke the process and the standard is older; newer for the near miss."""
    name = _name(site)
    merged = site.day(1, 1, -4 if near else -1)
    item(site, name, item={"process_changed": True, "merged_on": merged})
    return name, f"{merged}并险，其后" + ("有" if near else "没有") + "新标准"


def _standard(site: Site, near: bool, hit: Row, miss: Row) -> str:
    row = {**offices.business_standard(site), **(miss if near else hit)}
    _put(site, "standard", row)
    return str(row["standard_no"])


@plant("insurance.standard-without-matter")
def standard_without_matter(site: Site, near: bool) -> tuple[str, str]:
    """No repetitive matter named; repealed for the near miss."""
    gone: Row = {"repetitive_matter": None, "repealed_on": site.day(6, 30)}
    return _standard(site, near, {"repetitive_matter": None}, gone), "未写明重复性事项"


@plant("insurance.standard-not-in-force")
def standard_not_in_force(site: Site, near: bool) -> tuple[str, str]:
    """No date in force; in force on the day of issue for the near miss."""
    return _standard(site, near, {"in_force_on": None}, {"in_force_on": site.day(1, 10, -3)}), "实施日期"


@plant("insurance.business-standard-incomplete")
def business_standard_incomplete(site: Site, near: bool) -> tuple[str, str]:
    """No qualification in a business standard; in a service standard for the near miss."""
    miss: Row = {"qualification": None, "kind": "服务标准"}
    return _standard(site, near, {"qualification": None}, miss), "没有能力资格要求"


def bureau(site: Site) -> str:
    """An office of its own with the five main sections."""
    name = f"{site.name.removesuffix('社区')}{site.serial()}社保所"
    for section, function in SECTIONS:
        _put(
            site,
            "section",
            {**offices.section(site), "office": name, "section": section, "function": function},
        )
    return name


def _section(site: Site, office: str, **changes: object) -> None:
    _put(site, "section", {**offices.section(site), "office": office, **changes})


@plant("insurance.section-missing")
def section_missing(site: Site, near: bool) -> tuple[str, str]:
    """No section audits; one of another name does for the near miss."""
    name = f"{site.name.removesuffix('社区')}{site.serial()}社保所"
    for section, function in SECTIONS:
        if section != "稽核科":
            _section(site, name, section=section, function=function)
    if near:
        _section(site, name, section="督查科", function="稽查参保单位")
    return name, "稽核职能" + ("由督查科承担" if near else "无科室承担")


@plant("insurance.section-overloaded")
def section_overloaded(site: Site, near: bool) -> tuple[str, str]:
    """Over 3,000 cases a person; exactly 3,000 for the near miss."""
    name = bureau(site)
    _section(site, name, staff=2, workload=yuan(6000 if near else 6100))
    return name, "档案科人均业务量" + ("等于" if near else "超过") + "上限"


@plant("insurance.section-without-function", near=False)
def section_without_function(site: Site, near: bool) -> tuple[str, str]:
    """A section nobody knows the function of."""
    name = bureau(site)
    _section(site, name, section="综合科", function=None)
    return name, "综合科没有职能定位"


@plant("insurance.supervision-workload")
def supervision_workload(site: Site, near: bool) -> tuple[str, str]:
    """Over 500 cases a supervisor; exactly 500 for the near miss."""
    name = bureau(site)
    _section(
        site, name, section="医保监管科", function="医保监管", staff=2, workload=yuan(1000 if near else 1100)
    )
    return name, "监管人均业务量" + ("等于" if near else "超过") + "上限"


@plant("insurance.auditor-untrained")
def auditor_untrained(site: Site, near: bool) -> tuple[str, str]:
    """An auditor without training in sampling; trained in all three for the near miss."""
    row = offices.auditor(site)
    _put(site, "staff", row)
    offices.train(site, row["name"], ("统计", "抽样", "网络") if near else ("统计", "网络"))
    return f"{row['staff_no']}|{row['name']}", "三类方法" + ("都已培训" if near else "缺抽样")


@plant("insurance.auditor-not-versed")
def auditor_not_versed(site: Site, near: bool) -> tuple[str, str]:
    """An auditor who knows pensions only; the five by name for the near miss."""
    row = offices.auditor(site) | {"knows": "养老、失业、医疗、工伤、生育" if near else "养老"}
    _put(site, "staff", row)
    offices.train(site, row["name"])
    return f"{row['staff_no']}|{row['name']}", f"熟悉{row['knows']}"


@plant("insurance.plan-incomplete")
def plan_incomplete(site: Site, near: bool) -> tuple[str, str]:
    """A plan without a method; complete for the near miss."""
    title = site.number("专项监管计划")
    _put(
        site,
        "supervision_plan",
        {
            "year": site.year,
            "title": title,
            "indicators": "次均费用",
            "planned": 9,
            "method": "抽样" if near else None,
            "approved_on": site.day(2, 2),
        },
    )
    return title, "监管方法" + ("齐全" if near else "缺")


def _area(site: Site) -> str:
    return f"{site.name.removesuffix('社区')}{site.serial()}镇"


@plant("assistance.standard-lags")
def standard_lags(site: Site, near: bool) -> tuple[str, str]:
    """The standard grew by 1 %, income by 6 %; both by 6 % for the near miss."""
    area = _area(site)
    assistance.standard(site, area, (850, 901) if near else (900, 909), 6, 800)
    return area, "标准与收入" + ("同步" if near else "不同步") + "增长"


@plant("assistance.standard-below-need")
def standard_below_need(site: Site, near: bool) -> tuple[str, str]:
    """Below the cost written with it; equal for the near miss."""
    area = _area(site)
    assistance.standard(site, area, (850, 930), 6, 880, living_cost=yuan(930 if near else 960))
    return area, "标准" + ("等于" if near else "低于") + "生活需要"


@plant("assistance.standard-below-spending")
def standard_below_spending(site: Site, near: bool) -> tuple[str, str]:
    """Below the year's cost of living; equal for the near miss."""
    area = _area(site)
    assistance.standard(site, area, (850, 930), 6, 930 if near else 960, living_cost=yuan(900))
    return area, "标准" + ("等于" if near else "低于") + "基本生活支出"


@plant("assistance.standard-without-basis")
def standard_without_basis(site: Site, near: bool) -> tuple[str, str]:
    """No basis; several authorities for the near miss."""
    area = _area(site)
    changes: Row = {"authorities": "民政局、财政局、统计局"} if near else {"basis": None}
    assistance.standard(site, area, (850, 930), 6, 880, **changes)
    return area, "几个机关联合发布" if near else "没有测算依据"

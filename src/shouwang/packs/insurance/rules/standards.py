"""Standards and business items: what is handled differently, or without a standard (S10-49 – S10-52)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


def not_shared(rows: ir.Table, what: str) -> ir.Table:
    """The lines of an item that not every office with that item has.

    ``rows`` has one line per office, item and ``what`` (a material, form or step). An office that
    lists nothing for the item says nothing about it and is not counted.
    """
    told = rows.filter(~absent(rows.office) & ~absent(rows.item) & ~absent(rows[what]))
    of_item = told.group_by("item").agg(offices=told.office.nunique())
    of_what = told.group_by(["item", what]).agg(sharing=told.office.nunique())
    both = told.join(of_item, "item").join(of_what, ["item", what])
    return both.filter(both.sharing < both.offices)


@rule(
    "insurance.materials-differ",
    "同一业务各机构所需材料不同",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-25", "S10-26", "S10-50"],
    reads={"insurance.item_material": "item"},
    remedy="统一该业务的申报材料",
    risk_point="insurance.item-differs",
    looks_alike="只有一个机构办理的业务；材料相同而顺序不同",
)
def materials_differ(t: Tables, p: ParameterView) -> Hits:
    """Offices ask for different materials in the same item."""
    rows = not_shared(t.item_material, "material")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        because="“{item}”在{offices}个机构办理，材料不一致：{material}（{office}）",
    )


@rule(
    "insurance.forms-differ",
    "同一业务各机构所用表单不同",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-25", "S10-27", "S10-50"],
    reads={"insurance.item_form": "item"},
    remedy="统一该业务的表单",
    risk_point="insurance.item-differs",
    looks_alike="只有一个机构办理的业务",
)
def forms_differ(t: Tables, p: ParameterView) -> Hits:
    """Offices use different forms in the same item."""
    rows = not_shared(t.item_form, "form")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        because="“{item}”在{offices}个机构办理，表单不一致：{form}（{office}）",
    )


@rule(
    "insurance.steps-differ",
    "同一业务各机构程序不同",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-25", "S10-28", "S10-50"],
    reads={"insurance.process_step": "item"},
    remedy="统一该业务的办理环节",
    risk_point="insurance.item-differs",
    looks_alike="只有一个机构办理的业务",
)
def steps_differ(t: Tables, p: ParameterView) -> Hits:
    """Offices take different steps in the same item."""
    rows = not_shared(t.process_step, "step")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        because="“{item}”在{offices}个机构办理，环节不一致：{step}（{office}）",
    )


def _in_force(standards: ir.Table, day: ir.DateValue) -> ir.Table:
    live = (standards.in_force_on.isnull() | (standards.in_force_on <= day)) & (
        standards.repealed_on.isnull() | (standards.repealed_on > day)
    )
    return standards.filter(live).select("standard_no").distinct()


@rule(
    "insurance.item-without-standard",
    "业务没有现行标准",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-25", "S10-52"],
    reads={"insurance.business_item": None, "insurance.standard": None},
    needs={"insurance.business_item": ["standard_no"]},
    remedy="制定并发布该业务的标准",
    risk_point="insurance.no-standard",
    looks_alike="标准在目录中且现行；已停用的事项",
)
def item_without_standard(t: Tables, p: ParameterView) -> Hits:
    """An item in use names no standard, or one that the catalogue does not have in force."""
    items = t.business_item.filter(t.business_item.status.fill_null("在用") == "在用")
    rows = items.anti_join(_in_force(t.standard, ibis.literal(p.as_of)), "standard_no")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        because="“{item}”（{office}）执行标准{standard_no}，标准目录中没有现行的该标准",
    )


@rule(
    "insurance.item-disturbed",
    "险种合并打乱流程而无新标准",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S10-51"],
    reads={"insurance.business_item": None},
    optional={"insurance.standard": None},
    remedy="重新梳理流程，发布合并后的标准",
    risk_point="insurance.merger",
    looks_alike="合并后已发布新标准；流程未受影响",
)
def item_disturbed(t: Tables, p: ParameterView) -> Hits:
    """A merger of insurances broke an item's process, and no standard came into force since."""
    disturbed = t.business_item.filter(
        t.business_item.process_changed & (t.business_item.status.fill_null("在用") == "在用")
    )
    since = t.standard.group_by("standard_no").agg(in_force_on=t.standard.in_force_on.max())
    both = disturbed.left_join(since, "standard_no")
    old = (both.in_force_on < both.merged_on).fill_null(False)
    rows = both.filter(both.in_force_on.isnull() | old)
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        on=rows.merged_on,
        because="“{item}”（{office}）原流程因险种合并（{merged_on}）被打乱，执行标准{standard_no}，实施日期{in_force_on}",
    )


@rule(
    "insurance.handled-outside-catalogue",
    "办理了目录以外的业务",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-25", "S10-52"],
    reads={"insurance.handling": "item", "insurance.business_item": "item"},
    remedy="按统一名称登记，或补入业务事项目录",
    risk_point="insurance.no-standard",
    looks_alike="事项名称与目录一致",
)
def handled_outside_catalogue(t: Tables, p: ParameterView) -> Hits:
    """Cases are logged under a name that the catalogue of items does not have."""
    rows = t.handling.filter(~absent(t.handling.item)).anti_join(t.business_item, "item")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        on=rows.accepted_on,
        because="“{item}”办理{n}件，业务事项目录中没有这个名称",
    )


@rule(
    "insurance.standard-without-matter",
    "标准未写明所对应的重复性事项",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-39", "S10-49"],
    reads={"insurance.standard": "standard_no"},
    needs={"insurance.standard": ["repetitive_matter"]},
    remedy="写明标准所服务的重复性事项",
    risk_point="insurance.no-standard",
    looks_alike="已废止的标准",
    basis="GB/T 3951-83",
)
def standard_without_matter(t: Tables, p: ParameterView) -> Hits:
    """A standard does not name the repetitive matter it serves."""
    s = t.standard
    live = s.repealed_on.isnull() | (s.repealed_on > ibis.literal(p.as_of))
    return hits(
        s,
        where=absent(s.repetitive_matter) & live,
        subject=s.standard_no,
        name=s.title,
        on=s.issued_on,
        because="《{title}》（{standard_no}）没有写明对应的重复性事项",
    )


@rule(
    "insurance.standard-not-in-force",
    "标准未发布或无实施日期",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-17", "S10-41"],
    reads={"insurance.standard": "standard_no"},
    needs={"insurance.standard": ["version", "in_force_on"]},
    remedy="补记版本和实施日期，发布后实施",
    risk_point="insurance.no-standard",
    looks_alike="版本与实施日期齐全",
)
def standard_not_in_force(t: Tables, p: ParameterView) -> Hits:
    """A standard is kept without its version or its date in force, or is in force before its issue."""
    s = t.standard
    early = (s.in_force_on < s.issued_on).fill_null(False)
    return hits(
        s,
        where=absent(s.version) | s.in_force_on.isnull() | early,
        subject=s.standard_no,
        name=s.title,
        on=s.issued_on,
        because="《{title}》（{standard_no}）版本{version}，发布{issued_on}，实施{in_force_on}",
    )


@rule(
    "insurance.business-standard-incomplete",
    "业务标准内容不全",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-22", "S10-23", "S10-24"],
    reads={"insurance.standard": "standard_no"},
    needs={
        "insurance.standard": ["work_content", "duties", "links_inside", "links_outside", "qualification"]
    },
    remedy="补充岗位工作内容、职责权限、内外联系和能力资格",
    risk_point="insurance.no-standard",
    looks_alike="其他四类标准不要求岗位内容",
)
def business_standard_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A business standard lacks content, duties, links or the qualification of the staff."""
    s = t.standard
    lacking = (
        absent(s.work_content)
        | absent(s.duties)
        | absent(s.links_inside)
        | absent(s.links_outside)
        | absent(s.qualification)
    )
    return hits(
        s,
        where=(s.kind == "业务标准") & lacking,
        subject=s.standard_no,
        name=s.title,
        on=s.issued_on,
        because="业务标准《{title}》（岗位{post}）内容不全：工作内容{work_content}，职责{duties}，"
        "内部联系{links_inside}，外部联系{links_outside}，资格{qualification}",
    )


@rule(
    "insurance.form-without-rules",
    "表单没有填写规范",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-27"],
    reads={"insurance.item_form": "item"},
    needs={"insurance.item_form": ["rules"]},
    remedy="补充填写规范",
    risk_point="insurance.item-differs",
    looks_alike="已有填写说明",
)
def form_without_rules(t: Tables, p: ParameterView) -> Hits:
    """A form is used without rules of filling it in."""
    f = t.item_form
    return hits(
        f,
        where=absent(f.rules),
        subject=f.item,
        name=f.item,
        key=f.form,
        because="“{item}”的表单《{form}》没有填写规范",
    )


@rule(
    "insurance.item-without-materials",
    "业务没有材料清单",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-25", "S10-26"],
    reads={"insurance.business_item": "item", "insurance.item_material": "item"},
    remedy="公布该业务的统一材料清单",
    risk_point="insurance.item-differs",
    looks_alike="另一机构已列出材料的同名业务；停用的事项",
)
def item_without_materials(t: Tables, p: ParameterView) -> Hits:
    """An item in use has no list of materials at any office."""
    items = t.business_item.filter(t.business_item.status.fill_null("在用") == "在用")
    rows = items.anti_join(t.item_material, "item")
    return hits(
        rows,
        subject=rows.item,
        name=rows.item,
        because="“{item}”（{office}）没有材料清单",
    )

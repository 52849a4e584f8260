"""Sections, staff, training, platforms (S10-14, S10-53, S10-54, S10-61 – S10-64, S10-89 – S10-91)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import in_line, mentions, not_failed
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

#: The sections that must exist everywhere (S10-89), and words by which an office's own name is known.
REQUIRED_SECTIONS = {
    "财务": ("财务", "基金管理", "会计"),
    "申报征缴": ("征缴", "申报", "征收"),
    "稽核": ("稽核", "稽查"),
    "待遇审批": ("待遇", "审批", "支付"),
    "社会化管理": ("社会化", "退休管理", "退管"),
}


@rule(
    "insurance.section-missing",
    "主要科室设置不全",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-03", "S10-04", "S10-05", "S10-06", "S10-07", "S10-53", "S10-89"],
    reads={"insurance.section": None},
    remedy="设置缺少的主要科室或明确由何科室承担",
    risk_point="insurance.sections",
    looks_alike="名称不同而职能相同的科室；当地另设的科室",
)
def section_missing(t: Tables, p: ParameterView) -> Hits:
    """An office lacks one of the five main sections, by the name or the stated function of its sections."""
    s = t.section
    office = s.office.fill_null("")
    flagged = s.mutate(
        office_name=office,
        **{
            f"has_{i}": (mentions(s.section, *words) | mentions(s.function, *words)).cast("int64")
            for i, words in enumerate(REQUIRED_SECTIONS.values())
        },
    )
    window = ibis.window(group_by=flagged.office_name)
    missing: ir.StringValue = ibis.literal("")
    for i, label in enumerate(REQUIRED_SECTIONS):
        lacks = flagged[f"has_{i}"].max().over(window) == 0
        missing = missing + ibis.ifelse(lacks, label + "；", "")
    rows = flagged.mutate(missing=missing)
    rows = rows.filter(rows.missing != "")
    return hits(
        rows,
        subject=rows.office.coalesce(rows.division, ibis.literal("全部")),
        name=rows.office,
        because="{office}现有科室{section}，缺少：{missing}",
    )


@rule(
    "insurance.section-overloaded",
    "科室业务量与人员不匹配",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S10-09", "S10-14", "S10-85"],
    reads={"insurance.section": "section"},
    needs={"insurance.section": ["staff", "workload"]},
    uses=["insurance.workload_per_person"],
    remedy="按业务量调整人员",
    risk_point="insurance.sections",
    looks_alike="人均业务量等于上限",
)
def section_overloaded(t: Tables, p: ParameterView) -> Hits:
    """A section has more work per person than the limit, or work and nobody to do it."""
    limit = ibis.literal(p["insurance.workload_per_person"])
    s = t.section
    return hits(
        s,
        where=s.workload > s.staff.fill_null(0) * limit,
        subject=s.office.coalesce(s.section),
        name=s.section,
        key=s.section,
        because="{office}{section}业务量{workload}，在岗{staff}人（编制{established}人），超过人均上限",
    )


@rule(
    "insurance.section-without-function",
    "科室没有职能定位",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S10-14"],
    reads={"insurance.section": "section"},
    needs={"insurance.section": ["function"]},
    remedy="明确科室职能",
    risk_point="insurance.sections",
    looks_alike="已写明职责",
)
def section_without_function(t: Tables, p: ParameterView) -> Hits:
    """A section has no stated function."""
    s = t.section
    return hits(
        s,
        where=absent(s.function),
        subject=s.office.coalesce(s.section),
        name=s.section,
        key=s.section,
        because="{office}{section}没有职能定位",
    )


def _auditors(t: Tables, today: ir.DateValue) -> ir.Table:
    """Staff in post whose section or post is of audit or supervision."""
    s = t.staff
    in_post = s.left_on.isnull() | (s.left_on > today)
    watches = mentions(s.section, "稽核", "监管", "监督") | mentions(s.post, "稽核", "监管", "监督")
    return s.filter(in_post & watches)


@rule(
    "insurance.auditor-untrained",
    "稽核监管人员未受方法培训",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-61", "S10-90"],
    reads={"insurance.staff": "name", "office.training": "name"},
    remedy="安排统计学、抽样调查和网络方法培训",
    risk_point="insurance.staff",
    looks_alike="三类方法都已培训合格；非稽核监管岗位",
)
def auditor_untrained(t: Tables, p: ParameterView) -> Hits:
    """An auditor or supervisor lacks training in statistics, sampling surveys or network methods."""
    trained = t.training.filter(in_line(t.training, "社会保障") & not_failed(t.training))
    text = trained.kind.fill_null("") + trained.topic.fill_null("")
    marked = trained.select(
        "name",
        statistics=mentions(text, "统计").cast("int64"),
        sampling=mentions(text, "抽样").cast("int64"),
        network=mentions(text, "网络", "信息技术", "计算机", "大数据").cast("int64"),
    )
    learned = marked.group_by("name").agg(
        statistics=marked.statistics.max(), sampling=marked.sampling.max(), network=marked.network.max()
    )
    rows = _auditors(t, ibis.literal(p.as_of)).left_join(learned, "name")
    lacks = ibis.literal("")
    for column, label in (("statistics", "统计学"), ("sampling", "抽样调查"), ("network", "网络方法")):
        lacks = lacks + ibis.ifelse(rows[column].fill_null(0) == 0, label + "；", "")
    rows = rows.mutate(lacks=lacks)
    rows = rows.filter(rows.lacks != "")
    return hits(
        rows,
        subject=rows.person.coalesce(rows.staff_no, rows.name),
        name=rows.name,
        on=rows.joined_on,
        because="{section}{name}（{post}）没有受过培训：{lacks}",
    )


@rule(
    "insurance.auditor-not-versed",
    "稽核人员不熟悉全部业务",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-61"],
    reads={"insurance.staff": "name"},
    needs={"insurance.staff": ["knows"]},
    remedy="安排医疗保险等业务的学习和轮岗",
    risk_point="insurance.staff",
    looks_alike="写明“全部业务”；五险都列出",
)
def auditor_not_versed(t: Tables, p: ParameterView) -> Hits:
    """An auditor's known business does not include all five insurances."""
    s = t.staff
    in_post = s.left_on.isnull() | (s.left_on > ibis.literal(p.as_of))
    audits = mentions(s.section, "稽核") | mentions(s.post, "稽核")
    everything = mentions(s.knows, "全部", "所有业务", "五险", "各险种")
    all_five = (
        mentions(s.knows, "养老")
        & mentions(s.knows, "失业")
        & mentions(s.knows, "医疗", "医保")
        & mentions(s.knows, "工伤")
        & mentions(s.knows, "生育")
    )
    return hits(
        s,
        where=audits & in_post & ~everything & ~all_five,
        subject=s.person.coalesce(s.staff_no, s.name),
        name=s.name,
        on=s.joined_on,
        because="{section}{name}（{post}）熟悉的业务：{knows}",
    )


@rule(
    "insurance.platform-incomplete",
    "社区社会保障平台缺人员、职责或服务记录",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-11", "S10-62", "S10-91"],
    reads={"insurance.community_platform": "platform"},
    optional={"insurance.platform_service": "platform"},
    needs={"insurance.community_platform": ["staff"]},
    remedy="配备人员，明确职责，登记服务",
    risk_point="insurance.platform",
    looks_alike="服务另有明细登记",
)
def platform_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A platform has no staff, no duties, or no service on record, where these are asked for."""
    served = t.platform_service.group_by("platform").agg(
        served=t.platform_service.ref_platform_service.count()
    )
    rows = t.community_platform.left_join(served, "platform")
    services = rows.services.fill_null(0) + rows.served.fill_null(0)
    lacks = (
        ibis.ifelse(rows.staff.fill_null(0) == 0, "人员；", "")
        + ibis.ifelse(absent(rows.duties), "职责；", "")
        + ibis.ifelse(services == 0, "服务记录；", "")
    )
    rows = rows.mutate(lacks=lacks)
    rows = rows.filter(rows.lacks != "")
    return hits(
        rows,
        subject=rows.platform,
        name=rows.platform,
        on=rows.established_on,
        because="{platform}缺少：{lacks}",
    )


@rule(
    "insurance.platform-without-means",
    "社区平台缺经费或编制",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-64"],
    reads={"insurance.community_platform": "platform"},
    needs={"insurance.community_platform": ["established", "funding"]},
    remedy="落实编制和工作经费",
    risk_point="insurance.platform-means",
    looks_alike="编制、经费均已落实；栏目空白（未填不等于没有）",
)
def platform_without_means(t: Tables, p: ParameterView) -> Hits:
    """A platform has no post or no money of its own, written as 0."""
    c = t.community_platform
    return hits(
        c,
        where=(c.established == 0).fill_null(False) | (c.funding == 0).fill_null(False),
        subject=c.platform,
        name=c.platform,
        on=c.established_on,
        because="{platform}编制{established}人，工作经费{funding}元，在岗{staff}人",
    )


@rule(
    "insurance.platform-staff-short",
    "平台人员与退休人员数不相称",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-10", "S10-62", "S10-64", "S10-65"],
    reads={"insurance.community_platform": "platform"},
    needs={"insurance.community_platform": ["staff", "retirees"]},
    uses=["insurance.retirees_per_worker"],
    remedy="增配社区平台人员",
    risk_point="insurance.platform",
    looks_alike="人均管理数等于上限",
)
def platform_staff_short(t: Tables, p: ParameterView) -> Hits:
    """A platform manages more retirees per worker than the limit."""
    limit = p["insurance.retirees_per_worker"]
    c = t.community_platform
    return hits(
        c,
        where=c.retirees > c.staff.fill_null(0) * limit,
        subject=c.platform,
        name=c.platform,
        on=c.established_on,
        because="{platform}工作人员{staff}人，管理退休人员{retirees}人，超过人均上限",
    )


@rule(
    "insurance.matter-unsettled",
    "科室撤并阻碍未解决",
    severity=Severity.LOW,
    subject="record",
    seeds=["S10-54"],
    reads={"insurance.coordination_matter": "matter_no"},
    remedy="列入机构改革风险，明确责任人和时限",
    risk_point="insurance.reorganisation",
    looks_alike="已解决的事项",
)
def matter_unsettled(t: Tables, p: ParameterView) -> Hits:
    """A relation that hinders removing or merging sections is not settled."""
    m = t.coordination_matter
    return hits(
        m,
        where=(m.kind == "科室撤并阻碍") & m.settled_on.isnull(),
        subject=m.matter_no.coalesce(m.matter),
        name=m.matter,
        on=m.raised_on,
        because="{parties}：{matter}（责任人{owner}）尚未解决",
    )


@rule(
    "insurance.duties-unclear",
    "社区与社保部门职责没有书面分工",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S10-63"],
    reads={"insurance.coordination_matter": "matter_no"},
    needs={"insurance.coordination_matter": ["document"]},
    remedy="签订书面职责分工",
    risk_point="insurance.relations",
    looks_alike="已有书面分工文件",
)
def duties_unclear(t: Tables, p: ParameterView) -> Hits:
    """An unclear relation between community and agency has no written division of duties."""
    m = t.coordination_matter
    return hits(
        m,
        where=(m.kind == "社区职责不清") & absent(m.document),
        subject=m.matter_no.coalesce(m.matter),
        name=m.matter,
        on=m.raised_on,
        because="{parties}：{matter}，没有书面职责分工",
    )


@rule(
    "insurance.platform-without-agreement",
    "社区平台没有职责分工文件",
    severity=Severity.LOW,
    subject="division",
    seeds=["S10-63"],
    reads={"insurance.community_platform": "platform"},
    needs={"insurance.community_platform": ["agreement"]},
    remedy="与社保部门签订书面职责分工",
    risk_point="insurance.relations",
    looks_alike="已注明分工文件",
)
def platform_without_agreement(t: Tables, p: ParameterView) -> Hits:
    """A platform names no written division of duties with the agency."""
    c = t.community_platform
    return hits(
        c,
        where=absent(c.agreement),
        subject=c.platform,
        name=c.platform,
        on=c.established_on,
        because="{platform}与社保部门之间没有书面职责分工",
    )

"""People and bodies: qualification, training, disclosure, review, archives, entrustment, real things."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.accounting.rules.common import located
from shouwang.risk.expressions import in_line, mentions, months_earlier
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

ACCOUNTANT: dict[str, None] = {"accounting.accountant": None}


def of_accounts(archive: ir.Table) -> ir.BooleanValue:
    """A volume of accounts: by its class, or where none is stated by its voucher numbers or its title."""
    by_itself = archive.first_voucher.notnull() | mentions(
        archive.title, "凭证", "账簿", "账册", "会计", "报表"
    )
    return ibis.ifelse(absent(archive.kind), by_itself, mentions(archive.kind, "会计"))


def serving(accountant: ir.Table, p: ParameterView) -> ir.BooleanValue:
    """In post on the day of the scan."""
    return accountant.until.isnull() | (accountant.until >= p.as_of)


@rule(
    "accounting.unqualified-past-deadline",
    "限期已过仍无会计资格",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S9-67", "S9-15"],
    reads=ACCOUNTANT,
    needs={"accounting.accountant": ("qualification_no", "deadline_on")},
    remedy="停止上岗，取得资格后再任用",
    risk_point="accounting.uneven-quality",
    looks_alike="限期未到；已离任",
)
def unqualified_past_deadline(t: Tables, p: ParameterView) -> Hits:
    """The set time to gain a qualification has passed without one."""
    rows = t.accountant
    return hits(
        rows,
        where=serving(rows, p)
        & absent(rows.qualification_no)
        & (rows.deadline_on < p.as_of).fill_null(False),
        subject=rows.name,
        name=rows.name,
        on=rows.deadline_on,
        key=rows.post,
        because="{division}{post}{name}应于{deadline_on}前取得会计资格，没有证号",
    )


@rule(
    "accounting.accountant-unqualified",
    "代管会计无证上岗",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S9-58", "S9-51"],
    reads=ACCOUNTANT,
    needs={"accounting.accountant": ("qualification_no",)},
    remedy="限期取得会计资格",
    risk_point="accounting.uneven-quality",
    looks_alike="理财小组成员、村干部不要求会计资格；已离任",
)
def accountant_unqualified(t: Tables, p: ParameterView) -> Hits:
    """A bookkeeping or fund accountant works without a certificate."""
    rows = t.accountant
    keeps_books = mentions(rows.post, "记账会计", "资金会计", "记帐会计")
    return hits(
        rows,
        where=serving(rows, p) & keeps_books & absent(rows.qualification_no),
        subject=rows.name,
        name=rows.name,
        on=rows.since,
        key=rows.post,
        because="{post}{name}没有会计资格证号",
    )


@rule(
    "accounting.two-cashiers",
    "一村设两名以上出纳",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-05"],
    reads=ACCOUNTANT,
    remedy="村级只设一名出纳",
    risk_point="accounting.rights-mixed",
    looks_alike="前任出纳已离任",
)
def two_cashiers(t: Tables, p: ParameterView) -> Hits:
    """More than one cashier of a village is in post."""
    rows = located(t.accountant)
    cashiers = rows.filter(serving(rows, p) & mentions(rows.post, "出纳") & rows.owner.notnull())
    window = ibis.window(group_by=cashiers.owner)
    cashiers = cashiers.mutate(one=cashiers.name.min().over(window), other=cashiers.name.max().over(window))
    return hits(
        cashiers,
        where=cashiers.one != cashiers.other,
        subject=cashiers.division,
        name=cashiers.division,
        mask={"name": "name"},
        because="{division}现有出纳：{name}",
    )


@rule(
    "accounting.general-cashier",
    "乡镇设总的社区出纳",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S9-43"],
    reads=ACCOUNTANT,
    needs={"accounting.accountant": ("unit",)},
    remedy="撤销总出纳，由各社区报账员报账",
    risk_point="accounting.rights-mixed",
    looks_alike="村、社区自己的出纳；中心的资金会计",
)
def general_cashier(t: Tables, p: ParameterView) -> Hits:
    """A cashier in post at the township or the centre."""
    rows = t.accountant
    above = mentions(rows.unit, "服务中心", "核算中心", "镇政府", "乡政府", "街道办", "人民政府")
    return hits(
        rows,
        where=serving(rows, p) & mentions(rows.post, "出纳") & above,
        subject=rows.name,
        name=rows.name,
        on=rows.since,
        key=rows.unit,
        because="{unit}设有出纳{name}",
    )


@rule(
    "accounting.not-trained-since-system",
    "现行会计制度施行后未培训（知识老化）",
    severity=Severity.LOW,
    subject="person",
    seeds=["S9-54", "S9-29", "S9-30"],
    reads={"accounting.accountant": None, "office.training": None},
    uses=["accounting.system_since"],
    remedy="组织参加现行会计制度培训",
    risk_point="accounting.knowledge-outdated",
    looks_alike="施行当日培训；已离任",
)
def not_trained_since_system(t: Tables, p: ParameterView) -> Hits:
    """In post and without any training since the accounting system in force took effect."""
    since = p["accounting.system_since"]
    people = located(t.accountant).filter(serving(t.accountant, p))
    courses = located(t.training).filter(in_line(t.training, "财会") & (t.training.trained_on >= since))
    trained = courses.select(of="owner", trained_name="name")
    here = people.owner.isnull() | trained.of.isnull() | (people.owner == trained.of)
    rows = people.anti_join(trained, (people.name == trained.trained_name) & here)
    return hits(
        rows,
        subject=rows.name,
        name=rows.name,
        key=rows.post,
        facts={"since": ibis.literal(since)},
        because="{division}{post}{name}自{since}现行会计制度施行后没有培训记录",
    )


def silent(villages: ir.Table, acts: ir.Table, p: ParameterView, months: int, day: str, ref: str) -> ir.Table:
    """Villages whose latest act lies so many months back or that have none; ``latest``, ``division``."""
    since = months_earlier(p.as_of, months)
    acts = located(acts)
    acts = acts.filter(acts.owner.notnull() & (acts[day] <= p.as_of))
    done = acts.group_by("owner").aggregate(latest=acts[day].max(), **{ref: acts[ref].max()})
    known = located(villages)
    known = (
        known.filter(known.owner.notnull())
        .group_by("owner")
        .aggregate(division=known.division.min(), ref_entrustment=known.ref_entrustment.min())
    )
    rows = known.left_join(done, "owner")
    return rows.filter(rows.latest.isnull() | (rows.latest <= since))


@rule(
    "accounting.no-disclosure",
    "长期没有财务公开",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-52", "S9-62"],
    reads={"accounting.entrustment": None, "accounting.disclosure": None},
    uses=["accounting.disclosure_months"],
    remedy="按期公开财务",
    risk_point="accounting.disclosure-and-review",
    looks_alike="期内公开过；只公开居务不算财务公开",
)
def no_disclosure(t: Tables, p: ParameterView) -> Hits:
    """An entrusted village whose latest publication of finances lies too far back."""
    finance = t.disclosure.filter(mentions(t.disclosure.kind, "财务"))
    rows = silent(
        t.entrustment, finance, p, p["accounting.disclosure_months"], "published_on", "ref_disclosure"
    )
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.latest,
        because="{division}最近一次财务公开：{latest}",
    )


@rule(
    "accounting.no-review-by-group",
    "长期没有民主理财或监督审查",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-52", "S9-25"],
    reads={"accounting.entrustment": None, "accounting.review": None},
    uses=["accounting.review_months"],
    remedy="由民主理财小组、财务监督小组审查账目",
    risk_point="accounting.disclosure-and-review",
    looks_alike="期内审查过一次",
)
def no_review_by_group(t: Tables, p: ParameterView) -> Hits:
    """An entrusted village whose latest review of accounts lies too far back."""
    rows = silent(t.entrustment, t.review, p, p["accounting.review_months"], "reviewed_on", "ref_review")
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.latest,
        because="{division}最近一次理财审查：{latest}",
    )


@rule(
    "accounting.dispute-undecided",
    "有争议的开支未经村民会议决定",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-26"],
    reads={"accounting.review": None},
    needs={"accounting.review": ("disputed", "decided_on")},
    remedy="提请村民会议（村民代表会议）决定",
    risk_point="accounting.disclosure-and-review",
    looks_alike="没有争议；已经决定",
)
def dispute_undecided(t: Tables, p: ParameterView) -> Hits:
    """A disputed item has not been decided by the villagers' meeting."""
    rows = t.review
    disputed = ~absent(rows.disputed) & ~rows.disputed.isin(["无", "没有", "无争议"]).fill_null(False)
    return hits(
        rows,
        where=disputed & rows.decided_on.isnull(),
        subject=rows.division,
        name=rows.division,
        on=rows.reviewed_on,
        key=rows.reviewed_on.cast("string"),
        because="{division}{reviewed_on}审查时有争议开支“{disputed}”，没有村民会议决定",
    )


@rule(
    "accounting.archive-without-number",
    "会计档案没有编号",
    severity=Severity.LOW,
    subject="record",
    seeds=["S9-53", "S9-63"],
    reads={"office.archive": None},
    needs={"office.archive": ("archive_no",)},
    remedy="编号归档",
    risk_point="accounting.archives-incomplete",
    looks_alike="已编号的档案",
)
def archive_without_number(t: Tables, p: ParameterView) -> Hits:
    """A volume of accounting archives without a number."""
    rows = t.archive
    return hits(
        rows,
        where=of_accounts(rows) & absent(rows.archive_no),
        subject=rows.title,
        name=rows.division,
        on=rows.filed_on,
        key=rows.division,
        because="{division}会计档案“{title}”没有档案号",
    )


@rule(
    "accounting.archive-month-missing",
    "会计档案缺月份",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-53", "S9-18"],
    reads={"office.archive": None},
    needs={"office.archive": ("month",)},
    remedy="查找缺失月份的凭证并补归档",
    risk_point="accounting.archives-incomplete",
    looks_alike="首尾之间月份齐全",
)
def archive_month_missing(t: Tables, p: ParameterView) -> Hits:
    """Between two archived months of a village another month is missing."""
    rows = located(t.archive).filter(of_accounts(t.archive) & t.archive.month.notnull())
    window = ibis.window(group_by=rows.owner, order_by=[rows.month, rows.ref_archive])
    rows = rows.mutate(before=rows.month.lag().over(window))
    gap = (rows.month.year() - rows.before.year()) * 12 + rows.month.month() - rows.before.month()
    return hits(
        rows,
        where=(gap > 1).fill_null(False),
        subject=rows.division,
        name=rows.division,
        on=rows.month,
        key=rows.month.cast("string"),
        facts={"missing": gap - 1},
        because="{division}会计档案在{before:month}与{month:month}之间缺{missing}个月",
    )


@rule(
    "accounting.body-undefined",
    "代理记账机构性质或经费来源不明",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-48"],
    reads={"accounting.entrustment": None},
    needs={"accounting.entrustment": ("legal_nature", "funding")},
    remedy="明确机构性质和经费来源并写入协议",
    risk_point="accounting.body-undefined",
    looks_alike="两项均已写明",
)
def body_undefined(t: Tables, p: ParameterView) -> Hits:
    """The agreement does not record what the accounting body is or who pays for it."""
    rows = t.entrustment
    return hits(
        rows,
        where=absent(rows.legal_nature) | absent(rows.funding),
        subject=rows.division,
        name=rows.division,
        on=rows.signed_on,
        key=rows.agreement_no,
        because="{division}委托协议{agreement_no}：机构性质{legal_nature}，经费来源{funding}",
    )


@rule(
    "accounting.supervision-without-policy",
    "会计监督没有政策依据",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-49"],
    reads={"accounting.entrustment": None},
    needs={"accounting.entrustment": ("supervised_under",)},
    remedy="补充政策依据",
    risk_point="accounting.body-undefined",
    looks_alike="写明依据文件",
)
def supervision_without_policy(t: Tables, p: ParameterView) -> Hits:
    """The agreement names no policy on which accounting supervision rests."""
    rows = t.entrustment
    return hits(
        rows,
        where=absent(rows.supervised_under),
        subject=rows.division,
        name=rows.division,
        on=rows.signed_on,
        key=rows.agreement_no,
        because="{division}委托协议{agreement_no}没有写明会计监督的政策依据",
    )


@rule(
    "accounting.rights-not-kept",
    "委托协议没有写明四权不变",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-31", "S9-32", "S9-33", "S9-34"],
    reads={"accounting.entrustment": None},
    needs={"accounting.entrustment": ("rights_kept",)},
    remedy="在协议中写明所有权、使用权、审批权、监督权不变",
    risk_point="accounting.rights-mixed",
    looks_alike="以“四权不变”概括",
)
def rights_not_kept(t: Tables, p: ParameterView) -> Hits:
    """The agreement leaves out one of ownership, use, approval and supervision."""
    rows = t.entrustment
    named = ibis.literal(True)
    for right in ("所有权", "使用权", "审批权", "监督权"):
        named = named & mentions(rows.rights_kept, right, "四权")
    return hits(
        rows,
        where=~named,
        subject=rows.division,
        name=rows.division,
        on=rows.signed_on,
        key=rows.agreement_no,
        because="{division}委托协议{agreement_no}保留的权利：{rights_kept}",
    )


@rule(
    "accounting.manual-accounts",
    "手工记账",
    severity=Severity.LOW,
    subject="division",
    seeds=["S9-68", "S9-57"],
    reads={"accounting.entrustment": None},
    needs={"accounting.entrustment": ("computerised",)},
    remedy="改为会计电算化核算",
    risk_point="accounting.uneven-quality",
    looks_alike="已实行电算化；没有填写的",
)
def manual_accounts(t: Tables, p: ParameterView) -> Hits:
    """Accounts that are said not to be kept by computer."""
    rows = t.entrustment
    return hits(
        rows,
        where=(~rows.computerised).fill_null(False),
        subject=rows.division,
        name=rows.division,
        on=rows.signed_on,
        key=rows.agreement_no,
        because="{division}没有实行会计电算化",
    )


@rule(
    "accounting.asset-differs",
    "账实不符",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S9-42"],
    reads={"accounting.asset_check": None},
    remedy="查明差异，追回资产或更正账目",
    risk_point="accounting.books-not-real",
    looks_alike="账面与实有一致",
)
def asset_differs(t: Tables, p: ParameterView) -> Hits:
    """On site the quantity or value is not what the books say."""
    rows = t.asset_check
    fewer = (rows.book_quantity != rows.real_quantity).fill_null(False)
    value = (rows.book_value != rows.real_value).fill_null(False)
    return hits(
        rows,
        where=fewer | value,
        subject=rows.item,
        name=rows.division,
        on=rows.checked_on,
        amount=(rows.book_value - rows.real_value).abs(),
        key=ibis.coalesce(rows.division, ibis.literal("")) + " " + rows.checked_on.cast("string"),
        because="{division}{item}账面{book_quantity}件{book_value}元，实有{real_quantity}件{real_value}元",
    )


@rule(
    "accounting.audit-violation-open",
    "审计查出的违纪问题未纠正",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-64", "S9-27", "S9-28"],
    reads={"accounting.clean_up_audit": None},
    needs={"accounting.clean_up_audit": ("violation", "corrected_on")},
    remedy="限期纠正并回报",
    risk_point="accounting.collective-disorder",
    looks_alike="没有查出问题；已纠正",
)
def audit_violation_open(t: Tables, p: ParameterView) -> Hits:
    """A violation found by audit without a day of correction."""
    rows = t.clean_up_audit
    found = ~absent(rows.violation) & ~rows.violation.isin(["无", "没有", "未发现"]).fill_null(False)
    return hits(
        rows,
        where=found & rows.corrected_on.isnull(),
        subject=rows.division,
        name=rows.division,
        on=rows.audited_on,
        amount=rows.amount,
        key=rows.audited_on.cast("string"),
        because="{division}{audited_on}审计查出“{violation}”，没有纠正记录",
    )


POSTS = ("报账员", "民主理财", "财务监督")
"""What each village and community must have; villages also a cashier (S9-05 … S9-08)."""
CENTRE = ("记账会计", "资金会计")
"""What the service centre must have (S9-02, S9-03)."""


@rule(
    "accounting.post-without-holder",
    "财会岗位无人担任",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S9-02", "S9-03", "S9-05", "S9-06", "S9-07", "S9-08"],
    reads={"accounting.accountant": None, "accounting.entrustment": None},
    optional={"office.appointment": None},
    remedy="落实人员，补登名册",
    risk_point="accounting.uneven-quality",
    looks_alike="只在岗位任职登记中登记的人员；社区不设出纳；前任当日才离任",
)
def post_without_holder(t: Tables, p: ParameterView) -> Hits:
    """A post that an entrusted village, or the centre, must have is held by nobody on the day of the scan."""
    listed = located(t.accountant).filter(serving(t.accountant, p)).select("owner", "post")
    kept = located(t.appointment)
    kept = kept.filter((kept.since.isnull() | (kept.since <= p.as_of)) & serving(kept, p))
    holding = listed.union(kept.select("owner", "post"))
    villages = located(t.entrustment)
    villages = (
        villages.filter(villages.owner.notnull())
        .group_by("owner")
        .aggregate(division=villages.division.min(), ref_entrustment=villages.ref_entrustment.min())
    )
    whole = villages.aggregate(ref_entrustment=villages.ref_entrustment.min())
    parts = []
    for post in (*POSTS, "出纳"):
        held = holding.filter(mentions(holding.post, post, post.replace("账", "帐")))
        rows = villages.anti_join(held.filter(held.owner.notnull()), "owner")
        if post == "出纳":
            rows = rows.filter(rows.division.contains("村"))
        parts.append(rows.select("ref_entrustment", "division", post=ibis.literal(post)))
    for post in CENTRE:
        held = holding.filter(mentions(holding.post, post, post.replace("账", "帐")))
        nobody = whole.cross_join(held.aggregate(holders=held.count()))
        nobody = nobody.filter((nobody.holders == 0) & nobody.ref_entrustment.notnull())
        centre = ibis.literal("会计服务中心")
        parts.append(nobody.select("ref_entrustment", division=centre, post=ibis.literal(post)))
    found = parts[0]
    for part in parts[1:]:
        found = found.union(part)
    return hits(
        found,
        subject=found.division,
        name=found.division,
        on=ibis.literal(p.as_of, "date"),
        key=found.post,
        because="{division}没有人担任{post}",
    )

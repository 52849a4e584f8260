"""Who is on the roster and why: eligibility, amount, evidence, procedure.

Seeds: S2-01, S2-10, S2-11, S2-28, S2-29, S2-43 … S2-46, S2-62.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.assistance.means_test import allowance, gap, money
from shouwang.packs.assistance.means_test import per_head as per_head_of
from shouwang.packs.assistance.rules.common import (
    ABLE,
    WORKING,
    counted,
    cover_end,
    covered,
    day,
    households,
    later,
    members,
    no_money,
    regular,
    standard,
    this_month,
    zero,
)
from shouwang.risk.expressions import age
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, Via, absent, hits, rule

ASSESSMENT = "assistance.assessment"
NUMBERED = "(核对|核查|核实|报告|认定|调查|评估).*[0-9]{2,}"
"""A remark that names evidence: a report with a number."""


def _last_day(rows: ir.Table, p: ParameterView) -> ir.DateValue:
    """The last day on which the household's figures were in force: today, or before the stop."""
    today = day(p.as_of)
    last = ibis.least(rows.stop_month.fill_null(later(today, 1)), later(today, 1))
    return ibis.greatest(later(last, -1), rows.start_month.fill_null(later(last, -1)))


@rule(
    "assistance.on-two-rosters",
    "同一人列入两个低保户",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-01", "S2-10"],
    reads={"assistance.recipient": "person"},
    optional={"assistance.payment": Via("certificate", "assistance.recipient", "person")},
    uses=["assistance.standard"],
    remedy="核实实际共同生活的家庭，在另一户核减并追回重复发放的部分",
    risk_point="assistance.payment-integrity",
    looks_alike="由一户转入另一户，期间不重叠；同名而证件号不同的人",
)
def on_two_rosters(t: Tables, p: ParameterView) -> Hits:
    """One person counts in two households in the same month.

    At stake is his share in the second household for each month it was paid.
    """
    one = members(t.recipient)
    one = one.filter(one.start_month.isnull() | (one.start_month <= this_month(p)))
    other = one.select(
        "person", other=one.certificate, other_start=one.start_month, other_end=cover_end(one),
        other_ref=one.ref_recipient,
    )  # fmt: skip
    mine = one.mutate(finish=cover_end(one))
    both = mine.join(other, [mine.person == other.person, mine.certificate < other.other])
    both = both.drop("person_right")
    begins = ibis.greatest(both.start_month, both.other_start)
    ends = ibis.least(both.finish, both.other_end)
    both = both.mutate(begins=begins, ends=ends)
    both = both.filter(both.begins.isnull() | both.ends.isnull() | (both.begins < both.ends))
    both = both.rename(ref_recipient_other="other_ref")

    paid = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    paid = paid.select("month", "ref_payment", paid_for=paid.certificate, paid_division=paid.division)
    doubled = both.left_join(
        paid,
        [
            both.other == paid.paid_for,
            both.begins.isnull() | (paid.month >= both.begins),
            both.ends.isnull() | (paid.month < both.ends),
        ],
    )
    share = standard(p, doubled.month, doubled.paid_division) - money(doubled.income).fill_null(zero())
    return hits(
        doubled,
        subject=doubled.person,
        name=doubled.name,
        on=doubled.begins,
        amount=doubled.ref_payment.notnull().ifelse(
            ibis.greatest(money(share), zero()).nullif(zero()), no_money()
        ),
        key=doubled.certificate.concat("+").concat(doubled.other),
        once=doubled.month,
        because="{name}同时列入{certificate}和{other}，自{begins:month}起重叠",
    )


@rule(
    "assistance.income-above-line",
    "人均收入不低于低保标准",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-28", "S2-45"],
    reads={"assistance.recipient": "certificate"},
    uses=["assistance.standard"],
    remedy="复核家庭收入，确实不低于标准的停保",
    risk_point=ASSESSMENT,
    looks_alike="人均收入略低于标准；收入超标已停保的家庭",
)
def income_above_line(t: Tables, p: ParameterView) -> Hits:
    """A household in force whose income per head is not below the standard."""
    rows = households(t.recipient, this_month(p))
    rows = rows.filter(covered(rows, this_month(p)))
    line = p.at("assistance.standard", day(p.as_of), rows.division)
    # The difference decides, not the rounded quotient; the written income per head only where
    # nothing else is written.
    above = (gap(line, rows.size, rows.means) <= 0).fill_null(money(rows.income_per_head) >= money(line))
    rows = rows.mutate(line=money(line), above=above)
    rows = rows.mutate(average=per_head_of(rows.means, rows.size).coalesce(money(rows.income_per_head)))
    return hits(
        rows,
        where=rows.above,
        subject=rows.certificate,
        name=rows.name,
        amount=rows.amount,
        because="{certificate}户主{name}，保障{size}人，家庭月收入{means}元，人均{average}元，不低于标准{line}元，仍在册",
    )


@rule(
    "assistance.amount-wrong",
    "补差金额计算错误",
    severity=Severity.HIGH,
    subject="household",
    seeds=["S2-11", "S2-28"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("amount",)},
    uses=["assistance.standard"],
    remedy="按标准乘保障人数减家庭月收入加分类施保金重新核定，多发追回、少发补足",
    risk_point=ASSESSMENT,
    looks_alike="含分类施保金的补差；按停保前的标准核定；补差取整到元；人均不低于标准的由“人均收入不低于低保标准”核查",
)
def amount_wrong(t: Tables, p: ParameterView) -> Hits:
    """The allowance written is not standard × persons − income + top-up, by a yuan or more.

    Less than a yuan is the rounding that offices apply. A stopped household is tested by the
    standard of its last month.
    """
    rows = households(t.recipient, this_month(p))
    line = p.at("assistance.standard", _last_day(rows, p), rows.division)
    due = allowance(line, rows.size, rows.means, rows.top_up)
    rows = rows.mutate(line=money(line), correct=due, below=gap(line, rows.size, rows.means) > 0)
    off = money(money(rows.amount) - rows.correct)
    return hits(
        rows,
        where=rows.below & (off.abs() >= 1),
        subject=rows.certificate,
        name=rows.name,
        amount=off.abs(),
        because="{certificate}户主{name}，保障{size}人，家庭月收入{means}元，分类施保金{top_up}元，"
        "按标准{line}元月补差应为{correct}元，花名册为{amount}元",
    )


@rule(
    "assistance.no-evidence",
    "家庭经济状况认定无依据",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-28", "S2-62"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("basis",)},
    remedy="补做家庭经济状况核对，登记报告编号",
    risk_point=ASSESSMENT,
    looks_alike="报告编号写在备注里",
)
def no_evidence(t: Tables, p: ParameterView) -> Hits:
    """Neither the basis column nor a remark of the household names evidence."""
    by_remark = t.recipient.note.re_search(NUMBERED).fill_null(False)
    told = t.recipient.mutate(
        _evidence=~absent(t.recipient.basis) | by_remark, _head=t.recipient["head"].coalesce(t.recipient.name)
    )
    rows = told.group_by("certificate").aggregate(
        division=told.division.max(),
        head=told._head.min(),
        evidence=told._evidence.cast("int64").max(),
        amount=told.amount.max(),
        ref_recipient=told.ref_recipient.min(),
    )
    return hits(
        rows,
        where=rows.evidence == 0,
        subject=rows.certificate,
        name=rows["head"],
        amount=rows.amount,
        because="{certificate}户主{head}的核查依据为空，备注中也没有核对报告编号",
    )


@rule(
    "assistance.step-skipped",
    "低保审批缺步骤或倒置",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-28", "S3-33"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("screened_on", "reviewed_on", "approved_on")},
    remedy="查明缺失或倒置的环节，补齐手续并追究责任",
    risk_point=ASSESSMENT,
    looks_alike="三步同日办理，顺序无误",
)
def step_skipped(t: Tables, p: ParameterView) -> Hits:
    """Screening, review or approval is missing, or stands before the step it follows."""
    rows = t.recipient
    missing = rows.screened_on.isnull() | rows.reviewed_on.isnull() | rows.approved_on.isnull()
    reversed_ = (
        (rows.reviewed_on < rows.screened_on).fill_null(False)
        | (rows.approved_on < rows.reviewed_on).fill_null(False)
        | (rows.approved_on < rows.screened_on).fill_null(False)
    )
    return hits(
        rows,
        where=missing | reversed_,
        subject=rows.certificate,
        name=rows["head"].coalesce(rows.name),
        on=rows.approved_on.coalesce(rows.reviewed_on, rows.screened_on),
        because="{certificate}社区初审{screened_on}，街道审核{reviewed_on}，民政审批{approved_on}，缺步骤或顺序颠倒",
    )


@rule(
    "assistance.not-posted",
    "低保家庭未张榜公示",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-29"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("posted_on",)},
    remedy="在所在区域张榜公示并登记公示日期",
    risk_point=ASSESSMENT,
    looks_alike="已停保的家庭",
)
def not_posted(t: Tables, p: ParameterView) -> Hits:
    """A household in force whose posting is not dated."""
    rows = t.recipient
    return hits(
        rows,
        where=rows.posted_on.isnull() & covered(rows, this_month(p)),
        subject=rows.certificate,
        name=rows["head"].coalesce(rows.name),
        on=rows.start_month,
        because="{certificate}自{start_month:month}起保，没有公示日期",
    )


@rule(
    "assistance.disability-unproven",
    "以残疾为由但不在残疾人名单",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S2-28", "S2-62"],
    reads={"assistance.recipient": "person", "registry.disability": "person"},
    remedy="核对残疾证原件与残联名单，不实的重新认定劳动能力和分类施保",
    risk_point=ASSESSMENT,
    looks_alike="因年满六十周岁无劳动能力、未填残疾证；证号写法与名单不同而人在名单上",
)
def disability_unproven(t: Tables, p: ParameterView) -> Hits:
    """A disability card is written for a member whom the list of card holders does not know."""
    claimed = members_with_card(t.recipient)
    rows = claimed.anti_join(t.disability, "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        because="{certificate}成员{name}填有残疾证号{disability_no}，残疾人名单中没有此人",
        mask={"disability_no": "id"},
    )


def members_with_card(recipient: ir.Table) -> ir.Table:
    """Roster rows that write a number of a disability card; a word such as 无 is none."""
    return recipient.filter(recipient.disability_no.re_search("[0-9]{4,}").fill_null(False))


@rule(
    "assistance.category-one-not-met",
    "一类对象不符合三无条件",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-43"],
    reads={"assistance.recipient": "person"},
    remedy="重新认定保障类别",
    risk_point=ASSESSMENT,
    looks_alike="在校学生和未成年人；部分丧失劳动能力的成员",
)
def category_one_not_met(t: Tables, p: ParameterView) -> Hits:
    """A member of a category 1 household is able to work, has fixed income or statutory supporters."""
    rows = t.recipient
    able = (rows.ability == ABLE) & (rows.job.isnull() | ~rows.job.isin(["在校", "学龄前"]))
    grown = age(rows.person, day(p.as_of)) >= 16
    earns = rows.fixed_income.fill_null(False) | mentions_fixed(rows.income_source)
    supported = rows.supporters.notnull() & ~rows.supporters.startswith("无")
    reason = ibis.cases(
        (supported.fill_null(False), "有法定赡抚养人"),
        (earns, "有固定收入"),
        else_="有劳动能力",
    )
    return hits(
        rows,
        where=(rows.category == "一类")
        & counted(rows, this_month(p))
        & ((able.fill_null(False) & grown) | earns | supported.fill_null(False)),
        subject=rows.person,
        name=rows.name,
        facts={"reason": reason},
        because="{certificate}列为一类，成员{name}{reason}",
    )


def mentions_fixed(source: ir.StringValue) -> ir.BooleanValue:
    """Whether the source of income is a fixed one: wages or a pension."""
    return source.re_search("工资|养老金|退休金|离休|固定").fill_null(False)


@rule(
    "assistance.category-two-not-met",
    "二类对象家庭无人就业",
    severity=Severity.LOW,
    subject="household",
    seeds=["S2-44"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("category", "job")},
    remedy="重新认定保障类别",
    risk_point=ASSESSMENT,
    looks_alike="成员打零工或灵活就业；就业状况空缺的家庭",
)
def category_two_not_met(t: Tables, p: ParameterView) -> Hits:
    """Category 2 asks for a working member; here every member's job is known and none works."""
    inside = t.recipient.filter(counted(t.recipient, this_month(p)))
    works = inside.job.isin(list(WORKING)) | (inside.income > 0)
    told = inside.mutate(
        _works=works.fill_null(False).cast("int64"), _blank=inside.job.isnull().cast("int64")
    )
    rows = told.group_by("certificate").aggregate(
        category=told.category.max(),
        division=told.division.max(),
        head=told["head"].max(),
        works=told._works.max(),
        blank=told._blank.max(),
        ref_recipient=told.ref_recipient.min(),
    )
    return hits(
        rows,
        where=(rows.category == "二类") & (rows.works == 0) & (rows.blank == 0),
        subject=rows.certificate,
        name=rows["head"],
        because="{certificate}户主{head}列为二类，家庭成员均无就业也无收入",
    )


@rule(
    "assistance.category-four-not-met",
    "失业保险未期满列为四类",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S2-46"],
    reads={"assistance.recipient": "person", "registry.unemployment": "person"},
    remedy="核实失业保险金领取情况，计入收入并改正类别",
    risk_point=ASSESSMENT,
    looks_alike="失业保险金已领满；早先领取而现已期满",
)
def category_four_not_met(t: Tables, p: ParameterView) -> Hits:
    """A member of category 4 today whose unemployment benefit still runs today.

    The roster tells today's category only, so nothing is said of earlier months.
    """
    benefit = t.unemployment.filter(t.unemployment.benefit_until >= day(p.as_of))
    benefit = benefit.select("person", "benefit_until", "ref_unemployment")
    inside = members(t.recipient)
    inside = inside.filter((inside.category == "四类") & counted(inside, this_month(p)))
    rows = inside.join(benefit, "person")
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.start_month,
        key=rows.certificate,
        because="{certificate}成员{name}列为四类，失业保险金领至{benefit_until}，尚未期满",
    )

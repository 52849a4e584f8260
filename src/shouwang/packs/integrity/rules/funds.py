"""Money above the limits, collective decisions, split amounts, minutes (S3-29, S3-30, S3-32, S3-56)."""

from __future__ import annotations

from decimal import Decimal

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import days_between, mentions, same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

FUND: dict[str, None] = {"integrity.fund_item": None}
MINUTES: dict[str, None] = {"integrity.meeting_decision": None}
_NONE = ["无", "-", "—", "/", "未", "没有"]


def document_key(number: ir.StringValue) -> ir.StringValue:
    """A document number without what offices write differently: 主办〔2023〕12号, 主办[2023] 第12号."""
    return number.re_replace("[^0-9A-Za-z一-龥]", "").re_replace("[第字号]", "")


def plain(text: ir.StringValue) -> ir.StringValue:
    """A purpose without spaces and punctuation."""
    return text.re_replace("[^0-9A-Za-z一-龥]", "")


def is_committee(body: ir.StringValue) -> ir.BooleanValue:
    """Whether a body, or a document number, is the Party working committee's."""
    return mentions(body, "工委", "党委")


def decided(fund: ir.Table, minutes: ir.Table) -> ir.Table:
    """Fund items with ``collective`` and ``committee``: a decision they name, or one the minutes hold.

    Minutes count where item and amount are the same and the result is not a refusal.
    """
    named = ~absent(fund.decided_by) & ~fund.decided_by.isin(_NONE).fill_null(False)
    named = named | (~absent(fund.decision_no) & ~fund.decision_no.isin(_NONE).fill_null(False))
    by_committee = is_committee(fund.decided_by) | is_committee(fund.decision_no)
    agreed = minutes.filter(~mentions(minutes.result, "不", "否", "缓", "再议", "待"))
    agreed = agreed.select(what=plain(agreed.item), sum=agreed.amount, of_committee=is_committee(agreed.body))
    kept = (
        agreed.filter(agreed.what != "")
        .group_by("what", "sum")
        .aggregate(of_committee=agreed.of_committee.max())
    )
    rows = fund.mutate(what=plain(fund.purpose), sum=fund.amount, named=named, by_committee=by_committee)
    both = rows.left_join(kept, ["what", "sum"])
    return both.mutate(
        collective=both.named | both.of_committee.notnull(),
        committee=both.by_committee | both.of_committee.fill_null(False),
    ).select(*fund.columns, "collective", "committee")


def undecided(rows: ir.Table, where: ir.BooleanValue, because: str) -> Hits:
    """The finding of a fund item without the decision it needs."""
    return hits(
        rows,
        where=where,
        subject=rows.item_no,
        name=rows.section,
        on=ibis.coalesce(rows.paid_on, rows.applied_on),
        amount=rows.amount,
        because=because,
    )


@rule(
    "integrity.no-office-meeting",
    "超过主任办公会限额未经集体决定",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-29", "S3-53"],
    reads=FUND,
    optional=MINUTES,
    needs={"integrity.fund_item": ("decided_by",)},
    uses=["integrity.meeting_above"],
    remedy="补开主任办公会并追究责任，未支付的停止支付",
    risk_point="integrity.large-funds",
    looks_alike="恰为2万元；表中未填而会议记录有同一事项同一金额的决定",
)
def no_office_meeting(t: Tables, p: ParameterView) -> Hits:
    """Above (超过) the limit of the director's office meeting, without any collective decision."""
    rows = decided(t.fund_item, t.meeting_decision)
    limit = ibis.literal(p["integrity.meeting_above"], "decimal(18, 2)")
    return undecided(
        rows.mutate(limit=limit),
        (rows.amount > limit) & ~rows.collective,
        "{item_no}“{purpose}”{amount}元付{payee}，超过{limit}元，没有主任办公会决定",
    )


@rule(
    "integrity.no-committee",
    "超过工委会限额未经工委会决定",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-30", "S3-53"],
    reads=FUND,
    optional=MINUTES,
    needs={"integrity.fund_item": ("decided_by",)},
    uses=["integrity.committee_above"],
    remedy="提交工委会集体研究，未支付的停止支付",
    risk_point="integrity.large-funds",
    looks_alike="恰为10万元，经主任办公会决定",
)
def no_committee(t: Tables, p: ParameterView) -> Hits:
    """Above (超过) the limit of the Party working committee, without its decision."""
    rows = decided(t.fund_item, t.meeting_decision)
    limit = ibis.literal(p["integrity.committee_above"], "decimal(18, 2)")
    return undecided(
        rows.mutate(limit=limit),
        (rows.amount > limit) & ~rows.committee,
        "{item_no}“{purpose}”{amount}元付{payee}，超过{limit}元，决策形式：{decided_by}，没有工委会决定",
    )


@rule(
    "integrity.works-contract-undecided",
    "工程发包无集体决策",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-32"],
    reads=FUND,
    optional=MINUTES,
    needs={"integrity.fund_item": ("category", "decided_by")},
    remedy="重新按程序集体研究发包",
    risk_point="integrity.works-contracts",
    looks_alike="小额工程也经集体决策；不是发包的维修、采购",
)
def works_contract_undecided(t: Tables, p: ParameterView) -> Hits:
    """Works contracted out, whatever the amount, without a collective decision."""
    rows = decided(t.fund_item, t.meeting_decision)
    works = mentions(rows.category, "发包", "招标", "招投标") | rows.category.isin(
        ["工程", "工程类", "工程项目", "工程建设"]
    ).fill_null(False)
    return undecided(
        rows,
        works & ~rows.collective,
        "{item_no}{category}“{purpose}”{amount}元付{payee}，没有集体决策",
    )


def clusters(rows: ir.Table, limit: Decimal, days: int) -> ir.Table:
    """Items of one payee and purpose that lie within ``days``, none above ``limit``, together above it.

    With ``opening`` (the smallest item number of the run) and ``limit``. Groups of one are put aside
    before anything is paired.
    """
    ceiling = ibis.literal(limit, "decimal(18, 2)")
    small = rows.mutate(day=ibis.coalesce(rows.paid_on, rows.applied_on), what=plain(rows.purpose))
    small = small.filter(
        (small.amount <= ceiling) & small.day.notnull() & small.payee.notnull() & (small.what != "")
    )
    several = (
        small.group_by("payee", "what")
        .having((small.count() > 1) & (small.amount.sum() > limit))
        .aggregate(items=small.count())
    )
    candidates = small.semi_join(several, ["payee", "what"])
    # Whole days as numbers: a range window over dates differs between engines.
    candidates = candidates.mutate(number=days_between(candidates.day, ibis.date(1970, 1, 1)).cast("int64"))
    window = ibis.window(group_by=["payee", "what"], order_by="number", range=(0, days))
    ahead = candidates.mutate(
        ahead=candidates.amount.sum().over(window), upcoming=candidates.item_no.count().over(window)
    )
    anchors = ahead.filter((ahead.upcoming > 1) & (ahead.ahead > limit))
    anchors = anchors.select(to="payee", aim="what", start="number", end=anchors.number + days)
    inside = candidates.semi_join(
        anchors,
        [
            candidates.payee == anchors.to,
            candidates.what == anchors.aim,
            candidates.number >= anchors.start,
            candidates.number <= anchors.end,
        ],
    )
    order = ibis.window(group_by=["payee", "what"], order_by=["number", "item_no"])
    inside = inside.mutate(previous=inside.number.lag().over(order))
    begins = (inside.previous.isnull() | (inside.number > inside.previous + days)).cast("int64")
    inside = inside.mutate(begins=begins)
    so_far = ibis.cumulative_window(group_by=["payee", "what"], order_by=["number", "item_no"])
    inside = inside.mutate(run=inside.begins.sum().over(so_far))
    whole = ibis.window(group_by=["payee", "what", "run"])
    return inside.mutate(opening=inside.item_no.min().over(whole), limit=ceiling)


@rule(
    "integrity.split-below-limit",
    "化整为零规避限额",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-29", "S3-30", "S3-41"],
    reads=FUND,
    optional=MINUTES,
    needs={"integrity.fund_item": ("decided_by",)},
    uses=["integrity.meeting_above", "integrity.committee_above", "integrity.split_days"],
    remedy="合并审批，补集体决策并追究责任",
    risk_point="integrity.large-funds",
    looks_alike="同一收款单位的不同事项；按合同每月支付；已有相应决定的分期付款",
)
def split_below_limit(t: Tables, p: ParameterView) -> Hits:
    """One purpose and payee, paid within some days in parts that keep below a limit they exceed together."""
    days = p["integrity.split_days"]
    rows = decided(t.fund_item, t.meeting_decision)
    meeting = clusters(rows.filter(~rows.collective), p["integrity.meeting_above"], days)
    committee = clusters(rows.filter(~rows.committee), p["integrity.committee_above"], days)
    found = meeting.union(committee)
    return hits(
        found,
        subject=found.opening,
        name=found.payee,
        on=found.day,
        amount=found.amount,
        key=found["limit"].cast("string"),
        because="“{purpose}”付{payee}{n}笔（{item_no}）共{amount.sum}元，每笔不超过{limit}元，合计超过而无相应决定",
    )


@rule(
    "integrity.decided-after-payment",
    "先支付后决策",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-29", "S3-30"],
    reads=FUND,
    remedy="追究责任，严格先决策后支付",
    risk_point="integrity.large-funds",
    looks_alike="会议当日支付",
)
def decided_after_payment(t: Tables, p: ParameterView) -> Hits:
    """The deciding meeting was held after the day of payment."""
    rows = t.fund_item
    return undecided(
        rows,
        (rows.decided_on > rows.paid_on).fill_null(False),
        "{item_no}“{purpose}”{amount}元于{paid_on}支付，{decided_on}才开会决定（{decision_no}）",
    )


@rule(
    "integrity.decision-not-in-minutes",
    "所列会议查无记录",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-56", "S3-29"],
    reads={**FUND, **MINUTES},
    remedy="核实会议是否召开，虚列的追究责任",
    risk_point="integrity.collective-decisions",
    looks_alike="文号括号写法不同；会议早于现有会议记录的起始日期",
)
def decision_not_in_minutes(t: Tables, p: ParameterView) -> Hits:
    """The document number of the meeting is in no minutes, although minutes of that time are at hand."""
    minutes = t.meeting_decision
    held = minutes.filter(~absent(minutes.meeting_no)).select(key=document_key(minutes.meeting_no)).distinct()
    since = minutes.aggregate(since=minutes.held_on.min())
    listed = t.fund_item.filter(
        ~absent(t.fund_item.decision_no) & ~t.fund_item.decision_no.isin(_NONE).fill_null(False)
    )
    listed = listed.mutate(key=document_key(listed.decision_no))
    rows = listed.anti_join(held, "key").cross_join(since)
    at_hand = (rows.decided_on.isnull() | (rows.decided_on >= rows.since)).fill_null(True)
    return undecided(
        rows, at_hand, "{item_no}“{purpose}”{amount}元所列{decided_by}{decision_no}，会议记录中没有"
    )


@rule(
    "integrity.item-not-on-agenda",
    "会议记录中没有该事项",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S3-56"],
    reads={**FUND, **MINUTES},
    needs={"integrity.meeting_decision": ("item",)},
    remedy="核实该事项是否真的上过会",
    risk_point="integrity.collective-decisions",
    looks_alike="议题名称写得更长或更短；金额相同而名称略有不同",
)
def item_not_on_agenda(t: Tables, p: ParameterView) -> Hits:
    """The meeting is on record, but without an item of that name or that amount."""
    minutes = t.meeting_decision
    agenda = minutes.filter(~absent(minutes.meeting_no)).select(
        held_key=document_key(minutes.meeting_no), agenda=plain(minutes.item), sum=minutes.amount
    )
    listed = t.fund_item.filter(~absent(t.fund_item.decision_no) & ~absent(t.fund_item.purpose))
    listed = listed.mutate(key=document_key(listed.decision_no), what=plain(listed.purpose))
    meetings = agenda.select("held_key").distinct()
    held = listed.semi_join(meetings, listed.key == meetings.held_key)
    same_item = same_text(held.what, agenda.agenda) & (agenda.agenda.length() >= 2).fill_null(False)
    same_sum = (held.amount == agenda.sum).fill_null(False)
    rows = held.anti_join(agenda, [held.key == agenda.held_key, same_item | same_sum])
    return undecided(
        rows, ibis.literal(True), "{item_no}“{purpose}”{amount}元所列{decision_no}的会议记录中没有该事项"
    )


@rule(
    "integrity.paid-though-refused",
    "会议未同意仍支付",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S3-56"],
    reads={**FUND, **MINUTES},
    needs={"integrity.meeting_decision": ("result",)},
    remedy="停止支付并追回",
    risk_point="integrity.collective-decisions",
    looks_alike="再次上会后同意",
)
def paid_though_refused(t: Tables, p: ParameterView) -> Hits:
    """The minutes refuse or postpone the item, no minutes agree to it, and it was paid."""
    minutes = t.meeting_decision.filter(~absent(t.meeting_decision.item))
    minutes = minutes.mutate(what=plain(minutes.item), sum=minutes.amount)
    against = mentions(minutes.result, "不", "否", "缓", "再议")
    agreed = minutes.filter(~against).select("what", "sum").distinct()
    refused = minutes.filter(against).select("what", "sum", "result", "held_on", "ref_meeting_decision")
    paid = t.fund_item.filter(t.fund_item.paid_on.notnull())
    paid = paid.mutate(what=plain(paid.purpose), sum=paid.amount)
    rows = paid.join(refused, ["what", "sum"]).anti_join(agreed, ["what", "sum"])
    return undecided(
        rows, ibis.literal(True), "{item_no}“{purpose}”{amount}元，{held_on}会议{result}，{paid_on}仍支付"
    )


@rule(
    "integrity.minutes-incomplete",
    "会议决定记录不全",
    severity=Severity.LOW,
    subject="record",
    seeds=["S3-56"],
    reads=MINUTES,
    needs={"integrity.meeting_decision": ("held_on", "present", "result")},
    remedy="补记日期、参会人员和结果",
    risk_point="integrity.collective-decisions",
    looks_alike="没有金额的议题",
)
def minutes_incomplete(t: Tables, p: ParameterView) -> Hits:
    """A decision without date, members present or result."""
    rows = t.meeting_decision
    return hits(
        rows,
        where=rows.held_on.isnull() | absent(rows.present) | absent(rows.result),
        subject=rows.meeting_no,
        name=rows.body,
        on=rows.held_on,
        key=rows.item,
        because="{body}{meeting_no}“{item}”：日期{held_on}，参会{present}，结果{result}",
    )

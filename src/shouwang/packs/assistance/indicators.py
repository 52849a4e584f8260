"""The numbers of the pack: S2-50, S2-54, S2-60, S2-64, S2-67 … S2-72, S2-77, S2-78, S2-82."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.packs.assistance.means_test import is_below, money
from shouwang.packs.assistance.rules.common import counted, day, later, next_month, regular, this_month, zero
from shouwang.packs.assistance.rules.work import able_unemployed, helped
from shouwang.risk.expressions import in_line, mentions, not_failed
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables


def _share(flag: ir.BooleanValue) -> ir.IntegerScalar:
    return flag.fill_null(False).cast("int64").sum()


@indicator(
    "assistance.paid-on-time",
    "低保金按时发放率",
    unit="%",
    scale=100,
    seeds=["S2-68"],
    reads=["assistance.payment"],
    needs={"assistance.payment": ("paid_on",)},
    uses=["assistance.due_day"],
    direction="up",
    target=100,
    formula="规定日期（含）前发放的笔数 ÷ 有发放日期的笔数（不含补发、追回、一次性）",
)
def paid_on_time(t: Tables, p: ParameterView) -> Values:
    """Regular payments by the due day of their month over all with a date, by month."""
    rows = t.payment.filter(regular(t.payment) & (t.payment.paid > 0) & t.payment.paid_on.notnull())
    last = p.at("assistance.due_day", rows.month, rows.division, lambda day: later(rows.month, day - 1))
    by_rule = last.notnull().ifelse(ibis.least(last, later(next_month(rows.month), -1)), ibis.null("date"))
    rows = rows.mutate(last_day=rows.due_on.coalesce(by_rule))
    rows = rows.filter(rows.last_day.notnull())
    return values(
        rows,
        period=month(rows.month),
        numerator=_share(rows.paid_on <= rows.last_day),
        denominator=rows.count(),
    )


@indicator(
    "assistance.paid-in-full",
    "低保金足额发放率",
    unit="%",
    scale=100,
    seeds=["S2-68"],
    reads=["assistance.payment"],
    needs={"assistance.payment": ("due", "paid")},
    direction="up",
    target=100,
    formula="实发不少于应发的笔数 ÷ 有应发金额的笔数（不含补发、追回、一次性）",
)
def paid_in_full(t: Tables, p: ParameterView) -> Values:
    """Regular payments of at least what was due, by month; a blank 实发 is nothing paid."""
    rows = t.payment.filter(regular(t.payment) & (t.payment.due > 0))
    paid = rows.paid.fill_null(zero())
    return values(
        rows, period=month(rows.month), numerator=_share(paid >= rows.due), denominator=rows.count()
    )


@indicator(
    "assistance.left-through-work",
    "就业自立退出低保户数",
    unit="户",
    digits=0,
    seeds=["S2-69"],
    reads=["assistance.recipient"],
    formula="停保原因为就业或自食其力的户数，按停保年度",
)
def left_through_work(t: Tables, p: ParameterView) -> Values:
    """Households that left through employment or self-sufficiency, by the year of the stop."""
    words = ("就业", "创业", "自食其力", "自给自足", "自立", "务工")
    rows = t.recipient.filter(
        t.recipient.stop_month.notnull()
        & (t.recipient.stop_month <= day(p.as_of))
        & (mentions(t.recipient.stop_reason, *words) | mentions(t.recipient.note, *words))
    )
    return values(rows, period=year(rows.stop_month), numerator=rows.certificate.nunique())


@indicator(
    "assistance.coverage",
    "低保覆盖率",
    unit="%",
    scale=100,
    seeds=["S2-47", "S2-72"],
    reads=["assistance.poor_household", "assistance.recipient"],
    uses=["assistance.standard"],
    direction="up",
    target=100,
    formula="摸底低于标准且已纳入低保的家庭数 ÷ 摸底低于标准的家庭数",
)
def coverage(t: Tables, p: ParameterView) -> Values:
    """Included households over the households that a survey found below the standard."""
    found = t.poor_household
    line = p.at("assistance.standard", found.surveyed_on.coalesce(day(p.as_of)), found.division)
    below = is_below(line, found.persons, found.household_income)
    found = found.filter(below.coalesce(money(found.income_per_head) < money(line)))
    # A household surveyed twice is one household.
    one = found.group_by("person").aggregate(division=found.division.max())
    inside = t.recipient.filter(counted(t.recipient, this_month(p)))
    inside = inside.select("person").distinct().mutate(included=ibis.literal(1))
    rows = one.left_join(inside, "person").drop("person_right")
    return values(
        rows,
        period=year(p.as_of),
        numerator=rows.included.fill_null(0).sum(),
        denominator=rows.count(),
    )


@indicator(
    "assistance.persons-paid",
    "享受低保人数",
    unit="人",
    digits=0,
    seeds=["S2-67"],
    reads=["assistance.payment"],
    needs={"assistance.payment": ("persons",)},
    formula="当月发放的各户保障人数之和",
)
def persons_paid(t: Tables, p: ParameterView) -> Values:
    """The number of urban poor over time: persons paid for, by month."""
    rows = t.payment.filter(regular(t.payment) & (t.payment.paid > 0))
    # A household paid twice in a month is counted once.
    rows = rows.group_by("certificate", "month").aggregate(
        division=rows.division.max(), persons=rows.persons.max()
    )
    return values(rows, period=month(rows.month), numerator=rows.persons.sum())


@indicator(
    "assistance.persons-on-roster",
    "在册低保人数",
    unit="人",
    digits=0,
    seeds=["S2-67"],
    reads=["assistance.recipient"],
    formula="截至查看日在保且未核减的成员数",
)
def persons_on_roster(t: Tables, p: ParameterView) -> Values:
    """Persons that count today, each once."""
    rows = t.recipient.filter(counted(t.recipient, this_month(p)))
    return values(rows, period=month(p.as_of), numerator=rows.person.nunique())


@indicator(
    "assistance.paid-per-person",
    "人均低保金",
    unit="元",
    seeds=["S2-54"],
    reads=["assistance.payment"],
    needs={"assistance.payment": ("persons",)},
    formula="当月实发低保金 ÷ 保障人数，可在社区之间比较",
)
def paid_per_person(t: Tables, p: ParameterView) -> Values:
    """What a person is paid a month, side by side for all divisions."""
    rows = t.payment.filter(regular(t.payment) & (t.payment.paid > 0) & (t.payment.persons > 0))
    return values(rows, period=month(rows.month), numerator=rows.paid.sum(), denominator=rows.persons.sum())


@indicator(
    "assistance.standard-of-area",
    "各地低保标准",
    unit="元/人·月",
    seeds=["S2-11", "S2-54"],
    reads=["assistance.standard"],
    formula="各地在该年度内执行的最高低保标准",
)
def standard_of_area(t: Tables, p: ParameterView) -> Values:
    """The standard of each area by the year from which it holds, so that areas can be compared."""
    rows = t.standard
    return values(rows, division=rows.area, period=year(rows.from_on), numerator=rows.amount.max())


def _source_share(t: Tables, kind: str) -> Values:
    rows = t.fund_entry.filter(t.fund_entry.income > 0)
    own = (rows.kind == kind).fill_null(False).ifelse(money(rows.income), zero())
    return values(rows, period=year(rows.on), numerator=own.sum(), denominator=rows.income.sum())


@indicator(
    "assistance.share-local-finance",
    "地方财政占低保资金比例",
    unit="%",
    scale=100,
    seeds=["S2-13", "S2-50"],
    reads=["assistance.fund_entry"],
    formula="财政预算收入 ÷ 低保资金全部收入",
)
def share_local_finance(t: Tables, p: ParameterView) -> Values:
    """Local finance's share of the fund's income in a year."""
    return _source_share(t, "财政预算")


@indicator(
    "assistance.share-transfers",
    "上级拨款占低保资金比例",
    unit="%",
    scale=100,
    seeds=["S2-03", "S2-50"],
    reads=["assistance.fund_entry"],
    formula="上级拨款收入 ÷ 低保资金全部收入",
)
def share_transfers(t: Tables, p: ParameterView) -> Values:
    """The share of transfers from above."""
    return _source_share(t, "上级拨款")


@indicator(
    "assistance.share-donations",
    "社会捐赠占低保资金比例",
    unit="%",
    scale=100,
    seeds=["S2-49", "S2-50"],
    reads=["assistance.fund_entry"],
    formula="社会捐赠收入 ÷ 低保资金全部收入",
)
def share_donations(t: Tables, p: ParameterView) -> Values:
    """The share of donations."""
    return _source_share(t, "社会捐赠")


def _fund_sum(t: Tables, kind: str, column: str) -> Values:
    rows = t.fund_entry.filter(t.fund_entry.kind == kind)
    return values(rows, period=year(rows.on), numerator=money(rows[column]).fill_null(zero()).sum())


@indicator(
    "assistance.fund-budget",
    "低保资金财政预算",
    unit="元",
    seeds=["S2-13", "S2-74"],
    reads=["assistance.fund_entry"],
    formula="收支项目为财政预算的收入之和，按年度",
)
def fund_budget(t: Tables, p: ParameterView) -> Values:
    """What the budget gave in a year."""
    return _fund_sum(t, "财政预算", "income")


@indicator(
    "assistance.fund-donations",
    "低保资金社会捐赠",
    unit="元",
    seeds=["S2-13", "S2-74"],
    reads=["assistance.fund_entry"],
    formula="收支项目为社会捐赠的收入之和，按年度",
)
def fund_donations(t: Tables, p: ParameterView) -> Values:
    """What donors gave in a year."""
    return _fund_sum(t, "社会捐赠", "income")


@indicator(
    "assistance.fund-payments",
    "低保资金发放支出",
    unit="元",
    seeds=["S2-13", "S2-74"],
    reads=["assistance.fund_entry"],
    formula="收支项目为低保金支出的支出之和，按年度",
)
def fund_payments(t: Tables, p: ParameterView) -> Values:
    """What was paid out as allowance in a year."""
    return _fund_sum(t, "低保金支出", "expense")


@indicator(
    "assistance.fund-balance",
    "低保资金结余",
    unit="元",
    seeds=["S2-13", "S2-74"],
    reads=["assistance.fund_entry"],
    formula="截至查看日全部收入减全部支出",
)
def fund_balance(t: Tables, p: ParameterView) -> Values:
    """Everything that came in less everything that went out, up to the day."""
    rows = t.fund_entry.filter(t.fund_entry.on <= day(p.as_of))
    net = money(rows.income).fill_null(zero()) - money(rows.expense).fill_null(zero())
    return values(rows, period=year(p.as_of), numerator=net.sum())


@indicator(
    "assistance.household-capability",
    "低保家庭能力提升率",
    unit="%",
    scale=100,
    seeds=["S2-17", "S2-70"],
    reads=["assistance.home_visit"],
    needs={"assistance.home_visit": ("capability",)},
    formula="末次家访能力评分高于首次的家庭数 ÷ 有两次以上评分的家庭数",
)
def household_capability(t: Tables, p: ParameterView) -> Values:
    """Households whose capability was rated higher at the last visit than at the first."""
    rows = t.home_visit.filter(t.home_visit.capability.notnull())
    rows = rows.mutate(home=rows.certificate.coalesce(rows.case_no, rows.person, rows.name))
    change = _first_and_last(rows, ["home"], "visited_on", ["capability"])
    return values(
        change,
        period=year(p.as_of),
        numerator=_share(change.last_capability > change.first_capability),
        denominator=change.count(),
    )


@indicator(
    "assistance.group-member-change",
    "小组成员改变率",
    unit="%",
    scale=100,
    seeds=["S2-18", "S2-71"],
    reads=["assistance.group_member"],
    needs={"assistance.group_member": ("behaviour", "ability", "social_function")},
    formula="末次评估行为、能力、社会功能三项合计高于首次的组员数 ÷ 有两次以上评估的组员数",
)
def group_member_change(t: Tables, p: ParameterView) -> Values:
    """Members whose behaviour, ability and social function together rose from first to last session."""
    rows = t.group_member
    rows = rows.mutate(score=rows.behaviour + rows.ability + rows.social_function)
    rows = rows.filter(rows.score.notnull())
    change = _first_and_last(rows, ["group_no", "person"], "assessed_on", ["score"])
    return values(
        change,
        period=year(p.as_of),
        numerator=_share(change.last_score > change.first_score),
        denominator=change.count(),
    )


def _first_and_last(rows: ir.Table, by: list[str], on: str, scores: list[str]) -> ir.Table:
    """One row a group with at least two days: ``first_<score>`` and ``last_<score>``, and division.

    Two rows on one day count as their mean, so that the order of a sheet's rows is nothing.
    """
    daily = rows.group_by(*by, on).aggregate(
        division=rows.division.max(), **{s: rows[s].mean() for s in scores}
    )
    ends = daily.mutate(
        _first=daily[on].min().over(ibis.window(group_by=by)),
        _last=daily[on].max().over(ibis.window(group_by=by)),
    )
    ends = ends.filter(ends._first < ends._last)
    picked = {}
    for score in scores:
        picked[f"first_{score}"] = ends[score].max(where=ends[on] == ends._first)
        picked[f"last_{score}"] = ends[score].max(where=ends[on] == ends._last)
    return ends.group_by(by).aggregate(division=ends.division.max(), **picked)


@indicator(
    "assistance.not-applied-for-posting",
    "碍于面子不申请低保的家庭数",
    unit="户",
    digits=0,
    seeds=["S2-60"],
    reads=["assistance.non_applicant"],
    direction="down",
    formula="不申请原因为碍于面子（张榜公示）的家庭数",
)
def not_applied_for_posting(t: Tables, p: ParameterView) -> Values:
    """Eligible households that do not apply because of the public posting, by year."""
    rows = t.non_applicant.filter(t.non_applicant.reason == "碍于面子")
    return values(
        rows,
        period=year(rows.asked_on.coalesce(day(p.as_of))),
        numerator=rows.person.nunique(),
    )


@indicator(
    "assistance.employment-reach",
    "有劳动能力未就业对象就业服务率",
    unit="%",
    scale=100,
    seeds=["S2-31", "S2-64"],
    reads=["assistance.recipient", "assistance.employment_service"],
    optional=["assistance.job_opportunity"],
    direction="up",
    target=100,
    formula="近一年有就业服务的人数 ÷ 有劳动能力未就业的在保成员数",
)
def employment_reach(t: Tables, p: ParameterView) -> Values:
    """Members able to work and without work whom a measure reached within a year."""
    rows = able_unemployed(t.recipient, p)
    reached = helped(t, p).mutate(reached=ibis.literal(1))
    rows = rows.left_join(reached, "person").drop("person_right")
    return values(
        rows,
        period=year(p.as_of),
        numerator=rows.reached.fill_null(0).sum(),
        denominator=rows.count(),
    )


@indicator(
    "assistance.workers-trained",
    "低保工作人员社会工作培训率",
    unit="%",
    scale=100,
    seeds=["S2-77"],
    reads=["assistance.worker", "office.training"],
    direction="up",
    target=100,
    formula="有社会工作方法培训记录的在岗人数 ÷ 在岗人数",
)
def workers_trained(t: Tables, p: ParameterView) -> Values:
    """Workers in post with a training that they did not fail."""
    passed = t.training.filter(in_line(t.training, "社会救助") & not_failed(t.training))
    passed = passed.select("name").distinct().mutate(trained=ibis.literal(1))
    rows = t.worker.filter(t.worker.left_on.isnull() | (t.worker.left_on > day(p.as_of)))
    rows = rows.left_join(passed, "name").drop("name_right")
    return values(
        rows,
        period=year(p.as_of),
        numerator=rows.trained.fill_null(0).sum(),
        denominator=rows.count(),
    )


@indicator(
    "assistance.items-with-method",
    "运用社会工作方法的事项比例",
    unit="%",
    scale=100,
    seeds=["S2-20", "S2-78"],
    reads=["assistance.intervention"],
    needs={"assistance.intervention": ("method",)},
    formula="写明社会工作方法的事项数 ÷ 全部日常事项数",
)
def items_with_method(t: Tables, p: ParameterView) -> Values:
    """Items of daily dibao work with a social work method, by year."""
    rows = t.intervention
    return values(
        rows, period=year(rows.done_on), numerator=_share(rows.method.notnull()), denominator=rows.count()
    )


@indicator(
    "assistance.volunteer-hours",
    "志愿服务时长",
    unit="小时",
    seeds=["S2-82"],
    reads=["assistance.volunteer_service"],
    needs={"assistance.volunteer_service": ("hours",)},
    formula="为低保家庭开展的志愿服务小时数之和",
)
def volunteer_hours(t: Tables, p: ParameterView) -> Values:
    """Hours that volunteers gave to recipients, by year."""
    rows = t.volunteer_service
    return values(rows, period=year(rows.served_on), numerator=rows.hours.sum())

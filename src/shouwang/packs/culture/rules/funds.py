"""The special fund: a project spends what the fund gave it, not what it gave to another (S4-16, S4-30)."""

from __future__ import annotations

import ibis

from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

MONEY = "decimal(18, 2)"


@rule(
    "culture.fund-overdrawn",
    "项目支出超过已拨付的专项资金",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-16", "S4-30"],
    reads={"culture.special_fund": "project_no", "culture.spending": "project_no"},
    needs={"culture.special_fund": ("project_no", "received_on"), "culture.spending": ("spent_on",)},
    remedy="查明垫付资金的来源，归还占用的其他专款",
    risk_point="culture.covert-dealing",
    looks_alike="专项资金没有拨付的项目；当日先支后到账；恰好用完",
)
def fund_overdrawn(t: Tables, p: ParameterView) -> Hits:
    """By the evening of a day a project had spent more than the fund had given it, and not the day before."""
    given = t.special_fund.filter(~absent(t.special_fund.project_no) & t.special_fund.received_on.notnull())
    null = ibis.null("int64")
    comes = given.select(
        "project_no", "amount", "division", "ref_special_fund", on=given.received_on, ref_spending=null
    )
    spent = t.spending.filter(t.spending.spent_on.notnull()).semi_join(given, "project_no")
    goes = spent.select(
        "project_no",
        "division",
        "ref_spending",
        amount=-spent.amount,
        on=spent.spent_on,
        ref_special_fund=null,
    )
    names = ["project_no", "on", "amount", "division", "ref_special_fund", "ref_spending"]
    moved = comes.select(names).union(goes.select(names))
    days = moved.group_by("project_no", "on").aggregate(
        net=moved.amount.sum().cast(MONEY),
        division=moved.division.min(),
        ref_special_fund=moved.ref_special_fund.min(),
        ref_spending=moved.ref_spending.min(),
    )
    until = ibis.window(group_by="project_no", order_by="on", preceding=None, following=0)
    days = days.mutate(left=days.net.sum().over(until).cast(MONEY))
    days = days.mutate(before=(days["left"] - days.net).cast(MONEY))
    return hits(
        days,
        where=(days["left"] < 0) & (days.before >= 0),
        subject=days.project_no,
        on=days.on,
        amount=-days["left"],
        key=days.on.cast("string"),
        facts={"over": -days["left"]},
        because="项目{project_no}到{on}的支出超过已拨付的专项资金{over}元",
    )

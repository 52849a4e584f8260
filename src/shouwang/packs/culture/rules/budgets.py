"""Budget against spending, item by item (S4-16, S4-50)."""

from __future__ import annotations

import ibis

from shouwang.risk.expressions import same_text
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

BOTH = {"culture.budget_item": "project_no", "culture.spending": "project_no"}


@rule(
    "culture.item-over-budget",
    "支出超过预算科目",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-16", "S4-50"],
    reads=BOTH,
    remedy="查明超支原因，未经批准调剂的不予报销",
    risk_point="culture.covert-dealing",
    looks_alike="支出恰等于预算额；科目名称写得更长或更短",
)
def item_over_budget(t: Tables, p: ParameterView) -> Hits:
    """What was spent on an item of a project is more than its budget."""
    spending = t.spending.select("project_no", "spent_on", "ref_spending", spent_for="item", paid="amount")
    rows = t.budget_item.join(spending, "project_no")
    rows = rows.filter(same_text(rows.spent_for, rows.item))
    rows = rows.mutate(spent=rows.paid.sum().over(ibis.window(group_by="ref_budget_item")))
    over = rows.spent.cast("decimal(18, 2)") - rows.amount
    return hits(
        rows,
        where=over > 0,
        subject=rows.project_no,
        name=rows.item,
        on=rows.spent_on,
        amount=over,
        key=rows.item,
        once=rows.ref_budget_item,
        facts={"over": over},
        because="项目{project_no}“{item}”预算{amount}元，支出{spent}元，超{over}元",
    )


@rule(
    "culture.item-not-in-budget",
    "支出没有对应的预算科目",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-50"],
    reads=BOTH,
    remedy="说明用途，补办预算调整或收回",
    risk_point="culture.covert-dealing",
    looks_alike="没有预算明细的项目；科目名称写得更长或更短",
)
def item_not_in_budget(t: Tables, p: ParameterView) -> Hits:
    """Spent on something that none of the project's budget items names."""
    asked = t.spending.semi_join(t.budget_item, "project_no").filter(~absent(t.spending.item))
    items = t.budget_item.select(of="project_no", planned="item")
    rows = asked.anti_join(items, [asked.project_no == items.of, same_text(items.planned, asked.item)])
    return hits(
        rows,
        subject=rows.project_no,
        name=rows.item,
        on=rows.spent_on,
        amount=rows.amount,
        key=rows.item,
        because="项目{project_no}的预算没有“{item}”，却支出{n}笔共{amount.sum}元",
    )


@rule(
    "culture.budget-items-do-not-add-up",
    "预算科目之和不等于项目预算",
    severity=Severity.LOW,
    subject="record",
    seeds=["S4-12", "S4-16"],
    reads={"culture.project": "project_no", "culture.budget_item": "project_no"},
    needs={"culture.project": ("budget",)},
    remedy="重新编列，使科目之和等于批准的预算",
    risk_point="culture.plans-weak",
    looks_alike="合计相等；没有预算明细的项目",
)
def budget_items_do_not_add_up(t: Tables, p: ParameterView) -> Hits:
    """The items of a project's budget make another sum than the budget."""
    items = t.budget_item.select("project_no", "ref_budget_item", part="amount")
    projects = t.project.select("project_no", "title", "budget", "started_on", "division", "ref_project")
    rows = projects.join(items, "project_no")
    rows = rows.mutate(parts=rows.part.sum().over(ibis.window(group_by="ref_project")))
    difference = rows.parts.cast("decimal(18, 2)") - rows.budget
    return hits(
        rows,
        where=(difference != 0).fill_null(False),
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        facts={"difference": difference},
        because="{title}（{project_no}）预算{budget}元，{n}个科目合计{parts}元，相差{difference}元",
    )

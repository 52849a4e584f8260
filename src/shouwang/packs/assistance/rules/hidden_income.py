"""Income and means that other ledgers know of and the roster does not: S2-61."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.assistance.means_test import money
from shouwang.packs.assistance.rules.common import (
    counted,
    cover_end,
    households,
    members,
    no_money,
    this_month,
    zero,
)
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

HIDDEN = "assistance.hidden-income"
RECHECK = "入户核实后重新核定家庭收入与补差，多领的予以追回"


def _overpaid(rows: ir.Table, undeclared: ir.Value) -> ir.DecimalValue:
    """What undeclared yuan a month are worth in allowance: at most the whole allowance.

    At or above the difference to the standard nothing is due, not even the top-up.
    """
    by_need = money(money(rows.amount) - money(rows.top_up).fill_null(zero()))
    return money(
        ibis.cases(
            (undeclared >= by_need, money(rows.amount)),
            (undeclared < by_need, money(undeclared)),
            else_=no_money(),
        )
    )


def _overlaps(rows: ir.Table, begin: ir.DateValue, end: ir.DateValue) -> ir.BooleanValue:
    """Whether [begin, end) meets the member's months on dibao; null ends are open."""
    finish = cover_end(rows)
    starts_in_time = begin.isnull() | finish.isnull() | (begin < finish)
    ends_in_time = end.isnull() | rows.start_month.isnull() | (end > rows.start_month)
    return starts_in_time & ends_in_time


@rule(
    "assistance.member-is-trader",
    "低保家庭成员登记为个体经营者",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-61", "S3-39"],
    reads={"assistance.recipient": "person", "registry.business": "person"},
    remedy="核实经营收入，计入家庭收入后重新核定；不再符合的停保",
    risk_point=HIDDEN,
    looks_alike="起保前已注销；停保后才开业；同名而证件号不同的人",
)
def member_is_trader(t: Tables, p: ParameterView) -> Hits:
    """A business in the member's name stood while the household was on dibao."""
    struck = t.business.status.isin(["注销", "吊销"]).fill_null(False)
    # Struck off on an unknown day: nothing says that it stood during the cover.
    standing = t.business.filter(~(struck & t.business.closed_on.isnull()))
    standing = standing.select("person", "shop", "credit_code", "opened_on", "closed_on", "ref_business")
    rows = members(t.recipient).join(standing, "person")
    rows = rows.filter(_overlaps(rows, rows.opened_on, rows.closed_on))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=ibis.greatest(rows.opened_on, rows.start_month),
        amount=rows.amount,
        key=rows.credit_code.coalesce(rows.shop),
        once=rows.certificate,
        because="{certificate}成员{name}是“{shop}”（{credit_code}）的经营者，该店{opened_on}成立，"
        "该户自{start_month:month}起保，申报本人月收入{income}元，月补差{amount}元",
    )


@rule(
    "assistance.member-has-wages",
    "低保家庭成员由单位缴纳社保",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-61", "S10-69"],
    reads={"assistance.recipient": "person", "insurance.contribution": "person"},
    needs={"assistance.recipient": ("income",)},
    remedy=RECHECK,
    risk_point=HIDDEN,
    looks_alike="起保前已停缴；以灵活就业身份个人参保；工资已如实申报",
)
def member_has_wages(t: Tables, p: ParameterView) -> Hits:
    """An employer paid contributions for a member in a month on dibao, on more than he declared."""
    paid = t.contribution
    shares = ("unit_pension", "unit_medical", "unit_unemployment", "unit_injury", "unit_maternity",
              "unit_amount")  # fmt: skip
    by_unit = ibis.literal(False)
    known = ibis.literal(False)
    for share in shares:
        by_unit = by_unit | (paid[share] > 0).fill_null(False)
        known = known | paid[share].notnull()
    # A sheet without the unit's shares still names the unit.
    named = paid.unit.notnull() & ~mentions(paid.unit, "灵活", "个体", "个人", "自由")
    employed = (paid.identity == "单位职工").fill_null(known.ifelse(by_unit, named))
    by_employer = paid.filter(employed).select("person", "month", "base", "unit", "ref_contribution")
    rows = members(t.recipient).join(by_employer, "person")
    declared = money(rows.income).fill_null(zero())
    rows = rows.filter(counted(rows, rows.month) & (declared < rows.base))
    undeclared = money(rows.base) - money(rows.income).fill_null(zero())
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=_overpaid(rows, undeclared),
        key=rows.certificate,
        once=rows.month,
        because="{certificate}成员{name}申报月收入{income}元，{unit}自{month.first:month}至"
        "{month.last:month}为其缴纳社会保险，缴费基数{base}元",
    )


@rule(
    "assistance.member-on-payroll",
    "低保家庭成员在单位工资花名册",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-61"],
    reads={"assistance.recipient": "person", "registry.employment": "person"},
    needs={"assistance.recipient": ("income",)},
    remedy=RECHECK,
    risk_point=HIDDEN,
    looks_alike="起保前已离职；停保后才入职；申报收入不低于工资",
)
def member_on_payroll(t: Tables, p: ParameterView) -> Hits:
    """A member was on an employer's roster while on dibao, at a wage above what he declared.

    A roster without wages still shows employment: then only a member who declared no income at
    all is in question.
    """
    worker = t.employment.select(
        "person", "employer", "joined_on", "left_on", "monthly_wage", "ref_employment"
    )
    rows = members(t.recipient).join(worker, "person")
    declared = money(rows.income).fill_null(zero())
    less = rows.monthly_wage.isnull().ifelse(declared == zero(), declared < rows.monthly_wage)
    # Who leaves on a day works until it; who leaves on the first of the first month has not met it.
    rows = rows.filter(_overlaps(rows, rows.joined_on, rows.left_on) & less)
    undeclared = money(rows.monthly_wage) - money(rows.income).fill_null(zero())
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=ibis.greatest(rows.joined_on, rows.start_month),
        amount=_overpaid(rows, undeclared),
        key=rows.employer,
        once=rows.certificate,
        because="{certificate}成员{name}申报月收入{income}元，{employer}花名册载其{joined_on}入职，月工资{monthly_wage}元",
    )


@rule(
    "assistance.member-has-loan",
    "低保家庭成员有未结清创业贷款",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-61", "S5-49"],
    reads={"assistance.recipient": "person", "microcredit.loan": "person"},
    remedy="核实贷款用途与经营收入，计入家庭收入后重新核定",
    risk_point=HIDDEN,
    looks_alike="起保前已结清；申请未获批准而没有放款；停保后才放款",
)
def member_has_loan(t: Tables, p: ParameterView) -> Hits:
    """A start-up loan of a member stood unsettled while the household was on dibao."""
    repaid = (t.loan.outstanding == zero()).fill_null(False) & t.loan.settled_on.isnull()
    loans = t.loan.filter(~repaid).select(
        "person", "loan_no", "application_no", "paid_out_on", "due_on", "settled_on",
        "outstanding", "ref_loan", lent=t.loan.amount,
    )  # fmt: skip
    rows = members(t.recipient).join(loans, "person")
    rows = rows.filter(_overlaps(rows, rows.paid_out_on, rows.settled_on))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=ibis.greatest(rows.paid_out_on, rows.start_month),
        amount=rows.amount,
        key=rows.loan_no,
        once=rows.certificate,
        because="{certificate}成员{name}有创业贷款{loan_no}（申请编号{application_no}），{paid_out_on}放款{lent}元，"
        "余额{outstanding}元，保障期内未结清；该户月补差{amount}元",
    )


@rule(
    "assistance.member-has-pension",
    "低保家庭成员领取养老金未申报",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S2-61", "S10-69"],
    reads={"assistance.recipient": "person", "insurance.pension_payment": "person"},
    needs={"assistance.recipient": ("income",)},
    remedy=RECHECK,
    risk_point=HIDDEN,
    looks_alike="养老金已如实申报；起保前或停保后领取；一次性补发",
)
def member_has_pension(t: Tables, p: ParameterView) -> Hits:
    """A member drew a pension in a month on dibao that is more than he declared."""
    drawn = t.pension_payment
    monthly = drawn.filter((drawn.amount > 0) & (drawn.kind.isnull() | (drawn.kind == "正常")))
    monthly = monthly.select("person", "month", "ref_pension_payment", pension=monthly.amount)
    rows = members(t.recipient).join(monthly, "person")
    declared = money(rows.income).fill_null(zero())
    rows = rows.filter(counted(rows, rows.month) & (declared < rows.pension))
    undeclared = money(rows.pension) - money(rows.income).fill_null(zero())
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=_overpaid(rows, undeclared),
        key=rows.certificate,
        once=rows.month,
        because="{certificate}成员{name}申报月收入{income}元，{month.first:month}至{month.last:month}"
        "每月领取养老金{pension}元",
    )


@rule(
    "assistance.income-not-added-up",
    "家庭月收入小于成员申报收入之和",
    severity=Severity.MEDIUM,
    subject="household",
    seeds=["S2-28", "S2-61"],
    reads={"assistance.recipient": "certificate"},
    needs={"assistance.recipient": ("income", "household_income")},
    remedy="按成员申报收入重新计算家庭月收入和补差",
    risk_point=HIDDEN,
    looks_alike="已核减成员的收入不再计入",
)
def income_not_added_up(t: Tables, p: ParameterView) -> Hits:
    """The household's written income is below what its members declare, by a yuan or more."""
    rows = households(t.recipient, this_month(p))
    less = money(rows.earned - money(rows.household_income))
    return hits(
        rows,
        where=less >= 1,
        subject=rows.certificate,
        name=rows.name,
        amount=less,
        because="{certificate}各成员申报月收入合计{earned}元，家庭月收入只写{household_income}元",
    )

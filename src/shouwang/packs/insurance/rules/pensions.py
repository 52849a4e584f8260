"""Pensions against deaths, contributions and the register of retirees (S10-33, S10-45, S10-69, S10-74)."""

from __future__ import annotations

import ibis

from shouwang.packs.insurance.rules.common import beyond_work_injury, by_employer, counted_once, deaths
from shouwang.risk.expressions import month_start
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

#: Rows of one sheet have references that begin with the sheet's number (see ``snapshot.store``).
SHEET = 2**32


@rule(
    "insurance.pension-after-death",
    "死亡人员继续领取养老金",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-45", "S10-69", "S10-74"],
    reads={"insurance.pension_payment": "person", "registry.death": "person"},
    remedy="停发养老金，向家属追回死亡次月起多发的金额",
    risk_point="insurance.pension",
    looks_alike="死亡当月照发；丧葬补助与抚恤金；补发生前的待遇；已全额追回；与死者同名的另一人",
)
def pension_after_death(t: Tables, p: ParameterView) -> Hits:
    """A pension for a month after the month of death, net of what was taken back."""
    paid = t.pension_payment
    paid = paid.filter((paid.amount != 0) & ~paid.kind.fill_null("").isin(["丧葬抚恤", "补发"]))
    both = paid.join(deaths(t), "person")
    late = both.filter(both.month > month_start(both.died_on))
    late = late.mutate(amount=counted_once(late, "ref_pension_payment"))
    net = late.mutate(net=late.amount.sum().over(ibis.window(group_by=late.person)))
    rows = net.filter(net.net > 0)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.amount,
        because="{name}于{died_on}死亡，{month.span:month}仍发放养老金{amount.sum}元",
    )


@rule(
    "insurance.pension-while-contributing",
    "领取养老金同时由单位参保缴费",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-45", "S10-69", "S10-74"],
    reads={"insurance.pension_payment": "person", "insurance.contribution": "person"},
    remedy="核实退休与在职状态：退休属实的停缴，仍在职的追回养老金",
    risk_point="insurance.pension",
    looks_alike="办理退休当月仍缴费，次月起领取；退休返聘只缴工伤保险；灵活就业身份缴费",
)
def pension_while_contributing(t: Tables, p: ParameterView) -> Hits:
    """In one month a pension is paid and a unit contributes for the same person."""
    working = t.contribution.filter(by_employer(t.contribution) & beyond_work_injury(t.contribution))
    # One line a month, so that a detail by insurance does not multiply the pension.
    months = working.group_by("person", "month").agg(
        unit=working.unit.max(), ref_contribution=working.ref_contribution.min()
    )
    paid = t.pension_payment.filter(
        (t.pension_payment.amount > 0) & (t.pension_payment.kind.fill_null("正常") == "正常")
    )
    rows = paid.join(months, ["person", "month"])
    rows = rows.mutate(amount=counted_once(rows, "ref_pension_payment"))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.amount,
        because="{name}领取养老金期间由{unit}缴费，{month.span:month}，养老金{amount.sum}元",
    )


@rule(
    "insurance.pension-before-retirement",
    "退休以前发放养老金",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-45", "S10-69"],
    reads={"insurance.pension_payment": "person"},
    remedy="核实退休年月，追回提前发放的养老金",
    risk_point="insurance.pension",
    looks_alike="退休当月发放",
)
def pension_before_retirement(t: Tables, p: ParameterView) -> Hits:
    """A pension for a month before the month of retirement."""
    paid = t.pension_payment
    return hits(
        paid,
        where=(paid.month < paid.retired_month) & (paid.amount > 0),
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        amount=paid.amount,
        because="{name}退休年月为{retired_month:month}，{month.span:month}已发放养老金{amount.sum}元",
    )


@rule(
    "insurance.pension-paid-twice",
    "同月重复发放养老金",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-45", "S10-69"],
    reads={"insurance.pension_payment": "person"},
    remedy="追回重复发放的养老金",
    risk_point="insurance.pension",
    looks_alike="补发、冲销另列一行；同一笔同时列在年度汇总表和月度表",
)
def pension_paid_twice(t: Tables, p: ParameterView) -> Hits:
    """Two normal payments to one person for one month in the same sheet; all but the greatest count."""
    paid = t.pension_payment.filter(
        (t.pension_payment.amount > 0) & (t.pension_payment.kind.fill_null("正常") == "正常")
    )
    # A yearly sheet and a monthly sheet may both list one payment: only one sheet is compared with itself.
    sheet = paid.mutate(sheet=(paid.ref_pension_payment / SHEET).floor())
    times = sheet.group_by("person", "month", "sheet").agg(times=sheet.amount.count())
    twice = sheet.semi_join(times.filter(times.times > 1), ["person", "month", "sheet"])
    rows = twice.mutate(
        place=ibis.row_number().over(
            ibis.window(
                group_by=[twice.person, twice.month, twice.sheet],
                order_by=[twice.amount.desc(), twice.ref_pension_payment],
            )
        ),
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=ibis.ifelse(rows.place > 0, rows.amount, 0),
        key=rows.month,
        because="{name}{month:month}养老金发放{n}笔，共{amount.sum}元",
    )


@rule(
    "insurance.pension-not-in-register",
    "领取养老金而不在退休人员名册",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-33", "S10-45", "S10-69"],
    reads={"insurance.pension_payment": "division", "registry.retirement": "division"},
    remedy="核实退休手续，补入社区退休人员名册或停发待遇",
    risk_point="insurance.pension",
    looks_alike="名册只管本社区，发放表是全街道的；名册中姓名写法不同而证件号相同的人",
)
def pension_not_in_register(t: Tables, p: ParameterView) -> Hits:
    """A pension is paid in a community to someone its register of retirees does not know."""
    paid = t.pension_payment.filter(t.pension_payment.amount > 0)
    # A register of one community says nothing of the retirees of another.
    paid = paid.mutate(place=paid.division.fill_null(""))
    register = t.retirement.select("person", place=t.retirement.division.fill_null(""))
    kept = register.select("place").distinct()
    rows = paid.semi_join(kept, "place").anti_join(register, ["place", "person"])
    rows = rows.mutate(amount=counted_once(rows, "ref_pension_payment", "place"))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.amount,
        key=rows.place,
        because="{name}（{former_employer}）{month.span:month}领取养老金{amount.sum}元，退休人员名册中没有此人",
    )


@rule(
    "insurance.pension-differs-from-register",
    "养老金发放标准与退休名册不符",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-45", "S10-69"],
    reads={"insurance.pension_payment": "person", "registry.retirement": "person"},
    uses=["insurance.pension_excess"],
    remedy="核对待遇核定表，按核定标准发放",
    risk_point="insurance.pension",
    looks_alike="年中调整待遇，超出不过规定比例；补发另列",
)
def pension_differs_from_register(t: Tables, p: ParameterView) -> Hits:
    """More was paid for a month than the register of retirees states, by more than an adjustment explains."""
    paid = t.pension_payment.filter(t.pension_payment.kind.fill_null("正常") == "正常")
    known = t.retirement.group_by("person").agg(
        registered=t.retirement.pension.max(), ref_retirement=t.retirement.ref_retirement.min()
    )
    both = paid.join(known, "person")
    allowed = ibis.literal(1 + p["insurance.pension_excess"])
    rows = both.filter((both.registered > 0) & (both.amount > both.registered * allowed))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.amount - rows.registered,
        because="{name}退休名册月养老金{registered}元，{month.span:month}每月发放{amount}元",
    )


@rule(
    "insurance.pension-over-standard",
    "养老金发放超过核定标准",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-45", "S10-69"],
    reads={"insurance.pension_payment": "person"},
    needs={"insurance.pension_payment": ["monthly_pension"]},
    uses=["insurance.pension_excess"],
    remedy="核对待遇核定表，追回多发金额或补登调整依据",
    risk_point="insurance.pension",
    looks_alike="年中调整待遇，超出不过规定比例；补发另列；备注写明补发或调整",
)
def pension_over_standard(t: Tables, p: ParameterView) -> Hits:
    """A month's payment is above the pension stated in its row by more than an adjustment explains."""
    paid = t.pension_payment
    allowed = ibis.literal(1 + p["insurance.pension_excess"])
    explained = paid.note.fill_null("").contains("补") | paid.note.fill_null("").contains("调")
    return hits(
        paid,
        where=(paid.amount > paid.monthly_pension * allowed)
        & (paid.monthly_pension > 0)
        & (paid.kind.fill_null("正常") == "正常")
        & ~explained,
        subject=paid.person,
        name=paid.name,
        on=paid.month,
        amount=paid.amount - paid.monthly_pension,
        because="{name}月养老金核定{monthly_pension}元，{month.span:month}实发{amount}元",
    )


@rule(
    "insurance.pension-year-total-wrong",
    "养老金全年合计少于各月之和",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-69"],
    reads={"insurance.pension_payment": "person"},
    needs={"insurance.pension_payment": ["year_total"]},
    remedy="核对各月发放金额，更正合计",
    risk_point="insurance.pension",
    looks_alike="年中停发，合计只含已发月份；合计另含补发",
)
def pension_year_total_wrong(t: Tables, p: ParameterView) -> Hits:
    """In a sheet with month columns the year's total is less than the months make.

    More than the months is lawful: a column of arrears may stand beside them.
    """
    paid = t.pension_payment.filter(t.pension_payment.year_total.notnull())
    row = paid.group_by("ref_pension_payment").agg(
        months=paid.month.count(),
        last_month=paid.month.max(),
        summed=paid.amount.sum(),
        total=paid.year_total.max(),
    )
    # A sheet with one row a month has no total over months in its row.
    wrong = row.filter((row.months > 1) & (row.total < row.summed))
    both = paid.join(wrong, "ref_pension_payment")
    rows = both.filter(both.month == both.last_month)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.month,
        amount=rows.summed - rows.year_total,
        because="{name}各月发放相加{summed}元，合计栏为{year_total}元",
    )


@rule(
    "insurance.retiree-death-not-reported",
    "退休人员死亡未在名册注明",
    severity=Severity.LOW,
    subject="person",
    seeds=["S10-33", "S10-48", "S10-69"],
    reads={"registry.retirement": "person", "registry.death": "person"},
    remedy="在退休人员名册注明死亡并通知社保经办机构停发待遇",
    risk_point="insurance.pension",
    looks_alike="备注已注明死亡；当月死亡尚未更新",
)
def retiree_death_not_reported(t: Tables, p: ParameterView) -> Hits:
    """A dead person stands in the register of retirees without a word of the death."""
    note = t.retirement.note.fill_null("")
    told = note.contains("死亡") | note.contains("去世") | note.contains("亡故") | note.contains("已故")
    both = t.retirement.filter(~told).join(deaths(t), "person")
    rows = both.filter(month_start(both.died_on) < month_start(ibis.literal(p.as_of)))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.died_on,
        because="{name}于{died_on}死亡，退休人员名册未注明",
    )


@rule(
    "insurance.retiree-growth",
    "退休人员增长过快",
    severity=Severity.MEDIUM,
    subject="division",
    seeds=["S10-65"],
    reads={"registry.retirement": "division"},
    uses=["insurance.retiree_growth_limit"],
    remedy="测算管理服务工作量，增配社区平台人员",
    risk_point="insurance.retiree-growth",
    looks_alike="增长率等于上限",
)
def retiree_growth(t: Tables, p: ParameterView) -> Hits:
    """In the year of the scan retirees grew by more than the limit against the year before's end.

    Only retirees with a date of retirement are counted; nobody is taken off, since the register
    does not tell when a retiree left it.
    """
    limit = p["insurance.retiree_growth_limit"]
    retired = t.retirement.filter(t.retirement.retired_on <= ibis.literal(p.as_of))
    january = ibis.literal(p.as_of.replace(month=1, day=1))
    flagged = retired.mutate(
        new=(retired.retired_on >= january).cast("int64"), old=(retired.retired_on < january).cast("int64")
    )
    window = ibis.window(group_by=flagged.division)
    counted = flagged.mutate(added=flagged.new.sum().over(window), before=flagged.old.sum().over(window))
    rows = counted.filter((counted.new == 1) & (counted.added > counted.before * ibis.literal(limit)))
    rows = rows.filter(rows.before > 0)
    return hits(
        rows,
        subject=rows.division,
        name=rows.division,
        on=rows.retired_on,
        because="{division}上年末退休人员{before}人，本年新增{added}人，超过增长上限",
    )

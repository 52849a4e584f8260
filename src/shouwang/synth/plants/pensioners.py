"""Cases in pensions: S10-33, S10-45, S10-65, S10-69, S10-74."""

from __future__ import annotations

from shouwang.synth.plants.acts import die
from shouwang.synth.plants.posts import CONTRIBUTION, contribute, insure, parts
from shouwang.synth.plants.registry import plant
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

PAID = "insurance.pension_payment"
REGISTER = "registry.retirement"


def retired(site: Site) -> str:
    """The ID of somebody who drew a pension in all twelve months."""
    while True:
        person = site.who(site.draw("retired"))[1]
        if len(site.table(PAID).where("person", person)) == 12:
            return person


def month_row(site: Site, person: str, month: int) -> tuple[int, Row]:
    """Number and row of the payment for a month."""
    return next((i, r) for i, r in site.table(PAID).rows("person", person) if r["month"].month == month)


def extra(site: Site, person: str, like: int, /, **values: object) -> None:
    """Add a payment like that of a month; a year's total belongs to the row of the months only."""
    _, row = month_row(site, person, like)
    site.table(PAID).add({**row, "year_total": None, **values})


def total(site: Site, person: str, more: object) -> None:
    """Add to the year's total of a person."""
    table = site.table(PAID)
    for number, row in table.rows("person", person):
        table.set(number, year_total=row["year_total"] + more)


@plant("insurance.pension-after-death")
def pension_after_death(site: Site, near: bool) -> tuple[str, str]:
    """A pension paid on after death; a funeral grant for the near miss."""
    person = retired(site)
    day = site.day(site.any(3, 9), site.any(2, 25))
    die(site, person, day, pension=near)
    if near:
        extra(site, person, day.month, month=site.month(day.month + 1), amount=yuan(5000), kind="丧葬抚恤",
              paid_on=site.day(day.month + 1, 20))  # fmt: skip
    return person, f"{day}死亡，" + ("次月发丧葬抚恤" if near else "仍发养老金")


@plant("insurance.pension-while-contributing")
def pension_while_contributing(site: Site, near: bool) -> tuple[str, str]:
    """A unit contributes for a pensioner; work injury only for the near miss."""
    person = retired(site)
    name = str(month_row(site, person, 1)[1]["name"])
    insure(site, name, person)
    for number in contribute(site, name, person, range(4, 8), 5000):
        if near:
            table = site.table(CONTRIBUTION)
            injury = table.row(number)["unit_injury"]
            cells: Row = dict.fromkeys(parts(yuan(5000)), yuan(0))
            cells |= {
                "base": yuan(5000),
                "unit_injury": injury,
                "total": injury,
                "due": injury,
                "paid": injury,
            }
            table.set(number, **cells)
    return person, "4至7月由单位" + ("只缴工伤保险" if near else "参保缴费")


@plant("insurance.pension-before-retirement")
def pension_before_retirement(site: Site, near: bool) -> tuple[str, str]:
    """Paid for months before retirement; from the very month of it for the near miss."""
    person = retired(site)
    month = 1 if near else 4
    for number, _ in site.table(PAID).rows("person", person):
        site.table(PAID).set(number, retired_month=site.month(month))
    for number in site.table(REGISTER).where("person", person):
        site.table(REGISTER).set(number, retired_on=site.day(month, 10))
    return person, f"{month}月退休，1月起发放"


@plant("insurance.pension-paid-twice")
def pension_paid_twice(site: Site, near: bool) -> tuple[str, str]:
    """Two normal payments for a month; arrears on a line of their own for the near miss."""
    person, month = retired(site), site.any(2, 11)
    if near:
        extra(site, person, month, amount=yuan(120), kind="补发", note="补发")
    else:
        extra(site, person, month, paid_on=site.day(month, 25))
    return person, f"{month}月" + ("另有补发" if near else "发放两笔")


@plant("insurance.pension-not-in-register")
def pension_not_in_register(site: Site, near: bool) -> tuple[str, str]:
    """Not in the register of retirees; there under another spelling for the near miss."""
    person = retired(site)
    table = site.table(REGISTER)
    for number in table.where("person", person):
        if near:
            table.set(number, name=str(table.row(number)["name"]) + "某")
        else:
            table.drop(number)
    return person, "名册" + ("姓名写法不同" if near else "中没有此人")


@plant("insurance.pension-differs-from-register")
def pension_differs_from_register(site: Site, near: bool) -> tuple[str, str]:
    """A quarter more than the register states; within an adjustment's range for the near miss."""
    person = retired(site)
    table = site.table(REGISTER)
    for number in table.where("person", person):
        pension = table.row(number)["pension"]
        table.set(number, pension=yuan(int(pension) * (95 if near else 80) // 100))
    return person, "名册标准为发放额的" + ("九成五" if near else "八成")


@plant("insurance.pension-over-standard")
def pension_over_standard(site: Site, near: bool) -> tuple[str, str]:
    """More than the monthly pension of the row; with a reason noted for the near miss."""
    person, month = retired(site), site.any(2, 11)
    number, row = month_row(site, person, month)
    more = yuan(int(row["amount"]) // 4)
    note = "补调整差额" if near else None
    site.table(PAID).set(number, amount=row["amount"] + more, note=note)
    for at in site.table(REGISTER).where("person", person):
        site.table(REGISTER).set(at, pension=row["amount"] + more)
    total(site, person, more)
    return person, f"{month}月多发{more}元" + ("，注明调整" if near else "")


@plant("insurance.pension-year-total-wrong")
def pension_year_total_wrong(site: Site, near: bool) -> tuple[str, str]:
    """The year's total is off; a year cut short by death for the near miss."""
    person = retired(site)
    if near:
        die(site, person, site.day(7, 9))
        return person, "7月死亡，合计只含已发月份"
    total(site, person, -yuan(100))
    return person, "合计少100元"


@plant("insurance.retiree-death-not-reported")
def retiree_death_not_reported(site: Site, near: bool) -> tuple[str, str]:
    """The register says nothing of the death; this month's death for the near miss."""
    person = retired(site)
    day = site.day(12 if near else site.any(3, 9), site.any(2, 25))
    die(site, person, day)
    for number in site.table(REGISTER).where("person", person):
        site.table(REGISTER).set(number, note=None)
    return person, f"{day}死亡，名册未注明"

"""Cases in registration and contributions: S10-15, S10-43, S10-44, S10-69, S10-73."""

from __future__ import annotations

from decimal import Decimal

from shouwang.synth.plants.acts import die
from shouwang.synth.plants.posts import (
    ALONE,
    CONTRIBUTION,
    alone,
    change_worker,
    contribute,
    employer,
    parts,
    restate,
    roster,
    uninsure,
    worker,
)
from shouwang.synth.plants.registry import plant
from shouwang.synth.settings import CAP, FLOOR
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row


@plant("insurance.base-below-floor")
def base_below_floor(site: Site, near: bool) -> tuple[str, str]:
    """A base under the floor; exactly the floor for the near miss."""
    _, person = alone(site)
    base = yuan(FLOOR if near else FLOOR - site.any(100, 900))
    restate(site, person, base)
    return person, f"缴费基数{base}元"


@plant("insurance.base-above-cap")
def base_above_cap(site: Site, near: bool) -> tuple[str, str]:
    """A base over the cap; exactly the cap for the near miss."""
    _, person = alone(site)
    base = yuan(CAP if near else CAP + site.any(100, 900))
    restate(site, person, base)
    return person, f"缴费基数{base}元"


@plant("insurance.base-differs-from-wage")
def base_differs_from_wage(site: Site, near: bool) -> tuple[str, str]:
    """A base far below the wage; the cap for a wage above it for the near miss."""
    row = worker(site)
    wage, base = (30_000, CAP) if near else (9000, FLOOR + 130)
    change_worker(site, row, monthly_wage=yuan(wage))
    restate(site, row["person"], yuan(base))
    return row["person"], f"月平均工资{wage}元，缴费基数{base}元"


@plant("insurance.two-employers")
def two_employers(site: Site, near: bool) -> tuple[str, str]:
    """A second unit contributes in the same months; work injury only for the near miss."""
    row = worker(site)
    own = row["credit_code"]
    other = next(n for n in range(9) if _code(site, n) != own)
    for number in contribute(site, row["name"], row["person"], range(5, 8), 5000, by=other):
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
    return row["person"], "5至7月另有单位" + ("只缴工伤保险" if near else "参保缴费")


def _code(site: Site, number: int) -> str:
    return employer(site, number)[1]


@plant("insurance.worker-not-insured")
def worker_not_insured(site: Site, near: bool) -> tuple[str, str]:
    """No contribution at all for a worker; rehired after retirement for the near miss."""
    row = worker(site)
    uninsure(site, row["person"])
    if near:
        change_worker(site, row, note="退休返聘")
    return row["person"], "没有任何缴费" + ("，退休返聘" if near else "")


@plant("insurance.worker-insured-alone")
def worker_insured_alone(site: Site, near: bool) -> tuple[str, str]:
    """A worker pays alone; only before joining for the near miss."""
    row = worker(site)
    table = site.table(CONTRIBUTION)
    for number, paid in table.rows("person", row["person"]):
        if not near or paid["month"].month <= 4:
            table.set(number, unit=ALONE, credit_code=None, identity="灵活就业", **parts(paid["base"], True))
    if near:
        change_worker(site, row, joined_on=site.day(4, 12))
    return row["person"], "以灵活就业身份缴费" + ("至入职" if near else "")


@plant("insurance.contribution-after-death")
def contribution_after_death(site: Site, near: bool) -> tuple[str, str]:
    """Contributions go on after death; up to the month of death for the near miss."""
    _, person = alone(site)
    day = site.day(site.any(3, 9), site.any(2, 25))
    die(site, person, day)
    if near:
        _stop(site, person, day.month)
    return person, f"{day}死亡，" + ("当月后停缴" if near else "仍缴费")


def _stop(site: Site, person: str, month: int) -> None:
    table = site.table(CONTRIBUTION)
    for number, row in table.rows("person", person):
        if row["month"].month > month:
            table.drop(number)


@plant("insurance.registered-after-death")
def registered_after_death(site: Site, near: bool) -> tuple[str, str]:
    """Registered as insured after death; died this month for the near miss."""
    _, person = alone(site)
    day = site.day(12 if near else site.any(3, 9), site.any(2, 25))
    die(site, person, day)
    _stop(site, person, day.month)
    table = site.table("insurance.participation")
    for number in table.where("person", person):
        table.set(number, status="正常", stopped_on=None)
    return person, f"{day}死亡，参保状态正常"


@plant("insurance.contribution-not-collected")
def contribution_not_collected(site: Site, near: bool) -> tuple[str, str]:
    """Less paid than due for a past month; for the month of the scan for the near miss."""
    _, person = alone(site)
    month = 12 if near else site.any(3, 9)
    table = site.table(CONTRIBUTION)
    for number, row in table.rows("person", person):
        if row["month"].month == month:
            table.set(number, paid=yuan(0), paid_on=None)
    return person, f"{month}月未缴"


@plant("insurance.total-wrong")
def total_wrong(site: Site, near: bool) -> tuple[str, str]:
    """A total ten yuan short; three fen for the near miss."""
    _, person = alone(site)
    month = site.any(3, 9)
    table = site.table(CONTRIBUTION)
    for number, row in table.rows("person", person):
        if row["month"].month == month:
            total = row["total"] - (Decimal("0.03") if near else yuan(10))
            table.set(number, total=total, due=total, paid=total)
    return person, f"{month}月合计少{'三分' if near else '十元'}"


@plant("insurance.not-registered")
def not_registered(site: Site, near: bool) -> tuple[str, str]:
    """Contributions of somebody who is not registered; registered with another unit for the near miss."""
    row = worker(site)
    table = site.table("insurance.participation")
    for number in table.where("person", row["person"]):
        if near:
            table.set(number, unit="原参保单位")
        else:
            table.drop(number)
    return row["person"], "参保登记" + ("在另一单位名下" if near else "中没有此人")


@plant("insurance.not-all-five")
def not_all_five(site: Site, near: bool) -> tuple[str, str]:
    """A worker without maternity insurance; a blank for the near miss."""
    row = worker(site)
    table = site.table("insurance.participation")
    for number in table.where("person", row["person"]):
        table.set(number, maternity=None if near else False)
    return row["person"], "生育保险" + ("栏空白" if near else "未参加")


@plant("insurance.unit-insures-fewer")
def unit_insures_fewer(site: Site, near: bool) -> tuple[str, str]:
    """Fewer insured than workers; a unit struck off for the near miss."""
    unit, code = site.number("外驻单位"), site.credit_code()
    site.add("insurance.insured_unit", unit_no=site.number("DW"), unit=unit, credit_code=code, kinds="五险",
             employees=20, insured=17, status="注销" if near else "正常")  # fmt: skip
    return f"{unit}|{code}", "职工20人，参保17人" + ("，已注销" if near else "")


@plant("insurance.declared-fewer-than-roster")
def declared_fewer_than_roster(site: Site, near: bool) -> tuple[str, str]:
    """Fewer declared in spring than served; one rehired after retirement for the near miss."""
    unit, code = f"{site.name.removesuffix('社区')}劳务{site.serial()}有限公司", site.credit_code()
    for k in range(3):
        name, person, man = site.stranger()
        note = "退休返聘" if near and k == 0 else None
        roster(site, name, person, "男" if man else "女", site.day(3, 1, -2), site.day(6, 30), 5000,
               employer=unit, credit_code=code, note=note)  # fmt: skip
    _collect(site, unit, code, 3, declared_number=2, declared_base=yuan(10_000))
    return f"{unit}|{code}", "3月申报2人，在职3人" + ("，其中退休返聘1人" if near else "")


def _collect(site: Site, unit: str, code: str, month: int, **values: object) -> None:
    first = site.month(month)
    due = yuan(3600)
    row: Row = {"unit_no": site.number("DW"), "unit": unit, "credit_code": code, "month": first, "due": due,
                "collected": due, "declared_on": first.replace(day=5), "due_on": first.replace(day=15),
                "collected_on": first.replace(day=12)}  # fmt: skip
    site.add("insurance.unit_collection", None, **{**row, **values})


@plant("insurance.declared-differs-from-detail")
def declared_differs_from_detail(site: Site, near: bool) -> tuple[str, str]:
    """The sum of bases declared is not that of the detail; 50 fen off for the near miss."""
    table = site.table("insurance.unit_collection")
    number = site.draw("unit")
    row = table.row(number)
    table.set(number, declared_base=row["declared_base"] - (Decimal("0.50") if near else yuan(1000)))
    return (
        f"{row['unit']}|{row['credit_code']}",
        f"{row['month']:%Y-%m}申报基数相差{'五角' if near else '一千元'}",
    )


@plant("insurance.unit-not-collected")
def unit_not_collected(site: Site, near: bool) -> tuple[str, str]:
    """Less collected than due; the period to pay has not ended for the near miss."""
    unit, code = f"{site.name.removesuffix('社区')}外驻{site.serial()}有限公司", site.credit_code()
    month = 12 if near else site.any(2, 9)
    more = {"due_on": site.day(1, 15, 1)} if near else {}
    _collect(site, unit, code, month, collected=yuan(1000), collected_on=None, declared_number=None, **more)
    return f"{unit}|{code}", f"{month}月应缴未收" + ("，期限未到" if near else "")


@plant("insurance.not-unified")
def not_unified(site: Site, near: bool) -> tuple[str, str]:
    """Two insurances of a unit declared for different numbers; for the same ones for the near miss."""
    unit, code = f"{site.name.removesuffix('社区')}分报{site.serial()}有限公司", site.credit_code()
    for kind, number in (("养老", 12), ("医疗", 12 if near else 9)):
        _collect(site, unit, code, 5, kind=kind, declared_number=number, declared_base=yuan(60_000))
    return f"{unit}|{code}", "5月养老、医疗申报人数" + ("一致" if near else "不一致")


@plant("insurance.registered-twice")
def registered_twice(site: Site, near: bool) -> tuple[str, str]:
    """Registered with a second unit; stopped with the first for the near miss."""
    row = worker(site)
    table = site.table("insurance.participation")
    for number in table.where("person", row["person"]):
        first = table.row(number)
        if near:
            table.set(number, status="停保", stopped_on=site.day(1, 31))
        table.add({**first, "member_no": site.number("GRX"), "unit": "另一参保单位", "credit_code": None})
    return row["person"], "登记在两个单位" + ("，前一个已停保" if near else "")

"""Cases of energy: meters and their readings, master and sub-meters, quotas (S6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from shouwang.synth import metering, records
from shouwang.synth.metering import read
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.records import energy
from shouwang.synth.site import Site
from shouwang.synth.table import Row

METER, READING = "energy.meter", "energy.meter_reading"


def meter(site: Site, **changes: object) -> str:
    """Add a meter under no other with nothing wrong; answers its number."""
    number = site.number("BJ")
    site.add(METER, **metering.top_meter(site, number, **changes))
    return number


@plant("energy.verification-overdue")
def verification_overdue(site: Site, near: bool) -> tuple[str, str]:
    """Due in summer; due on the last day for the near miss."""
    due = site.as_of if near else site.day(7, 15)
    return meter(site, next_due_on=due), f"下次检定{due}"


@plant("energy.never-verified")
def never_verified(site: Site, near: bool) -> tuple[str, str]:
    """Installed ten years ago and never verified; installed two years ago for the near miss."""
    installed = site.day(4, 12, -2 if near else -10)
    blank: Row = {"verified_on": None, "cycle_months": None, "next_due_on": None, "service_years": None}
    return meter(site, installed_on=installed, **blank), f"{installed}启用，没有校验"


@plant("energy.past-service-life")
def past_service_life(site: Site, near: bool) -> tuple[str, str]:
    """In use for a day and more than its ten years; for exactly ten for the near miss."""
    installed = site.as_of.replace(year=site.year - 10) - dt.timedelta(days=0 if near else 40)
    return meter(site, installed_on=installed, service_years=10), f"{installed}启用，使用年限10年"


def _of_readings(rule: str, month: int, hit: Row, near: Row, detail: str) -> None:
    """A case of one reading of a year of them; the cells are changed in that month."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        number = meter(site)
        rows = read(site, number, [40] * 12)
        site.table(READING).set(rows[month - 1], **(near if is_near else hit))
        return number, detail + ("，有说明" if is_near else "")

    plant(rule)(make)


# The year begins at 1000 and 40 are used a month: in June it goes from 1200 to 1240.
_of_readings(
    "energy.reading-decrease",
    12,
    {"current": 1410, "usage": None},
    {"current": 1410, "usage": None, "note": "换表"},
    "本期读数小于上期",
)
_of_readings(
    "energy.reading-discontinuous",
    12,
    {"previous": 1444, "current": 1484},
    {"previous": 0, "current": 40, "note": "换新表"},
    "起码与上月止码不同",
)
_of_readings("energy.usage-differs", 6, {"usage": 43}, {"usage": 800}, "用量与读数之差不同")


@plant("energy.zero-use-occupied")
def zero_use_occupied(site: Site, near: bool) -> tuple[str, str]:
    """Nothing used for three months where somebody lives; for two for the near miss."""
    person = site.draw("idle")
    home = str(site.dwelling["dwelling"][int(site.people.household[person])])
    number = meter(site, dwelling=home, level="三级", place=f"{home}室")
    months = 2 if near else 3
    read(site, number, [40] * 5 + [0] * months + [40] * (7 - months))
    return number, f"有人居住，连续{months}个月用量为零"


@plant("energy.reader-without-certificate")
def reader_without_certificate(site: Site, near: bool) -> tuple[str, str]:
    """The certificate ran out before the readings; after the last one for the near miss."""
    name, until = site.official(), site.day(3, 31) if near else site.day(1, 5)
    site.add(
        "energy.meter_reader", name=name, certificate_no=site.number("JL"), kind="计量员证", valid_until=until
    )
    read(site, meter(site), [40] * 3, reader=name)
    return name, f"抄表至三月，证书有效期至{until}"


@plant("energy.reading-of-unknown-meter")
def reading_of_unknown_meter(site: Site, near: bool) -> tuple[str, str]:
    """The ledger of devices does not have the meter; it has for the near miss, as taken down since."""
    number = meter(site, state="拆除") if near else site.number("BW")
    read(site, number, [40] * 3)
    return number, "器具台账" + ("有" if near else "没有") + "此表"


@plant("energy.meter-not-read")
def meter_not_read(site: Site, near: bool) -> tuple[str, str]:
    """April is missing; of a meter out of use for the near miss."""
    number = meter(site, state="停用" if near else "在用")
    read(site, number, [40] * 3)
    read(site, number, [80, 40], begins=5, start=1120)
    return number, "四月漏抄" + ("，表已停用" if near else "")


def _tree(rule: str, supplied: int, parts: tuple[int, int], exactly: tuple[int, int], detail: str) -> None:
    """A case of a master meter and two below it; ``exactly`` are the parts of the near miss."""

    def make(site: Site, near: bool) -> tuple[str, str]:
        master = meter(site)
        read(site, master, [supplied] * 3)
        for used in exactly if near else parts:
            read(site, meter(site, parent=master, level="三级"), [used] * 3)
        return master, f"总表{supplied}，分表合计{sum(exactly if near else parts)}：{detail}"

    plant(rule)(make)


_tree("energy.submeters-exceed-master", 100, (60, 45), (60, 40), "分表不应大于总表")
_tree("energy.network-loss-high", 100, (40, 30), (45, 40), "流失率上限15%")


def bearer(site: Site, used: int, *, analysed: bool = True) -> str:
    """A unit with 100 a month to use, a meter that says what it used in June; answers the quota's number."""
    name, number = energy.unit(site), meter(site)
    read(site, number, [60] * 5 + [used] + [60] * 6)
    if analysed:
        records.add(site, "energy.monthly_analysis", unit=name, month=site.month(6))
    return energy.quota(site, name, 1200, [100] * 12, meter_no=number)


@plant("energy.quota-exceeded")
def quota_exceeded(site: Site, near: bool) -> tuple[str, str]:
    """120 of 100; exactly 100, of which only a warning is given, for the near miss."""
    number = bearer(site, 100 if near else 120)
    if near:
        site.also("energy.quota-nearly-used", number, "用量恰等于定额，达到预警比例")
    return number, "六月定额100，用量" + ("100" if near else "120")


@plant("energy.quota-nearly-used")
def quota_nearly_used(site: Site, near: bool) -> tuple[str, str]:
    """95 of 100; 85 for the near miss."""
    return bearer(site, 85 if near else 95), "六月定额100，用量" + ("85" if near else "95")


@plant("energy.exceeded-not-analysed")
def exceeded_not_analysed(site: Site, near: bool) -> tuple[str, str]:
    """Above the quota without an analysis; with one for the near miss."""
    number = bearer(site, 130, analysed=near)
    site.also("energy.quota-exceeded", number, "六月定额100，用量130")
    (*_, (_, row)) = site.table("energy.quota").rows("quota_no", number)
    return str(row["unit"]), "超定额" + ("已" if near else "未") + "分析"


@plant("energy.months-do-not-add-up")
def months_do_not_add_up(site: Site, near: bool) -> tuple[str, str]:
    """Twelve months that make 1190 of 1200; eleven are given for the near miss."""
    months = [100] * 11 + ([] if near else [90])
    return energy.quota(
        site, energy.unit(site), 1200, months
    ), f"全年1200，{len(months)}个月之和{sum(months)}"


@plant("energy.parts-do-not-add-up")
def parts_do_not_add_up(site: Site, near: bool) -> tuple[str, str]:
    """Two parts that make 1100 of 1200; 1200 for the near miss."""
    whole = energy.quota(site, energy.unit(site), 1200, [100] * 12)
    for yearly in (600, 600 if near else 500):
        energy.quota(site, energy.unit(site), yearly, [yearly // 12] * 11, parent_no=whole)
    return whole, "下级指标之和" + ("1200" if near else "1100")


@plant("energy.year-quota-exceeded")
def year_quota_exceeded(site: Site, near: bool) -> tuple[str, str]:
    """In eleven months more than the year's 1200; exactly as much for the near miss."""
    name, number = energy.unit(site), meter(site)
    read(site, number, [110] * 10 + [100 if near else 115])
    return energy.quota(site, name, 1200, [200] * 11, meter_no=number), "全年指标1200，十一个月用" + (
        "1200" if near else "1215"
    )


@plant("energy.meter-tree-broken")
def meter_tree_broken(site: Site, near: bool) -> tuple[str, str]:
    """Under a meter that the ledger lacks; under one out of use for the near miss."""
    above = meter(site, state="停用") if near else site.number("BW")
    return meter(site, parent=above, level="三级"), "上级表" + ("已停用" if near else "不在台账")


def _management() -> None:
    one_row(
        "energy.missed-target-not-sanctioned",
        "energy.assessment",
        "unit",
        {"target_met": False, "award": None},
        {"target_met": False, "award": None, "kind": "双月检查"},
        "未完成指标，未否决",
    )
    one_row(
        "energy.award-despite-missed-target",
        "energy.assessment",
        "unit",
        {"target_met": False, "vetoed": True, "answerable": "站长"},
        {"target_met": False, "vetoed": True, "answerable": "站长", "award": "取消"},
        "未完成指标而评奖",
    )
    one_row(
        "energy.deposit-not-settled",
        "energy.deposit",
        "name",
        {"settled_on": None, "settled": None},
        {"result": None, "settled_on": None, "settled": None},
        "抵押金兑现",
    )
    one_row(
        "energy.plan-without-measures",
        "energy.annual_target",
        "division",
        lambda s, r: {"measures": None, "division": f"{s.name}{s.serial()}组社区"},
        None,
        "没有节约措施",
    )
    one_row(
        "energy.funds-not-requested",
        "energy.census",
        "place",
        {"funds_needed": 60_000},
        lambda s, r: {"funds_needed": 60_000, "requested_on": s.day(3, 15)},
        "所需资金",
    )
    for rule, before, detail in (
        ("energy.work-grows-staff-falls", {"workload": 4_000, "headcount": 13}, "工作量增、人员减"),
        ("energy.haulage-rising", {"haulage_km": 800}, "清运里程增加"),
    ):
        one_row(rule, "energy.workload", "unit", _grown(before), _grown({}), detail)


def _grown(before: Row) -> Callable[[Site, Row], Row]:
    """The year before is added, with these cells."""

    def changes(site: Site, row: Row) -> Row:
        site.add("energy.workload", **{**row, "year": site.year - 1, **before})
        return {}

    return changes


_management()


@plant("energy.unit-without-manager")
def unit_without_manager(site: Site, near: bool) -> tuple[str, str]:
    """A bearer of an indicator without an energy manager; one who joined this month for the near miss."""
    name = records.add(site, "energy.assessment")["unit"]
    energy.contract(site, name)
    energy.quota(site, name, 1200, [100])
    if near:
        records.add(site, "energy.manager", unit=name, since=site.day(12, 20))
    return name, "节能管理员" + ("本月到岗" if near else "空缺")


@plant("energy.unit-not-assessed")
def unit_not_assessed(site: Site, near: bool) -> tuple[str, str]:
    """No score in the twelve months; one early in the year for the near miss."""
    name = records.add(site, "energy.manager")["unit"]
    energy.contract(site, name)
    energy.quota(site, name, 1200, [100])
    day = site.day(1, 4) if near else site.day(12, 31, -1)
    records.add(site, "energy.assessment", unit=name, assessed_on=day)
    return name, f"最近一次考核{day}"


@plant("energy.consumption-rising")
def consumption_rising(site: Site, near: bool) -> tuple[str, str]:
    """A tenth more than the year before; in a month more of the year for the near miss."""
    name = energy.unit_name(site)
    for years, months, amount in ((-1, 6, 1000), (0, 7 if near else 6, 1100)):
        for month in range(1, months + 1):
            site.add(
                "energy.consumption",
                unit=name,
                kind="电",
                month=site.month(month).replace(year=site.year + years),
                consumed=amount,
            )
    return name, "比上年同期多一成" + ("，月数不同" if near else "")


@plant("energy.no-bimonthly-inspection", town=True)
def no_bimonthly_inspection(site: Site, near: bool) -> tuple[str, str]:
    """March and April pass without one; the last day of June for the near miss."""
    table = site.table("energy.assessment")
    month = 6 if near else 4
    (number,) = table.where("assessed_on", site.day(month, 19))
    if near:
        table.set(number, assessed_on=site.day(6, 30))
    else:
        table.drop(number)
    return f"{site.year}年{month - 1}—{month}月", "双月检查" + ("在最后一天" if near else "缺")

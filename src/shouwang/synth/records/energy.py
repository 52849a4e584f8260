"""Lawful rows of energy management: units with meters, quotas, managers, analyses, assessments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.synth import metering
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

SHARES: dict[str, int | Decimal] = {"节能指标": 30, "服务质量": 70}
QUOTA = 1200
"""The electricity a unit may use in a month, kWh; what it uses stays below the warning."""


def manager(site: Site) -> Row:
    """Somebody who manages the energy of a unit."""
    return {
        "unit": unit_name(site),
        "name": site.official(),
        "full_time": "兼职",
        "since": site.day(3, 1, -2),
        "until": None,
    }


def unit_name(site: Site) -> str:
    """A unit that nobody else in the town is called."""
    return f"{site.name.removesuffix('社区')}{site.serial()}站"


def assessment(site: Site) -> Row:
    """The yearly assessment of a unit that met its target."""
    return {
        "unit": unit_name(site),
        "assessed_on": site.day(12, site.any(5, 28)),
        "kind": "年度考核",
        "energy_score": site.any(85, 99),
        "target_met": True,
        "vetoed": False,
        "award": "节能先进单位",
        "guidance": "继续保持",
        "answerable": None,
    }


def analysis(site: Site) -> Row:
    """A month's analysis with measures."""
    month = site.month(site.any(1, 11))
    return {
        "unit": unit_name(site),
        "month": month,
        "analysed_on": month + dt.timedelta(days=34),
        "reason": "照明改造后用电下降",
        "improvement": "更换感应灯",
        "analyst": site.staff["desk"][0],
    }


def annual_target(site: Site) -> Row:
    """The bureau's target of a kind with plan and measures."""
    return {
        "year": site.year,
        "kind": site.one(("电", "水", "气")),
        "target": site.any(20, 60) * 1000,
        "received_on": site.day(1, 12),
        "plan": "一季度部署，二三季度实施，四季度总结",
        "measures": "照明改造、错峰用电",
    }


def deposit(site: Site) -> Row:
    """A deposit settled on the result."""
    return {
        "name": site.official(),
        "unit": unit_name(site),
        "paid_on": site.day(1, 20),
        "amount": yuan(500),
        "result": "完成指标",
        "settled_on": site.day(12, 20),
        "settled": yuan(600),
    }


def census(site: Site) -> Row:
    """A point of the census that needs no money."""
    return {
        "surveyed_on": site.day(2, site.any(1, 27)),
        "kind": site.one(("基础设施普查", "水电经营情况普查")),
        "place": f"{site.name}{site.serial()}号泵房",
        "problem": "阀门渗漏",
        "saving_point": "更换密封圈",
        "funds_needed": yuan(0),
        "requested_on": None,
    }


def saving_project(site: Site) -> Row:
    """A technique that saved something."""
    return {
        "project_no": site.number("JN"),
        "title": "楼道声控灯",
        "demonstration": "供电系统",
        "invested": yuan(8_000),
        "saved": 1200,
        "started_on": site.day(3, 1),
        "worth_spreading": True,
    }


def operated(site: Site) -> Row:
    """A business carried on by others, without a meter of its own."""
    return {
        "title": "保洁" + site.number(""),
        "mode": "业务外包",
        "operator": f"保洁公司{site.number('')}",
        "meter_no": None,
        "from_on": site.day(1, 1),
        "to_on": site.day(12, 31),
    }


def regulation(site: Site) -> Row:
    """A standard in force."""
    return {
        "title": "用能单位能源计量器具配备和管理通则",
        "document_no": "GB17167",
        "issued_by": "国家标准化管理委员会",
        "effective_on": dt.date(2007, 1, 1),
        "repealed_on": None,
    }


def workload(site: Site) -> Row:
    """A unit's year; :func:`build` gives the year before too."""
    return {
        "unit": unit_name(site),
        "year": site.year,
        "workload": 5_000,
        "headcount": 12,
        "haulage_km": 900,
        "occupied_dwellings": 300,
    }


def quota(site: Site, unit: str, yearly: int, monthly: list[int], **changes: object) -> str:
    """Add an indicator of electricity with its months; answers its number."""
    number = site.number("ZB")
    for month, amount in enumerate(monthly, start=1):
        site.add(
            "energy.quota",
            **{
                "quota_no": number,
                "parent_no": None,
                "kind": "电",
                "level": "单位指标",
                "unit": unit,
                "bearer": None,
                "meter_no": None,
                "yearly": yearly,
                "month": site.month(month),
                "monthly": amount,
                **changes,
            },
        )
    return number


def contract(site: Site, name: str, weights: dict[str, int | Decimal] = SHARES) -> None:
    """Add the indicators of a unit's contract with their weights."""
    for indicator, weight in weights.items():
        site.add(
            "energy.contract_indicator",
            year=site.year,
            unit=name,
            indicator=indicator,
            weight=weight,
            signed_on=site.day(1, 15),
        )


def phases(site: Site, place: str, begins: tuple[int, ...] = (2, 4, 10), key: int | None = 2) -> None:
    """Add the phases of a year's plan, each from the first of its month; one is the key point."""
    for number, month in enumerate(begins, start=1):
        site.add(
            "energy.plan_phase",
            None,
            year=site.year,
            phase_no=number,
            phase=f"{place}第{number}阶段",
            from_on=site.day(month, 1),
            to_on=site.day(12, 31),
            key_point=number == key,
            content="更换灯具",
            division=place,
        )


def settlement(site: Site) -> Row:
    """Who saved is paid more."""
    return {
        "settlement_no": site.number("DX"),
        "name": site.official(),
        "unit": unit_name(site),
        "month": site.month(12),
        "saved": 120,
        "amount": yuan(200),
    }


def discussion(site: Site) -> Row:
    """A discussion of this year that came to something."""
    return {
        "held_on": site.day(site.any(2, 11), 12),
        "topic": "节约一度电" + site.number(""),
        "unit": unit_name(site),
        "participants": site.any(15, 60),
        "outcome": "形成八条节约措施",
    }


def unit(site: Site, name: str | None = None) -> str:
    """Add a unit with what rules ask of each: manager, assessment, contract. Answers its name."""
    name = name or unit_name(site)
    site.add("energy.manager", **manager(site) | {"unit": name})
    site.add("energy.assessment", **assessment(site) | {"unit": name})
    contract(site, name)
    return name


def build(site: Site) -> None:
    """Two units of the community: meter, quota within the total, consumption and work of two years."""
    names = [unit(site, site.name + kind) for kind in ("物业站", "供水站")]
    phases(site, site.division)
    site.add("energy.wage_settlement", **settlement(site) | {"name": site.staff["desk"][0]})
    total = quota(
        site, site.name, 2 * 12 * QUOTA, [2 * QUOTA] * 12, level="总指标", parent_no=None, bearer=None
    )
    for name in names:
        number = site.number("DB")
        site.add("energy.meter", **metering.top_meter(site, number, unit=name))
        metering.read(site, number, [site.any(700, 1000) for _ in range(12)])
        quota(site, name, 12 * QUOTA, [QUOTA] * 12, parent_no=total, bearer=site.staff["desk"][0])
        for years, amount in ((-1, 1000), (0, 950)):
            for month in range(1, 13):
                site.add(
                    "energy.consumption",
                    unit=name,
                    kind="电",
                    month=site.month(month).replace(year=site.year + years),
                    supplied=amount + 20,
                    consumed=amount,
                )
            site.add("energy.workload", **workload(site) | {"unit": name, "year": site.year + years})
        for month in range(1, 13):
            site.add("energy.monthly_analysis", **analysis(site) | {"unit": name, "month": site.month(month)})


MEANS = (-3, 0, 6, 14, 20, 25, 27, 26, 21, 14, 6, -1)
"""Mean temperatures of the months of a northern town; this year is half a degree warmer than the last."""


HEATED = {"县供热一站": Decimal(1), "县供热二站": Decimal("0.9")}
"""Units whose use follows the weather, with what this year's use is of what the weather explains."""


def temperatures(site: Site) -> None:
    """The monthly means of the town's weather station, of this year and the last, and use that follows them.

    Both heating stations use less this year: the one because it is warmer, the other saves a tenth besides.
    """
    for years in (-1, 0):
        for month, mean in enumerate(MEANS, 1):
            first = site.month(month).replace(year=site.year + years)
            days = ((first + dt.timedelta(31)).replace(day=1) - first).days
            cold = days * max(Decimal(18) - Decimal(mean) - (Decimal("0.5") if years == 0 else 0), Decimal(0))
            for unit, part in HEATED.items():
                used = (300 + 2 * cold) * (part if years == 0 else 1)
                row: Row = {"unit": unit, "kind": "天然气", "month": first, "division": None}
                site.add("energy.consumption", **row, supplied=used + 5, consumed=used)
            site.add(
                "energy.temperature",
                place="县气象站",
                month=site.month(month).replace(year=site.year + years),
                mean=Decimal(mean) + (Decimal("0.5") if years == 0 else 0),
                source="县气象局月报",
                division=None,
            )


def town(site: Site) -> None:
    """The committee's inspection every two months, the temperatures, and the standards."""
    temperatures(site)
    for month in (2, 4, 6, 8, 10, 12):
        row = assessment(site) | {"unit": "县机关", "kind": "双月检查", "assessed_on": site.day(month, 19)}
        site.add("energy.assessment", **{**row, "award": None, "division": None})
    site.add("energy.regulation", **{**regulation(site), "division": None})


MAKERS = {
    "energy.annual_target": annual_target,
    "energy.assessment": assessment,
    "energy.census": census,
    "energy.deposit": deposit,
    "energy.discussion": discussion,
    "energy.manager": manager,
    "energy.monthly_analysis": analysis,
    "energy.operated_business": operated,
    "energy.saving_project": saving_project,
    "energy.wage_settlement": settlement,
    "energy.workload": workload,
}

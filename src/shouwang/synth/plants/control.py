"""Cases of what makes energy indicators bite: plans, contracts, wages, discussions (S6)."""

from __future__ import annotations

from decimal import Decimal

from shouwang.synth import records
from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.records import energy
from shouwang.synth.site import Site


@plant("energy.plan-phases-disordered")
def plan_phases_disordered(site: Site, near: bool) -> tuple[str, str]:
    """The second phase begins before the first; on the same day for the near miss."""
    place = hamlet(site)
    energy.phases(site, place, (4, 4 if near else 2, 10))
    return f"{place}第2阶段", "第二阶段" + ("同日" if near else "早于第一阶段") + "开始"


@plant("energy.plan-without-key-points")
def plan_without_key_points(site: Site, near: bool) -> tuple[str, str]:
    """No phase is a key point; the last one is for the near miss."""
    place = hamlet(site)
    energy.phases(site, place, key=3 if near else None)
    return place, "重点" + ("标在最后阶段" if near else "没有标明")


@plant("energy.contract-without-energy")
def contract_without_energy(site: Site, near: bool) -> tuple[str, str]:
    """A contract of service alone; one that says water and electricity for the near miss."""
    name = energy.unit_name(site)
    records.add(site, "energy.manager", unit=name)
    records.add(site, "energy.assessment", unit=name)
    energy.quota(site, name, 1200, [100])
    energy.contract(site, name, {"水电费控制" if near else "物业费收缴": 30, "服务质量": 70})
    return name, "承包指标" + ("写作水电" if near else "没有节能")


@plant("energy.contract-weights-wrong")
def contract_weights_wrong(site: Site, near: bool) -> tuple[str, str]:
    """30 and 60; 0.3 and 0.7, written as shares, for the near miss."""
    name = energy.unit_name(site)
    shares = {"节能指标": Decimal("0.3"), "服务质量": Decimal("0.7")}
    energy.contract(site, name, {**shares} if near else {"节能指标": 30, "服务质量": 60})
    return name, "权重之和" + ("1" if near else "90")


@plant("energy.bearer-not-settled")
def bearer_not_settled(site: Site, near: bool) -> tuple[str, str]:
    """A bearer without settlement; settled once for the near miss."""
    name = site.official()
    energy.quota(site, energy.unit(site), 1200, [100], bearer=name)
    if near:
        records.add(site, "energy.wage_settlement", name=name, month=site.month(1))
    return name, "工资" + ("一月兑现过一次" if near else "没有兑现")


@plant("energy.no-mass-discussion")
def no_mass_discussion(site: Site, near: bool) -> tuple[str, str]:
    """The latest was a year ago; a day less for the near miss."""
    place, day = hamlet(site), site.day(1, 1) if near else site.day(12, 31, -1)
    records.add(site, "energy.discussion", held_on=day, division=place)
    return place, f"最近一次讨论{day}"


def _rows() -> None:
    one_row(
        "energy.settlement-against-result",
        "energy.wage_settlement",
        "name",
        {"saved": -80},
        {"saved": 0},
        "兑现200元",
    )
    one_row(
        "energy.discussion-without-result",
        "energy.discussion",
        "topic",
        {"outcome": None},
        None,
        "没有结果",
    )


_rows()

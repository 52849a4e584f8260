"""Cases of what a project is, of its budget by item and its fund, and of who manages projects (S4)."""

from __future__ import annotations

from collections.abc import Callable

from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.culture import CALLED_OFF, project_case
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.records import culture
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

project_case(
    "culture.project-traits-missing",
    {"serves": None},
    {"serves": None, "spent": 0, **CALLED_OFF},
    "没有服务对象",
)
project_case(
    "culture.stage-not-evaluated",
    {"stages": culture.STAGES[:4]},
    {"stages": culture.STAGES[:1], "state": "进行中"},
    "评估的阶段",
)
project_case("culture.item-over-budget", {"items": (3_500, 2_500)}, {}, "材料支出4000元")
project_case("culture.item-not-in-budget", {"items": (6_000,)}, {}, "讲师费支出2000元")
project_case(
    "culture.budget-items-do-not-add-up", {"items": (4_000, 1_500)}, {"items": ()}, "预算6000元", spent=3_000
)


@plant("culture.project-is-activity")
def project_is_activity(site: Site, near: bool) -> tuple[str, str]:
    """Twenty days; thirty, as many as are asked, for the near miss."""
    day = site.day(3, 30 if near else 20)
    return str(culture.run(site, ended_on=day)["project_no"]), f"三月一日至{day}"


@plant("culture.fund-overdrawn")
def fund_overdrawn(site: Site, near: bool) -> tuple[str, str]:
    """The fund gave 5,000 yuan and 6,000 were spent; it gave 6,000 for the near miss."""
    number = str(culture.run(site)["project_no"])
    site.add(
        "culture.special_fund",
        fund_no=site.number("WZ"),
        source="区文化专项资金",
        amount=yuan(6_000 if near else 5_000),
        received_on=site.day(2, 20),
        project_no=number,
        use="项目经费",
    )
    return number, "支出6000元，拨付" + ("6000" if near else "5000") + "元"


@plant("culture.participation-impossible")
def participation_impossible(site: Site, near: bool) -> tuple[str, str]:
    """2,001 of 2,000 residents take part; 2,000 for the near miss."""
    place = hamlet(site)
    culture.participation(site, place, 2_000, 2_000 if near else 2_001)
    return place, "居民2000人，经常参与" + ("2000" if near else "2001") + "人"


def _abolished(changes: Row) -> Callable[[Site, Row], Row]:
    return lambda site, row: {**changes, "abolished_on": site.day(5, 31)}


def _bodies() -> None:
    body = "culture.management_body"
    for rule, hit, detail in (
        ("culture.body-in-community", {"level": "社区"}, "设在社区"),
        ("culture.branch-without-body-above", {"above": None}, "没有上级机构"),
    ):
        one_row(rule, body, "body", hit, _abolished(hit), detail)


_bodies()

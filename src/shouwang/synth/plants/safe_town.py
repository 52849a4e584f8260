"""Cases of how the safety community is run and judged: bodies, model, elements, evaluation, surveys (S7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.plants.safety import RUNNING
from shouwang.synth.records import safe_town, safety
from shouwang.synth.site import Site
from shouwang.synth.table import Row


@plant("safety.body-missing")
def body_missing(site: Site, near: bool) -> tuple[str, str]:
    """No work group; one that was set up on the last day for the near miss."""
    place = hamlet(site)
    safe_town.bodies(site, place, safe_town.BODIES[:2])
    if near:
        group = safe_town.post(site) | {"body": safe_town.BODIES[2], "post": "组长", "since": site.as_of}
        site.add("safety.post", None, **{**group, "division": place})
    return f"{safe_town.BODIES[2]}@{place}", "促进工作组" + ("刚刚成立" if near else "没有")


@plant("safety.office-director-wrong")
def office_director_wrong(site: Site, near: bool) -> tuple[str, str]:
    """The director is a clerk; the deputy in charge of safety of a sub-district for the near miss."""
    position = "分管安全工作的副主任" if near else "安监站站长"
    return str(safe_town.bodies(site, hamlet(site), position=position)["name"]), f"办公室主任为{position}"


@plant("safety.model-heading-missing")
def model_heading_missing(site: Site, near: bool) -> tuple[str, str]:
    """One heading is not met; met at the next check for the near miss."""
    place, heading = hamlet(site), safe_town.HEADINGS[3]
    safe_town.model(site, place, lacking=heading)
    if near:
        site.add("safety.model_check", heading=heading, met=True, checked_on=site.day(9, 20), division=place)
    return f"{heading}@{place}", f"{heading}" + ("后来落实" if near else "没有落实")


def _project(rule: str, hit: Row, detail: str) -> None:
    """A case of a finished project; still running for the near miss."""

    def make(site: Site, near: bool) -> tuple[str, str]:
        row = safety.staged(site, **hit, **(RUNNING if near else {}))
        return str(row["project_no"]), detail + ("，仍在实施" if near else "")

    plant(rule)(make)


_project("safety.element-not-judged", {"elements": safe_town.ELEMENTS[:11]}, "十一项要素有对照")
_project("safety.project-not-evaluated", {"evaluated": False}, "没有现场评定")


@plant("safety.status-goal-missed")
def status_goal_missed(site: Site, near: bool) -> tuple[str, str]:
    """Accepted a day after the goal; on its day, at national level, for the near miss."""
    place = hamlet(site)
    late: Row = {"level": "国家级"} if near else {"accepted_on": site.day(6, 30) + dt.timedelta(days=1)}
    site.add("safety.acceptance", None, **{**safe_town.acceptance(site), **late, "division": place})
    return place, "目标日期" + ("当天" if near else "次日") + "验收"


def _surveys() -> None:
    survey = "safety.satisfaction_survey"
    for rule, hit, near, detail in (
        ("safety.satisfaction-below-target", {"satisfied": 170}, {"satisfied": 184}, "200份问卷，目标92%"),
        ("safety.survey-impossible", {"aware": 210}, {"satisfied": 200, "aware": 200}, "200份问卷"),
    ):
        one_row(rule, survey, "division", _elsewhere(hit), _elsewhere(near), detail)
    one_row(
        "safety.score-above-full",
        "safety.site_evaluation",
        "item",
        {"score": 12},
        {"score": 12, "full": None},
        "标准分10分",
    )


def _elsewhere(changes: Row) -> Callable[[Site, Row], Row]:
    return lambda site, row: {**changes, "division": hamlet(site)}


_surveys()

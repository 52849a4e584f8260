"""Cases of cultural projects: money and openness, evaluation, plans, activities (S4)."""

from __future__ import annotations

from shouwang.synth import records
from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import days, one_row
from shouwang.synth.records import culture
from shouwang.synth.site import Site
from shouwang.synth.table import Row

ACTIVITY = "culture.activity"
CALLED_OFF: Row = {"state": "已取消", "started_on": None, "ended_on": None}


def project_case(rule: str, hit: Row, near: Row | None, detail: str, **run: object) -> None:
    """A case of one project with all that belongs to it; ``run`` are options of :func:`culture.run`."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        row = culture.run(site, **{**run, **((near or {}) if is_near else hit)})
        return str(row["project_no"]), detail + ("（合法的相似情形）" if is_near else "")

    plant(rule, near=near is not None)(make)


project_case("culture.over-budget", {"spent": 6_600}, {"spent": 6_000}, "预算6000元", items=())
project_case("culture.no-goal", {"goal": None}, {"goal": "识字"}, "服务目标")
project_case("culture.no-policy", {"policy": None}, None, "没有依据文件")
project_case("culture.no-local-features", {"features": None}, None, "没有写明社区特点")
project_case("culture.plan-too-simple", {"risks": None}, {"risks": "下雨"}, "没有风险预测")
project_case("culture.plan-single-form", {"format": "讲座"}, {"format": "讲座和展览"}, "活动形式")
project_case(
    "culture.no-third-party",
    {"evaluating_body": None},
    {"evaluating_body": None, "state": "进行中"},
    "没有评估单位",
)
project_case(
    "culture.team-without-social-worker",
    {},
    {**CALLED_OFF, "spent": 0},
    "团队没有专业社工",
    social_worker=False,
)
# Without spending: what was spent and can't be seen is another finding.
project_case(
    "culture.project-not-public",
    {"published_on": None},
    {"published_on": None, **CALLED_OFF},
    "未公开",
    spent=0,
)


@plant("culture.published-after-start")
def published_after_start(site: Site, near: bool) -> tuple[str, str]:
    """Published ten days after the start; on the day for the near miss."""
    day = site.day(3, 1 if near else 11)
    return str(culture.run(site, published_on=day)["project_no"]), f"三月一日开始，{day}公示"


@plant("culture.hidden-from-residents")
def hidden_from_residents(site: Site, near: bool) -> tuple[str, str]:
    """6,000 yuan spent and nothing published; published for the near miss."""
    hidden: Row = {} if near else {"published_on": None}
    number = str(culture.run(site, **hidden)["project_no"])
    if not near:
        site.also("culture.project-not-public", number, "未公开")
    return number, "支出6000元，" + ("已" if near else "未") + "公开"


@plant("culture.evaluator-is-organiser")
def evaluator_is_organiser(site: Site, near: bool) -> tuple[str, str]:
    """Judged by its carrier; by a body of a like name for the near miss."""
    own = f"{site.name}{site.serial()}协会"
    body = "云川县" + own if near else own
    row = culture.run(site, organisation=own, evaluating_body=body)
    return str(row["project_no"]), f"{own}承办，{body}评估"


@plant("culture.evaluator-in-team")
def evaluator_in_team(site: Site, near: bool) -> tuple[str, str]:
    """A member of the team is the third party; judges itself for the near miss."""
    number = culture.run(site)["project_no"]
    ((_, team),) = site.table("culture.team_member").rows("project_no", number)
    kind = "社工自评" if near else "居民代表"
    records.add(site, "culture.evaluation", project_no=number, evaluator=team["name"], evaluator_kind=kind)
    return str(number), f"团队成员作{kind}"


@plant("culture.only-self-summary")
def only_self_summary(site: Site, near: bool) -> tuple[str, str]:
    """Closed on a summary of its own without a score; with one for the near miss."""
    row = culture.run(site, evaluation_method="自评总结", score=86 if near else None)
    number = str(row["project_no"])
    site.also("culture.no-third-party", number, "只有自评")
    return number, "自评总结" + ("有" if near else "没有") + "得分"


@plant("culture.spending-without-handler")
def spending_without_handler(site: Site, near: bool) -> tuple[str, str]:
    """Nobody is named; named in the remark for the near miss."""
    number = culture.run(site, spent=3_000)["project_no"]
    note = "经手人：书画社出纳" if near else None
    row = records.add(site, "culture.spending", project_no=number, handler=None, note=note)
    return str(row["spending_no"]), "没有经手人" + ("，备注写明" if near else "")


@plant("culture.spending-without-project")
def spending_without_project(site: Site, near: bool) -> tuple[str, str]:
    """Under the number of no project; of one for the near miss."""
    number = culture.run(site, spent=3_000)["project_no"] if near else site.number("WHX")
    return str(records.add(site, "culture.spending", project_no=number)["project_no"]), "支出的项目编号"


def _activities() -> None:
    one_row(
        "culture.attendance-impossible",
        ACTIVITY,
        "activity_no",
        {"participants": 75, "aged_60": 45},
        {"aged_60": None, "aged_18": None, "aged_0": None},
        "容量60人",
    )
    one_row(
        "culture.long-preparation-low-attendance",
        ACTIVITY,
        "activity_no",
        lambda s, r: {**_few(12), "prepared_from": r["held_on"] - days(31)},
        lambda s, r: {**_few(16), "prepared_from": r["held_on"] - days(31)},
        "筹备31天",
    )
    one_row(
        "culture.only-by-order",
        ACTIVITY,
        "activity_no",
        {"ordered": True, "planned": False},
        {"ordered": True, "planned": True},
        "上级布置",
    )
    one_row(
        "culture.activity-not-public",
        ACTIVITY,
        "activity_no",
        {"published_on": None},
        None,
        "没有公开",
    )
    one_row(
        "culture.activity-not-supervised",
        ACTIVITY,
        "activity_no",
        {"supervised_by": None},
        None,
        "没有居民监督",
    )
    weak: dict[str, Row] = {
        "culture.carrier-base-weak": {"economic": "薄弱"},
        "culture.carrier-ability-weak": {"coordinating": "薄弱"},
    }
    for rule, hit in weak.items():
        near: Row = dict.fromkeys(hit, "一般")
        one_row(rule, "culture.organisation", "organisation", hit, near, "评级")
    one_row(
        "culture.community-without-officer",
        "culture.plan",
        "division",
        lambda s, r: {"officer": None, "division": hamlet(s)},
        None,
        "没有文化活动专员",
    )


def _few(people: int) -> Row:
    return {"participants": people, "aged_60": people // 2, "aged_18": people - people // 2, "aged_0": 0}


def held(site: Site, place: str, forms: tuple[str, ...], **changes: object) -> None:
    """Add activities of another community, one for each form."""
    for form in forms:
        records.add(site, ACTIVITY, form=form, division=place, **changes)


@plant("culture.single-form")
def single_form(site: Site, near: bool) -> tuple[str, str]:
    """Three lectures and nothing else; a lecture and a film for the near miss."""
    place = hamlet(site)
    records.add(site, "culture.plan", division=place)
    held(site, place, ("讲座", "电影放映") if near else ("讲座",) * 3)
    return place, "活动形式" + ("两种" if near else "一种")


@plant("culture.mostly-elderly")
def mostly_elderly(site: Site, near: bool) -> tuple[str, str]:
    """70 % are old; 60 %, the limit, for the near miss."""
    place, old = hamlet(site), 36 if near else 42
    records.add(site, "culture.plan", division=place)
    held(site, place, ("讲座", "合唱"), aged_60=old, aged_18=60 - old, aged_0=0)
    return place, f"60人中老年人{old}人"


@plant("culture.community-without-plan")
def community_without_plan(site: Site, near: bool) -> tuple[str, str]:
    """Activities without a plan of the year; with one for the near miss."""
    place = hamlet(site)
    held(site, place, ("讲座", "合唱"))
    records.add(site, "culture.plan", division=place, year=site.year - (0 if near else 1))
    return place, "计划" + ("当年" if near else "只有上年")


@plant("culture.few-take-part")
def few_take_part(site: Site, near: bool) -> tuple[str, str]:
    """Exactly 5 %; one more for the near miss."""
    place = hamlet(site)
    culture.participation(site, place, 2_000, 101 if near else 100)
    return place, "2000人中经常参与" + ("101" if near else "100") + "人"


_activities()

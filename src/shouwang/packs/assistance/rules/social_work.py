"""Social work that leaves no record or breaks its own rules: S2-32, S2-36, S2-77, S2-79, S2-80."""

from __future__ import annotations

from shouwang.packs.assistance.rules.common import day, later
from shouwang.risk.expressions import in_line, not_failed
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

SOCIAL_WORK = "assistance.social-work"


@rule(
    "assistance.case-without-visit",
    "个案没有家访记录",
    severity=Severity.LOW,
    subject="household",
    seeds=["S2-17", "S2-32"],
    reads={"assistance.casework": "case_no", "assistance.home_visit": "case_no"},
    needs={"assistance.home_visit": ("case_no",)},
    remedy="入户家访并登记困难、帮助与变化",
    risk_point=SOCIAL_WORK,
    looks_alike="已结案的个案；家访记录写有该个案编号",
)
def case_without_visit(t: Tables, p: ParameterView) -> Hits:
    """An open case to which no home visit is recorded."""
    opened = t.casework.filter(t.casework.closed_on.isnull())
    rows = opened.anti_join(t.home_visit, "case_no")
    return hits(
        rows,
        subject=rows.certificate.coalesce(rows.case_no),
        name=rows.name,
        on=rows.opened_on,
        key=rows.case_no,
        because="个案{case_no}（{name}）{opened_on}建档，没有家访记录",
    )


@rule(
    "assistance.case-without-own-part",
    "个案计划没有家庭自助事项",
    severity=Severity.LOW,
    subject="household",
    seeds=["S2-80"],
    reads={"assistance.casework": "case_no"},
    needs={"assistance.casework": ("own_part",)},
    remedy="与家庭商定自己要做的事，写入计划（助人自助）",
    risk_point=SOCIAL_WORK,
    looks_alike="已结案的个案",
)
def case_without_own_part(t: Tables, p: ParameterView) -> Hits:
    """An open case whose plan does not say what the household will do itself."""
    rows = t.casework
    return hits(
        rows,
        where=absent(rows.own_part) & rows.closed_on.isnull(),
        subject=rows.certificate.coalesce(rows.case_no),
        name=rows.name,
        on=rows.opened_on,
        key=rows.case_no,
        because="个案{case_no}（{name}）的计划没有写明家庭自己要做的事",
    )


@rule(
    "assistance.member-not-assessed-first",
    "小组成员没有首次评估",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-36"],
    reads={"assistance.group_member": "person"},
    needs={"assistance.group_member": ("first_contact",)},
    remedy="首次接触时完成评估，及早发现疑难问题",
    risk_point=SOCIAL_WORK,
    looks_alike="首次评估在第一次活动当天",
)
def member_not_assessed_first(t: Tables, p: ParameterView) -> Hits:
    """A group member for whom no row is marked as the assessment at first contact."""
    rows = t.group_member
    marked = rows.mutate(_first=rows.first_contact.fill_null(False).cast("int64"))
    members = marked.group_by("group_no", "person").aggregate(
        name=marked.name.max(),
        division=marked.division.max(),
        first_seen=marked.assessed_on.min(),
        assessed=marked._first.max(),
        ref_group_member=marked.ref_group_member.min(),
    )
    return hits(
        members,
        where=members.assessed == 0,
        subject=members.person,
        name=members.name,
        on=members.first_seen,
        key=members.group_no,
        because="小组{group_no}成员{name}{first_seen}起参加，没有首次接触的评估",
    )


@rule(
    "assistance.goal-not-reviewed",
    "提升计划目标到期未复评",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-79"],
    reads={"assistance.plan_goal": "person"},
    needs={"assistance.plan_goal": ("review_due_on", "reviewed_on")},
    remedy="按期复评并登记评分",
    risk_point=SOCIAL_WORK,
    looks_alike="应复评日期未到或当天",
)
def goal_not_reviewed(t: Tables, p: ParameterView) -> Hits:
    """A goal for confidence or ability whose review date has passed without a rating."""
    rows = t.plan_goal
    open_ = rows.reviewed_on.isnull() | rows.rating_review.isnull()
    return hits(
        rows,
        where=open_ & (rows.review_due_on < day(p.as_of)),
        subject=rows.person,
        name=rows.name,
        on=rows.review_due_on,
        key=rows.goal,
        because="{name}的{kind}目标“{goal}”应于{review_due_on}复评，没有复评评分",
    )


@rule(
    "assistance.worker-untrained",
    "低保工作人员未接受社会工作方法培训",
    severity=Severity.LOW,
    subject="person",
    seeds=["S2-05", "S2-77"],
    reads={"assistance.worker": "name", "office.training": "name"},
    remedy="安排社会工作方法培训并登记",
    risk_point=SOCIAL_WORK,
    looks_alike="已离任的人员；培训登记中有合格记录",
)
def worker_untrained(t: Tables, p: ParameterView) -> Hits:
    """A worker in post without a training on record; a failed one does not count."""
    trained = t.training.filter(in_line(t.training, "社会救助") & not_failed(t.training)).select("name")
    rows = t.worker.filter(t.worker.left_on.isnull() | (t.worker.left_on > day(p.as_of)))
    rows = rows.anti_join(trained, "name")
    return hits(
        rows,
        subject=rows.person.coalesce(rows.name),
        name=rows.name,
        on=rows.appointed_on,
        because="{post}{name}没有社会工作方法培训记录",
    )


@rule(
    "assistance.conflict-unsettled",
    "低保矛盾未化解",
    severity=Severity.LOW,
    subject="record",
    seeds=["S2-75"],
    reads={"assistance.conflict": "conflict_no"},
    needs={"assistance.conflict": ("settled_on",)},
    uses=["assistance.conflict_days"],
    remedy="社工跟进化解并登记结果",
    risk_point="assistance.poverty-scale",
    looks_alike="发现不久、仍在规定期限内；已化解",
)
def conflict_unsettled(t: Tables, p: ParameterView) -> Hits:
    """A conflict without a settlement after the days the office allows."""
    rows = t.conflict
    limit = later(rows.found_on, p["assistance.conflict_days"])
    return hits(
        rows,
        where=rows.settled_on.isnull() & (limit < day(p.as_of)),
        subject=rows.conflict_no,
        on=rows.found_on,
        because="{found_on}发现的矛盾“{content}”，没有化解",
    )

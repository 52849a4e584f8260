"""Carrier organisations, teams, and the bodies that manage projects (S4-05, S4-38, S4-39, S4-51)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

_WEAK = ("弱", "差", "不足", "较低", "不健全", "不合格", "劣", "低")


def weak(rows: ir.Table, parts: dict[str, str]) -> ir.StringValue:
    """The names of the parts rated weak, one after the other."""
    found = ibis.literal("")
    for column, word in parts.items():
        found = found + ibis.ifelse(
            mentions(rows[column], *_WEAK), ibis.literal(f"“{word}”"), ibis.literal("")
        )
    return found


def of_organisation(rows: ir.Table, found: ir.StringValue, what: str) -> Hits:
    """The finding of an organisation with weak parts."""
    return hits(
        rows,
        where=found != "",
        subject=rows.organisation,
        name=rows.organisation,
        on=rows.rated_on,
        facts={"parts": found},
        because=f"{{organisation}}的{what}评级弱：{{parts}}",
    )


@rule(
    "culture.carrier-base-weak",
    "承办组织先天不足",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S4-38"],
    reads={"culture.organisation": "organisation"},
    remedy="扶持培育，重大项目改由条件好的组织承办",
    risk_point="culture.carriers-weak",
    looks_alike="评级中等、一般",
)
def carrier_base_weak(t: Tables, p: ParameterView) -> Hits:
    """Rated weak in scale, capacity, legal, social, cultural or economic base."""
    parts = {
        "scale": "组织规模",
        "capacity": "活动能力",
        "legal": "法律基础",
        "social": "社会支持",
        "cultural": "文化背景",
        "economic": "经济基础",
    }
    return of_organisation(t.organisation, weak(t.organisation, parts), "条件")


@rule(
    "culture.carrier-ability-weak",
    "承办组织能力薄弱",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S4-39"],
    reads={"culture.organisation": "organisation"},
    remedy="派驻专业社工指导",
    risk_point="culture.carriers-weak",
    looks_alike="评级中等、一般",
)
def carrier_ability_weak(t: Tables, p: ParameterView) -> Hits:
    """Rated weak in gaining or using resources, coordinating relations or playing its part."""
    parts = {"gaining": "获取资源", "using": "运用资源", "coordinating": "协调关系", "playing": "发挥作用"}
    return of_organisation(t.organisation, weak(t.organisation, parts), "能力")


@rule(
    "culture.team-without-social-worker",
    "项目团队没有专业社工",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S4-51"],
    reads={"culture.project": "project_no", "culture.team_member": "project_no"},
    remedy="派驻或聘用专业社会工作者",
    risk_point="culture.people",
    looks_alike="至少一名专业社工；未开展或已取消的项目",
)
def team_without_social_worker(t: Tables, p: ParameterView) -> Hits:
    """A project whose team has no professional social worker."""
    projects = t.project.filter(~mentions(t.project.state, "取消", "终止", "未开展"))
    workers = t.team_member.filter(t.team_member.social_worker.fill_null(False))
    rows = projects.anti_join(workers, "project_no")
    return hits(
        rows,
        subject=rows.project_no,
        name=rows.title,
        on=rows.started_on,
        because="{title}（{project_no}，{organisation}）的团队没有专业社工",
    )


@rule(
    "culture.body-in-community",
    "单个社区设立项目管理机构",
    severity=Severity.MEDIUM,
    subject="organisation",
    seeds=["S4-05"],
    reads={"culture.management_body": None},
    remedy="撤并到省、市的管理机构及其区县分支",
    risk_point="culture.no-rules",
    looks_alike="省、市的机构和区县的分支；已撤销的",
)
def body_in_community(t: Tables, p: ParameterView) -> Hits:
    """A body that manages projects below the districts and counties, which is not to be."""
    rows = t.management_body
    gone = (rows.abolished_on <= p.as_of).fill_null(False)
    return hits(
        rows,
        where=mentions(rows.level, "社区", "村", "街道", "乡", "镇") & ~gone,
        subject=rows.body,
        name=rows.body,
        on=rows.set_up_on,
        because="{body}设在{level}一级，项目管理机构只设在省、市，分支设在区县",
    )


@rule(
    "culture.branch-without-body-above",
    "区县分支没有上级管理机构",
    severity=Severity.LOW,
    subject="organisation",
    seeds=["S4-05"],
    reads={"culture.management_body": None},
    needs={"culture.management_body": ("above",)},
    remedy="明确所属的省、市管理机构",
    risk_point="culture.no-rules",
    looks_alike="上级机构在名录中；省、市的机构",
)
def branch_without_body_above(t: Tables, p: ParameterView) -> Hits:
    """A branch in a district or county that names no body of its province or city as the one above it."""
    rows = t.management_body
    above = rows.filter(mentions(rows.level, "省", "市")).select(listed="body")
    branches = rows.filter(mentions(rows.level, "区", "县") & ~mentions(rows.level, "社区"))
    found = branches.anti_join(above, branches.above == above.listed)
    return hits(
        found,
        where=~(found.abolished_on <= p.as_of).fill_null(False),
        subject=found.body,
        name=found.body,
        on=found.set_up_on,
        because="{body}是{level}的分支，上级机构“{above}”不是名录中省、市的机构",
    )

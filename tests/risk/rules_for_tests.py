"""A few rules on the registers, made for the tests of the engine; they join no catalogue."""

from __future__ import annotations

from typing import Any

import ibis

from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Rule, Severity, Tables, Via, absent, hits


def make(code: str, function: Any, **options: Any) -> Rule:
    """A rule with the least metadata."""
    plain = {
        "title": code,
        "severity": Severity.MEDIUM,
        "subject": "person",
        "seeds": (),
        "optional": {},
        "needs": {},
        "spans": {},
        "uses": (),
        "remedy": "核实",
        "risk_point": "",
        "looks_alike": "",
        "basis": "",
    }
    return Rule(code=code, function=function, **{**plain, **options})


def _status_dead(t: Tables, p: ParameterView) -> Hits:
    rows = t.person
    return hits(
        rows,
        where=rows.status == "死亡",
        subject=rows.person,
        name=rows.name,
        because="{name}（{person}）户籍状态为死亡",
    )


def _no_phone(t: Tables, p: ParameterView) -> Hits:
    rows = t.person
    return hits(
        rows,
        where=absent(rows.phone),
        subject=rows.person,
        name=rows.name,
        because="{name}没有电话，住{address}",
    )


def _dead_in_register(t: Tables, p: ParameterView) -> Hits:
    rows = t.person.join(t.death, "person").filter(lambda r: r.died_on < p.as_of)
    return hits(
        rows, subject=rows.person, name=rows.name, on=rows.died_on, because="{name}于{died_on}死亡，{n}行"
    )


def _crowded(t: Tables, p: ParameterView) -> Hits:
    people = t.person.filter(~absent(t.person.dwelling))
    crowd = people.group_by("dwelling").aggregate(living=people.count())
    crowd = crowd.filter(crowd.living > p["test.most"])
    rows = people.join(crowd, "dwelling")
    return hits(rows, subject=rows.dwelling, because="{dwelling}住{living}人：{name}")


def _employer_of_dead(t: Tables, p: ParameterView) -> Hits:
    rows = t.employment.join(t.death, "person")
    return hits(
        rows,
        subject=rows.employer,
        amount=rows.monthly_wage,
        key=ibis.literal("x"),
        because="{employer}仍发{n}名死者工资，共{monthly_wage.sum}元",
    )


STATUS_DEAD = make("test.status-dead", _status_dead, reads={"registry.person": "person"})
NO_PHONE = make(
    "test.no-phone",
    _no_phone,
    reads={"registry.person": "person"},
    needs={"registry.person": ("phone",)},
)
DEAD_IN_REGISTER = make(
    "test.dead-in-register",
    _dead_in_register,
    reads={"registry.person": "person", "registry.death": "person"},
)
CROWDED = make(
    "test.crowded", _crowded, reads={"registry.person": "dwelling"}, uses=("test.most",), subject="place"
)
EMPLOYER_OF_DEAD = make(
    "test.employer-of-dead",
    _employer_of_dead,
    reads={
        "registry.employment": "employer",
        "registry.death": Via("person", "registry.employment", "employer"),
    },
    subject="organisation",
)
ALL = (STATUS_DEAD, NO_PHONE, DEAD_IN_REGISTER, CROWDED, EMPLOYER_OF_DEAD)

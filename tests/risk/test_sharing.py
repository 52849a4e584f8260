"""Groupings that several rules share are computed once, with the same answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import ibis
from tests import asking
from tests.risk.rules_for_tests import make

from shouwang.risk import sharing
from shouwang.risk.engine import ask
from shouwang.risk.rule import Hits, Rule, hits

AS_OF = dt.date(2023, 12, 31)
JOBS = [
    {"employer": "甲厂", "person": "A", "monthly_wage": "1000.10"},
    {"employer": "乙厂", "person": "A", "monthly_wage": "500"},
    {"employer": "乙厂", "person": "B", "monthly_wage": None},
]
ROWS = {"registry.employment": JOBS, "registry.death": [{"person": "A", "died_on": "2023-05-01"}]}


def earners(t: Any) -> ibis.Table:
    """One row a person: what several rules begin with."""
    return t.employment.group_by("person").agg(
        wage=t.employment.monthly_wage.sum(), ref_employment=t.employment.ref_employment.min()
    )


def rich(t: Any, p: Any) -> Hits:
    """Earns more than a thousand."""
    rows = earners(t)
    return hits(rows, where=rows.wage > 1000, subject=rows.person, because="{wage}")


def dead(t: Any, p: Any) -> Hits:
    """Earns and is dead."""
    rows = earners(t).join(t.death, "person")
    return hits(rows, subject=rows.person, because="{wage}")


def odd(t: Any, p: Any) -> Hits:
    """Shares a grouping that no engine can compute."""
    rows = t.employment.group_by("person").agg(
        wrong=t.employment.employer.cast("int64").sum(), ref_employment=t.employment.ref_employment.min()
    )
    return hits(rows, subject=rows.person, because="{wrong}")


def rules() -> list[Rule]:
    reads = {"registry.employment": "person"}
    return [
        make("test.rich", rich, reads=reads),
        make("test.dead", dead, reads={**reads, "registry.death": "person"}),
        make("test.odd-one", odd, reads=reads),
        make("test.odd-two", odd, reads=reads),
    ]


def table(name: str) -> ibis.Table:
    return ibis.table({"key": "string", "amount": "int64"}, name=name)


def test_a_grouping_of_two_queries_is_alike_in_both() -> None:
    one, other = table("one"), table("other")
    sums = one.group_by("key").agg(total=one.amount.sum())
    queries = [
        sums.filter(sums.total > 1),
        sums.join(other, "key"),
        other.group_by("key").agg(n=other.count()),
    ]
    assert sharing.alike(queries) == [sums.op()]


def test_an_inner_grouping_is_left_to_the_outer_one_unless_more_queries_need_it() -> None:
    one = table("one")
    inner = one.group_by("key").agg(total=one.amount.sum())
    outer = inner.group_by("total").agg(n=inner.count())
    twice = [outer.filter(outer.n > 1), outer.filter(outer.n > 2)]
    assert sharing.alike(twice) == [outer.op()]
    assert sharing.alike([*twice, inner.filter(inner.total > 3)]) == [inner.op(), outer.op()]


def test_shared_groupings_give_the_answers_of_each_rule_alone(tmp_path: Path) -> None:
    engine = asking.engine("duckdb", tmp_path)
    made = asking.snapshot(ROWS, tmp_path / "snapshot")
    together = {o.rule.code: o for o in ask(engine, made, rules(), {}, AS_OF)}
    alone = {o.rule.code: o for o in ask(engine, made, rules(), {}, AS_OF, fuse=False)}
    left = engine.backend.raw_sql("SELECT count(*) FROM duckdb_tables() WHERE temporary").fetchone()
    engine.close()
    assert left == (0,)
    assert [f.subject_id for f in together["test.rich"].findings] == ["A"]
    for code, outcome in together.items():
        assert (outcome.status, outcome.findings) == (alone[code].status, alone[code].findings)
    # What can't be computed is the fault of the rules that ask for it, each by itself.
    assert together["test.odd-one"].status == together["test.odd-two"].status == "failed"


def test_an_engine_that_keeps_nothing_gets_the_queries_as_they_are() -> None:
    one = table("one")
    sums = one.group_by("key").agg(total=one.amount.sum())
    queries = [sums.filter(sums.total > 1), sums.filter(sums.total > 2)]
    assert sharing.share(queries, lambda query: None) == queries


def test_what_is_kept_stands_where_the_grouping_stood() -> None:
    one = table("one")
    sums = one.group_by("key").agg(total=one.amount.sum())
    kept = ibis.table(sums.schema(), name="kept")
    queries = sharing.share([sums.filter(sums.total > 1), sums.select("key")], lambda query: kept)
    assert all(kept.op() in query.op().find(type(kept.op())) for query in queries)
    assert not any(query.op().find(type(sums.op())) for query in queries)

"""Which facts of a rule are personal: those made of personal columns, however far behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pytest
from tests import asking
from tests.risk.rules_for_tests import make

from shouwang.risk.engine import masks
from shouwang.risk.rule import Tables, hits

READS = {"registry.person": "person", "registry.death": "person"}


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    made = asking.snapshot(
        {"registry.person": [{"person": "A"}], "registry.death": [{"person": "A"}]}, tmp_path
    )
    engine = asking.engine("duckdb", tmp_path)
    return Tables({name: engine.table(made, name, made.parts_of(name)) for name in READS})


def masked(tables: Tables, rows: Any, **facts: Any) -> dict[str, str]:
    rule = make("test.masks", lambda t, p: None, reads=READS)
    found = hits(rows, subject=rows.person, because="".join(f"{{{f}}}" for f in facts), facts=facts)
    return dict(masks(rule, found))


def test_a_condition_on_a_personal_column_does_not_make_the_others_personal(tables: Tables) -> None:
    rows = tables.person.filter(tables.person.phone.notnull())
    assert masked(tables, rows, name=rows.name, status=rows.status) == {"name": "name"}


def test_a_fact_made_of_a_personal_column_stays_personal_behind_projection_and_join(tables: Tables) -> None:
    people = tables.person.mutate(who=tables.person.name + "等")
    rows = people.join(tables.death, "person").mutate(both=ibis._.who + ibis._.status)
    found = masked(tables, rows, who=rows.who, both=rows.both, other=rows.name_right, status=rows.status)
    assert found == {"who": "name", "both": "name", "other": "name"}


def test_a_number_hidden_in_a_longer_text_counts_as_a_number(tables: Tables) -> None:
    rows = tables.person.mutate(label=tables.person.name + tables.person.person)
    assert masked(tables, rows, label=rows.label) == {"label": "id"}


def test_aggregates_of_names_are_names_and_counts_are_nothing(tables: Tables) -> None:
    groups = tables.person.group_by("dwelling").agg(
        someone=tables.person.name.max(), living=tables.person.count()
    )
    rows = tables.person.join(groups, "dwelling")
    assert masked(tables, rows, someone=rows.someone, living=rows.living) == {"someone": "name"}

"""Hazard sources: the danger is computed, whoever typed what; great ones have somebody who answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.safety.office import Row

SOURCE = "safety.hazard_source"
seed = pytest.mark.seed


def source(number: str, scores: str | None = "3 6 0.5", stated: object = None, **more: object) -> Row:
    """A source judged by LEC with a plan; ``scores`` are L, E and C."""
    base: Row = {"source_no": number, "place": "锅炉房", "hazard": "爆炸", "method": "LEC", "plan": "限压"}
    if scores:
        base |= dict(zip(("likelihood", "exposure", "consequence"), scores.split(), strict=True))
    return {**base, "stated_danger": stated, "responsible": "常辉", **more}


@seed("S7-25", "S7-26", "S7-12")
def test_the_danger_is_computed_and_a_typed_one_is_only_compared() -> None:
    rows = {
        SOURCE: [
            source("right", stated=9),
            source("untyped"),
            source("wrong", stated="9.01"),
            source("no-method", method=None),
            source("no-plan", plan=None),
            source("other-method", None, method="安全检查表"),
            source("typed-without-scores", None, stated=90, method="安全检查表"),
        ]
    }
    assert subjects("safety.source-without-plan", rows) == ["no-plan"]
    code = "safety.source-not-evaluated"
    assert subjects(code, rows) == ["no-method", "wrong"]
    assert (
        ask(code, rows)[1].because == "锅炉房的危险源“爆炸”（wrong）评价方法：LEC，L3×E6×C0.50=9，表中写9.01"
    )
    grades = measured("safety.sources-by-danger", rows)
    assert grades == {
        ("", "五级 稍有危险"): (Decimal(5), None),
        ("", "未作LEC评价"): (Decimal(2), None),
    }
    fields = {SOURCE: ["source_no", "place", "hazard"]}
    assert outcome(code, rows, fields=fields).status == "no-ledger"


@seed("S7-25")
def test_scores_are_on_their_scales() -> None:
    rows = {
        SOURCE: [
            source("least", "0.1 0.5 1"),
            source("greatest", "10 10 100"),
            source("exposure", "3 4 7"),
            source("consequence", "3 6 16"),
            source("missing", "3 6 7", consequence=None),
            source("nothing", None),
            source("other-method", None, method="安全检查表"),
        ]
    }
    assert subjects("safety.lec-off-scale", rows) == ["consequence", "exposure", "missing", "nothing"]


@seed("S7-26", "S7-49")
def test_great_dangers_have_somebody_who_answers() -> None:
    rows = {
        SOURCE: [
            source("extreme", "10 6 15", responsible=None),
            source("high", "10 10 3", responsible=" "),
            source("typed-low", "10 6 15", stated=9, responsible=None),
            source("typed-high", "3 6 7", stated=540, responsible=None),
            source("attended", "10 6 15"),
            source("unscored", None, responsible=None),
        ]
    }
    assert subjects("safety.great-danger-unattended", rows) == ["extreme", "high", "typed-low"]

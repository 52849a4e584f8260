"""An office in which anything may stand in any column: every ledger, filled by chance from small pools.

Rows that make no sense are the point: the two engines must agree on blanks, odd numbers, day 29 February and
texts that no clerk would write, not only on what the sample offices hold. Pools are small, so that keys meet.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
from tests import asking

from shouwang.ledger.catalogue import ledger, ledgers
from shouwang.ledger.fields import LedgerField, OrganisationField
from shouwang.risk.engine import DuckDB, Question, prepare
from shouwang.risk.parameters import Parameter
from shouwang.risk.rule import Hits, Rule
from shouwang.snapshot.store import Snapshot
from shouwang.standards.resident_id import check_character

BLANK = 0.12
DAYS = [
    *(dt.date(2023, month, day) for month in range(1, 13) for day in (1, 10, 28)),
    *(dt.date(2022, 12, 31), dt.date(2024, 2, 29), dt.date(2021, 6, 30), dt.date(2023, 7, 2)),
]
MONTHS = [dt.date(2023, month, 1) for month in range(1, 13)]
MOMENTS = [dt.datetime(2023, 5, 3, 8, 30), dt.datetime(2023, 5, 3, 8, 45, 59), dt.datetime(2023, 5, 4)]
MONEY = ["0", "0.01", "100", "465", "930", "929.99", "1860", "50000", "120000.50", "-5"]
NUMBERS = ["0", "0.3333", "1", "4.35", "12.5", "60", "100", "250.75", "-1"]
COUNTS = [0, 1, 2, 3, 5, 8, 12, 30, 400, -1]
NAMES = ["李婷", "吴华", "张明", "欧阳修远", "买买提·艾力", "A"]
WORDS = ["织造厂", "云溪社区", "听泉小区1幢", "无", "(略)", "50%_", "it's"]
CODES = ["1", "01", "A1", "B-2", "云〔2023〕3号"]
BORN = ["19550101", "19630228", "19750915", "19900307", "20081231", "20120229"]
FIRST17 = [f"999901{born}{order:03d}" for born in BORN for order in (1, 2, 123, 504)]
PEOPLE = [*(digits + check_character(digits) for digits in FIRST17), "999901900101001", "R1"]
"""Men and women, old and young, one number of the old form and one that is none."""


def cell(field: LedgerField, words: list[str], chance: random.Random) -> Any:
    """Something that the column may hold."""
    if chance.random() < BLANK:
        return None
    if field.values and chance.random() < 0.9:
        return chance.choice(list(field.values))
    if isinstance(field, OrganisationField):
        return chance.choice(["织造厂", "云溪社区"])
    if field.name == "division":
        return chance.choice(["云溪社区", "柳岸社区"])
    if field.name == "name" and field.kind != "name":
        return chance.choice(WORDS[:3])
    pools: dict[str, Iterable[Any]] = {
        "id": PEOPLE, "code": CODES, "name": NAMES, "phone": CODES, "account": CODES, "date": DAYS,
        "month": MONTHS, "datetime": MOMENTS, "money": map(Decimal, MONEY), "number": map(Decimal, NUMBERS),
        "percent": map(Decimal, NUMBERS), "int": COUNTS, "bool": [True, False], "text": [*WORDS, *words],
    }  # fmt: skip
    return chance.choice(list(pools[field.kind]))


def snapshot(
    root: Path, rules: Iterable[Rule], parameters: dict[str, Parameter], rows: int = 120
) -> Snapshot:
    """Every ledger that a rule reads, with so many rows; the same in every run."""
    chosen = list(rules)
    words = spoken(root / "words", chosen, parameters)
    office: dict[str, list[dict[str, Any]]] = {}
    for name in sorted({name for rule in chosen for name in rule.ledgers if name in ledgers()}):
        chance = random.Random(name)
        fields = ledger(name).fields
        # Short ledgers too, so that something is missing in one that the other has.
        office[name] = [
            {column: cell(field, words[name], chance) for column, field in fields.items()}
            for _ in range(chance.choice([3, rows // 3, rows, rows]))
        ]
    return asking.snapshot(office, root / "snapshot")


def spoken(scratch: Path, rules: Iterable[Rule], parameters: dict[str, Parameter]) -> dict[str, list[str]]:
    """By ledger, the texts for which rules look in it: what free text must sometimes say."""
    chosen = list(rules)
    empty = asking.snapshot({n: [{}] for r in chosen for n in r.ledgers if n in ledgers()}, scratch)
    engine = DuckDB(scratch)
    found: dict[str, set[str]] = {name: set() for name in ledgers()}
    for rule in chosen:
        question = prepare(engine, empty, rule, parameters, dt.date(2023, 12, 31))
        if isinstance(question, Question):
            for name in rule.ledgers:
                found[name] |= literals(question.hits)
    engine.close()
    return {name: sorted(texts) for name, texts in found.items()}


def literals(hits: Hits) -> set[str]:
    """The texts that a rule compares with."""
    tables = hits.rows if hits.where is None else hits.rows.filter(hits.where)
    nodes = tables.op().find(ops.Literal)
    return {node.value for node in nodes if isinstance(node.value, str) and node.value.strip()}


def parameters(declared: dict[str, Parameter]) -> dict[str, Any]:
    """A value for each parameter that has none."""
    guesses: dict[str, Any] = {
        "money": 930, "number": "1.5", "percent": "4.35", "ratio": "0.6", "integer": 2, "days": 30,
        "months": 3, "date": "2023-07-01", "month": "2023-07-01", "text": "无", "list": ["无"],
    }  # fmt: skip
    return {name: guesses[one.kind] for name, one in declared.items() if not one.values}

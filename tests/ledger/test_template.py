"""Templates: every ledger's reads back what was written into it, and explains itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledger, ledgers
from shouwang.ledger.fields import LedgerField
from shouwang.ledger.template import EXPLANATION, header_of, write_template, write_templates
from shouwang.standards.resident_id import check_character

from .offices import read
from .styles import make_rows

# Characters of records; words that mean "no value" or "total" are no records' values.
WORDS = st.text("云溪社区样织厂正常整改第一二三ABCabc0123 ·-（）", min_size=1, max_size=12).filter(
    lambda t: t == " ".join(t.split()) and any(c.isalnum() for c in t) and not t.replace(".", "").isdigit()
)


def values(column: LedgerField) -> st.SearchStrategy[Any]:
    """Values as they come out of a snapshot."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "id": st.tuples(st.dates(date(1930, 1, 1), date(2023, 1, 1)), st.integers(0, 999)).map(
            lambda p: (n := f"110101{p[0]:%Y%m%d}{p[1]:03d}") + check_character(n)
        ),
        "code": st.from_regex(r"[A-Z]{2}[0-9]{3,10}(-[0-9]{1,4})?", fullmatch=True),
        "account": st.from_regex(r"[1-9][0-9]{15,18}", fullmatch=True),
        "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
        "name": st.text("王李张刘陈芳娜敏静丽强磊", min_size=2, max_size=4),
        "date": st.dates(date(1950, 1, 1), date(2050, 1, 1)),
        "month": st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(lambda d: d.replace(day=1)),
        "datetime": st.integers(0, 10**7).map(lambda m: datetime(2020, 1, 1) + timedelta(minutes=m)),
        "money": st.decimals(-(10**9), 10**13, places=2),
        "number": st.decimals(0, 10**9, places=4),
        "percent": st.decimals(1, 100, places=4),
        "int": st.integers(0, 10**9),
        "bool": st.booleans(),
    }
    if column.values and column.kind == "text":
        return st.sampled_from(list(column.values))
    return kinds.get(column.kind, WORDS)


def rows(spec: SheetSpec) -> st.SearchStrategy[list[dict[str, Any]]]:
    # A row of one or two words is a heading or a remark to any reader, so a record has some columns filled.
    always = {*list(spec.fields)[:4], *spec.key, *spec.fill_down}
    always |= {n for n, c in spec.fields.items() if c.stands_in}  # blank below the first means the same
    fixed = {n: values(c) for n, c in spec.fields.items() if c.required or n in always}
    optional = {n: st.none() | values(c) for n, c in spec.fields.items() if n not in fixed}
    return st.lists(st.fixed_dictionaries(fixed | optional), min_size=1, max_size=5)


def reads_back(folder: Path, name: str, records: list[dict[str, Any]]) -> None:
    """Write a filled template, read it, and compare every value."""
    spec = ledger(name)
    write_template(folder / "a.xlsx", spec, records)
    reading, tables = read(folder)
    assert not reading.rejected, [(r.header, r.value, r.code) for r in reading.rejected]
    sheets = {s.name: (s.status, s.ledger, s.why) for _, s in reading.sheets}
    assert sheets[spec.title[:31]][:2] == ("loaded", name), sheets
    (table,) = tables.values()
    assert table.height == len(records), [(s.name, s.skipped) for _, s in reading.sheets]
    for field in spec.fields:
        wanted = [r[field] for r in records]
        found = table[field].to_list() if field in table.columns else [None] * len(records)
        assert found == wanted, field


@pytest.mark.parametrize("name", sorted(ledgers()))
def test_what_is_filled_in_reads_back(tmp_path: Path, name: str) -> None:
    reads_back(tmp_path, name, make_rows(ledger(name), 4, seed=7))


@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes: rows are wide
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_whatever_is_filled_in_reads_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(ledgers())))
    reads_back(tmp_path_factory.mktemp("template"), name, data.draw(rows(ledger(name))))


def test_a_template_has_checks_and_explains_itself(tmp_path: Path) -> None:
    spec = ledger("assistance.payment")
    write_template(tmp_path / "a.xlsx", spec)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    page = book[spec.title]
    headers = [cell.value for cell in page[2]]
    assert headers == [header_of(c) for c in spec.fields.values()]
    by_column = {
        str(v.sqref).split(":")[0].rstrip("0123456789"): v for v in page.data_validations.dataValidation
    }
    letters = {n: openpyxl.utils.get_column_letter(i + 1) for i, n in enumerate(spec.fields)}
    kinds = {n: by_column[letters[n]].type for n in spec.fields if letters[n] in by_column}
    assert kinds["person"] == "textLength" and by_column[letters["person"]].formula1 == "18"
    assert kinds["paid_on"] == "date" and kinds["paid"] == "decimal" and kinds["persons"] == "whole"
    assert kinds["kind"] == "list"
    explained = {row[0].value: row for row in book[EXPLANATION].iter_rows(min_row=6)}
    assert set(explained) == {c.label for c in spec.fields.values()}
    assert explained["低保证号"][1].value == "是"


def test_an_empty_template_is_a_ledger_without_rows(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", ledger("registry.death"))
    reading, tables = read(tmp_path)
    assert not tables and not reading.problems
    assert [s.status for _, s in reading.sheets if s.name == "死亡人员名单"] == ["loaded"]
    assert {s.status for _, s in reading.sheets if s.name != "死亡人员名单"} <= {"ignored"}


def test_one_file_for_each_ledger(tmp_path: Path) -> None:
    written = write_templates(tmp_path, ledgers().values())
    assert len(set(written)) == len(ledgers())
    assert all(path.is_file() for path in written)


def test_amounts_with_many_digits_stay_exact(tmp_path: Path) -> None:
    spec = ledger("assistance.payment")
    row = {"certificate": "DB1", "month": date(2023, 1, 1), "paid": Decimal("1234567890123456.78")}
    write_template(tmp_path / "a.xlsx", spec, [row])
    _, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["paid"].to_list() == [Decimal("1234567890123456.78")]

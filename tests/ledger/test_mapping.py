"""The mapping file: written as chosen, obeyed when edited, refused with a word when wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from shouwang.ledger.reading import MappingError, mapping_text, read_folder
from tests.sample_read import SampleRead

from .offices import IDS, PEOPLE, death_book, deaths, only, read, workbook

pytestmark = pytest.mark.xdist_group("office_a")  # one reading of the office


def mapping(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_mapping_that_was_chosen_is_written_and_gives_the_same_again(
    tmp_path: Path, office_a: Path, office_a_read: SampleRead
) -> None:
    first = office_a_read.reading
    text = mapping_text(first)
    body = yaml.safe_load(text)
    assert body["files"]["07低保金发放表2023.xlsx"]["1月"]["ledger"] == "assistance.payment"
    assert body["files"]["01云溪社区户籍人口台账2023.xlsx"]["字典"] == "ignore"
    again = read_folder(office_a, mapping=mapping(tmp_path, text))
    for (_, a), (_, b) in zip(first.sheets, again.sheets, strict=True):
        assert (a.name, a.loaded, a.records, a.rejected) == (b.name, b.loaded, b.records, b.rejected), a.name
        assert [c.field for c in a.columns] == [c.field for c in b.columns] or a.status != "loaded"
        assert a.context == b.context


def test_a_sheet_that_was_not_recognised_is_read_when_the_mapping_says_how(tmp_path: Path) -> None:
    rows = [["甲", "乙", "丙"], *[[f"王{i}", IDS[i], f"2023-0{i + 1}-05"] for i in range(3)]]
    workbook(tmp_path / "office" / "奇怪.xlsx", {"Sheet1": rows})
    assert only(read(tmp_path / "office")[0]).status != "loaded"
    said = mapping(
        tmp_path,
        "files:\n  奇怪.xlsx:\n    Sheet1:\n      ledger: registry.death\n      header: [1]\n"
        "      context: {division: 云溪社区}\n      columns: {A: name, B: person, C: died_on}\n",
    )
    reading, tables = read(tmp_path / "office", said)
    assert only(reading).loaded == 3
    (table,) = tables.values()
    assert table["died_on"].to_list() == [date(2023, m, 5) for m in (1, 2, 3)]
    assert table["division"].unique().to_list() == ["云溪社区"]


def test_ignore_and_unused_are_obeyed(tmp_path: Path) -> None:
    death_book(tmp_path / "office" / "a.xlsx")
    assert (
        only(read(tmp_path / "office", mapping(tmp_path, "files: {a.xlsx: {死亡人员: ignore}}"))[0]).status
        == "ignored"
    )
    columns = "{B: name, D: person, E: died_on, F: ~}"
    text = f"files: {{a.xlsx: {{死亡人员: {{ledger: registry.death, columns: {columns}}}}}}}"
    reading, tables = read(tmp_path / "office", mapping(tmp_path, text))
    (table,) = tables.values()
    assert "cause" not in table.columns
    assert only(reading).loaded == 5


def test_factor_and_month_of_a_column_are_obeyed(tmp_path: Path) -> None:
    rows = [["证号", "一", "二"], ["DB1", 0.093, 0.1], ["DB2", 0.2, None]]
    workbook(tmp_path / "office" / "a.xlsx", {"Sheet1": rows})
    text = (
        "files:\n  a.xlsx:\n    Sheet1:\n      ledger: assistance.payment\n      header: 1\n      columns:\n"
        "        A: certificate\n        B: {field: paid, factor: 10000, month: 2023-01}\n"
        "        C: {field: paid, factor: 10000, month: 2023-02}\n"
    )
    reading, tables = read(tmp_path / "office", mapping(tmp_path, text))
    (table,) = tables.values()
    assert table.select("certificate", "month", "paid").rows() == [
        ("DB1", date(2023, 1, 1), Decimal("930.00")),
        ("DB1", date(2023, 2, 1), Decimal("1000.00")),
        ("DB2", date(2023, 1, 1), Decimal("2000.00")),
    ]
    assert only(reading).records == 3


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("files: [", "YAML"),
        ("sheets: {}", "files"),
        ("files: {a.xlsx: {S: {ledger: registry.deaths}}}", "registry.death"),
        ("files: {a.xlsx: {S: {ledger: registry.death, columns: {A: persn}}}}", "person"),
        ("files: {a.xlsx: {S: {ledger: registry.death, columns: {A: name, B: name}}}}", "name"),
        ("files: {a.xlsx: {S: {ledger: registry.death, header: x}}}", "header"),
        ("files: {a.xlsx: {S: {ledger: registry.death, header: [1, 3]}}}", "header"),
        ("files: {a.xlsx: {S: {ledger: registry.death, columns: {A: {field: name, factor: 万}}}}}", "factor"),
        ("files: {a.xlsx: {S: {ledger: registry.death, colums: {}}}}", "colums"),
        ("files: {a.xlsx: {S: {ledger: registry.death, context: {wo: x}}}}", "wo"),
        ("files: {a.xlsx: 3}", "a.xlsx"),
    ],
)
def test_a_wrong_mapping_is_refused_and_says_where(tmp_path: Path, text: str, word: str) -> None:
    death_book(tmp_path / "office" / "a.xlsx")
    with pytest.raises(MappingError, match="(?s)" + word):
        read(tmp_path / "office", mapping(tmp_path, text))


def test_a_missing_mapping_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="读不了"):
        read(tmp_path, tmp_path / "none.yaml")


def test_names_from_workbooks_cannot_break_the_file(tmp_path: Path) -> None:
    name = 'a"b {x} # !&|>'
    workbook(tmp_path / "o" / 'x"y: #.xlsx', {name: [["死亡人员名单"], PEOPLE, *deaths()]})
    reading, _ = read(tmp_path / "o")
    body = yaml.safe_load(mapping_text(reading))
    assert body["files"]['x"y: #.xlsx'][name]["ledger"] == "registry.death"

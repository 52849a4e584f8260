"""Reading: one workbook of 200,000 × 15 beside the readers alone, and a folder of 500 workbooks.

Ours finds the header, recognises the ledger among all that are declared, maps the columns, checks
every ID, date and telephone, and accounts for every row; the others turn the cells into a table and
stop there. Each runs in a process of its own, in turn, several rounds; the best round counts, since
whatever else the machine does can only slow a round down. openpyxl reads a tenth of the rows and its
seconds are multiplied by ten.

Run: ``python benchmarks/reading.py [ROWS] [WORKBOOKS]``. Needs ``pip install openpyxl``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")

from benchmarks.measure import child, peak_gib  # noqa: E402

ROUNDS = 3
HEADERS = (
    "序号", "户号", "户主姓名", "姓名", "与户主关系", "性别", "身份证号码", "出生日期", "小区", "房屋编号",
    "住址", "所属网格", "联系电话", "户籍状态", "备注",
)  # fmt: skip
READERS = ("python-calamine", "fastexcel", "polars calamine", "openpyxl")


def residents(rows: int, seed: int) -> list[list[object]]:
    """An invented register, every number with its right check digit; a few cells are wrong or blank."""
    from shouwang.standards.resident_id import check_character

    rng = random.Random(seed)
    table: list[list[object]] = []
    for number in range(rows):
        born = dt.date(1935, 1, 1) + dt.timedelta(rng.randrange(32_000))
        digits = f"99990{1 + seed % 9}{born:%Y%m%d}{rng.randrange(1000):03d}"
        person = digits + check_character(digits)
        if rng.random() < 0.001:
            person = person[:-1]
        household = number // 3
        name = rng.choice("王李张刘陈杨赵黄周吴") + rng.choice("伟芳娜敏静丽强磊") + rng.choice("明华国英梅")
        written = f"{born:%Y-%m-%d}" if number % 5 else f"{born.year}年{born.month}月{born.day}日"
        table.append([
            number + 1, f"H{household:06d}", name, name, ("户主", "配偶", "子女")[number % 3],
            "男" if int(digits[-1]) % 2 else "女", person, written, f"听泉小区{household % 7}",
            f"D{household:06d}", f"幸福路{household % 300}号{household % 20}幢{household % 6}单元",
            f"第{household % 12 + 1}网格", f"1900000{rng.randrange(10**4):04d}", "正常",
            "" if rng.random() < 0.9 else "独居",
        ])  # fmt: skip
    return table


def workbook(path: Path, rows: int, seed: int) -> None:
    """A register as an office keeps it: a title, who made it, the header, the rows, a footer."""
    import xlsxwriter

    # Texts are shared between cells, as Excel and WPS store them.
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("户籍人口")
        sheet.write(0, 0, f"云溪{seed}社区户籍人口台账")
        sheet.write(1, 0, "填报日期：2023年12月31日")
        sheet.write_row(2, 0, HEADERS)
        for at, row in enumerate(residents(rows, seed), 3):
            sheet.write_row(at, 0, row)
        sheet.write(rows + 3, 0, "制表：李婷")


def ours(path: Path) -> int:
    """Read, checked and mapped; the number of rows that were loaded."""
    from shouwang.ledger.reading import read_folder

    kept = 0

    def sink(_spec: object, _file: str, _sheet: str, rows: object, _fields: object) -> None:
        nonlocal kept
        kept += rows.num_rows  # type: ignore[attr-defined]

    reading = read_folder(path.parent, out_snapshot=sink)
    assert reading.loaded == kept and reading.loaded + reading.skipped + reading.rejected_rows == reading.rows
    assert all(sheet.status == "loaded" for _, sheet in reading.sheets), "a sheet was not recognised"
    return reading.rows


def alone(reader: str, path: Path) -> int:
    """One reader by itself; the number of rows it saw."""
    if reader == "python-calamine":
        import python_calamine

        return len(python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python())
    if reader == "fastexcel":
        import fastexcel

        return fastexcel.read_excel(str(path)).load_sheet_eager(0, header_row=None, dtypes="string").num_rows
    if reader == "polars calamine":
        import polars as pl

        return pl.read_excel(path, engine="calamine", has_header=False, infer_schema_length=0).height
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return sum(1 for _row in sheet.iter_rows(values_only=True))


def one(reader: str, path: Path) -> None:
    """What a child process does: read once, print seconds, rows and its peak memory."""
    if reader == "ours":
        import django

        django.setup()
        import shouwang.ledger.reading  # noqa: F401  imports are no part of the reading
    else:
        __import__({"polars calamine": "polars", "python-calamine": "python_calamine"}.get(reader, reader))
    idle = peak_gib()
    start, burnt = time.perf_counter(), time.process_time()
    rows = ours(path) if reader == "ours" else alone(reader, path)
    print(json.dumps({
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - burnt,
        "rows": rows,
        "peak_gib": peak_gib(),
        "of_which_imports_gib": idle,
    }))  # fmt: skip


def big(folder: Path, rows: int) -> list[dict[str, object]]:
    """One workbook of so many rows, all readers in turn."""
    (folder / "big").mkdir()
    (folder / "tenth").mkdir()
    workbook(folder / "big" / "户籍人口台账.xlsx", rows, 1)
    workbook(folder / "tenth" / "户籍人口台账.xlsx", rows // 10, 1)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ("ours", *READERS)}
    for _round in range(ROUNDS):
        for name, runs in found.items():
            part = "tenth" if name == "openpyxl" else "big"
            runs.append(child(__file__, "--one", name, str(folder / part / "户籍人口台账.xlsx")))
    answer = []
    for name, runs in found.items():
        times = 10 if name == "openpyxl" else 1
        best = min(runs, key=lambda r: r["seconds"])
        answer.append({
            "reader": name, "seconds": round(best["seconds"] * times, 2),
            "cpu_seconds": round(best["cpu"] * times, 2),
            "rows_per_second": round(rows / best["seconds"] / times),
            "peak_gib": round(max(r["peak_gib"] for r in runs), 2), "measured_on_rows": rows // times,
        })  # fmt: skip
    return answer


def many(folder: Path, workbooks: int, rows: int = 300) -> dict[str, object]:
    """A folder of so many workbooks."""
    (folder / "many").mkdir()
    for number in range(workbooks):
        workbook(folder / "many" / f"户籍人口台账{number:03d}.xlsx", rows, number)
    measured = child(__file__, "--one", "ours", str(folder / "many" / "x"))
    return {
        "workbooks": workbooks,
        "rows_each": rows,
        "seconds_per_workbook": round(measured["seconds"] / workbooks, 4),
        "peak_gib": round(measured["peak_gib"], 2),
        "of_which_imports_gib": round(measured["of_which_imports_gib"], 2),
    }


def main() -> None:
    """Print the readers beside one another and the folder."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    workbooks = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    with tempfile.TemporaryDirectory() as made:
        readers = big(Path(made), rows)
        folder = many(Path(made), workbooks)
    for row in readers:
        print("  ".join(f"{key} {value}" for key, value in row.items()))
    fastest = min(float(str(r["seconds"])) for r in readers if r["reader"] != "ours")
    ratio = round(fastest / float(str(readers[0]["seconds"])), 2)
    result = {"readers": readers, "speed_against_fastest": ratio, "promise": 0.7, "folder": folder}
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

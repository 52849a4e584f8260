"""``shouwang sample`` as an auditor uses it: draw, fill in, evaluate, draw again; what bad input is told."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.workbooks import write_workbook

from shouwang.cli import main
from shouwang.standards.sampling.draw import simple

HEADER = ["凭证编号", "凭证日期", "收支", "金额", "经办人", "用途说明", "收款方", "村社区"]
SEED = "2023年度 凭证抽查"


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "zh-hans")
    monkeypatch.setenv("COLUMNS", "160")


def vouchers(count: int = 120) -> list[list[Any]]:
    rng = random.Random(7)
    return [
        [
            f"PZ-{n:03d}",
            f"2023-{n % 12 + 1:02d}-15",
            "支出" if n % 3 else "收入",
            round(rng.uniform(20, 3000), 2),
            "王建国",
            "办公用品",
            "望河文具店",
            "东渡村" if n % 4 else "北岭村",
        ]
        for n in range(1, count + 1)
    ]


def office(folder: Path, rows: list[list[Any]] | None = None, file: str = "凭证2023.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    sheet = [["望河街道凭证审核登记"], HEADER, *(rows or vouchers())]
    write_workbook(folder / file, {"凭证审核登记": sheet})
    return folder


def run(*arguments: object, language: str = "zh") -> Result:
    return CliRunner().invoke(
        main.shouwang, ["--language", language, "sample", *map(str, arguments)], prog_name="shouwang"
    )


def draw(source: Path, out: Path, *more: object, ledger: str = "accounting.voucher") -> Result:
    return run("draw", source, ledger, "--out", out, "--seed", SEED, *more)


def rows_of(paper: Path) -> tuple[Any, dict[str, int], list[int]]:
    """The sheet of the sample, its columns by key, and the numbers of its rows."""
    book = openpyxl.load_workbook(paper)
    sheet = next(s for s in book if "shouwang-sample-rows/1" in [c.value for c in s[1]])
    keys = {c.value: c.column for c in sheet[1] if c.value}
    return (book, sheet), keys, [r for r in range(6, sheet.max_row + 1) if sheet.cell(r, keys["no"]).value]


def fill(
    paper: Path, wrong: dict[int, object] | None = None, *, ok: str = "相符", bad: str = "有偏差"
) -> None:
    """Fill in the paper: every row is right but those of ``wrong`` (number to audited value or None)."""
    (book, sheet), keys, rows = rows_of(paper)
    for r in rows:
        number = sheet.cell(r, keys["no"]).value
        is_wrong = number in (wrong or {})
        sheet.cell(r, keys["result"]).value = bad if is_wrong else ok
        if is_wrong and (wrong or {})[number] is not None:
            sheet.cell(r, keys["audited"]).value = (wrong or {})[number]
    book.save(paper)


def drawn(paper: Path, key: str = "row") -> list[Any]:
    (_book, sheet), keys, rows = rows_of(paper)
    return [sheet.cell(r, keys[key]).value for r in rows]


def test_vouchers_for_a_review_are_drawn_evaluated_and_told(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    result = draw(office(tmp_path / "in"), paper, "--confidence", "95%", "--tolerable", "10%")
    assert result.exit_code == 0, result.output
    assert len(drawn(paper)) == 26  # hypergeometric: 120 vouchers, 12 too many, none expected
    # Rows of the sheet: title, header, then voucher n stands in row n + 2.
    keys = simple([f"{row[7]}|{row[0]}" for row in vouchers()], 26, SEED)
    assert drawn(paper) == [int(key[-3:]) + 2 for key in keys]
    fill(paper)
    result = run("evaluate", paper)
    assert result.exit_code == 0, result.output
    assert "有 95% 的把握：总体 120 项中，有偏差的不超过" in result.output
    assert "样本支持“总体可以接受”" in result.output
    fill(paper, {1: None, 2: None})
    result = run("evaluate", paper, "--force")
    assert result.exit_code == 1
    assert "样本不支持“总体可以接受”" in result.output


@pytest.mark.seed("S10-76")
def test_insured_treatment_is_drawn_with_method_size_and_findings(tmp_path: Path) -> None:
    header = ["结算单号", "姓名", "身份证号", "定点医院", "入院日期", "出院日期", "总费用", "统筹支付"]
    stays = [
        [f"JS{n:04d}", "王建国", "999901197803270077", "望河医院", f"2023-0{n % 9 + 1}-03",
         f"2023-0{n % 9 + 1}-09", 1000 + n, 800 + n]
        for n in range(1, 61)
    ]  # fmt: skip
    write_workbook(tmp_path / "住院结算明细.xlsx", {"住院结算": [["住院结算明细"], header, *stays]})
    paper = tmp_path / "p.xlsx"
    result = draw(
        tmp_path / "住院结算明细.xlsx",
        paper,
        "--method", "mus", "--amount", "统筹支付", "--size", 12, "--confidence", "90%", "--tolerable", "5000",
        ledger="insurance.inpatient_stay",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    fill(paper, {3: 0})
    result = run("evaluate", paper)
    assert result.exit_code == 1, result.output
    book = openpyxl.load_workbook(tmp_path / "p-评价.xlsx")
    facts = {row[0]: row[1] for row in book.active.iter_rows(values_only=True) if row[0]}
    # The names of the columns of the ledger of supervision, so that they can be copied there.
    assert facts["抽样方法"] == "货币单元抽样：固定间隔"
    assert (facts["总体数量"], facts["抽样数量"], facts["发现问题数"]) == ("60", "12", "1")


def test_a_monetary_unit_sample_gives_both_bounds(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    result = draw(
        office(tmp_path / "in"), paper, "--method", "mus", "--confidence", "95%", "--tolerable", "10%"
    )
    assert result.exit_code == 0, result.output
    books = drawn(paper, "book")
    fill(paper, {1: round(books[0] / 2, 2), 2: round(books[1] * 1.1, 2)})
    result = run("evaluate", paper)
    assert result.exit_code in (0, 1)
    said = "".join(result.output.split())
    for words in ("高估：Stringer上限（泊松系数）", "低估：单元格上限", "高估：基本精度", "低估不超过"):
        assert words in said
    english = openpyxl.load_workbook(tmp_path / "p-评价.xlsx").active
    text = "\n".join(str(c.value) for row in english.iter_rows() for c in row if c.value)
    assert "Overstatement" in text and "高估" in text and "95% confidence" in text


def test_strata_are_shared_and_evaluated(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    more = ("--method", "stratified", "--strata", "村社区", "--size", 40)
    assert draw(office(tmp_path / "in"), paper, *more).exit_code == 0
    assert sorted(set(drawn(paper, "stratum"))) == ["东渡村", "北岭村"]
    assert drawn(paper, "stratum").count("北岭村") == 10
    fill(paper, {1: None})
    result = run("evaluate", paper)
    assert result.exit_code == 0 and "层：东渡村" in result.output
    assert "计划没有写明置信水平" in result.output and "不作支持与否的结论" in result.output


def test_bands_of_the_amount_and_equal_shares(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    more = (
        "--method", "stratified", "--bands", "500,2000", "--allocation", "equal", "--size", 30,
        "--confidence", "90%", "--tolerable", "40%",
    )  # fmt: skip
    assert draw(office(tmp_path / "in"), paper, *more).exit_code == 0
    strata = drawn(paper, "stratum")
    assert {s: strata.count(s) for s in set(strata)} == {
        "1: [, 500)": 10,
        "2: [500, 2000)": 10,
        "3: [2000, )": 10,
    }
    fill(paper)
    assert run("evaluate", paper).exit_code == 0


def test_order_file_and_sheet_do_not_move_the_draw(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    draw(office(tmp_path / "a"), first, "--size", 10)
    rows = vouchers()
    random.Random(3).shuffle(rows)
    draw(office(tmp_path / "b", rows, "另一个文件.xlsx"), second, "--size", 10)

    def numbers(paper: Path) -> list[Any]:
        (_book, sheet), _keys, lines = rows_of(paper)
        heads = {c.value: c.column for c in sheet[5]}
        return [sheet.cell(r, heads["凭证编号"]).value for r in lines]

    assert numbers(first) == numbers(second)


def test_the_same_draw_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")
    draw(folder, tmp_path / "1.xlsx", "--size", 10)
    draw(folder, tmp_path / "2.xlsx", "--size", 10)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@pytest.mark.parametrize("method", [("random",), ("mus",), ("stratified", "--strata", "村社区")])
def test_a_sample_is_drawn_again_from_the_ledger(tmp_path: Path, method: tuple[str, ...]) -> None:
    paper, folder = tmp_path / "p.xlsx", office(tmp_path / "in")
    assert draw(folder, paper, "--size", 12, "--method", *method).exit_code == 0
    fill(paper)
    result = run("evaluate", paper, "--again", folder)
    assert result.exit_code == 0 and "重抽，样本相同" in result.output
    office(folder, vouchers()[:-7])
    result = run("evaluate", paper, "--again", folder, "--force")
    assert result.exit_code == 3 and "重抽的样本与底稿不同（总体 113 行，计划时 120 行）" in result.output


def test_names_are_hidden_unless_a_reason_is_given(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")
    draw(folder, tmp_path / "masked.xlsx", "--size", 5)
    draw(folder, tmp_path / "clear.xlsx", "--size", 5, "--unmask", "审计组核对")

    def text(path: Path) -> str:
        return "\n".join(
            str(c.value)
            for s in openpyxl.load_workbook(path)
            for row in s.iter_rows()
            for c in row
            if c.value
        )

    assert "王建国" not in text(tmp_path / "masked.xlsx") and "王**" in text(tmp_path / "masked.xlsx")
    assert "王建国" in text(tmp_path / "clear.xlsx") and "审计组核对" in text(tmp_path / "clear.xlsx")
    # The key would give hidden numbers away, so it stands only in the clear paper.
    assert "key" not in rows_of(tmp_path / "masked.xlsx")[1]
    assert all("|PZ-" in key for key in drawn(tmp_path / "clear.xlsx", "key"))


def test_a_plan_may_not_tell_what_the_paper_hides(tmp_path: Path) -> None:
    folder, paper = office(tmp_path / "in"), tmp_path / "p.xlsx"
    result = draw(folder, paper, "--size", 5, "--where", "经办人=王建国")
    assert result.exit_code == 3 and "须加 --unmask" in result.output and not paper.exists()
    assert draw(folder, paper, "--size", 5, "--where", "经办人=王建国", "--unmask", "专项核查").exit_code == 0


def test_conditions_narrow_the_population(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    more = ("--size", 5, "--where", "收支=支出", "--where", "凭证日期=2023-05")
    result = draw(office(tmp_path / "in"), paper, *more)
    assert result.exit_code == 0, result.output
    kept = [n + 2 for n, row in enumerate(vouchers(), 1) if row[2] == "支出" and row[1].startswith("2023-05")]
    assert set(drawn(paper)) <= set(kept) and len(kept) < 12


def test_a_paper_is_evaluated_in_the_other_language(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    result = run(
        "draw", office(tmp_path / "in"), "accounting.voucher", "--out", paper, "--size", 5,
        "--confidence", "90%", "--tolerable", "60%", language="en",
    )  # fmt: skip
    assert result.exit_code == 0 and "Sampling seed" in result.output
    fill(paper, ok="OK", bad="Deviation")
    (book, sheet), keys, rows = rows_of(paper)
    sheet.cell(rows[0], keys["result"]).value = "相符"
    book.save(paper)
    assert "样本支持" in run("evaluate", paper).output


def test_what_is_missing_or_contradicts_is_told_row_by_row(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    draw(office(tmp_path / "in"), paper, "--method", "mus", "--size", 30)
    fill(paper)
    (book, sheet), keys, rows = rows_of(paper)
    at = [r for r in rows if sheet.cell(r, keys["hits"]).value][:6]
    sheet.cell(at[0], keys["result"]).value = None
    sheet.cell(at[1], keys["result"]).value = "好像对"
    sheet.cell(at[2], keys["result"]).value = "有偏差"
    sheet.cell(at[3], keys["audited"]).value = 1
    sheet.cell(at[4], keys["audited"]).value = "约三百"
    book.save(paper)
    result = run("evaluate", paper)
    assert result.exit_code == 2
    for row, words in zip(
        at,
        ("没有填核查结果", "“好像对”不认得", "没有填审定金额", "不等于账面金额", "“约三百”不是金额"),
        strict=False,
    ):
        assert f"第 {row} 行" in result.output and words in result.output
    assert "底稿有 5 处要补正" in result.output


def test_what_cannot_be_seen_counts_against_the_conclusion(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    draw(office(tmp_path / "in"), paper, "--size", 20, "--confidence", "95%", "--tolerable", "20%")
    fill(paper, {1: None, 2: None, 3: None, 4: None}, bad="无法核查")
    result = run("evaluate", paper)
    assert result.exit_code == 1 and "无法核查数（按偏差计）" in result.output


@pytest.mark.parametrize("change", ["book", "row", "drop", "plan"])
def test_a_paper_that_was_changed_is_refused(tmp_path: Path, change: str) -> None:
    paper = tmp_path / "p.xlsx"
    draw(
        office(tmp_path / "in"),
        paper,
        "--method",
        "mus",
        "--size",
        20,
        "--confidence",
        "95%",
        "--tolerable",
        "9%",
    )
    fill(paper)
    (book, sheet), keys, rows = rows_of(paper)
    if change == "drop":
        sheet.delete_rows(rows[2])
    elif change == "plan":
        plan = book.worksheets[0]
        cell = next(c for row in plan.iter_rows(min_col=4, max_col=4) for c in row if c.value == "9%")
        cell.value = "90%"
    else:
        sheet.cell(rows[2], keys[change]).value = 12345
    book.save(paper)
    result = run("evaluate", paper)
    assert result.exit_code == 3 and "核对码不符" in result.output


def test_sorting_the_rows_changes_nothing(tmp_path: Path) -> None:
    paper = tmp_path / "p.xlsx"
    draw(office(tmp_path / "in"), paper, "--size", 8)
    fill(paper)
    (book, sheet), _keys, rows = rows_of(paper)
    values = [[c.value for c in sheet[r]] for r in rows]
    for r, cells in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(cells, 1):
            sheet.cell(r, column).value = value
    book.save(paper)
    assert run("evaluate", paper).exit_code == 0


def test_rows_that_say_the_same_are_told_apart(tmp_path: Path) -> None:
    rows = [*vouchers(10), *vouchers(3)]
    paper = tmp_path / "p.xlsx"
    assert draw(office(tmp_path / "in", rows), paper, "--size", 13, "--unmask", "测试").exit_code == 0
    keys = drawn(paper, "key")
    assert len(set(keys)) == 13 and sum(key.endswith("#2") for key in keys) == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "请给出 --size"),
        (("--confidence", "95%"), "请给出 --size"),
        (("--size", "500"), "样本量须在 1 与总体数量之间"),
        (("--size", "5", "--where", "颜色=红"), "没有“颜色”这一栏"),
        (("--size", "5", "--where", "收支"), "请写成 栏目=内容"),
        (("--size", "5", "--where", "收支=无"), "没有一行符合"),
        (("--size", "5", "--strata", "村社区"), "用于 --method stratified"),
        (("--size", "5", "--method", "stratified"), "--strata 或 --bands"),
        (("--size", "5", "--method", "stratified", "--bands", "9,1"), "从小到大"),
        (("--size", "5", "--method", "stratified", "--bands", "a"), "1000,10000"),
        (("--confidence", "95%", "--tolerable", "五成"), "不是有效的数字"),
        (("--confidence", "95%", "--tolerable", "5%", "--expected", "6%"), "不低于可容忍"),
        (("--method", "mus", "--size", "5", "--amount", "收款方"), "不是金额"),
    ],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    paper = tmp_path / "p.xlsx"
    result = draw(office(tmp_path / "in"), paper, *arguments)
    assert result.exit_code == 3 and words in "".join(result.output.split("\n")), result.output
    assert not paper.exists() and list(tmp_path.glob(".making*")) == []


def test_wrong_names_and_files_are_told(tmp_path: Path) -> None:
    folder, paper = office(tmp_path / "in"), tmp_path / "p.xlsx"
    assert "accounting.voucher" in draw(folder, paper, "--size", 1, ledger="accounting.vucher").output
    assert "没有读到" in draw(folder, paper, "--size", 1, ledger="insurance.provider").output
    assert "以 .xlsx 结尾" in draw(folder, tmp_path / "p.csv", "--size", 1).output
    paper.write_bytes(b"PK\x03\x04 no zip")
    assert "已存在" in draw(folder, paper, "--size", 1).output
    result = run("evaluate", paper)
    assert result.exit_code == 3 and "p.xlsx" in result.output
    result = run("evaluate", folder / "凭证2023.xlsx")
    assert result.exit_code == 3 and "不是抽样底稿" in result.output


def test_digits_of_amounts(tmp_path: Path) -> None:
    rows = vouchers()
    rows += [
        [f"PZ-9{n}", "2023-06-01", "支出", 19900, "王建国", "工程款", "甲公司", "东渡村"] for n in range(40)
    ]
    out = tmp_path / "b.xlsx"
    result = run("benford", office(tmp_path / "in", rows), "凭证审核登记", "--same", "收款方", "--out", out)
    assert result.exit_code == 0, result.output
    said = "".join(result.output.split())
    assert "前两位数字MAD" in said and "偏多：19" in said and "1组，40行" in said and "只有160笔" in said
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["数字检验", "重复"]
    repeated = [r for r in book["重复"].iter_rows(min_row=4, values_only=True) if r[0]]
    assert len(repeated) == 40 and Decimal(str(repeated[0][2])) == 19900
    assert [r[-1] for r in repeated] == list(range(123, 163))

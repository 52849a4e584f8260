"""What a sheet's rows and columns are taken for, in the ways offices keep them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.ledger.reading import AccountError, SheetReading

from .offices import IDS, PEOPLE, codes, death_book, deaths, only, read, workbook

PAYMENT = ("序号", "低保证号", "户主姓名", "身份证号", "保障人数", "应发金额", "实发金额", "发放日期", "备注")


def payments(count: int = 6) -> list[list[Any]]:
    return [
        [i + 1, f"DB{i:04d}", f"李{'伟强磊'[i % 3]}", IDS[i % 5], 2, 930, 930, date(2023, 3, 8), None]
        for i in range(count)
    ]


def test_an_identity_number_kept_as_a_number_is_refused_not_repaired(tmp_path: Path) -> None:
    rows = deaths()
    rows[1][3] = 999901198110244487  # a program keeps fifteen digits of it
    reading, tables = read(death_book(tmp_path / "a.xlsx", rows).parent)
    refused = reading.rejected[0]
    assert (refused.row, refused.column, refused.header, refused.code) == (
        4,
        "D",
        "身份证号",
        "id_lost_digits",
    )
    assert refused.reason and refused.advice
    assert only(reading).rejected == [4]
    assert tables["a.xlsx/死亡人员"].height == 4


def test_a_number_whose_rounding_looks_right_is_refused_all_the_same(tmp_path: Path) -> None:
    """A rounded number may pass the check digit by chance: that it is a number is what counts."""
    from shouwang.standards.resident_id import check_character

    lucky = next(
        n
        for k in range(1000, 2000)
        if (n := f"99990119780327{k}")[17] == check_character(n[:17]) and int(float(n)) == int(n)
    )
    rows = deaths()
    rows[0][3], rows[1][3] = int(lucky), lucky
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert [(r.row, r.code) for r in reading.rejected] == [(3, "id_lost_digits")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "id_missing"),
        ("9999011978032700", "id_length"),
        ("999901197803270078", "id_checksum"),
        ("9.99901E+17", "id_lost_digits"),
    ],
)
def test_refusals_of_identity_numbers(tmp_path: Path, cell: Any, code: str) -> None:
    rows = deaths()
    rows[2][3] = cell
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert [(r.row, r.code) for r in reading.rejected] == [(5, code)]
    assert only(reading).loaded == 4


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "value_missing"),
        ("2023年4月31日", "date_impossible"),
        ("不记得了", "date_unreadable"),
        ("2023.13.5", "date_impossible"),
    ],
)
def test_refusals_of_required_dates(tmp_path: Path, cell: Any, code: str) -> None:
    rows = deaths()
    rows[2][4] = cell
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert [(r.row, r.column, r.code) for r in reading.rejected] == [(5, "E", code)]


def test_money_that_cannot_be_read_refuses_its_row_only(tmp_path: Path) -> None:
    rows = payments()
    rows[3][6] = "约九百"
    workbook(tmp_path / "2023年3月低保金发放表.xlsx", {"3月": [PAYMENT, *rows]})
    reading, _ = read(tmp_path)
    assert [(r.row, r.header, r.code) for r in reading.rejected] == [(5, "实发金额", "money_unreadable")]
    assert only(reading).loaded == 5


def test_two_faults_in_a_row_are_both_told(tmp_path: Path) -> None:
    rows = deaths()
    rows[0][3], rows[0][4] = "1", "x"
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert [(r.row, r.column) for r in reading.rejected] == [(3, "D"), (3, "E")]
    assert only(reading).rejected == [3]


def test_an_exact_duplicate_of_a_row_is_data(tmp_path: Path) -> None:
    rows = deaths()
    reading, _ = read(death_book(tmp_path / "a.xlsx", [*rows, rows[0]]).parent)
    assert only(reading).loaded == 6


def test_a_copy_of_a_whole_sheet_is_not_counted_twice(tmp_path: Path) -> None:
    sheet = [["死亡人员名单"], PEOPLE, *deaths()]
    workbook(tmp_path / "a.xlsx", {"死亡人员": sheet, "死亡人员 (2)": sheet})
    reading, tables = read(tmp_path)
    first, second = (s for _, s in reading.sheets)
    assert (first.status, second.status) == ("loaded", "ignored")
    assert second.why and dict(second.notes[-1].values) == {"same_as": "a.xlsx · 死亡人员"}
    assert len(tables) == 1


def test_subtotals_repeated_headers_and_footers_are_no_data(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["望河街道2023年3月城市低保金发放表"], ["单位：元"], list(PAYMENT)]
    rows += payments(3)
    rows += [["小计", None, None, None, 6, 2790, 2790]]
    rows += [list(PAYMENT)]
    rows += [[4, *r[1:]] for r in payments(2)]
    rows += [[], [None, "合  计", None, None, 10, 4650, 4650], [], ["制表人：王敏", None, None, "审核：李强"]]
    rows += [[None, None, None, None, None, None, "2023年3月10日"], ["注：以系统为准。"]]
    workbook(tmp_path / "a.xlsx", {"Sheet1": rows})
    reading, tables = read(tmp_path)
    sheet = only(reading)
    assert sheet.skipped == {
        "title": [1, 2],
        "header": [3],
        "total": [7, 12],
        "header_repeat": [8],
        "blank": [11, 13],
        "footer": [14, 15, 16],
    }
    assert sheet.loaded == 5
    assert tables["a.xlsx/Sheet1"]["month"].to_list() == [date(2023, 3, 1)] * 5


def test_a_unit_called_total_is_data_when_its_row_is_numbered(tmp_path: Path) -> None:
    rows = deaths()
    rows[2][1] = "合计"  # in a column of names, with a number and an identity of its own
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert only(reading).loaded == 5


def test_group_headings_are_told_apart(tmp_path: Path) -> None:
    rows = [["一、云溪社区"], *deaths(3), ["二、柳岸社区"], *[[4, *deaths()[3][1:]], [5, *deaths()[4][1:]]]]
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    sheet = only(reading)
    assert sheet.skipped["group_heading"] == [3, 7]
    assert sheet.loaded == 5


def test_rows_with_a_number_only_are_blank(tmp_path: Path) -> None:
    rows = [*deaths(3), [4], [5], [6]]
    reading, _ = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert only(reading).skipped["numbered_only"] == [6, 7, 8]
    assert only(reading).loaded == 3


def test_hidden_rows_and_sheets_are_data(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("首页").write(0, 0, "x")
    page = book.add_worksheet("死亡人员")
    for r, row in enumerate([PEOPLE, *deaths()]):
        page.write_row(r, 0, row)
    page.set_row(2, None, None, {"hidden": True})
    page.hide()
    book.close()
    reading, _ = read(tmp_path)
    sheet = next(s for _, s in reading.sheets if s.name == "死亡人员")
    assert sheet.hidden and sheet.loaded == 5


@pytest.mark.parametrize(
    ("name", "title", "status"),
    [
        ("死亡人员(作废)", "死亡人员名单", "ignored"),
        ("死亡人员", "死亡人员名单（样表）", "ignored"),
        ("填表说明", "死亡人员名单", "ignored"),
        ("死亡人员", "死亡人员名单", "loaded"),
    ],
)
def test_void_sheets_are_ignored_by_name_or_title(tmp_path: Path, name: str, title: str, status: str) -> None:
    workbook(tmp_path / "a.xlsx", {name: [[title], PEOPLE, *deaths()]})
    reading, _ = read(tmp_path)
    assert only(reading).status == status
    assert only(reading).why or status == "loaded"


def test_what_is_no_ledger_is_named_with_the_nearest(tmp_path: Path) -> None:
    rows = [["姓名", "死亡日期", "死亡原因", "家属姓名"], *[["王芳", "2023-01-01", "疾病", "李强"]] * 3]
    workbook(tmp_path / "a.xlsx", {"死亡人员": [["死亡人员名单"], *rows]})
    reading, tables = read(tmp_path)
    sheet = only(reading)
    assert sheet.status == "unrecognised"
    assert "registry.death" in sheet.nearest
    assert sheet.missing == ("身份证号",)
    assert sheet.skipped == {"sheet_unrecognised": list(range(1, 6))}
    assert not tables and reading.exit_code == 3


def test_a_summary_is_ignored(tmp_path: Path) -> None:
    rows = [["社区", "人数", "户数", "金额"], ["云溪社区", 10, 5, 9300], ["柳岸社区", 4, 2, 1860]]
    workbook(tmp_path / "a.xlsx", {"汇总": [["低保金发放汇总表"], *rows]})
    reading, _ = read(tmp_path)
    assert only(reading).status == "ignored"


def test_a_unit_in_the_header_or_above_the_table_multiplies(tmp_path: Path) -> None:
    header = list(PAYMENT)
    header[5] = "应发金额（万元）"
    rows = [[*r[:5], 0.093, 930, *r[7:]] for r in payments()]
    workbook(tmp_path / "2023年3月低保金发放表.xlsx", {"3月": [header, *rows]})
    thousand = [[*r[:5], 0.93, 0.93, *r[7:]] for r in payments()]
    title = [["2023年4月低保金发放表"], ["单位：千元"]]
    workbook(tmp_path / "b.xlsx", {"Sheet1": [*title, PAYMENT, *thousand]})
    reading, tables = read(tmp_path)
    for table in tables.values():
        assert table["due"].to_list() == [Decimal("930.00")] * 6
        assert table["paid"].to_list() == [Decimal("930.00")] * 6
    factors = {c.header: c.factor for _, s in reading.sheets for c in s.columns if c.kind == "money"}
    assert factors == {"应发金额（万元）": 10_000, "实发金额": 1000, "应发金额": 1000}


@pytest.mark.parametrize(
    ("file", "sheet", "title", "month"),
    [
        ("发放表.xlsx", "2023年3月", "低保金发放表", date(2023, 3, 1)),
        ("2023年发放表.xlsx", "3月份", "低保金发放表", date(2023, 3, 1)),
        ("2023/发放表.xlsx", "三月", "低保金发放表", date(2023, 3, 1)),
        ("a.xlsx", "Sheet1", "二〇二三年低保金发放表（2023.03月）", date(2023, 3, 1)),
        ("低保金发放表202311.xlsx", "Sheet1", "低保金发放表", date(2023, 11, 1)),
    ],
)
def test_the_month_is_found_around_the_table(
    tmp_path: Path, file: str, sheet: str, title: str, month: date
) -> None:
    workbook(tmp_path / file, {sheet: [[title], PAYMENT, *payments()]})
    _, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["month"].unique().to_list() == [month]


def test_without_a_month_anywhere_the_sheet_says_what_is_missing(tmp_path: Path) -> None:
    workbook(tmp_path / "发放表.xlsx", {"Sheet1": [["低保金发放表"], PAYMENT, *payments()]})
    reading, _ = read(tmp_path)
    assert only(reading).status == "unrecognised"
    assert only(reading).missing == ("发放月份",)


@pytest.mark.parametrize(
    ("sheet", "title", "division"),
    [
        ("云溪社区", "低保金发放表2023年3月", "云溪社区"),
        ("Sheet1", "望河街道柳岸社区2023年3月低保金发放表", "柳岸社区"),
        ("Sheet1", "安全社区 2023年3月低保金发放表", None),
        ("Sheet1", "王家村2023年3月低保金发放表", "王家村"),
        ("Sheet1", "望河街道2023年3月低保金发放表", "望河街道"),
        ("Sheet1", "望河街道各社区2023年3月低保金发放表", "望河街道"),
    ],
)
def test_the_community_is_found_around_the_table(
    tmp_path: Path, sheet: str, title: str, division: str | None
) -> None:
    workbook(tmp_path / "a.xlsx", {sheet: [[title], PAYMENT, *payments()]})
    reading, _ = read(tmp_path)
    assert only(reading).context.get("division") == division


def test_months_over_columns_become_records_and_an_empty_row_is_told(tmp_path: Path) -> None:
    header = ["序号", "姓名", "身份证号", *(f"{m}月" for m in range(1, 5)), "合计"]
    rows = [
        [1, "王芳", IDS[0], 2000, 2000, None, 2000, 6000],
        [2, "李强", IDS[1], None, None, None, None, None],
        [3, "张伟", IDS[2], 0, "暂停", 1500, 1500, 3000],
        [4, "赵敏", IDS[3], 0, None, None, "1,500.00元", 1500],
    ]
    workbook(tmp_path / "a.xlsx", {"养老金": [["2023年退休人员养老金发放表"], header, *rows]})
    reading, tables = read(tmp_path)
    sheet = only(reading)
    assert (sheet.loaded, sheet.records, sheet.rejected, sheet.skipped["no_value"]) == (2, 5, [5], [4])
    (table,) = tables.values()
    assert table.select("_row", "month", "amount").rows() == [
        (3, date(2023, 1, 1), Decimal("2000.00")),
        (3, date(2023, 2, 1), Decimal("2000.00")),
        (3, date(2023, 4, 1), Decimal("2000.00")),
        (6, date(2023, 1, 1), Decimal("0.00")),
        (6, date(2023, 4, 1), Decimal("1500.00")),
    ]


ROSTER = ("序号", "低保证号", "户主姓名", "保障人数", "成员姓名", "与户主关系", "身份证号", "月补差金额")


def roster() -> list[list[Any]]:
    return [
        [1, "DB01", "陈勇", 2, "陈勇", "户主", IDS[0], 1860],
        [None, None, None, None, "郝莲", "配偶", IDS[1], None],
        [2, "DB02", "吴琳", 1, "吴琳", "户主", IDS[2], 930],
        [3, "DB03", "冯瑶", 2, "冯瑶", "户主", IDS[3], 1860],
        [None, None, None, None, "丁东", "子", IDS[4], None],
    ]


def test_a_value_left_blank_below_the_first_of_its_group_is_carried_down(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"云溪社区": [["低保花名册"], ROSTER, *roster()]})
    reading, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["certificate"].to_list() == ["DB01", "DB01", "DB02", "DB03", "DB03"]
    assert {c.header: c.fill_down for c in only(reading).columns if c.fill_down} == dict.fromkeys(
        ("低保证号", "户主姓名", "保障人数", "月补差金额"), "blank"
    )


def test_where_groups_repeat_their_value_a_blank_stays_blank(tmp_path: Path) -> None:
    rows = roster()
    rows[1][1:4] = rows[0][1:4]
    rows[4][1] = None
    workbook(tmp_path / "a.xlsx", {"云溪社区": [["低保花名册"], ROSTER, *rows]})
    reading, _ = read(tmp_path)
    assert [(r.row, r.header, r.code) for r in reading.rejected] == [(7, "低保证号", "value_missing")]


def test_a_two_row_header_keeps_like_named_columns_apart(tmp_path: Path) -> None:
    upper = [
        "序号",
        "单位名称",
        "姓名",
        "身份证号",
        "费款所属期",
        "缴费基数",
        "单位缴纳",
        None,
        "个人缴纳",
        None,
    ]
    lower = [None] * 6 + ["养老", "医疗", "养老", "医疗"]
    row = [1, "样织厂", "王芳", IDS[0], "202303", 5000, 800, 400, 400, 100]
    workbook(tmp_path / "a.xlsx", {"缴费": [["参保缴费明细表"], upper, lower, row]})
    reading, tables = read(tmp_path)
    assert only(reading).header_rows == (2, 3)
    (table,) = tables.values()
    found = table.select("unit_pension", "unit_medical", "own_pension", "own_medical").row(0)
    assert found == (Decimal("800.00"), Decimal("400.00"), Decimal("400.00"), Decimal("100.00"))


def test_a_title_in_the_first_cell_is_no_group_header(tmp_path: Path) -> None:
    """Without merging, a title alone in A1 looks like a group over all columns."""
    workbook(tmp_path / "a.xlsx", {"Sheet1": [["死亡人员名单"], PEOPLE, *deaths()]})
    reading, _ = read(tmp_path)
    assert only(reading).header_rows == (2,)
    assert only(reading).title == "死亡人员名单"


def test_ditto_marks_mean_the_cell_above(tmp_path: Path) -> None:
    rows = deaths()
    rows[1][5], rows[2][5] = "同上", "〃"
    rows[3][5] = "意外"
    _, tables = read(death_book(tmp_path / "a.xlsx", rows).parent)
    assert tables["a.xlsx/死亡人员"]["cause"].to_list() == ["疾病", "疾病", "疾病", "意外", "疾病"]


def test_a_percentage_kept_as_a_fraction_is_said(tmp_path: Path) -> None:
    header = ["序号", "合同编号", "借款人姓名", "身份证号", "放款日期", "贷款金额", "年利率"]
    rows = [[i + 1, f"HT{i}", "王芳", IDS[i], date(2023, 1, 5), 20000, 0.0435] for i in range(4)]
    workbook(tmp_path / "a.xlsx", {"Sheet1": [["小额担保贷款发放与还款台账"], header, *rows]})
    reading, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["rate"].unique().to_list() == [Decimal("4.3500")]
    assert "percent_fraction" in [n.code for n in only(reading).notes]


def test_the_account_refuses_to_come_out_uneven() -> None:
    with pytest.raises(AccountError):
        SheetReading("a", rows=3, loaded=1, skipped={"blank": [2]}).settle()
    with pytest.raises(AccountError):
        SheetReading("a", rows=3, loaded=1, skipped={"blank": [2]}, rejected=[2]).settle()
    SheetReading("a", rows=3, loaded=1, skipped={"blank": [2]}, rejected=[3]).settle()


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *PEOPLE,
            "合计",
            "小计",
            "本月合计",
            "制表人：王敏",
            "注：以上",
            "同上",
            " ",
            "一、云溪社区",
            "/",
            "是",
        ]
    ),
    st.sampled_from(
        [*IDS, "99990119", "2023-01-05", "2023年4月31日", "1,200.50", "王芳", "死亡人员名单", "1月"]
    ),
    st.integers(0, 50),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1950, 1, 1), date(2030, 1, 1)),
    st.text(max_size=12),
)


@given(
    st.lists(st.lists(CELLS, max_size=9), max_size=14),
    st.booleans(),
    st.lists(st.integers(0, 20), max_size=4),
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_of_any_sheet_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]], ledger: bool, gaps: list[int]
) -> None:
    """Whatever stands in a sheet: loaded + skipped + rejected are its rows, and nothing stops the reading."""
    folder = tmp_path_factory.mktemp("sheet")
    lines: list[list[Any]] = [["死亡人员名单"], list(PEOPLE), *deaths(3)] if ledger else []
    for at, row in enumerate(rows):
        lines.insert(min(len(lines), gaps[at % len(gaps)] if gaps else len(lines)), row)
    workbook(folder / "a.xlsx", {"Sheet1": lines})
    reading, tables = read(folder)
    sheet = only(reading)
    filled = [i + 1 for i, row in enumerate(lines) if any(str(c).strip() for c in row if c is not None)]
    assert sheet.rows <= (filled[-1] if filled else 0)
    assert sheet.loaded + sheet.skipped_rows + len(sheet.rejected) == sheet.rows
    assert sum(t.height for t in tables.values()) == sheet.records
    assert {r.row for r in reading.rejected} == set(sheet.rejected)
    reading.to_json()


def test_a_telephone_of_everybodys_own_does_not_break_the_group(tmp_path: Path) -> None:
    rows = [[*row, f"190-0000-{i:04d}"] for i, row in enumerate(roster())]
    workbook(tmp_path / "a.xlsx", {"云溪社区": [["低保花名册"], [*ROSTER, "联系电话"], *rows]})
    _, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["certificate"].null_count() == 0
    assert table["phone"].n_unique() == 5


def test_a_group_that_lacks_its_number_is_refused_not_given_the_neighbours(tmp_path: Path) -> None:
    rows = roster()
    rows[2][1] = None
    workbook(tmp_path / "a.xlsx", {"云溪社区": [["低保花名册"], ROSTER, *rows]})
    reading, _ = read(tmp_path)
    assert [(r.row, r.header, r.code) for r in reading.rejected] == [(5, "低保证号", "value_missing")]


def test_a_community_that_stands_once_for_its_rows_is_carried_down(tmp_path: Path) -> None:
    header = ("序号", "社区", *PAYMENT[1:])
    names = ["云溪社区", None, None, "柳岸社区", None, None]
    rows = [[r[0], name, *r[1:]] for r, name in zip(payments(), names, strict=True)]
    workbook(tmp_path / "2023年3月低保金发放表.xlsx", {"3月": [header, *rows]})
    _, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["division"].to_list() == ["云溪社区"] * 3 + ["柳岸社区"] * 3


def test_a_community_in_a_heading_holds_for_the_rows_below(tmp_path: Path) -> None:
    rows = [["一、云溪社区"], *payments(2), ["二、柳岸社区（2户）"], *payments(6)[2:4]]
    workbook(tmp_path / "2023年3月低保金发放表.xlsx", {"3月": [["望河街道低保金发放表"], PAYMENT, *rows]})
    reading, tables = read(tmp_path)
    (table,) = tables.values()
    assert table["division"].to_list() == ["云溪社区"] * 2 + ["柳岸社区"] * 2
    assert only(reading).skipped["group_heading"] == [3, 6]


def test_a_row_that_numbers_the_columns_belongs_to_the_header(tmp_path: Path) -> None:
    numbers = ["甲", "乙", "丙", "1", "2", "3", "4=2+3", "5", "6"]
    workbook(tmp_path / "2023年3月低保金发放表.xlsx", {"3月": [PAYMENT, numbers, *payments()]})
    reading, _ = read(tmp_path)
    sheet = only(reading)
    assert (sheet.skipped["header"], sheet.loaded, sheet.rejected) == ([1, 2], 6, [])


@pytest.mark.parametrize("word", ["本月合计", "本年累计", "承前页", "过次页"])
def test_totals_of_a_journal_are_no_entries_though_they_are_dated(tmp_path: Path, word: str) -> None:
    header = ["村(社区)", "日期", "凭证编号", "摘要", "收入", "支出", "余额"]
    rows = [
        ["云溪社区", "2023-01-05", "1", "收租金", 100, None, 100],
        ["云溪社区", "2023-01-31", None, word, 100, 0, 100],
    ]
    workbook(tmp_path / "a.xlsx", {"现金日记账": [["现金日记账"], header, *rows]})
    reading, _ = read(tmp_path)
    assert (only(reading).loaded, only(reading).skipped["total"]) == (1, [4])


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("收据作废登记死亡人员名单", "loaded"),
        ("死亡人员名单【草稿】", "ignored"),
        ("死亡人员名单-作废", "ignored"),
    ],
)
def test_a_word_such_as_void_counts_where_it_is_said_of_the_sheet(
    tmp_path: Path, title: str, status: str
) -> None:
    workbook(tmp_path / "a.xlsx", {"死亡人员": [[title], PEOPLE, *deaths()]})
    assert only(read(tmp_path)[0]).status == status


def test_a_code_that_a_program_kept_from_becoming_a_number(tmp_path: Path) -> None:
    lines = [",".join(PEOPLE)] + [
        ",".join(f'="{c}"' if c in IDS else str(c or "") for c in r) for r in deaths()
    ]
    (tmp_path / "死亡人员名单.csv").write_text("\n".join(lines), encoding="utf-8")
    reading, tables = read(tmp_path)
    assert not reading.rejected
    assert tables["死亡人员名单.csv/死亡人员名单"]["person"].to_list() == list(IDS)


def test_cells_with_an_error_are_counted(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet("死亡人员")
    for r, row in enumerate([PEOPLE, *deaths()]):
        page.write_row(r, 0, row)
    page.write_formula(2, 5, "=1/0", None, "#DIV/0!")
    book.close()
    reading, _ = read(tmp_path)
    assert {n.code: dict(n.values) for n in only(reading).notes}["formula_error"] == {"cells": 1}


def test_a_defect_of_the_reader_costs_one_sheet_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shouwang.ledger.reading import folder

    real = folder.read_sheet

    def broken(grid: Any, *rest: Any) -> Any:
        if grid.name == "坏":
            raise ZeroDivisionError
        return real(grid, *rest)

    monkeypatch.setattr(folder, "read_sheet", broken)
    sheet = [["死亡人员名单"], PEOPLE, *deaths()]
    workbook(tmp_path / "a.xlsx", {"坏": sheet, "死亡人员": sheet})
    reading, tables = read(tmp_path)
    assert codes(reading) == ["internal"] and reading.problems[0].sheet == "坏"
    assert [s.status for _, s in reading.sheets] == ["unreadable", "loaded"]
    assert reading.loaded + reading.skipped + reading.rejected_rows == reading.rows
    assert len(tables) == 1 and reading.exit_code == 2

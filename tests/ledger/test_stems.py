"""Headers that offices vary: what must be known for the same, and what must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import read_folder
from shouwang.ledger.reading.content import evidence
from shouwang.ledger.reading.context import Surroundings
from shouwang.ledger.reading.stems import likeness, stem
from shouwang.ledger.reading.values import Asked, read_column
from shouwang.ledger.reading.vocabulary import Header, vocabulary
from tests.ledger.offices import IDS, workbook


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("亡故时间", "死亡日期"),
        ("走访人员姓名", "走访人"),
        ("上报单号", "上报单编号"),
        ("街办审核时间", "街道办事处审核日期"),
        ("催收办法", "催收方式"),
        ("暂停事由", "暂停原因"),
        ("上月止码", "上期读数"),
        ("银行帐号", "银行账号"),
        ("购药日期时间", "购药时间"),
    ],
)
def test_words_for_the_same_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上期读数", "本期读数"),
        ("社区审核日期", "街道审核日期"),
        ("公示起日期", "公示止日期"),
        ("审核日期", "审核人"),
        ("应发额", "实发额"),
        ("家庭月收入", "本人月收入"),
        ("暂停日期", "恢复日期"),
    ],
)
def test_words_that_part_two_columns_are_never_alike(one: str, other: str) -> None:
    assert likeness(stem(one), stem(other)) == 0.0


def test_likeness_prefers_the_same_beginning() -> None:
    assert likeness("应发放额", "应发额") > likeness("应发放额", "发放额") > 0
    assert likeness("担保中心审核人", "担保审核人") > 0.8


def test_a_stem_that_two_columns_share_says_nothing() -> None:
    words = vocabulary(ledgers().values()).words["assistance.payment"]
    assert words.find(Header(("发放时间",)), {}) is not None
    for text, (name, _, key) in words.stems.items():
        assert words.exact[key][0] == name, text


def test_a_group_and_a_remark_are_part_of_the_name() -> None:
    words = vocabulary(ledgers().values()).words["insurance.contribution"]
    for header in (Header(("工伤(单位)",)), Header(("单位应缴部分", "工伤")), Header(("单位缴纳", "工伤"))):
        found = words.find(header, {"工伤": 2})
        assert found is not None and found[0] == "unit_injury", header


def test_repeated_headers_and_signatures_are_no_evidence() -> None:
    cells = pl.Series(["2023-04-05", "收回日期", None, "收回日期", "审核人：李强", "填报日期：2024年1月5日"])
    seen = evidence(cells, ("收回日期",))
    assert seen.date == 1.0
    assert evidence(pl.Series([None, "审核人：李强"], dtype=pl.String)).filled == 0


def test_a_time_after_the_date_does_not_hide_it() -> None:
    cells = pl.Series(["2023年1月2日 9时6分", "2023-01-02 09:06:00", "2023.1.2 09:06", "2023/01/02 9:06"])
    assert evidence(cells).date == 1.0


def test_a_short_remark_that_names_one_value_is_that_value() -> None:
    column = ledgers()["microcredit.training"].fields["result"]
    cells = pl.Series(["考核合格", "考核不合格", "合格（补考）", "未考核", "合格与不合格各半"])
    read = read_column(column, cells, None, Asked())
    assert read.values.to_list() == ["合格", "不合格", "合格", "未考核", "合格与不合格各半"]
    assert read.notes == {"value_unknown": 2}


def test_yes_and_no_in_words() -> None:
    column = ledgers()["safety.hazard"].fields["at_once"]
    cells = pl.Series(["可以", "不可以", "能立即整改", "不能立即整改", "已完成", "未完成", "待定"])
    read = read_column(column, cells, None, Asked())
    assert read.values.to_list() == [True, False, True, False, True, False, None]
    assert read.problems.to_list() == [None] * 6 + ["yesno_unreadable"]


@pytest.mark.parametrize(
    ("sheet", "title", "month"),
    [
        ("12", "望河街道2023年1月低保金发放表", (2023, 1)),
        ("12", "望河街道2023年低保金发放表", (2023, 12)),
        ("2月", "望河街道2023年1月低保金发放表", (2023, 2)),
        ("2023.02", "望河街道低保金发放表", (2023, 2)),
    ],
)
def test_a_sheet_that_is_only_numbered_is_a_month_when_nothing_else_is_said(
    sheet: str, title: str, month: tuple[int, int]
) -> None:
    assert Surroundings("发放表.xlsx", sheet, (title,)).month == month


def test_signatures_over_any_columns_are_no_record(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["望河街道死亡人员名单"],
        ["编号", "姓名", "性别", "证件号码", "亡故时间", "死因"],
        *([i + 1, f"王{'芳娜敏'[i]}", "女", IDS[i], date(2023, 5, 1 + i), "疾病"] for i in range(3)),
        ["填表人：王敏", None, None, "审核人：李强", None, "日期：2024年1月5日"],
    ]
    workbook(tmp_path / "名单.xlsx", {"Sheet1": rows})
    reading = read_folder(tmp_path)
    ((_, sheet),) = reading.sheets
    assert (sheet.ledger, sheet.loaded, sheet.rejected) == ("registry.death", 3, [])
    assert sheet.skipped["footer"] == [6]


def test_a_subtotal_may_stand_in_the_column_of_remarks(tmp_path: Path) -> None:
    paid: list[list[object]] = [
        [None, f"DB000{i}", IDS[i], "王芳", 930, 930, date(2023, 6, 5)] for i in range(3)
    ]
    rows: list[list[object]] = [
        ["望河街道2023年6月低保金发放表"],
        ["备注", "低保证号", "身份证号", "户主姓名", "应发金额", "实发金额", "发放日期"],
        *paid,
        ["小计", None, None, None, 2790, 2790, None],
    ]
    workbook(tmp_path / "发放.xlsx", {"6月": rows})
    reading = read_folder(tmp_path)
    ((_, sheet),) = reading.sheets
    assert (sheet.ledger, sheet.loaded, sheet.rejected) == ("assistance.payment", 3, [])
    assert sheet.skipped["total"] == [6]


def test_months_of_no_year_are_not_taken_for_a_year(tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "原工作单位", "月养老金", *(f"{m}月" for m in range(1, 13))]
    rows: list[list[object]] = [["王芳", IDS[i], "供销社", 3000, *[3000] * 12] for i in range(3)]
    workbook(tmp_path / "甲.xlsx", {"养老金发放": [header, *rows]})
    workbook(tmp_path / "乙.xlsx", {"养老金发放": [["2023年养老金发放表"], header, *rows]})
    reading = read_folder(tmp_path)
    sheets = {f.path: s for f, s in reading.sheets}
    assert sheets["乙.xlsx"].records == 36
    assert sheets["甲.xlsx"].status == "unrecognised" and sheets["甲.xlsx"].missing == ("发放月份",)

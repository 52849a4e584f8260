"""Dates and months as offices write them."""

from datetime import date, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards.dates import (
    parse_date,
    parse_dates,
    parse_datetime,
    parse_datetimes,
    parse_month,
    parse_months,
)

APRIL_5 = date(2023, 4, 5)
TODAY = date(2023, 12, 31)

SAME_DAY = [
    date(2023, 4, 5),
    datetime(2023, 4, 5, 13, 5),
    datetime(2023, 4, 5, tzinfo=timezone(timedelta(hours=8))),
    45021,  # serial of the 1900 system
    45021.545,
    "45021",
    20230405,
    20230405.0,
    "2023-04-05",
    "2023-4-5",
    "2023.4.5",
    "2023.04.05",
    "2023/4/5",
    "2023 / 4 / 5",
    "2023。4。5",
    "2023，4，5",
    "２０２３－０４－０５",
    "20230405",
    "2023年4月5日",
    "2023年04月05日",
    "2023 年 4 月 5 日",
    "2023年4月5号",
    "2023年4月5",
    "二〇二三年四月五日",
    "二零二三年四月五日",
    "二○二三年四月五日",
    "贰零贰叁年零肆月零伍日",
    "公元2023年4月5日",
    "2023-04-05 13:05",
    "2023-04-05 13:05:59.000",
    "2023-04-05T13:05:59+08:00",
    "2023/4/5 下午1:05",
    "2023年4月5日13时5分",
    "2023年4月5日 上午9点",
    "20230405130500",
    "202304051305",
    20230405130500,
    "2023年4月5日（星期三）",
    "2023-04-05 周三",
    "2023年4月5日起",
    "'2023-04-05",
    "23.4.5",
    "23年4月5日",
    "4月5日",
]


@pytest.mark.parametrize("cell", SAME_DAY, ids=str)
def test_ways_of_writing_one_day(cell: object) -> None:
    found = parse_date(cell, today=TODAY, year=2023)
    assert (found.value, found.code) == (APRIL_5, None)
    assert parse_month(cell, today=TODAY, year=2023).value == date(2023, 4, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2023.13.5", "date_impossible"),
        ("2023年4月31日", "date_impossible"),
        ("2023-02-29", "date_impossible"),
        ("20231301", "date_impossible"),
        ("2023-4-0", "date_impossible"),
        ("2023-0-4", "date_impossible"),
        ("2023-04-05 25:00", "date_impossible"),
        ("二〇二三年二月三十日", "date_impossible"),
        ("不详年", "date_unreadable"),
        ("去年春节", "date_unreadable"),
        ("正月初五", "date_unreadable"),
        ("2023年3月至5月", "date_unreadable"),
        ("05/04/2023", "date_unreadable"),  # day first or month first: nobody can tell
        ("2023", "date_unreadable"),
        (True, "date_unreadable"),
        (0.5, "date_unreadable"),
        (12, "date_unreadable"),  # a count, not 1900-01-12
        (-3, "date_unreadable"),
        (999999999, "date_unreadable"),
        (["2023"], "date_unreadable"),
        ("4月5日", "date_without_year"),
        ("2023年4月", "date_without_day"),
        ("2023.04", "date_without_day"),
        ("2023年", "date_without_day"),
        (2023.1, "date_ambiguous"),
        (datetime(1899, 12, 31, 9, 30), "date_out_of_range"),  # how readers deliver a bare time
        (date(2923, 4, 5), "date_out_of_range"),
    ],
)
def test_refused_with_a_reason(cell: object, code: str) -> None:
    found = parse_date(cell, today=TODAY)
    assert (found.value, found.code) == (None, code)


@pytest.mark.parametrize("cell", [None, "", "—", "/", "无", "-", float("nan"), "年 月 日"])
def test_empty_marks_mean_nothing(cell: object) -> None:
    for found in (parse_date(cell), parse_month(cell), parse_datetime(cell)):
        assert (found.value, found.code, found.note_code) == (None, None, None)


@pytest.mark.parametrize("cell", ["长期", "至今", " 至 今 ", "无固定期限"])
def test_open_ends_are_no_date_but_say_something(cell: str) -> None:
    found = parse_date(cell)
    assert (found.value, found.code, found.note_code) == (None, None, "date_open")


def test_two_digit_years_are_never_after_the_year_of_today() -> None:
    assert parse_date("23.4.5", today=date(2023, 1, 1)).value == date(2023, 4, 5)
    assert parse_date("24.4.5", today=date(2023, 1, 1)).value == date(1924, 4, 5)
    assert parse_date("58.4.5", today=TODAY).value == date(1958, 4, 5)
    assert parse_date("58.4.5", today=TODAY).note_code == "date_short_year"
    assert (parse_date("68-1-1").value, parse_date("69-1-1").value) == (date(2068, 1, 1), date(1969, 1, 1))


def test_serials_of_both_systems() -> None:
    # ECMA-376 part 1, 18.17.4.1: 2008-01-01 is 39448 in the 1900 system and 37986 in the 1904 system.
    assert parse_date(39448).value == date(2008, 1, 1)
    assert parse_date(37986, epoch_1904=True).value == date(2008, 1, 1)
    assert parse_datetime(39448.75).value == datetime(2008, 1, 1, 18)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2023-04", date(2023, 4, 1)),
        ("2023.04", date(2023, 4, 1)),
        ("2023.10", date(2023, 10, 1)),
        ("2023.1", date(2023, 1, 1)),
        ("202304", date(2023, 4, 1)),
        (202304, date(2023, 4, 1)),
        (2023.04, date(2023, 4, 1)),
        (2023.12, date(2023, 12, 1)),
        (2023.4, date(2023, 4, 1)),
        ("2023年4月", date(2023, 4, 1)),
        ("2023年5月份", date(2023, 5, 1)),
        ("二〇二三年十二月", date(2023, 12, 1)),
        ("5月份", date(2022, 5, 1)),
        ("03月", date(2022, 3, 1)),
        ("十一月", date(2022, 11, 1)),
        (7, date(2022, 7, 1)),
        ("7", date(2022, 7, 1)),
    ],
)
def test_months(cell: object, month: date) -> None:
    found = parse_month(cell, year=2022)
    assert (found.value, found.code) == (month, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (2023.1, "date_ambiguous"),
        ("2023.13", "date_impossible"),
        ("2023-02-30", "date_impossible"),
        ("5月", "date_without_year"),
        (7, "date_without_year"),
        (13, "date_unreadable"),
        ("2023年", "date_unreadable"),
        ("第一季度", "date_unreadable"),
        (2023.456, "date_unreadable"),
        ("2523-04", "date_out_of_range"),
    ],
)
def test_months_refused(cell: object, code: str) -> None:
    assert parse_month(cell).code == code


def test_a_thirteenth_month_of_the_sheets_year() -> None:
    assert parse_month("13月", year=2022).code == "date_impossible"
    assert parse_date("4月31日", year=2022).code == "date_impossible"


@pytest.mark.parametrize("cell", [float("inf"), -float("inf"), 10**400])
def test_numbers_without_end(cell: float) -> None:
    assert parse_date(cell).code == parse_month(cell).code == "date_unreadable"


def test_a_month_as_its_first_day_only_on_request() -> None:
    assert parse_date("2023年4月").code == "date_without_day"
    found = parse_date("2023年4月", month_as_first=True)
    assert (found.value, found.note_code) == (date(2023, 4, 1), "date_first_of_month")
    assert parse_date("2023年13月", month_as_first=True).code == "date_impossible"
    assert parse_date("2023年4月5日", month_as_first=True).note is None


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2023-04-05 13:05", datetime(2023, 4, 5, 13, 5)),
        ("2023.4.5 9:07:30", datetime(2023, 4, 5, 9, 7, 30)),
        ("2023年4月5日下午3时20分", datetime(2023, 4, 5, 15, 20)),
        ("2023/4/5 3:20 PM", datetime(2023, 4, 5, 15, 20)),
        ("20230405152000", datetime(2023, 4, 5, 15, 20)),
        ("2023-04-05", datetime(2023, 4, 5)),
    ],
)
def test_times(cell: str, moment: datetime) -> None:
    assert parse_datetime(cell).value == moment


CHINESE = "〇一二三四五六七八九"


def in_words(number: int) -> str:
    """1 to 99 as one reads it aloud."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (
        CHINESE[ones] if ones else ""
    )


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_form_of_every_day(day: date) -> None:
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    forms = [
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{year}年{in_words(day.month)}月{in_words(day.day)}日",
    ]
    assert {parse_date(form).value for form in forms} == {day}


@given(st.text(max_size=15) | st.floats() | st.integers() | st.text("0123456789年月日.-/ :", max_size=12))
def test_no_cell_breaks_the_parser(cell: object) -> None:
    for found in (parse_date(cell), parse_month(cell), parse_datetime(cell)):
        assert found.value is None or found.code is None


@given(
    st.lists(
        st.sampled_from([*SAME_DAY, None, "", "长期", "2023.13.5", "abc", 2023.1, "2023年4月"]), max_size=10
    )
)
def test_columns_equal_scalars(cells: list[object]) -> None:
    for whole, scalar in (
        (parse_dates, parse_date),
        (parse_months, parse_month),
        (parse_datetimes, parse_datetime),
    ):
        answers = [scalar(cell, today=TODAY, year=2023) for cell in cells]
        expected = [(found.value, found.code, found.note_code) for found in answers]
        assert whole(cells, today=TODAY, year=2023).rows() == expected


@given(
    st.lists(
        st.builds(
            "".join,
            st.tuples(
                st.sampled_from(["2023", "1899", "2024", "2200", "0000", "23"]),
                st.sampled_from(["-2-", "-02-", "/12/", ".13.", "年6月", "-0-", "--", "/2-"]),
                st.sampled_from(["1", "09", "29", "30", "31", "0"]),
                st.sampled_from(["", "日", "号", "日左右"]),
                st.sampled_from(
                    ["", " 00:00:00", "T8:30", " 23:59:59", " 24:00", " 8:61", " 8:05:60", " 下午3点"]
                ),
            ),
        ),
        max_size=12,
    )
)
def test_text_columns_equal_scalars(cells: list[str]) -> None:
    column = pl.Series([*cells, None, "长期"], dtype=pl.String)
    for whole, scalar in ((parse_dates, parse_date), (parse_datetimes, parse_datetime)):
        answers = [scalar(cell) for cell in column.to_list()]
        assert whole(column).rows() == [(found.value, found.code, found.note_code) for found in answers]


def test_columns_of_dates_pass_through_with_a_check_of_range() -> None:
    column = pl.Series([date(2023, 4, 5), None, date(1800, 1, 1)])
    assert parse_dates(column).rows() == [
        (APRIL_5, None, None),
        (None, None, None),
        (None, "date_out_of_range", None),
    ]
    moments = pl.Series([datetime(2023, 4, 5, 13, 5)])
    assert parse_dates(moments)["value"].to_list() == [APRIL_5]
    assert parse_months(moments)["value"].to_list() == [date(2023, 4, 1)]
    assert parse_datetimes(moments)["value"].to_list() == [datetime(2023, 4, 5, 13, 5)]
    assert parse_dates(pl.Series(["2023-4-5", None]))["value"].to_list() == [APRIL_5, None]

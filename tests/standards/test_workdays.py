"""Working days by the State Council's arrangements, checked against the published notices."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.standards import workdays
from shouwang.standards.workdays import add_working_days, deadline, is_working_day, working_days_between

# 国办发明电〔2022〕16号 (arrangement for 2023) and 国办发明电〔2023〕7号 (for 2024): days off on weekdays ...
DAYS_OFF = ["2023-01-02", "2023-01-27", "2023-04-05", "2023-05-03", "2023-06-22", "2023-09-29", "2023-10-06",
    "2024-01-01", "2024-02-16", "2024-05-03", "2024-10-07"]  # fmt: skip
# ... and weekend days on which offices work.
MAKE_UP_DAYS = ["2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07",
    "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14",
    "2024-09-29", "2024-10-12"]  # fmt: skip

COVERED = st.dates(workdays.FIRST, workdays.LAST)
ANY_DAY = st.dates(date(1960, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize("day", DAYS_OFF)
def test_announced_days_off(day: str) -> None:
    assert is_working_day(date.fromisoformat(day)) == workdays.Answer(False)


@pytest.mark.parametrize("day", MAKE_UP_DAYS)
def test_announced_make_up_days(day: str) -> None:
    assert date.fromisoformat(day).weekday() >= 5
    assert is_working_day(date.fromisoformat(day)) == workdays.Answer(True)


def test_ordinary_days() -> None:
    assert is_working_day(date(2023, 3, 1)).value
    assert not is_working_day(date(2023, 3, 4)).value


@pytest.mark.seed("S3-31")
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2023, 3, 6), date(2023, 3, 9)),  # Monday: the day of receipt does not count
        (date(2023, 3, 2), date(2023, 3, 7)),  # over a weekend
        (date(2023, 3, 4), date(2023, 3, 8)),  # received on a Saturday
        (date(2023, 9, 27), date(2023, 10, 8)),  # over the holidays, both make-up days count
        (date(2023, 4, 20), date(2023, 4, 24)),  # Sunday the 23rd is a working day
    ],
)
def test_three_working_days_to_answer_a_letter(received: date, due: date) -> None:
    assert deadline(received, 3) == workdays.Answer(due)


def test_nothing_is_certain_beyond_the_calendar() -> None:
    beyond = workdays.LAST + timedelta(days=30)
    for answer in (
        is_working_day(beyond),
        deadline(workdays.LAST, 1),
        add_working_days(beyond, -60),
        working_days_between(workdays.LAST, beyond),
        is_working_day(workdays.FIRST - timedelta(days=1)),
    ):
        assert answer.warning is workdays.BEYOND
    # Monday to Friday all the same, so that a clerk has something to check
    monday = date(2150, 1, 5)
    assert monday.weekday() == 0 and is_working_day(monday).value
    assert deadline(monday, 5).value == date(2150, 1, 12)


def test_no_days_are_reckoned_out_of_all_bounds() -> None:
    with pytest.raises(ValueError, match="between"):
        is_working_day(date(1900, 1, 1))
    with pytest.raises(ValueError, match="between"):
        add_working_days(date(2199, 12, 31), 5)
    with pytest.raises(ValueError, match="negative"):
        deadline(date(2023, 1, 1), -1)
    with pytest.raises(ValueError, match="negative"):
        workdays.deadlines(pl.Series([date(2023, 1, 1)]), -1)


@given(ANY_DAY, st.integers(-300, 300))
def test_add_and_between_agree(day: date, count: int) -> None:
    found = add_working_days(day, count).value
    if count:
        assert is_working_day(found).value
        assert working_days_between(day, found).value == count
    else:
        assert found == day


@given(ANY_DAY, ANY_DAY)
def test_between_counts_every_day_once(start: date, end: date) -> None:
    first, last = sorted((start, end))
    last = min(last, first + timedelta(days=400))
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert working_days_between(first, last).value == sum(is_working_day(day).value for day in days)


@given(COVERED)
def test_a_warning_only_where_it_is_due(day: date) -> None:
    assert is_working_day(day).warning is None


@given(st.lists(st.none() | ANY_DAY, max_size=8), st.integers(0, 40))
def test_columns_equal_scalars(days: list[date | None], count: int) -> None:
    column = pl.Series(days, dtype=pl.Date)

    def rows(answers: list[workdays.Answer | None]) -> list[tuple[object, object]]:
        return [(None, None) if a is None else (a.value, a.warning and a.warning.code) for a in answers]

    assert workdays.deadlines(column, count).rows() == rows([d and deadline(d, count) for d in days])
    assert workdays.are_working_days(column).rows() == rows([d and is_working_day(d) for d in days])
    other = column.reverse()
    between = [s and e and working_days_between(s, e) for s, e in zip(days, reversed(days), strict=True)]
    frame = workdays.working_days_between_columns(column, other)
    assert frame["value"].to_list() == [a and a.value for a in between]


def test_dates_too_far_out_give_no_deadline() -> None:
    frame = workdays.deadlines(pl.Series([date(1900, 1, 1), date(2199, 12, 30), date(2500, 1, 1)]), 5)
    assert frame["value"].to_list() == [None, None, None]
    assert frame["warning"].to_list() == [workdays.BEYOND.code] * 3

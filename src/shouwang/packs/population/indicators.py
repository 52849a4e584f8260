"""The numbers of the pack: coverage, answers, work saved, and how many live in a community."""

from __future__ import annotations

from shouwang.indicator.indicator import Values, indicator, values, year
from shouwang.packs.population.registers import (
    asked_places,
    current,
    registered,
    side_by_side,
)
from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent


@indicator(
    "population.screening-coverage",
    "排查覆盖率",
    unit="%",
    scale=100,
    seeds=["S1-40"],
    reads=["registry.place", "population.visit"],
    uses=["population.visit_days"],
    direction="up",
    target=100,
    formula="有走访记录的点位数 ÷ 全部点位数",
)
def screening_coverage(t: Tables, p: ParameterView) -> Values:
    """Places visited over all places of the area; every place is the target."""
    places = asked_places(t.place, t.visit, p)
    return values(
        places,
        period=year(p.as_of),
        numerator=places.visited.cast("int64").sum(),
        denominator=places.count(),
    )


@indicator(
    "population.requests-answered",
    "工作配合响应率",
    unit="%",
    scale=100,
    seeds=["S1-41"],
    reads=["population.cooperation_request"],
    needs={"population.cooperation_request": ("response",)},
    direction="up",
    target=100,
    formula="有响应的配合事项数 ÷ 提出的配合事项数",
)
def requests_answered(t: Tables, p: ParameterView) -> Values:
    """Requests with a response over all requests, by the year they were put."""
    rows = t.cooperation_request
    answered = ~absent(rows.response) | rows.responded_on.notnull()
    return values(
        rows,
        period=year(rows.requested_on),
        numerator=answered.cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "population.entries-reused",
    "台账沿用率",
    unit="%",
    scale=100,
    seeds=["S1-31", "S1-42"],
    reads=["population.floating_person"],
    needs={"population.floating_person": ("entry",)},
    formula="沿用原台账的条数 ÷（沿用条数＋新采集条数），按轮次或专项",
)
def entries_reused(t: Tables, p: ParameterView) -> Values:
    """Per campaign, entries taken over from an existing ledger; the rest were collected anew.

    Numerator and denominator are the workload saved and the whole of it.
    """
    rows = t.floating_person.filter(t.floating_person.entry.isin(["沿用", "新采集"]))
    return values(
        rows,
        period=rows.campaign,
        numerator=(rows.entry == "沿用").cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "population.registered-persons",
    "户籍人口",
    unit="人",
    digits=0,
    seeds=["S1-12", "S1-33"],
    reads=["registry.person"],
    formula="户籍台账中状态正常的人数",
)
def registered_persons(t: Tables, p: ParameterView) -> Values:
    """Persons in the household register."""
    rows = t.person.filter(registered(t.person))
    return values(rows, period=year(p.as_of), numerator=rows.person.nunique())


@indicator(
    "population.registered-households",
    "户籍户数",
    unit="户",
    digits=0,
    seeds=["S1-12"],
    reads=["registry.person"],
    needs={"registry.person": ("household_no",)},
    formula="户籍台账中状态正常的人所在的户数",
)
def registered_households(t: Tables, p: ParameterView) -> Values:
    """Households with at least one person in the register."""
    rows = t.person.filter(registered(t.person))
    return values(rows, period=year(p.as_of), numerator=rows.household_no.nunique())


@indicator(
    "population.floating-persons",
    "外来人口",
    unit="人",
    digits=0,
    seeds=["S1-13", "S1-33"],
    reads=["population.floating_person"],
    formula="外来人口台账中未注明离开的人数，一人只计一次",
)
def floating_persons(t: Tables, p: ParameterView) -> Values:
    """Persons with an open entry in the screening ledger, each counted once."""
    rows = t.floating_person.filter(current(t.floating_person))
    return values(rows, period=year(p.as_of), numerator=rows.person.nunique())


@indicator(
    "population.floating-per-hundred",
    "每百名户籍人口的外来人口",
    unit="人",
    scale=100,
    seeds=["S1-33"],
    reads=["registry.person", "population.floating_person"],
    formula="外来人口 ÷ 户籍人口 × 100，两数并列",
)
def floating_per_hundred(t: Tables, p: ParameterView) -> Values:
    """Floating (numerator) and registered (denominator) persons of a community side by side."""
    both = side_by_side(t.person, t.floating_person)
    return values(
        both, period=year(p.as_of), numerator=both.floating.sum(), denominator=both.registered.sum()
    )


@indicator(
    "population.reports-assessed-in-time",
    "上报信息按期研判率",
    unit="%",
    scale=100,
    seeds=["S1-28", "S1-39"],
    reads=["population.visit"],
    needs={"population.visit": ("assessed_on",)},
    uses=["population.assess_days"],
    direction="up",
    target=100,
    formula="期限内研判的上报信息数 ÷ 已研判或期限已过的上报信息数",
)
def reports_assessed_in_time(t: Tables, p: ParameterView) -> Values:
    """Reports judged within the days allowed; those whose time still runs are not counted."""
    days = p["population.assess_days"]
    rows = t.visit.filter((t.visit.reported == "是").fill_null(False))
    sent_on = rows.reported_on.coalesce(rows.visited_on)
    rows = rows.mutate(sent_on=sent_on, waited=days_between(rows.assessed_on.coalesce(p.as_of), sent_on))
    due = rows.filter(rows.assessed_on.notnull() | (rows.waited > days))
    return values(
        due,
        period=year(due.sent_on),
        numerator=(due.assessed_on.notnull() & (due.waited <= days)).cast("int64").sum(),
        denominator=due.count(),
    )

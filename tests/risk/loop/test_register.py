"""The risk register: how bad before and after, who owns it, what watches it, what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.risk.loop.office import ONE, RULE, Office, found, noticed, signed_in

from shouwang.risk import register
from shouwang.risk.loop.intake import Report, report
from shouwang.risk.models import Finding, Matrix, PointCard, Source
from shouwang.risk.register import RegisterRefused, RegisterView, add_measure, add_point, assess, set_matrix
from shouwang.risk.risk_points import risk_points, watched
from shouwang.trail.models import Event

POINT = watched()[RULE]


def view(office: Office, name: str = "chief") -> RegisterView:
    return RegisterView(office.users[name])


def rate(office: Office, code: str = POINT, version: int = 0, **given: Any) -> PointCard:
    levels = {"inherent_likelihood": 4, "inherent_impact": 4, "residual_likelihood": 2, "residual_impact": 4}
    with signed_in(office.chief):
        return assess(office.chief, code, version, reason="年度评估", **{**levels, **given})


@pytest.mark.seed("S1-38", "S7-25")
def test_the_level_before_and_after_the_measures(office: Office) -> None:
    point = view(office).point(POINT)
    assert point is not None and point.inherent == risk_points()[POINT].level and point.residual is None
    assert "residual" in point.lacks and point.texts == list(risk_points()[POINT].measures)
    rate(office)
    with signed_in(office.chief):
        add_measure(office.chief, POINT, "逐月与殡葬名单比对", kind="mechanism", responsible="低保专干")
    point = view(office).point(POINT)
    assert point is not None and (point.inherent, point.residual) == ("high", "medium")
    assert point.texts[-1] == "逐月与殡葬名单比对" and "residual" not in point.lacks
    assert view(office).grid[(2, 4)][0].code == POINT
    assert view(office).by_kind["mechanism"] == 1


@pytest.mark.seed("S7-26")
def test_what_has_no_rule_no_owner_or_no_measure_is_shown(office: Office) -> None:
    with signed_in(office.chief):
        card = add_point(office.chief, "assistance", "窗口收件不登记", reason="新发现")
    point = view(office).point(card.code)
    assert card.code == "assistance.own-1"
    assert point is not None and point.lacks == ["rule", "owner", "measure", "residual"]
    before = view(office).lacking
    with signed_in(office.chief):
        add_measure(office.chief, card.code, "收件即编号")
        assess(office.chief, card.code, 1, reason="补", owner="民政科长")
    point = view(office).point(card.code)
    assert point is not None and point.lacks == ["rule", "residual"]
    assert view(office).lacking["measure"] == before["measure"] - 1


def test_findings_over_time_are_those_of_the_users_scope(office: Office) -> None:
    found(
        *(noticed(subject=s, risk_point=POINT) for s in "甲乙"),
        noticed(subject="丙", division_code=ONE, risk_point=POINT),
    )
    point = view(office).point(POINT)
    assert point is not None and (point.open, point.closed) == (3, 0)
    assert list(point.months.values()) == [3]
    assert view(office, "grid").points == []


def test_an_own_point_can_be_reported_on(office: Office) -> None:
    with signed_in(office.chief):
        card = add_point(office.chief, "assistance", "窗口收件不登记", "低保专干", reason="新发现")
        finding = report(
            office.chief,
            Report(Source.INSPECTION, ONE, "未登记", "抽查三件未登记", "low", risk_point=card.code),
        )
    assert finding.code == card.code and finding.post == office.posts["dibao"]
    assert Finding.objects.get().name == f"{card.code}-0001"


def test_changes_are_refused_without_right_reason_or_from_a_stale_page(office: Office) -> None:
    with signed_in(office.dibao), pytest.raises(RegisterRefused, match="不能维护"):
        assess(office.dibao, POINT, 0, reason="x")
    with pytest.raises(RegisterRefused, match="理由"):
        assess(office.chief, POINT, 0, reason="")
    rate(office)
    with pytest.raises(RegisterRefused, match="刷新"):
        rate(office)
    with pytest.raises(RegisterRefused, match="一起填"):
        rate(office, version=1, residual_impact=None)
    with pytest.raises(RegisterRefused, match="先评固有"):
        rate(office, version=1, inherent_impact=None, inherent_likelihood=None)
    with pytest.raises(RegisterRefused, match="没有这个风险点"):
        rate(office, "assistance.nonsense")
    assert PointCard.objects.get().version == 1
    assert Event.objects.filter(action="risk_point.assess").count() == 1


def test_the_matrix_is_the_offices_and_the_levels_follow(office: Office) -> None:
    rate(office)
    cells = register.default_matrix()
    assert (cells[3][3], cells[1][3], cells[0][0]) == ("high", "medium", "low")
    cells[1][3] = cells[1][4] = cells[2][3] = cells[2][4] = "high"
    with signed_in(office.chief):
        set_matrix(office.chief, cells, reason="从严")
    point = view(office).point(POINT)
    assert point is not None and point.residual == "high"
    for wrong in ([], [["low"] * 5] * 4, [["dire"] * 5] * 5):
        with signed_in(office.chief), pytest.raises(RegisterRefused, match="每一格"):
            set_matrix(office.chief, wrong, reason="x")
    cells[4][4] = "low"
    with signed_in(office.chief), pytest.raises(RegisterRefused, match="不能更低"):
        set_matrix(office.chief, cells, reason="x")
    with signed_in(office.leader), pytest.raises(RegisterRefused, match="不能维护"):
        set_matrix(office.leader, cells, reason="x")
    assert Matrix.objects.count() == 1


@given(
    st.lists(
        st.lists(st.sampled_from(["low", "medium", "high"]), min_size=5, max_size=5), min_size=5, max_size=5
    )
)
def test_a_matrix_never_says_that_more_is_less(cells: list[list[str]]) -> None:
    order = {"low": 0, "medium": 1, "high": 2}
    rises = all(
        order[cells[i][j]] <= min(order[cells[i][min(j + 1, 4)]], order[cells[min(i + 1, 4)][j]])
        for i in range(5)
        for j in range(5)
    )
    try:
        Matrix(cells=cells).clean()
        accepted = True
    except ValidationError:
        accepted = False
    assert accepted == rises


def test_the_register_asks_the_same_number_of_queries_however_many_points(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        assert len(RegisterView(office.chief).points) > 10

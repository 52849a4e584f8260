"""The dashboard counts what the user may see, in few queries, and every picture has its table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.workbench.people import appoint, signed_in
from tests.workbench.recorded import finding

from shouwang.access.models import Area, User
from shouwang.indicator.catalogue import indicators
from shouwang.risk.catalogue import rules
from shouwang.risk.risk_points import risk_points
from shouwang.workbench.figures import keeping, standing
from shouwang.workbench.figures.figure import Figure, Row, Series
from shouwang.workbench.figures.standing import View

OFFICE, CLOUD, EAST = "110101001000000", "110101001001000", "110101001002000"
PAID, LATE, TAKEN = "assistance.paid-after-death", "population.screening-late", "integrity.not-tied-to-duty"


@pytest.fixture
def leader(db: None) -> User:
    for code in (CLOUD, EAST):
        appoint(f"head{code[11]}", "社区负责人", "community_head", code)
    return appoint("wang", "王敏", "leader", OFFICE)


@pytest.fixture
def findings(leader: User) -> None:
    today = timezone.localdate()
    finding(PAID, CLOUD, amount=Decimal("930.50"), due=today - dt.timedelta(days=1), status="rectifying")
    finding(PAID, EAST, severity="low", found=today - dt.timedelta(days=8), due=today, status="assigned")
    finding(LATE, f"{EAST[:12]}003", severity="medium", found=today - dt.timedelta(days=91), amount=None)
    finding(PAID, EAST, found=today - dt.timedelta(days=1), closed=today)
    finding(TAKEN, EAST, sensitive=True)
    finding(PAID, "110102001000000")


def page(user: User, address: str = "/dashboard/") -> str:
    answer = signed_in(user).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def numbers(html: str, figure: str) -> dict[str, list[int]]:
    """The picture's numbers by row."""
    found = re.search(rf'<script id="d-{figure}" type="application/json">(.*?)</script>', html)
    assert found, figure
    data = json.loads(found[1])
    return {label: [s["values"][i] for s in data["series"]] for i, label in enumerate(data["labels"])}


def test_the_figures_count_what_lies_in_the_users_area(findings: None, leader: User) -> None:
    html = page(leader)
    assert numbers(html, "pack") == {"低保与社会工作": [1, 0, 1], "人口排查与联防联控": [0, 1, 0]}
    assert numbers(html, "division") == {"云溪社区": [1, 0, 0], "东溪社区": [0, 1, 1]}
    assert numbers(html, "age") == {
        "7天以内": [1, 0, 0],
        "8–30天": [0, 0, 1],
        "31–90天": [0, 0, 0],
        "90天以上": [0, 1, 0],
    }
    assert numbers(html, "owner") == {"（未分派）": [1, 0, 0]}
    latest = numbers(html, "trend")[f"{timezone.localdate():%Y-%m}"]
    assert latest[1] == 1
    assert "1,030.50" in html


def test_what_is_sensitive_is_counted_for_the_named_alone(findings: None, leader: User) -> None:
    inspector = appoint("ji", "纪检", "discipline_inspector", OFFICE)
    assert {cell.key for cell in standing.cells(View(leader), "code")} == {PAID, LATE}
    assert sum(cell.count for cell in standing.cells(View(leader), "code")) == 3
    assert {TAKEN, PAID} <= {cell.key for cell in standing.cells(View(inspector), "code")}


def test_what_was_counted_for_the_named_is_shown_to_nobody_else(
    findings: None, leader: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    """What is kept is shared by those who may see the same, and by no others."""
    monkeypatch.setattr(keeping, "SLOW", 0.0)
    keeping.forget()
    inspector = appoint("ji", "纪检", "discipline_inspector", OFFICE)
    deputy = appoint("li", "李副", "leader", OFFICE)
    for user in (inspector, leader, deputy):
        assert (TAKEN in {cell.key for cell in standing.cells(View(user), "code")}) == (user is inspector)
    view = View(deputy)
    assert view.findings.query is not None  # asks who they are, once
    with django_assert_num_queries(0):  # what was counted for the other leader will do
        assert sum(cell.count for cell in standing.cells(view, "code")) == 3
    assert view.counted is not None
    finding(TAKEN, EAST, sensitive=True, holder=deputy)  # now they see one that the leader does not
    assert sum(cell.count for cell in standing.cells(View(deputy), "code")) == 4
    assert sum(cell.count for cell in standing.cells(View(leader), "code")) == 3
    keeping.forget()


def test_what_a_finding_is_of_is_told_in_words_whoever_noticed_it(leader: User) -> None:
    point = next(c for c in risk_points() if c not in rules() and c not in indicators())
    for code in (PAID, "assistance.paid-in-full", point, "population.report", "population.gone-for-good"):
        finding(code, EAST)
    figure = standing.by_rule(View(leader))
    assert {row.label for row in figure.rows} == {
        rules()[PAID].title,
        indicators()["assistance.paid-in-full"].label,
        risk_points()[point].title,
        "人口排查与联防联控 · 现场上报",
        "population.gone-for-good",  # of a rule that was there once
    }


def test_another_pack_can_be_chosen_when_one_was(findings: None, leader: User) -> None:
    html = page(leader, "/dashboard/?pack=assistance")
    assert '<option value="population">' in html and '<option value="assistance" selected>' in html


def test_a_head_of_a_community_sees_that_community(findings: None) -> None:
    head = User.objects.get(username=f"head{EAST[11]}")
    assert {cell.key for cell in standing.cells(View(head), "division_code")} == {EAST, f"{EAST[:12]}003"}
    client = signed_in(head)
    assert client.get("/dashboard/", {"division": EAST}).status_code == 200
    assert client.get("/dashboard/", {"division": CLOUD}).status_code == 404
    assert client.get("/dashboard/division.csv", {"division": CLOUD}).status_code == 404
    assert CLOUD not in client.get("/dashboard/").content.decode()


def test_who_may_see_no_finding_has_no_dashboard(db: None) -> None:
    nobody = appoint("admin", "管理员", "administrator", OFFICE)
    client = signed_in(nobody)
    for address in ("/dashboard/", "/map/", "/dashboard/pack.csv"):
        assert client.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_filters_narrow_every_figure(findings: None, leader: User) -> None:
    html = page(leader, f"/dashboard/?division={EAST}&pack=assistance")
    assert numbers(html, "pack") == {"低保与社会工作": [0, 0, 1]}
    rows = list(
        csv.reader(
            io.StringIO(
                signed_in(leader).get("/dashboard/pack.csv", {"division": EAST}).content.decode("utf-8-sig")
            )
        )
    )
    assert rows == [
        ["业务", "高", "中", "低"],
        ["人口排查与联防联控", "0", "1", "0"],
        ["低保与社会工作", "0", "0", "1"],
        ["合计", "0", "1", "1"],
    ]
    assert signed_in(leader).get("/dashboard/no-such.csv").status_code == 404


def test_a_page_takes_few_queries_however_many_findings(
    findings: None, leader: User, django_assert_max_num_queries: Any
) -> None:
    """One a figure: the database counts each to its end."""
    for k in range(40):
        finding(PAID, EAST, severity=("high", "low")[k % 2], status=("new", "assigned", "rectifying")[k % 3])
    client = signed_in(leader)
    with django_assert_max_num_queries(26):
        answer = client.get("/dashboard/")
    assert len(answer.content) < 60_000


def test_an_office_without_findings_is_told_so(leader: User) -> None:
    assert "没有未办结的问题" in page(leader)


@pytest.mark.parametrize(
    ("code", "top", "below"),
    [
        ("110101001001002", OFFICE, CLOUD),
        (CLOUD, OFFICE, CLOUD),
        (OFFICE, OFFICE, OFFICE),
        ("110102001000000", OFFICE, OFFICE),
        ("110101001001002", "110000000000000", "110100000000000"),
        ("441900003001000", "441900000000000", "441900003000000"),
    ],
)
def test_the_division_below(code: str, top: str, below: str) -> None:
    assert standing.below(code, top) == below


def test_months_cross_the_year() -> None:
    found = standing.months(dt.date(2024, 2, 29), 3)
    assert found == [dt.date(2023, 12, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    rows = (Row("=HYPERLINK(1)", (1,)), Row("@x", (None,)))
    text = Figure("k", "t", "+head", (Series("s", "-s"),), rows).csv()
    assert [line[:1] for line in text.lstrip("\ufeff").splitlines()] == ["'", "'", "'", "合"]


def test_areas_of_a_role_without_area_are_none(db: None) -> None:
    volunteer = appoint("v", "志愿者", "volunteer", OFFICE)
    assert Area.objects.count() == 1
    assert standing.cells(View(volunteer), "code") == []
    assert page(volunteer)

"""The roles of the seed texts are there, hold where they should, and an office can change them."""

from __future__ import annotations

import csv
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from shouwang.access.models import Area, Post, User
from shouwang.access.roles import BUILT_IN, LEVELS, RoleError, read, roles
from shouwang.access.scope import may, scope_of
from tests.workbench.people import appoint

REQUIREMENTS = Path(__file__).parents[1] / "seeds" / "requirements.csv"
CODES = {
    "province": "110000000000000",
    "prefecture": "110100000000000",
    "county": "110101000000000",
    "township": "110101001000000",
    "community": "110101001001000",
    "grid": "110101001001001",
}
ELSEWHERE = "220201003004000"

# Number of the requirement, role, words of its label, something a holder may do on something.
OF_THE_TEXTS = [
    ("S1-01", "beat_officer", "管片民警", "ledger.add", "population.hazard"),
    ("S1-02", "community_staff", "社区工作人员", "ledger.add", "office.publicity"),
    ("S1-03", "grid_worker", "网格员", "finding.report", "population.hazard-without-action"),
    ("S2-05", "dibao_worker", "低保工作人员", "ledger.change", "assistance.recipient"),
    ("S2-06", "social_worker", "社会工作者", "ledger.add", "assistance.casework"),
    ("S2-08", "volunteer", "志愿者", "finding.report", "assistance.goal-not-reviewed"),
    ("S3-05", "discipline_inspector", "纪检监察", "finding.sensitive", "integrity.payee-is-relative"),
    ("S4-03", "culture_officer", "文化活动专员", "ledger.add", "culture.activity"),
    ("S4-04", "culture_body", "文化项目管理机构", "finding.close", "culture.over-budget"),
    ("S5-01", "agency", "劳动保障服务机构", "ledger.add", "microcredit.application"),
    ("S5-02", "guarantor", "担保机构", "ledger.view", "microcredit.application"),
    ("S5-03", "bank", "承办银行", "ledger.view", "microcredit.loan"),
    ("S6-04", "meter_reader", "抄表", "ledger.add", "energy.meter_reading"),
    ("S7-03", "safety_group", "促进工作组", "ledger.add", "safety.hazard"),
    ("S7-09", "injury_recorder", "伤害监测", "ledger.add", "safety.accident"),
    ("S7-10", "safety_archivist", "档案管理员", "ledger.add", "office.archive"),
    ("S8-02", "loan_intermediary", "贷款中介机构", "ledger.view", "microcredit.application"),
    ("S8-03", "bank", "承办银行", "ledger.view", "microcredit.repayment"),
    ("S8-04", "guarantor", "担保机构", "ledger.view", "microcredit.guarantee_fund"),
    ("S9-02", "accountant", "记账会计", "ledger.add", "accounting.entry"),
    ("S9-03", "fund_accountant", "资金会计", "ledger.add", "accounting.bank_journal"),
    ("S9-07", "finance_supervisor", "财务监督小组", "ledger.add", "accounting.review"),
    ("S9-10", "stationed_cadre", "驻村干部", "ledger.view", "accounting.voucher"),
    ("S9-11", "finance_leader", "主管财务", "finding.assign", "accounting.no-approval"),
    ("S9-12", "auditor", "审计", "ledger.add", "accounting.clean_up_audit"),
    ("S10-01", "insurance_clerk", "经办", "ledger.add", "insurance.handling"),
    ("S10-05", "insurance_auditor", "稽核", "ledger.add", "insurance.audit"),
    ("S10-06", "benefits_approver", "待遇审批", "ledger.change", "insurance.benefit_payment"),
    ("S10-07", "retiree_manager", "社会化管理", "ledger.add", "registry.retirement"),
    ("S10-08", "medical_supervisor", "医疗保险监管", "ledger.add", "insurance.ward_check"),
    ("S10-12", "provider", "两定点", "ledger.view", "insurance.provider_evaluation"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "code", "words", "right", "subject"),
    [pytest.param(*row, id=f"{row[0]}-{row[1]}", marks=pytest.mark.seed(row[0])) for row in OF_THE_TEXTS],
)
def test_the_role_of_the_text_can_be_held_and_gives_what_it_needs(
    number: str, code: str, words: str, right: str, subject: str
) -> None:
    role = roles()[code]
    assert number in role.seeds and words in role.label
    level = role.levels[-1] if role.levels else "community"
    user = appoint("wang", "王敏", code, CODES[level], organisation="城关派出所")
    assert may(user, right, subject)
    scope = scope_of(user, right, subject)
    assert scope and not scope.covers(ELSEWHERE)
    # Nothing beyond it: only a discipline inspector sees sensitive findings, and nobody manages people.
    assert may(user, "finding.sensitive") == (code == "discipline_inspector")
    assert not may(user, "access.manage")


def test_every_role_rests_on_requirements_that_exist() -> None:
    with REQUIREMENTS.open(encoding="utf-8", newline="") as stream:
        known = {row["number"] for row in csv.DictReader(stream)}
    assert {number for role in roles().values() for number in role.seeds} <= known


def test_every_pattern_of_a_grant_means_something() -> None:
    from shouwang.ledger.catalogue import ledgers
    from shouwang.risk.catalogue import parameters, rules

    known = [*ledgers(), *rules(), *parameters(), "access.user", "office.meeting", "fund.entry"]
    idle = {
        (role.code, pattern)
        for role in roles().values()
        for grant in role.grants
        for pattern in grant.on
        if not any(fnmatchcase(name, pattern) for name in known)
    }
    assert not idle


def test_every_ledger_has_somebody_who_keeps_it_and_the_administrator_sees_none() -> None:
    from shouwang.ledger.catalogue import ledgers

    for name in ledgers():
        assert any(role.may("ledger.change", name) for role in roles().values()), name
        for hands_off in ("administrator", "trail_keeper"):
            assert not any(roles()[hands_off].may(right, name) for right in ("ledger.view", "ledger.export"))


def test_bodies_and_residents_see_only_what_is_theirs() -> None:
    for code in ("guarantor", "bank", "loan_intermediary", "provider", "insured_unit", "resident"):
        role = roles()[code]
        assert role.sees == "own"
        assert not role.may("ledger.import") and not role.may("ledger.unmask") and not role.may("trail.view")


@pytest.mark.django_db
@pytest.mark.seed("S4-05")
def test_the_project_body_is_in_no_community() -> None:
    """设在省、市一级，各区县设分支，不需要每个社区均设立管理机构."""
    for level, code in CODES.items():
        area = Area(code=code, name=level)
        post = Post(role="culture_body", title="项目管理", area=area)
        if level in ("province", "prefecture", "county"):
            post.clean()
        else:
            with pytest.raises(ValidationError):
                post.clean()


@pytest.mark.django_db
@pytest.mark.seed("S1-04")
def test_a_beat_officer_belongs_to_a_police_station() -> None:
    area = Area(code=CODES["community"], name="云溪社区")
    with pytest.raises(ValidationError, match="派出所"):
        Post(role="beat_officer", title="管片民警", area=area).clean()
    Post(role="beat_officer", title="管片民警", area=area, organisation="城关派出所").clean()


OVERLAY = """
cashier:
  each: ""
  grants:
    - {may: [ledger.view], on: [accounting.cash_journal]}
provider:
bee_keeper:
  label: 养蜂员
  levels: [grid]
  conflicts_with: [cashier, provider]
"""


def test_an_office_lays_its_own_file_over_the_roles(tmp_path: Path) -> None:
    overlay = tmp_path / "roles.yaml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    found = read(BUILT_IN, overlay)
    assert found["cashier"].label == "出纳" and found["cashier"].one and not found["cashier"].each
    assert not found["cashier"].may("ledger.change", "accounting.cash_journal")
    assert "provider" not in found
    assert found["bee_keeper"].conflicts(found["cashier"]) and found["cashier"].conflicts(found["bee_keeper"])
    assert set(found) - set(read(BUILT_IN)) == {"bee_keeper"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cashier: [", "not a YAML file"),
        ("- cashier", "roles by name"),
        ("cashier: 3", "keys and values"),
        ("cashier: {lable: 出纳}", "no such key: lable"),
        ("new: {about: 无名}", "a label is wanted"),
        ("cashier: {label: 3}", "label is a text"),
        ("cashier: {levels: village}", "levels is a list"),
        ("cashier: {levels: [village]}", "levels and each are of"),
        ("cashier: {each: village}", "levels and each are of"),
        ("cashier: {sees: all}", "sees is area"),
        ("cashier: {one: 1}", "one is true or false"),
        ("cashier: {conflicts_with: [nobody]}", "conflicts with no role: nobody"),
        ("cashier: {grants: [ledger.view]}", "a grant is"),
        ("cashier: {grants: {may: ledger.view}}", "a grant is"),
        ("cashier: {grants: [{may: [ledger.see]}]}", "no such right: ledger.see"),
        ("cashier: {grants: [{may: [ledger.view], on: []}]}", "on is a list"),
    ],
)
def test_a_role_file_with_a_slip_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    overlay = tmp_path / "roles.yaml"
    overlay.write_text(text, encoding="utf-8")
    with pytest.raises(RoleError, match=re.escape(said)) as refused:
        read(BUILT_IN, overlay)
    assert str(overlay) in str(refused.value)


def test_levels_are_those_of_divisions() -> None:
    assert tuple(CODES) == LEVELS


@pytest.mark.django_db
def test_a_role_that_was_taken_away_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    user = appoint("wang", "王敏", "cashier", CODES["community"])
    from shouwang.access import scope

    monkeypatch.setattr(scope, "roles", lambda: {k: v for k, v in roles().items() if k != "cashier"})
    again = User.objects.get(pk=user.pk)
    assert not may(again, "ledger.view") and not scope_of(again, "ledger.view", "accounting.cash_journal")

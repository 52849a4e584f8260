"""Admission to a loan and its conditions: a hit, a near miss and a missing value for each rule."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.microcredit.office import Row, application, loan, refused, settled

LEDGER = "microcredit.application"
seed = pytest.mark.seed


@pytest.mark.parametrize(
    ("code", "found", "left"),
    [
        pytest.param(
            "no-certificate",
            [application("1", certificate=None), application("2", certificate=" ")],
            [
                application("3"),
                refused("4", certificate=None),
                application("5", certificate=None, result="在办"),
            ],
            marks=seed("S5-23", "S5-46"),
        ),
        pytest.param(
            "no-licence",
            [application("1", licence=None), application("2", tax_registration=None)],
            [
                application("3", licence=None, tax_registration=None, informal_proof="FZG2022"),
                application("4"),
            ],
            marks=seed("S5-24", "S5-48"),
        ),
        pytest.param(
            "no-premises",
            [application("1", premises_proof=None)],
            [application("2", premises_proof="自有房产"), refused("3", premises_proof=None)],
            marks=seed("S5-25", "S5-47"),
        ),
        pytest.param(
            "one-person-two-bodies",
            [
                application("1", approved_by="顾桂"),
                application("2", guaranteed_by="顾桂"),
                application("3", approved_by="丁珍"),
            ],
            [
                application("4", recommended_by="顾桂"),
                application("5", prescreened_by=None, guaranteed_by=None),
            ],
            marks=seed("S5-09"),
        ),
        pytest.param(
            "no-public-notice",
            [
                application("1", notice_from=None, notice_to=None),
                application("2", guaranteed_on="2023-02-17"),
                application("3", guaranteed_on="2023-02-10", notice_to=None),
            ],
            [
                application("4", guaranteed_on="2023-02-18"),
                application("5", guaranteed_on=None),
                refused("6", notice_from=None, notice_to=None),
            ],
            marks=seed("S5-31"),
        ),
        pytest.param(
            "refused-without-reason",
            [refused("1", refusal_reason=None), refused("2", refusal_reason="")],
            [refused("3"), application("4"), application("5", result=None, approved=None)],
            marks=seed("S5-33"),
        ),
        pytest.param(
            "false-materials-guaranteed",
            [application("1", check_result="不实"), refused("2", check_result="不实")],
            [
                application("3"),
                refused("4", check_result="不实", guaranteed_on=None),
                application("5", check_result=None),
            ],
            marks=seed("S5-65"),
        ),
        pytest.param(
            "no-commitment",
            [application("1", commitment="未签"), application("2", commitment=None)],
            [application("3"), refused("4")],
            marks=seed("S5-35"),
        ),
        pytest.param(
            "steps-out-of-order",
            [application("1", approved_on="2023-02-17"), application("2", prescreened_on=None)],
            [
                application("3"),
                application("4", approved_on="2023-02-18"),
                refused("5", guaranteed_on=None),
                application("6", applied_on=None),
            ],
            marks=seed("S8-25"),
        ),
        pytest.param(
            "refused-by-bank",
            [refused("1")],
            [refused("2", guaranteed_on=None), refused("3", refusal_reason="申请人放弃"), application("4")],
            marks=seed("S8-40"),
        ),
        pytest.param(
            "refused-only-for-purpose",
            [refused("1", refusal_reason="不属微利项目")],
            [
                refused("2", refusal_reason="不属微利项目，材料不真实"),
                refused("3"),
                refused("4", refusal_reason=None),
            ],
            marks=seed("S8-52"),
        ),
        pytest.param(
            "over-cap",
            [
                application("1", approved="20000.01"),
                application("2", approved=50001, kind="自主创业个体经营"),
                application("3", approved=50001, kind=None),
            ],
            [
                application("4", approved=20000),
                application("5", approved=50000, kind="自主创业个体经营"),
                application("6", approved=30000, kind=None),
                application("7", approved=None),
                refused("8", approved=90000),
            ],
            marks=seed("S8-48", "S8-49"),
        ),
        pytest.param(
            "rate-above-benchmark",
            [application("1", rate="4.36")],
            [application("2", rate="4.35"), application("3", rate=None), refused("4", rate="6")],
            marks=seed("S8-61"),
        ),
        pytest.param(
            "dual-guarantee",
            [application("1", counter_guarantee="公务员"), application("2", counter_guarantee="房产")],
            [
                application("3", counter_guarantee="联保"),
                application("4", counter_guarantee=None),
                application("5", counter_guarantee="房产", guaranteed_on=None),
            ],
            marks=seed("S8-43"),
        ),
        pytest.param(
            "more-than-needed",
            [application("1", startup_money="14999.99")],
            [application("2", startup_money=15000), application("3", startup_money=None)],
            marks=seed("S8-50"),
        ),
    ],
)
def test_rules_on_one_application(code: str, found: list[Row], left: list[Row]) -> None:
    rows = {LEDGER: [*found, *left]}
    given = {"microcredit.benchmark_rate": "4.35"}
    assert subjects(f"microcredit.{code}", rows, parameters=given) == [r["application_no"] for r in found]


def test_a_sentence_says_who_signed_twice() -> None:
    (found,) = ask("microcredit.one-person-two-bodies", {LEDGER: [application("DK1", approved_by="顾桂")]})
    assert found.because == "罗素的申请DK1由顾桂一人在两个机构签批（初审顾桂、担保丁珍、银行顾桂）"
    assert (found.subject_name, found.division, str(found.amount)) == ("罗素", "云溪社区", "15000.00")
    assert "顾桂" not in found.say(masked=True)


def test_a_sheet_without_the_column_is_not_asked_about_blanks() -> None:
    rows = {LEDGER: [application("1", premises_proof=None)]}
    result = outcome("microcredit.no-premises", rows, fields={LEDGER: ["application_no", "result"]})
    assert (result.status, result.missing) == ("no-ledger", (f"{LEDGER}: 经营场地证明",))


def test_the_rate_waits_for_the_benchmark() -> None:
    result = outcome("microcredit.rate-above-benchmark", {LEDGER: [application("1", rate=9)]})
    assert (result.status, result.missing) == ("no-parameter", ("microcredit.benchmark_rate",))


@seed("S8-48", "S8-49")
def test_the_cap_of_the_day_counts() -> None:
    caps = [{"from": "2020-01-01", "value": 20000}, {"from": "2023-07-01", "value": 30000}]
    rows = [
        application("before", approved=30000, approved_on="2023-06-30"),
        application("after", approved=30000, approved_on="2023-07-01"),
    ]
    assert subjects("microcredit.over-cap", {LEDGER: rows}, parameters={"microcredit.loan_cap": caps}) == [
        "before"
    ]


def course(number: str, day: str, result: str | None = "合格", **more: Any) -> Row:
    """A course of the applicant with that number."""
    return {"person": f"P-{number}", "completed_on": day, "result": result, **more}


@seed("S5-27")
def test_training_passed_before_the_day_of_application() -> None:
    numbers = ["never", "after", "same-day", "failed", "before", "by-certificate", "refused"]
    rows = {
        LEDGER: [application(n) if n != "refused" else refused(n) for n in numbers],
        "microcredit.training": [
            course("after", "2023-02-02"),
            course("same-day", "2023-02-01"),
            course("failed", "2023-01-01", "不合格"),
            course("before", "2023-01-31"),
            course("by-certificate", "2023-01-31", None, certificate_no="PX1"),
        ],
    }
    assert subjects("microcredit.no-training", rows) == ["after", "failed", "never", "same-day"]


@seed("S8-51", "S8-22")
def test_purpose_within_the_catalogue() -> None:
    rows = {
        LEDGER: [
            application("outside", project="典当"),
            application("listed"),
            application("short", project="餐饮"),
            application("unknown", project=None),
            refused("refused", project="典当"),
        ],
        "microcredit.micro_profit_item": [{"name": "餐饮服务"}, {"name": "理发"}],
    }
    assert subjects("microcredit.purpose-outside-list", rows) == ["outside"]


@seed("S5-49", "S5-50")
def test_another_loan_open_on_the_day_of_application() -> None:
    numbers = ["open", "late", "before", "same-day", "own", "later", "refused", "balance-0"]
    rows = {
        LEDGER: [application(n) if n != "refused" else refused(n) for n in numbers],
        "microcredit.loan": [
            loan("open"),
            settled("late", "2023-02-02"),
            settled("before", "2023-01-31"),
            settled("same-day", "2023-02-01"),
            loan("own", application_no="own", paid_out_on="2023-01-15"),
            loan("later", paid_out_on="2023-02-02"),
            loan("refused"),
            loan("balance-0", outstanding=0),
        ],
    }
    assert subjects("microcredit.other-debt", rows) == ["late", "open"]


@seed("S5-46")
def test_residence_in_the_community_whose_register_is_at_hand() -> None:
    rows = {
        LEDGER: [
            application("stranger"),
            application("resident"),
            application("elsewhere", division="柳岸社区"),
            application("spelt", division="望河街道云溪社区居委会"),
            application("nowhere", division=None),
            refused("refused"),
        ],
        "registry.person": [{"person": "P-resident", "division": "望河街道云溪社区"}],
    }
    assert subjects("microcredit.not-resident", rows) == ["spelt", "stranger"]


@seed("S5-64", "S5-26")
def test_licence_against_the_list_of_traders() -> None:
    rows = {
        LEDGER: [
            application("unlisted"),
            application("of-another", licence="TAKEN"),
            application("own", licence="OWN"),
            application("shared", licence="SHARED"),
            application("holder-unknown", licence="NOBODY"),
            application("elsewhere", division="柳岸社区"),
            application("taken-elsewhere", licence="TAKEN", division="柳岸社区"),
            application("none", licence=None),
            refused("refused"),
        ],
        "registry.business": [
            {"credit_code": "TAKEN", "person": "P-苏娟", "name": "苏娟", "division": "望河街道"},
            {"credit_code": "OWN", "person": "P-own", "closed_on": "2023-11-01"},
            {"credit_code": "SHARED", "person": "P-old"},
            {"credit_code": "SHARED", "person": "P-shared"},
            {"credit_code": "NOBODY", "person": None},
        ],
        "registry.person": [{"person": "X", "division": "云溪社区"}],
    }
    code = "microcredit.false-licence"
    assert subjects(code, rows) == ["of-another", "taken-elsewhere", "unlisted"]
    (one,) = [f for f in ask(code, rows) if f.subject_id == "of-another"]
    assert one.because == "罗素的申请of-another所填执照TAKEN，登记名单中的经营者：苏娟"
    del rows["registry.person"]
    assert subjects(code, rows) == ["of-another", "taken-elsewhere"]


@seed("S5-48")
def test_licence_closed_before_the_application() -> None:
    rows = {
        LEDGER: [application("closed"), application("later"), application("open"), refused("refused")],
        "registry.business": [
            {"credit_code": "L-closed", "closed_on": "2023-01-31"},
            {"credit_code": "L-later", "closed_on": "2023-02-01"},
            {"credit_code": "L-open", "closed_on": None},
            {"credit_code": "L-refused", "closed_on": "2022-01-31"},
        ],
    }
    assert subjects("microcredit.licence-already-closed", rows) == ["closed"]

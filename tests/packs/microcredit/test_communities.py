"""Communities, public money, credit files, and the numbers of the pack."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.microcredit.office import Row, application, loan, overdue, refused, settled, wilful

seed = pytest.mark.seed
LOAN = "microcredit.loan"
COMMUNITY = "microcredit.credit_community"


def community(name: str, **more: Any) -> Row:
    """A pilot community whose qualification stands."""
    return {"division": name, "qualification": "正常", "pilot_since": "2020-05-01", **more}


def lent(place: str, late: int, sound: int, **more: Any) -> list[Row]:
    """An overdue and a sound loan of a community with these balances."""
    return [
        overdue(f"{place}-late", division=place, outstanding=late, **more),
        loan(f"{place}-sound", division=place, outstanding=sound),
    ]


@seed("S5-70", "S5-73")
def test_a_ratio_that_reaches_the_limit_suspends() -> None:
    rows = {
        LOAN: [
            *lent("槐荫社区", 90000, 810000),
            *lent("荷塘社区", 89999, 810001),
            *lent("松涛社区", 500000, 500000),
            *lent("恢复社区", 500000, 500000),
            *lent("柳岸社区", 10000, 990000),
            overdue("settled", division="云溪社区", outstanding=0),
            overdue("nowhere", division=None),
        ],
        COMMUNITY: [
            community("望河街道槐荫社区"),
            community("荷塘社区"),
            community("松涛社区", qualification="暂停", suspended_on="2023-06-01"),
            community("恢复社区", suspended_on="2020-03-01", restored_on="2020-12-31"),
            community("柳岸社区"),
            community("云溪社区"),
        ],
    }
    code = "microcredit.npl-reached"
    found = ask(code, rows)
    assert [f.subject_id for f in found] == ["恢复社区", "望河街道槐荫社区"]
    assert found[1].because == "望河街道槐荫社区按金额计不良率10%，逾期1笔共90,000元，担保资格仍为正常"
    assert {e.ledger for e in found[1].evidence} == {LOAN, COMMUNITY}
    by_number = subjects(code, rows, parameters={"microcredit.npl_base": "笔数"})
    assert by_number == ["恢复社区", "望河街道槐荫社区", "柳岸社区", "荷塘社区"]


@seed("S5-70")
def test_a_loan_without_community_counts_where_its_application_belongs() -> None:
    rows = {
        LOAN: [
            overdue("1", division="望河街道", application_no="DK1"),
            loan("2", division=None, application_no="DK1"),
        ],
        "microcredit.application": [application("DK1", division="云溪社区")],
        COMMUNITY: [community("云溪社区")],
    }
    assert subjects("microcredit.npl-reached", rows) == ["云溪社区"]


@seed("S5-71")
def test_guarantee_while_suspended() -> None:
    rows = {
        "microcredit.application": [
            application("day-before", division="松涛社区", guaranteed_on="2023-05-31"),
            application("first-day", division="松涛社区", guaranteed_on="2023-06-01"),
            application("later", division="望河街道松涛社区", guaranteed_on="2023-08-24"),
            application("last-day", division="荷塘社区", guaranteed_on="2020-12-30"),
            application("restored", division="荷塘社区", guaranteed_on="2020-12-31"),
            application("never", division="云溪社区", guaranteed_on="2023-08-24"),
            application("none", division="松涛社区", guaranteed_on=None),
            application("undated", division="柳岸社区", guaranteed_on="2022-01-01"),
        ],
        COMMUNITY: [
            community("松涛社区", qualification="暂停", suspended_on="2023-06-01"),
            community("荷塘社区", suspended_on="2020-03-01", restored_on="2020-12-31"),
            community("柳岸社区", qualification="暂停"),
            community("云溪社区"),
        ],
    }
    found = subjects("microcredit.guaranteed-while-suspended", rows)
    assert found == ["first-day", "last-day", "later", "undated"]


@seed("S5-70", "S5-72")
def test_suspension_told_and_communities_assessed() -> None:
    rows = {
        COMMUNITY: [
            community("甲社区", suspended_on="2023-06-01", assessed_on="2023-01-01"),
            community(
                "乙社区", suspended_on="2023-06-01", notified_on="2023-06-02", assessed_on="2022-12-31"
            ),
            community("丙社区", assessed_on=None),
            community("丁社区", assessed_on=None, pilot_since="2023-01-01"),
        ]
    }
    assert subjects("microcredit.suspension-not-notified", rows) == ["甲社区"]
    assert subjects("microcredit.community-not-assessed", rows) == ["丙社区", "乙社区"]


@seed("S8-62", "S8-31")
def test_bad_assets_above_the_agreed_share() -> None:
    rows = {LOAN: [*lent("甲社区", 5001, 94999), *lent("乙社区", 5000, 95000)]}
    code = "microcredit.control-ratio-exceeded"
    assert subjects(code, rows, parameters={"microcredit.control_ratio": "0.05"}) == ["甲"]
    assert outcome(code, rows).missing == ("microcredit.control_ratio",)


@seed("S8-44")
def test_a_scheme_without_loans_on_credit_alone() -> None:
    rows = {
        "microcredit.application": [
            application("1", division="甲社区"),
            application("2", division="甲社区", kind=None),
            application("3", division="乙社区"),
            application("4", division="乙社区", kind="信用贷款"),
        ]
    }
    (found,) = ask("microcredit.no-credit-loans", rows)
    assert found.because == "甲社区受理的2笔申请中没有信用贷款"


def money(number: str, **more: Any) -> Row:
    """A payment into the guarantee fund that came in time."""
    base = {"entry_no": number, "source": "区财政", "amount": 100000, "planned_on": "2023-03-01"}
    return {**base, "arrived_on": "2023-03-01", **more}


@seed("S8-47", "S8-45")
def test_guarantee_fund_in_time_and_from_several_sources() -> None:
    rows = {
        "microcredit.guarantee_fund": [
            money("late", arrived_on="2023-03-02"),
            money("missing", arrived_on=None),
            money("in-time"),
            money("not-yet", planned_on="2024-01-01", arrived_on=None),
            money("unplanned", planned_on=None),
        ]
    }
    assert subjects("microcredit.guarantee-fund-late", rows) == ["late", "missing"]
    code = "microcredit.guarantee-fund-single-source"
    (found,) = ask(code, rows)
    assert found.because == "担保基金500,000元全部来自区财政"
    rows["microcredit.guarantee_fund"].append(money("second", source="市财政"))
    assert ask(code, rows) == []


@seed("S8-46")
def test_a_fund_too_small_for_what_is_asked() -> None:
    def found(asked: int, multiple: str = "5") -> int:
        rows = {
            "microcredit.guarantee_fund": [money("1"), money("2", arrived_on=None)],
            "microcredit.application": [
                application("1", asked=asked),
                application("2", asked=99999999, applied_on="2022-01-01"),
                application("3", asked=None),
            ],
        }
        return len(
            ask(
                "microcredit.guarantee-fund-too-small",
                rows,
                parameters={"microcredit.fund_multiple": multiple},
            )
        )

    assert (found(500000), found(500001), found(500001, "6")) == (0, 1, 0)


@pytest.mark.parametrize(("asked", "found"), [("40000000000", 0), ("40000000000.01", 1)])
def test_a_fund_of_eight_billion_is_no_overflow(asked: str, found: int) -> None:
    rows = {
        "microcredit.guarantee_fund": [money("1", amount="8000000000")],
        "microcredit.application": [application("1", asked=asked)],
    }
    code, values = "microcredit.guarantee-fund-too-small", {"microcredit.fund_multiple": "5"}
    assert len(ask(code, rows, parameters=values)) == found


@seed("S8-37")
def test_subsidy_money_in_the_account_before_it_is_due() -> None:
    def transfer(number: str, needed: str | None, received: str | None) -> Row:
        return {
            "entry_no": number,
            "account": "99",
            "amount": 500,
            "needed_on": needed,
            "received_on": received,
        }

    rows = {
        "microcredit.subsidy_transfer": [
            transfer("same-day", "2023-03-20", "2023-03-20"),
            transfer("never", "2023-03-20", None),
            transfer("day-before", "2023-03-20", "2023-03-19"),
            transfer("not-due", "2024-01-01", None),
            transfer("undated", None, "2023-03-19"),
        ]
    }
    assert subjects("microcredit.subsidy-money-late", rows) == ["never", "same-day"]


@seed("S8-68")
def test_subsidy_paid_to_borrowers_in_time() -> None:
    def paid(number: str, due: str | None, day: str | None) -> Row:
        return {"loan_no": number, "subsidy": 100, "due_on": due, "paid_on": day}

    rows = {
        "microcredit.interest_subsidy": [
            paid("late", "2023-03-20", "2023-03-21"),
            paid("never", "2023-03-20", None),
            paid("in-time", "2023-03-20", "2023-03-20"),
            paid("undue", "2023-12-31", None),
            paid("unknown", None, None),
        ]
    }
    assert subjects("microcredit.subsidy-paid-late", rows) == ["late", "never"]
    assert measured("microcredit.subsidy-on-time", rows) == {("", "2023"): (Decimal("25.00"), False)}


@seed("S8-64", "S8-38")
def test_losses_are_verified_and_shared_as_a_whole() -> None:
    def loss(number: str, *shares: int | None, **more: Any) -> Row:
        government, bank, own = shares
        base = {"government_share": government, "bank_share": bank, "community_share": own}
        days = {"verified_on": "2023-11-01", "shared_on": "2023-11-01"}
        return {"loan_no": number, "loss": 9000, **base, **days, **more}

    rows = {
        "microcredit.bad_debt": [
            loss("short", 3000, 3000, 2999),
            loss("whole", 3000, 3000, 3000),
            loss("by-two", 4500, 4500, None),
            loss("unshared", None, None, None, shared_on=None),
            loss("unverified", 3000, 3000, 3000, verified_on=None),
            loss("before", 3000, 3000, 3000, shared_on="2023-10-31"),
        ]
    }
    assert subjects("microcredit.loss-shares-do-not-add-up", rows) == ["short"]
    assert subjects("microcredit.loss-shared-unverified", rows) == ["before", "unverified"]


@seed("S8-36", "S8-65", "S8-70")
def test_inspections_each_year_with_their_results_published() -> None:
    def inspection(by: str, day: str, **more: Any) -> Row:
        return {"inspected_on": day, "inspector": by, "division": "望河街道", **more}

    old = inspection("审计局", "2022-12-31", favour_loans=2)
    clean = inspection("财政局", "2022-06-01", favour_loans=0, bad_loans=None)
    public = inspection("检察院", "2022-06-02", bad_loans=1, published_on="2022-06-03")
    rows = {"microcredit.inspection": [old, clean, public]}
    assert subjects("microcredit.no-inspection", rows) == ["望河街道"]
    assert subjects("microcredit.bad-loans-not-published", rows) == ["审计局"]
    rows["microcredit.inspection"].append(inspection("财政局", "2023-01-01"))
    assert subjects("microcredit.no-inspection", rows) == []


@seed("S5-49", "S8-56", "S5-12")
def test_credit_files_before_the_application() -> None:
    def entry(number: str, **more: Any) -> Row:
        return {"entry_no": number, "person": f"P-{number}", "recorded_on": "2023-01-05", **more}

    rows = {
        "microcredit.application": [
            application(n) for n in ("owes", "taxes", "clean", "later", "unwilling", "willing")
        ]
        + [refused("refused")],
        "microcredit.credit_file": [
            entry("owes", overdue_elsewhere=1),
            entry("taxes", unpaid_taxes=300),
            entry("clean", overdue_elsewhere=0, unpaid_taxes=None),
            entry("later", overdue_elsewhere=1, recorded_on="2023-02-02"),
            entry("unwilling", intention="认为不用还"),
            entry("willing", intention="愿意按期归还"),
            entry("refused", overdue_elsewhere=1, intention="不还"),
        ],
    }
    assert subjects("microcredit.bad-standing", rows) == ["P-owes", "P-taxes"]
    assert subjects("microcredit.no-intention-to-repay", rows) == ["P-unwilling"]


@seed("S5-69", "S5-14")
def test_the_overdue_enter_the_shared_record() -> None:
    rows = {
        LOAN: [
            overdue("missing"),
            overdue("entered"),
            overdue("entered-before"),
            loan("sound"),
            overdue("undated", due_on=None),
        ],
        "microcredit.bad_record": [
            {"person": "P-entered", "recorded_on": "2023-05-10", "breach": "逾期"},
            {"person": "P-entered-before", "recorded_on": "2021-05-10", "breach": "逾期"},
        ],
    }
    assert subjects("microcredit.overdue-without-bad-record", rows) == ["entered-before", "missing"]


@seed("S5-56")
def test_publication_needs_consent_given_before() -> None:
    def record(number: str, published: str | None = "2023-02-01") -> Row:
        return {"person": number, "recorded_on": "2023-01-05", "breach": "逾期", "published_on": published}

    def consent(number: str, day: str, given: bool | None) -> Row:
        return {"person": number, "signed_on": day, "consent_to_publish": given}

    rows = {
        "microcredit.bad_record": [record(n) for n in ("none", "no", "late", "given", "unsaid")]
        + [record("kept", None)],
        "microcredit.commitment": [
            consent("no", "2022-01-01", False),
            consent("unsaid", "2022-01-01", None),
            consent("late", "2023-02-02", True),
            consent("given", "2023-02-01", True),
        ],
    }
    assert subjects("microcredit.published-without-consent", rows) == ["late", "no", "none", "unsaid"]


@seed("S8-33", "S8-21")
def test_difficulties_get_help() -> None:
    def difficulty(number: str, day: str, helped: str | None = None) -> Row:
        return {"loan_no": number, "reported_on": day, "difficulty": "客流减少", "helped_on": helped}

    rows = {
        "microcredit.difficulty": [
            difficulty("old", "2023-11-30"),
            difficulty("recent", "2023-12-01"),
            difficulty("helped", "2023-01-01", "2023-06-01"),
        ]
    }
    given = {"microcredit.help_days": 30}
    assert subjects("microcredit.difficulty-not-helped", rows, parameters=given) == ["old"]


@seed("S5-73", "S5-74", "S5-75", "S8-66", "S8-67")
def test_the_numbers_of_communities() -> None:
    rows = {
        LOAN: [
            overdue("1", outstanding=2500, repaid=7500),
            loan("2", outstanding=7500, repaid=2500, paid_out_on="2023-01-01"),
            settled("3", "2023-01-05", due_on="2023-02-01"),
            wilful("4", division="柳岸社区"),
            loan("5", due_on=None, outstanding=None, division="槐荫社区"),
        ]
    }
    ratio = measured("microcredit.npl-ratio", rows)
    assert ratio[("云溪", "2023")][0] == Decimal("25.00")
    assert ratio[("柳岸", "2023")][0] == Decimal("100.00")
    assert measured("microcredit.npl-ratio-by-number", rows)[("云溪", "2023")][0] == Decimal("50.00")
    against = measured("microcredit.bad-asset-ratio", rows, parameters={"microcredit.control_ratio": "0.25"})
    assert against[("云溪", "2023")] == (Decimal("0.2500"), True)
    assert against[("柳岸", "2023")][1] is False
    granted = measured("microcredit.loans-granted", rows)
    assert granted[("云溪", "2022")][0] == 20000
    assert granted[("云溪", "2023")][0] == 10000
    assert measured("microcredit.loans-granted-number", rows)[("云溪", "2022")][0] == 2
    assert measured("microcredit.average-loan", rows)[("", "2022")][0] == 10000
    repaid = measured("microcredit.repayment-rate", rows, parameters={"microcredit.repayment_target": 90})
    assert repaid[("云溪", "2023")] == (Decimal("87.50"), False)


@seed("S5-76")
def test_targets_of_loans_granted_differ_by_community() -> None:
    rows = {LOAN: [loan("1"), loan("2", division="柳岸社区")]}
    targets = [{"value": 20000, "division": "云溪"}, {"value": 10000}]
    found = measured("microcredit.loans-granted", rows, parameters={"microcredit.loans_target": targets})
    assert {k[0]: met for k, (_value, met) in found.items()} == {"云溪": False, "柳岸": True}


@seed("S8-39", "S8-41", "S8-42", "S8-50", "S8-69")
def test_the_chain_of_applications_in_numbers() -> None:
    rows = {
        "microcredit.application": [
            application("1"),
            application("2", applied_on="2023-03-01", startup_money=40000),
            refused("3", refusal_reason="申请人放弃，改走民间借贷", guaranteed_on=None, guaranteed_by=None),
            refused("4"),
            application("5", result=None, approved=None, approved_on=None, approved_by=None),
        ],
        LOAN: [
            loan("1", application_no="1", paid_out_on="2023-03-03"),
            loan("2", application_no="2", paid_out_on="2023-03-11"),
        ],
    }
    here = ("云溪", "2023")
    assert measured("microcredit.days-to-pay-out", rows)[here][0] == Decimal("20.0")
    assert measured("microcredit.steps-per-application", rows)[here][0] == Decimal("4.6")
    assert measured("microcredit.refused-share", rows)[here][0] == Decimal("50.00")
    assert measured("microcredit.gave-up", rows)[here][0] == 1
    assert measured("microcredit.gave-up-for-informal-borrowing", rows)[here][0] == 1
    assert measured("microcredit.granted-to-needed", rows)[here][0] == Decimal("50.00")


@seed("S8-53", "S8-54", "S8-60", "S8-46")
def test_reach_of_the_scheme() -> None:
    rows = {
        "registry.unemployment": [
            {"person": "P-1", "certificate_no": "1", "division": "云溪社区"},
            {"person": "P-2", "certificate_no": " ", "division": "云溪社区"},
            {"person": "P-3", "certificate_no": None, "division": "云溪社区"},
            {"person": "P-4", "certificate_no": "4", "division": "云溪社区"},
        ],
        LOAN: [loan("1"), loan("1b", person="P-1"), loan("9")],
    }
    here = ("云溪", "2023")
    assert measured("microcredit.without-certificate", rows)[here][0] == 2
    assert measured("microcredit.certificate-holders", rows)[here][0] == Decimal("50.00")
    assert measured("microcredit.reach", rows)[here][0] == Decimal("25.00")
    fund = {
        "microcredit.guarantee_fund": [money("1"), money("2", arrived_on=None)],
        "microcredit.application": [application("1", asked=400000), application("2", asked=None)],
    }
    assert measured("microcredit.fund-coverage", fund)[("", "2023")][0] == Decimal("25.00")


@seed("S5-51", "S5-52", "S5-53")
def test_commitment_letters_have_all_clauses() -> None:
    def letter(number: str, **more: Any) -> Row:
        clauses = {"true_information": True, "voluntary": True, "repay_on_time": True}
        return {"person": number, "name": "罗素", "signed_on": "2023-02-01", **clauses, **more}

    rows = {
        "microcredit.commitment": [
            letter("whole"),
            letter("refused", repay_on_time=False),
            letter("blank", true_information=None, voluntary=None),
        ]
    }
    blank, refused_clause = ask("microcredit.commitment-incomplete", rows)
    assert blank.because == "罗素2023年2月1日签的承诺书缺“如实提供情况”“自愿参加”条款"
    assert refused_clause.subject_id == "refused"

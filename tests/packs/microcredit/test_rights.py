"""Debts on file, benefits after withdrawal, reports, guidance, refusals, ratings."""

from __future__ import annotations

from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import subjects
from tests.packs.microcredit.office import Row, application, loan, refused, settled, wilful

seed = pytest.mark.seed
APPLICATION, LOAN = "microcredit.application", "microcredit.loan"


def keyed(code: str, rows: dict[str, list[Row]], **options: Any) -> list[str]:
    """What tells several findings on one person apart: the number of the application or contract."""
    return sorted(f.key for f in ask(code, rows, **options))


@seed("S5-50")
def test_debts_in_either_file_before_the_application() -> None:
    def entry(number: str, day: str, debt: Any) -> Row:
        return {"entry_no": f"{number}{day}", "person": f"P-{number}", "recorded_on": day, "other_debt": debt}

    def home(number: str, day: str, debts: Any) -> Row:
        return {"file_no": number, "person": f"P-{number}", "opened_on": day, "debts": debts}

    names = ("file", "same day", "home", "cleared", "later", "nothing", "blank", "refused", "none")
    rows = {
        APPLICATION: [
            *(application(n, applied_on="2023-02-01") for n in names if n != "refused"),
            refused("refused", applied_on="2023-02-01"),
        ],
        "microcredit.credit_file": [
            entry("file", "2023-01-05", 8000),
            entry("same day", "2023-02-01", "0.01"),
            entry("cleared", "2022-01-05", 8000),
            entry("cleared", "2023-01-05", 0),
            entry("later", "2023-02-02", 8000),
            entry("nothing", "2023-01-05", 0),
            entry("blank", "2023-01-05", None),
            entry("refused", "2023-01-05", 8000),
        ],
        "microcredit.economic_file": [home("home", "2022-06-01", 500), home("file", "2022-06-01", 0)],
    }
    code = "microcredit.other-debt-on-file"
    assert keyed(code, rows) == ["file", "home", "same day"]
    assert keyed(code, {k: v for k, v in rows.items() if "economic" not in k}) == ["file", "same day"]
    found = {f.key: f for f in ask(code, rows)}["home"]
    assert found.because == "罗素2023年2月1日申请（home）前，经济档案记有其他债务500元（2022年6月1日）"
    assert str(found.amount) == "500.00"


@seed("S5-67")
def test_after_withdrawal_there_are_no_other_preferences() -> None:
    withdrawn = wilful("L1", person="P-1", certificate_withdrawn_on="2023-06-01")
    rows = {
        LOAN: [withdrawn, loan("L2", person="P-2")],
        APPLICATION: [
            application("again", person="P-1", applied_on="2023-06-02"),
            application("same day", person="P-1", applied_on="2023-06-01"),
            application("before", person="P-1", applied_on="2022-02-01"),
            refused("refused", person="P-1", applied_on="2023-07-01", guaranteed_on=None),
            application("other", person="P-2", applied_on="2023-07-01"),
        ],
        "microcredit.interest_subsidy": [
            {"loan_no": "late", "person": "P-1", "name": "罗素", "subsidy": 80, "paid_on": "2023-06-20"},
            {"loan_no": "early", "person": "P-1", "name": "罗素", "subsidy": 80, "paid_on": "2023-05-20"},
            {"loan_no": "unpaid", "person": "P-1", "name": "罗素", "subsidy": 80, "paid_on": None},
        ],
    }
    code = "microcredit.benefit-after-withdrawal"
    assert keyed(code, rows) == ["again", "late"]
    found = {f.key: f for f in ask(code, rows)}["late"]
    assert found.because == "罗素的再就业优惠证于2023年6月1日收回，2023年6月20日仍享受财政贴息（late）80元"


@seed("S5-54")
def test_borrowers_who_did_not_report_for_the_period() -> None:
    def told(number: str, day: str, kind: str = "定期报告") -> Row:
        return {"loan_no": number, "reported_on": day, "kind": kind, "name": "罗素"}

    rows = {
        LOAN: [
            loan("never"),
            loan("long ago"),
            loan("once"),
            loan("only a change"),
            loan("new", paid_out_on="2023-07-01"),
            settled("settled", "2023-03-01"),
        ],
        "microcredit.business_report": [
            told("long ago", "2023-06-30"),
            told("once", "2023-07-01"),
            told("only a change", "2023-07-01", "家庭住址变更"),
        ],
    }
    code = "microcredit.no-business-report"
    half = {"microcredit.report_months": 6}
    assert subjects(code, rows, parameters=half) == ["long ago", "never", "only a change"]
    assert outcome(code, rows).missing == ("microcredit.report_months",)


@seed("S5-55")
def test_changes_reach_all_three_bodies() -> None:
    def change(number: str, kind: str = "经营场所变更", **told: Any) -> Row:
        days = {
            "agency_told_on": "2023-05-02",
            "guarantor_told_on": "2023-05-02",
            "bank_told_on": "2023-05-03",
        }
        return {"loan_no": number, "reported_on": "2023-05-02", "kind": kind, "name": "罗素"} | days | told

    rows = {
        "microcredit.business_report": [
            change("all"),
            change("no bank", bank_told_on=None),
            change("nobody", "重大问题", agency_told_on=None, guarantor_told_on=None, bank_told_on=None),
            change("regular", "定期报告", bank_told_on=None),
        ]
    }
    code = "microcredit.change-not-passed-on"
    assert subjects(code, rows) == ["no bank", "nobody"]
    found = {f.subject_id: f for f in ask(code, rows)}["no bank"]
    assert found.because == "罗素（贷款no bank）2023年5月2日报告经营场所变更，没有告知“银行”"
    fields = ["loan_no", "reported_on", "kind", "name"]
    assert outcome(code, rows, fields={"microcredit.business_report": fields}).status == "no-ledger"


@seed("S5-60", "S5-85")
def test_problems_found_on_a_visit_are_met_with_guidance() -> None:
    def visit(number: str, problem: str | None, helped: str | None = None) -> Row:
        seen = {"loan_no": number, "visited_on": "2023-05-02", "name": "罗素", "visitor": "陈玲"}
        return seen | {"problem": problem, "help_given": helped}

    rows = {
        "microcredit.visit": [
            visit("left alone", "客流减少"),
            visit("blank help", "客流减少", " "),
            visit("helped", "客流减少", "联系免租一个月"),
            visit("none", "无"),
            visit("blank", None),
            visit("left alone", "房租上涨") | {"visited_on": "2023-08-01"},
            visit("helped later", "房租上涨"),
            visit("helped later", None, "联系免租一个月") | {"visited_on": "2023-06-02"},
            visit("new trouble", "房租上涨", "联系免租一个月"),
            visit("new trouble", "缺少帮手") | {"visited_on": "2023-06-02"},
        ]
    }
    code = "microcredit.problem-without-help"
    assert subjects(code, rows) == ["blank help", "left alone", "new trouble"]
    told = {f.subject_id: f for f in ask(code, rows)}
    assert told["left alone"].because == (
        "罗素（贷款left alone）2023年5月2日至2023年8月1日走访发现问题（客流减少、房租上涨），"
        "至今没有指导或帮助记录"
    )
    assert len(told["left alone"].evidence) == 2
    assert told["new trouble"].because.endswith(
        "2023年6月2日走访发现问题（缺少帮手），至今没有指导或帮助记录"
    )


@seed("S5-58")
def test_who_meets_the_conditions_may_apply_and_refusals_are_listed() -> None:
    early = {"guaranteed_on": None, "guaranteed_by": None}
    rows = {
        APPLICATION: [
            refused("no reason in the scheme", refusal_reason="名额已满", **early),
            refused("condition named", refusal_reason="材料不全", **early),
            refused("credit named", refusal_reason="征信有逾期", **early),
            refused("incomplete", refusal_reason="名额已满", certificate=None, **early),
            refused("false", refusal_reason="名额已满", check_result="不实", **early),
            refused("by the bank", refusal_reason="名额已满"),
            refused("gave up", refusal_reason="本人放弃", result="放弃", **early),
            refused("no reason", refusal_reason=None, **early),
            application("granted"),
            refused("informal", refusal_reason="名额已满", licence=None, informal_proof="FZG1", **early),
        ]
    }
    code = "microcredit.refused-although-complete"
    assert subjects(code, rows) == ["informal", "no reason in the scheme"]


@seed("S8-76")
def test_a_score_refuses_nobody_by_itself() -> None:
    rows = {
        APPLICATION: [
            refused("score", refusal_reason="信用评分偏低"),
            refused("points", refusal_reason="得分521分，低于标准"),
            refused("with facts", refusal_reason="征信有拖欠，得分偏低"),
            refused("facts", refusal_reason="项目不可行"),
            refused("blank", refusal_reason=None),
            application("granted", refusal_reason="得分偏低"),
        ]
    }
    assert subjects("microcredit.refused-by-score", rows) == ["points", "score"]


@seed("S5-13", "S8-75")
def test_ratings_say_by_which_method_on_what_and_by_whom() -> None:
    def rating(person: str, **more: Any) -> Row:
        base = {"person": person, "name": "罗素", "rated_on": "2023-03-01", "grade": "A", "score": 612}
        return base | {"method": "2023版", "basis": "还款记录", "rated_by": "张亮"} | more

    rows = {
        "microcredit.credit_rating": [
            rating("whole"),
            rating("unsigned", rated_by=None),
            rating("bare", method=None, basis=" "),
        ]
    }
    code = "microcredit.rating-not-signed"
    assert subjects(code, rows) == ["bare", "unsigned"]
    found = {f.subject_id: f for f in ask(code, rows)}["bare"]
    assert found.because == "罗素2023年3月1日的信用评定缺“评定办法”“依据”"

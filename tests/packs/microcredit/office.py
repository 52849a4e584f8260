"""Rows of one small lending office; every rule of the pack finds something in :data:`ROWS`."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

PARAMETERS: dict[str, Any] = {
    "microcredit.benchmark_rate": "4.35",
    "microcredit.disburse_days": 30,
    "microcredit.control_ratio": "0.05",
    "microcredit.help_days": 30,
    "microcredit.fund_multiple": "1",
    "microcredit.penalty_surcharge": "50",
    "microcredit.loss_share_government": "0.5",
    "microcredit.loss_share_bank": "0.3",
    "microcredit.control_ratio_first": "否",
    "microcredit.report_months": 12,
}


def application(number: str, **more: Any) -> Row:
    """An application in order: documents complete, notice ended, three bodies, granted."""
    base = {
        "application_no": number,
        "name": "罗素",
        "person": f"P-{number}",
        "applied_on": "2023-02-01",
        "kind": "一般",
        "project": "餐饮服务",
        "asked": 15000,
        "certificate": "9920201986467",
        "licence": f"L-{number}",
        "tax_registration": "已办理",
        "premises_proof": "租赁合同",
        "recommended_by": "张亮",
        "prescreened_by": "顾桂",
        "prescreened_on": "2023-02-08",
        "notice_from": "2023-02-10",
        "notice_to": "2023-02-17",
        "guaranteed_by": "丁珍",
        "guaranteed_on": "2023-02-18",
        "approved_by": "黄新",
        "approved_on": "2023-02-21",
        "approved": 15000,
        "rate": "4.35",
        "result": "批准",
        "commitment": "已签",
        "check_result": "属实",
        "startup_money": 20000,
        "counter_guarantee": "无",
        "division": "云溪社区",
    }
    return base | more


def refused(number: str, **more: Any) -> Row:
    """An application that the bank refused with a reason."""
    base = {"result": "不批准", "refusal_reason": "项目不可行", "approved": None, "commitment": None}
    return application(number, **(base | more))


def loan(number: str, **more: Any) -> Row:
    """A loan of 10,000 yuan lent in 2022 and due after the day of the scan."""
    base = {
        "loan_no": number,
        "application_no": f"A-{number}",
        "name": "罗素",
        "person": f"P-{number}",
        "paid_out_on": "2022-03-01",
        "due_on": "2024-03-01",
        "amount": 10000,
        "rate": "4.35",
        "repaid": 0,
        "outstanding": 10000,
        "collector": "陈玲",
        "penalty": 0,
        "division": "云溪社区",
    }
    return base | more


def overdue(number: str, **more: Any) -> Row:
    """A loan that fell due in May 2023 and is not repaid."""
    return loan(number, **({"due_on": "2023-05-10", "overdue_kind": "一般逾期", "penalty": 30} | more))


def wilful(number: str, **more: Any) -> Row:
    """A wilful default whose time limit has passed, with all sanctions taken in time."""
    base = {
        "overdue_kind": "恶意拖欠",
        "deadline_on": "2023-10-31",
        "certificate_withdrawn_on": "2023-11-05",
        "sued_on": "2023-11-06",
        "breach_published_on": "2023-11-07",
    }
    return overdue(number, **(base | more))


def settled(number: str, day: str, **more: Any) -> Row:
    """A loan repaid on that day."""
    return loan(number, **({"repaid": 10000, "outstanding": 0, "settled_on": day} | more))


def planned(number: str, instalment: int, due_on: str, principal: Any, interest: Any, **more: Any) -> Row:
    """A row of a signed schedule."""
    base = {"loan_no": number, "instalment": instalment, "due_on": due_on, "name": "罗素"}
    return base | {"principal": principal, "interest": interest} | more


def paid(number: str, instalment: int, due_on: str, principal: Any, interest: Any, **more: Any) -> Row:
    """A repayment on its due day."""
    base = {"loan_no": number, "instalment": str(instalment), "due_on": due_on, "repaid_on": due_on}
    return base | {"principal": principal, "interest": interest, "name": "罗素"} | more


ROWS: dict[str, list[Row]] = {
    "microcredit.application": [
        application("A1", certificate=None, premises_proof=None, approved=30000, startup_money=10000),
        application("A2", licence=None, commitment=None, counter_guarantee="公务员"),
        application("A3", approved_by="顾桂", guaranteed_on="2023-02-17", rate="4.36"),
        application("A4", project="典当", check_result="不实", licence="L-OTHER"),
        application("A5", approved_on="2023-02-01", licence="L-CLOSED"),
        application("A6", person="P-L1", applied_on="2023-06-01", asked=900000),
        application("A7", guaranteed_on="2023-08-01", division="松涛社区"),
        refused("R1", refusal_reason=None),
        refused("R2", refusal_reason="不属微利项目"),
        refused("R3", refusal_reason="信用得分偏低", guaranteed_on=None),
        application("A8", person="P-L5", applied_on="2023-07-01", guaranteed_on="2023-07-20"),
        application("A-L3", guaranteed_on=None, guaranteed_by=None, person="P-L3"),
    ],
    "microcredit.loan": [
        loan("L1", person="P-L1", repayment_method="等额本金"),
        loan("L2", application_no="A1", amount=50000, outstanding=40000, repaid=0),
        overdue("L3", collector=None, penalty=0),
        wilful("L4", certificate_withdrawn_on=None, sued_on=None, breach_published_on=None),
        overdue("L5", certificate_withdrawn_on="2023-06-01", moved_on="2023-05-01"),
    ],
    "microcredit.visit": [
        {"visited_on": "2022-06-01", "loan_no": "L1", "visitor": "陈玲", "problem": "客流减少"}
    ],
    "microcredit.schedule": [
        planned("L1", 1, "2022-09-01", 4999, "217.51"),
        planned("L1", 2, "2023-03-01", 5000, "108.75"),
    ],
    "microcredit.repayment": [
        paid("L1", 1, "2022-09-01", 4999, "217.51", repaid_on="2022-09-11", penalty="9"),
    ],
    "microcredit.business_report": [
        {"reported_on": "2023-05-02", "loan_no": "L1", "name": "罗素", "kind": "家庭住址变更"}
    ],
    "microcredit.credit_rating": [
        {"person": "P-A1", "name": "罗素", "rated_on": "2023-01-10", "score": 600, "grade": "A"}
    ],
    "microcredit.collection": [{"collected_on": "2023-06-01", "loan_no": "L5", "method": "电话"}],
    "microcredit.training": [{"person": "P-A1", "completed_on": "2023-01-01", "result": "合格"}],
    "microcredit.micro_profit_item": [{"name": "餐饮服务"}],
    "microcredit.credit_community": [
        {"division": "云溪社区", "qualification": "正常", "pilot_since": "2020-05-01"},
        {
            "division": "松涛社区",
            "qualification": "暂停",
            "suspended_on": "2023-06-01",
            "assessed_on": "2023-01-05",
        },
    ],
    "microcredit.guarantee_fund": [
        {
            "entry_no": "1",
            "source": "区财政",
            "amount": 10000,
            "planned_on": "2023-01-01",
            "arrived_on": "2023-06-01",
            "balance": 10000,
        },
        {"entry_no": "2", "source": "区财政", "amount": 1, "arrived_on": "2023-07-01", "balance": 10002},
    ],
    "microcredit.subsidy_transfer": [
        {
            "entry_no": "1",
            "account": "990",
            "amount": 500,
            "needed_on": "2023-03-20",
            "received_on": "2023-03-20",
        }
    ],
    "microcredit.interest_subsidy": [
        {"loan_no": "L1", "subsidy": 1000, "due_on": "2023-03-20", "paid_on": "2023-03-21"}
    ],
    "microcredit.bad_debt": [
        {
            "loan_no": "L3",
            "loss": 9000,
            "government_share": 3000,
            "bank_share": 3000,
            "community_share": 2000,
            "shared_on": "2023-12-01",
        },
        {
            "loan_no": "L5",
            "loss": 9000,
            "government_share": 3000,
            "bank_share": 3000,
            "community_share": 3000,
            "shared_on": "2023-12-01",
        },
    ],
    "microcredit.inspection": [
        {
            "inspected_on": "2022-06-01",
            "inspector": "区审计局",
            "kind": "审计",
            "favour_loans": 1,
            "bad_loans": 0,
        }
    ],
    "microcredit.credit_file": [
        {
            "entry_no": "1",
            "person": "P-A1",
            "recorded_on": "2023-01-05",
            "overdue_elsewhere": 3000,
            "other_debt": 8000,
            "intention": "认为政府的钱不用还",
            "recorded_by": "张亮",
        }
    ],
    "microcredit.bad_record": [
        {
            "person": "P-X",
            "recorded_on": "2023-01-05",
            "breach": "逾期",
            "published_on": "2023-02-01",
            "name": "吴华",
        }
    ],
    "microcredit.commitment": [
        {"person": "P-Y", "signed_on": "2022-01-05", "consent_to_publish": True, "name": "李婷"}
    ],
    "microcredit.difficulty": [
        {
            "reported_on": "2023-05-01",
            "loan_no": "L1",
            "name": "罗素",
            "difficulty": "客流减少",
            "stage": "拓展市场",
        }
    ],
    "registry.business": [
        {"credit_code": "L-OTHER", "name": "苏娟", "person": "P-Z", "shop": "苏娟理发店"},
        {
            "credit_code": "L-CLOSED",
            "person": "P-A5",
            "shop": "罗素面馆",
            "closed_on": "2022-12-01",
            "name": "罗素",
        },
    ],
    "registry.person": [{"person": "P-A2", "name": "罗素", "division": "云溪社区", "status": "正常"}],
}

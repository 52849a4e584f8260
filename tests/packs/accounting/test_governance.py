"""People and bodies around the books, and the numbers of the pack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask
from tests.packs.accounting.office import Row, accountant, entrustment, receipt, report, returned, voucher
from tests.packs.checks import measured, subjects

seed = pytest.mark.seed
PEOPLE = "accounting.accountant"
AGREEMENT = "accounting.entrustment"


@seed("S9-67", "S9-58", "S9-51")
def test_qualification_and_its_deadline() -> None:
    none = {"qualification_no": None}
    rows = {
        PEOPLE: [
            accountant("过期", deadline_on="2023-12-30", **none),
            accountant("未到", deadline_on="2023-12-31", **none),
            accountant("持证", deadline_on="2023-01-01"),
            accountant("离任", deadline_on="2023-01-01", until="2023-06-01", **none),
            accountant("理财", "民主理财小组", deadline_on=None, **none),
        ]
    }
    assert subjects("accounting.unqualified-past-deadline", rows) == ["过期"]
    assert subjects("accounting.accountant-unqualified", rows) == ["未到", "过期"]


@seed("S9-05", "S9-43")
def test_one_cashier_a_village_and_none_above() -> None:
    rows = {
        PEOPLE: [
            accountant("侯红", "出纳", unit="石桥村"),
            accountant("胡静", "出纳", unit="石桥村", division="望河镇石桥村"),
            accountant("沈琳", "出纳", unit="东渡村", division="东渡村"),
            accountant("田兰", "出纳", unit="东渡村", division="东渡村", until="2022-01-01"),
            accountant("总出", "出纳", unit="镇会计服务中心", division=None),
            accountant("资金", "资金会计", unit="镇会计服务中心", division=None),
        ]
    }
    assert {f.subject_name for f in ask("accounting.two-cashiers", rows)} == {"石桥村", "望河镇石桥村"}
    assert subjects("accounting.general-cashier", rows) == ["总出"]


@seed("S9-54")
def test_training_since_the_system_in_force() -> None:
    rows = {
        PEOPLE: [accountant(n) for n in ("甲", "乙", "丙", "丁")],
        "office.training": [
            {"name": "乙", "trained_on": "2005-01-01", "topic": "新制度", "division": "石桥村"},
            {"name": "丙", "trained_on": "2004-12-31", "topic": "旧制度", "division": "石桥村"},
            {"name": "丁", "trained_on": "2023-01-01", "topic": "新制度", "division": "东渡村"},
            {"name": "甲", "trained_on": "2023-01-01", "topic": "低保政策", "line": "社会救助"},
            {"name": "丙", "trained_on": "2023-01-01", "topic": "统计", "line": "社会保障"},
        ],
    }
    code = "accounting.not-trained-since-system"
    assert subjects(code, rows) == ["丁", "丙", "甲"]
    assert subjects(code, rows, as_of="2024-01-01") == ["丁", "丙", "乙", "甲"]


@seed("S9-52")
def test_disclosure_and_review_within_the_interval() -> None:
    rows = {
        AGREEMENT: [entrustment(division=v) for v in ("从未村", "久远村", "按期村", "居务村")],
        "accounting.disclosure": [
            {"published_on": "2023-09-30", "kind": "财务公开", "division": "久远村"},
            {"published_on": "2023-10-01", "kind": "财务公开", "division": "望河镇按期村"},
            {"published_on": "2023-12-01", "kind": "居务公开", "division": "居务村"},
        ],
        "accounting.review": [
            {"reviewed_on": "2023-12-01", "body": "民主理财小组", "division": "从未村", "disputed": "招待费"},
            {"reviewed_on": "2023-12-02", "body": "民主理财小组", "division": "久远村", "disputed": "无"},
            {
                "reviewed_on": "2023-12-03",
                "body": "财务监督小组",
                "division": "按期村",
                "disputed": "清运费",
                "decided_on": "2023-12-20",
            },
        ],
    }
    public = subjects("accounting.no-disclosure", rows, parameters={"accounting.disclosure_months": 3})
    assert public == ["久远村", "从未村", "居务村"]
    reviewed = subjects("accounting.no-review-by-group", rows, parameters={"accounting.review_months": 3})
    assert reviewed == ["居务村"]


@seed("S9-26")
def test_disputes_go_to_the_villagers() -> None:
    def review(disputed: str | None, decided: str | None = None) -> Row:
        return {
            "reviewed_on": "2023-12-01",
            "body": "民主理财小组",
            "disputed": disputed,
            "decided_on": decided,
        }

    rows = [review("招待费"), review("无"), review(None), review("清运费", "2023-12-20")]
    found = ask("accounting.dispute-undecided", {"accounting.review": rows})
    assert [f.because for f in found] == ["（空）2023年12月1日审查时有争议开支“招待费”，没有村民会议决定"]


@seed("S9-53")
def test_archives_have_numbers_and_all_months() -> None:
    def volume(month: str | None, number: str | None = "1", village: str = "石桥村", **more: str) -> Row:
        return {
            "archive_no": number,
            "year": 2023,
            "month": month,
            "title": f"{month}凭证",
            "division": village,
        } | more

    rows = {
        "office.archive": [
            volume("2022-12"),
            volume("2023-01"),
            volume("2023-01", None),
            volume("2023-04"),
            volume(None, "9"),
            volume("2023-06", "1", "东渡村"),
            volume("2023-09", None, kind="安全社区档案"),
            volume("2023-11", None, title="创建方案"),
        ]
    }
    assert subjects("accounting.archive-without-number", rows) == ["2023-01凭证"]
    (found,) = ask("accounting.archive-month-missing", rows)
    assert found.because == "石桥村会计档案在2023年1月与2023年4月之间缺2个月"


@seed("S9-31", "S9-32", "S9-33", "S9-34", "S9-48", "S9-49", "S9-68")
def test_agreements_say_what_they_must() -> None:
    rows = {
        AGREEMENT: [
            entrustment(division="全"),
            entrustment(division="概括", rights_kept="四权不变"),
            entrustment(division="缺一", rights_kept="所有权、使用权、监督权不变"),
            entrustment(division="空白", rights_kept=None, computerised=None),
            entrustment(division="性质", legal_nature=None),
            entrustment(division="经费", funding=" "),
            entrustment(division="依据", supervised_under=None),
            entrustment(division="手工", computerised=False),
        ]
    }
    assert subjects("accounting.rights-not-kept", rows) == ["空白", "缺一"]
    assert subjects("accounting.body-undefined", rows) == ["性质", "经费"]
    assert subjects("accounting.supervision-without-policy", rows) == ["依据"]
    assert subjects("accounting.manual-accounts", rows) == ["手工"]


@seed("S9-42")
def test_books_against_real_things() -> None:
    def check(item: str, **more: object) -> Row:
        return {"checked_on": "2023-06-01", "item": item, **more}

    rows = {
        "accounting.asset_check": [
            check("少一件", book_quantity=3, real_quantity=2),
            check("值不同", book_value=500, real_value=400),
            check("一致", book_quantity=3, real_quantity=3, book_value=500, real_value=500),
            check("未盘", book_quantity=3, real_quantity=None),
        ]
    }
    assert subjects("accounting.asset-differs", rows) == ["值不同", "少一件"]


@seed("S9-64")
def test_violations_found_by_audit_are_corrected() -> None:
    def audit(village: str, violation: str | None, corrected: str | None = None) -> Row:
        base = {"audited_on": "2023-06-01", "auditor": "县审计局", "division": village}
        return {**base, "violation": violation, "corrected_on": corrected}

    rows = [
        audit("甲村", "白条入账"),
        audit("乙村", "无"),
        audit("丙村", None),
        audit("丁村", "坐支", "2023-07-01"),
    ]
    assert subjects("accounting.audit-violation-open", {"accounting.clean_up_audit": rows}) == ["甲村"]


@seed("S9-56", "S9-57", "S9-58")
def test_the_three_hundred_percents() -> None:
    rows = {
        "registry.division": [
            {"name": "石桥村", "level": "村", "parent": "望河镇"},
            {"name": "东渡村", "level": "村", "parent": "望河镇"},
            {"name": "第一网格", "level": "网格", "parent": "石桥村"},
        ],
        AGREEMENT: [
            entrustment(division="望河镇石桥村"),
            entrustment(division="东渡村", ends_on="2023-06-30", computerised=False),
        ],
        PEOPLE: [
            accountant("甲"),
            accountant("乙", qualification_no=None),
            accountant("丙", qualification_no=None, until="2023-01-01"),
            accountant("丁", "报账员", qualification_no=None),
        ],
    }
    assert measured("accounting.entrusted-share", rows) == {("望河镇", "2023"): (Decimal("50.00"), False)}
    assert measured("accounting.computerised-share", rows)[("", "2023")] == (Decimal("50.00"), False)
    assert measured("accounting.certified-share", rows)[("", "2023")] == (Decimal("50.00"), False)
    by_post = measured("accounting.qualified-by-post", rows)
    assert by_post[("石桥村", "报账员")][0] == 0
    rows["office.training"] = [
        {"name": "甲", "trained_on": "2023-01-01", "topic": "新制度"},
        {"name": "乙", "trained_on": "2023-01-01", "topic": "抽样", "line": "社会保障"},
    ]
    assert measured("accounting.trained-by-post", rows)[("石桥村", "记账会计")][0] == Decimal("50.00")


@seed("S9-59", "S9-60")
def test_violations_counted_and_clerks_assessed() -> None:
    rows = {
        "accounting.voucher": [voucher("1", use=None), voucher("2"), returned("3", use=None)],
        "accounting.receipt": [
            receipt("1", received_on="2023-01-08", deposited=1),
            receipt("2", received_on="2023-01-08"),
            receipt("3", received_on="2023-02-08", account_holder="侯红"),
        ],
        "accounting.month_end_report": [
            report("2023-01", documents=10, returned=1),
            report("2023-02", reported_on="2023-03-01", documents=10, returned=None),
        ],
    }
    counted = measured("accounting.violations", rows)
    assert counted == {("石桥村", "2023-01"): (Decimal(2), False), ("石桥村", "2023-02"): (Decimal(1), False)}
    assert measured("accounting.reported-in-time", rows)[("石桥村", "2023")] == (Decimal("50.00"), False)
    assert measured("accounting.documents-returned", rows)[("石桥村", "2023")][0] == Decimal("5.00")


@seed("S9-02", "S9-03", "S9-05", "S9-06", "S9-07", "S9-08")
def test_posts_that_nobody_holds() -> None:
    rows = {
        "accounting.entrustment": [
            entrustment(),
            entrustment(agreement_no="WT2", division="望河街道柳岸社区"),
        ],
        "accounting.accountant": [
            accountant("尹海", "资金会计", division=None),
            accountant("刘英", "记账会计", division=None, until="2023-12-30"),
            accountant("侯红", "报账员"),
            accountant("胡静", "民主理财小组"),
            accountant("易荣", "财务监督小组", division="柳岸社区"),
        ],
        "office.appointment": [
            {"post": "财务监督小组组长", "name": "卢凤", "division": "石桥村"},
            {"post": "报帐员", "name": "丁鑫", "division": "柳岸社区居委会", "until": "2023-12-31"},
            {"post": "出纳", "name": "汪良", "division": "石桥村", "since": "2024-01-01"},
        ],
    }
    found = ask("accounting.post-without-holder", rows)
    assert sorted(one.because for one in found) == [
        "会计服务中心没有人担任记账会计",
        "望河街道柳岸社区没有人担任民主理财",
        "石桥村没有人担任出纳",
    ]

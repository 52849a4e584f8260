"""A small office of invented people whose scan gives every kind of thing that a report shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests import asking
from tests.risk.rules_for_tests import make

from shouwang.risk.parameters import Parameter, ParameterView, Value
from shouwang.risk.rule import Hits, Rule, Severity, Tables, absent, hits
from shouwang.risk.scan import Scan, run
from shouwang.snapshot.store import Snapshot

AS_OF = dt.date(2023, 12, 31)
PARAMETERS = {
    "test.least": Parameter(
        "test.least",
        "最低月工资",
        "money",
        "元/月",
        ("S10-29",),
        "当地最低工资标准",
        (
            Value(dt.date(2022, 1, 1), Decimal(1900), "市人社局〔2021〕8号"),
            Value(dt.date(2023, 7, 1), Decimal(2010), "市人社局〔2023〕9号", "柳岸社区"),
        ),
    ),
    "test.most": Parameter("test.most", "一套房居住人数上限", "integer", "人", (), "按当地规定填写"),
}

#: name, resident ID, phone, address: invented, but of the right shape.
PEOPLE = [
    ("张三丰", "999901196804223585", "19000001234", "云溪花园39幢1单元202室"),
    ("欧阳娜", "999901197409056523", "19000005678", "锦程新村19幢2单元102室"),
    ("=cmd|x", "999901197904050540", "19000004321", "听泉小区5幢3单元102室"),
    ("李婷", "99990119870506141X", "19000008765", "</script><b>甲路1号"),
]
ACCOUNT = "9912345678901234567"


def _dead(t: Tables, p: ParameterView) -> Hits:
    rows = t.person
    return hits(
        rows,
        where=rows.status == "死亡",
        subject=rows.person,
        name=rows.name,
        on=rows.status_on,
        because="{name}（{person}）户籍状态为死亡，备注：{note}",
    )


def _paid_low(t: Tables, p: ParameterView) -> Hits:
    rows = t.employment
    least = p.at("test.least", rows.joined_on, rows.division)
    return hits(
        rows,
        where=rows.monthly_wage < least,
        subject=rows.person,
        name=rows.name,
        on=rows.joined_on,
        amount=least - rows.monthly_wage,
        facts={"least": least},
        because="{employer}付{name}月工资{monthly_wage}元，低于{least}元",
    )


def _account_unknown(t: Tables, p: ParameterView) -> Hits:
    rows = t.payment.filter(~absent(t.payment.account))
    return hits(
        rows,
        subject=rows.account,
        name=rows.certificate,
        amount=rows.paid,
        key=rows.person,
        because="账号{account}收到{paid.sum}元，户主{name}，共{n}笔",
    )


def _crowded(t: Tables, p: ParameterView) -> Hits:
    rows = t.person.filter(t.person.household_no.notnull() & (p["test.most"] > 0))
    return hits(rows, subject=rows.dwelling, because="{dwelling}住{n}人")


def _broken(t: Tables, p: ParameterView) -> Hits:
    raise ValueError(f"值 {PEOPLE[0][1]} 读不懂")


def _of_missing(t: Tables, p: ParameterView) -> Hits:
    return hits(t.death, subject=t.death.person, because="{name}")


DEAD = make(
    "test.status-dead",
    _dead,
    title="户籍人员已死亡",
    severity=Severity.HIGH,
    reads={"registry.person": "person"},
    needs={"registry.person": ("status", "note")},
    remedy="核实后注销户口",
    looks_alike="死亡不足三十日",
    basis="户口登记条例",
    seeds=("S1-12", "S10-69"),
)
PAID_LOW = make(
    "test.paid-low",
    _paid_low,
    title="工资低于最低标准：[测试]*长名称的规则用来看工作表名称怎样截断",
    reads={"registry.employment": "person"},
    uses=("test.least",),
    remedy="补足差额",
)
ACCOUNTS = make(
    "test.account",
    _account_unknown,
    title="=发放账号需核对",
    severity=Severity.LOW,
    subject="record",
    reads={"assistance.payment": "account"},
)
CROWDED = make(
    "test.crowded", _crowded, title="居住过密", reads={"registry.person": "dwelling"}, uses=("test.most",)
)
BROKEN = make("test.broken", _broken, title="坏规则", reads={"registry.person": "person"})
OF_MISSING = make("test.of-missing", _of_missing, title="死亡比对", reads={"registry.death": "person"})
RULES = (DEAD, PAID_LOW, ACCOUNTS, CROWDED, BROKEN, OF_MISSING)

READING: dict[str, Any] = {
    "format": "shouwang-reading/1",
    "totals": {"files": 2, "sheets": 3, "rows": 20, "loaded": 12, "skipped": 6, "rejected": 2},
    "files": [
        {
            "path": "registry.person.xlsx",
            "format": "xlsx",
            "sha256": "a" * 64,
            "sheets": [
                {
                    "name": "Sheet1",
                    "status": "loaded",
                    "ledger": "registry.person",
                    "rows": 15,
                    "loaded": 12,
                    "skipped": {"title": [1], "blank": [[3, 3]]},
                    "rejected": [7],
                },
                {
                    "name": "通知",
                    "status": "ignored",
                    "ledger": "",
                    "rows": 2,
                    "loaded": 0,
                    "skipped": {"x": [[1, 2]]},
                },
            ],
        },
        {
            "path": "其他<b>.xlsx",
            "format": "xlsx",
            "sha256": "b" * 64,
            "sheets": [
                {
                    "name": "表1",
                    "status": "unrecognised",
                    "ledger": "",
                    "rows": 3,
                    "loaded": 0,
                    "skipped": {"x": [[1, 3]]},
                    "nearest": "registry.death",
                    "missing": ["死亡日期"],
                }
            ],
        },
    ],
    "rejected": [
        {
            "file": "registry.person.xlsx",
            "sheet": "Sheet1",
            "row": 7,
            "column": "C",
            "header": "身份证号",
            "field": "person",
            "value": "9999***",
            "code": "rounded",
            "reason": "身份证号被表格软件改成了近似数",
            "advice": "按原件改正",
        }
    ],
    "problems": [
        {"file": "坏.xlsx", "sheet": "", "code": "encrypted", "text": "文件有密码", "advice": "去掉密码再读"}
    ],
}


def people(statuses: Sequence[str | None] = ("死亡", "正常", "死亡", None)) -> list[dict[str, Any]]:
    """The register; a note names another person and a phone."""
    rows = [
        {
            "person": number,
            "name": name,
            "phone": phone,
            "address": address,
            "status": status,
            "status_on": "2023-05-0" + str(i + 1),
            "division": "云溪社区" if i < 2 else "柳岸社区",
            "household_no": f"H{i}",
            "birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "note": "与李婷同住，电话19000008765" if i == 0 else None,
        }
        for i, ((name, number, phone, address), status) in enumerate(zip(PEOPLE, statuses, strict=True))
    ]
    return rows


def rows(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    """The ledgers of the office."""
    wages = [
        {
            "employer": "李婷便利店",
            "person": PEOPLE[i][1],
            "name": PEOPLE[i][0],
            "joined_on": "2022-03-01",
            "monthly_wage": wage,
            "division": "云溪社区",
        }
        for i, wage in ((1, 1500), (2, "1899.99"), (3, 1900))
    ]
    payments = [
        {
            "certificate": "DB0001",
            "name": PEOPLE[0][0],
            "person": PEOPLE[0][1],
            "month": f"2023-{m:02d}",
            "paid": 930,
            "account": ACCOUNT,
            "division": "云溪社区",
        }
        for m in range(1, 13)
        for _again in range(4)
    ]
    made = {"registry.person": people(), "registry.employment": wages, "assistance.payment": payments}
    return {**made, **changes}


def scan_of(
    folder: Path,
    ledgers: dict[str, list[dict[str, Any]]] | None = None,
    *,
    rules: Sequence[Rule] = RULES,
    previous: Scan | None = None,
    fields: dict[str, list[str]] | None = None,
) -> Scan:
    """A scan of the office."""
    folder.mkdir(parents=True, exist_ok=True)
    made: Snapshot = asking.snapshot(ledgers or rows(), folder / "snapshot", fields)
    engine = asking.engine("duckdb", folder)
    try:
        return run(engine, made, rules, PARAMETERS, AS_OF, previous=previous)
    finally:
        engine.close()


def many(scan: Scan, number: int) -> Scan:
    """The scan with its findings repeated up to ``number``, each with its own key and amount."""
    found = []
    for i in range(number):
        one = scan.findings[i % len(scan.findings)]
        found.append(
            replace(
                one,
                key=f"{one.key}#{i}",
                number=i + 1,
                amount=Decimal(i) / 4 if i % 3 else None,
                division=f"第{i % 17 + 1}社区",
                on=dt.date(2022, 1, 1) + dt.timedelta(days=i % 720),
                known=i % 4 == 0,
            )
        )
    return replace(scan, findings=found)

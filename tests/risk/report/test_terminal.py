"""The terminal says the same as the page, in plain text where it is no terminal."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console
from tests.risk.report import office

from shouwang.risk.report import terminal
from shouwang.risk.scan import Scan


def printed(write: object, *arguments: object, **options: object) -> str:
    stream = io.StringIO()
    write(*arguments, Console(file=stream, width=160), **options)  # type: ignore[operator]
    return stream.getvalue()


def test_summary_counts_by_pack_and_severity_and_names_what_was_not_checked(scan: Scan) -> None:
    text = printed(terminal.summary, scan, office.READING, [], Path("out"))
    lines = {line.split()[0]: line.split() for line in text.splitlines() if line.strip()}
    assert lines["test"] == ["test", "3", "2", "2", "1", "5", "45,040.01"]
    for said in (
        "新增 1，已知 4，已消失 1",
        "户籍人员已死亡",
        "一套房居住人数上限（test.most）：1 条规则",
        "死亡人员名单（registry.death）：1 条规则",
        "test.broken: ValueError",
        "其他<b>.xlsx / 表1  最像 死亡人员名单  缺 死亡日期",
        "坏.xlsx",
        "读入 12 行，跳过 6 行，退回 2 行；1 / 3 张表",
        "个人信息已隐去",
        "report.html",
    ):
        assert said in text, said


def test_no_colour_where_there_is_no_terminal(scan: Scan) -> None:
    assert "\x1b" not in printed(terminal.summary, scan, office.READING, [], Path("out"))
    stream = io.StringIO()
    terminal.summary(scan, None, [], Path("out"), Console(file=stream, force_terminal=True, width=120))
    assert "\x1b[31m" in stream.getvalue()


def test_missed_targets_are_named(scan: Scan) -> None:
    declared = SimpleNamespace(label="按时发放率", unit="%", formula="按时户数 ÷ 应发户数")
    values = [
        SimpleNamespace(
            division="云溪社区",
            period=period,
            numerator=Decimal(9),
            denominator=Decimal(10),
            value=Decimal(value),
            target=Decimal(100),
            met=met,
        )
        for period, value, met in (("2023-01", 100, True), ("2023-02", 90, False))
    ]
    text = printed(
        terminal.summary, scan, None, [SimpleNamespace(indicator=declared, values=values)], Path("o")
    )
    assert "按时发放率 云溪社区 2023-02 90 %" in text
    assert "2023-01" not in text.split("未达目标的指标")[1]


def test_a_finding_is_explained_with_rows_rule_parameters_and_hashes(scan: Scan) -> None:
    text = printed(lambda *a: terminal.explain(*a), scan, "test.paid-low-0001")
    for said in (
        "李*便利店付欧阳*月工资1,500元，低于1,900元",
        "registry.employment.xlsx / Sheet1 第 1 行",
        "上年月平均工资：1,500.00",
        "〔单位名称〕付〔姓名〕",
        "最低月工资（test.least）",
        "市人社局〔2021〕8号",
        scan.fingerprints["test.paid-low"],
        scan.snapshot.hash,
        "补足差额",
        "def _paid_low",
    ):
        assert said in text, said
    assert "欧阳娜" not in text
    assert office.PEOPLE[1][1] not in text


def test_explaining_in_clear_states_the_reason(scan: Scan) -> None:
    text = printed(lambda *a: terminal.explain(*a, unmask="复核"), scan, "test.paid-low-0001")
    assert "欧阳娜" in text
    assert "理由：复核" in text


def test_an_unknown_finding_is_an_error(scan: Scan) -> None:
    with pytest.raises(KeyError):
        printed(terminal.explain, scan, "test.paid-low-9999")

"""Charts of accounts: the shipped ones against their systems, their words, and an office's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from shouwang.fund.chart import ChartError, Kind, chart, load, shipped

#: The table of accounts of 财会〔2023〕14号, in its order.
SYSTEM_2023 = """
101 库存现金 102 银行存款 111 短期投资 112 应收款 113 内部往来 121 库存物资 131 消耗性生物资产
132 生产性生物资产 133 生产性生物资产累计折旧 134 公益性生物资产 141 长期投资 151 固定资产
152 累计折旧 153 在建工程 154 固定资产清理 161 无形资产 162 累计摊销 171 长期待摊费用
181 待处理财产损溢 201 短期借款 211 应付款 212 应付工资 213 应付劳务费 214 应交税费
221 长期借款及应付款 231 一事一议资金 241 专项应付款 301 资本 311 公积公益金 321 本年收益
322 收益分配 401 生产（劳务）成本 501 经营收入 502 投资收益 503 补助收入 504 其他收入 511 经营支出
512 税金及附加 513 管理费用 514 公益支出 515 其他支出 521 所得税费用
"""


def test_the_village_chart_is_that_of_the_system_of_2023() -> None:
    words = SYSTEM_2023.split()
    wanted = list(zip(words[::2], words[1::2], strict=True))
    assert len(wanted) == 42
    village = chart()
    assert [(a.code, a.name) for a in village.accounts.values() if a.code != village.opening] == wanted
    assert "财会〔2023〕14号" in village.source
    assert str(village.since) == "2024-01-01"
    kinds = {"1": Kind.ASSET, "2": Kind.LIABILITY, "3": Kind.EQUITY, "4": Kind.COST}
    for account in village.accounts.values():
        if account.code[0] in kinds:
            assert account.kind is kinds[account.code[0]], account
        elif account.code != village.opening:
            assert account.kind is (Kind.INCOME if account.code < "510" else Kind.EXPENSE), account
    reversed_side = {a.code for a in village.accounts.values() if a.normal != a.kind.normal}
    assert reversed_side == {"133", "152", "162"}  # what is written off stands on the credit side


def test_every_shipped_chart_can_be_read() -> None:
    assert shipped() == ("dedicated-fund", "village-2004", "village-2023")
    assert len(chart("village-2004").accounts) == 34 + 1
    with pytest.raises(KeyError):
        chart("village-1996")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("101", "101"),
        ("513 管理费用", "513"),
        ("513管理费用", "513"),
        ("51301办公费", "513"),
        ("10201", "102"),
        ("管理费用", "513"),
        ("管理费用-办公费", "513"),
        ("管理费用/办公费", "513"),
        (" 绿 化 ", "514"),
        ("鱼塘承包款", "501"),
        ("生产(劳务)成本", "401"),
        ("生产成本（果园）", "401"),
        ("办公费（一季度）", "513"),
        ("养狗费", None),
        ("", None),
        ("999", None),
        # In the system before 2024 the number 511 was income.
        ("511 发包及上交收入", None),
        ("51101 发包收入", None),
    ],
)
def test_what_a_cell_names(written: str, code: str | None) -> None:
    found = chart().find(written)
    assert (found.code if found else None) == code


def test_a_code_and_the_name_beside_it_must_fit() -> None:
    old, new = chart("village-2004"), chart()
    assert old.agrees("511", "发包及上交收入")
    assert not new.agrees("511", "发包及上交收入")
    assert new.agrees("511", None)
    assert new.agrees("511", " ")
    assert new.agrees("511", "经营支出")
    assert new.agrees("513", "办公费")
    assert not new.agrees("513", "绿化")
    assert new.agrees("51301", "老年协会开支")
    assert not new.agrees("999", None)


def write(folder: Path, text: str) -> Path:
    path = folder / "科目.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_office_adds_words_and_accounts_to_a_shipped_chart(tmp_path: Path) -> None:
    own = load(
        write(
            tmp_path,
            """
extends: village-2023
accounts:
  "513": {titles: [老年协会开支]}
  "514": {titles: [电费]}
  "24101": {name: 道路专款, titles: [道路款]}
""",
        )
    )
    assert own.find("老年协会开支").code == "513"  # type: ignore[union-attr]
    # The office's own word goes before the chart's: 电费 was one of 管理费用.
    assert own.find("电费").code == "514"  # type: ignore[union-attr]
    road = own.find("道路款")
    assert road is not None
    assert (road.code, road.kind, road.normal) == ("24101", Kind.LIABILITY, "credit")
    assert own.by_code("2410102") == road
    assert (own.name, own.cash, own.bank) == (chart().name, "101", "102")
    assert chart().find("老年协会开支") is None


WHOLE = """
accounts:
  "1001": {name: 库存现金, kind: asset}
  "1002": {name: 银行存款, kind: asset}
  "3131": {name: 本年利润, kind: equity}
  "3141": {name: 利润分配, kind: equity}
money: ["1001", "1002"]
result: {profit: "3131", retained: "3141"}
opening: {code: "3999", name: 期初}
"""


def test_a_chart_may_stand_by_itself(tmp_path: Path) -> None:
    own = load(write(tmp_path, WHOLE))
    assert (own.key, own.cash, own.bank, own.opening) == ("科目", "1001", "1002", "3999")
    assert own.accounts["3999"].kind is Kind.EQUITY


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "须有 accounts"),
        ("accounts: [", "不能读取科目文件"),
        ("extends: village-1996\naccounts: {}", "没有叫“village-1996”的科目表"),
        ("extends: village-2023\ncolour: red\naccounts: {}", "不认识 colour"),
        (WHOLE.replace('"1001": {name: 库存现金, kind: asset}', '"1001": 库存现金'), "应写明 name"),
        (WHOLE.replace("kind: equity", "kind: 权益"), "类别“权益”不在"),
        (WHOLE.replace('"3141": {name: 利润分配, kind: equity}', '"3141": {name: 利润分配}'), "须有名称"),
        (WHOLE.replace("本年利润", "库存现金"), "名称相同：库存现金"),
        (WHOLE.replace('["1001", "1002"]', '["1001", "1009"]'), "1009 不在科目之中"),
        (WHOLE.replace('money: ["1001", "1002"]', "money: []"), "money 须写明"),
        (WHOLE.replace('money: ["1001", "1002"]', "money: 1001"), "money 应是编码的列表"),
        (WHOLE.replace("opening:", "begin:"), "不认识 begin"),
        (WHOLE.replace('"1001"', '"1001A"'), "科目编码只能是数字"),
        (WHOLE + "since: 去年\n", "since 应写成 2024-01-01"),
        ('extends: village-2023\naccounts: {"513": {titles: 办公费}}', "titles 应是列表"),
        ('extends: village-2023\naccounts: {"513": {normal: left}}', "normal 只能是"),
        (
            'extends: village-2023\naccounts: {"513": {titles: [甲]}, "514": {titles: [甲]}}',
            "“甲”同时列在科目 513 和 514",
        ),
    ],
)
def test_a_chart_that_cannot_be_obeyed_says_why(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ChartError, match=told):
        load(write(tmp_path, text))

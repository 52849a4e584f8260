"""Trainings, publicity and archives: one ledger each, read from the sheets of every line of work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.packs import written as sheets
from tests.packs.written import taken, written

TRAINING, PUBLICITY, ARCHIVE = "office.training", "office.publicity", "office.archive"

CASES = [
    written(
        TRAINING,
        "报账员业务培训签到表",
        "S9-29",
        """培训时间 | trained_on | 2023-05-01
        培训主题 | topic | 新会计制度
        主办单位 | organiser | 财政局
        参训人 | name | 侯红
        职务 | post | 报账员
        考核合格 | result | 是""",
    ),
    written(
        TRAINING,
        "社保人员培训记录",
        "S10-90",
        """培训时间 | trained_on | 2023-03-01
        培训主题 | topic | 统计学基础
        参训人员 | name | 侯红
        科室名称 | section | 稽核科
        培训学时 | hours | 16
        考核是否合格 | result | 否""",
    ),
    written(
        TRAINING,
        "低保工作人员培训登记表",
        "S2-77",
        """参训人员 | name | 于云
        培训日期 | trained_on | 2023-03-01
        课程名称 | topic | 个案管理
        社会工作方法 | kind | 个案
        学时 | hours | 16
        考核结果 | result | 优秀""",
    ),
    written(
        TRAINING,
        "2023年度人员培训登记",
        "",
        """业务条线 | line | 社保
        姓名 | name | 于云
        培训日期 | trained_on | 2023-03-01
        培训内容 | topic | 抽样调查
        是否合格 | result | 未通过""",
    ),
    written(
        PUBLICITY,
        "扫黑除恶宣传记录",
        "S1-07 S1-21 S1-29 S1-30",
        """宣传日期 | held_on | 2023-5-1
        专项行动 | campaign | 扫黑除恶
        宣传主题 | topic | 扫黑除恶应知应会
        宣传地点 | place | 听泉小区广场
        参加人员 | staff | 郭良、康勇安
        居民人数 | residents | 46
        居民提问 | questions | 如何举报
        解答情况 | answers | 已当场解答""",
    ),
    written(
        PUBLICITY,
        "安全宣传活动台账",
        "S7-66",
        """宣传日期 | held_on | 2023-05-01
        宣传内容 | topic | 燃气安全
        宣传对象 | audience | 居民
        宣传人数 | residents | 200
        志愿者 | staff | 红马甲""",
    ),
    written(
        ARCHIVE,
        "村级会计档案目录",
        "S9-18",
        """村名 | division | 石桥村
        档案编号 | archive_no | 1
        会计年度 | year | 2023
        月份 | month | 2023-01
        案卷题名 | title | 1月凭证
        起始凭证号 | first_voucher | 记-001
        截止凭证号 | last_voucher | 记-017
        立卷日期 | filed_on | 2024-01-05
        保管人 | keeper | 刘英""",
    ),
    written(
        ARCHIVE,
        "安全社区档案登记",
        "S7-19",
        """档案编号 | archive_no | AQ-1
        案卷名称 | title | 组织机构
        档案类别 | category | 组织
        档案级别 | level | 一级
        立卷日期 | filed_on | 2023-01-05""",
    ),
]

STATED: dict[str, dict[str, Any]] = {
    "报账员业务培训签到表": {"line": "财会", "result": "合格"},
    "社保人员培训记录": {"line": "社会保障", "result": "不合格"},
    "低保工作人员培训登记表": {"line": "社会救助", "kind": "个案", "result": "合格"},
    "2023年度人员培训登记": {"line": "社会保障", "result": "不合格"},
    "扫黑除恶宣传记录": {"kind": "平安法治", "residents": 46},
    "安全宣传活动台账": {"kind": "安全社区", "residents": 200},
    "村级会计档案目录": {"kind": "会计档案", "year": 2023},
    "安全社区档案登记": {"kind": "安全社区档案", "level": "一级"},
}
"""What the title says, and what a spelling means."""


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_the_words_of_a_line_of_work_is_read(
    tmp_path: Path, ledger: str, title: str, columns: list[tuple[str, str, str]]
) -> None:
    found = taken(tmp_path, ledger, title, columns)
    assert {name: found[name] for name in STATED[title]} == STATED[title]


OTHERS = [
    written(
        "safety.training",
        "安全社区培训登记",
        "",
        """培训时间 | trained_on | 2023-05-01
        培训对象层次 | level | 全员
        培训主题 | topic | 灭火器
        培训人数 | participants | 40
        授课人 | trainer | 消防站""",
    ),
    written(
        "safety.training",
        "安全教育培训台账",
        "",
        """培训日期 | trained_on | 2023-05-01
        层次 | level | 工作组
        培训内容 | topic | 安全社区标准
        备注 | note | 已存档""",
    ),
    written(
        "microcredit.training",
        "创业培训登记",
        "",
        """姓名 | name | 于云
        身份证号 | person | 999901199302086027
        培训期次 | course | 第三期
        结业日期 | completed_on | 2023-03-01
        考核结果 | result | 合格
        合格证号 | certificate_no | HG-1""",
    ),
    written(
        "microcredit.training",
        "培训学员名册",
        "",
        """学员姓名 | name | 于云
        身份证号 | person | 999901199302086027
        培训班 | course | 第三期
        培训结业日期 | completed_on | 2023-03-01
        是否合格 | result | 合格""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), OTHERS)
def test_trainings_of_another_shape_stay_with_their_pack(
    tmp_path: Path, ledger: str, title: str, columns: list[tuple[str, str, str]]
) -> None:
    assert taken(tmp_path, ledger, title, columns)


def test_headers_are_unambiguous() -> None:
    sheets.unambiguous("office")

"""The ledgers of the pack read what offices write: one case for each [data] requirement of S1."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.sheets import read_sheet

from shouwang.packs.population.figures import parse

ID = "999914200911266389"


def record(
    folder: Path, ledger: str, title: str, header: list[str], row: list[Any], unread: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The one record of a sheet, which must be taken for the ledger and mapped in full."""
    account, records = read_sheet(folder, title, header, [row])
    assert (account.status, account.ledger) == ("loaded", ledger), account.why
    assert [column.header for column in account.columns if not column.field] == list(unread)
    (found,) = records
    return found


@pytest.mark.seed("S1-10", "S1-11", "S1-12", "S1-13", "S1-14")
def test_community_profile(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.community_profile",
        "云溪社区基本情况表",
        [
            "社区名称",
            "东至",
            "西至",
            "南至",
            "北至",
            "小区数",
            "学校",
            "市场",
            "户籍户数",
            "户籍人口",
            "外来人口",
        ],
        ["云溪社区", "泉路", "河路", "南街", "北街", 4, 2, 1, "3600余户", "9000余人", "约10000人"],
    )
    assert (found["boundary_east"], found["boundary_north"]) == ("泉路", "北街")
    assert (found["compounds"], found["schools"], found["markets"]) == (4, 2, 1)
    figures = [
        parse(found[name])
        for name in ("registered_households", "registered_population", "floating_population")
    ]
    assert [str(figure) for figure in figures] == ["3600余", "9000余", "约10000"]


@pytest.mark.seed("S1-15", "S1-16", "S1-17", "S1-31")
def test_floating_person(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.floating_person",
        "云溪社区流动人口台账",
        [
            *("姓名", "性别", "身份证号码", "户籍地", "居住类别", "小区（居民点、企业）名称", "房屋编码"),
            *("暂住地址", "所在网格", "务工单位", "来本地时间", "登记日期", "登记人", "轮次", "采集方式"),
        ],
        [
            *("黄英琴", "女", ID, "银沙市", "工厂", "样织纺织厂", "SZ01"),
            *("样织宿舍", "3网格", "样织纺织厂", "2015.11.30", "2023.8.17", "康勇安", "第二轮", "沿用原台账"),
        ],
    )
    assert (found["found_in"], found["place_name"], found["employer"]) == (
        "辖区企业",
        "样织纺织厂",
        "样织纺织厂",
    )
    assert (found["screened_on"], found["campaign"], found["entry"]) == (
        dt.date(2023, 8, 17),
        "第二轮",
        "沿用",
    )


@pytest.mark.seed("S1-06", "S1-22")
def test_screening_task(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.screening_task",
        "外来人口排查任务清单",
        ["任务编号", "任务名称", "下达单位", "任务范围", "下达日期", "完成时限", "完成日期"],
        ["T1", "外来人口大排查", "望河街道办事处", "全部小区和企业", "2023-2-20", "2023-11-30", ""],
    )
    assert (found["issuer"], found["scope"]) == ("望河街道办事处", "全部小区和企业")
    assert (found["due_on"], found["finished_on"]) == (dt.date(2023, 11, 30), None)


@pytest.mark.seed("S1-23", "S1-26", "S1-28")
def test_visit(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.visit",
        "网格巡查记录",
        [
            "巡查日期",
            "网格",
            "点位代码",
            "巡查点位",
            "巡查人员",
            "人员身份",
            "巡查情况",
            "是否上报",
            "信息编号",
            "研判时间",
            "研判民警",
        ],
        [
            "2023/2/10",
            "三网格",
            "RD06",
            "东巷居民点",
            "马琴燕",
            "专职网格员",
            "高空抛物",
            "√",
            "XX-7",
            "2023-2-23",
            "王涛",
        ],
    )
    assert (found["reported"], found["report_no"], found["role"]) == ("是", "XX-7", "网格员")
    assert (found["visited_on"], found["assessed_on"]) == (dt.date(2023, 2, 10), dt.date(2023, 2, 23))


@pytest.mark.seed("S1-25")
def test_screening_summary(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.screening_summary",
        "外来人口排查汇总表",
        ["汇总表号", "网格", "排查批次", "开始日期", "截止日期", "填表人", "签字民警", "签字日期"],
        ["HZ-1", "第一网格", "第一轮", "2023-3-1", "2023-6-20", "康勇安", "郭良", "2023-6-27"],
    )
    assert (found["signer"], found["signed_on"]) == ("郭良", dt.date(2023, 6, 27))
    assert (found["period_from"], found["period_to"]) == (dt.date(2023, 3, 1), dt.date(2023, 6, 20))


@pytest.mark.seed("S1-18")
def test_cooperation_request(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.cooperation_request",
        "工作配合台账",
        ["编号", "提出日期", "经办人", "配合事项", "配合民警", "办理情况", "答复日期"],
        ["PH-1", "2023-5-1", "陈萍", "协助核查群租房", "郭良", "已到场核查", "2023-5-2"],
    )
    assert (found["matter"], found["response"]) == ("协助核查群租房", "已到场核查")


@pytest.mark.seed("S1-19", "S1-20")
def test_dynamic_information_and_the_hazard_made_of_it(tmp_path: Path) -> None:
    item = record(
        tmp_path / "information",
        "population.dynamic_information",
        "动态信息台账",
        [
            "信息编号",
            "发生时间",
            "发生地点",
            "信息内容",
            "上报人",
            "上报人身份",
            "研判日期",
            "研判人",
            "是否构成隐患",
        ],
        ["XX-9", "2023-5-4", "听泉小区3幢", "楼道电动车充电", "康勇安", "网格员", "2023-5-5", "郭良", "是"],
    )
    assert (item["reporter"], item["place"], item["happened_on"]) == (
        "康勇安",
        "听泉小区3幢",
        dt.date(2023, 5, 4),
    )
    hazard = record(
        tmp_path / "hazard",
        "population.hazard",
        "安全隐患研判台账",
        [
            "隐患编号",
            "来源信息编号",
            "隐患地点",
            "隐患描述",
            "研判日期",
            "研判人",
            "处置前风险等级",
            "防范措施",
            "处置后风险等级",
        ],
        [
            "YH-3",
            "XX-9",
            "听泉小区3幢",
            "楼道电动车充电",
            "2023-5-5",
            "郭良",
            "较大风险",
            "移至车棚",
            "低风险",
        ],
    )
    assert (hazard["info_no"], hazard["action"]) == ("XX-9", "移至车棚")
    assert (hazard["level_before"], hazard["level_after"]) == ("较大", "低")


@pytest.mark.seed("S1-01", "S1-04", "S1-09")
def test_beat_assignment(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.beat_assignment",
        "管片民警名单",
        ["警务区", "社区民警", "警号", "所属派出所", "任职日期", "离任日期"],
        ["云溪社区", "郭良", "990012", "望河派出所", "2021-3-1", ""],
    )
    assert (found["area"], found["officer"], found["station"]) == ("云溪社区", "郭良", "望河派出所")


@pytest.mark.seed("S1-37")
def test_joint_mechanism(tmp_path: Path) -> None:
    found = record(
        tmp_path,
        "population.joint_mechanism",
        "联防联控机制成员",
        ["机制名称", "成员", "身份", "职责分工", "建立日期"],
        ["云溪社区联防联控机制", "康勇安", "专职网格员", "信息上报", "2022-1-1"],
    )
    assert (found["area"], found["member"], found["role"]) == ("云溪社区联防联控机制", "康勇安", "网格员")

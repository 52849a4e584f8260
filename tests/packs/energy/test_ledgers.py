"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

CASES = [
    case(
        "energy.meter",
        "社区计量仪表台账",
        "S6-11 S6-12 S6-13",
        """表计编号 | meter_no | S1
        计量级别 | level | 3级
        能源类别 | kind | 自来水
        规格 | model | LXS-20
        安装地点 | place | 3幢101室
        用能单位 | unit | 物业处
        上级表号 | parent | S0
        房号 | dwelling | YX03-101
        装表日期 | installed_on | 2020-01-01
        最近检定日期 | verified_on | 2022-01-01
        检定周期 | cycle_months | 72
        检定有效期 | next_due_on | 2028-01-01
        使用年限 | service_years | 8
        用表性质 | purpose | 居民空调
        使用状态 | state | 正常""",
    ),
    case(
        "energy.meter_reading",
        "云溪社区燃气抄表登记",
        "S6-14",
        """月份 | month | 2023-01
        抄见日期 | read_on | 2023-01-25
        表号 | meter_no | Q1
        安装地点 | place | 小学
        上月读数 | previous | 100
        本月读数 | current | 120
        用气量 | usage | 20
        抄表员 | reader | 汪峰""",
    ),
    case(
        "energy.quota",
        "2023年能源定额分解台账",
        "S6-16",
        """定额编号 | quota_no | ZB1
        品种 | kind | 电力
        层级 | level | 基层单位
        责任单位 | unit | 小学
        表号 | meter_no | D1
        年度指标 | yearly | 1200
        月份 | month | 2023-01
        月定额 | monthly | 100""",
    ),
    case(
        "energy.meter_reader",
        "计量员证件台账",
        "S6-20",
        """持证人 | name | 汪峰
        上岗证号 | certificate_no | JL1
        证书名称 | kind | 计量员
        取证日期 | issued_on | 2021-03-15
        有效截止日期 | valid_until | 2024-03-15""",
    ),
    case(
        "energy.consumption",
        "社区能耗台账",
        "S6-09 S6-10",
        """单位名称 | unit | 环卫队
        能源品种 | kind | 柴油
        月份 | month | 2023-01
        购入量 | supplied | 120
        本月消耗 | consumed | 100""",
    ),
    case(
        "energy.annual_target",
        "年度节能指标下达登记",
        "S6-15",
        """目标年度 | year | 2023
        能源品种 | kind | 电
        下达指标 | target | 36000
        接收日期 | received_on | 2023-01-05
        工作计划 | plan | 逐月控制
        节能措施 | measures | 换灯""",
    ),
    case(
        "energy.monthly_analysis",
        "基层单位月度能耗分析台账",
        "",
        """用能单位 | unit | 小学
        所属月份 | month | 2023-05
        完成日期 | analysed_on | 2023-06-03
        原因分析 | reason | 天热
        补救措施 | improvement | 限温
        填报人 | analyst | 王强""",
    ),
    case(
        "energy.manager",
        "能源管理人员名单",
        "",
        """基层单位 | unit | 小学
        能源管理员 | name | 王强
        专职兼职 | full_time | 兼职
        任职时间 | since | 2020-01-01""",
    ),
    case(
        "energy.assessment",
        "双月综合检查节能考核",
        "",
        """被考核单位 | unit | 小学
        考核时间 | assessed_on | 2023-02-28
        考核类型 | kind | 双月综合检查
        节能考核得分 | energy_score | 90
        是否完成指标 | target_met | 是
        是否否决 | vetoed | 否
        荣誉称号 | award | 先进集体
        指导意见 | guidance | 加强抄表
        问责对象 | answerable | 王强""",
    ),
    case(
        "energy.deposit",
        "节能风险抵押金登记",
        "",
        """交纳人 | name | 王强
        所在单位 | unit | 小学
        缴纳日期 | paid_on | 2023-01-05
        抵押金金额 | amount | 500
        完成结果 | result | 节约
        结算日期 | settled_on | 2024-01-05
        返还金额 | settled | 1000""",
    ),
    case(
        "energy.census",
        "水电经营情况普查表",
        "",
        """调查日期 | surveyed_on | 2023-03-01
        普查种类 | kind | 水电普查
        设施名称 | place | 水塔
        发现问题 | problem | 锈蚀
        节能潜力 | saving_point | 换管
        资金需求 | funds_needed | 9000
        申请支持日期 | requested_on | 2023-04-01""",
    ),
    case(
        "energy.saving_project",
        "节能技术改造项目台账",
        "S6-17",
        """节能技术 | title | LED路灯
        示范区 | demonstration | 社区电力系统
        节能资金 | invested | 50000
        节能量 | saved | 12000
        投用日期 | started_on | 2023-01-01
        是否推广 | worth_spreading | 是""",
    ),
    case(
        "energy.operated_business",
        "自有他营业务台账",
        "S6-18",
        """业务名称 | title | 洗车
        业务模式 | mode | 外包
        承包单位 | operator | 河畔商行
        表号 | meter_no | S9
        合同起始日期 | from_on | 2023-01-01
        合同终止日期 | to_on | 2023-12-31""",
    ),
    case(
        "energy.regulation",
        "节能法律法规目录",
        "S6-19",
        """标准名称 | title | 用能单位能源计量器具配备和管理通则
        标准号 | document_no | GB17167
        发布单位 | issued_by | 国家质检总局
        施行日期 | effective_on | 2007-01-01""",
    ),
    case(
        "energy.workload",
        "工作量与用工统计",
        "",
        """单位名称 | unit | 环卫队
        统计年度 | year | 2023
        服务工作量 | workload | 110
        用工人数 | headcount | 19
        清运里程 | haulage_km | 12
        已入住户数 | occupied_dwellings | 300""",
    ),
    case(
        "energy.temperature",
        "望河气象站气温统计",
        "",
        """气象站 | place | 望河站
        观测时间 | day | 2023-01-05
        日平均气温 | mean | -3.2
        数据来源 | source | 市气象局""",
    ),
    case(
        "energy.plan_phase",
        "节能工作分步实施",
        "S6-38",
        """计划年度 | year | 2023
        步骤序号 | phase_no | 1
        阶段名称 | phase | 部署
        阶段开始 | from_on | 2023-01-05
        阶段结束 | to_on | 2023-03-05
        重点标记 | key_point | 是
        阶段任务 | content | 摸底""",
    ),
    case(
        "energy.contract_indicator",
        "经济责任承包指标",
        "S6-52",
        """承包年度 | year | 2023
        承包单位 | unit | 物业处
        经济承包指标 | indicator | 节能
        指标权重 | weight | 30
        承包指标值 | target | 1200
        承包书签订日期 | signed_on | 2023-01-05""",
    ),
    case(
        "energy.wage_settlement",
        "节能工资兑现",
        "S6-54",
        """结算编号 | settlement_no | DX1
        被兑现人 | name | 汪峰
        所在单位 | unit | 物业处
        工资月份 | month | 2023-12
        指标节超 | saved | 120
        工资增减额 | amount | 200""",
    ),
    case(
        "energy.discussion",
        "群众性大讨论",
        "S6-73",
        """大讨论日期 | held_on | 2023-05-06
        大讨论主题 | topic | 节约一度电
        开展单位 | unit | 物业处
        参加人数 | participants | 30
        形成意见 | outcome | 八条措施""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("energy", CASES)
    written.unambiguous("energy")

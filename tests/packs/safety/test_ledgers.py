"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

CASES = [
    case(
        "safety.hazard",
        "隐患排查治理登记台账",
        "S7-15",
        """问题编号 | hazard_no | H1
        检查时间 | found_on | 2023-05-10
        隐患单位 | unit | 香饭店
        隐患描述 | description | 应急灯损坏
        隐患级别 | level | 一般隐患
        能否当场整改 | at_once | 否
        处置措施 | measures | 更换
        整改责任人 | responsible | 常辉
        整改时限 | deadline_on | 2023-05-24
        整改完成时间 | done_on | 2023-05-20
        验收日期 | rechecked_on | 2023-05-22
        验收人 | rechecked_by | 康生
        整改结果 | state | 已完成""",
    ),
    case(
        "safety.inspection",
        "安全巡查检查台账",
        "",
        """检查时间 | inspected_on | 2023-03-31
        检查形式 | kind | 联合检查
        参与部门 | departments | 安监、消防
        检查对象 | unit | 香饭店
        隐患数 | problems | 2
        整改要求 | outcome | 限期整改""",
    ),
    case(
        "safety.drill",
        "应急演练台账",
        "S7-18",
        """演练时间 | drilled_on | 2023-05-01
        单位代码 | unit_no | D1
        演练单位 | unit | 织造厂
        演练科目 | kind | 消防疏散
        参演人数 | participants | 50
        主办单位 | organiser | 街道""",
    ),
    case(
        "safety.unit",
        "重点单位名录（安全生产）",
        "",
        """单位代码 | unit_no | D1
        企业名称 | unit | 织造厂
        场所类别 | kind | 工业企业
        主要负责人 | head | 王强
        运营状态 | state | 在营
        标准化达标 | standardised | 是""",
    ),
    case(
        "safety.accident",
        "伤害监测登记",
        "S7-16 S7-17",
        """事故日期 | happened_on | 2023-01-21
        伤害类别 | category | 交通事故
        事故地点 | place | 府前路口
        受伤人数 | injured | 1
        死亡人数 | killed | 0
        致伤原因 | cause | 违章
        报送部门 | source | 交警中队""",
    ),
    case(
        "safety.accident_statistic",
        "2023年事故指标统计表",
        "",
        """事故类型 | category | 火灾
        上年起数 | accidents_before | 10
        今年起数 | accidents | 9
        上年受伤人数 | injured_before | 5
        本年受伤人数 | injured | 4
        年度控制指标 | limit | 9""",
    ),
    case(
        "safety.hazard_source",
        "社区危险源登记",
        "S7-12",
        """危险源编号 | source_no | W1
        危险源场所 | place | 锅炉房
        危险因素 | hazard | 爆炸
        危险源类别 | kind | 设备
        辨识评价方法 | method | LEC
        可能性L | likelihood | 1
        暴露频率E | exposure | 6
        后果C | consequence | 15
        危险性D | stated_danger | 90
        应对措施 | plan | 限压
        管控责任人 | responsible | 常辉
        评价日期 | identified_on | 2023-01-05""",
    ),
    case(
        "safety.baseline",
        "安全现状调查表",
        "S7-11",
        """摸底日期 | surveyed_on | 2023-01-05
        调查类别 | kind | 薄弱环节
        具体内容 | content | 消火栓不足
        对应项目编号 | answered_by | P1""",
    ),
    case(
        "safety.vulnerable_group",
        "高危人群高风险环境脆弱群体台账",
        "S7-13",
        """两高一脆弱类别 | kind | 脆弱人群
        人群名称 | title | 独居老人
        涉及人数 | people | 120
        风险描述 | risk | 跌倒
        对应项目编号 | project_no | P1""",
    ),
    case(
        "safety.promotion_project",
        "安全促进项目登记表",
        "S7-14",
        """促进项目编号 | project_no | P1
        安全促进项目 | title | 防跌倒
        促进领域 | sector | 居家安全
        目标人群 | target_group | 老人
        方案日期 | scheme_on | 2023-01-01
        实施日期 | started_on | 2023-02-01
        完成日期 | finished_on | 2023-06-30
        实施前 | before_value | 10
        实施后 | after_value | 4
        措施评价 | judged | 有效
        跟踪评审日期 | next_review_on | 2024-06-30""",
    ),
    case(
        "safety.project_stage",
        "促进项目检查考核台账",
        "",
        """促进项目编号 | project_no | P1
        实施阶段 | stage | 实施
        记录日期 | recorded_on | 2023-03-01
        阶段数据 | key_data | 30户
        检查人 | checked_by | 康生
        检查考核结果 | outcome | 合格""",
    ),
    case(
        "safety.element_check",
        "安全促进项目12要素对照",
        "S7-21",
        """促进项目编号 | project_no | P1
        12要素 | element | 有目标
        符合情况 | met | 是
        佐证材料 | evidence | AQ-1
        对照日期 | judged_on | 2023-07-01""",
    ),
    case(
        "safety.training",
        "安全教育培训台账",
        "",
        """培训时间 | trained_on | 2023-03-01
        培训对象层次 | level | 全员培训
        培训主题 | topic | 消防
        培训人数 | participants | 60
        培训讲师 | trainer | 康生""",
    ),
    case(
        "safety.satisfaction_survey",
        "居民安全知晓度满意度调查",
        "",
        """问卷日期 | surveyed_on | 2023-06-01
        前后阶段 | phase | 前测
        样本数 | sample | 400
        满意数 | satisfied | 368
        知晓数 | aware | 200""",
    ),
    case(
        "safety.facility",
        "安全设施投入登记",
        "S7-20",
        """设施名称 | facility | 减速带
        设置地点 | place | 校门口
        投入金额 | invested | 3000
        投用日期 | built_on | 2023-05-01""",
    ),
    case(
        "safety.duty",
        "安全制度职责备案",
        "",
        """部门单位 | unit | 织造厂
        材料类别 | document | 责任
        材料名称 | title | 安全生产责任书
        制定日期 | issued_on | 2023-01-05""",
    ),
    case(
        "safety.plan",
        "应急预案台账",
        "",
        """应急预案 | title | 消防预案
        编制单位 | unit | 织造厂
        编制日期 | issued_on | 2023-01-05
        预防措施 | prevention | 巡查
        应急措施 | response | 疏散
        常态措施 | normal_state | 每日
        非常态措施 | exceptional_state | 节日""",
    ),
    case(
        "safety.resource",
        "跨界合作安全资源台账",
        "",
        """提供单位 | holder | 消防站
        资源种类 | kind | 器材
        可用资源 | resource | 灭火器
        合作任务 | joint_task | 演练""",
    ),
    case(
        "safety.post",
        "安全社区组织机构",
        "S7-01 S7-02 S7-03 S7-04",
        """组织机构 | body | 促委会
        机构内职务 | post | 主任
        人员姓名 | name | 郭良
        单位及职务 | position | 分管安全副镇长
        工作领域 | sector | 交通安全
        起始日期 | since | 2023-01-05
        卸任日期 | until | 2023-12-05""",
    ),
    case(
        "safety.model_check",
        "工作模式自查",
        "S7-45",
        """模式要点 | heading | 政府引导
        落实情况 | met | 是
        依据材料 | evidence | 会议纪要
        自查日期 | checked_on | 2023-06-01""",
    ),
    case(
        "safety.site_evaluation",
        "现场评定打分",
        "S7-53",
        """标准名称 | standard | 省级标准
        项目编号 | project_no | CJ1
        评定指标 | item | 组织机构
        满分 | full | 10
        实得分 | score | 9
        现场评定日期 | evaluated_on | 2023-11-01
        评定专家 | evaluator | 康生""",
    ),
    case(
        "safety.acceptance",
        "安全社区申报验收",
        "S7-60",
        """创建级别 | level | 省级安全社区
        申报日期 | applied_on | 2015-03-01
        申报单位 | applied_to | 省安监局
        现场评定日期 | evaluated_on | 2015-09-01
        命名日期 | accepted_on | 2015-12-01
        评定结论 | result | 合格""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("safety", CASES)
    written.unambiguous("safety")

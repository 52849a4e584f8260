"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

CASES = [
    case(
        "culture.project",
        "社区文化项目登记表",
        "S4-12",
        """项目号 | project_no | P1
        文化项目名称 | title | 书画班
        承办单位 | organisation | 墨香书画社
        项目主管 | leader | 贾红
        项目目标 | goal | 丰富生活
        项目经费 | budget | 8000
        启动日期 | started_on | 2023-03-01
        截止日期 | ended_on | 2023-06-30
        公示日期 | published_on | 2023-02-20
        进展 | state | 结题
        评估机构 | evaluating_body | 正源中心
        评估人员 | evaluator | 吴林
        评估方法 | evaluation_method | 问卷
        评估时间 | evaluated_on | 2023-07-10
        得分 | score | 85""",
    ),
    case(
        "culture.spending",
        "文化经费支出明细表",
        "",
        """单据编号 | spending_no | ZC1
        所属项目编号 | project_no | P1
        付款日期 | spent_on | 2023-04-04
        开支内容 | item | 材料费
        报销金额 | amount | 300
        供应商 | payee | 超市
        发票号码 | invoice_no | 48493243
        经办人 | handler | 周武""",
    ),
    case(
        "culture.activity",
        "文化活动台账",
        "S4-13 S4-14 S4-17",
        """活动序号 | activity_no | A1
        项目号 | project_no | P1
        活动主题 | title | 书画讲座
        活动类型 | kind | 文体
        举办时间 | held_on | 2023-04-10
        筹备开始日期 | prepared_from | 2023-04-01
        活动地点 | place | 活动室
        开展形式 | form | 讲座
        可容纳人数 | capacity | 80
        参与人数 | participants | 40
        老年人 | aged_60 | 20
        中青年 | aged_18 | 15
        未成年人 | aged_0 | 5""",
    ),
    case(
        "culture.plan",
        "年度文化活动计划",
        "",
        """社区名称 | division | 云溪社区
        计划年度 | year | 2023
        计划内容 | plan | 全年十二场
        印发日期 | issued_on | 2023-01-05
        计划活动数 | activities | 12
        文化专员 | officer | 王强""",
    ),
    case(
        "culture.special_fund",
        "文化专项资金登记",
        "S4-16",
        """拨付编号 | fund_no | ZX1
        资金来源 | source | 区财政
        到账金额 | amount | 50000
        到账日期 | received_on | 2023-01-05
        项目号 | project_no | P1
        使用方向 | use | 书画班
        结余金额 | balance | 1000""",
    ),
    case(
        "culture.organisation",
        "社区社团名录",
        "S4-15",
        """社团名称 | organisation | 墨香书画社
        登记备案 | registered | 是
        会员数 | members | 30
        组织规模 | scale | 中
        活动能力 | capacity | 强
        法律制度 | legal | 中
        社会支持 | social | 中
        文化背景 | cultural | 强
        经济基础 | economic | 弱
        获取资源 | gaining | 弱
        评定日期 | rated_on | 2023-01-05""",
    ),
    case(
        "culture.interest_group",
        "居民文化自助组织登记",
        "S4-20",
        """兴趣小组名称 | group | 太极队
        组建日期 | formed_on | 2023-01-05
        成员数 | members | 30
        培育项目 | from_project | P1
        扶持情况 | support | 场地""",
    ),
    case(
        "culture.needs_assessment",
        "文化需求调查记录",
        "S4-18",
        """项目号 | project_no | P1
        调查日期 | assessed_on | 2023-01-05
        调查方法 | method | 问卷
        样本数 | respondents | 300
        居民需求 | needs | 书画""",
    ),
    case(
        "culture.evaluation",
        "文化项目过程评估记录",
        "S4-19",
        """项目号 | project_no | P1
        评估阶段 | stage | 结项
        评估时间 | evaluated_on | 2023-07-10
        评估人类别 | evaluator_kind | 评估小组
        评估人 | evaluator | 吴林
        意见提供者 | source | 参与者
        目标完成 | goal_score | 85
        需求满足 | needs_score | 80
        能力成长 | growth_score | 75""",
    ),
    case(
        "culture.team_member",
        "项目工作人员名单",
        "",
        """项目号 | project_no | P1
        成员姓名 | name | 周武
        团队岗位 | post | 干事
        是否专业社工 | social_worker | 是
        资格证号 | certificate_no | SG1
        是否派驻 | dispatched | 是
        薪酬 | pay | 4000""",
    ),
    case(
        "culture.participation",
        "居民文化参与率统计表",
        "",
        """社区名称 | division | 云溪社区
        统计年度 | year | 2023
        常住居民数 | residents | 1000
        经常参加人数 | regular | 50
        调查样本数 | sample | 200
        文化满意人数 | satisfied | 150""",
    ),
    case(
        "culture.budget_item",
        "文化项目预算",
        "S4-16",
        """项目号 | project_no | P1
        预算项目 | item | 材料费
        核定预算 | amount | 3000
        测算依据 | note | 三次活动""",
    ),
    case(
        "culture.management_body",
        "社区文化项目管理机构",
        "S4-04",
        """项目管理机构 | body | 市项目中心
        设置层级 | level | 市级
        上级管理机构 | above | 省项目中心
        主管系统 | system | 民政
        成立日期 | set_up_on | 2020-01-05
        停办日期 | abolished_on | 2023-01-05""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("culture", CASES)
    written.unambiguous("culture")

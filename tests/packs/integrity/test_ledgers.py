"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

CASES = [
    case(
        "integrity.risk_point",
        "廉政风险排查台账",
        "S3-08",
        """风险编号 | point_no | F1
        人员姓名 | name | 袁伟
        岗位职务 | post | 工委书记
        权力运行环节 | step | 印章管理
        风险表现 | risk | 信息不公开
        风险级别 | level | 高
        查找途径 | found_by | 自查
        思想教育措施 | education | 谈话
        制度约束措施 | institution | 双人经办
        监督检查措施 | supervision | 抽查
        重点方面 | aspect | 政务公开
        岗位职责 | duty | 主持工作""",
    ),
    case(
        "integrity.staff",
        "街道工作人员花名册",
        "",
        """职工编号 | staff_no | G1
        干部姓名 | name | 袁伟
        现任职务 | post | 工委书记
        所在部门 | section | 班子
        行政级别 | rank | 正处级
        在职状态 | state | 在职""",
    ),
    case(
        "integrity.fund_item",
        "街道资金使用台账",
        "S3-13",
        """事项编号 | item_no | Z1
        申请时间 | applied_on | 2023-02-21
        使用科室 | section | 综治办
        支出类别 | category | 办公设备
        用款事由 | purpose | 购置电脑
        资金数额 | amount | 48,000
        收款单位名称 | payee | 培训中心
        决策会议 | decided_by | 主任办公会议
        纪要文号 | decision_no | 主办〔2023〕5号
        决策日期 | decided_on | 2023-02-10
        签批人 | approver | 贺云
        拨付日期 | paid_on | 2023-02-27""",
    ),
    case(
        "integrity.meeting_decision",
        "集体决策会议纪要登记",
        "",
        """会议类别 | body | 党工委会
        纪要编号 | meeting_no | 工委〔2023〕1号
        会议时间 | held_on | 2023-01-10
        研究事项 | item | 购置电脑
        涉及金额 | amount | 48000
        出席人员 | present | 袁伟、贺云
        表决结果 | result | 通过""",
    ),
    case(
        "integrity.petition",
        "群众诉求受理台账",
        "S3-14",
        """诉求编号 | petition_no | X1
        接件日期 | received_on | 2023-01-04
        受理渠道 | source | 信件
        反映人 | name | 范庆
        联系方式 | phone | 19000000002
        反映问题 | content | 停车难
        责任科室 | section | 城管科
        回复日期 | answered_on | 2023-01-06
        办理情况 | result | 已答复""",
    ),
    case(
        "integrity.power_step",
        "街道权力清单（权力运行环节）",
        "S3-09",
        """权力环节编号 | step_no | H1
        权力名称 | matter | 采购
        环节名称 | step | 询价
        责任岗位 | post | 财政所长
        岗位人员 | name | 王强
        重点方面 | aspect | 大额资金使用
        是否涉及切身利益 | vital | 否""",
    ),
    case(
        "integrity.job_description",
        "机关干部岗位说明书",
        "S3-10",
        """干部姓名 | name | 袁伟
        职位 | post | 工委书记
        岗位职责 | duties | 主持工作
        一岗双责职责 | conduct_duties | 党风廉政第一责任人
        签发日期 | issued_on | 2023-01-05""",
    ),
    case(
        "integrity.regulation",
        "街道规章制度梳理台账",
        "S3-11 S3-15",
        """规章制度名称 | title | 廉政风险防范管理实施细则
        制度文号 | document_no | 街发1号
        实施日期 | effective_on | 2020-01-01
        梳理日期 | reviewed_on | 2023-01-05
        责任部门 | section | 党政办""",
    ),
    case(
        "integrity.commitment",
        "领导干部廉政风险公开承诺表",
        "S3-12",
        """干部姓名 | name | 袁伟
        岗位 | post | 工委书记
        风险点 | risk | 用人失察
        防范措施 | measure | 民主推荐
        承诺内容 | commitment | 不任人唯亲
        承诺日期 | signed_on | 2023-01-05
        展板公示日期 | published_on | 2023-02-01""",
    ),
    case(
        "integrity.approval",
        "经济适用房和残疾人补贴审批登记",
        "",
        """办件编号 | case_no | S1
        审批类别 | kind | 经适房
        申请人姓名 | name | 李婷
        申请日期 | accepted_on | 2023-03-01
        社区初审人 | prescreened_by | 甲某
        社区初审日期 | prescreened_on | 2023-03-05
        街道审核人 | reviewed_by | 乙某
        街道审核日期 | reviewed_on | 2023-03-10
        批准人 | approved_by | 丙某
        批准日期 | approved_on | 2023-03-15
        审批结论 | result | 批准""",
    ),
    case(
        "integrity.supervision_record",
        "重点领域廉政监督登记",
        "",
        """监督检查日期 | supervised_on | 2023-05-01
        监督重点 | aspect | 政务公开
        检查单位 | supervisor | 纪工委
        对应风险点 | point_no | F1
        检查内容 | content | 公开栏
        检查结果 | outcome | 及时""",
    ),
    case(
        "integrity.relative_declaration",
        "个人有关事项报告（亲属经商办企业）",
        "",
        """申报人 | name | 袁伟
        岗位 | post | 工委书记
        家属姓名 | relative | 袁强
        亲属关系 | relation | 弟
        企业名称 | organisation | 河畔商行
        信用代码 | credit_code | 91999901MA97WHWG5X
        报告日期 | declared_on | 2023-01-05""",
    ),
    case(
        "integrity.programme_task",
        "廉政工作任务分工",
        "S3-07",
        """工作任务编号 | task_no | 1
        轮次 | round | 第一轮
        任务内容 | task | 查找风险点
        牵头科室 | section | 纪工委
        牵头责任人 | name | 魏梅
        任务时限 | due_on | 2023-06-30
        落实日期 | done_on | 2023-06-20""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("integrity", CASES)
    written.unambiguous("integrity")

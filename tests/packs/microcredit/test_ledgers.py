"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

ID = "999914200911266389"

CASES = [
    case(
        "microcredit.application",
        "2023年创业担保贷款申请登记簿",
        "S5-11 S8-23 S8-13",
        f"""受理编号 | application_no | SL-1
        申请人 | name | 罗素
        公民身份号码 | person | {ID}
        手机号码 | phone | 19000000001
        家庭地址 | address | 听泉小区1幢
        申请时间 | applied_on | 2023年2月1日
        贷款种类 | kind | 一般贷款
        创业项目 | project | 餐饮服务
        开办资金 | startup_money | 30000
        申请金额 | asked | 20000
        优惠证编号 | certificate | 9920201986467
        营业执照号码 | licence | 92999901MA97WHWG5X
        税务登记证 | tax_registration | 已办理
        非正规就业证明 | informal_proof | FZG1
        经营场所证明 | premises_proof | 租赁合同
        推荐人 | recommended_by | 张亮
        初审人 | prescreened_by | 顾桂
        初审时间 | prescreened_on | 2023-02-08
        公示开始日期 | notice_from | 2023-02-10
        公示截止日期 | notice_to | 2023-02-17
        担保机构审核人 | guaranteed_by | 丁珍
        承诺担保日期 | guaranteed_on | 2023-02-18
        信贷员 | approved_by | 黄新
        批准日期 | approved_on | 2023-02-21
        核准金额 | approved | 20000
        执行利率 | rate | 4.35%
        审批结论 | result | 同意
        信用社区承诺书 | commitment | 已签署""",
    ),
    case(
        "microcredit.loan",
        "小额贷款贷后管理台账",
        "S5-16",
        f"""借款合同编号 | loan_no | HT-1
        申请号 | application_no | SL-1
        借款人 | name | 罗素
        证件号码 | person | {ID}
        发放日期 | paid_out_on | 2023.3.1
        到期日 | due_on | 2024-03-01
        放款金额 | amount | 20,000.00
        贷款利率 | rate | 4.35
        归还本金 | repaid | 5000
        本金余额 | outstanding | 15000
        还清日期 |  settled_on |
        逾期类型 | overdue_kind | 一般
        限期还款日期 | deadline_on | 2024-06-01
        收贷人 | collector | 陈玲
        逾期罚息 | penalty | 0
        贷款用途 | purpose | 进货""",
    ),
    case(
        "microcredit.repayment",
        "小额贷款还本付息明细",
        "S5-16",
        """借据号 | loan_no | HT-1
        还款人 | name | 罗素
        还款期次 | instalment | 1
        应还款日 | due_on | 2023-06-01
        实际还款日 | repaid_on | 2023-06-02
        归还本金 | principal | 1000
        利息 | interest | 72.5
        逾期罚息 | penalty | 0.5""",
    ),
    case(
        "microcredit.visit",
        "贷后跟踪回访登记",
        "S5-15 S8-20",
        """回访时间 | visited_on | 2023-05-01
        贷款合同编号 | loan_no | HT-1
        借款人姓名 | name | 罗素
        回访人员 | visitor | 陈玲
        经营状况 | condition | 正常
        贷款使用情况 | fund_use | 进货
        存在困难 | problem | 客流减少
        帮扶情况 | help_given | 介绍货源""",
    ),
    case(
        "microcredit.collection",
        "逾期贷款催收登记簿",
        "S8-78",
        """催款日期 | collected_on | 2023-05-01
        合同号 | loan_no | HT-1
        催收对象 | name | 罗素
        催收形式 | method | 上门
        催收人员 | collector | 陈玲
        催收情况 | outcome | 承诺还款""",
    ),
    case(
        "microcredit.training",
        "下岗失业人员创业培训班花名册",
        "S5-19",
        f"""班次 | course | 第一期
        学员姓名 | name | 罗素
        身份证号码 | person | {ID}
        结业时间 | completed_on | 2023-01-05
        考核成绩 | result | 及格
        结业证号 | certificate_no | PX1""",
    ),
    case(
        "microcredit.commitment",
        "信用社区承诺书签订登记",
        "S5-20",
        f"""承诺人姓名 | name | 罗素
        身份证号码 | person | {ID}
        签订日期 | signed_on | 2023-02-20
        如实提供材料承诺 | true_information | 是
        自愿参加信用社区 | voluntary | 是
        承诺按期归还 | repay_on_time | 是
        同意公布失信行为 | consent_to_publish | √""",
    ),
    case(
        "microcredit.micro_profit_item",
        "微利项目清单",
        "S8-22",
        """微利项目名称 | name | 餐饮服务
        项目类别 | category | 服务业
        备注 | note | 含小饭桌""",
    ),
    case(
        "microcredit.credit_community",
        "信用社区担保资格台账",
        "S5-21",
        """信用社区 | division | 云溪社区
        授牌日期 | pilot_since | 2020-05-01
        资格状态 | qualification | 已暂停
        暂停时间 | suspended_on | 2023-06-01
        恢复时间 | restored_on | 2023-12-01
        暂停理由 | suspended_because | 不良率达到10%
        通报日期 | notified_on | 2023-06-02
        年度核实日期 | assessed_on | 2023-01-31
        社区负责人 | head | 王强""",
    ),
    case(
        "microcredit.economic_file",
        "借款人经济档案（一户一档）",
        "S5-10",
        f"""档案号 | file_no | DA1
        建档人 | name | 罗素
        身份证号码 | person | {ID}
        家庭人数 | members | 3
        家庭经济状况 | family_status | 一般
        住址 | address | 听泉小区1幢
        家庭年收入 | yearly_income | 50000
        家庭负债 | debts | 0
        建档时间 | opened_on | 2023-03-02""",
    ),
    case(
        "microcredit.credit_file",
        "居民个人信用档案",
        "S8-12 S8-14 S8-18 S8-19",
        f"""信用档案号 | entry_no | XY1
        居民姓名 | name | 罗素
        身份证号码 | person | {ID}
        资信调查日期 | recorded_on | 2023-01-05
        调查人 | recorded_by | 张亮
        提供单位 | source | 银行
        信贷情况 | credit_activity | 无逾期
        他行逾期 | overdue_elsewhere | 0
        欠缴税费 | unpaid_taxes | 0
        就业情况 | employment | 个体
        经营情况 | operation | 正常
        道德品质 | observation | 邻里反映好
        还款意向 | intention | 愿意按期归还""",
    ),
    case(
        "microcredit.enterprise_credit",
        "辖区企业信用登记台账",
        "S8-15",
        """单位名称 | organisation | 云溪织造厂
        社会信用代码 | credit_code | 91999901MA97WHWG5X
        法人 | legal_person | 王强
        企业信用等级 | grade | A
        评级日期 | rated_on | 2023-01-05
        不良记录数 | breaches | 0""",
    ),
    case(
        "microcredit.credit_rating",
        "借款人信用评级表",
        "S5-13",
        f"""被评人 | name | 罗素
        身份证号码 | person | {ID}
        评定时间 | rated_on | 2023-01-05
        信用分 | score | 85
        评定等级 | grade | A
        评分办法 | method | 第2版
        依据 | basis | 还款记录
        评级人 | rated_by | 张亮""",
    ),
    case(
        "microcredit.bad_record",
        "小额贷款失信记录",
        "S5-14",
        f"""失信人 | name | 罗素
        身份证号码 | person | {ID}
        贷款合同编号 | loan_no | HT-1
        登记日期 | recorded_on | 2023-06-01
        违约情形 | breach | 逾期
        登记单位 | recorded_by | 银行
        公示日期 | published_on | 2023-08-01
        公示地点 | published_at | 社区公示栏""",
    ),
    case(
        "microcredit.difficulty",
        "创业者经营困难台账",
        "S8-21",
        """提出日期 | reported_on | 2023-06-01
        合同号 | loan_no | HT-1
        创业者 | name | 罗素
        困难类别 | stage | 市场开拓
        具体困难 | difficulty | 客流减少
        协调单位 | helper | 街道
        帮扶日期 | helped_on | 2023-06-10
        帮扶结果 | outcome | 增加宣传""",
    ),
    case(
        "microcredit.guarantee_fund",
        "贷款担保基金拨付登记",
        "S8-16",
        """出资单位 | source | 区财政
        级次 | level | 区级
        拨付金额 | amount | 1000000
        应到位日期 | planned_on | 2023-03-01
        到账日期 | arrived_on | 2023-05-01""",
    ),
    case(
        "microcredit.subsidy_transfer",
        "再就业资金专户贴息资金划拨表",
        "S8-17",
        """批次 | entry_no | 1
        专户账号 | account | 9900123456789
        贴息资金 | amount | 50000
        应到账日期 | needed_on | 2023-03-20
        到账日期 | received_on | 2023-03-18""",
    ),
    case(
        "microcredit.interest_subsidy",
        "微利项目财政贴息申报表",
        "S5-18 S8-17",
        f"""贷款合同编号 | loan_no | HT-1
        借款人姓名 | name | 罗素
        身份证号码 | person | {ID}
        微利项目 | project | 餐饮服务
        贴息周期 | period | 2023年一季度
        申报贴息金额 | subsidy | 217.5
        贴息申报日期 | declared_on | 2023-03-01
        应发放日期 | due_on | 2023-03-20
        发放日期 | paid_on | 2023-03-20
        相关资料 | materials | 付息凭证""",
    ),
    case(
        "microcredit.bad_debt",
        "小额贷款呆坏账核定表",
        "S5-17",
        """合同号 | loan_no | HT-1
        借款人姓名 | name | 罗素
        呆坏账金额 | loss | 9000
        发现日期 | found_on | 2023-06-01
        核实日期 | verified_on | 2023-07-01
        核定人 | verified_by | 担保中心
        处理意见 | opinion | 核销
        财政承担 | government_share | 3000
        经办银行承担 | bank_share | 3000
        社区分担 | community_share | 3000""",
    ),
    case(
        "microcredit.joint_conference",
        "小额担保贷款联席会议记录",
        "S8-24",
        """召开日期 | held_on | 2023-06-01
        届次 | meeting_no | 第二次
        合同号 | loan_no | HT-1
        议及借款人 | borrower | 罗素
        议题 | topic | 经营困难
        议定措施 | measure | 展期三个月
        牵头单位 | helper | 劳动局
        参加单位 | members | 银行、财政""",
    ),
    case(
        "microcredit.schedule",
        "借款合同附件：还款计划",
        "S5-53",
        """借款合同号 | loan_no | HT-1
        借款人姓名 | name | 罗素
        期数 | instalment | 1
        应还款日 | due_on | 2023-02-28
        本期本金 | principal | 1,633.70
        本期利息 | interest | 72.50
        月还款额 | payment | 1706.20
        本金余额 | balance | 18366.30
        签署日期 | signed_on | 2023年1月31日""",
    ),
    case(
        "microcredit.business_report",
        "2023年借款人报告登记簿",
        "S5-54 S5-55",
        f"""报送日期 | reported_on | 2023-05-02
        借款合同号 | loan_no | HT-1
        报告人 | name | 罗素
        公民身份号码 | person | {ID}
        报告种类 | kind | 搬家
        变更内容 | content | 迁至河西路8号
        变更日期 | changed_on | 2023-05-01
        劳动保障机构收到日期 | agency_told_on | 2023-05-02
        担保机构收到日期 | guarantor_told_on | 2023-05-02
        承办银行收到日期 | bank_told_on | 2023-05-03""",
    ),
    case(
        "microcredit.inspection",
        "小额贷款检查审计登记",
        "",
        """审计日期 | inspected_on | 2023-06-01
        审计单位 | inspector | 区审计局
        抽查笔数 | loans_checked | 30
        人情贷款 | favour_loans | 0
        不良贷款 | bad_loans | 1
        存在问题 | findings | 材料不全
        公示日期 | published_on | 2023-07-01""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_words_of_other_offices_are_read_as_ours(tmp_path: Path) -> None:
    by_ledger = {str(p.values[0]): p.values for p in CASES}
    application = taken(tmp_path / "1", *by_ledger["microcredit.application"])  # type: ignore[arg-type]
    assert (application["result"], application["kind"], application["commitment"]) == ("批准", "一般", "已签")
    assert (application["rate"], application["applied_on"]) == (Decimal("4.35"), dt.date(2023, 2, 1))
    loan = taken(tmp_path / "2", *by_ledger["microcredit.loan"])  # type: ignore[arg-type]
    assert (loan["amount"], loan["overdue_kind"]) == (Decimal(20000), "一般逾期")
    community = taken(tmp_path / "3", *by_ledger["microcredit.credit_community"])  # type: ignore[arg-type]
    assert community["qualification"] == "暂停"


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("microcredit", CASES)
    written.unambiguous("microcredit")

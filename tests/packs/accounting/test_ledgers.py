"""The ledgers of the pack as other offices write them: one sheet each, known by its headers and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packs import written
from tests.packs.written import taken
from tests.packs.written import written as case

CASES = [
    case(
        "accounting.voucher",
        "村级会计代理中心凭证审核台账",
        "S9-14",
        """村名 | division | 石桥村
        凭证字号 | voucher_no | 记-001
        制单日期 | voucher_on | 2023-01-04
        收支类型 | direction | 支
        会计科目 | account_title | 绿化
        发生额 | amount | 3,000.00
        发票种类 | invoice_kind | 电子发票
        发票号码 | invoice_no | 18512989
        经手人 | handler | 易荣
        开支事由 | use | 补栽苗木
        会计审核 | reviewer | 卢凤
        批准人 | approver | 卢海
        驻村干部签字 | cadre_opinion | 属实
        付款方式 | settlement | 转账
        单据张数 | attachments | 2
        是否入账 | state | 是""",
    ),
    case(
        "accounting.entry",
        "石桥村2023年序时账",
        "S9-13",
        """凭证字号 | voucher_no | 记-001
        凭证日期 | entered_on | 2023-01-04
        行号 | line | 1
        科目代码 | account_code | 101
        会计科目 | account_title | 库存现金
        业务摘要 | summary | 提现
        借方发生额 | debit | 100
        贷方发生额 | credit | 0
        制单 | made_by | 卢凤
        复核 | checked_by | 刘英""",
    ),
    case(
        "accounting.account_balance",
        "石桥村2023年1月总账余额表",
        "S9-13",
        """期间 | month | 2023-01
        科目代码 | account_code | 101
        会计科目 | account_title | 库存现金
        月初余额 | opening_balance | 100
        借方发生额 | debit | 50
        贷方发生额 | credit | 20
        月末余额 | closing_balance | 130""",
    ),
    case(
        "accounting.cash_journal",
        "石桥村现金明细账",
        "",
        """记账日期 | entered_on | 2023-01-04
        凭证字号 | voucher_no | 记-001
        业务摘要 | summary | 购纸
        借方金额 | income | 5
        贷方金额 | expense | 120
        结存 | balance | 3880""",
    ),
    case(
        "accounting.bank_statement",
        "石桥村股份经济合作社账户交易明细",
        "",
        """交易时间 | entered_on | 2023-01-04
        本方账号 | account | 990017066689181
        流水号 | number | 20230104001
        附言 | summary | 苗木款
        对手户名 | counterparty | 绿源苗圃
        对手账号 | counter_account | 990044411323564
        借方发生额 | expense | 120
        贷方发生额 | income | 0
        账户余额 | balance | 3880""",
    ),
    case(
        "accounting.bank_statement",
        "石桥村银行对账单",
        "",
        """账号 | account | 990017066689181
        日期 | entered_on | 2023-01-04
        凭证号 | number | 支0101
        摘要 | summary | 苗木款
        借方 | expense | 120
        贷方 | income | 0
        余额 | balance | 3880""",
    ),
    case(
        "accounting.bank_journal",
        "石桥村银行存款明细账",
        "",
        """银行账号 | account | 990017066689181
        记账日期 | entered_on | 2023-01-04
        凭证字号 | voucher_no | 记-001
        业务摘要 | summary | 绿化
        存入 | income | 5
        支取 | expense | 3000
        账面余额 | balance | 545000""",
    ),
    case(
        "accounting.bank_account",
        "村级银行账户备案表",
        "",
        """核算单位 | division | 石桥村
        账户名称 | holder | 石桥村股份经济合作社
        银行账号 | account | 990017066689181
        开户银行 | bank | 农商行
        账户类型 | kind | 基本存款账户
        开立日期 | opened_on | 2016-05-06
        销户时间 | closed_on | 2020-05-06""",
    ),
    case(
        "accounting.receipt_book",
        "票据领用台账",
        "S9-16",
        """村居名称 | division | 石桥村
        票据名称 | kind | 统一收据
        起始号码 | first_no | 0018001
        终止号码 | last_no | 0018100
        领取日期 | drawn_on | 2022-12-20
        领取人 | drawn_by | 侯红""",
    ),
    case(
        "accounting.receipt",
        "村级收款登记簿",
        "",
        """核算单位 | division | 石桥村
        收据编号 | receipt_no | 0018001
        收据名称 | kind | 统一收据
        收款时间 | received_on | 2023-01-10
        缴款单位 | payer | 租户
        收款事由 | item | 租金
        实收金额 | amount | 1901
        经收人 | received_by | 侯红
        解缴日期 | deposited_on | 2023-01-11
        解缴金额 | deposited | 1901
        缴存户名 | account_holder | 石桥村股份经济合作社
        缴存账号 | account | 990017066689181
        记账凭证号 | voucher_no | 记-005""",
    ),
    case(
        "accounting.month_end_report",
        "报账员月报账台账",
        "",
        """委托单位 | division | 石桥村
        所属月份 | month | 2023年1月
        报账时间 | reported_on | 2023-01-28
        报账人 | clerk | 侯红
        票据张数 | documents | 17
        退单张数 | returned | 1
        审核会计 | accountant | 刘英""",
    ),
    case(
        "accounting.entrustment",
        "村级会计委托代理协议台账",
        "",
        """委托单位 | division | 石桥村
        协议号 | agreement_no | WT1
        签约日期 | signed_on | 2020-01-01
        委托到期日 | ends_on | 2025-01-01
        代理机构 | centre | 镇会计服务中心
        受托机构性质 | legal_nature | 事业单位
        机构经费来源 | funding | 财政全额
        政策依据 | supervised_under | 若干意见
        权属条款 | rights_kept | 四权不变
        是否电算化 | computerised | 是""",
    ),
    case(
        "accounting.accountant",
        "村级财务人员名册",
        "S9-15",
        """村名 | division | 石桥村
        会计姓名 | name | 刘英
        所在单位 | unit | 会计服务中心
        岗位名称 | post | 记账会计
        会计资格证号 | qualification_no | KJ1
        取证日期 | qualified_on | 2015-01-01
        限期取证日期 | deadline_on | 2016-01-01
        年度考核 | assessment | 合格
        上岗日期 | since | 2014-01-01""",
    ),
    case(
        "accounting.review",
        "民主理财小组审查登记",
        "",
        """村名 | division | 石桥村
        理财日期 | reviewed_on | 2023-05-01
        理财月份 | month | 2023-04
        理财组织 | body | 理财小组
        参加人 | participants | 甲、乙
        争议事项 | disputed | 招待费
        村民代表会议日期 | decided_on | 2023-05-10
        理财意见 | opinion | 属实""",
    ),
    case(
        "accounting.disclosure",
        "村务财务公开台账",
        "",
        """村名 | division | 石桥村
        公布日期 | published_on | 2023-05-01
        公开种类 | kind | 财务公开
        公开月份 | month | 2023-04
        公示栏 | place | 村口
        公开内容 | content | 四月收支""",
    ),
    case(
        "accounting.clean_up_audit",
        "农村财务清理审计台账",
        "S9-19",
        """村名 | division | 石桥村
        审计时间 | audited_on | 2023-06-01
        审计部门 | auditor | 县审计局
        审计范围 | scope | 收支
        查出问题 | violation | 白条入账
        违纪金额 | amount | 500
        整改日期 | corrected_on | 2023-07-01
        整改情况 | correction | 已补票""",
    ),
    case(
        "accounting.public_project",
        "村级公益事业工程项目台账",
        "S9-17",
        """村名 | division | 石桥村
        工程编号 | project_no | GC1
        工程名称 | title | 道路硬化
        项目预算 | budget | 100000
        实际支出 | spent | 98000
        施工单位 | contractor | 建工队
        开工日期 | started_on | 2023-03-01
        竣工日期 | finished_on | 2023-06-01""",
    ),
    case(
        "accounting.asset_check",
        "村级固定资产盘点表",
        "",
        """村名 | division | 石桥村
        实地核对日期 | checked_on | 2023-06-01
        资产名称 | item | 水泵
        账面数 | book_quantity | 3
        盘点数 | real_quantity | 2
        账面价值 | book_value | 500
        核实金额 | real_value | 400
        盘点人 | checked_by | 侯红""",
    ),
    case(
        "accounting.internal_control",
        "村级财务管理制度登记",
        "S9-20",
        """村名 | division | 石桥村
        制度名称 | control | 村级组织财务管理若干意见
        文号 | version | 洞政〔2010〕1号
        实施日期 | effective_on | 2010-01-01
        修订日期 | reviewed_on | 2023-01-01
        执行情况 | in_force | 是""",
    ),
    case(
        "accounting.complaint",
        "村级财务举报登记",
        "S9-55",
        """村名 | division | 石桥村
        举报日期 | reported_on | 2023-06-01
        举报内容 | content | 招待费不清
        问题类别 | kind | 收支混乱
        办结日期 | handled_on | 2023-07-01
        办理结果 | outcome | 已说明""",
    ),
]


@pytest.mark.parametrize(("ledger", "title", "columns"), CASES)
def test_a_sheet_in_other_words_is_known(
    ledger: str, title: str, columns: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    taken(tmp_path, ledger, title, columns)


def test_every_ledger_has_a_case_and_headers_are_unambiguous() -> None:
    written.complete("accounting", CASES)
    written.unambiguous("accounting")

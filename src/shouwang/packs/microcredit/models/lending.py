"""The loan: pay-out and balance, repayments, visits, collection."""

from __future__ import annotations

from shouwang.ledger.fields import (
    CodeField,
    DateField,
    MoneyField,
    NameField,
    PercentField,
    PersonField,
    TextField,
    YesNoField,
)
from shouwang.packs.microcredit.models.base import (
    BANK,
    BODIES,
    GUARANTOR,
    INTERMEDIARY,
    THROUGH_LOAN,
    MicrocreditLedger,
)


class Loan(MicrocreditLedger):
    """One paid-out loan with its repayment and overdue state (S5-16)."""

    loan_no = CodeField(
        "合同编号",
        aliases=(
            "合同号",
            "借款合同号",
            "贷款合同编号",
            "借款合同编号",
            "贷款编号",
            "借据号",
            "借据编号",
            "贷款合同号",
        ),
        required=True,
    )
    application_no = CodeField(
        "申请编号", aliases=("申请号", "申请书编号", "贷款申请编号", "受理编号", "受理号", "业务编号")
    )
    name = NameField("借款人姓名", aliases=("借款人", "姓名", "贷款人", "贷款人姓名", "借款人名称", "申请人"))
    person = PersonField(
        "身份证号",
        aliases=(
            "身份证号码",
            "公民身份号码",
            "公民身份证号",
            "证件号码",
            "证件号",
            "身份证",
            "借款人身份证号",
        ),
        required=True,
    )
    paid_out_on = DateField(
        "放款日期",
        aliases=(
            "发放日期",
            "放款时间",
            "发放时间",
            "贷款发放日期",
            "贷款日期",
            "起息日",
            "借款日期",
            "放贷日期",
        ),
        required=True,
    )
    due_on = DateField(
        "到期日期",
        aliases=("到期日", "到期时间", "贷款到期日", "还款到期日", "合同到期日", "贷款到期日期", "应还日期"),
    )
    amount = MoneyField(
        "贷款金额",
        aliases=("放款金额", "发放金额", "贷款本金", "借款金额", "合同金额", "贷款额度", "贷款额"),
        required=True,
    )
    rate = PercentField("年利率", aliases=("利率", "贷款利率", "执行利率", "贷款年利率", "合同利率"))
    repayment_method = TextField(
        "还款方式",
        aliases=("还本方式", "还本付息方式"),
        values={
            "等额本息": ("等额本息还款", "按月等额本息"),
            "等额本金": ("等额本金还款", "按月等额本金"),
            "先息后本": (
                "按月付息到期还本",
                "按季付息到期还本",
                "按月结息到期还本",
                "按季结息到期还本",
                "按月付息、到期还本",
                "按季付息、到期还本",
            ),
            "到期还本付息": ("一次性还本付息", "到期一次还本付息", "一次还本付息", "利随本清"),
        },
        seeds=("S5-16",),
    )
    repaid = MoneyField(
        "已还本金", aliases=("已还金额", "归还本金", "已还款", "已偿还本金", "累计还款", "已归还本金")
    )
    outstanding = MoneyField(
        "贷款余额",
        aliases=(
            "余额",
            "未还本金",
            "本金余额",
            "未还金额",
            "结欠金额",
            "贷款本金余额",
            "尚欠本金",
            "剩余本金",
            "剩余贷款",
            "未还余额",
            "结欠本金",
            "未归还本金",
            "剩余未还本金",
            "欠款余额",
        ),
    )
    settled_on = DateField(
        "结清日期", aliases=("结清时间", "还清日期", "还清时间", "结清日", "还款结清日期", "实际还清日期")
    )
    overdue_kind = TextField(
        "逾期性质",
        aliases=("逾期类型", "逾期类别", "逾期情况", "逾期原因分类", "欠款性质"),
        values={
            "一般逾期": ("一般", "普通逾期", "非恶意", "非恶意逾期", "逾期"),
            "恶意拖欠": ("恶意", "恶意逾期", "恶意不还", "恶意不归还", "恶意欠款"),
        },
        seeds=("S5-63",),
    )
    deadline_on = DateField(
        "限期归还日",
        aliases=("限期归还日期", "限期还款日", "限期还款日期", "催收期限", "限期归还", "限期还款"),
        seeds=("S5-66",),
    )
    certificate_withdrawn_on = DateField(
        "优惠证收回日期",
        aliases=("收回优惠证日期", "优惠证收回时间", "再就业优惠证收回日期", "优惠证收回", "收证日期"),
        seeds=("S5-67",),
    )
    collector = NameField(
        "收贷责任人",
        aliases=("收款责任人", "收贷人", "催收责任人", "责任人", "清收责任人", "管户责任人"),
        seeds=("S8-30",),
    )
    penalty = MoneyField("罚息", aliases=("罚息金额", "加收罚息", "逾期罚息", "逾期利息"), seeds=("S5-69",))
    sued_on = DateField("起诉日期", aliases=("诉讼日期", "提起诉讼日期"), seeds=("S5-42",))
    breach_published_on = DateField("失信公布日期", aliases=("公布日期", "失信公示日期"), seeds=("S5-68",))
    moved_on = DateField(
        "迁出辖区日期", aliases=("经营场所迁出日期", "经营迁出日期", "迁移日期"), seeds=("S5-57",)
    )
    move_opinion = TextField(
        "迁出担保机构意见", aliases=("迁移担保机构意见", "担保机构迁移意见"), seeds=("S5-57",)
    )
    move_guarantee_on = DateField(
        "迁出反担保日期", aliases=("迁移反担保日期", "办理反担保日期"), seeds=("S5-57",)
    )
    guaranteed = YesNoField("是否担保", aliases=("担保基金担保",), seeds=("S8-43", "S8-77"))
    purpose = TextField("资金用途", aliases=("贷款用途", "借款用途", "经营项目", "用途"), seeds=("S8-18",))
    actual_use = TextField("实际用途", aliases=("资金实际用途", "实际使用情况"), seeds=("S8-18", "S5-78"))
    bank = TextField("承办银行", aliases=BANK, max_length=200, db_index=True, seeds=("S5-03", "S8-03"))
    guarantor = TextField(
        "担保机构", aliases=GUARANTOR, max_length=200, db_index=True, seeds=("S5-02", "S8-04")
    )
    intermediary = TextField(
        "中介机构", aliases=INTERMEDIARY, max_length=200, db_index=True, seeds=("S8-02",)
    )
    note = TextField("备注", aliases=("说明", "附注"))

    class Sheet:
        title = "贷款发放与还款台账"
        aliases = (
            "发放与还款",
            "小额担保贷款发放",
            "贷款发放台账",
            "还款台账",
            "贷款台账",
            "放款台账",
            "贷后台账",
            "放款还款登记",
            "贷款发放回收",
            "发放及回收明细",
            "贷款发放及回收",
            "放款及还款",
            "贷款回收",
        )
        subject = "record"
        key = ("loan_no",)
        bodies = BODIES
        seeds = ("S5-16", "S5-62", "S5-63", "S8-30")
        about = "每笔已发放贷款的期限、还款、余额、逾期和责任人"


class Repayment(MicrocreditLedger):
    """One instalment that came in, split into principal, interest and penalty interest (S5-16)."""

    loan_no = CodeField("合同编号", aliases=("合同号", "借款合同号", "贷款合同编号", "借据号"), required=True)
    name = NameField("借款人", aliases=("借款人姓名", "还款人", "姓名"))
    instalment = CodeField("期次", aliases=("还款期次", "期数", "第几期"))
    due_on = DateField("应还日期", aliases=("应还款日", "约定还款日"))
    repaid_on = DateField(
        "还款日期", aliases=("实际还款日", "实还日期", "还款时间", "归还日期"), required=True
    )
    principal = MoneyField("还本金额", aliases=("归还本金", "本金", "实还本金"))
    interest = MoneyField("付息金额", aliases=("利息", "归还利息", "实还利息"))
    penalty = MoneyField("罚息", aliases=("罚息金额", "逾期罚息"))
    channel = TextField("还款渠道", aliases=("支付方式", "还款方式"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "贷款还款明细"
        aliases = ("还款明细", "还款流水", "还本付息明细", "分期还款")
        subject = "record"
        key = ("loan_no", "repaid_on", "instalment")
        through = THROUGH_LOAN
        seeds = ("S5-16",)
        about = "每笔还款的日期、本金、利息和罚息"


class Visit(MicrocreditLedger):
    """One visit to a borrower: state of business, problem, help (S5-15, S8-20, S5-85)."""

    visited_on = DateField(
        "走访日期",
        aliases=("走访时间", "回访日期", "回访时间", "跟踪日期", "上门日期", "日期", "探访日期"),
        required=True,
    )
    loan_no = CodeField(
        "合同编号", aliases=("合同号", "借款合同号", "贷款合同编号", "贷款编号", "借据号"), required=True
    )
    name = NameField(
        "借款人",
        aliases=(
            "借款人姓名",
            "姓名",
            "走访对象",
            "被访人",
            "贷款户",
            "贷款户姓名",
            "被走访人",
            "受访人",
        ),
    )
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    visitor = NameField(
        "走访人员", aliases=("走访人", "回访人", "回访人员", "跟踪人员", "上门人员", "工作人员")
    )
    condition = TextField(
        "经营情况",
        aliases=(
            "经营状况",
            "生产经营情况",
            "项目运作情况",
            "经营现状",
            "目前经营情况",
            "现经营情况",
            "当前经营状况",
        ),
        seeds=("S5-15",),
    )
    fund_use = TextField("资金使用情况", aliases=("资金使用", "贷款使用情况"), seeds=("S5-78",))
    problem = TextField(
        "存在问题",
        aliases=(
            "发现问题",
            "问题",
            "困难",
            "存在困难",
            "问题困难",
            "困难问题",
            "存在的困难和问题",
        ),
        seeds=("S8-20",),
    )
    help_given = TextField(
        "帮扶措施",
        aliases=(
            "帮助措施",
            "帮扶情况",
            "解决措施",
            "帮扶",
            "帮扶办法",
            "帮扶内容",
            "帮助情况",
            "解决办法",
        ),
        seeds=("S5-85", "S8-29"),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "借款人走访记录"
        aliases = ("小额贷款借款人走访", "贷款走访记录", "贷后走访", "贷后跟踪", "借款人回访", "借款人走访")
        subject = "record"
        key = ("loan_no", "visited_on", "visitor")
        through = THROUGH_LOAN
        seeds = ("S5-15", "S5-37", "S8-20")
        about = "每次走访借款人看到的经营情况、问题和帮扶"


class Collection(MicrocreditLedger):
    """One act of urging a borrower to repay (S5-41, S8-78)."""

    collected_on = DateField("催收日期", aliases=("催收时间", "催款日期", "日期", "催缴日期"), required=True)
    loan_no = CodeField(
        "合同编号", aliases=("合同号", "借款合同号", "贷款合同编号", "贷款编号", "借据号"), required=True
    )
    name = NameField(
        "借款人",
        aliases=(
            "借款人姓名",
            "姓名",
            "催收对象",
            "欠款人",
            "被催收人",
            "欠款人姓名",
            "逾期人",
            "逾期借款人",
            "贷款户",
        ),
    )
    method = TextField("催收方式", aliases=("催收形式", "催款方式", "方式"))
    collector = NameField("催收人", aliases=("催收人员", "催款人", "经办人", "催收责任人"))
    outcome = TextField(
        "催收结果",
        aliases=(
            "结果",
            "催收情况",
            "催款结果",
            "催收效果",
            "催收反馈",
            "催款情况",
        ),
    )
    promised_on = DateField("承诺还款日期", aliases=("承诺归还日期", "限期归还日"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "贷款催收记录"
        aliases = ("逾期贷款催收", "催收记录", "催收台账", "催收登记")
        subject = "record"
        key = ("loan_no", "collected_on", "method")
        through = THROUGH_LOAN
        seeds = ("S5-40", "S5-41", "S8-78")
        about = "对逾期贷款的每次催收、催收人和结果"

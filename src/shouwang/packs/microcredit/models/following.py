"""After the loan: the schedule that borrower and bank signed, and what the borrower reports."""

from __future__ import annotations

from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    PersonField,
    TextField,
)
from shouwang.packs.microcredit.models.base import THROUGH_LOAN, MicrocreditLedger
from shouwang.packs.microcredit.models.credit import PERSON

LOAN_NO = ("合同号", "借款合同号", "贷款合同编号", "借据号")


class Schedule(MicrocreditLedger):
    """One instalment of a signed repayment schedule (S5-16, S5-53)."""

    loan_no = CodeField("合同编号", aliases=LOAN_NO, required=True)
    name = NameField("借款人", aliases=("借款人姓名", "姓名", "贷款人"))
    instalment = IntegerField("期次", aliases=("期数", "期号", "还款期次", "第几期"), required=True)
    due_on = DateField(
        "应还日期", aliases=("应还款日", "应还款日期", "还款日", "约定还款日", "计划还款日期"), required=True
    )
    principal = MoneyField("应还本金", aliases=("计划本金", "本期本金", "应还本金额"), required=True)
    interest = MoneyField("应还利息", aliases=("计划利息", "本期利息", "应付利息"), required=True)
    payment = MoneyField("应还合计", aliases=("应还款额", "本期应还", "月还款额", "月供", "应还本息"))
    balance = MoneyField("剩余本金", aliases=("期末余额", "本金余额", "剩余未还本金"))
    signed_on = DateField("签订日期", aliases=("签署日期", "合同签订日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "贷款还款计划表"
        aliases = ("还款计划表", "还款计划", "还本付息计划", "分期还款计划")
        subject = "record"
        key = ("loan_no", "instalment")
        through = THROUGH_LOAN
        seeds = ("S5-16", "S5-53")
        about = "借款合同所附的还款计划，一期一行"


class BusinessReport(MicrocreditLedger):
    """One report of a borrower: how the business goes, what has changed, who was told (S5-54, S5-55)."""

    reported_on = DateField("报告日期", aliases=("报送日期", "报告时间"), required=True)
    loan_no = CodeField("合同编号", aliases=LOAN_NO, required=True)
    name = NameField("借款人", aliases=("借款人姓名", "报告人", "姓名"))
    person = PersonField("身份证号", aliases=PERSON)
    kind = TextField(
        "报告类别",
        aliases=("报告种类", "报告类型"),
        values={
            "定期报告": ("定期", "月报", "季报", "经营报告"),
            "家庭住址变更": ("住址变更", "搬家"),
            "经营场所变更": ("场所变更", "经营地点变更"),
            "联系方式变更": ("电话变更", "联系电话变更"),
            "重大问题": ("经营重大问题", "重大情况"),
        },
        required=True,
        seeds=("S5-54", "S5-55"),
    )
    content = TextField("报告内容", aliases=("经营状况说明", "变更内容", "主要内容"), seeds=("S5-54",))
    changed_on = DateField("变更发生日期", aliases=("发生日期", "变更日期"), seeds=("S5-55",))
    agency_told_on = DateField("告知劳动保障机构日期", aliases=("劳动保障机构收到日期",), seeds=("S5-55",))
    guarantor_told_on = DateField("告知担保机构日期", aliases=("担保机构收到日期",), seeds=("S5-55",))
    bank_told_on = DateField("告知银行日期", aliases=("银行收到日期", "承办银行收到日期"), seeds=("S5-55",))
    received_by = NameField("接收人", aliases=("受理人", "登记人"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "借款人经营情况报告登记"
        aliases = ("借款人报告登记", "经营情况报告", "借款人情况报告")
        subject = "record"
        key = ("loan_no", "reported_on", "kind")
        through = THROUGH_LOAN
        seeds = ("S5-54", "S5-55", "S5-77")
        about = "借款人定期报告经营情况、报告变更，以及三个机构何时收到"

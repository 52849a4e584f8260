"""The books: vouchers with their five conditions, entries, journals and balances."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    AccountField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    TextField,
)

#: Headers under which the village or community that owns the accounts stands.
OWNER = (
    "村",
    "社区",
    "村名",
    "村居",
    "村别",
    "单位",
    "单位名称",
    "村社区名称",
    "社区名称",
    "所属社区",
    "所属村社区",
    "村居名称",
    "核算单位",
    "核算主体",
    "账套",
    "账套名称",
    "委托单位",
    "村级组织",
    "居委会",
    "村委会",
    "村集体",
    "报账单位",
    "报账村居",
    "开户单位",
    "领用单位",
)


class VillageLedger(Ledger):
    """What all ledgers of the pack share: their owner is a village or a community."""

    division = TextField(
        "村社区",
        aliases=OWNER,
        context="division",
        max_length=200,
        note="村、社区名称或区划代码；表中没有此列时取自表名或标题",
    )

    class Meta(Ledger.Meta):
        abstract = True


class Voucher(VillageLedger):
    """One original voucher with the five haves (五有一不准, S9-14, S9-35 … S9-40)."""

    voucher_no = CodeField(
        "凭证编号",
        aliases=("凭证号", "凭证号码", "凭证字号", "记账凭证号", "凭单号", "单据编号"),
        required=True,
    )
    voucher_on = DateField(
        "凭证日期",
        aliases=("日期", "记账日期", "制单日期", "业务日期", "凭证时间", "入账日期"),
        required=True,
    )
    direction = TextField(
        "收支",
        aliases=("收支类型", "收支类别", "收支方向", "收/支", "类型"),
        values={"支出": ("支", "付", "付款", "支付"), "收入": ("收", "收款")},
    )
    account_title = TextField(
        "科目", aliases=("会计科目", "科目名称", "收支科目", "项目", "收支项目", "一级科目", "支出科目")
    )
    amount = MoneyField(
        "金额", aliases=("凭证金额", "发生额", "收支金额", "金额合计", "支付金额"), required=True
    )
    invoice_kind = TextField(
        "票据种类",
        aliases=(
            "票据类型",
            "发票种类",
            "发票类型",
            "票据类别",
            "原始票据",
            "五有/票据种类",
            "五有/票据类型",
            "原始票据种类",
            "原始凭证种类",
            "票种",
            "原始票据类型",
        ),
        seeds=("S9-35",),
    )
    invoice_no = CodeField(
        "票据号码",
        aliases=(
            "票据号",
            "发票号",
            "发票号码",
            "票据编号",
            "发票编号",
            "票号",
            "五有/票据号码",
            "五有/票据号",
        ),
        seeds=("S9-35",),
    )
    handler = NameField(
        "经办人",
        aliases=("经手人", "经办人签字", "经办", "报销人", "五有/经办人", "五有/经手人"),
        seeds=("S9-36",),
    )
    use = TextField(
        "用途说明",
        aliases=(
            "用途",
            "简要用途",
            "事由",
            "用途摘要",
            "开支事由",
            "摘要",
            "内容",
            "五有/用途说明",
            "五有/用途",
            "资金用途",
            "款项用途",
            "支出用途",
            "开支用途",
        ),
        seeds=("S9-37",),
    )
    reviewer = NameField(
        "财务审核",
        aliases=("财务审核人", "审核人", "财务人员审核", "会计审核", "审核", "五有/财务审核", "五有/审核人"),
        seeds=("S9-38",),
    )
    approver = NameField(
        "领导审批",
        aliases=(
            "审批人",
            "领导审批人",
            "审批领导",
            "主管领导审批",
            "批准人",
            "审批",
            "五有/领导审批",
            "五有/审批人",
        ),
        seeds=("S9-39",),
    )
    cadre_opinion = TextField(
        "驻村干部意见",
        aliases=(
            "驻村干部签字",
            "驻村干部",
            "驻村干部签署意见",
            "驻村干部审签",
            "驻村意见",
            "驻点干部意见",
            "驻村干部审核意见",
            "包村干部意见",
            "包片干部意见",
            "驻社区干部意见",
            "联村干部意见",
            "包村干部审核意见",
        ),
        seeds=("S9-24", "S9-41"),
    )
    settlement = TextField(
        "结算方式",
        aliases=("支付方式", "付款方式", "收付方式", "结算"),
        values={
            "银行": ("转账", "银行转账", "银行存款", "转帐", "网银", "公务卡", "支票"),
            "现金": ("现金支付", "库存现金"),
        },
    )
    payee = TextField("收款方", aliases=("收款单位", "收款人", "对方单位", "往来单位", "交款人"))
    attachments = IntegerField("附件张数", aliases=("附件数", "附件", "单据张数", "附单据张数", "附件（张）"))
    state = TextField(
        "入账状态",
        aliases=(
            "状态",
            "入账情况",
            "是否入账",
            "处理状态",
            "审核结果",
            "入帐状态",
            "审核状态",
            "记账状态",
            "记账情况",
            "是否已入账",
            "账务状态",
        ),
        values={
            "已入账": ("入账", "已记账", "已入帐", "是", "已审核入账", "准予入账", "记账"),
            "退回补充": ("退回", "已退回", "未入账", "退回补正", "不予入账", "否", "待补充", "未入帐"),
            "作废": ("已作废",),
        },
        seeds=("S9-40",),
    )
    note = TextField("备注", aliases=("说明", "附注"))

    class Sheet:
        title = "凭证审核登记"
        aliases = ("凭证审核", "凭证登记", "凭证台账", "五有一不准", "凭证审核登记簿", "凭证清单", "会计凭证")
        subject = "record"
        key = ("division", "voucher_no")
        seeds = ("S9-14", "S9-23", "S9-35", "S9-36", "S9-37", "S9-38", "S9-39", "S9-40", "S9-41")
        about = "每张凭证的票据、经办、用途、审核、审批和入账状态"


class Entry(VillageLedger):
    """One line of a double entry: account, debit or credit (S9-13)."""

    voucher_no = CodeField("凭证编号", aliases=("凭证号", "凭证字号", "记账凭证号"), required=True)
    entered_on = DateField("记账日期", aliases=("日期", "凭证日期"), required=True)
    line = IntegerField("分录号", aliases=("行号", "分录序号"))
    account_code = CodeField("科目编码", aliases=("科目代码", "会计科目编码", "科目编号"), required=True)
    account_title = TextField("科目名称", aliases=("会计科目", "科目"))
    summary = TextField("摘要", aliases=("业务摘要", "说明"))
    debit = MoneyField("借方金额", aliases=("借方", "借方发生额"))
    credit = MoneyField("贷方金额", aliases=("贷方", "贷方发生额"))
    made_by = NameField("制单人", aliases=("制单", "记账人"))
    checked_by = NameField("复核人", aliases=("复核", "审核"))

    class Sheet:
        title = "会计分录明细"
        aliases = ("会计分录", "记账凭证分录", "序时账", "凭证分录")
        subject = "record"
        key = ("division", "voucher_no", "line")
        seeds = ("S9-13",)
        about = "记账凭证的借贷分录"


class AccountBalance(VillageLedger):
    """Opening, movement and closing of one account in one month (S9-13)."""

    month = MonthField("会计期间", aliases=("月份", "期间", "所属月份"), required=True, context="month")
    account_code = CodeField("科目编码", aliases=("科目代码", "科目编号"), required=True)
    account_title = TextField("科目名称", aliases=("会计科目", "科目"))
    opening_balance = MoneyField("期初余额", aliases=("月初余额", "上期余额"))
    debit = MoneyField("本期借方", aliases=("借方发生额", "本期借方发生额"))
    credit = MoneyField("本期贷方", aliases=("贷方发生额", "本期贷方发生额"))
    closing_balance = MoneyField("期末余额", aliases=("月末余额", "本期余额"))

    class Sheet:
        title = "科目余额表"
        aliases = ("科目余额", "总账余额", "收支及资金余额")
        subject = "record"
        key = ("division", "month", "account_code")
        seeds = ("S9-13",)
        about = "每个科目每月的期初、发生额和期末"


JOURNAL_DATE = ("记账日期", "业务日期", "发生日期", "年月日")
JOURNAL_VOUCHER = ("凭证号", "凭证号码", "凭证字号", "记账凭证号", "凭单号")
JOURNAL_SUMMARY = ("业务摘要", "事由", "用途", "内容", "说明")
JOURNAL_INCOME = ("收入金额", "借方", "借方金额", "收方", "收入额", "本期收入", "存入", "收款")
JOURNAL_EXPENSE = ("支出金额", "贷方", "贷方金额", "付方", "支出额", "本期支出", "付出", "支取", "付款")
JOURNAL_BALANCE = ("结余", "结存", "余额结存", "账面余额", "本行余额", "期末余额", "结存金额")


class CashJournal(VillageLedger):
    """One line of a village's cash journal; its rows stand in the order of the book (S9-13, S9-42)."""

    entered_on = DateField("日期", aliases=JOURNAL_DATE, required=True)
    voucher_no = CodeField("凭证编号", aliases=JOURNAL_VOUCHER)
    summary = TextField(
        "摘要",
        aliases=(
            *JOURNAL_SUMMARY,
            "内容摘要",
            "摘要内容",
            "经济业务摘要",
            "业务内容",
        ),
    )
    income = MoneyField("收入", aliases=JOURNAL_INCOME)
    expense = MoneyField("支出", aliases=JOURNAL_EXPENSE)
    balance = MoneyField("余额", aliases=JOURNAL_BALANCE, required=True)

    class Sheet:
        title = "现金日记账"
        aliases = ("库存现金日记账", "现金账", "现金日记帐", "现金明细账")
        subject = "record"
        key = ("division", "entered_on", "voucher_no", "summary", "balance")
        seeds = ("S9-13", "S9-42")
        about = "村（社区）现金的逐笔收支和余额"


class BankJournal(VillageLedger):
    """One line of the journal of one bank account; its rows stand in the order of the book (S9-13)."""

    account = AccountField(
        "账号",
        aliases=("银行账号", "账户", "账户号", "银行账户", "帐号", "存款账号"),
        context=r"账号[：:\s]*(\d{6,})",
    )
    entered_on = DateField("日期", aliases=JOURNAL_DATE, required=True)
    voucher_no = CodeField("凭证编号", aliases=JOURNAL_VOUCHER)
    summary = TextField(
        "摘要",
        aliases=(
            *JOURNAL_SUMMARY,
            "内容摘要",
            "摘要内容",
            "经济业务摘要",
            "业务内容",
        ),
    )
    income = MoneyField("收入", aliases=JOURNAL_INCOME)
    expense = MoneyField("支出", aliases=JOURNAL_EXPENSE)
    balance = MoneyField("余额", aliases=JOURNAL_BALANCE, required=True)

    class Sheet:
        title = "银行日记账"
        aliases = ("银行存款日记账", "银行存款日", "银行账", "银行存款日记帐", "银行存款明细账", "银行存款")
        subject = "record"
        key = ("division", "account", "entered_on", "voucher_no", "summary", "balance")
        seeds = ("S9-13", "S9-44")
        about = "村（社区）银行账户的逐笔收支和余额"


class BankStatement(VillageLedger):
    """One line of what the bank says of an account; its rows stand in the order of the statement (S9-44).

    The bank keeps the account from its own side: what it credits (贷方) the village has received.
    """

    account = AccountField(
        "账号",
        aliases=("银行账号", "账户", "账户号", "银行账户", "帐号", "存款账号", "本方账号"),
        context=r"账号[：:\s]*(\d{6,})",
    )
    entered_on = DateField(
        "交易日期", aliases=("交易日", "交易时间", "入账日期", "记账日期", "日期", "发生日期"), required=True
    )
    number = CodeField(
        "交易流水号", aliases=("流水号", "凭证号", "凭证编号", "凭证号码", "支票号", "票据号", "结算号")
    )
    summary = TextField("摘要", aliases=("附言", "用途", "交易摘要", "备注摘要", "交易类型"))
    counterparty = TextField("对方户名", aliases=("对方名称", "对方单位", "交易对手", "对手户名", "收付款人"))
    counter_account = AccountField("对方账号", aliases=("对手账号", "对方帐号"))
    income = MoneyField(
        "贷方发生额", aliases=("贷方", "贷方金额", "收入", "收入金额", "存入", "转入", "入账金额")
    )
    expense = MoneyField(
        "借方发生额", aliases=("借方", "借方金额", "支出", "支出金额", "支取", "转出", "出账金额")
    )
    balance = MoneyField("账户余额", aliases=("余额", "结余", "账面余额", "期末余额"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "银行对账单"
        aliases = ("对账单", "银行流水", "账户交易明细", "银行交易明细", "账户明细", "银行流水账", "交易流水")
        subject = "record"
        key = ("account", "entered_on", "number", "income", "expense", "balance")
        seeds = ("S9-42", "S9-44")
        about = "银行给出的逐笔收支和余额，与银行日记账核对"

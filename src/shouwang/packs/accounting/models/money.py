"""The money's own registers: bank accounts, receipt books, receipts, month-end reports."""

from __future__ import annotations

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
from shouwang.packs.accounting.models.books import VillageLedger


class BankAccount(VillageLedger):
    """One registered bank account of a village or community (S9-44)."""

    holder = TextField("户名", aliases=("账户名称", "账户户名", "开户名称", "账户名", "帐户名称"))
    account = AccountField(
        "账号", aliases=("银行账号", "账户号", "银行账户", "帐号", "账户账号", "账户"), required=True
    )
    bank = TextField("开户行", aliases=("开户银行", "银行", "银行名称", "开户网点"), required=True)
    kind = TextField(
        "账户性质",
        aliases=("账户类型", "账户类别", "性质", "账户种类"),
        values={
            "基本户": ("基本账户", "基本存款账户", "基本"),
            "专用户": ("专用账户", "专户", "专用存款账户", "专用"),
            "一般户": ("一般账户", "一般存款账户"),
            "临时户": ("临时账户",),
        },
    )
    opened_on = DateField("开户日期", aliases=("开户时间", "开立日期", "登记日期", "启用日期"))
    closed_on = DateField("销户日期", aliases=("销户时间", "注销日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "银行账户登记"
        aliases = ("银行账户登记表", "银行账户台账", "账户登记", "银行账户清单", "账户备案")
        subject = "record"
        key = ("account",)
        seeds = ("S9-44",)
        about = "在册的银行账户"


class ReceiptBook(VillageLedger):
    """A range of allowed receipts given to a village (规定范围的收据, S9-16)."""

    kind = TextField("收据种类", aliases=("票据种类", "收据类型", "收据名称", "票据名称", "种类"))
    first_no = CodeField(
        "起号",
        aliases=(
            "起始号码",
            "起始号",
            "号码起",
            "开始号码",
            "起号码",
            "收据起号",
            "领用号码/起号",
            "号码/起",
        ),
        required=True,
    )
    last_no = CodeField(
        "止号",
        aliases=(
            "终止号码",
            "截止号码",
            "终止号",
            "截止号",
            "号码止",
            "止号码",
            "收据止号",
            "领用号码/止号",
            "号码/止",
        ),
        required=True,
    )
    drawn_on = DateField("领用日期", aliases=("领取日期", "领用时间", "领取时间", "发放日期"))
    drawn_by = NameField("领用人", aliases=("领取人",))
    returned_on = DateField("核销日期", aliases=("缴销日期", "交回日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "收据领用登记"
        aliases = ("收据领用登记表", "收据领用", "票据领用", "收据领用台账")
        subject = "record"
        key = ("division", "first_no", "last_no")
        seeds = ("S9-16", "S9-46")
        about = "领用的收据种类和起止号码"


class Receipt(VillageLedger):
    """One receipt for income and the way of the money into the account (S9-45 … S9-47)."""

    receipt_no = CodeField(
        "收据号码", aliases=("收据号", "收据编号", "票据号码", "票据号", "票号"), required=True
    )
    kind = TextField("收据种类", aliases=("票据种类", "收据类型", "收据名称", "种类"))
    received_on = DateField(
        "收款日期", aliases=("收入日期", "收款时间", "开票日期", "日期", "收据日期"), required=True
    )
    payer = TextField(
        "交款人", aliases=("缴款人", "交款单位", "付款人", "付款单位", "缴款单位", "交款单位（人）")
    )
    item = TextField("收入项目", aliases=("收款项目", "项目", "收款事由", "收入类别", "收费项目"))
    amount = MoneyField("收款金额", aliases=("收入金额", "金额", "实收金额", "收款额"), required=True)
    received_by = NameField("收款人", aliases=("经收人", "收款经办人", "经办人", "收费员"))
    deposited_on = DateField(
        "缴存日期",
        aliases=("存入日期", "缴款日期", "存款日期", "缴存时间", "入账日期", "解缴日期", "存行日期"),
    )
    deposited = MoneyField("缴存金额", aliases=("存入金额", "缴款金额", "存款金额", "解缴金额", "存行金额"))
    account_holder = TextField(
        "存入账户户名",
        aliases=(
            "存入户名",
            "户名",
            "缴存户名",
            "账户户名",
            "收款账户户名",
            "存入账户",
            "账户名称",
            "存款户名",
            "缴存账户户名",
            "存入户",
            "存款账户名称",
        ),
    )
    account = AccountField("存入账号", aliases=("账号", "缴存账号", "存入账户账号", "银行账号", "收款账号"))
    voucher_no = CodeField("凭证编号", aliases=("凭证号", "凭证号码", "记账凭证号"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "收入收据登记"
        aliases = ("收入收据登记簿", "收入登记", "收据登记", "收款登记", "收入收据台账", "收据使用登记")
        subject = "record"
        key = ("division", "receipt_no", "kind")
        seeds = ("S9-45", "S9-46", "S9-47")
        about = "每张收入收据的收款、缴存日期、金额和账户"


class MonthEndReport(VillageLedger):
    """One month-end report of a clerk to the centre (S9-22)."""

    month = MonthField(
        "报账月份",
        aliases=("月份", "所属月份", "报账期间", "报帐月份", "会计期间", "报账所属月"),
        required=True,
    )
    reported_on = DateField("报账日期", aliases=("报账时间", "报帐日期", "日期", "送达日期"))
    clerk = NameField("报账员", aliases=("报帐员", "报账人", "村报账员"))
    documents = IntegerField("单据张数", aliases=("单据数", "凭证张数", "票据张数", "报账单据张数", "张数"))
    returned = IntegerField("退回单据张数", aliases=("退回张数", "退单张数"), seeds=("S9-60",))
    accountant = NameField(
        "记账会计",
        aliases=(
            "会计",
            "记帐会计",
            "接收人",
            "审核会计",
            "记账人",
            "记账人员",
            "中心记账会计",
            "会计人员",
            "受理会计",
        ),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "月末报账登记"
        aliases = ("月末报账登记表", "报账登记", "月报账", "报账台账", "月末报帐", "报账记录")
        subject = "division"
        key = ("division", "month")
        seeds = ("S9-22", "S9-60")
        about = "每村每月的报账日期、报账员和单据张数"

"""Who is insured, on what base, and what was paid for it (S10-15, S10-29, S10-34 – S10-38)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)
from shouwang.packs.insurance.models import columns

#: How a person is insured. A unit pays for 单位职工 only (S10-29).
IDENTITIES = {
    "单位职工": (
        "职工",
        "企业职工",
        "在职职工",
        "城镇职工",
        "单位参保",
        "单位",
        "职工参保",
        "单位参保人员",
        "企业在职",
        "在职",
        "机关事业",
        "机关事业单位职工",
        "企业",
    ),
    "灵活就业": (
        "灵活就业人员",
        "灵活",
        "个人",
        "个人参保",
        "个人缴费",
        "个人身份",
        "个体",
        "个体劳动者",
        "个体灵活就业",
        "自由职业者",
        "自由职业",
        "无雇工个体工商户",
    ),
    "城乡居民": (
        "居民",
        "城镇居民",
        "农村居民",
        "居民参保",
        "城乡居民养老",
        "居民养老",
        "新农保",
        "城居保",
        "居民医保",
        "城乡居民医保",
    ),
}


class Participation(Ledger):
    """One line per person and unit in the one register of five insurances."""

    member_no = CodeField("个人编号", aliases=columns.MEMBER_NO)
    name = NameField("姓名", aliases=columns.NAME)
    sex = TextField("性别", aliases=columns.SEX, values=columns.SEXES)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    unit = TextField("单位名称", aliases=columns.UNIT)
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    identity = TextField(
        "参保身份", aliases=("缴费类型", "参保类型", "人员类别", "参保类别"), values=IDENTITIES
    )
    kinds = TextField(
        "参保险种", aliases=("险种", "参加险种", "已参保险种"), example="养老、医疗、失业、工伤、生育"
    )
    pension = YesNoField("养老保险", aliases=("养老", "参保险种/养老", "基本养老保险", "是否参加养老保险"))
    unemployment = YesNoField("失业保险", aliases=("失业", "参保险种/失业", "是否参加失业保险"))
    medical = YesNoField("医疗保险", aliases=("医疗", "参保险种/医疗", "基本医疗保险", "是否参加医疗保险"))
    work_injury = YesNoField("工伤保险", aliases=("工伤", "参保险种/工伤", "是否参加工伤保险"))
    maternity = YesNoField("生育保险", aliases=("生育", "参保险种/生育", "是否参加生育保险"))
    registered_on = DateField(
        "参保日期", aliases=("登记日期", "参保登记日期", "首次参保日期", "参保时间", "增员日期")
    )
    stopped_on = DateField("停保日期", aliases=("减员日期", "终止日期", "停保时间", "退保日期"))
    status = TextField(
        "参保状态",
        aliases=("状态", "缴费状态"),
        values={
            "正常": ("参保", "正常参保", "参保缴费", "在保"),
            "停保": ("暂停", "中断", "停缴", "暂停缴费"),
            "终止": ("注销", "死亡", "退保", "终止参保"),
        },
    )
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "参保登记台账"
        aliases = ("五险参保登记", "参保人员名册", "参保登记表", "参保人员登记", "社会保险登记", "参保花名册")
        subject = "person"
        key = ("person", "unit", "registered_on")
        bodies = ("unit",)
        seeds = ("S10-15", "S10-34")
        about = "一人一单位一行，五个险种在同一本登记中"


class InsuredUnit(Ledger):
    """One line per insured unit."""

    unit_no = CodeField("单位编号", aliases=columns.UNIT_NO)
    unit = TextField("单位名称", aliases=columns.UNIT, required=True)
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    registered_on = DateField("参保登记日期", aliases=("登记日期", "参保日期", "开户日期"))
    kinds = TextField("参保险种", aliases=("险种", "参加险种"))
    employees = IntegerField(
        "职工人数", aliases=("在职职工人数", "在册职工人数", "从业人数", "用工人数", "实有职工人数")
    )
    insured = IntegerField(
        "参保人数", aliases=("已参保人数", "申报参保人数", "参保职工人数", "在保人数"), seeds=("S10-29",)
    )
    contact = NameField("经办人", aliases=("联系人", "社保专管员", "单位经办人", "劳资员"))
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    status = TextField(
        "参保状态",
        aliases=("状态", "单位状态"),
        values={"正常": ("在保", "参保"), "注销": ("终止", "退出", "已注销"), "停保": ("暂停",)},
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "参保单位台账"
        aliases = ("参保单位名册", "参保单位登记", "缴费单位名册", "参保单位花名册")
        subject = "organisation"
        key = ("unit", "credit_code")
        bodies = ("unit",)
        seeds = ("S10-02", "S10-29", "S10-34")
        about = "一单位一行：职工人数与参保人数"


class UnitCollection(Ledger):
    """What one unit declared, owed and paid in one month (unified declaration to settlement)."""

    unit_no = CodeField("单位编号", aliases=columns.UNIT_NO)
    unit = TextField("单位名称", aliases=columns.UNIT, required=True)
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    month = MonthField(
        "费款所属期",
        aliases=("所属期", "申报月份", "缴费月份", "征缴月份", "所属月份", "月份", "缴费年月"),
        required=True,
        context="month",
    )
    kind = TextField("险种", aliases=("保险种类", "险种名称", "险种类型"), values=columns.INSURANCES)
    declared_number = IntegerField(
        "申报人数",
        aliases=("申报参保人数", "参保人数", "缴费人数", "申报缴费人数"),
        seeds=("S10-29", "S10-43"),
    )
    declared_base = MoneyField(
        "申报缴费基数",
        aliases=("缴费基数合计", "缴费基数总额", "申报基数", "基数合计", "缴费基数"),
        seeds=("S10-29", "S10-44"),
    )
    due = MoneyField(
        "应缴金额",
        aliases=("应收金额", "应缴", "应收", "应征金额", "核定金额", "应缴费额", "应缴社保费", "应征额"),
    )
    collected = MoneyField(
        "实缴金额",
        aliases=("实收金额", "实缴", "实收", "到账金额", "征收金额", "实缴费额", "已缴金额", "入库金额"),
    )
    declared_on = DateField("申报日期", aliases=("申报时间",), seeds=("S10-35",))
    assessed_on = DateField("核定日期", aliases=("核定时间",), seeds=("S10-36",))
    due_on = DateField("缴费期限", aliases=("缴费截止日期", "缴费截止日", "应缴日期", "最迟缴费日期"))
    collected_on = DateField(
        "到账日期", aliases=("缴费日期", "实缴日期", "入库日期", "征缴日期"), seeds=("S10-37",)
    )
    settled_on = DateField("结算日期", aliases=("结算时间",), seeds=("S10-38",))
    note = TextField("备注", aliases=(*columns.NOTE, "欠费原因"))

    class Sheet:
        title = "单位申报征缴台账"
        aliases = ("征缴台账", "社会保险费征缴明细", "申报征缴", "社保费征缴", "欠费清单", "征收台账")
        subject = "organisation"
        key = ("unit", "month", "kind")
        bodies = ("unit",)
        seeds = ("S10-29", "S10-35", "S10-36", "S10-37", "S10-38", "S10-73", "S10-82")
        about = "一单位一月一行：申报、核定、应缴与实缴"


class Contribution(Ledger):
    """What was paid for one person in one month by one unit (or by the person alone)."""

    unit = TextField(
        "单位名称",
        aliases=(
            *columns.UNIT,
            "用工单位名称",
            "单位全称",
            "用人单位全称",
        ),
        context="organisation",
    )
    unit_no = CodeField("单位编号", aliases=columns.UNIT_NO)
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    member_no = CodeField("个人编号", aliases=columns.MEMBER_NO)
    name = NameField("姓名", aliases=columns.NAME)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    month = MonthField(
        "费款所属期",
        aliases=(
            "缴费年月",
            "缴费月份",
            "所属期",
            "费款所属月份",
            "所属月份",
            "缴费所属期",
            "月份",
            "年月",
            "对应费款所属期",
            "缴费期",
            "缴费时间",
        ),
        required=True,
        context="month",
    )
    kind = TextField("险种", aliases=("保险种类", "险种名称", "险种类型"), values=columns.INSURANCES)
    base = MoneyField(
        "缴费基数",
        aliases=(
            "缴费工资",
            "基数",
            "月缴费基数",
            "缴费工资基数",
            "个人缴费基数",
            "月缴费工资",
            "社保基数",
            "申报基数",
        ),
        required=True,
    )
    unit_pension = MoneyField("单位缴纳/养老", aliases=columns.share("单位", "养老"))
    unit_medical = MoneyField("单位缴纳/医疗", aliases=columns.share("单位", "医疗"))
    unit_unemployment = MoneyField("单位缴纳/失业", aliases=columns.share("单位", "失业"))
    unit_injury = MoneyField("单位缴纳/工伤", aliases=(*columns.share("单位", "工伤"), "工伤保险", "工伤"))
    unit_maternity = MoneyField("单位缴纳/生育", aliases=(*columns.share("单位", "生育"), "生育保险", "生育"))
    unit_amount = MoneyField(
        "单位缴纳",
        aliases=(
            "单位缴费",
            "单位缴费金额",
            "单位应缴",
            "单位缴纳金额",
            "单位部分",
            "单位缴纳/小计",
            "单位合计",
        ),
    )
    own_pension = MoneyField("个人缴纳/养老", aliases=columns.share("个人", "养老"))
    own_medical = MoneyField("个人缴纳/医疗", aliases=columns.share("个人", "医疗"))
    own_unemployment = MoneyField("个人缴纳/失业", aliases=columns.share("个人", "失业"))
    own_amount = MoneyField(
        "个人缴纳",
        aliases=(
            "个人缴费",
            "个人缴费金额",
            "个人应缴",
            "个人缴纳金额",
            "个人部分",
            "个人缴纳/小计",
            "个人合计",
        ),
    )
    total = MoneyField(
        "合计",
        aliases=(
            "缴费合计",
            "合计金额",
            "缴费金额",
            "缴费总额",
            "金额合计",
            "总计",
            "金额",
            "缴费额",
            "合计缴费",
            "应缴总额",
            "合计应缴",
            "缴费合计金额",
        ),
    )
    due = MoneyField(
        "应缴金额", aliases=("应缴", "应缴费额", "应缴合计", "应收金额", "应缴费金额", "核定金额")
    )
    paid = MoneyField(
        "实缴金额", aliases=("实缴", "实缴费额", "实缴合计", "实收金额", "到账金额", "实缴费金额", "已缴金额")
    )
    paid_on = DateField("缴费日期", aliases=("到账日期", "实缴日期", "缴款日期", "入库日期"))
    identity = TextField(
        "参保身份",
        aliases=(
            "缴费类型",
            "参保类型",
            "人员类别",
            "缴费人员类别",
            "参保类别",
            "缴费身份",
            "人员身份",
            "参保方式",
            "参保人员类别",
            "参保身份类别",
            "参保人员类型",
        ),
        values=IDENTITIES,
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "参保缴费明细"
        aliases = (
            "社会保险参保缴费明细表",
            "社保缴费明细",
            "缴费明细",
            "职工缴费明细",
            "五险缴费明细",
            "社会保险缴费清单",
            "缴费台账",
            "季度缴费",
            "社会保险费缴纳明细",
            "社保缴费台账",
            "社会保险缴费台账",
            "社保缴纳明细",
            "社会保险费缴费",
            "职工社会保险缴费",
        )
        subject = "person"
        key = ("person", "unit", "month", "kind")
        seeds = ("S10-15", "S10-29")
        about = "一人一单位一月一行：基数与单位、个人各险种缴费"

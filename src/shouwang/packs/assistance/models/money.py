"""The money: standards, payments, the dedicated fund, donations, economic figures.

Seeds: S2-11 … S2-14, S2-22, S2-48 … S2-52, S2-58, S2-59.
"""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Spread, Through
from shouwang.ledger.fields import (
    AccountField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    PercentField,
    PersonField,
    TextField,
)
from shouwang.packs.assistance.models import columns
from shouwang.packs.assistance.models.columns import words


class Payment(Ledger):
    """Monthly payments to households. A sheet may hold a month, a year, or months spread over columns."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE, required=True, example="DB0001")
    name = NameField(
        "户主姓名",
        aliases=(
            *columns.HEAD,
            *columns.NAME,
            *words("领取人 领取人姓名 领款人 领款人姓名 姓名 开户人 开户名 账户名"),
        ),
    )
    person = PersonField("身份证号", aliases=(*columns.PERSON, *columns.HEAD_PERSON))
    category = TextField(
        "保障类别", aliases=("对象类别", "低保类别", "类别"), values=columns.CATEGORIES, max_length=100
    )
    persons = IntegerField(
        "保障人数",
        aliases=words(
            "保障人口 保障人口数 低保人数 享受人数 享受人口 救助人数 在保人数 人数 发放人数 "
            "家庭人口 低保人口 享受低保人数"
        ),
        unit="人",
    )
    month = MonthField(
        "发放月份",
        aliases=words(
            "所属月份 月份 发放年月 所属年月 所属期 发放所属月份 低保金月份 保障月份 年月 "
            "发放期 应发月份 救助月份 发放期间 费款所属期 低保金所属月份 资金所属月份 待遇月份"
        ),
        required=True,
        context="month",
    )
    due = MoneyField(
        "应发金额",
        aliases=words(
            "应发 应发低保金 应发额 应发数 应发金 月应发金额 应发保障金 应发合计 应发低保金额 "
            "应发总额 月补差金额 补差金额 核定金额 应补金额 应享受金额 应拨金额 应发资金 "
            "应领金额"
            " 应发放金额 应发放数 应付金额 应付低保金 应发补助 核发金额 核发数"
        ),
        seeds=("S2-14",),
    )
    paid = MoneyField(
        "实发金额",
        aliases=words(
            "实发 发放金额 实发低保金 实发额 实发数 实发金 实际发放金额 实际发放 实发合计 "
            "实发总额 发放额 发放低保金 实发低保金额 实领金额 实付金额 到账金额 已发金额 "
            "发放数 实发资金 实拨金额 打卡金额 实际发放额 低保金额 保障金额 补差 实发保障金 "
            "领取金额 金额 发放资金"
            " 实际发放数 已发放金额 实付低保金"
        ),
        seeds=("S2-14", "S2-57"),
    )
    kind = TextField(
        "发放类型",
        aliases=words("类型 发放类别 发放性质 发放方式 发放种类 款项类型 资金类型 业务类型 款项性质"),
        values={
            "正常": words(
                "正常发放 常规 常规发放 当月 当月发放 月发 按月 按月发放 正常保障 月度发放 发放 在保 正常月发"
            ),
            "补发": words("补发放 补发金 补足 补发差额 补差 补发补差 补 补发低保金 追补"),
            "追回": words("退回 退款 扣回 收回 追缴 扣减 冲减 冲销 退还 扣发 核减"),
            "一次性": words(
                "一次性补贴 临时补贴 物价补贴 价格补贴 节日补贴 节日慰问 慰问金 春节补助 "
                "一次性补助 临时救助 电费补贴 取暖补贴 一次性增发"
            ),
        },
        max_length=50,
    )
    due_on = DateField(
        "应发日期", aliases=("应发放日期", "规定发放日期", "应付日期", "最迟发放日期"), seeds=("S2-14",)
    )
    paid_on = DateField(
        "发放日期",
        aliases=words(
            "发放时间 实发日期 实际发放日期 到账日期 到账时间 打卡日期 拨付日期 支付日期 "
            "划款日期 入账日期 社会化发放日期 发放日 代发日期 拨付时间 实发时间 领取日期 "
            "付款日期 转账日期"
        ),
        seeds=("S2-14", "S2-55"),
    )
    account = AccountField(
        "银行账号",
        aliases=words("账号 银行卡号 开户账号 银行帐号 帐号 卡号 存折账号 低保卡号 一卡通账号 一卡通号"),
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保金发放表"
        aliases = words(
            "低保资金发放 低保金发放花名册 低保金发放 低保发放表 低保金发放明细 "
            "城市低保金发放表 低保金发放台账 低保发放 最低生活保障金发放表 最低生活保障金发放 "
            "低保资金发放表 低保金支付 保障金发放 低保资金社会化发放"
            " 低保救助金发放 低保金打卡发放 低保金发放清册 救助金发放 社会化发放"
        )
        subject = "household"
        key = ("certificate", "month", "kind", "paid_on", "paid")
        through = (Through("certificate", "assistance.recipient", shared=True),)
        spread = Spread(over="month", value="paid")
        seeds = ("S2-14", "S2-30")
        about = "每户每月的应发、实发与发放日期"


class Standard(Ledger):
    """The local standard (最低生活保障线标准) with the authorities that set it and what it rests on."""

    area = TextField("适用地区", aliases=words("地区 区域 执行地区 适用范围 行政区 行政区划"), required=True)
    amount = MoneyField(
        "保障标准",
        aliases=words(
            "低保标准 月标准 标准 最低生活保障标准 保障线 最低生活保障线标准 每人每月标准 标准金额"
        ),
        unit="元/人·月",
        required=True,
    )
    from_on = DateField(
        "执行日期",
        aliases=words("起始日期 施行日期 执行时间 实施日期 生效日期 起执行日期 执行起始日期"),
        required=True,
    )
    until_on = DateField("终止日期", aliases=("截止日期", "失效日期", "废止日期"))
    document = TextField(
        "文号", aliases=("发文文号", "文件号", "文件名称", "标准文件", "政策文件"), max_length=200
    )
    government = TextField(
        "责任政府",
        aliases=words("实施责任政府 责任主体 地方人民政府 实施政府 负责政府 实施主体 责任机关"),
        max_length=200,
        note="在当地负责实施低保的地方人民政府",
        seeds=("S2-02",),
    )
    authorities = TextField(
        "发布机关",
        aliases=words("制定机关 发文机关 联合发布机关 发布部门 颁布单位 发文单位 公布机关"),
        note="有几个机关联合发布时用、隔开",
        seeds=("S2-22",),
    )
    basis = TextField(
        "标准依据",
        aliases=("测算依据", "制定依据", "核定依据", "依据"),
        note="维持基本生活所必需的商品和劳务的最低费用及其测算",
        seeds=("S2-12",),
    )
    living_cost = MoneyField(
        "实际基本生活需要",
        aliases=words(
            "基本生活费用支出 最低生活费用 实际生活需要 基本生活费用 最低生活需要 必需品费用 "
            "实际生活费用 维持基本生活费用"
        ),
        unit="元/人·月",
        seeds=("S2-12", "S2-52"),
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "最低生活保障标准登记表"
        aliases = words("低保标准登记 低保标准一览 保障标准登记 低保标准台账 历年低保标准 低保标准表")
        subject = "division"
        key = ("area", "from_on")
        seeds = ("S2-11", "S2-12", "S2-22")
        about = "各地历次低保标准、执行日期、发布机关与测算依据"


class EconomicIndicator(Ledger):
    """Economic figures of an area and year against which the standard is held."""

    area = TextField("地区", aliases=("适用地区", "区域", "行政区", "行政区划"), required=True)
    year = IntegerField("年度", aliases=("年份", "统计年度", "所属年度"), required=True, context="year")
    income_growth = PercentField(
        "居民人均可支配收入增长率",
        aliases=words("可支配收入增长率 人均可支配收入增幅 居民收入增长率 可支配收入增幅 收入增长率"),
    )
    price_growth = PercentField(
        "居民消费价格涨幅",
        aliases=words("CPI涨幅 物价涨幅 消费价格涨幅 价格指数涨幅 CPI 物价涨跌幅"),
    )
    gdp_growth = PercentField(
        "地区生产总值增长率",
        aliases=("GDP增长率", "生产总值增长率", "经济增长率", "GDP增速", "地区生产总值增速"),
    )
    living_cost = MoneyField(
        "人均月基本生活支出",
        aliases=("基本生活支出", "人均基本生活费用", "人均月消费支出", "月最低生活费用"),
        unit="元/人·月",
    )
    source = TextField("数据来源", aliases=("来源", "资料来源"), max_length=300)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "经济社会指标登记表"
        aliases = ("经济指标登记", "社会经济指标", "经济发展指标", "经济社会发展指标")
        subject = "division"
        key = ("area", "year")
        seeds = ("S2-51", "S2-52", "S2-54")
        about = "用来衡量保障标准是否跟上社会经济发展的指标"


class FundEntry(Ledger):
    """The ledger of the dedicated fund: what came in from where, what went out for what."""

    entry_no = CodeField("凭证号", aliases=("凭证编号", "单据号", "编号", "票据号", "记账凭证号"))
    on = DateField(
        "日期",
        aliases=words("记账日期 发生日期 业务日期 收支日期 到账日期 支付日期 收付日期"),
        required=True,
    )
    kind = TextField(
        "收支项目",
        aliases=words("资金类别 款项类别 收支类别 项目 款项性质 科目 资金性质 收支种类 来源或用途"),
        values={
            "财政预算": words(
                "本级财政预算 本级财政 预算安排 财政拨款 预算拨款 地方财政 地方财政预算 "
                "区级财政 县级财政 市级财政 本级预算 财政预算安排 年初预算"
            ),
            "上级拨款": words(
                "上级补助 上级财政 上级转移支付 转移支付 中央补助 省级补助 中央财政 省级财政 "
                "上级资金 上级专项"
            ),
            "社会捐赠": words("捐赠 捐款 捐赠收入 捐助 社会捐款 接收捐赠"),
            "其他收入": words("利息 利息收入 存款利息 追回款 退回款 收回多发"),
            "低保金支出": words(
                "发放低保金 低保金发放 低保支出 发放支出 低保金 保障金支出 发放 低保发放 "
                "保障金发放 支付低保金"
            ),
            "其他支出": ("其他",),
        },
        required=True,
        max_length=100,
        seeds=("S2-13", "S2-48"),
    )
    income = MoneyField("收入金额", aliases=words("收入 收入额 拨入金额 贷方金额 借方收入 入账金额 收方"))
    expense = MoneyField("支出金额", aliases=("支出", "支出额", "拨出金额", "付出金额", "付方"))
    balance = MoneyField("结余", aliases=("余额", "结余金额", "账面余额", "资金结余"))
    month = MonthField("所属月份", aliases=("资金所属月份", "用于月份", "月份"))
    expected_on = DateField(
        "应到账日期",
        aliases=words("应拨日期 计划到账日期 应拨付日期 约定拨付日期 应到日期 计划拨付日期"),
        seeds=("S2-59",),
    )
    counterparty = TextField(
        "收付款单位",
        aliases=words("对方单位 来款单位 收款单位 付款单位 拨款单位 对方户名"),
        max_length=200,
    )
    purpose = TextField("用途说明", aliases=("摘要", "用途", "内容", "事由"), seeds=("S2-48",))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保资金收支台账"
        aliases = words(
            "低保资金台账 低保专户 低保资金专户 低保资金收支 低保专项资金 低保资金明细账 "
            "最低生活保障资金台账 低保基金台账 低保资金账"
        )
        subject = "record"
        key = ("entry_no", "on", "kind", "income", "expense")
        seeds = ("S2-03", "S2-13", "S2-48", "S2-50", "S2-59")
        about = "低保专项资金的预算、拨款、捐赠、发放和结余"


class FundForecast(Ledger):
    """What is expected to come in and to be paid in the months ahead."""

    month = MonthField("月份", aliases=("预计月份", "所属月份", "年月"), required=True)
    expected_income = MoneyField(
        "预计收入", aliases=("预计到账", "预计拨入", "计划拨入", "预计资金来源", "预计拨款")
    )
    expected_payment = MoneyField(
        "预计支出", aliases=words("预计发放 计划发放 应发总额 预计应发 预计低保金支出"), required=True
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保资金收支预测表"
        aliases = ("低保资金计划", "低保资金预测", "低保用款计划", "资金需求预测")
        subject = "record"
        key = ("division", "month")
        seeds = ("S2-58",)
        about = "今后各月预计到账与应发的低保资金"


class Donation(Ledger):
    """Money given for dibao recipients, and whether all of it entered the fund."""

    donation_no = CodeField(
        "捐赠编号", aliases=("捐赠票据号", "票据号", "收据号", "编号", "捐赠收据号"), required=True
    )
    donated_on = DateField("捐赠日期", aliases=("捐款日期", "捐赠时间", "收款日期", "日期"), required=True)
    donor = NameField("捐赠人", aliases=words("捐赠单位 捐款人 捐赠者 捐赠单位或个人 捐款单位 捐赠方"))
    donor_kind = TextField(
        "捐赠人类别",
        aliases=("捐赠类别", "捐赠人性质", "类别"),
        values={
            "组织": ("单位", "企业", "社会组织", "机构", "团体"),
            "个人": ("居民", "个体", "自然人"),
        },
        max_length=50,
        seeds=("S2-04",),
    )
    amount = MoneyField("捐赠金额", aliases=("捐款金额", "金额", "捐款额", "捐赠额"), required=True)
    entered = MoneyField(
        "纳入低保资金金额",
        aliases=words("入账金额 纳入金额 转入低保资金金额 缴存金额 缴入专户金额 上缴金额 转入专户金额"),
        seeds=("S2-49",),
    )
    entered_on = DateField(
        "入账日期", aliases=("纳入日期", "转入日期", "缴存日期", "上缴日期", "转入专户日期")
    )
    handler = NameField("经办人", aliases=columns.HANDLER)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保捐赠登记表"
        aliases = words("捐赠登记 捐赠台账 社会捐赠登记 捐助登记 捐款登记表 低保捐赠台账")
        subject = "record"
        key = ("donation_no",)
        seeds = ("S2-04", "S2-49")
        about = "为低保对象的捐赠及其纳入低保资金的情况"

"""Compliance audit, second review, complaints, and supervision of designated providers.

S10-30, S10-31, S10-43 – S10-47, S10-57 – S10-60, S10-74, S10-76, S10-77, S10-88.
"""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    NumberField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)
from shouwang.packs.insurance.models import columns


class BenefitPayment(Ledger):
    """One payment of a benefit with the procedure documents that were reviewed."""

    payment_no = CodeField("支付单号", aliases=("支付编号", "拨付单号", "业务单号", "流水号", "支付流水号"))
    kind = TextField("险种", aliases=("保险种类", "险种名称", "险种类型"), values=columns.INSURANCES)
    benefit = TextField("待遇项目", aliases=("待遇类别", "支付项目", "待遇名称", "待遇类型"))
    name = NameField("姓名", aliases=(*columns.NAME, "领取人", "受益人", "待遇领取人"))
    person = PersonField("身份证号", aliases=columns.PERSON)
    amount = MoneyField(
        "支付金额", aliases=("金额", "待遇金额", "拨付金额", "发放金额", "实付金额"), required=True
    )
    paid_on = DateField("支付日期", aliases=("拨付日期", "发放日期", "支付时间"))
    documents = TextField(
        "支付手续材料",
        aliases=("支付手续", "审核材料", "手续材料", "支付凭据", "复核材料", "所审材料"),
        seeds=("S10-30",),
    )
    handler = NameField("经办人", aliases=("初审人", "录入人", "审核人", "经办人员"))
    handled_on = DateField("经办日期", aliases=("初审日期", "审核日期", "录入日期"))
    reviewer = NameField(
        "复核人", aliases=("稽核复核人", "复审人", "二次复核人", "复核人员"), seeds=("S10-45", "S10-46")
    )
    reviewed_on = DateField(
        "复核日期", aliases=("复审日期", "稽核复核日期", "复核时间"), seeds=("S10-45", "S10-46")
    )
    problem = TextField("复核发现问题", aliases=("发现问题", "复核意见", "存在问题", "问题"))
    broken_rule = TextField("违反规定", aliases=("违反条款", "违规条款", "违反的规定"), seeds=("S10-88",))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "待遇支付台账"
        aliases = ("社会保险待遇支付", "待遇支付复核", "待遇支付明细", "待遇拨付台账", "保险待遇支付")
        subject = "person"
        key = ("payment_no", "person", "benefit", "paid_on")
        seeds = ("S10-30", "S10-45", "S10-46", "S10-88")
        about = "一笔待遇支付一行：审过的手续材料、经办、复核"


class Audit(Ledger):
    """One compliance audit (稽核) of a unit's contributions or of a benefit drawn."""

    audit_no = CodeField("稽核编号", aliases=("稽核文书号", "稽核号", "编号", "稽核通知书号"))
    audited_on = DateField("稽核日期", aliases=("稽核时间", "检查日期", "实施日期", "日期"), required=True)
    scope = TextField(
        "稽核内容",
        aliases=("稽核类别", "稽核类型", "稽核项目", "稽核范围"),
        values={
            "缴费": (
                "缴费情况",
                "缴费稽核",
                "参保缴费",
                "缴费基数",
                "参保人数",
                "征缴稽核",
                "参保人数和缴费基数",
            ),
            "待遇": ("待遇领取", "待遇稽核", "领取待遇情况", "待遇支付", "支付稽核", "养老金领取"),
        },
        seeds=("S10-74",),
    )
    unit = TextField("单位名称", aliases=(*columns.UNIT, "被稽核单位", "稽核对象", "被稽核对象"))
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    name = NameField("姓名", aliases=("被稽核人", "待遇领取人"))
    person = PersonField("身份证号", aliases=columns.PERSON)
    declared_number = IntegerField(
        "申报参保人数", aliases=("申报人数", "参保人数", "申报缴费人数"), seeds=("S10-43",)
    )
    verified_number = IntegerField(
        "核实参保人数",
        aliases=("核实人数", "应参保人数", "稽核人数", "实有人数", "核定人数"),
        seeds=("S10-43",),
    )
    declared_base = MoneyField("申报缴费基数", aliases=("申报基数", "缴费基数"), seeds=("S10-44",))
    verified_base = MoneyField(
        "核实缴费基数", aliases=("核实基数", "应缴费基数", "稽核基数", "核定基数"), seeds=("S10-44",)
    )
    problems = IntegerField("发现问题数", aliases=("问题数", "问题个数", "查出问题数"), seeds=("S10-60",))
    problem = TextField("发现问题", aliases=("存在问题", "稽核结果", "问题描述", "稽核发现"))
    broken_rule = TextField("违反规定", aliases=("违反条款", "违规条款", "违反的规定"), seeds=("S10-88",))
    amount = MoneyField(
        "应补缴金额", aliases=("应追回金额", "涉及金额", "应补金额", "查出金额", "补缴金额", "违规金额")
    )
    recovered = MoneyField(
        "已补缴金额", aliases=("已追回金额", "追回金额", "已补金额", "实际补缴金额", "到账金额")
    )
    auditor = NameField("稽核人", aliases=("稽核人员", "稽核员", "主稽核人"))
    closed_on = DateField("整改日期", aliases=("办结日期", "结案日期", "整改完成日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社会保险稽核台账"
        aliases = ("稽核台账", "稽核记录", "稽核登记表", "社保稽核", "稽核审计台账")
        subject = "organisation"
        key = ("audit_no", "audited_on", "unit", "person")
        bodies = ("unit",)
        seeds = ("S10-43", "S10-44", "S10-60", "S10-74", "S10-85", "S10-88")
        about = "一次稽核一行：申报与核实的人数、基数，问题与追缴"


class Complaint(Ledger):
    """A complaint or report of a violation in fund payment, from receipt to outcome."""

    complaint_no = CodeField("受理编号", aliases=("编号", "举报编号", "投诉编号", "登记编号", "案件编号"))
    received_on = DateField(
        "收到日期",
        aliases=("登记日期", "投诉日期", "举报日期", "接收日期", "来访日期", "收件日期", "日期"),
        required=True,
    )
    kind = TextField(
        "类别",
        aliases=("投诉举报类别", "类型", "性质"),
        values={"投诉": ("投诉件",), "举报": ("举报件", "检举")},
    )
    name = NameField("投诉举报人", aliases=("举报人", "投诉人", "来访人", "反映人"), seeds=("S10-13",))
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    accused = TextField(
        "被举报对象", aliases=("被投诉对象", "被举报单位", "被投诉单位", "被举报人", "反映对象", "被反映对象")
    )
    content = TextField("反映内容", aliases=("投诉内容", "举报内容", "主要内容", "反映问题", "内容"))
    accepted_on = DateField("受理日期", aliases=("受理时间", "立案日期"))
    investigated_on = DateField("调查日期", aliases=("调查时间", "核查日期", "调查核实日期"))
    findings = TextField("调查情况", aliases=("调查结果", "核查情况", "调查核实情况"))
    broken_rule = TextField("违反规定", aliases=("违反条款", "违规条款", "违反的规定"), seeds=("S10-88",))
    outcome = TextField("处理结果", aliases=("处理意见", "处理情况", "办理结果"))
    handled_on = DateField("办结日期", aliases=("处理日期", "结案日期", "处理时间", "办结时间"))
    handler = NameField("经办人", aliases=("承办人", "调查人", "处理人", "责任人"))
    amount = MoneyField("涉及金额", aliases=("违规金额", "追回金额", "金额"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社保基金投诉举报台账"
        aliases = ("投诉举报台账", "投诉举报登记", "基金违规举报", "社保举报登记簿", "投诉、举报登记")
        subject = "record"
        key = ("complaint_no", "received_on", "accused")
        seeds = ("S10-13", "S10-31", "S10-47", "S10-88")
        about = "一件投诉或举报一行：受理、调查、处理"


class Provider(Ledger):
    """One designated hospital or pharmacy (两定点)."""

    provider_no = CodeField("机构编号", aliases=columns.PROVIDER_NO)
    provider = TextField(
        "机构名称", aliases=(*columns.PROVIDER, "名称", "药店名称", "医院名称"), required=True
    )
    credit_code = CodeField("统一社会信用代码", aliases=columns.CREDIT_CODE)
    kind = TextField(
        "机构类别",
        aliases=("类别", "机构类型", "定点类别", "类型", "定点类型"),
        values={
            "医院": (
                "定点医院",
                "医疗机构",
                "定点医疗机构",
                "定点医院/医疗机构",
                "卫生院",
                "社区卫生服务中心",
            ),
            "药店": ("定点药店", "定点零售药店", "零售药店", "药房"),
        },
    )
    level = TextField("医院等级", aliases=("等级", "医疗机构等级", "级别"))
    grade = TextField(
        "监管等级",
        aliases=("信用等级", "分级", "监管级别", "定点等级", "评定等级", "监管分级"),
        seeds=("S10-77",),
    )
    city = TextField("城市", aliases=("所在城市", "所在地", "统筹区"))
    address = TextField("地址", aliases=("机构地址", "详细地址", "所在地址"))
    agreed_on = DateField(
        "协议起始日期", aliases=("协议生效日期", "签约日期", "定点起始日期", "协议开始日期")
    )
    agreed_until = DateField("协议终止日期", aliases=("协议截止日期", "协议到期日期", "定点截止日期"))
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "两定点机构名册"
        aliases = (
            "定点医药机构名册",
            "定点医疗机构名单",
            "定点药店名单",
            "两定点名单",
            "两定机构台账",
            "定点机构名单",
        )
        subject = "organisation"
        key = ("provider", "provider_no")
        bodies = ("provider",)
        seeds = ("S10-12", "S10-59", "S10-77")
        about = "一家定点医院或药店一行"


class ProviderEvaluation(Ledger):
    """One evaluation of a designated provider by a system of indicators."""

    provider = TextField(
        "机构名称", aliases=(*columns.PROVIDER, "名称", "被评机构", "被评价机构"), required=True
    )
    provider_no = CodeField("机构编号", aliases=columns.PROVIDER_NO)
    year = IntegerField("年度", aliases=("评价年度", "考核年度", "年份"), context="year")
    evaluated_on = DateField("评价日期", aliases=("考核日期", "评价时间", "考核时间", "评定日期"))
    indicator_system = TextField(
        "评价指标体系",
        aliases=("指标体系", "评价指标", "考核指标", "考核办法", "评价办法", "评分标准"),
        seeds=("S10-59",),
    )
    score = NumberField("得分", aliases=("评价得分", "考核得分", "分数", "总分"))
    grade = TextField("评定等级", aliases=("等级", "监管等级", "考核等级", "评价等级"), seeds=("S10-77",))
    evaluator = TextField("评价单位", aliases=("考核单位", "评价人", "考核人", "评价科室"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "两定点机构评价台账"
        aliases = ("定点机构考核", "两定点评价", "定点医药机构考核", "定点机构评价记录", "两定机构考核")
        subject = "organisation"
        key = ("provider", "year", "evaluated_on")
        bodies = ("provider",)
        seeds = ("S10-12", "S10-59", "S10-77")
        about = "一家机构一次评价一行"


class SupervisionPlan(Ledger):
    """A written plan of medical insurance supervision with its indicators and methods."""

    year = IntegerField("年度", aliases=("计划年度", "年份"), context="year")
    title = TextField("计划名称", aliases=("方案名称", "监管计划", "监管方案", "名称"), required=True)
    document_no = CodeField("文号", aliases=("计划文号", "文件编号", "发文字号"))
    indicators = TextField(
        "监管指标", aliases=("指标", "评价指标", "监督评价指标", "考核指标"), seeds=("S10-58",)
    )
    method = TextField("监管方法", aliases=("方法", "监管方式", "监管手段", "检查方法"), seeds=("S10-58",))
    planned = IntegerField("计划检查数", aliases=("计划检查家数", "计划检查次数", "计划抽查数", "计划数"))
    approved_on = DateField("批准日期", aliases=("印发日期", "制定日期", "审批日期", "发布日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "医保监管计划"
        aliases = ("医疗保险监管计划", "监管工作计划", "医保监管方案", "两定点监管计划")
        subject = "record"
        key = ("year", "title")
        seeds = ("S10-58",)
        about = "一个监管计划一行：指标与方法"


class Supervision(Ledger):
    """One supervision of a designated provider: by sample, by grade, on the net or on the spot."""

    supervision_no = CodeField("监管编号", aliases=("检查编号", "编号", "抽样编号", "抽查编号"))
    supervised_on = DateField(
        "监管日期", aliases=("检查日期", "抽查日期", "抽样日期", "监管时间", "日期"), required=True
    )
    provider = TextField("机构名称", aliases=(*columns.PROVIDER, "被检查机构", "检查对象", "被监管机构"))
    method = TextField(
        "监管方式",
        aliases=("监管方法", "检查方式", "监管手段", "方式"),
        values={
            "抽样监管": ("抽样", "抽查", "抽样检查"),
            "等级监管": ("等级", "分级监管"),
            "网络监管": ("网络", "网上监管", "网上核查", "在线监管"),
            "现场检查": ("现场", "实地检查"),
        },
        seeds=("S10-76", "S10-77", "S10-78"),
    )
    sampling = TextField("抽样方法", aliases=("抽样方式", "取样方法"), seeds=("S10-76",))
    population = IntegerField(
        "总体数量", aliases=("总体数", "总量", "业务总量", "被抽总体"), seeds=("S10-76",)
    )
    sample_size = IntegerField(
        "抽样数量", aliases=("样本数", "样本量", "抽查数", "抽样数", "抽查数量", "检查数"), seeds=("S10-76",)
    )
    problems = IntegerField("发现问题数", aliases=("问题数", "违规数", "问题个数"), seeds=("S10-76",))
    findings = TextField(
        "检查结果", aliases=("发现问题", "检查情况", "抽样结果", "监管结果"), seeds=("S10-76",)
    )
    broken_rule = TextField("违反规定", aliases=("违反条款", "违规条款", "违反的规定"), seeds=("S10-88",))
    amount = MoneyField("违规金额", aliases=("涉及金额", "追回金额", "扣款金额"))
    inspectors = TextField("监管人员", aliases=("检查人员", "检查人", "监管人", "抽样人"))
    planned = YesNoField("计划内", aliases=("是否计划内", "是否按计划"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "医保监管检查台账"
        aliases = (
            "两定点检查记录",
            "医保监管记录",
            "抽样监管台账",
            "医保抽查记录",
            "监管检查记录",
            "两定点监管台账",
        )
        subject = "organisation"
        key = ("supervision_no", "supervised_on", "provider")
        bodies = ("provider",)
        seeds = ("S10-12", "S10-60", "S10-76", "S10-77", "S10-78")
        about = "一次监管检查一行：方式、抽样方法、样本量与结果"

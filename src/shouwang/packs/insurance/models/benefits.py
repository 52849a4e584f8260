"""Pensions, hospital stays and pharmacy purchases (S10-30, S10-32, S10-33)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Spread
from shouwang.ledger.fields import (
    AccountField,
    CodeField,
    DateField,
    DateTimeField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    NumberField,
    PersonField,
    TextField,
    YesNoField,
)
from shouwang.packs.insurance.models import columns


class PensionPayment(Ledger):
    """What one retiree was paid for one month."""

    member_no = CodeField("个人编号", aliases=columns.MEMBER_NO)
    name = NameField("姓名", aliases=(*columns.NAME, "退休人员", "退休人员姓名", "领取人", "待遇领取人"))
    sex = TextField("性别", aliases=columns.SEX, values=columns.SEXES)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    former_employer = TextField(
        "原工作单位", aliases=("退休单位", "原单位", "退休前单位", "单位", "单位名称", "工作单位")
    )
    retired_month = MonthField(
        "退休年月",
        aliases=(
            "退休时间",
            "退休日期",
            "退休月份",
            "办理退休时间",
            "待遇享受开始年月",
            "待遇起始年月",
            "享受待遇时间",
            "领取起始年月",
        ),
    )
    monthly_pension = MoneyField(
        "月养老金", aliases=("养老金标准", "月待遇标准", "月养老金标准", "待遇标准", "月标准", "核定月养老金")
    )
    month = MonthField(
        "发放月份",
        aliases=(
            "发放年月",
            "所属月份",
            "月份",
            "待遇所属期",
            "待遇月份",
            "发放所属期",
            "年月",
            "支付月份",
            "业务期",
        ),
        required=True,
        context="month",
    )
    amount = MoneyField(
        "发放金额",
        aliases=(
            "实发金额",
            "实发养老金",
            "发放养老金",
            "养老金",
            "养老金金额",
            "实发",
            "支付金额",
            "金额",
            "实发合计",
            "发放额",
            "本月发放金额",
            "当月发放金额",
        ),
        required=True,
    )
    kind = TextField(
        "发放类别",
        aliases=("发放类型", "支付类别", "待遇类别", "待遇项目", "款项性质"),
        values={
            "正常": ("正常发放", "月养老金", "基本养老金", "养老金", "按月发放"),
            "补发": ("补发养老金", "调待补发"),
            "丧葬抚恤": ("丧葬费", "丧葬补助金", "抚恤金", "遗属待遇", "丧葬抚恤金", "一次性抚恤金"),
            "追回": ("退回", "扣回", "冲销", "追缴"),
        },
    )
    paid_on = DateField("发放日期", aliases=("支付日期", "发放时间", "到账日期"))
    account = AccountField("银行账号", aliases=("银行卡号", "社保卡账号", "发放账号", "账号", "卡号"))
    year_total = MoneyField("全年合计", aliases=("年度合计", "合计", "全年发放合计", "年合计", "累计发放"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "养老金发放表"
        aliases = (
            "退休人员养老金发放表",
            "养老金发放",
            "养老金发放明细",
            "养老待遇发放",
            "离退休人员养老金",
            "养老保险待遇发放",
            "退休金发放",
            "养老金花名册",
        )
        subject = "person"
        key = ("person", "month", "kind", "amount")
        seeds = ("S10-30", "S10-33")
        spread = Spread(over="month", value="amount")
        about = "一人一月一行；按月分列的表逐月拆开"


class InpatientStay(Ledger):
    """One stay in a designated hospital, as settled."""

    settlement_no = CodeField(
        "结算单号",
        aliases=(
            "住院结算单号",
            "结算编号",
            "结算流水号",
            "单据号",
            "就诊流水号",
            "住院流水号",
            "业务流水号",
            "交易流水号",
        ),
    )
    admission_no = CodeField("住院号", aliases=("病案号", "住院登记号", "病历号"))
    member_no = CodeField("个人编号", aliases=columns.MEMBER_NO)
    name = NameField("姓名", aliases=(*columns.NAME, "患者姓名", "病人姓名", "患者", "住院人员"))
    sex = TextField("性别", aliases=columns.SEX, values=columns.SEXES)
    person = PersonField("身份证号", aliases=(*columns.PERSON, "患者身份证号"), required=True)
    hospital = TextField(
        "医疗机构",
        aliases=(
            "就诊机构",
            "医院",
            "医院名称",
            "定点医院",
            "定点医疗机构",
            "医疗机构名称",
            "就医机构",
            "就诊医院",
            "住院医院",
            "收治医院",
            "就诊医疗机构",
            "定点医疗机构名称",
            "定点机构",
        ),
    )
    level = TextField(
        "医院等级",
        aliases=("医疗机构等级", "机构等级", "等级", "医院级别", "医疗机构级别"),
        values={
            "一级": ("一级医院", "1级", "社区"),
            "二级": ("二级医院", "2级", "二甲", "二乙"),
            "三级": ("三级医院", "3级", "三甲", "三乙"),
        },
    )
    city = TextField("城市", aliases=("就医地", "就诊城市", "所在城市", "就医城市", "参保地市"))
    kind = TextField(
        "住院类别",
        aliases=("就诊类别", "医疗类别", "住院类型", "结算类型", "入院类别", "入院方式"),
        values={
            "普通住院": ("住院", "普通"),
            "转院": ("转入", "转诊", "转院住院", "转诊转院"),
            "计划性住院": ("计划住院", "按疗程住院", "日间治疗", "日间病房"),
        },
    )
    admitted_on = DateField(
        "入院日期",
        aliases=("入院时间", "住院日期", "住院开始日期", "入院", "住院时间/入院", "起始日期"),
        required=True,
    )
    discharged_on = DateField(
        "出院日期", aliases=("出院时间", "住院结束日期", "出院", "住院时间/出院", "终止日期", "截止日期")
    )
    days = IntegerField("住院天数", aliases=("天数", "实际住院天数", "住院日数", "床日数", "住院床日"))
    icd = CodeField(
        "ICD编码",
        aliases=(
            "疾病编码",
            "诊断编码",
            "主要诊断编码",
            "ICD10编码",
            "ICD-10编码",
            "ICD",
            "ICD10",
            "ICD-10",
            "病种编码",
            "出院诊断编码",
        ),
    )
    diagnosis = TextField(
        "诊断名称",
        aliases=(
            "主要诊断",
            "疾病名称",
            "诊断",
            "出院诊断",
            "主要诊断名称",
            "病种",
            "病种名称",
            "疾病诊断",
            "入院诊断",
            "出院主要诊断",
        ),
    )
    identity_checked = YesNoField(
        "身份核验", aliases=("身份核对", "人证核对", "是否核验身份", "核对身份"), seeds=("S10-32",)
    )
    reason = TextField("入院原因", aliases=("住院原因", "入院指征", "入院理由"), seeds=("S10-32",))
    treatment = TextField(
        "治疗情况", aliases=("治疗方式", "治疗内容", "主要治疗", "治疗经过", "诊疗项目"), seeds=("S10-32",)
    )
    cost = MoneyField(
        "医疗总费用",
        aliases=(
            "总费用",
            "费用总额",
            "医疗费用",
            "医疗费总额",
            "住院费用",
            "住院总费用",
            "费用合计",
            "医疗费用总额",
        ),
    )
    fund = MoneyField(
        "统筹支付",
        aliases=(
            "统筹基金支付",
            "基金支付",
            "医保支付",
            "统筹支付金额",
            "报销金额",
            "医保基金支付",
            "统筹基金支付金额",
            "基金支付金额",
            "统筹",
        ),
    )
    own = MoneyField(
        "个人自付",
        aliases=("个人支付", "自付金额", "自付", "个人负担", "个人自付金额", "自费金额", "个人现金支付"),
    )
    settled_on = DateField("结算日期", aliases=("结算时间", "报销日期", "支付日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "住院结算明细"
        aliases = (
            "住院结算",
            "定点医院住院结算",
            "住院报销明细",
            "住院费用结算",
            "住院登记台账",
            "住院台账",
            "住院信息",
            "住院报销结算",
            "住院结算台账",
            "住院费用明细",
        )
        subject = "person"
        key = ("settlement_no", "person", "hospital", "admitted_on")
        bodies = ("hospital",)
        seeds = ("S10-32",)
        about = "一次住院一行：医院、起止日期、诊断与费用"


class PharmacyPurchase(Ledger):
    """One purchase in a designated pharmacy with the insurance card."""

    transaction_no = CodeField(
        "交易流水号",
        aliases=("流水号", "交易号", "交易编号", "结算单号", "单据号", "业务流水号", "小票号", "结算编号"),
    )
    member_no = CodeField("个人编号", aliases=columns.MEMBER_NO)
    name = NameField("姓名", aliases=(*columns.NAME, "持卡人", "持卡人姓名", "购药人", "购药人姓名"))
    person = PersonField("身份证号", aliases=(*columns.PERSON, "持卡人身份证号"), required=True)
    city = TextField(
        "城市",
        aliases=(
            "所在城市",
            "药店所在市",
            "交易城市",
            "就医地",
            "购药城市",
            "统筹区",
            "所在地",
            "药店所在地",
            "药店所在城市",
            "药店城市",
            "购药所在城市",
            "消费城市",
            "所在市",
        ),
    )
    pharmacy = TextField(
        "药店名称",
        aliases=(
            "药店",
            "定点药店",
            "定点零售药店",
            "定点药店名称",
            "药房",
            "药房名称",
            "零售药店",
            "定点机构",
            "就诊机构",
        ),
    )
    bought_at = DateTimeField(
        "购药时间",
        aliases=(
            "交易时间",
            "交易日期时间",
            "刷卡时间",
            "购药日期",
            "交易日期",
            "结算时间",
            "消费时间",
            "刷卡日期",
        ),
        required=True,
    )
    drug = TextField(
        "药品名称",
        aliases=(
            "药品",
            "商品名称",
            "品名",
            "项目名称",
            "药品通用名",
            "购药品名",
            "购买药品",
            "所购药品",
            "商品",
        ),
    )
    quantity = NumberField("数量", aliases=("购药数量", "药品数量", "件数", "盒数"))
    amount = MoneyField(
        "金额",
        aliases=(
            "交易金额",
            "购药金额",
            "刷卡金额",
            "总金额",
            "费用",
            "总费用",
            "个人账户支付",
            "医保支付",
            "消费金额",
        ),
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "药店购药明细"
        aliases = (
            "药店购药",
            "定点药店购药明细",
            "购药明细",
            "药店刷卡明细",
            "定点药店结算",
            "药店交易明细",
            "个人账户消费明细",
            "药店消费明细",
            "定点零售药店",
            "药店结算明细",
            "刷卡购药",
        )
        subject = "person"
        key = ("transaction_no", "person", "bought_at", "drug")
        bodies = ("pharmacy",)
        seeds = ("S10-12", "S10-32")
        about = "一笔购药一行：人、城市、药店、时间、药品、金额"


class WardCheck(Ledger):
    """A supervisor's check at the bedside of one inpatient (住院巡查)."""

    checked_on = DateField(
        "巡查日期", aliases=("检查日期", "核查日期", "查房日期", "巡查时间", "日期"), required=True
    )
    hospital = TextField("医疗机构", aliases=("医院", "医院名称", "定点医院", "被查机构", "就诊机构"))
    bed = TextField("床位号", aliases=("床号", "病床号", "科室床号"))
    name = NameField("姓名", aliases=(*columns.NAME, "患者姓名", "病人姓名", "患者"))
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    identity_matches = YesNoField(
        "人证相符",
        aliases=(
            "身份核验",
            "身份相符",
            "人证是否相符",
            "人卡相符",
            "身份核对",
            "是否本人",
            "人、证、卡相符",
        ),
    )
    in_bed = YesNoField("在床", aliases=("是否在床", "是否在院", "在院", "在岗在床"))
    reason = TextField("入院原因", aliases=("入院诊断", "住院原因", "诊断"))
    meets_indication = YesNoField("符合入院指征", aliases=("是否符合入院指征", "符合住院指征", "入院指征"))
    treatment = TextField("治疗情况", aliases=("治疗方式", "治疗内容", "主要治疗"))
    checker = NameField("巡查人", aliases=("检查人", "检查人员", "巡查人员", "核查人"))
    outcome = TextField("处理结果", aliases=("处理意见", "处理情况", "巡查结果"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "住院巡查记录"
        aliases = ("住院病人巡查", "在院核查", "床前核查", "住院监控登记", "住院核查表")
        subject = "person"
        key = ("person", "hospital", "checked_on")
        bodies = ("hospital",)
        seeds = ("S10-32", "S10-55", "S10-56")
        about = "一次床前核查一行：是否本人、是否在床、是否够住院条件"

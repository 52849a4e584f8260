"""The loan's way: application, pay-out and repayment, visits, collection, training, commitment."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    AddressField,
    CodeField,
    DateField,
    MoneyField,
    NameField,
    PercentField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)

#: Headers under which the community of a loan stands besides those every ledger knows.
COMMUNITY = (
    "社区",
    "社区名称",
    "所在社区",
    "所属社区",
    "试点社区",
    "信用社区",
    "申请社区",
    "户籍社区",
    "推荐社区",
    "居委会",
    "村社区",
    "村居",
    "所属村居",
    "村居名称",
)


class MicrocreditLedger(Ledger):
    """What all ledgers of the pack share: the community also stands under 试点社区 or 信用社区."""

    division = TextField(
        "所属社区",
        aliases=COMMUNITY,
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )

    class Meta:
        abstract = True


class Application(MicrocreditLedger):
    """One application on its way through agency, guarantor and bank (S5-22 … S5-35, S8-25)."""

    application_no = CodeField(
        "申请编号",
        aliases=("申请号", "申请书编号", "申请序号", "贷款申请编号", "受理编号", "受理号", "业务编号"),
        required=True,
    )
    name = NameField("申请人姓名", aliases=("申请人", "姓名", "借款申请人", "贷款申请人", "借款人"))
    person = PersonField(
        "身份证号",
        aliases=(
            "身份证号码",
            "公民身份号码",
            "公民身份证号",
            "证件号码",
            "证件号",
            "身份证",
            "申请人身份证号",
        ),
        required=True,
    )
    phone = PhoneField("联系电话", aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"))
    address = AddressField(
        "家庭住址", aliases=("住址", "家庭地址", "现住址", "居住地址", "地址"), seeds=("S5-11",)
    )
    applied_on = DateField(
        "申请日期", aliases=("申请时间", "受理日期", "受理时间", "提出申请日期", "申请日"), required=True
    )
    kind = TextField(
        "贷款类型",
        aliases=("贷款种类", "贷款类别", "申请类型", "申请类别", "类型"),
        values={
            "一般": ("普通", "一般贷款", "普通贷款", "下岗失业人员贷款", "失业人员", "一般类"),
            "自主创业个体经营": (
                "自主创业",
                "个体经营",
                "个体创业",
                "自主创业（个体经营）",
                "自主创业(个体经营)",
                "自主创业、个体经营",
                "创业",
                "自谋职业个体经营",
                "个体",
            ),
            "信用贷款": ("信用", "免担保信用贷款"),
        },
        seeds=("S8-48", "S8-49", "S8-77"),
    )
    project = TextField(
        "经营项目",
        aliases=(
            "创业项目",
            "贷款项目",
            "项目",
            "项目名称",
            "贷款用途",
            "用途",
            "经营内容",
            "经营范围",
            "申请项目",
        ),
        seeds=("S8-51",),
    )
    startup_money = MoneyField(
        "开办经费", aliases=("开办资金", "所需资金", "启动资金", "总投资"), seeds=("S8-23",)
    )
    asked = MoneyField(
        "申请额度",
        aliases=("申请金额", "申请贷款金额", "申请贷款额度", "贷款申请金额", "拟贷金额", "申请贷款额"),
    )
    certificate = CodeField(
        "再就业优惠证号",
        aliases=(
            "再就业优惠证",
            "优惠证号",
            "优惠证编号",
            "优惠证",
            "就业失业登记证号",
            "就业创业证号",
            "申请材料/再就业优惠证号",
            "申请材料/再就业优惠证",
        ),
        seeds=("S5-23", "S5-46"),
    )
    licence = CodeField(
        "营业执照",
        aliases=(
            "营业执照号",
            "营业执照号码",
            "营业执照编号",
            "营业执照注册号",
            "执照号",
            "执照编号",
            "统一社会信用代码",
            "信用代码",
            "工商营业执照",
            "申请材料/营业执照",
        ),
        seeds=("S5-24",),
    )
    tax_registration = TextField(
        "税务登记",
        aliases=(
            "税务登记证",
            "税务登记证号",
            "税务登记情况",
            "税务",
            "申请材料/税务登记",
            "税务登记办理情况",
            "税务登记证办理情况",
            "是否办理税务登记",
            "税务登记证情况",
        ),
        seeds=("S5-24",),
    )
    informal_proof = CodeField(
        "非正规就业劳动组织证明",
        aliases=(
            "非正规就业证明",
            "非正规就业组织证明",
            "非正规就业劳动组织证明号",
            "非正规就业证明编号",
            "非正规就业",
            "申请材料/非正规就业劳动组织证明",
        ),
        seeds=("S5-24",),
    )
    premises_proof = TextField(
        "经营场地证明",
        aliases=(
            "场地证明",
            "经营场所证明",
            "场所证明",
            "场地证明或租赁合同",
            "经营场地",
            "租用场地合同",
            "场地材料",
            "申请材料/经营场地证明",
            "场地证明材料",
            "经营场地证明材料",
            "经营场所材料",
            "经营场所证明材料",
        ),
        seeds=("S5-25", "S5-47"),
    )
    premises_place = AddressField(
        "经营地点", aliases=("经营地址", "经营场所", "经营场所地址", "店铺地址"), seeds=("S5-47", "S5-57")
    )
    checked_on = DateField(
        "真实性审查日期", aliases=("材料核查日期", "核查日期", "真实性核查日期"), seeds=("S5-26",)
    )
    check_result = TextField(
        "真实性审查结果",
        aliases=("材料核查结果", "真实性核查结果", "核查结果"),
        values={
            "属实": ("真实", "材料属实", "真实有效"),
            "不实": ("不真实", "虚假", "材料不真实", "材料不实"),
        },
        seeds=("S5-26", "S5-64"),
    )
    recommended_by = NameField(
        "社区推荐人", aliases=("推荐人", "社区推荐", "推荐人姓名", "社区经办人", "审核/社区推荐人")
    )
    recommended_on = DateField("推荐日期", aliases=("社区推荐日期", "推荐时间"), seeds=("S5-29", "S8-25"))
    prescreened_by = NameField(
        "劳动保障机构初审人",
        aliases=(
            "初审人",
            "初审人员",
            "劳动保障初审人",
            "劳动保障所初审人",
            "劳动保障机构审核人",
            "劳保所初审人",
            "审核/劳动保障机构初审人",
        ),
        seeds=("S5-09",),
    )
    prescreened_on = DateField(
        "初审日期", aliases=("初审时间", "劳动保障机构初审日期", "劳动保障初审日期", "审核/初审日期")
    )
    notice_from = DateField(
        "公示起始日期",
        aliases=(
            "公示开始日期",
            "公示日期",
            "公示起始",
            "公示开始",
            "公示起",
            "公示起日",
            "审核/公示起始日期",
        ),
        seeds=("S5-31",),
    )
    notice_to = DateField(
        "公示结束日期",
        aliases=(
            "公示结束",
            "公示截止日期",
            "公示截止",
            "公示止",
            "公示止日",
            "公示期满日期",
            "公示终止日期",
            "审核/公示结束",
        ),
        seeds=("S5-31",),
    )
    objections = TextField("公示意见", aliases=("居民意见", "公示反馈", "公示反映情况"), seeds=("S5-31",))
    guaranteed_by = NameField(
        "担保审核人",
        aliases=(
            "担保机构审核人",
            "担保人员",
            "担保经办人",
            "担保机构经办人",
            "担保审批人",
            "审核/担保审核人",
        ),
        seeds=("S5-09",),
    )
    guaranteed_on = DateField(
        "担保日期",
        aliases=("担保时间", "担保审核日期", "承诺担保日期", "担保承诺日期", "审核/担保日期"),
        seeds=("S5-71",),
    )
    counter_guarantor = NameField(
        "反担保人", aliases=("反担保人姓名", "反担保公务员", "保证人"), seeds=("S8-11", "S8-43")
    )
    counter_guarantee = TextField(
        "反担保方式",
        aliases=("反担保", "反担保情况", "反担保种类"),
        values={
            "公务员": ("公务员反担保", "公务员担保"),
            "房产": ("房产抵押", "房产反担保", "不动产"),
            "联保": ("联户担保", "联户联保"),
            "无": ("免反担保", "信用", "免担保"),
        },
        seeds=("S8-11", "S8-43", "S5-82"),
    )
    approved_by = NameField(
        "银行审批人",
        aliases=("银行经办人", "银行审核人", "承办银行审批人", "经办银行审批人", "信贷员", "审核/银行审批人"),
        seeds=("S5-09",),
    )
    approved_on = DateField(
        "银行审批日期",
        aliases=("审批日期", "批准日期", "银行审批时间", "审批时间", "批准时间", "审核/银行审批日期"),
        seeds=("S5-59",),
    )
    approved = MoneyField(
        "批准金额", aliases=("批准额度", "审批金额", "核准金额", "批准贷款金额", "核定金额", "审批额度")
    )
    rate = PercentField(
        "年利率", aliases=("利率", "贷款利率", "执行利率", "贷款年利率", "合同利率"), seeds=("S8-61",)
    )
    result = TextField(
        "审批结果",
        aliases=("审批结论", "审核结果", "结果", "办理结果", "审批情况", "审批意见", "申请结果"),
        values={
            "批准": ("同意", "已批准", "通过", "审批通过", "同意贷款", "准予", "准予贷款", "获批"),
            "不批准": (
                "不同意",
                "未批准",
                "未通过",
                "否决",
                "不通过",
                "拒绝",
                "驳回",
                "退回",
                "不予批准",
                "未获批",
            ),
            "放弃": ("本人放弃", "申请人放弃", "撤回", "已放弃"),
            "在办": ("办理中", "审核中", "审批中", "待批"),
        },
    )
    refusal_reason = TextField(
        "不批准原因",
        aliases=(
            "未批准原因",
            "拒贷原因",
            "不同意原因",
            "否决原因",
            "不予批准理由",
            "未通过原因",
            "放弃原因",
            "未获批原因",
            "不通过原因",
            "退回原因",
            "不予贷款原因",
        ),
        seeds=("S5-33", "S8-40", "S8-41"),
    )
    refusal_told_on = DateField(
        "告知申请人日期", aliases=("告知日期", "说明理由日期", "退件告知日期"), seeds=("S5-33",)
    )
    stopped_at = TextField("终止环节", aliases=("放弃环节", "中止环节"), seeds=("S8-41",))
    commitment = TextField(
        "承诺书",
        aliases=(
            "创建信用社区承诺书",
            "信用社区承诺书",
            "承诺书签订",
            "承诺书情况",
            "是否签承诺书",
            "承诺书签订情况",
            "信用承诺书",
            "还款承诺书",
            "是否签订承诺书",
            "诚信承诺书",
        ),
        values={
            "已签": ("已签订", "已签署", "签订", "是", "有", "√"),
            "未签": ("未签订", "未签署", "否", "无"),
        },
        seeds=("S5-20", "S5-35"),
    )
    note = TextField("备注", aliases=("说明", "附注"))

    class Sheet:
        title = "小额贷款申请台账"
        aliases = (
            "小额担保贷款申请",
            "贷款申请台账",
            "申请台账",
            "创业担保贷款申请",
            "贷款审批",
            "贷款申请登记",
            "贷款申报登记",
            "贷款申请审批",
            "申请审批表",
            "贷款申报",
        )
        subject = "record"
        key = ("application_no",)
        seeds = ("S5-11", "S5-22", "S5-23", "S5-24", "S5-25", "S8-23", "S8-25")
        about = "每笔贷款申请的材料、三个机构的审核、公示和结果"


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
    repayment_method = TextField("还款方式", aliases=("还本方式", "还本付息方式"), seeds=("S5-16",))
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
    guaranteed = YesNoField("是否担保", aliases=("担保基金担保",), seeds=("S8-43", "S8-77"))
    purpose = TextField("资金用途", aliases=("贷款用途", "借款用途", "经营项目", "用途"), seeds=("S8-18",))
    actual_use = TextField("实际用途", aliases=("资金实际用途", "实际使用情况"), seeds=("S8-18", "S5-78"))
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
        seeds = ("S5-40", "S5-41", "S8-78")
        about = "对逾期贷款的每次催收、催收人和结果"


class Training(MicrocreditLedger):
    """One participant of an entrepreneurship course with the result (S5-19)."""

    course = TextField("培训期次", aliases=("期次", "培训班次", "班次", "培训班", "培训期数", "培训批次"))
    name = NameField("姓名", aliases=("学员姓名", "学员", "参训人", "参训人员", "培训人员"))
    person = PersonField(
        "身份证号",
        aliases=("身份证号码", "公民身份号码", "公民身份证号", "证件号码", "证件号", "身份证"),
        required=True,
    )
    completed_on = DateField(
        "结业日期",
        aliases=("结业时间", "培训结束日期", "毕业日期", "发证日期", "结业日", "培训结业日期"),
        required=True,
    )
    result = TextField(
        "考核结果",
        aliases=(
            "考试结果",
            "培训结果",
            "考核成绩",
            "考核情况",
            "结业情况",
            "成绩",
            "结业考核",
            "结业考试",
            "是否合格",
            "考试成绩",
        ),
        values={"合格": ("通过", "及格", "优秀", "良好", "已合格"), "不合格": ("未通过", "不及格", "未合格")},
    )
    certificate_no = CodeField(
        "合格证号", aliases=("培训合格证号", "证书编号", "结业证号", "证书号", "合格证编号")
    )
    project = TextField("选定项目", aliases=("创业项目", "选定创业项目"), seeds=("S5-81",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "创业培训名册"
        aliases = ("创业培训学员", "创业培训", "培训学员名册", "创业培训台账", "创业培训登记")
        subject = "person"
        key = ("person", "completed_on")
        seeds = ("S5-19", "S5-27", "S5-81")
        about = "参加创业培训的人、结业日期和考核结果"


class Commitment(MicrocreditLedger):
    """The commitment letter of a borrower with its clauses (S5-20, S5-52 … S5-56)."""

    application_no = CodeField("申请编号", aliases=("申请号", "申请书编号", "承诺书编号"))
    name = NameField("承诺人", aliases=("承诺人姓名", "借款人", "姓名"))
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"), required=True)
    signed_on = DateField("承诺日期", aliases=("签订日期", "签署日期", "承诺书签订日期"), required=True)
    true_information = YesNoField("如实提供情况", aliases=("如实提供材料承诺",), seeds=("S5-51",))
    voluntary = YesNoField("自愿参加创建", aliases=("自愿参加信用社区",), seeds=("S5-52",))
    repay_on_time = YesNoField("按期归还承诺", aliases=("承诺按期归还",), seeds=("S5-53",))
    consent_to_publish = YesNoField("同意公布失信", aliases=("同意公布失信行为",), seeds=("S5-56",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "创建信用社区承诺书登记"
        aliases = ("信用社区承诺书", "承诺书登记")
        subject = "person"
        key = ("person", "signed_on")
        seeds = ("S5-20", "S5-51", "S5-52", "S5-53", "S5-56")
        about = "借款人签署的创建信用社区承诺书及其条款"


class MicroProfitItem(MicrocreditLedger):
    """One kind of small business that loans may serve (S8-22)."""

    name = TextField(
        "项目名称",
        aliases=("微利项目", "微利项目名称", "项目", "项目种类", "经营项目", "名称"),
        required=True,
    )
    category = TextField("项目类别", aliases=("类别", "行业"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "微利项目目录"
        aliases = ("微利项目", "微利项目名录", "微利项目清单", "微利项目范围")
        subject = "record"
        key = ("name",)
        seeds = ("S8-22",)
        about = "可以贷款的微利项目种类"

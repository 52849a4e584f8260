"""Before the loan: application, training, commitment, the catalogue of micro-profit projects."""

from __future__ import annotations

from shouwang.ledger.base import Through
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
from shouwang.packs.microcredit.models.base import BANK, BODIES, GUARANTOR, INTERMEDIARY, MicrocreditLedger


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
    bank = TextField("承办银行", aliases=BANK, max_length=200, db_index=True, seeds=("S5-03", "S8-03"))
    guarantor = TextField(
        "担保机构", aliases=GUARANTOR, max_length=200, db_index=True, seeds=("S5-02", "S8-04")
    )
    intermediary = TextField(
        "中介机构", aliases=INTERMEDIARY, max_length=200, db_index=True, seeds=("S8-02",)
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
        bodies = BODIES
        seeds = ("S5-11", "S5-22", "S5-23", "S5-24", "S5-25", "S8-23", "S8-25")
        about = "每笔贷款申请的材料、三个机构的审核、公示和结果"


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
        through = (Through("application_no", "microcredit.application"),)
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

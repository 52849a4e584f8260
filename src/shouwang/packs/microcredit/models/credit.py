"""Credit files: economic file, standing, rating, bad records, difficulties in business."""

from __future__ import annotations

from shouwang.ledger.fields import (
    AddressField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    NumberField,
    PersonField,
    PhoneField,
    TextField,
)
from shouwang.packs.microcredit.models.base import THROUGH_LOAN, MicrocreditLedger

PERSON = ("身份证号码", "公民身份号码", "公民身份证号", "证件号码", "证件号", "身份证")


class EconomicFile(MicrocreditLedger):
    """The personal economic file of a borrower's household: one household one file (S5-10)."""

    file_no = CodeField("档案编号", aliases=("经济档案编号", "档案号", "户档编号"), required=True)
    name = NameField("户主姓名", aliases=("建档人", "姓名", "借款人"))
    person = PersonField("身份证号", aliases=PERSON, required=True)
    household_no = CodeField("户号", aliases=("家庭编号",))
    members = IntegerField("家庭人口", aliases=("家庭人数", "人口数"))
    family_status = TextField("家庭状况", aliases=("家庭情况", "家庭经济状况"), seeds=("S5-11",))
    address = AddressField("家庭住址", aliases=("住址", "地址"))
    phone = PhoneField("联系电话", aliases=("电话", "手机", "联系方式"))
    yearly_income = MoneyField("家庭年收入", aliases=("年收入", "家庭收入"))
    debts = MoneyField("负债金额", aliases=("家庭负债", "负债", "其他债务"), seeds=("S5-50",))
    opened_on = DateField("建档日期", aliases=("建档时间",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "社区个人经济档案"
        aliases = ("个人经济档案", "借款人经济档案", "一户一档")
        subject = "person"
        key = ("file_no",)
        seeds = ("S5-10", "S5-11", "S5-37")
        about = "借款人家庭的经济档案，一户一档"


class CreditFile(MicrocreditLedger):
    """One entry of a person's credit file: what the bank, agency or community recorded (S5-12, S8-12).

    The observations on conduct and family (S8-14, S8-19) are a signed remark of a person; no score is
    computed from them.
    """

    entry_no = CodeField("档案条目号", aliases=("资信档案号", "信用档案号", "记录编号"), required=True)
    name = NameField("姓名", aliases=("借款人", "居民姓名"))
    person = PersonField("身份证号", aliases=PERSON, required=True, seeds=("S8-13",))
    recorded_on = DateField("记录日期", aliases=("登记日期", "调查日期", "资信调查日期"))
    recorded_by = NameField("记录人", aliases=("调查人", "登记人"))
    source = TextField("来源单位", aliases=("提供单位", "信息来源"), seeds=("S8-12",))
    credit_activity = TextField("信贷活动", aliases=("信贷情况", "贷款记录"), seeds=("S8-14",))
    other_debt = MoneyField("其他债务余额", aliases=("其他债务", "其他贷款余额"), seeds=("S5-49", "S5-50"))
    overdue_elsewhere = MoneyField("拖欠银行贷款", aliases=("逾期贷款金额", "他行逾期"), seeds=("S5-49",))
    unpaid_taxes = MoneyField("拖欠税费", aliases=("欠缴税费", "欠税金额"), seeds=("S5-49",))
    employment = TextField("就业信息", aliases=("就业情况", "从业情况"), seeds=("S8-14",))
    operation = TextField("经营状况", aliases=("经营情况",), seeds=("S8-18",))
    fund_use = TextField("资金使用情况", aliases=("资金用途",), seeds=("S8-18",))
    observation = TextField(
        "品行及家庭情况观察", aliases=("个性化因素", "道德品质"), seeds=("S8-14", "S8-19")
    )
    intention = TextField("还款意愿", aliases=("还款意向",), seeds=("S8-56",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "借款人资信档案"
        aliases = ("资信档案", "个人信用档案", "居民信用档案", "创业者信用档案")
        subject = "person"
        key = ("entry_no",)
        bodies = ("source",)
        seeds = ("S5-12", "S8-12", "S8-13", "S8-14", "S8-18", "S8-19")
        about = "个人资信的逐条记录，以身份证号归集"


class EnterpriseCredit(MicrocreditLedger):
    """The credit record of an enterprise next to that of persons (S8-15)."""

    organisation = TextField("企业名称", aliases=("单位名称", "名称"), required=True)
    credit_code = CodeField(
        "统一社会信用代码", aliases=("信用代码", "社会信用代码", "营业执照号"), required=True
    )
    legal_person = NameField("法定代表人", aliases=("法人", "负责人"))
    grade = TextField("信用等级", aliases=("等级", "企业信用等级"))
    rated_on = DateField("评定日期", aliases=("评级日期", "登记日期"))
    breaches = IntegerField("失信次数", aliases=("不良记录数",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "企业信用登记"
        aliases = ("企业信用登记系统", "企业信用台账")
        subject = "organisation"
        key = ("credit_code", "rated_on")
        seeds = ("S8-15",)
        about = "企业的信用等级和失信次数"


class CreditRating(MicrocreditLedger):
    """A rating of a person or community by a recorded version of the method (S5-13, S8-75)."""

    name = NameField("姓名", aliases=("被评人", "借款人"))
    person = PersonField("身份证号", aliases=PERSON, required=True)
    rated_on = DateField("评定日期", aliases=("评级日期", "评定时间"), required=True)
    score = NumberField("信用得分", aliases=("得分", "信用分"))
    grade = TextField("信用等级", aliases=("等级", "评定等级"))
    method = TextField("评定办法版本", aliases=("评定办法", "评分办法"), seeds=("S8-75",))
    basis = TextField("评定依据", aliases=("依据",), seeds=("S5-13",))
    rated_by = NameField("评定人", aliases=("评级人",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "信用等级评定表"
        aliases = ("信用等级评定", "信用评定", "信用评级")
        subject = "person"
        key = ("person", "rated_on")
        seeds = ("S5-13", "S8-75", "S8-76")
        about = "借款人的信用等级、得分和依据"


class BadRecord(MicrocreditLedger):
    """One entry of the shared bad credit record (S5-14, S5-68, S5-69)."""

    record_no = CodeField("记录编号", aliases=("不良记录编号", "编号"))
    name = NameField("姓名", aliases=("借款人", "失信人", "借款人姓名"))
    person = PersonField("身份证号", aliases=PERSON, required=True)
    loan_no = CodeField("合同编号", aliases=("合同号", "贷款合同编号"))
    recorded_on = DateField("记录日期", aliases=("登记日期", "记入日期"), required=True)
    breach = TextField("失信行为", aliases=("不良行为", "失信情况", "违约情形"), required=True)
    recorded_by = TextField("记录单位", aliases=("登记单位", "记录机构"))
    published_on = DateField("公布日期", aliases=("公示日期", "失信公布日期"), seeds=("S5-68",))
    published_at = TextField("公布地点", aliases=("公示地点",), seeds=("S5-68",))
    removed_on = DateField("消除日期", aliases=("修复日期", "解除日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "个人不良信用记录"
        aliases = ("不良信用记录", "失信记录", "不良记录台账")
        subject = "person"
        key = ("person", "loan_no", "recorded_on")
        bodies = ("recorded_by",)
        through = THROUGH_LOAN
        seeds = ("S5-14", "S5-65", "S5-68", "S5-69")
        about = "借款人失信行为的记录和公布情况"


class Difficulty(MicrocreditLedger):
    """One difficulty in business that a borrower met, by stage, with help and result (S8-21, S8-33)."""

    reported_on = DateField("反映日期", aliases=("提出日期", "登记日期"), required=True)
    loan_no = CodeField("合同编号", aliases=("合同号",))
    name = NameField("借款人", aliases=("借款人姓名", "创业者"))
    stage = TextField(
        "困难阶段",
        aliases=("阶段", "困难类别"),
        values={"拓展市场": ("市场开拓", "开拓市场"), "控制成本": ("成本控制",), "完善制度": ("制度建设",)},
        seeds=("S8-21",),
    )
    difficulty = TextField("困难内容", aliases=("具体困难", "反映困难"), required=True)
    helper = TextField("帮助单位", aliases=("协调单位", "帮扶单位"), seeds=("S8-33",))
    helped_on = DateField("解决日期", aliases=("帮助日期", "帮扶日期"), seeds=("S5-85",))
    outcome = TextField("解决结果", aliases=("帮助结果", "帮扶结果"), seeds=("S8-33",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "贷款人经营困难登记"
        aliases = ("经营困难登记", "创业困难台账")
        subject = "record"
        key = ("loan_no", "reported_on", "difficulty")
        through = THROUGH_LOAN
        seeds = ("S8-21", "S8-29", "S8-33", "S5-85")
        about = "贷款人经营中的困难、阶段、帮助和结果"

"""What is decided and answered: money, meetings, petitions, approvals, regulations."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    MoneyField,
    NameField,
    PersonField,
    PhoneField,
    TextField,
)

#: The bodies that decide together, by the names offices use (S3-06).
BODIES = {
    "主任办公会": (
        "主任办公会议",
        "办公会",
        "办事处主任办公会",
        "街道主任办公会",
        "主任办公会决定",
        "办公会议",
    ),
    "工委会": (
        "党工委会",
        "工委会议",
        "党工委会议",
        "街道工委会",
        "党工委",
        "工委",
        "工委集体研究",
        "街道党工委会",
    ),
}


class FundItem(Ledger):
    """One use of funds with amount, purpose, deciding body and decision record (S3-13)."""

    item_no = CodeField(
        "项目编号", aliases=("事项编号", "编号", "资金编号", "审批编号", "申请编号"), required=True
    )
    applied_on = DateField("申请日期", aliases=("申请时间", "申报日期", "提出日期"))
    section = TextField(
        "申请科室",
        aliases=(
            "科室",
            "申请部门",
            "经办科室",
            "使用科室",
            "承办科室",
            "申请单位",
            "申报科室",
            "用款科室",
            "用款部门",
            "申报部门",
        ),
    )
    category = TextField(
        "资金类别", aliases=("类别", "资金类型", "支出类别", "项目类别", "资金种类", "事项类别")
    )
    purpose = TextField(
        "资金用途",
        aliases=("用途", "事项", "项目名称", "资金使用事项", "用款事由", "支出事项", "使用用途", "项目内容"),
    )
    amount = MoneyField(
        "金额",
        aliases=("使用金额", "资金金额", "支付金额", "审批金额", "申请金额", "资金数额", "项目金额"),
        required=True,
    )
    payee = TextField(
        "收款单位", aliases=("收款方", "收款人", "对方单位", "收款单位名称", "施工单位", "供应商")
    )
    payee_code = CodeField("收款单位信用代码", aliases=("收款单位统一社会信用代码",))
    decided_by = TextField(
        "决策形式",
        aliases=(
            "集体决策形式",
            "决策会议",
            "会议形式",
            "集体决策/决策形式",
            "集体决策/会议名称",
            "决策机构",
            "研究会议",
        ),
        values=BODIES,
        seeds=("S3-29", "S3-30"),
    )
    decision_no = CodeField(
        "会议文号",
        aliases=(
            "决策文号",
            "会议编号",
            "纪要文号",
            "会议纪要文号",
            "集体决策/会议文号",
            "集体决策/文号",
            "会议纪要号",
        ),
        seeds=("S3-56",),
    )
    decided_on = DateField(
        "会议日期",
        aliases=("决策日期", "会议时间", "研究日期", "集体决策/会议日期", "集体决策/日期", "决策时间"),
        seeds=("S3-29", "S3-30"),
    )
    approver = NameField("审批人", aliases=("批准人", "审批领导", "签批人"))
    paid_on = DateField("支付日期", aliases=("付款日期", "支付时间", "拨付日期", "付款时间", "支出日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "大额资金使用审批台账"
        aliases = (
            "大额资金审批",
            "大额资金使用",
            "资金使用审批",
            "大额资金台账",
            "资金审批台账",
            "资金使用台账",
        )
        subject = "record"
        key = ("item_no",)
        seeds = ("S3-13", "S3-29", "S3-30", "S3-32", "S3-41")
        about = "每笔资金使用的金额、用途、集体决策和支付"


class MeetingDecision(Ledger):
    """One item decided at a meeting: body, members, item, amount, result (S3-56)."""

    body = TextField(
        "会议名称",
        aliases=("会议", "会议类型", "会议形式", "决策会议", "会议类别"),
        values=BODIES,
        required=True,
    )
    meeting_no = CodeField(
        "会议文号",
        aliases=("文号", "会议编号", "纪要文号", "会议纪要文号", "纪要编号", "会议纪要号"),
        required=True,
    )
    held_on = DateField("召开日期", aliases=("会议日期", "会议时间", "召开时间", "日期"))
    item = TextField("议题", aliases=("事项", "研究事项", "议定事项", "会议议题", "决定事项", "议题内容"))
    amount = MoneyField("金额", aliases=("涉及金额", "议定金额", "资金金额"))
    present = TextField(
        "参会人员",
        aliases=(
            "出席人员",
            "参加人员",
            "到会人员",
            "出席",
            "与会人员",
            "与会领导",
            "出席人",
        ),
    )
    result = TextField(
        "决定结果",
        aliases=(
            "结果",
            "决定",
            "会议决定",
            "表决结果",
            "决议",
            "决议结果",
            "表决情况",
            "会议决议",
            "议定结果",
            "会议结论",
        ),
        values={
            "同意": ("通过", "原则同意", "一致同意", "批准"),
            "不同意": ("否决", "未通过", "不通过"),
            "缓议": ("暂缓", "再议", "待议"),
        },
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "会议决定登记表"
        aliases = (
            "会议决定登记",
            "会议决定",
            "会议纪要登记",
            "会议记录登记",
            "集体决策登记",
            "会议议定事项",
            "集体决策会议",
            "议定事项",
            "会议决策登记",
        )
        subject = "record"
        key = ("meeting_no", "item", "amount")
        seeds = ("S3-56",)
        about = "主任办公会、工委会每个议题的决定"


class Petition(Ledger):
    """One letter, visit or online appeal with received and answered days (S3-14, S3-31)."""

    petition_no = CodeField(
        "登记编号", aliases=("编号", "信访编号", "受理编号", "登记号", "诉求编号", "件号"), required=True
    )
    received_on = DateField(
        "受理日期",
        aliases=("收件日期", "登记日期", "接件日期", "来访日期", "受理时间", "登记时间", "接收日期"),
        required=True,
    )
    source = TextField(
        "来源",
        aliases=(
            "诉求来源",
            "信访形式",
            "来源渠道",
            "受理渠道",
            "信访方式",
            "渠道",
            "类别",
            "来信来访形式",
            "反映渠道",
            "反映方式",
            "信访渠道",
            "诉求渠道",
            "来访形式",
            "受理方式",
        ),
        values={
            "来信": ("信件", "群众来信", "书信"),
            "来访": ("走访", "上访", "群众来访", "接访"),
            "网上诉求": ("网络", "网上信访", "网络诉求", "网上", "邮箱", "微信"),
            "电话": ("来电", "热线", "12345"),
        },
    )
    name = NameField("诉求人", aliases=("信访人", "来访人", "反映人", "姓名", "来信来访人", "群众姓名"))
    phone = PhoneField("联系电话", aliases=("电话", "手机", "联系方式"))
    content = TextField(
        "诉求内容", aliases=("反映内容", "信访事项", "反映问题", "内容", "主要诉求", "事项", "来访事由")
    )
    section = TextField(
        "承办科室", aliases=("承办部门", "责任科室", "办理科室", "承办单位", "科室", "责任部门")
    )
    answered_on = DateField(
        "答复日期", aliases=("答复时间", "回复日期", "回复时间", "办结日期", "反馈日期", "办理答复日期")
    )
    result = TextField("办理结果", aliases=("结果", "办理情况", "处理结果", "答复情况", "办结情况"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "来信来访及网上诉求登记簿"
        aliases = ("来信来访登记", "群众来信来访", "信访登记", "来信来访", "信访台账", "群众诉求登记")
        subject = "record"
        key = ("petition_no",)
        seeds = ("S3-14", "S3-31", "S3-52")
        about = "每件来信、来访、网上诉求的受理和答复"


class Approval(Ledger):
    """One approval of dibao, housing or disability subsidy, step by step (S3-33 … S3-35, S3-40)."""

    case_no = CodeField("审批编号", aliases=("办件编号", "申请编号"), required=True)
    kind = TextField(
        "审批事项",
        aliases=("事项类别", "审批类别"),
        values={
            "低保": ("最低生活保障",),
            "经济适用房": ("经适房", "经济适用住房"),
            "廉租房": ("廉租住房",),
            "残疾人福利补贴": ("残疾人补贴", "残疾人两项补贴"),
        },
        required=True,
    )
    name = NameField("申请人", aliases=("申请人姓名", "姓名"))
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    accepted_on = DateField("受理日期", aliases=("申请日期",))
    prescreened_by = NameField("初审人", aliases=("社区初审人",))
    prescreened_on = DateField("初审日期", aliases=("社区初审日期",))
    reviewed_by = NameField("审核人", aliases=("街道审核人",))
    reviewed_on = DateField("审核日期", aliases=("街道审核日期",))
    approved_by = NameField("审批人", aliases=("批准人", "区级审批人"))
    approved_on = DateField("审批日期", aliases=("批准日期", "区级审批日期"), required=True)
    result = TextField("审批结果", aliases=("结果", "审批结论"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "行政审批事项登记"
        aliases = ("审批事项登记", "住房补贴审批登记", "经济适用房审批", "残疾人补贴审批")
        subject = "record"
        key = ("case_no",)
        seeds = ("S3-33", "S3-34", "S3-35", "S3-40", "S3-42")
        about = "低保、住房、残疾人补贴审批的每个步骤"


class Regulation(Ledger):
    """One rule of the office with the day of its last review (S3-11)."""

    title = TextField("制度名称", aliases=("规章制度名称", "文件名称"), required=True)
    document_no = CodeField("文号", aliases=("制度文号",))
    effective_on = DateField("施行日期", aliases=("实施日期", "生效日期"))
    reviewed_on = DateField("最近梳理日期", aliases=("梳理日期", "最近修订日期", "上次审查日期"))
    section = TextField("责任科室", aliases=("责任部门",))
    repealed_on = DateField("废止日期", aliases=("失效日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "规章制度登记"
        aliases = ("规章制度台账", "规章制度梳理", "制度汇编目录")
        subject = "record"
        key = ("title", "document_no")
        seeds = ("S3-11", "S3-15")
        about = "规章制度、基础材料及最近一次梳理日期"

"""How items are handled: the steps, the log of cases, the changes of a process (S10-28, S10-66 – S10-71)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    PersonField,
    TextField,
    YesNoField,
)
from shouwang.packs.insurance.models import columns


class ProcessStep(Ledger):
    """One step (环节) of a business item in one handbook."""

    handbook = TextField(
        "手册名称",
        aliases=("业务手册", "手册", "手册版本", "所属手册"),
        context=r"《([^》]*手册[^》]*)》",
        seeds=("S10-79",),
    )
    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item_no = CodeField("事项编号", aliases=columns.ITEM_NO)
    item = TextField("事项名称", aliases=columns.ITEM, required=True)
    step_no = IntegerField("环节序号", aliases=("步骤序号", "环节编号", "顺序号", "步骤", "环节次序", "顺序"))
    step = TextField(
        "环节名称", aliases=("业务环节", "环节", "步骤名称", "办理环节", "流程环节"), required=True
    )
    post = TextField("岗位", aliases=("办理岗位", "责任岗位", "经办岗位", "岗位名称"), seeds=("S10-28",))
    section = TextField("科室", aliases=columns.SECTION)
    form = TextField(
        "流转表单", aliases=("传递表单", "表单", "表单名称", "流转单据", "输出表单"), seeds=("S10-28",)
    )
    control_point = YesNoField(
        "关键控制点",
        aliases=("是否控制点", "控制点", "是否关键控制点", "是否关键环节", "关键环节"),
        seeds=("S10-28", "S10-70"),
    )
    serves = TextField(
        "环节作用",
        aliases=("作用", "服务于", "环节目的", "设置目的"),
        values={
            "业务": ("经办", "办理"),
            "监督": ("控制", "监督制约", "内控", "复核"),
            "无": ("无作用", "无必要", "可省略"),
        },
        seeds=("S10-71",),
    )
    split_from = TextField("由何环节拆分", aliases=("拆分自", "原环节", "上级环节"), seeds=("S10-92",))
    split_reason = TextField("拆分理由", aliases=("细分理由", "拆分原因", "细分原因"), seeds=("S10-92",))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "业务环节表"
        aliases = ("业务流程环节", "业务环节清单", "流程环节表", "业务流程表", "业务实用手册", "经办流程")
        subject = "record"
        key = ("handbook", "office", "item", "step_no", "step")
        seeds = ("S10-28", "S10-66", "S10-70", "S10-71", "S10-79", "S10-80")
        about = "一个环节一行，按办理顺序"


class Handling(Ledger):
    """One case of a business item, from acceptance to the end."""

    case_no = CodeField(
        "办件编号",
        aliases=("受理编号", "业务流水号", "办件号", "受理号", "流水号", "业务单号"),
        required=True,
    )
    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item_no = CodeField("事项编号", aliases=columns.ITEM_NO)
    item = TextField("事项名称", aliases=columns.ITEM)
    section = TextField("承办科室", aliases=columns.SECTION)
    name = NameField("申请人", aliases=(*columns.NAME, "办事人", "姓名", "服务对象"))
    person = PersonField("身份证号", aliases=columns.PERSON)
    unit = TextField("单位名称", aliases=columns.UNIT)
    accepted_on = DateField("受理日期", aliases=("收件日期", "受理时间", "申请日期", "收件时间"))
    entry_by = NameField(
        "录入人", aliases=("经办人", "录入人员", "受理人", "初审人", "经办人员", "操作员"), seeds=("S10-68",)
    )
    entered_on = DateField("录入日期", aliases=("经办日期", "录入时间", "初审日期"))
    review_by = NameField("复核人", aliases=("审核人", "复核人员", "审核人员", "复审人"), seeds=("S10-68",))
    reviewed_on = DateField("复核日期", aliases=("审核日期", "复核时间", "审核时间"))
    finished_on = DateField("办结日期", aliases=("完成日期", "办结时间", "完成时间"))
    materials = IntegerField(
        "材料份数",
        aliases=("材料数量", "提交材料数", "收取材料数", "资料份数", "材料件数"),
        seeds=("S10-83",),
    )
    errors = IntegerField(
        "差错数", aliases=("差错次数", "错误数", "差错笔数", "差错"), seeds=("S10-67", "S10-81")
    )
    error_note = TextField(
        "差错内容", aliases=("差错说明", "差错情况", "错误内容", "差错原因"), seeds=("S10-67",)
    )
    corrected_on = DateField(
        "更正日期", aliases=("纠正日期", "差错更正日期", "整改日期"), seeds=("S10-42", "S10-67")
    )
    expense = MoneyField(
        "办理费用", aliases=("业务开支", "经办费用", "开支", "费用", "业务费用"), seeds=("S10-84",)
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "业务办理登记簿"
        aliases = ("业务办理记录", "办件台账", "业务受理登记", "业务经办台账", "经办业务登记", "办件登记簿")
        subject = "record"
        key = ("case_no",)
        seeds = ("S10-67", "S10-68", "S10-81", "S10-83", "S10-84")
        about = "一个办件一行：录入、复核、办结、差错"


class HandlingStep(Ledger):
    """One step as done in one case."""

    case_no = CodeField(
        "办件编号",
        aliases=("受理编号", "业务流水号", "办件号", "受理号", "流水号", "业务单号"),
        required=True,
    )
    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item = TextField("事项名称", aliases=columns.ITEM)
    step = TextField("环节名称", aliases=("业务环节", "环节", "步骤名称", "办理环节"), required=True)
    done_by = NameField("办理人", aliases=("经办人", "环节办理人", "操作员", "处理人"))
    done_on = DateField("办理日期", aliases=("完成日期", "处理日期", "办理时间", "处理时间"))
    outcome = TextField(
        "办理结果",
        aliases=("处理结果", "结果", "处理意见"),
        values={"跳过": ("略过", "免办", "省略", "未办")},
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "办件环节记录"
        aliases = ("办件流转记录", "业务流转记录", "环节办理记录", "流程流转日志")
        subject = "record"
        key = ("case_no", "step", "done_on")
        seeds = ("S10-70",)
        about = "一个办件的一个环节一行"


class ProcessChange(Ledger):
    """One change of a process, with its reason and effects."""

    change_no = CodeField("变更编号", aliases=("变更单号", "编号"))
    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item = TextField("事项名称", aliases=columns.ITEM, required=True)
    change = TextField("变更内容", aliases=("调整内容", "优化内容", "变更事项", "简化内容"))
    kind = TextField(
        "变更类型",
        aliases=("变更类别", "调整类型", "变更方式"),
        values={
            "取消环节": ("减少环节", "删除环节", "精简环节", "简化"),
            "增加环节": ("新增环节",),
            "合并环节": ("环节合并",),
            "拆分环节": ("细分环节", "环节拆分"),
        },
    )
    step = TextField(
        "涉及环节", aliases=("环节名称", "变更环节", "取消环节", "环节"), seeds=("S10-70", "S10-75")
    )
    reason = TextField(
        "变更理由", aliases=("变更原因", "调整原因", "理由", "原因", "拆分理由"), seeds=("S10-92", "S10-93")
    )
    effect_on_control = TextField(
        "对内控的影响", aliases=("内控影响", "对监督制约的影响", "内部控制影响"), seeds=("S10-93",)
    )
    effect_on_steps = TextField(
        "对环节和时间的影响",
        aliases=("环节影响", "时间影响", "对环节的影响", "对时限的影响"),
        seeds=("S10-93",),
    )
    changed_on = DateField("变更日期", aliases=("调整日期", "实施日期", "生效日期", "变更时间"))
    approved_by = NameField("批准人", aliases=("审批人", "审核人", "签批人"))
    decision = TextField(
        "审批结果",
        aliases=("审批意见", "批准情况", "是否批准"),
        values={"批准": ("同意", "通过", "是"), "不批准": ("不同意", "驳回", "否决", "否")},
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "流程变更登记"
        aliases = ("流程变更记录", "流程优化登记", "业务流程调整记录", "流程简化登记")
        subject = "record"
        key = ("office", "item", "change_no", "step", "changed_on")
        seeds = ("S10-70", "S10-75", "S10-92", "S10-93")
        about = "一次流程变更一行：理由、对内控与环节时间的影响"

"""Standards and the catalogue of business items (S10-16 – S10-27, S10-49)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import CodeField, DateField, IntegerField, TextField, YesNoField
from shouwang.packs.insurance.models import columns

#: The five kinds of standards of S10-16.
STANDARD_KINDS = {
    "基础标准": ("基础", "基础类"),
    "技术标准": ("技术", "技术类"),
    "管理标准": ("管理", "管理类"),
    "服务标准": ("服务", "服务类"),
    "业务标准": ("业务", "业务类", "岗位标准"),
}


class Standard(Ledger):
    """One standard of the handling service, of one of five kinds."""

    standard_no = CodeField("标准编号", aliases=("标准号", "编号", "标准代号", "文号"), required=True)
    title = TextField("标准名称", aliases=("名称", "标准题名"), required=True)
    kind = TextField(
        "标准类别",
        aliases=("类别", "标准种类", "标准类型", "标准分类"),
        values=STANDARD_KINDS,
        seeds=("S10-16", "S10-18", "S10-19", "S10-20", "S10-21", "S10-22"),
    )
    issuer = TextField(
        "发布机构", aliases=("制定机构", "颁布机构", "发布单位", "制定单位", "发文机关", "颁布单位")
    )
    level = TextField(
        "发布层级",
        aliases=("层级", "级别", "发布级别", "制定层级", "标准级别"),
        values={
            "国家": ("国家级", "部级", "全国"),
            "省": ("省级", "自治区", "直辖市"),
            "市": ("市级", "地市", "地市级", "设区市"),
        },
        seeds=("S10-17",),
    )
    scope = TextField("标准内容", aliases=("主要内容", "内容", "适用范围", "内容摘要"))
    repetitive_matter = TextField(
        "对应的重复性事项",
        aliases=("重复性事项", "重复性事物", "标准化对象", "适用事项"),
        seeds=("S10-39", "S10-49"),
    )
    post = TextField("适用岗位", aliases=("岗位", "岗位名称"), seeds=("S10-22",))
    work_content = TextField(
        "工作内容与流程", aliases=("工作内容", "工作流程", "工作内容和流程"), seeds=("S10-22",)
    )
    duties = TextField(
        "职责权限", aliases=("工作职责", "工作职责和权限", "职责与权限", "岗位职责"), seeds=("S10-22",)
    )
    links_inside = TextField(
        "内部联系", aliases=("内部纵向横向联系", "与内部岗位的联系", "内部岗位联系"), seeds=("S10-23",)
    )
    links_outside = TextField("外部联系", aliases=("与外部的联系", "对外联系"), seeds=("S10-23",))
    qualification = TextField(
        "能力资格要求",
        aliases=("任职资格", "资格要求", "能力要求", "能力和资格要求", "任职条件"),
        seeds=("S10-24",),
    )
    version = CodeField("版本", aliases=("版本号", "版次"), seeds=("S10-41",))
    issued_on = DateField("发布日期", aliases=("颁布日期", "印发日期", "发布时间"), seeds=("S10-41",))
    in_force_on = DateField(
        "实施日期", aliases=("施行日期", "生效日期", "执行日期", "实施时间"), seeds=("S10-41",)
    )
    repealed_on = DateField("废止日期", aliases=("失效日期", "停用日期", "废止时间"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社保标准目录"
        aliases = ("标准目录", "标准化目录", "社会保险标准体系", "标准体系表", "标准清单")
        subject = "record"
        key = ("standard_no", "version")
        seeds = ("S10-16", "S10-17", "S10-41", "S10-49")
        about = "一个标准一行，分基础、技术、管理、服务、业务五类"


class BusinessItem(Ledger):
    """One business item under its unified name, as one office handles it."""

    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item_no = CodeField("事项编号", aliases=columns.ITEM_NO)
    item = TextField("事项名称", aliases=columns.ITEM, required=True)
    local_name = TextField("原业务名称", aliases=("本地名称", "原名称", "曾用名称", "别名"))
    kind = TextField("险种", aliases=("保险种类", "所属险种", "涉及险种"))
    section = TextField("承办科室", aliases=columns.SECTION)
    standard_no = CodeField(
        "执行标准编号", aliases=("标准编号", "标准号", "依据标准", "执行标准", "对应标准编号")
    )
    merged_on = DateField("并险日期", aliases=("合并日期", "五险合一日期", "险种合并日期"), seeds=("S10-51",))
    process_changed = YesNoField(
        "原流程已打乱",
        aliases=("原流程是否打乱", "流程是否打乱", "原流程是否变更", "并险后流程变更", "原流程变更"),
        seeds=("S10-51",),
    )
    time_limit = IntegerField(
        "办理时限", aliases=("承诺时限", "办结时限", "承诺办结时限", "办理时限工作日", "时限"), unit="工作日"
    )
    handbook = TextField("业务手册", aliases=("手册", "手册名称", "手册版本", "所属手册"))
    status = TextField(
        "状态",
        aliases=("事项状态", "是否有效"),
        values={"在用": ("有效", "现行", "启用"), "停用": ("取消", "废止", "无效")},
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "业务事项目录"
        aliases = (
            "社保业务事项目录",
            "经办业务目录",
            "业务目录",
            "业务事项清单",
            "服务事项目录",
            "经办事项目录",
        )
        subject = "record"
        key = ("office", "item")
        seeds = ("S10-25", "S10-51", "S10-52")
        about = "一机构一事项一行，事项用统一名称"


class ItemMaterial(Ledger):
    """One material that an office asks for in one business item."""

    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item_no = CodeField("事项编号", aliases=columns.ITEM_NO)
    item = TextField("事项名称", aliases=columns.ITEM, required=True)
    material = TextField(
        "材料名称",
        aliases=("申报材料", "申报资料", "提交材料", "所需材料", "资料名称", "提交资料", "材料"),
        required=True,
    )
    copies = IntegerField("份数", aliases=("材料份数", "数量"))
    form = TextField("材料形式", aliases=("原件/复印件", "原件或复印件", "形式", "材料类型"))
    required = YesNoField("是否必需", aliases=("必需", "必要性", "是否必要", "是否必须", "必须提交"))
    used_in_step = TextField(
        "使用环节",
        aliases=("用于环节", "使用该材料的环节", "所用环节", "对应环节", "审核环节"),
        seeds=("S10-72",),
    )
    purpose = TextField("用途", aliases=("材料用途", "核验内容", "控制的风险", "防控风险"), seeds=("S10-72",))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "业务事项材料清单"
        aliases = ("申报材料清单", "申报资料清单", "材料清单", "业务材料目录", "提交材料清单")
        subject = "record"
        key = ("office", "item", "material")
        seeds = ("S10-26", "S10-50", "S10-72")
        about = "一机构一事项一材料一行"


class ItemForm(Ledger):
    """One form, paper or electronic, of one business item."""

    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    item_no = CodeField("事项编号", aliases=columns.ITEM_NO)
    item = TextField("事项名称", aliases=columns.ITEM, required=True)
    form_no = CodeField("表单编号", aliases=("表号", "表单号", "表格编号"))
    form = TextField("表单名称", aliases=("表单", "表格名称", "表名", "单据名称"), required=True)
    medium = TextField(
        "表单形式",
        aliases=("形式", "介质", "纸质/电子", "表单介质"),
        values={"纸质": ("纸质表单", "纸张", "纸"), "电子": ("电子表单", "电子版", "网上")},
    )
    rules = TextField("填写规范", aliases=("填写说明", "填表说明", "填写要求", "填表要求"), seeds=("S10-27",))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "业务事项表单清单"
        aliases = ("表单清单", "业务表单目录", "表单目录", "业务用表清单")
        subject = "record"
        key = ("office", "item", "form")
        seeds = ("S10-27", "S10-50")
        about = "一机构一事项一表单一行"

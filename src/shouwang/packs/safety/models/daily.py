"""Daily safety work: hidden dangers, inspections, drills, units, hazard sources, injuries."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    AddressField,
    CodeField,
    DateField,
    IntegerField,
    NameField,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)

#: Kinds of accidents by the words offices use (S7-48).
ACCIDENTS = {
    "道路交通": ("交通", "道路交通事故", "交通事故", "道交"),
    "消防": ("火灾", "消防火灾", "火灾事故", "消防事故"),
    "公共场所": ("公共场所事故", "公共场所伤害"),
    "工矿商贸": ("工矿", "工矿商贸企业", "生产安全", "工伤事故", "安全生产"),
    "校园": ("学校", "校园安全", "校园伤害"),
}


class Hazard(Ledger):
    """One hidden danger from finding to recheck (S7-15, S7-40, S7-41, S7-50)."""

    hazard_no = CodeField(
        "隐患编号", aliases=("编号", "隐患号", "问题编号", "隐患序号", "台账编号"), required=True
    )
    found_on = DateField(
        "排查日期",
        aliases=("检查日期", "发现日期", "排查时间", "检查时间", "发现时间", "隐患发现日期"),
        required=True,
    )
    unit = TextField(
        "单位场所",
        aliases=(
            "单位",
            "场所",
            "单位名称",
            "单位（场所）",
            "受检单位",
            "隐患单位",
            "责任单位",
            "隐患地点",
            "被检查单位",
        ),
    )
    description = TextField(
        "隐患内容",
        aliases=("隐患描述", "存在隐患", "隐患情况", "问题隐患", "隐患名称", "隐患问题", "存在问题"),
    )
    level = TextField(
        "隐患等级",
        aliases=("隐患级别", "等级", "级别", "隐患类别"),
        values={"一般": ("一般隐患",), "较大": ("较大隐患",), "重大": ("重大隐患", "特别重大")},
    )
    at_once = YesNoField(
        "能否立即整改",
        aliases=(
            "能否当场整改",
            "是否立即整改",
            "可否立即整改",
            "立即整改",
            "当场整改",
            "是否能立即整改",
            "能否立行立改",
            "立行立改",
        ),
        seeds=("S7-40",),
    )
    measures = TextField(
        "整改措施",
        aliases=(
            "措施",
            "落实措施",
            "处置措施",
            "整改落实/整改措施",
            "防范措施",
            "整改方案",
            "整改落实措施",
            "整改办法",
            "治理措施",
            "治理办法",
            "整改要求",
            "整改意见",
        ),
        seeds=("S7-41",),
    )
    responsible = NameField(
        "责任人",
        aliases=("整改责任人", "整改负责人", "负责人", "整改落实/责任人", "整改责任人姓名"),
        seeds=("S7-41", "S7-49"),
    )
    deadline_on = DateField(
        "整改期限",
        aliases=(
            "限期整改",
            "整改时限",
            "限改日期",
            "要求完成日期",
            "整改落实/整改期限",
            "整改截止日期",
            "限期整改日期",
        ),
        seeds=("S7-41",),
    )
    done_on = DateField(
        "完成日期",
        aliases=(
            "整改完成日期",
            "完成时间",
            "整改完成时间",
            "整改日期",
            "整改落实/完成日期",
            "实际完成日期",
            "销号日期",
        ),
    )
    rechecked_on = DateField(
        "复查日期",
        aliases=("复查时间", "复核日期", "验收日期", "复查/复查日期", "复查/日期", "复检日期"),
        seeds=("S7-50",),
    )
    rechecked_by = NameField(
        "复查人", aliases=("复查人员", "复核人", "验收人", "复查/复查人", "复查/人员", "复检人")
    )
    state = TextField(
        "整改状态",
        aliases=(
            "状态",
            "整改情况",
            "整改结果",
            "是否整改",
            "完成情况",
            "隐患状态",
            "整改进度",
            "整改完成情况",
            "是否整改完成",
            "治理情况",
        ),
        values={
            "已整改": ("整改完成", "已完成", "完成", "已销号", "整改完毕", "已闭环"),
            "整改中": ("正在整改", "未完成", "在改", "整改进行中"),
            "未整改": ("未改",),
        },
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全隐患排查整改台账"
        aliases = ("隐患排查整改", "隐患排查治理", "安全隐患台账", "隐患台账", "隐患整改", "安全隐患排查")
        subject = "record"
        key = ("hazard_no",)
        seeds = ("S7-15", "S7-40", "S7-41", "S7-47", "S7-50", "S7-58")
        about = "每处隐患的发现、措施、责任人、期限、完成和复查"


class Inspection(Ledger):
    """One safety inspection (S7-39, S7-49)."""

    inspected_on = DateField("检查日期", aliases=("检查时间", "日期", "巡查日期"), required=True)
    kind = TextField(
        "检查类型",
        aliases=("检查类别", "检查形式", "检查方式", "类型", "检查性质"),
        values={
            "联合大检查": ("安全联合大检查", "联合检查", "联合执法检查", "综合大检查", "联合安全检查"),
            "部门检查": ("专项检查", "行业检查", "部门专项检查"),
            "日常巡查": ("日常检查", "巡查", "日常"),
        },
        seeds=("S7-39",),
    )
    departments = TextField(
        "参加部门",
        aliases=(
            "检查部门",
            "参与部门",
            "检查单位",
            "参加单位",
            "检查人员",
            "联合部门",
            "参检部门",
            "参与检查部门",
            "检查组成部门",
        ),
    )
    unit = TextField(
        "受检单位", aliases=("被检查单位", "检查对象", "单位", "单位名称", "受检场所", "检查单位名称")
    )
    problems = IntegerField(
        "发现隐患",
        aliases=("隐患数", "发现隐患数", "发现问题数", "隐患处数", "隐患数量", "发现隐患处"),
        unit="处",
    )
    outcome = TextField(
        "处理情况",
        aliases=(
            "处理结果",
            "处置情况",
            "整改要求",
            "检查结果",
            "处理意见",
            "处置意见",
            "整改意见",
            "检查意见",
        ),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全检查记录"
        aliases = ("安全检查", "安全检查台账", "安全检查登记", "安全巡查记录")
        subject = "record"
        key = ("inspected_on", "kind", "unit", "departments")
        seeds = ("S7-39", "S7-49", "S7-50")
        about = "每次安全检查的类型、部门、受检单位和发现隐患"


class Drill(Ledger):
    """One emergency drill of a unit (S7-18, S7-37, S7-38)."""

    drilled_on = DateField("演练日期", aliases=("演练时间", "日期", "开展日期"), required=True)
    unit_no = CodeField("单位编号", aliases=("单位代码", "编号"))
    unit = TextField("单位名称", aliases=("单位", "演练单位", "参演单位", "责任单位"))
    kind = TextField("演练类型", aliases=("演练内容", "演练科目", "类型", "演练项目", "演练种类"))
    participants = IntegerField("参加人数", aliases=("参演人数", "人数", "参与人数", "参加演练人数"))
    organiser = TextField("组织单位", aliases=("组织者", "主办单位", "组织部门"))
    features = TextField("单位特点", aliases=("演练方案特点", "针对特点"), seeds=("S7-38",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "应急演练记录"
        aliases = ("应急疏散演练", "应急演练", "演练登记", "演练记录", "应急演练台账")
        subject = "organisation"
        key = ("drilled_on", "unit_no", "unit", "kind")
        seeds = ("S7-18", "S7-37", "S7-38")
        about = "各单位的应急疏散演练"


class Unit(Ledger):
    """One responsible unit of the area (S7-37, S7-62)."""

    unit_no = CodeField("单位编号", aliases=("单位代码", "编号", "单位序号"), required=True)
    unit = TextField("单位名称", aliases=("单位", "名称", "企业名称", "责任单位", "场所名称"), required=True)
    kind = TextField(
        "行业类别",
        aliases=(
            "行业",
            "单位类别",
            "类别",
            "单位性质",
            "场所类别",
            "所属行业",
            "行业分类",
            "行业领域",
        ),
        values={
            "企业": ("工业企业", "生产企业"),
            "餐饮": ("饭店", "餐饮单位"),
            "学校": ("校园", "幼儿园学校"),
            "公共场所": ("公众聚集场所",),
        },
    )
    head = NameField(
        "负责人",
        aliases=(
            "法人",
            "安全负责人",
            "责任人",
            "主要负责人",
            "法定代表人",
            "法人代表",
            "主要责任人",
            "单位负责人",
        ),
    )
    phone = PhoneField("联系电话", aliases=("电话", "手机", "联系方式"))
    state = TextField(
        "经营状态",
        aliases=("状态", "营业状态", "运营状态", "经营情况", "单位状态"),
        values={
            "正常经营": ("正常", "营业", "在营", "经营中", "正常营业", "开业", "存续"),
            "已关停": ("关停", "停业", "已停业", "关闭", "注销", "已注销", "歇业"),
        },
    )
    closed_on = DateField("关停日期", aliases=("停业日期", "注销日期"))
    standardised = YesNoField("规范管理达标", aliases=("规范管理", "标准化达标"), seeds=("S7-62",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "责任单位名录"
        aliases = ("安全生产责任单位", "责任单位", "单位名录", "重点单位名录", "安全责任单位")
        subject = "organisation"
        key = ("unit_no",)
        seeds = ("S7-37", "S7-62")
        about = "安全生产责任单位及其经营状态"


class HazardSource(Ledger):
    """One hazard source judged by a recorded method; LEC gives D = L × E × C (S7-12, S7-25).

    D is computed (:mod:`shouwang.standards.lec`). What a sheet says of it is kept as ``stated_danger``,
    which shows that somebody multiplied wrongly.
    """

    source_no = CodeField("危险源编号", aliases=("编号",), required=True)
    place = TextField("危险源部位", aliases=("危险源场所", "设备设施场所", "部位"), required=True)
    hazard = TextField("危险源", aliases=("危险源描述", "危险因素"), required=True)
    kind = TextField("危险源类别", aliases=("类别",), values={"设备": (), "设施": (), "场所": ()})
    method = TextField("评价方法", aliases=("辨识评价方法",), seeds=("S7-25",))
    likelihood = NumberField("可能性", aliases=("L", "可能性L"))
    exposure = NumberField("暴露频率", aliases=("E", "暴露频率E"))
    consequence = NumberField("后果严重度", aliases=("C", "后果C"))
    stated_danger = NumberField(
        "危险性",
        aliases=("D", "危险性D", "危险性分值"),
        note="由 L×E×C 算出，不需填写；表中写了的只用来核对",
        editable=False,
    )
    plan = TextField("应对方案", aliases=("应对措施", "控制措施"), seeds=("S7-26",))
    responsible = NameField("责任人", aliases=("管控责任人",))
    identified_on = DateField("辨识日期", aliases=("评价日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "危险源辨识评价表"
        aliases = ("危险源辨识", "危险源台账", "危险源登记")
        subject = "place"
        key = ("source_no",)
        seeds = ("S7-12", "S7-25", "S7-26")
        about = "设备、设施、场所的危险源及评价和应对方案"


class Accident(Ledger):
    """One accident with injury, from one of the sources (S7-16, S7-17)."""

    accident_no = CodeField("事故编号", aliases=("编号",))
    happened_on = DateField(
        "发生时间", aliases=("发生日期", "事故时间", "事故日期", "日期", "时间", "事发时间"), required=True
    )
    category = TextField(
        "事故类别", aliases=("类别", "事故类型", "事故种类", "伤害类别", "类型"), values=ACCIDENTS
    )
    place = AddressField("发生地点", aliases=("事故地点", "地点", "事发地点"))
    injured = IntegerField("伤害人数", aliases=("受伤人数", "伤亡人数", "伤人数", "受伤", "伤害"))
    killed = IntegerField("死亡人数", aliases=("死亡",))
    victim = NameField("伤者姓名", aliases=("受害人", "伤者"))
    cause = TextField(
        "原因",
        aliases=(
            "事故原因",
            "致伤原因",
            "伤害原因",
            "直接原因",
            "发生原因",
            "起因",
            "致因",
        ),
    )
    source = TextField(
        "来源部门",
        aliases=("数据来源", "报送部门", "来源", "信息来源", "报告部门"),
        required=True,
        seeds=("S7-17",),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "事故伤害明细"
        aliases = ("事故伤害登记", "事故明细", "伤害登记", "事故登记", "伤害监测记录")
        subject = "record"
        key = ("happened_on", "category", "place", "source", "victim")
        seeds = ("S7-16", "S7-17", "S7-42", "S7-63")
        about = "每起事故的时间、类别、伤害人数和来源部门"


class AccidentStatistic(Ledger):
    """The year's accidents of one category against last year and the control indicator (S7-48, S7-55)."""

    year = IntegerField("年度", aliases=("年份", "统计年度"), context="year")
    category = TextField(
        "事故类别", aliases=("类别", "事故类型", "事故种类", "类型"), values=ACCIDENTS, required=True
    )
    accidents_before = IntegerField(
        "上年同期起数",
        aliases=(
            "事故起数/上年同期",
            "事故起数/上年",
            "上年事故起数",
            "去年起数",
            "上年起数",
            "起数/上年",
            "起数/上年同期",
            "上年同期事故起数",
            "起数/去年同期",
            "事故起数/去年同期",
            "事故起数上年同期",
            "去年同期起数",
            "事故起数上年",
        ),
    )
    accidents = IntegerField(
        "本年起数",
        aliases=(
            "事故起数/本年",
            "事故起数/本期",
            "本年事故起数",
            "今年起数",
            "起数/本年",
            "本年事故",
            "事故起数",
            "事故起数/本年累计",
            "起数/本期",
            "起数/本年累计",
            "事故起数本年",
            "本期起数",
            "本年起数",
            "事故起数本期",
        ),
        required=True,
    )
    injured_before = IntegerField(
        "上年同期伤害人数",
        aliases=(
            "伤害人数/上年同期",
            "伤害人数/上年",
            "上年伤害人数",
            "去年伤害人数",
            "上年受伤人数",
            "人数/上年",
            "受伤人数/上年同期",
            "伤害人数/去年同期",
            "受伤人数/上年",
            "受伤人数/去年同期",
            "伤人数/上年",
            "伤人数/上年同期",
            "伤人数/去年同期",
            "伤害人数上年同期",
            "上年同期伤害人数",
            "受伤人数上年同期",
            "伤人数上年同期",
        ),
    )
    injured = IntegerField(
        "本年伤害人数",
        aliases=(
            "伤害人数/本年",
            "伤害人数/本期",
            "今年伤害人数",
            "本年受伤人数",
            "人数/本年",
            "受伤人数/本年",
            "伤害人数",
            "伤害人数/本年累计",
            "受伤人数/本期",
            "受伤人数/本年累计",
            "伤人数/本年",
            "伤人数/本期",
            "伤人数/本年累计",
            "伤害人数本年",
            "本年伤害人数",
            "受伤人数本年",
            "伤人数本年",
        ),
    )
    limit = IntegerField(
        "控制指标",
        aliases=("下达控制指标", "控制数", "指标", "控制指标起数", "年度控制指标"),
        unit="起",
        seeds=("S7-48", "S7-59"),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "事故伤害统计"
        aliases = ("事故伤害统计表", "事故统计", "伤害统计", "事故指标统计")
        subject = "division"
        key = ("year", "category")
        seeds = ("S7-48", "S7-55", "S7-56", "S7-59", "S7-63")
        about = "各类事故本年与上年的起数、伤害人数和控制指标"

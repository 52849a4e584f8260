"""The building of the safety community: baseline, projects, training, surveys, archives, duties."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    NumberField,
    TextField,
    YesNoField,
)


class Baseline(Ledger):
    """One finding of the baseline survey (S7-11, S7-23, S7-46)."""

    surveyed_on = DateField("调查日期", aliases=("摸底日期", "基线调查日期"), required=True)
    kind = TextField(
        "条目类别",
        aliases=("调查类别",),
        values={
            "成绩": ("已取得的成绩",),
            "惯例制度": ("有效惯例", "制度"),
            "问题差距": ("主要问题", "薄弱环节", "差距"),
            "改进空间": ("改进可能",),
            "群众建议": ("建议要求", "群众要求"),
        },
        required=True,
    )
    content = TextField("调查内容", aliases=("具体内容", "情况描述"), required=True)
    answered_by = TextField("对应计划或项目", aliases=("对应项目编号", "对应措施"), seeds=("S7-46",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全社区基线调查表"
        aliases = ("基线调查", "安全现状调查", "安全现状分析")
        subject = "division"
        key = ("surveyed_on", "kind", "content")
        seeds = ("S7-11", "S7-23", "S7-46")
        about = "安全现状的成绩、问题、改进空间和群众建议"


class VulnerableGroup(Ledger):
    """One of the two highs and one vulnerable (两高一脆弱, S7-13)."""

    kind = TextField(
        "人群环境类别",
        aliases=("两高一脆弱类别", "重点类别"),
        values={"高危人群": (), "高风险环境": ("高危环境",), "脆弱群体": ("脆弱人群",)},
        required=True,
    )
    title = TextField("名称", aliases=("人群名称", "环境名称", "对象名称"), required=True)
    people = IntegerField("涉及人数", aliases=("人数",))
    risk = TextField("主要风险", aliases=("风险描述",))
    project_no = CodeField("促进项目编号", aliases=("对应项目编号",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "两高一脆弱登记"
        aliases = ("高危人群高风险环境脆弱群体", "两高一脆弱")
        subject = "record"
        key = ("kind", "title")
        seeds = ("S7-13", "S7-29")
        about = "高危人群、高风险环境和脆弱群体"


class PromotionProject(Ledger):
    """One safety promotion project (S7-14, S7-30, S7-70)."""

    project_no = CodeField("促进项目编号", aliases=("项目编号", "编号"), required=True)
    title = TextField("促进项目名称", aliases=("安全促进项目", "项目名称"), required=True)
    sector = TextField("促进领域", aliases=("工作组", "领域"))
    target_group = TextField("目标人群或环境", aliases=("目标人群", "服务对象"))
    scheme_on = DateField("实施方案日期", aliases=("方案日期",), seeds=("S7-30",))
    started_on = DateField("启动日期", aliases=("实施日期",))
    finished_on = DateField("结束日期", aliases=("完成日期",))
    before_value = NumberField("实施前数据", aliases=("实施前",), seeds=("S7-32",))
    after_value = NumberField("实施后数据", aliases=("实施后",), seeds=("S7-32",))
    judged = TextField("效果评价", aliases=("措施评价",), seeds=("S7-32", "S7-53"))
    next_review_on = DateField("后续评审日期", aliases=("跟踪评审日期",), seeds=("S7-70",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全促进项目台账"
        aliases = ("安全促进项目", "促进项目登记")
        subject = "record"
        key = ("project_no",)
        seeds = ("S7-14", "S7-29", "S7-30", "S7-32", "S7-70")
        about = "安全促进项目的对象、方案、前后数据和评价"


class ProjectStage(Ledger):
    """The key data of one stage of a promotion project, or one check of it (S7-31, S7-52)."""

    project_no = CodeField("促进项目编号", aliases=("项目编号",), required=True)
    stage = TextField("项目阶段", aliases=("实施阶段",), required=True)
    recorded_on = DateField("记录日期", aliases=("检查日期",), required=True)
    key_data = TextField("关键数据", aliases=("阶段数据",))
    checked_by = NameField("检查考核人", aliases=("检查人",), seeds=("S7-52",))
    outcome = TextField("阶段结果", aliases=("检查考核结果",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "促进项目阶段记录"
        aliases = ("项目阶段数据", "促进项目检查考核")
        subject = "record"
        key = ("project_no", "stage", "recorded_on")
        seeds = ("S7-31", "S7-52")
        about = "促进项目各阶段的关键数据和检查"


class ElementCheck(Ledger):
    """One project against one of the 12 elements (12要素), which an office edits as a file (S7-21)."""

    project_no = CodeField("促进项目编号", aliases=("项目编号",), required=True)
    element = TextField("要素", aliases=("12要素", "基本要素"), required=True)
    met = YesNoField("是否符合", aliases=("符合情况",))
    evidence = TextField("佐证材料", aliases=("证据", "档案号"))
    judged_on = DateField("评定日期", aliases=("对照日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "促进项目要素对照表"
        aliases = ("12要素对照", "安全促进项目要素")
        subject = "record"
        key = ("project_no", "element")
        seeds = ("S7-21",)
        about = "促进项目对照12要素的符合情况"


class Training(Ledger):
    """One safety training with its level (S7-33 … S7-36)."""

    trained_on = DateField("培训日期", aliases=("培训时间",), required=True)
    level = TextField(
        "培训层次",
        aliases=("培训对象层次", "层次"),
        values={
            "领导小组": ("领导小组人员", "职能部门负责人"),
            "工作组": ("工作组人员", "社区主任"),
            "全员": ("全体人员", "全员培训"),
        },
        required=True,
    )
    topic = TextField("培训内容", aliases=("培训主题",))
    participants = IntegerField("参训人数", aliases=("培训人数",))
    trainer = TextField("授课人", aliases=("培训讲师",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全社区培训记录"
        aliases = ("安全培训记录", "安全教育培训")
        subject = "record"
        key = ("trained_on", "level", "topic")
        seeds = ("S7-33", "S7-34", "S7-35", "S7-36")
        about = "分层次的安全培训"


class SatisfactionSurvey(Ledger):
    """The answers of one sample about safety satisfaction or knowledge (S7-57, S7-61)."""

    surveyed_on = DateField("调查日期", aliases=("问卷日期",), required=True)
    phase = TextField(
        "调查阶段", aliases=("前后阶段",), values={"宣传前": ("前测",), "宣传后": ("后测",)}, seeds=("S7-61",)
    )
    sample = IntegerField("有效问卷数", aliases=("样本数", "调查人数"), required=True)
    satisfied = IntegerField("满意人数", aliases=("满意数",))
    aware = IntegerField("知晓人数", aliases=("知晓数",))
    population = IntegerField("居民总数", aliases=("总体人数",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "居民安全满意度调查"
        aliases = ("安全满意度调查", "安全知晓度调查")
        subject = "division"
        key = ("surveyed_on", "phase")
        seeds = ("S7-57", "S7-61")
        about = "居民安全满意度、知晓度的抽样结果"


class Facility(Ledger):
    """One safety facility and the money put into it (S7-20)."""

    facility_no = CodeField("设施编号", aliases=("编号",))
    facility = TextField("安全设施", aliases=("设施名称",), required=True)
    place = TextField("安装地点", aliases=("设置地点",))
    invested = MoneyField("投入资金", aliases=("投入金额",), required=True)
    built_on = DateField("建成日期", aliases=("安装日期", "投用日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全设施投入台账"
        aliases = ("安全设施台账", "安全设施投入")
        subject = "place"
        key = ("facility_no", "facility", "place")
        seeds = ("S7-20",)
        about = "安全设施及资金投入"


class Duty(Ledger):
    """One document of duty, plan or rule that a department, unit or community has on file (S7-54)."""

    unit = TextField("部门单位", aliases=("单位名称", "部门", "社区部门单位"), required=True)
    document = TextField(
        "文件类别",
        aliases=("材料类别",),
        values={
            "任务分工": ("分工",),
            "职责": ("责任",),
            "制度": ("规章",),
            "计划": ("工作计划",),
            "方案": ("实施方案",),
        },
        required=True,
    )
    title = TextField("文件名称", aliases=("材料名称",), required=True)
    issued_on = DateField("印发日期", aliases=("制定日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全职责制度备案表"
        aliases = ("安全职责备案", "安全制度备案")
        subject = "organisation"
        key = ("unit", "document", "title")
        seeds = ("S7-07", "S7-54")
        about = "各部门、单位的分工、职责和制度"


class Plan(Ledger):
    """One emergency plan with its four parts (S7-51)."""

    title = TextField("预案名称", aliases=("应急预案", "方案名称"), required=True)
    unit = TextField("编制单位", aliases=("单位",))
    issued_on = DateField("发布日期", aliases=("编制日期",))
    prevention = TextField("预防部分", aliases=("预防措施",))
    response = TextField("应急部分", aliases=("应急措施", "处置措施"))
    normal_state = TextField("常态部分", aliases=("常态措施",))
    exceptional_state = TextField("非常态部分", aliases=("非常态措施",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "应急预案登记"
        aliases = ("应急预案台账", "预案登记")
        subject = "record"
        key = ("title", "unit")
        seeds = ("S7-51",)
        about = "应急预案的预防、应急、常态、非常态部分"


class Resource(Ledger):
    """One resource for injury prevention, with who holds it (S7-67, S7-69)."""

    holder = TextField("资源单位", aliases=("提供单位", "资源持有方"), required=True)
    kind = TextField("资源类别", aliases=("资源种类",))
    resource = TextField("资源内容", aliases=("可用资源",), required=True)
    joint_task = TextField("共同任务", aliases=("合作任务",), seeds=("S7-67",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全资源登记"
        aliases = ("安全促进资源", "跨界合作资源")
        subject = "organisation"
        key = ("holder", "resource")
        seeds = ("S7-67", "S7-69")
        about = "可用于伤害预防的资源和合作任务"

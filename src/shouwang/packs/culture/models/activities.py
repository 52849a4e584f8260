"""Activities as held, the year's plan, and who takes part."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Through
from shouwang.ledger.fields import CodeField, DateField, IntegerField, NameField, TextField, YesNoField
from shouwang.packs.culture.models.projects import PROJECT_NO


class Activity(Ledger):
    """One activity as held: place, form, preparation, attendance by age (S4-13, S4-14, S4-17)."""

    activity_no = CodeField("活动编号", aliases=("编号", "活动序号", "场次编号"), required=True)
    project_no = CodeField("项目编号", aliases=PROJECT_NO)
    title = TextField("活动名称", aliases=("活动主题", "活动内容"))
    kind = TextField(
        "活动类别",
        aliases=("活动类型", "内容类别"),
        values={
            "道德": ("道德建设",),
            "科普": ("科学普及",),
            "法制": ("法治", "普法"),
            "文娱体育": ("文体", "文化娱乐", "体育"),
            "精神文明": ("精神文明建设",),
        },
        seeds=("S4-14",),
    )
    held_on = DateField(
        "活动日期", aliases=("日期", "活动时间", "开展日期", "举办日期", "举办时间"), required=True
    )
    prepared_from = DateField(
        "筹备起始",
        aliases=(
            "筹备开始日期",
            "筹备日期",
            "筹备起始日期",
            "开始筹备日期",
            "准备开始日期",
            "筹备开始",
            "筹备时间",
        ),
        seeds=("S4-40",),
    )
    place = TextField("活动场地", aliases=("活动地点", "场地", "地点", "举办地点"))
    form = TextField("活动形式", aliases=("形式", "开展形式"), seeds=("S4-45",))
    capacity = IntegerField(
        "场地容量", aliases=("容量", "场地容纳人数", "可容纳人数", "容纳人数", "核定容量")
    )
    participants = IntegerField(
        "参加人数", aliases=("参与人数", "人数", "到场人数", "参加人次", "总人数", "出席人数")
    )
    aged_60 = IntegerField(
        "60岁以上",
        aliases=(
            "其中/60岁以上",
            "老年人",
            "老年",
            "60岁及以上",
            "60周岁以上",
            "其中/老年人",
            "其中60岁以上",
        ),
    )
    aged_18 = IntegerField(
        "18-59岁",
        aliases=(
            "其中/18-59岁",
            "中青年",
            "18至59岁",
            "18—59岁",
            "18~59岁",
            "其中/中青年",
            "成年人",
            "其中18-59岁",
        ),
    )
    aged_0 = IntegerField(
        "18岁以下",
        aliases=(
            "其中/18岁以下",
            "未成年人",
            "儿童青少年",
            "17岁以下",
            "18周岁以下",
            "其中/未成年人",
            "青少年",
            "其中18岁以下",
            "未满18岁",
            "不满18岁",
        ),
    )
    ordered = YesNoField("上级指令", aliases=("是否上级布置", "上级布置任务"), seeds=("S4-35", "S4-37"))
    planned = YesNoField("列入计划", aliases=("是否列入计划",), seeds=("S4-35",))
    published_on = DateField("公开日期", aliases=("信息公开日期", "公示日期"), seeds=("S4-47", "S4-63"))
    supervised_by = TextField("监督人", aliases=("居民监督员", "监督小组"), seeds=("S4-48",))
    cause = TextField("参与不足原因", aliases=("人数少原因",), seeds=("S4-46",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "活动开展记录"
        aliases = ("文化活动开展情况", "活动开展", "活动记录", "文化活动记录", "活动开展情况记录", "活动台账")
        subject = "record"
        key = ("activity_no",)
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-13", "S4-14", "S4-17", "S4-35", "S4-40", "S4-44", "S4-45")
        about = "每次活动的日期、筹备、场地、形式和分年龄人数"


class Plan(Ledger):
    """The plan of cultural activities of a community for a year (S4-36)."""

    year = IntegerField("年度", aliases=("计划年度",), context="year", required=True)
    plan = TextField("计划名称", aliases=("文化活动计划", "计划内容"), required=True)
    issued_on = DateField("制定日期", aliases=("印发日期",))
    activities = IntegerField("计划场次", aliases=("计划活动数",))
    officer = NameField("文化活动专员", aliases=("社区文化活动专员", "文化专员"), seeds=("S4-03",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "社区文化活动年度计划"
        aliases = ("文化活动计划", "年度文化计划")
        subject = "division"
        key = ("year", "plan")
        seeds = ("S4-36", "S4-03")
        about = "各社区的文化活动年度计划"


class Participation(Ledger):
    """How many residents of a community take part regularly (S4-43, S4-62, S4-78)."""

    year = IntegerField("年度", aliases=("统计年度",), context="year", required=True)
    residents = IntegerField("居民总数", aliases=("常住居民数",), required=True)
    regular = IntegerField("经常参与人数", aliases=("经常参加人数",), required=True)
    satisfied = IntegerField("文化满意人数", aliases=("满意人数",), seeds=("S4-78",))
    sample = IntegerField("调查样本数", aliases=("样本数",), seeds=("S4-78",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "居民文化参与统计"
        aliases = ("文化参与率", "经常参与居民统计")
        subject = "division"
        key = ("year",)
        seeds = ("S4-43", "S4-62", "S4-78")
        about = "各社区经常参与文化活动的居民"


class InterestGroup(Ledger):
    """One interest group or cultural organisation grown out of activities (S4-20, S4-31)."""

    group = TextField("团体名称", aliases=("兴趣团体", "兴趣小组名称"), required=True)
    formed_on = DateField("成立日期", aliases=("组建日期",))
    members = IntegerField("团体人数", aliases=("成员数",))
    from_project = CodeField("来源项目编号", aliases=("培育项目",))
    support = TextField("获得支持", aliases=("扶持情况",), seeds=("S4-31",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "居民兴趣团体登记"
        aliases = ("兴趣团体登记", "文化自助组织登记")
        subject = "organisation"
        key = ("group",)
        seeds = ("S4-20", "S4-31")
        about = "由活动形成的兴趣团体和文化组织"

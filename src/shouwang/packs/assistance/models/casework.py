"""Social work: cases and visits, groups, community work, methods, conflicts, goals, resources.

Seeds: S2-17 … S2-20, S2-32 … S2-39, S2-70, S2-71, S2-75, S2-78 … S2-81.
"""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    NumberField,
    PersonField,
    TextField,
    YesNoField,
)
from shouwang.packs.assistance.models import columns
from shouwang.packs.assistance.models.columns import words

METHODS = {
    "个案工作": ("个案", "个案服务"),
    "小组工作": ("群体工作", "小组", "小组服务", "团体工作", "群体"),
    "社区工作": ("社区", "社区服务", "社区活动"),
    "社会行政": ("行政", "社会工作行政", "行政工作"),
    "社会工作研究": ("研究", "社会调查", "调查研究"),
}


class Casework(Ledger):
    """The casework file of a household: difficulties, help planned, what the household does itself."""

    case_no = CodeField("个案编号", aliases=("个案号", "案号", "档案编号", "个案档案号"), required=True)
    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    name = NameField("案主姓名", aliases=("户主姓名", "案主", "服务对象", "服务对象姓名", *columns.NAME))
    person = PersonField("身份证号", aliases=columns.PERSON)
    opened_on = DateField("建档日期", aliases=("接案日期", "立案日期", "开案日期", "建案日期"))
    closed_on = DateField("结案日期", aliases=("结束日期", "结案时间"))
    worker = NameField("社工", aliases=columns.SOCIAL_WORKER)
    difficulties = TextField(
        "家庭困难", aliases=("困难情况", "主要问题", "问题与需求", "家庭困难情况", "面临问题")
    )
    goals = TextField("服务目标", aliases=("目标", "介入目标", "服务计划", "计划目标"))
    own_part = TextField(
        "家庭自助事项",
        aliases=("自助计划", "案主自助内容", "家庭自己做什么", "自助内容", "案主承诺事项"),
        note="助人自助：写明家庭自己要做的事",
        seeds=("S2-80",),
    )
    outcome = TextField("结案评估", aliases=("服务成效", "结果", "评估结果"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保家庭个案档案"
        aliases = ("个案档案", "个案登记", "个案台账", "个案服务登记", "社会工作个案")
        subject = "household"
        key = ("case_no",)
        seeds = ("S2-06", "S2-17", "S2-32", "S2-80")
        about = "一户一案的困难、目标、家庭自助事项与结案评估"


class HomeVisit(Ledger):
    """A home visit: difficulties seen, help given, the household's capability as rated that day."""

    case_no = CodeField("个案编号", aliases=("个案号", "案号", "档案编号"))
    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    name = NameField("户主姓名", aliases=("案主姓名", "走访对象", "家访对象", "姓名", *columns.HEAD))
    person = PersonField("身份证号", aliases=(*columns.PERSON, *columns.HEAD_PERSON))
    visited_on = DateField(
        "家访日期", aliases=("走访日期", "入户日期", "探访日期", "家访时间"), required=True
    )
    worker = NameField("社工", aliases=(*columns.SOCIAL_WORKER, "家访人", "走访人", "探访人"))
    difficulties = TextField("困难情况", aliases=("存在困难", "家庭困难", "发现问题", "问题"))
    material_help = TextField("物质帮助", aliases=("物质帮扶", "物资帮助", "帮扶物资", "物质支持"))
    emotional_help = TextField(
        "精神帮助", aliases=("情感支持", "心理支持", "精神慰藉", "心理疏导", "精神帮扶")
    )
    capability = NumberField(
        "家庭能力评分",
        aliases=columns.CAPABILITY,
        unit="分",
        note="家庭处理问题的能力，分值越高越强",
        seeds=("S2-70",),
    )
    change = TextField("变化情况", aliases=("能力变化", "家庭变化", "改善情况"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保家庭家访记录"
        aliases = ("家访记录", "低保家访", "入户探访记录", "低保户走访记录", "低保家庭走访记录")
        subject = "household"
        key = ("certificate", "visited_on")
        seeds = ("S2-17", "S2-32", "S2-70")
        about = "每次家访的困难、物质与精神帮助、家庭能力"


class GroupSession(Ledger):
    """A session of group work with its planner and the topics shared."""

    group_no = CodeField("小组编号", aliases=("小组号", "组号"), required=True)
    group = TextField("小组名称", aliases=("小组", "组名"), max_length=200)
    session = IntegerField("节次", aliases=("第几节", "活动节次", "期次", "次数"))
    held_on = DateField("活动日期", aliases=("日期", "开展日期", "活动时间", "小组日期"), required=True)
    planner = NameField("策划社工", aliases=("策划人", "带领社工", "主持社工", *columns.SOCIAL_WORKER))
    topic = TextField(
        "分享主题",
        aliases=("主题", "活动主题", "讨论主题", "分享内容"),
        values={
            "就业经验": ("就业经验分享", "求职经验"),
            "就业技能": ("就业技能分享", "求职技能", "职业技能"),
            "就业指导": ("求职指导", "职业指导"),
        },
        max_length=200,
        seeds=("S2-34",),
    )
    attended = IntegerField("参加人数", aliases=("人数", "出席人数", "到场人数"), unit="人")
    content = TextField("活动内容", aliases=("内容", "过程记录", "活动过程"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "小组工作活动记录"
        aliases = ("小组活动记录", "小组工作记录", "小组记录", "小组工作台账")
        subject = "record"
        key = ("group_no", "held_on")
        seeds = ("S2-18", "S2-33", "S2-34")
        about = "小组每节活动的策划社工、主题和参加人数"


class GroupMember(Ledger):
    """A member at a session: first assessment, rating, and whom he supports or is supported by."""

    group_no = CodeField("小组编号", aliases=("小组号", "组号"), required=True)
    name = NameField("组员姓名", aliases=("成员姓名", "姓名", "组员", *columns.NAME))
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    session = IntegerField("节次", aliases=("第几节", "活动节次", "期次"))
    assessed_on = DateField("评估日期", aliases=("日期", "活动日期", "评定日期"), required=True)
    first_contact = YesNoField(
        "是否首次评估", aliases=("首次评估", "是否初评", "初次接触评估"), seeds=("S2-36",)
    )
    behaviour = NumberField("行为评分", aliases=("行为得分", "行为表现评分", "行为"), unit="分")
    ability = NumberField("能力评分", aliases=("能力得分", "能力"), unit="分")
    social_function = NumberField("社会功能评分", aliases=("社会功能得分", "社会功能"), unit="分")
    supports = TextField(
        "互助对象",
        aliases=("互助组员", "支持对象", "相互支持的组员", "结对组员"),
        note="与哪些组员形成互相支持，写姓名，用、隔开",
        seeds=("S2-35",),
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "小组成员评估表"
        aliases = ("组员评估", "小组组员评估", "小组成员评估", "组员登记", "小组成员名单")
        subject = "person"
        key = ("group_no", "person", "assessed_on")
        seeds = ("S2-18", "S2-35", "S2-36", "S2-71")
        about = "组员首次与历次评估、互助关系"


class CommunityWork(Ledger):
    """Community work by model and form, with the people it reached."""

    work_no = CodeField("编号", aliases=("项目编号", "活动编号", "服务编号"))
    title = TextField(
        "名称", aliases=("活动名称", "项目名称", "服务名称", "内容"), required=True, max_length=300
    )
    held_on = DateField("开展日期", aliases=("活动日期", "日期", "实施日期"), required=True)
    model = TextField(
        "工作模式",
        aliases=("介入模式", "社区工作模式", "工作形式", "模式", "介入形式"),
        values={
            "地区发展": ("地区发展模式", "社区发展"),
            "社会行动": ("社会行动模式",),
            "社会策划": ("社会策划模式", "社会计划"),
        },
        max_length=100,
        seeds=("S2-19", "S2-37"),
    )
    form = TextField(
        "服务形式",
        aliases=("帮扶形式", "帮助形式", "服务方式", "形式"),
        note="志愿者扶持、物质帮助、个别心理辅导、职业技能培训，可写几项",
        max_length=200,
        seeds=("S2-19", "S2-38"),
    )
    plan = TextField(
        "就业指导培训计划",
        aliases=("就业计划", "培训计划", "就业指导计划", "就业培训计划"),
        seeds=("S2-39",),
    )
    reached = IntegerField(
        "服务人数", aliases=("受益人数", "参加人数", "惠及人数", "服务对象人数"), unit="人"
    )
    worker = NameField("社区工作者", aliases=("负责人", *columns.SOCIAL_WORKER))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社区工作记录"
        aliases = ("社区工作台账", "社区工作介入记录", "社区社会工作记录", "低保社区工作")
        subject = "record"
        key = ("work_no", "title", "held_on")
        seeds = ("S2-19", "S2-37", "S2-38", "S2-39")
        about = "按地区发展、社会行动、社会策划三种模式开展的社区工作"


class Intervention(Ledger):
    """An item of daily dibao work and the social work method it used, if any."""

    item_no = CodeField("事项编号", aliases=("编号", "工作编号", "记录编号"))
    done_on = DateField("日期", aliases=("工作日期", "办理日期", "服务日期"), required=True)
    item = TextField("工作事项", aliases=("事项", "工作内容", "服务内容", "事项名称"), required=True)
    method = TextField(
        "社会工作方法",
        aliases=("工作方法", "运用方法", "方法", "服务方法", "社工方法"),
        values=METHODS,
        max_length=50,
        seeds=("S2-20", "S2-78"),
    )
    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    name = NameField("服务对象", aliases=("对象", "服务对象姓名", "姓名"))
    worker = NameField("工作人员", aliases=(*columns.SOCIAL_WORKER, "经办人", "经办"))
    department = TextField(
        "往来部门",
        aliases=("政府部门", "联系部门", "协作部门", "互动部门"),
        max_length=200,
        seeds=("S2-09",),
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保日常工作登记表"
        aliases = ("低保工作日志", "社会工作介入登记", "介入登记", "低保日常工作", "社会工作方法运用登记")
        subject = "record"
        key = ("item_no", "done_on", "item")
        seeds = ("S2-09", "S2-20", "S2-78")
        about = "日常低保工作事项及运用的社会工作方法"


class Conflict(Ledger):
    """Conflicts and tensions that social workers met, and how they were settled."""

    conflict_no = CodeField("编号", aliases=("矛盾编号", "纠纷编号", "登记编号"), required=True)
    found_on = DateField("发现日期", aliases=("发生日期", "受理日期", "日期", "登记日期"), required=True)
    parties = TextField("当事人", aliases=("涉及人员", "双方当事人", "涉及家庭"), mask="name", max_length=200)
    content = TextField("矛盾内容", aliases=("纠纷内容", "内容", "事由", "矛盾冲突内容"))
    worker = NameField("化解社工", aliases=("调解人", "处理人", *columns.SOCIAL_WORKER))
    settled_on = DateField("化解日期", aliases=("解决日期", "调解日期", "办结日期"))
    result = TextField("化解结果", aliases=("处理结果", "调解结果", "结果"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保矛盾化解登记表"
        aliases = ("矛盾冲突登记", "矛盾化解登记", "低保矛盾纠纷", "矛盾化解记录")
        subject = "record"
        key = ("conflict_no",)
        seeds = ("S2-75",)
        about = "社工遇到并化解的矛盾与冲突"


class PlanGoal(Ledger):
    """A goal of a recipient's plan, for confidence or ability, rated at start and at review."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    name = NameField("姓名", aliases=columns.NAME)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    kind = TextField(
        "目标类别",
        aliases=("目标种类", "目标类型", "类别"),
        values={"自信心": ("信心", "自信"), "能力": ("个人能力", "就业能力")},
        max_length=50,
    )
    goal = TextField("目标内容", aliases=("目标", "计划目标", "提升目标"), required=True)
    set_on = DateField("制定日期", aliases=("起始日期", "确定日期", "目标日期"), required=True)
    rating_start = NumberField("起始评分", aliases=("初评分", "开始评分", "起评分", "初始评分"), unit="分")
    review_due_on = DateField("应复评日期", aliases=("计划复评日期", "复评期限", "复评到期日"))
    reviewed_on = DateField("复评日期", aliases=("评估日期", "复核日期", "回顾日期"))
    rating_review = NumberField("复评评分", aliases=("复评分", "回顾评分", "再评分"), unit="分")
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保对象提升计划表"
        aliases = ("提升计划", "个人发展计划", "自信心与能力计划", "低保对象成长计划")
        subject = "person"
        key = ("person", "goal", "set_on")
        seeds = ("S2-79",)
        about = "自信心与能力目标的起评和复评"


class Resource(Ledger):
    """Resources and platforms found for recipients, and the cases they were matched to."""

    resource_no = CodeField("资源编号", aliases=("编号", "资源号"), required=True)
    title = TextField(
        "资源名称", aliases=("名称", "资源", "平台名称", "资源内容"), required=True, max_length=200
    )
    kind = TextField("资源类别", aliases=("类别", "资源类型", "资源种类"), max_length=100)
    provider = TextField("提供方", aliases=words("提供单位 资源提供方 来源单位 链接单位"), max_length=200)
    value = MoneyField("折合金额", aliases=("金额", "价值", "资源价值"))
    available_on = DateField("可用日期", aliases=("登记日期", "入库日期", "起用日期"))
    case_no = CodeField("匹配个案", aliases=("对接个案", "匹配个案编号", "个案编号", "对接个案编号"))
    matched_on = DateField("匹配日期", aliases=("对接日期", "链接日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保资源登记表"
        aliases = ("资源登记", "资源库", "帮扶资源登记", "资源链接登记", "社会资源台账")
        subject = "record"
        key = ("resource_no", "case_no")
        seeds = ("S2-81",)
        about = "为低保对象整合的资源及匹配的个案"

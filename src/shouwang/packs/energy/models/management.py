"""Management of indicators: targets, analyses, managers, assessment, deposits, censuses, projects."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    NumberField,
    TextField,
    YesNoField,
)
from shouwang.packs.energy.models.metering import KINDS


class AnnualTarget(Ledger):
    """One annual target from the bureau with plan and measures (S6-15, S6-21, S6-37)."""

    year = IntegerField("年度", aliases=("目标年度",), context="year", required=True)
    kind = TextField("能源种类", aliases=("种类", "能源品种"), values=KINDS, required=True)
    target = NumberField("目标值", aliases=("下达指标", "年度目标", "目标消耗量"), required=True)
    received_on = DateField("下达日期", aliases=("接收日期",))
    plan = TextField("工作规划", aliases=("工作计划",))
    measures = TextField("节约措施", aliases=("工作举措", "节能措施"), seeds=("S6-37",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "年度节能目标登记"
        aliases = ("年度工作目标", "节能目标", "年度节能指标")
        subject = "division"
        key = ("year", "kind")
        seeds = ("S6-15", "S6-21", "S6-37")
        about = "管理局下达的年度节能目标、规划和措施"


class MonthlyAnalysis(Ledger):
    """One monthly energy analysis of a unit (S6-25, S6-29, S6-67)."""

    unit = TextField("单位", aliases=("单位名称", "用能单位"), required=True)
    month = MonthField("分析月份", aliases=("月份", "所属月份"), required=True)
    analysed_on = DateField("分析日期", aliases=("完成日期",))
    reason = TextField("节超原因", aliases=("节约或超耗原因", "原因分析"), required=True, seeds=("S6-29",))
    improvement = TextField("改进措施", aliases=("补救措施", "改进补救措施"), seeds=("S6-29",))
    analyst = NameField("分析人", aliases=("填报人",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "月度能耗分析"
        aliases = ("月度能耗分析记录", "能耗分析台账")
        subject = "organisation"
        key = ("unit", "month")
        seeds = ("S6-25", "S6-29", "S6-67")
        about = "各单位每月能耗分析及改进措施"


class Manager(Ledger):
    """The energy manager of a unit (S6-02, S6-03)."""

    unit = TextField("单位", aliases=("单位名称", "基层单位"), required=True)
    name = NameField("节能管理员", aliases=("能源管理员", "节能管理人员", "姓名"))
    full_time = TextField(
        "专兼职", aliases=("专职兼职",), values={"专职": ("专",), "兼职": ("兼",)}, required=True
    )
    since = DateField("任职日期", aliases=("任职时间",))
    until = DateField("卸任日期", aliases=("离任日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能管理人员名单"
        aliases = ("节能管理员", "能源管理人员")
        subject = "organisation"
        key = ("unit", "name")
        seeds = ("S6-02", "S6-03")
        about = "各单位的专兼职节能管理人员"


class Assessment(Ledger):
    """One inspection or assessment of a unit's energy work (S6-28, S6-50, S6-51, S6-56)."""

    unit = TextField("受检单位", aliases=("单位", "被考核单位"), required=True)
    assessed_on = DateField("考核日期", aliases=("检查日期", "考核时间"), required=True)
    kind = TextField(
        "考核类别", aliases=("考核类型",), values={"双月检查": ("双月综合检查",), "年度考核": ("年终考核",)}
    )
    energy_score = NumberField("节能得分", aliases=("节能考核得分",), required=True, seeds=("S6-65",))
    target_met = YesNoField("指标完成", aliases=("是否完成指标",), seeds=("S6-50", "S6-51"))
    vetoed = YesNoField("一票否决", aliases=("是否否决",), seeds=("S6-50",))
    award = TextField("拟评荣誉", aliases=("评奖推荐", "荣誉称号"), seeds=("S6-51",))
    guidance = TextField("检查指导意见", aliases=("指导意见",), seeds=("S6-68",))
    answerable = NameField("责任人", aliases=("问责对象",), seeds=("S6-49",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能考核记录"
        aliases = ("双月综合检查", "节能检查考核", "节能量化考核")
        subject = "organisation"
        key = ("unit", "assessed_on")
        seeds = ("S6-28", "S6-49", "S6-50", "S6-51", "S6-56", "S6-65")
        about = "双月检查和年度节能考核"


class Deposit(Ledger):
    """One risk deposit put down by a bearer and its settlement (S6-53, S6-54)."""

    name = NameField("承担人", aliases=("交纳人", "姓名"), required=True)
    unit = TextField("单位", aliases=("所在单位",))
    paid_on = DateField("交纳日期", aliases=("缴纳日期",))
    amount = MoneyField("风险抵押金", aliases=("抵押金金额", "交纳金额"), required=True)
    result = TextField("指标结果", aliases=("完成结果",))
    settled_on = DateField("兑现日期", aliases=("结算日期",))
    settled = MoneyField("兑现金额", aliases=("结算金额", "返还金额"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能风险抵押金台账"
        aliases = ("风险抵押金", "风险抵押金台账")
        subject = "person"
        key = ("name", "paid_on")
        seeds = ("S6-53", "S6-54")
        about = "节能指标风险抵押金的交纳和兑现"


class Census(Ledger):
    """One point found by a census of infrastructure or of water and electricity (S6-33 … S6-36, S6-46)."""

    surveyed_on = DateField("普查日期", aliases=("调查日期",), required=True)
    kind = TextField(
        "普查类别",
        aliases=("普查种类",),
        values={"基础设施普查": ("设施普查",), "水电经营情况普查": ("水电普查",)},
    )
    place = TextField("普查对象", aliases=("普查地点", "设施名称"), required=True)
    problem = TextField("存在问题", aliases=("发现问题",), seeds=("S6-35",))
    saving_point = TextField("节能突破口", aliases=("节能潜力",), seeds=("S6-35",))
    funds_needed = MoneyField("所需资金", aliases=("资金需求",), seeds=("S6-46",))
    requested_on = DateField("请示日期", aliases=("申请支持日期",), seeds=("S6-46",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能普查记录"
        aliases = ("基础设施普查", "水电经营情况普查")
        subject = "place"
        key = ("surveyed_on", "kind", "place")
        seeds = ("S6-33", "S6-34", "S6-35", "S6-36", "S6-46")
        about = "基础设施和水电经营情况普查的问题与节能点"


class SavingProject(Ledger):
    """One saving technique or project, with money, effect and whether it is worth spreading (S6-17)."""

    project_no = CodeField("项目编号", aliases=("编号",))
    title = TextField("节能项目", aliases=("节能技术", "项目名称"), required=True)
    demonstration = TextField("示范区系统", aliases=("示范区",), seeds=("S6-70",))
    invested = MoneyField("投入资金", aliases=("节能资金",), seeds=("S6-71",))
    saved = NumberField("节约量", aliases=("节能量",))
    started_on = DateField("实施日期", aliases=("投用日期",))
    worth_spreading = YesNoField("值得推广", aliases=("是否推广",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能技术项目台账"
        aliases = ("节能项目台账", "节能技术改造")
        subject = "record"
        key = ("project_no", "title")
        seeds = ("S6-17", "S6-70", "S6-71")
        about = "节能技术和项目的投入与效果"


class OperatedBusiness(Ledger):
    """One business carried on by others, with mode (S6-18, S6-64)."""

    title = TextField("业务名称", aliases=("经营项目",), required=True)
    mode = TextField(
        "经营模式",
        aliases=("业务模式",),
        values={"业务外包": ("外包",), "业务承揽": ("承揽",), "自有他营": ("他营",)},
        required=True,
    )
    operator = TextField("经营单位", aliases=("承包单位", "承揽单位"))
    meter_no = CodeField("计量表编号", aliases=("表号", "器具编号"))
    from_on = DateField("开始日期", aliases=("合同起始日期",))
    to_on = DateField("结束日期", aliases=("合同终止日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "业务外包他营登记"
        aliases = ("业务外包登记", "自有他营台账")
        subject = "organisation"
        key = ("title", "operator")
        seeds = ("S6-18", "S6-64")
        about = "由他人经营的业务及其计量表"


class Regulation(Ledger):
    """One law, policy, norm or standard on energy (S6-19)."""

    title = TextField("法规标准名称", aliases=("标准名称", "法律法规名称"), required=True)
    document_no = CodeField("文号", aliases=("标准号", "标准编号"))
    issued_by = TextField("发布单位", aliases=("颁布单位",))
    effective_on = DateField("实施日期", aliases=("施行日期",))
    repealed_on = DateField("废止日期", aliases=("失效日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能法规标准目录"
        aliases = ("节能法律法规", "能源标准目录")
        subject = "record"
        key = ("title", "document_no")
        seeds = ("S6-19", "S6-31")
        about = "国家、集团和管理局的节能法规标准"


class Workload(Ledger):
    """Workload and headcount of a unit in one period; what drives its consumption (S6-39, S6-40, S6-47)."""

    unit = TextField("单位", aliases=("单位名称",), required=True)
    year = IntegerField("年度", aliases=("统计年度",), context="year", required=True)
    workload = NumberField("工作量", aliases=("服务工作量",), required=True)
    headcount = IntegerField("在岗人数", aliases=("用工人数",), required=True)
    haulage_km = NumberField("垃圾清运里程", aliases=("清运里程",), unit="公里", seeds=("S6-40",))
    occupied_dwellings = IntegerField("入住户数", aliases=("已入住户数",), seeds=("S6-39",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "工作量与人员统计表"
        aliases = ("工作量统计", "人员与工作量")
        subject = "organisation"
        key = ("unit", "year")
        seeds = ("S6-39", "S6-40", "S6-47")
        about = "各单位每年的工作量、人数、清运里程和入住户数"

"""What makes indicators bite: phases of the plan, contracts with their weights, wages, mass discussions."""

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


class PlanPhase(Ledger):
    """One phase of the year's work plan, in order, with its key points (S6-38)."""

    year = IntegerField("年度", aliases=("计划年度",), context="year", required=True)
    phase_no = IntegerField("阶段序号", aliases=("步骤序号", "阶段号"), required=True)
    phase = TextField("工作阶段", aliases=("阶段名称", "实施步骤"), required=True)
    from_on = DateField("阶段开始日期", aliases=("阶段开始",))
    to_on = DateField("阶段结束日期", aliases=("阶段结束",))
    key_point = YesNoField("是否重点", aliases=("重点工作", "重点标记"))
    content = TextField("阶段工作内容", aliases=("阶段任务",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能工作计划分步表"
        aliases = ("节能工作分步实施", "节能工作规划步骤")
        subject = "division"
        key = ("year", "phase_no")
        seeds = ("S6-38",)
        about = "年度节能工作的阶段、先后和重点"


class ContractIndicator(Ledger):
    """One indicator of a unit's economic contract with its weight (S6-52)."""

    year = IntegerField("年度", aliases=("考核年度", "承包年度"), context="year", required=True)
    unit = TextField("承包单位", aliases=("单位", "单位名称"), required=True)
    indicator = TextField("承包指标", aliases=("经济承包指标", "指标名称"), required=True)
    weight = NumberField("权重", aliases=("指标权重", "所占比重"), unit="%")
    target = TextField("指标值", aliases=("承包指标值",))
    signed_on = DateField("签订日期", aliases=("承包书签订日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "经济承包指标表"
        aliases = ("经济承包指标", "经济责任承包指标", "承包经营指标")
        subject = "organisation"
        key = ("year", "unit", "indicator")
        seeds = ("S6-52",)
        about = "各单位经济承包的指标和权重，节能指标在内"


class WageSettlement(Ledger):
    """What the result of an indicator gives a person in wages (S6-54)."""

    settlement_no = CodeField("兑现编号", aliases=("结算编号",))
    name = NameField("兑现人", aliases=("姓名", "被兑现人"), required=True)
    unit = TextField("所在单位", aliases=("单位",))
    month = MonthField("兑现月份", aliases=("结算月份", "工资月份"), required=True)
    saved = NumberField("节超量", aliases=("指标节超", "节约或超耗量"))
    amount = MoneyField("兑现工资", aliases=("奖惩金额", "工资增减额"), required=True)
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能指标工资兑现表"
        aliases = ("节能工资兑现", "指标与工资挂钩兑现")
        subject = "person"
        key = ("name", "month", "settlement_no")
        seeds = ("S6-54",)
        about = "每人的节超结果和工资兑现"


class Discussion(Ledger):
    """One mass discussion on saving with attendance and result (S6-48, S6-73)."""

    held_on = DateField("讨论日期", aliases=("大讨论日期", "开展日期"), required=True)
    topic = TextField("讨论主题", aliases=("大讨论主题", "议题"), required=True)
    unit = TextField("组织单位", aliases=("开展单位", "单位"))
    participants = IntegerField("讨论参加人数", aliases=("参加人数",))
    outcome = TextField("讨论结果", aliases=("形成意见", "整改认识"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "节能大讨论记录"
        aliases = ("群众性大讨论", "节约大讨论")
        subject = "record"
        key = ("held_on", "topic", "unit")
        seeds = ("S6-48", "S6-73")
        about = "群众性大讨论的主题、人数和结果"

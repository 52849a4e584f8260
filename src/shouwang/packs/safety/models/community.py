"""Who runs the safety community, and how it is judged: posts, model, on-site evaluation, acceptance."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import CodeField, DateField, NameField, NumberField, TextField, YesNoField

#: The bodies of S7-01 to S7-04, by the words offices use.
BODIES = {
    "促进委员会": ("安全社区建设促进委员会", "促委会"),
    "领导小组": ("建设领导小组", "创建领导小组"),
    "促进工作组": ("工作组", "专项工作组"),
    "促委会办公室": ("办公室", "安全社区办公室", "创建办公室"),
}


class Post(Ledger):
    """One post in the committee, leading group, a work group or the office (S7-01 … S7-05)."""

    body = TextField("安全社区机构", aliases=("机构名称", "组织机构"), values=BODIES, required=True)
    post = TextField(
        "机构职务",
        aliases=("组内职务", "机构内职务"),
        values={"主任": ("办公室主任",), "组长": (), "副主任": (), "副组长": (), "成员": ("组员", "委员")},
        required=True,
    )
    name = NameField("姓名", aliases=("人员姓名",), required=True)
    position = TextField("行政职务", aliases=("所任职务", "单位及职务"), seeds=("S7-05",))
    sector = TextField("负责领域", aliases=("工作领域",), seeds=("S7-03",))
    since = DateField("任职日期", aliases=("起始日期",))
    until = DateField("离任日期", aliases=("卸任日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全社区组织机构人员表"
        aliases = ("安全社区组织机构", "促进委员会名单", "安全社区机构人员")
        subject = "person"
        key = ("body", "post", "name")
        seeds = ("S7-01", "S7-02", "S7-03", "S7-04", "S7-05", "S7-22", "S7-28")
        about = "促进委员会、领导小组、工作组和办公室的人员"


class ModelCheck(Ledger):
    """One check of a heading of the work model (S7-45)."""

    heading = TextField("工作模式", aliases=("模式要点", "工作模式要点"), required=True)
    met = YesNoField("是否落实", aliases=("落实情况",))
    evidence = TextField("佐证材料", aliases=("依据材料",))
    checked_on = DateField("检查日期", aliases=("自查日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全社区工作模式检查表"
        aliases = ("工作模式自查", "工作模式检查")
        subject = "division"
        key = ("heading", "checked_on")
        seeds = ("S7-45", "S7-44")
        about = "政府引导、全员参与等工作模式要点的落实情况"


class SiteEvaluation(Ledger):
    """One item of the on-site evaluation standard with full and given score (S7-53)."""

    standard = TextField("评定标准", aliases=("现场评定标准", "标准名称"), required=True)
    project_no = CodeField("促进项目编号", aliases=("项目编号",))
    item = TextField("评定项目", aliases=("评定指标", "评定内容"), required=True)
    full = NumberField("标准分", aliases=("满分", "分值"))
    score = NumberField("评定得分", aliases=("实得分", "得分"), required=True)
    evaluated_on = DateField("评定日期", aliases=("现场评定日期",))
    evaluator = NameField("评定人", aliases=("评定专家",))
    note = TextField("备注", aliases=("扣分原因",))

    class Sheet:
        title = "安全社区现场评定表"
        aliases = ("现场评定记录", "现场评定打分")
        subject = "record"
        key = ("standard", "project_no", "item", "evaluated_on")
        seeds = ("S7-53",)
        about = "按现场评定标准逐项打分"


class Acceptance(Ledger):
    """One application for evaluation as a safety community, to its acceptance (S7-43, S7-60)."""

    level = TextField(
        "评定级别",
        aliases=("创建级别", "申报级别"),
        values={"国家级": ("全国",), "省级": ("省级安全社区",), "市级": (), "县级": ("区级",)},
        required=True,
    )
    applied_on = DateField("申请评定日期", aliases=("申报日期", "申请日期"), required=True)
    applied_to = TextField("受理单位", aliases=("申报单位", "评定单位"))
    evaluated_on = DateField("现场评定日期", aliases=("评定日期",))
    accepted_on = DateField("验收命名日期", aliases=("验收日期", "命名日期"), seeds=("S7-60",))
    result = TextField("验收结论", aliases=("评定结论",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "安全社区评定验收登记"
        aliases = ("安全社区申报验收", "评定验收登记")
        subject = "division"
        key = ("level", "applied_on")
        seeds = ("S7-43", "S7-60")
        about = "安全社区的申请评定、现场评定和验收"

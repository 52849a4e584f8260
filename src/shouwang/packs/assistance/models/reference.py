"""The phases in which the system came about, as reference data (S2-21 … S2-26)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import CodeField, DateField, IntegerField, MoneyField, TextField


class Phase(Ledger):
    """A phase of the dibao system; the facts of the seeds are in ``reference/phases.csv``."""

    phase_no = CodeField("阶段编号", aliases=("阶段", "编号"), required=True)
    title = TextField("阶段名称", aliases=("名称",), required=True, max_length=100)
    from_on = DateField("起始日期", aliases=("开始日期",))
    until_on = DateField("截止日期", aliases=("结束日期",))
    area = TextField("地区", aliases=("实施地区", "范围"), max_length=200)
    body = TextField("推行机关", aliases=("实施主体", "发布机关", "负责机关"))
    standard = MoneyField("保障标准", aliases=("标准",), unit="元/人·月")
    cities = IntegerField("城市数", aliases=("城市个数",), unit="个")
    counties = IntegerField("县区数", aliases=("县区个数",), unit="个")
    recipients = IntegerField("保障人数", aliases=("享受人数",), unit="人")
    counted_on = DateField("统计时点", aliases=("统计日期",))
    seed = CodeField("依据", aliases=("出处",))
    note = TextField("说明", aliases=("备注", "事件"))

    class Sheet:
        title = "低保制度发展阶段"
        aliases = ("低保制度沿革", "低保发展历程")
        subject = "record"
        key = ("phase_no",)
        seeds = ("S2-21", "S2-22", "S2-23", "S2-24", "S2-25", "S2-26")
        about = "低保制度从1993年试点起的五个阶段"

"""Outdoor temperatures, against which use that follows the weather is held."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Spread
from shouwang.ledger.fields import DateField, MonthField, NumberField, TextField


class Temperature(Ledger):
    """The mean outdoor temperature of a place on one day, or over one month (S6-61, S6-63)."""

    place = TextField(
        "观测地点",
        aliases=("气象站", "站点", "观测站", "监测点", "站名", "气象站点", "地区"),
    )
    day = DateField("观测日期", aliases=("日期", "观测时间"))
    month = MonthField(
        "观测月份", aliases=("月份", "所属月份", "年月"), context="month", note="只有月平均气温时填写"
    )
    mean = NumberField(
        "平均气温",
        aliases=(
            "日平均气温",
            "月平均气温",
            "平均温度",
            "日均气温",
            "月均气温",
            "室外平均气温",
            "日均温",
            "气温",
        ),
        unit="℃",
        required=True,
        seeds=("S6-61",),
    )
    source = TextField("资料来源", aliases=("来源", "数据来源", "出处"), note="气象局公报、气象站、网站")
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "气温记录"
        aliases = ("气温台账", "逐日气温", "月平均气温", "气象资料", "室外气温记录", "气温统计")
        subject = "place"
        key = ("place", "day", "month")
        spread = Spread(over="month", value="mean")
        seeds = ("S6-61", "S6-63")
        about = "各观测地点每日或每月的平均气温及来源"

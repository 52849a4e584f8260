"""Joint prevention: information of the area, hazards judged from it, requests, publicity."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import CodeField, DateField, NameField, TextField
from shouwang.packs.population.models.screening import YES_NO

RISK_LEVELS = {
    "低": ("低风险", "一般风险低", "蓝色", "四级", "Ⅳ级", "轻微"),
    "一般": ("一般风险", "中", "中风险", "黄色", "三级", "Ⅲ级", "中等"),
    "较大": ("较大风险", "较高", "较高风险", "橙色", "二级", "Ⅱ级"),
    "重大": ("重大风险", "高", "高风险", "红色", "一级", "Ⅰ级", "特别重大"),
}
"""Levels from low to high; the order counts (S1-38)."""


class DynamicInformation(Ledger):
    """An item of what happens in the area, from its reporter to the judgement on it."""

    info_no = CodeField("信息编号", aliases=("编号", "事件编号", "上报编号", "信息号", "事件号"))
    happened_on = DateField(
        "发生时间", aliases=("时间", "发生日期", "日期", "事发时间", "信息时间", "事件时间"), seeds=("S1-19",)
    )
    place = TextField(
        "地点", aliases=("发生地点", "事发地点", "位置", "信息地点", "事件地点", "点位名称"), seeds=("S1-19",)
    )
    grid = TextField("所属网格", aliases=headers.GRID)
    content = TextField(
        "信息内容",
        aliases=("动态信息", "内容", "情况", "事件内容", "信息摘要", "事由", "情况摘要"),
        required=True,
    )
    reporter = NameField(
        "上报人", aliases=("报告人", "信息员", "上报人员", "信息来源人", "报送人", "提供人"), seeds=("S1-19",)
    )
    role = TextField(
        "上报人身份",
        aliases=("身份", "来源", "人员类别", "上报人类别", "信息来源"),
        values={
            "网格员": ("专职网格员", "兼职网格员", "网格长", "网格管理员"),
            "民警": ("社区民警", "管片民警", "社区管片民警", "片警", "责任民警"),
            "社区工作人员": ("社区干部", "社工", "社区工作者", "社区专干"),
            "居民": ("群众", "村民", "住户", "居民群众"),
        },
    )
    reported_on = DateField("上报日期", aliases=("上报时间", "报告日期", "报送日期", "接报时间", "接报日期"))
    assessed_on = DateField("研判日期", aliases=("研判时间", "分析研判日期", "评估日期"), seeds=("S1-28",))
    assessor = NameField("研判人", aliases=("研判民警", "研判人员", "评估人"))
    result = TextField("研判结果", aliases=("研判结论", "研判意见", "处理意见", "评估结果", "研判情况"))
    hazard = TextField(
        "是否构成隐患",
        aliases=("是否隐患", "构成隐患", "有无隐患", "是否为隐患"),
        values=YES_NO,
        seeds=("S1-28",),
    )
    hazard_no = CodeField("隐患编号", aliases=("转隐患编号", "关联隐患编号", "对应隐患编号"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "动态信息台账"
        aliases = ("动态信息", "信息上报台账", "网格信息台账", "社情民意", "信息报送登记", "网格员信息上报")
        subject = "record"
        key = ("info_no", "happened_on", "content")
        seeds = ("S1-19", "S1-26", "S1-27", "S1-28", "S1-39")
        about = "辖区动态信息：谁在何时何地报了什么，何时研判"


class Hazard(Ledger):
    """A possible safety hazard assessed from information, with the action that prevents it."""

    hazard_no = CodeField("隐患编号", aliases=("编号", "隐患号", "序列号"))
    info_no = CodeField(
        "信息编号", aliases=("来源信息编号", "上报编号", "关联信息编号", "事件编号"), seeds=("S1-20",)
    )
    grid = TextField("所属网格", aliases=headers.GRID)
    place = TextField("地点", aliases=("隐患地点", "隐患部位", "隐患位置", "位置", "所在地点", "点位名称"))
    description = TextField(
        "隐患描述",
        aliases=("隐患", "隐患内容", "安全隐患", "隐患情况", "可能隐患", "研判隐患"),
        required=True,
    )
    assessed_on = DateField("研判日期", aliases=("研判时间", "评估日期", "分析研判日期"))
    assessor = NameField("研判人", aliases=("研判民警", "评估人", "研判人员"))
    level_before = TextField(
        "处置前风险等级",
        aliases=(
            "原风险等级",
            "风险等级",
            "措施前风险等级",
            "初始风险等级",
            "固有风险等级",
            "研判风险等级",
            "处置前等级",
        ),
        values=RISK_LEVELS,
        seeds=("S1-38",),
    )
    action = TextField(
        "预防措施",
        aliases=("防范措施", "处置措施", "预防处置措施", "措施", "预防行动", "采取措施"),
        seeds=("S1-38",),
    )
    owner = NameField("责任人", aliases=("处置人", "措施责任人", "落实人", "负责人"))
    acted_on = DateField("措施日期", aliases=("处置日期", "落实日期", "措施落实日期", "处置时间", "完成日期"))
    level_after = TextField(
        "处置后风险等级",
        aliases=("现风险等级", "措施后风险等级", "剩余风险等级", "残余风险等级", "处置后等级"),
        values=RISK_LEVELS,
        seeds=("S1-38",),
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "安全隐患研判台账"
        aliases = ("隐患研判", "安全隐患研判", "研判隐患台账", "可能安全隐患登记", "风险隐患研判")
        subject = "record"
        key = ("hazard_no", "description", "assessed_on")
        seeds = ("S1-20", "S1-28", "S1-38")
        about = "从上报信息中研判出的安全隐患、预防措施和处置前后的风险等级"


class CooperationRequest(Ledger):
    """A request for cooperation that the community puts to the beat officer, and the response."""

    request_no = CodeField("编号", aliases=("请求编号", "配合事项编号", "单号", "登记号"))
    requested_on = DateField(
        "提出日期", aliases=("提出时间", "请求日期", "申请日期", "日期", "商请日期", "发函日期")
    )
    requester = NameField(
        "提出人", aliases=("请求人", "申请人", "联系人", "提出单位", "社区经办人", "经办人")
    )
    matter = TextField(
        "配合事项",
        aliases=(
            "请求事项",
            "工作配合事项",
            "事项",
            "配合内容",
            "工作配合",
            "请求内容",
            "协助事项",
            "商请事项",
        ),
        required=True,
    )
    officer = NameField(
        "响应民警", aliases=("配合民警", "民警", "管片民警", "社区民警", "承办民警", "响应人")
    )
    response = TextField(
        "响应情况",
        aliases=(
            "办理情况",
            "答复",
            "答复情况",
            "配合情况",
            "回复",
            "落实情况",
            "处理结果",
            "反馈情况",
            "结果",
        ),
    )
    responded_on = DateField(
        "响应日期", aliases=("答复日期", "响应时间", "办理日期", "回复日期", "反馈日期", "办结日期")
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "工作配合事项台账"
        aliases = ("工作配合", "工作配合台账", "警社配合", "配合事项登记", "商请配合", "民警配合事项")
        subject = "record"
        key = ("request_no", "requested_on", "matter")
        seeds = ("S1-18", "S1-41")
        about = "社区向管片民警提出的配合事项和每项的响应"

"""The screening: its order, the persons found, the visits on foot, and the signed summary."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    AddressField,
    CodeField,
    DateField,
    IntegerField,
    NameField,
    PersonField,
    PhoneField,
    TextField,
)

YES_NO = {
    "是": ("√", "有", "Y", "yes", "1", "已", "已上报", "上报", "已报"),
    "否": ("×", "无", "N", "no", "0", "未", "未上报", "不上报", "未报", "没有"),
}


class ScreeningTask(Ledger):
    """An order of the higher-level government to screen a population."""

    task_no = CodeField("任务编号", aliases=("排查任务编号", "任务号", "通知文号", "文号", "编号"))
    title = TextField("任务名称", aliases=("排查任务", "任务", "排查名称", "任务内容", "名称"), required=True)
    campaign = TextField("专项行动", aliases=("行动名称", "专项", "专项名称", "所属专项", "轮次", "批次"))
    issuer = TextField(
        "下达单位",
        aliases=("发文单位", "下达机关", "布置单位", "任务来源", "下发单位"),
        seeds=("S1-06", "S1-22"),
    )
    scope = TextField("排查范围", aliases=("范围", "任务范围", "对象范围", "排查对象"), seeds=("S1-22",))
    issued_on = DateField("下达日期", aliases=("下达时间", "发文日期", "布置日期", "接收日期", "收文日期"))
    starts_on = DateField("开始日期", aliases=("起始日期", "排查开始日期", "开始时间", "启动日期"))
    due_on = DateField(
        "完成期限",
        aliases=("截止日期", "要求完成日期", "完成时限", "限期", "排查截止日期", "结束日期", "期限"),
    )
    finished_on = DateField("完成日期", aliases=("实际完成日期", "办结日期", "完成时间", "上报完成日期"))
    responsible = NameField("负责人", aliases=("责任人", "承办人", "任务负责人", "牵头人"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "排查任务台账"
        aliases = ("排查任务", "人口排查任务", "排查任务清单", "排查部署")
        subject = "record"
        key = ("task_no", "title")
        seeds = ("S1-06", "S1-22")
        about = "上级下达的排查任务：由谁下达、范围、期限和完成情况"


class FloatingPerson(Ledger):
    """A person found by the screening who has no local household registration: one entry each."""

    name = NameField("姓名", aliases=(*headers.NAME, "流动人口姓名", "外来人员姓名", "租客姓名"))
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    origin = TextField(
        "户籍所在地",
        aliases=(
            "户籍地",
            "户籍地址",
            "户口所在地",
            "原籍",
            "来源地",
            "流出地",
            "籍贯",
            "户籍地区",
            "户口地",
            "原户籍地",
            "户籍地所在",
            "户籍详址",
        ),
    )
    found_in = TextField(
        "居住类型",
        aliases=(
            "居住类别",
            "居住性质",
            "居住形式",
            "居住场所类型",
            "居住处所",
            "住所类型",
            "排查地点类型",
            "发现地点类型",
            "发现地点",
            "场所类型",
            "居所类型",
            "居住方式",
            "住处类型",
            "落脚点类型",
        ),
        values={
            "居民小区": ("小区", "住宅小区", "商品房", "商品房小区", "住宅", "小区出租房"),
            "居民点": ("自然村", "平房", "散居", "散居居民点", "平房区", "居民片", "村民自建房"),
            "辖区企业": (
                "企业",
                "工厂",
                "单位宿舍",
                "企业宿舍",
                "厂区",
                "用工单位",
                "企业内",
                "单位",
                "厂企",
            ),
        },
        seeds=("S1-16",),
    )
    place_name = TextField(
        "小区名称",
        aliases=(
            "小区（居民点、企业）名称",
            "居民点名称",
            "小区",
            "所在小区",
            "居住小区",
            "小区居民点企业名称",
            "小区居民点名称",
            "居住地点",
            "居住点",
            "居住场所",
            "居住地名称",
            "场所名称",
            "小区/居民点/企业",
            "居住小区或单位",
            "居住地点名称",
            "小区或企业名称",
            "小区名称",
            "小区居民点企业",
            "居住场所名称",
            "落脚点名称",
            "所在小区企业",
        ),
        note="居民小区、居民点或企业的名称",
        seeds=("S1-16",),
    )
    dwelling = CodeField("房屋编号", aliases=(*headers.DWELLING, "出租屋编号", "出租房编号", "房屋代码编号"))
    address = AddressField(
        "现住址",
        aliases=(
            *headers.ADDRESS,
            "暂住地址",
            "暂住地",
            "现居住地",
            "居住地",
            "暂住地点",
            "暂住地详址",
            "居住详址",
            "暂住详址",
            "现住详址",
            "暂住处地址",
            "暂住处所",
        ),
    )
    grid = TextField("所属网格", aliases=headers.GRID)
    employer = TextField(
        "工作单位",
        aliases=(*headers.EMPLOYER, "务工单位", "从业单位", "工作处所", "服务处所"),
        seeds=("S1-17",),
    )
    arrived_on = DateField(
        "来本地日期",
        aliases=(
            "来本地时间",
            "流入日期",
            "流入时间",
            "来此日期",
            "入住日期",
            "入住时间",
            "到达日期",
            "来访日期",
            "居住起始日期",
            "来辖区日期",
            "进入辖区日期",
            "来我社区日期",
            "到本辖区日期",
            "来本社区日期",
            "流入本地日期",
        ),
    )
    left_on = DateField(
        "离开日期",
        aliases=("离开时间", "搬离日期", "流出日期", "流出时间", "退租日期", "离开本地日期", "搬出日期"),
    )
    campaign = TextField(
        "排查轮次", aliases=("轮次", "批次", "排查批次", "专项行动", "所属专项", "排查任务"), seeds=("S1-42",)
    )
    entry = TextField(
        "采集方式",
        aliases=("登记方式", "信息来源", "采集类型", "是否沿用", "数据来源", "登记类型"),
        values={
            "沿用": ("沿用台账", "原有台账", "沿用原台账", "复用", "已有", "原台账", "是"),
            "新采集": ("新增", "新登记", "新增采集", "重新采集", "首次采集", "新录入", "否"),
        },
        note="沿用原有台账，还是本轮新采集",
        seeds=("S1-31", "S1-42"),
    )
    screened_on = DateField(
        "排查日期",
        aliases=(
            "排查时间",
            "登记日期",
            "登记时间",
            "采集日期",
            "采集时间",
            "走访日期",
            "核查日期",
            "录入日期",
            "入户日期",
            "上门日期",
            "入户核查日期",
        ),
    )
    screener = NameField(
        "排查人", aliases=("登记人", "采集人", "排查人员", "采集员", "核查人", "经办人", "登记人员")
    )
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "外来人口排查台账"
        aliases = (
            "外来人口",
            "流动人口台账",
            "流动人口登记",
            "外来人员台账",
            "外来务工人员台账",
            "外来人口登记表",
            "流动人口信息采集表",
            "租住人员登记",
            "暂住人口",
            "外来打工人口",
            "外来人员信息",
            "外来人员登记",
            "流动人口排查",
            "流动人口信息",
            "外来人口登记",
            "外来人口信息",
        )
        subject = "person"
        key = ("person", "campaign", "dwelling", "screened_on")
        seeds = ("S1-15", "S1-16", "S1-17", "S1-31", "S1-42")
        about = "排查中发现的外来人口，一人一行，写明在何处发现、在哪家企业务工"


class Visit(Ledger):
    """A visit on foot to a place, with what was found, reported and judged."""

    visited_on = DateField(
        "走访日期",
        aliases=("走访时间", "巡查日期", "巡查时间", "入户日期", "巡访日期", "日期", "到访日期"),
        required=True,
    )
    grid = TextField("所属网格", aliases=headers.GRID)
    place_no = CodeField(
        "点位编号",
        aliases=("点位号", "点位代码", "排查点编号", "场所编号", "点位编码", "走访点编号", "排查点位编号"),
    )
    place_name = TextField(
        "点位名称",
        aliases=(
            "点位",
            "走访地点",
            "走访点位",
            "走访点",
            "排查点",
            "排查点名称",
            "地点",
            "走访对象",
            "场所名称",
            "巡查地点",
            "巡查点位",
        ),
    )
    visitor = NameField(
        "走访人", aliases=("走访人员", "走访人姓名", "走访员", "巡查人", "巡查人员", "入户人员", "到访人")
    )
    role = TextField(
        "身份",
        aliases=("走访人身份", "人员身份", "人员类别", "岗位", "职务", "走访人类别"),
        values={
            "网格员": ("专职网格员", "兼职网格员", "网格长", "网格管理员"),
            "民警": ("社区民警", "管片民警", "社区管片民警", "片警", "责任民警", "警察", "辅警"),
            "社区工作人员": ("社区干部", "社工", "社区工作者", "社区专干", "居委会干部"),
        },
        seeds=("S1-01", "S1-02", "S1-03"),
    )
    found = TextField(
        "发现情况",
        aliases=(
            "走访情况",
            "情况",
            "发现问题",
            "走访内容",
            "巡查情况",
            "存在问题",
            "情况记录",
            "走访记录",
            "走访发现情况",
            "发现的情况",
            "发现问题情况",
        ),
    )
    reported = TextField(
        "是否上报",
        aliases=(
            "上报",
            "上报情况",
            "是否上报信息",
            "有无上报",
            "上报与否",
            "是否已上报",
            "是否需要上报",
        ),
        values=YES_NO,
        seeds=("S1-26",),
    )
    report_no = CodeField(
        "上报编号",
        aliases=("信息编号", "上报信息编号", "事件编号", "上报单号", "上报号", "问题编号"),
        seeds=("S1-26",),
    )
    reported_on = DateField("上报日期", aliases=("上报时间", "报告日期", "上报信息日期"))
    assessed_on = DateField(
        "研判日期", aliases=("研判时间", "研判处置日期", "分析研判日期", "评估日期"), seeds=("S1-28",)
    )
    assessor = NameField("研判人", aliases=("研判人员", "研判民警", "研判人姓名", "评估人"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "网格走访记录"
        aliases = (
            "走访记录",
            "走访台账",
            "巡查记录",
            "网格巡查",
            "入户走访",
            "网格员走访",
            "走访登记",
            "巡查走访",
        )
        subject = "place"
        key = ("visited_on", "grid", "place_no", "place_name", "visitor", "report_no")
        seeds = ("S1-23", "S1-26", "S1-28", "S1-39")
        about = "逐点走访的记录，以及走访中上报信息的研判情况"


class ScreeningSummary(Ledger):
    """The summary of one grid's round of screening, with who signed it and when."""

    summary_no = CodeField(
        "汇总表编号", aliases=("汇总编号", "汇总表号", "汇总单号", "表号", "编号", "签字表编号")
    )
    grid = TextField("所属网格", aliases=headers.GRID, required=True)
    campaign = TextField("轮次", aliases=("排查轮次", "批次", "排查批次", "专项行动", "期次"))
    period_from = DateField(
        "起始日期", aliases=("开始日期", "排查开始日期", "起始时间", "开始时间", "排查起始日期")
    )
    period_to = DateField(
        "结束日期", aliases=("截止日期", "排查结束日期", "结束时间", "终止日期", "排查截止日期")
    )
    persons = IntegerField(
        "排查人数", aliases=("登记人数", "外来人口数", "人数", "排查总人数", "汇总人数"), unit="人"
    )
    maker = NameField("汇总人", aliases=("填表人", "汇总人员", "制表人", "汇总员", "经办人"))
    signer = NameField(
        "签字人",
        aliases=(
            "审签人",
            "签字民警",
            "审签民警",
            "签批人",
            "签字人姓名",
            "签名",
            "审核签字人",
            "责任民警",
            "管片民警",
            "负责人签字",
            "审核签字",
            "社区负责人",
            "主任签字",
        ),
    )
    signed_on = DateField(
        "审签日期", aliases=("签字日期", "签字时间", "签批日期", "审签时间", "签名日期", "审核签字日期")
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "排查汇总签字表"
        aliases = (
            "汇总签字表",
            "排查结果汇总",
            "排查汇总表",
            "排查结果汇总签字表",
            "汇总签字",
            "审签单",
            "排查汇总",
            "汇总审签",
            "排查情况汇总",
            "汇总签字登记",
            "审签表",
        )
        subject = "record"
        key = ("summary_no", "grid", "campaign")
        seeds = ("S1-25", "S1-35", "S1-36")
        about = "每个网格每轮排查的汇总，由谁在哪天签字"

"""Meters, readings, quotas, certified meter readers, consumption."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Spread
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MonthField,
    NameField,
    NumberField,
    PersonField,
    TextField,
)

#: Energy kinds by the words offices use (S6-10).
KINDS = {
    "水": ("自来水", "用水", "给水", "生活用水"),
    "电": ("电力", "用电", "生活用电", "电能"),
    "气": ("天然气", "燃气", "煤气", "用气", "管道气"),
    "热": ("热力", "供热", "供暖", "采暖", "暖气", "用热"),
    "煤": ("原煤", "煤炭", "用煤"),
    "汽油": (),
    "柴油": (),
}

#: The kind where a sheet has no column for it: 抄表-水, 用电抄表记录, 燃气抄表 … but not 水电 or 清水街道.
KIND_IN_TITLE = (
    r"((?<=用)[水电气热煤](?![水电气热])"
    r"|(?<=[-—－_（(·、 ])[水电气热煤](?=表|力|费|$|[)）])"
    r"|(?<![水电气热])[水电气热煤](?=表|抄|力|$|[)）]))"
)

METER_NO = (
    "表号",
    "表计编号",
    "计量表编号",
    "计量器具编号",
    "仪表编号",
    "表编号",
    "计量表号",
    "器具号",
    "电表号",
    "水表号",
    "气表号",
)


class Meter(Ledger):
    """One metering device of second or third level (S6-11, S6-12, S6-13)."""

    meter_no = CodeField("器具编号", aliases=(*METER_NO, "编号"), required=True)
    level = TextField(
        "管理级别",
        aliases=("级别", "计量级别", "器具级别", "管理等级", "等级", "层级"),
        values={
            "一级": ("1级", "1", "Ⅰ级", "一级表"),
            "二级": ("2级", "2", "Ⅱ级", "二级表", "总表"),
            "三级": ("3级", "3", "Ⅲ级", "三级表", "分表", "户表"),
        },
        seeds=("S6-11",),
    )
    kind = TextField(
        "能源种类",
        aliases=("种类", "能源类别", "计量介质", "介质", "能源品种", "类别", "表计类型"),
        values=KINDS,
        context=KIND_IN_TITLE,
    )
    model = TextField(
        "规格型号",
        aliases=(
            "型号",
            "规格",
            "型号规格",
            "表型",
            "表具型号",
            "型号及规格",
            "仪表型号",
        ),
    )
    place = TextField(
        "安装位置",
        aliases=(
            "位置",
            "安装地点",
            "装表位置",
            "地点",
            "安装地址",
            "安装处",
            "安装处所",
            "所在位置",
            "装设位置",
        ),
    )
    unit = TextField(
        "使用单位",
        aliases=(
            "单位",
            "用能单位",
            "管理单位",
            "用户",
            "所属单位",
            "责任单位",
            "使用部门",
            "用表单位",
            "使用科室",
        ),
    )
    parent = CodeField(
        "上级计量表",
        aliases=(
            "上级表",
            "上级表号",
            "总表编号",
            "上级计量表编号",
            "上级器具编号",
            "所属总表",
            "上级表编号",
        ),
    )
    dwelling = CodeField("房屋编码", aliases=("房屋编号", "房号", "户号", "房屋代码", "房间号", "门牌编码"))
    purpose = TextField("用途", aliases=("用表性质", "用表类别"), seeds=("S6-13",))
    installed_on = DateField(
        "启用日期", aliases=("安装日期", "投用日期", "启用时间", "安装时间", "装表日期", "投运日期")
    )
    verified_on = DateField(
        "上次检定日期",
        aliases=(
            "检定日期",
            "最近检定日期",
            "上次检定",
            "上次校验日期",
            "检定/上次检定日期",
            "检定/上次",
            "最近校验日期",
        ),
        seeds=("S6-32",),
    )
    cycle_months = IntegerField(
        "检定周期",
        aliases=("周期", "检定周期月", "检定/周期", "校验周期", "送检周期"),
        unit="月",
        seeds=("S6-32",),
    )
    next_due_on = DateField(
        "下次检定日期",
        aliases=(
            "下次检定",
            "有效期至",
            "检定有效期",
            "下次校验日期",
            "检定到期日",
            "检定/下次检定日期",
            "检定/下次",
            "检定有效期至",
        ),
        seeds=("S6-42", "S6-60"),
    )
    service_years = NumberField("使用年限", aliases=("设计使用年限", "服役年限"), unit="年", seeds=("S6-42",))
    multiplier = NumberField("倍率", aliases=("互感器倍率",))
    digits = IntegerField("表盘位数", aliases=("位数", "计数位数"))
    state = TextField(
        "状态",
        aliases=("使用状态", "器具状态", "运行状态", "在用状态", "使用情况"),
        values={
            "在用": ("使用", "正常", "使用中", "运行", "在用中", "合格在用"),
            "停用": ("已停用", "停止使用", "封存"),
            "拆除": ("已拆除", "报废", "已报废", "已换", "更换"),
        },
    )
    maintained_on = DateField("维护日期", aliases=("最近维护日期", "检修日期"), seeds=("S6-12",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "能源计量器具管理台账"
        aliases = (
            "计量器具台账",
            "计量器具",
            "能源计量器具",
            "计量表台账",
            "二、三级能源计量器具",
            "计量仪表台账",
        )
        subject = "record"
        key = ("meter_no",)
        seeds = ("S6-11", "S6-12", "S6-13", "S6-31", "S6-32", "S6-42", "S6-43", "S6-60")
        about = "每只计量表的级别、位置、上级表、检定周期和状态"


class MeterReading(Ledger):
    """One reading of a meter in one month (S6-14, S6-24)."""

    kind = TextField(
        "能源种类",
        aliases=(
            "种类",
            "能源类别",
            "介质",
            "能源品种",
            "表计类型",
            "表种",
            "表类",
            "计量种类",
            "能耗种类",
        ),
        values=KINDS,
        context=KIND_IN_TITLE,
    )
    month = MonthField("抄表月份", aliases=("月份", "所属月份", "抄表期", "用量月份", "账期", "期间"))
    read_on = DateField("抄表日期", aliases=("日期", "抄表时间", "读数日期", "抄见日期"))
    meter_no = CodeField("器具编号", aliases=(*METER_NO, "编号"), required=True)
    place = TextField(
        "安装位置",
        aliases=(
            "位置",
            "安装地点",
            "用户",
            "地点",
            "用户名称",
            "装表位置",
            "表位",
            "装表地点",
            "表具位置",
            "表位置",
        ),
    )
    previous = NumberField(
        "上期读数",
        aliases=("上月读数", "上次读数", "起码", "上期表底", "上月表底", "期初读数", "上期示数", "上次抄见"),
    )
    current = NumberField(
        "本期读数",
        aliases=("本月读数", "本次读数", "止码", "本期表底", "本月表底", "期末读数", "本期示数", "本次抄见"),
        required=True,
    )
    usage = NumberField(
        "用量",
        aliases=(
            "本月用量",
            "实用量",
            "本期用量",
            "实际用量",
            "用水量",
            "用电量",
            "用气量",
            "用热量",
            "使用量",
            "实用数",
        ),
    )
    reader = NameField("抄表人", aliases=("抄表员", "抄表人员", "抄见人", "抄录人"), seeds=("S6-55",))
    note = TextField("备注", aliases=("说明", "异常说明", "情况说明"))

    class Sheet:
        title = "抄表记录"
        aliases = (
            "抄表",
            "用水抄表",
            "用电抄表",
            "用气抄表",
            "抄表记录表",
            "抄表台账",
            "水表抄表",
            "电表抄表",
            "能源抄表",
        )
        subject = "record"
        key = ("meter_no", "month", "read_on")
        seeds = ("S6-14", "S6-24", "S6-44", "S6-45", "S6-55")
        about = "每只表每月的读数、用量和抄表人"


class Quota(Ledger):
    """One indicator of energy use: the year of one bearer, decomposed into months (S6-16, S6-22)."""

    quota_no = CodeField("指标编号", aliases=("编号", "定额编号", "指标代码"), required=True)
    parent_no = CodeField("上级指标编号", aliases=("上级指标",), seeds=("S6-16",))
    kind = TextField(
        "能源种类",
        aliases=(
            "种类",
            "能源类别",
            "能源品种",
            "品种",
            "能耗种类",
            "能源名称",
            "能源",
        ),
        values=KINDS,
        context=KIND_IN_TITLE,
        required=True,
    )
    level = TextField(
        "指标层级",
        aliases=("层级", "级别", "指标级别", "指标类别", "分解层级"),
        values={
            "总指标": ("总", "社区", "社区指标", "合计指标", "总定额", "社区总指标"),
            "单位指标": ("单位", "基层单位", "单位定额", "部门指标", "基层单位指标"),
            "班组指标": ("班组", "队组"),
            "个人指标": ("个人", "人头"),
        },
        seeds=("S6-16",),
    )
    unit = TextField(
        "承担单位",
        aliases=(
            "单位",
            "责任单位",
            "用能单位",
            "单位名称",
            "承担部门",
            "班组",
            "分解单位",
            "落实单位",
            "指标单位",
        ),
    )
    bearer = NameField("责任人", aliases=("承担人",), seeds=("S6-49",))
    meter_no = CodeField(
        "计量表编号",
        aliases=(
            *METER_NO,
            "器具编号",
            "对应表号",
            "总表编号",
            "对应计量表",
            "计量表",
            "考核表号",
        ),
    )
    yearly = NumberField(
        "全年指标", aliases=("年指标", "年度指标", "全年定额", "年定额", "年度定额", "全年合计", "全年")
    )
    month = MonthField("月份", aliases=("分月", "所属月份"), context="month")
    monthly = NumberField("月指标", aliases=("分月指标", "月度指标", "月定额", "当月指标", "分月定额"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "定额指标分解表"
        aliases = ("能源定额指标分解", "定额指标", "指标分解", "能源定额", "用能定额分解", "能耗指标分解")
        subject = "organisation"
        key = ("quota_no", "month")
        spread = Spread(over="month", value="monthly")
        seeds = ("S6-16", "S6-22", "S6-26", "S6-58")
        about = "总指标分解到单位和月份的能源定额"


class MeterReader(Ledger):
    """One certificate of a person of metering (S6-07, S6-20)."""

    name = NameField("姓名", aliases=("人员姓名", "持证人", "计量人员"), required=True)
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    certificate_no = CodeField(
        "证书编号", aliases=("证号", "证书号", "上岗证号", "资格证号", "计量员证号"), required=True
    )
    kind = TextField("证书类别", aliases=("证书名称", "证书种类", "资格类别", "证书类型"))
    issued_on = DateField("发证日期", aliases=("取证日期", "发证时间"))
    valid_until = DateField(
        "有效期至", aliases=("有效期", "有效日期", "证书有效期", "到期日期", "有效截止日期", "有效期截止")
    )
    trained_on = DateField("培训日期", aliases=("最近培训日期",), seeds=("S6-20",))
    unit = TextField("所在单位", aliases=("单位",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "计量人员持证名单"
        aliases = ("持证人员", "计量人员持证", "计量员名单", "持证名单", "计量人员台账", "抄表员持证")
        subject = "person"
        key = ("certificate_no",)
        seeds = ("S6-07", "S6-20", "S6-55")
        about = "计量、抄表人员的证书和有效期"


class Consumption(Ledger):
    """The energy a unit used in one month, with what was supplied (S6-09, S6-57, S6-59)."""

    unit = TextField("用能单位", aliases=("单位", "单位名称", "使用单位"), required=True)
    kind = TextField(
        "能源种类", aliases=("种类", "能源品种"), values=KINDS, context=KIND_IN_TITLE, required=True
    )
    month = MonthField("月份", aliases=("所属月份", "期间"), context="month")
    supplied = NumberField("供入量", aliases=("供应量", "购入量", "总供量"))
    consumed = NumberField("消耗量", aliases=("能源消耗", "本月消耗", "消费量"))
    operated_by_others = TextField("经营模式", aliases=("是否他营",), seeds=("S6-18", "S6-64"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "能源消耗台账"
        aliases = ("能耗台账", "能源消费统计", "能源消耗统计")
        subject = "organisation"
        key = ("unit", "kind", "month")
        spread = Spread(over="month", value="consumed")
        seeds = ("S6-09", "S6-10", "S6-57")
        about = "各单位每月各种能源的消耗"

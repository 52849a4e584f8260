"""Sections, staff, training and community platforms (S10-01 – S10-11, S10-53, S10-54, S10-61 – S10-64)."""

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
    PhoneField,
    TextField,
)
from shouwang.packs.insurance.models import columns


class Section(Ledger):
    """One section of a social insurance agency with its staffing and its workload."""

    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    section = TextField("科室", aliases=columns.SECTION, required=True)
    function = TextField(
        "职能", aliases=("职能定位", "科室职能", "主要职责", "工作职责", "职责"), seeds=("S10-14",)
    )
    established = IntegerField(
        "编制数", aliases=("编制人数", "核定编制", "编制", "科室编制"), seeds=("S10-09",)
    )
    staff = IntegerField(
        "在岗人数", aliases=("实有人数", "现有人数", "工作人员数", "人数", "在编人数", "人员数")
    )
    workload = NumberField(
        "业务量",
        aliases=("年业务量", "全年业务量", "工作量", "办件量", "需监管业务量", "年办件量"),
        seeds=("S10-14", "S10-57"),
    )
    year = IntegerField("年度", aliases=("年份", "统计年度"), context="year")
    leader = NameField("负责人", aliases=("科长", "科室负责人", "主任"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "科室设置与人员配备"
        aliases = ("科室设置", "内设科室", "科室编制", "机构设置表", "内设机构", "科室人员配备")
        subject = "organisation"
        key = ("office", "section", "year")
        seeds = ("S10-01", "S10-09", "S10-14", "S10-53", "S10-57", "S10-85", "S10-89")
        about = "一科室一行：职能、编制、在岗、业务量"


class Staff(Ledger):
    """One member of the staff with the post and the business he or she knows."""

    office = TextField("经办机构", aliases=columns.OFFICE, context="organisation")
    staff_no = CodeField("工号", aliases=("人员编号", "职工编号"))
    name = NameField("姓名", aliases=("人员姓名", "名字", "工作人员", "职工姓名"), required=True)
    person = PersonField("身份证号", aliases=columns.PERSON)
    section = TextField("科室", aliases=columns.SECTION)
    post = TextField("岗位", aliases=("岗位名称", "职务", "工作岗位", "岗位职务"))
    joined_on = DateField("到岗日期", aliases=("上岗日期", "入职日期", "任职日期", "到岗时间"))
    left_on = DateField("离岗日期", aliases=("离职日期", "调出日期", "免职日期"))
    knows = TextField(
        "熟悉业务",
        aliases=("掌握业务", "熟悉险种", "业务掌握情况", "能办业务", "熟悉业务范围"),
        seeds=("S10-61",),
    )
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社保经办人员名册"
        aliases = (
            "经办人员花名册",
            "社保工作人员名册",
            "岗位人员名册",
            "稽核监管人员名册",
            "经办机构人员名册",
        )
        subject = "person"
        key = ("office", "section", "name", "staff_no")
        seeds = ("S10-08", "S10-09", "S10-61", "S10-90")
        about = "一人一行：科室、岗位、熟悉的业务"


class CommunityPlatform(Ledger):
    """The social security work platform of one sub-district or community."""

    platform = TextField(
        "平台名称",
        aliases=("工作平台", "社会保障工作平台", "工作站名称", "劳动保障工作站", "街道社区", "名称"),
        required=True,
    )
    established_on = DateField(
        "设立日期", aliases=("成立日期", "成立时间", "设立时间", "挂牌时间"), seeds=("S10-91",)
    )
    staff = IntegerField(
        "工作人员数",
        aliases=("工作人员", "人员数", "在岗人数", "配备人员", "人数", "专职人员数"),
        seeds=("S10-62", "S10-91"),
    )
    established = IntegerField("编制数", aliases=("编制", "核定编制", "编制人数"), seeds=("S10-64",))
    duties = TextField(
        "工作职责", aliases=("职责", "职能", "主要职责", "职责制度"), seeds=("S10-62", "S10-91")
    )
    funding = MoneyField("工作经费", aliases=("经费", "年度经费", "年经费", "到位经费"), seeds=("S10-64",))
    retirees = IntegerField(
        "管理退休人员数",
        aliases=("退休人员数", "接收退休人员数", "企业退休人员数", "社会化管理人数"),
        seeds=("S10-48",),
    )
    services = IntegerField(
        "服务记录数", aliases=("服务次数", "全年服务次数", "服务人次", "服务记录"), seeds=("S10-62",)
    )
    agreement = TextField(
        "职责分工文件",
        aliases=("分工文件", "与社保部门职责分工", "职责分工书", "分工协议"),
        seeds=("S10-63",),
    )
    year = IntegerField("年度", aliases=("年份", "统计年度"), context="year")
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "社区社会保障工作平台台账"
        aliases = (
            "社会保障工作平台",
            "街道社区社会保障工作平台",
            "社区社保平台",
            "劳动保障工作站台账",
            "社保平台建设情况",
        )
        subject = "division"
        key = ("platform", "year")
        seeds = ("S10-11", "S10-62", "S10-63", "S10-64", "S10-91")
        about = "一个街道或社区平台一行：人员、职责、经费、服务"


class PlatformService(Ledger):
    """One service that a community platform gave to its retirees."""

    platform = TextField("平台名称", aliases=("工作平台", "社区平台", "工作站", "服务单位"))
    served_on = DateField("服务日期", aliases=("活动日期", "日期", "服务时间", "走访日期"), required=True)
    name = NameField("姓名", aliases=("退休人员", "服务对象", "退休人员姓名", "对象姓名"))
    person = PersonField("身份证号", aliases=columns.PERSON)
    service = TextField("服务内容", aliases=("服务项目", "活动内容", "内容", "服务事项"))
    attendance = IntegerField("服务人数", aliases=("参加人数", "人次", "服务人次"))
    served_by = NameField("服务人员", aliases=("工作人员", "经办人", "走访人", "负责人"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "退休人员社会化服务记录"
        aliases = ("退休人员服务记录", "社会化管理服务记录", "退休人员活动记录", "退休人员走访记录")
        subject = "record"
        key = ("platform", "served_on", "person", "service")
        seeds = ("S10-48", "S10-62")
        about = "一次服务一行"


class CoordinationMatter(Ledger):
    """One relation that hinders or is unclear: between sections, or between community and agency."""

    matter_no = CodeField("事项编号", aliases=("编号",))
    kind = TextField(
        "事项类别",
        aliases=("类别", "风险类别", "问题类别"),
        values={
            "科室撤并阻碍": ("科室撤并", "撤并阻碍", "机构改革阻碍", "科室合并"),
            "社区职责不清": ("职责不清", "关系未理顺", "社区与社保关系", "社区与社保部门职责不清"),
        },
        seeds=("S10-54", "S10-63"),
    )
    parties = TextField("涉及单位", aliases=("涉及部门", "涉及科室", "相关单位", "有关部门"))
    matter = TextField("具体事项", aliases=("问题描述", "事项内容", "具体问题", "事项"), required=True)
    raised_on = DateField("提出日期", aliases=("登记日期", "提出时间", "发现日期"))
    owner = NameField("责任人", aliases=("负责人", "牵头人"))
    document = TextField(
        "书面分工文件", aliases=("分工文件", "文件文号", "书面文件", "解决文件"), seeds=("S10-63",)
    )
    settled_on = DateField("解决日期", aliases=("理顺日期", "办结日期", "落实日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "职责关系事项台账"
        aliases = ("关系协调台账", "职责分工协调台账", "科室撤并风险台账", "职责关系登记")
        subject = "record"
        key = ("matter_no", "matter")
        seeds = ("S10-54", "S10-63")
        about = "一件待理顺的关系一行"

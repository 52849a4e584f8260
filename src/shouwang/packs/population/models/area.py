"""The area: its profile, the officer who answers for it, and the joint mechanism."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import CodeField, DateField, IntegerField, NameField, PhoneField, TextField

_FIGURE = "可写“9000余人”“约10000人”：余、约随数保留，不当作准确数"


class CommunityProfile(Ledger):
    """What a community is like: its boundary, what stands in it, and how many live there.

    Population figures are kept as they are written, qualifier included ("9000余", "约10000"), so
    that an approximate figure is never shown as exact (S1-14); see ``population.figures``.
    """

    boundary_east = TextField("东至", aliases=("东", "东边界", "东侧", "四至东"), seeds=("S1-10",))
    boundary_south = TextField("南至", aliases=("南", "南边界", "南侧", "四至南"), seeds=("S1-10",))
    boundary_west = TextField("西至", aliases=("西", "西边界", "西侧", "四至西"), seeds=("S1-10",))
    boundary_north = TextField("北至", aliases=("北", "北边界", "北侧", "四至北"), seeds=("S1-10",))
    boundary = TextField(
        "四至范围", aliases=("四至", "边界", "辖区范围", "辖区四至", "辖区边界", "范围"), seeds=("S1-10",)
    )
    compounds = IntegerField(
        "居民小区数", aliases=("小区数", "小区数量", "居民小区", "小区个数"), unit="个", seeds=("S1-11",)
    )
    schools = IntegerField("学校数", aliases=("学校", "学校数量", "学校个数"), unit="所", seeds=("S1-11",))
    markets = IntegerField(
        "市场数", aliases=("市场", "农贸市场数", "市场数量", "市场个数"), unit="个", seeds=("S1-11",)
    )
    registered_households = TextField(
        "户籍户数", aliases=("户数", "户籍户", "户籍家庭数", "总户数"), note=_FIGURE, seeds=("S1-12", "S1-14")
    )
    registered_population = TextField(
        "户籍人口数",
        aliases=("户籍人口", "户籍人数", "户籍总人口", "常住户籍人口"),
        note=_FIGURE,
        seeds=("S1-12", "S1-14"),
    )
    floating_population = TextField(
        "外来人口数",
        aliases=("外来人口", "流动人口", "流动人口数", "外来人数", "暂住人口数"),
        note=_FIGURE,
        seeds=("S1-13", "S1-14"),
    )
    stated_on = DateField("统计日期", aliases=("统计时点", "截止日期", "截至日期", "填报日期", "统计时间"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "社区概况表"
        aliases = ("社区概况", "社区基本情况", "社区基本情况表", "辖区概况", "社区基础信息")
        subject = "division"
        key = ("division", "stated_on")
        seeds = ("S1-10", "S1-11", "S1-12", "S1-13", "S1-14")
        about = "社区四至、小区学校市场数、户籍和外来人口数"


class BeatAssignment(Ledger):
    """Which beat officer carries first responsibility for the safety of an area, from when to when."""

    area = TextField(
        "责任区",
        aliases=("责任片区", "片区", "警务区", "管片", "管辖网格", "负责区域", "责任区域", *headers.GRID),
        required=True,
        note="社区或网格的名称",
    )
    officer = NameField(
        "管片民警", aliases=("社区民警", "责任民警", "民警姓名", "民警", "片警", "社区管片民警", "驻区民警")
    )
    police_no = CodeField("警号", aliases=("民警警号", "警员编号"))
    station = TextField(
        "派出所", aliases=("所属派出所", "辖区派出所", "所在派出所", "单位"), seeds=("S1-04",)
    )
    since = DateField("任职日期", aliases=("起始日期", "到岗日期", "任职时间", "开始日期", "接管日期"))
    until = DateField("离任日期", aliases=("截止日期", "结束日期", "卸任日期", "离岗日期", "调离日期"))
    phone = PhoneField("联系电话", aliases=(*headers.PHONE, "警务电话", "民警电话"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "管片民警责任区台账"
        aliases = ("民警责任区", "社区民警名册", "管片民警名单", "一区一警", "警务责任区", "包片民警台账")
        subject = "division"
        key = ("area", "officer", "since")
        seeds = ("S1-01", "S1-04", "S1-09")
        about = "每个社区、网格由哪位民警负首责"


class JointMechanism(Ledger):
    """One member of a joint prevention and control mechanism between officer and grid workers."""

    area = TextField(
        "机制名称", aliases=("覆盖区域", "责任区", "覆盖网格", "片区", "区域", *headers.GRID), required=True
    )
    member = NameField("成员姓名", aliases=("成员", *headers.NAME, "组成人员", "参与人员"), required=True)
    role = TextField(
        "成员身份",
        aliases=("身份", "职务", "角色", "人员类别", "成员职务"),
        values={
            "民警": ("社区民警", "管片民警", "社区管片民警", "片警", "责任民警"),
            "网格员": ("专职网格员", "兼职网格员", "网格长", "网格管理员"),
            "社区工作人员": ("社区干部", "社工", "社区工作者", "社区专干"),
        },
    )
    duty = TextField("职责", aliases=("分工", "职责分工", "任务分工", "工作职责"))
    since = DateField("建立日期", aliases=("成立日期", "建立时间", "加入日期", "起始日期", "开始日期"))
    until = DateField("终止日期", aliases=("退出日期", "撤销日期", "结束日期", "截止日期"))
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "联防联控机制成员表"
        aliases = ("联防联控机制", "联防联控", "联防联控成员", "警网融合", "警格联动", "联防联控台账")
        subject = "division"
        key = ("area", "member", "role")
        seeds = ("S1-37",)
        about = "民警与网格员的联防联控机制及其成员，一人一行"

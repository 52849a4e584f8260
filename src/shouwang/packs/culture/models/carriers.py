"""Who carries projects and who manages them."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import DateField, IntegerField, PhoneField, TextField, YesNoField


class Organisation(Ledger):
    """One carrier organisation rated on its bases and abilities (S4-15, S4-38, S4-39)."""

    organisation = TextField("组织名称", aliases=("社会组织名称", "社团名称"), required=True)
    registered = YesNoField("是否登记备案", aliases=("登记备案",))
    members = IntegerField("成员人数", aliases=("会员数",))
    scale = TextField("组织规模评级", aliases=("组织规模",))
    capacity = TextField("活动能力评级", aliases=("活动能力",))
    legal = TextField("法律基础评级", aliases=("法律制度",))
    social = TextField("社会支持评级", aliases=("社会支持",))
    cultural = TextField("文化背景评级", aliases=("文化背景",))
    economic = TextField("经济基础评级", aliases=("经济基础",))
    gaining = TextField("获取资源评级", aliases=("获取资源",), seeds=("S4-39",))
    using = TextField("运用资源评级", aliases=("运用资源",), seeds=("S4-39",))
    coordinating = TextField("协调关系评级", aliases=("协调关系",), seeds=("S4-39",))
    playing = TextField("发挥作用评级", aliases=("发挥作用",), seeds=("S4-39",))
    rated_on = DateField("评级日期", aliases=("评定日期",))
    phone = PhoneField("联系电话", aliases=("电话",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "社区社会组织名录"
        aliases = ("社会组织名录", "文化组织名录", "社团名录")
        subject = "organisation"
        key = ("organisation", "rated_on")
        bodies = ("organisation",)
        seeds = ("S4-15", "S4-20", "S4-38", "S4-39")
        about = "承办文化项目的社会组织及其条件和能力评级"


class ManagementBody(Ledger):
    """One body that manages cultural projects, with its level and the body above it (S4-04, S4-05)."""

    body = TextField("管理机构", aliases=("项目管理机构", "管理机构名称"), required=True)
    level = TextField(
        "机构层级",
        aliases=("设置层级", "所在层级"),
        values={
            "省": ("省级",),
            "市": ("市级", "地市"),
            "区县": ("区级", "县级", "区", "县"),
            "街道": ("街道级", "乡镇", "镇"),
            "社区": ("社区级", "村"),
        },
        required=True,
    )
    above = TextField("上级机构", aliases=("上级管理机构",), seeds=("S4-05",))
    system = TextField("所属系统", aliases=("主管系统", "主管部门"), seeds=("S4-04",))
    set_up_on = DateField("设立日期", aliases=("成立日期",))
    abolished_on = DateField("撤销日期", aliases=("停办日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "文化项目管理机构名录"
        aliases = ("项目管理机构名录", "社区文化项目管理机构")
        subject = "organisation"
        key = ("body",)
        seeds = ("S4-04", "S4-05")
        about = "管理文化项目的机构、层级和上级"

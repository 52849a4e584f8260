"""Who does the work: dibao workers and their training, volunteers and their service.

Seeds: S2-05 … S2-08, S2-76, S2-77, S2-82.
"""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    NameField,
    NumberField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)
from shouwang.packs.assistance.models import columns
from shouwang.packs.assistance.models.columns import words


class Volunteer(Ledger):
    """Registered volunteers of the community."""

    volunteer_no = CodeField(
        "志愿者编号", aliases=("志愿者证号", "志愿者号", "编号", "注册号", "志愿服务证号")
    )
    name = NameField("姓名", aliases=("志愿者", "志愿者姓名", "名字"), required=True)
    sex = TextField("性别", values=columns.SEX, max_length=10)
    person = PersonField("身份证号", aliases=columns.PERSON)
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    skill = TextField(
        "服务特长",
        aliases=words("特长 服务项目 服务内容 专长 志愿服务特长 服务意向 技能特长 擅长"),
        max_length=200,
    )
    registered_on = DateField(
        "注册日期", aliases=("登记日期", "加入日期", "报名日期", "注册时间", "登记时间")
    )
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "志愿者登记表"
        aliases = words(
            "志愿者登记 志愿者名单 志愿者花名册 社区志愿者登记表 志愿者名册 志愿者台账 志愿者信息"
        )
        subject = "person"
        key = ("name", "phone")
        seeds = ("S2-08", "S2-82")
        about = "社区登记的志愿者"


class VolunteerService(Ledger):
    """Service and mutual care that volunteers gave to recipients."""

    served_on = DateField("服务日期", aliases=("日期", "服务时间", "活动日期"), required=True)
    name = NameField("志愿者姓名", aliases=("志愿者", "服务人", "服务志愿者"), required=True)
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    served_name = NameField("服务对象", aliases=("受助人", "帮扶对象", "受助家庭", "服务家庭"))
    content = TextField("服务内容", aliases=("内容", "服务项目", "帮扶内容"))
    hours = NumberField("服务时长", aliases=("时长", "小时数", "服务小时", "服务时数"), unit="小时")
    mutual = YesNoField("是否邻里互助", aliases=("邻里互助", "互助", "是否互助"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "志愿服务记录表"
        aliases = ("志愿服务记录", "志愿服务登记", "志愿帮扶记录", "志愿服务台账")
        subject = "record"
        key = ("name", "served_on", "served_name")
        seeds = ("S2-08", "S2-82")
        about = "志愿者为低保家庭的服务与邻里互助"


class Worker(Ledger):
    """Dibao workers and full-time social work posts of the sub-district and its communities."""

    name = NameField("姓名", aliases=("工作人员", "人员姓名", "低保员", "低保工作人员"), required=True)
    person = PersonField("身份证号", aliases=columns.PERSON)
    post = TextField(
        "岗位",
        aliases=("职务", "岗位名称", "工作岗位", "职责"),
        values={
            "低保工作人员": words("低保员 低保专干 低保专职 民政专干 低保干事 低保经办"),
            "社会工作者": ("社工", "专职社工", "专职社会工作者", "社会工作岗位"),
        },
        max_length=100,
        seeds=("S2-05", "S2-06", "S2-07"),
    )
    full_time = YesNoField("是否专职", aliases=("专职", "专职兼职"), seeds=("S2-07",))
    from_recipients = YesNoField(
        "是否从低保对象中招聘", aliases=("低保对象招聘", "来自低保对象", "是否低保对象"), seeds=("S2-76",)
    )
    appointed_on = DateField("任职日期", aliases=("聘用日期", "到岗日期", "上岗日期", "入职日期"))
    left_on = DateField("离任日期", aliases=("离岗日期", "离职日期", "解聘日期"))
    certificate_no = CodeField(
        "社工证号", aliases=("社会工作师证号", "社工职业资格证号", "资格证号", "职业资格证号")
    )
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保工作人员名册"
        aliases = ("低保工作人员登记", "低保员名单", "低保专干名册", "社工人员名册", "低保工作人员花名册")
        subject = "person"
        key = ("name", "post", "appointed_on")
        seeds = ("S2-05", "S2-06", "S2-07", "S2-76")
        about = "街道及社区的低保工作人员与专职社工"

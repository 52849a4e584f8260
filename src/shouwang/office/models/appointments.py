"""Posts and who holds them (岗位与任职), as offices keep them on paper."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import DateField, NameField, PersonField, PhoneField, TextField


class Appointment(Ledger):
    """One person in one post from a day on (pattern X03: 责任到人).

    The appointments by which the workbench gives rights are those of the room ``access``; this is the list
    that an office keeps in a workbook, of posts inside and outside the programs.
    """

    post = TextField(
        "岗位",
        aliases=("岗位名称", "职责岗位", "责任岗位", "任职岗位", "所任职务"),
        required=True,
        max_length=200,
    )
    name = NameField(
        "任职人", aliases=("任职人员", "任职者", "岗位责任人", "现任人员", "任职人姓名"), required=True
    )
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    unit = TextField("所在单位", aliases=("单位", "科室", "部门", "所在部门", "工作单位", "组织"))
    since = DateField(
        "任职日期", aliases=("任职时间", "任职起始日期", "上任日期", "起任日期", "任命日期", "任职起")
    )
    until = DateField(
        "离任日期", aliases=("离任时间", "任职截止日期", "卸任日期", "免职日期", "任期届满日期", "任职止")
    )
    document = TextField("任命文件", aliases=("任职文件", "文号", "任命文号"))
    phone = PhoneField("联系电话", aliases=("电话", "手机", "联系方式"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "岗位任职登记"
        aliases = ("岗位任职登记表", "岗位任职表", "任职登记", "岗位责任人名单", "岗位责任人登记")
        subject = "person"
        key = ("division", "post", "name", "since")
        seeds = ("S1-09", "S4-03", "S7-10", "S9-05", "S9-06")
        about = "每个岗位由谁担任，从哪天到哪天"

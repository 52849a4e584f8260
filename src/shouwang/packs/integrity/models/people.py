"""Who and what can go wrong: risk points, staff, steps of power, commitments, supervision."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    NameField,
    PersonField,
    TextField,
    YesNoField,
)


class RiskPoint(Ledger):
    """One integrity risk point with person, post, step of power and three lines of control (S3-08, S3-50)."""

    point_no = CodeField(
        "风险点编号",
        aliases=(
            "编号",
            "风险编号",
            "风险点号",
            "风险点序号",
            "编码",
            "风险点代码",
            "代码",
        ),
        required=True,
    )
    name = NameField("姓名", aliases=("名字", "人员姓名", "责任人", "干部姓名", "查找人", "岗位人员"))
    post = TextField("职务", aliases=("岗位", "职务岗位", "职务（岗位）", "岗位职务", "职位", "岗位名称"))
    section = TextField("科室", aliases=("部门", "所在科室", "单位", "所属科室"))
    step = TextField(
        "权力环节",
        aliases=(
            "权力运行环节",
            "权力事项",
            "职权环节",
            "风险环节",
            "环节",
            "权力名称",
            "业务环节",
            "关键环节",
            "权力节点",
            "工作环节",
        ),
        seeds=("S3-09", "S3-47"),
    )
    risk = TextField(
        "风险内容",
        aliases=(
            "风险点",
            "风险描述",
            "风险表现",
            "风险点描述",
            "廉政风险点",
            "风险表现形式",
            "廉政风险表现形式",
            "风险点内容",
            "具体表现",
            "风险点表现",
        ),
        required=True,
    )
    level = TextField(
        "风险等级",
        aliases=(
            "等级",
            "风险级别",
            "级别",
            "廉政风险等级",
            "风险点等级",
            "廉政风险级别",
        ),
        values={
            "一级": ("高", "1级", "Ⅰ级", "I级", "高风险"),
            "二级": ("中", "2级", "Ⅱ级", "II级"),
            "三级": ("低", "3级", "Ⅲ级"),
        },
    )
    found_by = TextField(
        "查找方式",
        aliases=(
            "查找途径",
            "发现方式",
            "查找渠道",
            "识别方式",
            "排查方式",
            "排查途径",
            "查找方法",
            "风险查找方式",
        ),
        values={
            "自己找": ("自查", "本人查找", "自己查找", "个人自查", "自找"),
            "上级找": ("领导找", "上级查找", "上级点", "上级为下级找"),
            "下级找": ("下级查找", "群众提", "下级为上级找"),
            "班子互找": ("互找", "互查", "班子成员互找", "班子成员之间相互找", "同级找"),
        },
        seeds=("S3-19", "S3-20", "S3-51"),
    )
    found_by_whom = NameField("提出人", aliases=("查找人姓名",), seeds=("S3-20", "S3-51"))
    education = TextField(
        "教育措施",
        aliases=(
            "教育在先",
            "教育防范措施",
            "思想教育措施",
            "防控措施/教育措施",
            "防范措施/教育",
            "教育",
            "教育防控措施",
            "教育防线",
            "教育预防措施",
            "思想教育防线",
        ),
        seeds=("S3-50",),
    )
    institution = TextField(
        "制度措施",
        aliases=(
            "制度制约",
            "制度防范措施",
            "制度约束措施",
            "防控措施/制度措施",
            "防范措施/制度",
            "制度",
            "制度防控措施",
            "制度防线",
            "制度预防措施",
        ),
        seeds=("S3-50",),
    )
    supervision = TextField(
        "监督措施",
        aliases=(
            "监督及时",
            "监督防范措施",
            "监督检查措施",
            "防控措施/监督措施",
            "防范措施/监督",
            "监督",
            "监督防控措施",
            "监督防线",
            "监督预防措施",
            "监督制约措施",
        ),
        seeds=("S3-50",),
    )
    aspect = TextField("重点领域", aliases=("重点方面", "重点防范领域", "领域"), seeds=("S3-36", "S3-41"))
    duty = TextField("对应职责", aliases=("岗位职责", "结合工作"), seeds=("S3-49",))
    screening = TextField(
        "筛选结果",
        aliases=("筛选意见", "提炼结果"),
        values={"采用": ("保留", "确定", "入库"), "筛除": ("删除", "不采用", "合并")},
        seeds=("S3-21",),
    )
    screening_reason = TextField("筛选理由", aliases=("筛除理由", "筛除原因"), seeds=("S3-21",))
    confirmed_on = DateField("确认日期", aliases=("本人确认日期",), seeds=("S3-22",))
    measure_review = TextField(
        "措施审查意见",
        aliases=("措施评审", "措施审核意见"),
        values={"通过": ("合格", "同意"), "不通过": ("不合格", "退回")},
        seeds=("S3-48",),
    )
    tag = TextField("措施类型", aliases=("促廉类型",), seeds=("S3-59",))
    note = TextField("备注", aliases=("说明", "附注"))

    class Sheet:
        title = "廉政风险点登记表"
        aliases = ("廉政风险点", "风险点登记", "廉政风险排查", "廉政风险点台账", "风险点排查登记")
        subject = "record"
        key = ("point_no",)
        seeds = ("S3-08", "S3-19", "S3-20", "S3-36", "S3-47", "S3-50")
        about = "每个廉政风险点的人、岗位、权力环节、风险和三道防线"


class Staff(Ledger):
    """One cadre or staff member of the office (S3-46)."""

    staff_no = CodeField(
        "干部编号",
        aliases=(
            "人员编号",
            "编号",
            "工号",
            "职工编号",
            "工作证号",
            "编码",
            "人员代码",
            "工作证编号",
        ),
    )
    name = NameField("姓名", aliases=("人员姓名", "干部姓名", "名字"), required=True)
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    post = TextField(
        "职务",
        aliases=(
            "岗位",
            "职务岗位",
            "职位",
            "现任职务",
            "职务名称",
            "岗位职务",
            "任职",
        ),
    )
    section = TextField("科室", aliases=("部门", "所在科室", "所在部门", "单位", "处室", "所属科室"))
    rank = TextField("级别", aliases=("职级", "行政级别"), seeds=("S3-03", "S3-10"))
    state = TextField(
        "在岗情况",
        aliases=("在岗状态", "人员状态", "状态", "在职情况", "是否在岗", "在职状态"),
        values={
            "在岗": ("在职", "是", "在编在岗", "正常", "在岗在编"),
            "退休": ("已退休", "退休离岗"),
            "调离": ("已调离", "调出", "调走", "已调出"),
            "离岗": ("不在岗", "否", "离职", "借调", "长期病假", "已离职", "离岗"),
        },
        required=True,
    )
    since = DateField("任职日期", aliases=("任现职时间", "到岗日期"))
    left_on = DateField("离岗日期", aliases=("退休日期", "调离日期", "离职日期"))
    authority = TextField("审批权限", aliases=("审批事项权限",), seeds=("S3-33", "S3-34", "S3-35"))
    party_member = YesNoField("是否党员", aliases=("党员",), seeds=("S3-10",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "机关干部名册"
        aliases = ("干部名册", "机关干部", "工作人员名册", "干部花名册", "人员名册", "机关人员")
        subject = "person"
        key = ("staff_no", "name")
        seeds = ("S3-10", "S3-46")
        about = "街道机关在岗和离岗的干部"


class PowerStep(Ledger):
    """One step of the operation of power with its post (S3-09)."""

    step_no = CodeField("环节编号", aliases=("权力环节编号", "事项编号"), required=True)
    matter = TextField("权力事项", aliases=("职权名称", "权力名称"), required=True)
    step = TextField("权力运行环节", aliases=("权力环节", "环节名称"), required=True)
    post = TextField("对应岗位", aliases=("岗位", "责任岗位"))
    name = NameField("责任人", aliases=("岗位人员",))
    aspect = TextField("重点领域", aliases=("重点方面",), seeds=("S3-36", "S3-41"))
    vital = YesNoField("涉及群众切身利益", aliases=("是否涉及切身利益",), seeds=("S3-27",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "权力运行环节清单"
        aliases = ("权力运行环节", "权力清单", "职权目录")
        subject = "record"
        key = ("step_no",)
        seeds = ("S3-09", "S3-27", "S3-47")
        about = "权力事项的每个运行环节和岗位"


class JobDescription(Ledger):
    """One job description with the party conduct duties of the post (S3-10)."""

    name = NameField("姓名", aliases=("人员姓名", "干部姓名"), required=True)
    post = TextField("职位名称", aliases=("职位", "岗位", "职务"))
    duties = TextField("职位职责", aliases=("岗位职责", "职责"), required=True)
    conduct_duties = TextField("党风廉政建设职责", aliases=("廉政职责", "一岗双责职责"))
    issued_on = DateField("制定日期", aliases=("修订日期", "签发日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "职位说明书登记"
        aliases = ("职位说明书", "岗位说明书")
        subject = "person"
        key = ("name", "post")
        seeds = ("S3-10",)
        about = "干部和党员的职位职责与廉政职责"


class Commitment(Ledger):
    """One line of a leader's public commitment table (S3-12, S3-23, S3-24)."""

    name = NameField("领导姓名", aliases=("姓名", "承诺人", "干部姓名"), required=True)
    post = TextField("职务", aliases=("岗位",))
    risk = TextField("廉政风险点", aliases=("风险点", "风险内容"))
    measure = TextField("预防措施", aliases=("防范措施", "措施"))
    commitment = TextField("公开承诺", aliases=("承诺内容", "承诺"), required=True)
    signed_on = DateField("签字日期", aliases=("承诺日期", "填表日期"))
    published_on = DateField("公示日期", aliases=("展板公示日期", "公开日期"), seeds=("S3-24",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "处级领导干部廉政风险识别预防公开承诺对照表"
        aliases = ("公开承诺对照表", "廉政承诺", "公开承诺", "廉政风险承诺")
        subject = "person"
        key = ("name", "risk")
        seeds = ("S3-12", "S3-23", "S3-24", "S3-54")
        about = "领导干部每个风险点的措施和公开承诺"


class SupervisionRecord(Ledger):
    """One act of supervision over a key area (S3-41 … S3-45)."""

    supervised_on = DateField("监督日期", aliases=("检查日期", "监督检查日期"), required=True)
    aspect = TextField("重点领域", aliases=("监督重点", "监督事项", "重点方面"), required=True)
    supervisor = TextField("监督单位", aliases=("监督人", "检查单位"))
    point_no = CodeField("风险点编号", aliases=("对应风险点",))
    content = TextField("监督内容", aliases=("检查内容",))
    outcome = TextField("监督结果", aliases=("检查结果", "发现问题"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "廉政监督检查记录"
        aliases = ("廉政监督检查", "廉政监督记录", "重点领域监督")
        subject = "record"
        key = ("supervised_on", "aspect", "content")
        seeds = ("S3-41", "S3-42", "S3-43", "S3-44", "S3-45")
        about = "对重点领域的监督检查"


class RelativeDeclaration(Ledger):
    """One declared business of an official's relative, against which payees are compared (S3-36, S3-50)."""

    name = NameField("干部姓名", aliases=("姓名", "申报人"), required=True)
    post = TextField("职务", aliases=("岗位",))
    relative = NameField("亲属姓名", aliases=("家属姓名",), required=True)
    relation = TextField("与本人关系", aliases=("称谓", "亲属关系"))
    relative_person = PersonField("亲属身份证号", aliases=("亲属身份证号码",))
    organisation = TextField("经营单位", aliases=("任职单位", "企业名称", "经办企业"), required=True)
    credit_code = CodeField("统一社会信用代码", aliases=("信用代码",))
    declared_on = DateField("申报日期", aliases=("报告日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "领导干部亲属经商办企业申报表"
        aliases = ("亲属经商办企业", "亲属从业申报", "个人有关事项报告")
        subject = "person"
        key = ("name", "relative", "organisation")
        seeds = ("S3-50",)
        about = "领导干部亲属经商办企业的申报"


class ProgrammeTask(Ledger):
    """One task of the programme with its division of labour and responsible person (S3-07, S3-17)."""

    task_no = CodeField("任务编号", aliases=("工作任务编号",), required=True)
    round = TextField("工作轮次", aliases=("轮次", "阶段"), seeds=("S3-28",))
    task = TextField("工作任务", aliases=("任务内容", "任务名称"), required=True)
    section = TextField("分工科室", aliases=("任务分工", "牵头科室"), seeds=("S3-07",))
    name = NameField("任务责任人", aliases=("牵头责任人", "具体责任人"), seeds=("S3-07",))
    due_on = DateField("完成时限", aliases=("任务时限",))
    done_on = DateField("任务完成日期", aliases=("落实日期",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "廉政风险防范任务分解表"
        aliases = ("廉政任务分解", "廉政工作任务分工", "廉政风险防范任务分工")
        subject = "record"
        key = ("task_no",)
        seeds = ("S3-07", "S3-17", "S3-28")
        about = "廉政风险防范每项任务的分工、责任人和时限"

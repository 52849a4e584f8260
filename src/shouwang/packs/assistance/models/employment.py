"""The way out through work: profile, services given, opportunities on offer (S2-16, S2-31, S2-40 … S2-42)."""

from __future__ import annotations

from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)
from shouwang.packs.assistance.models import columns
from shouwang.packs.assistance.models.columns import words


class EmploymentService(Ledger):
    """An employment measure given to a person: guidance, training, a job recommended."""

    served_on = DateField(
        "服务日期",
        aliases=words("服务时间 登记日期 登记时间 办理日期 日期 服务年月日 开展日期 推荐日期 指导日期"),
        required=True,
    )
    name = NameField(
        "姓名", aliases=("服务对象", "服务对象姓名", "求职人", "求职人员", "求职者", *columns.NAME)
    )
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    kind = TextField(
        "服务项目",
        aliases=words("服务内容 服务类型 服务种类 服务类别 就业服务项目 就业服务内容 帮扶项目 服务方式"),
        values={
            "技能培训": words("职业技能培训 职业培训 就业培训 培训 创业培训 技能提升培训"),
            "职业指导": ("就业指导", "求职指导", "职业咨询", "政策咨询"),
            "岗位推荐": ("推荐岗位", "推荐就业", "岗位介绍"),
            "职业介绍": ("介绍工作", "职介", "职业中介", "招聘会"),
        },
        max_length=100,
    )
    result = TextField(
        "服务结果", aliases=("结果", "服务效果", "办理结果", "服务情况", "推荐结果"), max_length=200
    )
    handler = NameField("经办人", aliases=columns.HANDLER)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "就业服务登记簿"
        aliases = words(
            "就业服务登记 就业服务台账 就业帮扶登记 就业服务记录 就业援助登记 公共就业服务登记"
            " 就业援助服务 公共就业服务 就业帮扶记录"
        )
        subject = "person"
        key = ("person", "served_on", "kind")
        seeds = ("S2-31", "S2-64")
        about = "为失业和低保人员提供的就业服务"


class EmploymentProfile(Ledger):
    """A recipient's employment profile: ability, knowledge, skills and attitude."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    name = NameField("姓名", aliases=columns.NAME)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    ability = TextField("劳动能力", aliases=("劳动能力状况",), values=columns.ABILITY, max_length=50)
    education = TextField("文化程度", aliases=("学历", "教育程度", "受教育程度"), max_length=50)
    skills = TextField("知识技能", aliases=("技能", "职业技能", "特长", "技能特长", "专业技能"))
    skills_updated_on = DateField(
        "技能更新日期",
        aliases=("最近培训日期", "最近一次培训日期", "技能培训日期", "最近技能提升日期", "技能提升日期"),
        seeds=("S2-65",),
    )
    demanded = YesNoField(
        "技能是否符合市场需求",
        aliases=("符合市场需求", "是否符合市场需求", "技能适销", "技能适应市场"),
        seeds=("S2-65",),
    )
    attitude = TextField(
        "就业态度",
        aliases=("就业意愿", "就业观念", "求职意愿", "就业愿望"),
        values={
            "积极": ("主动", "强烈", "有", "愿意", "迫切"),
            "一般": ("中等",),
            "消极": words("不愿就业 无 不愿意 暂无 等靠要 依赖"),
        },
        max_length=50,
    )
    target_job = TextField("意向岗位", aliases=("求职意向", "意向工种", "就业意向"), max_length=200)
    filed_on = DateField("建档日期", aliases=("登记日期", "填表日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保对象就业档案"
        aliases = ("就业档案", "低保人员就业状况登记", "就业能力登记", "低保对象就业登记")
        subject = "person"
        key = ("person",)
        seeds = ("S2-16", "S2-63", "S2-65")
        about = "低保对象的劳动能力、知识技能与就业态度"


class JobOpportunity(Ledger):
    """A job on the employment platform, with its source and the check for fair employment."""

    job_no = CodeField("岗位编号", aliases=("编号", "职位编号", "招聘编号"), required=True)
    title = TextField(
        "岗位名称", aliases=("岗位", "职位", "职位名称", "工种", "招聘岗位"), required=True, max_length=200
    )
    employer = TextField("用人单位", aliases=("招聘单位", "单位名称", "企业名称", "单位"), max_length=200)
    source = TextField(
        "岗位来源",
        aliases=("信息来源", "来源", "提供部门", "来源部门", "挖掘渠道"),
        max_length=200,
        seeds=("S2-40",),
    )
    places = IntegerField("招聘人数", aliases=("需求人数", "岗位数", "人数"), unit="人")
    wage = MoneyField("月薪", aliases=("工资待遇", "月工资", "薪酬"), unit="元/月")
    posted_on = DateField("发布日期", aliases=("登记日期", "日期", "采集日期"), required=True)
    terms = TextField("招聘条件", aliases=("条件", "任职要求", "要求", "岗位要求"), seeds=("S2-42",))
    fair_checked_on = DateField(
        "公平就业审查日期", aliases=("公平就业检查日期", "歧视审查日期", "审查日期"), seeds=("S2-42",)
    )
    fair = YesNoField(
        "是否符合公平就业",
        aliases=("无就业歧视", "公平就业审查结果", "是否公平", "公平就业", "是否无歧视"),
        seeds=("S2-42",),
    )
    person = PersonField(
        "推荐对象身份证号",
        aliases=("匹配对象身份证号", "推荐人员身份证号", "身份证号", "匹配人员身份证号"),
        seeds=("S2-41",),
    )
    name = NameField("推荐对象", aliases=("匹配对象", "推荐人员", "匹配人员", "姓名"))
    matched_on = DateField("推荐日期", aliases=("匹配日期", "对接日期"))
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "就业服务平台岗位登记表"
        aliases = words("岗位信息登记 就业岗位登记 就业岗位信息 招聘岗位登记 岗位信息台账 岗位登记")
        subject = "record"
        key = ("job_no", "person")
        seeds = ("S2-40", "S2-41", "S2-42")
        about = "平台上的岗位、公平就业审查与推荐的低保对象"

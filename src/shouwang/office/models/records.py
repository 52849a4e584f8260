"""Trainings, publicity and archives (培训、宣传、档案): one ledger each for all the work of an office.

What tells the kinds apart is a column: an office writes 财会人员培训登记 above one sheet and 社保人员培训记录
above another, so the line of work is read from the title where no column states it. A value that the lists
below do not have is kept as it is written.
"""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
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

SECTION = ("科室名称", "所属科室", "部门", "部门名称", "所在科室", "承办科室", "责任科室")
VILLAGE = (
    "村",
    "社区",
    "村名",
    "村名称",
    "村居",
    "村别",
    "社区名称",
    "所在社区",
    "村社区",
    "村社区名称",
    "所属社区",
    "所属村社区",
    "村居名称",
    "核算单位",
    "核算主体",
    "账套",
    "账套名称",
    "委托单位",
    "村级组织",
    "居委会",
    "村委会",
    "村集体",
    "所属村",
    "所属村居",
    "所在村居",
    "所属居委会",
    "社区村",
    "所属社区村",
)
"""What the division is called, in the words of offices and of the centres that keep accounts for villages."""

LINES = {
    "财会": ("财会人员", "会计", "财务", "报账", "报账员", "村级会计", "财会业务"),
    "社会保障": ("社保", "社会保险", "经办", "稽核", "稽核监管", "社保业务", "社保人员"),
    "社会救助": ("低保", "低保工作", "低保人员", "社会工作", "社工", "救助"),
}
"""Lines of work in which persons are trained, and how titles name them."""

_LINE = "(财会|会计|财务|报账|社会保障|社会保险|社保|稽核|经办|社会救助|低保|社会工作|社工)"


class Training(Ledger):
    """One person's attendance at one training."""

    trained_on = DateField(
        "培训日期",
        aliases=("培训时间", "日期", "学习时间", "开始日期", "结业日期", "参训日期"),
        required=True,
    )
    line = TextField(
        "业务条线",
        aliases=("条线", "业务领域", "所属业务", "培训条线"),
        values=LINES,
        context=_LINE,
        note="财会、社会保障、社会救助等；表中没有此列时取自表名或标题",
    )
    topic = TextField(
        "培训内容",
        aliases=(
            "培训主题",
            "内容",
            "培训课程",
            "课程",
            "课程名称",
            "培训名称",
            "培训项目",
        ),
    )
    kind = TextField(
        "培训类别",
        aliases=("类别", "课程类别", "培训类型", "社会工作方法", "方法", "所学方法", "工作方法"),
        seeds=("S10-90", "S2-77"),
    )
    name = NameField(
        "姓名", aliases=("参训人员", "参训人", "学员", "学员姓名", "人员姓名", "工作人员"), required=True
    )
    person = PersonField("身份证号", aliases=(*headers.PERSON, "社会保障号", "社会保障号码"))
    unit = TextField(
        "单位",
        aliases=(
            "所在单位",
            "工作单位",
            "单位名称",
            "经办机构名称",
            "社保机构",
            "社会保险经办机构",
            "机构名称",
            "经办单位",
            "社保经办机构",
            "机构",
            "中心名称",
        ),
        context="organisation",
    )
    section = TextField("科室", aliases=SECTION)
    post = TextField("岗位", aliases=("职务", "岗位名称"))
    organiser = TextField("组织单位", aliases=("主办单位", "培训单位", "承办单位"))
    hours = NumberField("学时", aliases=("课时", "培训学时", "培训课时"), unit="小时")
    result = TextField(
        "考核结果",
        aliases=(
            "是否合格",
            "合格",
            "考核合格",
            "成绩",
            "结果",
            "考核",
            "考试结果",
            "考核是否合格",
            "是否通过",
        ),
        values={
            "合格": ("通过", "及格", "优秀", "良好", "是", "√", "已合格"),
            "不合格": ("未通过", "不及格", "否", "×", "未合格"),
        },
        max_length=50,
    )
    note = TextField("备注", aliases=headers.NOTE)
    division = TextField(
        "所属社区",
        aliases=VILLAGE,
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )

    class Sheet:
        title = "人员培训登记"
        aliases = (
            "财会人员培训登记",
            "报账员培训",
            "财会培训",
            "会计培训登记",
            "业务培训签到",
            "社保业务培训记录",
            "社保人员培训记录",
            "稽核监管培训",
            "社会保障培训登记",
            "经办人员培训",
            "社保培训台账",
            "低保工作人员培训登记表",
            "低保人员培训",
            "低保工作人员培训",
            "低保员培训登记",
            "社会工作培训登记",
            "社工培训登记",
        )
        subject = "person"
        key = ("name", "trained_on", "topic")
        seeds = ("S2-77", "S9-29", "S9-30", "S9-54", "S10-61", "S10-90", "S10-91")
        about = "一人一次培训一行，业务条线注明财会、社会保障或社会救助"


class Publicity(Ledger):
    """One session of publicity or a talk, with who was reached and the questions that were answered."""

    session_no = CodeField("编号", aliases=("场次编号", "活动编号", "宣传编号"))
    held_on = DateField(
        "宣传日期",
        aliases=("日期", "活动日期", "时间", "举办日期", "宣传时间", "开展日期", "活动时间"),
    )
    kind = TextField(
        "宣传类别",
        aliases=("宣传种类", "宣传类型"),
        values={"平安法治": ("平安宣传", "法制宣传", "法治宣传", "扫黑除恶"), "安全社区": ("安全宣传",)},
        context="(安全宣传|平安宣传|法制宣传|法治宣传|扫黑除恶)",
        note="平安法治、安全社区等；表中没有此列时取自表名或标题",
    )
    campaign = TextField(
        "专项行动", aliases=("行动名称", "专项", "所属专项", "活动主题", "宣传专项"), seeds=("S1-29",)
    )
    topic = TextField(
        "宣传主题",
        aliases=("主题", "宣传内容", "讲座主题", "宣讲主题", "内容", "题目", "宣传题目"),
        required=True,
    )
    place = TextField("地点", aliases=("宣传地点", "活动地点", "举办地点", "场所", "宣讲地点"))
    staff = NameField(
        "参加人员",
        aliases=(
            "工作人员",
            "宣传人员",
            "参与人员",
            "宣讲人",
            "主讲人",
            "参加工作人员",
            "讲解人",
            "宣传力量",
            "志愿者",
        ),
        max_length=1000,
    )
    audience = TextField("宣传对象", aliases=("受众",))
    residents = IntegerField(
        "参加居民数",
        aliases=(
            "居民人数",
            "参加人数",
            "受众人数",
            "参与人数",
            "人数",
            "受教育人数",
            "宣传人数",
            "覆盖人数",
        ),
        unit="人",
    )
    questions = TextField(
        "居民提问", aliases=("提问", "咨询问题", "居民问题", "答疑问题", "咨询内容", "居民咨询")
    )
    answers = TextField("答疑情况", aliases=("解答", "答复", "解答情况", "答疑", "回复情况", "答疑解惑"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "宣传宣讲记录"
        aliases = (
            "宣传记录",
            "宣传台账",
            "宣讲记录",
            "扫黑除恶宣传",
            "安全知识讲座",
            "宣传活动登记",
            "法制宣传记录",
            "安全宣传记录",
            "安全宣传活动",
            "安全宣传登记",
        )
        subject = "record"
        key = ("session_no", "held_on", "topic", "place")
        seeds = ("S1-07", "S1-21", "S1-29", "S1-30", "S7-66")
        about = "入户和集中宣传的场次：主题、地点、人员、受众和答疑"


class Archive(Ledger):
    """One file or volume of the archives with class, number and period."""

    archive_no = CodeField("档案号", aliases=("档案编号", "卷号"))
    kind = TextField(
        "档案门类",
        aliases=("门类",),
        values={"会计档案": ("会计", "财务档案"), "安全社区档案": ("安全社区", "安全档案")},
        context="(会计档案|财务档案|安全社区|安全档案)",
        note="会计档案、安全社区档案等；表中没有此列时取自表名或标题",
    )
    title = TextField("档案名称", aliases=("题名", "案卷名称", "案卷题名", "档案内容"), required=True)
    category = TextField("档案类别", aliases=("类别", "分类"))
    level = TextField("档案级别", aliases=("级别", "分级"))
    year = IntegerField("年度", aliases=("会计年度", "所属年度"), context="year")
    month = MonthField("所属月份", aliases=("月份", "会计期间"))
    first_voucher = CodeField("凭证起号", aliases=("起始凭证号",))
    last_voucher = CodeField("凭证止号", aliases=("截止凭证号",))
    filed_on = DateField("归档日期", aliases=("立卷日期",))
    step = TextField("对应步骤", aliases=("创建步骤",), seeds=("S7-65",))
    keeper = NameField("保管人", aliases=("档案管理员",))
    note = TextField("备注", aliases=headers.NOTE)
    division = TextField(
        "所属社区",
        aliases=(*VILLAGE, "单位", "单位名称"),
        context="division",
        max_length=200,
        note="社区、村或区划代码；表中没有此列时取自表名或标题",
    )

    class Sheet:
        title = "档案目录登记"
        aliases = (
            "会计档案登记",
            "会计档案目录",
            "会计档案台账",
            "村级会计档案",
            "安全社区档案目录",
            "安全社区档案",
            "安全档案登记",
        )
        subject = "record"
        key = ("division", "archive_no", "title", "month")
        seeds = ("S7-19", "S7-64", "S7-65", "S9-18", "S9-53", "S9-63")
        about = "各门类档案的分类、编号、期间和凭证起止号"

"""Who is, was, asked to be or ought to be on dibao: S2-01, S2-10, S2-15, S2-27 … S2-29, S2-47, S2-60."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Through
from shouwang.ledger.fields import (
    AccountField,
    AddressField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    NumberField,
    PersonField,
    PhoneField,
    TextField,
    YesNoField,
)
from shouwang.packs.assistance.models import columns
from shouwang.packs.assistance.models.columns import words


class Recipient(Ledger):
    """The roster of dibao households, one row a member; the household's columns are filled down."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE, required=True, example="DB0001")
    category = TextField(
        "保障类别",
        aliases=words(
            "对象类别 低保类别 救助类别 类别 保障对象类别 低保对象类别 家庭类别 低保类型 保障类型 人员类别"
        ),
        values=columns.CATEGORIES,
        max_length=100,
        note="一类：三无人员；二类：有人在职仍困难；三类：其他低于标准；四类：失业保险期满",
        seeds=("S2-43", "S2-44", "S2-45", "S2-46"),
    )
    head = NameField("户主姓名", aliases=columns.HEAD)
    persons = IntegerField(
        "保障人数",
        aliases=words(
            "保障人口 保障人口数 低保人数 享受人数 享受人口 救助人数 在保人数 人数 家庭人数 "
            "家庭人口 家庭人口数 低保人口 保障对象人数 享受低保人数"
        ),
        unit="人",
    )
    name = NameField(
        "成员姓名",
        aliases=(
            *columns.NAME,
            *words("家庭成员姓名 家庭成员 姓名 成员 保障成员 保障成员姓名 低保成员 低保成员姓名 成员名字"),
        ),
    )
    relation = TextField(
        "与户主关系",
        aliases=words("关系 家庭关系 成员关系 与申请人关系 与持证人关系 称谓 与户主的关系"),
        values={"户主": ("本人", "申请人", "户 主", "户主本人")},
        max_length=50,
    )
    sex = TextField("性别", values=columns.SEX, max_length=10)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    ability = TextField(
        "劳动能力",
        aliases=words("劳动力状况 劳动能力状况 有无劳动能力 是否有劳动能力 劳力 劳动能力情况 劳动能力类别"),
        values=columns.ABILITY,
        max_length=50,
        seeds=("S2-10",),
    )
    job = TextField(
        "就业状况",
        aliases=words(
            "就业情况 就业状态 职业状况 从业状况 从业情况 职业 工作状况 就业类别 目前就业状况 人员状况 就业"
        ),
        values=columns.JOBS,
        max_length=100,
        seeds=("S2-10",),
    )
    income = MoneyField(
        "本人月收入",
        aliases=words(
            "申报月收入 月收入 个人月收入 成员月收入 个人收入 本人收入 申报收入 月申报收入 "
            "个人申报月收入 本人申报月收入 收入 收入金额 月收入额 核定月收入 个人核定收入"
        ),
        unit="元/月",
        seeds=("S2-10", "S2-61"),
    )
    income_source = TextField(
        "收入来源",
        aliases=words("收入类型 收入种类 收入项目 主要收入来源 收入构成 来源 收入类别"),
        max_length=200,
    )
    disability_no = CodeField(
        "残疾证号",
        aliases=words("残疾人证号 残疾证 残疾证编号 残疾人证编号 残疾证号码 残疾人证号码 残疾人证"),
    )
    cut_month = MonthField(
        "核减年月",
        aliases=words(
            "核减月份 核减时间 核减日期 减员年月 减员月份 减员时间 核减起始年月 成员核减年月 "
            "核减 退出年月 注销年月"
        ),
        note="自该月起不再计入保障人数",
    )
    household_income = MoneyField(
        "家庭月收入",
        aliases=words(
            "家庭月总收入 家庭收入 家庭总收入 家庭月收入合计 户月收入 家庭月收入总额 "
            "家庭月均收入 全家月收入 家庭核定月收入 家庭收入合计 户收入"
        ),
        unit="元/月",
    )
    income_per_head = MoneyField(
        "人均月收入",
        aliases=words("家庭人均月收入 人均收入 家庭人均收入 月人均收入 人均 户人均月收入"),
        unit="元/月",
    )
    top_up = MoneyField(
        "分类施保金",
        aliases=words(
            "分类施保 分类施保金额 增发金额 分类施保增发 分类救助金 分类补助 分类增发 增发 "
            "分类救助 施保金 分类施保补助"
        ),
        unit="元/月",
    )
    amount = MoneyField(
        "月补差金额",
        aliases=words(
            "补差 补差金额 月补差 月补助金额 月保障金额 保障金额 月救助金额 救助金额 低保金额 "
            "月低保金 月发放金额 核定金额 审批金额 批准金额 补助金额 月保障金 户月补差 "
            "月补差额 享受金额 补差额 月享受金额 户月保障金 月补助额 家庭月补差"
        ),
        unit="元/月",
    )
    applied_on = DateField(
        "申请日期", aliases=("申请时间", "申报日期", "受理日期", "受理时间"), seeds=("S2-27",)
    )
    screened_on = DateField(
        "社区初审日期",
        aliases=words(
            "初审日期 初审时间 社区初审 社区初审时间 居委会初审日期 社区审核日期 "
            "社区初审意见日期 村社区初审日期 社区意见日期 社区评议日期 入户调查日期 初审"
        ),
        seeds=("S2-28", "S3-33"),
    )
    reviewed_on = DateField(
        "街道审核日期",
        aliases=words(
            "街道审核 街道审核时间 审核日期 审核时间 街办审核日期 乡镇审核日期 镇街审核日期 "
            "街镇审核日期 街道复核日期 复核日期 街道审核意见日期 街道乡镇审核日期 "
            "街道办审核日期 审核"
        ),
        seeds=("S3-33",),
    )
    approved_on = DateField(
        "民政审批日期",
        aliases=words(
            "审批日期 审批时间 批准日期 批准时间 民政审批 民政审批时间 民政局审批日期 "
            "区民政审批日期 民政批准日期 区县审批日期 县级审批日期 审批确认日期 确认日期 审批"
        ),
        seeds=("S3-33",),
    )
    posted_on = DateField(
        "公示日期",
        aliases=words("张榜公示日期 张榜日期 公示时间 公示起始日期 公示开始日期 长期公示日期"),
        seeds=("S2-29",),
    )
    start_month = MonthField(
        "起保年月",
        aliases=words(
            "起保月份 起保时间 起保日期 享受起始年月 享受起始时间 开始享受时间 保障起始年月 "
            "起始年月 享受低保时间 救助开始年月 开始享受年月 纳入年月 纳保年月 起保年度月份 "
            "享受时间 起保 保障开始时间 享受开始时间 开始保障年月"
        ),
    )
    stop_month = MonthField(
        "停保年月",
        aliases=words(
            "停保月份 停保时间 停保日期 停发年月 停发时间 停发月份 退保年月 退保时间 退保月份 "
            "终止年月 取消年月 停保 注销时间 退保日期 终止时间 保障结束时间 停止享受年月"
            " 终止享受年月 终止享受时间 停止保障年月 停发起始年月 退保起始年月"
        ),
        note="自该月起不再发放",
    )
    stop_reason = TextField(
        "停保原因",
        aliases=words("退保原因 停发原因 终止原因 取消原因 退出原因 停退保原因"),
        max_length=200,
        seeds=("S2-69",),
    )
    basis = TextField(
        "核查依据",
        aliases=words(
            "核对依据 核对报告 核对报告编号 核对报告号 认定依据 调查依据 核查报告编号 核查材料 "
            "审核依据 经济状况核对报告 经济核对报告 家庭经济状况核对 依据 核查依据编号 "
            "证明材料 核查报告"
            " 经济状况核对依据 家庭经济状况核对报告 核对依据文号 核查核对依据 收入核查依据 核对报告文号"
        ),
        seeds=("S2-28", "S2-62"),
    )
    fixed_income = YesNoField(
        "有无固定收入", aliases=("固定收入", "是否有固定收入", "有固定收入"), seeds=("S2-10", "S2-43")
    )
    supporters = TextField(
        "法定赡抚养人",
        aliases=words(
            "赡养人或抚养人 法定赡养抚养扶养人 赡抚养人 法定赡养人 抚养人 扶养人 赡养人 "
            "法定赡养人或抚养人 有无赡养人 有无法定赡养人 赡养抚养人 法定赡养抚养人"
        ),
        values={"无": ("没有", "否")},
        max_length=200,
        seeds=("S2-10", "S2-43"),
    )
    account = AccountField(
        "银行账号",
        aliases=words("账号 银行卡号 开户账号 银行帐号 帐号 卡号 存折账号 低保卡号"),
    )
    address = AddressField("家庭住址", aliases=columns.ADDRESS)
    grid = TextField("所属网格", aliases=columns.GRID, max_length=100)
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保花名册"
        aliases = words(
            "最低生活保障对象花名册 城市居民最低生活保障对象花名册 低保对象花名册 "
            "低保人员花名册 低保名册 低保户花名册 低保家庭花名册 城市低保花名册 低保对象名册 "
            "低保台账 低保家庭台账 低保户名册 保障对象花名册 低保在册 最低生活保障家庭花名册 "
            "低保对象台账 低保家庭成员"
            " 低保家庭信息 在保家庭花名册 低保家庭登记 最低生活保障家庭 "
            "在保对象 低保信息表 低保对象信息 在保人员 保障家庭花名册 低保保障对象"
        )
        subject = "household"
        key = ("certificate", "person")
        through = (Through("certificate", "assistance.recipient", shared=True),)
        fill_down = words(
            "certificate category head persons household_income income_per_head top_up amount "
            "applied_on screened_on reviewed_on approved_on posted_on start_month stop_month "
            "stop_reason basis account address grid phone division"
        )
        seeds = ("S2-01", "S2-10", "S2-27", "S2-28", "S2-29")
        about = "在册及停保的低保家庭，一人一行，户的各栏写在首行"


class Applicant(Ledger):
    """Applications by household, with the category claimed and what became of them (steps 1 and 2)."""

    application_no = CodeField(
        "申请编号", aliases=("受理编号", "申请号", "受理号", "申请书编号", "申请表编号")
    )
    person = PersonField(
        "申请人身份证号", aliases=(*columns.PERSON, *columns.HEAD_PERSON), required=True, mask="id"
    )
    name = NameField("申请人", aliases=("申请人姓名", "户主", "户主姓名", "姓名"))
    persons = IntegerField(
        "家庭人数", aliases=("申请人数", "家庭人口", "家庭人口数", "共同生活人数"), unit="人"
    )
    category = TextField(
        "申请类别",
        aliases=("申报类别", "申请保障类别", "对象类别", "保障类别", "类别"),
        values=columns.CATEGORIES,
        max_length=100,
    )
    applied_on = DateField("申请日期", aliases=("申请时间", "申报日期", "提出申请日期"), required=True)
    accepted_on = DateField("受理日期", aliases=("受理时间",))
    household_income = MoneyField(
        "家庭月收入", aliases=("家庭收入", "申报家庭月收入", "家庭月总收入"), unit="元/月"
    )
    assessed_on = DateField(
        "评定日期", aliases=("调查日期", "入户调查日期", "核查日期", "评估日期", "评议日期")
    )
    basis = TextField("评定依据", aliases=("核查依据", "核对报告编号", "核对报告", "调查依据", "证据"))
    result = TextField(
        "审批结果",
        aliases=("结果", "审批意见", "办理结果", "是否批准", "评定结果"),
        values={
            "批准": words("同意 通过 准予 纳入 符合 是"),
            "不批准": words("不同意 不予批准 未通过 驳回 不符合 不予 否"),
        },
        max_length=100,
    )
    reason = TextField("不批准原因", aliases=("不予批准原因", "驳回原因", "原因"))
    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保申请登记表"
        aliases = words("低保申请受理登记 低保申请台账 低保申请审批登记 低保受理登记 最低生活保障申请登记")
        subject = "person"
        key = ("person", "applied_on")
        seeds = ("S2-01", "S2-27", "S2-28")
        about = "低保申请的提出、评定与结果"


class HouseholdMember(Ledger):
    """The household's economic profile (家庭经济状况), member by member, kept beside the roster."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    head = NameField("户主姓名", aliases=columns.HEAD)
    name = NameField("成员姓名", aliases=("家庭成员", "姓名", *columns.NAME))
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    relation = TextField("与户主关系", aliases=("关系", "家庭关系"), max_length=50)
    ability = TextField("劳动能力", aliases=("劳动能力状况",), values=columns.ABILITY, max_length=50)
    fixed_income = YesNoField("有无固定收入", aliases=("固定收入", "是否有固定收入"))
    supporters = TextField(
        "法定赡抚养人",
        aliases=("赡养人或抚养人", "法定赡养人", "法定赡养人或抚养人", "赡抚养人"),
        values={"无": ("没有", "否")},
        max_length=200,
    )
    working = YesNoField("是否在职", aliases=("在职", "是否就业", "在职人员", "是否工作"))
    employer = TextField("工作单位", aliases=("所在单位", "单位", "单位名称"), max_length=200)
    employer_condition = TextField(
        "单位经济效益",
        aliases=("单位效益", "所在单位经济效益", "单位经营状况", "企业效益", "单位效益情况"),
        values={
            "好": ("良好", "较好", "正常"),
            "一般": ("中等", "尚可"),
            "差": words("较差 很差 亏损 停产 半停产 困难 不好"),
        },
        max_length=100,
    )
    wage = MoneyField("月工资", aliases=("工资", "月工资收入", "工资收入"), unit="元/月")
    dependency_ratio = NumberField(
        "赡养抚养系数",
        aliases=("抚养系数", "赡养系数", "负担系数", "赡抚养系数", "人均负担系数"),
        note="家庭人口数除以在职人数",
    )
    surveyed_on = DateField("调查日期", aliases=("入户日期", "核查日期", "登记日期"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保家庭经济状况登记表"
        aliases = words(
            "家庭经济状况调查表 低保家庭情况登记表 低保家庭登记 家庭成员情况登记表 家庭经济状况登记"
        )
        subject = "household"
        key = ("person", "surveyed_on")
        fill_down = ("certificate", "head", "dependency_ratio", "surveyed_on")
        seeds = ("S2-10", "S2-43", "S2-44")
        about = "劳动能力、固定收入、法定赡抚养人、在职人员、抚养系数、单位效益"


class LinkedBenefit(Ledger):
    """Benefits that come with dibao: medical care, schooling, low-rent housing."""

    certificate = CodeField("低保证号", aliases=columns.CERTIFICATE)
    person = PersonField("身份证号", aliases=columns.PERSON, required=True)
    name = NameField("姓名", aliases=("受助人", "享受人", "享受对象", *columns.NAME))
    kind = TextField(
        "待遇种类",
        aliases=words("待遇项目 优惠项目 救助项目 专项救助 专项救助项目 待遇类别 救助种类 减免项目"),
        values={
            "医疗": words("医疗救助 看病就医 就医减免 医保资助 资助参保 大病救助"),
            "教育": words("教育救助 子女上学 学费减免 助学 助学金 教育减免"),
            "住房": words("廉租住房 廉租房 公租房 住房救助 住房保障 租赁补贴 住房租赁补贴"),
        },
        required=True,
        max_length=100,
    )
    amount = MoneyField("金额", aliases=("待遇金额", "减免金额", "救助金额", "补助金额"))
    since_on = DateField("享受日期", aliases=("起始日期", "开始日期", "享受时间", "发放日期", "日期"))
    until_on = DateField("终止日期", aliases=("截止日期", "结束日期", "停止日期"))
    department = TextField("实施部门", aliases=("部门", "主管部门", "落实部门"), max_length=200)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "低保家庭专项待遇登记表"
        aliases = words("低保配套待遇 配套优惠政策 专项救助登记 联动待遇 低保家庭享受待遇 低保优惠待遇")
        subject = "person"
        key = ("person", "kind", "since_on")
        seeds = ("S2-15", "S2-63")
        about = "低保家庭在看病就医、子女上学、廉租住房等方面的待遇"


class PoorHousehold(Ledger):
    """Households that a survey found in hardship, included or not: the denominator of coverage."""

    person = PersonField(
        "户主身份证号", aliases=(*columns.PERSON, *columns.HEAD_PERSON), required=True, mask="id"
    )
    name = NameField("户主姓名", aliases=("户主", "姓名"))
    persons = IntegerField("家庭人数", aliases=("家庭人口", "家庭人口数", "人口数", "人数"), unit="人")
    household_income = MoneyField(
        "家庭月收入", aliases=("家庭收入", "家庭月总收入", "家庭总收入", "月总收入"), unit="元/月"
    )
    income_per_head = MoneyField(
        "人均月收入", aliases=("家庭人均月收入", "人均收入", "家庭人均收入", "月人均收入"), unit="元/月"
    )
    surveyed_on = DateField("摸底日期", aliases=words("调查日期 排查日期 走访日期 入户日期 登记日期"))
    cause = TextField("致困原因", aliases=("困难原因", "致贫原因", "主要困难"), max_length=200)
    address = AddressField("家庭住址", aliases=columns.ADDRESS)
    grid = TextField("所属网格", aliases=columns.GRID, max_length=100)
    phone = PhoneField("联系电话", aliases=columns.PHONE)
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "困难家庭摸底表"
        aliases = words("困难家庭调查表 低收入家庭摸底 困难群众排查 低收入家庭排查 困难家庭排查 贫困家庭摸底")
        subject = "person"
        key = ("person", "surveyed_on")
        seeds = ("S2-47", "S2-72")
        about = "摸底调查到的困难家庭，不论是否已纳入低保"


class NonApplicant(Ledger):
    """Eligible households that do not apply, each with the reason it gives."""

    person = PersonField(
        "户主身份证号", aliases=(*columns.PERSON, *columns.HEAD_PERSON), required=True, mask="id"
    )
    name = NameField("户主姓名", aliases=("户主", "姓名"))
    asked_on = DateField("走访日期", aliases=("登记日期", "询问日期", "了解日期", "日期", "宣传日期"))
    reason = TextField(
        "不申请原因",
        aliases=words("未申请原因 不愿申请原因 未申报原因 放弃申请原因 放弃原因 原因"),
        values={
            "碍于面子": words(
                "碍于面子不申请 怕公示 因公示不申请 面子问题 碍于面子问题 不愿公示 不愿张榜 "
                "怕张榜 公示 好面子 面子 怕丢面子"
            ),
            "不了解政策": ("不知道政策", "不了解", "不清楚政策", "不知道"),
            "手续繁琐": ("手续麻烦", "嫌麻烦", "怕麻烦"),
            "拒绝核对": ("不愿核对收入", "不愿授权核对", "不愿调查"),
        },
        required=True,
        max_length=200,
    )
    worker = NameField("走访人", aliases=columns.HANDLER)
    result = TextField("动员结果", aliases=("处理结果", "后续", "结果", "跟进情况"))
    note = TextField("备注", aliases=columns.NOTE)

    class Sheet:
        title = "符合条件未申请低保家庭登记表"
        aliases = ("未申请低保登记", "应保未保登记", "不申请低保登记", "放弃申请登记", "未申请家庭登记")
        subject = "person"
        key = ("person", "asked_on")
        seeds = ("S2-60",)
        about = "符合条件而不申请的家庭及其原因"

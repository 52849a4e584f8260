"""Work: organisations of the area, their workers, traders, and persons registered as unemployed."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger
from shouwang.ledger.fields import (
    AddressField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    PersonField,
    PhoneField,
    TextField,
)

_BUSINESS_STATUS = {
    "存续": (
        "在业",
        "开业",
        "正常",
        "营业",
        "正常经营",
        "在营",
        "经营中",
        "存续在业",
        "登记成立",
        "有效",
        "在册",
    ),
    "注销": ("已注销", "注销登记", "歇业注销"),
    "吊销": ("已吊销", "吊销执照", "吊销未注销", "吊销营业执照"),
    "停业": ("歇业", "暂停营业", "停业中"),
}


class Organisation(Ledger):
    """An enterprise, institution or body in the area."""

    name = TextField(
        "单位名称",
        aliases=("名称", "企业名称", "机构名称", "单位", "企业", "公司名称", "法人单位名称"),
        required=True,
    )
    credit_code = CodeField("统一社会信用代码", aliases=headers.CREDIT_CODE)
    kind = TextField(
        "单位类型", aliases=("类型", "企业类型", "单位性质", "机构类型", "性质", "单位类别", "登记类型")
    )
    legal_representative = NameField(
        "法定代表人", aliases=("法人", "法人代表", "负责人", "法定代表人姓名", "单位负责人", "企业负责人")
    )
    address = AddressField("地址", aliases=(*headers.ADDRESS, "单位地址", "企业地址", "经营地址", "注册地址"))
    grid = TextField("所属网格", aliases=headers.GRID)
    workers = IntegerField(
        "职工人数", aliases=("从业人数", "员工人数", "用工人数", "人数", "在职人数", "职工数"), unit="人"
    )
    opened_on = DateField("成立日期", aliases=("注册日期", "开业日期", "登记日期", "成立时间", "设立日期"))
    status = TextField("经营状态", aliases=("状态", "登记状态", "企业状态"), values=_BUSINESS_STATUS)
    closed_on = DateField("注销日期", aliases=("注销时间", "吊销日期", "停业日期"))
    phone = PhoneField("联系电话", aliases=(*headers.PHONE, "单位电话", "办公电话"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "辖区单位名录"
        aliases = (
            "单位名录",
            "企业名录",
            "辖区企业名单",
            "单位台账",
            "企业台账",
            "辖区单位台账",
            "法人单位名单",
        )
        subject = "organisation"
        key = ("credit_code", "name")
        seeds = ("S1-05", "S1-06", "S1-08")
        about = "辖区内的企业、机关、事业单位和社会组织"


class Business(Ledger):
    """A registered trader (self-employed household) or market entity and its owner."""

    shop = TextField(
        "字号名称",
        aliases=(
            "字号",
            "店铺名称",
            "商户名称",
            "个体户名称",
            "名称",
            "市场主体名称",
            "企业名称",
            "店名",
            "门店名称",
        ),
    )
    credit_code = CodeField("统一社会信用代码", aliases=headers.CREDIT_CODE)
    name = NameField(
        "经营者姓名",
        aliases=(
            "经营者",
            "业主姓名",
            "业主",
            "法定代表人",
            "负责人",
            "负责人姓名",
            "投资人",
            "店主",
            *headers.NAME,
        ),
    )
    person = PersonField(
        "经营者身份证号",
        aliases=(
            "经营者身份证号码",
            "经营者证件号码",
            "业主身份证号",
            "业主身份证号码",
            "负责人身份证号",
            "法定代表人身份证号",
            "经营者公民身份号码",
            "店主身份证号",
            *headers.PERSON,
        ),
        required=True,
    )
    scope = TextField(
        "经营范围",
        aliases=(
            "经营项目",
            "主营业务",
            "经营内容",
            "主营",
            "行业",
            "业务范围",
            "主营项目",
            "经营类别",
            "主营范围",
        ),
    )
    place = AddressField(
        "经营场所",
        aliases=("经营地址", "经营地点", "经营住所", "店铺地址", "场所", "地址", "住所", "门店地址"),
    )
    opened_on = DateField(
        "成立日期",
        aliases=("注册日期", "开业日期", "登记日期", "成立时间", "核准日期", "设立日期", "发照日期"),
    )
    status = TextField(
        "经营状态",
        aliases=(
            "状态",
            "登记状态",
            "经营状况",
            "主体状态",
            "营业状态",
            "存续状态",
            "主体登记状态",
            "工商登记状态",
        ),
        values=_BUSINESS_STATUS,
    )
    closed_on = DateField(
        "注销日期",
        aliases=(
            "注销时间",
            "吊销日期",
            "注销吊销日期",
            "歇业日期",
            "注销登记日期",
            "注销登记时间",
            "歇业时间",
            "停业日期",
            "注销吊销时间",
        ),
    )
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "个体工商户名单"
        aliases = (
            "个体工商户",
            "个体户名单",
            "市场主体名单",
            "工商登记名单",
            "商户名单",
            "个体经营户",
            "个体工商户台账",
            "个体户名录",
            "个体工商户登记",
            "个体工商户信息",
            "个体户台账",
            "个体工商户花名册",
        )
        subject = "person"
        key = ("credit_code", "person", "opened_on")
        seeds = ("S2-61", "S5-26", "S5-64")
        about = "登记的个体工商户和小微市场主体，一照一行"


class Employment(Ledger):
    """A worker on an employer's roster, with the wage of the year before."""

    employer = TextField(
        "单位名称",
        aliases=(
            *headers.EMPLOYER,
            "公司",
            "厂名",
            "参保单位",
            "用工单位名称",
            "单位全称",
            "用人单位名称",
            "用工企业",
        ),
        context="organisation",
        note="一个单位一张表时可写在表名或标题里",
    )
    credit_code = CodeField("统一社会信用代码", aliases=headers.CREDIT_CODE)
    worker_no = CodeField(
        "工号", aliases=("职工编号", "员工编号", "职工号", "员工号", "人员编号", "员工工号", "职工工号")
    )
    name = NameField("姓名", aliases=(*headers.NAME, "职工姓名", "员工姓名", "员工", "职工"))
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    local = TextField(
        "户籍类别",
        aliases=(
            "户籍性质",
            "户籍",
            "户口性质",
            "户口类别",
            "户口类型",
            "户籍类型",
            "是否本地",
            "人员类别",
            "本地外来",
            "户籍所在",
            "户籍属地",
            "来源",
            "本地/外来",
            "是否外来",
            "是否本地户籍",
            "本外地",
            "户籍所在地类别",
            "本地或外来",
            "户籍地类别",
        ),
        values={
            "本地": (
                "本市",
                "本县",
                "本区",
                "本地户籍",
                "本市户籍",
                "本地户口",
                "本地人",
                "本地城镇",
                "本地农村",
                "本市城镇",
                "本市农村",
                "本地职工",
                "户籍人口",
                "本埠",
                "是",
            ),
            "外来": (
                "外地",
                "外来务工",
                "外来务工人员",
                "外来人口",
                "外来人员",
                "外来工",
                "非本地",
                "非本市",
                "外市",
                "外县",
                "外省",
                "外埠",
                "外地户籍",
                "非本地户籍",
                "外地户口",
                "外地城镇",
                "外地农村",
                "外埠城镇",
                "外埠农村",
                "流动人口",
                "外来职工",
                "外来户籍",
                "省外",
                "市外",
                "非户籍",
                "外埠户籍",
                "否",
            ),
        },
        note="本地、外来；外来职工应当登记在外来人口排查台账",
        seeds=("S1-08", "S1-17"),
    )
    post = TextField(
        "岗位",
        aliases=(
            "工种",
            "职务",
            "岗位名称",
            "职位",
            "岗位工种",
            "工作岗位",
            "岗位工种名称",
            "从事岗位",
            "从事工种",
            "职务工种",
        ),
    )
    joined_on = DateField(
        "入职日期",
        aliases=(
            "入职时间",
            "入厂日期",
            "进厂日期",
            "到岗日期",
            "用工起始日期",
            "合同起始日期",
            "参加工作日期",
            "聘用日期",
            "上岗日期",
            "签订合同日期",
            "录用日期",
            "进单位日期",
        ),
    )
    left_on = DateField(
        "离职日期",
        aliases=(
            "离职时间",
            "离厂日期",
            "离岗日期",
            "解除日期",
            "用工终止日期",
            "终止日期",
            "辞职日期",
            "退工日期",
            "解除合同日期",
            "解除劳动合同日期",
            "终止合同日期",
        ),
    )
    monthly_wage = MoneyField(
        "上年月平均工资",
        aliases=(
            "月平均工资",
            "上年度月平均工资",
            "上年度月均工资",
            "上年月均工资",
            "月均工资",
            "月工资",
            "平均工资",
            "工资",
        ),
        unit="元/月",
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "企业用工工资花名册"
        aliases = (
            "职工花名册",
            "员工花名册",
            "用工花名册",
            "工资花名册",
            "用工名册",
            "职工名册",
            "企业用工台账",
            "员工名单",
            "员工信息表",
            "员工名册",
            "工资表",
            "企业用工表",
            "用工登记表",
            "员工信息",
            "从业人员花名册",
            "务工人员花名册",
        )
        subject = "person"
        key = ("employer", "person", "joined_on")
        seeds = ("S1-08", "S1-17", "S10-43", "S10-44")
        about = "企业职工花名册，一人一行，附上年月平均工资"


class Unemployment(Ledger):
    """A person registered as unemployed."""

    name = NameField("姓名", aliases=headers.NAME)
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    former_employer = TextField(
        "原工作单位", aliases=("原单位", "失业前单位", "原就业单位", "失业前工作单位", "原用人单位", "原企业")
    )
    lost_on = DateField(
        "失业日期",
        aliases=("失业时间", "失业登记日期", "登记日期", "登记失业日期", "下岗日期", "失业起始日期"),
    )
    benefit_until = DateField(
        "领金截止",
        aliases=(
            "领金截止日期",
            "失业金截止日期",
            "失业保险金截止",
            "待遇截止日期",
            "领取截止日期",
            "失业金领取截止",
            "领金期止",
        ),
    )
    certificate_no = CodeField(
        "再就业优惠证号",
        aliases=(
            "优惠证号",
            "再就业优惠证",
            "就业失业登记证号",
            "失业证号",
            "就业创业证号",
            "失业登记证号",
            "证号",
            "再就业优惠证编号",
            "就业创业证编号",
        ),
    )
    intention = TextField("求职意愿", aliases=("就业意愿", "求职意向", "就业意向", "有无求职意愿", "意愿"))
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "失业登记人员名单"
        aliases = (
            "失业登记",
            "登记失业人员",
            "失业人员名单",
            "失业人员台账",
            "下岗失业人员",
            "失业人员花名册",
            "失业人员登记",
            "失业人员信息",
        )
        subject = "person"
        key = ("person", "lost_on")
        seeds = ("S2-31", "S2-64")
        about = "登记失业人员，一人一行"

"""People: registered residents and their households, deaths, disability, retirement."""

from __future__ import annotations

from shouwang.ledger import headers
from shouwang.ledger.base import Ledger, Through
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


class Person(Ledger):
    """A registered resident; moved-out and dead residents stay in the register with their status."""

    household_no = CodeField(
        "户号",
        aliases=(
            "户编号",
            "户籍号",
            "家庭编号",
            "户口簿号",
            "户口本号",
            "户口簿编号",
            "户籍编号",
            "户口编号",
            "家庭户号",
            "户口簿户号",
            "户籍户号",
        ),
    )
    head = NameField("户主", aliases=("户主姓名", "户主名", "户主名称"))
    name = NameField("姓名", aliases=(*headers.NAME, "居民姓名", "家庭成员", "成员姓名", "家庭成员姓名"))
    relation = TextField(
        "与户主关系", aliases=("关系", "与户主的关系", "家庭关系", "同户主关系", "户内关系", "和户主关系")
    )
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    birth_date = DateField("出生年月日", aliases=("出生日期", "出生年月", "生日", "出生时间", "出生"))
    compound = TextField(
        "所在小区", aliases=("小区", "小区名称", "居住小区", "所属小区", "小区居民点", "小区村组", "村组")
    )
    dwelling = CodeField("房屋编号", aliases=headers.DWELLING)
    address = AddressField("住址", aliases=(*headers.ADDRESS, "户籍地址", "户口地址", "户籍住址"))
    grid = TextField("所属网格", aliases=headers.GRID)
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    status = TextField(
        "户籍状态",
        aliases=(
            "状态",
            "户口状态",
            "人员状态",
            "户籍情况",
            "户籍现状",
            "在册状态",
            "人口状态",
            "人员类型",
            "户籍变动情况",
            "人口类别",
            "生存状态",
            "户口情况",
        ),
        values={
            "正常": (
                "在册",
                "有效",
                "正常户口",
                "正常在册",
                "常住",
                "在户",
                "迁入",
                "未变动",
                "户籍在册",
                "在籍",
                "户籍正常",
                "人户一致",
                "人户分离",
                "空挂",
            ),
            "迁出": ("已迁出", "户口迁出", "迁移", "外迁", "户口已迁出", "迁出注销", "迁往外地", "转出"),
            "死亡": (
                "死亡注销",
                "已死亡",
                "亡故",
                "去世",
                "已故",
                "死亡销户",
                "死亡已注销",
                "病故",
                "已去世",
                "已亡",
                "因死亡注销",
                "注销死亡",
                "死亡注销户口",
            ),
            "注销": ("销户", "已注销", "户口注销", "已销户", "其他注销"),
        },
    )
    status_on = DateField(
        "变动日期",
        aliases=(
            "变更日期",
            "异动日期",
            "状态日期",
            "迁移日期",
            "变动时间",
            "变更时间",
            "状态变动日期",
            "异动时间",
            "户籍变动日期",
            "户籍变动时间",
            "人口变动日期",
        ),
    )
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "户籍人口台账"
        aliases = (
            "户籍人口",
            "户籍人口花名册",
            "常住人口台账",
            "常住户口登记",
            "人口台账",
            "户籍登记",
            "居民花名册",
            "户籍居民登记",
            "户籍人员花名册",
            "户籍人口信息表",
            "户籍居民台账",
            "户籍人口登记",
            "常住户籍人口",
        )
        subject = "person"
        key = ("person",)
        through = (Through("household_no", "registry.person", shared=True),)
        seeds = ("S1-12",)
        fill_down = ("household_no", "head", "address", "compound", "dwelling", "grid")
        about = "本地户籍人口，一人一行；迁出、死亡的人留在册内，以户籍状态区分"


class Household(Ledger):
    """A registered household as one line: its head, size and dwelling."""

    household_no = CodeField(
        "户号",
        aliases=(
            "户编号",
            "户籍号",
            "家庭编号",
            "户口簿号",
            "户口本号",
            "户口簿编号",
            "户籍编号",
            "户口编号",
        ),
        required=True,
    )
    name = NameField("户主姓名", aliases=("户主", "户主名", *headers.NAME))
    person = PersonField(
        "户主身份证号", aliases=("户主身份证", "户主证件号码", "户主身份证号码", *headers.PERSON)
    )
    members = IntegerField(
        "家庭人口数",
        aliases=("人口数", "户内人数", "家庭人口", "人数", "家庭人数", "成员数", "在册人数"),
        unit="人",
    )
    dwelling = CodeField("房屋编号", aliases=headers.DWELLING)
    address = AddressField("住址", aliases=headers.ADDRESS)
    grid = TextField("所属网格", aliases=headers.GRID)
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "户籍户册"
        aliases = ("户主名册", "户册", "家庭户名册", "住户名册", "户籍户台账", "居民户名册")
        subject = "household"
        key = ("household_no",)
        through = (Through("household_no", "registry.person", shared=True),)
        seeds = ("S1-12",)
        about = "户籍家庭，一户一行"


class Death(Ledger):
    """A death; the list against which every allowance, pension and treatment is checked."""

    name = NameField("姓名", aliases=(*headers.NAME, "死者姓名", "死亡人员姓名", "逝者姓名"))
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField(
        "身份证号", aliases=(*headers.PERSON, "死者身份证号", "死者身份证号码"), required=True
    )
    died_on = DateField(
        "死亡日期",
        aliases=("死亡时间", "去世日期", "去世时间", "死亡年月日", "亡故日期", "身故日期", "逝世日期"),
        required=True,
    )
    address = AddressField(
        "生前住址",
        aliases=(
            *headers.ADDRESS,
            "生前地址",
            "原住址",
            "生前居住地址",
            "户籍地址",
            "生前居住地",
            "生前家庭住址",
            "居住地",
        ),
    )
    cause = TextField("死亡原因", aliases=("死因", "原因", "去世原因", "死亡情况"))
    certificate_no = CodeField(
        "死亡证明编号",
        aliases=(
            "死亡证明",
            "死亡证明号",
            "死亡医学证明编号",
            "死亡证编号",
            "证明编号",
            "死亡医学证明书编号",
            "死亡证号",
        ),
    )
    cancelled_on = DateField(
        "户口注销日期",
        aliases=(
            "注销日期",
            "销户日期",
            "户籍注销日期",
            "户口注销时间",
            "注销户口日期",
            "注销时间",
            "销户时间",
        ),
    )
    kin_name = NameField(
        "家属姓名",
        aliases=("家属", "亲属姓名", "联系人", "联系家属", "亲属", "申报人", "经办家属", "联系人姓名"),
    )
    phone = PhoneField("联系电话", aliases=(*headers.PHONE, "家属电话", "家属联系电话"))
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "死亡人员名单"
        aliases = (
            "死亡人员",
            "死亡登记",
            "死亡人员台账",
            "亡故人员名单",
            "去世人员",
            "死亡花名册",
            "殡葬名单",
            "亡故人员",
            "死亡人口",
            "死亡人员信息表",
            "死亡人员花名册",
            "亡故人员信息表",
            "殡葬登记",
        )
        subject = "person"
        key = ("person",)
        seeds = ("S1-12", "S10-69")
        about = "死亡人员，一人一行"


class Disability(Ledger):
    """A holder of a disability certificate."""

    name = NameField("姓名", aliases=(*headers.NAME, "残疾人姓名"))
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    card_no = CodeField(
        "残疾人证号",
        aliases=(
            "残疾证号",
            "残疾证",
            "残疾证号码",
            "残疾人证号码",
            "残疾人证",
            "残疾证编号",
            "残疾人证编号",
        ),
        note="第二代残疾人证为20位：身份证号、类别1位、等级1位",
    )
    kind = TextField(
        "残疾类别",
        aliases=("残疾类型", "类别", "残疾种类", "残疾类", "残疾情况"),
        values={
            "视力": ("视力残疾", "视残", "盲"),
            "听力": ("听力残疾", "听残", "聋"),
            "言语": ("言语残疾", "语言残疾", "语言", "哑"),
            "肢体": ("肢体残疾", "肢残"),
            "智力": ("智力残疾", "智残"),
            "精神": ("精神残疾", "精残"),
            "多重": ("多重残疾", "综合"),
        },
    )
    level = TextField(
        "残疾等级",
        aliases=("等级", "残疾级别", "级别", "残疾程度"),
        values={
            "一级": ("1级", "1", "壹级", "Ⅰ级", "一"),
            "二级": ("2级", "2", "贰级", "Ⅱ级", "二"),
            "三级": ("3级", "3", "叁级", "Ⅲ级", "三"),
            "四级": ("4级", "4", "肆级", "Ⅳ级", "四"),
        },
    )
    issued_on = DateField("发证日期", aliases=("发证时间", "办证日期", "核发日期", "领证日期"))
    valid_until = DateField("有效期至", aliases=("有效期", "到期日期", "证件有效期", "有效期限", "截止日期"))
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "持证残疾人名单"
        aliases = (
            "残疾人名单",
            "残疾人台账",
            "残疾人花名册",
            "残疾人登记",
            "残疾人信息",
            "持证残疾人",
            "残疾人基本信息",
            "残疾人信息表",
            "残疾人员名单",
            "残疾人员花名册",
        )
        subject = "person"
        key = ("person",)
        seeds = ("S2-28", "S2-62")
        about = "持有残疾人证的人，一人一行"


class Retirement(Ledger):
    """A retired person under socialised management of the community."""

    name = NameField("姓名", aliases=(*headers.NAME, "退休人员姓名"))
    sex = TextField("性别", aliases=headers.SEX, values=headers.SEXES)
    person = PersonField("身份证号", aliases=headers.PERSON, required=True)
    former_employer = TextField(
        "原工作单位", aliases=("原单位", "退休前单位", "原单位名称", "退休单位", "原用人单位")
    )
    retired_on = DateField(
        "退休日期", aliases=("退休时间", "批准退休日期", "退休年月", "离退休日期", "办理退休日期")
    )
    kind = TextField("退休类别", aliases=("退休类型", "离退休类别", "退休性质", "类别"))
    certificate_no = CodeField("退休证号", aliases=("退休证编号", "退休证", "离退休证号"))
    pension = MoneyField(
        "月养老金",
        aliases=("养老金", "月退休金", "退休金", "基本养老金", "月养老金额", "待遇金额"),
        unit="元/月",
    )
    accepted_on = DateField(
        "移交社区日期", aliases=("接收日期", "移交日期", "社区接收日期", "纳入社会化管理日期", "移交时间")
    )
    address = AddressField("住址", aliases=headers.ADDRESS)
    phone = PhoneField("联系电话", aliases=headers.PHONE)
    note = TextField("备注", aliases=headers.NOTE)

    class Sheet:
        title = "退休人员名册"
        aliases = ("退休人员台账", "企业退休人员", "社会化管理退休人员", "离退休人员名单", "退休花名册")
        subject = "person"
        key = ("person",)
        seeds = ("S10-14",)
        about = "退休人员，一人一行"

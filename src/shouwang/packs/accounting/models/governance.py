"""People and bodies around the books: entrustment, qualification, reviews, audits, disclosure."""

from __future__ import annotations

from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    MonthField,
    NameField,
    PersonField,
    TextField,
    YesNoField,
)
from shouwang.packs.accounting.models.books import VillageLedger


class Entrustment(VillageLedger):
    """The agreement by which a village entrusts its accounts and keeps its rights (S9-21, S9-31 … S9-34)."""

    agreement_no = CodeField("协议编号", aliases=("委托协议编号", "协议号"), required=True)
    signed_on = DateField("签订日期", aliases=("委托日期", "签约日期"), required=True)
    ends_on = DateField("到期日期", aliases=("委托到期日", "截止日期"))
    centre = TextField("受托机构", aliases=("会计服务中心", "代理机构"), seeds=("S9-01",))
    legal_nature = TextField("机构性质", aliases=("受托机构性质",), seeds=("S9-48",))
    funding = TextField("经费来源", aliases=("机构经费来源",), seeds=("S9-48",))
    supervised_under = TextField("监督依据", aliases=("政策依据",), seeds=("S9-49",))
    rights_kept = TextField(
        "保留权利", aliases=("权属条款", "四权不变条款"), seeds=("S9-31", "S9-32", "S9-33", "S9-34")
    )
    computerised = YesNoField("会计电算化", aliases=("是否电算化",), seeds=("S9-57", "S9-68"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "会计委托协议登记"
        aliases = ("委托协议登记", "会计委托服务协议", "委托代理协议")
        subject = "division"
        key = ("division", "agreement_no")
        bodies = ("centre",)
        seeds = ("S9-21", "S9-31", "S9-56", "S9-57", "S9-68")
        about = "各村（社区）委托记账的协议"


class Accountant(VillageLedger):
    """One person of accounts: post, qualification, deadline to gain it (S9-15, S9-58, S9-67)."""

    name = NameField("姓名", aliases=("人员姓名", "会计姓名"), required=True)
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    unit = TextField("工作单位", aliases=("所在单位", "机构"))
    post = TextField(
        "岗位",
        aliases=("职务", "岗位名称"),
        values={
            "记账会计": ("记帐会计", "会计"),
            "资金会计": ("资金管理会计",),
            "出纳": ("村出纳", "出纳员"),
            "报账员": ("村报账员", "报帐员"),
            "民主理财小组": ("民主理财成员", "理财小组成员"),
            "财务监督小组": ("监督小组成员", "村务监督"),
            "村干部": ("村领导", "村主任", "主管领导"),
        },
        required=True,
    )
    qualification_no = CodeField(
        "会计证号", aliases=("会计资格证号", "从业资格证号", "证书编号", "资格证号"), seeds=("S9-58",)
    )
    qualified_on = DateField("取得资格日期", aliases=("取证日期", "发证日期"))
    deadline_on = DateField("限期取得日期", aliases=("限期取证日期", "取证期限"), seeds=("S9-67",))
    assessment = TextField("考核结果", aliases=("年度考核",), seeds=("S9-51",))
    since = DateField("任职日期", aliases=("上岗日期", "任职时间"))
    until = DateField("离任日期", aliases=("离职日期", "卸任日期"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "财会人员名册"
        aliases = ("会计人员资格", "财务人员名册", "财会人员台账", "会计人员名单")
        subject = "person"
        key = ("division", "name", "post")
        seeds = ("S9-15", "S9-51", "S9-58", "S9-67")
        about = "会计、出纳、报账员和理财小组成员的资格与考核"


class Review(VillageLedger):
    """One review of accounts by the supervision or democratic management group (S9-25, S9-52)."""

    reviewed_on = DateField("审查日期", aliases=("理财日期", "监督日期", "审账日期"), required=True)
    month = MonthField("所审月份", aliases=("理财月份", "审查期间"))
    body = TextField(
        "审查组织",
        aliases=("理财组织", "监督组织"),
        values={"民主理财小组": ("理财小组",), "财务监督小组": ("监督小组", "村务监督委员会")},
        required=True,
    )
    participants = TextField("参加人员", aliases=("参会人员", "参加人"))
    disputed = TextField("争议开支", aliases=("争议事项", "有争议开支"), seeds=("S9-26",))
    decided_on = DateField("村民会议决定日期", aliases=("村民代表会议日期",), seeds=("S9-26",))
    opinion = TextField("审查意见", aliases=("理财意见", "监督意见"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "民主理财记录"
        aliases = ("财务监督审查记录", "民主理财", "理财小组审查", "财务监督记录")
        subject = "division"
        key = ("division", "body", "reviewed_on")
        seeds = ("S9-25", "S9-26", "S9-52")
        about = "监督小组、理财小组对账目的审查"


class Disclosure(VillageLedger):
    """One publication of affairs or finances to residents (S9-52, S9-61, S9-62)."""

    published_on = DateField("公开日期", aliases=("公示日期", "公布日期"), required=True)
    kind = TextField(
        "公开类别",
        aliases=("公开内容类别", "公开种类"),
        values={"财务公开": ("财务", "收支公开"), "居务公开": ("村务公开", "居务", "村务")},
        required=True,
    )
    month = MonthField("公开期间", aliases=("所属月份", "公开月份"))
    place = TextField("公开地点", aliases=("公开方式", "公示栏"))
    content = TextField("公开内容", aliases=("内容",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "财务公开登记"
        aliases = ("居务公开登记", "村务公开登记", "财务公开")
        subject = "division"
        key = ("division", "kind", "published_on")
        seeds = ("S9-52", "S9-61", "S9-62")
        about = "财务公开和居务公开的日期与期间"


class CleanUpAudit(VillageLedger):
    """One violation found by a clean-up audit and its correction (S9-19, S9-27, S9-28, S9-64)."""

    audited_on = DateField("审计日期", aliases=("清理日期", "审计时间"), required=True)
    auditor = TextField("审计单位", aliases=("审计部门", "清理单位"), required=True)
    level = TextField(
        "审计层级", aliases=("层级",), values={"乡镇": ("镇", "街道", "乡"), "县": ("县级", "区县")}
    )
    scope = TextField("审计内容", aliases=("审计范围", "清理内容"))
    violation = TextField("违纪问题", aliases=("查出问题", "审计发现", "违规问题"))
    amount = MoneyField("涉及金额", aliases=("违纪金额", "问题金额"))
    corrected_on = DateField("纠正日期", aliases=("整改日期",))
    correction = TextField("纠正情况", aliases=("整改情况", "处理结果"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "村级财务清理审计记录"
        aliases = ("财务清理审计", "清理审计记录", "农村审计")
        subject = "division"
        key = ("division", "audited_on", "violation")
        seeds = ("S9-19", "S9-27", "S9-28", "S9-64")
        about = "村级财务审计查出的问题及纠正"


class PublicProject(VillageLedger):
    """One public-benefit project of the village (生产公益事业项目, S9-17)."""

    project_no = CodeField("项目编号", aliases=("编号", "工程编号"), required=True)
    title = TextField("项目名称", aliases=("工程名称", "公益项目"), required=True)
    budget = MoneyField("预算金额", aliases=("概算金额", "项目预算"))
    spent = MoneyField("决算金额", aliases=("支出金额", "实际支出"))
    contractor = TextField("承建单位", aliases=("施工单位",))
    started_on = DateField("开工日期", aliases=("开始日期",))
    finished_on = DateField("完工日期", aliases=("竣工日期",))
    audited_on = DateField("审计日期", aliases=("审计时间",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "生产公益事业项目登记"
        aliases = ("公益事业项目", "生产公益事业", "村级工程项目")
        subject = "record"
        key = ("division", "project_no")
        seeds = ("S9-17", "S9-27")
        about = "村集体生产公益事业项目的预算、决算和审计"


class AssetCheck(VillageLedger):
    """One comparison of a book record with the real thing on site (S9-42)."""

    checked_on = DateField("盘点日期", aliases=("核对日期", "实地核对日期"), required=True)
    item = TextField("资产名称", aliases=("核对事项", "资产或支付事项"), required=True)
    voucher_no = CodeField("凭证编号", aliases=("凭证号", "对应凭证"))
    book_quantity = IntegerField("账面数量", aliases=("账面数",))
    real_quantity = IntegerField("实有数量", aliases=("实存数量", "盘点数"))
    book_value = MoneyField("账面金额", aliases=("账面价值",))
    real_value = MoneyField("实际金额", aliases=("核实金额",))
    checked_by = NameField("核对人", aliases=("盘点人",))
    note = TextField("备注", aliases=("说明", "差异原因"))

    class Sheet:
        title = "账实核对记录"
        aliases = ("资产盘点表", "账实核对", "固定资产盘点")
        subject = "record"
        key = ("division", "checked_on", "item")
        seeds = ("S9-42",)
        about = "资产和大额支付与现场实物的核对"


class InternalControl(VillageLedger):
    """One internal control of a village, in force or missing (S9-20, S9-65)."""

    control = TextField("内控制度", aliases=("制度名称", "内部控制制度"), required=True)
    version = TextField("版本", aliases=("文号",))
    effective_on = DateField("施行日期", aliases=("生效日期", "实施日期"))
    reviewed_on = DateField("评估日期", aliases=("修订日期",))
    in_force = YesNoField("是否执行", aliases=("执行情况",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "内控制度登记"
        aliases = ("村级内控制度", "内部控制制度登记", "财务管理制度登记")
        subject = "division"
        key = ("division", "control", "version")
        seeds = ("S9-20", "S9-65")
        about = "各村（社区）财务内控制度的施行情况"


class Complaint(VillageLedger):
    """One report of disorder in income and spending or of tension with cadres (S9-55)."""

    reported_on = DateField("反映日期", aliases=("举报日期", "受理日期"), required=True)
    content = TextField("反映内容", aliases=("反映问题", "举报内容"), required=True)
    kind = TextField(
        "问题类别", aliases=("类别",), values={"财务收支混乱": ("收支混乱",), "干群关系紧张": ("干群矛盾",)}
    )
    handled_on = DateField("处理日期", aliases=("办结日期",))
    outcome = TextField("处理结果", aliases=("办理结果",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "村级财务问题反映登记"
        aliases = ("财务问题反映", "村财务信访", "财务举报登记")
        subject = "division"
        key = ("division", "reported_on", "content")
        seeds = ("S9-55",)
        about = "群众反映的村级财务问题"

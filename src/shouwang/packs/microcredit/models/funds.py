"""Public money and the bodies around it: communities, guarantee fund, subsidy, losses, conferences."""

from __future__ import annotations

from shouwang.ledger.fields import (
    AccountField,
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    PercentField,
    PersonField,
    TextField,
)
from shouwang.packs.microcredit.models.base import (
    BANK,
    COMMUNITY,
    GUARANTOR,
    THROUGH_LOAN,
    MicrocreditLedger,
)


class CreditCommunity(MicrocreditLedger):
    """A pilot community and the state of its guarantee qualification (S5-21, S5-70)."""

    division = TextField(
        "社区名称", aliases=(*COMMUNITY, "单位", "名称"), required=True, max_length=200, context="division"
    )
    pilot_since = DateField(
        "试点日期", aliases=("试点时间", "授牌日期", "创建日期", "试点起始日期", "认定日期", "批准日期")
    )
    qualification = TextField(
        "担保资格",
        aliases=("信用担保资格", "资格状态", "担保资格状态", "资格"),
        values={
            "正常": ("有效", "有", "保留", "正常担保", "恢复"),
            "暂停": ("已暂停", "停止", "中止", "暂停担保", "取消"),
        },
        required=True,
    )
    suspended_on = DateField("暂停日期", aliases=("暂停时间", "资格暂停日期", "停止日期", "暂停担保日期"))
    restored_on = DateField("恢复日期", aliases=("恢复时间", "资格恢复日期", "恢复担保日期"))
    suspended_because = TextField(
        "暂停原因",
        aliases=(
            "暂停理由",
            "原因",
            "暂停担保原因",
            "暂停资格原因",
            "停止担保原因",
        ),
    )
    notified_on = DateField("通报日期", aliases=("通报有关部门日期",), seeds=("S5-70",))
    assessed_on = DateField(
        "年度评估日期", aliases=("核实评估日期", "年度核实日期", "评估日期"), seeds=("S5-72",)
    )
    head = NameField("社区负责人", aliases=("负责人",), seeds=("S5-05",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "信用社区资格登记"
        aliases = ("信用社区", "信用社区登记", "信用社区名单", "信用社区台账", "担保资格")
        subject = "division"
        key = ("division", "suspended_on")
        seeds = ("S5-21", "S5-70", "S5-72")
        about = "信用社区的试点日期和担保资格的暂停、恢复"


class GuaranteeFund(MicrocreditLedger):
    """One payment into the guarantee fund: source, level, planned and actual arrival (S8-16)."""

    entry_no = CodeField("拨付编号", aliases=("编号", "到账编号", "批次"))
    source = TextField("资金来源", aliases=("来源", "来源单位", "出资单位"), required=True, seeds=("S8-45",))
    level = TextField("政府层级", aliases=("级次", "层级"))
    amount = MoneyField(
        "担保基金金额", aliases=("基金金额", "到位金额", "拨付金额", "计划金额"), required=True
    )
    planned_on = DateField("计划到位日期", aliases=("应到位日期", "计划到账日期"), seeds=("S8-47",))
    arrived_on = DateField("实际到位日期", aliases=("到位日期", "到账日期", "实际到账日期"), seeds=("S8-47",))
    balance = MoneyField(
        "基金余额", aliases=("账户余额", "专户余额", "到位后余额", "结余"), note="该笔到位当日的余额"
    )
    guarantor = TextField(
        "担保机构",
        aliases=(*GUARANTOR, "基金管理机构", "受托运作机构", "基金受托机构"),
        max_length=200,
        db_index=True,
        seeds=("S5-02", "S8-04"),
    )
    bank = TextField(
        "存放银行",
        aliases=(*BANK, "承办银行", "专户银行", "存储银行", "基金专户银行"),
        max_length=200,
        db_index=True,
        seeds=("S8-03",),
    )
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "担保基金台账"
        aliases = ("贷款担保基金", "担保基金到位情况", "担保基金登记")
        subject = "record"
        key = ("entry_no", "source", "planned_on")
        bodies = ("bank", "guarantor")
        seeds = ("S8-16", "S8-45", "S8-46", "S8-47")
        about = "担保基金的来源、金额和到位日期"


class SubsidyTransfer(MicrocreditLedger):
    """One transfer of subsidy money into the special re-employment account (S8-17, S8-37)."""

    entry_no = CodeField("划入编号", aliases=("编号", "批次"))
    account = AccountField("再就业资金专户", aliases=("专户账号", "资金专户", "专户"), required=True)
    amount = MoneyField("划入金额", aliases=("贴息资金", "划拨金额", "到账金额"), required=True)
    needed_on = DateField("应划入日期", aliases=("应到账日期", "应贴息日期"), seeds=("S8-37",))
    received_on = DateField("划入日期", aliases=("到账日期", "实际划入日期"), seeds=("S8-37",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "贴息资金专户台账"
        aliases = ("再就业资金专户", "贴息资金划拨", "贴息专户")
        subject = "record"
        key = ("account", "entry_no", "received_on")
        seeds = ("S8-17", "S8-37")
        about = "贴息资金划入再就业资金专户的日期和金额"


class InterestSubsidy(MicrocreditLedger):
    """One subsidy of interest: application and payment to the borrower (S5-18, S8-17, S8-68)."""

    loan_no = CodeField("合同编号", aliases=("合同号", "贷款合同编号"), required=True)
    name = NameField("借款人", aliases=("借款人姓名", "姓名"))
    person = PersonField("身份证号", aliases=("身份证号码", "公民身份号码", "证件号码"))
    project = TextField("经营项目", aliases=("微利项目", "项目名称"))
    period = TextField("贴息期间", aliases=("贴息周期", "贴息时段"))
    subsidy = MoneyField("贴息金额", aliases=("申报贴息金额", "财政贴息", "应贴息金额"), required=True)
    declared_on = DateField("申报日期", aliases=("贴息申报日期", "申请日期"))
    due_on = DateField("应付日期", aliases=("应贴息日期", "应发放日期"), seeds=("S8-68",))
    paid_on = DateField("支付日期", aliases=("贴息支付日期", "发放日期"), seeds=("S8-68",))
    materials = TextField("证明材料", aliases=("申报材料", "相关资料"), seeds=("S5-18",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "小额贷款贴息申报台账"
        aliases = ("财政贴息申报", "贴息台账", "贴息申报", "贴息发放")
        subject = "record"
        key = ("loan_no", "period", "declared_on")
        through = THROUGH_LOAN
        seeds = ("S5-18", "S8-17", "S8-68")
        about = "每笔贴息的申报、应付和支付"


class BadDebt(MicrocreditLedger):
    """One bad-debt loss: verification, handling opinion, shares of the parties (S5-17, S8-64)."""

    loan_no = CodeField("合同编号", aliases=("合同号", "贷款合同编号"), required=True)
    name = NameField("借款人", aliases=("借款人姓名", "姓名"))
    loss = MoneyField("损失金额", aliases=("呆坏账金额", "坏账金额", "呆账金额"), required=True)
    found_on = DateField("认定日期", aliases=("发现日期", "申报日期"))
    verified_on = DateField("核定日期", aliases=("核实日期", "审核日期"), seeds=("S8-38",))
    verified_by = TextField("核定单位", aliases=("担保机构核定", "核定人"), seeds=("S5-45",))
    opinion = TextField("银行处理意见", aliases=("处理意见",), seeds=("S5-17",))
    government_share = MoneyField("政府承担", aliases=("财政承担", "政府分担"), seeds=("S8-64",))
    bank_share = MoneyField("银行承担", aliases=("经办银行承担", "银行分担"), seeds=("S8-64",))
    community_share = MoneyField("社区承担", aliases=("社区分担", "中介机构承担"), seeds=("S8-64",))
    shared_on = DateField("分担日期", aliases=("分担确认日期",), seeds=("S8-38",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "呆坏账损失登记"
        aliases = ("呆坏账损失", "坏账核定", "呆坏账台账")
        subject = "record"
        key = ("loan_no", "found_on")
        through = THROUGH_LOAN
        seeds = ("S5-17", "S5-45", "S8-38", "S8-64")
        about = "呆坏账损失的核定、处理意见和分担"


class JointConference(MicrocreditLedger):
    """One item of a joint conference: borrower discussed, problem, measure (S8-24, S8-32 … S8-34)."""

    held_on = DateField("会议日期", aliases=("召开日期", "联席会议日期"), required=True)
    meeting_no = CodeField("会议编号", aliases=("会议文号", "届次"))
    loan_no = CodeField("合同编号", aliases=("合同号",))
    borrower = NameField("讨论借款人", aliases=("借款人", "议及借款人"))
    topic = TextField("讨论问题", aliases=("议题", "问题"), required=True)
    measure = TextField("补救防范措施", aliases=("措施", "议定措施"), seeds=("S8-34",))
    helper = TextField("责任单位", aliases=("牵头单位", "帮助单位"), seeds=("S8-33",))
    outcome = TextField("落实结果", aliases=("结果",), seeds=("S8-33",))
    members = TextField("参会单位", aliases=("参加单位", "出席单位"), seeds=("S8-08",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "小额担保贷款联席会议纪要"
        aliases = ("联席会议纪要", "联席会议记录", "贷款联席会议")
        subject = "record"
        key = ("held_on", "loan_no", "topic")
        through = THROUGH_LOAN
        seeds = ("S8-24", "S8-32", "S8-33", "S8-34", "S8-71")
        about = "联席会议讨论的借款人、问题和措施"


class Inspection(MicrocreditLedger):
    """One inspection or audit of the loans with its published result (S8-36, S8-65, S8-70)."""

    inspected_on = DateField("检查日期", aliases=("审计日期", "检查时间"), required=True)
    kind = TextField(
        "检查方式", aliases=("检查类别", "检查审计"), values={"检查": ("定期检查",), "审计": ("专项审计",)}
    )
    inspector = TextField("检查单位", aliases=("审计单位", "检查部门"), required=True)
    loans_checked = IntegerField("抽查笔数", aliases=("检查笔数",))
    favour_loans = IntegerField("人情贷款笔数", aliases=("人情贷款",), seeds=("S8-65",))
    bad_loans = IntegerField("不良贷款笔数", aliases=("不良贷款",), seeds=("S8-65",))
    bad_ratio = PercentField("不良率", aliases=("不良贷款率",))
    findings = TextField("发现问题", aliases=("存在问题",))
    published_on = DateField("公开日期", aliases=("公布日期", "公示日期"), seeds=("S8-70",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "小额贷款检查审计记录"
        aliases = ("小贷检查审计", "贷款检查记录", "贷款审计记录")
        subject = "record"
        key = ("inspected_on", "inspector")
        seeds = ("S8-36", "S8-65", "S8-70")
        about = "对小额贷款的检查审计、发现问题和公开日期"

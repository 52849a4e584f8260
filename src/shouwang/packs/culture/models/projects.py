"""Projects and what belongs to each: plan, money, team, needs, evaluation."""

from __future__ import annotations

from shouwang.ledger.base import Ledger, Through
from shouwang.ledger.fields import (
    CodeField,
    DateField,
    IntegerField,
    MoneyField,
    NameField,
    NumberField,
    TextField,
    YesNoField,
)

PROJECT_NO = ("项目号", "项目代码", "立项编号", "所属项目编号", "项目序号")


class Project(Ledger):
    """One cultural project from survey to closing (S4-12, S4-21 … S4-26)."""

    project_no = CodeField("项目编号", aliases=(*PROJECT_NO, "编号"), required=True)
    title = TextField("项目名称", aliases=("名称", "文化项目名称", "活动项目名称", "项目"), required=True)
    organisation = TextField(
        "承办组织",
        aliases=(
            "承办单位",
            "实施单位",
            "承办社团",
            "执行组织",
            "承办方",
            "实施组织",
            "申报组织",
            "承接组织",
            "承办团队",
            "实施团队",
            "承办组织名称",
        ),
    )
    leader = NameField("项目负责人", aliases=("负责人", "项目主管", "项目联系人"))
    serves = TextField("服务对象", aliases=("目标群体", "服务人群"), seeds=("S4-61",))
    goal = TextField(
        "服务目标",
        aliases=(
            "项目目标",
            "目标",
            "长期目标",
            "服务内容",
            "预期目标",
            "目标任务",
        ),
        seeds=("S4-55",),
    )
    format = TextField("活动形式", aliases=("计划活动形式",), seeds=("S4-54",))
    needs = TextField("需求评估", aliases=("需求调查情况",), seeds=("S4-18", "S4-21"))
    features = TextField("社区特点", aliases=("因地制宜说明",), seeds=("S4-60",))
    methods = TextField("专业方法", aliases=("工作方法",), seeds=("S4-22", "S4-61"))
    risks = TextField("风险预测", aliases=("项目风险",), seeds=("S4-27",))
    evaluation_plan = TextField("评估方案", aliases=("评估指标", "评估计划"), seeds=("S4-12", "S4-56"))
    policy = TextField("依据文件", aliases=("政策依据",), seeds=("S4-58", "S4-75"))
    budget = MoneyField(
        "预算金额", aliases=("预算", "项目预算", "批准预算", "经费预算", "预算经费", "项目经费")
    )
    applied_on = DateField("申报日期", aliases=("申请日期", "申报时间"), seeds=("S4-23",))
    approved_on = DateField("审批日期", aliases=("批准日期", "立项日期"), seeds=("S4-24",))
    started_on = DateField(
        "开始日期",
        aliases=(
            "开始时间",
            "启动日期",
            "起止时间/开始日期",
            "起始日期",
            "项目开始日期",
            "实施开始",
            "起止时间/起",
        ),
    )
    ended_on = DateField(
        "结束日期",
        aliases=(
            "结束时间",
            "截止日期",
            "起止时间/结束日期",
            "终止日期",
            "项目结束日期",
            "实施结束",
            "起止时间/止",
        ),
    )
    published_on = DateField(
        "信息公开日期",
        aliases=("公示日期", "公开日期", "公示时间", "公开时间", "信息公示日期", "项目公示日期"),
        seeds=("S4-47",),
    )
    state = TextField(
        "项目状态",
        aliases=(
            "状态",
            "进展",
            "项目进度",
            "实施状态",
            "执行状态",
            "进展状态",
            "项目阶段",
            "进行状态",
        ),
        values={
            "已结项": ("结项", "已完成", "完成", "已结束", "结题", "已结题", "办结"),
            "进行中": ("实施中", "在建", "执行中", "开展中", "正在实施"),
            "未开展": ("未启动", "未开始", "待实施", "已立项"),
            "已取消": ("取消", "终止", "中止"),
        },
    )
    evaluating_body = TextField(
        "评估单位",
        aliases=(
            "评估机构",
            "第三方评估机构",
            "评估组织",
            "评估/评估单位",
            "评审单位",
            "评估方",
            "第三方评估单位",
            "第三方机构",
            "评估机构名称",
        ),
        seeds=("S4-57",),
    )
    evaluator = NameField(
        "评估人", aliases=("评估人员", "评估负责人", "评估/评估人", "评审人", "评估专家"), seeds=("S4-59",)
    )
    evaluation_method = TextField(
        "评估方式",
        aliases=("评估方法", "评估形式", "评估/评估方式", "评审方式"),
        values={
            "问卷调查": ("问卷",),
            "电话访问": ("电话调查", "电话访谈"),
            "评估会": ("评审会", "专家评审"),
            "焦点小组": ("座谈", "焦点小组访谈"),
            "自评总结": ("自评", "自我评估", "自我总结", "自评报告", "年终总结", "自查总结"),
        },
        seeds=("S4-56", "S4-74"),
    )
    evaluated_on = DateField("评估日期", aliases=("评估时间", "评估/评估日期", "评审日期"))
    score = NumberField("评估得分", aliases=("得分", "评估分数", "评估/评估得分", "评分", "评审得分"))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "文化活动项目台账"
        aliases = ("社区文化活动项目", "项目台账", "文化项目台账", "文化活动项目", "文化项目登记")
        subject = "record"
        key = ("project_no",)
        bodies = ("organisation",)
        seeds = ("S4-12", "S4-16", "S4-26", "S4-47", "S4-57", "S4-59")
        about = "每个文化项目的承办组织、目标、预算、起止、公开和评估"


class BudgetItem(Ledger):
    """One item of a project's budget, against which its spending is held (S4-16, S4-50)."""

    project_no = CodeField("项目编号", aliases=PROJECT_NO, required=True)
    item = TextField("预算科目", aliases=("预算项目", "预算内容", "预算明细"), required=True)
    amount = MoneyField("预算额", aliases=("科目预算", "预算数", "核定预算"), required=True)
    note = TextField("备注", aliases=("测算依据", "说明"))

    class Sheet:
        title = "项目预算明细表"
        aliases = ("项目预算明细", "预算科目明细", "文化项目预算")
        subject = "record"
        key = ("project_no", "item")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-12", "S4-16", "S4-50")
        about = "项目预算的科目和金额"


class Spending(Ledger):
    """One spending of a project with payee and handler (S4-16, S4-50)."""

    spending_no = CodeField(
        "支出编号",
        aliases=(
            "编号",
            "单据编号",
            "支出单号",
            "流水号",
            "报销单号",
            "报销编号",
            "单号",
        ),
    )
    project_no = CodeField("项目编号", aliases=PROJECT_NO, required=True)
    spent_on = DateField("支出日期", aliases=("日期", "支出时间", "付款日期", "报销日期", "支付日期"))
    item = TextField(
        "支出内容", aliases=("支出项目", "用途", "开支内容", "费用项目", "支出事项", "摘要", "支出科目")
    )
    amount = MoneyField("金额", aliases=("支出金额", "付款金额", "报销金额", "支出额"), required=True)
    payee = TextField("收款方", aliases=("收款单位", "收款人", "供应商", "对方单位"))
    invoice_no = CodeField("发票号", aliases=("发票号码", "票据号", "票据号码", "发票编号"))
    handler = NameField("经手人", aliases=("经办人", "报销人", "经手", "经办"), seeds=("S4-50",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "项目支出明细"
        aliases = ("文化活动项目支出", "支出明细", "项目支出", "经费支出明细", "文化经费支出")
        subject = "record"
        key = ("spending_no", "project_no", "spent_on", "item", "amount")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-16", "S4-48", "S4-50")
        about = "项目每笔支出的内容、金额、收款方和经手人"


class SpecialFund(Ledger):
    """One movement of the special fund: source, amount, project, use (S4-16, S4-30)."""

    fund_no = CodeField("资金编号", aliases=("拨付编号",))
    source = TextField("资金来源", aliases=("来源",), required=True)
    amount = MoneyField("拨付金额", aliases=("到账金额", "专项资金金额"), required=True)
    received_on = DateField("拨付日期", aliases=("到账日期",))
    project_no = CodeField("项目编号", aliases=PROJECT_NO)
    use = TextField("资金用途", aliases=("使用方向",))
    balance = MoneyField("结余金额", aliases=("专项资金余额",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "文化专项资金台账"
        aliases = ("文化专项资金", "专项资金登记")
        subject = "record"
        key = ("fund_no", "source", "received_on", "project_no")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-16", "S4-30")
        about = "文化专项资金的来源、拨付、用途和结余"


class TeamMember(Ledger):
    """One member of a project team with qualification and pay (S4-06, S4-07, S4-51, S4-76)."""

    project_no = CodeField("项目编号", aliases=PROJECT_NO, required=True)
    name = NameField("姓名", aliases=("成员姓名", "工作人员"), required=True)
    post = TextField("团队岗位", aliases=("岗位", "职务"))
    social_worker = YesNoField("专业社工", aliases=("是否专业社工", "社工资格"), required=True)
    certificate_no = CodeField("社工证号", aliases=("资格证号",))
    dispatched = YesNoField("派驻社工", aliases=("是否派驻",), seeds=("S4-06",))
    pay = MoneyField("月薪酬", aliases=("薪酬", "月工资"), seeds=("S4-76",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "项目团队成员表"
        aliases = ("项目团队成员", "项目工作人员")
        subject = "record"
        key = ("project_no", "name")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-06", "S4-07", "S4-51", "S4-76")
        about = "项目团队成员及其社工资格、岗位和薪酬"


class NeedsAssessment(Ledger):
    """One needs assessment of a project (S4-18, S4-21)."""

    project_no = CodeField("项目编号", aliases=PROJECT_NO, required=True)
    assessed_on = DateField("需求评估日期", aliases=("调查日期",), required=True)
    method = TextField("评估方法", aliases=("调查方法",))
    respondents = IntegerField("调查人数", aliases=("样本数",))
    needs = TextField("主要需求", aliases=("居民需求", "需求内容"), required=True)
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "社区文化需求评估记录"
        aliases = ("文化需求评估", "需求调查记录")
        subject = "record"
        key = ("project_no", "assessed_on")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-18", "S4-21")
        about = "项目立项前的居民需求评估"


class Evaluation(Ledger):
    """One evaluation of a project: stage, method, source of opinion, panel, result (S4-19, S4-64 … S4-68)."""

    project_no = CodeField("项目编号", aliases=PROJECT_NO, required=True)
    stage = TextField(
        "评估阶段",
        aliases=("阶段",),
        values={"调查": (), "策划": (), "申报": (), "执行": ("实施",), "结束": ("结项", "结果评估")},
        required=True,
    )
    evaluated_on = DateField("评估日期", aliases=("评估时间",))
    evaluator_kind = TextField(
        "评估主体",
        aliases=("评估人类别",),
        values={
            "第三方": ("第三方评估", "评估小组"),
            "社工自评": ("自评", "专业自评"),
            "专家": ("领域专家",),
            "居民代表": ("居民",),
            "资深社工": ("资深社会工作者",),
        },
        seeds=("S4-08", "S4-09", "S4-10", "S4-29"),
    )
    evaluator = NameField("评估人员", aliases=("评估人",))
    source = TextField(
        "意见来源", aliases=("意见提供者",), values={"服务对象": ("参与者", "居民"), "工作人员": ("社工",)}
    )
    goal_score = NumberField("目标完成得分", aliases=("目标完成",), seeds=("S4-66",))
    needs_score = NumberField("需求满足得分", aliases=("需求满足",), seeds=("S4-67",))
    growth_score = NumberField("能力成长得分", aliases=("能力成长",), seeds=("S4-68",))
    sample = IntegerField("问卷份数", aliases=("有效问卷数",))
    satisfied = IntegerField("满意人数", aliases=("满意份数",))
    consequence = TextField("奖惩结果", aliases=("奖惩",), seeds=("S4-73",))
    note = TextField("备注", aliases=("说明",))

    class Sheet:
        title = "项目评估记录"
        aliases = ("文化项目评估", "项目过程评估", "项目评估表")
        subject = "record"
        key = ("project_no", "stage", "evaluator_kind", "evaluator")
        through = (Through("project_no", "culture.project"),)
        seeds = ("S4-19", "S4-28", "S4-64", "S4-65", "S4-66", "S4-67", "S4-68", "S4-73")
        about = "项目各阶段的评估、意见来源和得分"

"""The numbers of the pack: collection, errors, time, expense, audit coverage, steps, retirees.

Where a number is asked per business item, section, grade or handbook, that is the period's text:
an indicator is grouped by division and one more text.
"""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.indicator.indicator import Values, indicator, month, values, year
from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Tables, absent


def _item_of_year(day: ir.DateValue, item: ir.StringValue) -> ir.StringValue:
    """``"2023 退休审批"``: one business item in one year."""
    return day.year().cast("string") + " " + item.fill_null("")


@indicator(
    "insurance.error-rate",
    "办理差错率",
    unit="%",
    scale=100,
    seeds=["S10-67", "S10-81"],
    reads=["insurance.handling"],
    needs={"insurance.handling": ("errors",)},
    direction="down",
    target=0,
    formula="有差错的办件数 ÷ 已办结的办件数",
)
def error_rate(t: Tables, p: ParameterView) -> Values:
    """Finished cases with at least one error over all finished cases; the aim is zero errors."""
    rows = t.handling.filter(t.handling.finished_on.notnull())
    return values(
        rows,
        period=year(rows.finished_on),
        numerator=(rows.errors > 0).fill_null(False).cast("int64").sum(),
        denominator=rows.count(),
    )


@indicator(
    "insurance.errors-recorded",
    "办理差错数",
    unit="处",
    digits=0,
    seeds=["S10-67"],
    reads=["insurance.handling"],
    needs={"insurance.handling": ("errors",)},
    direction="down",
    target=0,
    formula="办件登记的差错数合计",
)
def errors_recorded(t: Tables, p: ParameterView) -> Values:
    """All errors on record, by the year of acceptance."""
    rows = t.handling.filter(t.handling.errors.notnull())
    return values(rows, period=year(rows.accepted_on.coalesce(rows.finished_on)), numerator=rows.errors.sum())


@indicator(
    "insurance.collection-rate",
    "社会保险费征缴率",
    unit="%",
    scale=100,
    seeds=["S10-73", "S10-82"],
    reads=["insurance.unit_collection"],
    needs={"insurance.unit_collection": ("due", "collected")},
    direction="up",
    target=100,
    formula="实缴金额 ÷ 应缴金额",
)
def collection_rate(t: Tables, p: ParameterView) -> Values:
    """Contributions collected from units over contributions due, by year."""
    rows = t.unit_collection.filter(t.unit_collection.due.notnull())
    # What one unit paid too much does not make good what another left unpaid.
    received = ibis.least(rows.collected.fill_null(0), rows.due)
    return values(rows, period=year(rows.month), numerator=received.sum(), denominator=rows.due.sum())


@indicator(
    "insurance.personal-collection-rate",
    "个人明细征缴率",
    unit="%",
    scale=100,
    seeds=["S10-73", "S10-82"],
    reads=["insurance.contribution"],
    needs={"insurance.contribution": ("due", "paid")},
    direction="up",
    target=100,
    formula="实缴金额 ÷ 应缴金额（按人员明细）",
)
def personal_collection_rate(t: Tables, p: ParameterView) -> Values:
    """The same by the detail of persons, where it states what was due."""
    rows = t.contribution.filter(t.contribution.due.notnull())
    received = ibis.least(rows.paid.fill_null(0), rows.due)
    return values(rows, period=year(rows.month), numerator=received.sum(), denominator=rows.due.sum())


@indicator(
    "insurance.insured-persons",
    "参保缴费人数",
    unit="人",
    digits=0,
    seeds=["S10-15", "S10-29"],
    reads=["insurance.contribution"],
    formula="当月有缴费的人数，一人只计一次",
)
def insured_persons(t: Tables, p: ParameterView) -> Values:
    """Persons with a contribution in the month."""
    rows = t.contribution
    return values(rows, period=month(rows.month), numerator=rows.person.nunique())


@indicator(
    "insurance.handling-days",
    "业务平均办理天数",
    unit="天",
    seeds=["S10-83"],
    reads=["insurance.handling"],
    needs={"insurance.handling": ("accepted_on", "finished_on")},
    formula="已办结办件自受理至办结的天数之和 ÷ 办件数，按业务",
)
def handling_days(t: Tables, p: ParameterView) -> Values:
    """Mean calendar days from acceptance to the end, per business item and year."""
    rows = t.handling.filter(t.handling.accepted_on.notnull() & t.handling.finished_on.notnull())
    rows = rows.filter(rows.finished_on >= rows.accepted_on)
    return values(
        rows,
        period=_item_of_year(rows.finished_on, rows.item),
        numerator=days_between(rows.finished_on, rows.accepted_on).sum(),
        denominator=rows.count(),
    )


@indicator(
    "insurance.materials-per-case",
    "每件提交材料数",
    unit="份",
    seeds=["S10-72", "S10-83"],
    reads=["insurance.handling"],
    needs={"insurance.handling": ("materials",)},
    formula="提交材料份数之和 ÷ 办件数，按业务",
)
def materials_per_case(t: Tables, p: ParameterView) -> Values:
    """Mean number of materials handed in, per business item and year."""
    rows = t.handling.filter(t.handling.materials.notnull())
    return values(
        rows,
        period=_item_of_year(rows.accepted_on.coalesce(rows.finished_on), rows.item),
        numerator=rows.materials.sum(),
        denominator=rows.count(),
    )


@indicator(
    "insurance.materials-per-item",
    "每项业务要求的材料数",
    unit="种",
    seeds=["S10-26", "S10-83"],
    reads=["insurance.item_material"],
    formula="材料清单中的材料种数 ÷ 办理机构数，按业务",
)
def materials_per_item(t: Tables, p: ParameterView) -> Values:
    """Materials that an office asks for in an item, on the mean of the offices."""
    rows = t.item_material.select("division", "office", "item", "material").distinct()
    return values(
        rows,
        period=rows.item,
        numerator=rows.material.count(),
        denominator=rows.office.fill_null("").nunique(),
    )


@indicator(
    "insurance.expense-per-case",
    "每件办理费用",
    unit="元",
    seeds=["S10-84"],
    reads=["insurance.handling"],
    needs={"insurance.handling": ("expense",)},
    formula="办理费用之和 ÷ 办件数，按业务",
)
def expense_per_case(t: Tables, p: ParameterView) -> Values:
    """Mean handling expense per case, per business item and year."""
    rows = t.handling.filter(t.handling.expense.notnull())
    return values(
        rows,
        period=_item_of_year(rows.accepted_on.coalesce(rows.finished_on), rows.item),
        numerator=rows.expense.sum(),
        denominator=rows.count(),
    )


@indicator(
    "insurance.audit-coverage-contributions",
    "缴费稽核覆盖率",
    unit="%",
    scale=100,
    seeds=["S10-60", "S10-74", "S10-85"],
    reads=["insurance.insured_unit", "insurance.audit"],
    formula="本年稽核过缴费的参保单位数 ÷ 参保单位数",
)
def audit_coverage_contributions(t: Tables, p: ParameterView) -> Values:
    """Insured units whose contributions were audited in the year of the scan, over all in force."""
    audits = t.audit.filter(
        (t.audit.audited_on.year() == p.as_of.year) & (t.audit.scope.fill_null("") != "待遇")
    )
    audited = audits.select(audited_unit="unit").distinct()
    units = t.insured_unit.filter(t.insured_unit.status.fill_null("正常") == "正常")
    units = units.select("division", "unit").distinct()
    both = units.left_join(audited, units.unit == audited.audited_unit)
    return values(
        both, period=year(p.as_of), numerator=both.audited_unit.count(), denominator=both.unit.count()
    )


@indicator(
    "insurance.audit-coverage-benefits",
    "待遇领取稽核覆盖率",
    unit="%",
    scale=100,
    seeds=["S10-60", "S10-74", "S10-85"],
    reads=["insurance.pension_payment", "insurance.audit"],
    formula="本年稽核过待遇的领取人数 ÷ 本年领取养老金人数",
)
def audit_coverage_benefits(t: Tables, p: ParameterView) -> Values:
    """Persons whose benefit was audited in the year of the scan, over all who drew a pension in it."""
    audits = t.audit.filter(
        (t.audit.audited_on.year() == p.as_of.year) & (t.audit.scope.fill_null("") != "缴费")
    )
    audited = audits.filter(audits.person.notnull()).select(audited_person="person").distinct()
    paid = t.pension_payment.filter(
        (t.pension_payment.month.year() == p.as_of.year) & (t.pension_payment.amount > 0)
    )
    drawn = paid.select("division", "person").distinct()
    both = drawn.left_join(audited, drawn.person == audited.audited_person)
    return values(
        both, period=year(p.as_of), numerator=both.audited_person.count(), denominator=both.person.count()
    )


@indicator(
    "insurance.findings-per-audit",
    "每次稽核发现问题数",
    unit="个",
    seeds=["S10-60"],
    reads=["insurance.audit"],
    needs={"insurance.audit": ("problems",)},
    formula="发现问题数 ÷ 稽核次数",
)
def findings_per_audit(t: Tables, p: ParameterView) -> Values:
    """Problems found per audit, by year: zero year after year is an audit on the surface."""
    rows = t.audit
    return values(
        rows,
        period=year(rows.audited_on),
        numerator=rows.problems.fill_null(0).sum(),
        denominator=rows.count(),
    )


@indicator(
    "insurance.workload-per-person",
    "科室人均业务量",
    unit="件/人",
    seeds=["S10-14", "S10-57", "S10-85"],
    reads=["insurance.section"],
    needs={"insurance.section": ("staff", "workload")},
    formula="业务量 ÷ 在岗人数，按科室",
)
def workload_per_person(t: Tables, p: ParameterView) -> Values:
    """Workload per person in post, by section."""
    rows = t.section.filter(t.section.workload.notnull())
    return values(
        rows,
        division=rows.office.coalesce(rows.division),
        period=rows.section,
        numerator=rows.workload.sum(),
        denominator=rows.staff.fill_null(0).sum(),
    )


@indicator(
    "insurance.handbook-steps",
    "业务手册环节总数",
    unit="个",
    digits=0,
    seeds=["S10-79"],
    reads=["insurance.process_step"],
    formula="手册列出的环节数；口径相同的手册才可比较",
)
def handbook_steps(t: Tables, p: ParameterView) -> Values:
    """Steps per handbook."""
    rows = t.process_step
    return values(
        rows,
        division=rows.office.coalesce(rows.division),
        period=rows.handbook.fill_null("未注明手册"),
        numerator=rows.step.count(),
    )


@indicator(
    "insurance.handbook-steps-against-reference",
    "环节总数与参照数之比",
    unit="%",
    scale=100,
    seeds=["S10-79", "S10-80"],
    reads=["insurance.process_step"],
    uses=["insurance.handbook_steps"],
    formula="手册环节总数 ÷ 主要业务环节参照数（约300个）",
)
def handbook_steps_against_reference(t: Tables, p: ParameterView) -> Values:
    """Steps of a handbook against the reference of about 300 main business steps."""
    rows = t.process_step.mutate(reference=ibis.literal(p["insurance.handbook_steps"]))
    return values(
        rows,
        division=rows.office.coalesce(rows.division),
        period=rows.handbook.fill_null("未注明手册"),
        numerator=rows.step.count(),
        denominator=rows.reference.max(),
    )


@indicator(
    "insurance.steps-per-item",
    "每项业务环节数",
    unit="个",
    digits=0,
    seeds=["S10-66", "S10-79"],
    reads=["insurance.process_step"],
    formula="一项业务在一个机构的环节数",
)
def steps_per_item(t: Tables, p: ParameterView) -> Values:
    """Steps of each business item at each office."""
    rows = t.process_step
    return values(
        rows, division=rows.office.coalesce(rows.division), period=rows.item, numerator=rows.step.count()
    )


@indicator(
    "insurance.new-retirees",
    "新增退休人员",
    unit="人",
    digits=0,
    seeds=["S10-65"],
    reads=["registry.retirement"],
    needs={"registry.retirement": ("retired_on",)},
    formula="按退休年度统计的退休人员数",
)
def new_retirees(t: Tables, p: ParameterView) -> Values:
    """Persons who retired in each year, by community: the load that socialised management takes on."""
    rows = t.retirement.filter(t.retirement.retired_on.notnull())
    return values(rows, period=year(rows.retired_on), numerator=rows.person.nunique())


@indicator(
    "insurance.providers-evaluated",
    "两定点机构评价率",
    unit="%",
    scale=100,
    seeds=["S10-59"],
    reads=["insurance.provider", "insurance.provider_evaluation"],
    direction="up",
    target=100,
    formula="本年按指标体系评价过的机构数 ÷ 机构数",
)
def providers_evaluated(t: Tables, p: ParameterView) -> Values:
    """Providers with an evaluation by indicators in the year of the scan, over all in service."""
    done = t.provider_evaluation
    of_year = done.year.coalesce(done.evaluated_on.year().cast("int64")) == p.as_of.year
    valid = done.filter(of_year & ~absent(done.indicator_system)).select(evaluated="provider").distinct()
    ended = (t.provider.agreed_until < ibis.literal(p.as_of)).fill_null(False)
    serving = t.provider.filter(~ended).select("division", "provider").distinct()
    both = serving.left_join(valid, serving.provider == valid.evaluated)
    return values(
        both, period=year(p.as_of), numerator=both.evaluated.count(), denominator=both.provider.count()
    )


@indicator(
    "insurance.supervision-by-grade",
    "各监管等级机构的检查次数",
    unit="次/家",
    seeds=["S10-77"],
    reads=["insurance.provider", "insurance.supervision"],
    needs={"insurance.provider": ("grade",)},
    formula="检查次数 ÷ 机构数，按监管等级",
)
def supervision_by_grade(t: Tables, p: ParameterView) -> Values:
    """Supervisions in the year of the scan per provider, by grade: the worse the grade, the more."""
    done = t.supervision.filter(t.supervision.supervised_on.year() == p.as_of.year)
    times = done.group_by("provider").agg(times=done.ref_supervision.count())
    graded = t.provider.select("division", "provider", "grade").distinct()
    both = graded.left_join(times, "provider")
    return values(
        both,
        period=both.grade.fill_null("未定等级"),
        numerator=both.times.fill_null(0).sum(),
        denominator=both.provider.count(),
    )


@indicator(
    "insurance.sample-share",
    "抽样监管抽样比例",
    unit="%",
    scale=100,
    seeds=["S10-76"],
    reads=["insurance.supervision"],
    needs={"insurance.supervision": ("population", "sample_size")},
    formula="样本量 ÷ 总体数量",
)
def sample_share(t: Tables, p: ParameterView) -> Values:
    """Sample size over population of the supervisions by sample, by year."""
    rows = t.supervision.filter(
        (t.supervision.method == "抽样监管")
        & t.supervision.population.notnull()
        & t.supervision.sample_size.notnull()
    )
    return values(
        rows,
        period=year(rows.supervised_on),
        numerator=rows.sample_size.sum(),
        denominator=rows.population.sum(),
    )

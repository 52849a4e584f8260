"""The day on which a community's ratio reached the limit, and who bears a loss (S5-70, S8-62, S8-64)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.microcredit.repayment import Method
from shouwang.packs.microcredit.rules.accrual import MONEY
from shouwang.packs.microcredit.rules.common import in_community, unsettled
from shouwang.packs.microcredit.rules.communities import ratios, suspended
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import mentions
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, hits, rule

RATIO = "decimal(18, 6)"
BY_NUMBER = "笔数"


def _next_day(day: ir.DateValue) -> ir.DateValue:
    return (day + ibis.interval(days=1)).cast("timestamp").cast("date")


def _money(amount: ir.Value) -> ir.DecimalValue:
    return amount.cast(MONEY)


def _changes(loans: ir.Table, repayment: ir.Table) -> ir.Table:
    """What each day adds to a community's loans and to the bad ones among them, in yuan and in number.

    Where it is not on file when a loan was repaid, the bad part counts what is surely owed and the whole
    counts the loan in full, so that a ratio of the past is never made greater than it was.
    """
    came = repayment.filter((repayment.principal > 0) & repayment.repaid_on.notnull())
    came = came.select("loan_no", "repaid_on", "principal")
    listed = came.select("loan_no").distinct().mutate(listed=True)
    loans = loans.left_join(listed, "loan_no").drop("loan_no_right")
    loans = loans.mutate(listed=loans.listed.fill_null(False), bad_from=_next_day(loans.due_on))
    by_due = came.join(loans.select("loan_no", "due_on"), "loan_no")
    by_due = by_due.filter(by_due.repaid_on <= by_due.due_on)
    paid_by_due = by_due.group_by("loan_no").aggregate(by_due=by_due.principal.sum())
    paid_in_all = came.group_by("loan_no").aggregate(in_all=came.principal.sum())
    loans = loans.left_join(paid_by_due, "loan_no").drop("loan_no_right")
    loans = loans.left_join(paid_in_all, "loan_no").drop("loan_no_right")
    at_once = loans.repayment_method.isin([Method.INTEREST_FIRST.value, Method.BULLET.value])
    at_once = at_once.fill_null(False) | mentions(loans.repayment_method, "到期还本")
    unlisted = ibis.cases(
        (unsettled(loans), loans.outstanding.fill_null(0)),
        (loans.settled_on.notnull() & at_once, loans.amount),
        else_=ibis.literal(0, MONEY),
    )
    owed = ibis.ifelse(loans.listed, loans.amount - loans.by_due.fill_null(0), unlisted)
    late = unsettled(loans) | (loans.settled_on > loans.due_on).fill_null(False)
    loans = loans.mutate(
        owed=_money(ibis.greatest(owed, 0)),
        rest=_money(ibis.greatest(loans.amount - loans.in_all.fill_null(0), 0)),
        late=late & loans.due_on.notnull(),
    )
    zero, one = ibis.literal(0, MONEY), ibis.literal(1, MONEY)
    lent = loans.select("community_key", day="paid_out_on", whole="amount", bad=zero, loans=one, bads=zero)
    settled = loans.filter(loans.settled_on.notnull())
    gone = settled.select(
        "community_key",
        day="settled_on",
        whole=_money(-ibis.ifelse(settled.listed, settled.rest, settled.amount)),
        bad=_money(-ibis.ifelse(settled.late, ibis.ifelse(settled.listed, settled.rest, settled.owed), zero)),
        loans=_money(-one),
        bads=_money(-ibis.ifelse(settled.late, one, zero)),
    )
    due = loans.filter(loans.late)
    fallen = due.select("community_key", day="bad_from", whole=zero, bad="owed", loans=zero, bads=one)
    paid = came.join(loans.select("loan_no", "community_key", "due_on", "late"), "loan_no")
    after = paid.late & (paid.repaid_on > paid.due_on).fill_null(False)
    paid = paid.select(
        "community_key",
        day="repaid_on",
        whole=_money(-paid.principal),
        bad=_money(-ibis.ifelse(after, paid.principal, zero)),
        loans=zero,
        bads=zero,
    )
    return lent.union(gone).union(fallen).union(paid)


def reached_days(loan: ir.Table, application: ir.Table, repayment: ir.Table, p: ParameterView) -> ir.Table:
    """``community_key`` and ``day``: every day on which a change left the ratio at the limit or above.

    ``below_on`` is the next day on which a change left it below, null where none did. Base (金额 or 笔数) and
    limit are those in force on the day.
    """
    placed = in_community(loan, application)
    placed = placed.filter(placed.community_key.notnull() & placed.paid_out_on.notnull())
    changes = _changes(placed, repayment)
    changes = changes.filter(changes.day <= p.as_of)
    days = changes.group_by("community_key", "day").aggregate(
        **{name: changes[name].sum().cast(MONEY) for name in ("whole", "bad", "loans", "bads")}
    )
    so_far = ibis.cumulative_window(group_by=days.community_key, order_by="day")
    run = days.mutate(
        **{name: days[name].sum().over(so_far).cast(MONEY) for name in ("whole", "bad", "loans", "bads")}
    )
    by_number = p.at("microcredit.npl_base", run.day) == BY_NUMBER
    bad, whole = ibis.ifelse(by_number, run.bads, run.bad), ibis.ifelse(by_number, run.loans, run.whole)
    ceiling = p.at("microcredit.npl_limit", run.day).cast(RATIO)
    run = run.mutate(bad_part=bad, whole_part=whole, ceiling=ceiling)
    at_limit = (run.bad_part > 0) & (run.bad_part >= run.whole_part * run.ceiling)
    percent = (run.bad_part * 100 / ibis.ifelse(run.whole_part > 0, run.whole_part, 1)).round(2)
    run = run.mutate(reached=at_limit.fill_null(False), percent=percent)
    onwards = ibis.window(group_by=run.community_key, order_by="day", preceding=0, following=None)
    below = ibis.ifelse(run.reached, ibis.null("date"), run.day)
    run = run.mutate(below_on=below.min().over(onwards))
    return run.filter(run.reached).select("community_key", "day", "below_on", "percent")


@rule(
    "microcredit.guaranteed-after-limit",
    "不良率达到上限之后仍担保",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S5-70", "S5-71"],
    reads={
        "microcredit.application": None,
        "microcredit.loan": None,
        "microcredit.credit_community": None,
    },
    optional={"microcredit.repayment": None},
    uses=["microcredit.npl_limit", "microcredit.npl_base", "microcredit.fall_restores"],
    remedy="自达到之日起暂停该社区担保资格，撤销其后的担保",
    risk_point="microcredit.overdue",
    looks_alike="达到上限的前一日担保；差一点未达到；恢复资格或降到上限以下之后担保；登记已暂停的（另有规则）",
)
def guaranteed_after_limit(t: Tables, p: ParameterView) -> Hits:
    """Guarantee was given on or after the day the ratio reached the limit, and nothing restored the right.

    The register need not say 暂停: the ratio itself suspends. What it does say is the other rule's matter.
    The texts leave the way back open; a parameter says whether a fall below the limit is one, or only the
    register.
    """
    reached = reached_days(t.loan, t.application, t.repayment, p)
    secured = t.application.filter(t.application.guaranteed_on.notnull())
    secured = secured.mutate(community_key=community_key(secured.division))
    register = t.credit_community.mutate(community_key=community_key(t.credit_community.division))
    pilots = register.select("community_key").distinct()
    secured = secured.semi_join(pilots, "community_key")
    entries = register.select("community_key", "qualification", "suspended_on", "restored_on")
    both = secured.select("ref_application", "community_key", "guaranteed_on").join(entries, "community_key")
    known = both.filter(suspended(both, both.guaranteed_on)).select("ref_application").distinct()
    back = both.filter(both.restored_on <= both.guaranteed_on)
    back = back.group_by("ref_application").aggregate(back_on=back.restored_on.max())
    secured = secured.anti_join(known, "ref_application")
    secured = secured.left_join(back, "ref_application").drop("ref_application_right")
    rows = secured.join(reached, "community_key")
    in_force = (rows.day <= rows.guaranteed_on) & (rows.back_on.isnull() | (rows.day > rows.back_on))
    if p["microcredit.fall_restores"] != "否":
        in_force = in_force & (rows.below_on.isnull() | (rows.guaranteed_on < rows.below_on))
    rows = rows.filter(in_force)
    first = ibis.window(group_by=rows.ref_application)
    rows = rows.mutate(since=rows.day.min().over(first))
    rows = rows.filter(rows.day == rows.since)
    return hits(
        rows,
        subject=rows.application_no,
        name=rows.name,
        on=rows.guaranteed_on,
        amount=rows.approved,
        because="{division}不良率于{since}达到{percent}%，担保资格自该日起应暂停，"
        "{guaranteed_on}仍为{name}的申请{application_no}担保",
    )


@rule(
    "microcredit.loss-shares-not-agreed",
    "呆坏账损失未按约定比例分担",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S8-64", "S8-62"],
    reads={"microcredit.bad_debt": None, "microcredit.loan": None},
    optional={"microcredit.application": None},
    needs={"microcredit.bad_debt": ("government_share", "bank_share", "community_share")},
    uses=[
        "microcredit.control_ratio",
        "microcredit.control_ratio_first",
        "microcredit.loss_share_bank",
        "microcredit.loss_share_government",
    ],
    remedy="按约定比例重新分担；超过控制率的由社区（贷款中介机构）承担",
    risk_point="microcredit.bad-debt",
    looks_alike="一分钱的尾差；尚未分担、合计不符的损失；超过控制率而约定由社区承担的",
)
def loss_shares_not_agreed(t: Tables, p: ParameterView) -> Hits:
    """A party bears more or less than its configured part; the community bears what the others leave.

    Where the agreement puts the control ratio first (S8-62), a community above it bears the whole loss.
    """
    rows = t.bad_debt
    given = (rows.government_share, rows.bank_share, rows.community_share)
    together = given[0].fill_null(0) + given[1].fill_null(0) + given[2].fill_null(0)
    rows = rows.filter((together == rows.loss).fill_null(False))  # else another rule's finding
    government = ibis.literal(p["microcredit.loss_share_government"], RATIO)
    bank = ibis.literal(p["microcredit.loss_share_bank"], RATIO)
    above = _above_control_ratio(t, p)
    homes = in_community(t.loan, t.application).select("loan_no", "community_key").distinct()
    homes = homes.join(above, "community_key").select("loan_no").distinct().mutate(alone=True)
    rows = rows.left_join(homes, "loan_no").drop("loan_no_right")
    alone = rows.alone.fill_null(False)
    zero = ibis.literal(0, MONEY)
    rows = rows.mutate(
        due_government=ibis.ifelse(alone, zero, (rows.loss * government).round(2).cast(MONEY)),
        due_bank=ibis.ifelse(alone, zero, (rows.loss * bank).round(2).cast(MONEY)),
    )
    rows = rows.mutate(due_community=_money(rows.loss - rows.due_government - rows.due_bank))
    apart = [
        (rows[f"{party}_share"].fill_null(0) - rows[f"due_{party}"]).abs()
        for party in ("government", "bank", "community")
    ]
    return hits(
        rows,
        where=_money(ibis.greatest(*apart)) > ibis.literal("0.01", MONEY),
        subject=rows.loan_no,
        name=rows.name,
        on=rows.shared_on,
        amount=_money(ibis.greatest(*apart)),
        because="{name}的贷款{loan_no}损失{loss}元，政府承担{government_share}元（应{due_government}元）、"
        "银行{bank_share}元（应{due_bank}元）、社区{community_share}元（应{due_community}元）",
    )


def _above_control_ratio(t: Tables, p: ParameterView) -> ir.Table:
    """The communities whose bad assets exceed the control ratio, where the agreement lets it go first."""
    first = p["microcredit.control_ratio_first"] == "是"
    limit = p["microcredit.control_ratio"] if first else p.get("microcredit.control_ratio", 1)
    measured = ratios(t.loan, t.application, p.as_of, by_amount=True)
    bad, total = measured.bad.cast(MONEY), measured.all.cast(MONEY)
    exceeded = (bad > total * ibis.literal(limit, RATIO)) & ibis.literal(first)
    return measured.filter(exceeded.fill_null(False)).select("community_key").distinct()

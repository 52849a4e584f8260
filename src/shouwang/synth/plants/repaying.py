"""Cases of schedules and repayments, of the day of ten percent, of reports, rights and ratings (S5, S8)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.packs.microcredit.repayment import Method, Penalty, Terms, round_half_up, schedule
from shouwang.synth import records
from shouwang.synth.loans import File, borrower
from shouwang.synth.plants.areas import hamlet
from shouwang.synth.plants.credit import _early, credit_community, member
from shouwang.synth.plants.lending import _credit_entry, _wilful, change, own, refused
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

FEN = Decimal("0.01")
SURCHARGE = Decimal(50)
"""Percent of the contract's rate that the town's banks charge on top for being late."""


def _by_instalments(site: Site) -> tuple[File, list[Row]]:
    """A loan repaid in 24 equal parts of principal, with its signed schedule; nothing is due and unpaid."""
    file = borrower(site)
    loan = own(site, file, "loan")
    terms = Terms(loan["amount"], loan["rate"], loan["paid_out_on"], 24, Method.EQUAL_PRINCIPAL)
    rows: list[Row] = [
        {
            "loan_no": file.loan_no,
            "name": file.name,
            "instalment": one.number,
            "due_on": one.due_on,
            "principal": one.principal,
            "interest": one.interest,
            "payment": one.payment,
            "balance": one.balance,
            "signed_on": loan["paid_out_on"],
        }
        for one in schedule(terms)
    ]
    repaid = sum((row["principal"] for row in rows if row["due_on"] <= site.as_of), yuan(0))
    site.table("microcredit.loan").set(
        file.rows["loan"],
        repayment_method=Method.EQUAL_PRINCIPAL.value,
        due_on=rows[-1]["due_on"],
        repaid=repaid,
        outstanding=loan["amount"] - repaid,
    )
    return file, rows


def _sign(site: Site, rows: list[Row]) -> None:
    for row in rows:
        site.add("microcredit.schedule", **row)


def _paid(site: Site, row: Row, **changes: object) -> Row:
    base: Row = {
        "loan_no": row["loan_no"],
        "name": row["name"],
        "instalment": str(row["instalment"]),
        "due_on": row["due_on"],
        "repaid_on": row["due_on"],
        "principal": row["principal"],
        "interest": row["interest"],
        "penalty": yuan(0),
        "channel": "银行代扣",
    }
    made = base | changes
    site.add("microcredit.repayment", **made)
    return made


@plant("microcredit.schedule-interest-wrong")
def schedule_interest_wrong(site: Site, near: bool) -> tuple[str, str]:
    """Interest a fen too much in one instalment; to the fen for the near miss."""
    file, rows = _by_instalments(site)
    if not near:
        rows[4]["interest"] += FEN
    _sign(site, rows)
    return file.loan_no, "第5期利息" + ("相符" if near else "多一分")


@plant("microcredit.schedule-principal-wrong")
def schedule_principal_wrong(site: Site, near: bool) -> tuple[str, str]:
    """The last part but one takes ten fen of the last; the last takes up the rounding for the near miss."""
    file, rows = _by_instalments(site)
    if not near:
        moved = FEN * 10
        rows[-2]["principal"] += moved
        rows[-1]["principal"] -= moved
        rows[-1]["interest"] = schedule_interest(rows[-1]["principal"])
    _sign(site, rows)
    return file.loan_no, "末期" + ("吸收尾差" if near else "与上期各差一角")


def schedule_interest(balance: Decimal) -> Decimal:
    """A month's interest on that balance at the town's rate."""
    terms = Terms(balance, Decimal("4.35"), dt.date(2023, 1, 1), 1)
    return schedule(terms)[0].interest


@plant("microcredit.schedule-does-not-add-up")
def schedule_does_not_add_up(site: Site, near: bool) -> tuple[str, str]:
    """The last day is a month after the contract's; on it for the near miss."""
    file, rows = _by_instalments(site)
    if not near:
        loan = own(site, file, "loan")
        site.table("microcredit.loan").set(file.rows["loan"], due_on=loan["due_on"] - dt.timedelta(days=31))
    _sign(site, rows)
    return file.loan_no, "末期" + ("在到期日" if near else "晚于到期日")


@plant("microcredit.instalment-overdue")
def instalment_overdue(site: Site, near: bool) -> tuple[str, str]:
    """An instalment of this year is not paid; all are for the near miss."""
    file, rows = _by_instalments(site)
    _sign(site, rows)
    if not near:
        loan = own(site, file, "loan")
        less = rows[0]["principal"]
        site.table("microcredit.loan").set(
            file.rows["loan"], repaid=loan["repaid"] - less, outstanding=loan["outstanding"] + less
        )
    return file.loan_no, "分期" + ("按期归还" if near else "少还一期")


@plant("microcredit.repayment-interest-wrong")
def repayment_interest_wrong(site: Site, near: bool) -> tuple[str, str]:
    """A fen of interest too much was taken; to the fen for the near miss."""
    file, rows = _by_instalments(site)
    _paid(site, rows[0])
    _paid(site, rows[1], interest=rows[1]["interest"] + (0 if near else FEN))
    return file.loan_no, "第2期实收利息" + ("相符" if near else "多一分")


@plant("microcredit.penalty-wrong")
def penalty_wrong(site: Site, near: bool) -> tuple[str, str]:
    """Ten days late and penalty interest of nine; of ten for the near miss."""
    file, rows = _by_instalments(site)
    _sign(site, rows)
    first = rows[0]
    penalty = Penalty(Decimal("4.35"), SURCHARGE)
    exact = penalty.exact(first["principal"] + first["interest"], 10 if near else 9)
    late = first["due_on"] + dt.timedelta(days=10)
    _paid(site, first, repaid_on=late, penalty=round_half_up(exact))
    return file.loan_no, "逾期10天，罚息" + ("相符" if near else "少收一天")


@plant("microcredit.guaranteed-after-limit")
def guaranteed_after_limit(site: Site, near: bool) -> tuple[str, str]:
    """Guaranteed on the day after a third fell due, which was repaid since; on that day for the near miss."""
    name, due = hamlet(site), site.day(5, 15)
    credit_community(site, name)
    member(site, name, 18_000, late=False)
    late = member(site, name, 0, late=True)
    for number in site.table("microcredit.loan").where("application_no", late):
        site.table("microcredit.loan").set(number, settled_on=due + dt.timedelta(days=60))
    member(site, name, 20_000, late=False)
    dates = {
        "applied_on": due - dt.timedelta(days=40),
        "prescreened_on": due - dt.timedelta(days=30),
        "notice_from": due - dt.timedelta(days=30),
        "notice_to": due - dt.timedelta(days=20),
        "guaranteed_on": due + dt.timedelta(days=0 if near else 1),
        "approved_on": due + dt.timedelta(days=5),
    }
    return _early(site, name, dates), "达到上限" + ("之前" if near else "之后") + "担保"


@plant("microcredit.other-debt-on-file")
def other_debt_on_file(site: Site, near: bool) -> tuple[str, str]:
    """A debt on file before the application; after it for the near miss."""
    file = borrower(site)
    applied = own(site, file, "application")["applied_on"]
    _credit_entry(
        site, file, recorded_on=applied + dt.timedelta(days=30 if near else -30), other_debt=yuan(6000)
    )
    return file.person, "申请" + ("后" if near else "前") + "有其他债务6000元"


@plant("microcredit.benefit-after-withdrawal")
def benefit_after_withdrawal(site: Site, near: bool) -> tuple[str, str]:
    """A subsidy paid after the certificate was withdrawn; before it for the near miss."""
    file = _wilful(site)
    withdrawn = own(site, file, "loan")["certificate_withdrawn_on"]
    day = withdrawn + dt.timedelta(days=-30 if near else 30)
    mine: Row = {"loan_no": file.loan_no, "name": file.name, "person": file.person}
    records.add(site, "microcredit.interest_subsidy", **mine, due_on=day, paid_on=day)
    return file.person, "优惠证收回" + ("前" if near else "后") + "支付贴息"


@plant("microcredit.no-business-report")
def no_business_report(site: Site, near: bool) -> tuple[str, str]:
    """No report in the year; settled for the near miss."""
    file = borrower(site, settled=near)
    site.table("microcredit.business_report").drop(file.rows["business_report"])
    return file.loan_no, "全年未报告" + ("，已结清" if near else "")


@plant("microcredit.refused-although-complete")
def refused_although_complete(site: Site, near: bool) -> tuple[str, str]:
    """Refused for a reason that is no condition; for one that is for the near miss."""
    reason = "经营项目不可行" if near else "本季度名额已满"
    return refused(site, refusal_reason=reason).application_no, reason


@plant("microcredit.refused-by-score")
def refused_by_score(site: Site, near: bool) -> tuple[str, str]:
    """Refused for a score and nothing else; for a fact too for the near miss."""
    reason = "征信有拖欠，信用评分偏低" if near else "信用评分偏低"
    incomplete = {} if near else {"certificate": None}  # or the list of refusals holds it too
    return refused(site, refusal_reason=reason, **incomplete).application_no, reason


@plant("microcredit.called-without-guarantee")
def called_without_guarantee(site: Site, near: bool) -> tuple[str, str]:
    """The fund bore half of the loss of a loan that was never guaranteed; guaranteed for the near miss."""
    file = borrower(site)
    if not near:
        change(site, file, "application", guaranteed_on=None, guaranteed_by=None)
        site.also("microcredit.steps-out-of-order", file.application_no, "没有担保即审批")
    records.add(site, "microcredit.bad_debt", loan_no=file.loan_no)
    return file.loan_no, "有担保的贷款分担损失" if near else "没有担保的贷款分担损失"


def _rows() -> None:
    one_row(
        "microcredit.subsidy-above-interest",
        "microcredit.interest_subsidy",
        "loan_no",
        lambda s, r: {"loan_no": borrower(s).loan_no, "subsidy": yuan(2500)},
        lambda s, r: {"loan_no": borrower(s).loan_no, "subsidy": yuan(1500)},
        "贴息与全部利息",
    )
    one_row(
        "microcredit.loss-shares-not-agreed",
        "microcredit.bad_debt",
        "loan_no",
        lambda s, r: {"bank_share": r["bank_share"] - 100, "community_share": yuan(100)},
        lambda s, r: {"bank_share": r["bank_share"] - FEN, "community_share": FEN},
        "损失分担比例",
    )
    one_row(
        "microcredit.change-not-passed-on",
        "microcredit.business_report",
        "loan_no",
        lambda s, r: {"loan_no": s.number("DKB"), "kind": "经营场所变更", "bank_told_on": None},
        lambda s, r: {"loan_no": s.number("DKB"), "kind": "经营场所变更"},
        "变更告知三个机构",
    )
    one_row(
        "microcredit.problem-without-help",
        "microcredit.visit",
        "loan_no",
        lambda s, r: {"loan_no": s.number("DKV"), "help_given": None},
        lambda s, r: {"loan_no": s.number("DKV")},
        "走访发现问题",
    )
    one_row(
        "microcredit.rating-not-signed",
        "microcredit.credit_rating",
        "person",
        lambda s, r: {**_stranger(s), "rated_by": None},
        lambda s, r: _stranger(s),
        "信用评定签名",
    )


def _stranger(site: Site) -> Row:
    name, person, _ = site.stranger()
    return {"name": name, "person": person}


_rows()

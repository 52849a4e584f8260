"""Cases in guaranteed micro-loans: admission, conditions, the life of a loan (S5, S8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shouwang.synth import loans
from shouwang.synth.loans import File, borrower, lend, overdue, trader
from shouwang.synth.plants.registry import plant
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

APPLICATION, LOAN = "microcredit.application", "microcredit.loan"
REFUSED: Row = {
    "result": "不批准",
    "refusal_reason": "征信有拖欠",
    "approved": None,
    "approved_on": None,
    "approved_by": None,
    "guaranteed_on": None,
    "guaranteed_by": None,
    "commitment": None,
}


def refused(site: Site, **changes: Any) -> File:
    """An application that was turned down before the guarantee."""
    return borrower(site, paid_out=False, application={**REFUSED, **changes})


def own(site: Site, file: File, ledger: str) -> Row:
    """The file's row of a ledger of the pack."""
    return site.table(f"microcredit.{ledger}").row(file.rows[ledger])


def change(site: Site, file: File, ledger: str, **values: Any) -> None:
    """Change cells of the file's row."""
    site.table(f"microcredit.{ledger}").set(file.rows[ledger], **values)


def drop(site: Site, file: File, ledger: str) -> None:
    """Take the file's row out."""
    site.table(f"microcredit.{ledger}").drop(file.rows[ledger])


def _admission(rule: str, hit: Row, near: Row | None, detail: str) -> None:
    """A case of one application granted with something missing; turned down for the near miss."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        file = refused(site, **(near or {})) if is_near else borrower(site, application=hit)
        return file.application_no, detail + ("，未获批准" if is_near else "，已获批准")

    plant(rule, near=near is not None)(make)


_admission("microcredit.no-certificate", {"certificate": None}, {"certificate": None}, "缺优惠证")
_admission(
    "microcredit.no-licence",
    {"licence": None, "tax_registration": None},
    {"licence": None, "tax_registration": None},
    "缺执照和非正规就业证明",
)
_admission("microcredit.no-premises", {"premises_proof": None}, {"premises_proof": None}, "缺场地证明")
_admission("microcredit.no-commitment", {"commitment": None}, {"commitment": None}, "未签承诺书")
_admission(
    "microcredit.false-materials-guaranteed", {"check_result": "不实"}, {"check_result": "不实"}, "材料不实"
)
_admission(
    "microcredit.one-person-two-bodies",
    {"approved_by": loans.GUARANTOR},
    {"recommended_by": loans.SCREENER},
    "担保与审批",
)
_admission(
    "microcredit.purpose-outside-list", {"project": "棋牌娱乐"}, {"project": "棋牌娱乐"}, "用途不在目录"
)
_admission("microcredit.rate-above-benchmark", {"rate": yuan("5.10")}, {"rate": yuan("5.10")}, "利率5.10%")


@plant("microcredit.no-public-notice")
def no_public_notice(site: Site, near: bool) -> tuple[str, str]:
    """Guaranteed on the last day of the notice; on the day after for the near miss."""
    file = borrower(site)
    ends = own(site, file, "application")["guaranteed_on"] - dt.timedelta(days=1 if near else 0)
    change(site, file, "application", notice_to=ends)
    return file.application_no, "公示期满次日担保" if near else "公示未满即担保"


@plant("microcredit.no-training")
def no_training(site: Site, near: bool) -> tuple[str, str]:
    """Trained after the application; the day before it for the near miss."""
    file = borrower(site)
    applied = own(site, file, "application")["applied_on"]
    change(site, file, "training", completed_on=applied + dt.timedelta(days=-1 if near else 30))
    return file.application_no, "申请前一天结业" if near else "申请之后才结业"


@plant("microcredit.refused-without-reason")
def refused_without_reason(site: Site, near: bool) -> tuple[str, str]:
    """Turned down without a reason; still pending for the near miss."""
    file = refused(site, refusal_reason=None, result="在办" if near else "不批准")
    return file.application_no, "在办" if near else "不批准没有理由"


@plant("microcredit.steps-out-of-order")
def steps_out_of_order(site: Site, near: bool) -> tuple[str, str]:
    """Approved before the guarantee; on the same day for the near miss."""
    file = borrower(site)
    day = own(site, file, "application")["guaranteed_on"]
    change(site, file, "application", approved_on=day - dt.timedelta(days=0 if near else 2))
    return file.application_no, "担保与审批同日" if near else "先审批后担保"


@plant("microcredit.refused-by-bank")
def refused_by_bank(site: Site, near: bool) -> tuple[str, str]:
    """Refused by the bank after the guarantee; before it for the near miss."""
    day = None if near else site.day(6, 6, -1)
    return refused(site, guaranteed_on=day).application_no, "担保" + ("前" if near else "后") + "被拒"


@plant("microcredit.refused-only-for-purpose")
def refused_only_for_purpose(site: Site, near: bool) -> tuple[str, str]:
    """Refused because it is no micro-profit project; for documents besides for the near miss."""
    reason = "不属微利项目且材料不全" if near else "不属于微利项目"
    return refused(site, refusal_reason=reason).application_no, reason


@plant("microcredit.over-cap")
def over_cap(site: Site, near: bool) -> tuple[str, str]:
    """25,000 yuan for a usual loan; 50,000 for one's own business, the cap, for the near miss."""
    if near:
        return borrower(site, amount=50_000).application_no, "自主创业个体经营5万元"
    return borrower(site, amount=25_000, application={"kind": "一般"}).application_no, "一般贷款2.5万元"


@plant("microcredit.more-than-needed")
def more_than_needed(site: Site, near: bool) -> tuple[str, str]:
    """More than the start-up money; exactly as much for the near miss."""
    money = yuan(20_000 if near else 15_000)
    return borrower(
        site, application={"startup_money": money}
    ).application_no, f"开办经费{money}元，批准2万元"


@plant("microcredit.dual-guarantee")
def dual_guarantee(site: Site, near: bool) -> tuple[str, str]:
    """Real estate besides the fund; a joint guarantee of neighbours for the near miss."""
    kind = "联保" if near else "房产"
    return borrower(site, application={"counter_guarantee": kind}).application_no, f"反担保：{kind}"


@plant("microcredit.other-debt")
def other_debt(site: Site, near: bool) -> tuple[str, str]:
    """An earlier loan is not settled at the application; settled the day before for the near miss."""
    who = trader(site)
    applied = site.day(6, 14, -1)
    done: Row = {"due_on": site.day(3, 1, 1)}
    if near:
        done |= {"settled_on": applied - dt.timedelta(days=1), "repaid": yuan(20_000), "outstanding": yuan(0)}
    lend(site, *who, applied=site.day(2, 5, -2), loan=done)
    return lend(site, *who, applied=applied).application_no, "前一笔" + ("刚结清" if near else "未结清")


@plant("microcredit.not-resident")
def not_resident(site: Site, near: bool) -> tuple[str, str]:
    """An applicant whom the community's register does not know; of another community for the near miss."""
    name, person, _ = site.stranger()
    paper: Row = {"tax_registration": None, "informal_proof": site.number("FZG")}
    place: Row = {"division": f"邻县{site.index}{site.serial()}社区"} if near else {}
    file = lend(site, name, person, None, "餐饮服务", credit=near, application={**paper, **place}, loan=place)
    return file.application_no, "外社区申请人" if near else "户籍台账没有此人"


@plant("microcredit.false-licence")
def false_licence(site: Site, near: bool) -> tuple[str, str]:
    """A licence that no list has; of another community for the near miss."""
    place: Row = {"division": f"邻县{site.index}{site.serial()}社区"} if near else {}
    file = borrower(site, credit=near, application={"licence": site.credit_code("92"), **place}, loan=place)
    return file.application_no, "执照不在" + ("外社区" if near else "") + "名单"


@plant("microcredit.licence-already-closed")
def licence_already_closed(site: Site, near: bool) -> tuple[str, str]:
    """The licence was cancelled before the application; after it for the near miss."""
    file = borrower(site)
    applied = own(site, file, "application")["applied_on"]
    closed = applied + dt.timedelta(days=120 if near else -20)
    for number in site.table("registry.business").where("person", file.person):
        site.table("registry.business").set(number, status="注销", closed_on=closed)
    return file.application_no, f"{applied}申请，执照{closed}注销"


@plant("microcredit.approved-not-paid")
def approved_not_paid(site: Site, near: bool) -> tuple[str, str]:
    """Approved and never paid out; approved this month for the near miss."""
    applied = site.day(11, 12) if near else site.day(6, 12)
    return borrower(site, applied=applied, paid_out=False).application_no, "已批准未放款" + (
        "，未满期限" if near else ""
    )


@plant("microcredit.paid-more-than-approved")
def paid_more_than_approved(site: Site, near: bool) -> tuple[str, str]:
    """2,000 yuan more than approved; two halves for the near miss."""
    file = borrower(site)
    if near:
        half = {"amount": yuan(10_000), "outstanding": yuan(10_000)}
        row = {**own(site, file, "loan"), **half, "loan_no": site.number("DK")}
        change(site, file, "loan", **half)
        site.table(LOAN).add(row)
        report = {**own(site, file, "business_report"), "loan_no": row["loan_no"]}
        site.table("microcredit.business_report").add(report)
        return file.application_no, "分两笔发放"
    change(site, file, "loan", amount=yuan(22_000), outstanding=yuan(22_000))
    return file.application_no, "批准2万元，放款2.2万元"


@plant("microcredit.overdue-no-collection")
def overdue_no_collection(site: Site, near: bool) -> tuple[str, str]:
    """Overdue and nobody urged; urged once for the near miss."""
    file = overdue(site)
    if not near:
        drop(site, file, "collection")
    return file.loan_no, "逾期" + ("有一次催收" if near else "无催收")


@plant("microcredit.due-no-collector")
def due_no_collector(site: Site, near: bool) -> tuple[str, str]:
    """Due, and nobody is named to collect; not yet due for the near miss."""
    file = borrower(site) if near else overdue(site)
    change(site, file, "loan", collector=None)
    return file.loan_no, "无收贷责任人" + ("，未到期" if near else "")


@plant("microcredit.overdue-no-penalty")
def overdue_no_penalty(site: Site, near: bool) -> tuple[str, str]:
    """Overdue without penalty interest; not yet due for the near miss."""
    file = borrower(site) if near else overdue(site, loan={"penalty": None})
    return file.loan_no, "未收罚息" + ("，未到期" if near else "")


@plant("microcredit.overdue-without-bad-record")
def overdue_without_bad_record(site: Site, near: bool) -> tuple[str, str]:
    """Overdue without a bad record; with one for the near miss."""
    file = overdue(site)
    if not near:
        drop(site, file, "bad_record")
    return file.loan_no, "逾期" + ("已记录" if near else "未记录")


@plant("microcredit.balance-does-not-tie")
def balance_does_not_tie(site: Site, near: bool) -> tuple[str, str]:
    """Repaid and outstanding do not make the loan; they do for the near miss."""
    file = borrower(site)
    change(site, file, "loan", repaid=yuan(5000), outstanding=yuan(15_000 if near else 14_000))
    return file.loan_no, "已还5000元，余额" + ("相符" if near else "不符")


@plant("microcredit.borrower-not-visited")
def borrower_not_visited(site: Site, near: bool) -> tuple[str, str]:
    """No visit in the year; settled for the near miss."""
    file = borrower(site, settled=near)
    drop(site, file, "visit")
    return file.loan_no, "全年无走访" + ("，已结清" if near else "")


def _wilful(site: Site, **changes: Any) -> File:
    """A wilful default whose set time has passed and which was dealt with as the rules ask."""
    day = site.day(8, 15)
    row: Row = {
        "overdue_kind": "恶意拖欠",
        "deadline_on": day,
        "certificate_withdrawn_on": day + dt.timedelta(days=5),
        "sued_on": day + dt.timedelta(days=20),
        "breach_published_on": day + dt.timedelta(days=9),
    }
    return overdue(site, loan={**row, **changes})


def _sanction(rule: str, column: str, detail: str) -> None:
    """A wilful default without one of its sanctions; the set time has not passed for the near miss."""

    def make(site: Site, near: bool) -> tuple[str, str]:
        later: Row = (
            {
                "deadline_on": site.as_of,
                "certificate_withdrawn_on": None,
                "sued_on": None,
                "breach_published_on": None,
            }
            if near
            else {column: None}
        )
        return _wilful(site, **later).loan_no, detail + ("，限期未过" if near else "")

    plant(rule)(make)


_sanction("microcredit.certificate-not-withdrawn", "certificate_withdrawn_on", "未收回优惠证")
_sanction("microcredit.wilful-default-not-sued", "sued_on", "未起诉")
_sanction("microcredit.breach-not-published", "breach_published_on", "未公布失信")


@plant("microcredit.sanctioned-too-early")
def sanctioned_too_early(site: Site, near: bool) -> tuple[str, str]:
    """Withdrawn before the set time had passed; after it for the near miss."""
    file = _wilful(site) if near else _wilful(site, certificate_withdrawn_on=site.day(8, 1))
    return file.loan_no, "限期" + ("后" if near else "前") + "收回优惠证"


@plant("microcredit.published-without-consent")
def published_without_consent(site: Site, near: bool) -> tuple[str, str]:
    """Published without consent; consented to for the near miss."""
    file = overdue(site)
    change(site, file, "bad_record", published_on=site.day(9, 9), published_at="社区公告栏")
    if near:
        site.add(
            "microcredit.commitment",
            application_no=file.application_no,
            name=file.name,
            person=file.person,
            signed_on=site.day(4, 2, -2),
            true_information=True,
            voluntary=True,
            repay_on_time=True,
            consent_to_publish=True,
        )
    return file.person, "公布失信" + ("，承诺书同意" if near else "，没有同意")


@plant("microcredit.commitment-incomplete")
def commitment_incomplete(site: Site, near: bool) -> tuple[str, str]:
    """A letter without the clause of repayment in time; with all three for the near miss."""
    file = borrower(site)
    site.add(
        "microcredit.commitment",
        application_no=file.application_no,
        name=file.name,
        person=file.person,
        signed_on=site.day(4, 2, -2),
        true_information=True,
        voluntary=True,
        repay_on_time=near,
        consent_to_publish=True,
    )
    return file.person, "承诺书" + ("三项条款齐全" if near else "缺按期归还条款")


@plant("microcredit.moved-without-counter-guarantee")
def moved_without_counter_guarantee(site: Site, near: bool) -> tuple[str, str]:
    """Moved away owing, without counter-guarantee; with opinion and guarantee for the near miss."""
    file = borrower(site)
    moved = site.day(9, 12)
    granted = {"move_opinion": "同意迁出", "move_guarantee_on": moved} if near else {}
    change(site, file, "loan", moved_on=moved, **granted)
    return file.loan_no, "迁出经营" + ("，当日办妥反担保" if near else "，未办反担保")


def _credit_entry(site: Site, file: File, **values: object) -> None:
    row: Row = {
        "entry_no": site.number("XD"),
        "name": file.name,
        "person": file.person,
        "recorded_by": site.staff["desk"][0],
        "overdue_elsewhere": yuan(0),
        "unpaid_taxes": yuan(0),
    }
    site.add("microcredit.credit_file", None, **{**row, **values})


@plant("microcredit.bad-standing")
def bad_standing(site: Site, near: bool) -> tuple[str, str]:
    """Overdue elsewhere before the application; after it for the near miss."""
    file = borrower(site)
    applied = own(site, file, "application")["applied_on"]
    _credit_entry(
        site, file, recorded_on=applied + dt.timedelta(days=30 if near else -30), overdue_elsewhere=yuan(3000)
    )
    return file.person, "申请" + ("后" if near else "前") + "拖欠贷款3000元"


@plant("microcredit.no-intention-to-repay")
def no_intention_to_repay(site: Site, near: bool) -> tuple[str, str]:
    """Said that it need not be repaid; is willing for the near miss."""
    file = borrower(site)
    said = "愿意按期还款" if near else "说政府的钱不用还"
    _credit_entry(site, file, recorded_on=site.day(3, 3, -1), intention=said)
    return file.person, said

"""Cases of villages before the centre: accounts, receipts, reports, people, agreements, archives (S9)."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import records
from shouwang.synth.plants.registry import plant
from shouwang.synth.plants.rows import one_row
from shouwang.synth.records import accounting
from shouwang.synth.records.accounting import village
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

RECEIPT = "accounting.receipt"


@plant("accounting.public-money-private")
def public_money_private(site: Site, near: bool) -> tuple[str, str]:
    """Deposited in a person's account; in the village's own with a remark in brackets for the near miss."""
    holder = "望河村（专户）" if near else site.person_name(True)
    return str(accounting.collect(site, holder=holder, listed=near)["receipt_no"]), f"存入{holder}"


@plant("accounting.deposit-outside-accounts")
def deposit_outside_accounts(site: Site, near: bool) -> tuple[str, str]:
    """Deposited in an account that is not registered; registered as a special one for the near miss."""
    row = accounting.collect(site, holder=None if near else "望河村经济合作社", listed=near)
    return str(row["receipt_no"]), "账户" + ("已" if near else "未") + "登记"


@plant("accounting.account-held-by-person")
def account_held_by_person(site: Site, near: bool) -> tuple[str, str]:
    """A registered account in a person's name; a cooperative's for the near miss."""
    holder = "兴旺合作社" if near else site.person_name(False)
    row = records.add(site, "accounting.bank_account", holder=holder, division=village(site))
    return str(row["account"]), f"户名{holder}"


@plant("accounting.receipt-out-of-range")
def receipt_out_of_range(site: Site, near: bool) -> tuple[str, str]:
    """A number after the last of the book; the last one for the near miss."""
    number = accounting.collect(site)["receipt_no"]
    if near:
        return str(number), "领用区间最后一号"
    other = f"{int(number) + 1:08d}"
    ((at, _),) = site.table(RECEIPT).rows("receipt_no", number)
    site.table(RECEIPT).set(at, receipt_no=other)
    return other, "领用区间之外"


@plant("accounting.receipt-used-twice")
def receipt_used_twice(site: Site, near: bool) -> tuple[str, str]:
    """One number for two sums; one sum deposited in two parts for the near miss."""
    row = accounting.collect(site, amount=yuan(2_000), deposited=yuan(1_200 if near else 2_000))
    ((_, kept),) = site.table(RECEIPT).rows("receipt_no", row["receipt_no"])
    sum_: Row = {"deposited": yuan(800)} if near else {"amount": yuan(900), "deposited": yuan(900)}
    site.table(RECEIPT).add({**kept, **sum_})
    return str(row["receipt_no"]), "同一收据号两行" + ("，分两次缴存" if near else "")


@plant("accounting.spend-from-income")
def spend_from_income(site: Site, near: bool) -> tuple[str, str]:
    """300 of 2,000 yuan were spent; all deposited for the near miss."""
    row = accounting.collect(site, amount=yuan(2_000), deposited=yuan(2_000 if near else 1_700))
    return str(row["receipt_no"]), "收款2000元，缴存" + ("2000" if near else "1700") + "元"


@plant("accounting.income-not-deposited")
def income_not_deposited(site: Site, near: bool) -> tuple[str, str]:
    """Never deposited; taken three days before the end for the near miss."""
    day = site.as_of - dt.timedelta(days=3) if near else site.day(9, 6)
    row = accounting.collect(site, received_on=day, deposited_on=None, deposited=None)
    return str(row["receipt_no"]), f"{day}收款，未缴存"


@plant("accounting.income-deposited-late")
def income_deposited_late(site: Site, near: bool) -> tuple[str, str]:
    """20 days later; on the last day allowed for the near miss."""
    late = site.day(9, 6) + dt.timedelta(days=5 if near else 20)
    row = accounting.collect(site, received_on=site.day(9, 6), deposited_on=late)
    return str(row["receipt_no"]), f"九月六日收款，{late}缴存"


@plant("accounting.month-end-missed")
def month_end_missed(site: Site, near: bool) -> tuple[str, str]:
    """No report for August; entrusted since September for the near miss."""
    place = village(site)
    for months in (range(9, 13),) if near else (range(1, 8), range(9, 13)):
        accounting.report(site, place, months)
    return place, "八月未报账" + ("，九月起委托" if near else "")


@plant("accounting.month-end-late")
def month_end_late(site: Site, near: bool) -> tuple[str, str]:
    """Reported in the next month; on the last day for the near miss."""
    place, day = village(site), accounting.month_end(site, 11)
    late = day + dt.timedelta(days=0 if near else 6)
    accounting.report(site, place, range(11, 12), reported_on=late)
    accounting.report(site, place, range(12, 13))
    return place, f"十一月的账{late}报"


@plant("accounting.no-disclosure")
def no_disclosure(site: Site, near: bool) -> tuple[str, str]:
    """Published in March and never since; half a year back less a day for the near miss."""
    place, day = village(site), site.day(7, 1) if near else site.day(3, 8)
    accounting.entrust(site, place, disclosed=day)
    return place, f"最近一次财务公开{day}"


@plant("accounting.no-review-by-group")
def no_review_by_group(site: Site, near: bool) -> tuple[str, str]:
    """Reviewed in March and never since; half a year back less a day for the near miss."""
    place, day = village(site), site.day(7, 1) if near else site.day(3, 8)
    accounting.entrust(site, place, reviewed=day)
    return place, f"最近一次理财审查{day}"


@plant("accounting.dispute-undecided")
def dispute_undecided(site: Site, near: bool) -> tuple[str, str]:
    """Disputed and not decided; decided for the near miss."""
    place = village(site)
    accounting.entrust(site, place)
    ((at, _),) = site.table("accounting.review").rows("division", place)
    decided = site.day(11, 2) if near else None
    site.table("accounting.review").set(at, disputed="招待费2600元", decided_on=decided)
    return place, "争议开支" + ("已经" if near else "未经") + "村民会议"


def _agreement(rule: str, hit: Row, near: Row | None, detail: str) -> None:
    """A case of one agreement."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        place = village(site)
        accounting.entrust(site, place, **((near or {}) if is_near else hit))
        return place, detail

    plant(rule, near=near is not None)(make)


_agreement("accounting.body-undefined", {"funding": None}, None, "经费来源不明")
_agreement("accounting.supervision-without-policy", {"supervised_under": None}, None, "没有政策依据")
_agreement(
    "accounting.rights-not-kept",
    {"rights_kept": "所有权、使用权不变"},
    {"rights_kept": "委托后四权不变"},
    "协议保留的权利",
)
_agreement("accounting.manual-accounts", {"computerised": False}, {"computerised": None}, "会计电算化")


@plant("accounting.archive-without-number")
def archive_without_number(site: Site, near: bool) -> tuple[str, str]:
    """A volume without a number; numbered for the near miss."""
    number: Row = {} if near else {"archive_no": None}
    return accounting.archive(site, village(site), (12,), **number), "档案" + (
        "有" if near else "没有"
    ) + "编号"


@plant("accounting.archive-month-missing")
def archive_month_missing(site: Site, near: bool) -> tuple[str, str]:
    """October and December are there; October to December for the near miss."""
    place = village(site)
    accounting.archive(site, place, (10, 11, 12) if near else (10, 12))
    return place, "十一月的档案" + ("在" if near else "缺")


def _person(rule: str, hit: Row, near: Row, detail: str) -> None:
    """A case of one person of accounts."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        row = accounting.serve(site, village(site), **(near if is_near else hit))
        return str(row["name"]), detail

    plant(rule)(make)


_person(
    "accounting.accountant-unqualified",
    {"post": "资金会计", "qualification_no": None},
    {"post": "民主理财小组", "qualification_no": None},
    "没有会计证",
)
_person(
    "accounting.general-cashier",
    {"post": "出纳", "unit": accounting.CENTRE},
    {"post": "资金会计", "unit": accounting.CENTRE},
    "中心的岗位",
)


@plant("accounting.unqualified-past-deadline")
def unqualified_past_deadline(site: Site, near: bool) -> tuple[str, str]:
    """The set time has passed; it ends on the last day for the near miss."""
    day = site.as_of if near else site.day(6, 30)
    row = accounting.serve(site, village(site), qualification_no=None, deadline_on=day)
    return str(row["name"]), f"限期{day}取得资格"


@plant("accounting.not-trained-since-system")
def not_trained_since_system(site: Site, near: bool) -> tuple[str, str]:
    """Trained the day before the system took effect; on that day for the near miss."""
    since = dt.date(2005 if site.year < 2024 else 2024, 1, 1)
    place, day = village(site), since - dt.timedelta(days=0 if near else 1)
    row = accounting.serve(site, place, trained=False)
    accounting.attend(site, row, place, day)
    return str(row["name"]), f"最近一次培训{day}"


@plant("accounting.two-cashiers")
def two_cashiers(site: Site, near: bool) -> tuple[str, str]:
    """Two in post; one has left for the near miss."""
    place = village(site)
    accounting.serve(site, place, post="出纳")
    accounting.serve(site, place, post="出纳", until=site.day(5, 31) if near else None)
    return place, "两名出纳" + ("，一名已离任" if near else "")


def _checks() -> None:
    one_row(
        "accounting.asset-differs",
        "accounting.asset_check",
        "item",
        {"real_quantity": 1, "real_value": yuan(1_800)},
        {"book_value": None, "real_value": None},
        "账面2件",
    )
    one_row(
        "accounting.audit-violation-open",
        "accounting.clean_up_audit",
        "division",
        lambda s, r: {"violation": "白条抵库", "division": village(s)},
        lambda s, r: {"violation": "白条抵库", "division": village(s), "corrected_on": s.as_of},
        "审计查出白条抵库",
    )


_checks()

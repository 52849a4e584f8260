"""Cases in vouchers and books: the five haves, journals, entries, balances (S9).

Each case has a village of its own, so that the books of the community stay in order.
"""

from __future__ import annotations

import datetime as dt

from shouwang.synth import records
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import accounting
from shouwang.synth.records.accounting import BANK, EXPENSE, INCOME, village
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

VOUCHER = "accounting.voucher"
RETURNED: Row = {"state": "退回补充"}


def voucher(site: Site, place: str, **changes: object) -> str:
    """Add a voucher of a village in December; answers its number."""
    return str(records.add(site, VOUCHER, division=place, **changes)["voucher_no"])


def reported(site: Site) -> str:
    """A village that reported for December, the month of its vouchers."""
    place = village(site)
    accounting.report(site, place, range(12, 13))
    return place


def _voucher(rule: str, hit: Row, near: Row, detail: str) -> None:
    """A case of one voucher."""

    def make(site: Site, is_near: bool) -> tuple[str, str]:
        number = voucher(site, reported(site), **(near if is_near else hit))
        return number, detail + ("（合法的相似情形）" if is_near else "，已入账")

    plant(rule)(make)


for _code, _column, _detail in (
    ("no-invoice", "invoice_no", "没有发票"),
    ("no-handler", "handler", "没有经办人"),
    ("no-review", "reviewer", "没有财务审核"),
    ("no-approval", "approver", "没有领导审批"),
):
    _voucher(f"accounting.{_code}", {_column: None}, {_column: None, **RETURNED}, _detail)
_voucher("accounting.no-use", {"use": None}, {"use": "修灯"}, "用途说明")
_voucher(
    "accounting.reviewer-is-approver",
    {"approver": accounting.REVIEWER},
    {"handler": accounting.REVIEWER},
    "审核与审批",
)
_voucher(
    "accounting.centre-approves",
    {"approver": accounting.BOOKKEEPERS[0]},
    {"reviewer": accounting.BOOKKEEPERS[0]},
    "中心会计",
)
_voucher(
    "accounting.large-payment-no-cadre",
    {"amount": yuan(8_000)},
    {"amount": yuan(5_000)},
    "没有驻村干部意见",
)


@plant("accounting.invoice-used-twice")
def invoice_used_twice(site: Site, near: bool) -> tuple[str, str]:
    """One invoice in two vouchers; of another kind with the same number for the near miss."""
    invoice = site.number("")
    first = voucher(site, reported(site), invoice_no=invoice)
    kind: Row = {"invoice_kind": "财政票据"} if near else {}
    voucher(site, reported(site), invoice_no=invoice, **kind)
    return first, f"票据{invoice}两张凭证" + ("，票种不同" if near else "")


@plant("accounting.voucher-number-gap")
def voucher_number_gap(site: Site, near: bool) -> tuple[str, str]:
    """Number 2 is missing; it is there as cancelled for the near miss."""
    place = reported(site)
    numbers = [f"{place}-{site.year}12-{k:03d}" for k in (1, 2, 3)]
    for k, number in enumerate(numbers):
        state: Row = {"state": "作废"} if k == 1 else {}
        if near or k != 1:
            voucher(site, place, voucher_no=number, **state)
    return numbers[1], "二号凭证" + ("作废" if near else "缺失")


def line(
    site: Site, place: str, book: str, day: dt.date, moved: int, balance: int, **changes: object
) -> None:
    """Add a line of a journal: income, or spending below 0."""
    row: Row = {
        "entered_on": day,
        "voucher_no": None,
        "summary": "业务",
        "income": yuan(moved) if moved > 0 else None,
        "expense": yuan(-moved) if moved < 0 else None,
        "balance": yuan(balance),
    }
    site.add(f"accounting.{book}_journal", None, **{**row, **changes, "division": place})


def _break(rule: str, book: str) -> None:
    """A case of a balance that does not follow; it does for the near miss, after a balance carried over."""

    def make(site: Site, near: bool) -> tuple[str, str]:
        place, number, more = village(site), site.number("PZ"), {}
        if book == "bank":
            account = accounting.bank_account(site)
            site.add("accounting.bank_account", None, **{**account, "division": place})
            more = {"account": account["account"]}
        line(site, place, book, site.day(1, 1), 0, 3_000, summary="上年结转", **more)
        line(site, place, book, site.day(2, 8), -500, 2_500 if near else 2_450, voucher_no=number, **more)
        line(site, place, book, site.day(3, 8), 100, 2_600 if near else 2_550, **more)
        return number, "余额" + ("衔接" if near else "少50元")

    plant(rule)(make)


_break("accounting.cash-journal-break", "cash")
_break("accounting.bank-journal-break", "bank")


@plant("accounting.negative-cash")
def negative_cash(site: Site, near: bool) -> tuple[str, str]:
    """More is paid out than there was; all of it for the near miss."""
    place, spent = village(site), 1_000 if near else 1_200
    line(site, place, "cash", site.day(1, 1), 0, 1_000, summary="上年结转")
    line(site, place, "cash", site.day(2, 8), -spent, 1_000 - spent)
    return place, f"现金1000元，支出{spent}元"


@plant("accounting.off-book-account")
def off_book_account(site: Site, near: bool) -> tuple[str, str]:
    """A journal on an account that is not registered; registered for the near miss."""
    place, account = village(site), accounting.bank_account(site)
    if near:
        site.add("accounting.bank_account", None, **{**account, "division": place})
    line(site, place, "bank", site.day(2, 8), 500, 500, account=account["account"])
    return account["account"], "账户" + ("已" if near else "未") + "登记"


def journaled(site: Site, place: str, number: str, *parts: int) -> None:
    """Lines of the cash journal that name a voucher, carrying on from 10,000."""
    balance = 10_000
    for part in parts:
        balance -= part
        line(site, place, "cash", site.day(12, 28), -part, balance, voucher_no=number)


@plant("accounting.journal-differs-from-voucher")
def journal_differs_from_voucher(site: Site, near: bool) -> tuple[str, str]:
    """1,900 of 2,000 yuan in the journal; in two lines that make 2,000 for the near miss."""
    place = reported(site)
    number = voucher(site, place, amount=yuan(2_000))
    journaled(site, place, number, *((1_500, 500) if near else (1_900,)))
    return number, "日记账" + ("两笔合计相等" if near else "少100元")


@plant("accounting.journal-without-voucher")
def journal_without_voucher(site: Site, near: bool) -> tuple[str, str]:
    """A line names a voucher that is not on file; a withdrawal of cash for the near miss."""
    place, number = reported(site), site.number("PZ")
    journaled(site, place, voucher(site, place, amount=yuan(2_000)), 2_000)
    summary = "提现备用" if near else "办公费"
    line(site, place, "cash", site.day(12, 29), -300, 7_700, voucher_no=number, summary=summary)
    return number, f"{summary}，凭证登记中没有"


@plant("accounting.voucher-not-journaled")
def voucher_notjournaled(site: Site, near: bool) -> tuple[str, str]:
    """Entered and in no journal; sent back for the near miss."""
    place = reported(site)
    journaled(site, place, voucher(site, place, voucher_no=f"{place}甲1", amount=yuan(2_000)), 2_000)
    number = f"{place}乙1"
    return voucher(site, place, voucher_no=number, **(RETURNED if near else {})), "日记账中没有"


@plant("accounting.entry-unbalanced")
def entry_unbalanced(site: Site, near: bool) -> tuple[str, str]:
    """900 credited to 1,000 debited; 600 and 400 for the near miss."""
    number, debit = site.number("PZ"), (EXPENSE, yuan(1_000))
    credits = [(BANK, yuan(-600)), (INCOME, yuan(-400))] if near else [(BANK, yuan(-900))]
    accounting.entries(site, number, site.day(12, 8), [debit, *credits], village(site))
    return number, "借1000元，贷" + ("600元和400元" if near else "900元")


def balance(site: Site, place: str, code: str, month: int, *amounts: int, **changes: object) -> None:
    """Add an account's month: opening, debit, credit and closing."""
    columns = ("opening_balance", "debit", "credit", "closing_balance")
    cells: Row = {c: yuan(a) for c, a in zip(columns, amounts, strict=True)}
    row: Row = {"account_code": code, "account_title": "往来", "month": site.month(month), "division": place}
    site.add("accounting.account_balance", None, **{**row, **cells, **changes})


@plant("accounting.balance-does-not-roll")
def balance_does_not_roll(site: Site, near: bool) -> tuple[str, str]:
    """100 too few; an account whose balance stands in credit for the near miss."""
    code, place = f"112{site.index:04d}{site.serial():04d}", village(site)
    balance(site, place, code, 6, 5_000, 300, 700, 5_400 if near else 4_500)
    balance(site, place, "102", 6, 5_000, 700, 300, 5_400)
    return code, "期末余额" + ("按贷方计算" if near else "少100元")


@plant("accounting.opening-differs-from-closing")
def opening_differs_from_closing(site: Site, near: bool) -> tuple[str, str]:
    """The next month opens with 100 less; with the same for the near miss."""
    code, place, lost = f"112{site.index:04d}{site.serial():04d}", village(site), 0 if near else 100
    balance(site, place, code, 6, 5_000, 300, 0, 5_300)
    balance(site, place, "102", 6, 5_000, 0, 300, 4_700)
    balance(site, place, code, 7, 5_300 - lost, 0, 0, 5_300 - lost)
    return code, "期初" + ("等于" if near else "少于") + "上月期末"

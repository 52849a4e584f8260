"""Cases of the month-end close and of the bank's statement: entries, balances, one side only (S9)."""

from __future__ import annotations

from shouwang.synth.plants.accounting import RETURNED, balance, journaled, line, reported, voucher
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import accounting
from shouwang.synth.records.accounting import BANK, EXPENSE, village
from shouwang.synth.site import Site, yuan


def entered(site: Site, place: str, amount: int = 2_000, booked: int | None = None, **changes: object) -> str:
    """Add a voucher of December with its entries (or with entries of another amount); answers its number."""
    number = voucher(site, place, amount=yuan(amount), **changes)
    value = yuan(amount if booked is None else booked)
    accounting.entries(site, number, site.day(12, 20), [(EXPENSE, value), (BANK, -value)], place)
    return number


@plant("accounting.voucher-not-posted")
def voucher_not_posted(site: Site, near: bool) -> tuple[str, str]:
    """One of two vouchers has no entries; it was sent back for the near miss."""
    place = reported(site)
    entered(site, place, voucher_no=f"{place}甲1")
    state = RETURNED if near else {}
    return voucher(site, place, voucher_no=f"{place}乙1", **state), "没有分录"


@plant("accounting.entry-without-voucher")
def entry_without_voucher(site: Site, near: bool) -> tuple[str, str]:
    """An entry names a voucher that is not on file; it carries over for the near miss."""
    place, number = reported(site), site.number("PZ")
    entered(site, place)
    lines = [(EXPENSE, yuan(300)), (BANK, yuan(-300))]
    accounting.entries(site, number, site.day(12, 21), lines, place, summary="年末结转" if near else "办公费")
    return number, ("结转" if near else "办公费") + "分录，没有凭证"


@plant("accounting.entry-differs-from-voucher")
def entry_differs_from_voucher(site: Site, near: bool) -> tuple[str, str]:
    """Entries of 1,900 for 2,000 yuan; of 2,000 for the near miss."""
    return entered(site, reported(site), booked=2_000 if near else 1_900), "凭证2000元，分录" + (
        "2000元" if near else "1900元"
    )


@plant("accounting.trial-balance-differs")
def trial_balance_differs(site: Site, near: bool) -> tuple[str, str]:
    """Debits of 700 and credits of 600; a sub-account stands beside its account for the near miss."""
    place = village(site)
    balance(site, place, "112", 6, 1_000, 700, 0, 1_700)
    balance(site, place, "102", 6, 5_000, 0, 700 if near else 600, 4_300 if near else 4_400)
    if near:
        balance(site, place, "11201", 6, 1_000, 700, 0, 1_700)
    return place, "借方合计700元，贷方合计" + ("700元" if near else "600元")


@plant("accounting.balance-differs-from-entries")
def balance_differs_from_entries(site: Site, near: bool) -> tuple[str, str]:
    """An account moved 400 where its entries make 300; booked on a sub-account for the near miss."""
    place, code = village(site), f"112{site.index:04d}{site.serial():04d}"
    moved = 300 if near else 400
    balance(site, place, code, 6, 1_000, moved, 0, 1_000 + moved)
    balance(site, place, "102", 6, 5_000, 0, moved, 5_000 - moved)
    lines = [(code + ("01" if near else ""), yuan(300)), ("102", yuan(-moved))]
    if not near:
        # What the entries lack stands on another account, so that both sides are equal.
        lines.append(("541", yuan(100)))
    accounting.entries(site, site.number("PZ"), site.day(6, 20), lines, place)
    return code, f"余额表借{moved}元，分录合计300元"


@plant("accounting.period-missing")
def period_missing(site: Site, near: bool) -> tuple[str, str]:
    """May and July are there; June too for the near miss."""
    place = village(site)
    for month in (5, 6, 7) if near else (5, 7):
        balance(site, place, "102", month, 5_000, 0, 0, 5_000)
    return place, "六月的科目余额表" + ("在" if near else "缺")


@plant("accounting.month-not-closed")
def month_not_closed(site: Site, near: bool) -> tuple[str, str]:
    """Closed up to November, vouchers in December; closed for the near miss."""
    place = reported(site)
    voucher(site, place)
    for month in (11, 12) if near else (11,):
        balance(site, place, "102", month, 5_000, 0, 0, 5_000)
    return place, "十二月有凭证，" + ("已" if near else "未") + "结账"


@plant("accounting.earmark-overdrawn")
def earmark_overdrawn(site: Site, near: bool) -> tuple[str, str]:
    """100 yuan more spent than there was; all of it for the near miss."""
    place, code = village(site), f"242{site.index:04d}{site.serial():04d}"
    spent = 900 if near else 1_000
    balance(site, place, code, 6, 900, spent, 0, 900 - spent, account_title="专项应付款")
    balance(site, place, "102", 6, 5_000, 0, spent, 5_000 - spent)
    return code, f"专款900元，支出{spent}元"


@plant("accounting.journal-wrong-side")
def journal_wrong_side(site: Site, near: bool) -> tuple[str, str]:
    """Spending entered as income; as spending for the near miss."""
    place = reported(site)
    number = voucher(site, place, amount=yuan(2_000))
    journaled(site, place, number, 2_000 if near else -2_000)
    return number, "支出登在" + ("支出" if near else "收入") + "一方"


class Account:
    """An account of a village with its journal and the bank's statement, which agree at first."""

    def __init__(self, site: Site, *, listed: bool = True) -> None:
        self.site, self.place = site, village(site)
        row = accounting.bank_account(site)
        self.number = str(row["account"])
        self.balances = {"book": 5_000, "bank": 5_000}
        if listed:
            site.add("accounting.bank_account", None, **{**row, "division": self.place})

    def move(self, month: int, day: int, amount: int, *, on: str = "both", stated: int | None = None) -> None:
        """Spend on one side or on both; the bank may state another balance."""
        when = self.site.day(month, day)
        if on in ("both", "book"):
            self.balances["book"] -= amount
            line(self.site, self.place, "bank", when, -amount, self.balances["book"], account=self.number)
        if on in ("both", "bank"):
            self.balances["bank"] -= amount
            accounting.statement_line(
                self.site,
                self.place,
                account=self.number,
                entered_on=when,
                expense=yuan(amount),
                balance=yuan(self.balances["bank"] if stated is None else stated),
            )


@plant("accounting.statement-not-journaled")
def statement_notjournaled(site: Site, near: bool) -> tuple[str, str]:
    """The bank paid 300 yuan that the journal lacks; entered three days later for the near miss."""
    account = Account(site)
    account.move(1, 10, 110)
    account.move(6, 5, 300, on="bank")
    if near:
        account.move(6, 8, 300, on="book")
    account.move(12, 20, 120)
    return account.number, "银行付300元，账上" + ("三天后登记" if near else "没有")


@plant("accounting.journal-not-in-statement")
def journal_not_in_statement(site: Site, near: bool) -> tuple[str, str]:
    """The journal pays 300 yuan that the bank lacks; just before the statement ends for the near miss."""
    account = Account(site)
    account.move(1, 10, 110)
    if near:
        account.move(12, 18, 300, on="book")
    else:
        account.move(6, 5, 300, on="book")
    account.move(12, 20, 120)
    return account.number, "账上付300元，银行" + ("尚未支付" if near else "没有")


@plant("accounting.bank-balance-differs")
def bank_balance_differs(site: Site, near: bool) -> tuple[str, str]:
    """All lines agree and the bank states 100 yuan less; one line is in transit for the near miss."""
    account = Account(site)
    account.move(1, 10, 110)
    account.move(12, 20, 120, stated=None if near else 5_000 - 230 - 100)
    if near:
        account.move(12, 22, 400, on="book")
    return account.number, "对账单余额" + ("差一笔未达账项" if near else "少100元")


@plant("accounting.statement-of-unknown-account")
def statement_of_unknown_account(site: Site, near: bool) -> tuple[str, str]:
    """The bank has lines of an account that is not registered; registered for the near miss."""
    account = Account(site, listed=near)
    account.move(6, 5, 300, on="bank")
    return account.number, "账户" + ("已" if near else "未") + "登记"


@plant("accounting.post-without-holder")
def post_without_holder(site: Site, near: bool) -> tuple[str, str]:
    """A village without a supervision group; one whose last member leaves that day for the near miss."""
    place = village(site)
    accounting.entrust(site, place, posts=accounting.POSTS[:3])
    if near:
        accounting.serve(site, place, post=accounting.POSTS[3], until=site.as_of)
    return place, "财务监督小组" + ("当日离任" if near else "没有人")

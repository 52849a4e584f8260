"""A year of a community's books: vouchers in order, journal, entries and balances that tie to the fen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.synth.records import accounting
from shouwang.synth.records.accounting import BANK, CASH, EXPENSE, INCOME, TITLES
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

SPENDING = 4
"""Payments a month; before them stands the rent."""


def build(site: Site) -> None:
    """Fill the books, and what the centre asks of every village: reports, archives, people, agreement."""
    account = accounting.bank_account(site) | {"holder": f"{site.name}居民委员会"}
    site.add("accounting.bank_account", None, **account)
    site.add(
        "accounting.receipt_book",
        kind="村集体收款收据",
        first_no=f"{site.index:04d}0001",
        last_no=f"{site.index:04d}0100",
        drawn_on=site.day(1, 2),
        drawn_by="出纳",
    )
    _year(site, account)
    place = site.division
    accounting.serve(site, place, post="村干部")
    accounting.entrust(site, place)
    accounting.report(site, place, range(1, 13))
    accounting.archive(site, place, tuple(range(1, 13)))
    site.add(
        "accounting.internal_control",
        control="财务审批制度",
        version="1.0",
        effective_on=site.day(1, 1, -2),
        reviewed_on=site.day(1, 8),
        in_force=True,
    )
    site.add(
        "accounting.complaint",
        reported_on=site.day(5, 6),
        content="收支公布不及时",
        kind="财务收支混乱",
        handled_on=site.day(5, 16),
        outcome="已补公布",
    )
    site.add(
        "accounting.public_project",
        project_no=site.number("GY"),
        title="道路硬化",
        budget=yuan(90_000),
        spent=yuan(88_000),
        contractor=f"工程队{site.number('')}",
        started_on=site.day(3, 1, -1),
        finished_on=site.day(9, 1, -1),
        audited_on=site.day(11, 1, -1),
    )


class Book:
    """The running balances of a community's year, and every ledger that tells of them."""

    def __init__(self, site: Site, account: Row) -> None:
        self.site, self.account = site, account
        self.balance = {BANK: yuan(50_000), CASH: yuan(2_000), INCOME: yuan(0), EXPENSE: yuan(0)}
        self.moved: dict[str, list[Decimal]] = {}
        for code in (BANK, CASH):
            self._journal(code, site.day(1, 1), None, "上年结转", yuan(0))

    def post(
        self, number: str, day: dt.date, to: str, by: str, amount: Decimal, **journal: str | None
    ) -> None:
        """Debit one account and credit another; ``journal`` is what the journals say: voucher, summary."""
        lines = [(to, amount), (by, -amount)]
        # A transfer between the village's own accounts rests on no voucher of the register.
        summary = "本月业务" if journal["voucher"] else "账户间结转"
        accounting.entries(self.site, number, day, lines, self.site.division, summary)
        for code, value in lines:
            self.moved.setdefault(code, [yuan(0), yuan(0)])[value < 0] += abs(value)
            self.balance[code] += -value if code == INCOME else value
            if code in (BANK, CASH):
                self._journal(code, day, journal["voucher"], journal["summary"], value)

    def close(self, month: int) -> None:
        """Write the month's balances of all accounts."""
        for code, closing in self.balance.items():
            debit, credit = self.moved.get(code, [yuan(0), yuan(0)])
            rise = credit - debit if code == INCOME else debit - credit
            self.site.add(
                "accounting.account_balance",
                month=self.site.month(month),
                account_code=code,
                account_title=TITLES[code],
                opening_balance=closing - rise,
                debit=debit,
                credit=credit,
                closing_balance=closing,
            )
        self.moved = {}

    def _journal(
        self, code: str, day: dt.date, voucher: str | None, summary: str | None, value: Decimal
    ) -> None:
        row: Row = {
            "entered_on": day,
            "voucher_no": voucher,
            "summary": summary,
            "income": value if value > 0 else None,
            "expense": -value if value < 0 else None,
            "balance": self.balance[code],
        }
        if code == BANK:
            row["account"] = self.account["account"]
        self.site.add("accounting.bank_journal" if code == BANK else "accounting.cash_journal", None, **row)
        if code == BANK and value:
            stated = {c: row[c] for c in ("entered_on", "income", "expense", "balance", "account")}
            accounting.statement_line(self.site, self.site.division, **stated)


def _year(site: Site, account: Row) -> None:
    """Twelve months: cash is drawn, rent is taken and deposited, four sums are paid, the last in cash."""
    book = Book(site, account)
    for month in range(1, 13):
        stem = f"{site.index:04d}-{site.month(month):%Y%m}-"
        book.post(stem + "T", site.day(month, 2), CASH, BANK, yuan(4_000), voucher=None, summary="提现备用")
        for k in range(1, SPENDING + 2):
            row = _rent(site, account, month) if k == 1 else accounting.voucher(site)
            number, day = f"{stem}{k:03d}", site.day(month, 3 + 4 * k)
            row |= {"voucher_no": number, "voucher_on": day}
            if k == SPENDING + 1:
                row["settlement"] = "现金"
            site.add("accounting.voucher", None, **row)
            to, by = (BANK, INCOME) if k == 1 else (EXPENSE, CASH if row["settlement"] == "现金" else BANK)
            book.post(number, day, to, by, row["amount"], voucher=number, summary=row["use"])
        book.close(month)


def _rent(site: Site, account: Row, month: int) -> Row:
    """The voucher of a month's rent, with its receipt."""
    received = site.day(month, 4)
    amount = yuan(site.any(150, 200) * 100)
    row = accounting.receipt(site) | {
        "receipt_no": f"{site.index:04d}{month:04d}",
        "received_on": received,
        "amount": amount,
        "deposited_on": received + dt.timedelta(days=3),
        "deposited": amount,
        "account_holder": account["holder"],
        "account": account["account"],
    }
    site.add("accounting.receipt", None, **row)
    return accounting.voucher(site) | {
        "direction": "收入",
        "account_title": TITLES[INCOME],
        "amount": amount,
        "invoice_kind": "收款收据",
        "invoice_no": row["receipt_no"],
        "use": "收房屋租金",
    }


def town(site: Site) -> None:
    """The people of the centre."""
    for name in accounting.BOOKKEEPERS:
        accounting.serve(site, None, name=name, post="记账会计", unit=accounting.CENTRE)
    accounting.serve(site, None, name=accounting.FUND_ACCOUNTANT, post="资金会计", unit=accounting.CENTRE)

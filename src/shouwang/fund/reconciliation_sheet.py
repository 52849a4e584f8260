"""The reconciliation of bank accounts as a workbook (余额调节表): a sheet an account, and all at a glance."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from shouwang.fund.reconcile import Line, Reconciliation
from shouwang.standards.masking import mask_card

MONEY = "#,##0.00"


@dataclass(frozen=True)
class Reconciled:
    """The outcome for one account, ready to be written."""

    owner: str
    account: str
    done: Reconciliation

    @property
    def masked(self) -> str:
        """The account with its last digits only."""
        return mask_card(self.account)


def write(path: Path, accounts: Sequence[Reconciled], until: dt.date | None, days: int) -> None:
    """Write the workbook; texts of the office are never taken for formulas."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#E8F1F2", "border": 1, "text_wrap": True}),
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": MONEY, "border": 1, "valign": "top"}),
        "sum": book.add_format({"num_format": MONEY, "border": 1, "bold": True}),
        "off": book.add_format({"num_format": MONEY, "border": 1, "bold": True, "font_color": "#B00020"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "valign": "top"}),
    }
    _overview(book, looks, accounts, until, days)
    taken = {_("汇总")}
    for one in accounts:
        _account(book, looks, one, until, _name(one, taken))
    book.close()


def _name(one: Reconciled, taken: set[str]) -> str:
    """The name of a sheet: owner and last digits, without the signs that a sheet's name may not have."""
    plain = re.sub(r"[\[\]:*?/\\\\']", " ", f"{one.owner}{one.account[-4:]}").strip()[:24] or "1"
    name, number = plain, 1
    while name.lower() in {other.lower() for other in taken}:
        number += 1
        name = f"{plain} {number}"
    taken.add(name)
    return name


def _overview(
    book: Any, looks: dict[str, Any], accounts: Sequence[Reconciled], until: dt.date | None, days: int
) -> None:
    page = book.add_worksheet(_("汇总"))
    page.set_column(0, 1, 22)
    page.set_column(2, 9, 14)
    page.write(0, 0, _("银行存款余额调节表汇总"), looks["title"])
    when = until.isoformat() if until else _("全部")
    page.write(
        1, 0, _("截至 {day}；同额而无同号的，前后 {days} 天以内视为同一笔").format(day=when, days=days)
    )
    heads = [
        _("单位"), _("账号"), _("日记账余额"), _("对账单余额"), _("银行已收未入账"), _("银行已付未入账"),
        _("账上已收银行未收"), _("账上已付银行未付"), _("调节后余额"), _("差额"),
    ]  # fmt: skip
    page.write_row(3, 0, heads, looks["head"])
    for r, one in enumerate(accounts, 4):
        done = one.done
        page.write_string(r, 0, one.owner, looks["text"])
        page.write_string(r, 1, one.masked, looks["text"])
        for c, amount in enumerate(
            (
                done.book_balance, done.bank_balance, done.bank_received, done.bank_paid,
                done.book_received, done.book_paid, done.adjusted_book,
            ),
            2,
        ):  # fmt: skip
            page.write_number(r, c, float(amount), looks["money"])
        page.write_number(r, 9, float(done.difference), looks["off" if done.difference else "sum"])
    page.freeze_panes(4, 2)


def _account(book: Any, looks: dict[str, Any], one: Reconciled, until: dt.date | None, name: str) -> None:
    done = one.done
    page = book.add_worksheet(name)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 16)
    page.set_column(2, 2, 34)
    page.set_column(3, 3, 16)
    page.set_column(4, 5, 30)
    page.write(0, 0, _("银行存款余额调节表"), looks["title"])
    when = until.isoformat() if until else ""
    page.write_string(1, 0, f"{one.owner}  {one.masked}  {when}".strip())
    lines = [
        (_("项目"), None, _("项目"), None),
        (_("银行存款日记账余额"), done.book_balance, _("银行对账单余额"), done.bank_balance),
        (_("加：银行已收、账上未收"), done.bank_received, _("加：账上已收、银行未收"), done.book_received),
        (_("减：银行已付、账上未付"), done.bank_paid, _("减：账上已付、银行未付"), done.book_paid),
        (_("调节后余额"), done.adjusted_book, _("调节后余额"), done.adjusted_bank),
    ]
    for r, (left, ours, right, theirs) in enumerate(lines, 3):
        look = looks["head"] if ours is None else looks["text"]
        page.write_string(r, 0, left, look)
        page.write_string(r, 2, right, look)
        for c, amount in ((1, ours), (3, theirs)):
            if amount is None:
                page.write_string(r, c, _("金额"), look)
            else:
                page.write_number(r, c, float(amount), looks["sum" if r == 7 else "money"])
    if done.difference:
        page.write_string(8, 0, _("差额（未达账项不能解释）"), looks["text"])
        page.write_number(8, 1, float(done.difference), looks["off"])
    _items(page, looks, done, 10)


def _items(page: Any, looks: dict[str, Any], done: Reconciliation, row: int) -> None:
    """The items in transit, each with its row."""
    page.write(row, 0, _("未达账项"), looks["title"])
    heads = [_("类别"), _("金额"), _("摘要"), _("日期"), _("凭证或流水号"), _("所在行")]
    page.write_row(row + 1, 0, heads, looks["head"])
    told = [
        (line, _("银行已收、账上未收") if line.amount > 0 else _("银行已付、账上未付"))
        for line in done.only_bank
    ]
    told += [
        (line, _("账上已收、银行未收") if line.amount > 0 else _("账上已付、银行未付"))
        for line in done.only_book
    ]
    for r, (line, kind) in enumerate(sorted(told, key=_order), row + 2):
        page.write_string(r, 0, kind, looks["text"])
        page.write_number(r, 1, float(abs(line.amount)), looks["money"])
        page.write_string(r, 2, line.summary, looks["text"])
        page.write_datetime(r, 3, dt.datetime.combine(line.on, dt.time()), looks["day"])
        page.write_string(r, 4, line.number, looks["text"])
        page.write_string(r, 5, str(line.place), looks["text"])


def _order(item: tuple[Line, str]) -> tuple[str, dt.date, Decimal]:
    line, kind = item
    return (kind, line.on, line.amount)

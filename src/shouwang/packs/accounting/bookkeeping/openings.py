"""Opening balances: of all accounts where a balance sheet is kept, else of cash and bank by the journals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.catalogue import Asked, Kept, Row
from shouwang.fund.entries import ZERO, Entry, EntryError, Posting, added_up
from shouwang.packs.accounting.bookkeeping.journals import JournalLine, threads
from shouwang.packs.accounting.bookkeeping.owners import Village, refuse


def entries(village: Village, lines: Sequence[JournalLine], asked: Asked, kept: Kept) -> Iterator[Entry]:
    """The opening entries of a village."""
    begun: list[tuple[JournalLine, Decimal]] = []
    for thread in threads(lines).values():
        first = thread[0]
        if first.balance is not None and (opening := first.balance - first.amount):
            begun.append((first, opening))
    whole = _of_balances(village, [line.posting(asked, opening) for line, opening in begun], asked, kept)
    if whole is not None:
        yield whole
        return
    for line, opening in begun:
        postings = (line.posting(asked, opening), Posting(asked.chart.opening, -opening))
        yield Entry("", line.on.replace(day=1), postings, _("期初余额"), "", line.place)


def _parted(postings: Sequence[Posting], begun: Sequence[Posting], asked: Asked) -> tuple[Posting, ...]:
    """The postings with those of each money account replaced by the journals' own, where both agree."""
    made = list(postings)
    for code in asked.chart.money:
        sheet = [one for one in made if one.account == code]
        journal = [one for one in begun if one.account == code]
        if journal and added_up(sheet) != added_up(journal) and _total(sheet) == _total(journal):
            made = [one for one in made if one.account != code] + journal
    return tuple(made)


def _total(postings: Sequence[Posting]) -> Decimal:
    return sum((one.amount for one in postings), ZERO)


def _leaves(rows: Sequence[Row]) -> list[Row]:
    """The rows of accounts that have no sub-account in the list: their sum counts nothing twice."""
    codes = {str(row["account_code"]) for row in rows}
    return [
        row
        for row in rows
        if not any(
            code != str(row["account_code"]) and code.startswith(str(row["account_code"])) for code in codes
        )
    ]


def _of_balances(village: Village, begun: Sequence[Posting], asked: Asked, kept: Kept) -> Entry | None:
    """One entry of the earliest month's opening balances; None where none is kept or it does not balance.

    Money is parted as the journals began (``begun``), where these come to the same.
    """
    rows = [row for row in village["account_balance"] if row["opening_balance"] is not None]
    if not rows:
        return None
    month = min(row["month"] for row in rows)
    postings = []
    place = rows[0].place
    try:
        for row in _leaves([row for row in rows if row["month"] == month]):
            place = row.place
            code, title = str(row["account_code"]), row["account_title"]
            account = asked.chart.by_code(code)
            if account is None or not asked.chart.agrees(code, title):
                text = _("科目余额表的科目{code}{title}不在科目表“{chart}”中")
                raise EntryError(
                    "unknown_account",
                    text.format(code=code, title=title or "", chart=asked.chart.name),
                    _("更正科目，或用 --chart 换科目表。"),
                    place,
                )
            if not row["opening_balance"]:
                continue
            amount = row["opening_balance"] if account.normal == "debit" else -row["opening_balance"]
            sub = code[len(account.code) :]
            postings.append(Posting(account.code, amount, sub, title or ""))
        if not postings:
            return None
        return Entry("", month, _parted(postings, begun, asked), _("期初余额"), "", place)
    except EntryError as error:
        wrong = EntryError(
            error.code,
            _("{month:%Y-%m}科目余额表的期初余额不能入账：{why}").format(month=month, why=error.text),
            error.advice,
            place,
        )
        total = sum((abs(one.amount) for one in postings), ZERO) / 2
        refuse(kept, village.owner, _("期初余额"), month, total, wrong)
        return None

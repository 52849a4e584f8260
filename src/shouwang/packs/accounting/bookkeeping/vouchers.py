"""Vouchers as entries: by the double entry that is kept of them, else by journal and account."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.catalogue import Asked, Kept, Row
from shouwang.fund.chart import Account
from shouwang.fund.entries import ZERO, Entry, EntryError, Posting
from shouwang.packs.accounting.bookkeeping.journals import JournalLine
from shouwang.packs.accounting.bookkeeping.owners import Village, refuse
from shouwang.packs.accounting.rules.common import INCOME, KEPT_OUT, is_a_person
from shouwang.standards.masking import mask_name, surname

Group = tuple[str, dt.date]


def entries(
    village: Village, lines: Sequence[JournalLine], asked: Asked, kept: Kept
) -> tuple[list[Entry], set[int]]:
    """The entries of a village's vouchers, and the ids of the journal lines that belong to one."""
    groups = _grouped(village["voucher"], "voucher_on")
    booked = _grouped(village["entry"], "entered_on")
    ours = _nearest([*groups, *(key for key in booked if key not in groups)], lines)
    double: dict[Group, Group] = {}
    for key in sorted(booked):
        partner = _partner(key, groups)
        double[key if partner in double else partner] = key
    made: list[Entry] = []
    named: set[int] = set()
    for key in sorted({*groups, *double}):
        rows = groups.get(key, [])
        out = [row for row in rows if _kept_out(row)]
        if out and len(out) == len(rows):
            # Its journal lines stay without a voucher, and are told as such.
            kept.left_out += 1
            if key in double:
                error = EntryError(
                    "kept_out",
                    _("凭证{number}已退回或作废，却有会计分录").format(number=key[0]),
                    _("核对凭证的入账状态，应退回的冲销分录。"),
                    booked[double[key]][0].place,
                )
                refuse(kept, village.owner, *key, sum((row["amount"] for row in rows), ZERO), error)
            continue
        rows = [row for row in rows if not _kept_out(row)]
        own = ours.get(key, [])
        named |= {id(line) for line in own}
        amount = sum((row["amount"] for row in rows), ZERO) if rows else None
        try:
            if key in double:
                made.append(_of_entries(key, booked[double[key]], rows, asked))
            else:
                made.append(_of_journal(key, rows, own, village, asked))
                kept.unjournaled += not own
        except EntryError as error:
            refuse(kept, village.owner, key[0], key[1], amount, error)
    return made, named


def _grouped(rows: Sequence[Row], day: str) -> dict[Group, list[Row]]:
    """The rows of each voucher: a number on a day (numbers begin again each month)."""
    found: defaultdict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["voucher_no"].strip(), row[day]].append(row)
    return dict(found)


def _nearest(keys: Sequence[Group], lines: Sequence[JournalLine]) -> dict[Group, list[JournalLine]]:
    """The journal lines of each voucher; where a number came again, those nearest to its day."""
    days: defaultdict[str, list[dt.date]] = defaultdict(list)
    for number, on in keys:
        days[number].append(on)
    found: defaultdict[Group, list[JournalLine]] = defaultdict(list)
    for line in lines:
        if line.number in days and line.amount:
            on = min(days[line.number], key=lambda day: (abs((day - line.on).days), day))
            found[line.number, on].append(line)
    return dict(found)


def _partner(key: Group, groups: dict[Group, list[Row]]) -> Group:
    """The voucher that a double entry belongs to: the same number in the same month, else itself."""
    same = [
        other
        for other in groups
        if other[0] == key[0] and (other[1].year, other[1].month) == (key[1].year, key[1].month)
    ]
    return min(same, key=lambda other: (abs((other[1] - key[1]).days), other[1]), default=key)


def _kept_out(row: Row) -> bool:
    return any(word in (row["state"] or "") for word in KEPT_OUT)


def _of_entries(key: Group, lines: Sequence[Row], rows: Sequence[Row], asked: Asked) -> Entry:
    """The entry that the accountant wrote himself."""
    number, on = key
    postings = []
    for line in lines:
        code, title = str(line["account_code"]), line["account_title"] or ""
        account = asked.chart.by_code(code)
        if account is None or not asked.chart.agrees(code, title):
            text = _("凭证{number}的科目{code}{title}不在科目表“{chart}”中")
            raise EntryError(
                "unknown_account",
                text.format(number=number, code=code, title=title, chart=asked.chart.name),
                _("更正科目，或用 --chart 换科目表。"),
                line.place,
            )
        amount = (line["debit"] or ZERO) - (line["credit"] or ZERO)
        postings.append(Posting(account.code, amount, code[len(account.code) :], title))
    earmarks = {_earmark(asked.chart.accounts[p.account], p.title, asked) for p in postings} - {("", "")}
    if len(earmarks) == 1:
        ((fund, purpose),) = earmarks
        postings = [Posting(p.account, p.amount, p.sub, p.title, fund, purpose) for p in postings]
    said = rows[0]["use"] if rows and rows[0]["use"] else lines[0]["summary"]
    payee = _payee(rows[0]["payee"], asked) if rows else ""
    return Entry(number, on, tuple(postings), asked.said(said), payee, lines[0].place)


def _of_journal(
    key: Group, rows: Sequence[Row], own: Sequence[JournalLine], village: Village, asked: Asked
) -> Entry:
    """The entry that follows from the account of each row and from where the money went."""
    number, on = key
    others = []
    for row in rows:
        title = row["account_title"] or ""
        account = asked.chart.find(title) if title else None
        if account is None:
            text = (
                _("凭证{number}的科目“{title}”不在科目表“{chart}”中")
                if title
                else _("凭证{number}没有写科目")
            )
            raise EntryError(
                "unknown_account",
                text.format(number=number, title=title, chart=asked.chart.name),
                _("在本单位科目文件里，把这个词加到它所属科目的 titles。"),
                row.place,
            )
        amount = -row["amount"] if _income(row) else row["amount"]
        fund, purpose = _earmark(account, title, asked)
        others.append(Posting(account.code, amount, "", title, fund, purpose))
    due = -sum((posting.amount for posting in others), ZERO)
    money = list(_money(key, rows, own, due, village, asked))
    first = rows[0]
    summary = asked.said(first["use"] or first["account_title"])
    postings = (*_marked(money, others), *others)
    return Entry(number, on, postings, summary, _payee(first["payee"], asked), first.place)


def _money(
    key: Group, rows: Sequence[Row], own: Sequence[JournalLine], due: Decimal, village: Village, asked: Asked
) -> Iterator[Posting]:
    """The money side of a voucher: as the journals have it, else by its way of settlement."""
    number, _on = key
    if own:
        booked = sum((line.amount for line in own), ZERO)
        if booked != due:
            text = _("凭证{number}收付{due}元，日记账登记{booked}元，相差{off}元（收为正，付为负）")
            raise EntryError(
                "unbalanced",
                text.format(number=number, due=due, booked=booked, off=abs(due - booked)),
                _("核对原始凭证，更正凭证或日记账。"),
                rows[0].place,
            )
        yield from (line.posting(asked) for line in own)
        return
    ways = {row["settlement"] or "" for row in rows}
    way = ways.pop() if len(ways) == 1 else ""
    if "现金" in way:
        yield Posting(asked.chart.cash, due)
    elif way:
        yield Posting(asked.chart.bank, due, village.only_sub)
    else:
        raise EntryError(
            "one_sided",
            _("凭证{number}没有登日记账，也没有写结算方式，不知从哪里收付").format(number=number),
            _("补登日记账，或写明银行、现金。"),
            rows[0].place,
        )


def _marked(money: list[Posting], others: Sequence[Posting]) -> list[Posting]:
    """The money side with the purposes of the other side, as far as each is known.

    One account is parted by purpose; several accounts and several purposes can't be told apart, and then the
    voucher is refused as mixing them.
    """
    purposes = dict.fromkeys(posting.earmark for posting in others)
    if set(purposes) == {("", "")}:
        return money
    if len(purposes) == 1:
        ((fund, purpose),) = purposes
        return [Posting(p.account, p.amount, p.sub, p.title, fund, purpose) for p in money]
    if len(money) == 1:
        (one,) = money
        return [
            Posting(
                one.account,
                -sum((p.amount for p in others if p.earmark == earmark), ZERO),
                one.sub,
                one.title,
                *earmark,
            )
            for earmark in purposes
        ]
    return money


def _earmark(account: Account, title: str, asked: Asked) -> tuple[str, str]:
    """Fund and purpose of a posting on an account of earmarked money; the purpose is the office's word."""
    return (
        (account.name, title or account.name) if account.code.startswith(asked.chart.earmarked) else ("", "")
    )


def _income(row: Row) -> bool:
    return any(word in (row["direction"] or "") for word in INCOME)


def _payee(payee: str | None, asked: Asked) -> str:
    """The payee as it may be written: a person's name at its head is masked unless asked otherwise."""
    text = (payee or "").strip()
    if asked.unmask or not (head := re.match("[一-龥·]{1,4}( ?[一-龥])?(?=[^一-龥·]|$)", text)):
        return asked.said(text)
    name = head[0].replace(" ", "")
    # Four characters are a shop (绿源苗圃) more often than a person, unless the surname has two of them.
    if is_a_person(name) and (len(name) < 4 or "·" in name or len(surname(name)) > 1):
        return mask_name(name) + asked.said(text[head.end() :])
    return asked.said(text)

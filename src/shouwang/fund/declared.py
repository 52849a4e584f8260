"""Funds that a pack declares (``funds.yaml``): which rows of its ledgers move the fund's money, and how.

The pack says no more than that; the book is kept here::

    guarantee:
      label: 担保基金账
      fund: 担保基金
      movements:
        - {ledger: microcredit.guarantee_fund, day: [arrived_on], amount: amount, account: "41",
           number: entry_no, summary: source, balance: balance}
        - {ledger: microcredit.bad_debt, day: [shared_on], amount: government_share, account: "51",
           spent: true, number: loan_no}
        - {ledger: microcredit.repayment, day: [repaid_on], amount: principal, account: "43", number: loan_no,
           part_of: {ledger: microcredit.bad_debt, by: loan_no, since: shared_on,
                     part: government_share, whole: loss}}

A row without amount or day moves nothing yet: what was promised and did not arrive is in no book. ``purpose``
is the column that says which of the fund's moneys it is (a text behind ``=`` stands for itself); a row that
leaves it blank is refused, because money without purpose is in no earmarked fund (专款专用).

``together`` makes one entry of all rows of a sheet, day and purpose: a book needs no names of pensioners.
``part_of`` takes of each amount the share that the fund bore of a loss before, until that has come back.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from django.apps import apps
from django.utils.translation import gettext as _

from shouwang.fund import registers
from shouwang.fund.catalogue import Asked, Bookkeeper, Kept, Ledgers, Refused, Row
from shouwang.fund.earmark import Movement
from shouwang.fund.entries import ZERO, EntryError
from shouwang.fund.registers import Stated
from shouwang.standards.money import FEN

FILE: Final = "funds.yaml"


class DeclarationError(ValueError):
    """A ``funds.yaml`` that can't be obeyed; names file, fund and what is wrong."""


@dataclass(frozen=True)
class PartOf:
    """Whose loss an amount makes good: rows of ``ledger`` equal in ``by``, from their day ``since`` on."""

    ledger: str
    by: str
    since: str
    part: str
    whole: str


@dataclass(frozen=True)
class Rows:
    """Rows of a ledger that move money of the fund; every other name is a column of the ledger."""

    ledger: str
    day: tuple[str, ...]
    """Columns of which the first that is stated is the day; ``…/month`` of a month its last."""
    amount: str
    account: str
    """The account of the chart of dedicated funds that stands against the money."""
    spent: bool = False
    purpose: str = ""
    merged: str = ""
    """The purpose of rows of a sheet that never states one: a collection of all at once, not yet parted."""
    number: str = ""
    summary: str = ""
    payee: str = ""
    balance: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    other_than: tuple[tuple[str, tuple[str, ...]], ...] = ()
    together: bool = False
    absolute: bool = False
    """Whether the sign is not the office's: 追回 is written with and without a minus."""
    part_of: PartOf | None = None

    def has(self, row: Row) -> bool:
        """Whether the row is one of these."""
        wanted = all(row[column] in among for column, among in self.where)
        return wanted and not any(row[column] in among for column, among in self.other_than)

    def day_of(self, row: Row) -> dt.date | None:
        """The first day that is stated; of a month its last."""
        for column in self.day:
            value = row[column.removesuffix("/month")]
            if value is not None and column.endswith("/month"):
                return dt.date(value.year, value.month, calendar.monthrange(value.year, value.month)[1])
            if value is not None:
                return value.date() if isinstance(value, dt.datetime) else value
        return None

    def states(self, row: Row) -> bool:
        """Whether the row states a purpose; so its sheet has a column for it."""
        return bool(self.merged and (row[self.purpose] or "").strip())

    def earmark(self, row: Row, fund: str) -> str:
        """The purpose the row states; empty where it should state one and does not."""
        if not self.purpose:
            return fund
        return self.purpose[1:] if self.purpose.startswith("=") else (row[self.purpose] or "").strip()


@dataclass(frozen=True)
class Fund:
    """One fund of a pack."""

    code: str
    label: str
    name: str
    movements: tuple[Rows, ...]

    @property
    def ledgers(self) -> frozenset[str]:
        """The ledgers it is kept of."""
        parts = {rows.part_of.ledger for rows in self.movements if rows.part_of}
        return frozenset({rows.ledger for rows in self.movements} | parts)


def load(path: Path) -> list[Fund]:
    """The funds of a file. :class:`DeclarationError` for what it may not say."""
    found = []
    for code, said in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
        try:
            movements = tuple(_rows(one) for one in said["movements"])
            found.append(Fund(str(code), str(said["label"]), str(said["fund"]), movements))
        except (KeyError, TypeError, AttributeError) as error:
            raise DeclarationError(f"{path}: {code}: {error}") from error
    return found


def _rows(said: Mapping[str, Any]) -> Rows:
    given = dict(said)
    part = given.pop("part_of", None)
    for name in ("where", "other_than"):
        said_of = (given.get(name) or {}).items()
        given[name] = tuple((c, tuple(v) if isinstance(v, list) else (v,)) for c, v in said_of)
    return Rows(**given | {"day": tuple(given["day"]), "part_of": PartOf(**part) if part else None})


def keepers() -> Iterator[Bookkeeper]:
    """The bookkeepers that follow from the ``funds.yaml`` of the installed packs, one a pack."""
    for config in apps.get_app_configs():
        path = Path(config.path) / FILE
        if path.is_file():
            funds = load(path)
            ledgers = frozenset().union(*(fund.ledgers for fund in funds))
            label = "、".join(fund.label for fund in funds)
            yield Bookkeeper(config.label, label, _keeper(funds), ledgers=ledgers)


def _keeper(funds: list[Fund]) -> Any:
    def keep_all(ledgers: Ledgers, asked: Asked) -> Kept:
        kept = Kept()
        for fund in funds:
            kept.add(keep(fund, ledgers, asked))
        return kept

    return keep_all


def keep(fund: Fund, ledgers: Ledgers, asked: Asked) -> Kept:
    """The book of a fund, and what could not be entered."""
    refused: list[Refused] = []
    lines: list[Stated] = []
    for rows in fund.movements:
        lines += _lines(fund, rows, ledgers, asked, refused)
    kept = registers.keep(lines)
    kept.refused += refused
    return kept


def _lines(
    fund: Fund, rows: Rows, ledgers: Ledgers, asked: Asked, refused: list[Refused]
) -> Iterator[Stated]:
    shares = _Shares(rows.part_of, ledgers) if rows.part_of else None
    sums: dict[tuple[str, str, dt.date, str], list[Any]] = {}
    told = {row.place.file + row.place.sheet for row in ledgers.rows(rows.ledger) if rows.states(row)}
    chosen = [(day, row) for row in ledgers.rows(rows.ledger) if rows.has(row) and (day := rows.day_of(row))]
    if shares:
        chosen.sort(key=lambda one: (one[0], one[1].place))
    for day, row in chosen:
        amount = row[rows.amount]
        if shares is not None and amount is not None:
            amount = shares.take(row, day, amount)
        if not amount:
            continue
        amount = abs(amount) if rows.absolute else amount
        purpose = rows.earmark(row, fund.name)
        if not purpose and row.place.file + row.place.sheet not in told:
            purpose = rows.merged
        number = str(row[rows.number] or "") if rows.number and not rows.together else ""
        if not purpose:
            refused.append(Refused(fund.name, number, day, amount, _no_purpose(rows, row)))
            continue
        if rows.together:
            known = sums.setdefault((row.place.file, row.place.sheet, day, purpose), [ZERO, 0, row])
            known[0] += amount
            known[1] += 1
            continue
        said = asked.said(str(row[rows.summary] or "")) if rows.summary else fund.label
        payee = asked.said(str(row[rows.payee] or "")) if rows.payee else ""
        stated = row[rows.balance] if rows.balance else None
        yield fund.name, _movement(fund, rows, purpose, day, amount, said, payee, number, row), stated
    for (_file, _sheet, day, purpose), (amount, count, row) in sums.items():
        if amount:
            said = _("{count}笔合计").format(count=count)
            yield fund.name, _movement(fund, rows, purpose, day, amount, said, "", "", row), None


def _movement(
    fund: Fund, rows: Rows, purpose: str, day: dt.date, amount: Decimal, said: str, payee: str, number: str,
    row: Row,
) -> Movement:  # fmt: skip
    received, spent = (ZERO, amount) if rows.spent else (amount, ZERO)
    return Movement(
        fund.name, purpose, day, received, spent, "", said, payee, number, row.place, rows.account
    )


def _no_purpose(rows: Rows, row: Row) -> EntryError:
    return EntryError(
        "no_purpose",
        _("没有写明“{purpose}”，不知道是哪一项专款").format(purpose=_label(rows.ledger, rows.purpose)),
        _("补填后再入账；专款专用，每笔都要写明用途。"),
        row.place,
    )


def _label(ledger: str, column: str) -> str:
    from shouwang.ledger.catalogue import ledgers

    return ledgers()[ledger].fields[column].label


@dataclass
class _Loss:
    since: dt.date
    part: Decimal
    whole: Decimal
    back: Decimal = ZERO
    """What has come back of the whole so far."""


class _Shares:
    """What of the money that comes back for a loss is the fund's: its share of each, in order of days.

    The share is taken of what has come back in all, so that the fen that roundings leave do not add up, and
    no more comes back to anybody than was borne.
    """

    def __init__(self, part_of: PartOf, ledgers: Ledgers) -> None:
        self.by = part_of.by
        self.losses: defaultdict[str, list[_Loss]] = defaultdict(list)
        for row in ledgers.rows(part_of.ledger):
            since, part, whole = row[part_of.since], row[part_of.part], row[part_of.whole]
            if row[part_of.by] and since is not None and part and whole and 0 < part <= whole:
                self.losses[row[part_of.by]].append(_Loss(since, part, whole))

    def take(self, row: Row, day: dt.date, amount: Decimal) -> Decimal:
        """The fund's share of an amount that came in on a day; nothing where no loss was shared before."""
        share = ZERO
        for loss in self.losses.get(row[self.by] or "", ()):
            if day <= loss.since or amount <= 0:
                continue
            taken = min(amount, loss.whole - loss.back)
            share += fund_share(loss.back + taken, loss) - fund_share(loss.back, loss)
            loss.back += taken
            amount -= taken
        return share


def fund_share(back: Decimal, loss: _Loss) -> Decimal:
    """The fund's share of what has come back of a loss, to the fen, half up."""
    return (back * loss.part / loss.whole).quantize(FEN, ROUND_HALF_UP)

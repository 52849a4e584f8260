"""The rows of the ledgers by village or community."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from shouwang.fund.catalogue import Kept, Ledgers, Refused, Row
from shouwang.fund.entries import EntryError
from shouwang.risk.areas import below_township, community_name

LEDGERS = ("voucher", "entry", "cash_journal", "bank_journal", "bank_account", "account_balance")
SUB_DIGITS = 4


@dataclass
class Village:
    """The rows of one owner of accounts by ledger, and what its bank accounts are called in the books."""

    owner: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in LEDGERS})

    def __post_init__(self) -> None:
        self._subs: dict[str, str] | None = None

    def __getitem__(self, ledger: str) -> list[Row]:
        return self.rows[ledger]

    def sub(self, account: str | None) -> str:
        """What a bank account is called: its last digits, as many as tell the village's accounts apart.

        Empty where no account is written. More than the last four are shown only where two accounts share
        them.
        """
        if self._subs is None:
            known = sorted(
                {
                    str(row["account"])
                    for name in ("bank_journal", "bank_account")
                    for row in self.rows[name]
                    if row["account"]
                }
            )
            digits = SUB_DIGITS
            while len({one[-digits:] for one in known}) < len(known):
                digits += 1
            self._subs = {one: one[-digits:] for one in known}
        return self._subs.get(account, "") if account else ""

    @property
    def only_sub(self) -> str:
        """The bank account of a village that has one."""
        self.sub(None)
        found = set((self._subs or {}).values())
        return found.pop() if len(found) == 1 else ""


def refuse(
    kept: Kept, owner: str, number: str, on: dt.date | None, amount: Decimal | None, error: EntryError
) -> None:
    """Note what is in no book."""
    kept.refused.append(Refused(owner, number, on, amount, error))


def villages(ledgers: Ledgers, kept: Kept) -> Iterator[Village]:
    """Every village with rows, in order of its name; rows that name none are refused.

    Where no row of any ledger names one, all are of one owner.
    """
    found: defaultdict[str, Village] = defaultdict(lambda: Village(""))
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in LEDGERS:
        for row in ledgers.rows(f"accounting.{name}"):
            key = community_name(row["division"])
            found[key].rows[name].append(row)
            if key:
                written[key][below_township(row["division"])] += 1
    nobody = found.pop("", None)
    if nobody and not found:
        nobody.owner = _("村（社区）")
        yield nobody
        return
    for key in sorted(found):
        village = found[key]
        village.owner = min(written[key], key=lambda name: (-written[key][name], name))
        yield village
    if nobody:
        for name in ("voucher", "entry", "cash_journal", "bank_journal"):
            for row in nobody[name]:
                error = EntryError(
                    "no_owner",
                    _("没有写明是哪个村（社区）的账"),
                    _("在“村社区”一栏或表名、标题里写明。"),
                    row.place,
                )
                on = row["voucher_on"] if name == "voucher" else row["entered_on"]
                refuse(kept, "", row["voucher_no"] or "", on, None, error)

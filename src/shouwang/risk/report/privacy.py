"""What an output may show of a person: everything passes here before it is written.

Masked is the rule; clear is the exception, for a stated reason that every output repeats. Beside
the kinds that ledger columns declare there are names and numbers inside free text (a remark, a
shop called after its owner): names known from the snapshot are hidden there too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.fields import LedgerField
from shouwang.risk.findings import Finding, mask_value
from shouwang.risk.report.evidence import Row
from shouwang.risk.rule import Rule
from shouwang.snapshot.store import Snapshot
from shouwang.standards import masking

PERSONAL_SUBJECTS = ("person", "household")
LONGEST_NAME = 8
SHORT_NAMES_AT_MOST = 20_000
NAMES_AT_MOST = 300_000
"""Beyond so many distinct names half of all words are somebody's: 安全, 金额, 文化. Then names of two
characters, and beyond the greater number all names, are hidden in free text only where they stand
in the rows shown."""


class Privacy:
    """How values, texts and subjects are shown; ``unmask`` is the reason for showing them clear."""

    def __init__(self, unmask: str = "", names: Iterable[str] = (), persons: Iterable[str] = ()) -> None:
        """``names`` are hidden wherever they stand in free text, ``persons`` where they are a whole label."""
        self.reason = " ".join(unmask.split())
        self.masked = not self.reason
        self._names = frozenset(n for n in names if 2 <= len(n) <= LONGEST_NAME)
        self._persons = self._names | frozenset(persons)
        # Shops, remarks and units come again and again; so do the rows that several findings cite.
        self.text = lru_cache(maxsize=100_000)(self._text)
        self._personal = lru_cache(maxsize=200_000)(_personal)

    def statement(self) -> str:
        """The sentence that every output carries."""
        if self.masked:
            return _(
                "个人信息已隐去：姓名、证件号码、电话、账号和住址只显示一部分；"
                "只有 rejected.xlsx 为供改正而按原样列出退回的行。"
            )
        return _("个人信息未隐去，请妥善保管。理由：{reason}").format(reason=self.reason)

    def value(self, field: LedgerField, value: Any) -> str:
        """A cell of a ledger as it is shown; several values of one sheet row stand side by side."""
        if isinstance(value, list):
            return "、".join(shown for one in value if (shown := self.value(field, one)))
        text = cell(field, value)
        if not self.masked or not text:
            return text
        if field.mask:
            return mask_value(text, field.mask)
        if field.kind == "date" and "birth" in field.name:
            # The day of birth and the ends of the number together give the number away.
            return f"{text[:4]}-**-**"
        if field.kind == "code":
            return masking.mask_text(text)
        if field.kind == "text" and not field.values and field.stands_in != "division":
            return self.text(text)
        return text

    def label(self, text: str) -> str:
        """The heading under which something is counted: a community as a rule, but it may be a person."""
        if not self.masked:
            return text
        return masking.mask_name(text) if text in self._persons else self.text(text)

    def place(self, name: str) -> str:
        """The name of a file or sheet: numbers are hidden, words stay, or no row could be found again."""
        return masking.mask_text(name) if self.masked else name

    def _text(self, text: str, spare: str = "") -> str:
        """Free text with numbers, and the names known from the snapshot, hidden.

        A name that is also a word of ``spare`` (the sentence of a rule) is left alone.
        """
        if not self.masked or not text:
            return text
        return masking.mask_text(_hide(text, self._names, spare))

    def known(self, rows: Iterable[Row]) -> dict[str, str]:
        """The clear personal values in these rows, each with its masked form; longest first."""
        found: dict[str, str] = {}
        if self.masked:
            for row in rows:
                found.update(self._personal(row))
        return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))

    def subject(self, finding: Finding, rule: Rule, known: Mapping[str, str]) -> tuple[str, str]:
        """The subject's name and its ID or number, as they are shown."""
        name, identifier = finding.subject_name, finding.subject_id
        if not self.masked:
            return name, identifier
        if rule.subject == "person":
            identifier = known.get(identifier) or (identifier and masking.mask_id(identifier))
        else:
            identifier = self.cover(identifier, known)
        if rule.subject in PERSONAL_SUBJECTS or name in self._persons:
            name = known.get(name) or (name and masking.mask_name(name))
        else:
            name = self.cover(name, known)
        return name, identifier

    def sentence(self, finding: Finding, known: Mapping[str, str]) -> str:
        """The sentence of a finding as it is shown."""
        if not self.masked:
            return finding.say(masked=False)
        return self.cover(finding.say(masked=True), known, finding.sentence)

    def cover(self, text: str, known: Mapping[str, str], spare: str = "") -> str:
        """Free text with the ``known`` clear values replaced by their masked forms as well."""
        for clear, hidden in known.items():
            if clear in text and clear not in spare:
                text = text.replace(clear, hidden)
        return self.text(text, spare)


def _personal(row: Row) -> tuple[tuple[str, str], ...]:
    """The clear personal values of a row with their masked forms."""
    return tuple(
        (str(one), mask_value(str(one), field.mask))
        for field, value in row.cells
        if field.mask and field.mask != "address"
        for one in (value if isinstance(value, list) else [value])
        if one and len(str(one)) > 1
    )


def _hide(text: str, names: frozenset[str], spare: str) -> str:
    """The text with every name of ``names`` in it masked; the longest one at a place counts."""
    if not names:
        return text
    out: list[str] = []
    i = 0
    while i < len(text):
        for length in range(min(LONGEST_NAME, len(text) - i), 1, -1):
            piece = text[i : i + length]
            if piece in names and piece not in spare:
                out.append(masking.mask_name(piece))
                i += length
                break
        else:
            out.append(text[i])
            i += 1
    return "".join(out)


def names_in(snapshot: Snapshot, also: Iterable[str] = ()) -> set[str]:
    """The distinct personal names in a snapshot, or only ``also`` where there are too many."""
    import duckdb

    found = set(also)
    with duckdb.connect() as connection:
        for ledger in sorted({part.ledger for part in snapshot.parts}):
            columns = [n for n, f in ledgers()[ledger].fields.items() if f.mask == "name"]
            paths = [str(snapshot.root / part.path) for part in snapshot.parts_of(ledger)]
            for column in columns:
                rows = connection.execute(
                    f'SELECT DISTINCT "{column}" FROM read_parquet(?) WHERE length("{column}") > 1 LIMIT ?',  # noqa: S608
                    [paths, NAMES_AT_MOST],
                ).fetchall()
                found.update(name for (name,) in rows)
                if len(found) >= NAMES_AT_MOST:
                    return set(also)
    if len(found) > SHORT_NAMES_AT_MOST:
        return {name for name in found if len(name) > 2} | set(also)
    return found


def persons_among(snapshot: Snapshot, labels: Iterable[str]) -> set[str]:
    """Which of these labels are the name of a person in a ledger; however many names there are."""
    import duckdb

    asked = sorted({label for label in labels if len(label) > 1})
    found: set[str] = set()
    if not asked:
        return found
    with duckdb.connect() as connection:
        for ledger in sorted({part.ledger for part in snapshot.parts}):
            paths = [str(snapshot.root / part.path) for part in snapshot.parts_of(ledger)]
            for column, field in ledgers()[ledger].fields.items():
                if field.mask == "name":
                    rows = connection.execute(
                        f'SELECT DISTINCT "{column}" FROM read_parquet(?) '  # noqa: S608 a declared column
                        f'WHERE list_contains(?, "{column}")',
                        [paths, asked],
                    ).fetchall()
                    found.update(name for (name,) in rows)
    return found


def cell(field: LedgerField, value: Any) -> str:
    """A ledger's value as a table shows it: 2023-07-05, 2023-07, 1,860.00, 是; "" when missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
    if isinstance(value, dt.date):
        return value.isoformat()[:7] if field.kind == "month" else value.isoformat()
    if isinstance(value, Decimal):
        if field.kind == "money":
            return f"{value:,.2f}"
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)

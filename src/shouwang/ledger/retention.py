"""Retention (留存): how long personal data is kept, and what becomes of it then.

The office says it in ``retention.yaml`` of its home. The requirements give no periods, so without that file
there is none::

    assistance.application:
      years: 5                    # or months
      of: decided_on              # counted from this date column
      do: anonymise               # or delete
      when: {decision: 不予批准}    # only rows with these values (optional)
      basis: 区民政局〔2023〕7号

``anonymise`` takes out of a row what names a person, and leaves what statistics need. Rows that somebody
still needs, such as the evidence of an open finding, are held back (:func:`hold_back`).
"""

from __future__ import annotations

import calendar
import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.home import home
from shouwang.ledger.base import Ledger, SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.fields import LedgerField, PersonField
from shouwang.ledger.words import DATES
from shouwang.standards.masking import mask_text

FILE: Final = "retention.yaml"
BATCH: Final = 500
REPLACED: Final = "（已匿名）"
GONE: Final = "ANON"
"""What a resident ID number that must not be empty begins with once it is taken out."""

Hold = Callable[[str, Iterable[int]], set[int]]
_HOLDS: list[Hold] = []


def hold_back(holder: Hold) -> None:
    """Let a room name rows that must stay: ``holder(ledger, keys)`` gives those of the keys that do."""
    if holder not in _HOLDS:
        _HOLDS.append(holder)


class RetentionError(ValueError):
    """A retention file that can't be read as such: names file, ledger and what is wrong."""


@dataclass(frozen=True)
class Rule:
    """How long the rows of a ledger are kept."""

    spec: SheetSpec
    months: int
    of: str
    do: str
    when: tuple[tuple[str, str], ...] = ()
    basis: str = ""

    def before(self, day: dt.date) -> dt.date:
        """Rows dated before this are due on the day: so many months earlier, at most the month's last."""
        year, month = divmod(day.year * 12 + day.month - 1 - self.months, 12)
        last = calendar.monthrange(max(year, 1), month + 1)[1]
        return dt.date(max(year, 1), month + 1, min(day.day, last))

    def rows(self, day: dt.date) -> models.QuerySet[Any]:
        """The rows that are due, in order; those that were anonymised before are among them."""
        found = self.spec.model._default_manager.filter(
            **{f"{self.of}__lt": self.before(day), **dict(self.when)}
        )
        return found.order_by("pk")


@dataclass
class Due:
    """What a rule asks for on a day: how many rows, how many of them are held back, a few of their keys."""

    rule: Rule
    rows: int = 0
    held: int = 0
    sample: list[int] = field(default_factory=list)


def rules(path: Path | None = None) -> list[Rule]:
    """The office's rules; none where there is no file. :class:`RetentionError` for a wrong one."""
    source = path or home() / FILE
    try:
        body = yaml.safe_load(source.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise RetentionError(_("{file} 读不了：{error}").format(file=source.name, error=error)) from error
    if body is None:
        return []
    if not isinstance(body, dict):
        raise RetentionError(_("{file} 应是“台账: 规则”的列表").format(file=source.name))
    return [_rule(source.name, str(name), entry) for name, entry in body.items()]


def _rule(file: str, name: str, entry: Any) -> Rule:
    where = f"{file}: {name}"
    spec = ledgers().get(name)
    if spec is None:
        raise RetentionError(_("{where}：没有这本台账").format(where=where))
    if not isinstance(entry, dict) or set(entry) - {"years", "months", "of", "do", "when", "basis"}:
        raise RetentionError(_("{where}：只能有 years 或 months、of、do、when、basis").format(where=where))
    months = entry.get("months", 0) if "months" in entry else entry.get("years", 0)
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise RetentionError(
            _("{where}：请写明保存几年（years）或几个月（months），至少 1").format(where=where)
        )
    column = spec.fields.get(str(entry.get("of", "")))
    if column is None or column.kind not in DATES:
        dates = "、".join(n for n, f in spec.fields.items() if f.kind in DATES)
        raise RetentionError(_("{where}：of 应是一个日期栏目：{dates}").format(where=where, dates=dates))
    if entry.get("do") not in ("anonymise", "delete"):
        raise RetentionError(_("{where}：do 应是 anonymise（匿名）或 delete（删除）").format(where=where))
    when = entry.get("when") or {}
    if not isinstance(when, dict) or set(map(str, when)) - set(spec.fields):
        raise RetentionError(_("{where}：when 里有这本台账没有的栏目").format(where=where))
    return Rule(
        spec,
        months * (1 if "months" in entry else 12),
        str(entry["of"]),
        str(entry["do"]),
        tuple((str(k), str(v)) for k, v in when.items()),
        str(entry.get("basis", "")),
    )


def plan(day: dt.date | None = None, path: Path | None = None) -> list[Due]:
    """What would happen on a day, and nothing does: the dry run."""
    today = day or timezone.localdate()
    return [_look(rule, today) for rule in rules(path)]


def _look(rule: Rule, day: dt.date) -> Due:
    due = Due(rule)
    for rows in _batches(rule, day):
        held = _held(rule, rows)
        due.held += len(held)
        due.rows += len(rows) - len(held)
        due.sample += [row.pk for row in rows if row.pk not in held][: 5 - len(due.sample)]
    return due


def _batches(rule: Rule, day: dt.date) -> Iterator[list[Ledger]]:
    """The rows of which something is left to do, in portions; what is done meanwhile is not seen again."""
    last = 0
    while rows := list(rule.rows(day).filter(pk__gt=last)[:BATCH]):
        last = rows[-1].pk
        if left := [row for row in rows if rule.do == "delete" or anonymous(row)]:
            yield left


def _held(rule: Rule, rows: list[Ledger]) -> set[int]:
    keys = [row.pk for row in rows]
    return set().union(*(holder(rule.spec.name, keys) for holder in _HOLDS)) if _HOLDS else set()


def carry_out(day: dt.date | None = None, path: Path | None = None) -> list[Due]:
    """Do what :func:`plan` tells, a portion a transaction; ended half-way, it is taken up where it was.

    Needs somebody acting (``trail.acting``). Every row leaves an event that names the rule's basis.
    """
    today = day or timezone.localdate()
    done = []
    for rule in rules(path):
        due = Due(rule)
        for rows in _batches(rule, today):
            _do(rule, rows, due)
        done.append(due)
    return done


def _do(rule: Rule, seen: list[Ledger], due: Due) -> None:
    reason = _("保存期满（{months}个月）{basis}").format(months=rule.months, basis=rule.basis)
    with trail.change(f"retention.{rule.do}", reason=reason) as doing:
        # Read again under the lock: somebody may have moved a date or opened a finding since.
        rows = list(
            rule.rows(timezone.localdate()).select_for_update().filter(pk__in=[row.pk for row in seen])
        )
        held = _held(rule, rows)
        due.held += len(held)
        for row in rows:
            if row.pk not in held:
                due.rows += 1
                _let_go(row, rule, doing)


def _let_go(row: Ledger, rule: Rule, doing: trail.Change) -> None:
    """Delete or anonymise one row. Its event says which columns, and nothing of what stood in them.

    That is why it goes around what the ledger's own ``save`` and ``delete`` tell the trail.
    """
    facts: dict[str, Any] = {"deleted": 1}
    itself = type(row)._base_manager.filter(pk=row.pk)
    if rule.do == "delete":
        itself._raw_delete(itself.db)
    else:
        changes = anonymous(row)
        for name, value in changes.items():
            setattr(row, name, value)
        row.derive()
        derived = {"key_digest": row.key_digest, "words": row.words, "changed_at": timezone.now()}
        itself.update(**changes, **derived, row_version=models.F("row_version") + 1)
        facts = {"columns": sorted(changes)}
    doing.note(rule.spec.name, row.pk, division_code=row.division_code, **facts)


def anonymous(row: Ledger) -> dict[str, Any]:
    """What has to change in a row so that it names nobody: new values by column; empty when it names nobody.

    Columns with personal data are emptied, or replaced where they must not be empty; of a birthday the year
    stays. Free text loses the names that stand in the row itself, and numbers that may be personal.
    """
    changes: dict[str, Any] = {}
    names = [v for n, f in row.spec.fields.items() if f.mask == "name" and (v := getattr(row, n))]
    for name, column in row.spec.fields.items():
        value = getattr(row, name)
        if value in (None, ""):
            continue
        if column.kind == "date" and name.startswith("birth"):
            if value != (year := value.replace(month=1, day=1)):
                changes[name] = year
        elif column.mask:
            if value != (new := _replacement(column, str(value))):
                changes[name] = new
        elif _free(column) and value != (text := _bare(str(value), names)):
            changes[name] = text
    return changes


def _free(column: LedgerField) -> bool:
    """Whether people write into the column what they like."""
    return column.kind == "text" and not column.values and column.stands_in != "division"


def _replacement(column: LedgerField, value: str) -> str | None:
    if column.null:
        return None
    if isinstance(column, PersonField):
        # Each another, so that the rows of one person can't be put together, nor collide in their keys.
        return value if value.startswith(GONE) else GONE + secrets.token_hex(7).upper()
    return REPLACED


def _bare(text: str, names: list[str]) -> str:
    for name in names:
        if name != REPLACED and len(name) > 1:
            text = text.replace(name, REPLACED)
    return mask_text(text)

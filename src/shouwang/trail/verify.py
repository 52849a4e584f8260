"""Verification: every event and every seal recomputed from what the tables say now.

Each thing that is wrong is a :class:`Fault` that names the event or the seal and says what it means. What
was changed by somebody who recomputed the digest too is caught by the seal over it; what was cut off together
with its seals, by the seal that this computer remembers outside of the database, and by those published.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shouwang.trail import triggers
from shouwang.trail.models import Event, Seal
from shouwang.trail.recompute import Found, Range, chunks, recompute, recompute_in_parallel, server_side
from shouwang.trail.seal import anchor, said_by

NAMED = 100
"""So many faults are named; more are counted."""
PARALLEL_FROM = 500_000
"""From so many events on, every processor works."""


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written. ``event`` and ``seal`` are numbers, where it has one."""

    kind: str
    text: str
    event: int | None = None
    seal: int | None = None


@dataclass
class Report:
    """What a verification found."""

    events: int = 0
    seals: int = 0
    unsealed: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def intact(self) -> bool:
        """Whether everything is as it was written."""
        return not self.faults

    def add(self, fault: Fault) -> None:
        """Name a fault, or count it where there are too many to name."""
        if len(self.faults) < NAMED:
            self.faults.append(fault)
        else:
            self.more += 1


def verify(published: str = "") -> Report:
    """Recompute everything. ``published`` is the digest of a published seal, which must be in the chain."""
    report, began = Report(), time.monotonic()
    with transaction.atomic():
        _check_triggers(report)
        seals = list(Seal.objects.order_by("pk"))
        _check_chain(report, seals)
        _check_anchor(report, seals, published)
        _check_events(report, seals)
    report.seals = len(seals)
    report.seconds = time.monotonic() - began
    return report


def _check_triggers(report: Report) -> None:
    for name in triggers.missing(connection):
        report.add(Fault("trigger", _("防止改动留痕的触发器 %(name)s 不在或已停用") % {"name": name}))


def _check_chain(report: Report, seals: list[Seal]) -> None:
    previous, after = "", 0
    for seal in seals:
        if said_by(seal) != seal.digest:
            report.add(Fault("seal-changed", _("第%(n)s号封印被改动过") % {"n": seal.pk}, seal=seal.pk))
        if seal.previous != previous or seal.first != after + 1:
            text = _("第%(n)s号封印接不上前一封印：其间有封印被删去或改写") % {"n": seal.pk}
            report.add(Fault("chain", text, seal=seal.pk))
        previous, after = seal.digest, seal.last


def _check_anchor(report: Report, seals: list[Seal], published: str) -> None:
    by_digest = {seal.digest for seal in seals}
    try:
        known = anchor()
    except (ValueError, TypeError):
        report.add(Fault("anchor", _("记着最后封印的文件 last-seal.json 已损坏")))
        known = None
    if known is not None and known.digest not in by_digest:
        text = _("本机记得的最后封印（第%(n)s号）不在库中：留痕的末尾被截去，或数据库换成了较早的备份")
        report.add(Fault("cut", text % {"n": known.seal}, seal=known.seal))
    if published and "".join(published.split()).lower() not in by_digest:
        report.add(Fault("published", _("公布的封印不在库中：其后的留痕被改写过，或抄写有误")))


def _fetch(sql: str) -> Iterator[Any]:
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        yield from server_side(connection.connection, sql)
    else:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield from chunks(cursor)


def _address() -> dict[str, Any] | None:
    """How another process opens the database; None where it is in the memory of this one."""
    if connection.vendor == "postgresql":
        known = connection.get_connection_params()
        return {key: known[key] for key in ("host", "port", "user", "password", "dbname") if known.get(key)}
    name = str(connection.settings_dict["NAME"])
    return None if "memory" in name else {"database": name}


def _check_events(report: Report, seals: list[Seal]) -> None:
    """All events: under their seals, then those that have none yet."""
    by_number = {seal.pk: seal for seal in seals}
    ranges = [Range(seal.pk, seal.first, seal.last) for seal in seals if seal.first <= seal.last]
    end = max((one.last for one in ranges), default=0)
    tail = Range(0, end + 1, 2**62)
    for number in Event.objects.filter(pk__lt=1).order_by("pk").values_list("pk", flat=True)[: NAMED + 1]:
        report.add(Fault("event-added", _("编号%(n)s的留痕是混入的") % {"n": number}, event=number))
    address = _address()
    sealed: Iterable[Found] = ()
    if ranges and _follow(ranges):
        if address is not None and end >= PARALLEL_FROM:
            sealed = recompute_in_parallel(connection.vendor, address, ranges)
        else:
            sealed = recompute(_fetch, connection.vendor, ranges)
    elif ranges:  # a tampered chain: each seal for itself
        sealed = (found for one in ranges for found in recompute(_fetch, connection.vendor, [one]))
    for found in sealed:
        _tell(report, found)
        _check_seal(report, by_number[found.range.seal], found)
    [rest] = recompute(_fetch, connection.vendor, [tail])
    if connection.vendor == "sqlite" and (given := triggers.last_number(connection)) > end:
        there = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        if given > max(there, end):
            rest.gaps.append((max(there, end) + 1, given))
    report.unsealed = rest.count
    _tell(report, rest)


def _follow(ranges: list[Range]) -> bool:
    """Whether ranges stand in order and none reaches into the next."""
    return all(one.last < other.first for one, other in pairwise(ranges))


def _tell(report: Report, found: Found) -> None:
    report.events += found.count
    report.more += found.more
    for number in found.changed:
        text = _("第%(n)s条留痕的内容被改动过：与它的摘要不符") % {"n": number}
        report.add(Fault("event-changed", text, event=number))
    if connection.vendor == "sqlite":  # PostgreSQL draws numbers also for what comes to nothing
        for first, last in found.gaps:
            words = {"first": first, "last": last, "count": last - first + 1}
            text = _("第%(first)s至%(last)s条留痕不见了，共%(count)s条：被删去") % words
            report.add(Fault("event-missing", text, event=first))


def _check_seal(report: Report, seal: Seal, found: Found) -> None:
    words = {"n": seal.pk, "first": seal.first, "last": seal.last, "count": seal.count, "found": found.count}
    if found.count != seal.count:
        text = _("第%(n)s号封印下（第%(first)s至%(last)s条）应有%(count)s条留痕，现有%(found)s条") % words
        report.add(Fault("count", text, seal=seal.pk, event=seal.first))
    elif found.root != seal.root:
        text = _("第%(n)s号封印下（第%(first)s至%(last)s条）有留痕连同摘要被改写，或次序被调换") % words
        report.add(Fault("root", text, seal=seal.pk, event=seal.first))

"""The seal of the day: one line that is printed, posted or put into a bulletin.

Who holds the line can later prove that the trail up to that day is still the one it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.trail.models import Seal


def grouped(digest: str) -> str:
    """A digest in groups of eight, as people copy it."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


@dataclass(frozen=True)
class DaySeal:
    """The last seal of a day, with the number of events up to it."""

    day: dt.date
    seal: Seal
    events: int

    @property
    def digest(self) -> str:
        """The digest in groups."""
        return grouped(self.seal.digest)

    @property
    def line(self) -> str:
        """What is published."""
        return _("守望留痕 %(day)s 第%(number)s号封印 共%(events)s条 %(digest)s") % {
            "day": self.day.isoformat(),
            "number": self.seal.pk,
            "events": self.events,
            "digest": self.digest,
        }


def bounds(day: dt.date) -> tuple[int, int]:
    """The microseconds since 1970 from midnight to midnight, local time."""
    zone = timezone.get_current_timezone()
    start = dt.datetime.combine(day, dt.time(), zone)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    return int(start.timestamp()) * 1_000_000, int(end.timestamp()) * 1_000_000


def seal_of(day: dt.date) -> DaySeal | None:
    """The seal of a day; None where nothing was sealed on it."""
    start, end = bounds(day)
    last = Seal.objects.filter(moment__gte=start, moment__lt=end).order_by("-pk").first()
    if last is None:
        return None
    events = Seal.objects.filter(pk__lte=last.pk).aggregate(total=Sum("count"))["total"]
    return DaySeal(day, last, events)


def day_seals(first: dt.date, last: dt.date) -> list[DaySeal]:
    """The seals of the days from first to last, the newest first; days without one are left out."""
    start, end = bounds(first)[0], bounds(last)[1]
    events = Seal.objects.filter(moment__lt=start).aggregate(total=Sum("count"))["total"] or 0
    found: dict[dt.date, tuple[int, int]] = {}
    rows = Seal.objects.filter(moment__gte=start, moment__lt=end).order_by("pk")
    for key, moment, count in rows.values_list("pk", "moment", "count"):
        events += count
        found[timezone.localtime(dt.datetime.fromtimestamp(moment / 1_000_000, dt.UTC)).date()] = key, events
    seals = Seal.objects.in_bulk([key for key, _events in found.values()])
    return [DaySeal(day, seals[key], total) for day, (key, total) in sorted(found.items(), reverse=True)]

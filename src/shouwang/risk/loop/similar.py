"""Whether what somebody is about to report is on file already: same matter, near by, not long ago."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone

from shouwang.access.models import User
from shouwang.risk.loop.machine import OPEN
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding
from shouwang.standards.text import normalise

WINDOW: Final = dt.timedelta(days=90)
NEAR: Final = 150.0
"""Metres: what a telephone's position is off by between houses, and the width of a yard."""
OFFERED: Final = 5
EARTH: Final = 6_371_008.8
"""Mean radius in metres (IUGG)."""


@dataclass(frozen=True)
class Similar:
    """An open finding that may be the same; ``metres`` where both positions are known."""

    finding: Finding
    metres: float | None


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance of two places on the sphere, in metres (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    h = math.sin((b - a) / 2) ** 2
    h += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def near(
    user: User,
    *,
    code: str,
    risk_point: str,
    division_code: str,
    place: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> list[Similar]:
    """The open findings the user can see that a new report may repeat, nearest first.

    Of the same risk point (without one, of the same code), reported within :data:`WINDOW`, and either
    within :data:`NEAR` metres or, where one of the two has no position, in the same division with a place
    written alike.
    """
    rows = Sight(user).visible().filter(status__in=sorted(OPEN), found_at__gte=timezone.now() - WINDOW)
    rows = rows.filter(risk_point=risk_point) if risk_point else rows.filter(code=code)
    here = latitude is not None and longitude is not None
    if here:
        assert latitude is not None and longitude is not None  # noqa: S101
        span = Decimal(NEAR / 111_000 * 1.1).quantize(Decimal("0.000001"))
        wide = span / max(Decimal(math.cos(math.radians(float(latitude)))), Decimal("0.01"))
        box = rows.filter(
            latitude__range=(latitude - span, latitude + span),
            longitude__range=(longitude - wide, longitude + wide),
        )
        found = [
            Similar(
                f,
                metres_between(
                    float(latitude), float(longitude), float(f.latitude or 0), float(f.longitude or 0)
                ),
            )
            for f in box[:200]
        ]
        close = sorted(
            (s for s in found if (s.metres or 0.0) <= NEAR), key=lambda s: (s.metres, s.finding.pk)
        )
        if close:
            return close[:OFFERED]
    wanted = _place(place)
    if not wanted:
        return []
    told = rows.filter(division_code=division_code)
    if here:
        told = told.filter(latitude__isnull=True)
    alike = [f for f in told.exclude(place="").order_by("-pk")[:500] if _alike(wanted, _place(f.place))]
    return [Similar(f, None) for f in alike[:OFFERED]]


def _place(text: str) -> str:
    return "".join(normalise(text).split())


def _alike(one: str, other: str) -> bool:
    """Whether one of the two names holds the other, for names that say enough to compare."""
    return min(len(one), len(other)) >= 2 and (one in other or other in one)

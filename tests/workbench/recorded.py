"""Findings of the tests, put on record without the loop: figures only count them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from shouwang import trail
from shouwang.risk.models import Finding
from shouwang.risk.rule import Severity

_numbers = count(1)


def finding(code: str, division_code: str, **given: Any) -> Finding:
    """A finding on record; ``found`` and ``closed`` are days, the other names those of its columns."""
    number = next(_numbers)
    found, closed = given.pop("found", None), given.pop("closed", None)
    values = {
        "source": "rule",
        "pack": code.partition(".")[0],
        "number": number,
        "identity": f"{number:064d}",
        "title": code,
        "sentence": "某某",
        "severity": Severity.HIGH.value,
        "amount": Decimal(100),
        **given,
    }
    if found:
        values["found_at"] = moment(found)
    if closed:
        values |= {"closed_at": moment(closed), "status": "closed"}
    made = Finding(code=code, division_code=division_code, **values)
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("finding.test"):
        made.save()
    return made


def moment(day: dt.date) -> dt.datetime:
    """Noon of a day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))

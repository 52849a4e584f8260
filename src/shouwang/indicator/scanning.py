"""What a scan of the database does for indicators: values on record, missed targets into the loop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import Area
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import evaluate
from shouwang.indicator.recording import Breach, breaches, record
from shouwang.risk.engine import Engine
from shouwang.risk.loop.intake import Noticed, enter, identity
from shouwang.risk.loop.responsible import Register
from shouwang.risk.models import Finding, ScanRun, Source
from shouwang.risk.parameters import Parameter
from shouwang.risk.rule import Severity
from shouwang.snapshot.store import Snapshot
from shouwang.trail import Change


def after_rules(
    *, run: ScanRun, engine: Engine, snapshot: Snapshot, parameters: Mapping[str, Parameter], **_signal: Any
) -> None:
    """Evaluate all indicators on the snapshot of a scan; the values and what is missed come on record."""
    evaluations = evaluate(engine, snapshot, indicators().values(), parameters, run.as_of)
    with trail.change("indicator.record") as doing:
        record(evaluations, run.as_of, doing=doing, scan=run.pk)
        let_in(breaches(run.as_of), run.as_of, doing=doing, parameters=dict(parameters))


def let_in(
    missed: list[Breach], day: dt.date, *, doing: Change, parameters: dict[str, Parameter]
) -> list[Finding]:
    """Make a finding of each missed target that is none yet, within an open change; the new ones.

    One target is one finding: what was closed stays closed, the next period has its own.
    """
    names = dict(Area.objects.values_list("code", "name"))
    noticed: dict[str, Noticed] = {}
    for each in missed:
        bearer = each.unit or names.get(each.division_code, each.division_code)
        unique = identity(each.indicator.code, f"{each.division_code}|{each.unit}", each.period)
        noticed[unique] = Noticed(_values(each, bearer, unique, day))
    known = set(Finding.objects.filter(identity__in=list(noticed)).values_list("identity", flat=True))
    fresh = [one for unique, one in sorted(noticed.items()) if unique not in known]
    return enter(fresh, doing=doing, register=Register(), parameters=parameters)


def _values(each: Breach, bearer: str, unique: str, day: dt.date) -> dict[str, Any]:
    indicator = each.indicator
    sentence = (
        _("{bearer}{period}的{label}为{value}{unit}，没有达到{target}{unit}")
        if each.direction == "up"
        else _("{bearer}{period}的{label}为{value}{unit}，超过{target}{unit}")
    )
    return {
        "source": Source.INDICATOR.value,
        "code": indicator.code,
        "identity": unique,
        "subject": each.unit or each.division_code,
        "subject_name": bearer,
        "organisation": each.unit,
        "key": each.period,
        "title": _("{label}未达目标").format(label=indicator.label)[:300],
        "sentence": sentence.format(
            bearer=bearer,
            period=each.period,
            label=indicator.label,
            value=_plain(each.value),
            target=_plain(each.target),
            unit=indicator.unit,
        ),
        "severity": Severity.MEDIUM.value,
        "on": day,
        "division_code": each.division_code,
    }


def _plain(number: Any) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

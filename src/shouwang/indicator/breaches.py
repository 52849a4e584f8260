"""A missed target enters the loop of findings: one finding an indicator, division and period."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext

from shouwang.access.models import Area
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, evaluate
from shouwang.risk.engine import open_engine
from shouwang.risk.loop.standing import Standing, settle, top
from shouwang.risk.models import ScanRun, Source
from shouwang.risk.scans import keeping
from shouwang.risk.values import in_force
from shouwang.snapshot.store import Snapshot
from shouwang.standards.reading import N_

TEXT = N_("{division}{period}“{label}”为{value}{unit}，目标{target}{unit}，未达到")


def latest_evaluations(day: dt.date | None = None) -> list[Evaluation]:
    """All indicators on the snapshot of the last scan; empty where there is none."""
    run = ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk").first()
    if run is None:
        return []
    try:
        snapshot = Snapshot.load(keeping.snapshots() / run.snapshot)
    except (OSError, ValueError):
        return []
    with tempfile.TemporaryDirectory(prefix="shouwang-indicators-") as scratch:
        engine = open_engine("duckdb", scratch=Path(scratch))
        try:
            return evaluate(engine, snapshot, indicators().values(), in_force(), day or run.as_of)
        finally:
            engine.close()


def notice_breaches(evaluations: Sequence[Evaluation]) -> dict[str, int]:
    """Let the missed targets of these evaluations into the loop; what could not be asked says nothing."""
    office = top()
    asked = [e for e in evaluations if e.status == "asked"]
    if not office or not asked:
        return {"new": 0, "back": 0, "gone": 0}
    areas = {a.name: a.code for a in Area.objects.order_by("-code")}
    told = []
    for one in asked:
        last = _last_periods(one)
        for value in one.values:
            if value.met is False and value.period == last.get(value.division):
                facts = {
                    "division": value.division,
                    "period": value.period,
                    "value": _figure(value.value),
                    "target": _figure(value.target),
                }
                chinese, english = (_worded(language, one, facts) for language in ("zh-hans", "en"))
                code = areas.get(value.division, office)
                told.append(
                    Standing(
                        value.code,
                        subject=value.division,
                        key=value.period,
                        title=chinese,
                        text=chinese,
                        severity="medium",
                        division_code=code,
                        text_en=english,
                        on=timezone.localdate(),
                    )
                )
    return settle(Source.INDICATOR, told, [e.indicator.code for e in asked])


def _last_periods(one: Evaluation) -> dict[str, str]:
    """The last period of each division: an old miss is history."""
    last: dict[str, str] = {}
    for value in one.values:
        last[value.division] = max(last.get(value.division, ""), value.period)
    return last


def _worded(language: str, one: Evaluation, facts: dict[str, str]) -> str:
    with translation.override(language):
        label, unit = gettext(one.indicator.label), one.indicator.unit
        return gettext(TEXT).format(label=label, unit=gettext(unit) if unit else "", **facts)


def _figure(number: Decimal | None) -> str:
    return "—" if number is None else f"{number.normalize():f}"

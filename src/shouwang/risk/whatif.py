"""What a change of a parameter would do: the rules that use it, asked with the old and with the new value.

Both are asked of the snapshot of the last scan and as of the same day (today, or the day from which the new
value is to count), so that what differs is the parameter's doing alone. Nothing comes on record.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from shouwang import trail
from shouwang.access.rights import SYSTEM, job
from shouwang.risk import catalogue
from shouwang.risk.engine import Outcome, ask, open_engine
from shouwang.risk.models import ScanRun
from shouwang.risk.models.parameter import ParameterChange
from shouwang.risk.parameters import Parameter
from shouwang.risk.scans import keeping
from shouwang.risk.values import ChangeRefused, approved, users_of, with_changes
from shouwang.snapshot.store import Snapshot
from shouwang.trail import Actor, acting


def parameters_with(change: ParameterChange) -> tuple[dict[str, Parameter], dict[str, Parameter]]:
    """The parameters without and with the change."""
    standing = approved()
    declared = catalogue.parameters()
    now = with_changes(declared, standing)
    if change.cancels_id is not None:
        return now, with_changes(declared, [c for c in standing if c.pk != change.cancels_id])
    return now, with_changes(declared, [*standing, change])


def preview(key: int) -> dict[str, Any]:
    """Compute what a proposed change would do and keep it with the proposal; what is kept.

    :class:`ChangeRefused` where nothing was scanned yet, or its snapshot is no longer there.
    """
    change = ParameterChange.objects.get(pk=key)
    run = ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk").first()
    try:
        snapshot = Snapshot.load(keeping.snapshots() / (run.snapshot if run else ""))
    except (OSError, ValueError) as error:
        raise ChangeRefused(_("还没有可用的快照，请先执行一次扫描")) from error
    day = max(timezone.localdate(), change.start or dt.date.min)
    rules = [catalogue.rules()[code] for code in users_of(change.name)]
    old, new = parameters_with(change)
    with tempfile.TemporaryDirectory(prefix="shouwang-whatif-") as scratch:
        engine = open_engine("duckdb", scratch=Path(scratch))
        try:
            before = ask(engine, snapshot, rules, old, day)
            after = ask(engine, snapshot, rules, new, day)
        finally:
            engine.close()
    told = {
        "as_of": day.isoformat(),
        "snapshot": snapshot.hash,
        "rules": [_compared(one, other) for one, other in zip(before, after, strict=True)],
    }
    with trail.change("parameter.preview"):
        kept = ParameterChange.objects.select_for_update().get(pk=key)
        kept.preview = told
        kept.save(update_fields=["preview"])
    return told


def _compared(before: Outcome, after: Outcome) -> dict[str, Any]:
    was, will = ({f.identity: f for f in outcome.findings} for outcome in (before, after))
    return {
        "code": before.rule.code,
        "status": [before.status, after.status],
        "count": [len(was), len(will)],
        "amount": [_sum(before), _sum(after)],
        "new": len(will.keys() - was.keys()),
        "gone": len(was.keys() - will.keys()),
        "changed": sum(was[key].amount != will[key].amount for key in was.keys() & will.keys()),
    }


def _sum(outcome: Outcome) -> str:
    return str(sum((f.amount or Decimal(0) for f in outcome.findings), Decimal(0)))


def totals(told: dict[str, Any]) -> dict[str, Any]:
    """The sums over all rules of a preview."""
    rules: Sequence[dict[str, Any]] = told["rules"]
    return {
        "count": [sum(r["count"][i] for r in rules) for i in (0, 1)],
        "amount": [sum((Decimal(r["amount"][i]) for r in rules), Decimal(0)) for i in (0, 1)],
        "new": sum(r["new"] for r in rules),
        "gone": sum(r["gone"] for r in rules),
    }


@task()
@job(SYSTEM)
def preview_change(key: int) -> bool:
    """Have the worker compute a preview."""
    with acting(Actor("job:whatif", "参数影响预览")):
        preview(key)
    return True

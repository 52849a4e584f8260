"""Samples that stay in the database: drawn of what a user may see, filled in, evaluated, drawn again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import User, code_range
from shouwang.access.scope import Scope, scope_of, scopes_by_subject
from shouwang.evidence import store
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store.rows import rows as stored_rows
from shouwang.risk.loop.intake import Cited, Report, report
from shouwang.risk.loop.sight import of_codes
from shouwang.risk.models import AuditSample, SampleItem, Source
from shouwang.risk.sampling.conclusion import Conclusion, conclude
from shouwang.risk.sampling.filled import Filled, FilledRow, plan_of
from shouwang.risk.sampling.paper import RESULTS, as_texts
from shouwang.risk.sampling.plan import Picked, Plan, design, take
from shouwang.risk.sampling.population import Population, PopulationError, of_table
from shouwang.snapshot.store import RowRef
from shouwang.standards.masking import mask_text

RIGHT = "sample.make"
MOST = 2_000
"""So many items one sample has at most: they are typed in one by one."""


class SampleRefused(ValueError):
    """What was asked for can't be done; the text says why."""


class _Stored:
    """Where the rows of the database came from."""

    hash = ""

    def __init__(self, table: pa.Table) -> None:
        columns = [table.column(name).to_pylist() for name in ("_ref", "_file", "_sheet", "_row")]
        self.known = {
            ref: RowRef(file, sheet, row or 0) for ref, file, sheet, row in zip(*columns, strict=True)
        }

    def locate(self, ref: int) -> RowRef:
        """File, sheet and row of the record with that number."""
        return self.known[ref]


def population_of(ledger: str, division_code: str, *, amount: str = "") -> Population:
    """The rows that a ledger has in a division, as they are now. PopulationError where there are none."""
    spec = ledgers()[ledger]
    low, high = code_range(division_code)
    mine = spec.model._default_manager.filter(division_code__gte=low, division_code__lte=high)
    with transaction.atomic():
        batches = list(stored_rows(spec, of=mine))
    if not batches:
        raise PopulationError(_("这个区划在{ledger}里没有记录").format(ledger=_(spec.title)))
    table = pa.Table.from_batches(batches)
    table = table.append_column("_ref", table.column("_id"))
    return of_table(spec, table, _Stored(table), amount=amount)


def frame_of(rows: Population) -> str:
    """The hash of what a sample is drawn of: every key with its amount, in order."""
    lines = (f"{k}\x1f{'' if a is None else a}\n" for k, a in zip(rows.keys, rows.amounts, strict=True))
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode())
    return found.hexdigest()


def covers(scope: Scope, division_code: str) -> bool:
    """Whether a division lies in a scope as a whole."""
    low, high = code_range(division_code)
    return scope.covers(low) and scope.covers(high)


def may_sample(user: User, ledger: str, division_code: str) -> bool:
    """Whether the user may sample all that a ledger has in a division: both sample it and see it."""
    return all(covers(scope_of(user, right, ledger), division_code) for right in (RIGHT, "ledger.view"))


def visible(user: User) -> QuerySet[AuditSample]:
    """The samples of the ledgers and divisions in which the user may sample."""
    condition = Q(pk__in=[])
    for patterns, scope in scopes_by_subject(user, RIGHT):
        condition |= of_codes(patterns, "ledger") & scope.within()
    found: QuerySet[AuditSample] = AuditSample.objects.filter(condition)
    return found


def draw(user: User, plan: Plan, division_code: str) -> AuditSample:
    """Draw a sample by a plan and keep it with its seed. SampleRefused, PopulationError, SamplingError."""
    if not may_sample(user, plan.ledger, division_code):
        raise SampleRefused(_("您的岗位不能在这一区划抽查这本台账"))
    rows = population_of(plan.ledger, division_code, amount=plan.amount)
    made, picked = take(design(plan, rows), rows)
    if len(picked) > MOST:
        raise SampleRefused(_("样本有 {n} 项，超过 {most} 项：请放宽要求").format(n=len(picked), most=MOST))
    with trail.change("sample.draw", reason=mask_text(plan.purpose)):
        sample = AuditSample(
            ledger=plan.ledger,
            division_code=division_code,
            plan=as_texts(made),
            seed=made.seed,
            frame=frame_of(rows),
            population=len(rows),
            purpose=mask_text(plan.purpose),
            made_by=user,
        )
        sample.save()
        SampleItem.objects.bulk_create(_items(sample, rows, picked))
    return sample


def _items(sample: AuditSample, rows: Population, picked: Sequence[Picked]) -> list[SampleItem]:
    refs = rows.rows.column("_ref")
    made = []
    for number, one in enumerate(picked, 1):
        place, amount = rows.place(one.at), rows.amounts[one.at]
        made.append(
            SampleItem(
                sample=sample,
                number=number,
                record=refs[one.at].as_py(),
                file=place.file,
                sheet=place.sheet,
                row=place.row or None,
                stratum=one.stratum[:200],
                hits=one.hits,
                whole=one.whole,
                book=None if amount is None else round(amount, 2),
            )
        )
    return made


@dataclass(frozen=True)
class Redrawn:
    """What drawing once more came to: the same frame, the same rows; how many rows there are now."""

    frame: bool
    same: bool
    rows: int


def redraw(user: User, sample: AuditSample) -> Redrawn:
    """Draw again by the plan kept, out of the ledger as it is now."""
    if not may_sample(user, sample.ledger, sample.division_code):
        raise SampleRefused(_("您的岗位不能在这一区划抽查这本台账"))
    plan = plan_of(sample.plan)
    rows = population_of(sample.ledger, sample.division_code, amount=plan.amount)
    _made, picked = take(plan, rows)
    refs = rows.rows.column("_ref")
    drawn = [refs[one.at].as_py() for one in picked]
    kept = list(sample.items.order_by("number").values_list("record", flat=True))
    found = Redrawn(frame_of(rows) == sample.frame, drawn == kept, len(rows))
    trail.record(
        "sample.redraw", "risk.auditsample", sample.pk,
        division_code=sample.division_code, same=found.same, frame=found.frame,
    )  # fmt: skip
    return found


def check(
    user: User,
    sample: AuditSample,
    number: int,
    *,
    version: int,
    result: str,
    audited: Decimal | None = None,
    remark: str = "",
    severity: str = "medium",
    uploads: Sequence[Any] = (),
) -> SampleItem:
    """Type in what came out of one item; a deviation becomes a finding, once. SampleRefused tells why not.

    The finding's right is that of reporting it (``finding.report`` on ``<pack>.sample``).
    """
    if not may_sample(user, sample.ledger, sample.division_code):
        raise SampleRefused(_("您的岗位不能在这一区划抽查这本台账"))
    if result not in RESULTS:
        raise SampleRefused(_("请选择核查结果"))
    with trail.change("sample.check", reason=mask_text(remark)[:200]):
        item: SampleItem = SampleItem.objects.select_for_update().get(sample=sample, number=number)
        if item.version != version:
            raise SampleRefused(_("这一项刚被别人填过，请重新打开"))
        item.audited = _audited(sample, item, result, audited)
        if result != "ok" and not remark.strip():
            raise SampleRefused(_("请写明偏差，或为什么无法核查"))
        item.result, item.remark = result, mask_text(remark.strip())[:1000]
        item.checked_by, item.checked_at, item.version = user, timezone.now(), item.version + 1
        if result == "wrong" and item.finding is None:
            item.finding = report(user, _told(sample, item, remark.strip(), severity, uploads))
        elif uploads and item.finding is not None:
            for kept in uploads:
                store.attach(kept, "risk.finding", item.finding.pk, division_code=sample.division_code)
        item.save()
    return item


def _audited(sample: AuditSample, item: SampleItem, result: str, audited: Decimal | None) -> Decimal | None:
    monetary = sample.plan["method"] == "mus"
    if result == "ok":
        if audited is not None and audited != item.book:
            raise SampleRefused(_("相符的，审定金额应与账面金额相同"))
        return item.book
    if result == "unseen":  # counts against the conclusion: as misstated by all of it
        return Decimal(0) if item.book is not None else None
    if monetary and audited is None:
        raise SampleRefused(_("有偏差的，请填审定金额"))
    if monetary and audited == item.book:
        raise SampleRefused(_("有偏差而审定金额等于账面金额"))
    return audited


def _told(
    sample: AuditSample, item: SampleItem, remark: str, severity: str, uploads: Sequence[Any]
) -> Report:
    spec = ledgers()[sample.ledger]
    row = spec.model._default_manager.filter(pk=item.record).first()
    amount = abs(item.book - item.audited) if item.book is not None and item.audited is not None else None
    return Report(
        Source.SAMPLE,
        row.division_code if row is not None else sample.division_code,
        _("抽查{ledger}发现偏差（样本 {sample} 第 {number} 项）").format(
            ledger=_(spec.title), sample=sample.pk, number=item.number
        ),
        remark,
        severity,
        pack=spec.pack,
        amount=amount,
        files=tuple(uploads),
        evidence=(Cited(sample.ledger, item.record, item.file, item.sheet, item.row),),
        token=f"sample:{sample.pk}:{item.number}",
    )


def filled(sample: AuditSample, items: Iterable[SampleItem]) -> Filled:
    """A sample and its items as the evaluation takes them; ``problems`` where items are still open."""
    found = Filled(plan_of(sample.plan))
    for item in items:
        found.rows.append(
            FilledRow(
                item.number, item.number, item.stratum, 0 if item.whole else item.hits, item.whole, item.file,
                item.sheet, item.row or 0, item.book, item.result, item.audited, item.remark,
            )
        )  # fmt: skip
        if not item.result:
            found.problems.append(str(item.number))
    return found


def evaluate(sample: AuditSample, items: Iterable[SampleItem] | None = None) -> Conclusion | None:
    """What the sample says of the whole, in the active language; None while items are open.

    ``items`` are its items in order, where they are at hand.
    """
    now = filled(sample, sample.items.order_by("number") if items is None else items)
    return None if now.problems else conclude(now)

"""Findings over the API: list, one, its timeline, its steps, and reports from elsewhere."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema
from ninja import Status as Answer
from pydantic import WithJsonSchema

from shouwang.access.middleware import user_of
from shouwang.api.auth import needs
from shouwang.api.describing import ProblemBody
from shouwang.api.fields import Day, Moment, Whole
from shouwang.api.idempotency import once
from shouwang.api.paging import Page, Paging, page
from shouwang.api.problems import Conflict, Problem
from shouwang.risk.loop import intake, steps
from shouwang.risk.loop.machine import ACTIONS, Refused, Stale, Status
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding
from shouwang.risk.models.finding import Source
from shouwang.risk.rule import Severity

router = Router(tags=["findings"])


def _one_of(values: Iterable[str]) -> WithJsonSchema:
    """What the description says of a text that is looked at further on."""
    return WithJsonSchema({"type": "string", "enum": list(values)})


Action = Annotated[str, _one_of(a.code for a in ACTIONS.values() if not a.system)]


class FindingOut(Schema):
    """A finding; names and numbers of persons are masked."""

    id: int
    name: str
    code: str
    title: str
    sentence: str
    source: Source
    severity: Severity
    status: Status
    division_code: str
    subject_name: str
    place: str
    on: dt.date | None
    amount: Decimal | None
    due: dt.date | None
    post: int | None
    version: int
    found_at: dt.datetime
    closed_at: dt.datetime | None


class EvidenceOut(Schema):
    """A row that proves a finding."""

    ledger: str
    record: int
    file: str
    sheet: str
    row: int | None


class StepOut(Schema):
    """A step of the timeline."""

    action: str
    at: dt.datetime
    name: str
    duty: str
    before: str
    after: str
    reason: str


class FindingDetail(FindingOut):
    """A finding with its evidence, timeline and the steps that the token's user can take now."""

    evidence: list[EvidenceOut]
    steps: list[StepOut]
    possible: list[str]


class Filter(Schema):
    """Which findings are wanted; everything left out is not asked for."""

    status: Status | None = None
    severity: Severity | None = None
    code: str = Field("", max_length=100, description="规则或风险点")
    pack: str = Field("", max_length=40)
    changed_since: Moment | None = None


class StepIn(Schema):
    """A step to be taken. ``version`` is that of the finding the decision rests on."""

    version: Whole = Field(ge=0, le=2**31 - 1)
    reason: str = Field("", max_length=steps.LONGEST_TEXT)
    measures: str = Field("", max_length=steps.LONGEST_TEXT)
    proof: str = Field("", max_length=steps.LONGEST_TEXT)
    text: str = Field("", max_length=steps.LONGEST_TEXT)
    due: Day | None = None
    until: Day | None = None
    post: Whole | None = Field(None, ge=1, le=2**63 - 1)
    holder: Whole | None = Field(None, ge=1, le=2**63 - 1)
    into: Whole | None = Field(None, ge=1, le=2**63 - 1)


class ReportIn(Schema):
    """Something noticed elsewhere: in the field, at an inspection, in a letter."""

    source: Annotated[Source, _one_of(s.value for s in intake.BY_HAND)]
    division_code: str = Field(pattern="^[0-9]{15}$")
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=steps.LONGEST_TEXT)
    severity: Severity
    pack: str = Field("office", max_length=40, description="没有合适的风险点时：属于哪项业务")
    risk_point: str = Field("", max_length=100)
    on: Day | None = None
    place: str = Field("", max_length=200)
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    amount: Decimal | None = Field(None, ge=0, max_digits=18, decimal_places=2)


def _plain(finding: Finding) -> dict[str, Any]:
    told = {
        name: getattr(finding, name)
        for name in FindingOut.model_fields
        if name not in ("title", "sentence", "post")
    }
    return told | {"title": finding.heading, "sentence": finding.text, "post": finding.post_id}


@router.get("", response=Page[FindingOut], summary="问题列表")
@needs("finding.view")
def listed(request: HttpRequest, wanted: Query[Filter], paging: Query[Paging]) -> dict[str, Any]:
    """The findings the user may see, the newest first."""
    rows = Sight(user_of(request)).visible()
    exact = {name: getattr(wanted, name) for name in ("status", "severity", "code", "pack")}
    rows = rows.filter(**{name: str(value) for name, value in exact.items() if value})
    if wanted.changed_since is not None:
        rows = rows.filter(stepped_at__gte=_moment(wanted.changed_since))
    found, mark = page(rows, paging)
    return {"items": [_plain(finding) for finding in found], "next": mark}


def _moment(said: dt.datetime) -> dt.datetime:
    """A time in UTC; without a zone it is the installation's. 422 for one that lies beyond the calendar."""
    try:
        return (said if timezone.is_aware(said) else timezone.make_aware(said)).astimezone(dt.UTC)
    except OverflowError as error:
        raise Problem(422, _("请求的内容不对"), _("changed_since 不是可用的时间")) from error


def _one(request: HttpRequest, number: int) -> Finding:
    found: Finding | None = Sight(user_of(request)).visible().filter(pk=number).first()
    if found is None:
        raise Problem(404, _("没有找到"))
    return found


@router.get("/{int:number}", response=FindingDetail, summary="一个问题")
@needs("finding.view")
def one(request: HttpRequest, number: int) -> dict[str, Any]:
    """A finding with evidence and timeline."""
    finding = _one(request, number)
    return _plain(finding) | {
        "evidence": list(
            finding.evidence.order_by("ledger", "record")[:1000].values(*EvidenceOut.model_fields)
        ),
        "steps": list(finding.steps.order_by("id").values(*StepOut.model_fields)),
        "possible": [action.code for action in steps.possible(user_of(request), finding)],
    }


@router.post("/{int:number}/steps/{action}", response={200: FindingOut, 409: ProblemBody}, summary="办理一步")
@needs("finding.view")
@once
def step(request: HttpRequest, number: int, action: Path[Action], body: StepIn) -> Answer[dict[str, Any]]:
    """Take a step. 409 where somebody was faster, 422 with the reason where it can't be taken."""
    if action not in ACTIONS:
        raise Problem(404, _("没有这个步骤"))
    data = body.dict(exclude={"version", "reason"})
    try:
        finding = steps.take(user_of(request), action, number, body.version, reason=body.reason, **data)
    except steps.NotFound as error:
        raise Problem(404, _("没有找到")) from error
    except Stale as error:
        raise Conflict(str(error), version=_one(request, number).version) from error
    except Refused as error:
        raise Problem(422, _("这一步不能办理"), str(error)) from error
    return Answer(200, _plain(finding))


@router.post("", response={201: FindingOut}, summary="上报问题")
@needs("finding.report")
@once
def report(request: HttpRequest, body: ReportIn) -> Answer[dict[str, Any]]:
    """Let in something noticed elsewhere."""
    what = intake.Report(**body.dict() | {"severity": body.severity.value})
    try:
        finding = intake.report(user_of(request), what)
    except Refused as error:
        raise Problem(422, _("不能上报"), str(error)) from error
    return Answer(201, _plain(finding))

"""Lets findings in: those of scans in bulk, those of people one by one. All enter the same loop."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import inbox, trail
from shouwang.access.models import Area, User, code_range
from shouwang.access.scope import holdings
from shouwang.risk.loop.machine import FOUND, Refused
from shouwang.risk.loop.notices import nearest
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.steps import attach, take, take_by_system
from shouwang.risk.models import EvidenceRow, Finding, Number, PointCard, Source, Step
from shouwang.risk.models.finding import RANK, columns
from shouwang.risk.models.step import FOUND as FOUND_STEP
from shouwang.risk.parameters import Parameter
from shouwang.risk.risk_points import risk_points
from shouwang.risk.sealing import seal
from shouwang.standards import workdays
from shouwang.standards.masking import mask_text
from shouwang.standards.reading import N_
from shouwang.trail.change import Change


@dataclass(frozen=True)
class Cited:
    """A ledger row that proves a finding."""

    ledger: str
    record: int
    file: str = ""
    sheet: str = ""
    row: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        """The record."""
        return self.ledger, self.record


@dataclass
class Noticed:
    """What was noticed, with the values of the record it becomes and the rows that prove it."""

    values: dict[str, Any]
    evidence: Sequence[Cited] = ()

    @property
    def identity(self) -> str:
        """The hash of what makes two scans find the same."""
        return str(self.values["identity"])


def identity(code: str, subject: str, key: str) -> str:
    """SHA-256 (hex) over rule, subject and key."""
    return hashlib.sha256(json.dumps([code, subject, key], ensure_ascii=False).encode()).hexdigest()


def enter(
    noticed: Sequence[Noticed], *, doing: Change, register: Register, parameters: dict[str, Parameter]
) -> list[Finding]:
    """Make a record of each, in the order given, numbered on; assign those whose post is known.

    Within an open change. The number of queries grows with the rules and posts concerned, not with the
    findings.
    """
    if not noticed:
        return []
    given = _numbers(Counter(n.values["code"] for n in noticed))
    made = []
    for one in noticed:
        code = one.values["code"]
        given[code] += 1
        finding = Finding(
            **one.values,
            **columns(FOUND),
            number=given[code],
            pack=code.partition(".")[0],
            rank=RANK[one.values["severity"]],
            sensitive=register.rules.is_sensitive(code),
        )
        made.append(finding)
    Finding._base_manager.bulk_create(made, batch_size=200)
    now, today = timezone.now(), timezone.localdate()
    Step._base_manager.bulk_create(
        [
            Step(
                finding=f,
                action=FOUND_STEP,
                at=now,
                on=today,
                by_id=f.reporter_id,
                name=doing.actor.name,
                duty=doing.actor.post,
                version=0,
                after=f.status,
            )
            for f in made
        ],
        batch_size=500,
    )
    cite(dict(zip(made, (n.evidence for n in noticed), strict=True)))
    for finding in made:
        finding.note_in(
            doing,
            {"status": ["", finding.status]},
            step=FOUND_STEP,
            name=finding.name,
            source=finding.source,
            severity=finding.severity,
            version=0,
        )
    allot(made, doing=doing, register=register, parameters=parameters)
    return made


def cite(evidence: dict[Finding, Sequence[Cited]]) -> None:
    """Put rows on record as evidence of the finding's present occurrence."""
    rows = [
        EvidenceRow(
            finding=finding,
            ledger=one.ledger,
            record=one.record,
            file=one.file,
            sheet=one.sheet,
            row=one.row,
            occurrence=finding.occurrence,
        )
        for finding, cited in evidence.items()
        for one in cited
    ]
    EvidenceRow._base_manager.bulk_create(rows, batch_size=500)


def _numbers(wanted: Counter[str]) -> dict[str, int]:
    """The last number given to each code so far, with so many more set aside."""
    known = {n.code: n for n in Number.objects.select_for_update().filter(code__in=list(wanted))}
    Number.objects.bulk_create([Number(code=code) for code in sorted(wanted) if code not in known])
    given = {code: known[code].last if code in known else 0 for code in wanted}
    for code, count in sorted(wanted.items()):
        Number.objects.filter(code=code).update(last=given[code] + count)
    return given


def allot(
    findings: Sequence[Finding], *, doing: Change, register: Register, parameters: dict[str, Parameter]
) -> None:
    """Assign new findings by rule to the post that answers for them; tell those who assign of the others.

    Sensitive ones wait for somebody who may see them.
    """
    today = timezone.localdate()
    days = {severity: _days(parameters, severity, today) for severity in RANK}
    wanted: dict[int, dict[str, Any]] = {}
    for finding in findings:
        post = (
            None
            if finding.sensitive
            else register.post_for(finding.code, finding.risk_point, finding.division_code)
        )
        if post is not None:
            wanted[finding.pk] = {"post": post.pk, "due": _due(today, days[finding.severity])}
    ready = [f for f in findings if f.pk in wanted]
    if ready:
        take_by_system("assign", ready, wanted, doing=doing, register=register)
    waiting: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.pk not in wanted:
            for user in nearest("finding.assign", finding, register):
                waiting.setdefault(user, []).append(finding)
    for user, those in waiting.items():
        count = len(those)
        text = N_("新问题待分派：{name}") if count == 1 else N_("{count}个新问题待分派")
        inbox.notify(
            [user],
            "finding.found",
            text,
            {"name": those[0].name, "count": count},
            target="risk.finding" if count == 1 else "risk.findings",
            target_id=those[0].pk if count == 1 else "",
        )


def _days(parameters: dict[str, Parameter], severity: str, day: dt.date) -> int | None:
    known = parameters.get(f"risk.days-to-rectify-{severity}")
    value = known.at(day) if known else None
    return int(value.value) if value else None


def _due(start: dt.date, days: int | None) -> dt.date | None:
    return workdays.deadline(start, days).value if days is not None else None


@dataclass
class Report:
    """What a person notices: in the field, at an inspection, in an audit sample, in a letter or a visit.

    ``code`` is the risk point, or empty where none fits: then ``pack`` says what it is about.
    """

    source: Source
    division_code: str
    title: str
    text: str
    severity: str
    risk_point: str = ""
    pack: str = "office"
    on: dt.date | None = None
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    amount: Decimal | None = None
    subject_name: str = ""
    files: Sequence[Any] = ()
    evidence: Sequence[Cited] = ()
    token: str = ""

    @property
    def code(self) -> str:
        """What rights on it are granted on."""
        return self.risk_point or f"{self.pack}.{self.source}"


BY_HAND = (Source.REPORT, Source.INSPECTION, Source.SAMPLE, Source.LETTER)


def report(user: User, what: Report, *, done: str = "") -> Finding:
    """Let in what a user noticed; the finding, assigned where a post answers for it.

    ``done`` tells what was done at once (能整改的立即予以整改): where the user's own post may rectify it, the
    result is submitted with the photographs as proof, and waits for somebody else to verify it.
    A second click with the same ``token`` gives the finding of the first.
    """
    _check(user, what)
    from shouwang.risk.values import in_force

    unique = identity(what.code, f"user:{user.pk}", what.token or uuid.uuid4().hex)
    known: Finding | None = Finding.objects.filter(identity=unique).first()
    if known is not None:
        return known
    with trail.change("finding.report", reason=mask_text(what.title)) as doing:
        register = Register()
        noticed = Noticed(_values(user, what, unique), what.evidence)
        (finding,) = enter([noticed], doing=doing, register=register, parameters=in_force())
        attach(finding, what.files, user)
        if done:
            _done_at_once(user, finding, what, done, register, doing)
    return finding


def _check(user: User, what: Report) -> None:
    if what.source not in BY_HAND:
        raise Refused(_("这一来源的问题由系统登记"))
    if what.risk_point and not _known(what.risk_point):
        raise Refused(_("没有这个风险点"))
    if not what.title.strip() or not what.text.strip():
        raise Refused(_("请写明问题和情况"))
    if what.severity not in RANK:
        raise Refused(_("请选择严重程度"))
    if not Area.objects.filter(code=what.division_code).exists():
        raise Refused(_("请选择问题所在的区划"))
    if what.on is not None and what.on > timezone.localdate():
        raise Refused(_("发生日期还没有到"))
    if not may_report(user, what.code, what.division_code):
        raise Refused(_("您的岗位不能在这一区划上报这类问题"))


def _known(risk_point: str) -> bool:
    return risk_point in risk_points() or PointCard.objects.filter(code=risk_point, own=True).exists()


def may_report(user: User, code: str, division_code: str) -> bool:
    """Whether a user may report something of that code there: where one of their posts stands."""
    for held in holdings(user):
        low, high = code_range(held.post.area.code)
        if held.role.may("finding.report", code) and low <= division_code <= high:
            return True
    return False


def _values(user: User, what: Report, unique: str) -> dict[str, Any]:
    text = what.text.strip()
    return {
        "source": what.source.value,
        "code": what.code,
        "risk_point": what.risk_point,
        "identity": unique,
        "title": mask_text(what.title.strip())[:300],
        "sentence": mask_text(text),
        "sealed": seal({"text": text}, unique),
        "severity": what.severity,
        "on": what.on or timezone.localdate(),
        "amount": what.amount,
        "division_code": what.division_code,
        "place": mask_text(what.place.strip())[:200],
        "subject_name": mask_text(what.subject_name.strip())[:300],
        "latitude": what.latitude,
        "longitude": what.longitude,
        "reporter": user,
        "attachments": [file.sha256 for file in what.files],
    }


def _done_at_once(
    user: User, finding: Finding, what: Report, done: str, register: Register, doing: Change
) -> None:
    own = [h.post for h in holdings(user) if h.role.may("finding.rectify", finding.code)]
    near = [
        p for p in own if code_range(p.area.code)[0] <= finding.division_code <= code_range(p.area.code)[1]
    ]
    if not near:
        raise Refused(_("您的岗位不负责整改这类问题，请只上报，由负责的岗位处理"))
    data = {finding.pk: {"post": near[0].pk, "holder": user.pk, "due": timezone.localdate()}}
    take_by_system("assign", [finding], data, doing=doing, register=register)
    take(
        user,
        "submit",
        finding.pk,
        measures=done,
        attachments=[file.sha256 for file in what.files],
    )
    finding.refresh_from_db()

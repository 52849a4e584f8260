"""Takes steps: the one way in which the state of a finding changes.

Every step is one transaction with its event, its place in the timeline and its notices. The step is checked
against what the user may do, against the version of the page they saw, and by the machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import Post, User, code_range
from shouwang.access.roles import roles
from shouwang.evidence import store
from shouwang.risk.loop import notices
from shouwang.risk.loop.machine import ACTIONS, CLOSED, Act, Action, Refused, Stale, State, after
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import Finding, Step, Viewer
from shouwang.risk.models.finding import columns
from shouwang.standards.masking import mask_text
from shouwang.trail.change import Change

MOST = 1000
"""So many findings can be worked on at once."""
LONGEST_TEXT = 4000


class NotFound(Refused):
    """There is no such finding, or none the user can see."""


@dataclass
class Many:
    """What became of a step on many findings: those it was taken on, and the others with the reason."""

    done: list[Finding] = field(default_factory=list)
    refused: list[tuple[Finding, str]] = field(default_factory=list)
    missing: int = 0


@dataclass
class _Planned:
    """A step that the machine allows, not yet written."""

    finding: Finding
    act: Act
    before: State
    after: State


def take(
    user: User,
    action: str,
    key: int,
    version: int | None = None,
    *,
    reason: str = "",
    token: str = "",
    files: Sequence[Any] = (),
    **data: Any,
) -> Finding:
    """Take one step on one finding; the finding after it.

    ``version`` is that of the page on which the user decided, ``token`` that of the form. ``data`` are the
    fields of the step (:data:`shouwang.risk.loop.machine.FIELDS`): dates, primary keys, texts. ``files`` were
    kept by the room of evidence and are attached to the finding.

    :class:`NotFound` where the user can't see it, :class:`Stale` where somebody was faster, :class:`Refused`
    with the reason for anything else; then nothing was written.
    """
    with _change(action, reason) as doing:
        sight = Sight(user)
        finding: Finding | None = _locked(sight.visible().filter(pk=key)).first()
        if finding is None:
            raise NotFound(_("没有这个问题，或不在您的范围内"))
        register = Register()
        if files:
            data["attachments"] = [file.sha256 for file in files]
        planned = _plan(sight, register, finding, version, ACTIONS[action], reason, token, data)
        _write(doing, [planned], token)
        attach(finding, files, user)
        notices.tell(ACTIONS[action], [(planned.finding, planned.act)], register)
    return finding


def attach(finding: Finding, files: Sequence[Any], user: User) -> None:
    """Attach kept files to a finding, within an open change."""
    if files:
        for file in files:
            store.attach(file, "risk.finding", finding.pk, by=user, division_code=finding.division_code)


def take_many(
    user: User, action: str, versions: Mapping[int, int | None], *, reason: str = "", **data: Any
) -> Many:
    """Take one step on up to :data:`MOST` findings in one transaction; those it does not fit are told.

    ``versions`` gives the version seen of each finding. The number of queries does not grow with the
    findings.
    """
    if len(versions) > MOST:
        raise Refused(_("一次最多办理{count}个问题").format(count=MOST))
    result = Many()
    with _change(action, reason) as doing:
        sight = Sight(user)
        register = Register()
        found = {f.pk: f for f in _locked(sight.visible().filter(pk__in=list(versions)))}
        result.missing = len(versions) - len(found)
        planned = []
        for key, finding in sorted(found.items()):
            try:
                planned.append(
                    _plan(sight, register, finding, versions[key], ACTIONS[action], reason, "", data)
                )
            except Refused as refused:
                result.refused.append((finding, str(refused)))
        _write(doing, planned, "")
        notices.tell(ACTIONS[action], [(p.finding, p.act) for p in planned], register)
        result.done = [p.finding for p in planned]
    return result


def take_by_system(
    action: str,
    findings: Iterable[Finding],
    data: Mapping[int, Mapping[str, Any]] | None = None,
    *,
    reason: str = "",
    doing: Change,
    register: Register,
    on: dt.date | None = None,
) -> list[Finding]:
    """Take a step that a scan or the clock takes, within an open change. ``data`` by finding; those done."""
    day = on or timezone.localdate()
    planned = []
    for finding in findings:
        act = Act(action, day, reason=reason, data=dict((data or {}).get(finding.pk, {})))
        before = finding.state
        planned.append(_Planned(finding, act, before, after(before, act)))
    _write(doing, planned, "")
    notices.tell(ACTIONS[action], [(p.finding, p.act) for p in planned], register)
    return [p.finding for p in planned]


def possible(user: User, finding: Finding, sight: Sight | None = None) -> list[Action]:
    """The steps that this user can take on a finding they see; what a page offers."""
    from shouwang.risk.loop.machine import possible as open_to_anybody

    seen = sight or Sight(user)
    answers = seen.answers(finding)
    offered = []
    for action in open_to_anybody(finding.state):
        if action.answering and not answers:
            continue
        if action.segregated and user.pk in finding.rectifiers:
            continue
        if action.code == "dismiss" and answers:
            continue
        if action.code in ("grant-extension", "refuse-extension") and user.pk == finding.asked_by_id:
            continue
        if seen.has(action.right, finding):
            offered.append(action)
    return offered


def _change(action: str, reason: str) -> Any:
    if action not in ACTIONS or ACTIONS[action].system:
        raise Refused(_("没有这个步骤"))
    return trail.change(f"finding.{action}", reason=mask_text(reason.strip()))


def _locked(rows: Any) -> Any:
    # The joins of the scope are no business of the lock, which PostgreSQL could not take on them.
    return Finding.objects.select_for_update().filter(pk__in=rows.values("pk")).order_by("pk")


def _plan(
    sight: Sight,
    register: Register,
    finding: Finding,
    version: int | None,
    action: Action,
    reason: str,
    token: str,
    data: Mapping[str, Any],
) -> _Planned:
    if not sight.has(action.right, finding):
        raise Refused(_("您的岗位不能{action}这个问题").format(action=_(action.label)))
    if not action.noted and version is not None and version != finding.version:
        raise Stale(_("这个问题刚刚有人办理过，请刷新页面，看过最新情况再办理"))
    given = {name: value for name, value in data.items() if value not in (None, "", [])}
    if token and Step.objects.filter(finding=finding, token=token).exists():
        raise Stale(_("这一步已经提交过了"))
    for value in given.values():
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise Refused(_("文字太长，请控制在{count}字以内").format(count=LONGEST_TEXT))
    _check(sight, register, finding, action, given)
    act = Act(
        action.code,
        timezone.localdate(),
        sight.user.pk,
        sight.answers(finding),
        reason.strip()[:LONGEST_TEXT],
        given,
    )
    before = finding.state
    return _Planned(finding, act, before, after(before, act))


def _check(sight: Sight, register: Register, finding: Finding, action: Action, data: dict[str, Any]) -> None:
    """What the machine can't know: whether the posts, users and findings that are named fit."""
    if action.code == "assign" and data.get("post"):
        post = register.posts.get(data["post"])
        if post is None or not fits(post, finding):
            raise Refused(_("这个岗位不能负责这个问题：没有整改的权限，或不在这一区划"))
        holder = data.get("holder")
        if holder is not None and holder not in register.users(post.pk):
            raise Refused(_("这位同志今天不在这个岗位上"))
    elif action.code == "merge" and data.get("into"):
        head = sight.visible().filter(pk=data["into"]).first()
        if head is None or not head.is_open or head.pk == finding.pk:
            raise Refused(_("要并入的问题不存在、已办结，或就是这个问题本身"))
        if Finding.objects.filter(into=finding).exists():
            raise Refused(_("有问题已并入这个问题，请先取消它们的并入"))
    elif action.code in ("comment", "name"):
        _check_people(finding, action, data)


def _check_people(finding: Finding, action: Action, data: dict[str, Any]) -> None:
    wanted = data.get("users") or data.get("mentions") or []
    people = list(User.objects.filter(pk__in=wanted, is_active=True))
    if len(people) != len(set(wanted)):
        raise Refused(_("提到的人中有人不存在或已停用"))
    if action.code == "comment":
        blind = [str(u) for u in people if not Sight(u).visible().filter(pk=finding.pk).exists()]
        if blind:
            raise Refused(_("{names}看不到这个问题，不能提到").format(names="、".join(blind)))


def fits(post: Post, finding: Finding) -> bool:
    """Whether a post can answer for a finding: its role may rectify it, its area holds or lies in it."""
    role = roles().get(post.role)
    low, high = code_range(post.area.code)
    inner_low, inner_high = code_range(finding.division_code)
    near = low <= finding.division_code <= high or inner_low <= post.area.code <= inner_high
    return role is not None and near and role.may("finding.rectify", finding.code)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _write(doing: Change, planned: Sequence[_Planned], token: str) -> None:
    """Write findings, steps and events. As many queries as there are different new states, at most."""
    now = timezone.now()
    groups: dict[tuple[Any, ...], list[_Planned]] = {}
    for one in planned:
        noted = ACTIONS[one.act.action].noted
        new = {
            name: value for name, value in columns(one.after).items() if value != columns(one.before)[name]
        }
        if one.after.status == CLOSED != one.before.status:
            new["closed_at"] = now
        elif one.before.status == CLOSED != one.after.status:
            new["closed_at"] = None
        if "due" in new:
            new["warned"] = None
        values = tuple(sorted((name, str(value)) for name, value in new.items()))
        groups.setdefault((noted, values), []).append(one)
        one.finding.__dict__["_new"] = new
    for (noted, _values), members in groups.items():
        new = members[0].finding.__dict__["_new"]
        if not noted:
            new = {**new, "version": F("version") + 1, "stepped_at": now}
        if new:
            # Around the tracking of single columns: the events below say it with old, new and the step.
            Finding._base_manager.filter(pk__in=[m.finding.pk for m in members]).update(**new)
    steps = [_settle(doing, one, now, token) for one in planned]
    Step._base_manager.bulk_create(steps, batch_size=500)
    _name_viewers(planned)


def _settle(doing: Change, one: _Planned, now: dt.datetime, token: str) -> Step:
    """Bring the finding in memory up to date, note the event, and make the step."""
    finding, act = one.finding, one.act
    noted = ACTIONS[act.action].noted
    finding.__dict__.pop("_new", None)
    was, is_now = columns(one.before), columns(one.after)
    for name, value in is_now.items():
        setattr(finding, name, value)
    if not noted:
        finding.version += 1
        finding.stepped_at = now
    data = {name: _plain(value) for name, value in act.data.items()}
    changes = {n: [_plain(was[n]), _plain(v)] for n, v in is_now.items() if v != was[n]}
    finding.note_in(
        doing,
        changes,
        step=act.action,
        on=act.on,
        answers=act.answers,
        data={name: mask_text(value) if isinstance(value, str) else value for name, value in data.items()},
        version=finding.version,
    )
    return Step(
        finding=finding,
        action=act.action,
        at=now,
        on=act.on,
        by_id=act.by,
        name=doing.actor.name,
        duty=doing.actor.post,
        answers=act.answers,
        version=None if noted else finding.version,
        before=one.before.status.value,
        after=one.after.status.value,
        reason=act.reason,
        data=data,
        token=token or None,
    )


def _name_viewers(planned: Sequence[_Planned]) -> None:
    named = [
        Viewer(finding=one.finding, user_id=user)
        for one in planned
        if one.act.action == "name"
        for user in one.act.data["users"]
    ]
    if named:
        Viewer._base_manager.bulk_create(named, ignore_conflicts=True)

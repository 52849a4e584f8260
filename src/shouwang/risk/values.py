"""The parameters in force: the packs' values with the office's approved ones on top; how those are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import inbox, trail
from shouwang.access.models import User
from shouwang.access.scope import may
from shouwang.risk import catalogue
from shouwang.risk.models.parameter import ParameterChange
from shouwang.risk.parameters import SINCE_EVER, Parameter, ParameterError, Value, convert
from shouwang.standards.masking import mask_text
from shouwang.standards.reading import N_

Status = ParameterChange.Status


class ChangeRefused(Exception):
    """A change of a parameter that can't be made; says why and what to do."""


def in_force() -> dict[str, Parameter]:
    """All parameters with the values that scans use now, by name: one query."""
    return with_changes(catalogue.parameters(), approved())


def approved() -> list[ParameterChange]:
    """The approved changes that no other approved change takes back, oldest first."""
    taken_back = ParameterChange.objects.filter(status=Status.APPROVED, cancels__isnull=False).values(
        "cancels"
    )
    found = ParameterChange.objects.filter(status=Status.APPROVED, cancels__isnull=True)
    return list(found.exclude(pk__in=taken_back).order_by("decided_at", "pk"))


def with_changes(declared: dict[str, Parameter], changes: Iterable[ParameterChange]) -> dict[str, Parameter]:
    """The parameters with these values added; one of the same day and division replaces an earlier one.

    A change of a parameter that no installed pack declares, or whose value does not fit its kind any more, is
    left out: the rule waits, and the page of parameters shows it.
    """
    merged = dict(declared)
    for change in changes:
        parameter = merged.get(change.name)
        if parameter is None:
            continue
        try:
            new = value_of(parameter, change)
        except ParameterError:
            continue
        others = [v for v in parameter.values if (v.start, v.division) != (new.start, new.division)]
        ordered = sorted([*others, new], key=lambda v: (v.division, v.start))
        merged[change.name] = replace(parameter, values=tuple(ordered))
    return merged


def value_of(parameter: Parameter, change: ParameterChange) -> Value:
    """The dated value that a change states. :class:`ParameterError` where it does not fit the kind."""
    raw: Any = change.raw.strip()
    if parameter.kind == "list":
        raw = [part.strip() for part in raw.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    elif parameter.kind in ("integer", "days", "months"):
        raw = yaml.safe_load(raw) if raw.lstrip("-").isdigit() else raw
    start = change.start or SINCE_EVER
    return Value(start, convert(parameter.kind, raw, parameter.label), change.source, change.division)


def propose(
    user: User,
    name: str,
    raw: str,
    *,
    start: dt.date | None,
    source: str,
    reason: str,
    division: str = "",
    cancels: int | None = None,
) -> ParameterChange:
    """Propose a value from a day on, or (``cancels``) to take one back; :class:`ChangeRefused` if not."""
    parameter = catalogue.parameters().get(name)
    if parameter is None:
        raise ChangeRefused(_("没有这个参数"))
    if not may(user, "parameter.propose", name):
        raise ChangeRefused(_("您的岗位不能提出这个参数的变更"))
    if not source.strip() or not reason.strip():
        raise ChangeRefused(_("请写明依据（文号、会议记录）和理由"))
    change = ParameterChange(
        name=name,
        raw=raw.strip(),
        start=start,
        source=source.strip()[:500],
        reason=mask_text(reason.strip()),
        division=division.strip(),
        proposed_by=user,
    )
    if cancels is not None:
        old = next((c for c in approved() if c.pk == cancels and c.name == name), None)
        if old is None:
            raise ChangeRefused(_("要撤销的值不存在或已不在用"))
        if ParameterChange.objects.filter(cancels=old, status=Status.PROPOSED).exists():
            raise ChangeRefused(_("已有人提出撤销这个值，正待批准"))
        change.cancels, change.raw, change.start, change.division = old, old.raw, old.start, old.division
    else:
        try:
            value_of(parameter, change)
        except ParameterError as error:
            raise ChangeRefused(str(error)) from error
    with trail.change("parameter.propose", reason=change.reason):
        change.save()
        _tell(approvers(name, user), "parameter.proposed", N_("参数变更待批：{label}"), parameter, change)
    return change


def approvers(name: str, proposer: User) -> set[int]:
    """Who can approve a change of the parameter: the users who may today, the proposer left out."""
    from shouwang.risk.loop.responsible import Register

    return Register().holding("parameter.approve", name) - {proposer.pk}


def decide(user: User, key: int, *, agree: bool, opinion: str = "", rescan: bool = True) -> ParameterChange:
    """Approve or refuse a proposed change: a second person, who has seen what it would do.

    An approved one starts a scan where rules or indicators use the parameter; it asks those again whose
    parameters changed, and takes over the answers of the others. ``rescan`` is false where a
    scan follows anyway.
    """
    from shouwang.risk.models import ScanRun
    from shouwang.risk.scans import requests

    with trail.change(
        "parameter.approve" if agree else "parameter.refuse", reason=mask_text(opinion.strip())
    ):
        change: ParameterChange | None = ParameterChange.objects.select_for_update().filter(pk=key).first()
        if change is None or not may(user, "parameter.approve", change.name):
            raise ChangeRefused(_("没有这项变更，或您的岗位不能批准"))
        if change.status != Status.PROPOSED:
            raise ChangeRefused(_("这项变更已经有结果了，请刷新页面"))
        if change.proposed_by_id == user.pk:
            raise ChangeRefused(_("提出人不能批准自己的变更，请由另一人批准"))
        if not agree and not opinion.strip():
            raise ChangeRefused(_("不批准请写明理由"))
        if agree and needs_preview(change):
            raise ChangeRefused(_("请先预览这项变更对问题和金额的影响"))
        change.status = Status.APPROVED if agree else Status.REFUSED
        change.decided_by, change.decided_at = user, timezone.now()
        change.decision = mask_text(opinion.strip())
        if agree and rescan and asked_by_scans(change.name):
            change.scan = requests.request(ScanRun.Trigger.PARAMETER, user=user)
        change.save()
        text = N_("参数变更已批准：{label}") if agree else N_("参数变更未批准：{label}")
        _tell([change.proposed_by], "parameter.decided", text, catalogue.parameters()[change.name], change)
    return change


def withdraw(user: User, key: int) -> ParameterChange:
    """Take back one's own proposal while nobody has decided."""
    with trail.change("parameter.withdraw"):
        change: ParameterChange | None = (
            ParameterChange.objects.select_for_update().filter(pk=key, proposed_by=user).first()
        )
        if change is None or change.status != Status.PROPOSED:
            raise ChangeRefused(_("只能撤回自己提出、尚未批准的变更"))
        change.status = Status.WITHDRAWN
        change.save()
    return change


def needs_preview(change: ParameterChange) -> bool:
    """Whether the effect must be looked at first: where rules use the parameter and something was scanned."""
    from shouwang.risk.models import ScanRun

    if change.preview is not None or not users_of(change.name):
        return False
    return ScanRun.objects.filter(status=ScanRun.Status.DONE).exists()


def users_of(name: str) -> list[str]:
    """The codes of the rules that use a parameter."""
    return [rule.code for rule in catalogue.rules().values() if name in rule.uses]


_MORE: list[Callable[[str], bool]] = []


def also_used(asks: Callable[[str], bool]) -> None:
    """Let a room above this one say of a parameter whether what it asks in a scan uses it."""
    if asks not in _MORE:
        _MORE.append(asks)


def asked_by_scans(name: str) -> bool:
    """Whether a scan may answer otherwise when the parameter changes."""
    return bool(users_of(name)) or any(asks(name) for asks in _MORE)


def _tell(
    users: Iterable[User | int], kind: str, text: str, parameter: Parameter, change: ParameterChange
) -> None:
    inbox.notify(
        users, kind, text, {"label": parameter.label}, target="risk.parameterchange", target_id=change.pk
    )

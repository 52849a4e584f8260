"""Which step may follow which: the loop of a finding as one pure function.

::

    new ─assign→ assigned ─start→ rectifying ─submit→ submitted ─verify→ verified ─close→ closed
                     └────────── submit (当场整改) ──────↗    ↑        │return      │return    │
                                             rectifying ←─────┴────────┴────────────┘          │
    dismissed ←dismiss─ anything open;  merged ←merge─ anything open;   new ←recur/reopen──────┘

A step is an :class:`Act`; :func:`after` gives the state after it or raises :class:`Refused`. The state of a
finding is its acts folded from :data:`FOUND` on; tests hold the database to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from shouwang.standards.reading import N_


class Status(StrEnum):
    """Where a finding stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """The Chinese word, a message of the catalogue."""
        return LABELS[self]


LABELS: Final = {
    Status.NEW: N_("待分派"),
    Status.ASSIGNED: N_("待整改"),
    Status.RECTIFYING: N_("整改中"),
    Status.SUBMITTED: N_("待核验"),
    Status.VERIFIED: N_("待销号"),
    Status.CLOSED: N_("已销号"),
    Status.DISMISSED: N_("已排除"),
    Status.MERGED: N_("已并入"),
}

NEW, ASSIGNED, RECTIFYING, SUBMITTED = Status.NEW, Status.ASSIGNED, Status.RECTIFYING, Status.SUBMITTED
VERIFIED, CLOSED, DISMISSED, MERGED = Status.VERIFIED, Status.CLOSED, Status.DISMISSED, Status.MERGED
OPEN: Final = frozenset({NEW, ASSIGNED, RECTIFYING, SUBMITTED, VERIFIED})
"""Somebody still has something to do."""
UNDER_WAY: Final = frozenset({ASSIGNED, RECTIFYING})
"""A post answers for it and its deadline runs."""
LONGEST_DISMISSAL = dt.timedelta(days=3 * 366)
"""A dismissal ends after three years at the latest, and the matter is looked at again."""


class Refused(Exception):
    """The step can't be taken; the message says why and what to do."""


class Stale(Refused):
    """Somebody else was faster, or the same step was taken already."""


@dataclass(frozen=True)
class State:
    """What the loop knows of a finding. Posts, users and findings are named by primary key.

    ``rectifiers`` are all who worked on it in this occurrence; ``level`` how often it was escalated,
    ``above`` to which post; ``before`` the status it had when it was merged ``into`` another; ``until`` the
    last day of a dismissal; ``present`` whether the last scan still found it.
    """

    status: Status
    occurrence: int = 1
    post: int | None = None
    holder: int | None = None
    due: dt.date | None = None
    asked_due: dt.date | None = None
    asked_by: int | None = None
    level: int = 0
    above: int | None = None
    rectifiers: frozenset[int] = frozenset()
    before: Status | None = None
    into: int | None = None
    until: dt.date | None = None
    present: bool = True


FOUND: Final = State(NEW)
"""The state every finding begins with."""


@dataclass(frozen=True)
class Act:
    """A step that somebody takes: ``by`` is a user, None where a scan or the clock acts.

    ``answers`` says whether the user holds the post that answers for the finding, or is named as its holder.
    """

    action: str
    on: dt.date
    by: int | None = None
    answers: bool = False
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """A kind of step: who may take it, from where to where.

    ``target`` None leaves the status as it is. ``needs`` are the fields that must be filled; ``one_of`` those
    of which one must be. ``noted`` steps change nothing that a page under somebody's eyes rests on, so they
    leave the version alone. ``system`` steps are never taken by hand.
    """

    code: str
    label: str
    right: str
    sources: frozenset[Status]
    target: Status | None = None
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    segregated: bool = False
    answering: bool = False
    noted: bool = False
    system: bool = False


def _actions(*actions: Action) -> dict[str, Action]:
    return {action.code: action for action in actions}


_CLEARABLE = frozenset({NEW, ASSIGNED, RECTIFYING, SUBMITTED})
_ANY = frozenset(Status)
_PROOF = ("attachments", "proof")

ACTIONS: Final = _actions(
    Action(
        "assign", N_("分派"), "finding.assign", frozenset({NEW, ASSIGNED, RECTIFYING}), ASSIGNED, ("post",)
    ),
    Action(
        "start",
        N_("制定措施"),
        "finding.rectify",
        frozenset({ASSIGNED}),
        RECTIFYING,
        ("measures",),
        answering=True,
    ),
    Action(
        "progress",
        N_("记录进展"),
        "finding.rectify",
        frozenset({RECTIFYING}),
        None,
        ("measures",),
        answering=True,
    ),
    Action(
        "submit",
        N_("提交整改结果"),
        "finding.rectify",
        UNDER_WAY,
        SUBMITTED,
        ("measures",),
        _PROOF,
        answering=True,
    ),
    Action("verify", N_("核验通过"), "finding.verify", frozenset({SUBMITTED}), VERIFIED, segregated=True),
    Action(
        "return",
        N_("退回整改"),
        "finding.verify",
        frozenset({SUBMITTED, VERIFIED}),
        RECTIFYING,
        ("reason",),
        segregated=True,
    ),
    Action("close", N_("销号"), "finding.close", frozenset({VERIFIED}), CLOSED, segregated=True),
    Action(
        "dismiss",
        N_("排除"),
        "finding.dismiss",
        _CLEARABLE,
        DISMISSED,
        ("reason", "until"),
        _PROOF,
        segregated=True,
    ),
    Action(
        "ask-extension",
        N_("申请延期"),
        "finding.rectify",
        UNDER_WAY,
        None,
        ("reason", "due"),
        answering=True,
    ),
    Action("grant-extension", N_("同意延期"), "finding.assign", UNDER_WAY, segregated=True),
    Action(
        "refuse-extension", N_("不同意延期"), "finding.assign", UNDER_WAY, None, ("reason",), segregated=True
    ),
    Action("reopen", N_("重开"), "finding.assign", frozenset({CLOSED, DISMISSED}), NEW, ("reason",)),
    Action("merge", N_("并入另一问题"), "finding.assign", _CLEARABLE, MERGED, ("into",)),
    Action("unmerge", N_("取消并入"), "finding.assign", frozenset({MERGED})),
    Action("comment", N_("留言"), "finding.view", _ANY, None, ("text",), noted=True),
    Action("name", N_("指定知情人"), "finding.assign", _ANY, None, ("users",), noted=True),
    Action("recur", N_("再次发生"), "", frozenset({CLOSED}), NEW, system=True),
    Action("expire", N_("排除到期"), "", frozenset({DISMISSED}), NEW, system=True),
    Action("escalate", N_("逾期上报"), "", UNDER_WAY, None, ("above",), noted=True, system=True),
    Action("gone", N_("扫描不再发现"), "", _ANY, noted=True, system=True),
    Action("back", N_("扫描再次发现"), "", _ANY, noted=True, system=True),
    Action("update", N_("扫描更新内容"), "", _ANY, noted=True, system=True),
)
"""All steps by code. ``found`` is no step: it is how a finding begins."""


def possible(state: State) -> list[Action]:
    """The steps that people can take from a state, whoever they are."""
    return [a for a in ACTIONS.values() if not a.system and state.status in a.sources and _fits(a, state)]


def _fits(action: Action, state: State) -> bool:
    if action.code in ("grant-extension", "refuse-extension"):
        return state.asked_due is not None
    if action.code == "ask-extension":
        return state.due is not None and state.asked_due is None
    return True


def after(state: State, act: Act) -> State:
    """The state after a step. :class:`Refused` where the step is not allowed, with the reason."""
    action = ACTIONS[act.action]
    if state.status not in action.sources or not _fits(action, state):
        raise Stale(
            _("现在是“{status}”，不能{action}；请刷新页面后再看").format(
                status=_(LABELS[state.status]), action=_(action.label)
            )
        )
    if action.system != (act.by is None) and not (act.by is None and action.code == "assign"):
        raise Refused(_("{action}须由人办理").format(action=_(action.label)))
    if action.segregated and act.by in state.rectifiers:
        raise Refused(_("参与整改的人不能{action}，请由其他人办理").format(action=_(action.label)))
    if action.code == "dismiss" and act.answers:
        raise Refused(_("负责整改的人不能自行排除，请由其他人办理"))
    if action.answering and not act.answers:
        raise Refused(
            _("这个问题由别的岗位负责，不能{action}；需要时请先改派").format(action=_(action.label))
        )
    _complete(action, act)
    effect = _EFFECTS.get(action.code)
    moved = effect(state, act) if effect else state
    return replace(moved, status=action.target) if action.target else moved


def _lacking(name: str) -> Refused:
    return Refused(_("请填写{field}").format(field=_(FIELDS[name])))


def _complete(action: Action, act: Act) -> None:
    given = {**act.data, "reason": act.reason.strip()}
    for name in action.needs:
        if not given.get(name):
            raise _lacking(name)
    if action.one_of and not any(given.get(name) for name in action.one_of):
        fields = _("或").join(_(FIELDS[name]) for name in action.one_of)
        raise Refused(_("请提供{field}").format(field=fields))


FIELDS: Final = {
    "reason": N_("理由"),
    "measures": N_("整改措施"),
    "proof": N_("佐证（文书、编号或说明）"),
    "attachments": N_("附件"),
    "due": N_("期限"),
    "until": N_("有效期至"),
    "post": N_("责任岗位"),
    "into": N_("并入哪个问题"),
    "text": N_("留言"),
    "users": N_("知情人"),
    "above": N_("上级岗位"),
}
"""What the fields of a step are called."""


def _not_past(due: dt.date, act: Act) -> dt.date:
    if due < act.on:
        raise Refused(_("期限{day}已经过了，请写今天或以后的日期").format(day=due.isoformat()))
    return due


def _assign(state: State, act: Act) -> State:
    due = act.data.get("due")
    due = _not_past(due, act) if due else state.due
    if act.by is not None and due is None:
        raise _lacking("due")
    return replace(
        state,
        post=act.data["post"],
        holder=act.data.get("holder"),
        due=due,
        asked_due=None,
        asked_by=None,
        level=0,
        above=None,
    )


def _work(state: State, act: Act) -> State:
    assert act.by is not None  # noqa: S101 held by ``system``
    return replace(state, rectifiers=state.rectifiers | {act.by})


def _start(state: State, act: Act) -> State:
    due = act.data.get("due")
    if due and state.due and due > state.due:
        raise Refused(_("期限是{day}，要推后请申请延期").format(day=state.due.isoformat()))
    if not due and not state.due:
        raise _lacking("due")
    return _work(replace(state, due=_not_past(due, act) if due else state.due), act)


def _submit(state: State, act: Act) -> State:
    return _work(replace(state, asked_due=None, asked_by=None), act)


def _return(state: State, act: Act) -> State:
    due = act.data.get("due")
    return replace(state, due=_not_past(due, act) if due else state.due)


def _dismiss(state: State, act: Act) -> State:
    until: dt.date = act.data["until"]
    if until <= act.on:
        raise Refused(_("有效期须在今天以后"))
    if until - act.on > LONGEST_DISMISSAL:
        raise Refused(_("排除最长三年，到期后仍在的会重新提出"))
    return replace(state, until=until, asked_due=None, asked_by=None)


def _ask(state: State, act: Act) -> State:
    due: dt.date = act.data["due"]
    if state.due is not None and due <= state.due:
        raise Refused(_("新的期限须晚于{day}").format(day=state.due.isoformat()))
    return replace(state, asked_due=_not_past(due, act), asked_by=act.by)


def _grant(state: State, act: Act) -> State:
    if act.by == state.asked_by:
        raise Refused(_("申请延期的人不能自己同意，请由其他人办理"))
    return replace(state, due=state.asked_due, asked_due=None, asked_by=None, level=0, above=None)


def _refuse(state: State, act: Act) -> State:
    if act.by == state.asked_by:
        raise Refused(_("申请延期的人不能自己答复，请由其他人办理"))
    return replace(state, asked_due=None, asked_by=None)


def _anew(state: State, act: Act) -> State:
    return State(NEW, occurrence=state.occurrence + 1, present=state.present)


def _expire(state: State, act: Act) -> State:
    if state.until is not None and act.on <= state.until:
        raise Refused(_("排除尚未到期"))
    return _anew(state, act)


def _merge(state: State, act: Act) -> State:
    return replace(state, into=act.data["into"], before=state.status)


def _unmerge(state: State, act: Act) -> State:
    return replace(state, status=state.before or NEW, into=None, before=None)


def _escalate(state: State, act: Act) -> State:
    if state.due is None or act.on <= state.due:
        raise Refused(_("尚未逾期"))
    return replace(state, level=state.level + 1, above=act.data["above"])


_EFFECTS: Final[Mapping[str, Callable[[State, Act], State]]] = {
    "assign": _assign,
    "start": _start,
    "progress": _work,
    "submit": _submit,
    "return": _return,
    "dismiss": _dismiss,
    "ask-extension": _ask,
    "grant-extension": _grant,
    "refuse-extension": _refuse,
    "reopen": _anew,
    "recur": _anew,
    "expire": _expire,
    "merge": _merge,
    "unmerge": _unmerge,
    "escalate": _escalate,
    "gone": lambda state, _act: replace(state, present=False),
    "back": lambda state, _act: replace(state, present=True),
}


def replay(acts: Iterable[Act], start: State = FOUND) -> State:
    """The state after all acts."""
    state = start
    for act in acts:
        state = after(state, act)
    return state

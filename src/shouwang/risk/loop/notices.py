"""Who is told of a step, and how: one notice a person, however many findings a step was taken on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from shouwang import inbox
from shouwang.access.models import code_range
from shouwang.access.roles import roles
from shouwang.risk.loop.machine import Act, Action
from shouwang.risk.loop.responsible import Register
from shouwang.risk.models import Finding
from shouwang.standards.reading import N_

Told = Callable[[Finding, Act, Register], set[int]]


def _responsible(finding: Finding, _act: Act, register: Register) -> set[int]:
    return {finding.holder_id} if finding.holder_id else set(register.users(finding.post_id))


def _above(finding: Finding, _act: Act, register: Register) -> set[int]:
    return set(register.users(finding.above_id))


def nearest(right: str, finding: Finding, register: Register) -> set[int]:
    """Who has a right on a finding at the smallest division over it, those who worked on it left out."""
    asked = (right, finding.code, finding.division_code, finding.sensitive)
    if asked not in register.kept:
        register.kept[asked] = _by_level(right, finding, register)
    for users in register.kept[asked]:
        if left := users - set(finding.rectifiers):
            return left
    return set()


def _by_level(right: str, finding: Finding, register: Register) -> list[set[int]]:
    found: dict[int, set[int]] = {}
    for post in register.posts.values():
        role = roles().get(post.role)
        low, high = code_range(post.area.code)
        if role is None or role.sees != "area" or not low <= finding.division_code <= high:
            continue
        if role.may(right, finding.code) and (
            not finding.sensitive or role.may("finding.sensitive", finding.code)
        ):
            found.setdefault(len(post.area.code.rstrip("0")), set()).update(register.users(post.pk))
    return [users for _width, users in sorted(found.items(), reverse=True)]


def _with(right: str) -> Told:
    return lambda finding, _act, register: nearest(right, finding, register)


def _asked(finding: Finding, act: Act, register: Register) -> set[int]:
    return _responsible(finding, act, register) | set(finding.rectifiers)


def _everybody_in_it(finding: Finding, act: Act, register: Register) -> set[int]:
    people = _responsible(finding, act, register) | set(finding.rectifiers) | {finding.reporter_id or 0}
    return people - set(act.data.get("mentions", ())) - {0}


def _mentioned(_finding: Finding, act: Act, _register: Register) -> set[int]:
    return set(act.data.get("mentions", ()))


def _reporter(finding: Finding, _act: Act, _register: Register) -> set[int]:
    return {finding.reporter_id} if finding.reporter_id else set()


ONE: Final[dict[str, tuple[tuple[str, str, str, Told], ...]]] = {
    "assign": (
        ("finding.assigned", N_("分派给您整改：{name}"), N_("分派给您整改{count}个问题"), _responsible),
    ),
    "submit": (
        (
            "finding.submitted",
            N_("整改结果待核验：{name}"),
            N_("{count}个问题的整改结果待核验"),
            _with("finding.verify"),
        ),
    ),
    "verify": (
        (
            "finding.submitted",
            N_("核验通过，待销号：{name}"),
            N_("{count}个问题核验通过，待销号"),
            _with("finding.close"),
        ),
    ),
    "return": (("finding.returned", N_("整改被退回：{name}"), N_("{count}个问题的整改被退回"), _asked),),
    "close": (("office", N_("您上报的问题已销号：{name}"), N_("您上报的{count}个问题已销号"), _reporter),),
    "dismiss": (("office", N_("您上报的问题已排除：{name}"), N_("您上报的{count}个问题已排除"), _reporter),),
    "ask-extension": (
        (
            "finding.extension",
            N_("有人申请延期：{name}"),
            N_("{count}个问题申请延期"),
            _with("finding.assign"),
        ),
    ),
    "grant-extension": (
        ("finding.extension", N_("延期已同意：{name}"), N_("{count}个问题的延期已同意"), _asked),
    ),
    "refuse-extension": (
        ("finding.extension", N_("延期未同意：{name}"), N_("{count}个问题的延期未同意"), _asked),
    ),
    "reopen": (
        (
            "finding.returned",
            N_("问题重开，待分派：{name}"),
            N_("{count}个问题重开，待分派"),
            _with("finding.assign"),
        ),
    ),
    "recur": (
        (
            "finding.returned",
            N_("问题再次发生：{name}"),
            N_("{count}个问题再次发生"),
            _with("finding.assign"),
        ),
    ),
    "expire": (
        (
            "finding.returned",
            N_("排除到期仍在：{name}"),
            N_("{count}个问题排除到期仍在"),
            _with("finding.assign"),
        ),
    ),
    "escalate": (
        (
            "finding.escalated",
            N_("逾期未整改，已上报给您：{name}"),
            N_("{count}个问题逾期未整改，已上报给您"),
            _above,
        ),
        ("finding.due", N_("已逾期并上报：{name}"), N_("{count}个问题已逾期并上报"), _responsible),
    ),
    "comment": (
        ("finding.mention", N_("有人在留言中提到您：{name}"), N_("{count}处留言提到您"), _mentioned),
        ("finding.comment", N_("有新留言：{name}"), N_("{count}个问题有新留言"), _everybody_in_it),
    ),
    "name": (
        (
            "finding.mention",
            N_("您被指定知情：{name}"),
            N_("您被指定知情{count}个问题"),
            lambda _finding, act, _register: set(act.data["users"]),
        ),
    ),
}
"""By step: kind of notice, its text for one finding and for several, and who is told."""


def tell(action: Action, taken: Sequence[tuple[Finding, Act]], register: Register) -> None:
    """Tell those concerned of a step on these findings, the one who took it left out."""
    for kind, one, several, whom in ONE.get(action.code, ()):
        about: dict[int, list[Finding]] = {}
        for finding, act in taken:
            for user in whom(finding, act, register) - {act.by}:
                about.setdefault(user, []).append(finding)
        by_content: dict[tuple[int, ...], list[int]] = {}
        for user, findings in about.items():
            by_content.setdefault(tuple(f.pk for f in findings), []).append(user)
        known = {finding.pk: finding for finding, _act in taken}
        for keys, users in by_content.items():
            if len(keys) == 1:
                finding = known[keys[0]]
                inbox.notify(
                    users, kind, one, {"name": finding.name}, target="risk.finding", target_id=finding.pk
                )
            else:
                inbox.notify(users, kind, several, {"count": len(keys)}, target="risk.findings")

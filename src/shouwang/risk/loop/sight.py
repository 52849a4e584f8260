"""Who may see a finding, and on which they may act: the scope of ``access``, and what is sensitive.

A user sees what their posts' scope covers by the finding's code; what is sensitive only with the right
``finding.sensitive`` or by name; and, wherever it lies, what is assigned or was escalated to a post of
theirs or to themselves, and what they reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from shouwang.access.models import User
from shouwang.access.roles import as_regex
from shouwang.access.scope import Scope, holdings, scopes_by_subject
from shouwang.risk.models import EvidenceRow, Finding, Viewer


def of_codes(patterns: Iterable[str], column: str = "code") -> Q:
    """The condition that a code matches one of the patterns of a grant, as ranges of an ordinary index."""
    condition = Q(pk__in=[])
    for pattern in patterns:
        if pattern == "*":
            return Q()
        if pattern.endswith("*") and not set(pattern[:-1]) & set("*?["):
            start = pattern[:-1]
            condition |= Q(**{f"{column}__gte": start, f"{column}__lt": start[:-1] + chr(ord(start[-1]) + 1)})
        elif not set(pattern) & set("*?["):
            condition |= Q(**{column: pattern})
        else:
            condition |= Q(**{f"{column}__regex": as_regex(pattern)})
    return condition


class Sight:
    """What one user may see and do; made once a request."""

    def __init__(self, user: User) -> None:
        self.user = user
        self._scopes: dict[str, list[tuple[tuple[str, ...], Scope]]] = {}

    @cached_property
    def posts(self) -> list[int]:
        """The posts the user holds today."""
        return [held.post.pk for held in holdings(self.user)]

    def _of(self, right: str) -> list[tuple[tuple[str, ...], Scope]]:
        if right not in self._scopes:
            self._scopes[right] = scopes_by_subject(self.user, right)
        return self._scopes[right]

    def within(self, right: str) -> Q:
        """The condition that a finding lies where the user has a right."""
        condition = Q(pk__in=[])
        for patterns, scope in self._of(right):
            area = scope.within() if scope.ranges else Q(pk__in=[])
            if scope.organisations or scope.persons or scope.posts:
                area |= Finding.own_rows(scope)
            condition |= of_codes(patterns) & area
        return condition

    @cached_property
    def involved(self) -> Q:
        """The condition that the user is part of it: by post, by name, or as who reported it."""
        mine = Q(holder=self.user) | Q(reporter=self.user)
        if self.posts:
            mine |= Q(post__in=self.posts) | Q(above__in=self.posts)
        return mine

    @cached_property
    def open_to(self) -> Q:
        """The condition that a finding is not sensitive, or the user may see it all the same."""
        condition = Q(sensitive=False) | self.involved | Q(pk__in=self._named())
        if self._of("finding.sensitive"):
            condition |= self.within("finding.sensitive")
        return condition

    def _named(self) -> QuerySet[Any]:
        return Viewer.objects.filter(user=self.user).values("finding")

    def visible(self, right: str = "finding.view") -> QuerySet[Finding]:
        """The findings on which the user has a right; with ``finding.view`` also those they are part of."""
        rows: QuerySet[Finding] = Finding.objects.all()
        if right == "finding.view":
            return rows.filter((self.within(right) & self.open_to) | self.involved | Q(pk__in=self._named()))
        return rows.filter(self.within(right) & self.open_to)

    def answers(self, finding: Finding) -> bool:
        """Whether the user answers for it: holds the post, or is named as its holder."""
        if finding.holder_id is not None:
            return finding.holder_id == self.user.pk
        return finding.post_id in self.posts

    def has(self, right: str, finding: Finding) -> bool:
        """Whether the user has the right on a finding they can see."""
        if right == "finding.view":
            return True
        if right == "finding.rectify" and self.answers(finding):
            return any(held.role.may(right, finding.code) for held in holdings(self.user))
        for patterns, scope in self._of(right):
            if any(fnmatchcase(finding.code, pattern) for pattern in patterns) and _covers(scope, finding):
                return True
        return False


def _covers(scope: Scope, finding: Finding) -> bool:
    if scope.covers(finding.division_code) or finding.post_id in scope.posts:
        return True
    named = bool(scope.organisations or scope.persons)
    return named and Finding.objects.filter(Finding.own_rows(scope), pk=finding.pk).exists()


def sees_attachments(user: Any, target_id: str) -> bool:
    """Whether a user may see the files of a finding: where they may see the finding."""
    return target_id.isdecimal() and Sight(user).visible().filter(pk=int(target_id)).exists()


def findings_citing(user: User, ledger: str, record: int, most: int = 50) -> list[Finding]:
    """The findings that a ledger row proves and that the user may see, the newest first."""
    cited = EvidenceRow.objects.filter(ledger=ledger, record=record).values("finding")
    return list(Sight(user).visible().filter(pk__in=cited).order_by("-pk")[:most])

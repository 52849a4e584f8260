"""Who asks, and what an operation needs: ``@needs("finding.view")``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from shouwang.access.middleware import actor_of, language_of
from shouwang.access.rights import RIGHTS
from shouwang.access.scope import limit_to, may
from shouwang.api import tokens
from shouwang.api.problems import Forbidden
from shouwang.trail.actor import act_from_here

Operation = TypeVar("Operation", bound=Callable[..., Any])

RATE = "600/m"
"""Requests a token may send in a minute, counted in each server process."""


class Bearer(HttpBearer):
    """``Authorization: Bearer sw_…``. The user of the token acts from here on, with the token's rights.

    The session's middleware, which ends it, knew no user: their language is spoken from here on too.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's record, or None."""
        found = tokens.find(token)
        if found is None:
            return None
        limit_to(found.user, found.grant)
        request.user = found.user
        translation.activate(language_of(found.user.language))
        act_from_here(actor_of(found.user, via=found.name))
        return found


class PerToken(AuthRateThrottle):
    """Counts by token; the key of the cache is the token's number, not its text."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """One counter a token."""
        return f"api-rate-{request.auth.pk}"  # type: ignore[attr-defined]


def needs(right: str, *, subject: str = "") -> Callable[[Operation], Operation]:
    """Declare the right of an operation; ``subject`` names the path argument that says on what."""
    if right not in RIGHTS:
        raise ValueError(f"no such right: {right}")

    def declare(operation: Operation) -> Operation:
        @wraps(operation)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not may(request.user, right, str(kwargs.get(subject, ""))):
                raise Forbidden(right)
            return operation(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare

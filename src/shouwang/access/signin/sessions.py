"""How long and how often one is signed in: an idle time, a longest time, so many places at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shouwang.access.models import User
from shouwang.clock.busy import behind, hastily

log = logging.getLogger(__name__)

BEGAN, SEEN = "began", "seen"
"""Keys of a session: when it began and when it was last used, in seconds since 1970."""
STEP = 60
"""Last use is written at most this often (seconds)."""


class SessionLimits:
    """Middleware: signs out who was idle for too long or has been signed in for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as a visitor where the session is over."""
        if request.user.is_authenticated:
            over = self.over(request.session, time.time())
            if over:
                request.sign_out_reason = over  # type: ignore[attr-defined]
                logout(request)
        return self.get_response(request)

    def over(self, session: Any, now: float) -> str:
        """Why the session is over: ``idle``, ``limit`` or nothing; notes that it was used."""
        modified = session.modified
        began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return "idle"
        if now - began > settings.SESSION_COOKIE_AGE:
            return "limit"
        # A clock that was set back must not keep a session alive for ever.
        if SEEN not in session or not 0 <= now - seen < STEP:
            session[SEEN] = now
            if _noted(session):
                session.modified = modified  # nothing is left to be stored after the answer
        return ""


def _noted(session: Any) -> bool:
    """Store that a session was used, or leave it to its next request; False where the session is no more.

    Who only reads must neither wait for a long writer nor fail with a full disk.
    """
    try:
        with hastily():
            session.save()
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
    except (UpdateError, DatabaseError) as error:
        if not any(isinstance(one, OperationalError) for one in behind(error)):
            return False
        log.info("the last use of a session is not noted: %s", error)
    return True


def sessions_of(user: User, without: str = "") -> list[UserSession]:
    """Where the user is signed in, the newest first; what is over is cleared away.

    The session ``without`` is left out, and left alone: one that begins now is not stored yet.
    """
    found = UserSession.objects.filter(user=user).exclude(session_key=without).order_by("-created_at", "-pk")
    return [session for session in found if not session.purge()]


def end_sessions(user: User, keep: str = "", beyond: int = 0) -> int:
    """Sign the user out everywhere, except for the session ``keep`` and the ``beyond`` newest; how many."""
    ended = sessions_of(user, without=keep)[beyond:]
    for session in ended:
        session.end()
    return len(ended)

"""The sign-in log: every signing in, failing, locking out and signing out is an event.

No password gets here, and no name that nobody has: people type passwords into the wrong field.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from shouwang import trail
from shouwang.access.middleware import actor_of
from shouwang.access.models import User
from shouwang.access.signin.sessions import BEGAN, SEEN, end_sessions

VISITOR = trail.Actor("visitor", "未登录")


def _from(request: HttpRequest | None) -> dict[str, Any]:
    """Where a request comes from: address and, in short, with what."""
    if request is None:
        return {}
    from shouwang.access.signin.lockout import address_of

    agent = request.META.get("HTTP_USER_AGENT", "")[:200]
    return {"address": address_of(request) or "", "agent": agent}


def signed_in(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Note it, and when it was; the limits of the session count from now."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    user.last_login = timezone.now()
    with trail.change("account.sign-in", actor=actor_of(user)) as change:
        models.Model.save(user, update_fields=["last_login"])  # one event tells it all
        user._remember(["last_login"])
        change.note(User.trail_target(), user.pk, **_from(request))


def too_many(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Sign the user out where they signed in longest ago, if that is one place too many."""
    keep = request.session.session_key or ""
    if ended := end_sessions(user, keep=keep, beyond=settings.SESSIONS_AT_ONCE - 1):
        with trail.change("account.sign-out", actor=actor_of(user)) as change:
            change.note(User.trail_target(), user.pk, why="limit of sessions", sessions=ended)


def signed_out(request: HttpRequest | None, user: User | None, **_signal: Any) -> None:
    """Note it, with the reason where it was not the user who asked."""
    if user is None:
        return
    why = getattr(request, "sign_out_reason", "")
    because: dict[str, Any] = {"why": why} if why else {}
    with trail.change("account.sign-out", actor=actor_of(user)) as change:
        change.note(User.trail_target(), user.pk, **because, **_from(request))


def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any) -> None:
    """Note a failed attempt, and on whom if there is such a user."""
    user = User.objects.filter(username=str(credentials.get("username", ""))).first()
    with trail.change("account.sign-in-failed", actor=VISITOR) as change:
        change.note(User.trail_target(), user.pk if user else "", **_from(request))


def locked_out(request: HttpRequest, username: str, **_signal: Any) -> None:
    """Note that an attempt met a locked door."""
    user = User.objects.filter(username=username or "").first()
    with trail.change("account.lock-out", actor=VISITOR) as change:
        change.note(User.trail_target(), user.pk if user else "", **_from(request))


def factor_failed(user: User, request: HttpRequest, authenticator: Any, **_signal: Any) -> None:
    """Note a wrong code."""
    with trail.change("account.factor-failed", actor=actor_of(user)) as change:
        change.note(User.trail_target(), user.pk, factor=str(authenticator.type), **_from(request))


def factor_added(instance: Authenticator, created: bool, **_signal: Any) -> None:
    """Note a second factor, or new recovery codes, in the transaction that stores them."""
    if created:
        trail.record("account.factor-added", User.trail_target(), instance.user_id, factor=str(instance.type))


def factor_removed(instance: Authenticator, **_signal: Any) -> None:
    """Note that a second factor, or recovery codes, are gone."""
    trail.record("account.factor-removed", User.trail_target(), instance.user_id, factor=str(instance.type))


def connect() -> None:
    """Listen; called once at the start. Django's own note of the last sign-in would go past the trail."""
    user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")
    user_logged_in.connect(signed_in, dispatch_uid="shouwang.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="shouwang.signed_out")
    user_login_failed.connect(failed, dispatch_uid="shouwang.failed")
    user_locked_out.connect(locked_out, dispatch_uid="shouwang.locked_out")
    account.user_logged_in.connect(too_many, dispatch_uid="shouwang.too_many")
    mfa.authentication_failed.connect(factor_failed, dispatch_uid="shouwang.factor_failed")
    models.signals.post_save.connect(factor_added, sender=Authenticator)
    models.signals.post_delete.connect(factor_removed, sender=Authenticator)

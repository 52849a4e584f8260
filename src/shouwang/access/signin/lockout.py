"""Who guesses passwords is shut out for a while: django-axes, told what a user name is here.

Counted is by user name and address together, so that nobody can shut out a colleague from another computer.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.access.models import User


def known_as(username: str) -> str:
    """What failed attempts are filed under: the user name, or for one that nobody has a keyed hash of it.

    People type their password into the wrong field; it must not be kept.
    """
    if User.objects.filter(username=username).exists():
        return username
    keyed = hmac.new(settings.SECRET_KEY.encode(), username.encode(), hashlib.sha256)
    return f"?{keyed.hexdigest()[:24]}"


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The user name of an attempt (``AXES_USERNAME_CALLABLE``): from the credentials or the sign-in form."""
    found = (credentials or {}).get("username") or (credentials or {}).get("login")
    if not found and request is not None:
        found = request.POST.get("login") or getattr(request.user, "username", "")
    return known_as(str(found)) if found else None


def address_of(request: HttpRequest) -> str | None:
    """The address a request comes from (``AXES_CLIENT_IP_CALLABLE``), behind the proxies that are trusted.

    None for a request that came from nowhere, as Django makes one to sign somebody in without a page.
    """
    from allauth.account.adapter import get_adapter

    return str(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else None


def answer(request: HttpRequest, *_args: Any, **_options: Any) -> HttpResponse:
    """The page that says for how long (``AXES_LOCKOUT_CALLABLE``)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)


def failures(user: User) -> int:
    """How many wrong passwords are counted for a user now, from all places."""
    found = AccessAttempt.objects.filter(
        username=user.username, attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    return sum(found.values_list("failures_since_start", flat=True))


def forget(user: User) -> int:
    """Forget a user's failed attempts; how many there were."""
    found = AccessAttempt.objects.filter(username=user.username)
    forgotten: int = sum(found.values_list("failures_since_start", flat=True))
    found.delete()
    return forgotten

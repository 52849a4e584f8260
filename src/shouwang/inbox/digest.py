"""The daily digest (每日工作摘要): what waits for a user, in one e-mail.

Rooms that know of work register a provider; it gives the lines of one user: a message of the catalogue and
its facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from shouwang.access.models import User
from shouwang.inbox.models import Notice, Preference
from shouwang.inbox.sending import dispatch, worded
from shouwang.standards import workdays
from shouwang.standards.reading import N_

Line = tuple[str, Mapping[str, Any]]
Provider = Callable[[User], Iterable[Line]]


_PROVIDERS: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Let ``provider`` add its lines to everybody's digest."""
    _PROVIDERS[name] = provider


def lines(user: User) -> list[Line]:
    """What waits for a user, in the order in which the providers are called."""
    found = [line for name in sorted(_PROVIDERS) for line in _PROVIDERS[name](user)]
    unread = Notice.objects.filter(user=user, read__isnull=True).count()
    if unread:
        found.append((N_("未读消息{count}条"), {"count": unread}))
    return found


def send_all(day: dt.date | None = None) -> int:
    """Send everybody who wants it the digest of the day; how many. None on days off, none without content."""
    today = day or timezone.localdate()
    if not workdays.is_working_day(today).value:
        return 0
    unwilling = {
        p.user_id for p in Preference.objects.all() if p.mail == Preference.Mail.NONE or "digest" in p.muted
    }
    count = 0
    for user in User.objects.filter(is_active=True).exclude(email="").order_by("pk"):
        told = lines(user) if user.pk not in unwilling else []
        if not told:
            continue
        with translation.override(user.language or settings.LANGUAGE_CODE):
            subject = gettext("守望工作摘要 {day}").format(day=today.isoformat())
        body = "\n".join(worded(user, text, facts) for text, facts in told)
        with transaction.atomic():
            dispatch(subject, body, user=user)
        count += 1
    return count

"""What every page knows: navigation, the user's posts, the count of unread notices."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shouwang.access.scope import holdings
from shouwang.inbox import unread
from shouwang.workbench.navigation import navigation


def _posts(user: Any) -> str:
    return "、".join(str(held.post) for held in holdings(user))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``workbench/base.html``; asks the database only for what the page shows.

    ``nav``: groups of entries; ``posts``: the posts the user holds, in words; ``unread``: notices not yet
    read; ``now``: the moment, for the head of a printed page.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": [], "posts": "", "unread": 0, "now": timezone.localtime()}
    return {
        "nav": SimpleLazyObject(lambda: navigation(user, request.path)),
        "posts": SimpleLazyObject(lambda: _posts(user)),
        "unread": SimpleLazyObject(lambda: unread(user)),
        "now": timezone.localtime(),
    }

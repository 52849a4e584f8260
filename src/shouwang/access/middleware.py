"""Who acts in a request, and in which language they are spoken to."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from shouwang.access.models import User
from shouwang.access.scope import holdings
from shouwang.trail.actor import Actor, acting

GetResponse = Callable[[HttpRequest], HttpResponse]


def user_of(request: HttpRequest) -> User:
    """The signed-in user of a request; ``PermissionDenied`` for a visitor whom the route let through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor_of(user: object, *, via: str = "") -> Actor:
    """A user as the trail names them: with the posts they hold today, and the token they act by."""
    posts = "、".join(str(held.post) for held in holdings(user))
    if via:
        posts = f"{posts[:100]}（{via}）"
    return Actor(f"user:{user.pk}", str(user), posts[:200])  # type: ignore[attr-defined]


def language_of(chosen: str) -> str:
    """The language chosen, if there is such a one; the installation's otherwise."""
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class ActorMiddleware:
    """Lets the signed-in user be the one who acts for the length of the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not request.user.is_authenticated:
            with acting(Actor("visitor", "未登录")):
                return self.get_response(request)
        with acting(actor_of(request.user)):
            return self.get_response(request)


class LanguageMiddleware:
    """Speaks the language the user chose; the browser's wishes do not count."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in that language."""
        chosen = getattr(request.user, "language", "") or request.session.get("language", "")
        with translation.override(language_of(chosen)):
            return self.get_response(request)

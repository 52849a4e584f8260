"""What is asked of a user before anything else: a password of their own, a second factor for some roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shouwang.access.scope import holdings

ALWAYS = ("account_logout", "account_reauthenticate", "mfa_reauthenticate")
FOR_PASSWORD = ("account_change_password",)
FOR_FACTOR = (
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
)


def wants_second_factor(user: Any) -> bool:
    """Whether a role that the user holds today wants a second factor."""
    return any(held.role.mfa for held in holdings(user))


def demanded(user: Any) -> tuple[str, ...]:
    """The routes to which a user is held until they did what is asked of them; empty where nothing is.

    Pages send the user to the first of them, the API refuses. Who signs in through the office's identity
    provider has no password here, and the second factor is the provider's business.
    """
    if not user.has_usable_password():
        return ()
    if user.must_change_password:
        return FOR_PASSWORD
    if wants_second_factor(user) and not is_mfa_enabled(user):
        return FOR_FACTOR
    return ()


class Demands:
    """Middleware: leads to what is demanded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Send the user elsewhere, if something is demanded and the route does not serve it."""
        if not request.user.is_authenticated:
            return None
        routes = demanded(request.user)
        match = request.resolver_match
        name = match.view_name if match else ""
        if not routes or name in (*routes, *ALWAYS, "workbench:language"):
            return None
        return redirect(reverse(routes[0]))

"""Headers that every page has and Django has no setting for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

PERMISSIONS = (
    "accelerometer=(), autoplay=(), camera=(self), display-capture=(), fullscreen=(self), geolocation=(self),"
    " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
    " publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
"""The camera and the place serve reports from the field, public keys the sign-in; nothing else is used."""


class HeadersMiddleware:
    """Says what a page may use of the device, and that pages of a signed-in user are kept nowhere.

    Computers of an office are shared: whoever goes back in the browser after someone signed out must not see
    that person's pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with these headers."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response

"""How allauth behaves here: no sign-up, changes within the trail, secrets encrypted."""

from __future__ import annotations

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.middleware import actor_of
from shouwang.access.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator; a password is changed within the trail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes, in the database and so for all workers together.

        What allauth counts besides (``login_failed``) are wrong codes of the second factor.
        """

    def set_password(self, user: User, password: str) -> None:
        """The user's own change of password; what was asked of them at the first sign-in is done with it."""
        user.set_password(password)
        user.must_change_password = False
        with trail.change("account.password", actor=actor_of(user)):
            user.save(update_fields=["password", "must_change_password"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own account."""
        return reverse("workbench:account")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The office's own identity provider signs in users that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the user whom the provider names: by its own key, at the first time by user name.

        Which claim holds the user name is the setting ``OIDC_USERNAME_CLAIM``.
        """
        if sociallogin.is_existing:
            return  # whether they are still let in is asked after this, as with a password
        extra = sociallogin.account.extra_data
        claims = {**extra, **extra.get("id_token", {}), **extra.get("userinfo", {})}
        name = str(claims.get(settings.OIDC_USERNAME_CLAIM) or "")
        user = User.objects.filter(username=name, is_active=True).first() if name else None
        if user is None:
            trail.record(
                "account.sign-in-failed", User.trail_target(), "", provider=sociallogin.account.provider
            )
            messages.error(request, _("您的单位账号还没有对应的用户，请联系系统管理员。"))
            raise ImmediateHttpResponse(redirect("account_login"))
        with trail.change("account.link", actor=actor_of(user)) as change:
            sociallogin.user = user
            sociallogin.account.user = user
            sociallogin.account.save()
            change.note(User.trail_target(), user.pk, provider=sociallogin.account.provider)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_told: Any) -> None:
        """An answer of the provider that did not stand up leaves an event."""
        trail.record(
            "account.sign-in-failed", User.trail_target(), "", provider=str(provider.app.provider_id)
        )

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Never called, since nobody signs up; refuses all the same."""
        raise RuntimeError("users are made by shouwang.access.people")


_VERSION = "1:"


def _ciphers() -> list[AESGCM]:
    """One for the present secret key and each that may still be in use."""
    return [
        AESGCM(HKDF(SHA256(), 32, salt=None, info=b"shouwang second factor").derive(key.encode()))
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are encrypted at rest (AES-256-GCM under a key of the secret key)."""

    def encrypt(self, text: str) -> str:
        """Encrypt for the database."""
        nonce = os.urandom(12)
        return _VERSION + base64.b64encode(nonce + _ciphers()[0].encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read what :meth:`encrypt` wrote. ``ValueError`` where the secret key is another one."""
        sealed = base64.b64decode(encrypted_text.removeprefix(_VERSION))
        for cipher in _ciphers():
            try:
                return cipher.decrypt(sealed[:12], sealed[12:], None).decode()
            except InvalidTag:
                continue
        raise ValueError("the second factor was stored under another SHOUWANG_SECRET_KEY")

    def get_totp_issuer(self) -> str:
        """What the user's authenticator calls this."""
        return _("守望")

    def get_totp_label(self, user: Any) -> str:
        """The user name."""
        return str(user.get_username())

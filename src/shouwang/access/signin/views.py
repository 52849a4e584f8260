"""Pages of signing in that are not allauth's as they are."""

from __future__ import annotations

from typing import Any

from allauth.account.views import password_change
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shouwang.access.middleware import user_of
from shouwang.access.rights import SIGNED_IN, requires


@requires(SIGNED_IN)
def change_password(request: HttpRequest, **options: Any) -> HttpResponseBase:
    """Change the password; who signs in through the office's identity provider has none here."""
    if not user_of(request).has_usable_password():
        messages.info(request, _("您用单位账号登录，这里没有密码要改。"))
        return redirect("workbench:account")
    answer: HttpResponseBase = password_change(request, **options)
    return answer

"""What a password must be, beyond what Django asks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class AnotherOne:
    """Refuses the password that the user has already (``AUTH_PASSWORD_VALIDATORS``)."""

    def validate(self, password: str, user: Any = None) -> None:
        """``ValidationError`` where nothing would change."""
        if user is not None and user.pk and user.has_usable_password() and user.check_password(password):
            raise ValidationError(_("新密码与现在的密码相同。"), code="password_same")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("不能与现在的密码相同。")

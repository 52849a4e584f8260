"""Users are made, given a new password, and shut out. Everything here opens its own change.

Nobody chooses a password for somebody else: it is made by chance, shown once, and must be changed at the
first sign-in.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from shouwang import trail
from shouwang.access.models import User

# No 0 o 1 l i: the password is read out, or copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """A random password of 16 letters and digits (79 bits) in groups of four, to be typed once."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def create_user(username: str, name: str, *, reason: str = "", **details: Any) -> tuple[User, str]:
    """Make a user with a one-time password; both are returned, and the password is kept nowhere else.

    ``details`` are further fields (``phone``, ``email``, ``language``). Raises ``ValidationError`` for a name
    that is taken or not allowed.
    """
    user = User(username=username, name=name, must_change_password=True, **details)
    password = one_time_password()
    user.set_password(password)
    user.full_clean()
    with trail.change("access.create-user", reason=reason):
        user.save()
    return user, password


def reset_password(user: User, *, reason: str = "") -> str:
    """Give a user a new one-time password and sign them out everywhere; returns the password."""
    from shouwang.access.signin.sessions import end_sessions

    password = one_time_password()
    with trail.change("access.reset-password", reason=reason):
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        end_sessions(user)
    return password


def set_active(user: User, active: bool, *, reason: str) -> None:
    """Shut a user out, at once and everywhere, or let them in again. Their past stays on file."""
    from shouwang.access.signin.sessions import end_sessions

    with trail.change("access.activate" if active else "access.deactivate", reason=reason):
        user.is_active = active
        user.save(update_fields=["is_active"])
        if not active:
            end_sessions(user)


@transaction.atomic
def unlock(user: User, *, reason: str = "") -> int:
    """Forget the failed attempts at this user's sign-in; how many there were."""
    from shouwang.access.signin.lockout import forget

    with trail.change("access.unlock", reason=reason) as change:
        forgotten = forget(user)
        change.note(User.trail_target(), user.pk, attempts=forgotten)
    return forgotten


def reset_factor(user: User, *, reason: str = "") -> int:
    """Take a user's second factor off, for who lost the phone and the codes; signs them out everywhere."""
    from allauth.mfa.models import Authenticator

    from shouwang.access.signin.sessions import end_sessions

    with trail.change("access.reset-factor", reason=reason) as change:
        gone = 0
        for authenticator in Authenticator.objects.filter(user=user):
            authenticator.delete()
            gone += 1
        change.note(User.trail_target(), user.pk, factors=gone)
        end_sessions(user)
    return gone

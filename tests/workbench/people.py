"""People of the tests: a user at a post of a role in a division."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User

NAMES = {"110101001000000": "云溪街道", "110101001001000": "云溪社区", "110101001002000": "东溪社区"}


def appoint(username: str, name: str, role: str, code: str, *, organisation: str = "") -> User:
    """A user who holds a post of that role in the division, which is made where it does not exist."""
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("access.appoint"):
        user = User.objects.filter(username=username).first() or User(username=username, name=name)
        user.set_unusable_password()
        user.save()
        area = Area.objects.filter(code=code).first() or Area(code=code, name=NAMES.get(code, code))
        area.save()
        post = Post(role=role, title=role, area=area, organisation=organisation)
        post.save()
        Appointment(post=post, user=user, start=dt.date(2020, 1, 1)).save()
    return user


def session_of(user: User) -> str:
    """The key of a session in which the user is signed in, as if through the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def signed_in(user: User, **options: bool) -> Client:
    """A client in which the user is signed in; ``options`` are those of Django's client."""
    client = Client(**options)  # type: ignore[arg-type]
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return client

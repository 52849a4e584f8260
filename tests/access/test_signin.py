"""Signing in from end to end: passwords, lock-out, sessions, second factor; and what the log says of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shouwang import trail
from shouwang.access import people
from shouwang.access.models import User
from shouwang.access.roles import roles
from shouwang.access.signin import sessions
from shouwang.trail.models import Event
from tests.workbench.people import appoint

PASSWORD = "quite-a-long-secret-7"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    found = appoint("wang", "王敏", "dibao_worker", "110101001001000")
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("access.password"):
        found.set_password(PASSWORD)
        found.save()
    return found


def sign_in(client: Client, password: str = PASSWORD, username: str = "wang", **extra: Any) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def log(user: User | None = None) -> list[str]:
    events = Event.objects.filter(action__startswith="account.").order_by("pk")
    return [
        event.action.removeprefix("account.")
        for event in events
        if user is None or event.target_id == str(user.pk)
    ]


def test_signing_in_and_out_leaves_events_with_the_place_and_no_password(user: User) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="Firefox")
    assert client.get("/").status_code == 302
    assert sign_in(client)["Location"] == "/"
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/").status_code == 302
    assert log(user) == ["sign-in", "sign-out"]
    event = Event.objects.get(action="account.sign-in")
    assert event.actor == f"user:{user.pk}" and "云溪社区" in event.post
    assert json.loads(event.body) == {"address": "10.1.2.3", "agent": "Firefox"}
    assert User.objects.get().last_login is not None


def test_the_sign_in_page_names_nobody_and_offers_no_sign_up(user: User) -> None:
    page = Client().get(LOGIN).content.decode()
    assert 'name="login"' in page and 'autocomplete="current-password"' in page
    assert "signup" not in page and "reset" not in page
    for closed in ("signup/", "password/reset/", "email/", "3rdparty/connections/"):
        assert Client().get(f"/account/{closed}").status_code == 404


def test_a_wrong_password_and_an_unknown_name_answer_alike(user: User) -> None:
    wrong, unknown = sign_in(Client(), "wrong-password"), sign_in(Client(), username="nobody-here")
    answers = [a.content.decode().replace("nobody-here", "wang") for a in (wrong, unknown)]
    assert [a.status_code for a in (wrong, unknown)] == [200, 200]
    assert [("用户名" in a and "csrfmiddlewaretoken" in a) for a in answers] == [True, True]
    assert log() == ["sign-in-failed", "sign-in-failed"]
    assert [e.target_id for e in Event.objects.filter(action="account.sign-in-failed").order_by("pk")] == [
        str(user.pk),
        "",
    ]


def test_a_password_typed_as_a_name_is_kept_nowhere(user: User) -> None:
    sign_in(Client(), "wang", username=PASSWORD)
    sign_in(Client(), PASSWORD + "x")
    kept = [str(row) for row in Event.objects.values_list()] + [
        str(row) for row in AccessAttempt.objects.values()
    ]
    assert len(kept) > 3
    assert not [row for row in kept if PASSWORD in row]


def test_who_guesses_is_locked_out_from_that_place_for_a_while(user: User) -> None:
    guesser = Client(REMOTE_ADDR="10.0.0.66")
    for _ in range(4):
        assert sign_in(guesser, "wrong").status_code == 200
    fifth = sign_in(guesser, "wrong")
    assert fifth.status_code == 429 and "15 分钟" in fifth.content.decode()
    assert sign_in(guesser).status_code == 429, "the right password does not open the door"
    assert guesser.get(LOGIN).status_code == 200
    assert sign_in(Client(REMOTE_ADDR="10.0.0.7")).status_code == 302, "nor is the user shut out elsewhere"
    assert log(user).count("lock-out") == 2
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=14))
    assert sign_in(guesser).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert sign_in(guesser).status_code == 302


def test_the_administrator_unlocks(user: User) -> None:
    guesser = Client(REMOTE_ADDR="10.0.0.66")
    for _ in range(5):
        sign_in(guesser, "wrong")
    with trail.acting(trail.Actor("command:tests", "tests")):
        assert people.unlock(user, reason="本人来电") == 5
    assert sign_in(guesser).status_code == 302


def test_the_address_is_the_proxys_word_only_where_proxies_are_trusted(user: User, settings: Any) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "1.2.3.4", "REMOTE_ADDR": "10.9.9.9"}
    sign_in(Client(), **forged)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sign_in(Client(), **forged)
    told = [
        json.loads(e.body)["address"] for e in Event.objects.filter(action="account.sign-in").order_by("pk")
    ]
    assert told == ["10.9.9.9", "1.2.3.4"]


def test_an_old_hash_is_made_anew_within_the_trail(user: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("access.password"):
        user.password = make_password(PASSWORD, hasher="scrypt")
        user.save()
    assert sign_in(Client()).status_code == 302
    assert User.objects.get().password.startswith("md5$")
    assert "password-rehash" in log(user)


def test_who_is_shut_out_can_neither_sign_in_nor_stay(user: User) -> None:
    client = Client()
    sign_in(client)
    with trail.acting(trail.Actor("command:tests", "tests")):
        people.set_active(user, False, reason="离职")
    assert client.get("/").status_code == 302
    assert sign_in(Client())["Location"] == "/account/inactive/"
    assert Client().get("/account/inactive/").status_code == 200


class TestFirstSignIn:
    @pytest.fixture
    def password(self, user: User) -> str:
        with trail.acting(trail.Actor("command:tests", "tests")):
            return people.reset_password(user, reason="首次启用")

    def test_leads_to_a_password_of_ones_own_and_nowhere_else(self, user: User, password: str) -> None:
        client = Client()
        sign_in(client, password)
        for there in ("/", "/account/factor/", "/account/mine/"):
            assert client.get(there)["Location"] == "/account/password/"
        page = client.get("/account/password/").content.decode()
        assert "请先设一个自己的密码" in page
        for weak in ("short-1", "1234567890123", "password123", password):
            answer = self.change(client, password, weak)
            assert answer.status_code == 200, weak
        assert self.change(client, password, "a-new-and-long-one").status_code == 302
        assert client.get("/").status_code == 200, "one stays signed in here"
        assert sign_in(Client(), password).status_code == 200, "the one-time password is used up"
        assert sign_in(Client(), "a-new-and-long-one")["Location"] == "/"
        assert "password" in log(user)

    @staticmethod
    def change(client: Client, old: str, new: str) -> Any:
        return client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})

    def test_is_random_and_long(self, password: str) -> None:
        others = {people.one_time_password() for _ in range(500)}
        assert len(others) == 500 and password not in others
        assert all(len(one.replace("-", "")) == 16 for one in others)

    def test_resetting_signs_the_user_out_everywhere(self, user: User, password: str) -> None:
        client = Client()
        sign_in(client, password)
        with trail.acting(trail.Actor("command:tests", "tests")):
            people.reset_password(user, reason="忘记密码")
        assert client.get("/account/password/")["Location"].startswith(LOGIN)


class TestSessions:
    def test_end_after_idle_time(self, user: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        client, clock = Client(), Clock(monkeypatch)
        sign_in(client)
        for _ in range(4):
            clock.go(minutes=29)
            assert client.get("/").status_code == 200
        clock.go(minutes=31)
        assert client.get("/").status_code == 302
        assert log(user) == ["sign-in", "sign-out"]
        assert json.loads(Event.objects.get(action="account.sign-out").body)["why"] == "idle"

    def test_end_after_the_longest_time_however_busy(
        self, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, clock = Client(), Clock(monkeypatch)
        sign_in(client)
        answers = []
        for _ in range(26):
            clock.go(minutes=29)
            answers.append(client.get("/").status_code)
        assert answers[:24] == [200] * 24 and answers[24:] == [302, 302]

    def test_a_clock_set_back_keeps_none_alive(self, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        client, clock = Client(), Clock(monkeypatch)
        sign_in(client)
        client.get("/")
        clock.go(minutes=-600)
        assert client.get("/").status_code == 200
        clock.go(minutes=31)
        assert client.get("/").status_code == 302

    def test_the_oldest_ends_when_there_are_too_many(self, user: User) -> None:
        clients = [Client() for _ in range(4)]
        for client in clients:
            sign_in(client)
        assert [client.get("/").status_code for client in clients] == [302, 200, 200, 200]
        event = Event.objects.get(action="account.sign-out")
        assert json.loads(event.body) == {"sessions": 1, "why": "limit of sessions"}

    def test_the_user_sees_and_ends_them(self, user: User) -> None:
        here, there, yonder = Client(), Client(REMOTE_ADDR="10.7.7.7"), Client()
        for client in (here, there, yonder):
            sign_in(client)
        page = here.get("/account/mine/").content.decode()
        assert "10.7.7.7" in page
        [one] = [s for s in sessions.sessions_of(user) if s.ip == "10.7.7.7"]
        assert here.post(f"/account/mine/sign-out/{one.pk}/").status_code == 302
        assert [c.get("/").status_code for c in (here, there, yonder)] == [200, 302, 200]
        here.post("/account/mine/sign-out/")
        assert [c.get("/").status_code for c in (here, there, yonder)] == [200, 302, 302]

    def test_nobody_ends_those_of_others(self, user: User) -> None:
        appoint("li", "李强", "dibao_worker", "110101001002000")
        mine = Client()
        sign_in(mine)
        other = User.objects.get(username="li")
        client = Client()
        client.force_login(other)
        [session] = sessions.sessions_of(user)
        assert client.post(f"/account/mine/sign-out/{session.pk}/").status_code == 404
        assert mine.get("/").status_code == 200


class Clock:
    """The clock of the limits, which tests turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import time

        self.now = time.time()
        monkeypatch.setattr(sessions.time, "time", lambda: self.now)

    def go(self, minutes: float) -> None:
        self.now += minutes * 60


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


class TestSecondFactor:
    @pytest.fixture
    def client(self, user: User) -> Client:
        client = Client()
        sign_in(client)
        return client

    def activate(self, client: Client) -> tuple[str, list[str]]:
        confirm = client.get(reverse("mfa_activate_totp"))["Location"]
        assert confirm.startswith(reverse("account_reauthenticate"))
        assert client.get(confirm).status_code == 200
        assert client.post(confirm, {"password": "wrong"}).status_code == 200
        assert client.post(confirm, {"password": PASSWORD})["Location"] == reverse("mfa_activate_totp")
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        assert secret in page.content.decode() and "data:image/svg+xml" in page.content.decode()
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
        assert answer["Location"] == reverse("mfa_view_recovery_codes")
        codes = client.get(answer["Location"]).context["unused_codes"]
        cache.clear()  # a code that was used is not taken twice
        return secret, codes

    def test_is_asked_after_the_password(self, client: Client, user: User) -> None:
        secret, codes = self.activate(client)
        assert len(codes) == 10
        again = Client()
        assert sign_in(again)["Location"] == reverse("mfa_authenticate")
        assert again.get("/").status_code == 302
        assert again.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
        assert again.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/"
        third = Client()
        sign_in(third)
        assert third.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == "/"
        fourth = Client()
        sign_in(fourth)
        assert fourth.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200, "only once"
        assert "factor-added" in log(user) and "factor-failed" in log(user)

    def test_secrets_are_encrypted_at_rest_and_outlive_a_new_key(
        self, client: Client, user: User, settings: Any
    ) -> None:
        secret, codes = self.activate(client)
        kept = json.dumps([a.data for a in Authenticator.objects.all()])
        assert secret not in kept and codes[0] not in kept
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another"
        again = Client()
        sign_in(again)
        assert again.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(ValueError, match="SHOUWANG_SECRET_KEY"):
            from shouwang.access.signin.adapter import MFAAdapter

            MFAAdapter().decrypt(Authenticator.objects.get(type="totp").data["secret"])

    def test_pages_open_and_it_can_be_given_up(self, client: Client, user: User) -> None:
        self.activate(client)
        for name in (
            "mfa_index",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_deactivate_totp",
        ):
            assert client.get(reverse(name)).status_code == 200, name
        download = client.get(reverse("mfa_download_recovery_codes"))
        assert download["Content-Disposition"].startswith("attachment")
        before = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
        client.post(reverse("mfa_generate_recovery_codes"))
        assert client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"] != before
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert sign_in(Client())["Location"] == "/"
        assert [entry for entry in log(user) if "factor" in entry] == [
            *["factor-added"] * 2,  # the authenticator and its recovery codes
            *["factor-removed", "factor-added"],  # new codes
            *["factor-removed"] * 2,
        ]

    def test_a_role_may_want_it(self, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
        from shouwang.access import scope

        wanting = {**roles(), "dibao_worker": replace(roles()["dibao_worker"], mfa=True)}
        monkeypatch.setattr(scope, "roles", lambda: wanting)
        client = Client()
        sign_in(client)
        for there in ("/", "/account/mine/"):
            assert client.get(there)["Location"] == reverse("mfa_activate_totp")
        self.activate(client)
        assert client.get("/").status_code == 200


def test_a_visitor_of_english_reads_english(user: User) -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": LOGIN})
    page = client.get(LOGIN).content.decode()
    assert "Sign in" in page and 'lang="en"' in page

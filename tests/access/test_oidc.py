"""Signing in with the office's identity provider, against one that runs: who gets in, and what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from shouwang import trail
from shouwang.access import people
from shouwang.access.checks import check_routes
from shouwang.access.models import User
from shouwang.access.roles import Role, roles
from shouwang.trail.models import Event
from tests.access.provider import CLIENT, SECRET, Claims, Provider, serving
from tests.workbench.people import appoint

pytestmark = pytest.mark.django_db
START = "/account/oidc/office/"
ME = trail.Actor("command:tests", "tests")


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider, and an installation that is told of it."""
    cache.clear()
    with serving() as running:
        app = {
            "provider_id": "office", "name": "政务账号", "client_id": CLIENT, "secret": SECRET,
            "settings": {"server_url": running.address},
        }  # fmt: skip
        settings.OIDC_SERVER = running.address
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.ROOT_URLCONF = "tests.access.oidc_urls"
        yield running
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    """Somebody who holds a post and has no password here."""
    return appoint("wang", "王敏", "dibao_worker", "110101001001000")


def through(client: Client, *, change: Callable[[str], str] | None = None) -> Any:
    """Press the button, agree at the provider, come back; ``change`` bends the way back."""
    sent = client.get(START)
    assert sent.status_code == 302, sent.content.decode()
    back = requests.get(sent["Location"], allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(change(back) if change else back)
    return client.get(f"{parts.path}?{parts.query}")


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def log() -> list[str]:
    events = Event.objects.filter(action__startswith="account.").order_by("pk")
    return [event.action.removeprefix("account.") for event in events]


def test_a_known_user_signs_in_and_it_is_on_record(provider: Provider, user: User) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3")
    assert "政务账号" in client.get("/account/login/").content.decode()
    assert through(client)["Location"] == "/"
    assert is_in(client) and "王敏" in client.get("/").content.decode()
    assert log() == ["link", "sign-in"]
    event = Event.objects.get(action="account.sign-in")
    assert event.target_id == str(user.pk) and event.actor == f"user:{user.pk}"
    assert SocialAccount.objects.get().uid == "7f3a"
    assert provider.asked == [
        *["/.well-known/openid-configuration", "/authorize"],
        *["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"],
    ]
    # The second time it is the provider's own key that counts, whatever it calls the user now.
    provider.user = "wang.min"
    assert through(Client())["Location"] == "/"
    assert log() == ["link", "sign-in", "sign-in"]


def test_who_is_not_known_here_is_neither_let_in_nor_made(provider: Provider, user: User) -> None:
    provider.user, provider.sub = "nobody-here", "99"
    client = Client()
    assert through(client)["Location"] == "/account/login/"
    assert not is_in(client)
    assert User.objects.count() == 1 and not SocialAccount.objects.exists()
    assert log() == ["sign-in-failed"]
    assert "nobody-here" not in Event.objects.get(action="account.sign-in-failed").body
    assert "请联系系统管理员" in client.get("/account/login/").content.decode()


def test_who_left_is_not_let_in(provider: Provider, user: User) -> None:
    through(Client())
    with trail.acting(ME):
        people.set_active(user, False, reason="离职")
    client = Client()
    through(client)
    assert not is_in(client)
    provider.sub = "another"  # nor by the name, as if for the first time
    through(client)
    assert not is_in(client) and log().count("sign-in") == 1


def changed(**more: Any) -> Callable[[Provider], None]:
    def bend(provider: Provider) -> None:
        provider.bend = lambda claims: claims.update(more)

    return bend


def signed(how: Callable[[Provider, Claims], str]) -> Callable[[Provider], None]:
    def bend(provider: Provider) -> None:
        provider.sign = lambda claims: how(provider, claims)

    return bend


def by_secret(_provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": "one"})


def other_user(provider: Provider) -> None:
    provider.told = {"sub": "somebody-else", "preferred_username": "wang"}
    provider.user = "li"


def no_address(provider: Provider) -> None:
    provider.bend = lambda claims: claims.pop("nonce")


WRONG: dict[str, Callable[[Provider], None]] = {
    "audience": changed(aud="another-client"),
    "issuer": changed(iss="http://127.0.0.1:1"),
    "nonce of another attempt": changed(nonce="x" * 32),
    "no nonce": no_address,
    "expired": changed(exp=int(time.time()) - 60),
    "signature by another key": signed(lambda p, c: p.signed(c, p.other_key())),
    "signature by a shared secret": signed(by_secret),
    "unsigned": signed(lambda _p, c: jwt.encode(c, None, algorithm="none", headers={"kid": "one"})),
    "key that is not published": signed(
        lambda p, c: jwt.encode(c, p.key, algorithm="RS256", headers={"kid": "two"})
    ),
    "no token": signed(lambda _p, _c: ""),
    "no JWT": signed(lambda _p, _c: "x.y"),
    "data of somebody else": other_user,
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_an_answer_that_does_not_stand_up_is_refused(provider: Provider, user: User, what: str) -> None:
    WRONG[what](provider)
    client = Client()
    answer = through(client)
    assert answer.status_code in (200, 401) and "没有登录成功" in answer.content.decode()
    assert not is_in(client) and not SocialAccount.objects.exists()
    assert log() == ["sign-in-failed"]


def test_the_way_back_belongs_to_the_browser_that_set_out(provider: Provider, user: User) -> None:
    kept: list[str] = []

    def keep(address: str) -> str:
        kept.append(address)
        return address

    first = Client()
    through(first, change=keep)
    assert is_in(first)
    parts = urlsplit(kept[0])
    for thief in (Client(), first):  # an address that was used, in another browser and in the same
        assert thief.get(f"{parts.path}?{parts.query}").status_code in (200, 401, 302)
    assert log().count("sign-in") == 1
    other = Client()
    wrong = through(other, change=lambda address: address.replace("state=", "state=x"))
    assert wrong.status_code in (200, 401, 302) and not is_in(other)
    # Without the verifier of its own attempt a code is worth nothing.
    query = parse_qs(urlsplit(Client().get(START)["Location"]).query)
    assert len(query["code_challenge"][0]) == 43 and len(query["nonce"][0]) == 32
    assert provider.token({"code": "stolen", "client_secret": SECRET})[0] == 400


def test_a_second_factor_kept_here_is_asked_for_all_the_same(provider: Provider, user: User) -> None:
    with trail.acting(ME), trail.change("test.factor"):
        TOTP.activate(user, generate_totp_secret())
    client = Client()
    assert through(client)["Location"] == "/account/factor/authenticate/"
    assert not is_in(client) and "sign-in" not in log()
    assert Authenticator.objects.count() == 1


def test_a_role_that_wants_a_second_factor_has_it_of_the_provider_or_here(
    provider: Provider, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = roles()["dibao_worker"]
    monkeypatch.setitem(
        roles(),
        "dibao_worker",
        Role(strict.code, strict.label, strict.grants, levels=strict.levels, mfa=True),
    )
    client = Client()
    through(client)
    assert is_in(client), "no password here: the second factor is the provider's business"
    with trail.acting(ME), trail.change("access.password"):
        user.set_password("quite-a-long-secret-7")
        user.save()
    again = Client()
    through(again)
    assert again.get("/")["Location"] == "/account/factor/activate/", "with a password here, one is due here"


def test_every_route_of_the_provider_declares_its_right(provider: Provider) -> None:
    assert check_routes() == []

"""The clear wording of findings: sealed with the keys that are rotated, readable as long as one has them."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from tests.ledger.store.office import ME, YUNXI
from tests.workbench.recorded import finding

from shouwang import home, trail
from shouwang.inbox import sealing as before
from shouwang.ledger import secret
from shouwang.ledger.store import rotation
from shouwang.risk import sealing
from shouwang.risk.models import Finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]
TOLD = {"name": "张三丰", "text": "张三丰（999901199302086027）去世后仍领取", "text_en": "paid after death"}


def kept(number: int) -> Finding:
    identity = f"{number:064x}"
    return finding(
        "assistance.paid-after-death", YUNXI, identity=identity, sealed=sealing.seal(TOLD, identity)
    )


def opened(one: Finding) -> dict[str, str]:
    stored = Finding.objects.get(pk=one.pk)
    return sealing.unseal(stored.sealed, stored.identity)


def test_rotated_and_the_old_key_removed_it_is_still_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [kept(n) for n in range(1, 4)]
    plain = finding("assistance.paid-after-death", YUNXI)
    monkeypatch.setenv("SHOUWANG_CIPHER", "sm4")
    with trail.acting(ME):
        assert rotation.rotate() == 3
    assert not rotation.unfinished()
    body = home.keys()
    del body["data"]["keys"]["1"]
    home.write_keys(body)
    secret.forget()
    assert [opened(one) for one in found] == [TOLD] * 3
    assert Finding.objects.get(pk=plain.pk).sealed == ""
    assert {secret.version_of(Finding.objects.get(pk=one.pk).sealed) for one in found} == {2}


def test_nothing_is_readable_without_its_key() -> None:
    one = kept(1)
    assert not any(word in one.sealed for word in ("张三丰", "999901199302086027", "paid"))
    body = home.keys()
    body["data"]["keys"]["1"]["key"] = "00" * 32
    home.write_keys(body)
    secret.forget()
    with pytest.raises(sealing.Unreadable):
        opened(one)
    del body["data"]
    home.write_keys(body)
    secret.forget()
    with pytest.raises(sealing.Unreadable):
        opened(one)


def test_copied_to_another_finding_or_changed_it_does_not_open() -> None:
    one, other = kept(1 << 200), kept(2 << 200)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(one.sealed, other.identity)
    index, version, box = one.sealed.split(".")
    moved = f"{other.identity[: secret.INDEX_WIDTH]}.{version}.{box}"
    for broken in (moved, f"{index}.{version}.{box[:-3]}AAA", f"{index}.9.{box}", "", box):
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(broken, other.identity if broken == moved else one.identity)


def test_what_was_sealed_under_the_secret_key_is_brought_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one, earlier, lost, new = (finding("assistance.paid-after-death", YUNXI) for _ in range(4))
    body = json.dumps(TOLD, ensure_ascii=False)
    now = settings.SECRET_KEY
    monkeypatch.setattr(settings, "SECRET_KEY", "an-earlier-key")
    text = before.seal(body)
    monkeypatch.setattr(settings, "SECRET_KEY", "a-key-that-is-gone")
    gone = before.seal(body)
    monkeypatch.setattr(settings, "SECRET_KEY", now)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", ["an-earlier-key"])
    values = {one: before.seal(body), earlier: text, lost: gone, new: sealing.seal(TOLD, new.identity)}
    with trail.acting(ME), trail.change("test.setup"):
        for row, value in values.items():
            row.sealed = value
            row.save()
    with trail.acting(ME), trail.change("test.migrate"):
        sealing.bring_over(apps, SimpleNamespace(connection=connection))
    assert [opened(row) for row in (one, earlier, new)] == [TOLD] * 3
    assert Finding.objects.get(pk=new.pk).sealed == values[new]
    assert Finding.objects.get(pk=lost.pk).sealed == gone
    with pytest.raises(sealing.Unreadable):
        opened(lost)
    with trail.acting(ME):  # what no key opens does not stand in the way of a rotation
        assert rotation.rotate() == 3
    assert opened(one) == TOLD

"""Personal identifiers at rest: sealed, found by index, bound to their place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shouwang import home, trail
from shouwang.ledger import identity, secret
from shouwang.registry.models import Death, Person
from shouwang.trail import Actor
from shouwang.trail.models import Event

ID, OTHER = "999901199302086027", "999914200911266389"
HERE = "110101001001000"
ME = Actor("command:tests", "测试")


@pytest.fixture(params=["aes", "sm4"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A home of its own with keys of either kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHOUWANG_HOME", str(tmp_path))
        patch.setenv("SHOUWANG_CIPHER", request.param)
        secret.forget()
        identity.person_index.cache_clear()
        assert home.first_start()
        yield request.param
    secret.forget()
    identity.person_index.cache_clear()


def test_what_is_sealed_opens_only_where_it_was_sealed(keys: str) -> None:
    index = identity.person_index(ID)
    stored = secret.seal(ID, "registry_person.person", index)
    assert ID not in stored and stored.startswith(f"{index}.1.")
    assert len(stored) <= 128 and secret.version_of(stored) == 1
    assert secret.unseal(stored, "registry_person.person") == ID
    assert secret.seal(ID, "registry_person.person", index) != stored  # a nonce of its own each time
    with pytest.raises(secret.SecretError, match="copied from another place"):
        secret.unseal(stored, "registry_death.person")
    other = identity.person_index(OTHER) + stored[secret.INDEX_WIDTH :]
    with pytest.raises(secret.SecretError, match="changed"):
        secret.unseal(other, "registry_person.person")
    with pytest.raises(secret.SecretError, match="not a sealed value"):
        secret.unseal(ID, "registry_person.person")


def test_ciphers_are_those_of_the_setting(keys: str) -> None:
    body = home.keys()
    wanted = {"aes": ("aes-256-gcm", "sha256", 64), "sm4": ("sm4-gcm", "sm3", 32)}[keys]
    kept = body["data"]["keys"]["1"]
    assert (kept["cipher"], body["index"]["hash"], len(kept["key"])) == wanted
    assert body["index"]["key"] != kept["key"]
    assert oct(os.stat(home.home() / home.KEYS).st_mode & 0o777) == "0o600"


def test_the_old_key_still_opens_and_the_index_stays(keys: str) -> None:
    index = identity.person_index(ID)
    old = secret.seal(ID, "t.c", index)
    assert secret.add_data_key() == 2
    identity.person_index.cache_clear()
    assert identity.person_index(ID) == index
    new = secret.seal(ID, "t.c", index)
    assert (secret.version_of(old), secret.version_of(new)) == (1, 2)
    assert secret.unseal(old, "t.c") == secret.unseal(new, "t.c") == ID


def test_without_keys_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path))
    secret.forget()
    with pytest.raises(secret.SecretError, match="shouwang init"):
        secret.keyring()
    secret.forget()


@given(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40))
def test_any_text_comes_back(text: str) -> None:
    assert secret.unseal(secret.seal(text, "a.b", identity.person_index(text)), "a.b") == text


def test_pseudonyms_keep_what_rules_compute_and_nothing_else() -> None:
    one, other = identity.pseudonym(ID), identity.pseudonym(OTHER)
    assert len(one) == 18 and one != other and one == identity.pseudonym(ID)
    assert one[6:14] == ID[6:14] and int(one[16]) % 2 == int(ID[16]) % 2
    assert one[:6] != ID[:6] and ID[14:17] not in one[14:]


def person(number: str = ID, **more: str) -> Person:
    row = Person(person=number, division_code=HERE, **{"name": "张三", "household_no": "H1", **more})
    row.save()
    return row


@pytest.mark.django_db
def test_the_column_holds_no_number_and_answers_exact_questions() -> None:
    with trail.acting(ME), trail.change("ledger.add"):
        row, other = person(), person(OTHER, name="李四")
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, words FROM registry_person ORDER BY id")
        stored = cursor.fetchall()
    assert all(ID not in cell and OTHER not in cell for line in stored for cell in line)
    assert Person.objects.get(person=ID).pk == row.pk
    assert set(Person.objects.filter(person__in=[ID, OTHER])) == {row, other}
    assert Person.objects.get(person__index=identity.person_index(OTHER)).name == "李四"
    assert not Person.objects.filter(person=ID[:-1] + "8").exists()
    assert not Person.objects.filter(person__isnull=True).exists()
    assert Person.objects.filter(person__index_in=[]).count() == 0
    for lookup in ("contains", "startswith", "gt", "regex", "iexact"):
        with pytest.raises(FieldError, match="sealed at rest"):
            Person.objects.filter(**{f"person__{lookup}": "1101"}).exists()
    many = [f"{i:018d}" for i in range(3000)] + [ID]
    assert Person.objects.filter(person__in=many).count() == 1


@pytest.mark.django_db
def test_the_trail_names_the_person_by_index_and_shows_no_value_in_clear() -> None:
    with trail.acting(ME), trail.change("ledger.add"):
        row = person(phone="13800131234")
    with trail.acting(ME), trail.change("ledger.change"):
        row.phone = "13900131234"
        row.status = "迁出"
        row.save()
    made, changed = Event.objects.order_by("id")
    assert made.person == changed.person == identity.person_index(ID)
    assert made.division_code == HERE
    for event in (made, changed):
        assert not any(clear in event.body for clear in (ID, "张三", "13800131234", "13900131234"))
    assert "139****1234#" in changed.body and '"status":[null,"迁出"]' in changed.body
    assert "words" not in changed.body and "key_digest" not in changed.body


@pytest.mark.django_db
def test_saving_keeps_key_words_and_version() -> None:
    with trail.acting(ME), trail.change("ledger.add"):
        row = person()
        first = row.key_digest
        assert row.row_version == 1
        row.name = "张三丰"
        row.save()
        assert (row.row_version, row.key_digest) == (2, first)
        assert "三丰" in row.words.split()
        Person.objects.filter(pk=row.pk).update(person=OTHER)
    row.refresh_from_db()
    assert row.person == OTHER and row.key_digest != first and row.row_version == 3
    assert identity.key_parts(row.key_digest)[1:] == (HERE, 1)
    with trail.acting(ME), trail.change("ledger.add"), pytest.raises(ValueError, match="division"):
        Death(person=ID).save()

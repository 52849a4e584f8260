"""Rotating keys: everything is sealed anew, also after the command was killed in the middle."""

from __future__ import annotations

import pytest
from django.db import connection

from shouwang import home, trail
from shouwang.ledger import identity, secret
from shouwang.ledger.store import rotation
from shouwang.registry.models import Death, Person
from shouwang.trail.models import Event
from tests.ledger.store.office import IDS, ME, YUNXI, doing, town


def versions() -> set[int]:
    """The versions of keys in use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM registry_person UNION ALL SELECT person FROM registry_death")
        return {secret.version_of(stored) for (stored,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.usefixtures("own_keys")
def test_everything_is_sealed_with_the_new_key_and_found_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    town()
    with doing():
        Person.objects.bulk_create(Person(person=f"{n:018d}", division_code=YUNXI) for n in range(1203))
        Death(person=IDS[0], died_on="2023-05-01", division_code=YUNXI).save()
    index = identity.person_index(IDS[0])
    monkeypatch.setenv("SHOUWANG_CIPHER", "sm4")
    with trail.acting(ME):
        assert rotation.rotate() == 1204
    assert versions() == {2} and not rotation.unfinished()
    assert Death.objects.get(person__index=index).person == IDS[0]
    assert Person.objects.get(person=f"{7:018d}").person == f"{7:018d}"
    assert home.keys()["data"]["keys"]["2"]["cipher"] == "sm4-gcm"
    batches = Event.objects.filter(action="ledger.rotate", target="registry.person")
    assert batches.count() == 3 and not any(IDS[0] in event.body for event in batches)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_keys")
def test_an_interrupted_rotation_goes_on_with_the_same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    town()
    with doing():
        Person.objects.bulk_create(Person(person=f"{n:018d}", division_code=YUNXI) for n in range(1203))

    class Stop(Exception):
        pass

    def stop(progress: rotation.Progress) -> None:
        if progress.rows >= 1000:
            raise Stop

    with trail.acting(ME), pytest.raises(Stop):
        rotation.rotate(told=stop)
    assert versions() == {1, 2} and rotation.unfinished()
    with trail.acting(ME):
        assert rotation.rotate() == 203
    assert versions() == {2} and home.keys()["data"]["current"] == 2

"""The index of words follows the rows whatever path they are written by."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store import index
from shouwang.ledger.words import asked, words
from shouwang.registry.models import Person, Place
from tests.ledger.store.office import IDS, YUNXI, doing, town


def test_no_two_ledgers_share_a_number() -> None:
    numbers = [index.number(name) for name in ledgers()]
    assert len(set(numbers)) == len(numbers) and all(0 <= n < 1 << 22 for n in numbers)


def test_every_ledger_has_its_index_of_divisions() -> None:
    for spec in ledgers().values():
        columns = [found.fields for found in spec.model._meta.indexes]
        assert ["division_code", "id"] in columns, f"{spec.name}: class Meta(Ledger.Meta)"


def test_words_of_chinese_and_codes() -> None:
    assert words("云溪社区") == ("云溪", "溪社", "社区")
    assert words("DB2023001 号") == ("db2023001", "2023001", "号")
    assert asked("张") == [] and asked("ＤＢ１２") == ["db12"]


@given(st.text(max_size=60))
def test_what_a_part_of_a_text_asks_for_is_in_the_words_of_the_whole(text: str) -> None:
    for start in range(0, len(text), 7):
        part = [word for word in asked(text[start : start + 12]) if word > "\u3400"]
        assert set(part) <= set(words(text))


@pytest.mark.django_db
def test_rows_are_found_after_every_kind_of_write() -> None:
    def found(word: str) -> int:
        return index.matching(Person.objects.all(), [[word]]).count()

    town()
    with doing():
        person = Person(person=IDS[0], name="张三丰", division_code=YUNXI)
        person.save()
    assert found("三丰") == 1 and index.ids(Person.spec, [["三丰"], ["d110101001001"]], 0, 9) == [person.pk]
    with doing():
        person.name = "李四光"
        person.save()
    assert (found("三丰"), found("四光")) == (0, 1)
    with doing():
        Person.objects.filter(pk=person.pk).update(name="王五常")
    assert (found("四光"), found("五常")) == (0, 1)
    with doing(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET words = 'raw' WHERE id = %s", [person.pk])
    assert (found("五常"), found("raw")) == (0, 1)
    with doing():
        Person.objects.all().delete()
    assert found("raw") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("near", [0, 1, 3, index.NEAR])
def test_ids_come_in_order_wherever_the_rows_lie(near: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where PostgreSQL has stopped walking along the keys."""
    monkeypatch.setattr(index, "NEAR", near)
    town()
    names = ["望河楼", "云溪堂", "望河楼", "云溪堂", "云溪堂", "云溪堂", "望河楼", "望河楼"]
    with doing():
        places = [Place(place_no=f"{k}", name=name, division_code=YUNXI) for k, name in enumerate(names)]
        for place in places:
            place.save()
    wanted = [place.pk for place in places if place.name == "望河楼"]
    for after in [0, *(place.pk for place in places)]:
        for size in (1, 2, 3, 9):
            expected = [pk for pk in wanted if pk > after][:size]
            assert index.ids(Place.spec, [["河楼"]], after, size) == expected, (after, size)

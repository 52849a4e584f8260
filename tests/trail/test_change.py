"""A change and its events are one; nothing on a trailed table happens without one."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from shouwang.access.models import Area, User
from shouwang.trail import Actor, NoActor, UntrailedWrite, acting, change, record
from shouwang.trail.guard import paused
from shouwang.trail.models import Event

ME = Actor("command:tests", "测试")


def area(code: str = "110101001000", name: str = "某街道") -> Area:
    made = Area(code=code, name=name)
    made.full_clean()
    made.save()
    return made


@pytest.mark.django_db
def test_what_changed_is_noted_with_old_and_new() -> None:
    with acting(ME), change("access.setup", reason="启用"):
        made = area()
    with acting(ME), change("access.rename"):
        again = Area.objects.get(pk=made.pk)
        again.name = "新街道"
        again.save()
    event = Event.objects.get(action="access.rename")
    assert json.loads(event.body)["changes"] == {"name": ["某街道", "新街道"]}
    assert (event.target, event.target_id, event.division_code) == (
        "access.area",
        str(made.pk),
        "110101001000000",
    )
    assert event.said() == event.digest


@pytest.mark.django_db
def test_nothing_is_written_outside_of_a_change() -> None:
    with acting(ME):
        with pytest.raises(UntrailedWrite):
            area()
        with pytest.raises(UntrailedWrite):
            Area.objects.update(name="x")
        with pytest.raises(UntrailedWrite), connection.cursor() as cursor:
            cursor.execute("DELETE FROM access_area")
    assert not Area.objects.exists()


@pytest.mark.django_db
def test_nobody_acting_is_refused() -> None:
    with pytest.raises(NoActor), change("access.setup"):
        pass


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_neither_row_nor_event() -> None:
    with acting(ME), pytest.raises(ZeroDivisionError), change("access.setup"):
        area()
        raise ZeroDivisionError
    assert not Area.objects.exists() and not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE trail_event SET name = 'x'", "DELETE FROM trail_event"])
def test_events_are_append_only(statement: str) -> None:
    with acting(ME):
        record("ledger.unmask", "registry.person", 7, reason="核实身份", person="ab12")
    with pytest.raises(UntrailedWrite), connection.cursor() as cursor:
        cursor.execute(statement)
    # And where the guard is not in the way, the database itself refuses.
    with paused(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.get().person == "ab12"


@pytest.mark.django_db
def test_bulk_writes_name_each_record_or_how_many() -> None:
    with acting(ME), change("access.setup"):
        one, two = area("110101001001", "甲社区"), area("110101001002", "乙社区")
    with acting(ME), change("access.rename"):
        Area.objects.filter(code__gte="110101001001000").update(aliases="别名")
    told = Event.objects.filter(action="access.rename")
    assert sorted(int(e.target_id) for e in told) == [one.pk, two.pk]
    assert len({e.batch for e in told}) == 1 and told[0].batch


@pytest.mark.django_db
def test_a_password_is_not_told() -> None:
    with acting(ME), change("access.setup"):
        User.objects.create_user("wang", password="correct horse", name="王敏")
    assert json.loads(Event.objects.get().body)["changes"]["password"] == ["*", "*"]

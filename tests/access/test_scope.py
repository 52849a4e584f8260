"""Scope: ranges of divisions, what belongs to a body or person, what is assigned; and nothing without."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User, code_range
from shouwang.access.scope import Scope, may, scope_of
from shouwang.ledger.identity import person_index
from shouwang.packs.insurance.models import Contribution
from shouwang.registry.models import Person
from shouwang.risk.models import Finding
from tests.workbench.people import appoint
from tests.workbench.recorded import finding

TOWN, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
ONE, OTHER = "110101199003077758", "110101196005014421"


def put(model: type, **values: object) -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("test.put"):
        model(**values).save()


@given(st.text("0123456789", min_size=15, max_size=15), st.sampled_from([2, 4, 6, 9, 12, 15]))
def test_a_division_and_all_in_it_is_one_range(code: str, width: int) -> None:
    above = code[:width].ljust(15, "0")
    low, high = code_range(above)
    assert low <= above <= high and low <= code <= high
    assert Scope(((low, high),)).covers(code)
    assert not Scope(((low, high),)).covers("")


@pytest.mark.django_db
def test_visitors_and_people_without_post_see_nothing() -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("test"):
        nobody = User.objects.create(username="x", name="某")
    for user in (AnonymousUser(), nobody):
        scope = scope_of(user, "ledger.view", "registry.person")
        assert not scope and not may(user, "ledger.view")
        assert not scope.filter(Person.objects.all()).exists()


@pytest.mark.django_db
def test_two_posts_add_up_by_right_and_subject() -> None:
    user = appoint("wang", "王敏", "dibao_worker", EAST)
    appoint("wang", "王敏", "safety_group", WEST)
    user = User.objects.get(pk=user.pk)
    assert scope_of(user, "ledger.view", "assistance.payment").ranges == (code_range(EAST),)
    assert scope_of(user, "ledger.view", "safety.hazard").ranges == (code_range(WEST),)
    assert not scope_of(user, "ledger.view", "accounting.voucher")
    assert scope_of(user, "finding.view").ranges == (code_range(EAST), code_range(WEST))


@pytest.mark.django_db
def test_a_post_ends_with_its_day() -> None:
    user = appoint("wang", "王敏", "dibao_worker", EAST)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("test"):
        held = Appointment.objects.get(user=user)
        held.until = dt.date(2020, 12, 31)
        held.save()
    assert may(user, "ledger.view", day=dt.date(2020, 12, 31))
    assert not may(user, "ledger.view", day=dt.date(2021, 1, 1)) and not may(user, "ledger.view")


@pytest.mark.django_db
def test_a_body_sees_the_rows_that_name_it_and_no_others() -> None:
    """The contract of ``own_rows``: who sees only what is theirs sees the rows that name them."""
    body = appoint("unit", "经办", "insured_unit", TOWN, organisation="惠民公司")
    for number, unit in enumerate(["惠民公司", "另一公司", None]):
        month = dt.date(2023, 5, 1)
        put(
            Contribution,
            division_code=EAST,
            division="东",
            name=f"职工{number}",
            unit=unit,
            month=month,
            person=ONE,
            base=1,
        )
    scope = scope_of(body, "ledger.view", "insurance.contribution")
    assert not scope.ranges and scope.organisations == ("惠民公司",)
    assert [row.name for row in scope.filter(Contribution.objects.all())] == ["职工0"]
    assert not scope_of(body, "ledger.change", "insurance.contribution")
    assert not scope_of(body, "ledger.view", "registry.person")


@pytest.mark.django_db
def test_a_resident_sees_what_names_them_wherever_it_lies() -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("test"):
        Area(code=EAST, name="东").save()
        user = User.objects.create(username="r", name="居民")
        post = Post(role="resident", title="居民", area=Area.objects.get(), person=person_index(ONE))
        post.full_clean()
        post.save()
        Appointment(post=post, user=user, start=dt.date(2020, 1, 1)).save()
    for code, number, name in ((EAST, ONE, "本人"), (WEST, ONE, "本人在外"), (EAST, OTHER, "邻居")):
        put(Person, division_code=code, division="某", person=number, name=name)
    scope = scope_of(user, "ledger.view", "registry.person")
    assert sorted(row.name for row in scope.filter(Person.objects.all())) == ["本人", "本人在外"]


@pytest.mark.django_db
def test_a_helper_sees_what_is_assigned_to_the_post() -> None:
    helper = appoint("zhi", "志愿者", "volunteer", EAST)
    post = Post.objects.get(role="volunteer")
    mine = finding("assistance.goal-not-reviewed", EAST, post=post)
    finding("assistance.goal-not-reviewed", EAST)
    scope = scope_of(helper, "finding.view", "assistance.goal-not-reviewed")
    assert scope.posts == (post.pk,) and not scope.ranges
    assert list(scope.filter(Finding.objects.all())) == [mine]


@pytest.mark.django_db
def test_a_model_without_own_rows_shows_a_body_nothing() -> None:
    scope = Scope(organisations=("甲",), persons=("ab",), posts=(1,))
    assert not hasattr(Area, "own_rows")
    put(Area, code=EAST, name="东")
    assert not scope.filter(Area.objects.all(), "code").exists()


@pytest.mark.django_db
def test_own_rows_answers_every_kind_of_scope_without_error() -> None:
    """Whatever a model says is its own, it is a condition; and for an empty scope it is nothing."""
    models = [model for model in apps.get_models() if hasattr(model, "own_rows")]
    assert len(models) > 100
    full = Scope(organisations=("甲",), persons=(person_index(ONE),), posts=(1,))
    for model in models:
        assert not full.filter(model._default_manager.all()).exists()
        assert not model._default_manager.filter(model.own_rows(Scope())).exists()

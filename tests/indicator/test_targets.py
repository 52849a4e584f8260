"""Targets decompose down to units and persons, the parts add up, and completion comes back up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal as D

import pytest

from shouwang import trail
from shouwang.access.models import Area, Post
from shouwang.indicator import targets
from shouwang.indicator.models import RecordedValue, Target
from shouwang.indicator.targets import Part, TargetError
from shouwang.trail.models import Event

OFFICE, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
USED = "energy.consumption"
RATE = "population.screening-coverage"


@pytest.fixture(autouse=True)
def office(db: None) -> Iterator[None]:
    with trail.acting(trail.Actor("command:tests", "tests")):
        with trail.change("access.test"):
            for code, name in ((OFFICE, "云溪街道"), (EAST, "东溪社区"), (WEST, "西溪社区")):
                Area(code=code, name=name).save()
        yield


def whole(value: int = 1000) -> Target:
    return targets.set_target(USED, "2023", Part(OFFICE, D(value)), direction="down", basis="局下达")


@pytest.mark.seed("S6-16", "S6-21", "S6-22")
def test_a_target_goes_down_to_units_and_persons_and_the_parts_add_up() -> None:
    top = whole()
    with trail.change("access.test"):
        post = Post(role="meter_reader", title="抄表员", area=Area.objects.get(code=EAST))
        post.save()
    parts = targets.decompose(
        top, [Part(EAST, D(600)), Part(WEST, D(300)), Part(OFFICE, D(100), unit="机关食堂")]
    )
    east = parts[0]
    targets.decompose(east, [Part(EAST, D(250), unit="一班"), Part(EAST, D(350), post=post)])
    assert {(t.bearer, t.value) for t in Target.objects.all()} == {
        ("云溪街道", 1000), ("东溪社区", 600), ("西溪社区", 300), ("机关食堂", 100), ("一班", 250),
        ("东溪社区抄表员", 350),
    }  # fmt: skip
    assert {t.direction for t in Target.objects.all()} == {"down"}
    assert Event.objects.filter(action="indicator.decompose", target="indicator.target").exists()


@pytest.mark.seed("S6-22")
@pytest.mark.parametrize("parts", [[(EAST, 600), (WEST, 399)], [(EAST, 600), (WEST, 401)]])
def test_parts_that_do_not_add_up_are_refused_and_nothing_is_kept(parts: list[tuple[str, int]]) -> None:
    top = whole()
    with pytest.raises(TargetError, match="应当相等"):
        targets.decompose(top, [Part(code, D(value)) for code, value in parts])
    assert Target.objects.count() == 1


def test_a_change_of_the_whole_or_of_a_part_must_keep_the_sum() -> None:
    top = whole()
    targets.decompose(top, [Part(EAST, D(600)), Part(WEST, D(400))])
    with pytest.raises(TargetError, match="应当相等"):
        targets.set_target(USED, "2023", Part(OFFICE, D(900)), direction="down")
    with pytest.raises(TargetError, match="应当相等"):
        targets.set_target(USED, "2023", Part(EAST, D(500)), direction="down")
    targets.decompose(top, [Part(EAST, D(1000))])
    assert {(t.division_code, t.value) for t in Target.objects.all()} == {(OFFICE, 1000), (EAST, 1000)}


def test_what_is_decomposed_further_can_not_be_dropped() -> None:
    top = whole()
    east, _west = targets.decompose(top, [Part(EAST, D(600)), Part(WEST, D(400))])
    targets.decompose(east, [Part(EAST, D(600), unit="一班")])
    with pytest.raises(TargetError, match="不能去掉"):
        targets.decompose(top, [Part(WEST, D(1000))])


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("110102001000000", D(1000)), "不在"),
        (Part(OFFICE, D(1000)), "不能分解给自己"),
        (Part(EAST, D(-1)), "不能小于零"),
        (Part(EAST, D(1000), warn=D(1000)), "预警值"),
    ],
)
def test_odd_parts_are_refused(part: Part, said: str) -> None:
    with pytest.raises(TargetError, match=said):
        targets.decompose(whole(), [part])


def test_a_part_that_stands_twice_or_belongs_elsewhere_is_refused() -> None:
    top = whole()
    with pytest.raises(TargetError, match="出现两次"):
        targets.decompose(top, [Part(EAST, D(500)), Part(EAST, D(500))])
    east, west = targets.decompose(top, [Part(EAST, D(600)), Part(WEST, D(400))])
    targets.decompose(east, [Part(EAST, D(600), unit="一班")])
    assert west.pk
    with pytest.raises(TargetError, match="另一个目标的一部分"):
        targets.decompose(top, [Part(EAST, D(600)), Part(WEST, D(300)), Part(EAST, D(100), unit="一班")])


def test_parts_of_a_rate_need_not_add_up_but_none_is_laxer() -> None:
    top = targets.set_target(RATE, "2023", Part(OFFICE, D(95), warn=D(90)))
    assert top.direction == "up"
    targets.decompose(top, [Part(EAST, D(95)), Part(WEST, D(98))])
    with pytest.raises(TargetError, match="不得放宽"):
        targets.decompose(top, [Part(EAST, D(95)), Part(WEST, D(94))])


def test_an_indicator_without_direction_needs_one() -> None:
    with pytest.raises(TargetError, match="达到，还是不超过"):
        targets.set_target(USED, "2023", Part(OFFICE, D(1)))
    with pytest.raises(TargetError, match="没有指标"):
        targets.set_target("no.such", "2023", Part(OFFICE, D(1)), direction="up")
    with pytest.raises(TargetError, match="没有这个区划"):
        targets.set_target(USED, "2023", Part("110101009000000", D(1)), direction="up")
    with pytest.raises(TargetError, match="期间"):
        targets.set_target(USED, " ", Part(OFFICE, D(1)), direction="up")


@pytest.mark.seed("S6-58")
def test_completion_comes_back_up() -> None:
    top = whole()
    east, west = targets.decompose(top, [Part(EAST, D(600)), Part(WEST, D(400))])
    assert targets.reached(top) is None
    targets.report_value(west, D(380), dt.date(2023, 12, 31))
    with trail.change("indicator.test"):
        RecordedValue(
            code=USED,
            division_code=EAST,
            period="2023",
            numerator=D(590),
            value=D(590),
            as_of=dt.date(2023, 12, 31),
        ).save()
    assert targets.reached(top) == 970
    with pytest.raises(TargetError, match="由扫描统计"):
        targets.report_value(east, D(1), dt.date(2023, 12, 31))


def test_an_average_is_no_sum() -> None:
    from shouwang.indicator.catalogue import indicators

    paid = indicators()["assistance.paid-per-person"]
    assert targets.adds_up(paid)
    with trail.change("indicator.test"):
        RecordedValue(
            code=paid.code, division_code=EAST, period="2023", numerator=D(10), denominator=D(2), value=D(5),
            as_of=dt.date(2023, 12, 31),
        ).save()  # fmt: skip
    assert not targets.adds_up(paid)

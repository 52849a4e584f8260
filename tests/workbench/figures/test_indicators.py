"""Pages of indicators: how they stand, whose they are, and setting and decomposing targets on the page."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal as D
from typing import Any

import pytest
from tests.workbench.people import appoint, signed_in

from shouwang import trail
from shouwang.access.models import User
from shouwang.indicator.models import RecordedValue, Target
from shouwang.trail.models import Event

OFFICE, CLOUD, EAST = "110101001000000", "110101001001000", "110101001002000"
RATE, USED = "population.screening-coverage", "energy.consumption"


@pytest.fixture
def chief(db: None) -> User:
    for code in (CLOUD, EAST):
        appoint(f"head{code[11]}", "社区负责人", "community_head", code)
    user = appoint("chief", "陈科长", "section_chief", OFFICE)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("indicator.test"):
        for division, period, value in ((CLOUD, "2022", 90), (CLOUD, "2023", 100), (EAST, "2023", 80)):
            RecordedValue(
                code=RATE, division_code=division, period=period, numerator=D(1), denominator=D(1),
                value=D(value), declared=D(100), as_of=dt.date(2023, 12, 31),
            ).save()  # fmt: skip
    return user


def change(user: User, code: str, **fields: str) -> str:
    """What the page says after a change."""
    client = signed_in(user)
    answer = client.post(f"/indicators/{code}/change/", fields)
    return (
        client.get(answer["Location"]).content.decode()
        if answer.status_code == 302
        else str(answer.status_code)
    )


def test_a_state_is_told_by_word_and_sign(chief: User) -> None:
    page = signed_in(chief).get(f"/indicators/{RATE}/").content.decode()
    assert page.index("未达到") < page.index(">达到")
    assert "-20%" in page
    assert "逐期完成情况" in page
    listed = signed_in(chief).get("/indicators/").content.decode()
    assert "排查覆盖率" in listed


def test_only_the_own_area_and_field(chief: User) -> None:
    head = User.objects.get(username=f"head{EAST[11]}")
    page = signed_in(head).get(f"/indicators/{RATE}/").content.decode()
    assert "东溪社区" in page
    assert "云溪社区" not in page
    culture = appoint("culture", "专员", "culture_officer", EAST)
    assert signed_in(culture).get(f"/indicators/{RATE}/").status_code == 403
    assert "排查覆盖率" not in signed_in(culture).get("/indicators/").content.decode()
    assert (
        signed_in(head).post(f"/indicators/{RATE}/change/", {"division": EAST, "value": "1"}).status_code
        == 403
    )
    assert signed_in(chief).get("/indicators/assistance.no-such/").status_code == 404


@pytest.mark.seed("S6-16", "S6-22")
def test_a_target_is_set_and_decomposed_on_the_page(chief: User) -> None:
    said = change(
        chief,
        USED,
        division=OFFICE,
        period="2023",
        value="1,000",
        direction="down",
        warn="900",
        basis="局发〔2023〕1号",
    )
    assert "已保存" in said
    whole = Target.objects.get()
    assert (whole.value, whole.warn, whole.direction, whole.basis) == (1000, 900, "down", "局发〔2023〕1号")
    said = change(chief, USED, whole=str(whole.pk), parts="云溪社区 600\n东溪社区\t300\n\n机关 食堂 100\n")
    assert "机关 食堂" in said
    assert Target.objects.filter(parent=whole).count() == 3
    refused = change(chief, USED, whole=str(whole.pk), parts="云溪社区 600")
    assert "相差-400" in refused
    assert Target.objects.filter(parent=whole).count() == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "abc"}, "不是数字"), ({"value": "NaN"}, "不是数字"), ({"value": "9" * 20}, "不是数字"),
        ({"value": ""}, "请填写目标值"), ({"value": "5", "period": " "}, "期间"), ({"value": "-1"}, "小于零"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_told(chief: User, fields: dict[str, str], said: str) -> None:
    given = {"division": OFFICE, "period": "2023", **fields}
    assert said in change(chief, RATE, **given)
    assert not Target.objects.exists()


def test_nobody_sets_targets_of_others(chief: User) -> None:
    other = appoint("other", "别处", "section_chief", "110102001000000")
    assert change(other, RATE, division=OFFICE, period="2023", value="90") == "403"
    change(chief, RATE, division=OFFICE, period="2023", value="90")
    assert change(other, RATE, whole=str(Target.objects.get().pk), parts="云溪社区 95") == "404"
    assert "承担者 数值" in change(chief, RATE, whole=str(Target.objects.get().pk), parts="云溪社区")


def test_the_dashboard_tells_by_division_what_is_missed_in_words_and_signs(
    chief: User, django_assert_max_num_queries: Any
) -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("indicator.test"):
        Target(
            code=RATE, period="2023", division_code=EAST, direction="up", value=D(100), warn=D(75)
        ).save()  # fmt: skip
        # What has no target is not judged, and does not stand there.
        RecordedValue(
            code=USED, division_code=EAST, period="2023", numerator=D(9), denominator=None, value=D(9),
            as_of=dt.date(2023, 12, 31),
        ).save()  # fmt: skip
    client = signed_in(chief)
    client.get("/dashboard/")
    with django_assert_max_num_queries(30):
        page = client.get("/dashboard/").content.decode()
    table = page.partition('id="t-places"')[2].partition("</table>")[0]
    cloud, east = (row for row in table.split("<tr>")[2:])
    # 2023 counts, not the missed year before it.
    assert (
        "云溪社区" in cloud and re.search(r'sw-state good">.*?</svg>1<', cloud) and "接近</span>" not in cloud
    )
    assert "东溪社区" in east and 'sw-state warn"' in east and "接近</span>" in east and "排查覆盖率" in east
    assert f"?division={EAST}" in east and "80%" in east and USED not in table
    here = client.get(f"/indicators/?division={EAST}").content.decode()
    assert "东溪社区" in here and "排查覆盖率" in here and "接近" in here
    assert client.get("/indicators/?division=220201003004001").status_code == 404
    assert client.get("/indicators/?division=x").status_code == 404
    # A head of a community sees their own alone.
    head = signed_in(User.objects.get(username=f"head{EAST[11]}"))
    mine = head.get("/dashboard/").content.decode().partition('id="t-places"')[2].partition("</table>")[0]
    assert "东溪社区" in mine and "云溪社区" not in mine
    assert head.get(f"/indicators/?division={CLOUD}").status_code == 404


def test_a_reported_value_is_noted_and_cancelled_with_a_reason(chief: User) -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("indicator.test"):
        counted = Target(code=RATE, period="2023", division_code=CLOUD, direction="up", value=D(100))
        counted.save()
        open_ = Target(code=RATE, period="2024", division_code=CLOUD, direction="up", value=D(100))
        open_.save()
    page = signed_in(chief).get(f"/indicators/{RATE}/").content.decode()
    form = page.partition("上报完成值")[2]
    assert f'value="{open_.pk}"' in form and f'value="{counted.pk}"' not in form
    assert "请填写完成值" in change(chief, RATE, reported=str(open_.pk), value="")
    assert "不用上报" in change(chief, RATE, reported=str(counted.pk), value="90")
    assert "无可撤销" in change(chief, RATE, reported=str(open_.pk), act="back", reason="填错")
    assert "已保存" in change(chief, RATE, reported=str(open_.pk), value="95", act="report")
    open_.refresh_from_db()
    assert open_.reported == 95 and open_.reported_on is not None
    assert "须写明理由" in change(chief, RATE, reported=str(open_.pk), act="back", reason=" ")
    assert "已保存" in change(chief, RATE, reported=str(open_.pk), act="back", reason="重复计算")
    open_.refresh_from_db()
    assert open_.reported is None and open_.reported_on is None
    event = Event.objects.get(action="indicator.take-back")
    assert event.reason == "重复计算" and event.division_code == CLOUD
    # Only who may set targets there.
    head = User.objects.get(username=f"head{EAST[11]}")
    assert change(head, RATE, reported=str(open_.pk), value="1") in ("403", "404")

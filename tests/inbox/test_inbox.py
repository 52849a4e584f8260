"""Notices reach those they are for, in their language, and nothing personal leaves the house."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.inbox.vendors import SECRET, TOKEN, Vendors, vendors

from shouwang.access.models import User
from shouwang.inbox import announce, digest, notify, robots, sending
from shouwang.inbox.jobs import forget_old, forgotten
from shouwang.inbox.models import Delivery, Notice, Preference, Robot
from shouwang.inbox.sealing import Unsealable, seal, unseal
from shouwang.trail import Actor, acting, change

ME = Actor("command:tests", "测试")
TEXT = "未读消息{count}条"
TOWN, VILLAGE = "110101001000000", "110101001001000"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acting() -> Iterator[None]:
    with acting(ME):
        yield


def user(name: str, **given: Any) -> User:
    with change("access.setup"):
        return User.objects.create(username=name, name=name, **given)


def prefer(who: User, **given: Any) -> None:
    with change("inbox.prefer"):
        Preference.objects.create(user=who, **given)


@pytest.fixture
def groups(settings: Any) -> Iterator[Vendors]:
    with vendors() as state:
        settings.ROBOT_HOSTS = [state.host]
        yield state


def robot(groups: Vendors, vendor: str, **given: Any) -> Robot:
    made = Robot(
        name="办公室群", vendor=vendor, **{"division_code": TOWN, "kinds": ["finding.escalated"], **given}
    )
    made.address, made.secret = groups.url(vendor), SECRET
    made.full_clean()
    with change("inbox.robot"):
        made.save()
    return made


def run_tasks() -> int:
    """What the worker would do now."""
    count = 0
    while task := DBTaskResult.objects.ready().first():
        task.claim("tests")
        task.set_successful(task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"]))
        count += 1
    return count


def test_everybody_is_told_once_and_in_their_language() -> None:
    one, two = user("一"), user("two", language="en")
    gone = user("gone", is_active=False)
    assert notify([one, two, one, gone], "office", TEXT, {"count": 3}) == 2
    assert [str(n) for n in Notice.objects.order_by("user")] == ["未读消息3条", "未读消息3条"]
    assert sending.worded(two, TEXT, {"count": 3}) == "3 unread notices"
    assert not Delivery.objects.exists()  # without a wish of their own people get the digest, no more


def test_muted_kinds_and_wishes_for_mail_are_kept() -> None:
    quiet, eager, both = user("静"), user("急", email="a@example.org"), user("b", email="b@example.org")
    prefer(quiet, muted=["office"])
    prefer(eager, mail="at_once")
    prefer(both, mail="at_once", muted=["office"])
    assert notify([quiet, eager, both], "office", TEXT, {"count": 1}) == 1
    assert run_tasks() == 1
    (letter,) = mail.outbox
    assert letter.to == ["a@example.org"] and letter.subject == "未读消息1条"
    assert Delivery.objects.get().status == "sent"


def test_a_notice_rolls_back_with_what_it_tells_of() -> None:
    one = user("一", email="a@example.org")
    prefer(one, mail="at_once")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify([one], "office", TEXT, {"count": 1})
        raise ZeroDivisionError
    assert not Notice.objects.exists() and not Delivery.objects.exists() and run_tasks() == 0


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        notify([1], "gossip", TEXT)
    with pytest.raises(ValueError, match="groups are not told"):
        announce(TOWN, "finding.mention", TEXT)
    with pytest.raises(ValidationError):
        Preference(user=user("x"), muted=["gossip"]).clean()


@pytest.mark.parametrize("vendor", ["dingtalk", "wecom", "feishu"])
def test_each_vendor_takes_the_message_with_its_signature(groups: Vendors, vendor: str) -> None:
    robot(groups, vendor)
    assert announce(VILLAGE, "finding.escalated", TEXT, {"count": 2}) == 1
    assert run_tasks() == 1
    assert groups.taken == [(vendor, "未读消息2条")]
    assert Delivery.objects.get().status == "sent"


@pytest.mark.parametrize("vendor", ["dingtalk", "feishu"])
def test_a_wrong_secret_is_refused_and_not_tried_again(groups: Vendors, vendor: str) -> None:
    made = robot(groups, vendor)
    made.secret = "SECother"
    with change("inbox.robot"):
        made.save()
    announce(TOWN, "finding.escalated", TEXT, {"count": 2})
    run_tasks()
    dead = Delivery.objects.get()
    assert (dead.status, dead.attempts) == ("dead", 1)
    assert "sign" in dead.error and TOKEN not in dead.error


def test_the_signatures_are_those_of_the_documentation() -> None:
    """The figures were made with openssl dgst -sha256 -hmac."""
    post = robots.message(
        "dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=t", "SECabc", "你好", now=1.7e9
    )
    assert post.url == (
        "https://oapi.dingtalk.com/robot/send?access_token=t&timestamp=1700000000000&sign=jcUpW0QmtKduN03n4JqQ0PBosVjqnM8gU7fIIvsDmCM%3D"
    )
    post = robots.message("feishu", "https://open.feishu.cn/x", "SECabc", "你好", now=1.7e9)
    assert (post.body["timestamp"], post.body["sign"]) == (
        "1700000000",
        "XprR1de+0SSBnwWyU/4k6x2TL+Q2SJlM5NNEdAv7MWg=",
    )


def test_only_groups_of_the_division_and_only_what_they_asked_for(groups: Vendors) -> None:
    robot(groups, "wecom", division_code="110101001002000")
    robot(groups, "wecom", kinds=["digest"])
    robot(groups, "wecom", active=False)
    assert announce(VILLAGE, "finding.escalated", TEXT, {"count": 2}) == 0


def test_a_server_that_is_away_is_tried_again_later_and_at_last_given_up(groups: Vendors) -> None:
    robot(groups, "wecom")
    groups.failures = [500] * 20
    announce(TOWN, "finding.escalated", TEXT, {"count": 2})
    run_tasks()
    waits = []
    while (sent := Delivery.objects.get()).status == "waiting":
        waits.append(round((sent.next_try - timezone.now()).total_seconds() / 60))
        Delivery.objects.update(next_try=timezone.now())
        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
        run_tasks()
    assert waits == [1, 5, 30, 120] and sent.attempts == 5 and "500" in sent.error
    groups.failures = []
    assert sending.again(sent) == 1
    run_tasks()
    assert Delivery.objects.get().status == "sent" and len(groups.taken) == 1


def test_a_message_that_lost_its_task_gets_a_new_one(groups: Vendors) -> None:
    robot(groups, "wecom")
    announce(TOWN, "finding.escalated", TEXT, {"count": 2})
    DBTaskResult.objects.all().delete()
    forgotten()
    assert run_tasks() == 0
    Delivery.objects.update(next_try=timezone.now() - dt.timedelta(minutes=11))
    forgotten()
    assert run_tasks() == 1 and len(groups.taken) == 1


def test_one_attempt_is_made_once(groups: Vendors) -> None:
    robot(groups, "wecom")
    announce(TOWN, "finding.escalated", TEXT, {"count": 2})
    key = Delivery.objects.get().pk
    assert sending.attempt(key) and not sending.attempt(key)
    assert len(groups.taken) == 1


def test_personal_numbers_do_not_leave_the_house(groups: Vendors) -> None:
    robot(groups, "wecom")
    announce(TOWN, "finding.escalated", "{text}", {"text": "证件 11010519491231002X 电话 13800131234"})
    run_tasks()
    ((_vendor, text),) = groups.taken
    assert "19491231" not in text and "0013123" not in text


def test_long_text_is_cut_to_what_wecom_takes(groups: Vendors) -> None:
    robot(groups, "wecom")
    announce(TOWN, "finding.escalated", "{text}", {"text": "守望" * 1000})
    run_tasks()
    assert len(groups.taken[0][1].encode()) == 2046


@pytest.mark.parametrize(
    ("vendor", "url"),
    [
        ("dingtalk", "http://oapi.dingtalk.com/robot/send?access_token=x"),
        ("dingtalk", "https://oapi.dingtalk.com.example.org/robot/send"),
        ("wecom", "https://oapi.dingtalk.com/robot/send"),
        ("feishu", "https://127.0.0.1:8000/"),
        ("feishu", "file:///etc/passwd"),
        ("wecom", ""),
    ],
)
def test_nothing_is_posted_to_any_other_address(vendor: str, url: str) -> None:
    with pytest.raises(ValidationError):
        robots.check_address(vendor, url)
    with pytest.raises(ValidationError):
        robots.send(vendor, url, "", "text")


def test_address_and_secret_of_a_robot_lie_sealed(groups: Vendors) -> None:
    from shouwang.trail.models import Event

    made = robot(groups, "dingtalk")
    stored = Robot.objects.filter(pk=made.pk).values().get()
    assert TOKEN not in str(stored) and SECRET not in str(stored)
    assert TOKEN not in "".join(Event.objects.values_list("body", flat=True))
    assert Robot.objects.get().address == groups.url("dingtalk") and Robot.objects.get().secret == SECRET


def test_sealed_under_another_key_is_told(groups: Vendors, settings: Any) -> None:
    robot(groups, "wecom")
    sealed = seal("x")
    assert unseal(sealed) == "x" and seal("") == unseal("") == ""
    announce(TOWN, "finding.escalated", TEXT, {"count": 2})
    settings.SECRET_KEY = "another"
    with pytest.raises(Unsealable):
        unseal(sealed)
    with pytest.raises(Unsealable):
        unseal("broken")
    run_tasks()
    assert Delivery.objects.get().status == "dead"


def test_the_digest_tells_what_waits_and_only_on_working_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        digest, "_PROVIDERS", {"work": lambda u: [("待整改{count}件", {"count": 4})] if u.pk else []}
    )
    willing, unwilling, mute = (user(n, email=f"{n}@example.org") for n in "abc")
    user("without address")
    prefer(unwilling, mail="none")
    prefer(mute, muted=["digest"])
    notify([willing], "office", TEXT, {"count": 1})
    assert digest.send_all(dt.date(2024, 2, 10)) == 0  # Spring Festival
    assert digest.send_all(dt.date(2024, 2, 18)) == 1  # a Sunday made a working day
    run_tasks()
    (letter,) = mail.outbox
    assert letter.body.splitlines() == ["待整改4件", "未读消息1条"]


def test_who_has_nothing_to_do_gets_no_digest() -> None:
    user("a", email="a@example.org")
    assert digest.send_all(dt.date(2024, 2, 19)) == 0


def test_old_notices_are_forgotten_once_read() -> None:
    one = user("一")
    for _ in range(2):
        notify([one], "office", TEXT, {"count": 1})
    Notice.objects.update(created=timezone.now() - dt.timedelta(days=400))
    Notice.objects.filter(pk=Notice.objects.order_by("pk").values("pk")[:1]).update(read=timezone.now())
    forget_old()
    assert Notice.objects.get().read is None

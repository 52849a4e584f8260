"""Pages of people: what an administrator does, within their divisions and no further."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shouwang import trail
from shouwang.access.models import Appointment, Area, Post, User
from shouwang.access.reach import manageable, users_in
from shouwang.access.scope import scope_of
from shouwang.ledger.identity import person_index
from shouwang.trail.models import Event
from tests.workbench.people import appoint, signed_in

TOWN, EAST, WEST = "110101001000000", "110101001001000", "110101001002000"
NUMBER = "110101199003077758"


@pytest.fixture
def admin(db: None) -> User:
    found = appoint("admin", "管理员", "administrator", TOWN)
    appoint("dong", "东工", "dibao_worker", EAST)
    appoint("xi", "西工", "dibao_worker", WEST)
    return found


@pytest.fixture
def client(admin: User) -> Client:
    return signed_in(admin)


@pytest.fixture
def local(admin: User) -> Client:
    return signed_in(appoint("local", "社管", "administrator", EAST))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post_of(username: str) -> Post:
    return Post.objects.get(appointments__user__username=username)


def test_a_user_is_made_with_a_post_and_a_password_shown_once(client: Client) -> None:
    given = {
        "username": "zhao",
        "name": "赵云",
        "language": "",
        "post": post_of("dong").pk,
        "start": "2024-03-01",
    }
    page = client.post("/people/users/add/", given)
    shown = re.search(r"<code>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</code>", text(page))
    assert shown, text(page)
    made = User.objects.get(username="zhao")
    assert made.check_password(shown[1]) and made.must_change_password
    assert made.appointments.get().start == dt.date(2024, 3, 1)
    assert shown[1] not in text(client.get(f"/people/users/{made.pk}/"))
    assert shown[1] not in "".join(Event.objects.values_list("body", flat=True))
    signed = Client().post("/account/login/", {"login": "zhao", "password": shown[1]})
    assert signed.status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"username": "dong"}, "已存在"),
        ({"username": "no spaces"}, "合法的用户名"),
        ({"name": ""}, "必填项"),
        ({"email": "nobody"}, "Email 地址"),
        ({"post": "999999"}, "选择"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(client: Client, change: dict[str, str], said: str) -> None:
    before = User.objects.count()
    page = client.post("/people/users/add/", {"username": "zhao", "name": "赵云", "language": "", **change})
    assert page.status_code == 200 and said in text(page)
    assert User.objects.count() == before


def test_an_appointment_that_is_refused_makes_no_user(client: Client) -> None:
    appoint("cash", "出纳员", "cashier", EAST)
    before = User.objects.count()
    given = {
        "username": "zhao",
        "name": "赵云",
        "language": "",
        "post": post_of("cash").pk,
        "start": "2024-03-01",
    }
    page = client.post("/people/users/add/", given)
    assert "只应由一人担任" in text(page) and User.objects.count() == before


def test_users_are_found_by_name_and_paged_without_their_names_in_the_address(client: Client) -> None:
    found = client.post("/people/users/", {"q": "东"})
    assert "东工" in text(found) and "西工" not in text(found)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.found"):
        User.objects.bulk_create([User(username=f"u{n:03}", name=f"用户{n}") for n in range(120)])
    seen, after = set(), ""
    for _ in range(4):
        page = client.post("/people/users/", {"after": after})
        seen |= set(re.findall(r"/people/users/(\d+)/", text(page)))
        after = page.context["after"]
        if not after:
            break
    assert len(seen) == User.objects.count() and not after


def test_a_list_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/account/mine/")  # once a minute the session's last use is noted, which asks five more
    with django_assert_max_num_queries(11):
        client.get("/people/users/")
    with django_assert_max_num_queries(11):
        client.get("/people/posts/")


def test_the_administrator_of_a_community_stays_in_it(local: Client, admin: User) -> None:
    people = {name: User.objects.get(username=name) for name in ("dong", "xi", "admin")}
    page = text(local.get("/people/users/"))
    assert "东工" in page and "西工" not in page and "管理员" not in page.replace("系统管理员", "")
    assert local.get(f"/people/users/{people['dong'].pk}/").status_code == 200
    assert local.get(f"/people/users/{people['xi'].pk}/").status_code == 404
    assert local.get(f"/people/posts/{post_of('xi').pk}/").status_code == 404
    for there in ("edit/", "do/reset-password/"):
        assert local.post(f"/people/users/{people['xi'].pk}/{there}", {"reason": "x"}).status_code == 404
    xi = Appointment.objects.get(user=people["xi"])
    for there in ("end", "hand-over"):
        assert local.get(f"/people/appointments/{xi.pk}/{there}/").status_code == 404
    area = Area.objects.get(code=WEST)
    assert local.get(f"/people/areas/{area.pk}/edit/").status_code == 404
    made = local.post("/people/areas/add/", {"code": "110101001002001", "name": "西一网格"})
    assert made.status_code == 200 and "不在您的管辖范围内" in text(made)
    refused = local.post("/people/posts/add/", {"role": "leader", "title": "镇长", "area": TOWN})
    assert "没有这个区划" in text(refused) and not Post.objects.filter(role="leader").exists()
    assert local.post("/people/users/add/", {"username": "a", "name": "b", "language": ""}).status_code == 200


def test_who_is_more_elsewhere_is_seen_and_not_touched(local: Client, admin: User) -> None:
    mayor = appoint("mayor", "镇长", "leader", TOWN)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.appoint"):
        Appointment(post=post_of("dong"), user=mayor, start=dt.date(2020, 1, 1)).save()
    assert local.get(f"/people/users/{mayor.pk}/").status_code == 200
    assert local.post(f"/people/users/{mayor.pk}/do/reset-password/", {"reason": "x"}).status_code == 403
    assert local.get(f"/people/users/{mayor.pk}/edit/").status_code == 403
    scope = scope_of(User.objects.get(username="local"), "access.manage")
    assert not manageable(scope, mayor) and manageable(scope, User.objects.get(username="dong"))
    assert users_in(scope).filter(pk=mayor.pk).exists()


@pytest.mark.parametrize("action", ["reset-password", "unlock", "reset-factor", "sign-out", "deactivate"])
def test_accounts_are_helped_with_a_reason(client: Client, action: str) -> None:
    dong = User.objects.get(username="dong")
    there = f"/people/users/{dong.pk}/do/{action}/"
    client.post(there, {"reason": ""})
    assert not Event.objects.filter(reason="来电").exists(), "a reason is wanted"
    client.post(there, {"reason": "来电"})
    assert Event.objects.filter(reason="来电", target_id=str(dong.pk)).exists()
    assert client.post(f"/people/users/{dong.pk}/do/promote/", {"reason": "x"}).status_code == 404


def test_nobody_does_it_to_themselves(client: Client, admin: User) -> None:
    page = client.post(f"/people/users/{admin.pk}/do/deactivate/", {"reason": "x"}, follow=True)
    assert "不能对自己的账号这样做" in text(page)
    assert User.objects.get(pk=admin.pk).is_active


def test_a_post_is_made_held_handed_over_and_left(client: Client) -> None:
    bad = client.post("/people/posts/add/", {"role": "cashier", "title": "出纳", "area": TOWN})
    assert "不设在这一级" in text(bad)
    client.post("/people/posts/add/", {"role": "cashier", "title": "出纳", "area": "云溪社区"})
    post = Post.objects.get(role="cashier")
    assert post.area.code == EAST
    assert "缺岗" in text(client.get("/people/posts/"))
    appointed = client.post(f"/people/posts/{post.pk}/appoint/", {"user": "东工", "start": "2024-01-01"})
    assert appointed.status_code == 302
    again = client.post(f"/people/posts/{post.pk}/appoint/", {"user": "xi", "start": "2024-01-01"})
    assert "只应由一人担任" in text(again)
    first = Appointment.objects.get(post=post)
    handed = client.post(
        f"/people/appointments/{first.pk}/hand-over/", {"to": "xi", "day": "2024-06-01", "reason": "轮岗"}
    )
    assert handed.status_code == 302
    first.refresh_from_db()
    assert first.until == dt.date(2024, 5, 31)
    second = Appointment.objects.get(post=post, until__isnull=True)
    client.post(f"/people/appointments/{second.pk}/end/", {"until": "2024-12-31", "reason": "离职"})
    page = text(client.get(f"/people/posts/{post.pk}/"))
    assert "2024-05-31" in page and "2024-12-31" in page and "已离任" in page
    edited = client.post(
        f"/people/posts/{post.pk}/edit/", {"title": "村出纳", "role": "leader", "area": WEST}
    )
    assert edited.status_code == 302
    post.refresh_from_db()
    assert (post.title, post.role, post.area.code) == ("村出纳", "cashier", EAST), "what it was stays"


def test_nobody_appoints_themselves_on_the_page(client: Client, admin: User) -> None:
    client.post("/people/posts/add/", {"role": "leader", "title": "主任", "area": TOWN})
    post = Post.objects.get(role="leader")
    page = client.post(f"/people/posts/{post.pk}/appoint/", {"user": "admin", "start": "2024-01-01"})
    assert "不能给自己任职" in text(page) and not post.appointments.exists()


def test_a_residents_number_becomes_an_index(client: Client) -> None:
    bare = client.post("/people/posts/add/", {"role": "resident", "title": "居民", "area": EAST})
    assert "居民须指明本人" in text(bare)
    wrong = client.post(
        "/people/posts/add/", {"role": "resident", "title": "居民", "area": EAST, "id_number": "1101"}
    )
    assert "位数" in text(wrong)
    client.post(
        "/people/posts/add/", {"role": "resident", "title": "居民", "area": EAST, "id_number": NUMBER}
    )
    assert Post.objects.get(role="resident").person == person_index(NUMBER)
    assert NUMBER not in "".join(Event.objects.values_list("body", flat=True))


def test_a_name_that_several_have_asks_for_the_code(client: Client) -> None:
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.area"):
        Area(code="110101001003000", name="云溪社区").save()
    page = client.post("/people/posts/add/", {"role": "cashier", "title": "出纳", "area": "云溪社区"})
    assert "有几个区划叫这个名称" in text(page) and EAST in text(page)


def test_divisions_are_kept(client: Client) -> None:
    assert "长度" not in text(client.post("/people/areas/add/", {"code": "110101001004", "name": "南溪社区"}))
    area = Area.objects.get(name="南溪社区")
    assert area.code == "110101001004000"
    bad = client.post("/people/areas/add/", {"code": "11010100100", "name": "错"})
    assert "位数" in text(bad)
    client.post(f"/people/areas/{area.pk}/edit/", {"name": "南溪居委会", "aliases": "南溪\n南溪社区"})
    area.refresh_from_db()
    assert (area.name, area.aliases.split()) == ("南溪居委会", ["南溪", "南溪社区"])
    made = client.post("/people/posts/add/", {"role": "cashier", "title": "出纳", "area": "南溪"})
    assert made.status_code == 302


def test_gaps_and_roles_and_sign_ins_are_shown(client: Client, admin: User) -> None:
    wang = appoint("wang", "王敏", "accountant", TOWN)
    with trail.acting(trail.Actor("command:tests", "t")), trail.change("access.restore"):
        post = Post(role="cashier", title="出纳", area=Area.objects.get(code=EAST))
        post.save()
        Appointment(post=post, user=wang, start=timezone.localdate()).save()
    gaps = text(client.get("/people/posts/gaps/"))
    assert "王敏" in gaps and "不得由一人兼任" in gaps and "管片民警" in gaps
    assert "记账会计" in text(client.get("/people/roles/"))
    role = text(client.get("/people/roles/cashier/"))
    assert "accounting.cash_journal" in role and "记账会计" in role and "S9-05" in role
    assert client.get("/people/roles/king/").status_code == 404
    Client().post("/account/login/", {"login": "wang", "password": "wrong"})
    log = text(client.get("/people/sign-ins/"))
    assert "登录失败" in log and "王敏" in log
    assert "王敏" not in text(client.post("/people/sign-ins/", {"action": "account.sign-in"}))


def test_the_sign_ins_of_others_are_not_for_a_local_administrator(local: Client, admin: User) -> None:
    Client().post("/account/login/", {"login": "xi", "password": "wrong"})
    Client().post("/account/login/", {"login": "dong", "password": "wrong"})
    Client().post("/account/login/", {"login": "nobody", "password": "wrong"})
    page = local.get("/people/sign-ins/")
    assert [who.name for _event, who in page.context["rows"] if who] == ["东工"] and len(
        page.context["rows"]
    ) == 1


def test_every_page_of_people_speaks_english(client: Client, admin: User) -> None:
    client.post("/language/", {"language": "en"})
    paths = [
        "users/",
        "users/add/",
        "posts/",
        "posts/add/",
        "posts/gaps/",
        "roles/",
        "roles/cashier/",
        "areas/",
        "sign-ins/",
    ]
    for path in [*(f"/people/{path}" for path in paths), "/account/mine/", f"/people/users/{admin.pk}/"]:
        page = client.get(path)
        assert page.status_code == 200
        body = re.sub(r"<datalist.*?</datalist>", "", text(page), flags=re.S)
        for data in ("云溪街道", "云溪社区", "东溪社区", "管理员", "东工", "西工", "简体中文", "中文"):
            body = body.replace(data, "")
        assert not re.findall("[\u3400-\u9fff]{2,}", body), path

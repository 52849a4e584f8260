"""Pages of findings: what is mine, what I may do, what I may not see, in few queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from shouwang.access.models import User
from shouwang.inbox import notify
from shouwang.inbox.models import Notice, Preference
from shouwang.risk.loop import first as first_module
from shouwang.risk.loop.intake import identity
from shouwang.risk.loop.steps import take
from shouwang.risk.models import Finding, Step
from shouwang.risk.sealing import seal
from shouwang.trail import acting, change
from shouwang.trail.models import Event
from tests.risk.loop.office import (
    ONE,
    RULE,
    SECRET,
    SYSTEM,
    TOWN,
    TWO,
    Office,
    days,
    found,
    noticed,
    signed_in,
)
from tests.workbench.people import signed_in as client_of


def page(user: User, name: str = "work-list", *args: Any, **query: Any) -> str:
    response = client_of(user).get(reverse(f"workbench:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def send(user: User, name: str, *args: Any, **given: Any) -> Any:
    return client_of(user).post(reverse(f"workbench:{name}", args=args), given, follow=True)


def step(user: User, finding: Finding, action: str, **given: Any) -> Any:
    version = Finding.objects.get(pk=finding.pk).version
    return send(user, "finding-step", finding.pk, action, **{"version": version, "token": "", **given})


@pytest.mark.seed("S7-41")
def test_each_finds_on_the_first_page_what_waits_for_them(office: Office) -> None:
    one, two = found(noticed(subject="甲"), noticed(subject="乙"))
    with signed_in(office.chief):
        take(office.chief, "assign", one.pk, post=office.posts["dibao"].pk, due=days(1))
    assert "即将到期" in page(office.dibao) and "分派给我，待整改" in page(office.dibao)
    assert one.name in page(office.dibao) and two.name in page(office.dibao)
    assert one.name not in page(office.other) and "没有等您办理的问题" in page(office.other)
    with signed_in(office.dibao):
        take(office.dibao, "submit", one.pk, measures="停发", proof="收据")
    assert "待我核验" in page(office.chief) and f"/findings/{one.pk}/" not in page(office.dibao)


def test_the_whole_way_by_the_pages(office: Office) -> None:
    (finding,) = found(noticed())
    assert "制定措施" in page(office.dibao, "finding", finding.pk)
    step(office.dibao, finding, "start", measures="停发并追回", due=days(9).isoformat())
    step(office.dibao, finding, "submit", measures="已追回", proof="收据12号")
    assert "核验通过" in page(office.chief, "finding", finding.pk)
    assert "核验通过" not in re.sub(r"<ol.*", "", page(office.dibao, "finding", finding.pk), flags=re.S)
    step(office.chief, finding, "verify")
    step(office.leader, finding, "close", reason="属实")
    shown = page(office.leader, "finding", finding.pk)
    assert "已销号" in shown and "收据12号" in shown and "云溪社区低保专干" in shown
    assert [s.action for s in Step.objects.order_by("pk")][2:] == ["start", "submit", "verify", "close"]


def test_what_is_wrong_with_a_step_is_said_beside_the_field(office: Office) -> None:
    (finding,) = found(noticed())
    answer = step(office.dibao, finding, "submit", measures="", proof="")
    assert answer.status_code == 422 and "invalid-feedback" in answer.content.decode()
    answer = step(office.dibao, finding, "submit", measures="已停", proof="")
    assert answer.status_code == 422 and "附件或佐证" in answer.content.decode()
    answer = send(office.dibao, "finding-step", finding.pk, "start", version=0, measures="x", due=days(5))
    assert "刚刚有人办理过" in answer.content.decode()
    assert Finding.objects.get().status == "assigned"


def test_outside_of_the_scope_every_page_says_404(office: Office) -> None:
    (finding,) = found(noticed())
    (secret,) = found(noticed(SECRET, division_code=TOWN))
    for user, hidden in ((office.other, finding), (office.grid, finding), (office.leader, secret)):
        client = client_of(user)
        assert client.get(reverse("workbench:finding", args=[hidden.pk])).status_code == 404
        sent = client.post(
            reverse("workbench:finding-step", args=[hidden.pk, "comment"]), {"text": "x", "version": 0}
        )
        assert sent.status_code == 404
        assert hidden.name not in page(user, "finding-list", status="all")
    assert secret.name in page(office.inspector, "finding-list", status="all")


@pytest.mark.parametrize("head", [1, 60, 500])
def test_filters_sorts_and_pages(office: Office, head: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whether a page is found among the first that are looked at, partly, or not at all: it is the same.
    monkeypatch.setattr(first_module, "HEAD", head)
    found(*(noticed(subject=f"人{i:03}", amount=i, severity="low" if i % 2 else "high") for i in range(120)))
    names = re.compile(rf"{RULE}-\d+")
    first = page(office.chief, "finding-list")
    assert len(set(names.findall(first))) == 50
    seen: list[str] = []
    answer, after = first, ""
    while True:
        shown = list(dict.fromkeys(names.findall(answer)))
        seen += shown
        more = re.search(r'name="after" value="([^"]+)"', answer)
        if not more:
            break
        after = more[1]
        answer = send(office.chief, "finding-list", after=after).content.decode()
    assert len(seen) == len(set(seen)) == 120
    newest = Finding.objects.filter(code=RULE).order_by("-pk")
    assert seen == [f"{f.code}-{f.number:04d}" for f in newest]
    high = page(office.chief, "finding-list", severity="high", sort="money")
    assert "人118" in high and "人119" not in high
    assert "没有符合条件" in page(office.chief, "finding-list", status="closed")
    assert client_of(office.chief).get(reverse("workbench:finding-list"), {"status": "x"}).status_code == 400
    assert (
        client_of(office.chief).post(reverse("workbench:finding-list"), {"after": "x~y"}).status_code == 400
    )


def test_a_search_travels_by_post_and_finds_number_text_and_person(office: Office) -> None:
    from shouwang.ledger.identity import person_index

    number = "11010519491231002X"
    one, two = found(noticed(subject="张三"), noticed(subject="李四", person=person_index(number)))
    assert one.name in send(office.chief, "finding-list", q=one.name).content.decode()
    by_text = send(office.chief, "finding-list", q="李四").content.decode()
    assert two.name in by_text and one.name not in by_text
    by_person = send(office.chief, "finding-list", q=number, status="open").content.decode()
    assert two.name in by_person and one.name not in by_person


def test_a_step_on_many_with_those_that_do_not_fit_told(office: Office) -> None:
    one, two, three = found(noticed(subject="甲"), noticed(subject="乙"), noticed(subject="丙"))
    with signed_in(office.dibao):
        take(office.dibao, "start", three.pk, measures="停发", due=days(5))
    chosen = [f"{f.pk}:1" for f in (one, two, three)]
    form = send(office.chief, "finding-batch", action="assign", f=chosen).content.decode()
    assert "3 个问题" in form
    due, post = days(20).isoformat(), office.posts["dibao"].pk
    done = send(office.chief, "finding-batch", action="assign", f=chosen, confirm=1, post=post, due=due)
    assert "2 个问题已办理" in done.content.decode() and "刚刚有人办理过" in done.content.decode()
    assert Finding.objects.filter(due=days(20)).count() == 2
    nothing = send(office.chief, "finding-batch", action="assign", f=[])
    assert "没有选中问题" in nothing.content.decode()


def test_all_that_fit_the_filters_at_once(office: Office) -> None:
    found(*(noticed(subject=f"人{i}") for i in range(60)))
    shown = page(office.chief, "finding-list", severity="high")
    seen = re.search(r'name="seen" value="([^"]+)"', shown)
    assert seen
    late = Finding.objects.order_by("pk").first()
    assert late is not None
    with signed_in(office.dibao):
        take(office.dibao, "start", late.pk, measures="停发", due=days(5))
    given = {"action": "assign", "all": "1", "query": "severity=high", "seen": seen[1]}
    form = send(office.chief, "finding-batch", **given).content.decode()
    chosen = re.findall(r'name="f" value="(\d+:\d+)"', form)
    assert len(chosen) == 60
    post = office.posts["dibao"].pk
    send(
        office.chief,
        "finding-batch",
        action="assign",
        f=chosen,
        confirm=1,
        post=post,
        due=days(20).isoformat(),
    )
    assert Finding.objects.filter(due=days(20)).count() == 59


def test_the_clear_wording_needs_right_and_reason_and_leaves_an_event(office: Office) -> None:
    kept = seal({"text": "张三丰于2023年7月去世"}, identity(RULE, "甲", ""))
    (finding,) = found(noticed(person="ab", sealed=kept))
    assert "张三丰" not in page(office.chief, "finding", finding.pk)
    assert "张三丰" not in send(office.chief, "finding-clear", finding.pk, reason=" ").content.decode()
    assert "张三丰" in send(office.chief, "finding-clear", finding.pk, reason="上门核实").content.decode()
    event = Event.objects.get(action="ledger.unmask")
    assert (event.target_id, event.person, event.reason) == (str(finding.pk), "ab", "上门核实")
    assert send(office.grid, "finding-clear", finding.pk, reason="x").status_code in (403, 404)


@pytest.mark.seed("S7-15")
def test_a_report_from_the_field_and_the_offer_of_the_same(office: Office) -> None:
    form = page(office.grid, "finding-report")
    assert 'type="file"' in form and "附上当前位置" in form and "第一网格" in form
    given = {
        "title": "楼道堆放杂物",
        "text": "堵住疏散通道",
        "about": "safety.",
        "severity": "medium",
        "division": "110101001001001",
        "place": "云溪花园3号楼",
        "token": "one",
    }
    sent = send(office.grid, "finding-report", **given)
    finding = Finding.objects.get()
    assert f"已上报，编号 {finding.name}" in sent.content.decode()
    offered = send(
        office.grid, "finding-report", **{**given, "token": "two", "place": "3号楼"}
    ).content.decode()
    assert "就是这个" in offered and finding.name in offered and Finding.objects.count() == 1
    send(office.grid, "finding-report", **{**given, "token": "two", "same": finding.pk})
    assert Finding.objects.count() == 1 and Step.objects.filter(action="comment").count() == 1
    send(office.grid, "finding-report", **{**given, "token": "three", "really": "1"})
    assert Finding.objects.count() == 2
    wrong = send(office.grid, "finding-report", **{**given, "token": "four", "division": ONE, "really": "1"})
    assert wrong.status_code == 422


def test_notices_are_read_and_preferences_kept(office: Office) -> None:
    (finding,) = found(noticed())
    with signed_in(office.chief):
        notify([office.dibao], "office", "{text}", {"text": "开会"})
    assert "开会" in page(office.dibao, "notices") and "开会" not in page(office.other, "notices")
    mine = Notice.objects.filter(user=office.dibao)
    about = mine.get(kind="finding.assigned")
    went = client_of(office.dibao).post(reverse("workbench:notices-read"), {"one": about.pk})
    assert went["Location"] == reverse("workbench:finding", args=[finding.pk])
    client_of(office.other).post(reverse("workbench:notices-read"), {"upto": 10**6})
    assert mine.filter(read__isnull=True).count() == 1
    client_of(office.dibao).post(reverse("workbench:notices-read"), {"upto": mine.latest("pk").pk})
    assert not mine.filter(read__isnull=True).exists()
    send(office.dibao, "notice-preferences", mail="none", muted=["office"])
    assert Preference.objects.get(user=office.dibao).muted == ["office"]


@pytest.mark.parametrize("name", ["work-list", "finding-list"])
def test_lists_ask_few_queries_however_much_there_is(
    office: Office, name: str, django_assert_max_num_queries: Any
) -> None:
    found(*(noticed(subject=f"人{i}", division_code=TWO if i % 2 else ONE) for i in range(80)))
    client = client_of(office.chief)
    client.get(reverse("workbench:work-list"))
    with django_assert_max_num_queries(24):
        answer = client.get(reverse(f"workbench:{name}"))
    assert answer.status_code == 200 and len(answer.content) < 90_000


def photo() -> Any:
    """A picture as a telephone sends it."""
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return SimpleUploadedFile("楼道.jpg", made.getvalue(), "image/jpeg")


@pytest.mark.seed("S7-40")
def test_photographs_are_the_proof_and_are_seen_by_those_who_see_the_finding(
    office: Office, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shouwang.evidence import store
    from shouwang.evidence.models import Attachment

    monkeypatch.setattr(store, "home", lambda: tmp_path)
    (finding,) = found(noticed())
    answer = step(office.dibao, finding, "submit", measures="已停发", uploads=[photo()])
    assert answer.status_code == 200 and Finding.objects.get().status == "submitted"
    file = Attachment.objects.get()
    assert (file.target, file.target_id, file.added_by) == ("risk.finding", str(finding.pk), office.dibao)
    address = reverse("workbench:attachment", args=[file.pk])
    assert address in page(office.chief, "finding", finding.pk)
    assert client_of(office.chief).get(address).status_code == 200
    assert client_of(office.other).get(address).status_code == 404
    wrong = step(office.chief, finding, "return", reason="不清")
    assert wrong.status_code == 200
    from django.core.files.uploadedfile import SimpleUploadedFile

    program = SimpleUploadedFile("x.jpg", b"MZ\x90\x00 no picture", "image/jpeg")
    answer = step(office.dibao, finding, "submit", measures="已停发", uploads=[program])
    assert answer.status_code == 422 and Finding.objects.get().status == "rectifying"


def test_home_is_the_work_list_and_the_bell_counts(office: Office) -> None:
    (finding,) = found(noticed())
    home = page(office.dibao, "home")
    assert finding.name in home and 'class="sw-count">1<' in home


def test_a_record_shows_only_the_findings_its_reader_may_see(office: Office) -> None:
    from shouwang.risk.loop.sight import findings_citing

    (open_,) = found(noticed())
    (secret,) = found(noticed(SECRET, division_code=TOWN))
    seen = {
        u: {f.pk for f in findings_citing(office.users[u], "assistance.payment", 1)} for u in office.users
    }
    assert seen["chief"] == seen["leader"] == {open_.pk}
    assert seen["inspector"] == {open_.pk, secret.pk} and seen["other"] == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_fifty_findings_are_a_small_page(office: Office, language: str) -> None:
    sentence = "张**（证件号999*************27）于2023年5月6日去世，" + "2023年6月仍发放500元，" * 9
    many = [
        noticed(
            subject=f"甲{k}",
            subject_name=f"李**{k}",
            sentence=sentence,
            sentence_en=f"{sentence:.20} died on 6 May 2023 and was paid for 9 more months, " * 3,
            amount=123_456,
        )
        for k in range(60)
    ]
    for finding in found(*many):
        with acting(SYSTEM), change("test.due"):
            Finding.objects.filter(pk=finding.pk).update(due=days(-3), occurrence=2)
    client = client_of(office.chief)
    client.post("/language/", {"language": language, "next": "/"})
    shown = client.get(reverse("workbench:finding-list")).content
    rows = re.findall(rb"<tr>(.*?)</tr>", shown.partition(b"<tbody>")[2], re.S)
    assert len(rows) == 50
    # Late and for the second time, with a long sentence: as much as stands in a row. Most are shorter.
    assert sum(map(len, rows)) / len(rows) < 850 and len(shown) < 60_000
    with acting(SYSTEM), change("test.due"):
        Finding.objects.update(due=days(3), occurrence=1)
    shown = client.get(reverse("workbench:finding-list")).content
    rows = re.findall(rb"<tr>(.*?)</tr>", shown.partition(b"<tbody>")[2], re.S)
    assert sum(map(len, rows)) / len(rows) < 700 and len(shown) < 52_000

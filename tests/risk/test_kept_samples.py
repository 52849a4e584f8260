"""Samples in the workbench: the same seed the same draw, rights, results with evidence, one finding each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from tests.access.world import picture
from tests.workbench.people import appoint, signed_in

from shouwang import trail
from shouwang.access.models import Area, User
from shouwang.access.roles import Grant, Role, roles
from shouwang.packs.microcredit.models import Loan
from shouwang.risk.models import AuditSample, Finding, SampleItem
from shouwang.risk.sampling import kept
from shouwang.risk.sampling.plan import Plan
from shouwang.trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_roles", "loans")]
EAST, WEST, TOWN = "110101001001000", "110101001002000", "110101001000000"
ME = trail.Actor("command:tests", "测试")
RIGHTS = frozenset({"ledger.view", "sample.make", "finding.view", "finding.report", "evidence.view"})


@pytest.fixture
def _roles() -> Iterator[None]:
    known = dict(roles())
    roles()["sampler"] = Role("sampler", "抽查人", (Grant(RIGHTS, ("microcredit.*",)),))
    roles()["looker"] = Role("looker", "只看", (Grant(frozenset({"sample.make"}), ("microcredit.*",)),))
    with trail.acting(ME):
        yield
    roles().clear()
    roles().update(known)


@pytest.fixture
def loans() -> None:
    """Sixty loans in one community, one in another."""
    with trail.acting(ME), trail.change("test.setup"):
        for code in (TOWN, EAST, WEST):
            Area(code=code, name=f"地{code[9:12]}").save()
        for number in range(61):
            Loan(
                loan_no=f"D{number:03d}", name="张三丰", person="999901199302086027",
                paid_out_on=dt.date(2023, 1, 1 + number % 28), amount=Decimal(1000 * (number + 1)),
                overdue_kind=("一般逾期", "恶意拖欠")[number % 2],
                division_code=WEST if number == 60 else EAST,
            ).save()  # fmt: skip


def auditor(code: str = EAST, name: str = "sun") -> User:
    return appoint(name, "孙审", "sampler", code)


PLANS = {
    "random": Plan("microcredit.loan", "random", "甲", size=12, purpose="手续不全"),
    "attribute": Plan("microcredit.loan", "random", "甲", confidence="90%", tolerable="10%", purpose="x"),
    "mus": Plan(
        "microcredit.loan", "mus", "甲", confidence="90%", tolerable="20%", amount="amount", purpose="x"
    ),
    "stratified": Plan(
        "microcredit.loan", "stratified", "甲", size=10, strata="overdue_kind", distribution="binomial"
    ),
}


@pytest.mark.parametrize("method", sorted(PLANS))
def test_the_same_seed_draws_the_same_whoever_draws(method: str) -> None:
    first = kept.draw(auditor(), PLANS[method], EAST)
    second = kept.draw(auditor(name="li"), PLANS[method], EAST)
    drawn = [
        list(s.items.order_by("number").values_list("record", "stratum", "hits")) for s in (first, second)
    ]
    assert drawn[0] == drawn[1] and len(drawn[0]) >= 10
    assert first.frame == second.frame and first.population == 60
    inside = set(Loan.objects.filter(division_code=EAST).values_list("pk", flat=True))
    assert {record for record, *_rest in drawn[0]} <= inside
    other = kept.draw(auditor(), Plan(**{**vars(PLANS[method]), "seed": "乙"}), EAST)
    assert [r for r, *_ in drawn[0]] != list(other.items.order_by("number").values_list("record", flat=True))
    assert Event.objects.filter(action="sample.draw").exists()


def test_another_draws_again_and_is_told_what_has_changed() -> None:
    sample = kept.draw(auditor(), PLANS["random"], EAST)
    again = appoint("zhao", "赵核", "sampler", TOWN)
    assert kept.redraw(again, sample) == kept.Redrawn(frame=True, same=True, rows=60)
    with trail.acting(ME), trail.change("test.change"):
        Loan.objects.filter(pk=sample.items.get(number=1).record).first().delete()
    found = kept.redraw(again, sample)
    assert (found.frame, found.same, found.rows) == (False, False, 59)
    assert Event.objects.filter(action="sample.redraw").count() == 2


def test_nobody_samples_or_sees_a_sample_beyond_their_rights() -> None:
    sample = kept.draw(auditor(), PLANS["random"], EAST)
    west, looker = auditor(WEST, "west"), appoint("looker", "只看", "looker", EAST)
    clerk = appoint("clerk", "经办", "dibao_worker", EAST)
    for user in (west, looker, clerk):
        with pytest.raises(kept.SampleRefused):
            kept.draw(user, PLANS["random"], EAST)
        with pytest.raises(kept.SampleRefused):
            kept.check(user, sample, 1, version=0, result="ok")
    with pytest.raises(kept.SampleRefused):  # the town is more than their community
        kept.draw(auditor(), PLANS["random"], TOWN)
    assert list(kept.visible(auditor())) == [sample]
    assert not kept.visible(west).exists() and not kept.visible(clerk).exists()
    address = f"/samples/{sample.pk}/"
    assert signed_in(west).get(address).status_code == 404
    assert signed_in(west).get(f"{address}items/1/").status_code == 404
    assert signed_in(clerk).get(address).status_code == 403


def test_a_deviation_becomes_a_finding_once() -> None:
    user = auditor()
    sample = kept.draw(user, PLANS["random"], EAST)
    with pytest.raises(kept.SampleRefused):
        kept.check(user, sample, 1, version=0, result="wrong")  # says nothing of what is wrong
    item = kept.check(user, sample, 1, version=0, result="wrong", remark="没有担保合同", severity="high")
    finding = Finding.objects.get()
    assert item.finding == finding and finding.source == "sample" and finding.code == "microcredit.sample"
    assert finding.severity == "high" and finding.division_code == EAST
    assert finding.evidence.get().record == item.record
    with pytest.raises(kept.SampleRefused):
        kept.check(user, sample, 1, version=0, result="ok")  # a stale page
    other = auditor(name="li")
    kept.check(other, sample, 1, version=1, result="wrong", remark="确实没有")
    assert Finding.objects.count() == 1
    assert SampleItem.objects.get(pk=item.pk).checked_by == other


def test_an_evaluation_comes_when_all_are_filled_in() -> None:
    user = auditor()
    sample = kept.draw(user, PLANS["attribute"], EAST)
    numbers = list(sample.items.values_list("number", flat=True))
    for number in numbers[:-1]:
        kept.check(user, sample, number, version=0, result="ok")
    assert kept.evaluate(sample) is None
    kept.check(user, sample, numbers[-1], version=0, result="ok")
    clean = kept.evaluate(sample)
    assert clean is not None and clean.supported is True
    for number in numbers[:4]:
        kept.check(user, sample, number, version=1, result="wrong", remark="缺合同")
    bad = kept.evaluate(sample)
    assert bad is not None and bad.supported is False and Finding.objects.count() == 4


def test_money_that_is_wrong_is_told_and_bounded() -> None:
    user = auditor()
    sample = kept.draw(user, PLANS["mus"], EAST)
    items = list(sample.items.order_by("number"))
    with pytest.raises(kept.SampleRefused):
        kept.check(user, sample, 1, version=0, result="wrong", remark="多付")  # by how much?
    with pytest.raises(kept.SampleRefused):
        kept.check(user, sample, 1, version=0, result="wrong", remark="多付", audited=items[0].book)
    half = items[0].book / 2
    kept.check(user, sample, 1, version=0, result="wrong", remark="多付一半", audited=half)
    assert Finding.objects.get().amount == half
    for item in items[1:]:
        kept.check(user, sample, item.number, version=0, result="ok")
    told = kept.evaluate(sample)
    assert told is not None and any("Stringer" in label for label, _value in told.facts)


def test_the_pages_from_the_plan_to_the_evaluation() -> None:
    user = auditor()
    client: Client = signed_in(user)
    assert (
        "小额贷款" in client.get("/samples/").content.decode() or client.get("/samples/").status_code == 200
    )
    assert (
        client.get("/samples/choose/?ledger=microcredit.loan")["Location"] == "/samples/add/microcredit.loan/"
    )
    form = {"division": EAST, "method": "random", "size": "2", "seed": "甲", "purpose": "手续不全"}
    wrong = client.post("/samples/add/microcredit.loan/", {**form, "size": ""})
    assert wrong.status_code == 422 and not AuditSample.objects.exists()
    assert client.post("/samples/add/microcredit.loan/", {**form, "division": WEST}).status_code == 422
    address = client.post("/samples/add/microcredit.loan/", form)["Location"]
    page = client.get(address).content.decode()
    assert "还有 2 项没有核查" in page and "甲" in page
    item = client.get(f"{address}items/1/").content.decode()
    assert "张**" in item and "999901199302086027" not in item and "张三丰" not in item
    photo = picture()
    photo.name = "合同.png"
    sent = client.post(
        f"{address}items/1/",
        {"result": "wrong", "remark": "没有合同", "severity": "low", "version": "0", "uploads": photo},
    )
    assert sent["Location"] == f"{address}items/2/"
    assert len(Finding.objects.get().attachments) == 1
    assert client.post(f"{address}items/2/", {"result": "ok", "version": "0"})["Location"] == address
    page = client.get(address).content.decode()
    assert Finding.objects.get().name in page and "总体偏差率上限" in page
    assert "样本相同" in client.post(f"{address}redraw/", follow=True).content.decode()

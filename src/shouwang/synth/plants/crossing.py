"""Cases that show only where the ledgers of two packs are held against each other."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import loans, records
from shouwang.synth.metering import read
from shouwang.synth.plants.acts import home
from shouwang.synth.plants.energy import meter
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import accounting, culture, integrity, safety
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

DECLARATION = "integrity.relative_declaration"


@plant("integrity.petition-hazard-not-listed")
def petition_hazard_not_listed(site: Site, near: bool) -> tuple[str, str]:
    """A blocked passage of a listed unit is on no list; found a week after the letter for the near miss."""
    unit = safety.listed(site)["unit"]
    petition = records.add(site, "integrity.petition", content=f"{unit}消防通道堵塞")
    if near:
        day = petition["received_on"] + dt.timedelta(days=7)
        later: Row = {"deadline_on": day, "done_on": day, "rechecked_on": day}
        records.add(site, "safety.hazard", unit=unit, found_on=day, **later)
    return petition["petition_no"], "反映的隐患" + ("已列入台账" if near else "台账中没有")


@plant("integrity.petition-short-payment")
def petition_short_payment(site: Site, near: bool) -> tuple[str, str]:
    """The head asks about a month that was paid short; it was made up by then for the near miss."""
    h = home(site)
    row, less = h.paid(4), yuan(40)
    h.pay(4, paid=row["paid"] - less)
    if near:
        h.pay_more(4, due=None, paid=less, kind="补发", paid_on=row["paid_on"] + dt.timedelta(days=9))
    else:
        site.also("assistance.paid-short", h.certificate, "四月少发40元")
    petition = records.add(
        site,
        "integrity.petition",
        name=h.head["name"],
        phone=h.head["phone"],
        content="低保金少了",
        received_on=site.day(6, 6),
        answered_on=site.day(6, 7),
    )
    return petition["petition_no"], "四月少发40元" + ("，已补发" if near else "")


def _payment(site: Site, place: str, item: Row, day: dt.date, amount: int) -> None:
    """Add a voucher of a village that pays a fund item."""
    cells: Row = {"payee": item["payee"], "use": item["purpose"], "cadre_opinion": "用途属实"}
    records.add(site, "accounting.voucher", division=place, voucher_on=day, amount=yuan(amount), **cells)


def _decided(site: Site, amount: int) -> tuple[str, Row]:
    """A village, and an item that a meeting of June decided."""
    place, day = accounting.village(site), site.day(6, 7)
    accounting.report(site, place, range(6, 13))
    item = integrity.decided(site, amount)
    item |= {"applied_on": site.day(6, 1), "decided_on": day, "paid_on": day + dt.timedelta(days=6)}
    site.table("integrity.fund_item").add({**item, "division": site.division})
    return place, item


@plant("integrity.voucher-before-decision")
def voucher_before_decision(site: Site, near: bool) -> tuple[str, str]:
    """The village paid four days before the meeting; on its day for the near miss."""
    place, item = _decided(site, 42_000)
    day = item["decided_on"] - dt.timedelta(days=0 if near else 4)
    _payment(site, place, item, day, 42_000)
    return item["item_no"], f"{item['decided_on']}决定，凭证{day}付款"


@plant("integrity.voucher-exceeds-decision")
def voucher_exceeds_decision(site: Site, near: bool) -> tuple[str, str]:
    """50,000 yuan were paid of 45,000; 45,000 in two parts for the near miss."""
    place, item = _decided(site, 45_000)
    for month, amount in ((6, 25_000), (7, 20_000 if near else 25_000)):
        _payment(site, place, item, site.day(month, 20), amount)
    return item["item_no"], "决定4.5万元，凭证两张合计" + ("4.5" if near else "5") + "万元"


def _business(site: Site, near: bool) -> str:
    """Whom to pay: a declared relative's business, or one of a like name for the near miss."""
    return str(records.add(site, DECLARATION)["organisation"]) + ("二店" if near else "")


@plant("integrity.relative-paid-by-voucher")
def relative_paid_by_voucher(site: Site, near: bool) -> tuple[str, str]:
    """A village pays a relative's business; one of a like name for the near miss."""
    place = accounting.village(site)
    accounting.report(site, place, range(12, 13))
    row = records.add(site, "accounting.voucher", division=place, payee=_business(site, near))
    return row["voucher_no"], f"付{row['payee']}"


@plant("integrity.relative-paid-by-project")
def relative_paid_by_project(site: Site, near: bool) -> tuple[str, str]:
    """A project buys from a relative's business; from one of a like name for the near miss."""
    number = culture.run(site, spent=3_000)["project_no"]
    row = records.add(site, "culture.spending", project_no=number, payee=_business(site, near))
    return number, f"付{row['payee']}"


@plant("integrity.relative-on-dibao")
def relative_on_dibao(site: Site, near: bool) -> tuple[str, str]:
    """A relative is on dibao; the household was stopped in May for the near miss."""
    h = home(site, lambda row: bool(row["size"] > 1))
    head = h.head
    if near:
        h.stop(5, "收入超过标准")
    records.add(site, DECLARATION, relative=head["name"], relative_person=head["person"])
    return head["person"], "亲属享受低保" + ("，五月停保" if near else "")


@plant("integrity.relative-has-loan")
def relative_has_loan(site: Site, near: bool) -> tuple[str, str]:
    """A relative owes a loan; settled for the near miss."""
    file = loans.borrower(site, settled=near)
    records.add(site, DECLARATION, relative=file.name, relative_person=file.person)
    return file.person, "亲属的担保贷款" + ("已结清" if near else "未结清")


@plant("safety.problems-not-listed")
def problems_not_listed(site: Site, near: bool) -> tuple[str, str]:
    """Two problems found in October and one on the list since; both for the near miss."""
    unit = safety.listed(site)["unit"]
    records.add(
        site, "safety.inspection", unit=unit, problems=2, outcome="下达整改通知", inspected_on=site.day(10, 9)
    )
    for days in (0, 3) if near else (3,):
        day = site.day(10, 9) + dt.timedelta(days=days)
        done: Row = {"deadline_on": day, "done_on": day, "rechecked_on": day}
        records.add(site, "safety.hazard", unit=unit, found_on=day, **done)
    return unit, "发现2处，台账中" + ("2" if near else "1") + "处"


@plant("population.empty-dwelling-in-use")
def empty_dwelling_in_use(site: Site, near: bool) -> tuple[str, str]:
    """A dwelling of nobody uses water all year; for two months only for the near miss."""
    dwelling = f"K{site.index + 1:03d}-{site.serial():05d}"
    number = meter(site, kind="水", dwelling=dwelling, level="三级", place=f"空置房{dwelling}")
    read(site, number, [6] * 2 + [0 if near else 6] * 10, kind="水")
    return dwelling, "无人登记，用水" + ("两个月" if near else "全年")

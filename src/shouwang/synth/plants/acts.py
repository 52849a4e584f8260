"""What several plants do: take a household or a person, let somebody die, move money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from typing import Any

from shouwang.synth.settings import STANDARD
from shouwang.synth.site import Site, UsedUpError, yuan
from shouwang.synth.table import Row

RECIPIENT = "assistance.recipient"
PAYMENT = "assistance.payment"


@dataclass
class Home:
    """A household on the roster, drawn by a plant: its certificate and the numbers of its rows."""

    site: Site
    certificate: str
    members: list[int]
    payments: dict[int, int]

    @property
    def head(self) -> Row:
        """The head's row of the roster."""
        return self.site.table(RECIPIENT).row(self.members[0])

    def member(self, number: int) -> Row:
        """The row of the ``number``-th member."""
        return self.site.table(RECIPIENT).row(self.members[number])

    def set(self, **values: Any) -> None:
        """Change cells of every row of the household."""
        for number in self.members:
            self.site.table(RECIPIENT).set(number, **values)

    def set_member(self, number: int, **values: Any) -> None:
        """Change cells of one member's row."""
        self.site.table(RECIPIENT).set(self.members[number], **values)

    def pay(self, month: int, **values: Any) -> None:
        """Change cells of the payment of a month."""
        self.site.table(PAYMENT).set(self.payments[month], **values)

    def paid(self, month: int) -> Row:
        """The payment of a month."""
        return self.site.table(PAYMENT).row(self.payments[month])

    def unpay(self, *months: int) -> None:
        """Take payments out."""
        for month in months:
            self.site.table(PAYMENT).drop(self.payments[month])

    def pay_more(self, month: int, **values: Any) -> None:
        """Add another payment of a month, like the first but for these cells."""
        row = self.paid(month)
        self.site.table(PAYMENT).add({**row, **values}, after=self.payments[month])

    def restate(self) -> None:
        """Write persons, income, allowance and category anew from the members, and pay accordingly."""
        table = self.site.table(RECIPIENT)
        rows = [r for r in (table.row(i) for i in self.members) if r["cut_month"] is None]
        income = sum((r["income"] for r in rows), yuan(0))
        amount = yuan(STANDARD * len(rows)) - income + self.head["top_up"]
        category = "二类" if income > 0 else "三类"
        self.set(
            persons=len(rows),
            household_income=income,
            income_per_head=(income / len(rows)).quantize(yuan(1), ROUND_HALF_UP),
            amount=amount,
            category=category,
        )
        for number in self.payments.values():
            self.site.table(PAYMENT).set(
                number, persons=len(rows), due=amount, paid=amount, category=category
            )

    def stop(self, month: int, reason: str = "死亡") -> None:
        """Stop the household from a month on: the roster says so, and nothing is paid."""
        self.set(stop_month=self.site.month(month), stop_reason=reason)
        self.unpay(*range(month, 13))


def home(site: Site, fits: Callable[[Row], bool] = lambda row: True) -> Home:
    """Draw a household that has been on dibao since before the year, all twelve months paid.

    ``fits`` is asked with the household's row (size, earns, first …). Households of several come
    first, since those of one are rare and some cases need them. ``UsedUpError`` when none fits.
    """
    try:
        return _home(site, lambda row: bool(row["size"] > 1 and fits(row)))
    except UsedUpError:
        return _home(site, fits)


def _home(site: Site, fits: Callable[[Row], bool]) -> Home:
    refused: list[int] = []
    try:
        while True:
            number = site.draw("poor")
            row = site.homes.row(number, named=True)
            if fits(row):
                break
            refused.append(number)
    finally:
        for other in refused:
            site.give_back("poor", other)
    certificate = str(row["certificate"])
    payments = {r["month"].month: i for i, r in site.table(PAYMENT).rows("certificate", certificate)}
    return Home(site, certificate, site.table(RECIPIENT).where("certificate", certificate), payments)


def die(site: Site, person: str, day: dt.date, *, register: bool = True, pension: bool = True) -> None:
    """Let a registered person die: list of deaths, register, pension, participation, later claims.

    ``register=False`` leaves the status in the household register; ``pension=False`` lets the
    pension be paid on.
    """
    people = site.table("registry.person")
    (number,) = people.where("person", person)
    row = people.row(number)
    told = min(day + dt.timedelta(days=9), site.as_of)
    if register:
        people.set(number, status="死亡", status_on=told)
    site.add(
        "registry.death",
        name=row["name"],
        sex=row["sex"],
        person=person,
        died_on=day,
        address=row["address"],
        cause="疾病",
        certificate_no=site.number("SW"),
        cancelled_on=told if register else None,
        kin_name=row["head"],
        phone=site.phone(),
    )
    for number in site.table("registry.retirement").where("person", person):
        site.table("registry.retirement").set(number, note="已去世")
    if pension:
        stop_pension(site, person, day)
    for number in site.table("insurance.participation").where("person", person):
        site.table("insurance.participation").set(number, status="终止", stopped_on=day)
    no_claims_after(site, person, day)


def stop_pension(site: Site, person: str, day: dt.date) -> None:
    """No pension after the month of death, and the year's total of what is left."""
    table = site.table("insurance.pension_payment")
    rows = table.rows("person", person)
    kept = [(i, r) for i, r in rows if r["month"] <= day]
    for number, row in rows:
        if row["month"] > day:
            table.drop(number)
    total = sum((r["amount"] for _, r in kept), start=0 * kept[0][1]["amount"]) if kept else None
    for number, _ in kept:
        table.set(number, year_total=total)


def no_claims_after(site: Site, person: str, day: dt.date) -> None:
    """Take out stays that end and purchases made after a day."""
    stays = site.table("insurance.inpatient_stay")
    for number, row in stays.rows("person", person):
        if row["discharged_on"] > day:
            stays.drop(number)
    bought = site.table("insurance.pharmacy_purchase")
    for number, row in bought.rows("person", person):
        if row["bought_at"].date() > day:
            bought.drop(number)


def no_claims(site: Site, person: str) -> None:
    """Take out all stays and purchases of a person, so that only what is planted is there."""
    no_claims_after(site, person, dt.date(1900, 1, 1))


def unserve(site: Site, person: str) -> None:
    """Take out the employment services and linked benefits of a person."""
    for ledger in ("assistance.employment_service", "assistance.linked_benefit"):
        for number in site.table(ledger).where("person", person):
            site.table(ledger).drop(number)

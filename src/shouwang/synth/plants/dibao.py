"""Cases in the payment of dibao: S2-14, S2-30, S2-48, S2-55 to S2-57."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shouwang.synth.plants.acts import PAYMENT, die, home
from shouwang.synth.plants.registry import plant
from shouwang.synth.settings import STANDARD
from shouwang.synth.site import Site, yuan


@plant("assistance.paid-short")
def paid_short(site: Site, near: bool) -> tuple[str, str]:
    """Less paid than due; made up in the same month for the near miss."""
    h, month = home(site), site.any(2, 11)
    row = h.paid(month)
    less = yuan(site.any(2, 9) * 10)
    h.pay(month, paid=row["paid"] - less)
    if near:
        h.pay_more(month, due=None, paid=less, kind="补发", paid_on=row["paid_on"] + dt.timedelta(days=9))
        return h.certificate, f"{month}月少发{less}元，当月已补发"
    return h.certificate, f"{month}月少发{less}元"


@plant("assistance.paid-late")
def paid_late(site: Site, near: bool) -> tuple[str, str]:
    """Paid on the 11th or later; on the 10th for the near miss."""
    h, month = home(site), site.any(1, 12)
    day = site.day(month, 10 if near else site.any(11, 25))
    h.pay(month, paid_on=day)
    return h.certificate, f"{month}月于{day}发放"


@plant("assistance.paid-after-due-date")
def paid_after_due_date(site: Site, near: bool) -> tuple[str, str]:
    """Paid later than the due date in the sheet; on that date for the near miss."""
    h, month = home(site), site.any(1, 12)
    paid = h.paid(month)["paid_on"]
    h.pay(month, due_on=paid if near else paid - dt.timedelta(days=2))
    return h.certificate, f"{month}月按{'期' if near else '期应早两天'}发放"


@plant("assistance.paid-twice")
def paid_twice(site: Site, near: bool) -> tuple[str, str]:
    """Two regular payments in a month; two instalments that make up what is due for the near miss."""
    h, month = home(site), site.any(1, 11)
    row = h.paid(month)
    day = row["paid_on"] + dt.timedelta(days=1)
    if near:
        h.pay(month, paid=yuan(100))
        h.pay_more(month, paid=row["paid"] - yuan(100), paid_on=min(day, site.day(month, 10)))
        return h.certificate, f"{month}月分两次发放，合计等于应发"
    h.pay_more(month, paid_on=min(day, site.day(month, 10)))
    return h.certificate, f"{month}月发放两次"


@plant("assistance.not-paid")
def not_paid(site: Site, near: bool) -> tuple[str, str]:
    """A month without payment; made up by arrears two months later for the near miss."""
    h, month = home(site), site.any(2, 9)
    amount = h.paid(month)["paid"]
    h.unpay(month)
    if near:
        late = month + 2
        day = h.paid(late)["paid_on"]
        h.pay_more(late, due=None, paid=amount, kind="补发", paid_on=day, note=f"补发{month}月")
        return h.certificate, f"{month}月未发，{late}月已补发"
    return h.certificate, f"{month}月未发放"


@plant("assistance.paid-quarterly")
def paid_quarterly(site: Site, near: bool) -> tuple[str, str]:
    """A quarter paid at once in its last month; a household admitted in that month for the near miss."""
    h = home(site)
    last = 3 * site.any(1, 4)
    amount = h.paid(last)["paid"]
    if near:
        h.unpay(*range(1, last))
        start = site.month(last)
        approved = start - dt.timedelta(days=8)
        h.set(
            start_month=start,
            applied_on=approved - dt.timedelta(days=20),
            screened_on=approved,
            reviewed_on=approved,
            approved_on=approved,
            posted_on=approved,
        )
        return h.certificate, f"{last}月起保，只发一个月"
    h.unpay(last - 2, last - 1)
    h.pay(last, due=amount * 3, paid=amount * 3, note="季度发放")
    return h.certificate, f"{last - 2}至{last}月合并于{last}月发放"


@plant("assistance.paid-outside-cover")
def paid_outside_cover(site: Site, near: bool) -> tuple[str, str]:
    """Paid on after the stop; arrears of an earlier month after the stop for the near miss."""
    h, month = home(site), site.any(5, 10)
    row = h.paid(month)
    h.stop(month, "家庭收入增加")
    kind = "补发" if near else "正常"
    site.table(PAYMENT).add({**row, "kind": kind, "due": None if near else row["due"]})
    return h.certificate, f"{month}月停保，当月{'补发以前月份' if near else '仍发放'}"


@plant("assistance.paid-not-on-roster")
def paid_not_on_roster(site: Site, near: bool) -> tuple[str, str]:
    """A payment of November to an unknown certificate; one of March for the near miss."""
    name, person, _ = site.stranger()
    certificate = site.number("DBX")
    month = 3 if near else 11
    amount = yuan(STANDARD)
    site.add(
        PAYMENT,
        certificate=certificate,
        name=name,
        person=person,
        category="三类",
        persons=1,
        month=site.month(month),
        due=amount,
        paid=amount,
        kind="正常",
        paid_on=site.day(month, 8),
        account=site.account(),
    )
    return certificate, f"{month}月发放，不在花名册"


@plant("assistance.paid-after-death")
def paid_after_death(site: Site, near: bool) -> tuple[str, str]:
    """The dead head is paid on; stopped from the next month for the near miss."""
    h, month = home(site), site.any(3, 9)
    day = site.day(month, site.any(2, 26))
    person = str(h.head["person"])
    die(site, person, day)
    if near:
        h.stop(month + 1)
        return person, f"{day}死亡，次月停发"
    return person, f"{day}死亡，至年底仍发放"


@plant("assistance.household-of-dead-head-paid")
def household_of_dead_head_paid(site: Site, near: bool) -> tuple[str, str]:
    """The same where the payment rows name no ID."""
    h, month = home(site), site.any(3, 9)
    day = site.day(month, site.any(2, 26))
    for m in range(1, 13):
        h.pay(m, person=None)
    die(site, str(h.head["person"]), day)
    if near:
        h.stop(month + 1)
        return h.certificate, f"户主{day}死亡，次月停发"
    return h.certificate, f"户主{day}死亡，至年底仍发放"


@plant("assistance.dead-member-counted")
def dead_member_counted(site: Site, near: bool) -> tuple[str, str]:
    """A dead member is still counted; cut from the next month for the near miss."""
    h = home(site, lambda row: row["size"] >= 2 and row["top_up"] == 0)
    month = site.any(3, 9)
    day = site.day(month, site.any(2, 26))
    last = len(h.members) - 1
    member = h.member(last)
    person = str(member["person"])
    die(site, person, day)
    if near:
        since = month + 1
        h.set_member(last, cut_month=site.month(since))
        size, income = last, h.head["household_income"] - member["income"]
        amount = yuan(STANDARD * size) - income
        h.set(
            persons=size,
            household_income=income,
            amount=amount,
            income_per_head=(income / size).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
        )
        for m in range(since, 13):
            h.pay(m, persons=size, due=amount, paid=amount)
        earns = any(h.member(i)["income"] > 0 for i in range(last))
        h.set(category="二类" if earns else "三类")
        for m in range(1, 13):
            h.pay(m, category="二类" if earns else "三类")
        return person, f"成员{day}死亡，次月已核减"
    return person, f"成员{day}死亡，仍按{len(h.members)}人发放"

"""Pharmacy purchases against deaths, hospital stays and each other (S10-55, S10-78)."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.insurance.rules.common import deaths
from shouwang.risk.expressions import minutes_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


def bill(bought: ir.Table) -> ir.StringValue:
    """The line of a bill a purchase stands for, by the ledger's natural key; null where it has no number."""
    line = bought.drug.fill_null("") + "/" + bought.amount.cast("string").fill_null("")
    # Adding, unlike joining, gives null where one part is null.
    return bought.transaction_no + "/" + bought.bought_at.cast("string") + "/" + line


@rule(
    "insurance.pharmacy-after-death",
    "死亡后购药",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-78"],
    reads={"insurance.pharmacy_purchase": "person", "registry.death": "person"},
    remedy="冻结社保卡，核查持卡人，追回基金支付",
    risk_point="insurance.pharmacy",
    looks_alike="死亡当日购药",
)
def pharmacy_after_death(t: Tables, p: ParameterView) -> Hits:
    """A purchase on a day after the day of death."""
    both = t.pharmacy_purchase.join(deaths(t), "person")
    rows = both.mutate(bought_on=both.bought_at.date())
    rows = rows.filter(rows.bought_on > rows.died_on)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.bought_on,
        amount=rows.amount,
        once=bill(rows),
        because="{name}于{died_on}死亡，{bought_on}仍在{pharmacy}刷卡购药{amount.sum}元",
    )


@rule(
    "insurance.pharmacy-during-inpatient",
    "住院期间在药店购药",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S10-55", "S10-56", "S10-78"],
    reads={"insurance.pharmacy_purchase": "person", "insurance.inpatient_stay": "person"},
    remedy="核查是否他人持卡购药或挂床住院",
    risk_point="insurance.pharmacy",
    looks_alike="入院当日、出院当日购药",
)
def pharmacy_during_inpatient(t: Tables, p: ParameterView) -> Hits:
    """A purchase on a day strictly between admission and discharge."""
    bought = t.pharmacy_purchase.mutate(bought_on=t.pharmacy_purchase.bought_at.date())
    stay = t.inpatient_stay.select("person", "hospital", "admitted_on", "discharged_on", "ref_inpatient_stay")
    rows = bought.join(
        stay,
        [
            bought.person == stay.person,
            bought.bought_on > stay.admitted_on,
            bought.bought_on < stay.discharged_on,
        ],
    )
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.bought_on,
        amount=rows.amount,
        key=rows.admitted_on.min().over(ibis.window(group_by=rows.ref_pharmacy_purchase)),
        # Two overlapping stays are one reason, not two, to doubt a purchase.
        once=bill(rows).coalesce(rows.ref_pharmacy_purchase.cast("string")),
        because="{name}{admitted_on}至{discharged_on}在{hospital}住院，{bought_on}在{pharmacy}购药{amount.sum}元",
    )


@rule(
    "insurance.purchase-two-cities",
    "一小时内两地购药",
    severity=Severity.HIGH,
    subject="person",
    seeds=["S10-55", "S10-78"],
    reads={"insurance.pharmacy_purchase": "person"},
    uses=["insurance.two_city_minutes"],
    remedy="核查是否他人持卡购药，追回基金支付",
    risk_point="insurance.pharmacy",
    looks_alike="同城两店；相隔超过一小时；只记日期不记时刻的明细",
)
def purchase_two_cities(t: Tables, p: ParameterView) -> Hits:
    """Two purchases of one person in two cities, no more than an hour apart."""
    minutes = p["insurance.two_city_minutes"]
    bought = t.pharmacy_purchase
    # A sheet that gives only the day has midnight for every purchase: the hour is not known.
    timed = bought.bought_at != bought.bought_at.truncate("D")
    placed = bought.filter(timed & ~absent(bought.city)).mutate(place=bought.city.strip().replace("市", ""))
    # Few persons ever buy in two cities: only their purchases are put in order.
    cities = placed.group_by("person").agg(low=placed.place.min(), high=placed.place.max())
    placed = placed.semi_join(cities.filter(cities.low != cities.high), "person")
    order = ibis.window(group_by=placed.person, order_by=[placed.bought_at, placed.ref_pharmacy_purchase])
    # Between two purchases in different cities some neighbours differ too, so neighbours suffice.
    following = placed.mutate(
        place_before=placed.place.lag().over(order),
        city_before=placed.city.lag().over(order),
        pharmacy_before=placed.pharmacy.lag().over(order),
        bought_before=placed.bought_at.lag().over(order),
        ref_pharmacy_purchase_before=placed.ref_pharmacy_purchase.lag().over(order),
    )
    apart = minutes_between(following.bought_at, following.bought_before)
    one_inside = following.place.contains(following.place_before) | following.place_before.contains(
        following.place
    )
    rows = following.mutate(apart=apart.floor().cast("int64"), bought_on=following.bought_at.date())
    rows = rows.filter((apart <= minutes) & ~one_inside)
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.bought_on,
        amount=rows.amount,
        key=rows.bought_on,
        once=bill(rows),
        because="{name}{bought_before}在{city_before}{pharmacy_before}购药，{apart}分钟后又在{city}{pharmacy}购药{amount.sum}元",
    )

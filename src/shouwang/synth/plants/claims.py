"""Cases in hospital stays, purchases and where they were made (S10-12, S10-32, S10-55, S10-56, S10-78)."""

from __future__ import annotations

import datetime as dt

from shouwang.synth import vocabulary as words
from shouwang.synth.plants.acts import die, no_claims
from shouwang.synth.plants.registry import plant
from shouwang.synth.records import offices
from shouwang.synth.site import Site, yuan
from shouwang.synth.table import Row

STAY, BOUGHT = "insurance.inpatient_stay", "insurance.pharmacy_purchase"


def patient(site: Site, pool: str = "patient") -> tuple[str, str]:
    """Somebody alive whose own claims are taken out, so that only what is planted is there."""
    name, person = site.who(site.draw(pool))
    no_claims(site, person)
    return name, person


def stay(
    site: Site,
    who: tuple[str, str],
    begins: dt.date,
    nights: int,
    disease: int = 0,
    hospital: int = 0,
    at: str | None = None,
    **changes: object,
) -> Row:
    """Add a stay of somebody; answers the row."""
    icd, diagnosis = words.DISEASES[disease % len(words.DISEASES)]
    place, level, city = words.HOSPITALS[hospital % len(words.HOSPITALS)]
    cost = yuan(site.any(20, 120) * 100)
    fund = yuan(int(cost) * 7 // 10)
    ends = begins + dt.timedelta(days=nights)
    row: Row = {
        "settlement_no": site.number("ZYX"),
        "name": who[0],
        "sex": "男" if int(who[1][16]) % 2 else "女",
        "person": who[1],
        "hospital": at or place,
        "level": level,
        "city": city,
        "kind": "普通住院",
        "admitted_on": begins,
        "discharged_on": ends,
        "days": nights,
        "icd": icd,
        "diagnosis": diagnosis,
        "identity_checked": True,
        "cost": cost,
        "fund": fund,
        "own": cost - fund,
        "settled_on": ends,
        "note": None,
    }
    row |= changes
    site.add(STAY, None, **row)
    return row


def buy(site: Site, who: tuple[str, str], at: dt.datetime, city: str = words.CITY, pharmacy: int = 0) -> None:
    """Add a purchase of somebody."""
    site.add(
        BOUGHT,
        transaction_no=site.number("YDX"),
        name=who[0],
        person=who[1],
        city=city,
        pharmacy=words.PHARMACIES[pharmacy],
        bought_at=at,
        drug=words.DRUGS[0],
        quantity=yuan(1),
        amount=yuan(site.any(20, 90)),
        note=None,
    )


def _spring(site: Site) -> dt.date:
    return site.day(site.any(2, 5), site.any(1, 25))


@plant("insurance.inpatient-overlap")
def inpatient_overlap(site: Site, near: bool) -> tuple[str, str]:
    """Two stays that overlap; a transfer on the day of discharge for the near miss."""
    who, day = patient(site), _spring(site)
    stay(site, who, day, 10)
    stay(site, who, day + dt.timedelta(days=10 if near else 6), 8, disease=3, hospital=2)
    return who[1], "出院当日转入另一医院" if near else "两次住院重叠四天"


@plant("insurance.split-hospitalisation")
def split_hospitalisation(site: Site, near: bool) -> tuple[str, str]:
    """The same disease within the days; a planned treatment, or a day too late, for the near miss."""
    who, day = patient(site), _spring(site)
    planned: Row = {"icd": "Z51.102", "diagnosis": "恶性肿瘤维持性化疗"} if near and site.any(0, 1) else {}
    gap = 11 if near and not planned else site.any(1, 10)
    stay(site, who, day, 7, **planned)
    stay(site, who, day + dt.timedelta(days=7 + gap), 6, hospital=1, **planned)
    return who[1], f"{gap}天后因同一疾病再入院" + ("，计划性治疗" if planned else "")


@plant("insurance.stay-settled-twice")
def stay_settled_twice(site: Site, near: bool) -> tuple[str, str]:
    """One stay settled under two numbers; in two parts of different cost for the near miss."""
    who, day = patient(site), _spring(site)
    row = stay(site, who, day, 9)
    more = {k: row[k] for k in ("cost", "fund", "own")}
    if near:
        more = {k: v + yuan(300) for k, v in more.items()} | {"cost": row["cost"] + yuan(600)}
    stay(site, who, day, 9, **more)
    return who[1], "同一次住院" + ("分段结算" if near else "重复结算")


@plant("insurance.inpatient-after-death")
def inpatient_after_death(site: Site, near: bool) -> tuple[str, str]:
    """Admitted after death; discharged on the day of death for the near miss."""
    who = patient(site, "idle")
    day = site.day(site.any(4, 9), site.any(10, 25))
    die(site, who[1], day)
    stay(site, who, day + dt.timedelta(days=-8 if near else 5), 8)
    return who[1], f"{day}死亡，" + ("当日出院" if near else "其后住院")


@plant("insurance.male-obstetric")
def male_obstetric(site: Site, near: bool) -> tuple[str, str]:
    """A man's ID with childbirth; a woman's ID whose sex is written wrong for the near miss."""
    who = patient(site, "woman" if near else "man")
    stay(site, who, _spring(site), 4, icd="O80.000", diagnosis="单胎顺产", sex="男")
    return who[1], "证件号为女性，性别误填" if near else "男性顺产"


@plant("insurance.female-andrology")
def female_andrology(site: Site, near: bool) -> tuple[str, str]:
    """A woman's ID with a prostate; a man's ID whose sex is written wrong for the near miss."""
    who = patient(site, "man" if near else "woman")
    stay(site, who, _spring(site), 4, icd="N40.x00", diagnosis="前列腺增生", sex="女")
    return who[1], "证件号为男性，性别误填" if near else "女性前列腺增生"


@plant("insurance.frequent-admission")
def frequent_admission(site: Site, near: bool) -> tuple[str, str]:
    """Five stays in a year; four, the limit, for the near miss."""
    who, count = patient(site), 4 if near else 5
    for k in range(count):
        stay(site, who, site.day(1 + 2 * k, 6), 5, disease=k)
    return who[1], f"全年住院{count}次"


@plant("insurance.stay-dates-wrong")
def stay_dates_wrong(site: Site, near: bool) -> tuple[str, str]:
    """More days than the stay had; the day of admission counted too for the near miss."""
    who = patient(site)
    stay(site, who, _spring(site), 6, days=7 if near else 16)
    return who[1], "6晚写作" + ("7天" if near else "16天")


@plant("insurance.stay-fund-exceeds-cost")
def stay_fund_exceeds_cost(site: Site, near: bool) -> tuple[str, str]:
    """Fund and person paid more than the cost; less, with another insurance, for the near miss."""
    who = patient(site)
    stay(site, who, _spring(site), 6, cost=yuan(5000), fund=yuan(3500), own=yuan(1000 if near else 1700))
    return who[1], "支付之和" + ("小于" if near else "超过") + "总费用"


@plant("insurance.identity-not-checked")
def identity_not_checked(site: Site, near: bool) -> tuple[str, str]:
    """Identity not checked; a blank for the near miss."""
    who = patient(site)
    stay(site, who, _spring(site), 6, identity_checked=None if near else False)
    return who[1], "身份核验" + ("栏空白" if near else "为否")


@plant("insurance.stay-at-undesignated")
def stay_at_undesignated(site: Site, near: bool) -> tuple[str, str]:
    """A stay after the hospital's agreement had ended; before its end for the near miss."""
    who, place = patient(site), f"{site.name.removesuffix('社区')}协作{site.serial()}医院"
    offices.provider(site, place, "医院", "一级", agreed_until=site.day(6, 30))
    stay(site, who, site.day(5 if near else 8, 9), 6, at=place)
    return place, "协议6月底终止，" + ("5月" if near else "8月") + "结算"


@plant("insurance.pharmacy-after-death")
def pharmacy_after_death(site: Site, near: bool) -> tuple[str, str]:
    """A purchase after death; on the day of death for the near miss."""
    who = patient(site, "idle")
    day = site.day(site.any(4, 9), site.any(10, 25))
    die(site, who[1], day)
    buy(site, who, dt.datetime.combine(day + dt.timedelta(days=0 if near else 9), dt.time(10, 20)))
    return who[1], f"{day}死亡，" + ("当日购药" if near else "9天后购药")


@plant("insurance.pharmacy-during-inpatient")
def pharmacy_during_inpatient(site: Site, near: bool) -> tuple[str, str]:
    """A purchase in the middle of a stay; on the day of admission for the near miss."""
    who, day = patient(site), _spring(site)
    stay(site, who, day, 10)
    buy(site, who, dt.datetime.combine(day + dt.timedelta(days=0 if near else 4), dt.time(9, 5)))
    return who[1], "入院当日购药" if near else "住院期间购药"


@plant("insurance.purchase-two-cities")
def purchase_two_cities(site: Site, near: bool) -> tuple[str, str]:
    """Purchases in two cities within the hour; 90 minutes apart for the near miss."""
    who, day = patient(site), _spring(site)
    at = dt.datetime.combine(day, dt.time(9, site.any(1, 50)))
    minutes = 90 if near else site.any(10, 60)
    buy(site, who, at)
    buy(site, who, at + dt.timedelta(minutes=minutes), words.OTHER_CITY, 1)
    return who[1], f"相隔{minutes}分钟在两市购药"


@plant("insurance.provider-not-evaluated")
def provider_not_evaluated(site: Site, near: bool) -> tuple[str, str]:
    """A pharmacy that was not evaluated; one under agreement since this year for the near miss."""
    name, code = f"{site.name.removesuffix('社区')}便民{site.serial()}药房", site.credit_code()
    offices.provider(site, name, "药店", None, credit_code=code, agreed_on=site.day(3, 1, 0 if near else -3))
    return f"{name}|{code}", "全年未评价" + ("，当年新签约" if near else "")


@plant("insurance.evaluation-without-indicators", near=False)
def evaluation_without_indicators(site: Site, near: bool) -> tuple[str, str]:
    """An evaluation without indicators, besides a proper one."""
    name, number = f"{site.name.removesuffix('社区')}惠民{site.serial()}药房", site.number("JG")
    offices.provider(site, name, "药店", None)
    offices.evaluation(site, name)
    offices.evaluation(site, name, provider_no=number, indicator_system=None, evaluated_on=site.day(6, 20))
    return f"{name}|{number}", "评价没有指标体系"


@plant("insurance.provider-not-graded")
def provider_not_graded(site: Site, near: bool) -> tuple[str, str]:
    """No grade anywhere; in the evaluation for the near miss."""
    name, code = f"{site.name.removesuffix('社区')}利民{site.serial()}药房", site.credit_code()
    offices.provider(site, name, "药店", None, credit_code=code, grade=None)
    offices.evaluation(site, name, grade="B级" if near else None)
    return f"{name}|{code}", "等级" + ("在评价中" if near else "未评定")

"""Rules on persons: who is in which ledger, twice, too many to a dwelling, or dead."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.population.registers import current, registered, sheet_of
from shouwang.risk.areas import community_key
from shouwang.risk.expressions import days_between
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule

_NO_DWELLING = ("无", "不详", "暂无", "未知", "/", "-")
"""What clerks write where there is no number; such entries share no dwelling."""


def _where(floating: ir.Table) -> ir.StringValue:
    """Where a floating person lives, as far as the entry says."""
    return ibis.coalesce(floating.address, floating.dwelling, floating.place_name)


@rule(
    "population.in-both-registers",
    "同一人既在户籍台账又在外来人口台账",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S1-12", "S1-13", "S1-15"],
    reads={"registry.person": "person", "population.floating_person": "person"},
    remedy="核实本人现居住地和户籍，户籍在册的从外来人口台账中注销，已迁出的更正户籍状态",
    risk_point="population.complex-structure",
    looks_alike="户籍已迁出后再来租住的；登记为外来人口之后才落户的；同名同生日而证件号不同的两个人",
)
def in_both_registers(t: Tables, p: ParameterView) -> Hits:
    """Registered and in the screening ledger at once; who settled after the screening is left alone."""
    resident = t.person.filter(registered(t.person))
    found = t.floating_person.filter(current(t.floating_person))
    found = found.mutate(living=_where(found))
    both = found.join(
        resident.select(
            "person", "ref_person", "status_on", home=ibis.coalesce(resident.address, resident.dwelling)
        ),
        "person",
    )
    settled_later = (both.status_on > both.screened_on).fill_null(False)
    return hits(
        both,
        where=~settled_later,
        subject=both.person,
        name=both.name,
        on=both.screened_on,
        because="{name}户籍在册（{home}），又登记为外来人口，住{living}",
        mask={"home": "address", "living": "address"},
    )


@rule(
    "population.duplicate-entry",
    "外来人口台账重复登记",
    severity=Severity.LOW,
    subject="person",
    seeds=["S1-15"],
    reads={"population.floating_person": "person"},
    remedy="核实现居住地，保留一条，其余注明离开或删除",
    risk_point="population.complex-structure",
    looks_alike="不同轮次、不同年度各登记一次；先离开后再来的；同日出生的双胞胎（证件号不同）",
)
def duplicate_entry(t: Tables, p: ParameterView) -> Hits:
    """One person in two open entries of the same screening.

    The same screening: the same round where both name one, else the same sheet, else the same
    year (or a year unknown).
    """
    entries = t.floating_person.filter(current(t.floating_person))
    several = entries.group_by("person").having(entries.count() > 1).aggregate(entries=entries.count())
    twice = entries.semi_join(several, "person").mutate(sheet=sheet_of(entries.ref_floating_person))
    one = twice.select("person", "campaign", "screened_on", "sheet", ref="ref_floating_person")
    other = one.rename(campaign_2="campaign", screened_2="screened_on", sheet_2="sheet", ref_2="ref")
    pair = one.join(other, "person").filter(lambda both: both.ref < both.ref_2)
    same_year = (pair.screened_on.year() == pair.screened_2.year()).fill_null(True)
    same_round = ibis.ifelse(
        pair.campaign.notnull() & pair.campaign_2.notnull(),
        pair.campaign == pair.campaign_2,
        (pair.sheet == pair.sheet_2) | same_year,
    )
    doubled = pair.filter(same_round)
    refs = doubled.select(ref_floating_person="ref").union(doubled.select(ref_floating_person="ref_2"))
    rows = entries.semi_join(refs.distinct(), "ref_floating_person").mutate(living=_where(entries))
    return hits(
        rows,
        subject=rows.person,
        name=rows.name,
        on=rows.screened_on,
        because="{name}在外来人口台账登记了{n}次：{living}",
        mask={"living": "address"},
    )


@rule(
    "population.worker-not-in-ledger",
    "企业外来务工人员未登记",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S1-08", "S1-16", "S1-17", "S1-24"],
    reads={"registry.employment": "person", "population.floating_person": "person"},
    optional={"registry.person": "person"},
    needs={"registry.employment": ("local",)},
    uses=["population.screening_from", "population.screening_to"],
    remedy="到企业补充排查，把在职外来职工补登入外来人口排查台账",
    risk_point="population.complex-structure",
    looks_alike="本地户籍职工；排查开始前已离职、结束后才入职的；台账里有此人但证件号有误、未能读入的（先看未读入行）",
)
def worker_not_in_ledger(t: Tables, p: ParameterView) -> Hits:
    """A migrant worker in service at some day of the screening who has no entry of any kind."""
    starts, ends = p["population.screening_from"], p["population.screening_to"]
    roster = t.employment
    in_service = (roster.joined_on.isnull() | (roster.joined_on <= ends)) & (
        roster.left_on.isnull() | (roster.left_on >= starts)
    )
    workers = roster.filter((roster.local == "外来") & in_service)
    missing = workers.anti_join(t.floating_person, "person")
    missing = missing.anti_join(t.person.filter(registered(t.person)), "person")
    return hits(
        missing,
        subject=missing.person,
        name=missing.name,
        on=missing.joined_on,
        because="{employer}外来职工{name}（工号{worker_no}，{joined_on}入职）排查期内在职，外来人口台账中没有此人",
    )


@rule(
    "population.overcrowded",
    "一套房屋居住人数超过上限",
    severity=Severity.HIGH,
    subject="place",
    seeds=["S1-20", "S1-28", "S7-13"],
    reads={"population.floating_person": "dwelling"},
    uses=["population.max_persons_per_dwelling"],
    remedy="会同派出所、消防上门核查，属群租的限期清退整改",
    risk_point="population.public-security",
    looks_alike="正好达到上限；同一人登记两次只算一人；户籍在此而不住此（人户分离）的不计入",
)
def overcrowded(t: Tables, p: ParameterView) -> Hits:
    """More persons in one dwelling than allowed, counted within one round.

    Where no round is named, the entries of one sheet or of one year are looked at: sheets of
    earlier years are not closed when people leave, and must not add up.
    """
    limit = p["population.max_persons_per_dwelling"]
    entries = t.floating_person
    housed = entries.filter(
        current(entries) & ~absent(entries.dwelling) & ~entries.dwelling.isin(_NO_DWELLING)
    )
    housed = housed.mutate(area=community_key(housed.division).fill_null(""))
    many = housed.group_by("area", "dwelling").aggregate(persons=housed.person.nunique())
    housed = housed.semi_join(many.filter(many.persons > limit), ["area", "dwelling"])
    sheet = ibis.literal("sheet ") + sheet_of(housed.ref_floating_person).cast("string")
    year = ibis.literal("year ") + housed.screened_on.year().cast("string").fill_null("")
    rounds = housed.mutate(counted_in=ibis.coalesce(housed.campaign, sheet)).union(
        housed.mutate(counted_in=ibis.coalesce(housed.campaign, year))
    )
    counted = rounds.group_by("area", "dwelling", "counted_in").aggregate(persons=rounds.person.nunique())
    crowded = counted.filter(counted.persons > limit)
    rows = rounds.semi_join(crowded, ["area", "dwelling", "counted_in"]).drop("counted_in").distinct()
    most = crowded.group_by("area", "dwelling").aggregate(persons=crowded.persons.max())
    rows = rows.join(most, ["area", "dwelling"])
    return hits(
        rows,
        subject=rows.dwelling,
        name=rows.address,
        on=rows.screened_on,
        key=rows.area,
        because="{dwelling}（{address}）登记居住{persons}人，超过上限{limit}人",
        facts={"limit": ibis.literal(limit)},
    )


@rule(
    "population.dead-still-registered",
    "已故人员户籍状态未更新",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S1-12", "S10-69"],
    reads={"registry.death": "person", "registry.person": "person"},
    uses=["population.death_update_days"],
    remedy="通知家属办理户口注销，并更新户籍台账；同时核对各项待遇是否停发",
    risk_point="population.complex-structure",
    looks_alike="去世未满规定天数、家属尚在办理注销的",
)
def dead_still_registered(t: Tables, p: ParameterView) -> Hits:
    """In the register as normal though dead for more days than allowed for the update."""
    days = p["population.death_update_days"]
    resident = t.person.filter(registered(t.person))
    dead = t.death.select("person", "died_on", "cancelled_on", "ref_death")
    both = resident.join(dead, "person")
    elapsed = days_between(ibis.literal(p.as_of, "date"), both.died_on)
    return hits(
        both,
        where=elapsed > days,
        subject=both.person,
        name=both.name,
        on=both.died_on,
        because="{name}于{died_on}去世，已超过{days}天，户籍台账仍为在册（户口注销日期{cancelled_on}）",
        facts={"days": ibis.literal(days)},
    )


@rule(
    "population.dead-floating",
    "已故人员仍在外来人口台账",
    severity=Severity.MEDIUM,
    subject="person",
    seeds=["S1-15", "S1-24"],
    reads={"registry.death": "person", "population.floating_person": "person"},
    uses=["population.death_update_days"],
    remedy="核实台账是否照抄旧册，是否有人冒用证件；确已去世的注明离开",
    risk_point="population.complex-structure",
    looks_alike="排查在去世之前，且去世未满规定天数的",
)
def dead_floating(t: Tables, p: ParameterView) -> Hits:
    """Screened after the day of death, or still open longer after it than allowed."""
    days = p.get("population.death_update_days")
    found = t.floating_person.filter(current(t.floating_person))
    both = found.join(t.death.select("person", "died_on", "ref_death"), "person")
    seen_after = (both.screened_on > both.died_on).fill_null(False)
    overdue = ibis.literal(False)
    if days is not None:
        overdue = days_between(ibis.literal(p.as_of, "date"), both.died_on) > days
    return hits(
        both,
        where=seen_after | overdue,
        subject=both.person,
        name=both.name,
        on=both.died_on,
        because="{name}已于{died_on}去世，外来人口台账仍登记为在住（排查日期{screened_on}）",
    )


@rule(
    "population.entry-without-place",
    "外来人口台账未写明在何处发现",
    severity=Severity.LOW,
    subject="person",
    seeds=["S1-16"],
    reads={"population.floating_person": "person"},
    needs={"population.floating_person": ("found_in",)},
    remedy="补填居民小区、居民点或企业",
    risk_point="population.complex-structure",
    looks_alike="居住类型未填但写明了小区、居民点或企业名称的",
)
def entry_without_place(t: Tables, p: ParameterView) -> Hits:
    """Neither the kind nor the name of the place where the person was found."""
    rows = t.floating_person
    return hits(
        rows,
        where=absent(rows.found_in) & absent(rows.place_name),
        subject=rows.person,
        name=rows.name,
        on=rows.screened_on,
        because="{name}的登记没有写明在居民小区、居民点还是企业发现",
    )


@rule(
    "population.worker-without-employer",
    "企业内发现的外来人员未关联用工企业",
    severity=Severity.LOW,
    subject="person",
    seeds=["S1-16", "S1-17"],
    reads={"population.floating_person": "person"},
    needs={"population.floating_person": ("found_in",)},
    remedy="补填用工企业",
    risk_point="population.complex-structure",
    looks_alike="工作单位栏空、但名称栏写的就是企业名称的",
)
def worker_without_employer(t: Tables, p: ParameterView) -> Hits:
    """Found in an enterprise, yet the entry names none."""
    rows = t.floating_person
    return hits(
        rows,
        where=(rows.found_in == "辖区企业") & absent(rows.employer) & absent(rows.place_name),
        subject=rows.person,
        name=rows.name,
        on=rows.screened_on,
        because="{name}在辖区企业发现，登记中没有用工企业",
    )


@rule(
    "population.employer-not-linked",
    "在企业务工而台账未登记工作单位",
    severity=Severity.LOW,
    subject="person",
    seeds=["S1-17"],
    reads={"population.floating_person": "person", "registry.employment": "person"},
    needs={"population.floating_person": ("employer",)},
    remedy="在台账中补填工作单位",
    risk_point="population.complex-structure",
    looks_alike="排查之后才入职、排查之前已离职的；名称栏写的就是用工企业的",
)
def employer_not_linked(t: Tables, p: ParameterView) -> Hits:
    """On an employer's roster on the day of the screening, but the entry names no employer."""
    entries = t.floating_person.filter(current(t.floating_person) & absent(t.floating_person.employer))
    roster = t.employment.select(
        "person", "joined_on", "ref_employment", works_at="employer", quit_on="left_on"
    )
    both = entries.join(roster, "person")
    there = (both.joined_on <= both.screened_on) & (
        both.quit_on.isnull() | (both.quit_on >= both.screened_on)
    )
    named = (both.place_name == both.works_at).fill_null(False)
    return hits(
        both,
        where=there & ~named,
        subject=both.person,
        name=both.name,
        on=both.screened_on,
        because="{name}自{joined_on}起在{works_at}务工，{screened_on}排查登记时没有填工作单位",
    )

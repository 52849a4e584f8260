"""Rules on the screening itself: places and grids reached, reports judged, summaries signed."""

from __future__ import annotations

import ibis
from ibis.expr import types as ir

from shouwang.packs.population.registers import asked_places, grids_reached, visits_that_count
from shouwang.risk.areas import located, matched
from shouwang.risk.expressions import days_between, mentions, month_index
from shouwang.risk.parameters import ParameterView
from shouwang.risk.rule import Hits, Severity, Tables, absent, hits, rule


@rule(
    "population.place-not-visited",
    "点位未走访",
    severity=Severity.MEDIUM,
    subject="place",
    seeds=["S1-23", "S1-40"],
    reads={"registry.place": None, "population.visit": None},
    uses=["population.visit_days"],
    remedy="安排社区工作人员和管片民警上门走访并补记",
    risk_point="population.desk-sign-off",
    looks_alike="只走访过一次、年底才走访的；走访记录只写名称没写编号的；没有走访记录册的社区",
)
def place_not_visited(t: Tables, p: ParameterView) -> Hits:
    """A place on the list that no visit names, in a community whose visit log is at hand."""
    places = asked_places(t.place, t.visit, p)
    return hits(
        places,
        where=~places.visited,
        subject=ibis.coalesce(places.place_no, places.name),
        name=places.name,
        because="{name}（{grid}）在走访记录中没有一次走访",
    )


@rule(
    "population.grid-without-visits",
    "网格无走访",
    severity=Severity.HIGH,
    subject="division",
    seeds=["S1-23", "S1-40"],
    reads={"population.visit": None},
    optional={"registry.place": None, "registry.division": None},
    uses=["population.visit_days"],
    remedy="明确该网格的网格员，限期逐点走访",
    risk_point="population.desk-sign-off",
    looks_alike="点位少、走访次数少但有走访的网格；走访记录没写网格、但点位属于该网格的",
)
def grid_without_visits(t: Tables, p: ParameterView) -> Hits:
    """A grid of the place list or the list of grids that no visit reached."""
    grids = located(
        t.place.select("division", "grid", "ref_place", ref_division=ibis.null("int64")).union(
            _grids(t.division).select(
                "division", "grid", ibis.null("int64").name("ref_place"), "ref_division"
            )
        )
    )
    grids = grids.filter(grids.grid_key.notnull()).mutate(
        ref_grid=ibis.coalesce(grids.ref_place, -grids.ref_division)
    )
    reached = grids_reached(visits_that_count(t.visit, p), t.place).select("community_key", "grid_key")
    log = grids_reached(t.visit, t.place).select("community_key").distinct()
    logged = matched(grids, log, "ref_grid", [])
    rows = grids.semi_join(logged, "ref_grid").anti_join(
        matched(grids, reached.distinct(), "ref_grid", ["grid_key"]), "ref_grid"
    )
    return hits(
        rows,
        subject=rows.grid,
        key=rows.community_key,
        because="{grid}在走访记录中没有一次走访",
        evidence=["ref_place", "ref_division"],
    )


def _grids(division: ir.Table) -> ir.Table:
    """The grids among the divisions, with the grid's name as ``grid``."""
    rows = division.filter((division.level == "网格").fill_null(False) | division.name.endswith("网格"))
    return rows.mutate(division=ibis.coalesce(rows.division, rows.parent), grid=rows.name)


@rule(
    "population.signed-without-visit",
    "未到现场即签字",
    severity=Severity.HIGH,
    subject="record",
    seeds=["S1-35", "S1-36"],
    reads={"population.screening_summary": None, "population.visit": None},
    optional={"registry.place": None},
    needs={"population.screening_summary": ("signer", "signed_on"), "population.visit": ("visitor",)},
    remedy="退回签字，签字人到该网格实地走访并留有记录后再签",
    risk_point="population.desk-sign-off",
    looks_alike="签字当天到过现场的；尚未签字的汇总表；签字人与他人同行、走访人栏写了多人的",
)
def signed_without_visit(t: Tables, p: ParameterView) -> Hits:
    """Signed by someone who was not in the grid between the start of the round and the signing."""
    summary = t.screening_summary
    signed = located(summary.filter(~absent(summary.signer) & summary.signed_on.notnull()))
    visits = grids_reached(t.visit, t.place)

    def within(both: ir.Table) -> ir.BooleanValue:
        return (both.visited_on <= both.signed_on) & (
            both.period_from.isnull() | (both.visited_on >= both.period_from)
        )

    def by_signer(both: ir.Table) -> ir.BooleanValue:
        return within(both) & _list(both.visitor).contains(_list(both.signer))

    # Without any visit of the community in that time the log is not there: nothing can be said.
    days = visits.select("community_key", "visited_on").distinct()
    logged = matched(signed, days, "ref_screening_summary", [], within)
    there = matched(signed, visits, "ref_screening_summary", ["grid_key"], by_signer)
    rows = signed.semi_join(logged, "ref_screening_summary").anti_join(there, "ref_screening_summary")
    return hits(
        rows,
        subject=ibis.coalesce(rows.summary_no, rows.grid),
        name=rows.grid,
        on=rows.signed_on,
        key=rows.campaign,
        because="{grid}{campaign}汇总由{signer}于{signed_on}签字，{period_from}起至签字日其在该网格没有走访",
    )


def _list(names: ir.StringValue) -> ir.StringValue:
    """Names in one cell as ``、甲、乙、``, so that a name is found whole."""
    plain = names.replace(" ", "").re_replace(r"[,，;；/]", "、")
    return ibis.literal("、") + plain + ibis.literal("、")


@rule(
    "population.report-not-assessed",
    "网格上报信息逾期未研判",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-26", "S1-28", "S1-39"],
    reads={"population.visit": "visited_on"},
    needs={"population.visit": ("assessed_on",)},
    uses=["population.assess_days"],
    remedy="管片民警立即研判，属隐患的列入隐患台账",
    risk_point="population.public-security",
    looks_alike="正好在期限当天研判的；截至扫描日尚未满期限的；没有上报、只作记录的走访",
)
def report_not_assessed(t: Tables, p: ParameterView) -> Hits:
    """A grid worker's report that waited, or still waits, longer than allowed for its assessment."""
    rows = t.visit
    days = p["population.assess_days"]
    reported = (rows.reported == "是") | (~absent(rows.report_no) & (rows.reported != "否").fill_null(True))
    sent_on = ibis.coalesce(rows.reported_on, rows.visited_on)
    waited = days_between(ibis.coalesce(rows.assessed_on, ibis.literal(p.as_of, "date")), sent_on)
    return hits(
        rows,
        where=reported & (waited > days),
        subject=ibis.coalesce(rows.report_no, rows.place_no, rows.place_name, rows.grid),
        name=rows.place_name,
        on=sent_on,
        key=sent_on.cast("string"),
        because="{grid}{place_name}的“{found}”于{sent_on}上报，研判日期{assessed_on}，等待{waited}天，超过{days}天",
        facts={"sent_on": sent_on, "waited": waited, "days": ibis.literal(days)},
    )


@rule(
    "population.task-unfinished",
    "排查任务逾期未完成",
    severity=Severity.MEDIUM,
    subject="record",
    seeds=["S1-22", "S1-23"],
    reads={"population.screening_task": "title"},
    needs={"population.screening_task": ("due_on", "finished_on")},
    remedy="列出未走访点位和未登记人员，限期补完并报告下达单位",
    risk_point="population.desk-sign-off",
    looks_alike="期限当天尚未结束的；逾期后已完成的另由时效考核",
)
def task_unfinished(t: Tables, p: ParameterView) -> Hits:
    """Past its term and not finished."""
    rows = t.screening_task
    return hits(
        rows,
        where=rows.finished_on.isnull() & (rows.due_on < p.as_of),
        subject=ibis.coalesce(rows.task_no, rows.title),
        name=rows.title,
        on=rows.due_on,
        because="{issuer}下达的“{title}”应于{due_on}完成，至今没有完成日期",
    )


@rule(
    "population.task-without-order",
    "排查任务未写明下达单位或范围",
    severity=Severity.LOW,
    subject="record",
    seeds=["S1-06", "S1-22"],
    reads={"population.screening_task": "title"},
    needs={"population.screening_task": ("issuer", "scope")},
    remedy="补填下达单位和排查范围",
    risk_point="population.desk-sign-off",
    looks_alike="台账本身没有这两栏的",
)
def task_without_order(t: Tables, p: ParameterView) -> Hits:
    """A screening task that does not say who ordered it or what it covers."""
    rows = t.screening_task
    return hits(
        rows,
        where=absent(rows.issuer) | absent(rows.scope),
        subject=ibis.coalesce(rows.task_no, rows.title),
        name=rows.title,
        on=rows.issued_on,
        because="“{title}”的下达单位（{issuer}）或排查范围（{scope}）没有写明",
    )


@rule(
    "population.empty-dwelling-in-use",
    "无人登记的房屋持续用水用电",
    severity=Severity.LOW,
    subject="place",
    seeds=["S1-15", "S1-23"],
    reads={
        "energy.meter": None,
        "energy.meter_reading": None,
        "registry.person": None,
        "population.floating_person": None,
    },
    needs={"energy.meter": ("dwelling",)},
    uses=["population.use_months"],
    remedy="上门核实住的是谁，外来人员登记入台账",
    risk_point="population.complex-structure",
    looks_alike="外来人口台账有人在住；只用了一两个月；停用、拆除的表；房屋编码没有填写",
)
def empty_dwelling_in_use(t: Tables, p: ParameterView) -> Hits:
    """Nobody is entered as living in a dwelling whose meter turned in each of so many months running."""
    rows = t.meter_reading
    used = ibis.coalesce(rows.usage, rows.current - rows.previous)
    of = ibis.coalesce(rows.month, rows.read_on)
    turned = rows.mutate(number=month_index(of)).filter((used > 0) & of.notnull())
    meters = t.meter.filter(
        ~absent(t.meter.dwelling) & ~mentions(t.meter.state, "停", "拆", "报废", "封存", "更换", "已换")
    )
    residents, guests = t.person, t.floating_person
    living = residents.filter((residents.status == "正常").fill_null(False) | absent(residents.status))
    staying = guests.filter(guests.left_on.isnull())
    lived_in = living.select("dwelling").union(staying.select("dwelling"))
    empty = meters.anti_join(lived_in, "dwelling")
    empty = empty.select("meter_no", "kind", "place", "dwelling", "division", "ref_meter")
    months = (
        empty.join(turned, "meter_no")
        .group_by("meter_no", "number")
        .aggregate(ref_meter_reading=lambda r: r.ref_meter_reading.min())
    )
    order = ibis.window(group_by="meter_no", order_by="number")
    months = months.mutate(rank=ibis.row_number().over(order))
    months = months.mutate(island=months.number - months["rank"])
    whole = ibis.window(group_by=["meter_no", "island"])
    months = months.mutate(running=months.number.count().over(whole))
    found = months.filter(months.running >= p["population.use_months"]).join(empty, "meter_no")
    return hits(
        found,
        subject=found.dwelling,
        name=found.place,
        because="{place}（{dwelling}）没有一人登记居住，{kind}表{meter_no}有{n}个月连续有用量",
    )

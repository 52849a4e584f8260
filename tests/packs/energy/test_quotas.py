"""Supply, quotas, management, and the numbers of the pack."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.asking import ask, outcome
from tests.packs.checks import measured, subjects
from tests.packs.energy.office import Row, meter, quota, twelve, used

seed = pytest.mark.seed
METER, READING, QUOTA = "energy.meter", "energy.meter_reading", "energy.quota"


def tree(name: str, supplied: object, *parts: object, month: str = "2023-03") -> tuple[list[Row], list[Row]]:
    """A master meter with its sub-meters and their usage; None for one that was not read."""
    meters = [meter(name), *[meter(f"{name}-{i}", parent=name) for i in range(len(parts))]]
    rows = [used(name, month, supplied)]
    rows += [used(f"{name}-{i}", month, part) for i, part in enumerate(parts) if part is not None]
    return meters, rows


@seed("S6-44", "S6-45", "S6-59")
def test_masters_against_their_sub_meters() -> None:
    trees = [
        tree("exceed", 100, 60, 41),
        tree("equal", 100, 60, 40),
        tree("loss", 100, 60, "19.9999"),
        tree("at-limit", 100, 60, 20),
        tree("unread", 100, 60, None),
        tree("nothing", 0, 0, 0),
    ]
    stopped, rows_stopped = tree("stopped", 100, 60, None)
    stopped[2]["state"] = "停用"
    rows = {
        METER: [m for meters, _ in trees for m in meters] + stopped,
        READING: [r for _, readings in trees for r in readings] + rows_stopped,
    }
    code = "energy.submeters-exceed-master"
    assert subjects(code, rows) == ["exceed"]
    (found,) = ask(code, rows)
    assert found.because == "位置exceed（总表exceed）2023年3月为100，2只分表合计101"
    assert len(found.evidence) == 4
    loss = "energy.network-loss-high"
    assert subjects(loss, rows, parameters={"energy.loss_limit": "0.20"}) == ["loss", "stopped"]
    assert outcome(loss, rows).missing == ("energy.loss_limit",)
    rate = measured("energy.loss-rate", {METER: trees[2][0], READING: trees[2][1]})
    assert rate[("云溪社区", "2023-03 水")][0] == Decimal("20.00")


@seed("S6-26", "S6-58")
def test_use_against_the_month_s_quota() -> None:
    rows = {
        QUOTA: [
            quota("over", "2023-05", 100),
            quota("equal", "2023-05", 100),
            quota("near", "2023-05", 100),
            quota("below", "2023-05", 100),
            quota("unset", "2023-05", None),
            quota("other-month", "2023-06", 100),
            quota("by-unit", "2023-05", 100, meter_no=None, unit="学校"),
            quota("total", "2023-05", 1, meter_no=None, unit="学校", level="总指标"),
        ],
        READING: [
            used("M-over", "2023-05", "100.0001"),
            used("M-equal", "2023-05", 100),
            used("M-near", "2023-05", 95),
            used("M-below", "2023-05", "94.9999"),
            used("M-unset", "2023-05", 500),
            used("M-other-month", "2023-05", 500),
            used("school-1", "2023-05", 60),
            used("school-2", "2023-05", 50),
            used("school-2-a", "2023-05", 50),
            used("school-e", "2023-05", 900),
        ],
        METER: [
            meter("school-1", unit="学校"),
            meter("school-2", unit="学校"),
            meter("school-2-a", unit="学校", parent="school-2"),
            meter("school-e", unit="学校", kind="电"),
        ],
    }
    code = "energy.quota-exceeded"
    assert subjects(code, rows) == ["by-unit", "over"]
    found = {f.subject_id: f for f in ask(code, rows)}["by-unit"]
    assert found.because == "学校2023年5月用水110，定额100（by-unit，表（空）），超10"
    warned = subjects("energy.quota-nearly-used", rows, parameters={"energy.warn_ratio": "0.95"})
    assert warned == ["equal", "near"]
    assert measured("energy.quota-completion", rows)[("学校", "2023 水")] == (Decimal("110.00"), False)
    assert measured("energy.saved", rows)[("学校", "2023 水")][0] == Decimal("-10.00")
    rows["energy.monthly_analysis"] = [
        {"unit": "学校", "month": "2023-05", "reason": "漏水", "improvement": "修"},
        {"unit": "单位over", "month": "2023-05", "reason": "漏水"},
    ]
    assert subjects("energy.exceeded-not-analysed", rows) == ["单位over"]


@seed("S6-22")
def test_months_add_up_to_the_year() -> None:
    rows = {
        QUOTA: [
            *twelve("whole"),
            *twelve("short", yearly=1201),
            *twelve("part-of-year")[:6],
            *twelve("unknown", yearly=None),
        ]
    }
    (found,) = ask("energy.months-do-not-add-up", rows)
    assert found.because == "单位short用水全年指标1,201（short），各月之和1,200，相差-1"


def total(number: str, yearly: object, **more: object) -> list[Row]:
    """A total of its kind."""
    return twelve(number, level="总指标", unit="社区合计", meter_no=None, yearly=yearly, **more)


@seed("S6-22")
def test_parts_add_up_to_the_whole() -> None:
    rows = {
        QUOTA: [
            *total("water", 2400),
            *twelve("w1"),
            *twelve("w2"),
            *twelve("team", level="班组指标", parent_no="w1", yearly=1199),
            *total("power", 2401, kind="电"),
            *twelve("p1", kind="电"),
            *twelve("p2", kind="电"),
            *total("gas", 500, kind="气"),
            *total("elsewhere", 100, division="柳岸社区"),
            *twelve("e1", division="柳岸社区", yearly=100),
        ]
    }
    code = "energy.parts-do-not-add-up"
    found = ask(code, rows)
    assert [f.subject_id for f in found] == ["power", "w1"]
    assert found[0].because == "电总指标2,401（power），2个下级指标之和2,400，相差-1"


@seed("S6-03")
def test_units_name_their_energy_manager() -> None:
    rows = {
        QUOTA: [
            quota("a", "2023-01", 1),
            quota("b", "2023-01", 1),
            quota("c", "2023-01", 1),
            *total("t", 3)[:1],
        ],
        "energy.manager": [
            {"unit": "单位a", "name": "王", "full_time": "兼职"},
            {"unit": "单位b", "name": None, "full_time": "专职"},
            {"unit": "单位c", "name": "李", "full_time": "专职", "until": "2023-12-30"},
        ],
    }
    assert subjects("energy.unit-without-manager", rows) == ["单位b", "单位c"]


@seed("S6-56")
def test_every_unit_is_scored_each_year() -> None:
    rows = {
        QUOTA: [
            quota("a", "2023-01", 1),
            quota("b", "2023-01", 1),
            quota("c", "2023-01", 1),
            *total("t", 3)[:1],
        ],
        "energy.assessment": [
            assessed("2023-01-01", unit="单位a"),
            assessed("2022-12-31", unit="单位b"),
            assessed("2023-05-01", unit="单位c", energy_score=None),
        ],
    }
    assert subjects("energy.unit-not-assessed", rows) == ["单位b", "单位c"]


def assessed(day: str, **more: object) -> Row:
    """An assessment of a unit that met its target."""
    return {
        "unit": "甲",
        "assessed_on": day,
        "kind": "双月检查",
        "energy_score": 90,
        "target_met": True,
        **more,
    }


@seed("S6-28")
def test_an_inspection_every_two_months() -> None:
    rows = {"energy.assessment": [assessed("2023-02-28"), assessed("2023-05-01"), assessed("2023-09-01")]}
    code = "energy.no-bimonthly-inspection"
    assert subjects(code, rows) == ["2023年11—12月", "2023年3—4月", "2023年7—8月"]
    assert subjects(code, rows, as_of="2023-12-30") == ["2023年3—4月", "2023年7—8月"]
    here = [assessed("2023-02-28", division="云溪社区"), assessed("2023-05-01", division="柳岸社区")]
    found = ask(code, {"energy.assessment": here}, as_of="2023-06-30")
    assert [(f.subject_id, f.key) for f in found] == [("2023年3—4月", "云溪"), ("2023年5—6月", "云溪")]
    assert found[0].because == "云溪社区2023年3—4月没有节能综合检查记录"
    both = [*here, assessed("2023-04-30"), assessed("2023-06-30", division="望河街道")]
    assert ask(code, {"energy.assessment": both}, as_of="2023-06-30") == []
    late = {"energy.assessment": [assessed("2023-09-01")]}
    assert subjects(code, late, as_of="2023-10-31") == []


@seed("S6-49", "S6-50", "S6-51", "S6-65")
def test_a_missed_target_has_consequences() -> None:
    missed = {"kind": "年度考核", "target_met": False}
    sanctioned = {**missed, "vetoed": True, "answerable": "王", "award": "取消"}
    rows = {
        "energy.assessment": [
            assessed("2023-12-31", **sanctioned),
            assessed("2023-12-31", unit="未否决", **{**sanctioned, "vetoed": False}),
            assessed("2023-12-31", unit="无人负责", **{**sanctioned, "answerable": None}),
            assessed("2023-12-31", unit="仍评奖", **{**sanctioned, "award": "先进集体"}),
            assessed("2023-10-31", unit="双月", target_met=False),
            assessed("2023-12-31", unit="未知", target_met=None, award="先进集体"),
            assessed("2023-12-31", unit="完成", award="先进集体"),
        ]
    }
    assert subjects("energy.missed-target-not-sanctioned", rows) == ["无人负责", "未否决"]
    assert subjects("energy.award-despite-missed-target", rows) == ["仍评奖"]
    rows["energy.assessment"].append(assessed("2023-06-30", energy_score=80))
    assert measured("energy.unit-score", rows)[("甲", "2023")][0] == Decimal("85.00")


@seed("S6-53", "S6-37", "S6-46")
def test_deposits_plans_and_funds() -> None:
    rows = {
        "energy.deposit": [
            {"name": "未兑现", "amount": 500, "paid_on": "2023-01-05", "result": "超耗"},
            {
                "name": "已兑现",
                "amount": 500,
                "paid_on": "2023-01-05",
                "result": "节约",
                "settled_on": "2024-01-05",
            },
            {"name": "未到期", "amount": 500, "paid_on": "2023-01-05"},
        ],
        "energy.annual_target": [
            {"year": 2023, "kind": "水", "target": 1, "plan": "有", "measures": "有"},
            {"year": 2023, "kind": "电", "target": 1, "plan": "有", "division": "云溪社区"},
        ],
        "energy.census": [
            {"surveyed_on": "2023-03-01", "place": "水塔", "funds_needed": 9000},
            {
                "surveyed_on": "2023-03-01",
                "place": "泵房",
                "funds_needed": 9000,
                "requested_on": "2023-04-01",
            },
            {"surveyed_on": "2023-03-01", "place": "管网", "funds_needed": 0},
            {"surveyed_on": "2023-03-01", "place": "路灯"},
        ],
    }
    assert subjects("energy.deposit-not-settled", rows) == ["未兑现"]
    assert subjects("energy.plan-without-measures", rows) == ["云溪社区"]
    assert subjects("energy.funds-not-requested", rows) == ["水塔"]


@seed("S6-39", "S6-40", "S6-41", "S6-47", "S6-63")
def test_trends_from_year_to_year() -> None:
    def year(
        unit: str, number: int, work: int, staff: int, km: object = None, homes: int | None = None
    ) -> Row:
        return {
            "unit": unit,
            "year": number,
            "workload": work,
            "headcount": staff,
            "haulage_km": km,
            "occupied_dwellings": homes,
        }

    def burnt(unit: str, month: str, amount: object, kind: str = "柴油") -> Row:
        return {"unit": unit, "month": month, "kind": kind, "consumed": amount}

    rows = {
        "energy.workload": [
            year("增减", 2022, 100, 20, 10, 200),
            year("增减", 2023, 101, 19, "10.1", 300),
            year("持平", 2022, 100, 20, 10),
            year("持平", 2023, 101, 20, 10),
            year("隔年", 2021, 100, 20, 10),
            year("隔年", 2023, 200, 10, 20),
            year("不详", 2022, 100, 20, None),
            year("不详", 2023, 90, 10, 5),
        ],
        "energy.consumption": [
            burnt("增减", "2022-01", 100),
            burnt("增减", "2022-02", 100),
            burnt("增减", "2023-01", 100),
            burnt("增减", "2023-02", "100.0001"),
            burnt("月数不同", "2022-01", 100),
            burnt("月数不同", "2023-01", 100),
            burnt("月数不同", "2023-02", 100),
            burnt("持平", "2022-01", 100),
            burnt("持平", "2023-01", 100),
        ],
    }
    assert subjects("energy.work-grows-staff-falls", rows) == ["增减"]
    assert subjects("energy.haulage-rising", rows) == ["增减"]
    assert subjects("energy.consumption-rising", rows) == ["增减"]
    assert measured("energy.per-workload", rows)[("增减", "2022 柴油")][0] == Decimal("2.0000")
    assert measured("energy.projected-rise", rows) == {("增减", "2023 柴油"): (Decimal("100.00"), None)}


@seed("S6-57", "S6-60", "S6-61", "S6-62", "S6-64")
def test_consumption_in_numbers() -> None:
    rows = {
        METER: [
            meter("w", next_due_on="2023-12-30"),
            meter("w-1", parent="w"),
            meter("e", kind="电", unit="学校"),
            meter("g", kind="气", unit="学校", next_due_on=None),
            meter("x", state="停用"),
        ],
        READING: [
            used("w", "2023-01", 100),
            used("w-1", "2023-01", 90),
            used("e", "2023-01", 1000),
            used("g", "2023-02", 10),
            used("x", "2023-01", 5),
        ],
        "energy.operated_business": [{"title": "洗车", "mode": "业务外包", "meter_no": "w-1"}],
    }
    consumed = {k: v[0] for k, v in measured("energy.consumption", rows).items()}
    assert consumed == {
        ("物业管理处", "2023-01 水"): 100,
        ("学校", "2023-01 电"): 1000,
        ("学校", "2023-02 气"): 10,
    }
    assert measured("energy.within-verification", rows)[("云溪社区", "2023")] == (Decimal("50.00"), False)
    gas = {"energy.gas_kgce": "1.2"}
    coal = measured("energy.comprehensive", rows, parameters=gas)
    assert coal[("云溪社区", "2023-01")][0] == Decimal("148.61")  # 100 t × 0.2571 + 1000 kWh × 0.1229
    assert coal[("云溪社区", "2023-02")][0] == Decimal("12.00")
    share = measured("energy.kind-share", rows, parameters=gas)
    assert share[("云溪社区", "2023 电")][0] == Decimal("76.52")
    others = {k: v[0] for k, v in measured("energy.by-others", rows).items()}
    assert others[("业务外包", "2023 水")] == 90
    assert others[("自营", "2023 水")] == 100

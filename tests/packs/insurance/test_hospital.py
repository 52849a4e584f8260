"""Hospital stays: overlaps, readmissions, deaths, sex, dates, amounts, checks at the bedside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.asking import ask, outcome
from tests.packs.insurance.people import (
    BOY,
    MAN,
    MAN_2,
    MAN_3,
    MAN_4,
    OLD_MAN,
    PARAMETERS,
    WOMAN,
    WOMAN_2,
    WOMAN_3,
    by_subject,
    subjects,
)

NUMBERS = iter(range(1, 10**6))


def stay(person: str, admitted: str, discharged: str | None, **more: Any) -> dict[str, Any]:
    """A stay in the county hospital for pneumonia; days without a year are of 2023."""
    row = {
        "settlement_no": f"ZY{next(NUMBERS):06d}",
        "person": person,
        "name": "王五",
        "hospital": "云州市样和医院",
        "admitted_on": f"2023-{admitted}",
        "discharged_on": discharged and f"2023-{discharged}",
        "icd": "J18.900",
        "diagnosis": "肺炎",
        "cost": 3000,
        "fund": "2000.55",
    }
    return row | more


OTHER = {"hospital": "云州市样中医院"}


@pytest.mark.seed("S10-55", "S10-56", "S10-78")
def test_stays_that_overlap_by_a_day_are_found_and_a_transfer_on_the_day_of_discharge_is_not() -> None:
    rows = [
        stay(MAN, "04-01", "04-10"),
        stay(MAN, "04-09", "04-15", fund="1000.10", **OTHER),
        stay(MAN_2, "04-01", "04-08"),
        stay(MAN_2, "04-08", "04-20", **OTHER),
        stay(MAN_3, "04-01", None),
        stay(MAN_3, "04-05", "04-09", **OTHER),
        stay(MAN_4, "04-01", "04-10"),
        stay(OLD_MAN, "04-02", "04-09", **OTHER),
        # One stay settled in two parts.
        stay(WOMAN, "04-01", "04-10"),
        stay(WOMAN, "04-01", "04-20"),
        # A day case on the day of admission elsewhere.
        stay(WOMAN_2, "04-01", "04-01"),
        stay(WOMAN_2, "04-01", "04-05", **OTHER),
    ]
    found = by_subject(ask("insurance.inpatient-overlap", {"insurance.inpatient_stay": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("1000.10")
    assert "2023年4月1日至2023年4月10日在云州市样和医院住院期间，又于2023年4月9日" in found[MAN].because
    assert len(found[MAN].evidence) == 2


@pytest.mark.seed("S10-56")
def test_a_third_stay_inside_a_long_one_is_found_though_a_short_one_lies_between() -> None:
    rows = [
        stay(MAN, "04-01", "04-30"),
        stay(MAN, "04-03", "04-05", **OTHER),
        stay(MAN, "04-20", "04-22", **OTHER),
    ]
    found = ask("insurance.inpatient-overlap", {"insurance.inpatient_stay": rows})
    assert [f.key for f in found] == ["2023-04-03", "2023-04-20"]
    assert sum(f.amount or 0 for f in found) == Decimal("4001.10")


@pytest.mark.seed("S10-56", "S10-78")
def test_readmission_for_one_disease_within_the_days_is_found() -> None:
    rows = [
        stay(MAN, "03-01", "03-10"),
        stay(MAN, "03-20", "03-25", fund="1500.00"),
        # One day later than the limit.
        stay(MAN_2, "03-01", "03-10"),
        stay(MAN_2, "03-21", "03-25"),
        # Another disease.
        stay(MAN_3, "03-01", "03-10"),
        stay(MAN_3, "03-13", "03-25", icd="K25.900", diagnosis="胃溃疡"),
        # Chemotherapy goes by courses.
        stay(MAN_4, "03-01", "03-03", icd="Z51.101", diagnosis="恶性肿瘤化学治疗"),
        stay(MAN_4, "03-10", "03-12", icd="Z51.101", diagnosis="恶性肿瘤化学治疗"),
        # Transferred on the day of discharge.
        stay(WOMAN, "03-01", "03-10"),
        stay(WOMAN, "03-10", "03-20", **OTHER),
        # Out in the morning, in again at noon, in the same hospital.
        stay(WOMAN_2, "03-01", "03-10"),
        stay(WOMAN_2, "03-10", "03-20"),
        stay(WOMAN_3, "03-01", "03-10", icd="N18.000", diagnosis="慢性肾衰竭"),
        stay(WOMAN_3, "03-12", "03-13", icd="N18.000", diagnosis="慢性肾衰竭", treatment="血液透析"),
        # Two people of one name.
        stay(OLD_MAN, "03-01", "03-10"),
        stay(BOY, "03-12", "03-14"),
    ]
    tables = {"insurance.inpatient_stay": rows}
    found = by_subject(ask("insurance.split-hospitalisation", tables, parameters=PARAMETERS))
    assert set(found) == {MAN, WOMAN_2}
    assert found[MAN].amount == Decimal("1500.00")
    assert "10天后" in found[MAN].because


@pytest.mark.seed("S10-56")
def test_another_stay_between_two_for_one_disease_does_not_hide_them() -> None:
    rows = [
        stay(MAN, "03-01", "03-10"),
        stay(MAN, "03-12", "03-13", icd="H25.900", diagnosis="老年性白内障"),
        stay(MAN, "03-15", "03-20"),
    ]
    tables = {"insurance.inpatient_stay": rows}
    found = by_subject(ask("insurance.split-hospitalisation", tables, parameters=PARAMETERS))
    assert set(found) == {MAN}
    assert "5天后" in found[MAN].because


@pytest.mark.seed("S10-56")
def test_codes_of_one_category_or_equal_names_are_one_disease() -> None:
    none = {"icd": None}
    rows = [
        stay(MAN, "03-01", "03-10", icd="I63.900", diagnosis="脑梗死"),
        stay(MAN, "03-12", "03-14", icd="i63.2", diagnosis="大脑动脉闭塞"),
        stay(MAN_2, "03-01", "03-10", **none),
        stay(MAN_2, "03-12", "03-14", **none),
        stay(MAN_3, "03-01", "03-10", icd=None, diagnosis=None),
        stay(MAN_3, "03-12", "03-14", icd=None, diagnosis=None),
        # Sent on to another hospital the next day, and said so.
        stay(MAN_4, "03-01", "03-10"),
        stay(MAN_4, "03-11", "03-14", kind="转院", **OTHER),
    ]
    tables = {"insurance.inpatient_stay": rows}
    found = ask("insurance.split-hospitalisation", tables, parameters=PARAMETERS)
    assert subjects(found) == {MAN, MAN_2}


def test_without_the_days_the_rule_waits() -> None:
    result = outcome(
        "insurance.split-hospitalisation", {"insurance.inpatient_stay": [stay(MAN, "03-01", "03-02")]}
    )
    assert result.missing == ("insurance.readmit_days",)


@pytest.mark.seed("S10-46", "S10-56", "S10-78")
def test_one_stay_settled_under_two_numbers_is_found() -> None:
    rows = [
        stay(MAN, "03-01", "03-10"),
        stay(MAN, "03-01", "03-10"),
        stay(MAN_2, "03-01", "03-10", settlement_no="ZY9"),
        stay(MAN_2, "03-01", "03-10", settlement_no="ZY9"),
        stay(MAN_3, "03-01", "03-10"),
        stay(MAN_3, "03-01", "03-10", cost=2999),
        stay(MAN_4, "03-01", "03-10", settlement_no=None),
        stay(MAN_4, "03-01", "03-10"),
    ]
    found = by_subject(ask("insurance.stay-settled-twice", {"insurance.inpatient_stay": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("2000.55")


@pytest.mark.seed("S10-55", "S10-78")
def test_stays_after_death_are_found_and_a_death_in_hospital_is_not() -> None:
    tables = {
        "insurance.inpatient_stay": [
            stay(MAN, "07-31", "08-05"),
            stay(MAN_2, "07-01", "07-31", fund="500.00"),
            stay(MAN_3, "07-01", "07-30"),
            stay(MAN_4, "07-01", None),
            stay(WOMAN, "08-01", None),
            stay(WOMAN_2, "08-01", "08-05"),
        ],
        "registry.death": [
            {"person": person, "died_on": "2023-07-30"} for person in (MAN, MAN_2, MAN_3, MAN_4, WOMAN)
        ],
    }
    found = by_subject(ask("insurance.inpatient-after-death", tables))
    assert set(found) == {MAN, MAN_2, WOMAN}
    assert found[MAN_2].amount == Decimal("500.00")


@pytest.mark.seed("S10-55", "S10-78")
def test_a_mans_number_with_a_womans_diagnosis_is_found() -> None:
    def ill(person: str, icd: str | None, diagnosis: str, **more: Any) -> dict[str, Any]:
        return stay(person, "05-01", "05-05", icd=icd, diagnosis=diagnosis, **more)

    rows = [
        ill(MAN, "O82.900", "剖宫产"),
        ill(MAN_2, "D25.900", "子宫平滑肌瘤"),
        ill(MAN_3, None, "先兆流产"),
        ill(MAN_4, "K25.900", "胃溃疡"),
        # The number is a woman's, only the column of sex is wrong.
        ill(WOMAN, "O80.900", "顺产", sex="男"),
        ill(BOY, "P59.900", "新生儿黄疸"),
        ill(BOY, None, "早产儿"),
        ill(OLD_MAN, "Z38.000", "单胎活产儿"),
    ]
    found = ask("insurance.male-obstetric", {"insurance.inpatient_stay": rows})
    assert subjects(found) == {MAN, MAN_2, MAN_3}
    assert found[0].amount == Decimal("2000.55")


@pytest.mark.seed("S10-55", "S10-78")
def test_a_womans_number_with_a_mans_diagnosis_is_found() -> None:
    rows = [
        stay(WOMAN, "05-01", "05-05", icd="N40.x00", diagnosis="前列腺增生"),
        stay(WOMAN_2, "05-01", "05-05", icd=None, diagnosis="睾丸扭转"),
        stay(WOMAN_3, "05-01", "05-05", icd="N20.000", diagnosis="肾结石"),
        stay(MAN, "05-01", "05-05", icd="N40.x00", diagnosis="前列腺增生", sex="女"),
    ]
    found = ask("insurance.female-andrology", {"insurance.inpatient_stay": rows})
    assert subjects(found) == {WOMAN, WOMAN_2}


@pytest.mark.seed("S10-56", "S10-78")
def test_too_many_stays_in_a_year_are_found_but_courses_of_treatment_do_not_count() -> None:
    rows = [stay(MAN, f"0{m}-01", f"0{m}-05") for m in range(1, 5)]
    rows += [stay(MAN_2, f"0{m}-01", f"0{m}-05") for m in range(1, 4)]
    rows += [stay(MAN_3, f"0{m}-01", f"0{m}-02", icd="Z49.100", diagnosis="血液透析") for m in range(1, 9)]
    rows += [stay(MAN_4, "12-01", "12-05", admitted_on=f"2022-{m}-01") for m in (10, 11)]
    rows += [stay(MAN_4, f"0{m}-01", f"0{m}-05") for m in (1, 2)]
    parameters = {"insurance.max_stays_per_year": 3}
    found = by_subject(
        ask("insurance.frequent-admission", {"insurance.inpatient_stay": rows}, parameters=parameters)
    )
    assert set(found) == {MAN}
    assert "2023年住院4次" in found[MAN].because
    assert found[MAN].amount == Decimal("8002.20")


@pytest.mark.seed("S10-46", "S10-69")
def test_dates_and_days_that_contradict_each_other_are_found() -> None:
    rows = [
        stay(MAN, "05-05", "05-01", days=4),
        stay(MAN_2, "05-01", "05-05", days=9),
        stay(MAN_3, "05-01", "05-05", days=4),
        stay(MAN_4, "05-01", "05-05", days=5),
        stay(WOMAN, "05-01", "05-05", days=None),
        stay(WOMAN_2, "05-01", None, days=5),
    ]
    found = ask("insurance.stay-dates-wrong", {"insurance.inpatient_stay": rows})
    assert subjects(found) == {MAN, MAN_2}


@pytest.mark.seed("S10-46", "S10-69")
def test_a_fund_that_pays_more_than_the_stay_cost_is_found() -> None:
    rows = [
        stay(MAN, "05-01", "05-05", cost=3000, fund=2500, own="600.50"),
        stay(MAN_2, "05-01", "05-05", cost=3000, fund=2500, own="500.99"),
        stay(MAN_3, "05-01", "05-05", cost=None, fund=2500),
        stay(MAN_4, "05-01", "05-05", cost=3000, fund=2500, own=None),
    ]
    found = by_subject(ask("insurance.stay-fund-exceeds-cost", {"insurance.inpatient_stay": rows}))
    assert set(found) == {MAN}
    assert found[MAN].amount == Decimal("100.50")


@pytest.mark.seed("S10-32", "S10-55")
def test_an_admission_without_an_identity_check_is_found_and_a_blank_is_not() -> None:
    rows = [
        stay(MAN, "05-01", "05-05", identity_checked=False),
        stay(MAN_2, "05-01", "05-05", identity_checked=True),
        stay(MAN_3, "05-01", "05-05", identity_checked=None),
    ]
    assert subjects(ask("insurance.identity-not-checked", {"insurance.inpatient_stay": rows})) == {MAN}


def check(person: str, **more: Any) -> dict[str, Any]:
    """A check at the bedside."""
    return {"person": person, "name": "王五", "checked_on": "2023-05-03", "hospital": "云州市样和医院"} | more


@pytest.mark.seed("S10-32", "S10-55")
def test_another_person_in_the_bed_is_impersonation() -> None:
    tables = {
        "insurance.ward_check": [
            check(MAN, identity_matches=False, checker="赵六"),
            check(MAN_2, identity_matches=True),
            check(MAN_3, identity_matches=None),
            check(MAN_4, identity_matches=False),
        ],
        "insurance.inpatient_stay": [stay(MAN, "05-01", "05-05"), stay(MAN, "06-01", "06-05")],
    }
    found = by_subject(ask("insurance.ward-check-impersonation", tables))
    assert set(found) == {MAN, MAN_4}
    assert found[MAN].amount == Decimal("2000.55")
    assert found[MAN_4].amount is None


@pytest.mark.seed("S10-32", "S10-56")
def test_an_empty_bed_and_a_needless_admission_are_found() -> None:
    rows = [
        check(MAN, in_bed=False, meets_indication=True),
        check(MAN_2, in_bed=True, meets_indication=False),
        check(MAN_3, in_bed=True, meets_indication=True),
        check(MAN_4, in_bed=None, meets_indication=None),
    ]
    assert subjects(ask("insurance.ward-check-empty-bed", {"insurance.ward_check": rows})) == {MAN, MAN_2}


def test_a_settlement_on_the_quarters_and_the_years_list_counts_once() -> None:
    one = stay(MAN, "04-01", "04-10")
    other = stay(MAN, "04-20", "04-25", settlement_no=one["settlement_no"], fund="10.00", **OTHER)
    unnumbered = stay(MAN, "05-01", "05-02", settlement_no=None, fund="1.00")
    tables = {
        "insurance.inpatient_stay": [one, one, other, unnumbered, unnumbered],
        "registry.death": [{"person": MAN, "died_on": "2023-03-01"}],
    }
    (found,) = ask("insurance.inpatient-after-death", tables)
    assert found.amount == Decimal("2012.55")
    assert "统筹支付2,012.55元" in found.because and len(found.evidence) == 6

"""Posts without holders and missed targets enter the same loop, and are gone when they are put right."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.risk.loop.office import ONE, SYSTEM, Office

from shouwang.access.models import Appointment
from shouwang.indicator.breaches import notice_breaches
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import Evaluation, IndicatorValue
from shouwang.risk.loop.standing import VACANCY, notice_vacancies
from shouwang.risk.models import Finding, Source
from shouwang.trail import acting, change, guard


def told_vacancies() -> dict[str, int]:
    with acting(SYSTEM):
        return notice_vacancies()


def test_a_post_without_a_holder_is_a_finding_until_it_is_held(office: Office) -> None:
    told_vacancies()
    before = Finding.objects.filter(code=VACANCY, present=True).count()
    held = Appointment.objects.get(user=office.grid)
    with acting(SYSTEM), change("access.end-appointment"):
        held.until = dt.date(2021, 1, 1)
        held.save()
    assert told_vacancies()["new"] == 1
    finding = Finding.objects.filter(code=VACANCY).latest("pk")
    assert (finding.source, finding.division_code[:12]) == (Source.VACANCY, ONE[:12])
    assert "第一网格网格员" in finding.sentence and finding.on == dt.date(2021, 1, 2)
    assert told_vacancies() == {"new": 0, "back": 0, "gone": 0}
    with acting(SYSTEM), change("access.appoint"):
        held.until = None
        held.save()
    assert told_vacancies()["gone"] == 1
    assert Finding.objects.filter(code=VACANCY, present=True).count() == before


def measured(value: str, *, met: bool, period: str = "2024") -> list[Evaluation]:
    indicator = next(i for code, i in indicators().items() if code.startswith("assistance."))
    one = IndicatorValue(
        indicator.code, "云溪社区", period, Decimal(1), Decimal(2), Decimal(value), Decimal("90"), met
    )
    return [Evaluation(indicator, values=[one])]


def breaches(evaluations: list[Evaluation]) -> dict[str, int]:
    with acting(SYSTEM):
        return notice_breaches(evaluations)


@pytest.mark.seed("S7-58")
def test_a_missed_target_is_a_finding_of_its_division_and_period(office: Office) -> None:
    assert breaches(measured("85.5", met=False))["new"] == 1
    finding = Finding.objects.get()
    assert finding.source == Source.INDICATOR and finding.division_code == ONE and finding.key == "2024"
    assert "85.5" in finding.sentence and "90" in finding.sentence and finding.sentence_en
    assert finding.post == office.posts["dibao"]
    assert breaches(measured("85.5", met=False)) == {"new": 0, "back": 0, "gone": 0}
    assert breaches(measured("91", met=True))["gone"] == 1 and not Finding.objects.get().present
    with guard.paused():
        Finding._base_manager.update(status="closed")
    assert breaches(measured("80", met=False))["back"] == 1
    again = Finding.objects.get()
    assert again.occurrence == 2 and again.status == "assigned"


def test_what_could_not_be_asked_says_nothing(office: Office) -> None:
    breaches(measured("85", met=False))
    waiting = measured("85", met=False)
    waiting[0].status, waiting[0].values = "no-parameter", []
    assert breaches(waiting) == {"new": 0, "back": 0, "gone": 0}
    assert Finding.objects.get().present

"""A missed target becomes a finding of the loop, once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

import pytest

from shouwang import trail
from shouwang.access.models import Area
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.recording import Breach, office_code
from shouwang.indicator.scanning import let_in
from shouwang.risk.models import Finding
from shouwang.risk.values import in_force

DAY = dt.date(2023, 12, 31)
OFFICE = "110101001000000"


@pytest.mark.django_db
@pytest.mark.seed("S6-58")
def test_a_missed_target_enters_the_loop_once() -> None:
    missed = [
        Breach(
            indicators()["population.screening-coverage"], "up", OFFICE, "", "2023", D("91.670000"), D(100)
        ),
        Breach(indicators()["energy.consumption"], "down", OFFICE, "机关食堂", "2023", D(70), D(60)),
    ]
    with trail.acting(trail.Actor("job:scan", "扫描")):
        with trail.change("access.test"):
            Area(code=OFFICE, name="云溪街道").save()
        for expected in (2, 0):
            with trail.change("indicator.record") as doing:
                assert len(let_in(missed, DAY, doing=doing, parameters=in_force())) == expected
    told = {
        f.code: (f.source, f.sentence, f.subject_name, f.key, f.organisation) for f in Finding.objects.all()
    }
    assert told["population.screening-coverage"][1] == "云溪街道2023的排查覆盖率为91.67%，没有达到100%"
    assert told["energy.consumption"][0] == "indicator"
    assert told["energy.consumption"][2:] == ("机关食堂", "2023", "机关食堂")


def test_the_office_is_the_lowest_division_that_holds_all_others() -> None:
    county, town = "110101000000000", OFFICE
    communities = ["110101001001000", "110101001002000"]
    assert office_code([county, town, *communities]) == town
    assert office_code([town, *communities]) == town
    assert office_code([county, town]) == county
    assert office_code([county, town, "110101002000000"]) == county
    assert office_code([]) == ""

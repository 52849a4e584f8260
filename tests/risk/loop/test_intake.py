"""Whatever notices a problem, it enters one loop; what is on file already is offered as the same."""

from __future__ import annotations

import io
import math
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.risk.loop.office import GRID, ONE, RULE, SECRET, TOWN, TWO, Office, days, found, noticed, signed_in

from shouwang import home
from shouwang.access.models import User
from shouwang.evidence.store import Kept, keep, of
from shouwang.inbox.models import Notice
from shouwang.risk.loop import responsible
from shouwang.risk.loop.intake import Report, report
from shouwang.risk.loop.machine import Refused
from shouwang.risk.loop.responsible import Register, ResponsibilityError
from shouwang.risk.loop.sight import Sight, of_codes
from shouwang.risk.loop.similar import NEAR, metres_between, near
from shouwang.risk.loop.steps import take
from shouwang.risk.models import Finding, Source, Step
from shouwang.standards import workdays
from shouwang.trail import guard


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    shutil.copy(home.home() / home.KEYS, tmp_path / "home")
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path / "home"))


def paper(number: int) -> Kept:
    return keep(io.BytesIO(b"%PDF-1.4 " + str(number).encode()), f"{number}.pdf")


def tell(user: User, **given: Any) -> Finding:
    done = given.pop("done", "")
    what = {
        "source": Source.REPORT,
        "division_code": GRID,
        "title": "楼道堆放杂物",
        "text": "3号楼二层楼道堆放纸箱，堵住疏散通道",
        "severity": "medium",
        "pack": "safety",
        "place": "云溪花园3号楼",
    }
    with signed_in(user):
        return report(user, Report(**{**what, **given}), done=done)


@pytest.mark.seed("S7-15", "S7-41")
def test_a_report_from_the_field_goes_to_the_post_that_answers(office: Office) -> None:
    here = {"latitude": Decimal("39.900001"), "longitude": Decimal("116.300001")}
    photo = paper(5)
    finding = tell(office.grid, **here, files=[photo])
    assert (finding.name, finding.reporter) == ("safety.report-0001", office.grid)
    assert (finding.status, finding.division_code, finding.attachments) == ("assigned", GRID, [photo.sha256])
    assert [a.name for a in of("risk.finding", finding.pk)] == ["5.pdf"]
    assert finding.post == office.posts["chief2"]  # the safety office may not rectify, so it is the section's
    assert [n.kind for n in Notice.objects.filter(user=office.chief2)] == ["finding.assigned"]
    assert Sight(office.grid).visible().get() == finding


@pytest.mark.seed("S7-40")
def test_what_the_reporter_rectifies_at_once_waits_for_somebody_elses_look(office: Office) -> None:
    finding = tell(office.grid, done="已当场清理", files=[paper(5), paper(6)])
    assert (finding.status, finding.holder, finding.rectifiers) == (
        "submitted",
        office.grid,
        [office.grid.pk],
    )
    with pytest.raises(Refused, match="附件"):
        tell(office.grid, done="已当场清理")
    assert Finding.objects.count() == 1  # the refused one left nothing
    with pytest.raises(Refused, match="不负责整改"):
        tell(office.safety, division_code=ONE, done="已当场清理", files=[paper(7)])
    with signed_in(office.safety):
        assert take(office.safety, "verify", finding.pk).status == "verified"


def test_a_second_click_gives_the_first_report(office: Office) -> None:
    assert tell(office.grid, token="t") == tell(office.grid, token="t")
    assert tell(office.grid, token="u").number == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "写明问题"),
        ({"severity": "dire"}, "严重程度"),
        ({"division_code": "999999999999999"}, "区划"),
        ({"division_code": ONE}, "不能在这一区划"),
        ({"pack": "assistance"}, "不能在这一区划上报这类"),
        ({"risk_point": "safety.nonsense"}, "没有这个风险点"),
        ({"source": Source.RULE}, "系统登记"),
        ({"on": days(1)}, "还没有到"),
    ],
)
def test_a_report_that_can_not_be_is_refused_with_advice(
    office: Office, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        tell(office.grid, **given)
    assert not Finding.objects.exists()


@pytest.mark.seed("S10-47", "S3-14")
@pytest.mark.parametrize("source", [Source.LETTER, Source.INSPECTION, Source.SAMPLE])
def test_letters_inspections_and_samples_enter_the_same_loop(office: Office, source: Source) -> None:
    finding = tell(office.chief, source=source, pack="assistance", division_code=ONE, title="来信反映冒领")
    assert (finding.code, finding.status) == (f"assistance.{source}", "assigned")
    assert finding.post == office.posts["dibao"]


def test_personal_numbers_in_a_report_are_masked_and_the_wording_lies_sealed(office: Office) -> None:
    from shouwang.risk.sealing import unseal

    finding = tell(office.grid, text="户主证件11010519491231002X，电话13800131234", title="13800131234")
    stored = str(Finding.objects.values().get())
    assert "19491231" not in stored and "0013123" not in stored
    assert "11010519491231002X" in unseal(finding.sealed, finding.identity)["text"]


# ------------------------------------------------------------------------------------------- the same?


def offered(user: User, **given: Any) -> list[Finding]:
    what = {"code": "safety.report", "risk_point": "", "division_code": GRID, **given}
    return [s.finding for s in near(user, **what)]


def test_an_open_report_close_by_is_offered(office: Office) -> None:
    here = {"latitude": Decimal("39.900000"), "longitude": Decimal("116.300000")}
    one = tell(office.grid, **here)
    a_hundred_metres = Decimal(100 / 111_195).quantize(Decimal("0.000001"))
    further = {**here, "latitude": here["latitude"] + a_hundred_metres}
    assert offered(office.grid, **further) == [one]
    further["latitude"] += a_hundred_metres
    assert not offered(office.grid, **further)
    assert not offered(office.grid, code="safety.letter", **here)
    with guard.paused():
        Finding._base_manager.update(status="closed")
    assert not offered(office.grid, **here)


def test_without_positions_the_name_of_the_place_tells(office: Office) -> None:
    one = tell(office.grid, place="云溪花园 3号楼")
    assert offered(office.grid, place="云溪花园3号楼二层") == [one]
    assert offered(office.grid, place="花园３号楼") == [one]  # full-width figures are the same figures
    assert not offered(office.grid, place="4号楼") and not offered(office.grid, place="楼")
    assert not offered(office.grid, place="云溪花园3号楼", division_code=ONE)
    assert not offered(office.dibao, place="云溪花园3号楼")  # nobody is offered what they may not see


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [  # geodesic distances on WGS 84 of well known places; the sphere is within 0.6 %
        ((39.9042, 116.4074), (31.2304, 121.4737), 1067.0),  # Beijing, Shanghai
        ((0.0, 0.0), (0.0, 1.0), 111.3),
        ((10.0, 179.9), (10.0, -179.9), 21.9),
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], kilometres: float) -> None:
    assert math.isclose(metres_between(*one, *other) / 1000, kilometres, rel_tol=0.006)
    assert metres_between(*one, *one) == 0.0
    assert metres_between(*one, *other) == metres_between(*other, *one)
    assert NEAR < 1000


# ----------------------------------------------------------------------------------- who answers, by file


def test_the_nearest_post_that_is_held_answers(office: Office) -> None:
    register = Register()
    assert register.post_for(RULE, "", GRID) == office.posts["dibao"]
    assert register.post_for(RULE, "", TWO) == office.posts["other"]
    assert register.post_for(RULE, "", TOWN) == office.posts["chief2"]  # the first by name
    register.holders.pop(office.posts["other"].pk)
    assert register.post_for(RULE, "", TWO) in (office.posts["chief"], office.posts["chief2"])
    assert register.post_for("elsewhere.x", "", TWO) is None  # nobody here may rectify that
    assert register.above(office.posts["dibao"].pk) == office.posts["chief2"]
    assert register.above(office.posts["chief"].pk) == office.posts["leader"]
    assert register.above(office.posts["leader"].pk) is None


def test_the_office_says_otherwise_in_its_own_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(responsible, "home", lambda: tmp_path)
    own = tmp_path / "responsibility.yaml"
    own.write_text("packs:\n  assistance: [section_chief]\nsensitive: ['assistance.*']\n", encoding="utf-8")
    assert responsible.rules().packs["safety"] and responsible.rules().owners["民政科"]
    register = Register()
    assert register.post_for(RULE, "", ONE) in (office.posts["chief"], office.posts["chief2"])
    assert register.rules.is_sensitive(RULE) and not register.rules.is_sensitive(SECRET)
    for wrong in ("packs: {a: b}", "whom: 1", "- x", "otherwise: chief", "a: [b"):
        own.write_text(wrong, encoding="utf-8")
        with pytest.raises(ResponsibilityError, match=r"responsibility\.yaml"):
            responsible.read(own)


@pytest.mark.parametrize(
    "pattern", ["assistance.*", "*", "assistance.paid-after-death", "assist*", "*.paid-*", "x?"]
)
def test_patterns_of_grants_ask_the_database_the_same_as_python(office: Office, pattern: str) -> None:
    from fnmatch import fnmatchcase

    codes = [RULE, "assistance.paid-short", "assistance", "assistancex.a", "safety.report", "xa", "x", SECRET]
    found(*(noticed(code, subject=str(i)) for i, code in enumerate(codes)))
    asked = set(Finding.objects.filter(of_codes([pattern])).values_list("code", flat=True))
    assert asked == {code for code in codes if fnmatchcase(code, pattern)}


def test_deadlines_of_findings_assigned_by_rule_are_in_working_days(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from django.utils import timezone

    from shouwang.risk import values
    from shouwang.risk.parameters import SINCE_EVER, Value

    declared = values.in_force()
    name = "risk.days-to-rectify-high"
    given = {**declared, name: replace(declared[name], values=(Value(SINCE_EVER, 5, "本办"),))}
    monkeypatch.setattr(values, "in_force", lambda: given)
    high, low = found(noticed(subject="甲"), noticed(subject="乙", severity="low"))
    assert high.due == workdays.deadline(timezone.localdate(), 5).value and low.due is None
    assert Step.objects.filter(action="assign", by=None).count() == 2

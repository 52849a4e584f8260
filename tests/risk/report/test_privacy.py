"""No output shows a person in clear unless a reason is given, and then every output says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from tests.risk.report import office
from tests.risk.report.conftest import csv_rows, everything_in

from shouwang.ledger.catalogue import ledger
from shouwang.risk.report.privacy import Privacy, cell, names_in, persons_among
from shouwang.risk.report.view import View
from shouwang.risk.scan import Scan

PERSONAL = [office.ACCOUNT, *(text for person in office.PEOPLE for text in person[:3])]


def test_masked_outputs_hold_no_name_number_phone_or_account(outputs: Path) -> None:
    texts = everything_in(outputs)
    assert {"report.html", "findings.csv", "manifest.json"} <= set(texts)
    assert any(name.startswith("findings.xlsx!xl/worksheets/") for name in texts)
    found = [(name, text) for name, body in texts.items() for text in PERSONAL if text in body]
    assert found == []


def test_addresses_and_birthdays_are_shown_in_part(outputs: Path) -> None:
    page = everything_in(outputs)["report.html"]
    assert "云溪花园***" in page
    assert "39幢1单元202室" not in page
    assert "1968-**-**" in page
    assert "1968-04-22" not in page


def test_masked_outputs_still_tell_cases_apart(outputs: Path) -> None:
    first = csv_rows(outputs)[0]
    assert (first["subject"], first["subject_id"]) == ("张**", "999*************85")
    assert first["masking"] == "masked"


def test_unmasked_outputs_are_clear_and_all_state_the_reason(clear: Path) -> None:
    texts = everything_in(clear)
    first = csv_rows(clear)[0]
    assert (first["subject"], first["subject_id"]) == ("张三丰", "999901196804223585")
    assert first["masking"] == "unmasked: 内部 <审计>"
    stating = {name for name, body in texts.items() if "内部 <审计>" in body}
    sheets = {name for name in texts if name.startswith("findings.xlsx!xl/worksheets/sheet")}
    assert sheets <= stating, "every sheet of the working paper states it"
    assert {"report.html", "findings.csv", "manifest.json"} <= stating


def test_a_blank_reason_is_no_reason(scan: Scan) -> None:
    assert Privacy("  \n ").masked
    assert not Privacy(" 复核 ").masked
    assert Privacy(" 复 核\n底稿 ").reason == "复 核 底稿"


def test_names_of_other_people_in_a_remark_are_hidden(scan: Scan) -> None:
    privacy = Privacy("", names_in(scan.snapshot))
    note = ledger("registry.person").fields["note"]
    assert privacy.value(note, "与李婷同住，电话19000008765") == "与李*同住，电话190****8765"
    assert Privacy("查").value(note, "与李婷同住") == "与李婷同住"


def test_the_longest_name_at_a_place_is_hidden_and_template_words_are_spared() -> None:
    privacy = Privacy("", {"张三", "张三丰", "高于"})
    assert privacy.text("张三丰和张三") == "张**和张*"
    assert privacy.text("工资高于标准", spare="工资高于{least}") == "工资高于标准"
    assert privacy.text("") == ""


def test_official_words_and_references_are_left_alone(scan: Scan) -> None:
    privacy = Privacy("", {"云溪", "死亡", "台账"})
    fields = ledger("registry.person").fields
    assert privacy.value(fields["division"], "云溪社区") == "云溪社区"
    assert privacy.value(fields["status"], "死亡") == "死亡"
    assert privacy.place("云溪台账2023.xlsx") == "云溪台账2023.xlsx"
    assert privacy.place("999901196804223585.xlsx") == "999*************85.xlsx"


def test_cells_are_written_in_one_way() -> None:
    person, payment = ledger("registry.person").fields, ledger("assistance.payment").fields
    assert cell(person["name"], None) == ""
    assert cell(person["status_on"], dt.date(2023, 5, 1)) == "2023-05-01"
    assert cell(payment["month"], dt.date(2023, 5, 1)) == "2023-05"
    assert cell(payment["paid"], Decimal("-1860.5")) == "-1,860.50"
    assert Privacy().value(payment["month"], [dt.date(2023, m, 1) for m in (1, 2)]) == ("2023-01、2023-02")


def test_a_person_as_the_heading_of_a_number_is_hidden(scan: Scan) -> None:
    declared = SimpleNamespace(label="每人风险点数", unit="个", formula="")
    values = [
        SimpleNamespace(
            division=name,
            period="2023",
            numerator=Decimal(1),
            denominator=None,
            value=Decimal(1),
            target=None,
            met=None,
        )
        for name in ("李婷", "云溪社区")
    ]
    measured = [SimpleNamespace(indicator=declared, values=values)]
    for brief in (True, False):
        shown = [f.division for f in View(scan, indicators=measured, brief=brief).figures]
        assert shown == ["李*", "云溪社区"]
    assert [f.division for f in View(scan, indicators=measured, unmask="查").figures] == ["李婷", "云溪社区"]


def test_persons_are_told_from_other_labels_however_many_there_are(scan: Scan) -> None:
    assert persons_among(scan.snapshot, ["李婷", "云溪社区", "", "三", "' OR 1=1 --"]) == {"李婷"}

"""What is past its period goes, by a rule that says why, and leaves nothing of a person behind."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shouwang.ledger import retention
from shouwang.ledger.identity import person_index
from shouwang.registry.models import Death
from shouwang.trail import Actor, acting, change
from shouwang.trail.models import Event

TODAY = dt.date(2026, 2, 28)
ID, OTHER = "999901199302086027", "999914200911266389"
RULE = "registry.death:\n  years: 2\n  of: died_on\n  do: {do}\n  basis: 办法〔2020〕1号\n"


@pytest.fixture(autouse=True)
def acts() -> Iterator[None]:
    with acting(Actor("command:tests", "测试")):
        yield


@pytest.fixture
def rule(tmp_path: Path) -> Any:
    def write(text: str = RULE.format(do="anonymise")) -> Path:
        path = tmp_path / "retention.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def death(died_on: dt.date, person: str = ID, **given: Any) -> Death:
    values = {
        "name": "郗慧秀", "address": "云溪花园39幢2单元", "cause": "疾病", "kin_name": "郗小明",
        "phone": "13800138000", "note": "郗慧秀之子郗小明13800138000代办",
        "certificate_no": "S1", "division": "云溪社区",
    }  # fmt: skip
    with change("ledger.add"):
        made = Death(person=person, died_on=died_on, division_code="110101001001000", **{**values, **given})
        made.save()
    return made


def said_of(table: str) -> str:
    """All that the table holds, as it lies on disk."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        return repr(cursor.fetchall())


@pytest.mark.django_db
def test_the_dry_run_counts_and_changes_nothing(rule: Any) -> None:
    death(dt.date(2024, 2, 27))
    death(dt.date(2024, 2, 28), OTHER)
    before = said_of("registry_death")
    (due,) = retention.plan(TODAY, rule())
    assert (due.rows, due.held) == (1, 0) and said_of("registry_death") == before
    assert not Event.objects.filter(action__startswith="retention.").exists()


@pytest.mark.django_db
def test_what_is_anonymised_names_nobody_and_still_counts(rule: Any) -> None:
    old = death(dt.date(2023, 1, 5))
    (due,) = retention.carry_out(TODAY, rule())
    assert due.rows == 1
    row = Death.objects.get(pk=old.pk)
    assert (row.died_on, row.cause, row.division) == (dt.date(2023, 1, 5), "疾病", "云溪社区")
    assert (row.name, row.address, row.phone, row.kin_name) == (None, None, None, None)
    assert row.row_version == old.row_version + 1
    on_disk = said_of("registry_death") + said_of("trail_event")
    for word in ("郗慧秀", "郗小明", "13800138000", "39幢", ID, person_index(ID)):
        if word not in said_of("trail_event"):  # the trail of its making says what it may, masked
            assert word not in on_disk, word
    event = Event.objects.get(action="retention.anonymise")
    assert "1号" in event.reason and "note" in json.loads(event.body)["columns"]
    assert not any(word in event.body + event.person for word in ("郗", "1380", person_index(ID)))
    assert not Death.objects.filter(person=ID).exists()


@pytest.mark.django_db
def test_done_twice_it_does_nothing_more(rule: Any) -> None:
    death(dt.date(2023, 1, 5))
    path = rule()
    retention.carry_out(TODAY, path)
    before = said_of("registry_death")
    (due,) = retention.carry_out(TODAY, path)
    assert due.rows == 0 and said_of("registry_death") == before
    assert retention.plan(TODAY, path)[0].rows == 0


@pytest.mark.django_db
def test_two_rows_of_one_person_can_not_be_put_together_afterwards(rule: Any) -> None:
    death(dt.date(2023, 1, 5))
    death(dt.date(2023, 1, 5), OTHER)
    retention.carry_out(TODAY, rule())
    assert len({row.person for row in Death.objects.all()}) == 2


@pytest.mark.django_db
def test_deletion_leaves_its_event_and_nothing_of_the_row(rule: Any) -> None:
    old = death(dt.date(2023, 1, 5))
    kept = death(dt.date(2025, 1, 5), OTHER)
    retention.carry_out(TODAY, rule(RULE.format(do="delete")))
    assert list(Death.objects.values_list("pk", flat=True)) == [kept.pk]
    event = Event.objects.get(action="retention.delete")
    assert (event.target, event.target_id) == ("registry.death", str(old.pk))
    assert json.loads(event.body) == {"deleted": 1}


@pytest.mark.django_db
def test_rows_that_somebody_needs_are_held_back(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    needed, other = death(dt.date(2023, 1, 5)), death(dt.date(2023, 1, 6), OTHER)
    holder = lambda ledger, keys: {needed.pk} & set(keys) if ledger == "registry.death" else set()  # noqa: E731
    monkeypatch.setattr(retention, "_HOLDS", [holder])
    (due,) = retention.carry_out(TODAY, rule(RULE.format(do="delete")))
    assert (due.rows, due.held) == (1, 1)
    assert list(Death.objects.values_list("pk", flat=True)) == [needed.pk] != [other.pk]


@pytest.mark.django_db
def test_only_rows_that_fit_the_condition(rule: Any) -> None:
    death(dt.date(2023, 1, 5))
    death(dt.date(2023, 1, 5), OTHER, cause="事故")
    path = rule(RULE.format(do="delete") + "  when: {cause: 事故}\n")
    retention.carry_out(TODAY, path)
    assert [row.cause for row in Death.objects.all()] == ["疾病"]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 2, 28), 24, dt.date(2024, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2023, 2, 28)),
        (dt.date(2026, 5, 31), 1, dt.date(2026, 4, 30)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
    ],
)
def test_periods_end_at_the_same_day_or_the_month_s_last(day: dt.date, months: int, before: dt.date) -> None:
    from shouwang.ledger.catalogue import ledgers

    assert retention.Rule(ledgers()["registry.death"], months, "died_on", "delete").before(day) == before


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "registry.nothing: {years: 1, of: died_on, do: delete}",
        "registry.death: {years: 0, of: died_on, do: delete}",
        "registry.death: {years: true, of: died_on, do: delete}",
        "registry.death: {years: 1, of: name, do: delete}",
        "registry.death: {years: 1, of: died_on, do: forget}",
        "registry.death: {years: 1, of: died_on, do: delete, where: 1}",
        "registry.death: {years: 1, of: died_on, do: delete, when: {colour: red}}",
        "registry.death: [",
    ],
)
def test_a_wrong_rule_is_refused_before_anything_is_done(rule: Any, text: str) -> None:
    with pytest.raises(retention.RetentionError, match=r"retention\.yaml"):
        retention.rules(rule(text))


def test_without_a_file_nothing_is_due(tmp_path: Path) -> None:
    assert retention.rules(tmp_path / "none.yaml") == []

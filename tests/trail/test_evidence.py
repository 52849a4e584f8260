"""Evidence can be checked by an outsider with the program that goes with it, and only if it is whole."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from shouwang import trail
from shouwang.trail import evidence as module
from shouwang.trail import merkle
from shouwang.trail.evidence import TooMany, body_of, evidence
from shouwang.trail.models import Event, Seal
from shouwang.trail.publishing import seal_of
from shouwang.trail.seal import forget, seal

ME = trail.Actor("command:tests", "测试")


@pytest.fixture
def export(db: None, tmp_path: Path) -> Path:
    """The evidence of record 3: two events under seals among others, one not sealed yet. Unpacked."""
    forget()
    with trail.acting(ME):
        for _ in range(2):
            for number in range(7):
                with trail.change("ledger.change", reason="调标") as change:
                    change.note("assistance.payment", number, {"amount": ["560.00", "580.00"]})
            seal()
        trail.record("ledger.unmask", "assistance.payment", 3, reason="<核实>")
    events = Event.objects.filter(target="assistance.payment", target_id="3").order_by("pk")
    packed = evidence(events, "低保金发放表 3", "王敏", timezone.localtime())
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    forget()
    return tmp_path


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", "check_evidence.py", "evidence.json", *arguments]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True)


def change(folder: Path, how: Any) -> None:
    path = folder / "evidence.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    how(body)
    path.write_text(json.dumps(body), encoding="utf-8")


def test_an_outsider_can_check_it(export: Path) -> None:
    published = Seal.objects.order_by("pk").last()
    assert published is not None
    done = check(export, published.digest)
    assert done.returncode == 0, done.stderr
    assert "3 events, 1 of them unsealed" in done.stdout and published.digest in done.stdout


def test_the_checker_is_short_enough_to_be_read(export: Path) -> None:
    assert len((export / "check_evidence.py").read_text(encoding="utf-8").splitlines()) <= 36


@pytest.mark.parametrize(
    "how",
    [
        lambda body: body["events"][0]["parts"].__setitem__(10, "上级要求"),
        lambda body: body["events"][0].__setitem__("number", 99),
        lambda body: body["events"][0]["path"][0].__setitem__(1, "00" * 32),
        lambda body: body["events"][1]["path"].pop(),
        lambda body: body["seals"][0].__setitem__("root", "00" * 32),
        lambda body: body["seals"][1].__setitem__("previous", "00" * 32),
        lambda body: body["seals"][1].__setitem__("digest", "00" * 32),
    ],
)
def test_whatever_is_changed_in_it_is_refused(export: Path, how: Any) -> None:
    change(export, how)
    assert check(export).returncode == 1


def test_another_seal_than_the_published_one_is_refused(export: Path) -> None:
    assert check(export, "ab" * 32).returncode == 1


def test_the_page_tells_it_in_words_and_escapes_them(export: Path) -> None:
    page = (export / "evidence.html").read_text(encoding="utf-8")
    assert "560.00 → 580.00" in page and "王敏" in page and "尚未封印" in page
    assert "&lt;核实&gt;" in page and "<核实>" not in page


@pytest.mark.django_db
def test_too_much_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with trail.acting(ME):
        for _ in range(3):
            trail.record("ledger.unmask")
    monkeypatch.setattr(module, "MOST", 2)
    with pytest.raises(TooMany):
        body_of(Event.objects.all())
    assert body_of([]) == {"about": body_of([])["about"], "events": [], "seals": []}


@given(st.integers(1, 70), st.data())
def test_paths_of_many_at_once_lead_to_the_same_root(count: int, data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(bytes([number])) for number in range(count)]
    wanted = data.draw(st.lists(st.integers(0, count - 1), max_size=5))
    for index, sided in zip(wanted, merkle.sided_paths(hashes, wanted), strict=True):
        assert [node for _side, node in sided] == merkle.path(hashes, index)
        assert merkle.root_from_path(bytes([index]), index, count, [node for _side, node in sided]) == (
            merkle.root_of_hashes(hashes)
        )


@pytest.mark.django_db
def test_the_seal_of_the_day_is_its_last() -> None:
    today = timezone.localdate()
    assert seal_of(today) is None
    with trail.acting(ME):
        for _ in range(2):
            trail.record("ledger.unmask")
            seal()
    found = seal_of(today)
    assert found is not None and found.events == 2
    assert found.seal == Seal.objects.order_by("pk").last()
    assert today.isoformat() in found.line and found.seal.digest in found.line.replace(" ", "")
    assert seal_of(today - dt.timedelta(days=1)) is None
    forget()

"""``shouwang import``, ``export`` and ``rotate-keys`` from the command line."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from tests.ledger.store.office import IDS, QINGYUAN, YUNXI, book, row, town

from shouwang.cli.main import shouwang
from shouwang.registry.models import Person
from shouwang.trail.models import Event

pytestmark = pytest.mark.django_db


def call(*arguments: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    done = CliRunner().invoke(shouwang, list(arguments))
    return done.exit_code, done.output


def test_import_tells_what_it_did_and_export_masks(tmp_path: Path) -> None:
    town()
    folder = str(book(tmp_path / "in", [row(), row("青苑社区", IDS[1]), row(number="123")]))
    code, said = call("import", folder, "--preview")
    assert code == 1 and "户籍人口台账" in said and not Person.objects.exists()
    code, said = call("import", folder, "--rejected", str(tmp_path / "refused.xlsx"), "--reason", "年度更新")
    assert code == 1 and "退回1行" in said and (tmp_path / "refused.xlsx").exists()
    assert sorted(p.division_code for p in Person.objects.all()) == [YUNXI, QINGYUAN]
    event = Event.objects.filter(action="ledger.import")[0]
    assert event.actor.startswith("command:") and event.reason == "年度更新"
    for again in (call("import", folder, "--preview"), call("import", folder)):
        assert again[0] == 1 and "没有新内容：这份文件已于" in again[1]
    assert Event.objects.filter(action="ledger.import-again").count() == 1
    code, said = call("export", "registry.person", str(tmp_path / "out.xlsx"), "--division", "云溪社区")
    assert code == 0 and "导出了1行" in said
    cells = pl.read_excel(tmp_path / "out.xlsx", engine="calamine", has_header=False).rows()
    assert not any(IDS[0] in str(cell) for line in cells for cell in line)
    assert call("export", "registry.persn", str(tmp_path / "x.xlsx"))[0] == 3
    assert call("import", folder, "--division", "没有的")[0] == 3


def test_an_export_in_clear_is_read_back_as_the_same_rows(tmp_path: Path) -> None:
    town()
    call("import", str(book(tmp_path / "in", [row(), row("青苑社区", IDS[1], note="=1+1")])))
    before = list(Person.objects.order_by("pk").values())
    (tmp_path / "back").mkdir()
    code, _said = call("export", "registry.person", str(tmp_path / "back" / "户籍.xlsx"), "--unmask", "核对")
    assert code == 0
    assert call("import", str(tmp_path / "back"))[0] == 0
    assert list(Person.objects.order_by("pk").values()) == before

"""``shouwang synth`` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from shouwang.cli.main import set_up_django

set_up_django()

from shouwang.cli.synth import command  # noqa: E402 - Django must be set up first
from shouwang.snapshot.store import Snapshot  # noqa: E402


def test_a_small_town_becomes_a_folder_of_workbooks(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path / "town"), "--residents", "600", "--claims", "0.3"])
    assert done.exit_code == 0, done.output
    assert {p.name for p in (tmp_path / "town").iterdir()} == {
        "office",
        "truth.csv",
        "rejected.csv",
        "parameters.yaml",
    }
    assert "植入个案" in done.output


def test_parquet_can_be_asked_for(tmp_path: Path) -> None:
    arguments = [str(tmp_path / "town"), "--residents", "600", "--claims", "0.3", "--format", "parquet"]
    done = CliRunner().invoke(command, arguments)
    assert done.exit_code == 0, done.output
    assert Snapshot.load(tmp_path / "town" / "snapshot").parts_of("registry.person")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path), "--residents", "600"])
    assert done.exit_code == click.UsageError.exit_code
    assert "不是空文件夹" in done.output
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]

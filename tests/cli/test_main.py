"""The group ``shouwang``: its help is complete, in two languages, and imports nothing heavy."""

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from shouwang import __version__
from shouwang.cli import main


@pytest.fixture(autouse=True)
def _language_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "")


def run(*arguments: str) -> str:
    """Output of the command line; fails the test when the exit code is not 0."""
    result = CliRunner().invoke(main.shouwang, arguments, prog_name="shouwang")
    assert result.exit_code == 0, result.output
    return result.output


def test_version() -> None:
    assert run("--version") == f"shouwang {__version__}\n"


def test_help_is_chinese_and_lists_every_command_that_is_built() -> None:
    said = run("--help")
    assert "在社区现有的台账里找风险点" in said
    built = main.shouwang.list_commands(click.Context(main.shouwang))
    assert "manage" in built
    for name in built:
        assert f"  {name}" in said
        assert main.COMMANDS[name] in said


def test_help_keeps_the_lines_of_its_examples() -> None:
    assert "\n    shouwang scan 台账文件夹 --as-of 2023-12-31 --out 报告\n" in run("--help")


@pytest.mark.parametrize("spelling", ["en", "EN"])
def test_language_by_environment(monkeypatch: pytest.MonkeyPatch, spelling: str) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", spelling)
    assert main.chosen_language() == "en"


def test_language_by_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "en")
    assert "显示版本号" in run("--language", "zh", "--help")


def test_unknown_language_in_the_environment_means_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUWANG_LANGUAGE", "tlh")
    assert main.chosen_language() == "zh-hans"


def test_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main.shouwang, ["no-such-command"])
    assert result.exit_code == 2
    assert "no-such-command" in result.output


def test_a_command_that_is_not_built_is_neither_listed_nor_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.COMMANDS, "unbuilt", "nothing")
    assert "unbuilt" not in run("--help")
    assert CliRunner().invoke(main.shouwang, ["unbuilt"]).exit_code == 2


def test_every_listed_command_loads_and_bears_its_name() -> None:
    ctx = click.Context(main.shouwang)
    for name in main.shouwang.list_commands(ctx):
        command = main.shouwang.get_command(ctx, name)
        assert command is not None
        assert command.name == name
        assert command.help, f"{name} has no help"


def test_help_imports_neither_django_nor_ibis() -> None:
    program = (
        "import sys\n"
        "from shouwang.cli.main import shouwang\n"
        "shouwang(['--help'], standalone_mode=False)\n"
        "print([name for name in ('django', 'ibis', 'duckdb', 'polars') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"

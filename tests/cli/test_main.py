"""The group ``shouwang``: its help is complete, in two languages, and imports nothing heavy."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
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
    assert result.exit_code == 3
    assert "没有命令 'no-such-command'" in result.output


def test_a_command_that_is_not_built_is_neither_listed_nor_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(main.COMMANDS, "unbuilt", "nothing")
    assert "unbuilt" not in run("--help")
    assert CliRunner().invoke(main.shouwang, ["unbuilt"]).exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["scan"], "错误：缺少参数 'FOLDER'", "Error: Missing argument 'FOLDER'"),
        (
            ["scan", "no/such/folder"],
            "没有找到 'no/such/folder'",
            "Directory 'no/such/folder' does not exist",
        ),
        (["scan", ".", "--as-of", "2023-02-30"], "没有“2023-02-30”这一天", 'There is no day "2023-02-30"'),
        (["scan", ".", "--engine", "abacus"], "'abacus' 不在可选之列", "'abacus' is not one of"),
        (["synth", "out", "--residents", "3"], "3 不在", "3 is not in the range"),
    ],
)
def test_a_wrong_argument_is_told_in_the_language_of_the_run(
    arguments: list[str], chinese: str, english: str
) -> None:
    for language, said in (("zh", chinese), ("en", english), ("zh", chinese)):
        result = CliRunner().invoke(main.shouwang, ["--language", language, *arguments])
        assert result.exit_code == 3
        assert said in result.output


def test_help_has_no_english_left_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    # Click words the help option once a process, in whatever language that call was.
    monkeypatch.setattr(import_module("shouwang.cli.scan").command, "_help_option", None)
    said = run("scan", "--help")
    assert "用法:" in said and "选项:" in said and "显示本说明" in said
    assert "Options" not in said and "Show this" not in said


def test_every_word_of_click_is_known_in_chinese() -> None:
    """The words that a user can meet: not those about programming errors of commands themselves."""
    with (main.LOCALE / "zh_Hans" / "LC_MESSAGES" / "click.po").open("rb") as stream:
        known = read_po(stream, locale="zh_Hans")
    sources = [
        Path(click.__file__).parent / f"{name}.py" for name in ("exceptions", "formatting", "parser", "types")
    ]
    missing = []
    for source in sources:
        with source.open("rb") as stream:
            for _line, message, *_rest in extract("python", stream, keywords={"_": None, "ngettext": (1, 2)}):
                if "start character" not in str(message):
                    found = known.get(message)
                    missing += [] if found and found.string else [message]
    assert missing == []


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (click.UsageError("so"), 3, "so"),
        (click.Abort(), 130, "已中断"),
        (KeyboardInterrupt(), 130, "已中断"),
        (ZeroDivisionError(), 3, "程序出错"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_no_mishap_ends_with_the_code_of_findings(raised: BaseException, code: int, said: str) -> None:
    program = (
        "import builtins, click, sys\n"
        "from shouwang.cli import main\n"
        "def fail(*a, **k): raise eval(sys.argv.pop())\n"
        "main.shouwang.invoke = fail\n"
        "main.main()"
    )
    worded = (
        repr(raised) if not isinstance(raised, click.ClickException | click.Abort) else f"click.{raised!r}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "rules", worded],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == code, done.stderr
    assert said in done.stderr


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

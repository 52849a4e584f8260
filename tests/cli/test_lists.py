"""``shouwang rules`` and ``shouwang ledgers``: complete, within the terminal's width, names never broken."""

import json

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from shouwang.cli import main
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.catalogue import rules


def run(*arguments: str, width: int = 80, language: str = "zh") -> Result:
    return CliRunner().invoke(
        main.shouwang, ["--language", language, *arguments], env={"COLUMNS": str(width)}, prog_name="shouwang"
    )


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_listed_by_its_unbroken_code(width: int, language: str) -> None:
    result = run("rules", width=width, language=language)
    assert result.exit_code == 0
    listed = {line.split()[0] for line in result.output.splitlines() if line.strip()}
    assert set(rules()) <= listed
    assert max(map(cell_len, result.output.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_every_ledger_is_listed_by_its_unbroken_name(width: int) -> None:
    result = run("ledgers", width=width)
    assert result.exit_code == 0
    listed = {line.split()[0] for line in result.output.splitlines() if line.strip()}
    assert set(ledgers()) <= listed
    assert max(map(cell_len, result.output.splitlines())) <= width


@pytest.mark.parametrize("width", [80, 120])
def test_a_ledger_is_shown_with_all_columns_and_headers(width: int) -> None:
    spec = ledgers()["assistance.payment"]
    result = run("ledgers", "低保金发放表", width=width)
    assert result.exit_code == 0
    whole = "".join(result.output.split())
    for name, field in spec.fields.items():
        assert f"{field.label}  {name}（" in result.output
        assert all(alias in whole for alias in field.aliases)
    assert max(map(cell_len, result.output.splitlines())) <= width


def test_a_rule_is_shown_in_full() -> None:
    result = run("rules", "assistance.paid-short")
    assert result.exit_code == 0
    for part in (
        "低保金未足额发放",
        "低保金发放表 assistance.payment",
        "补足差额",
        "def paid_short(t",
        "S2-57",
    ):
        assert part in result.output


def test_a_rule_says_which_parameters_it_waits_for() -> None:
    waiting = next(r for r in rules().values() if "assistance.standard" in r.uses)
    result = run("rules", waiting.code)
    assert "assistance.standard：没有默认值" in "".join(result.output.split())


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["rules", "assistance.paid-shrt"], "assistance.paid-short"),
        (["rules", "--pack", "nix"], "assistance"),
        (["ledgers", "低保发放表"], "低保金发放表"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(arguments: list[str], hint: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 3
    assert hint in result.output


def test_lists_for_programs() -> None:
    listed = json.loads(run("rules", "--json").output)
    assert [one["code"] for one in listed] == list(rules())
    one = json.loads(run("ledgers", "assistance.payment", "--json").output)
    assert [column["name"] for column in one["columns"]] == list(ledgers()["assistance.payment"].fields)

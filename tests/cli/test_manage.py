"""``shouwang manage`` hands its arguments to Django."""

import subprocess
import sys
from pathlib import Path

import pytest


def manage(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own, as a user would."""
    return subprocess.run(
        [sys.executable, "-m", "shouwang.cli.main", "manage", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"), "PATH": "/usr/bin:/bin"},
    )


def test_options_reach_django_untouched(tmp_path: Path) -> None:
    done = manage(tmp_path, "migrate", "--help")
    assert done.returncode == 0, done.stderr
    assert "--run-syncdb" in done.stdout


def test_migrate_makes_the_database_where_none_was(tmp_path: Path) -> None:
    done = manage(tmp_path, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "shouwang.sqlite3").is_file()


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [("no-such-command",), ("migrate", "no-such-app")])
def test_django_errors_keep_their_exit_code(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = manage(tmp_path, *arguments)
    assert done.returncode != 0
    assert "no-such" in done.stderr

"""``scripts/check-python`` says what is missing, in Chinese and English, and names the Debian package."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / "scripts" / "check-python"


def check(python: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", str(PROGRAM), str(python)], capture_output=True, text=True)


def fake(folder: Path, version: str, has_venv: bool) -> Path:
    """A program that answers the three questions as a Python of that version would."""
    program = folder / "python3"
    major, minor = version.split(".")
    new = (int(major), int(minor)) >= (3, 11)
    program.write_text(
        "#!/bin/sh\n"
        'case "$2" in\n'
        f"  *print*) echo {version} ;;\n"
        f"  *version_info*) exit {0 if new else 1} ;;\n"
        f"  *ensurepip*) exit {0 if has_venv else 1} ;;\n"
        "esac\n"
    )
    program.chmod(0o755)
    return program


def test_a_good_python_passes_in_silence() -> None:
    done = check(sys.executable)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_python(tmp_path: Path) -> None:
    done = check(tmp_path / "python3")
    assert done.returncode == 1
    assert "缺少" in done.stderr
    assert "is missing" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


@pytest.mark.parametrize(("version", "code"), [("3.10", 1), ("3.11", 0), ("3.13", 0)])
def test_the_version_decides(tmp_path: Path, version: str, code: int) -> None:
    done = check(fake(tmp_path, version, has_venv=True))
    assert done.returncode == code
    assert ("3.11" in done.stderr and version in done.stderr) == bool(code)


def test_no_venv_part(tmp_path: Path) -> None:
    done = check(fake(tmp_path, "3.12", has_venv=False))
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert "python3.12-venv" in done.stderr

"""``shouwang init``: keys, database, divisions and one administrator, made once and never half."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from shouwang import trail
from shouwang.access.models import Area, User
from shouwang.access.scope import holdings
from shouwang.cli import founding, init
from shouwang.cli.founding import FoundingError, Named
from shouwang.trail.models import Event

SRC = str(Path(__file__).resolve().parents[2] / "src")


@pytest.fixture
def run(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """The command on the database of the tests, in a home of its own."""
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, input: str = "") -> Result:
        return CliRunner().invoke(init.command, arguments, input=input)

    return call


def divisions(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(("区划代码,名称,别名", *lines)), encoding=encoding)
    return path


def test_the_first_run_makes_all_and_shows_the_password_once(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("--office", "云溪街道", "--code", "110101001", "--username", "wang", "--name", "王敏")
    assert done.exit_code == 0, done.output
    keys = tmp_path / "home" / "keys.json"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    user = User.objects.get()
    password = re.search(r"(\w{4}(?:-\w{4}){3})$", done.output, re.M)[1]  # type: ignore[index]
    assert user.check_password(password)
    assert (user.name, user.must_change_password, user.is_superuser) == ("王敏", True, False)
    assert [str(held.post) for held in holdings(user)] == ["云溪街道系统管理员"]
    assert Event.objects.filter(target="access.user", target_id=str(user.pk)).exists()
    assert not [e for e in Event.objects.all() if password in e.body]

    before = keys.read_bytes()
    again = run("--office", "云溪街道", "--code", "110101001")
    assert again.exit_code == 0, again.output
    assert (User.objects.count(), Area.objects.count()) == (1, 1)
    assert "王敏（wang）" in again.output
    assert not re.search(r"\w{4}-\w{4}-", again.output)
    assert keys.read_bytes() == before


def test_a_password_of_ones_own_is_asked_for_and_need_not_be_changed(run) -> None:  # type: ignore[no-untyped-def]
    chosen = "Spring-Water-2046"
    done = run("--office", "甲", "--code", "110101001", "--ask-password", input=f"{chosen}\n{chosen}\n")
    assert done.exit_code == 0, done.output
    user = User.objects.get()
    assert user.check_password(chosen)
    assert not user.must_change_password
    assert chosen not in done.output


def test_divisions_come_from_a_file_and_are_brought_up_to_date(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = divisions(tmp_path / "a.csv", "110101001,云溪街道,", "110101001001,云溪社区,云溪、云溪居委会")
    assert run("--divisions", str(file)).exit_code == 0
    assert Area.objects.get(code="110101001001000").aliases == "云溪\n云溪居委会"
    divisions(file, "110101001001,云溪第一社区,", "110101001002,东溪社区,")
    done = run("--divisions", str(file))
    assert "新增区划 1 个" in done.output
    assert [area.name for area in Area.objects.order_by("code")] == ["云溪街道", "云溪第一社区", "东溪社区"]
    # The administrator stands at the top, whatever came later.
    assert str(holdings(User.objects.get())[0].post) == "云溪街道系统管理员"


def test_without_any_division_nothing_is_made(run) -> None:  # type: ignore[no-untyped-def]
    done = run()
    assert done.exit_code == 3
    assert "--office" in done.output
    assert not User.objects.exists()


def test_a_bad_password_leaves_nothing_behind(run) -> None:  # type: ignore[no-untyped-def]
    with trail.acting(trail.Actor("command:tests", "tests")), trail.change("access.test"):
        User(username="admin", name="别人").save()
    done = run("--office", "甲", "--code", "110101001")
    assert done.exit_code == 3
    assert "用户" in done.output
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["11010100,云溪街道,"], "第2行"),
        (["110101001,,"], "第2行：名称空"),
        (["110101001,甲,", "110101001000,乙,"], "第3行：代码110101001000000出现两次"),
        ([], "没有读到区划"),
        (["１１０x,甲,"], "第2行"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_read(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(FoundingError) as raised:
        founding.read_divisions(divisions(tmp_path / "区划.csv", *lines))
    assert "区划.csv" in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_offices_are_read(tmp_path: Path, encoding: str) -> None:
    file = divisions(tmp_path / "a.csv", "110101001,云溪街道,云溪", encoding=encoding)
    assert founding.read_divisions(file) == [Named("110101001000000", "云溪街道", ("云溪",))]


def test_a_workbook_is_read_with_codes_that_a_spreadsheet_made_numbers(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["某街道区划"], ["序号", "名称", "区划代码"], [1, "云溪社区", 110101001001], [None] * 3):
        sheet.append(row)
    book.save(tmp_path / "区划.xlsx")
    assert founding.read_divisions(tmp_path / "区划.xlsx") == [Named("110101001001000", "云溪社区")]
    (tmp_path / "no.xlsx").write_bytes(b"no workbook")
    with pytest.raises(FoundingError, match="不是工作簿"):
        founding.read_divisions(tmp_path / "no.xlsx")


def test_divisions_are_proposed_from_the_ledgers_and_numbered_within_the_office(tmp_path: Path) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    rows = [
        f"{i},DW{i:03},{i}号楼,楼栋,{name}"
        for i, name in enumerate(["甲社区"] * 150 + ["乙社区"] * 150 + ["甲设区"])
    ]
    (folder / "点位.csv").write_text(
        "\n".join(["序号,点位编号,点位名称,点位类型,所属社区", *rows]), encoding="utf-8"
    )
    (folder / "区划.csv").write_text(
        "区划代码,区划名称,层级,上级区划\n110101001007,乙社区,社区,云溪街道\n110101009001,丙社区,社区,别处\n",
        encoding="utf-8",
    )
    found = founding.propose(folder, Named("110101001000000", "云溪街道"))
    assert found == [
        Named("110101001000000", "云溪街道"),
        Named("110101001001000", "甲社区"),
        Named("110101001007000", "乙社区"),
    ]
    founding.write_divisions(tmp_path / "out.csv", found)
    assert founding.read_divisions(tmp_path / "out.csv") == found


def test_the_command_works_as_a_user_calls_it(tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "PYTEST_"))
    } | {"PYTHONPATH": SRC, "SHOUWANG_HOME": str(tmp_path / "h")}
    shouwang = [sys.executable, "-m", "shouwang.cli.main"]
    done = subprocess.run(
        [*shouwang, "init", "--office", "云溪街道", "--code", "110101001"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "密码（只显示这一次" in done.stdout
    assert sorted(path.name for path in (tmp_path / "h").iterdir())[:2] == ["keys.json", "shouwang.sqlite3"]

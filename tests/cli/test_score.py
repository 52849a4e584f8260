"""``shouwang score`` as a user meets it: a card, ratings for a person to sign, and whether it still fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from shouwang.cli.main import set_up_django

set_up_django()

from tests.asking import snapshot  # noqa: E402 - Django must be set up first
from tests.packs.microcredit.lenders import office  # noqa: E402

from shouwang.cli.score import command  # noqa: E402

ID = "999914200911266389"
pytest.importorskip(
    "optbinning", reason="the extra score (optbinning) is not installed: pip install .[score]"
)


def run(*arguments: Any) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], env={"COLUMNS": "140"})


def waiting(number: str, **more: Any) -> dict[str, Any]:
    """An application that nobody has decided."""
    base = {"application_no": number, "name": "欧阳小红", "person": ID, "applied_on": "2023-11-01"}
    return base | {"asked": 20000, "startup_money": 30000, "result": "在办"} | more


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = office()
    rows["microcredit.application"] += [waiting("N1"), waiting("N2", person="Q2", name="=1+1")]
    rows["microcredit.loan"].append(
        {
            "loan_no": "OLD",
            "person": ID,
            "paid_out_on": "2020-01-01",
            "due_on": "2021-01-01",
            "settled_on": "2021-06-01",
            "amount": 10000,
            "outstanding": 0,
        }
    )
    path = tmp_path_factory.mktemp("score") / "snapshot"
    snapshot(rows, path)
    return path


@pytest.fixture(scope="module")
def card(folder: Path) -> Path:
    path = folder.parent / "card.json"
    done = run("train", folder, "--as-of", "2023-12-31", "--out", path)
    assert done.exit_code == 0, done.output
    assert "基尼系数" in done.output and "均为未参加训练的贷款" in done.output
    assert "以往最长逾期" in done.output
    return path


@pytest.mark.seed("S8-76", "S8-75")
def test_ratings_are_masked_and_wait_for_a_person(folder: Path, card: Path, tmp_path: Path) -> None:
    out = tmp_path / "评定.xlsx"
    done = run("apply", folder, "--card", card, "--as-of", "2023-12-31", "--out", out)
    assert done.exit_code == 0, done.output
    assert "得分只供评定人参考，不能单独作为批准或不批准的理由" in done.output
    assert ID not in done.output and "欧阳小红" not in done.output
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    title, note, header, *rows = sheet.iter_rows(values_only=True)
    assert title[0] == "信用等级评定表" and str(note[0]).startswith("得分只供评定人参考")
    named = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["申请编号"] for row in named] == ["N1", "N2"]
    first = named[0]
    assert (first["信用等级"], first["评定人"]) == (None, None)
    assert first["身份证号"] == "999" + "*" * 13 + "89"
    version = json.loads(card.read_text(encoding="utf-8"))["version"]
    assert first["评定办法版本"] == f"评分卡 {version}"
    assert "以往最长逾期" in str(first["评定依据"]) and "最高" in str(first["评定依据"])
    own = [h for h in header if h not in list(header)[:9]]
    assert sum(int(str(first[h])) for h in own) == first["信用得分"]
    assert named[1]["姓名"] != "=1+1" and sheet.cell(5, 2).data_type == "s"


def test_unmasking_needs_a_reason_that_is_written_down(folder: Path, card: Path, tmp_path: Path) -> None:
    out = tmp_path / "评定.xlsx"
    done = run("apply", folder, "--card", card, "--as-of", "2023-12-31", "--out", out, "--unmask", "评审会")
    assert done.exit_code == 0, done.output
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    cells = [str(c) for row in sheet.iter_rows(values_only=True) for c in row]
    assert ID in cells and any("理由：评审会" in c for c in cells)


def test_all_applications_are_scored_when_asked(folder: Path, card: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    done = run("apply", folder, "--card", card, "--as-of", "2023-12-31", "--out", out, "--all")
    assert "602 份申请的得分" in done.output
    nobody = run("apply", folder, "--card", card, "--as-of", "2018-12-31", "--out", tmp_path / "b.xlsx")
    assert "没有可以打分的申请" in nobody.output and nobody.exit_code == 3
    again = run("apply", folder, "--card", card, "--out", out)
    assert "--force" in again.output and again.exit_code == 3


def test_people_like_those_of_the_training_are_stable(folder: Path, card: Path) -> None:
    done = run("stability", folder, "--card", card, "--since", "2019-01-01", "--as-of", "2021-12-31")
    assert done.exit_code == 0, done.output
    assert "600 份申请与训练时相比" in done.output and "稳定" in done.output


def test_people_who_have_changed_are_told_by_the_exit_code(card: Path, tmp_path: Path) -> None:
    other = snapshot(office(400, seed=8, drift=1.5), tmp_path / "snapshot")
    done = run("stability", other.root, "--card", card, "--since", "2019-01-01", "--as-of", "2021-12-31")
    assert done.exit_code == 1, done.output
    assert "变化大，应重新训练" in done.output
    none = run("stability", other.root, "--card", card, "--as-of", "2030-12-31")
    assert none.exit_code == 3 and "没有申请" in none.output


def test_too_few_loans_are_refused_with_the_reason(tmp_path: Path) -> None:
    few = snapshot(office(60), tmp_path / "snapshot")
    out = tmp_path / "card.json"
    done = run("train", few.root, "--as-of", "2023-12-31", "--out", out)
    assert done.exit_code == 3
    assert "没有训练评分卡" in done.output and "各须至少 50 笔" in done.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "card.yaml"], ".json"),
        (["--out", "card.json", "--bad-days", "5", "--good-days", "6"], "不能多于"),
        (["--out", "no/such/folder/card.json"], "写不出"),
    ],
)
def test_wrong_usage_is_said(folder: Path, arguments: list[str], said: str) -> None:
    done = run("train", folder, "--as-of", "2023-12-31", *arguments)
    assert done.exit_code == 3 and said in done.output


def test_a_folder_without_ledgers_and_a_file_that_is_no_card(folder: Path, tmp_path: Path) -> None:
    done = run("train", tmp_path, "--out", tmp_path / "card.json")
    assert done.exit_code == 3 and "没有读到台账" in done.output
    wrong = tmp_path / "card.json"
    wrong.write_text("{}", encoding="utf-8")
    done = run("apply", folder, "--card", wrong, "--out", tmp_path / "a.xlsx")
    assert done.exit_code == 3 and "不是评分卡" in done.output

"""``shouwang scan`` as a user meets it: outputs, exit codes, comparison, and what bad input is told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from tests.asking import snapshot
from tests.workbooks import write_workbook

DEAD, ALIVE = "999901194001010018", "99990119850505002X"

PAYMENTS = [
    ["低保证号", "户主姓名", "身份证号", "保障人数", "发放月份", "应发金额", "实发金额", "发放日期"],
    ["DB001", "周大山", DEAD, 1, "2023-05", 930, 930, "2023-05-08"],
    ["DB001", "周大山", DEAD, 1, "2023-06", 930, 930, "2023-06-08"],
    ["DB002", "吴小水", ALIVE, 1, "2023-05", 930, 930, "2023-05-08"],
    ["DB002", "吴小水", ALIVE, 1, "2023-06", 930, 930, "2023-06-08"],
]
DEATHS = [
    ["姓名", "性别", "身份证号", "死亡日期", "死亡原因"],
    ["周大山", "男", DEAD, "2023-05-20", "疾病"],
]


def office(folder: Path, *, payments: list[list[Any]] = PAYMENTS, deaths: list[list[Any]] = DEATHS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(
        folder / "低保金发放表2023.xlsx", {"发放表": [["望河街道云溪社区低保金发放表"], *payments]}
    )
    write_workbook(
        folder / "死亡人员名单2023.xlsx", {"死亡人员": [["望河街道云溪社区死亡人员名单"], *deaths]}
    )
    return folder


def scan(folder: Path, out: Path, *more: str) -> Result:
    from shouwang.cli.scan import command

    state = out.parent / "state"
    return CliRunner().invoke(
        command,
        [str(folder), "--as-of", "2023-12-31", "--out", str(out), "--state", str(state), *more],
        catch_exceptions=False,
    )


def manifest(out: Path) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return body


def test_a_finding_gives_exit_code_1_and_all_outputs(tmp_path: Path) -> None:
    result = scan(office(tmp_path / "in"), tmp_path / "out")
    assert result.exit_code == 1, result.output
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert {"report.html", "findings.csv", "findings.xlsx", "rejected.xlsx", "reading.json", "manifest.json",
            "mapping.yaml"} <= names  # fmt: skip
    text = (tmp_path / "out" / "findings.csv").read_text(encoding="utf-8-sig")
    assert "assistance.paid-after-death" in text and "930.00" in text
    assert DEAD not in text and "周大山" not in text
    assert "望河街道" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_nothing_found_gives_exit_code_0(tmp_path: Path) -> None:
    another = ["周大山", "男", "999901194001010034", "2023-05-20", "疾病"]
    result = scan(office(tmp_path / "in", deaths=[DEATHS[0], another]), tmp_path / "out")
    assert result.exit_code == 0, result.output


def test_an_unreadable_file_gives_exit_code_2_and_the_others_are_read(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")
    (folder / "坏的.xlsx").write_bytes(b"PK\x03\x04 cut off")
    result = scan(folder, tmp_path / "out")
    assert result.exit_code == 2
    assert "坏的.xlsx" in result.output
    assert "assistance.paid-after-death" in (tmp_path / "out" / "findings.csv").read_text(
        encoding="utf-8-sig"
    )


def test_an_empty_folder_gives_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert scan(tmp_path / "in", tmp_path / "out").exit_code == 3


def test_when_every_row_is_refused_the_refusals_are_written(tmp_path: Path) -> None:
    short = [DEATHS[0], ["周大山", "男", "99990119400101001", "2023-05-20", "疾病"]]
    folder = tmp_path / "in"
    folder.mkdir()
    write_workbook(folder / "死亡人员名单.xlsx", {"名单": short})
    result = scan(folder, tmp_path / "out")
    assert result.exit_code == 3
    assert "退回" in result.output
    assert (tmp_path / "out" / "rejected.xlsx").is_file()


def test_same_input_same_bytes(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")

    def hashes(out: Path) -> dict[str, str]:
        scan(folder, out)
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}

    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_compared_with_the_scan_before(tmp_path: Path) -> None:
    scan(office(tmp_path / "1"), tmp_path / "out1")
    corrected = [r for r in PAYMENTS if r[0] == "DB002" or r[4] != "2023-06"]
    short = [*corrected, ["DB003", "郑三", "999901198505050054", 1, "2023-06", 930, 900, "2023-06-08"]]
    result = scan(
        office(tmp_path / "2", payments=short), tmp_path / "out2", "--previous", str(tmp_path / "out1")
    )
    assert result.exit_code == 1, result.output
    body = manifest(tmp_path / "out2")
    assert body["previous"]["scan"] == manifest(tmp_path / "out1")["scan"]
    assert (body["findings"]["new"], body["findings"]["gone"]) == (1, 1)
    text = (tmp_path / "out2" / "findings.csv").read_text(encoding="utf-8-sig")
    states = {line.split(",")[0] for line in text.splitlines() if ",gone," in line}
    assert states == {"assistance.paid-after-death"}


def test_a_previous_scan_of_another_machine_is_said_and_all_is_asked(tmp_path: Path) -> None:
    folder = office(tmp_path / "1")
    scan(folder, tmp_path / "out1", "--no-state")
    result = scan(folder, tmp_path / "out2", "--previous", str(tmp_path / "out1"))
    assert result.exit_code == 1
    assert "没有保留" in result.output
    assert manifest(tmp_path / "out2")["previous"] is None


def test_unmasking_needs_a_reason_and_every_output_states_it(tmp_path: Path) -> None:
    scan(office(tmp_path / "in"), tmp_path / "out", "--unmask", "区纪委核查〔2024〕3号")
    for name in ("findings.csv", "report.html", "manifest.json", "reading.json"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8-sig")
        assert "区纪委核查〔2024〕3号" in text, name
    assert DEAD in (tmp_path / "out" / "findings.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "text", "option", "named"),
    [
        ("p.yaml", "assistance.standart: 930", "--parameters", "assistance.standart"),
        ("p.yaml", "assistance.standard: 很多", "--parameters", "很多"),
        ("m.csv", "a,b\n1,2\n", "--decisions", "判定"),
    ],
)
def test_a_wrong_file_is_told_what_and_where(tmp_path, name, text, option, named) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = scan(office(tmp_path / "in"), tmp_path / "out", option, str(tmp_path / name))
    assert result.exit_code == 3
    assert name in result.output and named in result.output


def test_a_working_paper_that_was_filled_in_is_not_overwritten(tmp_path: Path) -> None:
    folder, out = office(tmp_path / "in"), tmp_path / "out"
    scan(folder, out)
    paper = out / "findings.xlsx"
    paper.write_bytes(paper.read_bytes() + b"filled in")
    result = scan(folder, out)
    assert result.exit_code == 1
    assert "findings.edited.xlsx" in result.output
    assert (out / "findings.edited.xlsx").read_bytes().endswith(b"filled in")
    assert not paper.read_bytes().endswith(b"filled in")


def test_a_report_among_the_ledgers_is_not_read_as_one(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")
    scan(folder, folder / "报告")
    first = (folder / "报告" / "findings.csv").read_bytes()
    scan(folder, folder / "报告")
    assert (folder / "报告" / "findings.csv").read_bytes() == first


def test_an_edited_mapping_is_obeyed(tmp_path: Path) -> None:
    folder = office(tmp_path / "in")
    scan(folder, tmp_path / "out1")
    mapping = (tmp_path / "out1" / "mapping.yaml").read_text(encoding="utf-8")
    assert "registry.death" in mapping
    edited = tmp_path / "mapping.yaml"
    edited.write_text(mapping.replace("registry.death", "ignore"), encoding="utf-8")
    result = scan(folder, tmp_path / "out2", "--mapping", str(edited))
    assert result.exit_code == 0, result.output


def test_a_snapshot_is_scanned_as_it_is(tmp_path: Path) -> None:
    rows = {
        "assistance.payment": [
            {
                "certificate": "DB1",
                "person": DEAD,
                "month": "2023-06",
                "due": 930,
                "paid": 930,
                "name": "周大山",
            }
        ],
        "registry.death": [{"person": DEAD, "name": "周大山", "died_on": "2023-05-20"}],
    }
    snapshot(rows, tmp_path / "in")
    assert scan(tmp_path / "in", tmp_path / "out").exit_code == 1


def test_explain_shows_the_finding_masked_and_names_the_nearest(tmp_path: Path) -> None:
    from shouwang.cli.explain import command

    scan(office(tmp_path / "in"), tmp_path / "out")
    common = ["--out", str(tmp_path / "out"), "--state", str(tmp_path / "state")]
    result = CliRunner().invoke(
        command, ["assistance.paid-after-death-0001", *common], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "死亡人员名单" in result.output and "追回" in result.output
    assert DEAD not in result.output and "周大山" not in result.output
    wrong = CliRunner().invoke(command, ["assistance.paid-after-death-0009", *common])
    assert wrong.exit_code == 3 and "assistance.paid-after-death-0001" in wrong.output


def test_a_scan_that_is_stopped_leaves_the_outputs_of_before_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shouwang.cli import scan as module

    folder, out = office(tmp_path / "in"), tmp_path / "out"
    scan(folder, out)
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(module.tempfile, "tempdir", str(scratch))

    def stopped(_result: Any, made: Path, **_more: Any) -> None:
        (made / "report.html").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_report", stopped)
    office(folder, deaths=[DEATHS[0]])
    with pytest.raises(click.Abort):
        module.command.main(
            [str(folder), "--out", str(out), "--state", str(tmp_path / "state")], standalone_mode=False
        )
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    assert list(scratch.iterdir()) == []


def test_an_output_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = scan(office(tmp_path / "in"), tmp_path / "file" / "out")
    assert result.exit_code == 3 and "写不进输出文件夹" in result.output


@pytest.mark.parametrize(("size", "code"), [("lots", 3), ("0GB", 3), ("-1GB", 3), ("800mb", 1), ("1 GiB", 1)])
def test_a_bound_on_memory_is_a_size(tmp_path: Path, size: str, code: int) -> None:
    result = scan(office(tmp_path / "in"), tmp_path / "out", f"--memory={size}")
    assert result.exit_code == code, result.output
    assert (size in result.output) == (code == 3)

"""The register of risk points: what an entry must say."""

from __future__ import annotations

from pathlib import Path

import pytest

from shouwang.risk.risk_points import RiskPointError, read, risk_points
from shouwang.risk.rule import Severity

GOOD = """
test.watched:
  title: 未到现场即签字
  seeds: [S1-35]
  level: high
  owner: 社区管片民警
  measures: [先走访后签字]
  rules: [test.signed]
test.judged:
  title: 工作作风问题
  seeds: [S1-34]
  level: low
  owner: 社区主任
  measures: [谈话提醒]
  judged_by_people: true
  record: 谈话记录
"""


def write(folder: Path, text: str) -> Path:
    """A register with this text."""
    path = folder / "risk_points.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_rules_watch_and_what_people_judge(tmp_path: Path) -> None:
    found = read(write(tmp_path, GOOD))
    assert list(found) == ["test.watched", "test.judged"]
    watched, judged = found.values()
    assert (watched.pack, watched.level, watched.rules) == ("test", Severity.HIGH, ("test.signed",))
    assert (judged.judged_by_people, judged.record, judged.rules) == (True, "谈话记录", ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  owner: 社区管片民警\n", "", r"lacks \['owner'\]"),
        ("  seeds: [S1-35]\n", "  seeds: []\n", r"lacks \['seeds'\]"),
        ("level: high", "level: dreadful", "dreadful"),
        ("  rules: [test.signed]\n", "", "nothing watches it"),
        ("  record: 谈话记录\n", "", "record that people leave"),
        ("  rules: [test.signed]\n", "  rules: [test.signed]\n  record: 记录\n", "record that people leave"),
        ("  rules: [test.signed]\n", "  rule: [test.signed]\n", r"unknown fields \['rule'\]"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RiskPointError, match=said):
        read(write(tmp_path, GOOD.replace(old, new)))


def test_a_list_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(RiskPointError, match="by code"):
        read(write(tmp_path, "- a\n"))
    assert read(write(tmp_path, "")) == {}


def test_the_installed_packs_registers_are_read() -> None:
    assert "population.desk-sign-off" in risk_points()

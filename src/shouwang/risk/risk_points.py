"""The register of risk points (风险点): what can go wrong, how bad, who owns it, what watches it.

A pack keeps its risk points in ``risk_points.yaml``::

    population.desk-sign-off:
      title: 坐等汇总、未到现场即签字
      seeds: [S1-35, S1-36]
      level: high
      owner: 社区管片民警
      measures:
        - 签字前核对本人在该网格的走访记录
      rules: [population.signed-without-visit]

Every problem that the requirements name is a risk point. Where no ledger can answer, people
judge it and leave a record: ``judged_by_people: true`` with ``record``, instead of or beside
``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from shouwang.risk.rule import Severity

_REQUIRED = ("title", "seeds", "level", "owner", "measures")
_ALLOWED = {*_REQUIRED, "rules", "judged_by_people", "record"}


class RiskPointError(ValueError):
    """An entry of a risk register that is not one: names file, entry and what is wrong."""


@dataclass(frozen=True)
class RiskPoint:
    """One risk point.

    ``level`` is the inherent level, before any measure; ``owner`` the post that answers for it;
    ``rules`` the codes of the rules that watch it; ``record`` what people leave who judge it.
    """

    code: str
    title: str
    seeds: tuple[str, ...]
    level: Severity
    owner: str
    measures: tuple[str, ...]
    rules: tuple[str, ...]
    judged_by_people: bool
    record: str

    @property
    def pack(self) -> str:
        """The label of the pack that keeps the risk point."""
        return self.code.partition(".")[0]


def read(path: Path) -> dict[str, RiskPoint]:
    """The risk points of one register, by code; :class:`RiskPointError` for a wrong entry."""
    body = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    if not isinstance(body, dict):
        raise RiskPointError(f"{path}: not a list of risk points by code")
    return {code: _risk_point(path, code, entry) for code, entry in body.items()}


def _risk_point(path: Path, code: str, entry: Any) -> RiskPoint:
    where = f"{path}: {code}"
    if not isinstance(entry, dict) or set(entry) - _ALLOWED:
        raise RiskPointError(f"{where}: unknown fields {sorted(set(entry) - _ALLOWED)}")
    lacking = [field for field in _REQUIRED if not entry.get(field)]
    if lacking:
        raise RiskPointError(f"{where}: lacks {lacking}")
    if entry["level"] not in set(Severity):
        raise RiskPointError(f"{where}: level {entry['level']!r} is none of {[s.value for s in Severity]}")
    judged = bool(entry.get("judged_by_people", False))
    if judged != bool(entry.get("record")):
        raise RiskPointError(f"{where}: judged_by_people goes with the record that people leave")
    if not judged and not entry.get("rules"):
        raise RiskPointError(f"{where}: nothing watches it: name rules, or judged_by_people")
    return RiskPoint(
        code=code,
        title=entry["title"],
        seeds=tuple(entry["seeds"]),
        level=Severity(entry["level"]),
        owner=entry["owner"],
        measures=tuple(entry["measures"]),
        rules=tuple(entry.get("rules", ())),
        judged_by_people=judged,
        record=entry.get("record", ""),
    )


@cache
def risk_points() -> dict[str, RiskPoint]:
    """The risk points of all installed packs, by code."""
    found: dict[str, RiskPoint] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "risk_points.yaml"
        if path.is_file():
            found |= read(path)
    return dict(sorted(found.items()))


@cache
def watched() -> dict[str, str]:
    """The risk point that each rule watches, by the rule's code; a rule that two name is the first one's."""
    found: dict[str, str] = {}
    for code, point in risk_points().items():
        for rule in point.rules:
            found.setdefault(rule, code)
    return found

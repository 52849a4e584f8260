"""The rules that a scan did not ask, by what they wait for: hundreds wait for a few dozen ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from shouwang.risk import catalogue
from shouwang.risk.report import words
from shouwang.risk.rule import Rule
from shouwang.standards.reading import N_
from shouwang.workbench.asked import whole

PAGE = 100
"""So many rules of one group stand on a page."""

WHY = {"failed": N_("规则出错"), "no-ledger": N_("缺少台账"), "no-parameter": N_("等待参数")}
"""Why a rule was not asked, the gravest first."""


@dataclass
class Group:
    """What is missing, and the codes of the rules that wait for it."""

    status: str
    missing: str
    codes: list[str] = field(default_factory=list)

    @property
    def why(self) -> str:
        """The kind of reason."""
        return _(WHY[self.status]) if self.status in WHY else self.status

    @property
    def what(self) -> str:
        """What is missing, in words: a ledger, columns of one, a parameter."""
        if self.status == "no-ledger":
            name, _colon, columns = self.missing.partition(": ")
            title = words.ledger_title(name)
            if not columns:
                return title
            named = "、".join(words.translated(column) for column in columns.split(", "))
            return _("{ledger}缺栏目：{columns}").format(ledger=title, columns=named)
        declared = catalogue.parameters().get(self.missing)
        return words.translated(declared.label) if declared else self.missing

    @property
    def query(self) -> str:
        """The address of its rules, on the page of the scan."""
        return urlencode({"why": self.status, "missing": self.missing})


def groups(waits: Mapping[str, Mapping[str, Any]]) -> list[Group]:
    """What is missing, by reason, what most rules wait for first; a rule stands under all that it lacks."""
    found: dict[tuple[str, str], Group] = {}
    for code, wait in sorted(waits.items()):
        for missing in wait["missing"] or [""]:
            key = (wait["status"], missing)
            found.setdefault(key, Group(*key)).codes.append(code)
    order = list(WHY)

    def rank(group: Group) -> tuple[int, int, str]:
        kind = order.index(group.status) if group.status in order else len(order)
        return kind, -len(group.codes), group.missing

    return sorted(found.values(), key=rank)


@dataclass
class Opened:
    """One group with a page of its rules: each with its code and, where it failed, the error."""

    group: Group
    rows: list[tuple[Rule | None, str, str]]
    start: int

    @property
    def following(self) -> str:
        """The address of the next page; empty on the last."""
        end = self.start + PAGE
        return f"{self.group.query}&from={end}" if end < len(self.group.codes) else ""


def opened(
    waits: Mapping[str, Mapping[str, Any]], among: list[Group], given: Mapping[str, str]
) -> Opened | None:
    """The group that the address asks for; None where it asks for none that there is."""
    asked = (given.get("why", ""), given.get("missing", ""))
    group = next((g for g in among if (g.status, g.missing) == asked), None)
    if group is None:
        return None
    start = whole(given.get("from", "")) or 0
    rules = catalogue.rules()
    some = group.codes[start : start + PAGE]
    return Opened(group, [(rules.get(code), code, waits[code].get("error", "")) for code in some], start)

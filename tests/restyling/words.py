"""The words of ``words.yaml``: how other offices call tables, columns and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

_GIVEN: Final[Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
)

GENERAL: Final[Mapping[str, str]] = _GIVEN["general"]
"""Wordings of fields that mean the same in every ledger."""
WORDS: Final[Mapping[str, Mapping[str, str]]] = _GIVEN["columns"]
"""Wordings of the columns by ledger and field."""
GROUPS: Final[Mapping[str, Sequence[tuple[str, Sequence[str]]]]] = _GIVEN["groups"]
"""Headings over several columns, by ledger: (wordings, fields)."""
MONTH_GROUP: Final[str] = _GIVEN["months"]
"""Headings over the twelve months."""
TITLES: Final[Mapping[str, str]] = _GIVEN["titles"]
"""Titles by ledger."""
VALUES: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = _GIVEN["values"]
"""Spellings by ledger ("*" for all), field and value."""

OFTEN_GROUPED: Final = ("contribution_detail", "accident_stats")
"""Ledgers whose columns repeat under their groups."""

IDLE: Final[Sequence[tuple[str, Callable[[int], str | None]]]] = (
    ("备用", lambda i: None),
    ("镇街", lambda i: "望河街道"),
    ("录入人", lambda i: ("admin", "小周", "前台")[i % 3]),
    ("更新时间", lambda i: f"2024-01-{i % 28 + 1:02d} 09:{i % 60:02d}"),
    ("是否核对", lambda i: "√"),
    ("录入方式", lambda i: "导入"),
    ("审核状态", lambda i: "已审核"),
)
"""Columns that mean nothing to anybody's rules."""


def wordings(ledger: str, field: str, grouped: bool) -> list[str]:
    """How the column may be called, under a group heading or alone."""
    words = (WORDS[ledger].get(field) or GENERAL[field]).split()
    short = [word for word in words if word.endswith("!")]
    chosen = (short or words) if grouped else [word for word in words if word not in short]
    return [word.rstrip("!") for word in chosen]

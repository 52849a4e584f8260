"""What was planted, and the parameters under which it counts: ``truth.csv`` and ``parameters.yaml``."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

import yaml

from shouwang.risk import catalogue
from shouwang.synth.settings import Settings
from shouwang.synth.site import Case

COLUMNS: Final = ("case_id", "rule", "subject_id", "is_near_miss", "detail", "ledgers")
SOURCE: Final = "虚构城镇的取值"


class Truth:
    """Writes ``truth.csv`` as the town goes along, and counts. A context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hits: Counter[str] = Counter()
        self.near: Counter[str] = Counter()
        self._number = 0
        self._rules = catalogue.rules()
        self._stream: TextIO | None = None

    def __enter__(self) -> Truth:
        self._stream = self.path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\n")
        self._writer.writerow(COLUMNS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            self._stream.close()

    def add(self, cases: list[Case]) -> None:
        """Write the cases of a community."""
        for case in cases:
            self._number += 1
            (self.near if case.near else self.hits)[case.rule] += 1
            ledgers = ";".join(self._rules[case.rule].ledgers)
            self._writer.writerow(
                (f"C{self._number:07d}", case.rule, case.subject, int(case.near), case.detail, ledgers)
            )


def read(path: Path) -> list[dict[str, str]]:
    """The lines of a ``truth.csv``."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_parameters(settings: Settings, path: Path) -> None:
    """Write the limits that the truth rests on, in the form that ``scan --parameters`` reads."""
    body: dict[str, Any] = {}
    for name, value in settings.limits.items():
        plain = value.isoformat() if isinstance(value, dt.date) else value
        body[name] = [{"value": plain, "source": SOURCE}]
    text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)
    path.write_text(text, encoding="utf-8")

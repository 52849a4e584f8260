"""The account of the reading (``reading.json``) as a report shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shouwang.risk.report import words
from shouwang.risk.report.privacy import Privacy

REFUSALS_SHOWN = 200
"""So many refused cells are listed; ``rejected.xlsx`` has them all."""


@dataclass(frozen=True)
class SheetLine:
    """A sheet and what became of its rows; ``status`` is loaded, ignored or unrecognised."""

    file: str
    sheet: str
    status: str
    ledger: str
    rows: int
    loaded: int
    skipped: int
    rejected: int
    why: str
    nearest: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """A cell for which a row was refused; its value is not shown, it stands in the office's own file."""

    file: str
    sheet: str
    row: int
    header: str
    reason: str
    advice: str


@dataclass(frozen=True)
class Trouble:
    """A file or sheet that could not be read, and what to do."""

    file: str
    sheet: str
    text: str
    advice: str


class ReadingView:
    """The parts of a reading that a report shows. An empty reading is one that nobody passed on."""

    def __init__(self, reading: Mapping[str, Any], privacy: Privacy) -> None:
        self._body = reading
        self._privacy = privacy

    @property
    def known(self) -> bool:
        """Whether there is an account at all."""
        return bool(self._body)

    @property
    def database(self) -> bool:
        """Whether the rows came out of the database, and not out of a folder."""
        return bool(self._body.get("database"))

    @property
    def totals(self) -> Mapping[str, int]:
        """Files, sheets and rows: read, loaded, skipped, rejected."""
        empty = dict.fromkeys(("files", "sheets", "rows", "loaded", "skipped", "rejected"), 0)
        return {**empty, **self._body.get("totals", {})}

    @cached_property
    def inputs(self) -> dict[str, str]:
        """The hash of each file, by its path inside the folder."""
        files = self._body.get("files", ())
        return {self._privacy.place(f["path"]): f.get("sha256", "") for f in files}

    def _sheets(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        for file in self._body.get("files", ()):
            for sheet in file.get("sheets", ()):
                yield file, sheet

    @cached_property
    def sheets(self) -> list[SheetLine]:
        """All sheets, in the order of the reading."""
        return [
            SheetLine(
                file=self._privacy.place(file["path"]),
                sheet=self._privacy.place(sheet["name"]),
                status=sheet.get("status", "loaded"),
                ledger=words.ledger_title(sheet["ledger"]) if sheet.get("ledger") else "",
                rows=sheet.get("rows", 0),
                loaded=sheet.get("loaded", 0),
                skipped=sum(_count(rows) for rows in sheet.get("skipped", {}).values()),
                rejected=_count(sheet.get("rejected", ())),
                why=self._privacy.text(words.translated(sheet.get("why", ""))),
                nearest=words.ledger_title(sheet["nearest"]) if sheet.get("nearest") else "",
                missing=tuple(words.translated(label) for label in sheet.get("missing", ())),
            )
            for file, sheet in self._sheets()
        ]

    @property
    def recognised(self) -> list[SheetLine]:
        """The sheets that were loaded."""
        return [sheet for sheet in self.sheets if sheet.status == "loaded"]

    @property
    def unrecognised(self) -> list[SheetLine]:
        """The sheets that were not recognised, or could not be read."""
        return [sheet for sheet in self.sheets if sheet.status not in ("loaded", "ignored")]

    @cached_property
    def refusals(self) -> list[Refusal]:
        """The cells for which rows were refused."""
        return [
            Refusal(
                file=self._privacy.place(one["file"]),
                sheet=self._privacy.place(one["sheet"]),
                row=one["row"],
                header=one.get("header", ""),
                reason=words.translated(one.get("reason", "")),
                advice=words.translated(one.get("advice", "")),
            )
            for one in self._body.get("rejected", ())
        ]

    @cached_property
    def reasons(self) -> list[tuple[str, str, int]]:
        """Reason, advice and number of refused cells, most first."""
        found = Counter((one.reason, one.advice) for one in self.refusals)
        return [
            (reason, advice, n)
            for (reason, advice), n in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        ]

    @cached_property
    def troubles(self) -> list[Trouble]:
        """The files and sheets that could not be read."""
        return [
            Trouble(
                self._privacy.place(one["file"]),
                self._privacy.place(one.get("sheet", "")),
                self._privacy.text(words.translated(one.get("text", ""))),
                words.translated(one.get("advice", "")),
            )
            for one in self._body.get("problems", ())
        ]


def _count(ranges: Any) -> int:
    """How many rows a list of numbers and runs names: ``[[4, 6], 9]`` are four."""
    return sum(1 if isinstance(one, int) else one[1] - one[0] + 1 for one in ranges)

"""``findings.csv``: one line a finding, for programs and for whoever likes a plain table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from shouwang.risk.report import words
from shouwang.risk.report.view import Line, View

COLUMNS = (
    "rule",
    "severity",
    "subject",
    "subject_id",
    "division",
    "on",
    "amount",
    "because",
    "evidence",
    "id",
    "title",
    "pack",
    "subject_kind",
    "state",
    "key",
    "seeds",
    "remedy",
    "masking",
)

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without characters that no workbook or page may hold."""
    return _CONTROL.sub("", text)


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; plain negative numbers stay numbers.

    A leading apostrophe is the usual sign for "this is text" (OWASP, CSV injection). Full-width
    signs count too: some spreadsheets narrow them on opening.
    """
    text = plain(text)
    start = text.lstrip(" \u3000\u00a0")[:1]
    if (start and start in "=+-@＝＋－＠\t\r\n") and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def row(view: View, line: Line) -> list[str]:
    """The cells of one finding, in the order of :data:`COLUMNS`."""
    finding, rule = line.finding, line.rule
    return [
        rule.code,
        rule.severity.value,
        line.subject,
        line.subject_id,
        line.division,
        finding.on.isoformat() if finding.on else "",
        f"{finding.amount:.2f}" if finding.amount is not None else "",
        line.sentence,
        "; ".join(line.places),
        finding.id,
        words.translated(rule.title),
        rule.pack,
        rule.subject,
        line.state,
        line.key,
        ";".join(rule.seeds),
        words.translated(rule.remedy),
        "masked" if view.privacy.masked else f"unmasked: {view.privacy.reason}",
    ]


def rows(view: View) -> Iterator[list[str]]:
    """All findings, gravest first; those that are gone come last."""
    for line in (*view.lines, *view.gone):
        yield row(view, line)


def write_csv(view: View, path: Path) -> None:
    """Write the table in UTF-8 with a byte order mark, without which Excel misreads Chinese."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([harmless(cell) for cell in cells] for cells in rows(view))

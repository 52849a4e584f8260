"""The report of a scan: page, tables, working paper and manifest, all from one masked view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils import translation

from shouwang.risk.report.html import write_html
from shouwang.risk.report.manifest import write_manifest
from shouwang.risk.report.tables import write_csv
from shouwang.risk.report.view import View
from shouwang.risk.report.workbook import write_xlsx
from shouwang.risk.scan import Scan

WRITERS: Final[Mapping[str, Callable[[View, Path], None]]] = {"html": write_html, "xlsx": write_xlsx}
"""How a view becomes the page and the working paper."""


def write_report(
    scan: Scan,
    out: Path,
    *,
    reading: Mapping[str, Any] | None = None,
    indicators: Sequence[Any] = (),
    unmask: str = "",
    language: str = "zh-hans",
    office: str = "",
    previous: str = "",
    scan_id: str = "",
    also: Sequence[Path] = (),
) -> View:
    """Write ``report.html``, ``findings.csv``, ``findings.xlsx`` and ``manifest.json`` into ``out``.

    ``reading`` is the content of ``reading.json``, ``indicators`` the evaluations of indicators,
    ``unmask`` the reason for showing persons in clear (empty: they are masked), ``language``
    ``"zh-hans"`` or ``"en"``, ``office`` the name on the cover. ``previous`` is the id of the scan
    compared with, ``scan_id`` that of this one, by which the next finds it; ``also`` are further
    files in ``out`` that the manifest names (``reading.json``, ``rejected.xlsx``).

    Same scan, same bytes. The view that all were written from is returned.
    """
    out.mkdir(parents=True, exist_ok=True)
    with translation.override(language):
        view = View(scan, reading=reading, indicators=indicators, unmask=unmask, office=office)
        made = [out / "report.html", out / "findings.csv", out / "findings.xlsx"]
        write_html(view, made[0])
        write_csv(view, made[1])
        write_xlsx(view, made[2])
        write_manifest(view, out / "manifest.json", [*made, *also], scan_id, previous)
    return view

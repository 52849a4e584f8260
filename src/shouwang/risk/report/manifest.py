"""``manifest.json``: what a scan was made of, by hash, so that it can be repeated and compared.

No path of this machine and no time of day: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shouwang import __version__
from shouwang.risk.parameters import SINCE_EVER, Parameter
from shouwang.risk.report.view import View
from shouwang.snapshot.store import file_hash

FORMAT = "shouwang-scan/1"


def manifest(view: View, outputs: Iterable[Path], scan_id: str = "", previous: str = "") -> dict[str, Any]:
    """The manifest of a scan whose other ``outputs`` are already written.

    ``scan_id`` is the id under which the scan is kept, ``previous`` that of the one compared with.
    """
    scan = view.scan
    used = {name: p for o in scan.outcomes for name, p in o.used.items()}
    return {
        "format": FORMAT,
        "version": __version__,
        "scan": scan_id,
        "office": view.office,
        "as_of": scan.as_of.isoformat(),
        "masked": view.privacy.masked,
        "unmask_reason": view.privacy.reason,
        "input": view.reading.inputs,
        "snapshot": scan.snapshot.hash,
        "rules": {
            o.rule.code: {
                "sha256": scan.fingerprints.get(o.rule.code, ""),
                "status": o.status,
                "missing": list(o.missing),
                "parameters": sorted(o.used),
                "findings": len(o.findings),
            }
            for o in scan.outcomes
        },
        "parameters": {name: _parameter(p) for name, p in sorted(used.items())},
        "previous": {"scan": previous, "as_of": scan.compared.isoformat()} if scan.compared else None,
        "findings": {
            "total": len(view.lines),
            "new": sum(line.state == "new" for line in view.lines),
            "gone": len(view.gone),
        },
        "output": {path.name: file_hash(path) for path in sorted(outputs)},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    values = [
        {
            "from": None if v.start == SINCE_EVER else v.start.isoformat(),
            "value": list(v.value) if isinstance(v.value, tuple) else str(v.value),
            "division": v.division,
            "source": v.source,
        }
        for v in parameter.values
    ]
    digest = hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return {"values": values, "sha256": digest}


def write_manifest(
    view: View, path: Path, outputs: Iterable[Path], scan_id: str = "", previous: str = ""
) -> None:
    """Write the manifest beside the outputs that it names."""
    body = json.dumps(
        manifest(view, outputs, scan_id, previous), ensure_ascii=False, indent=1, sort_keys=True
    )
    path.write_text(body + "\n", encoding="utf-8")

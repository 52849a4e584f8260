"""Events as evidence: a file that an outsider can check without us, and a page that people can read.

Each event comes with its path to the root that its seal names, and the seals up to the last one, so that one
published seal proves all of them. ``check_evidence.py`` goes with it: forty lines of plain Python.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from shouwang.trail import merkle
from shouwang.trail.models import Event, Seal
from shouwang.trail.seal import leaf

CHECKER = Path(__file__).with_name("check_evidence.py")
MOST = 20_000
"""So many events go into one export."""


class TooMany(ValueError):
    """More events than one export takes."""


def _number(seals: list[Seal], event: int) -> Seal | None:
    return next((seal for seal in seals if seal.first <= event <= seal.last), None)


def _seals_over(events: list[Event]) -> list[Seal]:
    """The seals from the one over the first event to the last there is."""
    if not events:
        return []
    return list(Seal.objects.filter(last__gte=min(event.pk for event in events)).order_by("pk"))


def _proofs(seals: list[Seal], events: list[Event]) -> dict[int, tuple[int, list[tuple[str, str]]]]:
    """By event: the number of its seal and the path to that seal's root."""
    by_seal: dict[int, list[Event]] = defaultdict(list)
    known = {seal.pk: seal for seal in seals}
    for event in events:
        if (seal := _number(seals, event.pk)) is not None:
            by_seal[seal.pk].append(event)
    proofs = {}
    for number, below in by_seal.items():
        seal = known[number]
        rows = (
            Event.objects.filter(pk__gte=seal.first, pk__lte=seal.last)
            .order_by("pk")
            .values_list("pk", "digest")
        )
        numbers, hashes = [], []
        for key, digest in rows.iterator(chunk_size=10_000):
            numbers.append(key)
            hashes.append(merkle.leaf_hash(leaf(key, digest)))
        places = {key: index for index, key in enumerate(numbers)}
        paths = merkle.sided_paths(hashes, [places[event.pk] for event in below])
        for event, path in zip(below, paths, strict=True):
            proofs[event.pk] = (number, [(side, node.hex()) for side, node in path])
    return proofs


def body_of(events: Iterable[Event]) -> dict[str, Any]:
    """The export as plain data; :class:`TooMany` for more than :data:`MOST`."""
    found = list(events)
    if len(found) > MOST:
        raise TooMany(len(found))
    seals = _seals_over(found)
    proofs = _proofs(seals, found)
    told = []
    for event in found:
        number, path = proofs.get(event.pk, (0, []))
        told.append({"number": event.pk, "parts": event.parts(), "seal": number, "path": path})
    return {
        "about": "events of the trail with their proofs; check with check_evidence.py",
        "events": told,
        "seals": [
            {
                "number": seal.pk,
                "previous": seal.previous,
                "moment": seal.moment,
                "first": seal.first,
                "last": seal.last,
                "count": seal.count,
                "root": seal.root,
                "digest": seal.digest,
            }
            for seal in seals
        ],
    }


def evidence(events: Iterable[Event], title: str, by: str, now: dt.datetime) -> bytes:
    """A zip with the data, a page to read and the program that checks; ``by`` is who exported it."""
    found = list(events)
    body = body_of(found)
    sealed = {event["number"]: event["seal"] for event in body["events"]}
    page = render_to_string(
        "trail/evidence.html",
        {
            "title": title,
            "by": by,
            "now": now,
            "rows": [(event, sealed[event.pk]) for event in found],
            "seals": [seal for seal in body["seals"] if seal["number"] in set(sealed.values())],
            "last": body["seals"][-1] if body["seals"] else None,
        },
    )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("evidence.json", json.dumps(body, ensure_ascii=False, indent=1))
        archive.writestr("evidence.html", page)
        archive.writestr(CHECKER.name, CHECKER.read_text(encoding="utf-8"))
    return packed.getvalue()

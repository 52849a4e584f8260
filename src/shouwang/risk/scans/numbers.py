"""The ID numbers behind the pseudonyms of a snapshot, out of the records themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shouwang.ledger import identity
from shouwang.ledger.catalogue import ledgers
from shouwang.snapshot.database import Origin
from shouwang.standards.batches import batches

CHUNK: Final = 500


def numbers_behind(origins: Mapping[tuple[str, int], Origin]) -> dict[str, str]:
    """The number of every person in these rows by the pseudonym that a snapshot has in its place."""
    by_ledger: dict[str, set[int]] = {}
    for (name, _ref), origin in origins.items():
        by_ledger.setdefault(name, set()).add(origin.record)
    found: dict[str, str] = {}
    for name, keys in by_ledger.items():
        spec = ledgers()[name]
        if not spec.persons:
            continue
        for some in batches(sorted(keys), CHUNK):
            rows = spec.model._default_manager.filter(pk__in=some)
            for numbers in rows.values_list(*spec.persons):
                found.update((identity.pseudonym(n), n) for n in numbers if n)
    return found

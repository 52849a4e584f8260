"""The catalogue of all ledgers that the installed rooms and packs declare."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from shouwang.ledger.base import Ledger, SheetSpec


@cache
def ledgers() -> dict[str, SheetSpec]:
    """All declared ledgers by name (``"assistance.payment"``), sorted by name."""
    found = {
        model.spec.name: model.spec
        for model in apps.get_models()
        if issubclass(model, Ledger) and "spec" in model.__dict__
    }
    return dict(sorted(found.items()))


def ledger(name: str) -> SheetSpec:
    """The ledger of that name; ``KeyError`` names the nearest when there is none."""
    return ledgers()[name]

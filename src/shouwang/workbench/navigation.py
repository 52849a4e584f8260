"""The navigation: what each area offers, shown to whom it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.access.rights import SIGNED_IN
from shouwang.access.scope import may
from shouwang.standards.reading import N_

AREAS = ("people", "ledgers", "findings", "figures", "bulletin", "sending", "trail")
"""The areas of pages, packages of this one; each with ``urls.py``."""

GROUPS = {
    "": "",
    "findings": N_("问题"),
    "ledgers": N_("台账"),
    "figures": N_("指标与报表"),
    "settings": N_("管理"),
}
"""The groups of the navigation in their order, with their headings."""


@dataclass(frozen=True)
class Item:
    """A page in the navigation: its route's name, label, icon, the right it needs.

    The name goes without ``workbench:``; that of a room above with its own namespace (``connect:tokens``).
    """

    route: str
    label: str
    icon: str
    right: str = SIGNED_IN
    group: str = ""

    @property
    def address(self) -> str:
        """The path of the page."""
        return reverse(self.route if ":" in self.route else f"workbench:{self.route}")


@dataclass(frozen=True)
class Entry:
    """An item as a template shows it."""

    label: str
    icon: str
    address: str
    current: bool


def area_urls() -> Iterator[str]:
    """The dotted names of the ``urls.py`` of the areas that are built, in order."""
    for area in AREAS:
        package = f"shouwang.workbench.{area}"
        if find_spec(package) and find_spec(f"{package}.urls"):
            yield f"{package}.urls"


_OFFERED: list[Item] = []


def offer(*more: Item) -> None:
    """Let a room above this one put its pages into the navigation; called when its app is ready."""
    _OFFERED.extend(item for item in more if item not in _OFFERED)


@cache
def items() -> tuple[Item, ...]:
    """What all areas offer, home first; within a group in the order of areas."""
    found = [Item("home", N_("首页"), "home")]
    for module in area_urls():
        found += getattr(import_module(module), "NAV", ())
    found += _OFFERED
    unknown = {item.group for item in found} - set(GROUPS)
    if unknown:
        raise ValueError(f"no such group of the navigation: {sorted(unknown)}; there are {sorted(GROUPS)}")
    return tuple(found)


def navigation(user: Any, path: str) -> list[tuple[str, list[Entry]]]:
    """The groups with the entries that the user may open; the one the path lies below is current.

    Of several entries above the path the one with the longest address is current.
    """
    allowed = [(i, i.address) for i in items() if i.right == SIGNED_IN or may(user, i.right)]
    above = [a for _i, a in allowed if path == a or (a != "/" and path.startswith(a))]
    current = max(above, key=len, default="")
    shown = []
    for group, label in GROUPS.items():
        entries = [
            Entry(_(i.label), i.icon, address, address == current)
            for i, address in allowed
            if i.group == group
        ]
        if entries:
            shown.append((_(label) if label else "", entries))
    return shown

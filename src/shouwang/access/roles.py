"""The catalogue of roles (角色), kept as data in ``roles.yaml``.

::

    cashier:
      label: 出纳
      about: 每村只设一名
      seeds: [S9-05]
      levels: [community]               # where such a post exists; left out: anywhere
      each: community                   # every division of this level needs one; left out: none must
      one: true                         # one holder a division at a time; left out: any number
      sees: area                        # area (default) | own | assigned
      needs_organisation: true          # the post names its organisation, as a beat officer's police station
      mfa: true                         # holders sign in with a second factor
      conflicts_with: [accountant]      # nobody holds both in the same place at the same time
      grants:
        - {may: [ledger.view, ledger.change], on: [accounting.cash_journal]}

A grant's ``on`` names ledgers, rules or what events tell of by pattern; left out it means everything. ``own``
are rows that name the post's organisation or person, ``assigned`` what was assigned to the post.

``SHOUWANG_HOME/roles.yaml`` lies over it: the keys it gives replace those of a role, a role with nothing
behind its name is taken away, other names are further roles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from shouwang.access.rights import RIGHTS
from shouwang.home import home
from shouwang.standards.division import Level

Sees = Literal["area", "own", "assigned"]
LEVELS = tuple(level.name.lower() for level in Level)
BUILT_IN = Path(__file__).with_name("roles.yaml")
OVERLAY = "roles.yaml"


class RoleError(ValueError):
    """A role that can't be read: names file, role and what is wrong."""


def as_regex(pattern: str) -> str:
    """A pattern of a grant as an expression that SQLite (Python's) and PostgreSQL read alike.

    What ``fnmatch.translate`` makes names groups, which PostgreSQL does not know. Subjects hold no brackets.
    """
    said = {"*": ".*", "?": "."}
    return "^" + "".join(said.get(c, re.escape(c)) for c in pattern) + "$"


@dataclass(frozen=True)
class Grant:
    """Rights on subjects by pattern."""

    may: frozenset[str]
    on: tuple[str, ...]

    def covers(self, right: str, subject: str) -> bool:
        """Whether it gives the right on the subject; an empty subject asks for it on anything at all."""
        return right in self.may and (
            not subject or any(fnmatchcase(subject, pattern) for pattern in self.on)
        )

    def within(self, limit: Grant) -> Grant:
        """What both give: the rights of both, on the narrower of each pair of patterns that overlap."""
        on = {
            mine if fnmatchcase(mine, theirs) else theirs
            for mine in self.on
            for theirs in limit.on
            if fnmatchcase(mine, theirs) or fnmatchcase(theirs, mine)
        }
        return Grant(self.may & limit.may, tuple(sorted(on)))


@dataclass(frozen=True)
class Role:
    """A role with the requirements it comes from. What the fields mean stands at the head of this module."""

    code: str
    label: str
    grants: tuple[Grant, ...] = ()
    about: str = ""
    seeds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    sees: Sees = "area"
    each: str = ""
    one: bool = False
    needs_organisation: bool = False
    mfa: bool = False
    conflicts_with: tuple[str, ...] = ()

    def may(self, right: str, subject: str = "") -> bool:
        """Whether a holder may do that on the subject (on anything at all when empty)."""
        return any(grant.covers(right, subject) for grant in self.grants)

    def patterns(self, right: str) -> tuple[str, ...]:
        """On what a holder has the right: the patterns of all grants that give it."""
        return tuple(pattern for grant in self.grants if right in grant.may for pattern in grant.on)

    def within(self, limit: Grant) -> Role:
        """The role with no more than the limit: whoever acts by a token."""
        grants = tuple(grant.within(limit) for grant in self.grants)
        return replace(self, grants=tuple(grant for grant in grants if grant.may and grant.on))

    def conflicts(self, other: Role) -> bool:
        """Whether one person may not hold both; said by either of them."""
        return other.code in self.conflicts_with or self.code in other.conflicts_with


TEXTS = ("label", "about", "each", "sees")
LISTS = ("seeds", "levels", "conflicts_with")
FLAGS = ("one", "needs_organisation", "mfa")
KEYS = (*TEXTS, *LISTS, *FLAGS, "grants")


class _Loader(yaml.SafeLoader):
    """YAML 1.2's booleans: only true and false, so that the key ``on`` is a word."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _entries(path: Path) -> dict[str, Any]:
    """The body of a role file."""
    try:
        body = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RoleError(f"{path}: not a YAML file: {error}") from error
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise RoleError(f"{path}: roles by name are wanted, not {type(body).__name__}")
    for code, entry in body.items():
        where = f"{path}: {code}"
        if entry is not None and not isinstance(entry, dict):
            raise RoleError(f"{where}: keys and values are wanted, not {entry!r}")
        unknown = set(entry or {}) - set(KEYS)
        if unknown:
            raise RoleError(f"{where}: no such key: {', '.join(sorted(map(str, unknown)))}; there are {KEYS}")
    return body


def read(path: Path, overlay: Path | None = None) -> dict[str, Role]:
    """The roles of a file, with another one over it; :class:`RoleError` for one that is none."""
    base = _entries(path)
    entries = {code: (path, dict(entry or {})) for code, entry in base.items()}
    for code, entry in _entries(overlay).items() if overlay is not None else ():
        if entry is None:
            entries.pop(code, None)
        else:
            entries[code] = (overlay or path, {**entries.get(code, (path, {}))[1], **entry})
    found = {code: _role(f"{source}: {code}", code, entry) for code, (source, entry) in entries.items()}
    for code, role in found.items():
        # A role that the office took away conflicts with nobody; one that never was is a slip.
        unknown = set(role.conflicts_with) - set(found) - set(base)
        if unknown:
            raise RoleError(
                f"{entries[code][0]}: {code}: conflicts with no role: {', '.join(sorted(unknown))}"
            )
    return found


def _role(where: str, code: str, entry: dict[str, Any]) -> Role:
    values: dict[str, Any] = {}
    for key in TEXTS:
        if key in entry and not isinstance(entry[key], str | None):
            raise RoleError(f"{where}: {key} is a text, not {entry[key]!r}")
        values[key] = entry.get(key) or ""
    for key in LISTS:
        value = entry.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RoleError(f"{where}: {key} is a list of words, not {value!r}")
        values[key] = tuple(value)
    for key in FLAGS:
        if not isinstance(entry.get(key, False), bool):
            raise RoleError(f"{where}: {key} is true or false, not {entry[key]!r}")
        values[key] = entry.get(key, False)
    if not values["label"]:
        raise RoleError(f"{where}: a label is wanted")
    if set(values["levels"]) - set(LEVELS) or values["each"] not in ("", *LEVELS):
        raise RoleError(f"{where}: levels and each are of {', '.join(LEVELS)}")
    values["sees"] = values["sees"] or "area"
    if values["sees"] not in ("area", "own", "assigned"):
        raise RoleError(f"{where}: sees is area, own or assigned")
    return Role(code, grants=_grants(where, entry.get("grants") or []), **values)


def _grants(where: str, entries: Any) -> tuple[Grant, ...]:
    grants = []
    for grant in entries if isinstance(entries, list) else [entries]:
        if (
            not isinstance(grant, dict)
            or set(grant) - {"may", "on"}
            or not isinstance(grant.get("may"), list)
        ):
            raise RoleError(f"{where}: a grant is {{may: [rights], on: [patterns]}}, not {grant!r}")
        may = frozenset(grant["may"])
        if may - set(RIGHTS):
            raise RoleError(f"{where}: no such right: {', '.join(sorted(map(str, may - set(RIGHTS))))}")
        on = grant.get("on", ["*"])
        if not isinstance(on, list) or not on or not all(isinstance(pattern, str) for pattern in on):
            raise RoleError(f"{where}: on is a list of patterns such as assistance.*, not {on!r}")
        grants.append(Grant(may, tuple(on)))
    return tuple(grants)


@cache
def roles() -> dict[str, Role]:
    """The roles of this installation by code; read once, so a changed file counts from the next start."""
    overlay = home() / OVERLAY
    return read(BUILT_IN, overlay if overlay.is_file() else None)

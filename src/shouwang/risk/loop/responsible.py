"""Which post answers for a finding, and which is above it, as ``responsibility.yaml`` says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from shouwang.access.models import Post, current, full
from shouwang.access.roles import roles
from shouwang.home import home
from shouwang.risk.risk_points import risk_points

FILE = "responsibility.yaml"
WIDTHS = (15, 12, 9, 6, 4, 2)
_KEYS = {"owners", "packs", "otherwise", "above", "sensitive"}


class ResponsibilityError(ValueError):
    """A file of responsibilities that can't be read: names file, key and what is wrong."""


@dataclass(frozen=True)
class Rules:
    """What ``responsibility.yaml`` says."""

    owners: dict[str, tuple[str, ...]]
    packs: dict[str, tuple[str, ...]]
    otherwise: tuple[str, ...]
    above: dict[str, tuple[str, ...]]
    sensitive: tuple[str, ...]

    def is_sensitive(self, code: str) -> bool:
        """Whether findings of that code are shown only to those named."""
        return any(fnmatchcase(code, pattern) for pattern in self.sensitive)


def read(path: Path) -> dict[str, Any]:
    """The keys of one file; :class:`ResponsibilityError` for one that is none."""
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (ValueError, yaml.YAMLError) as error:
        raise ResponsibilityError(f"{path}: {error}") from error
    if not isinstance(body, dict) or set(body) - _KEYS:
        unknown = sorted(set(body) - _KEYS) if isinstance(body, dict) else body
        raise ResponsibilityError(f"{path}: knows {sorted(_KEYS)}, not {unknown}")
    for key in ("owners", "packs", "above"):
        for name, listed in (body.get(key) or {}).items():
            _roles(path, f"{key}: {name}", listed)
    if body.get("otherwise"):
        _roles(path, "otherwise", body["otherwise"])
    return body


def _roles(path: Path, where: str, listed: Any) -> None:
    if not isinstance(listed, list) or not all(isinstance(role, str) for role in listed):
        raise ResponsibilityError(f"{path}: {where}: a list of roles is wanted, not {listed!r}")


def rules() -> Rules:
    """What counts in this installation: the package's file with the office's own on top."""
    own = home() / FILE
    try:
        stamp = own.stat().st_mtime_ns
    except FileNotFoundError:
        stamp = 0
    return _rules(own, stamp)


@lru_cache(maxsize=4)
def _rules(own: Path, stamp: int) -> Rules:
    body = read(Path(__file__).with_name(FILE))
    if stamp:
        for key, given in read(own).items():
            body[key] = {**body[key], **given} if isinstance(given, dict) else given
    return Rules(
        **{key: {n: tuple(r) for n, r in body[key].items()} for key in ("owners", "packs", "above")},
        otherwise=tuple(body["otherwise"]),
        sensitive=tuple(body["sensitive"]),
    )


@dataclass
class Register:
    """All posts with who holds them today, read once for any number of findings."""

    day: dt.date = field(default_factory=timezone.localdate)
    kept: dict[Any, list[set[int]]] = field(default_factory=dict)
    """What was worked out from it once already."""

    def __post_init__(self) -> None:
        self.rules = rules()
        posts = list(Post.objects.select_related("area"))
        self.posts = {post.pk: post for post in posts}
        self.holders: dict[int, list[int]] = {}
        for appointment in current(self.day).filter(user__is_active=True):
            self.holders.setdefault(appointment.post_id, []).append(appointment.user_id)
        self._by_role: dict[tuple[str, str], list[Post]] = {}
        self._by_title: dict[tuple[str, str], list[Post]] = {}
        for post in posts:
            self._by_role.setdefault((post.role, post.area.code), []).append(post)
            self._by_title.setdefault((post.title, post.area.code), []).append(post)

    def users(self, post: int | None) -> list[int]:
        """The users who hold a post today."""
        return self.holders.get(post, []) if post is not None else []

    def holding(self, right: str, subject: str) -> set[int]:
        """The users who today hold a post with that right on the subject."""
        found: set[int] = set()
        for post in self.posts.values():
            role = roles().get(post.role)
            if role is not None and role.may(right, subject):
                found.update(self.users(post.pk))
        return found

    def post_for(self, code: str, risk_point: str, division_code: str) -> Post | None:
        """The post that answers for a finding: one that is held today if there is one.

        Of the posts that come into question the one nearest to the finding's division counts.
        """
        owner = known.owner if (known := risk_points().get(risk_point)) else ""
        named = self._near(self._by_title, (owner,), division_code) if owner else []
        candidates = [p for p in named if _may_rectify(p, code)]
        pack = code.partition(".")[0]
        for wanted in (
            self.rules.owners.get(owner, ()),
            self.rules.packs.get(pack, ()),
            self.rules.otherwise,
        ):
            candidates += [
                p for p in self._near(self._by_role, wanted, division_code) if _may_rectify(p, code)
            ]
        held = next((p for p in candidates if self.holders.get(p.pk)), None)
        return held or next(iter(candidates), None)

    def above(self, post: int) -> Post | None:
        """The post to which an overdue finding of this post goes next; None at the top or where nobody is."""
        known = self.posts.get(post)
        if known is None:
            return None
        listed = self.rules.above.get(known.role)
        wanted = listed if listed is not None else (*self.rules.otherwise, "leader")
        found = self._near(self._by_role, wanted, known.area.code)
        return next((p for p in found if p.pk != post and self.holders.get(p.pk)), None)

    def _near(self, index: dict[tuple[str, str], list[Post]], names: Iterable[str], code: str) -> list[Post]:
        """The posts of these names over a division: by name in the order given, the nearest first."""
        found: list[Post] = []
        for name in names:
            for area in _upwards(code):
                found += index.get((name, area), [])
        return found


def _upwards(code: str) -> list[str]:
    """A division and all it lies in, in full width, the smallest first."""
    return list(dict.fromkeys(full(code[:width]) for width in WIDTHS))


def _may_rectify(post: Post, code: str) -> bool:
    role = roles().get(post.role)
    return role is not None and role.may("finding.rectify", code)

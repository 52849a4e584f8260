"""Outlines of divisions: read, kept, and drawn as a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from shouwang import trail
from shouwang.access.models import Area, code_range
from shouwang.risk.rule import Severity
from shouwang.standards.division import significant
from shouwang.workbench.figures import drawing
from shouwang.workbench.figures.geojson import Feature, read
from shouwang.workbench.figures.standing import View, cells
from shouwang.workbench.models import Boundary

CLASSES = 5
"""Classes of colour above none."""


@dataclass
class Taken:
    """What became of a file: outlines kept, and the features that fit no division."""

    kept: int = 0
    unmatched: list[Feature] = field(default_factory=list)


def within(ranges: Iterable[tuple[str, str]], column: str) -> Q:
    """The condition that a code lies in one of these ranges."""
    condition = Q(pk__in=[])
    for low, high in ranges:
        condition |= Q(**{f"{column}__gte": low, f"{column}__lte": high})
    return condition


def take(body: bytes, name: str, *, ranges: Collection[tuple[str, str]], skip: bool) -> Taken:
    """Keep the outlines of a file, each for the division that its code or name says; all or nothing.

    Divisions outside of ``ranges`` fit nothing. Where a feature fits none, nothing is kept unless ``skip``.
    Raises :class:`~shouwang.workbench.figures.geojson.GeoJSONError`.
    """
    features = read(body)
    areas = list(Area.objects.filter(within(ranges, "code")))
    by_code = {area.code: area for area in areas}
    named: dict[str, list[Area]] = {}
    for area in areas:
        for text in {area.name, *area.aliases.split("\n")} - {""}:
            named.setdefault(text, []).append(area)
    taken = Taken()
    matched: dict[int, tuple[Area, Feature]] = {}
    for feature in features:
        found = by_code.get(feature.code.ljust(15, "0")) if feature.code else None
        candidates = named.get(feature.name, [])
        if found is None and not feature.code and len(candidates) == 1:
            found = candidates[0]
        if found is None or found.pk in matched:
            taken.unmatched.append(feature)
        else:
            matched[found.pk] = (found, feature)
    if not matched or (taken.unmatched and not skip):
        return taken
    with trail.change("area.boundary") as doing:
        there = {b.area_id: b for b in Boundary.objects.filter(area__in=list(matched))}
        for key, (area, feature) in matched.items():
            boundary = there.get(key) or Boundary(area=area)
            boundary.polygons, boundary.file = feature.polygons, name[:200]
            boundary.save()
        doing.note("workbench.boundary", "", file=name[:200], features=len(features), kept=len(matched))
    taken.kept = len(matched)
    return taken


def known(ranges: Collection[tuple[str, str]]) -> list[Boundary]:
    """The outlines there are, without their points."""
    rows = Boundary.objects.filter(within(ranges, "area__code")).select_related("area").defer("polygons")
    return list(rows.order_by("area__code"))


@dataclass(frozen=True)
class Shape:
    """A division as the map shows it."""

    name: str
    path: str
    x: float
    y: float
    colour: int
    total: int
    counts: tuple[tuple[str, int], ...]
    overdue: int
    link: str


@dataclass(frozen=True)
class Drawing:
    """A map: its size, its shapes, what the colours mean, and how much lies in no shape."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    steps: tuple[tuple[int, int], ...]
    elsewhere: int


def draw(view: View, root: Area) -> Drawing | None:
    """The lowest divisions in ``root`` that have an outline, with what is open in each; None without any."""
    low, high = code_range(root.code)
    rows = list(
        Boundary.objects.filter(area__code__gte=low, area__code__lte=high)
        .select_related("area")
        .order_by("area__code")
    )
    if not rows:
        return None
    # Where grids have outlines, their community's would hide them.
    prefixes = [significant(row.area.code) for row in rows]
    leaves = [
        row
        for row, own in zip(rows, prefixes, strict=True)
        if not any(other != own and other.startswith(own) for other in prefixes)
    ]
    ranges = [(code_range(row.area.code), row.area.code) for row in leaves]
    counts: dict[str, Counter[str]] = {row.area.code: Counter() for row in leaves}
    late: Counter[str] = Counter()
    elsewhere = 0
    for cell in cells(view, "division_code"):
        for (first, last), code in ranges:
            if first <= cell.key <= last:
                counts[code][cell.severity] += cell.count
                late[code] += cell.count if cell.overdue else 0
                break
        else:
            elsewhere += cell.count
    most = max((sum(c.values()) for c in counts.values()), default=0)
    projection = drawing.fit(ring for row in leaves for ring in row.rings())
    shapes = []
    for row in leaves:
        code = row.area.code
        total = sum(counts[code].values())
        x, y = drawing.middle(row.polygons, projection)
        shapes.append(
            Shape(
                name=row.area.name,
                path=drawing.path(row.polygons, projection),
                x=x,
                y=y,
                colour=_class(total, most),
                total=total,
                counts=tuple((s.value, counts[code][s.value]) for s in Severity),
                overdue=late[code],
                link=view.link(division=code),
            )
        )
    steps = tuple(
        _bounds(k, most) for k in range(1, CLASSES + 1) if most and _bounds(k, most)[0] <= _bounds(k, most)[1]
    )
    return Drawing(drawing.WIDTH, projection.height, tuple(shapes), steps, elsewhere)


def _class(total: int, most: int) -> int:
    """The class of colour: 0 for none, else 1 to :data:`CLASSES` in equal steps up to the most."""
    return 0 if not total else min(CLASSES, (total * CLASSES + most - 1) // most)


def _bounds(step: int, most: int) -> tuple[int, int]:
    """The smallest and largest number of a class."""
    return (step - 1) * most // CLASSES + 1, step * most // CLASSES

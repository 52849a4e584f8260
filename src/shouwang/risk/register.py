"""The risk register (风险清单) as an office sees it: the packs' points with the office's words on top."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import User
from shouwang.access.scope import may
from shouwang.risk import catalogue
from shouwang.risk.loop.machine import OPEN
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models.register import DEGREES, Matrix, Measure, PointCard
from shouwang.risk.risk_points import RiskPoint, risk_points
from shouwang.risk.rule import Severity

MONTHS: Final = 12


class RegisterRefused(Exception):
    """A change of the register that can't be made; says why and what to do."""


def default_matrix() -> list[list[str]]:
    """The matrix of an office that set none: high from 15, medium from 6 of likelihood times impact.

    The form is that of GB/T 27921-2023 (风险评估技术), 风险矩阵; it leaves the bounds to the user.
    """

    def level(product: int) -> str:
        return "high" if product >= 15 else "medium" if product >= 6 else "low"

    return [[level(i * j) for j in range(1, DEGREES + 1)] for i in range(1, DEGREES + 1)]


def matrix() -> list[list[str]]:
    """The matrix in force."""
    found = Matrix.objects.first()
    return list(found.cells) if found else default_matrix()


def set_matrix(user: User, cells: list[list[str]], *, reason: str) -> None:
    """Change the matrix. Levels that cards show follow it."""
    if not may(user, "risk_point.change"):
        raise RegisterRefused(_("您的岗位不能维护风险点"))
    if not reason.strip():
        raise RegisterRefused(_("请写明理由"))
    with trail.change("risk_point.matrix", reason=reason):
        made = Matrix.objects.select_for_update().first() or Matrix()
        made.cells = cells
        try:
            made.full_clean()
        except ValidationError as error:
            raise RegisterRefused(" ".join(error.messages)) from error
        made.save()


@dataclass
class Point:
    """A risk point as an office sees it.

    ``inherent`` is its level before and ``residual`` after the measures, None where nobody has assessed that.
    """

    code: str
    title: str
    pack: str
    owner: str
    inherent: Severity | None
    residual: Severity | None
    card: PointCard | None
    given: RiskPoint | None
    rules: tuple[str, ...]
    measures: list[Measure] = field(default_factory=list)
    open: int = 0
    closed: int = 0
    months: dict[str, int] = field(default_factory=dict)
    held: bool = False

    @property
    def texts(self) -> list[str]:
        """All measures in words: the pack's, then the office's that are in force."""
        own = [m.text for m in self.measures if m.active]
        return [*(self.given.measures if self.given else ()), *own]

    @property
    def lacks(self) -> list[str]:
        """What is missing: ``rule``, ``owner`` (nobody holds such a post), ``measure``, ``residual``."""
        found = []
        if not self.rules and not (self.given and self.given.judged_by_people):
            found.append("rule")
        if not self.owner or not self.held:
            found.append("owner")
        if not self.texts:
            found.append("measure")
        if self.residual is None:
            found.append("residual")
        return found


class RegisterView:
    """The register for a user: the points of the packs they may see, with the findings in their scope."""

    def __init__(self, user: User, *, today: dt.date | None = None) -> None:
        self.user = user
        self.today = today or timezone.localdate()

    @cached_property
    def points(self) -> list[Point]:
        """All points, by pack and code. The number of queries is fixed."""
        cards = {card.code: card for card in PointCard.objects.all()}
        given = risk_points()
        codes = sorted({*given, *(c for c, card in cards.items() if card.own)})
        visible = [code for code in codes if may(self.user, "risk_point.view", code)]
        measures: dict[str, list[Measure]] = {}
        for measure in Measure.objects.all():
            measures.setdefault(measure.code, []).append(measure)
        cells, people = matrix(), Register(self.today)
        points = [self._point(code, given.get(code), cards.get(code), cells) for code in visible]
        for point in points:
            point.measures = measures.get(point.code, [])
            # Where nothing has been found yet, the office's uppermost division stands for the place.
            point.held = bool(point.owner) and _held(people, point)
        self._count(points)
        return points

    def point(self, code: str) -> Point | None:
        """One of them."""
        return next((p for p in self.points if p.code == code), None)

    def _point(
        self, code: str, given: RiskPoint | None, card: PointCard | None, cells: list[list[str]]
    ) -> Point:
        assessed = _level(cells, card.inherent_likelihood, card.inherent_impact) if card else None
        residual = _level(cells, card.residual_likelihood, card.residual_impact) if card else None
        return Point(
            code=code,
            title=(card.title if card and card.title else "") or (_(given.title) if given else code),
            pack=code.partition(".")[0],
            owner=(card.owner if card and card.owner else "") or (given.owner if given else ""),
            inherent=assessed or (given.level if given else None),
            residual=residual,
            card=card,
            given=given,
            rules=tuple(r for r in (given.rules if given else ()) if r in catalogue.rules()),
        )

    def _count(self, points: list[Point]) -> None:
        seen = Sight(self.user).visible()
        by_point = {p.code: p for p in points}
        rows = (
            seen.order_by()
            .values("risk_point")
            .annotate(
                open=Count("pk", filter=Q(status__in=sorted(OPEN))),
                closed=Count("pk", filter=Q(status="closed")),
            )
        )
        for row in rows:
            if row["risk_point"] in by_point:
                point = by_point[row["risk_point"]]
                point.open, point.closed = row["open"], row["closed"]
        since = (self.today.replace(day=1) - dt.timedelta(days=31 * (MONTHS - 1))).replace(day=1)
        monthly = (
            seen.filter(found_at__date__gte=since)
            .order_by()
            .values("risk_point", month=TruncMonth("found_at"))
            .annotate(count=Count("pk"))
        )
        for told in monthly:
            if told["risk_point"] in by_point:
                by_point[told["risk_point"]].months[told["month"].strftime("%Y-%m")] = told["count"]

    @cached_property
    def grid(self) -> dict[tuple[int, int], list[Point]]:
        """The points with a residual level by (likelihood, impact), for the matrix."""
        found: dict[tuple[int, int], list[Point]] = {}
        for point in self.points:
            if point.card and point.card.residual_likelihood and point.card.residual_impact:
                place = (point.card.residual_likelihood, point.card.residual_impact)
                found.setdefault(place, []).append(point)
        return found

    @cached_property
    def lacking(self) -> Counter[str]:
        """How many points lack what."""
        return Counter(what for point in self.points for what in point.lacks)

    @cached_property
    def by_kind(self) -> Counter[str]:
        """How many of the office's measures work by what (示范带廉、责任促廉、机制保廉)."""
        return Counter(m.kind for point in self.points for m in point.measures if m.active)


def _level(cells: list[list[str]], likelihood: int | None, impact: int | None) -> Severity | None:
    if likelihood is None or impact is None:
        return None
    return Severity(cells[likelihood - 1][impact - 1])


def _held(people: Register, point: Point) -> bool:
    """Whether somebody holds a post that answers for the point anywhere in the office."""
    titles = {post.title: post for post in people.posts.values()}
    named = titles.get(point.owner)
    if named is not None and people.users(named.pk):
        return True
    wanted = people.rules.owners.get(point.owner) or people.rules.packs.get(point.pack, ())
    return any(post.role in wanted and people.users(post.pk) for post in people.posts.values())


_LEVELS = ("inherent_likelihood", "inherent_impact", "residual_likelihood", "residual_impact")


def assess(user: User, code: str, version: int, *, reason: str, **given: Any) -> PointCard:
    """Write an office's assessment of a risk point: levels, owner, note; of ``own`` points the title."""
    _may_change(user, code)
    if not reason.strip():
        raise RegisterRefused(_("请写明理由"))
    with trail.change("risk_point.assess", reason=reason):
        card = PointCard.objects.select_for_update().filter(code=code).first()
        if card is None:
            if code not in risk_points():
                raise RegisterRefused(_("没有这个风险点"))
            card = PointCard(code=code)
        if card.version != version:
            raise RegisterRefused(_("刚刚有人改过这个风险点，请刷新页面再改"))
        for name in (*_LEVELS, "owner", "note", *(("title",) if card.own else ())):
            if name in given:
                setattr(card, name, given[name])
        card.version += 1
        _save(card)
    return card


def add_point(user: User, pack: str, title: str, owner: str = "", *, reason: str) -> PointCard:
    """Let an office keep a risk point of its own."""
    if not may(user, "risk_point.change", f"{pack}.own-1"):
        raise RegisterRefused(_("您的岗位不能维护这项业务的风险点"))
    with trail.change("risk_point.add", reason=reason):
        taken = PointCard.objects.select_for_update().filter(own=True, code__startswith=f"{pack}.own-")
        numbers = [int(c.rpartition("-")[2]) for c in taken.values_list("code", flat=True)]
        card = PointCard(
            code=f"{pack}.own-{max(numbers, default=0) + 1}",
            own=True,
            title=title.strip(),
            owner=owner.strip(),
        )
        card.version = 1
        _save(card)
    return card


def add_measure(user: User, code: str, text: str, *, reason: str = "", **given: Any) -> Measure:
    """Add a measure of the office to a risk point."""
    _may_change(user, code)
    measure = Measure(code=code, text=text.strip(), **given)
    with trail.change("risk_point.measure", reason=reason):
        _save(measure)
    return measure


def change_measure(user: User, key: int, *, reason: str = "", **given: Any) -> Measure:
    """Change a measure of the office: text, kind, who answers, when it is due or done, whether in force."""
    with trail.change("risk_point.measure", reason=reason):
        measure: Measure | None = Measure.objects.select_for_update().filter(pk=key).first()
        if measure is None:
            raise RegisterRefused(_("没有这项措施"))
        _may_change(user, measure.code)
        for name, value in given.items():
            setattr(measure, name, value)
        _save(measure)
    return measure


def _may_change(user: User, code: str) -> None:
    if not may(user, "risk_point.change", code):
        raise RegisterRefused(_("您的岗位不能维护这个风险点"))


def _save(record: PointCard | Measure) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise RegisterRefused(" ".join(error.messages)) from error
    record.save()

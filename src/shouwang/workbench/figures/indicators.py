"""Pages of indicators: all with how they stand; one with its bearers, its course and its targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.access.middleware import user_of
from shouwang.access.models import Area, User, code_range
from shouwang.access.rights import requires
from shouwang.access.scope import Scope, scope_of
from shouwang.indicator import targets
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.indicator import Indicator
from shouwang.indicator.judging import State, judge, saved
from shouwang.indicator.models import RecordedValue, Target
from shouwang.indicator.recording import direction_of
from shouwang.indicator.targets import Part, TargetError
from shouwang.risk.report import words
from shouwang.standards.masking import mask_text
from shouwang.standards.reading import N_
from shouwang.workbench.bulletin.facts import plain
from shouwang.workbench.figures.figure import Figure, Row, Series

STATES: dict[State, tuple[str, str, str]] = {
    "good": ("good", "circle-check", N_("达到")),
    "warn": ("warn", "alert-triangle", N_("接近")),
    "bad": ("bad", "circle-x", N_("未达到")),
    "": ("none", "minus", N_("不考核")),
}
"""Colour, icon and word of a state."""
BEARERS = 200
LATEST = 24


@dataclass(frozen=True)
class Standing:
    """A value beside its target, in words."""

    bearer: str
    period: str
    value: str
    target: str
    better: str
    state: State
    number: Decimal | None
    goal: Decimal | None

    @property
    def sign(self) -> tuple[str, str, str]:
        """Colour, icon and word."""
        colour, icon, word = STATES[self.state]
        return colour, icon, _(word)


def _standing(
    indicator: Indicator, row: RecordedValue, own: Target | None, names: dict[str, str]
) -> Standing:
    goal = own.value if own else row.declared
    way = direction_of(indicator, own)
    return Standing(
        bearer=row.unit or names.get(row.division_code, row.division_code),
        period=row.period,
        value=plain(row.value, indicator.unit) or "—",
        target=plain(goal, indicator.unit),
        better=plain(saved(way, row.value, goal), indicator.unit),
        state=judge(way, row.value, goal, own.warn if own else None),
        number=row.value,
        goal=goal,
    )


def _key(row: RecordedValue | Target) -> tuple[str, str, str, str]:
    return row.code, row.division_code, row.unit, row.period


def _targets(rows: Iterable[RecordedValue]) -> dict[tuple[str, str, str, str], Target]:
    codes = {row.code for row in rows}
    return {_key(t): t for t in Target.objects.filter(code__in=sorted(codes), post=None)}


def _seen(user: User) -> dict[str, Scope]:
    """Where the user may see which indicators; those they see nowhere are left out."""
    scopes = {code: scope_of(user, "indicator.view", code) for code in indicators()}
    return {code: scope for code, scope in scopes.items() if scope}


@dataclass(frozen=True)
class Place:
    """How the indicators of a division stand: counts by state, and those that miss or nearly miss."""

    code: str
    name: str
    counts: dict[State, int]
    wanting: tuple[tuple[Indicator, Standing], ...]

    @property
    def signs(self) -> list[tuple[str, str, str, int]]:
        """Colour, icon, word and count of each state that is judged, missed ones first."""
        return [(*STATES[state][:2], _(STATES[state][2]), self.counts[state]) for state in JUDGED]


JUDGED: tuple[State, ...] = ("bad", "warn", "good")
WANTING = 5
"""So many indicators that miss their target are named for a division."""


def places(user: User, root: Area) -> list[Place]:
    """The division and those below it, each with its indicators that have a target: three queries.

    Of each indicator the latest period of the division counts. A division without any judged is left out.
    """
    scopes, catalogue = _seen(user), indicators()
    low, high = code_range(root.code)
    rows = RecordedValue.objects.filter(
        current=True, unit="", code__in=sorted(scopes), division_code__gte=low, division_code__lte=high
    )
    later = RecordedValue.objects.filter(
        current=True,
        unit="",
        code=OuterRef("code"),
        division_code=OuterRef("division_code"),
        period__gt=OuterRef("period"),
    )
    latest = [row for row in rows.filter(~Exists(later)) if scopes[row.code].covers(row.division_code)]
    own = _targets(latest)
    names = dict(Area.objects.filter(code__gte=low, code__lte=high).values_list("code", "name"))
    found: dict[str, list[tuple[Indicator, Standing]]] = {}
    for row in latest:
        told = _standing(catalogue[row.code], row, own.get(_key(row)), names)
        if told.state and row.division_code in names:
            found.setdefault(row.division_code, []).append((catalogue[row.code], told))
    made = []
    for code in sorted(found):
        here = sorted(found[code], key=lambda pair: (JUDGED.index(pair[1].state), pair[0].label))
        counts = {state: sum(told.state == state for _one, told in here) for state in JUDGED}
        wanting = tuple(pair for pair in here if pair[1].state != "good")
        made.append(Place(code, names[code], counts, wanting[:WANTING]))
    return made


@require_GET
@requires("indicator.view")
def listing(request: HttpRequest) -> HttpResponse:
    """All indicators the user may see, each with its latest value in the highest division they see it for.

    With ``?division=`` the values of that division.
    """
    user = user_of(request)
    scopes = _seen(user)
    catalogue = {code: one for code, one in indicators().items() if code in scopes}
    rows = RecordedValue.objects.filter(current=True, unit="", code__in=sorted(catalogue))
    area = None
    if request.GET.get("division"):
        area = Area.objects.filter(code=request.GET["division"][:15]).first()
        if area is None or not any(scope.covers(area.code) for scope in scopes.values()):
            raise Http404
        rows = rows.filter(division_code=area.code)
    best: dict[str, RecordedValue] = {}
    for row in rows.order_by("code", "period", "-division_code"):
        if scopes[row.code].covers(row.division_code):
            best[row.code] = row  # the latest period, and in it the highest division, comes last
    own = _targets(best.values())
    names = dict(Area.objects.values_list("code", "name"))
    packs: dict[str, list[tuple[Indicator, Standing | None]]] = {}
    for code, one in catalogue.items():
        row = best.get(code)
        told = _standing(one, row, own.get(_key(row)), names) if row else None
        packs.setdefault(one.pack, []).append((one, told))
    order = ["bad", "warn", "good", ""]
    for found in packs.values():
        found.sort(key=lambda pair: (order.index(pair[1].state) if pair[1] else 9, pair[0].label))
    if area is not None:  # what was never counted there is not missing there
        packs = {pack: [pair for pair in found if pair[1]] for pack, found in packs.items()}
    shown = [(words.pack_label(pack), found) for pack, found in packs.items() if found]
    context = {"packs": shown, "area": area}
    return render(request, "workbench/figures/indicators.html", context)


def _indicator(code: str) -> Indicator:
    found = indicators().get(code)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("indicator.view", subject="code")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its bearers, its course over the periods, its targets and their parts."""
    user, indicator = user_of(request), _indicator(code)
    scope = scope_of(user, "indicator.view", code)
    names = dict(Area.objects.values_list("code", "name"))
    rows = list(scope.filter(RecordedValue.objects.filter(current=True, code=code)).order_by("-period"))
    latest = rows[0].period if rows else ""
    own = _targets(rows)
    now = [_standing(indicator, row, own.get(_key(row)), names) for row in rows if row.period == latest]
    now.sort(key=lambda each: ("bad", "warn", "good", "").index(each.state))
    course = _course(indicator, rows, own)
    mine = list(scope.filter(Target.objects.filter(code=code)).select_related("post__area", "parent"))
    writable = scope_of(user, "indicator.change", code)
    tree = _tree(mine, indicator)
    context = {
        "indicator": indicator,
        "label": words.translated(indicator.label),
        "formula": words.translated(indicator.formula),
        "now": now[:BEARERS],
        "more": max(0, len(now) - BEARERS),
        "latest": latest,
        "course": course,
        "targets": tree,
        "reportable": [row for row in tree if not row["counted"]],
        "areas": [a for a in Area.objects.order_by("code")[:500] if writable.covers(a.code)],
        "may_change": bool(writable),
        "needs_direction": not indicator.direction,
        "adds_up": targets.adds_up(indicator),
    }
    return render(request, "workbench/figures/indicator.html", context)


def _course(
    indicator: Indicator, rows: list[RecordedValue], own: dict[tuple[str, str, str, str], Target]
) -> Figure | None:
    """Value and target of the highest bearer over the periods; nothing for a single one."""
    if not rows:
        return None
    top = min((row.division_code, row.unit) for row in rows)
    course = sorted((r for r in rows if (r.division_code, r.unit) == top), key=lambda r: r.period)[-LATEST:]
    if len(course) < 2:
        return None
    points = []
    for row in course:
        target = own.get(_key(row))
        points.append(Row(row.period, (row.value, target.value if target else row.declared)))
    series = (Series("value", _("完成")), Series("target", _("目标")))
    return Figure("course", _("逐期完成情况"), _("期间"), series, tuple(points), kind="lines", totals=False)


def _tree(found: list[Target], indicator: Indicator) -> list[dict[str, Any]]:
    """Targets with their parts below them, each with what was reached."""
    children: dict[int | None, list[Target]] = {}
    keys = {target.pk for target in found}
    for target in found:
        children.setdefault(target.parent_id if target.parent_id in keys else None, []).append(target)
    out: list[dict[str, Any]] = []

    def add(target: Target, depth: int) -> None:
        got = targets.reached(target)
        way = direction_of(indicator, target)
        colour, icon, word = STATES[judge(way, got, target.value, target.warn)]
        out.append(
            {
                "target": target,
                "counted": targets.measured(target) is not None,
                "depth": min(depth, 5),
                "value": plain(target.value, indicator.unit),
                "warn": plain(target.warn, indicator.unit),
                "reached": plain(got, indicator.unit) or "—",
                "better": plain(saved(way, got, target.value), indicator.unit),
                "sign": (colour, icon, _(word) if got is not None else _("还没有数")),
            }
        )
        for part in children.get(target.pk, []):
            add(part, depth + 1)

    for target in children.get(None, []):
        add(target, 0)
    return out


def _number(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise TargetError(_("“{text}”不是数字").format(text=text[:30])) from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 17:
        raise TargetError(_("“{text}”不是数字").format(text=text[:30]))
    return value


@require_http_methods(["POST"])
@requires("indicator.change", subject="code")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Set a target, decompose one into parts, or note (or cancel) what its bearer reported."""
    user = user_of(request)
    _indicator(code)
    scope = scope_of(user, "indicator.change", code)
    try:
        if request.POST.get("reported"):
            _report(request, code, scope)
        elif request.POST.get("whole"):
            _decompose(request, code, scope)
        else:
            _set(request, code, scope)
        messages.success(request, _("已保存"))
    except TargetError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("workbench:indicator", args=[code]))


def _set(request: HttpRequest, code: str, scope: Scope) -> None:
    given = request.POST
    if not scope.covers(given.get("division", "")):
        raise PermissionDenied
    value = _number(given.get("value", ""))
    if value is None:
        raise TargetError(_("请填写目标值"))
    unit, warn = given.get("unit", "").strip()[:200], _number(given.get("warn", ""))
    part = Part(given["division"], value, unit=unit, warn=warn)
    targets.set_target(
        code,
        given.get("period", "").strip()[:60],
        part,
        direction=given.get("direction", ""),
        basis=given.get("basis", "").strip()[:300],
        reason=given.get("basis", "").strip()[:300],
    )


def _report(request: HttpRequest, code: str, scope: Scope) -> None:
    """Note what the bearer of a target reports to have reached, or cancel that for a reason."""
    key = request.POST["reported"]
    target = scope.filter(Target.objects.filter(code=code, pk=key if key.isdecimal() else 0)).first()
    if target is None:
        raise Http404
    reason = mask_text(request.POST.get("reason", "").strip()[:300])
    if request.POST.get("act") == "back":
        targets.take_back(target, reason=reason)
        return
    value = _number(request.POST.get("value", ""))
    if value is None:
        raise TargetError(_("请填写完成值"))
    targets.report_value(target, value, timezone.localdate(), reason=reason)


def _decompose(request: HttpRequest, code: str, scope: Scope) -> None:
    """The parts stand one a line: bearer and value; a bearer is a division or, of any other name, a unit."""
    key = request.POST["whole"]
    whole = scope.filter(Target.objects.filter(code=code, pk=key if key.isdigit() else 0)).first()
    if whole is None:
        raise Http404
    names = {a.name: a.code for a in Area.objects.all() if scope.covers(a.code)}
    parts = []
    for number, line in enumerate(request.POST.get("parts", "").splitlines()[:500], 1):
        if not line.strip():
            continue
        bearer, _tab, value = line.strip().replace("\t", " ").rpartition(" ")
        got = _number(value) if bearer.strip() else None
        if got is None:
            raise TargetError(_("第{number}行应写作：承担者 数值").format(number=number))
        name = bearer.strip()
        if name in names:
            parts.append(Part(names[name], got))
        else:
            parts.append(Part(whole.division_code, got, unit=name[:200]))
    if not parts:
        raise TargetError(_("请写明各部分"))
    targets.decompose(whole, parts, reason=request.POST.get("reason", "").strip()[:300])

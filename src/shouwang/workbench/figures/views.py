"""The dashboard and the map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.access.middleware import user_of
from shouwang.access.models import Area
from shouwang.access.rights import requires
from shouwang.access.scope import may, scopes_by_subject
from shouwang.risk.report import words
from shouwang.workbench.figures import boundaries, indicators, standing
from shouwang.workbench.figures.figure import Figure
from shouwang.workbench.figures.geojson import LARGEST, GeoJSONError
from shouwang.workbench.figures.standing import View


def divisions_of(user: Any, right: str = "finding.view") -> list[Area]:
    """The divisions the user may choose: those in which they have the right, highest first."""
    ranges = {pair for _on, scope in scopes_by_subject(user, right) for pair in scope.ranges}
    found: dict[str, Area] = {}
    for low, high in ranges:
        for area in Area.objects.filter(code__gte=low, code__lte=high)[:2000]:
            found[area.code] = area
    return [found[code] for code in sorted(found)]


def chosen(request: HttpRequest) -> tuple[View, Area | None, list[Area]]:
    """What the page is asked to show: within what the user may see, else 404."""
    choices = divisions_of(request.user)
    division, pack = request.GET.get("division", ""), request.GET.get("pack", "")
    if division and division not in {area.code for area in choices}:
        raise Http404
    view = View(request.user, division, pack)
    return view, standing.root_of(request.user, division), choices


def _division(view: View, root: Area | None) -> Figure:
    if root is None:
        raise Http404
    return standing.by_division(view, root)


FIGURES: dict[str, Callable[[View, Area | None], Figure]] = {
    "pack": lambda view, _root: standing.by_pack(view),
    "age": lambda view, _root: standing.by_age(view),
    "owner": lambda view, _root: standing.by_owner(view),
    "rule": lambda view, _root: standing.by_rule(view),
    "division": _division,
    "trend": lambda view, _root: standing.trend(view),
}


@require_GET
@requires("finding.view")
def dashboard(request: HttpRequest) -> HttpResponse:
    """How things stand: what is open, how old, whose, where, and how it went by month."""
    view, root, choices = chosen(request)
    trend = standing.trend(view)
    figures = [standing.by_pack(view), trend]
    if root is not None:
        figures.append(standing.by_division(view, root))
    figures += [standing.by_age(view), standing.by_owner(view), standing.by_rule(view)]
    measured = root is not None and may(request.user, "indicator.view")
    context = {
        "places": indicators.places(user_of(request), root) if measured and root else [],
        "heads": standing.heads(view, trend),
        "figures": [figure for figure in figures if not figure.is_empty],
        "root": root,
        "choices": choices,
        "packs": [(pack, words.pack_label(pack)) for pack in standing.packs(view)],
        "view": view,
        "query": request.GET.urlencode(),
        "list_link": view.link(),
    }
    return render(request, "workbench/figures/dashboard.html", context)


@require_GET
@requires("finding.view")
def table(request: HttpRequest, figure: str) -> HttpResponse:
    """The table of a figure as csv."""
    if figure not in FIGURES:
        raise Http404
    view, root, _choices = chosen(request)
    made = FIGURES[figure](view, root)
    answer = HttpResponse(made.csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{figure}-{view.day:%Y%m%d}.csv"'
    return answer


@require_GET
@requires("finding.view")
def area_map(request: HttpRequest) -> HttpResponse:
    """The divisions by their outline, coloured by what is open in them."""
    view, root, choices = chosen(request)
    drawing = boundaries.draw(view, root) if root else None
    context = {
        "drawing": drawing,
        "root": root,
        "choices": choices,
        "view": view,
        "may_import": may(request.user, "access.manage"),
    }
    return render(request, "workbench/figures/map.html", context)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def import_boundaries(request: HttpRequest) -> HttpResponse:
    """Read outlines of divisions from a GeoJSON file."""
    problem, unmatched = "", []
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise GeoJSONError(_("请选择文件"))
            if (file.size or 0) > LARGEST:
                raise GeoJSONError(
                    _("文件超过 {size} MB，请简化边界或分成几个文件").format(size=LARGEST >> 20)
                )
            ranges = {
                pair
                for _on, scope in scopes_by_subject(request.user, "access.manage")
                for pair in scope.ranges
            }
            if not ranges:
                raise PermissionDenied
            result = boundaries.take(
                file.read(), file.name or "", ranges=ranges, skip=request.POST.get("skip") == "1"
            )
            if result.kept or not result.unmatched:
                text = _("读入 {count} 个区划的范围").format(count=result.kept)
                if result.unmatched:
                    text += _("，另有 {count} 个对不上，没有读").format(count=len(result.unmatched))
                messages.success(request, text)
                return HttpResponseRedirect(reverse("workbench:boundaries"))
            unmatched = result.unmatched
        except GeoJSONError as error:
            problem = str(error)
    context = {
        "problem": problem,
        "unmatched": unmatched,
        "known": boundaries.known(
            [pair for _on, scope in scopes_by_subject(request.user, "access.manage") for pair in scope.ranges]
        ),
        "largest": LARGEST >> 20,
    }
    status = 422 if problem or unmatched else 200
    return render(request, "workbench/figures/boundaries.html", context, status=status)

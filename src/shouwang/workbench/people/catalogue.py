"""Roles with their rights, divisions, and the sign-in log."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import Area, User
from shouwang.access.reach import areas_in, over_all, posts_in, users_in
from shouwang.access.rights import RIGHTS, requires
from shouwang.access.roles import Role, roles
from shouwang.access.scope import Scope, scope_of
from shouwang.trail.models import Event
from shouwang.trail.words import actions
from shouwang.workbench.people.forms import AreaForm

PAGE = 100


def _scope(request: HttpRequest, right: str = "access.view") -> Scope:
    return scope_of(user_of(request), right)


@require_GET
@requires("access.view")
def role_list(request: HttpRequest) -> HttpResponse:
    """All roles with how many posts there are of each in the scope."""
    counted: dict[str, int] = {}
    for code in posts_in(_scope(request)).values_list("role", flat=True):
        counted[code] = counted.get(code, 0) + 1
    rows = [(role, counted.get(role.code, 0)) for role in roles().values()]
    return render(request, "workbench/people/roles.html", {"rows": rows})


def _granted(role: Role) -> list[tuple[str, list[str]]]:
    """The rights of a role in words, each with the patterns it is given on."""
    return [
        (_(label), sorted(set(role.patterns(right)))) for right, label in RIGHTS.items() if role.may(right)
    ]


@require_GET
@requires("access.view")
def role(request: HttpRequest, code: str) -> HttpResponse:
    """One role: what a holder may do, on what, and what they may not hold besides."""
    found = roles().get(code)
    if found is None:
        raise Http404
    against = [other for other in roles().values() if found.conflicts(other)]
    posts = posts_in(_scope(request)).filter(role=code)[:PAGE]
    context = {"role": found, "granted": _granted(found), "against": against, "posts": posts}
    return render(request, "workbench/people/role.html", context)


@require_http_methods(["GET", "POST"])
@requires("access.view")
def area_list(request: HttpRequest) -> HttpResponse:
    """The divisions of the scope, by code."""
    wanted, after = request.POST.get("q", "").strip()[:100], request.POST.get("after", "")[:15]
    found = areas_in(_scope(request)).order_by("code")
    if wanted:
        found = (
            found.filter(code__startswith=wanted)
            if wanted.isdigit()
            else found.filter(name__icontains=wanted)
        )
    rows = list(found.filter(code__gt=after)[: PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "q": wanted,
        "after": rows[PAGE - 1].code if len(rows) > PAGE else "",
        "manages": bool(_scope(request, "access.manage")),
    }
    return render(request, "workbench/people/areas.html", context)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def area_add(request: HttpRequest) -> HttpResponse:
    """A new division."""
    return _area_form(request, Area(), _("新增区划"))


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The name of a division, and other names for it."""
    area: Area = get_object_or_404(areas_in(_scope(request, "access.manage")), pk=pk)
    return _area_form(request, area, _("修改区划"))


def _area_form(request: HttpRequest, area: Area, title: str) -> HttpResponse:
    form = AreaForm(_scope(request, "access.manage"), request.POST or None, instance=area)
    if request.method == "POST" and form.is_valid():
        with trail.change("access.area"):
            form.save()
        messages.success(request, _("已保存。"))
        return redirect("workbench:areas")
    return render(request, "workbench/people/form.html", {"form": form, "title": title, "back": "areas"})


@require_http_methods(["GET", "POST"])
@requires("access.view")
def sign_ins(request: HttpRequest) -> HttpResponse:
    """The sign-in log of the users in the scope; attempts on nobody's name for those over all divisions."""
    scope = _scope(request)
    wanted, before = request.POST.get("action", ""), request.POST.get("before", "")
    labels = {code: label for code, label in actions().items() if code.startswith("account.")}
    found = Event.objects.filter(action__in=[wanted] if wanted in labels else list(labels))
    people = users_in(scope)
    if not over_all(scope):
        keys = [str(key) for key in people.values_list("pk", flat=True)]
        found = found.filter(target=User.trail_target(), target_id__in=keys)
    if before.isdigit():
        found = found.filter(pk__lt=int(before))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    ids = {int(e.target_id) for e in rows if e.target == User.trail_target() and e.target_id.isdigit()}
    names = {str(user.pk): user for user in people.filter(pk__in=ids)}
    context = {
        "rows": [(event, names.get(event.target_id)) for event in rows[:PAGE]],
        "labels": labels.items(),
        "action": wanted,
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else "",
    }
    return render(request, "workbench/people/sign_ins.html", context)

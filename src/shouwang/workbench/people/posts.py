"""Posts and who holds them: the list, one post with its history, appointing, ending, handing over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang import trail
from shouwang.access import staffing
from shouwang.access.middleware import user_of
from shouwang.access.models import Appointment, Post, current
from shouwang.access.reach import appointments_in, over_all, posts_in
from shouwang.access.rights import requires
from shouwang.access.roles import roles
from shouwang.access.scope import Scope, scope_of
from shouwang.workbench.people.forms import AppointForm, EndForm, HandOverForm, PostForm

PAGE = 100


def _scope(request: HttpRequest, right: str = "access.view") -> Scope:
    return scope_of(user_of(request), right)


@require_http_methods(["GET", "POST"])
@requires("access.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The posts of the scope with their holders today."""
    scope = _scope(request)
    wanted, role = request.POST.get("q", "").strip()[:100], request.POST.get("role", "")
    after = request.POST.get("after", "")
    found = posts_in(scope).order_by("area__code", "pk")
    if role:
        found = found.filter(role=role)
    if wanted:
        found = found.filter(Q(title__icontains=wanted) | Q(area__name__icontains=wanted))
    if after.count(":") == 1:
        code, _colon, key = after.partition(":")
        if code.isdigit() and key.isdigit():
            found = found.filter(Q(area__code__gt=code) | Q(area__code=code, pk__gt=int(key)))
    rows = list(found[: PAGE + 1])
    holders: dict[int, list[Appointment]] = defaultdict(list)
    for appointment in current(timezone.localdate(), post__in=rows).select_related("user"):
        holders[appointment.post_id].append(appointment)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "rows": [(post, roles().get(post.role), holders[post.pk]) for post in rows[:PAGE]],
        "roles": roles().items(),
        "q": wanted,
        "role": role,
        "after": f"{last.area.code}:{last.pk}" if last else "",
        "manages": bool(_scope(request, "access.manage")),
    }
    return render(request, "workbench/people/posts.html", context)


@require_GET
@requires("access.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A post with everybody who held it."""
    post: Post = get_object_or_404(posts_in(_scope(request)), pk=pk)
    context = {
        "post": post,
        "role": roles().get(post.role),
        "appointments": post.appointments.select_related("user"),
        "today": timezone.localdate(),
        "manages": posts_in(_scope(request, "access.manage")).filter(pk=pk).exists(),
    }
    return render(request, "workbench/people/post.html", context)


def _form(
    request: HttpRequest,
    form: forms.Form | PostForm,
    title: str,
    save: Callable[[], object],
    back: Post | None,
) -> HttpResponse:
    """Show a form, or do what it says; what the rules refuse is said in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect("workbench:post", back.pk if back else saved.pk)  # type: ignore[attr-defined]
    context = {"form": form, "title": title, "back": "posts", "post": back}
    return render(request, "workbench/people/form.html", context)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def add(request: HttpRequest) -> HttpResponse:
    """A new post in a division of the scope."""
    form = PostForm(_scope(request, "access.manage"), request.POST or None)

    def save() -> Post:
        with trail.change("access.post"):
            made: Post = form.save()
        return made

    return _form(request, form, _("新设岗位"), save, None)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post that nobody has held yet; later only its title: what it was stays what it was."""
    scope = _scope(request, "access.manage")
    post: Post = get_object_or_404(posts_in(scope), pk=pk)
    form = PostForm(scope, request.POST or None, instance=post)
    if post.appointments.exists():
        for name in ("role", "area", "organisation", "id_number"):
            form.fields[name].disabled = True
            form.fields[name].required = False

    def save() -> Post:
        with trail.change("access.post"):
            made: Post = form.save()
        return made

    return _form(request, form, _("修改岗位"), save, post)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the post to somebody."""
    scope = _scope(request, "access.manage")
    post: Post = get_object_or_404(posts_in(scope), pk=pk)
    form = AppointForm(scope, request.POST or None)

    def save() -> Appointment:
        values = form.cleaned_data
        return staffing.appoint(
            post, values["user"], values["start"], values["until"], reason=values["reason"]
        )

    return _form(request, form, _("任命 · %(post)s") % {"post": post}, save, post)


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    found: Appointment = get_object_or_404(appointments_in(_scope(request, "access.manage")), pk=pk)
    return found


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    appointment = _appointment(request, pk)
    form = EndForm(request.POST or None, initial={"until": timezone.localdate()})

    def save() -> None:
        staffing.end(appointment, form.cleaned_data["until"], reason=form.cleaned_data["reason"])

    title = _("结束任职 · %(user)s") % {"user": appointment.user}
    return _form(request, form, title, save, appointment.post)


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the post over to somebody else."""
    appointment = _appointment(request, pk)
    form = HandOverForm(_scope(request, "access.manage"), request.POST or None)

    def save() -> Appointment:
        values = form.cleaned_data
        return staffing.hand_over(appointment, values["to"], values["day"], reason=values["reason"])

    title = _("岗位交接 · %(post)s") % {"post": appointment.post}
    return _form(request, form, title, save, appointment.post)


@require_GET
@requires("access.view")
def gaps(request: HttpRequest) -> HttpResponse:
    """Who is missing, and who holds what one person may not hold together."""
    scope, today = _scope(request), timezone.localdate()
    everything = over_all(scope)
    missing = [v for v in staffing.vacancies(today) if (scope.covers(v.area.code) if v.area else everything)]
    clashes = [
        c
        for c in staffing.conflicts(today)
        if scope.covers(c.first.post.area.code) or scope.covers(c.second.post.area.code)
    ]
    context = {"missing": missing, "clashes": clashes, "today": today}
    return render(request, "workbench/people/gaps.html", context)

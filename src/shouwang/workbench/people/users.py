"""Users: the list, one user, adding, editing, and helping who can't get in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from shouwang import trail
from shouwang.access import people, staffing
from shouwang.access.middleware import user_of
from shouwang.access.models import Appointment, User, current
from shouwang.access.reach import appointments_in, manageable, posts_in, users_in
from shouwang.access.rights import requires
from shouwang.access.scope import Scope, scope_of
from shouwang.access.signin.lockout import failures
from shouwang.access.signin.sessions import end_sessions, sessions_of
from shouwang.workbench.people.forms import NewUserForm, Reason, UserForm

PAGE = 50


def _scope(request: HttpRequest, right: str = "access.view") -> Scope:
    return scope_of(user_of(request), right)


def _managed(request: HttpRequest, pk: int) -> User:
    """A user whom the administrator may change: 404 outside of the scope, 403 for who is more elsewhere."""
    scope = _scope(request, "access.manage")
    found: User = get_object_or_404(users_in(scope), pk=pk)
    if not manageable(scope, found):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "POST"])
@requires("access.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The users of the scope; what is searched for, and the next page, come by POST."""
    wanted = request.POST.get("q", "").strip()[:100]
    after = request.POST.get("after", "")[:150]
    found = users_in(_scope(request)).order_by("username")
    if wanted:
        found = found.filter(Q(username__icontains=wanted) | Q(name__icontains=wanted))
    rows = list(found.filter(username__gt=after)[: PAGE + 1])
    held: dict[int, list[Appointment]] = {user.pk: [] for user in rows}
    for appointment in current(timezone.localdate(), user__in=rows):
        held[appointment.user_id].append(appointment)
    context = {
        "rows": [(user, held[user.pk]) for user in rows[:PAGE]],
        "q": wanted,
        "after": rows[PAGE - 1].username if len(rows) > PAGE else "",
        "manages": bool(_scope(request, "access.manage")),
    }
    return render(request, "workbench/people/users.html", context)


@require_http_methods(["GET"])
@requires("access.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: posts, state of the account, what can be done."""
    scope, manage = _scope(request), _scope(request, "access.manage")
    user: User = get_object_or_404(users_in(scope), pk=pk)
    context = {
        "person": user,
        "appointments": appointments_in(scope).filter(user=user),
        "today": timezone.localdate(),
        "sessions": sessions_of(user),
        "failures": failures(user),
        "manages": manageable(manage, user),
        "actions": [(code, label) for code, (label, _do) in _actions().items()],
        "form": Reason(),
    }
    return render(request, "workbench/people/user.html", context)


@sensitive_variables("password")
@require_http_methods(["GET", "POST"])
@requires("access.manage")
def add(request: HttpRequest) -> HttpResponse:
    """A new user; the answer to the form shows the one-time password, once."""
    scope = _scope(request, "access.manage")
    form = NewUserForm(scope, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        details = {key: values[key] for key in ("phone", "email", "language")}
        try:
            with transaction.atomic():
                user, password = people.create_user(values["username"], values["name"], **details)
                if values["post"]:
                    post = posts_in(scope).get(pk=values["post"])
                    staffing.appoint(post, user, values["start"] or timezone.localdate())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return render(request, "workbench/people/password.html", {"person": user, "password": password})
    return render(
        request, "workbench/people/form.html", {"form": form, "title": _("新建用户"), "back": "users"}
    )


@require_http_methods(["GET", "POST"])
@requires("access.manage")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, telephone and the like."""
    user = _managed(request, pk)
    form = UserForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        with trail.change("access.edit-user"):
            form.save()
        messages.success(request, _("已保存。"))
        return redirect("workbench:user", pk)
    return render(
        request, "workbench/people/form.html", {"form": form, "title": _("修改用户"), "back": "users"}
    )


Action = Callable[[User, str], str]
"""Does something for a user for a reason; gives a one-time password, or nothing."""


def _actions() -> dict[str, tuple[str, Action]]:
    """What can be done with an account: label and how."""

    def sign_out(user: User, reason: str) -> str:
        ended = end_sessions(user)
        trail.record("account.sign-out", User.trail_target(), user.pk, reason=reason, sessions=ended)
        return ""

    def unlock(user: User, reason: str) -> str:
        people.unlock(user, reason=reason)
        return ""

    def reset_factor(user: User, reason: str) -> str:
        people.reset_factor(user, reason=reason)
        return ""

    def deactivate(user: User, reason: str) -> str:
        people.set_active(user, False, reason=reason)
        return ""

    def activate(user: User, reason: str) -> str:
        people.set_active(user, True, reason=reason)
        return ""

    return {
        "reset-password": (_("重置密码"), lambda user, why: people.reset_password(user, reason=why)),
        "unlock": (_("解除锁定"), unlock),
        "reset-factor": (_("解除第二步验证"), reset_factor),
        "sign-out": (_("让其退出登录"), sign_out),
        "deactivate": (_("停用"), deactivate),
        "activate": (_("启用"), activate),
    }


@sensitive_variables("password")
@require_POST
@requires("access.manage")
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Do something with an account. Not with one's own: that is the account page's, or a colleague's."""
    user = _managed(request, pk)
    known = _actions().get(action)
    if known is None:
        raise Http404
    form = Reason(request.POST)
    if user == user_of(request):
        messages.error(request, _("不能对自己的账号这样做，请由另一位管理人员办理。"))
    elif not form.is_valid():
        messages.error(request, _("请写明原因。"))
    else:
        password = known[1](user, form.cleaned_data["reason"])
        if password:
            return render(request, "workbench/people/password.html", {"person": user, "password": password})
        messages.success(request, _("已办理：%(what)s。") % {"what": known[0]})
    return redirect("workbench:user", pk)

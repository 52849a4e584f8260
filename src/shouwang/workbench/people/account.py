"""One's own account: language, password, second factor, where one is signed in."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import Appointment, User
from shouwang.access.rights import SIGNED_IN, requires
from shouwang.access.signin.demands import wants_second_factor
from shouwang.access.signin.sessions import end_sessions, sessions_of
from shouwang.trail.models import Event


@require_GET
@requires(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """Everything about oneself."""
    user = user_of(request)
    held = Appointment.objects.filter(user=user).select_related("post__area")
    signs = Event.objects.filter(
        target=User.trail_target(), target_id=str(user.pk), action__startswith="account."
    )
    context = {
        "appointments": held,
        "today": timezone.localdate(),
        "second_factor": is_mfa_enabled(user),
        "second_factor_wanted": wants_second_factor(user),
        "sessions": sessions_of(user),
        "here": request.session.session_key,
        "signs": signs.order_by("-id")[:10],
    }
    return render(request, "workbench/people/account.html", context)


@require_POST
@requires(SIGNED_IN)
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = end_sessions(user_of(request), keep=request.session.session_key or "")
    if ended:
        trail.record(
            "account.sign-out",
            User.trail_target(),
            user_of(request).pk,
            why="sign-out elsewhere",
            sessions=ended,
        )
    messages.success(request, _("其他地方的登录已全部退出。"))
    return redirect("workbench:account")


@require_POST
@requires(SIGNED_IN)
def sign_out_there(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out in one of the other places."""
    there = get_object_or_404(UserSession, pk=pk, user=user_of(request))
    there.end()
    trail.record("account.sign-out", User.trail_target(), request.user.pk, why="sign-out there", sessions=1)
    messages.success(request, _("已退出那一处登录。"))
    return redirect("workbench:account")

"""The rights (权限) there are, and how a route, a command or a job declares the one it needs.

A route that declares nothing does not start: ``shouwang.access.checks`` walks all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from shouwang.standards.reading import N_

RIGHTS: Final = {
    "ledger.view": N_("查看台账"),
    "ledger.add": N_("新增记录"),
    "ledger.change": N_("修改记录"),
    "ledger.delete": N_("删除记录"),
    "ledger.import": N_("导入台账"),
    "ledger.export": N_("导出台账"),
    "ledger.unmask": N_("查看明文"),
    "evidence.view": N_("查看附件"),
    "evidence.add": N_("上传附件"),
    "finding.view": N_("查看问题"),
    "finding.sensitive": N_("查看敏感问题"),
    "finding.report": N_("上报问题"),
    "finding.assign": N_("分派问题"),
    "finding.rectify": N_("整改问题"),
    "finding.verify": N_("核验整改"),
    "finding.close": N_("销号"),
    "finding.dismiss": N_("排除问题"),
    "scan.view": N_("查看扫描"),
    "scan.run": N_("执行扫描"),
    "sample.make": N_("抽样核查"),
    "parameter.view": N_("查看参数"),
    "parameter.propose": N_("提出参数变更"),
    "parameter.approve": N_("批准参数变更"),
    "risk_point.view": N_("查看风险点"),
    "risk_point.change": N_("维护风险点"),
    "indicator.view": N_("查看指标"),
    "indicator.change": N_("维护指标目标"),
    "bulletin.view": N_("查看简报"),
    "bulletin.write": N_("编制简报"),
    "trail.view": N_("查看留痕"),
    "trail.export": N_("导出留痕"),
    "access.view": N_("查看人员与岗位"),
    "access.manage": N_("管理人员与岗位"),
    "retention.run": N_("执行留存清理"),
    "token.own": N_("使用接口令牌"),
    "webhook.manage": N_("管理推送与群机器人"),
}
"""All rights with their Chinese names."""

SYSTEM: Final = "system"
"""Declared by jobs that nobody asks for: they do what the installation itself owes, for all divisions."""
SIGNED_IN: Final = "signed-in"
"""Declared by routes that everybody who is signed in may use, such as one's own account."""
OPEN: Final = "open"
"""Declared by routes that need no sign-in, such as the sign-in page itself."""

View = TypeVar("View", bound=Callable[..., Any])


def requires(right: str, *, subject: str = "") -> Callable[[View], View]:
    """Declare the right a route needs; refuse who has it nowhere.

    ``subject`` names the URL argument that says on what (a ledger's or rule's name), where the route has one.
    Which rows are seen is the scope's part: the view asks :func:`shouwang.access.scope.scope_of`.
    """
    if right not in RIGHTS and right not in (SIGNED_IN, OPEN):
        raise ValueError(f"no such right: {right}")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            from shouwang.access.scope import may

            if right == OPEN:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if right != SIGNED_IN and not may(request.user, right, str(kwargs.get(subject, ""))):
                raise PermissionDenied(right)
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def job(right: str, *, subject: str = "") -> Callable[[View], View]:
    """Declare the right of a task that runs later, and have it run as the one who asked for it.

    ::

        @task()
        @job("scan.run")
        def scan_now(folder: str, *, user: User | None) -> None: ...

        scan_now.enqueue(folder, user=request.user.pk)

    The right is asked again when the task runs: who lost the post meanwhile is refused. Without ``user`` it
    is the system that asks. ``subject`` names the argument that says on what, as in :func:`requires`. A task
    of the right :data:`SYSTEM` has no ``user``; who acts is ``job:`` and the function's name.
    """
    if right not in RIGHTS and right != SYSTEM:
        raise ValueError(f"no such right: {right}")

    def declare(function: View) -> View:
        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            from shouwang.trail import Actor, acting

            asked = None
            if right != SYSTEM:
                asked = kwargs["user"] = _who_asked(right, kwargs.get("user"), str(kwargs.get(subject, "")))
            actor = Actor(f"job:{function.__name__}"[:64], "系统")
            if asked is not None:
                from shouwang.access.middleware import actor_of

                actor = actor_of(asked)
            with acting(actor):
                return function(*args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def _who_asked(right: str, key: int | None, subject: str) -> Any:
    """The user who asked for a task, if they still may; None where it was the system."""
    from shouwang.access.models import User
    from shouwang.access.scope import may

    if key is None:
        return None
    user = User.objects.get(pk=key)
    if not may(user, right, subject):
        raise PermissionDenied(right)
    return user

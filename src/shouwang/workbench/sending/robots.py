"""The robots of groups: adding, testing and switching them off. Address and secret are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import Area, User
from shouwang.access.reach import areas_in
from shouwang.access.rights import requires
from shouwang.access.scope import scope_of
from shouwang.inbox import sending
from shouwang.inbox.kinds import FOR_GROUPS, KINDS
from shouwang.inbox.models import Delivery, Robot
from shouwang.inbox.robots import check_address

MOST = 200
"""So many robots are listed."""


class RobotForm(forms.Form):
    """A robot. Of one that exists, an empty address or secret leaves the sealed one as it is."""

    name = forms.CharField(max_length=100)
    vendor = forms.ChoiceField(choices=Robot.Vendor.choices)
    area = forms.ModelChoiceField(queryset=Area.objects.none())
    address = forms.CharField(max_length=500, required=False)
    secret = forms.CharField(max_length=200, required=False)
    kinds = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, user: User, robot: Robot, *args: Any, **options: Any) -> None:
        self.robot = robot
        super().__init__(*args, **options)
        texts = {
            "name": _("名称"),
            "vendor": _("平台"),
            "area": _("区划"),
            "address": _("地址"),
            "secret": _("密钥"),
            "kinds": _("发送哪些"),
        }
        for name, label in texts.items():
            self.fields[name].label = label
        for name in ("address", "secret"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        known = bool(robot.pk)
        self.fields["address"].required = not known
        self.fields["address"].help_text = (
            _("已封存，不再显示；要换才填") if known else _("从群设置里原样复制；保存后封存，不再显示")
        )
        self.fields["secret"].help_text = (
            _("已封存，不再显示；要换才填") if robot.sealed_secret else _("群里开了加签（签名校验）才填")
        )
        self.fields["area"].queryset = areas_in(scope_of(user, "webhook.manage")).order_by("code")  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind, _(KINDS[kind])) for kind in FOR_GROUPS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The address is one of the vendor's; another vendor needs another address."""
        given: dict[str, Any] = super().clean() or {}
        vendor, address = given.get("vendor", ""), given.get("address", "")
        if vendor and address:
            try:
                check_address(vendor, address)
            except ValidationError as error:
                self.add_error("address", error)
        elif vendor and self.robot.pk and vendor != self.robot.vendor:
            self.add_error("address", _("换了平台，请填写新的地址"))
        return given

    def save(self) -> Robot:
        """Keep the robot, within an open change."""
        robot, given = self.robot, self.cleaned_data
        robot.name, robot.vendor, robot.kinds = given["name"], given["vendor"], given["kinds"]
        robot.division_code = given["area"].code
        if given["address"]:
            robot.address = given["address"]
        if given["secret"]:
            robot.secret = given["secret"]
        robot.save()
        return robot


def _managed(request: HttpRequest) -> QuerySet[Robot]:
    return scope_of(user_of(request), "webhook.manage").filter(Robot.objects.all())


@require_GET
@requires("webhook.manage")
def listing(request: HttpRequest) -> HttpResponse:
    """The robots of the scope."""
    robots = list(_managed(request).order_by("division_code", "name", "pk")[:MOST])
    names = dict(Area.objects.filter(code__in={r.division_code for r in robots}).values_list("code", "name"))
    dead = set(
        Delivery.objects.filter(status=Delivery.Status.DEAD, robot__in=robots).values_list(
            "robot_id", flat=True
        )
    )
    rows = [
        (robot, names.get(robot.division_code, robot.division_code), _kinds(robot), robot.pk in dead)
        for robot in robots
    ]
    return render(request, "workbench/sending/robots.html", {"rows": rows})


def _kinds(robot: Robot) -> str:
    return "、".join(_(KINDS[kind]) for kind in robot.kinds if kind in KINDS)


@require_http_methods(["GET", "POST"])
@requires("webhook.manage")
def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Add a robot or change one."""
    robot = get_object_or_404(_managed(request), pk=pk) if pk else Robot()
    start = {
        "name": robot.name,
        "vendor": robot.vendor or Robot.Vendor.WECOM,
        "kinds": robot.kinds,
        "area": Area.objects.filter(code=robot.division_code).first(),
    }
    form = RobotForm(user_of(request), robot, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with trail.change("robot.change" if pk else "robot.add"):
            made = form.save()
        messages.success(request, _("已保存，可以发一条测试消息。"))
        return redirect("workbench:robot", made.pk)
    context = {"form": form, "robot": robot if pk else None}
    return render(request, "workbench/sending/robot.html", context)


@require_POST
@requires("webhook.manage")
def act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send a test message, or switch a robot on or off."""
    robot = get_object_or_404(_managed(request), pk=pk)
    if action == "test":
        problem = sending.try_out(robot)
        if problem:
            messages.error(request, _("测试消息没有发出：{why}").format(why=problem))
        else:
            messages.success(request, _("测试消息已发出，请到群里查看。"))
    elif action in ("on", "off"):
        with trail.change("robot.switch"):
            robot.active = action == "on"
            robot.save()
        messages.success(request, _("已启用。") if robot.active else _("已停用，不再往这个群发消息。"))
    else:
        raise Http404
    return redirect("workbench:robot", pk)

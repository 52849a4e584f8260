"""Pages of the bulletin: make one, look at it, fetch it; fetch and hand in the template."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import Area
from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.workbench.bulletin import builtin, facts, rendering
from shouwang.workbench.bulletin.rendering import LARGEST, TemplateProblem
from shouwang.workbench.figures.boundaries import within
from shouwang.workbench.files import DOCX, as_file
from shouwang.workbench.models import Bulletin, BulletinTemplate

SHOWN = 36
MONTHS = 12


def _areas(user: Any) -> list[Area]:
    """The divisions for which the user may make a bulletin: no grid has one."""
    ranges = scope_of(user, "bulletin.write").ranges
    areas = Area.objects.filter(within(ranges, "code"))
    return [area for area in areas if area.level.name != "GRID"]


def template() -> bytes:
    """The template that counts now."""
    newest = BulletinTemplate.objects.order_by("-pk").first()
    return bytes(newest.content) if newest is not None and newest.content else builtin.template()


@require_http_methods(["GET", "POST"])
@requires("bulletin.view")
def bulletins(request: HttpRequest) -> HttpResponse:
    """The bulletins made so far, and the form that makes one."""
    areas = _areas(request.user)
    if request.method == "POST":
        return _make(request, areas)
    rows = scope_of(request.user, "bulletin.view").filter(Bulletin.objects.all())
    names = dict(Area.objects.values_list("code", "name"))
    made = list(rows.select_related("made_by").defer("content", "facts").order_by("-pk")[:SHOWN])
    month, months = timezone.localdate().replace(day=1), []
    for _k in range(MONTHS):
        months.append(month)
        month = facts.before(month)
    context = {
        "made": [(one, names.get(one.division_code, one.division_code)) for one in made],
        "areas": areas,
        "months": months,
        "may_write": may(request.user, "bulletin.write"),
    }
    return render(request, "workbench/bulletin/list.html", context)


def _make(request: HttpRequest, areas: list[Area]) -> HttpResponse:
    area = next((a for a in areas if a.code == request.POST.get("division")), None)
    if area is None:
        raise Http404
    try:
        month = facts.month_of(request.POST.get("month", ""))
    except ValueError:
        raise Http404 from None
    if month > timezone.localdate():
        messages.error(request, _("这个月还没有到"))
        return HttpResponseRedirect(reverse("workbench:bulletins"))
    gathered = facts.gather(request.user, area, month)
    try:
        content = rendering.fill(template(), gathered)
    except TemplateProblem as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(reverse("workbench:bulletins"))
    with trail.change("bulletin.make") as doing:
        one = Bulletin(
            month=month,
            division_code=area.code,
            title=_("{office}{month}简报").format(office=gathered["office"], month=gathered["month"]),
            made_by=user_of(request),
            facts=gathered,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        one.save()
        doing.note("workbench.bulletin", one.pk, division_code=area.code, sha256=one.sha256)
    return HttpResponseRedirect(reverse("workbench:bulletin", args=[one.pk]))


def _of(request: HttpRequest, pk: int) -> Bulletin:
    mine = scope_of(request.user, "bulletin.view").filter(Bulletin.objects.filter(pk=pk))
    found: Bulletin | None = mine.first()
    if found is None:
        raise Http404
    return found


@require_GET
@requires("bulletin.view")
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in a bulletin."""
    one = _of(request, pk)
    return render(request, "workbench/bulletin/detail.html", {"one": one, "facts": one.facts})


@require_GET
@requires("bulletin.view")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a bulletin."""
    one = _of(request, pk)
    content = bytes(one.content)
    if hashlib.sha256(content).hexdigest() != one.sha256:
        messages.error(request, _("文件与编制时的摘要不符，请联系系统管理员"))
        return HttpResponseRedirect(reverse("workbench:bulletin", args=[one.pk]))
    trail.record("bulletin.download", "workbench.bulletin", one.pk, division_code=one.division_code)
    return as_file(content, f"{one.title}.docx", DOCX)


@require_http_methods(["GET", "POST"])
@requires("bulletin.write")
def template_page(request: HttpRequest) -> HttpResponse:
    """The template: fetch it, hand in an edited one, go back to the built-in one."""
    problem = ""
    if request.method == "POST":
        try:
            _hand_in(request)
            return HttpResponseRedirect(reverse("workbench:bulletin-template"))
        except TemplateProblem as error:
            problem = str(error)
    context = {
        "newest": BulletinTemplate.objects.defer("content").select_related("made_by").order_by("-pk").first(),
        "problem": problem,
        "names": {name: _(about) for name, about in facts.NAMES.items()},
        "largest": LARGEST >> 20,
    }
    return render(request, "workbench/bulletin/template.html", context, status=422 if problem else 200)


def _hand_in(request: HttpRequest) -> None:
    if request.POST.get("reset") == "1":
        with trail.change("bulletin.template"):
            BulletinTemplate(name="", content=None, made_by=user_of(request)).save()
        messages.success(request, _("已恢复为自带的模板"))
        return
    file = request.FILES.get("file")
    if file is None:
        raise TemplateProblem(_("请选择文件"))
    if (file.size or 0) > LARGEST:
        raise TemplateProblem(_("文件超过 {size} MB，请去掉图片或压缩图片").format(size=LARGEST >> 20))
    content = file.read()
    rendering.check(content)
    with trail.change("bulletin.template") as doing:
        made = BulletinTemplate(
            name=(file.name or "")[:200],
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            made_by=user_of(request),
        )
        made.save()
        doing.note("workbench.bulletintemplate", made.pk, sha256=made.sha256)
    messages.success(request, _("新模板试填没有问题，从下一期起使用"))


@require_GET
@requires("bulletin.write")
def template_file(request: HttpRequest) -> HttpResponse:
    """The template that counts now, to be edited."""
    return as_file(template(), _("简报模板") + ".docx", DOCX)

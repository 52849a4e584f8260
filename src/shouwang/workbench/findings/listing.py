"""The list of findings: filters, keyset pages, and steps on up to a thousand at once."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.models import code_range
from shouwang.access.rights import requires
from shouwang.access.scope import may
from shouwang.risk.loop.first import ORDERS, first
from shouwang.risk.loop.machine import ACTIONS, OPEN, UNDER_WAY, Refused, Status
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.sight import Sight
from shouwang.risk.loop.steps import MOST, take_many
from shouwang.risk.loop.worklist import SECTIONS, WorkList
from shouwang.risk.models import Finding, Source
from shouwang.risk.report import words
from shouwang.risk.rule import Severity
from shouwang.workbench.findings.forms import StepForm, area_choices

PAGE = 50
STALE = 999_999_999
"""The version of a finding that was worked on since the page was made: no finding has it."""
BATCH = (
    "assign",
    "start",
    "verify",
    "return",
    "close",
    "dismiss",
    "grant-extension",
    "refuse-extension",
    "reopen",
)
"""The steps that make sense on many at once."""


class FilterForm(forms.Form):
    """What a list is narrowed to. Texts that may name somebody are sent by POST and stand in no address."""

    work = forms.ChoiceField(required=False)
    status = forms.ChoiceField(required=False)
    severity = forms.ChoiceField(required=False)
    pack = forms.ChoiceField(required=False)
    source = forms.ChoiceField(required=False)
    division = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(required=False)
    q = forms.CharField(required=False, max_length=100)

    def __init__(self, data: Any, user: Any) -> None:
        super().__init__(data)
        anything = [("", _("全部"))]
        labels = {
            "open": _("未办结"),
            **{s.value: _(s.label) for s in Status},
            "overdue": _("逾期"),
            "gone": _("扫描已不再发现"),
        }
        choices: dict[str, list[tuple[str, str]]] = {
            "work": [("", _("全部")), *((c, _(label)) for c, label in SECTIONS.items())],
            "status": [("open", labels.pop("open")), ("all", _("全部")), *labels.items()],
            "severity": anything + [(s.value, _(s.label)) for s in Severity],
            "pack": anything + [(p, words.pack_label(p)) for p in _packs()],
            "source": anything + [(s.value, str(s.label)) for s in Source],
            "division": anything + area_choices(user, "finding.view"),
            "sort": [
                ("new", _("最新的在前")),
                ("grave", _("严重的在前")),
                ("due", _("期限近的在前")),
                ("money", _("金额大的在前")),
            ],
        }
        texts = {
            "work": _("待办"),
            "status": _("状态"),
            "severity": _("严重程度"),
            "pack": _("业务"),
            "source": _("来源"),
            "division": _("区划"),
            "sort": _("排列"),
            "q": _("编号、对象或文字"),
        }
        for name, label in texts.items():
            self.fields[name].label = label
            if name in choices:
                self.fields[name].choices = choices[name]  # type: ignore[attr-defined]


def _packs() -> list[str]:
    from shouwang.risk import catalogue

    return sorted({r.pack for r in catalogue.rules().values()})


def statuses(user: Any, wanted: dict[str, str]) -> frozenset[Status]:
    """The statuses of what fits the filters."""
    if wanted.get("work") and wanted.get("status", "all") in ("", "all"):
        return WorkList(user).statuses(wanted["work"])
    named = {"": OPEN, "open": OPEN, "gone": OPEN, "overdue": UNDER_WAY, "all": frozenset(Status)}
    status = wanted.get("status", "")
    return named[status] if status in named else frozenset({Status(status)})


def narrowed(user: Any, wanted: dict[str, str]) -> QuerySet[Finding]:
    """The findings the user can see that fit the filters; unsorted, and in any status."""
    rows = WorkList(user).rows(wanted["work"]).order_by() if wanted.get("work") else Sight(user).visible()
    if wanted.get("status") == "overdue":
        rows = rows.filter(due__lt=timezone.localdate())
    elif wanted.get("status") == "gone":
        rows = rows.filter(present=False)
    for name in ("severity", "pack", "source"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("division"):
        low, high = code_range(wanted["division"])
        rows = rows.filter(division_code__range=(low, high))
    return _searched(rows, wanted.get("q", "").strip())


def _searched(rows: QuerySet[Finding], text: str) -> QuerySet[Finding]:
    if not text:
        return rows
    code, _dash, number = text.rpartition("-")
    if code and number.isdecimal() and Finding.objects.filter(code=code).exists():
        return rows.filter(code=code, number=int(number))
    from shouwang.standards import resident_id

    read = resident_id.parse(text)
    if read.problem is None and read.value is not None:
        from shouwang.ledger.identity import person_index

        return rows.filter(person=person_index(read.value.number))
    return rows.filter(
        Q(sentence__icontains=text) | Q(title__icontains=text) | Q(subject_name__icontains=text)
    )


def _page(
    rows: QuerySet[Finding], among: frozenset[Status], sort: str, after: str
) -> tuple[list[Finding], str]:
    """One page by keyset, and where the next begins (empty at the end)."""
    keys = ORDERS[sort]
    chosen = first(rows, among, keys, PAGE + 1, _beyond(keys, after) if after else None)
    read = Finding.objects.select_related("post__area", "holder").in_bulk(chosen[:PAGE])
    found = [read[key] for key in chosen[:PAGE] if key in read]
    if len(chosen) <= PAGE or not found:
        return found, ""
    return found, "~".join(str(getattr(found[-1], key.lstrip("-"))) for key in keys)


def _beyond(keys: tuple[str, ...], after: str) -> Q:
    values = after.split("~")
    if len(values) != len(keys) or not values[-1].isdecimal():
        raise BadRequest("no such page")
    condition, equal, start = Q(pk__in=[]), Q(), Q()
    try:
        for key, value in zip(keys, values, strict=True):
            name = key.lstrip("-")
            side = "lt" if key.startswith("-") else "gt"
            typed: Any = Finding._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
            condition |= equal & Q(**{f"{name}__{side}": typed})
            equal &= Q(**{name: typed})
            start = start or Q(**{f"{name}__{side}e": typed})  # implied, and what an index can begin at
    except Exception as error:
        raise BadRequest("no such page") from error
    return start & condition


@requires("finding.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The list; a search by text comes by POST."""
    given = QueryDict(mutable=True)
    given.update(request.GET)
    if request.method == "POST":
        given.update(request.POST)
    form = FilterForm(given, request.user)
    if not form.is_valid():
        raise BadRequest("no such filter")
    wanted = form.cleaned_data
    sort = wanted["sort"] or ("due" if wanted["work"] in ("overdue", "due") else "new")
    among = statuses(request.user, wanted)
    rows, after = _page(narrowed(request.user, wanted), among, sort, given.get("after", ""))
    kept = {k: v for k, v in wanted.items() if v and k != "q"}
    context = {
        "form": form,
        "rows": rows,
        "after": after,
        "query": urlencode(kept),
        "wanted": wanted,
        "filters": [form[n] for n in ("status", "severity", "pack", "source", "division", "sort")],
        "today": timezone.localdate(),
        "seen": timezone.now().isoformat(),
        "actions": [
            (code, _(ACTIONS[code].label)) for code in BATCH if may(request.user, ACTIONS[code].right)
        ],
        "most": MOST,
    }
    return render(request, "workbench/findings/list.html", context)


@require_POST
@requires("finding.view")
def batch(request: HttpRequest) -> HttpResponse:
    """One step on many: first its form, then what became of it."""
    code = request.POST.get("action", "")
    if code not in BATCH:
        raise BadRequest("no such step")
    versions = _chosen(request)
    if not versions:
        messages.warning(request, _("没有选中问题"))
        return redirect("workbench:finding-list")
    action = ACTIONS[code]
    findings = list(Sight(request.user).visible().filter(pk__in=list(versions)))  # type: ignore[arg-type]
    if not findings:
        messages.warning(request, _("没有选中问题"))
        return redirect("workbench:finding-list")
    sent = request.POST if "confirm" in request.POST else None
    form = StepForm(sent, action=action, findings=findings, register=Register())
    form.fields.pop("uploads", None)
    context = {
        "form": form,
        "action": action,
        "label": _(action.label),
        "count": len(findings),
        "versions": versions,
    }
    if sent is None or not form.is_valid():
        return render(request, "workbench/findings/batch.html", context)
    try:
        result = take_many(
            request.user,  # type: ignore[arg-type]
            code,
            versions,
            reason=form.cleaned_data.get("reason", ""),
            **form.data_for_step,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, "workbench/findings/batch.html", context)
    if not result.refused and not result.missing:
        text = _("{action}：{count}个问题已办理").format(action=_(action.label), count=len(result.done))
        messages.success(request, text)
        return redirect("workbench:finding-list")
    return render(request, "workbench/findings/batch_done.html", {**context, "result": result})


def _chosen(request: HttpRequest) -> dict[int, int | None]:
    """The findings that were chosen, with the version that the page showed."""
    if request.POST.get("all"):
        return _all_that_fit(request)
    chosen: dict[int, int | None] = {}
    for one in request.POST.getlist("f")[:MOST]:
        key, _colon, version = one.partition(":")
        if not (key.isdecimal() and version.isdecimal()):
            raise BadRequest("no such finding")
        chosen[int(key)] = int(version)
    return chosen


def _all_that_fit(request: HttpRequest) -> dict[int, int | None]:
    """All that the filters give, up to :data:`MOST`; what was worked on since the page was made is stale."""
    given = QueryDict(request.POST.get("query", ""), mutable=True)
    given["q"] = request.POST.get("q", "")
    form = FilterForm(given, request.user)
    seen = parse_datetime(request.POST.get("seen", "")) if request.POST.get("seen") else None
    if not form.is_valid() or seen is None or seen > timezone.now() + dt.timedelta(minutes=1):
        raise BadRequest("no such filter")
    among = sorted(statuses(request.user, form.cleaned_data))
    rows = narrowed(request.user, form.cleaned_data).filter(status__in=among).order_by("id")
    told = rows.values_list("pk", "version", "stepped_at")[:MOST]
    return {key: version if stepped <= seen else STALE for key, version, stepped in told}

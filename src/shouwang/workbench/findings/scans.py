"""Scans: asking for one, what the last ones found, and what each could not ask."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.access.rights import requires
from shouwang.access.scope import may
from shouwang.risk import catalogue
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import ScanRun
from shouwang.risk.report import words
from shouwang.risk.scans import comparing, keeping, reporting, requests
from shouwang.workbench.asked import whole
from shouwang.workbench.files import HTML, XLSX, as_file
from shouwang.workbench.findings import not_asked
from shouwang.workbench.findings.forms import area_choices

PAGE = 30
LISTED = 50
"""So many findings of a comparison stand on a page."""
CHOICES = 200
"""So many scans, the last ones, are offered to be compared; an older one is named by its number."""
RULES = 50
"""So many rules with new findings stand on the page of a scan, those that found most; all on request."""


@requires("scan.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The scans, the newest first."""
    rows = ScanRun.objects.select_related("requested_by").order_by("-pk")
    before = whole(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "before": found[PAGE - 1].pk if len(found) > PAGE else "",
        "may_run": may(request.user, "scan.run"),
    }
    context["choices"] = _done()[:2]
    return render(request, "workbench/findings/scans.html", context)


def _done() -> list[ScanRun]:
    """The scans that can be compared, the newest first."""
    return list(ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk")[:CHOICES])


@require_POST
@requires("scan.run")
def run(request: HttpRequest) -> HttpResponse:
    """Ask for a scan; the worker does it."""
    user: Any = request.user
    made = requests.request(ScanRun.Trigger.PERSON, user=user, whole=bool(request.POST.get("whole")))
    messages.success(request, _("已安排扫描 {number}，完成后在这里看结果").format(number=made))
    return redirect("workbench:scan", made.pk)


@requires("scan.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One scan: figures, what was new in the reader's scope, which rules waited for what."""
    scan = ScanRun.objects.select_related("requested_by", "previous").filter(pk=pk).first()
    if scan is None:
        raise Http404
    user: Any = request.user
    seen = Sight(user).visible().filter(first_run=scan)
    rules = catalogue.rules()
    counts = seen.order_by().values("code").annotate(count=Count("pk")).order_by("-count", "code")
    shown = list(counts if request.GET.get("new") == "all" else counts[:RULES])
    waits = not_asked.groups(scan.waits)
    context = {
        "scan": scan,
        "waiting": scan.status in (ScanRun.Status.WAITING, ScanRun.Status.RUNNING),
        "new_by_rule": [(rules.get(row["code"]), row["code"], row["count"]) for row in shown],
        "more_by_rule": counts.count() - len(shown) if len(shown) == RULES else 0,
        "waits": waits,
        "waiting_rules": len(scan.waits),
        "opened": not_asked.opened(scan.waits, waits, request.GET),
    }
    if scan.status == ScanRun.Status.DONE:
        context["before"] = comparing.before(scan)
        context["report"] = ReportForm(user=user) if reporting.kept(scan) else None
        context["kept"] = keeping.KEPT
    return render(request, "workbench/findings/scan.html", context)


class ReportForm(forms.Form):
    """What a report is narrowed to, and whether it shows persons in clear."""

    division = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clear = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "report", **options})
        labels = {
            "division": _("区划"),
            "since": _("发生日期从"),
            "until": _("到"),
            "clear": _("导出明文"),
            "reason": _("明文的理由"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["division"].choices = [  # type: ignore[attr-defined]
            ("", _("全部")),
            *area_choices(user, "finding.view"),
        ]
        if not may(user, "ledger.unmask"):
            del self.fields["clear"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """A clear report needs a reason; a period does not end before it begins."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("clear") and not given.get("reason", "").strip():
            self.add_error("reason", _("导出明文须写明理由"))
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("止期早于起期"))
        return given


@require_POST
@requires("scan.view")
def report(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report of a scan as a file: what its reader may see, marked with their name."""
    user: Any = request.user
    run = ScanRun.objects.filter(pk=pk, status=ScanRun.Status.DONE).first()
    if run is None or kind not in reporting.FORMATS:
        raise Http404
    form = ReportForm(request.POST, user=user)
    if not form.is_valid():
        messages.error(request, "；".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("workbench:scan", pk)
    given = form.cleaned_data
    ask = reporting.Ask(given["division"], given["since"], given["until"])
    reason = given.get("reason", "") if given.get("clear") else ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{kind}"
        try:
            reporting.report(run, reporting.reader_of(user), path, kind, ask=ask, reason=reason)
        except reporting.NotReported as refused:
            messages.error(request, str(refused))
            return redirect("workbench:scan", pk)
        return as_file(path.read_bytes(), f"{NAMES[kind]}-{pk}.{kind}", TYPES[kind])


NAMES = {"html": "report", "xlsx": "findings"}
TYPES = {"html": HTML, "xlsx": XLSX}


@require_GET
@requires("scan.view")
def compare(request: HttpRequest) -> HttpResponse:
    """Two scans beside each other: counts by rule and severity, and the findings of one difference."""
    runs = _done()
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    given = [key for text in asked if (key := whole(text)) is not None]
    both = comparing.pair(*given) if len(given) == 2 else None
    context: dict[str, Any] = {"runs": runs, "a": asked[0], "b": asked[1], "states": comparing.STATES}
    if both is None:
        context["wrong"] = any(asked)
        return render(request, "workbench/findings/compare.html", context)
    earlier, later = both
    seen = Sight(request.user).visible()  # type: ignore[arg-type]
    table = comparing.tallied(earlier, later, seen)
    state, rule = request.GET.get("state", "new"), request.GET.get("rule", "")
    if state not in comparing.STATES:
        raise BadRequest("no such state")
    rows = comparing.compared(earlier, later, seen).filter(difference=state)
    if rule:
        rows = rows.filter(code=rule)
    after = whole(request.GET.get("after", ""))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: LISTED + 1])
    rules = catalogue.rules()

    def title(code: str) -> str:
        return words.translated(rules[code].title) if code in rules else code

    context |= {
        "earlier": earlier,
        "later": later,
        "runs": [*runs, *(run for run in both if run not in runs)],
        "table": [(row, title(row.code)) for row in table],
        "severities": comparing.by_severity(table),
        "state": state,
        "rule": rule,
        "rule_title": title(rule),
        "rows": found[:LISTED],
        "pair": urlencode({"a": earlier.pk, "b": later.pk}),
        "after": found[LISTED - 1].pk if len(found) > LISTED else "",
    }
    return render(request, "workbench/findings/compare.html", context)

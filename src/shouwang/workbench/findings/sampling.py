"""Audit samples: choose ledger and method, draw, type in what was found, read what it says of the whole."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.loop.machine import Refused
from shouwang.risk.loop.sight import Sight
from shouwang.risk.models import AuditSample
from shouwang.risk.rule import Severity
from shouwang.risk.sampling import kept
from shouwang.risk.sampling.paper import PLAN_LABELS, RESULTS
from shouwang.risk.sampling.plan import ALLOCATIONS, METHODS, SELECTIONS, Plan
from shouwang.risk.sampling.population import PopulationError
from shouwang.standards.reading import N_
from shouwang.standards.sampling.exact import SamplingError
from shouwang.workbench.asked import whole
from shouwang.workbench.findings.attachments import keep_files
from shouwang.workbench.findings.forms import FilesField
from shouwang.workbench.ledgers.showing import divisions, me, names_of

ATTRIBUTE = "attribute"
"""Attribute sampling is a simple random sample whose size follows from what can be tolerated."""
WAYS = {
    ATTRIBUTE: N_("属性抽样（样本量由可容忍的偏差率计算）"),
    "mus": N_("货币单元抽样"),
    "stratified": N_("分层随机抽样"),
    "random": N_("简单随机抽样（给出样本量）"),
}
TOLD = ("method", "size", "confidence", "tolerable", "expected", "amount", "strata", "bands", "interval")
SHOWN = 200
"""Items on one page."""


def _sampled(user: Any) -> list[SheetSpec]:
    """The ledgers that the user may sample somewhere."""
    return [
        spec
        for spec in ledgers().values()
        if scope_of(user, kept.RIGHT, spec.name).ranges and scope_of(user, "ledger.view", spec.name).ranges
    ]


class LedgerForm(forms.Form):
    """Which ledger; what can be asked of it follows from its columns."""

    ledger = forms.ChoiceField()

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ledger"].label = _("台账")
        self.fields["ledger"].choices = [(s.name, _(s.title)) for s in _sampled(user)]  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    """A plan: where, how, how sure, and what counts as a deviation."""

    division = forms.ChoiceField()
    method = forms.ChoiceField()
    confidence = forms.CharField(max_length=10, required=False, initial="95%")
    tolerable = forms.CharField(max_length=20, required=False)
    expected = forms.CharField(max_length=20, required=False)
    size = forms.IntegerField(min_value=1, max_value=kept.MOST, required=False)
    amount = forms.ChoiceField(required=False)
    selection = forms.ChoiceField(required=False)
    strata = forms.ChoiceField(required=False)
    bands = forms.CharField(max_length=200, required=False)
    allocation = forms.ChoiceField(required=False)
    seed = forms.CharField(max_length=100, required=False)
    purpose = forms.CharField(max_length=400)

    def __init__(self, *args: Any, user: Any, spec: SheetSpec, **options: Any) -> None:
        super().__init__(*args, **options)
        self.spec = spec
        columns = spec.fields.items()
        # Strata stand in the plan in clear: only columns that hold nothing personal.
        plain = [(n, _(f.label)) for n, f in columns if f.values or n == "division"]
        sums = [(n, _(f.label)) for n, f in columns if f.kind == "money"]
        texts = {
            "division": (_("区划"), divisions(scope_of(user, kept.RIGHT, spec.name)), ""),
            "method": (_("抽样方法"), [(k, _(v)) for k, v in WAYS.items()], ""),
            "confidence": (_("置信水平"), None, _("如 95%")),
            "tolerable": (_("可容忍的偏差"), None, _("偏差率写 5%；货币单元写金额（元）或占总额的百分数")),
            "expected": (_("预计的偏差"), None, _("没有预计就不填")),
            "size": (_("样本量"), None, _("不填时由置信水平和可容忍的偏差计算")),
            "amount": (_("金额栏"), [("", "—"), *sums], _("货币单元抽样和按金额分层用")),
            "selection": (_("货币单元的选取"), [(k, _(v)) for k, v in SELECTIONS.items()], ""),
            "strata": (_("按哪一栏分层"), [("", "—"), *plain], ""),
            "bands": (_("按金额分层的界限（元）"), None, _("如 1000,10000")),
            "allocation": (_("样本在各层的分配"), [(k, _(v)) for k, v in ALLOCATIONS.items()], ""),
            "seed": (_("抽样种子"), None, _("不填时随机生成；记在计划里，别人用它可以重抽")),
            "purpose": (_("核查目的（什么算偏差）"), None, ""),
        }
        for name, (label, choices, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
            if choices is not None:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_bands(self) -> tuple[Decimal, ...]:
        """Limits that rise."""
        text = self.cleaned_data["bands"].replace("，", ",")
        try:
            limits = tuple(Decimal(part.strip()) for part in text.split(",") if part.strip())
        except InvalidOperation as error:
            raise ValidationError(_("请写成 1000,10000 的样子")) from error
        if any(not limit.is_finite() for limit in limits) or list(limits) != sorted(set(limits)):
            raise ValidationError(_("界限须从小到大"))
        return limits

    def clean(self) -> dict[str, Any]:
        """What goes together with the method."""
        given: dict[str, Any] = super().clean() or {}
        method, size = given.get("method"), given.get("size")
        computed = bool(given.get("confidence") and given.get("tolerable"))
        if method == "random" and not size:
            self.add_error("size", _("简单随机抽样请给出样本量"))
        elif not size and not computed:
            self.add_error("tolerable", _("请给出样本量，或置信水平和可容忍的偏差"))
        if method == "stratified":
            if bool(given.get("strata")) == bool(given.get("bands")):
                self.add_error("strata", _("请给出分层的一栏或金额界限之一"))
        elif given.get("strata") or given.get("bands"):
            self.add_error("strata", _("分层只用于分层随机抽样"))
        by_value = method == "stratified" and (given.get("bands") or given.get("allocation") == "value")
        if (method == "mus" or by_value) and not given.get("amount"):
            self.add_error("amount", _("请选择金额栏"))
        return given

    def plan(self) -> Plan:
        """The plan that was asked for."""
        given = self.cleaned_data
        method: Any = "random" if given["method"] == ATTRIBUTE else given["method"]
        return Plan(
            self.spec.name,
            method,
            given["seed"].strip() or secrets.token_hex(8),
            size=0 if given["method"] == ATTRIBUTE and given["tolerable"] else given["size"] or 0,
            confidence=given["confidence"] if given["tolerable"] else "",
            tolerable=given["tolerable"],
            expected=given["expected"],
            distribution="binomial" if method == "stratified" else "hypergeometric",
            selection=given["selection"] or "interval",
            amount=given["amount"],
            strata=given["strata"],
            bands=given["bands"],
            allocation=given["allocation"] or "proportional",
            purpose=given["purpose"],
        )


class ItemForm(forms.Form):
    """What was found of one item."""

    result = forms.ChoiceField(widget=forms.RadioSelect)
    audited = forms.DecimalField(required=False, max_digits=16, decimal_places=2)
    remark = forms.CharField(max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    severity = forms.ChoiceField(initial="medium", required=False)
    uploads = FilesField()
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = {
            "result": _("核查结果"),
            "audited": _("审定金额"),
            "remark": _("偏差说明"),
            "severity": _("严重程度"),
            "uploads": _("照片或文件"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["severity"].help_text = _("有偏差的，自动上报为问题，进入整改")
        self.fields["result"].choices = [(k, _(v)) for k, v in RESULTS.items()]  # type: ignore[attr-defined]
        choices = [(s.value, _(s.label)) for s in Severity]
        self.fields["severity"].choices = choices  # type: ignore[attr-defined]


@requires("sample.make")
def listing(request: HttpRequest) -> HttpResponse:
    """The samples of one's ledgers and divisions, and which ledger to sample next."""
    counted = kept.visible(me(request)).annotate(
        drawn=Count("items"), done=Count("items", filter=~Q(items__result=""))
    )
    samples = list(counted.select_related("made_by").order_by("-pk")[:SHOWN])
    names = names_of(sample.division_code for sample in samples)
    for sample in samples:
        sample.place = names[sample.division_code]  # type: ignore[attr-defined]
        sample.title = _(ledgers()[sample.ledger].title)  # type: ignore[attr-defined]
        method = sample.plan["method"]
        sample.method = _(METHODS[method])  # type: ignore[attr-defined]
    context = {"samples": samples, "form": LedgerForm(user=request.user)}
    return render(request, "workbench/findings/samples.html", context)


@requires("sample.make", subject="ledger")
def add(request: HttpRequest, ledger: str) -> HttpResponse:
    """The form of a plan; drawn when it is sent."""
    spec = ledgers().get(ledger)
    if spec is None or not may(request.user, "ledger.view", ledger):
        raise Http404(ledger)
    form = PlanForm(request.POST or None, user=request.user, spec=spec)
    if request.method == "POST" and form.is_valid():
        try:
            sample = kept.draw(me(request), form.plan(), form.cleaned_data["division"])
        except SamplingError as error:
            form.add_error(None, f"{_(error.message.text)}。{_(error.message.advice)}")
        except (PopulationError, kept.SampleRefused) as error:
            form.add_error(None, str(error))
        else:
            return redirect("workbench:sample", sample.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "workbench/findings/sample_form.html", {"form": form, "spec": spec}, status=status)


@requires("sample.make")
def choose(request: HttpRequest) -> HttpResponse:
    """To the form of the ledger that was chosen."""
    form = LedgerForm(request.GET, user=request.user)
    if not form.is_valid():
        return redirect("workbench:sample-list")
    return redirect("workbench:sample-add", form.cleaned_data["ledger"])


def _sample(request: HttpRequest, pk: int) -> AuditSample:
    return get_object_or_404(kept.visible(me(request)), pk=pk)


@requires("sample.make")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, the items with their results, and what they say of the whole."""
    sample = _sample(request, pk)
    spec = ledgers()[sample.ledger]
    items = list(sample.items.select_related("finding", "checked_by").order_by("number"))
    known = set(Sight(me(request)).visible().filter(pk__in=[i.finding_id for i in items if i.finding_id])
                .values_list("pk", flat=True))  # fmt: skip
    start = whole(request.GET.get("from", "")) or 0
    for item in items:
        item.said = _(RESULTS[item.result]) if item.result else ""
        item.seen = item.finding_id in known
    try:
        conclusion, problem = kept.evaluate(sample, items), ""
    except SamplingError as error:
        conclusion, problem = None, f"{_(error.message.text)}。{_(error.message.advice)}"
    facts = [(_(PLAN_LABELS[key]), _plain(spec, key, sample.plan[key])) for key in TOLD if key in sample.plan]
    context = {
        "sample": sample,
        "title": _(spec.title),
        "place": names_of([sample.division_code])[sample.division_code],
        "facts": facts,
        "items": items[start : start + SHOWN],
        "next": start + SHOWN if len(items) > start + SHOWN else 0,
        "drawn": len(items),
        "open": sum(not item.result for item in items),
        "monetary": sample.plan["method"] == "mus",
        "conclusion": conclusion,
        "problem": problem,
    }
    return render(request, "workbench/findings/sample.html", context)


def _plain(spec: SheetSpec, key: str, text: str) -> str:
    if key == "method":
        return _(METHODS[text])
    return _(spec.fields[text].label) if key in ("amount", "strata") and text in spec.fields else text


@requires("sample.make")
def item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One item: the record, and what came out of looking at it."""
    sample = _sample(request, pk)
    found = get_object_or_404(sample.items.select_related("finding"), number=number)
    spec = ledgers()[sample.ledger]
    initial = {
        "result": found.result, "audited": found.audited, "remark": found.remark, "version": found.version,
        "severity": "medium",
    }  # fmt: skip
    form = ItemForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            given["uploads"] = keep_files(given["uploads"])
            given["severity"] = given["severity"] or "medium"
            kept.check(me(request), sample, number, **given)
        except (kept.SampleRefused, Refused, ValidationError) as refused:
            form.add_error(None, "；".join(getattr(refused, "messages", [str(refused)])))
        else:
            messages.success(request, _("已保存"))
            following = sample.items.filter(result="").order_by("number").first()
            if following is None:
                return redirect("workbench:sample", pk)
            return redirect("workbench:sample-item", pk, following.number)
    rows = scope_of(request.user, "ledger.view", spec.name).filter(spec.model._default_manager.all())
    row = rows.filter(pk=found.record).first()
    cells = [
        (_(column.label), column.masked(getattr(row, name)))
        for name, column in spec.fields.items()
        if row is not None and getattr(row, name) not in (None, "")
    ]
    context = {
        "sample": sample, "item": found, "form": form, "spec": spec, "title": _(spec.title), "cells": cells,
        "row": row,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "workbench/findings/sample_item.html", context, status=status)


@require_POST
@requires("sample.make")
def redraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw again by the seed kept, and say whether it is the same."""
    sample = _sample(request, pk)
    try:
        found = kept.redraw(me(request), sample)
    except (kept.SampleRefused, PopulationError, SamplingError) as refused:
        messages.error(request, str(refused))
        return redirect("workbench:sample", pk)
    if found.same and found.frame:
        messages.success(request, _("用同一种子重抽，样本相同；台账在抽样之后没有改动。"))
    elif found.same:
        messages.warning(request, _("用同一种子重抽，样本相同；台账在抽样之后有改动。"))
    else:
        text = _("重抽的样本不同：台账在抽样之后有改动（抽样时 {then} 行，现在 {now} 行）。")
        messages.error(request, text.format(then=sample.population, now=found.rows))
    return redirect("workbench:sample", pk)

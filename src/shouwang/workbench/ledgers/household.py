"""One household, one file (一户一档): all that is known about a household, person or organisation, as a time
line.

Looked up by POST, so that no number stands in an address. Every line keeps the scope of its ledger and is
masked. Looking leaves an event for every person concerned: who saw somebody's file is one query.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.rights import requires
from shouwang.access.scope import scope_of
from shouwang.ledger import identity
from shouwang.ledger.store import related
from shouwang.ledger.store.related import About, Line
from shouwang.risk.models import Finding
from shouwang.standards import credit_code, resident_id
from shouwang.workbench.ledgers.showing import Cell, cell, names_of, row_of, shown_in_line, spec_of

KINDS = ("household", "person", "organisation")


@dataclass(frozen=True)
class Entry:
    """A line of the time line as it is shown."""

    day: dt.date | None
    what: str
    title: str
    address: tuple[str, int] | None
    division: str
    cells: list[Cell]
    severity: str = ""


def _about(user: Any, kind: str, text: str, ledger: str, pk: str) -> tuple[About, str]:
    """Whom the question is about, or why nobody was found."""
    text = text.strip()
    if ledger and pk.isdigit():
        row = row_of(user, "ledger.view", spec_of(ledger), int(pk))
        persons = set(related.persons_of(row))
        if kind == "person":
            return About(persons=persons), ""
        numbers = [getattr(row, n) for n in related.household_columns(ledger) if getattr(row, n)]
        if kind == "organisation":
            names = {getattr(row, n) for n in related.organisation_columns(ledger) if getattr(row, n)}
            codes = {getattr(row, n) for n in related.code_columns(ledger) if getattr(row, n)}
            return About(organisations=names, codes=codes), ""
        return related.household_of(user, numbers, persons), ""
    if not text:
        return About(), _("请输入身份证号、户号或单位名称")
    if kind == "organisation":
        code = credit_code.parse(text)
        if code.ok:
            return About(codes={text.upper()}), ""
        return About(organisations={text}), ""
    read = resident_id.parse(text)
    if read.ok and read.value is not None:
        index = identity.person_index(str(read.value.number))
        return (About(persons={index}) if kind == "person" else related.household_of(user, (), {index})), ""
    if kind == "person":
        return About(), _("这不是有效的身份证号，请核对；按姓名查找请用台账里的搜索")
    return related.household_of(user, [text], ()), ""


def _findings(user: Any, about: About) -> list[Finding]:
    found = (
        Finding.objects.filter(person__in=sorted(about.persons)) if about.persons else Finding.objects.none()
    )
    if about.organisations:
        found = found | Finding.objects.filter(organisation__in=sorted(about.organisations))
    seen = []
    for one in found.order_by("-pk")[:100]:
        if scope_of(user, "finding.view", one.code).filter(Finding.objects.filter(pk=one.pk)).exists():
            seen.append(one)
    return seen


def _entry(line: Line, names: dict[str, str]) -> Entry:
    spec, row = line.spec, line.row
    shown = [
        cell(spec.fields[n], getattr(row, n))
        for n in shown_in_line(spec)
        if getattr(row, n) not in (None, "")
    ]
    return Entry(
        line.day,
        line.what,
        spec.title,
        (spec.name, row.pk),
        names.get(row.division_code, row.division_code),
        shown,
    )


@requires("ledger.view")
def household(request: HttpRequest) -> HttpResponse:
    """The form, and by POST the file."""
    kind = request.POST.get("kind", request.GET.get("kind", "household"))
    kind = kind if kind in KINDS else "household"
    context: dict[str, Any] = {"kind": kind, "kinds": _labels()}
    if request.method != "POST":
        return render(request, "workbench/ledgers/household.html", context)
    about, problem = _about(
        request.user,
        kind,
        request.POST.get("text", ""),
        request.POST.get("ledger", ""),
        request.POST.get("pk", ""),
    )
    found = list(related.lines(request.user, about))
    if not problem and not found:
        problem = _("没有找到，或不在您的查看范围内")
    persons = sorted({person for line in found for person in related.persons_of(line.row)} & about.persons)
    if found:
        with trail.change("household.view", reason=request.POST.get("reason", "").strip()[:500]) as doing:
            codes = sorted({line.row.division_code for line in found})
            facts: dict[str, Any] = {"kind": kind, "ledgers": sorted({line.spec.name for line in found})}
            for person in persons or [""]:
                doing.note("household", "", division_code=codes[0], person=person, **facts)
    names = names_of(line.row.division_code for line in found)
    findings = _findings(request.user, about) if found else []
    entries = [_entry(line, names) for line in found] + [
        Entry(one.on, _("发现问题"), one.title, None, names.get(one.division_code, ""), [], one.severity)
        for one in findings
    ]
    dated = sorted((e for e in entries if e.day), key=lambda e: (e.day, e.title), reverse=True)
    context |= {
        "problem": problem,
        "dated": dated,
        "undated": [e for e in entries if not e.day],
        "members": _members(found, about),
        "count": len(found),
        "persons": len(persons),
    }
    return render(request, "workbench/ledgers/household.html", context)


def _labels() -> list[tuple[str, str, str]]:
    return [
        ("household", _("一户"), _("户号，或任一成员的身份证号")),
        ("person", _("一人"), _("身份证号")),
        ("organisation", _("一个单位"), _("单位全称或统一社会信用代码")),
    ]


def _members(found: list[Line], about: About) -> list[dict[str, Any]]:
    """The persons of the file with their masked names, each once."""
    members: dict[str, dict[str, Any]] = {}
    for line in found:
        for person in related.persons_of(line.row):
            if person not in about.persons:
                continue
            member = members.setdefault(person, {"name": "", "relation": "", "ledgers": set(), "line": line})
            name, relation = line.spec.fields.get("name"), getattr(line.row, "relation", None)
            if name is not None and line.spec.persons[0] == "person" and not member["name"]:
                member["name"] = cell(name, getattr(line.row, name.name)).text
            member["relation"] = member["relation"] or relation or ""
            member["ledgers"].add(line.spec.title)
    return list(members.values())

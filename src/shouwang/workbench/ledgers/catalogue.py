"""All ledgers by pack, with how many rows there are and when one was last imported."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shouwang.access.rights import requires
from shouwang.access.scope import may, scope_of
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.models import LastImport
from shouwang.ledger.store.counting import counts
from shouwang.ledger.store.listing import COUNTED, Ask, Listing
from shouwang.ledger.template import write_template
from shouwang.workbench.files import as_file
from shouwang.workbench.ledgers.showing import spec_of


@dataclass(frozen=True)
class Entry:
    """A ledger in the catalogue."""

    spec: SheetSpec
    count: int
    more: bool
    last: Any


@requires("ledger.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    """The ledgers that the user may see, those with rows first; all of them when asked."""
    every = request.GET.get("all") == "1"
    last = {one.ledger: one.at for one in LastImport.objects.all()}
    scopes = {name: scope_of(request.user, "ledger.view", name) for name in ledgers()}
    seen = {name: Listing(ledgers()[name], scope, Ask()).rows for name, scope in scopes.items() if scope}
    entries = [
        Entry(ledgers()[name], count, more, last.get(name))
        for name, (count, more) in counts(seen, COUNTED).items()
        if count or every
    ]
    packs = [
        (apps.get_app_config(pack).verbose_name, list(group))
        for pack, group in groupby(entries, key=lambda entry: entry.spec.pack)
    ]
    context = {"packs": packs, "every": every, "may_import": may(request.user, "ledger.import")}
    return render(request, "workbench/ledgers/catalogue.html", context)


@requires("ledger.view", subject="ledger")
def template(request: HttpRequest, ledger: str) -> HttpResponse:
    """The empty workbook of a ledger."""
    spec = spec_of(ledger)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, spec)
        return as_file(path.read_bytes(), _("%(title)s模板.xlsx") % {"title": spec.title})

"""Staging the example office: divisions, one user a role, limits, ledgers, a scan, its findings assigned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.middleware import actor_of
from shouwang.access.models import Area, Post, User
from shouwang.access.people import one_time_password
from shouwang.access.roles import Role, roles
from shouwang.cli import founding
from shouwang.inbox.models import Notice
from shouwang.indicator.recording import office_code
from shouwang.ledger.catalogue import ledgers as catalogue
from shouwang.ledger.identity import person_index
from shouwang.ledger.store import importing
from shouwang.risk import values
from shouwang.risk.models import Finding, ParameterChange, ScanRun
from shouwang.risk.report import words
from shouwang.risk.scans import requests, running
from shouwang.settings import PACKS
from shouwang.workbench.figures import boundaries

MARK = ".demo"
"""A file in the home of a demonstration: what bears it may be thrown away."""

Say = Callable[[str], None]

PREFERRED = ("township", "community", "county", "grid", "prefecture")
"""Where a post of the demonstration is, of the levels its role allows."""

SHOWN = frozenset({"ledger.view", "finding.view"})
"""Rights to see something."""

PROPOSER, APPROVER = "section_chief", "leader"


class StagingError(RuntimeError):
    """The example could not be set up."""


@dataclass(frozen=True)
class Account:
    """A user of the demonstration, with the password that is shown once."""

    user: User
    password: str
    role: Role
    where: str
    sees: str


def stage(examples: Path, as_of: dt.date, say: Say) -> list[Account]:
    """Fill an empty installation with the example office; the accounts made. Somebody must be acting."""
    say(_("建立区划和账号"))
    with trail.change("access.found"):
        founding.settle(founding.read_divisions(examples / "divisions.csv"))
        accounts = people()
    everywhere = [("0", "9" * 15)]
    boundaries.take((examples / "grids.geojson").read_bytes(), "grids.geojson", ranges=everywhere, skip=False)
    users = {account.role.code: account.user for account in accounts}
    say(_("设定标准"))
    limits(examples / "parameters.yaml", users[PROPOSER], users[APPROVER])
    say(_("导入台账"))
    rows = ledgers(examples / "office")
    settle_resident()
    say(_("读入 {rows} 行，扫描").format(rows=f"{rows:,}"))
    run = scan(as_of)
    say(
        _("找出 {found} 个问题，其中 {assigned} 个已分派到岗").format(
            found=f"{run.found:,}", assigned=f"{Finding.objects.exclude(post=None).count():,}"
        )
    )
    return accounts


def people() -> list[Account]:
    """One user for each role that has an area to stand in, within an open change."""
    areas: dict[str, Area] = {}
    for area in Area.objects.order_by("code"):
        areas.setdefault(area.level.name.lower(), area)
    wanted = []
    for role in roles().values():
        level = next((n for n in PREFERRED if n in (role.levels or PREFERRED) and n in areas), None)
        if level is not None:
            wanted.append((role, areas[level], one_time_password()))
    # A good hash takes its time, and the library that computes it lets others run meanwhile.
    with ThreadPoolExecutor() as pool:
        hashes = list(pool.map(make_password, [password for _role, _area, password in wanted]))
    made = []
    for (role, area, password), hashed in zip(wanted, hashes, strict=True):
        user = User(username=role.code, name=role.label, password=hashed)
        user.full_clean()
        user.save()
        named = role.sees == "own" or role.needs_organisation
        body = BODIES.get(role.code, role.label) if named else ""
        founding.appoint(user, role.code, role.label, area, organisation=body)
        made.append(Account(user, password, role, area.name, _sees(role, body)))
    return made


BODIES = {
    "beat_officer": "望河派出所",
    "bank": "云川农村商业银行",
    "guarantor": "云川县小额贷款担保中心",
    "loan_intermediary": "望河贷款服务社",
    "provider": "云川县人民医院",
    "insured_unit": "青苑精密机械有限公司",
    "culture_organisation": "青苑社区书画社",
}
"""Bodies outside the office that the example's ledgers name, by the role of those who stand for them."""


def _sees(role: Role, body: str) -> str:
    seen = {on for grant in role.grants if grant.may & SHOWN for on in grant.on}
    packs = sorted({pattern.partition(".")[0] for pattern in seen} & set(PACKS) | (seen & {"*"}))
    if not seen:
        return _(role.about) if role.about else _("不看台账和问题")
    if "*" in packs:
        what = _("全部业务")
    elif len(packs) > len(PACKS) // 2:
        others = [words.pack_label(pack) for pack in PACKS if pack not in packs]
        what = _("全部业务，{others}除外").format(others="、".join(others))
    else:
        what = "、".join(words.pack_label(pack) for pack in packs) or words.pack_label("registry")
    if role.sees == "assigned":
        return _("交办给自己的：{what}").format(what=what)
    return _("{organisation}的：{what}").format(organisation=body, what=what) if body else what


DAYS = {"risk.days-to-rectify-high": 5, "risk.days-to-rectify-medium": 10, "risk.days-to-rectify-low": 20}
"""Working days to rectify; the seed texts give none, an office sets its own."""


def limits(file: Path, proposer: User, approver: User) -> int:
    """Set the limits of a parameter file as an office does: one proposes, another approves; how many."""
    count = 0
    wanted = yaml.safe_load(file.read_text(encoding="utf-8"))
    for name, dated in wanted.items():
        for entry in dated:
            try:
                with trail.acting(actor_of(proposer)):
                    change = values.propose(
                        proposer,
                        name,
                        _raw(entry["value"]),
                        start=_day(entry.get("from")),
                        division=entry.get("division", ""),
                        source=str(entry.get("source", "")),
                        reason=_("试用示例的取值"),
                    )
                with trail.acting(actor_of(approver)):
                    values.decide(approver, change.pk, agree=True, rescan=False)
                count += 1
            except values.ChangeRefused:
                # A limit of a field that the proposer's post does not reach: its rules wait, and say so.
                continue
    with trail.change("parameter.approve"):
        for name, days in DAYS.items():
            # No role of the seed texts sets these; an office gives that right to whom it will.
            ParameterChange(
                name=name,
                raw=str(days),
                source=_("试用示例的取值"),
                reason=_("试用示例的取值"),
                status=ParameterChange.Status.APPROVED,
                proposed_by=proposer,
                decided_by=approver,
                decided_at=timezone.now(),
            ).save()
    # Nobody tries the demonstration to read that these were approved.
    Notice.objects.filter(kind__startswith="parameter.").update(read=timezone.now())
    return count


def _raw(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) or value is None else dt.date.fromisoformat(str(value))


def ledgers(folder: Path) -> int:
    """Import the workbooks of a folder; how many rows are new. No scan of today follows."""
    importing.imported.disconnect(dispatch_uid="shouwang.risk.scans")
    try:
        office = office_code(list(Area.objects.values_list("code", flat=True)))
        incoming = importing.prepare(folder, division=office)
        done = importing.commit(incoming, reason=_("试用示例"))
    finally:
        importing.imported.connect(requests.after_import, dispatch_uid="shouwang.risk.scans")
    return sum(kinds["new"] for one in done for kinds in one.counts.values())


def settle_resident() -> None:
    """Let the resident be somebody whom the ledgers know: a borrower who is in the register of residents."""
    loans: Any = catalogue()["microcredit.loan"].model._default_manager.order_by("pk")
    residents: Any = catalogue()["registry.person"].model._default_manager
    borrower = next(n for n in loans.values_list("person", flat=True) if residents.filter(person=n).exists())
    with trail.change("access.found"):
        post = Post.objects.get(role="resident")
        post.person = person_index(borrower)
        post.save()


def scan(as_of: dt.date) -> ScanRun:
    """Scan the database as of a day, at once."""
    asked = requests.request(ScanRun.Trigger.PERSON, as_of=as_of)
    running.run_scan(asked.pk)
    asked.refresh_from_db()
    if asked.status != ScanRun.Status.DONE:
        raise StagingError(asked.error)
    return asked

"""What is noticed again and again, posts without holders and missed targets, enters the loop too.

Each time the whole of it is told. What is new becomes a finding, what is told no more is noted as gone,
what was gone and is told again is back; a closed one that was gone in between has happened again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext

from shouwang import trail
from shouwang.access.models import Area
from shouwang.access.staffing import vacancies
from shouwang.risk.loop.intake import Noticed, allot, enter, identity
from shouwang.risk.loop.machine import CLOSED
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.steps import take_by_system
from shouwang.risk.models import Finding, Source
from shouwang.risk.risk_points import watched
from shouwang.risk.values import in_force
from shouwang.standards.reading import N_

VACANCY = "office.vacancy"


@dataclass(frozen=True)
class Standing:
    """One thing that is not as it should be: told as long as it lasts, by the same code, subject and key."""

    code: str
    subject: str
    key: str
    title: str
    text: str
    severity: str
    division_code: str
    text_en: str = ""
    on: dt.date | None = None


def settle(source: Source, told: Sequence[Standing], codes: Sequence[str] = ()) -> dict[str, int]:
    """Hold what is told now against what is on record of this source; how many are new, back and gone.

    ``codes`` bounds what may be gone: a code that could not be asked says nothing of its findings.
    """
    now = {identity(one.code, one.subject, one.key): one for one in told}
    rows = Finding.objects.filter(source=source.value)
    known = {f.identity: f for f in (rows.filter(code__in=codes) if codes else rows).order_by("pk")}
    new = [key for key in now if key not in known]
    gone = [f for key, f in known.items() if f.present and key not in now]
    back = [f for key, f in known.items() if not f.present and key in now]
    if not (new or gone or back):
        return {"new": 0, "back": 0, "gone": 0}
    with trail.change("finding.notice") as doing:
        register, parameters = Register(), in_force()
        take_by_system("gone", gone, doing=doing, register=register)
        take_by_system("back", back, doing=doing, register=register)
        again = [f for f in back if f.status == CLOSED]
        take_by_system("recur", again, doing=doing, register=register)
        allot(again, doing=doing, register=register, parameters=parameters)
        enter(
            [Noticed(_values(source, key, now[key])) for key in sorted(new, key=lambda k: _order(now[k]))],
            doing=doing,
            register=register,
            parameters=parameters,
        )
    return {"new": len(new), "back": len(back), "gone": len(gone)}


def _order(one: Standing) -> tuple[str, str, str]:
    return one.code, one.subject, one.key


def _values(source: Source, key: str, one: Standing) -> dict[str, object]:
    return {
        "source": source.value,
        "code": one.code,
        "risk_point": watched().get(one.code, ""),
        "identity": key,
        "subject": one.subject[:200],
        "key": one.key[:500],
        "title": one.title[:300],
        "sentence": one.text,
        "sentence_en": one.text_en,
        "severity": one.severity,
        "on": one.on,
        "division_code": one.division_code,
    }


def top() -> str:
    """The uppermost division of the installation; empty before it was founded."""
    return str(Area.objects.order_by("code").values_list("code", flat=True).first() or "")


def notice_vacancies(day: dt.date | None = None) -> dict[str, int]:
    """Let posts without a holder, and divisions without a post they must have, into the loop."""
    from django.utils import translation

    today = day or timezone.localdate()
    office = top()
    if not office:
        return {"new": 0, "back": 0, "gone": 0}
    told = []
    for one in vacancies(today):
        area = one.area.name if one.area else ""
        post = str(one.post) if one.post else f"{area}{one.role.label}"
        text = N_("{post}没有任职人") if one.post else N_("{post}应设而未设，或没有任职人")
        with translation.override("en"):
            english = gettext(text).format(post=post)
        with translation.override("zh-hans"):
            chinese = gettext(text).format(post=post)
        told.append(
            Standing(
                VACANCY,
                subject=f"post:{one.post.pk}" if one.post else f"role:{one.role.code}",
                key=one.area.code if one.area else "",
                title=chinese,
                text=chinese,
                severity="medium",
                division_code=one.area.code if one.area else office,
                text_en=english,
                on=one.since,
            )
        )
    return settle(Source.VACANCY, told, [VACANCY])

"""The facts of a bulletin: figures of a month in a division, and the gravest open findings, masked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.access.models import Area, code_range
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.judging import judge, saved
from shouwang.indicator.models import RecordedValue, Target
from shouwang.indicator.recording import direction_of
from shouwang.risk.loop.machine import OPEN, Status
from shouwang.risk.models import Finding
from shouwang.risk.report import words
from shouwang.risk.rule import Severity
from shouwang.standards.reading import N_
from shouwang.workbench.figures.standing import View, below

LISTED = 20
"""So many of the gravest open findings are told one by one."""
BAR = 12
"""Signs of the longest bar of a table."""

Facts = dict[str, Any]

#: Every name a template may use, with what it is: shown beside the template, and held by a test.
NAMES = {
    "office": N_("单位名称"),
    "month": N_("月份，如 2026年11月"),
    "day": N_("数据截至哪一天"),
    "author": N_("编制人"),
    "found": N_("本月新发现的问题数"),
    "closed": N_("本月销号数"),
    "open": N_("月末未办结数"),
    "high": N_("未办结中的高风险数"),
    "overdue": N_("未办结中的逾期数"),
    "amount": N_("未办结问题涉及金额，元"),
    "found_before": N_("上月新发现数"),
    "closed_before": N_("上月销号数"),
    "packs": N_("各项业务：每行 name、found、closed、open、overdue、amount、bar"),
    "divisions": N_("各区划：每行同上"),
    "gravest": N_("严重而未办结的问题：每行 name、title、text、division、post、due、severity"),
    "indicators": N_("指标：每行 name、bearer、period、value、target、state、saved"),
}


def month_of(text: str) -> dt.date:
    """The first day of a month written 2026-11; ``ValueError`` for anything else."""
    return dt.datetime.strptime(text, "%Y-%m").date().replace(day=1)


def after(month: dt.date) -> dt.date:
    """The first day of the next month."""
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def before(month: dt.date) -> dt.date:
    """The first day of the month before."""
    return (month - dt.timedelta(days=1)).replace(day=1)


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def gather(user: Any, area: Area, month: dt.date, today: dt.date | None = None) -> Facts:
    """The facts of the month in the division: of what the user may see, without what is sensitive.

    What was dismissed or merged since counts as found and not as open.
    """
    now = today or timezone.localdate()
    rows = View(user, area.code).findings.filter(sensitive=False)
    first, end = _start(month), _start(after(month))
    day = min(after(month) - dt.timedelta(days=1), now)
    standing = _standing(rows, first, end, day)
    totals: Counter[str] = Counter()
    amount = Decimal(0)
    for cell in standing:
        totals.update({k: cell[k] for k in ("found", "closed", "open", "high", "overdue")})
        amount += cell["amount"] or 0
    earlier = rows.aggregate(
        found=Count("pk", filter=Q(found_at__gte=_start(before(month)), found_at__lt=first)),
        closed=Count("pk", filter=Q(closed_at__gte=_start(before(month)), closed_at__lt=first)),
    )
    names = dict(Area.objects.values_list("code", "name"))
    return {
        "office": area.name,
        "month": _("{year}年{month}月").format(year=month.year, month=month.month),
        "day": day.isoformat(),
        "author": str(user),
        **{k: totals[k] for k in ("found", "closed", "open", "high", "overdue")},
        "amount": words.money(amount),
        "found_before": earlier["found"],
        "closed_before": earlier["closed"],
        "packs": _table(standing, lambda cell: words.pack_label(cell["pack"])),
        "divisions": _table(
            standing,
            lambda cell: (
                names.get(under, under)
                if (under := below(cell["division_code"], area.code)) != area.code
                else _("{name}本级").format(name=area.name)
            ),
        ),
        "gravest": [_told(finding, names) for finding in _gravest(rows, end, day)],
        "indicators": _indicators(area),
    }


def _is_open(end: dt.datetime) -> Q:
    """The condition that a finding was open when the month ended, as far as is still known."""
    gone = [Status.DISMISSED.value, Status.MERGED.value]
    return Q(found_at__lt=end) & (Q(closed_at__isnull=True) | Q(closed_at__gte=end)) & ~Q(status__in=gone)


def _standing(
    rows: QuerySet[Finding], first: dt.datetime, end: dt.datetime, day: dt.date
) -> list[dict[str, Any]]:
    """Counts by pack and division: one query."""
    is_open = _is_open(end)
    counted = (
        rows.order_by()
        .values("pack", "division_code")
        .annotate(
            found=Count("pk", filter=Q(found_at__gte=first, found_at__lt=end)),
            closed=Count("pk", filter=Q(closed_at__gte=first, closed_at__lt=end)),
            open=Count("pk", filter=is_open),
            high=Count("pk", filter=is_open & Q(severity=Severity.HIGH.value)),
            overdue=Count("pk", filter=is_open & Q(due__lt=day)),
            amount=Sum("amount", filter=is_open),
        )
    )
    return [dict(row) for row in counted]


def _table(cells: Iterable[dict[str, Any]], name: Any) -> list[Facts]:
    """The cells added up by a name, with the most open first, and a bar of signs for the eye."""
    rows: dict[str, Facts] = {}
    for cell in cells:
        row = rows.setdefault(
            name(cell), {"found": 0, "closed": 0, "open": 0, "overdue": 0, "amount": Decimal(0)}
        )
        for key in ("found", "closed", "open", "overdue"):
            row[key] += cell[key]
        row["amount"] += cell["amount"] or 0
    most = max((row["open"] for row in rows.values()), default=0)
    return [
        {"name": label, **row, "amount": words.money(row["amount"]), "bar": _bar(row["open"], most)}
        for label, row in sorted(rows.items(), key=lambda item: (-item[1]["open"], item[0]))
        if row["open"] or row["found"] or row["closed"]
    ]


def _bar(number: int, most: int) -> str:
    return "█" * max(1, round(BAR * number / most)) if number and most else ""


def _gravest(rows: QuerySet[Finding], end: dt.datetime, day: dt.date) -> list[Finding]:
    """The open findings of the highest severity, overdue ones first, then the oldest."""
    wanted = rows.filter(_is_open(end), severity=Severity.HIGH.value, status__in=[s.value for s in OPEN])
    return list(wanted.select_related("post__area").order_by("due", "found_at", "pk")[:LISTED])


def _told(finding: Finding, names: dict[str, str]) -> Facts:
    return {
        "name": finding.name,
        "title": finding.heading,
        "text": finding.text,
        "division": names.get(finding.division_code, finding.division_code),
        "post": str(finding.post) if finding.post else _("（未分派）"),
        "due": finding.due.isoformat() if finding.due else "",
        "severity": _(Severity(finding.severity).label),
    }


STATES = {"good": N_("达到"), "warn": N_("接近"), "bad": N_("未达到"), "": ""}


def _indicators(area: Area) -> list[Facts]:
    """The current values with a target in the division, the missed ones first."""
    low, high = code_range(area.code)
    targets = {
        (t.code, t.division_code, t.unit, t.period): t
        for t in Target.objects.filter(division_code__gte=low, division_code__lte=high, post=None)
    }
    names = dict(Area.objects.filter(code__gte=low, code__lte=high).values_list("code", "name"))
    catalogue = indicators()
    found = []
    rows = RecordedValue.objects.filter(current=True, division_code__gte=low, division_code__lte=high)
    for row in rows.order_by("code", "division_code", "unit", "period"):
        indicator = catalogue.get(row.code)
        target = targets.get((row.code, row.division_code, row.unit, row.period))
        goal = target.value if target else row.declared
        if indicator is None or goal is None or row.value is None:
            continue
        way = direction_of(indicator, target)
        state = judge(way, row.value, goal, target.warn if target else None)
        found.append(
            {
                "name": words.translated(indicator.label),
                "bearer": row.unit or names.get(row.division_code, row.division_code),
                "period": row.period,
                "value": plain(row.value, indicator.unit),
                "target": plain(goal, indicator.unit),
                "saved": plain(saved(way, row.value, goal), indicator.unit),
                "state": words.translated(STATES[state]),
                "_rank": ("bad", "warn", "good", "").index(state),
            }
        )
    found.sort(key=lambda each: each["_rank"])
    return [{k: v for k, v in each.items() if k != "_rank"} for each in found[:60]]


def plain(number: Decimal | None, unit: str) -> str:
    """A quantity with its unit, without idle zeros."""
    if number is None:
        return ""
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}{words.translated(unit)}" if unit == "%" else f"{text} {words.translated(unit)}".strip()


def sample() -> Facts:
    """Invented facts of every kind, on which a template is tried before it is accepted."""
    row: Facts = {"name": "低保与社会工作", "found": 3, "closed": 2, "open": 12, "overdue": 1}
    row |= {"amount": "9,300.00", "bar": _bar(6, BAR)}
    totals = {
        "found": 12,
        "closed": 8,
        "open": 40,
        "high": 5,
        "overdue": 3,
        "found_before": 10,
        "closed_before": 9,
    }
    told = {
        "name": "assistance.paid-after-death-0001",
        "title": "已故人员仍领取低保金",
        "text": "张*于2026-05-01去世，2026-06仍发放930.00元 <&>",
        "division": "云溪社区",
        "post": "云溪街道低保工作人员",
        "due": "2026-11-10",
        "severity": "高",
    }
    value = {"name": "排查覆盖率", "bearer": "云溪社区", "period": "2026", "value": "98%", "target": "100%"}
    return {
        "office": "云溪街道",
        "month": "2026年11月",
        "day": "2026-11-30",
        "author": "王敏",
        **totals,
        "open": 40,
        "high": 5,
        "overdue": 3,
        "amount": "120,000.00",
        "packs": [row, {**row, "name": "社会保险"}],
        "divisions": [{**row, "name": "云溪社区"}, {**row, "name": "东溪社区"}],
        "gravest": [told],
        "indicators": [{**value, "saved": "-2%", "state": "未达到"}],
    }

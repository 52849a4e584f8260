"""Template tags of the workbench: ``{% load workbench %}``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shouwang.risk.loop.machine import Status
from shouwang.risk.models import Finding
from shouwang.risk.report import words
from shouwang.risk.rule import Severity
from shouwang.workbench.ledgers.showing import Cell

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """An icon (see ``frontend/icons.json``). Without a label it is decoration that readers skip.

    ``{% icon "home" %}``, ``{% icon "lock" _("已锁定") %}``
    """
    address = static("workbench/vendor/icons.svg")
    css = f"icon {classes}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            css,
            label,
            address,
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        css,
        address,
        name,
    )


@register.simple_tag
def cells(row: Sequence[Cell], labels: Sequence[str]) -> SafeString:
    """The values of a row as cells of a table, each with its column's label for a phone.

    Not a template, which would be half of a list's time: a page has some five hundred of them.
    """
    numbers = ("", ' class="num"')
    return mark_safe(  # noqa: S308 (both texts are escaped here)
        "".join(
            f'<td data-label="{escape(label)}"{numbers[c.number]}>{escape(c.text)}</td>'
            for c, label in zip(row, labels, strict=True)
        )
    )


@register.filter
def severity(value: str) -> SafeString:
    """A severity as shape, word and colour: ▲ 高."""
    found = Severity(value)
    return format_html(
        '<span class="sw-sev {}">{} {}</span>', found.value, words.MARKS[found], _(found.label)
    )


_STATES = {
    Status.NEW: ("bad", "alert-circle"),
    Status.CLOSED: ("good", "circle-check"),
    Status.DISMISSED: ("none", "ban"),
    Status.MERGED: ("none", "git-merge"),
}


@register.simple_tag
def state(finding: Finding, brief: bool = False) -> SafeString:
    """Where a finding stands, and what else is to be known of it, as coloured words with icons.

    ``brief`` leaves the icons out: in the rows of a list they would be a third of the page.
    """
    status = Status(finding.status)
    told = [(*_STATES.get(status, ("warn", "progress")), _(status.label))]
    if finding.sensitive:
        told.append(("bad", "lock", _("敏感")))
    if not finding.present and finding.is_open:
        told.append(("info", "eye-off", _("已不再发现")))
    if finding.occurrence > 1:
        told.append(("warn", "repeat", _("第%(n)s次") % {"n": finding.occurrence}))
    return format_html_join(
        " ",
        '<span class="sw-state {}">{}{}</span>',
        ((colour, "" if brief else icon(name), word) for colour, name, word in told),
    )


@register.filter
def count(number: int | None) -> str:
    """A count with thousands; a dash where there is none."""
    return "—" if number is None else f"{number:,}"


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount with thousands and two decimals; a dash where there is none."""
    return "—" if amount is None else words.money(amount)


@register.filter
def figure(number: Decimal | None) -> str:
    """A quantity with thousands and no idle zeros; a dash where there is none."""
    if number is None:
        return "—"
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def said(message: Any) -> str:
    """A declared Chinese text in the active language."""
    return words.translated(str(message))


@register.filter
def pack(label: str) -> str:
    """The name of a pack."""
    return words.pack_label(label)


@register.filter
def ledger(name: str) -> str:
    """The title of a ledger."""
    return words.ledger_title(name)


@register.simple_tag(takes_context=True)
def again(context: template.RequestContext, name: str) -> str:
    """What the page put into a block, once more: the title of the window is the heading of the page too."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return block.render(context) if block else ""

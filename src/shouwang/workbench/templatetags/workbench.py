"""Template tags of the workbench: ``{% load workbench %}``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shouwang.risk.report import words
from shouwang.risk.rule import Severity

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


@register.filter
def severity(value: str) -> SafeString:
    """A severity as shape, word and colour: ▲ 高."""
    found = Severity(value)
    return format_html(
        '<span class="sw-sev {}">{} {}</span>', found.value, words.MARKS[found], _(found.label)
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

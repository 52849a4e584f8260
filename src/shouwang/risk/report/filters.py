"""Template filters of the report."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import gettext

from shouwang.risk.parameters import Parameter, Value
from shouwang.risk.report import words
from shouwang.risk.rule import Severity

register = template.Library()


@register.filter
def said(message: str) -> str:
    """A declared Chinese text in the active language."""
    return words.translated(message)


@register.filter
def count(number: int) -> str:
    """A count with thousands."""
    return f"{number:,}"


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount with thousands and two decimals."""
    return words.money(amount)


@register.filter
def figure(number: Decimal | None) -> str:
    """A quantity with thousands and no idle zeros; a dash when there is none."""
    if number is None:
        return "—"
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def mark(severity: str) -> str:
    """The shape and the word of a severity: ▲ 高."""
    found = Severity(severity)
    return f"{words.MARKS[found]} {gettext(found.label)}"


@register.filter
def pack(label: str) -> str:
    """The name of a pack."""
    return words.pack_label(label)


@register.filter
def ledger(name: str) -> str:
    """The title of a ledger."""
    return words.ledger_title(name)


@register.filter
def worth(value: Value, parameter: Parameter) -> str:
    """A parameter's value with its unit."""
    return words.parameter_value(parameter, value)


@register.filter
def since(value: Value) -> str:
    """From when and where a value is in force."""
    return words.in_force(value)


@register.filter
def waiting(parameter: str) -> str:
    """The lines that set a parameter in an office's file."""
    return f"{parameter}:\n  - {{from: 2023-01-01, value: …, source: …}}"

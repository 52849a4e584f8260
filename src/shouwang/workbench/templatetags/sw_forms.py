"""Fields of a form as the workbench shows them: ``{% load sw_forms %}``, ``{% field form.name %}``."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()

CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple | forms.RadioSelect, ""),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


@register.inclusion_tag("workbench/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Label, control, hint and errors of a field, tied together for readers."""
    widget = bound.field.widget
    css = next(css for kind, css in CLASSES if isinstance(widget, kind))
    described = [f"{bound.auto_id}_hint"] if bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"class": f"{css}{' is-invalid' if bound.errors else ''}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    grouped = isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "is_check": isinstance(widget, forms.CheckboxInput),
        "is_group": grouped,
    }


@register.inclusion_tag("workbench/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole, then all its fields."""
    return {"form": form}

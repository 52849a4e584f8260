"""Events in words: ``{% load sw_events %}``."""

from __future__ import annotations

from django import template

from shouwang.trail.models import Event
from shouwang.trail.words import action_label, facts_of, target_label

register = template.Library()


@register.filter
def acted(action: str) -> str:
    """An action in words."""
    return action_label(action)


@register.filter
def targeted(target: str) -> str:
    """A kind of record in words."""
    return target_label(target)


@register.filter
def facts(event: Event) -> list[tuple[str, str]]:
    """What an event tells besides who and when."""
    return facts_of(event)

"""The catalogue of all indicators that the installed packs declare."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import autodiscover_modules

from shouwang.indicator.indicator import Indicator, registered


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators of the installed packs, by code."""
    autodiscover_modules("indicators")
    return registered()


def uses(parameter: str) -> bool:
    """Whether an indicator uses a parameter, for its value or as its target."""
    return any(parameter in one.uses or parameter == one.target for one in indicators().values())

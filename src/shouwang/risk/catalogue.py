"""Everything the installed packs declare about risk: rules and parameters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from shouwang.risk.parameters import Parameter, read_declarations
from shouwang.risk.rule import Rule, registered


@cache
def rules() -> dict[str, Rule]:
    """All rules of the installed packs, by code."""
    autodiscover_modules("rules")
    return registered()


@cache
def parameters() -> dict[str, Parameter]:
    """All parameters that the installed packs declare, by name."""
    found: dict[str, Parameter] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "parameters.yaml"
        if path.is_file():
            found |= read_declarations(path)
    return dict(sorted(found.items()))

"""The start-up check of the API: no operation without a declared right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error


def operations() -> Iterator[tuple[str, str, Any]]:
    """All operations: methods, path, function."""
    from shouwang.api.urls import ROUTERS

    for prefix, router in ROUTERS.items():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield ",".join(operation.methods), f"{prefix}{path}", operation.view_func


def check_operations(**_options: Any) -> list[CheckMessage]:
    """An error for every operation that declares no right."""
    return [
        Error(f"{methods} {path} declares no right: use shouwang.api.auth.needs", id="api.E001")
        for methods, path, function in operations()
        if not getattr(function, "right", None)
    ]

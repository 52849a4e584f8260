"""The start-up checks: no route and no task without a declared right, and roles that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver
from django_tasks.base import Task

from shouwang.access.roles import OVERLAY, RoleError, roles
from shouwang.home import home

#: Routes of libraries by the module of their view, and the right each is given. All others declare theirs.
LIBRARIES = {
    "allauth.": "open",
    "django.views.static": "open",
    "django.views.i18n": "open",
    "django.views.generic.base": "open",  # plain redirects, as allauth keeps for its old addresses
}

#: Libraries that declare no tasks of their own.
NO_TASKS = ("django.", "django_", "allauth", "axes")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """All routes: pattern and view."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield pattern, entry.callback


def declared(view: Any) -> str | None:
    """The right a view declares, or that of the library it comes from."""
    right = getattr(view, "right", None) or getattr(getattr(view, "view_class", None), "right", None)
    if right:
        return str(right)
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return next((right for start, right in LIBRARIES.items() if module.startswith(start)), None)


def check_routes(**_options: Any) -> list[CheckMessage]:
    """An error for every route that declares no right."""
    return [
        Error(
            f"the route {pattern!r} declares no right",
            hint="use shouwang.access.rights.requires; this goes for pages, exports and imports alike",
            id="access.E001",
        )
        for pattern, view in routes()
        if declared(view) is None
    ]


def tasks() -> Iterator[Task[Any, Any]]:
    """All tasks of the rooms and packs, wherever they stand; modules that declare some are loaded for it."""
    found: dict[str, Task[Any, Any]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith(NO_TASKS):
            continue
        for path in sorted(Path(config.path).rglob("*.py")):
            if "@task(" in path.read_text(encoding="utf-8"):
                inside = path.relative_to(config.path).with_suffix("").parts
                module = import_module(".".join([config.name, *inside]).removesuffix(".__init__"))
                found |= {v.module_path: v for v in vars(module).values() if isinstance(v, Task)}
    yield from found.values()


def check_tasks(**_options: Any) -> list[CheckMessage]:
    """An error for every task that declares no right: it would run as nobody knows whom."""
    return [
        Error(
            f"the task {found.module_path} declares no right",
            hint="put shouwang.access.rights.job below @task(): a right, or SYSTEM where nobody asks for it",
            id="access.E002",
        )
        for found in tasks()
        if not getattr(found.func, "right", None)
    ]


def check_roles(**_options: Any) -> list[CheckMessage]:
    """An error for a catalogue of roles that can't be read, with the file and the key."""
    try:
        roles()
    except (RoleError, OSError) as error:
        return [
            Error(
                str(error),
                hint=f"correct {home() / OVERLAY}, or take it away: the built-in roles then count",
                id="access.E003",
            )
        ]
    return []

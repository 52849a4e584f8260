"""The routes of the workbench: the shell's own, then those of each area."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from shouwang.workbench import home, shell
from shouwang.workbench.navigation import area_urls

app_name = "workbench"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("home/numbers/", home.numbers, name="home-numbers"),
    path("language/", shell.language, name="language"),
    path("health/", shell.health, name="health"),
    *(path("", include(module)) for module in area_urls()),
]

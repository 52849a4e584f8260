"""Routes of the pictures."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.figures import indicators, views
from shouwang.workbench.navigation import Item

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<slug:figure>.csv", views.table, name="figure-table"),
    path("indicators/", indicators.listing, name="indicators"),
    path("indicators/<str:code>/", indicators.detail, name="indicator"),
    path("indicators/<str:code>/change/", indicators.change, name="indicator-change"),
    path("map/", views.area_map, name="map"),
    path("map/boundaries/", views.import_boundaries, name="boundaries"),
]

NAV = [
    Item("dashboard", N_("看板"), "layout-dashboard", right="finding.view"),
    Item("indicators", N_("指标"), "target", right="indicator.view", group="figures"),
    Item("map", N_("地图"), "map-2", right="finding.view", group="figures"),
    Item("boundaries", N_("区划范围"), "map-pin", right="access.manage", group="settings"),
]

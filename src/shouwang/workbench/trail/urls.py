"""Routes of the pages of the trail."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.navigation import Item
from shouwang.workbench.trail import views

urlpatterns = [
    path("trail/", views.listing, name="trail"),
    path("trail/seen/", views.seen, name="trail-seen"),
    path("trail/seals/", views.seals, name="trail-seals"),
    path("trail/<str:target>/<str:number>/", views.record, name="trail-record"),
    path("trail/<str:target>/<str:number>/evidence/", views.export, name="trail-export"),
]
NAV = [
    Item("trail", N_("留痕"), "history", right="trail.view", group="settings"),
    Item("trail-seen", N_("谁看过"), "eye", right="trail.view", group="settings"),
    Item("trail-seals", N_("封印"), "rosette", right="trail.view", group="settings"),
]

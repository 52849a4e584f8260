"""Routes of the pages of what leaves the house."""

from django.urls import path

from shouwang.standards.reading import N_
from shouwang.workbench.navigation import Item
from shouwang.workbench.sending import robots, undelivered

urlpatterns = [
    path("robots/", robots.listing, name="robots"),
    path("robots/add/", robots.edit, name="robot-add"),
    path("robots/<int:pk>/", robots.edit, name="robot"),
    path("robots/<int:pk>/do/<slug:action>/", robots.act, name="robot-act"),
    path("undelivered/", undelivered.listing, name="undelivered"),
]
NAV = [
    Item("robots", N_("群机器人"), "messages", right="webhook.manage", group="settings"),
    Item("undelivered", N_("未能发出的消息"), "mail", right="webhook.manage", group="settings"),
]

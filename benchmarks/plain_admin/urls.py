"""Change lists of the residents and the findings with Django's defaults; whoever is signed in sees all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from shouwang.ledger.store.listing import shown_columns
from shouwang.registry.models import Person
from shouwang.risk.models import Finding


class Site(admin.AdminSite):
    """An admin that asks for no more than being signed in: the peer has no scope to work out."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody is signed in."""
        return bool(request.user.is_authenticated)


class _Open(admin.ModelAdmin):
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_change_permission = has_view_permission


class People(_Open):
    """As many columns and rows as our list has; searched the way the admin offers."""

    list_display = shown_columns(Person.spec)
    search_fields = ("name", "head", "household_no", "phone", "address", "compound", "person__exact")


class Findings(_Open):
    """The columns of our list of findings."""

    list_display = ("code", "number", "title", "severity", "status", "division_code", "post", "due", "amount")
    list_select_related = ("post__area",)
    search_fields = ("title", "sentence", "subject_name")


site = Site(name="plain")
site.register(Person, People)
site.register(Finding, Findings)
urlpatterns = [path("admin/", site.urls)]

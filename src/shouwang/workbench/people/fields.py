"""Fields that take a division or a user by name or code and offer what there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shouwang.access.models import Area, User, full

OFFERED = 200
"""So many are offered while typing."""


class Offering(forms.TextInput):
    """A text field with a list of what may be typed."""

    template_name = "workbench/people/offering.html"
    offered: list[tuple[str, str]] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the list."""
        context = super().get_context(name, value, {**(attrs or {}), "list": f"{name}-offered"})
        context["offered"], context["list_id"] = self.offered, f"{name}-offered"
        return context


class AreaField(forms.CharField):
    """A division by code, name or other name; only those of ``areas``."""

    widget = Offering

    def __init__(self, areas: QuerySet[Area], **options: Any) -> None:
        super().__init__(**options)
        self.areas = areas
        self.widget.offered = [(a.code, a.name) for a in areas[:OFFERED]]

    def prepare_value(self, value: Any) -> Any:
        """Show the code."""
        return value.code if isinstance(value, Area) else value

    def clean(self, value: Any) -> Area | None:
        """The division; says which there are where several have the name."""
        text = super().clean(value).strip()
        if not text:
            return None
        named = Q(name=text) | Q(aliases=text) | Q(aliases__startswith=f"{text}\n")
        named |= Q(aliases__endswith=f"\n{text}") | Q(aliases__contains=f"\n{text}\n")
        found = list(self.areas.filter(Q(code=full(text)) if text.isdigit() else named)[:6])
        if not found:
            raise ValidationError(_("您的管辖范围内没有这个区划。请填名称或区划代码。"))
        if len(found) > 1:
            codes = "、".join(f"{area.name} {area.code}" for area in found)
            raise ValidationError(_("有几个区划叫这个名称，请改填代码：%(codes)s") % {"codes": codes})
        return found[0]


class UserField(forms.CharField):
    """A user by user name or name; only those of ``users`` who are not shut out."""

    widget = Offering

    def __init__(self, users: QuerySet[User], **options: Any) -> None:
        super().__init__(**options)
        self.users = users.filter(is_active=True).order_by("username")
        self.widget.offered = [(user.username, user.name) for user in self.users[:OFFERED]]

    def clean(self, value: Any) -> User:
        """The user; says which there are where several have the name."""
        text = super().clean(value).strip()
        found = list(self.users.filter(username=text)) or list(self.users.filter(name=text)[:6])
        if not found:
            raise ValidationError(_("没有这个用户。请填用户名或姓名；还没有账号的，先新建用户。"))
        if len(found) > 1:
            names = "、".join(user.username for user in found)
            raise ValidationError(_("有几个用户叫这个姓名，请改填用户名：%(names)s") % {"names": names})
        return found[0]

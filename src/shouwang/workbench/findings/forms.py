"""The forms of steps: which fields each step has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.access.models import Area, Post, User, code_range
from shouwang.risk.loop.machine import ACTIONS, Action
from shouwang.risk.loop.responsible import Register
from shouwang.risk.loop.steps import LONGEST_TEXT, fits
from shouwang.risk.models import Finding

FIELDS_OF = {
    "assign": ("post", "holder", "due", "reason"),
    "start": ("measures", "due"),
    "progress": ("measures", "uploads"),
    "submit": ("measures", "proof", "uploads"),
    "verify": ("reason",),
    "return": ("reason", "due"),
    "close": ("reason",),
    "dismiss": ("reason", "proof", "until", "uploads"),
    "ask-extension": ("due", "reason"),
    "grant-extension": ("reason",),
    "refuse-extension": ("reason",),
    "reopen": ("reason",),
    "merge": ("into", "reason"),
    "unmerge": ("reason",),
    "comment": ("text", "mentions"),
    "name": ("users",),
}
"""The fields of each step, in the order in which they are shown."""

REMARK = gettext_lazy("说明")


class ManyFiles(forms.ClearableFileInput):
    """A control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none needed."""

    def __init__(self, **options: Any) -> None:
        widget = ManyFiles(attrs={"multiple": True, "accept": "image/*,application/pdf,.docx,.xlsx"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files of the form."""
        single = super().clean
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [single(one, initial) for one in given]


def _text(label: str, *, needed: bool, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=needed, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: str, *, needed: bool, first: Any = None) -> forms.DateField:
    attributes: dict[str, Any] = {"type": "date"}
    if first is not None:
        attributes["min"] = first.isoformat()
    return forms.DateField(
        label=label, required=needed, widget=forms.DateInput(attrs=attributes, format="%Y-%m-%d")
    )


def _posts(findings: Iterable[Finding], register: Register) -> list[tuple[int, str]]:
    """The posts that can answer for all of these, those that are held first."""
    kinds = {(f.code, f.division_code): f for f in findings}
    if not kinds:
        return []
    fitting = [p for p in register.posts.values() if all(fits(p, f) for f in kinds.values())]
    order = sorted(fitting, key=lambda p: (not register.users(p.pk), p.area.code, p.title))
    return [(p.pk, str(p) if register.users(p.pk) else _("{post}（空缺）").format(post=p)) for p in order]


def _concerned(findings: Iterable[Finding], register: Register) -> set[int]:
    """The users who hold a post over or below the places of these findings; others are none of the matter."""
    places = {f.division_code for f in findings}
    held: set[int] = set()
    for post in register.posts.values():
        low, high = code_range(post.area.code)
        if any(
            low <= place <= high or code_range(place)[0] <= low <= code_range(place)[1] for place in places
        ):
            held.update(register.users(post.pk))
    return held


class StepForm(forms.Form):
    """The form of one step on one finding, or on several of them."""

    def __init__(
        self,
        *args: Any,
        action: Action,
        findings: Iterable[Finding],
        register: Register | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("auto_id", f"{action.code}_%s")
        super().__init__(*args, **options)
        self.action = action
        self.findings = list(findings)
        needs = {*action.needs}
        today = timezone.localdate()
        people = register or (Register() if action.code in ("assign", "comment", "name") else None)
        for name in FIELDS_OF[action.code]:
            needed = name in needs
            if name == "post" and people is not None:
                choices = [("", "—"), *_posts(self.findings, people)]
                self.fields[name] = forms.TypedChoiceField(label=_("责任岗位"), choices=choices, coerce=int)
            elif name == "holder" and people is not None:
                held = {u for p in _posts(self.findings, people) for u in people.users(p[0])}
                users = [(u.pk, str(u)) for u in User.objects.filter(pk__in=held).order_by("name")]
                self.fields[name] = forms.TypedChoiceField(
                    label=_("责任人"),
                    required=False,
                    choices=[("", _("岗位上的所有人")), *users],
                    coerce=int,
                    empty_value=None,
                )
            elif name == "due":
                needed = needed or (
                    action.code in ("assign", "start") and any(f.due is None for f in self.findings)
                )
                self.fields[name] = _day(_("整改期限"), needed=needed, first=today)
            elif name == "until":
                self.fields[name] = _day(_("排除有效期至"), needed=True, first=today)
            elif name == "uploads":
                self.fields[name] = FilesField(label=_("照片或文件"))
            elif name == "into":
                self.fields[name] = forms.CharField(
                    label=_("并入哪个问题（编号）"), max_length=120, help_text=_("如 safety.report-0012")
                )
            elif name in ("users", "mentions"):
                held = _concerned(self.findings, people) if people else set()
                users = [
                    (u.pk, str(u))
                    for u in User.objects.filter(pk__in=held, is_active=True).order_by("name")[:500]
                ]
                self.fields[name] = forms.TypedMultipleChoiceField(
                    label=_("知情人") if name == "users" else _("提到谁"),
                    required=name == "users",
                    choices=users,
                    coerce=int,
                )
            else:
                labels = {
                    "reason": _("理由") if needed else str(REMARK),
                    "measures": _("整改措施") if action.code == "start" else _("采取了什么措施，结果如何"),
                    "proof": _("佐证（文书、编号或说明）"),
                    "text": _("留言"),
                }
                self.fields[name] = _text(labels[name], needed=needed, rows=3 if name != "proof" else 2)

    def clean_into(self) -> int:
        """The finding that is named."""
        code, _dash, number = self.cleaned_data["into"].strip().rpartition("-")
        found = Finding.objects.filter(code=code, number=int(number)).first() if number.isdecimal() else None
        if found is None:
            raise forms.ValidationError(_("没有这个编号的问题"))
        return int(found.pk)

    @property
    def data_for_step(self) -> dict[str, Any]:
        """The fields as the loop takes them, without the files and the reason."""
        return {k: v for k, v in self.cleaned_data.items() if k not in ("uploads", "reason")}


def area_choices(user: User, right: str) -> list[tuple[str, str]]:
    """The divisions in which the user has a right, from the town down to the grid."""
    from shouwang.access.scope import holdings

    ranges = {code_range(h.post.area.code) for h in holdings(user) if h.role.may(right)}
    areas = Area.objects.order_by("code")
    return [(a.code, a.name) for a in areas if any(low <= a.code <= high for low, high in ranges)]


__all__ = ["ACTIONS", "Post", "StepForm", "area_choices"]

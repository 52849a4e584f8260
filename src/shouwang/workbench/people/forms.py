"""Forms of users, posts, appointments and divisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.access.models import Area, Post, User
from shouwang.access.reach import areas_in, over_all, posts_in, users_in
from shouwang.access.roles import roles
from shouwang.access.scope import Scope
from shouwang.ledger.identity import person_index
from shouwang.standards import resident_id
from shouwang.workbench.people.fields import AreaField, UserField


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _date(label: Any, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), required=required, help_text=help_text)


class Reason(forms.Form):
    """Why something is done; goes into the trail."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("记入留痕"))


class UserForm(forms.ModelForm[User]):
    """What an administrator writes about a user."""

    class Meta:
        model = User
        fields = ["username", "name", "phone", "email", "language"]
        labels = {
            "username": gettext_lazy("用户名"),
            "email": gettext_lazy("电子邮箱"),
        }
        help_texts = {"username": gettext_lazy("登录时用，字母、数字和 @ . + - _，以后可以改")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"] = forms.ChoiceField(
            label=_("语言"), choices=[("", _("系统默认")), *settings.LANGUAGES], required=False
        )


class NewUserForm(UserForm):
    """A new user, who may get a post at once; must, where the administrator is not over all divisions."""

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        posts = [(post.pk, f"{post}（{_(roles()[post.role].label)}）") for post in known_posts(scope)]
        self.fields["post"] = forms.TypedChoiceField(
            label=_("岗位"),
            coerce=int,
            empty_value=None,
            choices=[("", "—"), *posts],
            required=not over_all(scope),
        )
        self.fields["start"] = _date(_("任职起"), required=False)
        self.initial.setdefault("start", timezone.localdate())


def known_posts(scope: Scope) -> list[Post]:
    """The posts of the scope whose role there still is."""
    return [post for post in posts_in(scope) if post.role in roles()]


class PostForm(forms.ModelForm[Post]):
    """A post: role, title, division; for bodies their organisation, for residents the person."""

    id_number = forms.CharField(
        label=gettext_lazy("本人身份证号"),
        required=False,
        max_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("只用于居民：用它找到本人的记录，不保存号码本身"),
    )

    class Meta:
        model = Post
        fields = ["role", "title", "organisation"]
        help_texts = {
            "organisation": gettext_lazy("机构（银行、担保机构、派出所等）的全称，与台账里写的一致")
        }

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labelled = [(code, _(role.label)) for code, role in roles().items()]
        self.fields["role"] = forms.ChoiceField(label=_("角色"), choices=[("", "—"), *labelled])
        self.fields["area"] = AreaField(areas_in(scope), label=_("区划"), help_text=_("名称或区划代码"))
        if self.instance.pk:
            self.initial["area"] = self.instance.area
        self.order_fields(["role", "title", "area", "organisation", "id_number"])

    def clean_id_number(self) -> str:
        """The number, checked."""
        text = str(self.cleaned_data["id_number"]).strip()
        if text:
            read = resident_id.parse(text)
            if read.value is None:
                raise ValidationError(_(str(read.problem.text)) if read.problem else _("身份证号有误"))
            return read.value.number
        return ""

    def _post_clean(self) -> None:
        """Put the division and the person's index into the post before it checks itself."""
        if self.cleaned_data.get("area"):
            self.instance.area = self.cleaned_data["area"]
        if self.cleaned_data.get("id_number"):
            self.instance.person = person_index(self.cleaned_data["id_number"])
        super()._post_clean()  # type: ignore[misc]


class AppointForm(Reason):
    """Who gets the post, from when to when."""

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"] = UserField(users_in(scope), label=_("任职人"), help_text=_("用户名或姓名"))
        self.fields["start"] = _date(_("起"))
        self.fields["until"] = _date(_("止"), required=False, help_text=_("没有定的，不填"))
        self.fields["reason"].required = False
        self.initial.setdefault("start", timezone.localdate())
        self.order_fields(["user", "start", "until", "reason"])


class HandOverForm(Reason):
    """To whom a post goes, from which day."""

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"] = UserField(users_in(scope), label=_("接任人"), help_text=_("用户名或姓名"))
        self.fields["day"] = _date(_("交接日"), help_text=_("接任人的第一天，原任职到前一天为止"))
        self.initial.setdefault("day", timezone.localdate())
        self.order_fields(["to", "day", "reason"])


class EndForm(Reason):
    """The last day of an appointment."""

    until = _date(gettext_lazy("最后一天"))


class AreaForm(forms.ModelForm[Area]):
    """A division: code, name, other names in the ledgers."""

    class Meta:
        model = Area
        fields = ["code", "name", "aliases"]
        widgets = {"aliases": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": gettext_lazy("6、9、12位，网格15位；位数不足的自动补零"),
            "aliases": gettext_lazy("台账里的其他写法，一行一个"),
        }

    def __init__(self, scope: Scope, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope = scope
        if self.instance.pk:  # rows and posts hang on the code
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a division outside of the scope, except for one who is over all there are."""
        cleaned: dict[str, Any] = super().clean() or {}
        code = cleaned.get("code")
        if code and not self.instance.pk and not over_all(self.scope):
            from shouwang.access.models import full

            if not self.scope.covers(full(code)):
                self.add_error("code", _("这个区划不在您的管辖范围内。"))
        return cleaned

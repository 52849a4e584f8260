"""Pages for other programs: one's own tokens, and the webhooks of an area."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang import trail
from shouwang.access.middleware import user_of
from shouwang.access.models import Area, User
from shouwang.access.reach import areas_in
from shouwang.access.rights import RIGHTS, requires
from shouwang.access.scope import may, scope_of
from shouwang.api import pushing, tokens
from shouwang.api.models import Push, Token, Webhook
from shouwang.workbench.sending.acts import carry_out

SHOWN = 100
"""So many pushes that could not be sent are listed."""


class TokenForm(forms.Form):
    """What a token is for and what it may."""

    name = forms.CharField(
        label=gettext_lazy("用途"), max_length=100, help_text=gettext_lazy("给哪个系统用，办什么")
    )
    rights = forms.MultipleChoiceField(label=gettext_lazy("权限"), widget=forms.CheckboxSelectMultiple)
    subjects = forms.CharField(
        label=gettext_lazy("范围"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("台账或规则的名称，可用 *，以空格分开，如 assistance.*；不填则不另加限制"),
    )
    days = forms.IntegerField(label=gettext_lazy("有效天数"), min_value=1, max_value=366, initial=90)

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(right, _(label)) for right, label in RIGHTS.items() if may(user, right)]
        self.fields["rights"] = forms.MultipleChoiceField(
            label=_("权限"), widget=forms.CheckboxSelectMultiple, choices=choices
        )


@require_http_methods(["GET", "POST"])
@requires("token.own")
def token_list(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a new one is shown once, in the answer to its form, and never again."""
    user = user_of(request)
    form = TokenForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made, text = tokens.issue(
            user, said["name"], said["rights"], subjects=said["subjects"].split(), days=said["days"]
        )
        answer = render(request, "api/token.html", {"token": made, "text": text})
        answer["Cache-Control"] = "no-store"
        return answer
    own = Token.objects.filter(user=user)[:200]
    return render(request, "api/tokens.html", {"form": form, "tokens": own, "rights": RIGHTS})


@require_POST
@requires("token.own")
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    tokens.revoke(get_object_or_404(Token, pk=pk, user=user_of(request)))
    messages.success(request, _("令牌已停用。"))
    return redirect("connect:tokens")


class WebhookForm(forms.ModelForm[Webhook]):
    """Where events are told, which, and of which area."""

    events = forms.MultipleChoiceField(label=gettext_lazy("事件"), widget=forms.CheckboxSelectMultiple)
    area = forms.ModelChoiceField(label=gettext_lazy("区划"), queryset=Area.objects.none())

    class Meta:
        model = Webhook
        fields = ["name", "url", "events", "active"]
        labels = {"url": gettext_lazy("地址")}
        help_texts = {"url": gettext_lazy("https:// 开头；内网地址可以是 http://")}

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        scope = scope_of(user, "webhook.manage")
        labels = {
            "finding.*": _("问题有变化"),
            "ledger.import": _("台账导入"),
            "scan.*": _("扫描"),
            "parameter.*": _("参数变更"),
        }
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("事件"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(name, labels[name]) for name in pushing.TOLD],
        )
        self.fields["area"] = forms.ModelChoiceField(
            label=_("区划"), queryset=areas_in(scope).order_by("code")
        )
        if self.instance.pk:
            self.fields["area"].initial = Area.objects.filter(code=self.instance.division_code).first()

    def clean_url(self) -> str:
        """Refuse what is no address of a web server."""
        url = str(self.cleaned_data["url"]).strip()
        if not url.startswith(("https://", "http://")) or any(c.isspace() for c in url):
            raise ValidationError(_("请填写 http:// 或 https:// 开头的地址"))
        return url


def _own(request: HttpRequest) -> Any:
    return scope_of(user_of(request), "webhook.manage").filter(Webhook.objects.all())


@require_GET
@requires("webhook.manage")
def webhook_list(request: HttpRequest) -> HttpResponse:
    """The webhooks of the scope, with what could not be sent."""
    hooks = [(hook, hook.pushes.filter(status=Push.Status.DEAD).count()) for hook in _own(request)[:200]]
    return render(request, "api/webhooks.html", {"hooks": hooks})


@require_http_methods(["GET", "POST"])
@requires("webhook.manage")
def webhook_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Make or change a webhook; the secret of a new one is shown once."""
    user = user_of(request)
    hook = get_object_or_404(_own(request), pk=pk) if pk else Webhook(owner=user)
    form = WebhookForm(user, request.POST or None, instance=hook)
    if request.method == "POST" and form.is_valid():
        secret = "" if pk else pushing.new_secret()
        with trail.change("webhook.change" if pk else "webhook.add"):
            made = form.save(commit=False)
            made.division_code = form.cleaned_data["area"].code
            made.owner = user  # what is told is what the last one to set it up may see
            if secret:
                made.secret = secret
            made.save()
        if not secret:
            messages.success(request, _("已保存。"))
            return redirect("connect:webhooks")
        answer = render(request, "api/webhook_secret.html", {"hook": made, "secret": secret})
        answer["Cache-Control"] = "no-store"
        return answer
    return render(request, "api/webhook.html", {"form": form, "hook": hook if pk else None})


@require_POST
@requires("webhook.manage")
def webhook_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what could not be sent."""
    count = pushing.again(get_object_or_404(_own(request), pk=pk))
    messages.success(request, _("{count} 条重新排队。").format(count=count))
    return redirect("connect:webhooks")


@require_http_methods(["GET", "POST"])
@requires("webhook.manage")
def webhook_dead(request: HttpRequest, pk: int) -> HttpResponse:
    """What a webhook could not be told: event, how often tried, why; tried again or given up for a reason."""
    hook = get_object_or_404(_own(request), pk=pk)
    if request.method == "POST":
        carry_out(
            request,
            SHOWN,
            list,
            lambda keys: pushing.again(hook, keys),
            lambda keys, reason: pushing.drop(hook, keys, reason),
        )
        return redirect("connect:webhook-dead", pk)
    rows = [(push, json.loads(push.body)) for push in pushing.dead_of(hook)[:SHOWN]]
    return render(request, "api/undelivered.html", {"hook": hook, "rows": rows})


app_name = "connect"
urlpatterns = [
    path("tokens/", token_list, name="tokens"),
    path("tokens/<int:pk>/revoke/", token_revoke, name="token-revoke"),
    path("webhooks/", webhook_list, name="webhooks"),
    path("webhooks/add/", webhook_edit, name="webhook-add"),
    path("webhooks/<int:pk>/", webhook_edit, name="webhook"),
    path("webhooks/<int:pk>/undelivered/", webhook_dead, name="webhook-dead"),
    path("webhooks/<int:pk>/again/", webhook_again, name="webhook-again"),
]

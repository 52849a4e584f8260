"""Events in words for people. Rooms say how their actions and kinds of record are called::

    trail.words.label_actions({"finding.assign": N_("分派问题")})
    trail.words.label_target("assistance.payment", "低保金发放表")

What has no label is shown by its name, which is English and readable, rather than not at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from shouwang.standards.reading import N_

if TYPE_CHECKING:
    from shouwang.trail.models import Event


_ACTIONS: dict[str, str] = {}
_TARGETS: dict[str, str] = {}
_FACTS = {
    "address": N_("来自"),
    "agent": N_("客户端"),
    "attempts": N_("次数"),
    "created": N_("新增条数"),
    "deleted": N_("删除"),
    "factor": N_("验证方式"),
    "file": N_("文件"),
    "keys": N_("编号"),
    "provider": N_("单位账号"),
    "rows": N_("条数"),
    "sessions": N_("登录处数"),
    "why": N_("缘由"),
}
SHOWN = 500
"""So many characters of a value are shown."""


def label_actions(labels: Mapping[str, str]) -> None:
    """Say how actions are called, in Chinese marked with ``N_``."""
    _ACTIONS.update(labels)


def label_target(target: str, label: str) -> None:
    """Say how a kind of record is called, where its model does not say it."""
    _TARGETS[target] = label


def actions() -> dict[str, str]:
    """All labelled actions in the active language."""
    return {action: _(label) for action, label in sorted(_ACTIONS.items())}


def action_label(action: str) -> str:
    """An action in the active language."""
    label = _ACTIONS.get(action)
    return _(label) if label else action


def target_label(target: str) -> str:
    """A kind of record in the active language."""
    if target in _TARGETS:
        return _(_TARGETS[target])
    model = _model(target)
    return _(str(model._meta.verbose_name)) if model is not None else target


def _model(target: str) -> Any:
    """The model of a kind of record; ledgers part their words with lines, Django does not."""
    app, _dot, name = target.partition(".")
    try:
        return apps.get_model(app, name.replace("_", ""))
    except LookupError:
        return None


def _field_label(target: str, name: str) -> str:
    model = _model(target)
    try:
        field = model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):  # no model, or a field that is gone: its name must do
        return name
    return _(str(getattr(field, "label", "") or getattr(field, "verbose_name", name)))


def _value(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def facts_of(event: Event) -> list[tuple[str, str]]:
    """What an event tells besides who and when, as label and text; changes as old → new."""
    try:
        body = json.loads(event.body)
    except ValueError:
        return [("", event.body[:SHOWN])]
    told = []
    for name, pair in dict(body.pop("changes", {})).items():
        old, new = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
        text = _("已变") if old == new == "*" else f"{_value(old)} → {_value(new)}"
        told.append((_field_label(event.target, name), text))
    told += [(_(_FACTS[name]) if name in _FACTS else name, _value(value)) for name, value in body.items()]
    return told


label_actions(
    {
        "access.activate": N_("启用用户"),
        "access.appoint": N_("任命"),
        "access.area": N_("维护区划"),
        "access.create-user": N_("新建用户"),
        "access.deactivate": N_("停用用户"),
        "access.edit-user": N_("修改用户"),
        "access.end-appointment": N_("结束任职"),
        "access.found": N_("初次设置"),
        "access.hand-over": N_("岗位交接"),
        "access.language": N_("选择语言"),
        "access.post": N_("维护岗位"),
        "access.reset-factor": N_("解除第二步验证"),
        "access.reset-password": N_("重置密码"),
        "access.unlock": N_("解除锁定"),
        "account.factor-added": N_("设置验证方式"),
        "account.factor-failed": N_("第二步验证未通过"),
        "account.factor-removed": N_("解除验证方式"),
        "account.link": N_("关联单位账号"),
        "account.lock-out": N_("锁定中，拒绝登录"),
        "account.password": N_("修改密码"),
        "account.password-rehash": N_("密码散列更新"),
        "account.sign-in": N_("登录"),
        "account.sign-in-failed": N_("登录失败"),
        "account.sign-out": N_("退出登录"),
        "trail.evidence": N_("导出留痕证据"),
        "trail.seen": N_("查询谁看过"),
    }
)

"""Declarations in the reader's words: packs, ledgers, rules, parameters."""

from __future__ import annotations

import inspect
from decimal import Decimal
from string import Formatter
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from shouwang.ledger.catalogue import ledgers
from shouwang.risk.parameters import SINCE_EVER, Parameter, Value
from shouwang.risk.rule import Rule, Severity
from shouwang.standards.reading import N_

SEVERITIES = tuple(Severity)
MARKS = {Severity.HIGH: "▲", Severity.MEDIUM: "◆", Severity.LOW: "●"}
"""A shape for each severity, so that colour is never the only sign."""


STATES = {"new": N_("新增"), "known": N_("已知"), "gone": N_("已消失")}
SUBJECTS = {
    "person": N_("个人"),
    "household": N_("家庭"),
    "organisation": N_("单位"),
    "place": N_("地点"),
    "division": N_("区划"),
    "record": N_("记录"),
}


def pack_label(pack: str) -> str:
    """The name of a pack as its app declares it; its label where the pack is not installed."""
    try:
        return _(str(apps.get_app_config(pack).verbose_name))
    except LookupError:
        return pack


def ledger_title(name: str) -> str:
    """The official name of a ledger; the bare name where its pack is not installed."""
    spec = ledgers().get(name)
    return _(spec.title) if spec else name


def field_label(ledger: str, field: str) -> str:
    """The label of a ledger's column."""
    spec = ledgers().get(ledger)
    return _(spec.fields[field].label) if spec and field in spec.fields else field


def translated(message: str) -> str:
    """The message in the active language; an empty one stays empty (gettext would give its header)."""
    return _(message) if message else ""


def sentence_in_words(rule: Rule, sentence: str) -> str:
    """The sentence of a rule with its places named: 〔姓名〕于〔死亡日期〕去世 …

    Columns stand under their label; a fact that a rule computes has no label and is shown as ``…``.
    """
    labels: dict[str, str] = {}
    for ledger in rule.ledgers:
        if ledger in ledgers():
            for name in ledgers()[ledger].fields:
                labels.setdefault(name, field_label(ledger, name))
    out = []
    for literal, place, _style, _conversion in Formatter().parse(_(sentence)):
        out.append(literal)
        if place is not None:
            fact = place.partition(".")[0]
            label = labels.get(fact.removesuffix("_right"), "…")
            out.append("N" if fact == "n" else f"〔{label}〕")
    return "".join(out)


def source_text(rule: Rule) -> str:
    """The rule itself, as it is written in the program."""
    try:
        return inspect.cleandoc(inspect.getsource(rule.function))
    except (OSError, TypeError):
        return ""


def money(amount: Decimal | None) -> str:
    """An amount with thousands and two decimals; empty when there is none."""
    return "" if amount is None else f"{amount:,.2f}"


def parameter_value(parameter: Parameter, value: Value) -> str:
    """A value with its unit: ``930 元/人·月``, ``4.35 %``, ``甲、乙``."""
    return f"{_plain(value.value)} {translated(parameter.unit)}".strip()


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(str(item) for item in value)
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def in_force(value: Value) -> str:
    """From when a value is in force, and where."""
    since = _("一直有效") if value.start == SINCE_EVER else _("自{day}起").format(day=value.start.isoformat())
    return f"{since} · {value.division}" if value.division else since

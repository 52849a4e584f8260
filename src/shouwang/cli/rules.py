"""``shouwang rules``: the catalogue of rules, or one rule in full."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import as_json, console, nearest, table
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.catalogue import parameters, rules
from shouwang.risk.rule import Rule


def describe(rule: Rule) -> dict[str, object]:
    """A rule's metadata as plain values, in the user's language."""
    titles = ledgers()
    return {
        "code": rule.code,
        "title": _(rule.title),
        "severity": rule.severity.value,
        "subject": rule.subject,
        "seeds": list(rule.seeds),
        "reads": {name: _(titles[name].title) if name in titles else "" for name in rule.reads},
        "optional": {name: _(titles[name].title) if name in titles else "" for name in rule.optional},
        "needs": {name: list(columns) for name, columns in rule.needs.items()},
        "parameters": list(rule.uses),
        "looks_alike": _(rule.looks_alike) if rule.looks_alike else "",
        "remedy": _(rule.remedy),
        "basis": _(rule.basis) if rule.basis else "",
        "risk_point": rule.risk_point,
    }


def _show(rule: Rule) -> None:
    body = describe(rule)
    out = console()
    out.print(f"[bold]{rule.code}[/bold]  {body['title']}")
    labels = {
        "severity": _("严重程度"),
        "seeds": _("要求编号"),
        "reads": _("读取台账"),
        "optional": _("有则读取"),
        "needs": _("必须有的栏目"),
        "parameters": _("参数"),
        "looks_alike": _("相似但合规的情形"),
        "remedy": _("处理办法"),
        "basis": _("依据"),
        "risk_point": _("风险点"),
    }
    rows = []
    for key, label in labels.items():
        value = body[key]
        if isinstance(value, dict):
            value = "；".join(f"{k} {'、'.join(v) if isinstance(v, list) else v}" for k, v in value.items())
        elif isinstance(value, list):
            value = "、".join(value)
        if key == "severity":
            value = _(rule.severity.label)
        if value:
            rows.append((label, value))
    declared = parameters()
    for name in rule.uses:
        current = declared[name].values[-1] if declared[name].values else None
        state = f"{current.value} {declared[name].unit}（{current.source}）" if current else _("未设定")
        rows.append((f"{name} {_(declared[name].label)}", state))
    out.print(table("", [_("项目"), _("内容")], rows))


@click.command("rules", help=_("列出全部规则；给出规则代码时显示这一条的全文。"))
@click.argument("code", required=False)
@click.option("--pack", help=_("只列这个业务包的规则"))
@click.option("--json", "plain", is_flag=True, help=_("以 JSON 输出"))
def command(code: str | None, pack: str | None, plain: bool) -> None:
    """List all rules, or show one in full."""
    known = rules()
    if code:
        if code not in known:
            raise click.UsageError(_("没有规则 {code}{hint}").format(code=code, hint=nearest(code, known)))
        if plain:
            as_json(describe(known[code]))
        else:
            _show(known[code])
        return
    chosen = [r for r in known.values() if pack in (None, r.pack)]
    if plain:
        as_json([describe(r) for r in chosen])
        return
    out = console()
    columns = [_("代码"), _("规则"), _("程度"), _("读取台账"), _("参数"), _("要求编号")]
    rows = [
        (r.code, _(r.title), _(r.severity.label), " ".join(r.ledgers), " ".join(r.uses), " ".join(r.seeds))
        for r in chosen
    ]
    out.print(table(_("共 {count} 条规则").format(count=len(rows)), columns, rows))

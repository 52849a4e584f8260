"""``shouwang ledgers``: the catalogue of ledgers, or one ledger with its columns."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import as_json, console, facts, nearest, table
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.template import KINDS
from shouwang.risk.report import words


def describe(spec: SheetSpec) -> dict[str, object]:
    """A ledger's declaration as plain values, in the user's language."""
    return {
        "name": spec.name,
        "title": _(spec.title),
        "aliases": list(spec.aliases),
        "subject": spec.subject,
        "key": list(spec.key),
        "seeds": list(spec.seeds),
        "about": _(spec.about) if spec.about else "",
        "columns": [
            {
                "name": name,
                "label": _(field.label),
                "kind": field.kind,
                "required": field.required,
                "unit": field.unit,
                "aliases": list(field.aliases),
                "values": list(field.values),
                "note": _(field.note) if field.note else "",
            }
            for name, field in spec.fields.items()
        ],
    }


@click.command("ledgers", help=_("列出全部台账；给出台账名称时列出它的栏目和认得的表头写法。"))
@click.argument("name", required=False)
@click.option("--json", "plain", is_flag=True, help=_("以 JSON 输出"))
def command(name: str | None, plain: bool) -> None:
    """List all ledgers, or show one with its columns."""
    known = ledgers()
    if name and name not in known:
        by_title = {spec.title: spec.name for spec in known.values()}
        if name not in by_title:
            hint = nearest(name, [*known, *by_title])
            raise click.UsageError(_("没有台账 {name}{hint}").format(name=name, hint=hint))
        name = by_title[name]
    if plain:
        as_json(describe(known[name]) if name else [describe(s) for s in known.values()])
        return
    if name:
        _show(known[name])
        return
    out = console()
    for pack in dict.fromkeys(spec.pack for spec in known.values()):
        ours = [spec for spec in known.values() if spec.pack == pack]
        title = _("{pack} {name}：{count} 本台账").format(
            pack=words.pack_label(pack), name=pack, count=len(ours)
        )
        rows = [(spec.name, len(spec.fields), _(spec.title)) for spec in ours]
        out.print(table(title, [_("台账"), _("栏目数"), _("名称")], rows))
        out.print()
    click.echo(_("共 {count} 本台账。shouwang ledgers 台账：看一本的栏目").format(count=len(known)))


def _show(spec: SheetSpec) -> None:
    """A ledger with its columns, one below the other: a table would have no room for the headers it knows."""
    width = console().width
    click.echo(f"{spec.name}  {_(spec.title)}\n")
    keys = [_(spec.fields[name].label) if name in spec.fields else name for name in spec.key]
    about = [
        (_("内容"), words.translated(spec.about)),
        (_("也叫"), "、".join(spec.aliases)),
        (_("同一记录"), _("{columns} 都相同").format(columns="、".join(keys))),
        (_("对应要求"), "、".join(spec.seeds)),
    ]
    for line in facts(about, width):
        click.echo(line)
    for name, field in spec.fields.items():
        kind = _(KINDS[field.kind]) + (f"，{words.translated(field.unit)}" if field.unit else "")
        required = "，" + _("必填") if field.required else ""
        click.echo(f"\n{_(field.label)}  {name}（{kind}{required}）")
        more = [
            (_("也认得的表头"), "、".join(field.aliases)),
            (_("取值"), "、".join(field.values)),
            (_("说明"), words.translated(field.note)),
        ]
        for line in facts(more, width - 2):
            click.echo("  " + line)

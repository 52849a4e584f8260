"""``shouwang ledgers``: the catalogue of ledgers, or one ledger with its columns."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import as_json, console, nearest, table
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers


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
    out = console()
    if name:
        spec = known[name]
        out.print(f"[bold]{spec.name}[/bold]  {_(spec.title)}  {_(spec.about) if spec.about else ''}")
        columns = [_("栏目"), _("表头"), _("类型"), _("必填"), _("也认得的表头"), _("取值")]
        rows = [
            (
                column,
                _(field.label),
                field.kind + (f" {field.unit}" if field.unit else ""),
                "✓" if field.required else "",
                "、".join(field.aliases),
                "、".join(field.values),
            )
            for column, field in spec.fields.items()
        ]
        out.print(table(_("主键：{key}").format(key="、".join(spec.key)), columns, rows))
        return
    columns = [_("台账"), _("名称"), _("栏目数"), _("要求编号")]
    rows_all = [(s.name, _(s.title), len(s.fields), " ".join(s.seeds)) for s in known.values()]
    out.print(table(_("共 {count} 本台账").format(count=len(rows_all)), columns, rows_all))

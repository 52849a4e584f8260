"""``shouwang rules``: the catalogue of rules, or one rule in full."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import as_json, console, facts, nearest, table
from shouwang.ledger.catalogue import ledgers
from shouwang.risk.catalogue import parameters, rules
from shouwang.risk.parameters import Parameter
from shouwang.risk.report import words
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
    titles, declared, out = ledgers(), parameters(), console()

    def named(names: Iterable[str]) -> str:
        return "、".join(f"{words.ledger_title(name)} {name}" for name in names)

    needs = (
        f"{words.ledger_title(name)}：{'、'.join(words.field_label(name, column) for column in columns)}"
        for name, columns in rule.needs.items()
        if name in titles
    )
    pairs = [
        (_("严重程度"), _(rule.severity.label)),
        (_("对象"), _(words.SUBJECTS[rule.subject])),
        (_("所读台账"), named(rule.reads)),
        (_("有则读取"), named(rule.optional)),
        (_("必须有的栏目"), "；".join(needs)),
        (_("合法情形"), words.translated(rule.looks_alike)),
        (_("怎么办"), words.translated(rule.remedy)),
        (_("依据"), words.translated(rule.basis)),
        (_("所属风险点"), rule.risk_point),
        (_("对应要求"), "、".join(rule.seeds)),
    ]
    pairs += [(_("参数"), _state(declared[name])) for name in rule.uses]
    click.echo(f"{rule.code}  {words.translated(rule.title)}\n")
    for line in facts(pairs, out.width):
        click.echo(line)
    if source := words.source_text(rule):
        click.echo("\n" + _("规则原文（程序）") + "\n" + indent(source, "  "))


def _state(parameter: Parameter) -> str:
    """A parameter with the values that are declared; an office's own file may say otherwise."""
    values = [
        f"{words.parameter_value(parameter, value)}（{words.in_force(value)}，{value.source}）"
        for value in parameter.values
    ]
    state = "；".join(values) or _("没有默认值，由单位在参数文件中填写")
    return f"{words.translated(parameter.label)} {parameter.name}：{state}"


@click.command("rules", help=_("列出全部规则；给出规则代码时显示这一条的全文。"))
@click.argument("code", required=False)
@click.option("--pack", metavar="PACK", help=_("只列这个业务包的规则，如 assistance"))
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
    if not chosen:
        packs = sorted({r.pack for r in known.values()})
        raise click.UsageError(
            _("没有业务包 {pack}；有规则的是 {packs}").format(pack=pack, packs="、".join(packs))
        )
    out = console()
    for name in dict.fromkeys(r.pack for r in chosen):
        ours = [r for r in chosen if r.pack == name]
        title = _("{pack} {name}：{count} 条规则").format(
            pack=words.pack_label(name), name=name, count=len(ours)
        )
        rows = [(r.code, _(r.severity.label), words.translated(r.title)) for r in ours]
        out.print(table(title, [_("代码"), _("程度"), _("规则")], rows))
        out.print()
    click.echo(_("共 {count} 条规则。shouwang rules 代码：看一条的全文").format(count=len(chosen)))

"""``shouwang parameters``: a commented parameter file for the office to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import yaml
from django.utils.translation import gettext as _

from shouwang.risk.catalogue import parameters, rules
from shouwang.risk.parameters import SINCE_EVER, Parameter


def _one(parameter: Parameter, used_by: list[str]) -> str:
    lines = [f"# {_(parameter.label)}" + (f"（{_(parameter.unit)}）" if parameter.unit else "")]
    if parameter.about:
        lines.append(f"# {_(parameter.about)}")
    lines.append(f"# {_('要求')} {'、'.join(parameter.seeds)}；{_('用于')} {'、'.join(used_by) or '—'}")
    if not parameter.values:
        lines.append(f"# {_('没有默认值：填写之前，用到它的规则不会运行')}")
        lines.append(f"# {parameter.name}:")
        lines.append(f"#   - {{from: 2023-01-01, value: …, source: {_('文件名和文号')}}}")
        return "\n".join(lines)
    lines.append(f"# {_('默认值如下；要改时去掉行首的 #')}")
    lines.append(f"# {parameter.name}:")
    for value in parameter.values:
        plain = list(value.value) if isinstance(value.value, tuple) else value.value
        entry: dict[str, Any] = {} if value.start == SINCE_EVER else {"from": value.start}
        entry |= {"value": plain if isinstance(plain, int | list) else str(plain), "source": value.source}
        if value.division:
            entry["division"] = value.division
        text = yaml.safe_dump(
            entry, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000
        )
        lines.append(f"#   - {text.strip()}")
    return "\n".join(lines)


@click.command(
    "parameters", help=_("把全部参数连同说明写进 OUT（YAML），供填写本单位的标准后交给 scan --parameters。")
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
def command(out: Path, force: bool) -> None:
    """Write all parameters with their meaning for the office to fill in."""
    if out.exists() and not force:
        raise click.UsageError(_("{out} 已存在；要覆盖请加 --force").format(out=out))
    users: dict[str, list[str]] = {}
    for rule in rules().values():
        for name in rule.uses:
            users.setdefault(name, []).append(rule.code)
    head = "\n".join(
        [
            _("# 守望参数文件：本单位的标准、限额和期限。"),
            _("# 每个值写明从哪天起施行（from）和出处（source）；各社区不同的，加 division。"),
            _("# 也可以只写“名称: 值”，表示一直有效。金额单位为元，比例写小数或百分数。"),
        ]
    )
    body = [_one(p, users.get(p.name, [])) for p in parameters().values()]
    out.write_text("\n\n".join([head, *body]) + "\n", encoding="utf-8")
    click.echo(_("已写出 {count} 个参数：{out}").format(count=len(body), out=out))

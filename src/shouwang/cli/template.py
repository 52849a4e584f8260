"""``shouwang template``: write blank template workbooks."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang.cli import UNUSABLE
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.template import write_template, write_templates


@click.command(
    name="template",
    help=_(
        """写出空白台账模板，每本台账一个工作簿，带下拉选项、填写检查和填表说明。

        \b
          shouwang template 模板                       全部台账
          shouwang template 模板 assistance.payment    只要低保金发放表
          shouwang template 发放表.xlsx assistance.payment
        """
    ),
)
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("names", metavar="[LEDGER]...", nargs=-1)
def command(out: Path, names: tuple[str, ...]) -> None:
    """Write the templates of the named ledgers, of all when none is named."""
    known = ledgers()
    chosen = []
    for name in names:
        found = known.get(name) or next((spec for spec in known.values() if spec.title == name), None)
        if found is None:
            close = difflib.get_close_matches(name, list(known), 3, 0.4)
            text = _("没有台账 %(name)s。") % {"name": name}
            click.echo(
                text + (_("相近的有 %(names)s") % {"names": "、".join(close)} if close else ""), err=True
            )
            sys.exit(UNUSABLE)
        chosen.append(found)
    if out.suffix.lower() == ".xlsx":
        if len(chosen) != 1:
            click.echo(_("写成单个工作簿时须指定一本台账。"), err=True)
            sys.exit(UNUSABLE)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_template(out, chosen[0])
        written = [out]
    else:
        written = write_templates(out, chosen or known.values())
    click.echo(_("写出 %(count)d 个模板，在 %(out)s") % {"count": len(written), "out": out})

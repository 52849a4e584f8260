"""``shouwang export``: a ledger out of the database as a workbook."""

from __future__ import annotations

import difflib
from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.cli.acting import commander
from shouwang.cli.import_ import division_of
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.store.exporting import export
from shouwang.ledger.store.listing import Ask, Listing
from shouwang.ledger.store.places import everywhere


@click.command(
    name="export", help=_("把一本台账导出为 xlsx。个人信息默认隐去；每一页和文件属性都注明导出人和时间。")
)
@click.argument("ledger")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--division", default="", metavar=_("区划"), help=_("只导出这个区划，名称或代码"))
@click.option("--unmask", metavar="REASON", default="", help=_("不隐去个人信息，须写明理由，理由会留痕"))
def command(ledger: str, out: Path, division: str, unmask: str) -> None:
    """Write the workbook."""
    spec = ledgers().get(ledger)
    if spec is None:
        near = difflib.get_close_matches(ledger, ledgers(), 3)
        raise click.BadParameter(
            _("没有这本台账：%(name)s。相近的有：%(near)s") % {"name": ledger, "near": "、".join(near) or "—"}
        )
    ask = Ask(division=division_of(division) if division else "")
    with trail.acting(commander()):
        count = export(
            spec,
            Listing(spec, everywhere(), ask).rows,
            out,
            clear=bool(unmask),
            reason=unmask,
            filters={"division": ask.division} if ask.division else {},
        )
    click.echo(_("导出了%(n)d行：%(out)s") % {"n": count, "out": out})

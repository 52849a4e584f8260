"""``shouwang import``: the workbooks of a folder into the database."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.table import Table

from shouwang import trail
from shouwang.cli import UNUSABLE
from shouwang.cli.acting import commander
from shouwang.cli.output import console
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import MappingError
from shouwang.ledger.reading.rejected import write_rejected
from shouwang.ledger.store.importing import Incoming, commit, nothing_new, prepare, root_division, told
from shouwang.ledger.store.places import Places


def division_of(text: str) -> str:
    """The code of a division by name or code; ``BadParameter`` where there is none, or more than one."""
    found = Places.load().find(text)
    if len(found) != 1:
        raise click.BadParameter(
            _("没有这个区划：%(name)s") % {"name": text}
            if not found
            else _("叫“%(name)s”的区划不止一个，请写代码") % {"name": text}
        )
    return found.pop()


def _tell(incoming: Incoming, counts: list[tuple[str, dict[str, dict[str, int]]]]) -> None:
    table = Table()
    table.add_column(_("文件"))
    table.add_column(_("台账"))
    for label in (_("新增"), _("更改"), _("未变"), _("删除")):
        table.add_column(label, justify="right")
    for file, ledgers_of in counts:
        for name, kinds in ledgers_of.items():
            figures = (str(kinds[k]) for k in ("new", "changed", "same", "removed"))
            table.add_row(file, ledgers()[name].title, *figures)
    out = console()
    out.print(table)
    reading = incoming.reading
    for problem in reading.problems:
        out.print(
            f"✗ {problem.file}：{_(problem.text)}。{_(problem.advice) if problem.advice else ''}",
            markup=False,
        )
    if reading.rejected_rows:
        out.print(_("退回%(n)d行，原因见退回的行。") % {"n": reading.rejected_rows})


@click.command(
    name="import",
    help=_(
        """把文件夹里的台账导入数据库。同一份文件再导入一次，什么也不会变；每个文件要么全部导入，要么一行也不导入。

        \b
        退出码：
          0  全部导入
          1  有退回的行
          2  有文件读不出来，或导入时数据已被别人改过
          3  没有读到任何台账，或用法有误
        """
    ),
)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--division", default="", metavar=_("区划"), help=_("表中没有写社区的行归入哪里，名称或代码"))
@click.option(
    "--mapping", type=click.Path(path_type=Path, dir_okay=False, exists=True), help=_("改好的读取对照文件")
)
@click.option("--preview", is_flag=True, help=_("只说明会发生什么，不写入"))
@click.option("--removing", is_flag=True, help=_("以前从同一张表导入、现在表里没有了的行，一并删除"))
@click.option("--reason", default="", help=_("导入的理由，记入留痕"))
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("退回的行写到哪个文件；为能改正，个人信息不隐去"),
)
def command(
    folder: Path,
    division: str,
    mapping: Path | None,
    preview: bool,
    removing: bool,
    reason: str,
    rejected: Path | None,
) -> None:
    """Read, hold against the database, write."""
    code = division_of(division) if division else root_division()
    try:
        incoming = prepare(folder, division=code, mapping=mapping, removing=removing)
    except MappingError as error:
        click.echo(str(error), err=True)
        sys.exit(UNUSABLE)
    moved = False
    if preview:
        _tell(incoming, [(plan.file, plan.counts()) for plan in incoming.plans])
        for plan in incoming.plans:
            earlier = nothing_new(plan)
            if earlier is not None:
                click.echo(f"{plan.file}：{told(earlier)}")
    else:
        with trail.acting(commander()):
            done = commit(incoming, reason=reason)
        moved = any(one.problem for one in done)
        _tell(incoming, [(one.file, one.counts) for one in done])
        for one in done:
            if one.earlier is not None:
                click.echo(f"{one.file}：{told(one.earlier)}")
    if rejected is not None and incoming.reading.rejected_rows:
        write_rejected(rejected, incoming.reading)
    sys.exit(max(incoming.reading.exit_code, 2 if moved else 0))

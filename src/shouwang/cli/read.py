"""``shouwang read``: recognise every sheet of a folder and account for every row."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shouwang.cli import UNUSABLE, folders
from shouwang.ledger.reading import (
    FileReading,
    Reading,
    SheetReading,
)
from shouwang.ledger.reading.accounts import SKIPPED, shown
from shouwang.ledger.reading.outputs import write_outputs

STATUS = {"loaded": "", "ignored": "dim", "unrecognised": "yellow", "unreadable": "red"}
MOST_REJECTED = 20


@click.command(
    name="read",
    help=_(
        """读取文件夹里的台账，认出每张表，逐行说明读入、跳过或退回的原因。

        \b
        写出：
          reading.json    每个文件、每张表、每一行、每一列的去向
          mapping.yaml    每张表认作哪本台账、每一列认作哪一栏；改好后用 --mapping 交回
          rejected.xlsx   退回的行，按原表样式，附原因和改法；改好后放回文件夹再读；
                          为能改正，个人信息不隐去，请勿外传

        \b
        退出码：
          0  全部读入
          1  有退回的行，或有表没有认出
          2  有文件或表读不出来
          3  没有读到任何台账，或用法有误
        """
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help=_("结果写到哪个文件夹（默认 读取结果）")
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False), help=_("改好的读取对照文件"))
@click.option(
    "--unmask", metavar="REASON", default="", help=_("显示完整的个人信息，须写明理由，理由会记入结果")
)
def command(folder: Path, out: Path | None, mapping: Path | None, unmask: str) -> None:
    """Read, print the account, write the results."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    if not folder.is_dir():
        click.echo(_("没有这个文件夹：%(folder)s") % {"folder": folder}, err=True)
        sys.exit(UNUSABLE)
    reading = folders.read(folder, mapping=mapping, unmask=unmask)
    report(console, reading)
    target = out or Path(_("读取结果"))
    write_outputs(reading, target)
    console.print(_("结果写在 %(out)s：reading.json、mapping.yaml、rejected.xlsx") % {"out": target})
    sys.exit(reading.exit_code)


def report(console: Console, reading: Reading) -> None:
    """Print a table for each file, the refused rows, what could not be read, and the totals."""
    for file in reading.files:
        console.print(_file_table(file))
    if reading.rejected:
        console.print(_rejected_table(reading))
    for problem in reading.problems:
        where = f"{problem.file} · {problem.sheet}" if problem.sheet else problem.file
        console.print(
            Text(f"✗ {where}：{_(problem.text)}。{_(problem.advice) if problem.advice else ''}", "red")
        )
    console.print(
        _("共 %(rows)d 行：读入 %(loaded)d，跳过 %(skipped)d，退回 %(rejected)d。全部行都有交代。")
        % {
            "rows": reading.rows,
            "loaded": reading.loaded,
            "skipped": reading.skipped,
            "rejected": reading.rejected_rows,
        }
    )


def _file_table(file: FileReading) -> Table:
    notes = "；".join(_(note.text) for note in file.notes)
    table = Table(
        title=Text(f"{file.path}{f'（{notes}）' if notes else ''}"), title_justify="left", expand=False
    )
    table.add_column(_("工作表"))
    table.add_column(_("台账"))
    for label in (_("行数"), _("读入"), _("跳过"), _("退回")):
        table.add_column(label, justify="right")
    table.add_column(_("说明"), overflow="fold")
    for sheet in file.sheets:
        table.add_row(
            Text(sheet.name),
            Text(sheet.label or "—"),
            str(sheet.rows),
            str(sheet.loaded),
            str(sheet.skipped_rows),
            str(len(sheet.rejected)),
            Text(_remarks(sheet)),
            style=STATUS[sheet.status],
        )
    return table


def _remarks(sheet: SheetReading) -> str:
    parts = []
    if sheet.why:
        parts.append(_(sheet.why))
    if sheet.nearest:
        parts.append(_("最接近%(ledger)s") % {"ledger": sheet.nearest})
    if sheet.missing:
        parts.append(_("缺 %(columns)s") % {"columns": "、".join(sheet.missing)})
    if sheet.status == "loaded":
        parts += [
            f"{_(SKIPPED[reason].text)} {len(rows)}"
            for reason, rows in sheet.skipped.items()
            if reason not in ("title", "header", "blank", "footer")
        ]
        unused = [c.header for c in sheet.columns if not c.field and c.how != "serial" and c.header]
        if unused:
            parts.append(_("未用的列：%(columns)s") % {"columns": "、".join(unused)})
        if sheet.records != sheet.loaded:
            parts.append(_("展开为 %(records)d 条") % {"records": sheet.records})
    parts += [_(note.text) for note in sheet.notes if note.code != "id_region_unknown"]
    return "；".join(parts)


def _rejected_table(reading: Reading) -> Table:
    table = Table(title=_("退回的行"), title_justify="left")
    for label in (_("文件"), _("工作表"), _("行"), _("列"), _("内容"), _("原因"), _("改法")):
        table.add_column(label, overflow="fold")
    for one in reading.rejected[:MOST_REJECTED]:
        table.add_row(
            Text(one.file),
            Text(one.sheet),
            str(one.row),
            Text(f"{one.column} {one.header}"),
            Text(shown(one, bool(reading.unmask))),
            _(one.reason),
            _(one.advice) if one.advice else "",
        )
    more = len(reading.rejected) - MOST_REJECTED
    if more > 0:
        table.caption = _("另有 %(more)d 处，见 rejected.xlsx") % {"more": more}
    return table

"""``shouwang books``: the books of an office in double entry, as plain-text accounting."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.text import Text

from shouwang.cli import UNUSABLE, books_told, folders
from shouwang.cli.output import console
from shouwang.fund.catalogue import Asked, Kept, bookkeepers
from shouwang.fund.chart import DEFAULT, Chart, ChartError, chart, for_offices, load
from shouwang.fund.export import FORMATS
from shouwang.fund.gather import Gathered

WHOLE, REFUSED, INCOMPLETE = 0, 1, 2


@click.command(
    name="books",
    help=_(
        """把文件夹里的凭证、分录、日记账写成复式账，供 beancount 或 hledger 读取核对。

        \b
        科目按《农村集体经济组织会计制度》（财会〔2023〕14号）；其他科目表用 --chart。
        不平的、科目不明的、只有一方的凭证不写入账，逐张列出文件、表和行，并写进
        “账簿文件名-未入账.csv”。收付款人是个人的，姓名默认遮盖。

        \b
        退出码：
          0  全部入账，与日记账余额一致
          1  有凭证没有入账，或与日记账余额不符
          2  有文件或表读不出来，其余照常
          3  没有可以入账的凭证，或用法有误
        """
    ),
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="beancount",
    show_default=True,
    help=_("账簿的格式"),
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("账簿写到这个文件")
)
@click.option(
    "--chart",
    "chart_name",
    default=DEFAULT,
    show_default=True,
    metavar="NAME|FILE",
    help=_("科目表：%(names)s，或本单位的科目文件（yaml）") % {"names": "、".join(for_offices())},
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False), help=_("改好的读取对照文件"))
@click.option("--unmask", metavar="REASON", default="", help=_("姓名不遮盖，须写明理由，理由会记入结果"))
def command(folder: Path, form: str, out: Path, chart_name: str, mapping: Path | None, unmask: str) -> None:
    """Read, keep the books, write them, and say what is not in them."""
    chosen = _chart(chart_name)
    gathered = Gathered(bookkeepers())
    screen = console()
    reading = folders.read(folder, gathered, mapping=mapping)
    kept = Kept()
    for keeper in bookkeepers().values():
        kept.add(keeper.keep(gathered, Asked(chosen, bool(unmask))))
    for problem in reading.problems:
        where = f"{problem.file} · {problem.sheet}" if problem.sheet else problem.file
        screen.print(Text(f"✗ {where}：{_(problem.text)}", "red"))
    if not kept.books:
        books_told.refusals(kept)
        click.echo(_("没有可以入账的凭证。"), err=True)
        sys.exit(UNUSABLE)
    title = _("%(folder)s 的账簿") % {"folder": folder.resolve().name}
    if unmask:
        title += _("（姓名未遮盖，理由：%(reason)s）") % {"reason": unmask}
    _write(out, FORMATS[form](kept.books, title))
    listed = out.with_name(f"{out.stem}-{_('未入账')}.csv")
    books_told.write_refused(listed, kept.refused)
    books_told.told(kept, gathered, reading)
    books_told.hint(chosen, kept.books)
    screen.print(_("账簿写在 %(out)s") % {"out": out})
    if kept.refused:
        screen.print(
            Text(
                _("有 %(count)d 笔没有入账，全部列在 %(file)s")
                % {"count": len(kept.refused), "file": listed},
                "red",
            )
        )
    off = [tie for tie in kept.ties if tie.ours != tie.theirs]
    sys.exit(INCOMPLETE if reading.problems else REFUSED if kept.refused or off else WHOLE)


def _chart(name: str) -> Chart:
    if name in for_offices():
        return chart(name)
    path = Path(name)
    if not path.is_file():
        message = _("没有叫 %(name)s 的科目表，也没有这个文件；可用的有 %(names)s")
        raise click.UsageError(message % {"name": name, "names": "、".join(for_offices())})
    try:
        return load(path)
    except ChartError as error:
        raise click.UsageError(str(error)) from error


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write the file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".making-", delete=False
        ) as stream:
            made = Path(stream.name)
            try:
                stream.writelines(line + "\n" for line in lines)
                stream.close()
                made.replace(path)
            except BaseException:
                made.unlink(missing_ok=True)
                raise
    except OSError as error:
        message = _("写不进 {path}：{error}").format(path=path, error=error.strerror)
        raise click.UsageError(message) from error

"""``shouwang reconcile``: bank journals against bank statements, as the table that offices file."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.text import Text

from shouwang.cli import UNUSABLE, folders
from shouwang.cli.output import Day, console, table
from shouwang.fund.catalogue import BankAccount, bookkeepers
from shouwang.fund.gather import Gathered
from shouwang.fund.reconcile import reconcile
from shouwang.fund.reconciliation_sheet import Reconciled, write
from shouwang.standards.masking import mask_card

AGREED, DIFFERS, INCOMPLETE = 0, 1, 2


@click.command(
    name="reconcile",
    help=_(
        """把银行日记账和银行对账单逐笔核对，写出银行存款余额调节表（xlsx）。

        \b
        号码和金额都相同的是同一笔；其余按金额在 --days 天以内配对。没有配上的是
        未达账项，逐笔列出所在的文件、表和行；两边加减未达账项后应当相等。

        \b
        退出码：
          0  各账户调节后相等
          1  有账户调节后仍不等，或只有一边的账
          2  有文件或表读不出来，其余照常
          3  没有可以核对的账户，或用法有误
        """
    ),
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    required=True,
    help=_("同一笔钱在两边最多可差的天数"),
)
@click.option("--until", type=Day(), help=_("核对到哪一天，如 2023-12-31（默认全部）"))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("写到这个文件（xlsx）")
)
@click.option("--mapping", type=click.Path(path_type=Path, dir_okay=False), help=_("改好的读取对照文件"))
def command(folder: Path, days: int, until: dt.date | None, out: Path, mapping: Path | None) -> None:
    """Read, match, print, write."""
    gathered = Gathered(bookkeepers())
    screen = console()
    reading = folders.read(folder, gathered, mapping=mapping)
    for problem in reading.problems:
        screen.print(Text(f"✗ {problem.file} {problem.sheet}：{_(problem.text)}", "red"))
    found = [
        one
        for keeper in bookkeepers().values()
        if keeper.accounts
        for one in keeper.accounts(gathered, until)
    ]
    whole = [one for one in found if one.book and one.bank]
    alone = [one for one in found if not (one.book and one.bank)]
    made = [done for one in whole if (done := _done(one, days)) is not None]
    alone += [one for one in whole if one.book_balance is None or one.bank_balance is None]
    _told(made, alone)
    if not made:
        click.echo(_("没有一个账户既有日记账又有对账单。"), err=True)
        sys.exit(UNUSABLE)
    _write(out, made, until, days)
    screen.print(_("余额调节表写在 %(out)s") % {"out": out})
    off = alone or any(one.done.difference for one in made)
    sys.exit(INCOMPLETE if reading.problems else DIFFERS if off else AGREED)


def _done(one: BankAccount, days: int) -> Reconciled | None:
    """The account reconciled; None where a side states no balance."""
    if one.book_balance is None or one.bank_balance is None:
        return None
    done = reconcile(
        one.book,
        one.bank,
        book_balance=one.book_balance,
        bank_balance=one.bank_balance,
        window=days,
        since=max(one.book[0].on, one.bank[0].on),
    )
    return Reconciled(one.owner, one.account, done)


def _told(made: list[Reconciled], alone: list[BankAccount]) -> None:
    screen = console()
    rows = [
        [
            one.masked,
            one.owner,
            f"{one.done.book_balance:,.2f}",
            f"{one.done.bank_balance:,.2f}",
            str(len(one.done.pairs)),
            str(len(one.done.only_book) + len(one.done.only_bank)),
            f"{one.done.adjusted_book:,.2f}",
            f"{one.done.difference:,.2f}",
        ]
        for one in made
    ]
    heads = [
        _("账号"),
        _("单位"),
        _("日记账余额"),
        _("对账单余额"),
        _("已核对"),
        _("未达账项"),
        _("调节后余额"),
        _("差额"),
    ]
    if rows:
        screen.print(table(_("银行存款余额调节表"), heads, rows))
    for one in alone:
        lacking = (
            _("没有对账单")
            if not one.bank
            else _("没有日记账")
            if not one.book
            else _("没有写余额，不能调节")
        )
        screen.print(Text(f"✗ {one.owner} {mask_card(one.account)}：{lacking}", "yellow"))


def _write(out: Path, made: list[Reconciled], until: dt.date | None, days: int) -> None:
    """Write the workbook whole or not at all."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".making-") as folder:
            path = Path(folder) / "made.xlsx"
            write(path, made, until, days)
            path.replace(out)
    except OSError as error:
        message = _("写不进 {path}：{error}").format(path=out, error=error.strerror)
        raise click.UsageError(message) from error

"""What ``shouwang books`` prints and lists: books, what is in none of them, journals that end elsewhere."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from rich.text import Text

from shouwang.cli.output import console, table
from shouwang.fund.book import Book
from shouwang.fund.catalogue import Kept, Refused
from shouwang.fund.chart import Chart
from shouwang.fund.earmark import overdrafts, statements
from shouwang.fund.gather import Gathered
from shouwang.ledger.reading import Reading
from shouwang.risk.report.tables import harmless

MOST = 20


def row(one: Refused) -> list[str]:
    """What is said of something that is in no book."""
    place = one.error.place
    return [
        place.file,
        place.sheet,
        str(place.row or ""),
        one.owner,
        one.number,
        one.on.isoformat() if one.on else "",
        f"{one.amount:.2f}" if one.amount is not None else "",
        one.error.text,
        one.error.advice,
    ]


def columns() -> list[str]:
    """The headers of the list."""
    return [
        _("文件"),
        _("工作表"),
        _("行"),
        _("村（社区）"),
        _("凭证"),
        _("日期"),
        _("金额"),
        _("原因"),
        _("改法"),
    ]


def write_refused(path: Path, refused: list[Refused]) -> None:
    """List what is in no book; a list of before is removed where there is nothing to list."""
    if not refused:
        path.unlink(missing_ok=True)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns())
        writer.writerows([harmless(cell) for cell in row(one)] for one in refused)


def refusals(kept: Kept) -> None:
    """Print the first of what is in no book, with its row and what to do."""
    screen = console()
    for one in kept.refused[:MOST]:
        place = one.error.place
        where = _("%(file)s / %(sheet)s 第 %(row)d 行")
        told = Text("✗ ", "red")
        told.append(where % {"file": place.file, "sheet": place.sheet, "row": place.row}, "bold")
        told.append(f"  {one.owner}\n  {one.error.text}。{one.error.advice}")
        screen.print(told)
    more = len(kept.refused) - MOST
    if more > 0:
        screen.print(_("另有 %(more)d 笔没有入账。") % {"more": more})


def told(kept: Kept, gathered: Gathered, reading: Reading) -> None:
    """Print what is in each book, the purposes, what is in none, and where journals end elsewhere."""
    screen = console()
    rows = []
    for book in kept.books:
        debits = sum((entry.debits for entry in book.entries), Decimal(0))
        rows.append(
            [
                book.owner,
                str(len(book.entries)),
                str(book.entries[0].on),
                str(book.entries[-1].on),
                f"{debits:,.2f}",
            ]
        )
    screen.print(table(_("账簿"), [_("单位"), _("分录"), _("起"), _("止"), _("借方合计")], rows))
    purposes(kept.books)
    refusals(kept)
    off = [tie for tie in kept.ties if tie.ours != tie.theirs]
    if off:
        names = [_("单位"), _("账户"), _("账簿余额"), _("日记账余额"), _("相差"), _("见")]
        lines = [
            [
                t.owner,
                t.account,
                f"{t.ours:,.2f}",
                f"{t.theirs:,.2f}",
                f"{t.ours - t.theirs:,.2f}",
                str(t.place),
            ]
            for t in off
        ]
        screen.print(table(_("与日记账余额不符的"), names, lines))
    if kept.unjournaled:
        text = _("已入账而日记账没有登的凭证 %(count)d 张，按其结算方式入账。")
        screen.print(Text(text % {"count": kept.unjournaled}, "yellow"))
    if kept.left_out:
        screen.print(_("退回、作废的凭证 %(count)d 张，不入账。") % {"count": kept.left_out})
    for (file, sheet), count in gathered.repeated.items():
        text = _("%(file)s · %(sheet)s：%(count)d 行与前面的表完全相同，只算一次。")
        screen.print(Text(text % {"file": file, "sheet": sheet, "count": count}))
    rejected = sum(len(sheet.rejected) for _file, sheet in reading.sheets if sheet.ledger in gathered.asked)
    if rejected:
        text = _("读取时有 %(count)d 行退回，不在账簿里；用 shouwang read 查看。")
        screen.print(Text(text % {"count": rejected}, "yellow"))


def purposes(books: Iterable[Book]) -> None:
    """Print what each purpose of earmarked money received, spent and has left."""
    rows = []
    for book in books:
        below = {(one.fund, one.purpose): one for one in overdrafts(book)}
        for one in statements(book):
            first = below.get((one.fund, one.purpose))
            note = _("%(on)s起透支") % {"on": first.on} if first else ""
            rows.append(
                [
                    book.owner,
                    one.fund,
                    one.purpose,
                    f"{one.received:,.2f}",
                    f"{one.spent:,.2f}",
                    f"{one.left:,.2f}",
                    note,
                ]
            )
    if rows:
        names = [_("单位"), _("专款"), _("用途"), _("收入"), _("支出"), _("结余"), ""]
        console().print(table(_("专款专用"), names, rows))


def hint(chosen: Chart, books: Iterable[Book]) -> None:
    """Say when the chart was not in force for the books."""
    last = max(book.entries[-1].on for book in books)
    if chosen.since and last < chosen.since:
        text = _("这些账都在 %(since)s 之前，那时“%(name)s”还没有施行；旧制度的科目用 --chart village-2004。")
        console().print(Text(text % {"since": chosen.since, "name": chosen.name}, "yellow"))

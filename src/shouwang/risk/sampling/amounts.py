"""Digit, round-amount and repetition tests over one amount column, and the workbook that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from shouwang.ledger.workbook import Book, write_cell, write_row
from shouwang.risk.report.privacy import Privacy, cell
from shouwang.risk.sampling.population import Population
from shouwang.snapshot.store import RowRef
from shouwang.standards.reading import N_
from shouwang.standards.sampling.digits import LABELS, DigitTest, Place, digit_test
from shouwang.standards.sampling.exact import SamplingError
from shouwang.standards.sampling.patterns import RoundTest, repeated, round_test

PLACES: Final[dict[Place, str]] = {
    "first": N_("首位数字"),
    "second": N_("第二位数字"),
    "first-two": N_("前两位数字"),
}
STRIKING: Final = 1.96
"""A digit whose z statistic is beyond it is further from Benford's law than chance takes one in twenty."""
GROUPS: Final = 200
"""So many groups of repeated rows are listed; the number of all is told."""


@dataclass(frozen=True)
class Group:
    """Rows that show the same in the columns compared; ``at`` are their numbers in the population."""

    shown: tuple[str, ...]
    at: tuple[int, ...]


@dataclass(frozen=True)
class AmountTests:
    """What the amounts of a population look like; ``digits`` lacks a place that no amount has."""

    n: int
    digits: dict[Place, DigitTest]
    rounds: tuple[RoundTest, ...]
    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def examine(rows: Population, same: Sequence[str]) -> AmountTests:
    """Run all tests; ``same`` are the columns that must be alike for rows to count as repeated."""
    amounts = [amount for amount in rows.amounts if amount is not None]
    digits = {}
    for place in PLACES:
        try:
            digits[place] = digit_test(amounts, place)
        except SamplingError:
            continue
    return AmountTests(len(amounts), digits, tuple(round_test(amounts)), tuple(same), _groups(rows, same))


def _groups(rows: Population, same: Sequence[str]) -> tuple[Group, ...]:
    columns = [rows.rows.column(name).to_pylist() for name in same]
    said = list(zip(*columns, strict=True))
    # A row with a gap in what is compared resembles nothing.
    whole = [(at, key) for at, key in enumerate(said) if None not in key]
    members: dict[tuple[object, ...], list[int]] = {}
    for at, key in whole:
        members.setdefault(key, []).append(at)
    fields = [rows.spec.fields[name] for name in same]
    return tuple(
        Group(tuple(cell(f, v) for f, v in zip(fields, key, strict=True)), tuple(members[key]))
        for key, _count in repeated(key for _at, key in whole)
    )


def striking(test: DigitTest) -> list[int]:
    """The digits that come more often than the law and chance explain, the most striking first."""
    found = [d for d in test.digits if d.count > d.expected and d.z > STRIKING]
    return [d.digit for d in sorted(found, key=lambda d: -d.z)]


def chance(p_value: float) -> str:
    """A p value to four decimals: ``0.0501``, ``<0.0001``."""
    return "<0.0001" if p_value < 0.0001 else f"{p_value:.4f}"


def remark(test: DigitTest) -> str:
    """A test in a sentence."""
    text = _("MAD {mad}（{word}），卡方 {chi}，自由度 {freedom}，p {p}").format(
        mad=f"{test.mad:.5f}",
        word=_(LABELS[test.conformity]),
        chi=f"{test.chi_square:.2f}",
        freedom=test.freedom,
        p=chance(test.p_value),
    )
    if test.few:
        text += "；" + _("只有 {n} 笔，MAD 的界限偏严，仅供参考").format(n=test.n)
    if more := striking(test):
        text += "；" + _("偏多：{digits}").format(digits="、".join(map(str, more[:8])))
    return text


def write_tests(tests: AmountTests, rows: Population, privacy: Privacy, title: str, path: Path) -> None:
    """Write the tests as a workbook: digits, round amounts, repeated rows with where they stand."""
    with Book(path) as book:
        fixed = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "valign": "top"}
        head = book.style(bold=True, bg_color="#DCE6E4", **fixed)
        plain = book.style(**fixed)
        bold = book.style(bold=True, font_size=14)
        page = book.sheet(_("数字检验"))
        write_cell(page, 0, 0, title, bold)
        write_cell(page, 1, 0, privacy.statement())
        note = _("偏离只说明该看哪里，不说明有错：定额、限额、同一标准的发放本来就不服从本福特定律。")
        write_cell(page, 2, 0, note)
        at = 4
        for place, test in tests.digits.items():
            text = f"{_(PLACES[place])}：{remark(test)}"
            write_cell(page, at, 0, text, book.style(bold=True))
            write_row(
                page, at + 1, (_("数字"), _("笔数"), _("应有笔数"), _("实际占比"), _("应有占比"), "z"), head
            )
            for d in test.digits:
                shares = (d.count / test.n, d.expected / test.n)
                cells = (d.digit, d.count, round(d.expected, 1), *(f"{s:.2%}" for s in shares), round(d.z, 2))
                write_row(page, at + 2, cells, plain)
                at += 1
            at += 4
        write_cell(page, at, 0, _("整数金额"), book.style(bold=True))
        heads = (_("整到（元）"), _("笔数"), _("其中可比的笔数"), _("实际占比"), _("应有占比"), "p")
        write_row(page, at + 1, heads, head)
        for number, r in enumerate(tests.rounds):
            cells = (r.unit, r.count, r.of, f"{float(r.share):.2%}", f"{0.1:.2%}", chance(r.p_value))
            write_row(page, at + 2 + number, cells, plain)
        page.set_column(0, 5, 13)
        _repeated(book, tests, rows, privacy, head, plain)


def _order(place: RowRef) -> tuple[str, str, int]:
    return (place.file, place.sheet, place.row)


def _repeated(
    book: Book, tests: AmountTests, rows: Population, privacy: Privacy, head: object, plain: object
) -> None:
    page = book.sheet(_("重复"))
    fields = [rows.spec.fields[name] for name in tests.columns]
    labels = [_(f.label) for f in fields]
    text = _("{columns}都相同的有 {count} 组").format(columns="、".join(labels), count=len(tests.groups))
    if len(tests.groups) > GROUPS:
        text += "，" + _("列出笔数最多的 {most} 组").format(most=GROUPS)
    write_cell(page, 0, 0, text)
    write_row(page, 2, (_("组"), _("笔数"), *labels, _("文件"), _("工作表"), _("行")), head)
    line = 3
    for number, group in enumerate(tests.groups[:GROUPS], 1):
        for at, place in sorted(((at, rows.place(at)) for at in group.at), key=lambda pair: _order(pair[1])):
            values = [rows.rows.column(name)[at].as_py() for name in tests.columns]
            shown = [
                v if isinstance(v, Decimal) else privacy.value(f, v)
                for f, v in zip(fields, values, strict=True)
            ]
            cells = (
                number,
                len(group.at),
                *shown,
                privacy.place(place.file),
                privacy.place(place.sheet),
                place.row,
            )
            write_row(page, line, cells, plain)
            line += 1
    page.freeze_panes(3, 0)
    page.set_column(0, 1, 7)
    page.set_column(2, 1 + len(labels), 16)
    page.set_column(2 + len(labels), 2 + len(labels), 24)

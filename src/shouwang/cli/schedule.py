"""``shouwang schedule``: the repayment schedule of a loan, on the screen and as a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from shouwang.cli.output import Day, console, facts, table
from shouwang.ledger.catalogue import ledger
from shouwang.ledger.workbook import Book, write_row
from shouwang.packs.microcredit.repayment import (
    Account,
    After,
    DayCount,
    Instalment,
    Method,
    Order,
    Part,
    Payment,
    Penalty,
    Prepayment,
    Terms,
    TermsError,
    replay,
    schedule,
    subsidies,
)
from shouwang.standards.reading import N_

METHODS = {
    "equal-instalment": Method.EQUAL_INSTALMENT,
    "equal-principal": Method.EQUAL_PRINCIPAL,
    "interest-first": Method.INTEREST_FIRST,
    "bullet": Method.BULLET,
}
THEN = {"shorter": After.SHORTER, "smaller": After.SMALLER}
PARTS = {"cost": Part.COST, "penalty": Part.PENALTY, "interest": Part.INTEREST, "principal": Part.PRINCIPAL}
ALL = ("all", "全部")
WIDTHS = (14, 8, 12, 14, 14, 14, 14, 14, 14, 10)


class Number(click.ParamType[Decimal]):
    """A number with its decimals exact; 1,234.50 is read too, and 4.35% as the number before the sign."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number; anything else is a usage error."""
        if isinstance(value, Decimal):
            return value
        try:
            number = Decimal(str(value).replace(",", "").rstrip("%"))
            if number.is_finite():
                return number
        except InvalidOperation:
            pass
        self.fail(_("“{text}”不是数字").format(text=value), param, ctx)


class DayAmount(click.ParamType[tuple[dt.date, Decimal | None]]):
    """A day and an amount: 2023-04-10:5000; ``all`` (全部) in place of the amount is None."""

    name = "date:amount"

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[dt.date, Decimal | None]:
        """The pair; anything else is a usage error that shows how to write one."""
        if isinstance(value, tuple):
            return value
        day, mark, amount = str(value).partition(":")
        if not mark:
            self.fail(_("“{text}”应写成 2023-04-10:5000 的样子").format(text=value), param, ctx)
        when = Day().convert(day, param, ctx)
        if self.whole and amount in ALL:
            return when, None
        return when, Number().convert(amount, param, ctx)


@dataclass(frozen=True)
class _Paper:
    """What is shown and written: the schedule with the subsidy of each instalment."""

    terms: Terms
    rows: list[Instalment]
    subsidy: list[Decimal] | None
    loan_no: str

    @property
    def header(self) -> list[str]:
        """The columns as the ledger of schedules calls them."""
        fields = ledger("microcredit.schedule").fields
        named = ("instalment", "due_on", "principal", "interest", "payment", "balance")
        return [fields[name].label for name in named] + [N_("财政贴息")] * (self.subsidy is not None)

    def cells(self) -> list[list[Any]]:
        """The rows of the table."""
        made: list[list[Any]] = [
            [one.number, one.due_on, one.principal, one.interest, one.payment, one.balance]
            for one in self.rows
        ]
        for row, part in zip(made, self.subsidy or (), strict=False):
            row.append(part)
        return made

    def described(self) -> list[tuple[str, str]]:
        """The terms, labelled."""
        terms = self.terms
        return [
            (_("贷款金额"), f"{terms.principal:,.2f}"),
            (_("年利率"), f"{terms.rate}%"),
            (_("放款日期"), terms.paid_out_on.isoformat()),
            (_("还款方式"), _(terms.method.value)),
            (_("计息天数"), terms.day_count.value),
            (_("只付息期数"), str(terms.grace) if terms.grace else ""),
            (_("利息合计"), f"{sum(one.interest for one in self.rows):,.2f}"),
            (_("财政贴息合计"), f"{sum(self.subsidy):,.2f}" if self.subsidy is not None else ""),
            (_("本息合计"), f"{sum(one.payment for one in self.rows):,.2f}"),
        ]

    def show(self) -> None:
        """Write the schedule to the screen."""
        out = console()
        for line in facts(self.described(), out.width):
            click.echo(line)
        shown = [[_("提前") if not row[0] else str(row[0]), *map(_figure, row[1:])] for row in self.cells()]
        out.print(table("", [_(name) for name in self.header], shown))

    def write(self, path: Path) -> None:
        """Write a workbook that ``shouwang read`` knows as a ledger of schedules."""
        with Book(path) as book:
            sheet = book.sheet("贷款还款计划表")
            write_row(sheet, 0, ["贷款还款计划表"], book.style(bold=True, font_size=14))
            write_row(sheet, 1, ["；".join(f"{name}：{text}" for name, text in self.described() if text)])
            write_row(sheet, 2, ["合同编号", *self.header, "备注"], book.style(bold=True, border=1))
            for line, row in enumerate(self.cells(), start=3):
                note = "提前还款" if not row[0] else None
                write_row(sheet, line, [self.loan_no or None])
                for column, cell in enumerate([*row, note], start=1):
                    money = isinstance(cell, Decimal)
                    day = isinstance(cell, dt.date)
                    shape = "#,##0.00" if money else "yyyy-mm-dd" if day else "General"
                    value = float(cell) if money else cell
                    sheet.write(line, column, value, book.style(num_format=shape))
            for column, width in enumerate(WIDTHS):
                sheet.set_column(column, column, width)
            sheet.freeze_panes(3, 2)


def _figure(cell: Any) -> str:
    return f"{cell:,.2f}" if isinstance(cell, Decimal) else str(cell)


def _account(account: Account, out_width: int) -> None:
    """Say what is owed on the day, and how the money was used."""
    overdue = account.overdue
    since = overdue[0].due_on.isoformat() if overdue else ""
    owed = "，".join(f"{_(part.value)} {account.owed(part):,.2f}" for part in Part if account.owed(part))
    used = "，".join(f"{_(part.value)} {amount:,.2f}" for part, amount in account.used.items() if amount)
    days = _("{days} 天，自 {since} 起").format(days=account.overdue_days, since=since)
    pairs = [
        (_("截至"), account.day.isoformat()),
        (_("逾期"), days if overdue else _("没有逾期")),
        (_("到期未还"), owed or "0.00"),
        (_("已还款用于"), used),
        (_("预收未到期"), f"{account.ahead:,.2f}" if account.ahead else ""),
        (_("剩余本金"), f"{account.balance:,.2f}"),
    ]
    click.echo()
    for line in facts(pairs, out_width):
        click.echo(line)


HELP = _(
    """算出一笔贷款的还款计划，精确到分，可写成工作簿。

    \b
    AMOUNT 贷款金额（元），RATE 年利率（%），INSTALMENTS 期数。
    金额四舍五入到分，尾差归末期；31 日放款的，小月在月末还，大月仍在 31 日。
    给出 --paid 或 --as-of 时，还算出那一天的逾期天数、罚息和各笔还款的去向。

    \b
    例：
      shouwang schedule 20000 4.35 24 --paid-out 2023-01-31 --out 计划.xlsx
      shouwang schedule 20000 4.35 24 --paid-out 2023-01-31 --method interest-first --subsidy 50
      shouwang schedule 20000 4.35 12 --paid-out 2023-01-31 --early 2023-06-10:5000
      shouwang schedule 20000 4.35 12 --paid-out 2023-01-31 --paid 2023-03-15:1700 --surcharge 50 \\
        --as-of 2023-06-30
    """
)


@click.command("schedule", help=HELP)
@click.argument("amount", type=Number())
@click.argument("rate", type=Number())
@click.argument("instalments", type=int)
@click.option("--paid-out", "paid_out", type=Day(), help=_("放款日期（默认今天）"))
@click.option(
    "--method",
    type=click.Choice(list(METHODS)),
    default="equal-instalment",
    show_default=True,
    help=_("还款方式：等额本息、等额本金、先息后本、到期一次还本付息"),
)
@click.option(
    "--days",
    type=click.Choice([str(one) for one in DayCount]),
    default="30/360",
    show_default=True,
    help=_("计息天数：30/360 足月按三十天（30E/360），actual/365、actual/360 按实际天数"),
)
@click.option("--every", type=int, default=1, show_default=True, help=_("每期几个月，按季还款写 3"))
@click.option("--first-due", type=Day(), help=_("首次还款日（默认放款一期之后），以后每期同日"))
@click.option("--grace", type=int, default=0, show_default=True, help=_("开头只付利息、不还本金的期数"))
@click.option(
    "--early",
    type=DayAmount(whole=True),
    multiple=True,
    help=_("提前还本，如 2023-06-10:5000 或 :all，可多次"),
)
@click.option(
    "--then",
    type=click.Choice(list(THEN)),
    default="shorter",
    show_default=True,
    help=_("提前还款之后：缩短期限，或期限不变、减少每期还款"),
)
@click.option("--subsidy", type=Number(), help=_("财政贴息占利息的百分比，如 50"))
@click.option("--paid", type=DayAmount(), multiple=True, help=_("实际还款，如 2023-03-15:1700，可多次"))
@click.option("--as-of", "as_of", type=Day(), help=_("算到哪一天（默认今天）"))
@click.option("--surcharge", type=Number(), help=_("罚息在合同利率上加收的百分比，如 50；不写则不算罚息"))
@click.option("--on-interest", is_flag=True, help=_("对未付利息也计罚息（复利）"))
@click.option("--grace-days", type=int, default=0, show_default=True, help=_("在这么多天内还清的不计罚息"))
@click.option(
    "--order",
    default="cost,penalty,interest,principal",
    show_default=True,
    help=_("还款先后用于费用、罚息、利息、本金（民法典第五百六十一条）"),
)
@click.option("--by-instalment", is_flag=True, help=_("先还清最早的一期，再还下一期"))
@click.option("--loan-no", default="", help=_("写进工作簿的合同编号"))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=_("写成这个工作簿（.xlsx）"))
@click.option("--force", is_flag=True, help=_("覆盖已有的文件"))
def command(
    amount: Decimal,
    rate: Decimal,
    instalments: int,
    paid_out: dt.date | None,
    method: str,
    days: str,
    every: int,
    first_due: dt.date | None,
    grace: int,
    early: Sequence[tuple[dt.date, Decimal | None]],
    then: str,
    subsidy: Decimal | None,
    paid: Sequence[tuple[dt.date, Decimal]],
    as_of: dt.date | None,
    surcharge: Decimal | None,
    on_interest: bool,
    grace_days: int,
    order: str,
    by_instalment: bool,
    loan_no: str,
    out: Path | None,
    force: bool,
) -> None:
    """Work out and show the schedule of a loan."""
    if out and out.suffix.lower() != ".xlsx":
        raise click.UsageError(_("{out}：工作簿的名称应以 .xlsx 结尾").format(out=out))
    if out and out.exists() and not force:
        raise click.UsageError(_("{out} 已存在；要覆盖请加 --force").format(out=out))
    try:
        terms = Terms(
            amount,
            rate,
            paid_out or dt.date.today(),
            instalments,
            METHODS[method],
            DayCount(days),
            every,
            first_due,
            grace,
        )
        rows = schedule(terms, [Prepayment(day, part, THEN[then]) for day, part in early])
        parts = None if subsidy is None else subsidies(rows, subsidy / 100)
        account = None
        if paid or as_of:
            account = replay(
                rows,
                [Payment(day, money) for day, money in paid],
                as_of or dt.date.today(),
                None
                if surcharge is None
                else Penalty(rate, surcharge, DayCount.ACTUAL_360, on_interest, grace_days),
                Order(_parts(order), by_instalment),
            )
    except TermsError as error:
        raise click.UsageError(_(error.reason)) from error
    paper = _Paper(terms, rows, parts, loan_no)
    paper.show()
    if account:
        _account(account, console().width)
    if out:
        try:
            paper.write(out)
        except (OSError, FileCreateError) as error:
            message = _("写不出 {out}：{error}").format(out=out, error=error)
            raise click.UsageError(message) from error
        click.echo(_("已写出：{out}").format(out=out))


def _parts(order: str) -> tuple[Part, ...]:
    names = [name.strip() for name in order.replace("，", ",").split(",")]
    words = {**PARTS, **{part.value: part for part in Part}}
    unknown = [name for name in names if name not in words]
    if unknown:
        raise click.UsageError(
            _("还款顺序里没有“{name}”，可写 {names}").format(name=unknown[0], names="、".join(PARTS))
        )
    return tuple(words[name] for name in names)

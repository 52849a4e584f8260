"""``shouwang score``: train, apply and watch a credit score. It informs a person; it decides nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import polars as pl
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from shouwang.cli import folders
from shouwang.cli.output import Day, console, facts, table
from shouwang.ledger.catalogue import ledger
from shouwang.ledger.reading import MappingError
from shouwang.ledger.workbook import Book, write_row
from shouwang.packs.microcredit.score import attributes as source
from shouwang.packs.microcredit.score import card as cards
from shouwang.packs.microcredit.score.measures import Stability, stability
from shouwang.packs.microcredit.score.training import MissingToolError, RefusedError, train
from shouwang.snapshot.store import Snapshot
from shouwang.standards.masking import mask_id, mask_name
from shouwang.standards.reading import N_

REFUSED, SHIFTED = 3, 1

WHY = {
    "no-data": N_("台账中没有记载"),
    "no-difference": N_("所有人都一样"),
    "tells-nothing": N_("与还款好坏没有关系"),
    "too-many": N_("不良贷款笔数不够支持更多项目"),
    "said-by-others": N_("其他项目已经说明"),
}
"""Why an attribute is not in a card."""
WORDS = {
    "stable": N_("稳定"),
    "shifting": N_("有变化，留意"),
    "shifted": N_("变化大，应重新训练"),
}
RULE_OF_THUMB = N_(
    "PSI 不到 0.10 稳定，0.10 至 0.25 有变化，0.25 及以上变化大；偶然概率 0.05 及以上的，不算变化。"
)
CAUTION = N_("得分只供评定人参考，不能单独作为批准或不批准的理由；信用等级和评定人由人填写。")


@contextmanager
def _ledgers(folder: Path, mapping: Path | None) -> Iterator[tuple[Snapshot, dict[str, pl.DataFrame]]]:
    """The rows of the folder that a score may rest on; what was read lies in a private folder meanwhile."""
    scratch = Path(tempfile.mkdtemp(prefix="shouwang-"))
    try:
        snapshot, _reading = folders.load(folder, scratch, mapping=mapping)
        if not snapshot.parts:
            raise click.UsageError(_("{folder} 里没有读到台账").format(folder=folder))
        yield snapshot, source.read(snapshot)
    except MappingError as error:
        raise click.UsageError(str(error)) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Card(click.ParamType[cards.Card]):
    """A card's file on the command line."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> cards.Card:
        """The card; a file that is none, or was changed, is a usage error."""
        if isinstance(value, cards.Card):
            return value
        try:
            return cards.load(Path(value))
        except cards.CardError as error:
            self.fail(str(error), param, ctx)


FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
AS_OF = click.option("--as-of", "as_of", type=Day(), help=_("以哪一天为准，如 2023-12-31（默认今天）"))
MAPPING = click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("改过的表头对照文件（上次输出的 mapping.yaml）"),
)
CARD = click.option("--card", type=_Card(), required=True, help=_("评分卡文件（score train 写出）"))
FORCE = click.option("--force", is_flag=True, help=_("覆盖已有的文件"))


@click.group(
    "score",
    help=_(
        """训练、使用、检查信用评分卡。得分只供人参考，不决定任何事。

        \b
        只用台账里的事实：申请金额、以往还款、未结清贷款、不良记录、债务、收入、经营年限、培训。
        从不使用品行、家庭、性别、年龄、住址。

        \b
          shouwang score train 台账 --as-of 2023-12-31 --out 评分卡.json
          shouwang score apply 台账 --card 评分卡.json --out 信用评定.xlsx
          shouwang score stability 台账 --card 评分卡.json --since 2024-01-01
        """
    ),
)
def command() -> None:
    """The group."""


def _free(out: Path, suffix: str, force: bool) -> None:
    if out.suffix.lower() != suffix:
        raise click.UsageError(_("{out}：文件名应以 {suffix} 结尾").format(out=out, suffix=suffix))
    if out.exists() and not force:
        raise click.UsageError(_("{out} 已存在；要覆盖请加 --force").format(out=out))


@command.command(
    "train",
    help=_(
        """用已知结果的贷款训练评分卡，写成一个固定的文件。

        \b
        退出码：0 写出了评分卡；3 不训练（笔数太少，或与偶然无异），屏幕说明原因。
        """
    ),
)
@FOLDER
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=_("评分卡文件（.json）")
)
@AS_OF
@click.option(
    "--bad-days", type=click.IntRange(0, 3650), default=90, show_default=True, help=_("逾期超过几天算不良")
)
@click.option(
    "--good-days",
    type=click.IntRange(0, 3650),
    default=0,
    show_default=True,
    help=_("到期后几天内还清算按期"),
)
@MAPPING
@FORCE
@click.pass_context
def train_command(
    ctx: click.Context,
    folder: Path,
    out: Path,
    as_of: dt.date | None,
    bad_days: int,
    good_days: int,
    mapping: Path | None,
    force: bool,
) -> None:
    """Make a card."""
    _free(out, ".json", force)
    if good_days > bad_days:
        raise click.UsageError(_("算按期的天数不能多于算不良的天数"))
    with _ledgers(folder, mapping) as (snapshot, rows):
        try:
            made = train(rows, snapshot.hash, as_of or dt.date.today(), source.Outcome(bad_days, good_days))
        except RefusedError as error:
            click.echo(_("没有训练评分卡：{reason}").format(reason=error), err=True)
            ctx.exit(REFUSED)
        except MissingToolError as error:
            raise click.UsageError(str(error)) from error
    try:
        out.write_text(made.card.to_json(), encoding="utf-8")
    except OSError as error:
        raise click.UsageError(_("写不出 {out}：{error}").format(out=out, error=error.strerror)) from error
    _show_card(made.card)
    click.echo(_("已写出：{out}").format(out=out))


def _share(value: float) -> str:
    return f"{value:.2f}"


def _show_card(card: cards.Card) -> None:
    out = console()
    measured = card.measured
    pairs = [
        (_("评分卡"), card.version),
        (
            _("训练所用"),
            _("{goods} 笔按期还清，{bads} 笔不良（逾期超过 {days} 天），截至 {as_of}").format(
                goods=card.made_of["goods"],
                bads=card.made_of["bads"],
                days=card.outcome["bad_days"],
                as_of=card.made_of["as_of"],
            ),
        ),
        (
            _("区分能力"),
            _(
                "基尼系数 {gini}（95%区间 {low} 至 {high}），KS {ks}，均为未参加训练的贷款（{folds} 折）"
            ).format(
                gini=_share(measured["gini_held_out"]),
                low=_share(measured["gini_held_out_low"]),
                high=_share(measured["gini_held_out_high"]),
                ks=_share(measured["ks_held_out"]),
                folds=int(measured["folds"]),
            ),
        ),
        (
            _("未采用"),
            "；".join(
                f"{_(source.BY_NAME[name].label)}（{_(WHY[why])}）" for name, why in card.left_out.items()
            ),
        ),
    ]
    for line in facts(pairs, out.width):
        click.echo(line)
    lines = [
        (
            _(source.BY_NAME[row.name].label) if not number else "",
            cards.bin_label(row.name, one),
            one.goods,
            one.bads,
            one.points,
        )
        for row in card.rows
        for number, one in enumerate(row.bins)
        if one.goods + one.bads or one.kind == "missing"
    ]
    out.print(table("", [_("项目"), _("档"), _("按期"), _("不良"), _("得分")], lines))


@command.command(
    "apply",
    help=_(
        """给在办的申请打分，写成信用等级评定表，供评定人参考后填写等级并签名。

        默认遮盖姓名和证件号。
        """
    ),
)
@FOLDER
@CARD
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=_("评定表（.xlsx）")
)
@AS_OF
@click.option("--all", "everybody", is_flag=True, help=_("已有结果的申请也打分"))
@click.option(
    "--unmask", default="", metavar="REASON", help=_("输出不遮盖个人信息，须写明理由，理由会写进每份输出")
)
@MAPPING
@FORCE
def apply_command(
    folder: Path,
    card: cards.Card,
    out: Path,
    as_of: dt.date | None,
    everybody: bool,
    unmask: str,
    mapping: Path | None,
    force: bool,
) -> None:
    """Score applications."""
    _free(out, ".xlsx", force)
    day = as_of or dt.date.today()
    with _ledgers(folder, mapping) as (_snapshot, rows):
        open_ones = source.applied(rows, day, everybody=everybody)
        people = source.attributes(rows, open_ones).to_dicts()
    if not people:
        raise click.UsageError(_("没有可以打分的申请；已有结果的加 --all"))
    scored = [(person, card.score(person)) for person in people]
    try:
        _write(out, card, day, scored, unmask)
    except (OSError, FileCreateError) as error:
        raise click.UsageError(_("写不出 {out}：{error}").format(out=out, error=error)) from error
    lines = [
        (person["case"], _name(person, unmask), score.points, "；".join(map(cards.reason, score.reasons(1))))
        for person, score in scored[:20]
    ]
    title = _("{count} 份申请的得分").format(count=len(scored))
    console().print(table(title, [_("申请编号"), _("姓名"), _("信用得分"), _("扣分最多的一项")], lines))
    click.echo(_(CAUTION))
    click.echo(_("已写出：{out}").format(out=out))


def _name(person: dict[str, Any], unmask: str) -> str:
    name = person["name"] or ""
    return name if unmask else mask_name(name)


def _write(
    path: Path, card: cards.Card, day: dt.date, scored: list[tuple[dict[str, Any], cards.Score]], unmask: str
) -> None:
    """The rating ledger's columns, then the points of each attribute; grade and rater wait for a person."""
    fields = ledger("microcredit.credit_rating").fields
    own = ("name", "person", "rated_on", "score", "grade", "method", "basis", "rated_by")
    header = ["申请编号", *(fields[name].label for name in own)]
    header += [_(source.BY_NAME[row.name].label) for row in card.rows]
    with Book(path) as book:
        sheet = book.sheet("信用等级评定表")
        write_row(sheet, 0, ["信用等级评定表"], book.style(bold=True, font_size=14))
        note = _(CAUTION) + (_("未遮盖个人信息，理由：{reason}").format(reason=unmask) if unmask else "")
        write_row(sheet, 1, [note])
        write_row(sheet, 2, header, book.style(bold=True, border=1))
        for line, (person, score) in enumerate(scored, start=3):
            number = person["person"] if unmask else mask_id(person["person"])
            basis = "；".join(map(cards.reason, score.reasons())) or _("各项均为最高分")
            cells = [person["case"], _name(person, unmask), number, day, score.points, None]
            cells += [_("评分卡 {version}").format(version=card.version), basis, None]
            write_row(sheet, line, [*cells, *(part.points for part in score.parts)])
        for column, width in enumerate((16, 10, 22, 12, 10, 10, 26, 60, 10)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 2)


def _verdict(one: Stability) -> str:
    return one.word if one.shifted else "stable"


@command.command(
    "stability",
    help=_(
        """检查申请人与训练时是否还相像（群体稳定性指数 PSI）。

        \b
        退出码：0 稳定；1 变化超出偶然，应复核或重新训练；3 没有申请可比。
        """
    ),
)
@FOLDER
@CARD
@click.option("--since", type=Day(), help=_("只看这一天起的申请（默认前一年）"))
@AS_OF
@MAPPING
@click.pass_context
def stability_command(
    ctx: click.Context,
    folder: Path,
    card: cards.Card,
    since: dt.date | None,
    as_of: dt.date | None,
    mapping: Path | None,
) -> None:
    """Compare the applicants of a period with those of the training."""
    day = as_of or dt.date.today()
    start = since or day - dt.timedelta(365)
    with _ledgers(folder, mapping) as (_snapshot, rows):
        recent = source.applied(rows, day, everybody=True).filter(pl.col("on") >= start)
        people = source.attributes(rows, recent).to_dicts()
    if not people:
        message = _("{start} 至 {end} 没有申请").format(start=start, end=day)
        raise click.UsageError(message)
    banded = [0] * len(card.banded)
    for person in people:
        banded[card.band(card.score(person).points)] += 1
    found = [(_("信用得分"), stability(card.banded, banded))]
    for row in card.rows:
        before = [one.goods + one.bads for one in row.bins]
        now = cards.cells(row, [person[row.name] for person in people])
        found.append((_(source.BY_NAME[row.name].label), stability(before, now)))
    lines = [
        (
            label,
            f"{one.index:.4f}",
            f"{one.chance:.3f}",
            _(WORDS[_verdict(one)]),
        )
        for label, one in found
    ]
    title = _("评分卡 {version}：{start} 至 {end} 的 {count} 份申请与训练时相比").format(
        version=card.version, start=start, end=day, count=len(people)
    )
    click.echo(title)
    console().print(table("", [_("项目"), "PSI", _("偶然概率"), _("判断")], lines))
    click.echo(_(RULE_OF_THUMB))
    if any(one.shifted for _label, one in found):
        ctx.exit(SHIFTED)

"""``shouwang sample evaluate``: what a filled working paper says of the whole."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.cli.output import console, table
from shouwang.cli.sample import common
from shouwang.risk.sampling import evaluation
from shouwang.risk.sampling.filled import read_paper
from shouwang.risk.sampling.plan import Plan, take
from shouwang.risk.sampling.population import population

DONE, NOT_SUPPORTED, UNFINISHED = 0, 1, 2
MOST_PROBLEMS = 20


@click.command(
    "evaluate",
    help=_(
        """读回填好的底稿 PAPER，算出上限，写出中英文结论。

        \b
        退出码：
          0  样本支持“总体可以接受”，或计划没有写明可容忍的偏差
          1  样本不支持
          2  底稿没有填完或前后矛盾，逐行指出
          3  不是抽样底稿，或用法有误
        """
    ),
)
@click.argument("paper", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help=_("评价写到哪里（默认在底稿旁边）")
)
@click.option(
    "--again",
    type=click.Path(exists=True, path_type=Path),
    help=_("用原台账重抽一次，核对样本是否相同"),
)
@common.MAPPING
@common.FORCE
@click.pass_context
@common.told
def evaluate(
    ctx: click.Context, paper: Path, out: Path | None, again: Path | None, mapping: Path | None, force: bool
) -> None:
    """Read a filled paper back and say what it means."""
    filled = read_paper(paper)
    if again is not None:
        _check_again(filled.plan, {_stands(r.file, r.sheet, r.row) for r in filled.rows}, again, mapping)
    if filled.problems:
        for problem in filled.problems[:MOST_PROBLEMS]:
            click.echo(problem, err=True)
        if (more := len(filled.problems) - MOST_PROBLEMS) > 0:
            click.echo(_("另有 {more} 处").format(more=more), err=True)
        click.echo(_("底稿有 {count} 处要补正，没有评价。").format(count=len(filled.problems)), err=True)
        ctx.exit(UNFINISHED)
    target = common.free(out or paper.with_name(f"{paper.stem}-{_('评价')}.xlsx"), force)
    found = evaluation.in_language(filled, get_language() or "zh-hans")
    common.write_safely(target, lambda path: evaluation.write_evaluation(filled, path))
    console().print(table(_("抽样评价"), (_("项目"), _("内容")), found.facts))
    click.echo("")
    for sentence in found.sentences:
        click.echo(sentence)
    click.echo(_("评价写在 {out}").format(out=target))
    ctx.exit(NOT_SUPPORTED if found.supported is False else DONE)


Place = tuple[str, str, int]


def _stands(file: str, sheet: str, row: int) -> Place:
    """Where a row stands, whichever folder its file was read from."""
    return (file.rpartition("/")[2], sheet, row)


def _check_again(plan: Plan, drawn: set[Place], source: Path, mapping: Path | None) -> None:
    """Draw once more by the plan's seed; a usage error where it comes out differently."""
    with common.rows_of(source, mapping) as (snapshot, _reading):
        rows = population(snapshot, plan.ledger, amount=plan.amount, where=plan.where)
        _made, picked = take(plan, rows)
        privacy = common.privacy_of(snapshot, "")
        places = [rows.place(one.at) for one in picked]
        clear = {_stands(place.file, place.sheet, place.row) for place in places}
        hidden = {
            _stands(privacy.place(place.file), privacy.place(place.sheet), place.row) for place in places
        }
    if drawn not in (clear, hidden):
        raise click.UsageError(
            _("重抽的样本与底稿不同（总体 {now} 行，计划时 {then} 行）：台账在抽样之后有改动").format(
                now=len(rows), then=plan.population
            )
        )
    click.echo(_("用原台账重抽，样本相同。"))

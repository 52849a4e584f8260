"""``shouwang sample draw``: draw a sample of a ledger and write its working paper."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import console, table
from shouwang.cli.sample import common
from shouwang.ledger.base import SheetSpec
from shouwang.risk.report.privacy import Privacy
from shouwang.risk.sampling.conclusion import money
from shouwang.risk.sampling.paper import Paper
from shouwang.risk.sampling.plan import (
    ALLOCATIONS,
    DISTRIBUTIONS,
    METHODS,
    SELECTIONS,
    Picked,
    Plan,
    design,
    take,
)
from shouwang.risk.sampling.population import Population, amount_field, field_named, population


@click.command(
    "draw",
    help=_(
        """从 SOURCE（台账文件夹或一个工作簿）的一本台账中抽取样本，写出底稿。

        \b
        样本量用 --size 直接给出，或由 --confidence、--tolerable、--expected 计算。
        偏差率写成 5%；货币单元抽样的 --tolerable、--expected 写金额（元）或占总额的百分数。
        """
    ),
)
@common.SOURCE
@click.argument("ledger")
@click.option(
    "--method",
    type=click.Choice(list(METHODS)),
    default="random",
    show_default=True,
    help=_("random 简单随机，stratified 分层随机，mus 货币单元"),
)
@click.option("--size", type=click.IntRange(1, 10_000), help=_("样本量"))
@click.option("--confidence", default="", help=_("置信水平，如 95%"))
@click.option("--tolerable", default="", help=_("可容忍的偏差率或错报"))
@click.option("--expected", default="", help=_("预计的偏差率或错报"))
@click.option(
    "--distribution",
    type=click.Choice(list(DISTRIBUTIONS)),
    help=_("偏差率用的分布（默认 hypergeometric，分层时 binomial）"),
)
@click.option(
    "--selection",
    type=click.Choice(list(SELECTIONS)),
    default="interval",
    show_default=True,
    help=_("货币单元的选取：interval 固定间隔，cell 每个间隔内随机，random 随机"),
)
@common.AMOUNT
@common.WHERE
@click.option("--strata", default="", help=_("按哪一栏分层"))
@click.option("--bands", default="", help=_("按金额分层的界限（元），如 1000,10000"))
@click.option(
    "--allocation",
    type=click.Choice(list(ALLOCATIONS)),
    default="proportional",
    show_default=True,
    help=_("样本在各层的分配：按数量、相等、按金额"),
)
@click.option("--seed", default="", help=_("抽样种子，任意文字；不写时随机生成并记入底稿"))
@click.option("--purpose", default="", help=_("核查目的：什么算偏差，记入底稿"))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("底稿写到哪里（默认 抽样底稿.xlsx）"),
)
@common.MAPPING
@common.UNMASK
@common.FORCE
@common.told
def draw(
    source: Path,
    ledger: str,
    size: int | None,
    bands: str,
    wheres: tuple[str, ...],
    out: Path | None,
    mapping: Path | None,
    unmask: str,
    force: bool,
    **options: Any,
) -> None:
    """Draw a sample and write its working paper."""
    spec = common.ledger_named(ledger)
    target = common.free(out or Path(_("抽样底稿.xlsx")), force)
    plan = _plan(spec, size or 0, bands, wheres, **options)
    with common.rows_of(source, mapping) as (snapshot, reading):
        rows = population(snapshot, spec.name, amount=plan.amount, where=plan.where)
        made, picked = take(design(plan, rows), rows)
        privacy = common.privacy_of(snapshot, unmask)
        _nothing_personal(made, rows, privacy)
        paper = Paper(made, rows, picked, privacy, common.account(reading, spec))
        common.write_safely(target, paper.write)
    _say(made, rows, picked, spec)
    click.echo(_("底稿写在 {out}：请填写黄色各栏，再运行 shouwang sample evaluate {out}").format(out=target))


def _nothing_personal(plan: Plan, rows: Population, privacy: Privacy) -> None:
    """Refuse a masked paper whose plan tells what it hides: conditions and strata stand there in clear."""
    if not privacy.masked:
        return
    fields = rows.spec.fields
    told = [(fields[condition.field], condition.text) for condition in plan.where]
    told += [(fields[plan.strata], name) for name in plan.sizes] if plan.strata else []
    if any(field.mask or privacy.text(text) != text for field, text in told):
        raise click.UsageError(_("筛选或分层用到个人信息，会写进抽样计划：须加 --unmask 写明理由，或换一栏"))


def _plan(
    spec: SheetSpec,
    size: int,
    bands: str,
    wheres: tuple[str, ...],
    *,
    method: Any,
    amount: str,
    strata: str,
    distribution: Any,
    seed: str,
    confidence: str,
    tolerable: str,
    **others: Any,
) -> Plan:
    """The plan that the options ask for; a usage error where they don't go together."""
    if not size and not (confidence and tolerable):
        raise click.UsageError(_("请给出 --size，或给出 --confidence 和 --tolerable"))
    if (strata or bands) and method != "stratified":
        raise click.UsageError(_("--strata、--bands 用于 --method stratified"))
    if method == "stratified" and bool(strata) == bool(bands):
        raise click.UsageError(_("分层抽样请给出 --strata 或 --bands 之一"))
    by_value = others.get("allocation") == "value" and method == "stratified"
    needs_amount = method == "mus" or bool(bands) or by_value or bool(amount)
    return Plan(
        spec.name,
        method,
        seed.strip() or secrets.token_hex(8),
        size=size,
        confidence=confidence,
        tolerable=tolerable,
        distribution=distribution or ("binomial" if method == "stratified" else "hypergeometric"),
        amount=amount_field(spec, amount) if needs_amount else "",
        where=common.conditions(spec, wheres),
        strata=field_named(spec, strata) if strata else "",
        bands=_limits(bands),
        **others,
    )


def _limits(text: str) -> tuple[Decimal, ...]:
    try:
        limits = tuple(Decimal(part.strip()) for part in text.replace("，", ",").split(",") if part.strip())
    except InvalidOperation as error:
        raise click.UsageError(_("--bands 请写成 1000,10000 的样子")) from error
    if any(not limit.is_finite() for limit in limits) or list(limits) != sorted(set(limits)):
        raise click.UsageError(_("--bands 的界限须从小到大"))
    return limits


def _say(plan: Plan, rows: Population, picked: list[Picked], spec: SheetSpec) -> None:
    lines = [
        (_("台账"), f"{_(spec.title)}（{spec.name}）"),
        (_("抽样方法"), _(METHODS[plan.method])),
        (_("总体数量"), str(len(rows))),
    ]
    if plan.amount:
        lines.append((_("总体金额（元）"), money(rows.total)))
    lines.append((_("抽样数量"), str(len(picked))))
    if plan.method == "mus":
        lines.append((_("抽样间隔（元）"), money(plan.interval)))
        lines.append((_("整取项数"), str(sum(p.whole for p in picked))))
        if plan.outside:
            lines.append((_("金额不大于零、不在总体内的行"), str(plan.outside)))
    lines.append((_("抽样种子"), plan.seed))
    console().print(table(_("抽样计划"), (_("项目"), _("内容")), lines))

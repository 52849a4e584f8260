"""``shouwang synth``: an invented town with planted cases whose answers are known."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from shouwang.cli.output import console, table
from shouwang.synth import parquet
from shouwang.synth.settings import Settings

HELP = _(
    "在 OUT 生成一座虚构的城镇：户籍、外来人口、低保、社保、医保、小额贷款等全部台账，前后一致，\n"
    "只在植入之处有问题。truth.csv 逐条写明植入的个案（is_near_miss 为 0）和貌似而合法的情形（为 1），\n"
    "parameters.yaml 是判断所依据的标准。同一个 --seed 得到同样的字节。\n"
    "身份证号、信用代码的区划为 9999xx，电话为 190-0000-xxxx，账号以 99 开头，均不属于任何人。"
)
EXAMPLES = _(
    "例：\n"
    "  shouwang synth 样例 --residents 3000 --seed 7\n"
    "  shouwang scan 样例/office --parameters 样例/parameters.yaml --as-of 2023-12-31 --out 报告\n"
    "一千万人、六千万笔低保金、二千万笔医保结算：\n"
    "  shouwang synth 大城 --residents 10000000 --share-dibao 0.5 --claims 2"
)


@click.command("synth", help="\b\n" + HELP, epilog="\b\n" + EXAMPLES)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--residents", type=click.IntRange(300, 20_000_000), required=True, help=_("户籍人口数"))
@click.option(
    "--seed", type=int, default=1, show_default=True, help=_("随机种子：不同的种子是不同的城镇和办公室习惯")
)
@click.option("--year", type=click.IntRange(2010, 2100), default=2023, show_default=True, help=_("台账年度"))
@click.option(
    "--share-dibao",
    type=click.FloatRange(0.01, 0.6),
    default=0.04,
    show_default=True,
    help=_("低保户数与户籍人口之比；0.5 时一千万人有六千万笔发放"),
)
@click.option(
    "--share-floating",
    type=click.FloatRange(0, 2),
    default=0.12,
    show_default=True,
    help=_("外来人口与户籍人口之比"),
)
@click.option(
    "--claims", type=click.FloatRange(0, 10), default=None, help=_("每人每年医保结算笔数（住院和购药）")
)
@click.option("--cases", type=click.IntRange(0, 50), default=None, help=_("每类植入几个个案、几个貌似情形"))
def command(
    out: Path,
    residents: int,
    seed: int,
    year: int,
    share_dibao: float,
    share_floating: float,
    claims: float | None,
    cases: int | None,
) -> None:
    """Make the town."""
    settings = Settings(
        residents,
        seed,
        year,
        share_dibao,
        share_floating,
        claims if claims is not None else 2.0,
        1 if cases is None else cases,
        everywhere=True,
        coded=True,
    )
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(_("{out} 不是空文件夹；请换一个名字或先清空").format(out=out))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("社区"), total=len(settings.sizes))
        made = parquet.write(settings, out, lambda done, total: bar.update(task, completed=done, total=total))
    rows = [(name, f"{count:,}") for name, count in sorted(made.rows.items()) if count]
    console().print(table(_("台账"), [_("台账"), _("行数")], rows))
    click.echo(
        _("植入个案 {hits} 个，貌似情形 {near} 个，共 {kinds} 类：{path}").format(
            hits=sum(made.hits.values()),
            near=sum(made.near.values()),
            kinds=len(made.hits),
            path=out / "truth.csv",
        )
    )

"""``shouwang synth``: an invented town with planted cases whose answers are known."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from shouwang.cli.output import console, table
from shouwang.synth import office, parquet
from shouwang.synth.settings import WORKBOOKS_UP_TO, Settings

CLAIMS = {"office": 0.6, "parquet": 2.0}
"""Medical claims a resident and year where none are given: a large town has them all."""

HELP = _(
    "在 OUT 生成一座虚构的城镇，供试用、测试和测速。\n"
    "九个业务包的全部台账前后一致，只在植入之处有问题。\n"
    "\n"
    "OUT 里有：\n"
    "  office/          像办公室那样存放的工作簿：标题行、别称表头、分月的表、合并的格（--format office）\n"
    "  snapshot/        或者 Parquet 快照，每个社区约一万人一份（--format parquet）\n"
    "  truth.csv        植入的个案（is_near_miss 为 0）和貌似而合法的情形（为 1）；\n"
    "                   subject_id 用 | 隔开几个同义的标识，问题指出其中任一个就算找到；\n"
    "                   几个社区共有的标识写作 标识@社区\n"
    "  rejected.csv     工作簿里有意写坏、应当退回的行\n"
    "  parameters.yaml  判断所依据的标准，交给 scan --parameters\n"
    "\n"
    "种子决定一切：同一个 --seed 得到同样的字节，不同的种子是不同的城镇和不同的记账习惯。\n"
    "证件号、信用代码的区划为 9999xx，电话为 190-0000-xxxx，账号以 99 开头，均不属于任何人。"
)
EXAMPLES = _(
    "例一  一个办公室的文件夹，扫描后与 truth.csv 对照：\n"
    "  shouwang synth 样例 --residents 3000 --seed 7\n"
    "  shouwang scan 样例/office --parameters 样例/parameters.yaml --as-of 2023-12-31 --out 报告\n"
    "例二  一千万人、六千万笔低保金、二千万笔医保结算：\n"
    "  shouwang synth 大城 --residents 10000000 --share-dibao 0.53"
)


@click.command("synth", help="\b\n" + HELP.replace("\n\n", "\n\n\b\n"), epilog="\b\n" + EXAMPLES)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--residents", type=click.IntRange(300, 20_000_000), required=True, help=_("户籍人口数"))
@click.option("--seed", type=int, default=1, show_default=True, help=_("随机种子"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["office", "parquet"]),
    help=_("写成工作簿还是 Parquet 快照；默认五万人以内写工作簿"),
)
@click.option("--year", type=click.IntRange(2010, 2100), default=2023, show_default=True, help=_("台账年度"))
@click.option(
    "--share-dibao",
    type=click.FloatRange(0.01, 0.6),
    default=0.04,
    show_default=True,
    help=_("低保户数与户籍人口之比，每户每月一笔发放；0.53 时一人一年合六笔"),
)
@click.option(
    "--share-floating",
    type=click.FloatRange(0, 2),
    default=0.12,
    show_default=True,
    help=_("外来人口与户籍人口之比"),
)
@click.option(
    "--claims",
    type=click.FloatRange(0.1, 10),
    help=_("每人每年医保结算笔数，住院约占五分之一；默认工作簿 0.6，快照 2"),
)
@click.option(
    "--cases",
    type=click.IntRange(0, 20),
    default=1,
    show_default=True,
    help=_("每类植入几个个案和几个貌似情形：工作簿按全镇计，快照按每个社区计"),
)
def command(
    out: Path,
    residents: int,
    seed: int,
    form: str | None,
    year: int,
    share_dibao: float,
    share_floating: float,
    claims: float | None,
    cases: int,
) -> None:
    """Make the town."""
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(_("{out} 不是空文件夹；请换一个名字或先清空").format(out=out))
    form = form or ("office" if residents <= WORKBOOKS_UP_TO else "parquet")
    large = form == "parquet"
    settings = Settings(
        residents,
        seed,
        year,
        share_dibao,
        share_floating,
        CLAIMS[form] if claims is None else claims,
        cases,
        everywhere=large,
        coded=large,
    )
    write = parquet.write if large else office.write
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("社区"), total=len(settings.sizes))
        made = write(settings, out, lambda done, total: bar.update(task, completed=done, total=total))
    rows = [(name, f"{count:,}") for name, count in sorted(made.rows.items()) if count]
    console().print(table(_("写出的台账"), [_("台账"), _("行数")], rows))
    click.echo(
        _("植入个案 {hits} 个（{kinds} 类），貌似情形 {near} 个：{path}").format(
            hits=sum(made.hits.values()),
            kinds=len(made.hits),
            near=sum(made.near.values()),
            path=out / "truth.csv",
        )
    )

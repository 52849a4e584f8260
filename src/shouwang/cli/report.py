"""``shouwang report``: a scan of the database as a page or a working paper."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.cli.acting import commander
from shouwang.cli.import_ import division_of
from shouwang.cli.output import Day
from shouwang.risk.models import ScanRun
from shouwang.risk.scans.reporting import FORMATS, Ask, NotReported, commanding, report

SUFFIXES = {f".{kind}": kind for kind in FORMATS}


@click.command(
    name="report",
    help=_(
        "把数据库的一次扫描写成报告（OUT 以 .html 结尾）或工作底稿（.xlsx）。"
        "个人信息默认隐去；文件里注明导出人和时间。"
    ),
)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--scan", "number", type=int, help=_("哪一次扫描，写编号（默认最近完成的一次）"))
@click.option("--division", default="", metavar=_("区划"), help=_("只要这个区划，名称或代码"))
@click.option("--since", type=Day(), help=_("只要这一天起发生的"))
@click.option("--until", type=Day(), help=_("只要到这一天为止发生的"))
@click.option("--unmask", metavar="REASON", default="", help=_("不隐去个人信息，须写明理由，理由会留痕"))
def command(
    out: Path,
    number: int | None,
    division: str,
    since: dt.date | None,
    until: dt.date | None,
    unmask: str,
) -> None:
    """Write the file."""
    kind = SUFFIXES.get(out.suffix.lower())
    if kind is None:
        raise click.UsageError(_("{out}：文件名应以 .html 或 .xlsx 结尾").format(out=out))
    done = ScanRun.objects.filter(status=ScanRun.Status.DONE).order_by("-pk")
    run = (done.filter(pk=number) if number is not None else done).first()
    if run is None:
        raise click.UsageError(_("没有这次扫描，或还没有完成"))
    ask = Ask(division_of(division) if division else "", since, until)
    with trail.acting(commander()):
        try:
            count = report(run, commanding(), out, kind, ask=ask, reason=unmask, most=sys.maxsize)
        except NotReported as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            message = _("写不出 {out}：{error}").format(out=out, error=error.strerror)
            raise click.UsageError(message) from error
    click.echo(_("扫描 {run}：写出{count}个问题：{out}").format(run=run, count=count, out=out))

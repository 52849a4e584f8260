"""``shouwang explain``: one finding with everything it rests on."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import console, nearest
from shouwang.risk import catalogue, state
from shouwang.risk.report import terminal


@click.command("explain", help=_("说明一条问题的来由：证据行、规则原文、参数及其出处、处理办法。"))
@click.argument("finding")
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("shouwang-out"),
    show_default=True,
    help=_("那次扫描的输出文件夹"),
)
@click.option("--unmask", default="", metavar="REASON", help=_("不遮盖个人信息，须写明理由"))
@click.option(
    "--state",
    "state_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("存放底数的私有文件夹（默认在用户目录下）"),
)
def command(finding: str, out: Path, unmask: str, state_folder: Path | None) -> None:
    """Explain one finding of a scan whose outputs lie in OUT."""
    folder = state_folder or state.default_folder()
    try:
        identifier = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["scan"]
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(
            _("{path} 不是一次扫描的输出（没有可用的 manifest.json）").format(path=out)
        ) from error
    try:
        kept = state.load(identifier, folder, catalogue.rules())
    except (OSError, ValueError, KeyError) as error:
        message = _("这台机器上没有保留那次扫描的底数（{folder}），请重新扫描").format(folder=folder)
        raise click.UsageError(message) from error
    try:
        terminal.explain(kept, finding, console(), unmask=unmask)
    except KeyError as error:
        hint = nearest(finding, (f.id for f in kept.findings))
        raise click.UsageError(_("那次扫描没有问题 {code}{hint}").format(code=finding, hint=hint)) from error

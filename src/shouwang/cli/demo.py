"""``shouwang demo``: the example office set up as an installation that can be tried at once."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.cli import serve, staging
from shouwang.cli.init import make_home
from shouwang.cli.output import console, table
from shouwang.home import home
from shouwang.risk.report import words

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
AS_OF = dt.date(2023, 12, 31)
HELP = _(
    """用虚构的示例单位试用工作台：建库、导入台账、扫描、分派，列出每个角色的账号，然后运行。

    \b
    每个角色一个账号，密码随机生成，只显示一次；再执行一次，重新生成。
    全部内容在 --home 文件夹里，不要了，删掉即可。
    """
)


@click.command("demo", help=HELP)
@click.option(
    "--home",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("shouwang-demo"),
    show_default=True,
    help=_("存放的文件夹"),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("监听的地址；0.0.0.0 为所有地址"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("端口"))
@click.option("--no-serve", is_flag=True, help=_("只建好，不运行"))
@click.pass_context
def command(ctx: click.Context, folder: Path, host: str, port: int, no_serve: bool) -> None:
    """Set up the example office and serve it."""
    wanted = folder.absolute()
    if home() != wanted or os.environ.get("SHOUWANG_DATABASE"):
        # The settings have been read for another place: begin again with this one.
        os.environ["SHOUWANG_HOME"] = str(wanted)
        os.environ.pop("SHOUWANG_DATABASE", None)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "shouwang.cli.main", *sys.argv[1:]])  # noqa: S606
    if not EXAMPLES.is_dir():
        raise click.UsageError(_("没有示例台账文件夹 {folder}").format(folder=EXAMPLES))
    _fresh(wanted)
    make_home()
    with trail.acting(trail.Actor("command:demo", "demo")):
        accounts = staging.stage(EXAMPLES, AS_OF, say=lambda text: click.echo(text, err=True))
    show(accounts)
    if no_serve:
        return
    workers = min(2, os.cpu_count() or 1)
    text = _("试用工作台：{address} ，用上表的账号登录。按 Ctrl-C 停止。")
    ctx.exit(serve.run(host, port, workers, 4, text))


def _fresh(folder: Path) -> None:
    """Empty the home of an earlier demonstration; one that is not such a home is not touched."""
    mark = folder / staging.MARK
    if folder.exists() and any(folder.iterdir()):
        if not mark.is_file():
            raise click.UsageError(
                _("{folder} 里有别的东西，不动它。请用 --home 换一个文件夹").format(folder=folder)
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark.write_text("shouwang demo\n", encoding="utf-8")


def show(accounts: list[staging.Account]) -> None:
    """The table of accounts: the only place where the passwords stand."""
    columns = (_("用户名"), _("密码"), _("角色"), _("岗位所在"), _("看到什么"))
    rows = [(a.user.username, a.password, words.translated(a.role.label), a.where, a.sees) for a in accounts]
    console().print(table(_("账号（密码只显示这一次）"), columns, rows))

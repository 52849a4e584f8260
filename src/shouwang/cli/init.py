"""``shouwang init``: keys, database, divisions and the first administrator of an installation."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from shouwang import home, trail
from shouwang.access.models import Area, full
from shouwang.cli import founding
from shouwang.cli.founding import FoundingError, Named
from shouwang.standards import division as standard


def make_home() -> bool:
    """Keys and database, brought up to date; whether the keys were made now."""
    home.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    made = home.first_start()
    if made and not os.environ.get("SHOUWANG_SECRET_KEY"):
        settings.SECRET_KEY = home.keys()["secret_key"]  # the settings were read when there was none
    call_command("migrate", verbosity=0, interactive=False)
    return made


def _office(name: str, code: str) -> Named:
    read = standard.parse(code)
    if read.value is None:
        said = f"{_(str(read.problem.text))}。{_(str(read.problem.advice))}" if read.problem else ""
        raise FoundingError(f"--code {code}：{said}")
    return Named(full(read.value.code), name)


def _divisions(office: Named | None, file: Path | None) -> list[Named]:
    """The office first, then what the file names; without an office the first of the file is it."""
    named = founding.read_divisions(file) if file else []
    if office and office.code not in {each.code for each in named}:
        named.insert(0, office)
    return sorted(named, key=lambda each: each.code)


HELP = _(
    """建立或升级本单位的系统：密钥、数据库、区划和第一个系统管理员。

    \b
    第一次：
      shouwang init --office 云溪街道 --code 110101001
    各社区、网格的区划，写成有“区划代码”“名称”“别名”三栏的 csv 或 xlsx 交给它：
      shouwang init --divisions 区划.csv
    不想手写的，让它从台账里找出各社区，写成文件，核对代码以后再交给它：
      shouwang init --office 云溪街道 --code 110101001 --propose 台账 区划.csv
    以后再执行，只升级数据库，补上新的区划，不改动已有的人员。

    存放的位置由环境变量 SHOUWANG_HOME 决定，默认是当前文件夹下的 var。
    """
)


@click.command("init", help=HELP)
@click.option("--office", default="", help=_("单位名称，如 云溪街道"))
@click.option("--code", default="", help=_("单位的区划代码，9位或12位"))
@click.option(
    "--divisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("区划文件（csv 或 xlsx）：区划代码、名称、别名"),
)
@click.option(
    "--propose",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="FOLDER FILE",
    help=_("从台账文件夹里找出各社区，写成区划文件，供核对"),
)
@click.option("--username", default="admin", show_default=True, help=_("系统管理员的用户名"))
@click.option("--name", default="", help=_("系统管理员的姓名"))
@click.option("--ask-password", is_flag=True, help=_("自己输入密码（默认生成一个，只显示一次）"))
def command(
    office: str,
    code: str,
    divisions: Path | None,
    propose: tuple[Path, Path] | None,
    username: str,
    name: str,
    ask_password: bool,
) -> None:
    """Set an installation up."""
    try:
        head = _office(office, code) if office or code else None
        if propose:
            _propose(head, *propose)
            return
        named = _divisions(head, divisions)
        made = make_home()
        click.echo((_("新建：{home}") if made else _("已有，已升级：{home}")).format(home=home.home()))
        _found(named, username, name, ask_password)
    except FoundingError as error:
        raise click.UsageError(str(error)) from error


def _propose(office: Named | None, folder: Path, file: Path) -> None:
    if office is None or not office.name:
        raise FoundingError(_("请用 --office 和 --code 写明单位的名称和区划代码"))
    if not folder.is_dir():
        raise FoundingError(_("没有文件夹{folder}").format(folder=folder))
    if file.exists():
        raise FoundingError(_("{file}已经存在，不覆盖").format(file=file))
    found = founding.propose(folder, office)
    founding.write_divisions(file, found)
    click.echo(_("写了 {count} 个区划。请核对代码，再执行：").format(count=len(found)))
    click.echo(f"  shouwang init --divisions {file}")


def _found(named: list[Named], username: str, name: str, ask: bool) -> None:
    """Divisions and, where there is none, an administrator: all or nothing."""
    held = founding.administrators()
    if not held and not named and not Area.objects.exists():
        raise FoundingError(
            _("还没有区划：请用 --office 和 --code 写明单位的名称和区划代码，或用 --divisions 交给区划文件")
        )
    chosen, password = "", ""
    if not held and ask:
        prompt = _("{username} 的密码").format(username=username)
        chosen = click.prompt(prompt, hide_input=True, confirmation_prompt=True)
    with (
        trail.acting(trail.Actor(f"command:{getpass.getuser()}"[:64], getpass.getuser())),
        trail.change("access.found"),
    ):
        count = founding.settle(named)
        if not held:
            top = Area.objects.order_by("code").first()
            if top is None:
                raise FoundingError(_("还没有区划"))
            admin, password = founding.new_user(username, name or _("系统管理员"), chosen)
            founding.appoint(admin, "administrator", "系统管理员", top)
    if count:
        click.echo(_("新增区划 {count} 个").format(count=count))
    if held:
        click.echo(
            _("系统管理员：{names}").format(names="、".join(f"{u.name}（{u.username}）" for u in held))
        )
        return
    click.echo(_("系统管理员的用户名：{username}").format(username=username))
    if not ask:
        click.echo(_("密码（只显示这一次，登录后须修改）：{password}").format(password=password))
    click.echo(_("启动：shouwang serve"))

"""``shouwang user``: help for who can't get in, from the computer the system runs on."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access import people
from shouwang.access.models import User
from shouwang.cli.output import console, table


@contextmanager
def _acting() -> Iterator[None]:
    who = getpass.getuser()
    with trail.acting(trail.Actor(f"command:{who}"[:64], who)):
        yield


def _user(username: str) -> User:
    found: User | None = User.objects.filter(username=username).first()
    if found is None:
        raise click.ClickException(_("没有用户 {name}。").format(name=username))
    return found


@click.group("user", help=_("用户：列出、重置密码、解除锁定、解除第二步验证。平时请在网页上办理。"))
def command() -> None:
    """The group."""


@command.command("list", help=_("列出用户"))
def list_() -> None:
    """List all users."""
    rows = [
        (user.username, user.name, _("是") if user.is_active else _("否"), user.last_login or "")
        for user in User.objects.order_by("username")
    ]
    console().print(table(_("用户"), (_("用户名"), _("姓名"), _("启用"), _("最近登录")), rows))


@command.command("reset", help=_("给用户一个新的一次性密码，首次登录须改"))
@click.argument("username")
@click.option("--reason", default="", help=_("原因，记入留痕"))
def reset(username: str, reason: str) -> None:
    """Print a new one-time password."""
    user = _user(username)
    with _acting():
        click.echo(people.reset_password(user, reason=reason))


@command.command("unlock", help=_("密码连续输错被锁定的，解除锁定"))
@click.argument("username")
@click.option("--reason", default="", help=_("原因，记入留痕"))
def unlock(username: str, reason: str) -> None:
    """Forget the failed attempts."""
    user = _user(username)
    with _acting():
        people.unlock(user, reason=reason)


@command.command("factor", help=_("手机丢失的，解除第二步验证"))
@click.argument("username")
@click.option("--reason", default="", help=_("原因，记入留痕"))
def factor(username: str, reason: str) -> None:
    """Take the second factor off."""
    user = _user(username)
    with _acting():
        people.reset_factor(user, reason=reason)

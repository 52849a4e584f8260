"""``shouwang backup``: a consistent copy of the running installation in one file, without its keys."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang.backup.archive import BackupError, make, unpack
from shouwang.backup.database import DatabaseError
from shouwang.home import KEYS, home
from shouwang.trail import Actor, acting, record

HELP = _(
    """备份：数据库、附件、底数和设置，写成一个文件。系统不必停用。

    密钥（keys.json）不在备份里：谁拿到备份也读不出身份证号。请把它另外保管，恢复时要用。
    """
)


@click.command("backup", help=HELP)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help=_("不备份，只核对这个备份文件是否完好"))
def command(target: Path, check: bool) -> None:
    """Make or check a backup."""
    import tempfile

    try:
        if check:
            with tempfile.TemporaryDirectory(prefix="shouwang-check-") as folder:
                manifest = unpack(target, Path(folder))
            click.echo(
                _("备份完好：{n} 个文件，{when} 生成").format(n=len(manifest.files), when=manifest.made_at)
            )
            return
        if target.exists():
            raise click.UsageError(_("{path} 已存在，不覆盖").format(path=target))
        with acting(Actor("command:backup", _("备份命令"))):
            manifest = make(target)
            record("backup.make", files=len(manifest.files), keys=manifest.keys)
    except (BackupError, DatabaseError) as error:
        raise click.UsageError(str(error)) from error
    click.echo(_("已备份到 {path}（{n} 个文件）").format(path=target, n=len(manifest.files)))
    click.echo(_("密钥不在其中，请另行保管：{path}").format(path=home() / KEYS))

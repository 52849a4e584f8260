"""``shouwang restore``: put a backup back, after checking files, keys, database and trail."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang.backup.archive import BackupError
from shouwang.backup.restore import restore
from shouwang.home import home

HELP = _(
    """恢复：逐个核对备份里的文件、密钥、数据库和留痕，都对才放到位。

    恢复到 SHOUWANG_HOME（默认 var）；备份自 PostgreSQL 的，恢复到 SHOUWANG_DATABASE 所指的空库。
    恢复前请先停掉 shouwang serve。
    """
)


@click.command("restore", help=HELP)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("备份当时的密钥文件 keys.json；不写则用目标文件夹里现有的"),
)
@click.option("--replace", is_flag=True, help=_("目标文件夹已有数据库时照样恢复，原来的整个改名保留"))
def command(source: Path, key_file: Path | None, replace: bool) -> None:
    """Restore a backup."""
    try:
        done = restore(source, key_file=key_file, replace=replace)
    except BackupError as error:
        raise click.UsageError(str(error)) from error
    click.echo(
        _("已恢复到 {home}：{n} 个文件，备份生成于 {when}").format(
            home=home(), n=len(done.manifest.files), when=done.manifest.made_at
        )
    )
    click.echo(done.trail)
    if done.set_aside:
        click.echo(_("原来的内容在 {path}").format(path=done.set_aside))

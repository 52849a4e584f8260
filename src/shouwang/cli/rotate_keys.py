"""``shouwang rotate-keys``: a new key for ID numbers at rest, with which all are sealed anew."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.cli.acting import commander
from shouwang.cli.output import console
from shouwang.ledger.store.rotation import Progress, rotate, unfinished


@click.command(
    name="rotate-keys",
    help=_(
        "更换身份证号的加密密钥。分批重新加密，可以在使用中进行；中断后再执行一次就接着做。"
        "旧密钥留在密钥文件里，用来读以前的备份。换用国密算法：先设 SHOUWANG_CIPHER=sm4 再执行。"
    ),
)
def command() -> None:
    """Rotate, telling of each batch."""
    out = console()
    if unfinished():
        out.print(_("上次更换没有做完，接着做。"))

    def told(progress: Progress) -> None:
        out.print(f"{progress.ledger} · {progress.column}：{progress.rows:,}", highlight=False, markup=False)

    with trail.acting(commander()):
        total = rotate(told=told)
    out.print(_("完成：%(n)d个号码已用新密钥加密。") % {"n": total})

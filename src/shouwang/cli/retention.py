"""``shouwang retention``: what is past its period, and with ``--do`` its anonymisation or deletion."""

from __future__ import annotations

import getpass

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import console, table
from shouwang.ledger import retention
from shouwang.trail import Actor, acting

HELP = _(
    """留存清理：列出保存期满的记录；加 --do 才真正匿名或删除。

    \b
    保存多久由本单位写在 SHOUWANG_HOME 下的 retention.yaml，例如
      assistance.application:
        years: 5
        of: decided_on
        do: anonymise
        basis: 区民政局〔2023〕7号
    没有这个文件就什么也不做。未办结问题的证据行会保留。
    """
)


@click.command("retention", help=HELP)
@click.option("--do", "really", is_flag=True, help=_("真正执行，不能撤销；每一条都留痕"))
def command(really: bool) -> None:
    """Show or carry out what the retention rules say."""
    try:
        if really:
            with acting(Actor("command:retention", getpass.getuser())):
                found = retention.carry_out()
        else:
            found = retention.plan()
    except retention.RetentionError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        click.echo(_("没有留存规则，什么也没有做。写法见 shouwang retention --help"))
        return
    done = {"anonymise": _("匿名"), "delete": _("删除")}
    rows = [
        (
            due.rule.spec.name,
            due.rule.spec.title,
            done[due.rule.do],
            str(due.rows),
            str(due.held),
            due.rule.basis,
        )
        for due in found
    ]
    title = _("已执行") if really else _("试算：没有改动任何记录，加 --do 执行")
    columns = (_("台账"), _("名称"), _("办法"), _("条数"), _("因未办结问题保留"), _("依据"))
    console().print(table(title, columns, rows))

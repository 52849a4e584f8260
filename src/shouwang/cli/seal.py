"""``shouwang seal``: seal the trail now; with ``--publish`` the line of the day."""

from __future__ import annotations

import datetime as dt

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.cli.output import console
from shouwang.trail.publishing import grouped, seal_of
from shouwang.trail.seal import seal


@click.command("seal", help=_("给留痕加封印（平时每分钟自动进行）；--publish 给出当日的封印，供张贴或刊登。"))
@click.option("--publish", is_flag=True, help=_("只输出当日封印那一行"))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help=_("哪一天的封印，默认今天"))
def command(publish: bool, day: dt.datetime | None) -> None:
    """Seal, and say what was sealed."""
    made = seal()
    if publish:
        wanted = day.date() if day else timezone.localdate()
        found = seal_of(wanted)
        if found is None:
            raise click.ClickException(_("{day} 没有封印：当天没有留痕。").format(day=wanted))
        click.echo(found.line)
        return
    out = console()
    for one in made:
        words = {"number": one.pk, "first": one.first, "last": one.last, "count": one.count}
        out.print(_("第{number}号封印：第{first}至{last}条，共{count}条").format(**words))
        out.print(f"  {grouped(one.digest)}")
    if not made:
        out.print(_("没有新的留痕要封。"))

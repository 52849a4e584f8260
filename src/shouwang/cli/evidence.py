"""``shouwang evidence``: the trail of a record as a file that an outsider can check."""

from __future__ import annotations

import getpass
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.trail.evidence import MOST, TooMany, evidence
from shouwang.trail.models import Event
from shouwang.trail.seal import seal
from shouwang.trail.words import target_label


@click.command("evidence", help=_("把一条记录的全部留痕导出为证据包（zip），外人也能核对。"))
@click.argument("target", metavar=_("对象类别"))
@click.argument("number", metavar=_("对象编号"))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("写到哪个文件"))
@click.option("--reason", default="", help=_("用途，记入留痕"))
def command(target: str, number: str, out: Path, reason: str) -> None:
    """Write the evidence of one record, and note that it was exported."""
    seal()
    events = Event.objects.filter(target=target, target_id=number).order_by("pk")
    if not events.exists():
        raise click.ClickException(_("没有 {target} {number} 的留痕。").format(target=target, number=number))
    who = getpass.getuser()
    title = f"{target_label(target)} {number}"
    try:
        packed = evidence(events, title, who, timezone.localtime())
    except TooMany as error:
        words = {"count": error.args[0], "most": MOST}
        raise click.ClickException(_("共{count}条，一次最多{most}条。").format(**words)) from error
    with trail.acting(trail.Actor(f"command:{who}"[:64], who)):
        trail.record("trail.evidence", target, number, reason=reason)
    out.write_bytes(packed)
    click.echo(str(out))

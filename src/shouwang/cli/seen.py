"""``shouwang seen``: who read or changed a person's file."""

from __future__ import annotations

import getpass

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.cli.output import console, table
from shouwang.ledger.identity import person_index
from shouwang.standards import resident_id
from shouwang.trail.models import Event
from shouwang.trail.words import action_label, target_label

SHOWN = 200


@click.command("seen", help=_("谁看过、改过某人的档案。身份证号从提示处输入，不写在命令里。"))
@click.option("--reason", prompt=_("用途"), help=_("为什么查，记入留痕"))
def command(reason: str) -> None:
    """Ask for the number, tell who saw the file, and note that it was asked."""
    number = click.prompt(_("身份证号"), hide_input=True)
    read = resident_id.parse(number)
    if read.problem is not None or read.value is None:
        raise click.ClickException(str(read.problem.text) if read.problem else _("身份证号有误"))
    person = person_index(read.value.number)
    who = getpass.getuser()
    with trail.acting(trail.Actor(f"command:{who}"[:64], who)):
        trail.record("trail.seen", person=person, reason=reason)
    events = Event.objects.filter(person=person).order_by("-moment", "-pk")[:SHOWN]
    rows = [
        (
            f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
            event.name,
            event.post,
            action_label(event.action),
            f"{target_label(event.target)} {event.target_id}".strip(),
            event.reason,
        )
        for event in events
    ]
    columns = (_("时间"), _("操作人"), _("岗位"), _("动作"), _("对象"), _("原因"))
    console().print(table(_("最近{count}条").format(count=len(rows)), columns, rows))

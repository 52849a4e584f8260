"""``shouwang verify``: recompute every event and every seal of the trail."""

from __future__ import annotations

import sys

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import as_json, console
from shouwang.trail.verify import Report, verify

CHANGED = 1


def _tell(report: Report) -> None:
    out = console()
    speed = f"{report.events / report.seconds:,.0f}" if report.seconds else "—"
    words = {"events": f"{report.events:,}", "seals": f"{report.seals:,}", "speed": speed}
    out.print(_("核对了{events}条留痕、{seals}个封印，每秒{speed}条。").format(**words), highlight=False)
    if report.unsealed:
        out.print(_("其中{count}条还没有封印，由下一个封印覆盖。").format(count=f"{report.unsealed:,}"))
    for fault in report.faults:
        out.print(f"✗ {fault.text}", markup=False)
    if report.more:
        out.print(_("另有{count}处，未逐一列出。").format(count=f"{report.more:,}"))
    out.print(_("完好：没有一条被改动、删去、混入或调换。") if report.intact else _("留痕被动过，见上。"))


@click.command("verify", help=_("核对留痕：逐条重算，指出被改动、删去、混入、调换的留痕与封印。"))
@click.option("--published", default="", metavar=_("封印"), help=_("公布过的封印，应当在库中"))
@click.option("--json", "plain", is_flag=True, help=_("以 JSON 输出"))
def command(published: str, plain: bool) -> None:
    """Verify; exit code 1 where something is not as it was written."""
    report = verify(published=published)
    if plain:
        as_json(
            {
                "intact": report.intact,
                "events": report.events,
                "seals": report.seals,
                "unsealed": report.unsealed,
                "faults": [vars(fault) for fault in report.faults],
                "more": report.more,
            }
        )
    else:
        _tell(report)
    if not report.intact:
        sys.exit(CHANGED)

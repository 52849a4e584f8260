"""``shouwang sample benford``: digit, round-amount and repetition tests over an amount column."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from shouwang.cli.output import console, table
from shouwang.cli.sample import common
from shouwang.ledger.base import SheetSpec
from shouwang.risk.sampling import amounts
from shouwang.risk.sampling.population import amount_field, field_named, population


@click.command(
    "benford",
    help=_(
        """检验 SOURCE 中一本台账的金额：首位、第二位、前两位数字（本福特定律），整数金额，重复。

        偏离只说明该看哪里，不说明有错。
        """
    ),
)
@common.SOURCE
@click.argument("ledger")
@common.AMOUNT
@common.WHERE
@click.option("--same", "sames", multiple=True, help=_("与金额一起比较是否重复的栏目，可多次给出"))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("写到哪里（默认 数字检验.xlsx）"),
)
@common.MAPPING
@common.UNMASK
@common.FORCE
@common.told
def benford(
    source: Path,
    ledger: str,
    amount: str,
    wheres: tuple[str, ...],
    sames: tuple[str, ...],
    out: Path | None,
    mapping: Path | None,
    unmask: str,
    force: bool,
) -> None:
    """Test the digits of an amount column."""
    spec = common.ledger_named(ledger)
    target = common.free(out or Path(_("数字检验.xlsx")), force)
    column = amount_field(spec, amount)
    same = tuple(dict.fromkeys([column, *(field_named(spec, name) for name in sames)]))
    with common.rows_of(source, mapping) as (snapshot, _reading):
        rows = population(snapshot, spec.name, amount=column, where=common.conditions(spec, wheres))
        tests = amounts.examine(rows, same)
        privacy = common.privacy_of(snapshot, unmask)
        title = _("{ledger}：{column}").format(ledger=_(spec.title), column=_(spec.fields[column].label))
        common.write_safely(target, lambda path: amounts.write_tests(tests, rows, privacy, title, path))
    _say_tests(tests, title, spec)
    click.echo(_("写在 {out}").format(out=target))


def _say_tests(tests: amounts.AmountTests, title: str, spec: SheetSpec) -> None:
    lines = [(_("金额笔数"), str(tests.n))]
    lines += [(_(amounts.PLACES[place]), amounts.remark(test)) for place, test in tests.digits.items()]
    for r in tests.rounds:
        text = _("{count} / {of}（{share}，应有 10%），p {p}").format(
            count=r.count, of=r.of, share=f"{float(r.share):.1%}", p=amounts.chance(r.p_value)
        )
        lines.append((_("整到 {unit} 元").format(unit=r.unit), text))
    labels = "、".join(_(spec.fields[name].label) for name in tests.columns)
    counted = _("{groups} 组，{rows} 行").format(
        groups=len(tests.groups), rows=sum(len(g.at) for g in tests.groups)
    )
    lines.append((_("重复（{columns}相同）").format(columns=labels), counted))
    console().print(table(title, (_("项目"), _("内容")), lines))

"""``shouwang sample``: draw an audit sample, evaluate the filled working paper, test digits of amounts."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from shouwang.cli.sample.benford import benford
from shouwang.cli.sample.draw import draw
from shouwang.cli.sample.evaluate import evaluate


@click.group(
    "sample",
    help=_(
        """审计抽样：抽取样本、写出底稿、评价填好的底稿、检验金额的数字分布。

        \b
          shouwang sample draw 台账文件夹 accounting.voucher --method mus --confidence 95% --tolerable 5%
          （填好底稿的黄色各栏）
          shouwang sample evaluate 抽样底稿.xlsx
          shouwang sample benford 台账文件夹 accounting.voucher
        """
    ),
)
def command() -> None:
    """Draw, evaluate, test."""


command.add_command(draw)
command.add_command(evaluate)
command.add_command(benford)

"""What the listing commands share: a console, tables that fit, and JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, or 120 columns where there is none."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", "120"))
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A plain table; every cell is text from the ledgers or the code, never markup."""
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    return made


def as_json(body: Any) -> None:
    """Write JSON to standard output, keys in the order given."""
    click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=str))


def nearest(wanted: str, names: Iterable[str]) -> str:
    """A hint at the name that was probably meant, or an empty text."""
    from difflib import get_close_matches

    from django.utils.translation import gettext as _

    close = get_close_matches(wanted, list(names), n=1, cutoff=0.4)
    return _("，是否指 {name}？").format(name=close[0]) if close else ""

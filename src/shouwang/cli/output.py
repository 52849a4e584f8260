"""What the listing commands share: a console, tables that fit, and JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, or 120 columns where there is none."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", "120"))
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A plain table; every cell is text from the ledgers or the code, never markup.

    The first column holds the names that a user copies, so it is never broken.
    """
    made = Table(title=escape(title), title_justify="left", header_style="bold", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        made.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        made.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    return made


def facts(pairs: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Labelled texts, one below the other, folded to ``width`` columns; a pair without text is left out."""
    told = [(label, text) for label, text in pairs if text]
    indent = max((cell_len(label) for label, _text in told), default=0) + 2
    lines = []
    for label, text in told:
        first, *others = wrapped(text, max(width - indent, 20))
        lines.append(label + " " * (indent - cell_len(label)) + first)
        lines += [" " * indent + line for line in others]
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken behind a comma or a space where there is one.

    A Chinese sentence has no spaces, and a line that begins with a comma is hard to read.
    """
    lines = [""]
    for piece in re.findall(r"[^、，；。\s]*[、，；。\s]*", text):
        if cell_len(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        for sign in piece:
            if cell_len(lines[-1] + sign) > width and not sign.isspace():
                lines.append("")
            lines[-1] += sign
    return [line.rstrip() for line in lines]


class Day(click.ParamType[dt.date]):
    """A day of the calendar on the command line: 2023-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day that the text names; anything else is a usage error that shows how to write one."""
        from django.utils.translation import gettext as _

        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(_("没有“{text}”这一天；日期请写成 2023-12-31 的样子").format(text=value), param, ctx)


class Memory(click.ParamType[str]):
    """A bound on memory on the command line: 4GB, 800MB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The size as the engines take it; anything else is a usage error that shows how to write one."""
        from django.utils.translation import gettext as _

        found = re.fullmatch(r"([1-9][0-9]{0,5})\s*([KMGT])(?:i?B)?", str(value).strip(), re.IGNORECASE)
        if found is None:
            self.fail(_("“{text}”不是内存大小，请写成 4GB 的样子").format(text=value), param, ctx)
        return f"{found[1]}{found[2].upper()}B"


def as_json(body: Any) -> None:
    """Write JSON to standard output, keys in the order given."""
    click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=str))


def nearest(wanted: str, names: Iterable[str]) -> str:
    """A hint at the name that was probably meant, or an empty text."""
    from difflib import get_close_matches

    from django.utils.translation import gettext as _

    close = get_close_matches(wanted, list(names), n=1, cutoff=0.4)
    return _("，是否指 {name}？").format(name=close[0]) if close else ""

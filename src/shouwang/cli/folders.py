"""What several commands do first: read a folder of workbooks, and tell how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.utils.translation import gettext as _
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from shouwang.cli import UNUSABLE
from shouwang.cli.output import console
from shouwang.ledger.reading import MappingError, Reading, read_folder
from shouwang.ledger.reading.folder import Sink
from shouwang.registry import linking
from shouwang.snapshot.store import PartView, Snapshot

Step = Callable[[str], None]


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Step]:
    """A progress bar on the terminal's error stream; silent where that is no terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[now]}"),
    )
    bar = Progress(
        *columns, console=console(stderr=True), transient=True, disable=not console(stderr=True).is_terminal
    )
    with bar:
        task = bar.add_task(title, total=total, now="")
        yield lambda now: bar.update(task, advance=1, now=now)


def read(folder: Path, sink: Sink | None = None, *, mapping: Path | None = None, unmask: str = "") -> Reading:
    """Read the workbooks of a folder, with the file under way told on the error stream.

    A mapping file that cannot be obeyed ends the command.
    """
    try:
        with console(stderr=True).status("") as status:
            return read_folder(
                folder,
                out_snapshot=sink,
                mapping=mapping,
                unmask=unmask,
                progress=lambda name: status.update(_("正在读取 %(name)s") % {"name": name}),
            )
    except MappingError as error:
        click.echo(str(error), err=True)
        sys.exit(UNUSABLE)


def load(
    folder: Path,
    scratch: Path,
    *,
    mapping: Path | None = None,
    decisions: Path | None = None,
    matches: Path | None = None,
    unmask: str = "",
) -> tuple[Snapshot, Reading | None]:
    """The folder's rows, persons and households brought together; a snapshot is taken as it is.

    The snapshot is written below ``scratch``, the uncertain pairs to ``matches`` where that is given. Raises
    ``MappingError`` and ``DecisionError`` for files that cannot be used.
    """
    if (folder / "manifest.json").is_file():
        try:
            return Snapshot.load(folder), None
        except (ValueError, KeyError):
            pass  # some other file of that name beside the workbooks
    snapshot = Snapshot(scratch / "snapshot")
    with progress(_("读取台账")) as step:
        reading = read_folder(folder, out_snapshot=snapshot, mapping=mapping, progress=step, unmask=unmask)
    with progress(_("核对同人同户")):
        views = {view.key: view for view in (PartView(snapshot, part) for part in snapshot.parts)}
        linked = linking.link(list(views.values()), decisions)
        for key, rows in linked.rewritten.items():
            snapshot.rewrite(views[key].part, rows)
        if matches:
            linked.write(matches, unmask=bool(unmask))
    snapshot.save()
    return snapshot, reading

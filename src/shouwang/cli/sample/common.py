"""What the commands on samples share: options, reading the source, words for what can't be done."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from shouwang.cli.output import console, nearest
from shouwang.ledger.base import SheetSpec
from shouwang.ledger.catalogue import ledgers
from shouwang.ledger.reading import MappingError, Reading, read_folder
from shouwang.risk.report.privacy import Privacy, names_in
from shouwang.risk.sampling.filled import PaperError
from shouwang.risk.sampling.population import PopulationError, Where, field_named
from shouwang.snapshot.store import Snapshot
from shouwang.standards.sampling.exact import SamplingError


def told(function: Callable[..., Any]) -> Callable[..., Any]:
    """Say what can't be sampled as a usage error, in the user's language."""

    @wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except SamplingError as error:
            advice = _(error.message.advice)
            raise click.UsageError(f"{_(error.message.text)}。{advice}") from error
        except (PopulationError, PaperError, MappingError) as error:
            raise click.UsageError(str(error)) from error

    return call


def ledger_named(name: str) -> SheetSpec:
    """The ledger of that name or title; a usage error that names the nearest where there is none."""
    known = ledgers()
    found = known.get(name) or next((s for s in known.values() if name in (s.title, _(s.title))), None)
    if found is None:
        titles = [spec.title for spec in known.values()]
        raise click.UsageError(
            _("没有台账 {name}{hint}").format(name=name, hint=nearest(name, [*known, *titles]))
        )
    return found


def conditions(spec: SheetSpec, texts: tuple[str, ...]) -> tuple[Where, ...]:
    """Conditions written as ``column=text``; a usage error where one is not."""
    found = []
    for text in texts:
        name, sign, value = text.replace("＝", "=").partition("=")
        if not sign or not value.strip():
            raise click.UsageError(_("筛选条件“{text}”请写成 栏目=内容 的样子").format(text=text))
        found.append(Where(field_named(spec, name), value.strip()))
    return tuple(found)


def _snapshot(source: Path) -> Snapshot | None:
    """The snapshot that a folder is; None where it holds workbooks, even with some other manifest."""
    if not (source / "manifest.json").is_file():
        return None
    try:
        return Snapshot.load(source)
    except (ValueError, KeyError):
        return None


@contextmanager
def rows_of(source: Path, mapping: Path | None) -> Iterator[tuple[Snapshot, Reading | None]]:
    """The rows of a folder, of one workbook, or of a snapshot."""
    if (kept := _snapshot(source)) is not None:
        yield kept, None
        return
    scratch = Path(tempfile.mkdtemp(prefix="shouwang-"))
    try:
        folder = source
        if source.is_file():
            folder = scratch / "one"
            folder.mkdir()
            shutil.copy(source, folder / source.name)
        snapshot = Snapshot(scratch / "snapshot")
        with console(stderr=True).status(_("读取台账")):
            reading = read_folder(folder, out_snapshot=snapshot, mapping=mapping)
        yield snapshot, reading
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def account(reading: Reading | None, spec: SheetSpec) -> list[tuple[str, str]]:
    """How completely the ledger was read: what was not read is not in the population."""
    if reading is None:
        return []
    sheets = [sheet for _file, sheet in reading.sheets if sheet.ledger == spec.name]
    loaded, refused = sum(s.loaded for s in sheets), sum(len(s.rejected) for s in sheets)
    lines = [
        (
            _("读入情况"),
            _("{sheets} 张表读入 {loaded} 行，退回 {refused} 行（退回的行不在总体内）").format(
                sheets=len(sheets), loaded=loaded, refused=refused
            ),
        )
    ]
    if reading.problems:
        lines.append(
            (_("读不了的文件或表"), "；".join(f"{p.file} {p.sheet}".strip() for p in reading.problems))
        )
    return lines


def privacy_of(snapshot: Snapshot, unmask: str) -> Privacy:
    """What an output may show; ``unmask`` is the reason for showing all."""
    return Privacy(unmask, names_in(snapshot) if not unmask.strip() else ())


def free(path: Path, force: bool) -> Path:
    """The path, if a workbook can be written there without losing another."""
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError(_("{out} 须以 .xlsx 结尾").format(out=path))
    if path.exists() and not force:
        raise click.UsageError(_("{out} 已存在；要覆盖请加 --force").format(out=path))
    return path


def write_safely(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside and move into place, so that whoever is stopped leaves the file of before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f".making-{path.name}")
        try:
            write(made)
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)
    except (OSError, FileCreateError) as error:
        raise click.UsageError(_("写不进 {path}：{error}").format(path=path, error=error)) from error


SOURCE = click.argument("source", type=click.Path(exists=True, path_type=Path))
MAPPING = click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_("改过的表头对照文件")
)
AMOUNT = click.option("--amount", default="", help=_("金额栏（台账只有一个金额栏时不必写）"))
WHERE = click.option(
    "--where", "wheres", multiple=True, metavar=_("栏目=内容"), help=_("筛选条件，可多次给出")
)
UNMASK = click.option(
    "--unmask", default="", metavar="REASON", help=_("不遮盖个人信息，须写明理由，理由会写进底稿")
)
FORCE = click.option("--force", is_flag=True, help=_("覆盖已有的文件"))

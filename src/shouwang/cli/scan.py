"""``shouwang scan``: read a folder of workbooks, ask all rules, write the report."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.cli import UNUSABLE, folders
from shouwang.cli.keeping import set_aside
from shouwang.cli.output import Day, Memory, console
from shouwang.indicator.catalogue import indicators
from shouwang.indicator.evaluation import evaluate
from shouwang.ledger.reading import MappingError, Reading
from shouwang.ledger.reading.outputs import write_outputs
from shouwang.registry.linking.decisions import DecisionError
from shouwang.risk import catalogue, scan, state
from shouwang.risk.engine import Engine, open_engine
from shouwang.risk.parameters import Parameter, ParameterError, with_office_file
from shouwang.risk.report import terminal, write_report
from shouwang.snapshot.store import Snapshot

CLEAN, FOUND, INCOMPLETE = 0, 1, 2


def _parameters(path: Path | None) -> dict[str, Parameter]:
    declared = catalogue.parameters()
    if path is None:
        return declared
    try:
        return with_office_file(declared, path)
    except ParameterError as error:
        raise click.UsageError(str(error)) from error


def _previous(out: Path | None, folder: Path) -> scan.Scan | None:
    """The kept scan whose outputs lie in ``out``."""
    if out is None:
        return None
    manifest = out / "manifest.json"
    try:
        identifier = json.loads(manifest.read_text(encoding="utf-8"))["scan"]
    except (OSError, ValueError, KeyError) as error:
        raise click.UsageError(
            _("{path} 不是以前一次扫描的输出（没有可用的 manifest.json）").format(path=out)
        ) from error
    try:
        return state.load(identifier, folder, catalogue.rules())
    except (OSError, ValueError, KeyError):
        message = _("这台机器上没有保留那次扫描的底数（{folder}），本次全部重查，不作比较").format(
            folder=folder
        )
        console(stderr=True).print(message)
        return None


OFFICE = re.compile(r"^[\u4e00-\u9fff]{2,12}?(?:街道|镇|乡)(?=[\u4e00-\u9fff])")


def _office(reading: Reading | None) -> str:
    """The sub-district or township that most sheets name at the head of their title, or nothing."""
    titles = [sheet.title for _file, sheet in reading.sheets] if reading else []
    named = Counter(match[0] for title in titles if (match := OFFICE.match(title)))
    return min(named, key=lambda name: (-named[name], name), default="")


@dataclass
class _Job:
    """One call of the command: what goes in, where the outputs go, and the steps between."""

    folder: Path
    out: Path
    as_of: dt.date
    parameters: Mapping[str, Parameter]
    mapping: Path | None
    decisions: Path | None
    previous: scan.Scan | None
    unmask: str
    state: Path | None
    scratch: Path

    @contextmanager
    def _making(self) -> Iterator[Path]:
        """A private folder beside the outputs, whose files take their place at once when all are made.

        Whoever stops a scan, or runs out of disk, finds the outputs of before, whole.
        """
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=".making-", dir=self.out))
        except OSError as error:
            message = _("写不进输出文件夹 {path}：{error}").format(path=self.out, error=error.strerror)
            raise click.UsageError(message) from error
        try:
            yield made
            for name, kept in set_aside(self.out):
                click.echo(_("您改过的 {name} 没有覆盖，另存为 {kept}").format(name=name, kept=kept))
            # The manifest names the others by hash, so it comes last.
            for path in sorted(made.iterdir(), key=lambda p: (p.name == "manifest.json", p.name)):
                path.replace(self.out / path.name)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def run(self, engine: Engine) -> int:
        """Read, link, ask, report, keep; the exit code."""
        with self._making() as made:
            return self._run(engine, made)

    def _run(self, engine: Engine, made: Path) -> int:
        snapshot, reading = self._rows(made)
        written = write_outputs(reading, made) if reading else []
        if not snapshot.parts:
            terminal.unreadable(reading, console())
            return UNUSABLE
        rules = list(catalogue.rules().values())
        with folders.progress(_("检查规则"), len(rules)) as step:
            result = scan.run(
                engine, snapshot, rules, self.parameters, self.as_of, previous=self.previous, progress=step
            )
        evaluations = evaluate(engine, snapshot, indicators().values(), self.parameters, self.as_of)
        account = json.loads(reading.to_json()) if reading else None
        with folders.progress(_("写报告")):
            write_report(
                result,
                made,
                reading=account,
                indicators=evaluations,
                unmask=self.unmask,
                language=get_language() or "zh-hans",
                office=_office(reading),
                previous=self.previous.kept_as if self.previous else "",
                scan_id=state.scan_id(result),
                also=[*written, *made.glob("matches.csv")],
            )
        if self.state:
            self._keep(result)
        terminal.summary(result, account, evaluations, self.out, console())
        statuses = {o.status for o in result.outcomes} | {e.status for e in evaluations}
        if "failed" in statuses or (reading and reading.problems):
            return INCOMPLETE
        return FOUND if result.findings else CLEAN

    def _rows(self, made: Path) -> tuple[Snapshot, Reading | None]:
        """The folder's rows, with the uncertain pairs beside the other outputs."""
        return folders.load(
            self.folder,
            self.scratch,
            mapping=self.mapping,
            decisions=self.decisions,
            matches=made / "matches.csv",
            unmask=self.unmask,
        )

    def _keep(self, result: scan.Scan) -> None:
        try:
            state.save(result, self.state or state.default_folder())
        except OSError as error:
            message = _("底数没有保留下来（{error}），下次扫描不能与本次比较").format(error=error.strerror)
            console(stderr=True).print(message)


HELP = _(
    """扫描文件夹里的台账，找出风险点，写出报告。

    \b
    写进 --out 文件夹：
      report.html     报告，用浏览器打开，不需联网
      findings.xlsx   工作底稿，每条规则一张表，留有核实情况各栏
      findings.csv    同样的问题，供程序读取
      rejected.xlsx   退回的行，按原表样式，附原因和改法；改好后放回文件夹再扫描；
                      为能改正，个人信息不隐去，请勿外传
      mapping.yaml    每张表、每一列认作什么；改好后用 --mapping 交回
      matches.csv     疑似同一人、同一单位的记录；填好“判定”后用 --decisions 交回
      reading.json    每个文件、每张表、每一行、每一列的去向
      manifest.json   输入、规则、参数的指纹

    \b
    退出码：
      0  没有发现问题
      1  发现了问题
      2  有文件读不了或有规则出错，其余照常
      3  什么也没有读到，或用法有误
    """
)


@click.command("scan", help=HELP)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as-of", "as_of", type=Day(), help=_("以哪一天为准，如 2023-12-31（默认今天）"))
@click.option(
    "--parameters",
    "parameter_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("本单位的参数文件（shouwang parameters 可写出空白的）"),
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("shouwang-out"),
    show_default=True,
    help=_("报告写到这个文件夹"),
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("改过的表头对照文件（上次输出的 mapping.yaml）"),
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("人工判定过的同人对照（上次输出的 matches.csv）"),
)
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=_("上一次扫描的输出文件夹：标出新增、仍在和消失的问题，只重查受影响的部分"),
)
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help=_("计算引擎"),
)
@click.option("--memory", type=Memory(), help=_("内存上限，如 4GB；放不下的写到临时文件"))
@click.option(
    "--unmask", default="", metavar="REASON", help=_("输出不遮盖个人信息，须写明理由，理由会写进每份输出")
)
@click.option(
    "--state",
    "state_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("存放底数供下次比较的私有文件夹（默认在用户目录下）"),
)
@click.option("--no-state", is_flag=True, help=_("不保留底数，下次不能比较"))
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    as_of: dt.date | None,
    parameter_file: Path | None,
    out: Path,
    mapping: Path | None,
    decisions: Path | None,
    previous: Path | None,
    engine_name: str,
    memory: str | None,
    unmask: str,
    state_folder: Path | None,
    no_state: bool,
) -> None:
    """Scan a folder of workbooks."""
    day = as_of or dt.date.today()
    kept = state_folder or state.default_folder()
    values = _parameters(parameter_file)
    before = _previous(previous, kept)
    scratch = Path(tempfile.mkdtemp(prefix="shouwang-"))
    try:
        engine = open_engine(engine_name, memory=memory, scratch=scratch)
    except RuntimeError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise click.UsageError(str(error)) from error
    try:
        job = _Job(
            folder, out, day, values, mapping, decisions, before, unmask, None if no_state else kept, scratch
        )
        code = job.run(engine)
    except (MappingError, DecisionError) as error:
        raise click.UsageError(str(error)) from error
    finally:
        engine.close()
        shutil.rmtree(scratch, ignore_errors=True)
    ctx.exit(code)

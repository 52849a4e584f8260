"""The command ``shouwang``: a group whose commands are imported only when one of them is called.

``shouwang --help`` must answer at once, so the list of commands and their one-line help stand here and
neither Django nor Ibis is imported for it. A command ``x`` is the object ``command`` (a ``click.Command``)
in ``shouwang/cli/x.py``; before that file is imported, Django is set up and the user's language is active,
so the file may use ``django.utils.translation.gettext`` anywhere, also in option help.
"""

import gc
import gettext
import os
import signal
import sys
import traceback
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from shouwang import __version__
from shouwang.cli import UNUSABLE
from shouwang.standards.reading import N_

LOCALE = Path(__file__).resolve().parent.parent / "locale"

#: Languages a user may name, and the name Django has for each.
LANGUAGES = {"zh": "zh-hans", "zh-hans": "zh-hans", "en": "en"}


#: Commands in the order in which a newcomer meets them: module name and one line of help.
COMMANDS = {
    "scan": N_("扫描文件夹里的台账，找出风险点，写出报告"),
    "read": N_("只读取台账：认出每张表，逐行说明读入、跳过或退回的原因"),
    "explain": N_("说明一条问题的来由：证据行、规则、参数及其出处"),
    "sample": N_("审计抽样：抽取样本、评价底稿、检验金额的数字分布"),
    "rules": N_("列出全部规则"),
    "ledgers": N_("列出全部台账及其栏目"),
    "template": N_("写出空白台账模板"),
    "parameters": N_("写出带注释的参数文件，供填写本单位的标准"),
    "books": N_("把凭证和日记账写成复式账，供 beancount、hledger 核对"),
    "schedule": N_("算出一笔贷款的还款计划，精确到分；算逾期和罚息"),
    "reconcile": N_("核对银行日记账和对账单，写出余额调节表"),
    "score": N_("训练、使用、检查信用评分卡，得分只供人参考"),
    "synth": N_("生成一套虚构的台账，内有已知答案的风险个案"),
    "demo": N_("用虚构的示例单位试用工作台"),
    "init": N_("建立或升级本单位的系统：密钥、数据库、区划、系统管理员"),
    "serve": N_("运行工作台：网页、后台任务、定时任务"),
    "import": N_("把文件夹里的台账导入数据库，先说明新增、更改、退回了什么"),
    "report": N_("把数据库的一次扫描写成报告或工作底稿，注明导出人和时间"),
    "export": N_("把一本台账导出为 xlsx，注明导出人和时间"),
    "rotate-keys": N_("更换身份证号的加密密钥，分批重新加密，中断后可接着做"),
    "user": N_("用户：重置密码、解除锁定、解除第二步验证"),
    "verify": N_("核对留痕有没有被改动、删去、混入或调换"),
    "seal": N_("给留痕加封印；给出当日封印供公布"),
    "evidence": N_("把一条记录的留痕导出为外人也能核对的证据包"),
    "seen": N_("谁看过、改过某人的档案"),
    "backup": N_("备份：数据库、附件和设置写成一个文件，系统不必停用"),
    "restore": N_("恢复备份：先核对，都对才放到位"),
    "retention": N_("留存清理：列出保存期满的记录，匿名或删除"),
    "manage": N_("数据库管理（转交 Django，如 migrate、makemigrations）"),
}

#: The help of the group by paragraph. Each is shown with its own line breaks: a line of Chinese has no spaces
#: at which it could be folded.
HELP = (
    N_("守望：在社区现有的台账里找风险点。"),
    N_(
        "把单位的台账文件夹（xlsx、xls、ods、csv）原样交给它：它认出每张表，逐行读入，\n"
        "说明每一行的去向，在各本台账之内和之间查找风险点，写出一份可离线打开的报告，\n"
        "每条问题都附有证据行、规则和依据。全程不联网，不改动原文件，默认隐去个人信息。"
    ),
    N_(
        "第一次使用：\n"
        "  shouwang scan 台账文件夹 --as-of 2023-12-31 --out 报告\n"
        "  用浏览器打开 报告/report.html"
    ),
    N_(
        "本单位的标准（如低保标准、缴费基数上下限）写进参数文件：\n"
        "  shouwang parameters 参数.yaml\n"
        "  按注释填好后\n"
        "  shouwang scan 台账文件夹 --parameters 参数.yaml --out 报告"
    ),
    N_(
        "退出码：0 没有发现问题；1 发现了问题；2 有文件读不了或有规则出错，其余照常；\n"
        "3 没有做成：什么也没有读到，或用法有误。"
    ),
    N_("每个命令都有自己的说明，如 shouwang scan --help。English: shouwang --language en --help"),
)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The same catalogue that Django uses, read without Django."""
    return gettext.translation("django", LOCALE, languages=[language], fallback=True)


def chosen_language() -> str:
    """The language of this run as Django names it: ``--language`` or ``SHOUWANG_LANGUAGE``, else Chinese."""
    return LANGUAGES.get(os.environ.get("SHOUWANG_LANGUAGE", "").lower(), "zh-hans")


def _(message: str) -> str:
    return _catalogue(chosen_language()).gettext(message)


def _let_click_speak() -> None:
    """Have click's own words (usage, options, what is wrong with an argument) in the language of this run.

    click takes them from the standard library's gettext, which looks for the language in the environment.
    """
    gettext.bindtextdomain("click", str(LOCALE))
    gettext.textdomain("click")
    os.environ["LANGUAGE"] = {"zh-hans": "zh_Hans"}.get(chosen_language(), "en")


def set_up_django() -> None:
    """Set Django up with the language of this run active. Harmless when called again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")
    import django
    from django.apps import apps
    from django.utils import translation

    if not apps.ready:
        # What is loaded stays to the end: to look for garbage in it takes a third of the start, and as much
        # later, again and again.
        gc.disable()
        try:
            django.setup()
        finally:
            gc.freeze()
            gc.enable()
    translation.activate(chosen_language())


def module_of(command: str) -> str:
    """The module of a command: ``rotate-keys`` is in ``rotate_keys``, ``import`` in ``import_``."""
    name = command.replace("-", "_")
    return f"shouwang.cli.{name}_" if iskeyword(name) else f"shouwang.cli.{name}"


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the options of the group, which may choose the language of all that is said later."""
        _let_click_speak()
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands that are built, in the order of :data:`COMMANDS`."""
        return [name for name in COMMANDS if find_spec(module_of(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; None, which click words as an error, when there is no such command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        set_up_django()
        command = import_module(module_of(cmd_name)).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module_of(cmd_name)}.command is not a click command")
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of this run."""
        self.help = "\n\n".join("\b\n" + _(paragraph) for paragraph in HELP)
        super().format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command without importing any."""
        rows = [(name, _(COMMANDS[name])) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section(_("命令")):
                formatter.write_dl(rows)


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The record of the option with its help in the language of this run."""
        source = self.help
        try:
            self.help = _(source) if source else source
            return super().get_help_record(ctx)
        finally:
            self.help = source


def _use_language(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value:
        os.environ["SHOUWANG_LANGUAGE"] = LANGUAGES[value]
        _let_click_speak()
    return value


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"shouwang {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.option(
    "--language",
    cls=Option,
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=_use_language,
    help=N_("输出的语言：zh 中文（默认），en 英文；也可设环境变量 SHOUWANG_LANGUAGE"),
)
@click.option(
    "--version",
    cls=Option,
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help=N_("显示版本号"),
)
def shouwang() -> None:
    """The group; its help is :data:`HELP`."""


#: Exit codes of a run that the user stopped, and of one that was told to end.
INTERRUPTED, TERMINATED = 130, 143


def main() -> None:
    """Entry point of the command line.

    The exit code 1 says that something was found, so no mishap may end with it.
    """
    # Whoever is asked to stop tidies up first: temporary files hold the ledgers in clear.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(TERMINATED))
    try:
        code = shouwang.main(prog_name="shouwang", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo(_("已中断，没有完成。"), err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # A list piped to `head` is no error worth a traceback.
        sys.stderr.close()
        code = 0
    except Exception as error:
        from shouwang.access.trouble import trouble

        found = trouble(error)
        if found is not None:
            click.echo(f"{found.title}：{error}\n{found.advice}", err=True)
        else:
            traceback.print_exc()
            click.echo(_("程序出错，没有完成。反馈时请附上以上文字，先删去其中的个人信息。"), err=True)
        code = UNUSABLE
    sys.exit(code)


if __name__ == "__main__":
    main()

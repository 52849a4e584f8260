"""``shouwang serve``: web, worker and clock in one command."""

from __future__ import annotations

import os
import sys
import threading
import urllib.error
import urllib.request

import click
from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.cli import UNUSABLE
from shouwang.cli.serving import ready
from shouwang.cli.serving.supervise import Child, Supervisor

HELP = _(
    """运行工作台：网页、后台任务和定时任务，一条命令。按 Ctrl-C 停止。

    \b
    默认只有本机能访问（127.0.0.1）。让同事也能访问：
      SHOUWANG_HOSTS=服务器的名称或地址 shouwang serve --host 0.0.0.0
    对外应在前面放一个支持 HTTPS 的代理，并设 SHOUWANG_HTTPS=1。
    """
)


def children(host: str, port: int, workers: int, threads: int) -> list[Child]:
    """The processes of an installation."""
    python = [sys.executable, "-m", "shouwang.cli.serving"]
    return [
        Child("web", [*python, "web", host, str(port), str(workers), str(threads)]),
        Child("worker", [*python, "worker"]),
        Child("clock", [*python, "clock"]),
    ]


def announce(host: str, port: int, stop: threading.Event, text: str) -> None:
    """Say where the pages are once they answer; beside the supervisor, which must not wait."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"

    def wait() -> None:
        request = urllib.request.Request(  # noqa: S310
            f"{address}health/",
            headers={"Host": settings.ALLOWED_HOSTS[0], "X-Forwarded-Proto": "https"},
        )
        while not stop.is_set():
            try:
                with urllib.request.urlopen(request, timeout=5):  # noqa: S310
                    click.echo(text.format(address=address))
                    return
            except (urllib.error.URLError, OSError):
                stop.wait(0.3)

    threading.Thread(target=wait, daemon=True).start()


def run(host: str, port: int, workers: int, threads: int, text: str) -> int:
    """Serve until told to stop; the exit code. ``text`` is said when the pages answer."""
    found = list(ready.obstacles(host, port))
    if found:
        for each in found:
            click.echo(each, err=True)
        return UNUSABLE
    supervisor = Supervisor(
        children(host, port, workers, threads), say=lambda said: click.echo(said, err=True)
    )
    announce(host, port, supervisor.stopping, text)
    code = supervisor.run()
    click.echo(_("已停止。"))
    return code


@click.command("serve", help=HELP)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("监听的地址；0.0.0.0 为所有地址"))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("端口"))
@click.option(
    "--workers",
    default=min(4, os.cpu_count() or 1),
    show_default=True,
    type=click.IntRange(1, 64),
    help=_("网页的进程数"),
)
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1, 64), help=_("每个网页进程的线程数")
)
@click.pass_context
def command(ctx: click.Context, host: str, port: int, workers: int, threads: int) -> None:
    """Run web, worker and clock."""
    ctx.exit(run(host, port, workers, threads, _("守望在 {address} 上运行，按 Ctrl-C 停止。")))

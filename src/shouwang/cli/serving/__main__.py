"""What one process of ``shouwang serve`` does: ``python -m shouwang.cli.serving web|worker|clock …``."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading

from shouwang.cli.serving.leash import leash


def _log() -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def web(host: str, port: str, workers: str, threads: str) -> None:
    """Serve the pages. The master loads no Django; its workers do, each for itself."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.settings")
    Server(
        "shouwang.cli.serving.application:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def worker() -> None:
    """Do the tasks that pages and clock enqueue, one after another."""
    from shouwang.cli.main import set_up_django

    set_up_django()
    from shouwang.cli.serving.working import PatientWorker

    busy = PatientWorker(f"{socket.gethostname()}:{os.getpid()}"[:64])
    busy.configure_signals()
    logging.getLogger("django_tasks").setLevel(logging.WARNING)
    busy.run()


def clock() -> None:
    """Do what is due, until told to stop."""
    from shouwang.cli.main import set_up_django

    set_up_django()
    from shouwang.clock import run_forever

    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda _sign, _frame: stop.set())
    run_forever(stop)


if __name__ == "__main__":
    _log()
    leash(int(os.environ["SHOUWANG_SUPERVISOR"]))
    role, *given = sys.argv[1:]
    if role == "web":
        web(*given)
    elif role == "worker":
        worker()
    elif role == "clock":
        clock()
    else:
        sys.exit(f"no such process: {role}")

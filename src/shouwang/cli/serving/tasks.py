"""Tasks whose worker died in the middle."""

from __future__ import annotations

import logging
import os
import socket

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

ATTEMPTS = 3
"""So often a task is begun whose worker dies; one that kills its worker must not do so for ever."""

log = logging.getLogger(__name__)


def _is_alive(worker: str) -> bool:
    """Whether the worker may still be at it; of one on another computer nothing is known."""
    host, _, pid = worker.rpartition(":")
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    # A number that came round again: this very process.
    return int(pid) != os.getpid()


def resume() -> int:
    """Put back what a worker of this computer had begun when it died; how many tasks.

    A task does its work in transactions of its own and is written so that it may be begun again. One that was
    begun :data:`ATTEMPTS` times has failed.
    """
    count = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if not task.worker_ids or _is_alive(task.worker_ids[-1]):
            continue
        again = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids
        )
        if len(task.worker_ids) < ATTEMPTS:
            count += again.update(status=TaskResultStatus.READY, started_at=None)
        elif again.exists():
            task.set_failed(RuntimeError(f"the worker died {len(task.worker_ids)} times over it"))
            log.error("task %s (%s): its worker died %s times over it", task.pk, task.task_path, ATTEMPTS)
    return count

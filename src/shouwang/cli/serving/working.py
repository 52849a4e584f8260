"""The worker: does what pages and clock enqueue, one task after another, and outlives a busy database."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import Error, close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from shouwang.cli.serving.tasks import ATTEMPTS, resume
from shouwang.clock.busy import is_busy

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds between two attempts to reach the database at the most."""


class PatientWorker(Worker):
    """The library's worker, which dies of "database is locked" when it takes a task and fails one over it.

    This one waits, and a task that met a busy database is begun again. It looks for tasks without locking
    anything: only one that is there is worth a transaction.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=1.0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Do tasks until told to stop."""
        trouble = 0
        resumed = False
        while self.running:
            close_old_connections()
            try:
                if not resumed:
                    resume()
                    resumed = True
                done = self.work()
                trouble = 0
            except Error as error:
                # What was begun and could not be noted is put back as soon as the database answers.
                done, resumed, trouble = False, False, trouble + 1
                log.warning("the worker waits for the database: %s", error)
            close_old_connections()
            if self.running and not done:
                # The handler of signals ends this by an exception.
                time.sleep(min(self.interval * 2 ** max(trouble - 1, 0), LONGEST_WAIT))

    def work(self) -> bool:
        """Do the next task; False where none waits."""
        waiting = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not waiting.exists():
            return False
        with exclusive_transaction(waiting.db):
            task = waiting.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        if task is None:
            return False
        self.run_task(task)
        return True

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """Do a task; one that met a busy database goes back, as often as one whose worker died."""
        fail = db_task_result.set_failed

        def set_failed(error: BaseException) -> None:
            if is_busy(error) and len(db_task_result.worker_ids) < ATTEMPTS:
                log.warning("task %s met a busy database and is begun again", db_task_result.task_path)
                db_task_result.status, db_task_result.started_at = TaskResultStatus.READY, None
                db_task_result.save(update_fields=["status", "started_at"])
            else:
                fail(error)

        db_task_result.set_failed = set_failed
        super().run_task(db_task_result)


__all__ = ["PatientWorker"]

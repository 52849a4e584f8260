"""What the clock does for notices."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shouwang.clock import daily, every
from shouwang.inbox.models import Delivery, Notice
from shouwang.inbox.tasks import deliver, send_digests

LATE = timedelta(minutes=10)
"""A message that waits so long after its time has lost its task: a worker was killed."""
KEPT = timedelta(days=365)


@daily("08:00", label="每日工作摘要", why="who chose a digest is owed it")
def digests() -> None:
    """Have the digests of the day sent."""
    send_digests.enqueue()


@every(minutes=10, label="补发消息", why="a message that was lost is still owed")
def forgotten() -> None:
    """Give messages without a task a new one."""
    late = Delivery.objects.filter(
        status=Delivery.Status.WAITING, next_try__lt=timezone.now() - LATE
    ).values_list("pk", flat=True)
    for key in late[:500]:
        Delivery.objects.filter(pk=key).update(next_try=timezone.now())
        deliver.enqueue(key)


@daily("03:40", label="清理旧消息", why="what is kept for a time only goes when the time is over")
def forget_old() -> None:
    """Delete read notices and sent messages older than a year."""
    before = timezone.now() - KEPT
    Notice.objects.filter(created__lt=before, read__isnull=False).delete()
    Delivery.objects.filter(created__lt=before).exclude(status=Delivery.Status.WAITING).delete()

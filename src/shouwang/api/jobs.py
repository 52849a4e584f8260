"""What the clock does for the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shouwang.api import pushing
from shouwang.api.idempotency import KEPT
from shouwang.api.models import Answer, Push
from shouwang.api.tasks import push
from shouwang.clock import daily, every

PUSHES_KEPT = timedelta(days=90)


@every(
    minutes=1,
    label="推送事件",
    why="who subscribed is owed the events",
)
def push_events() -> None:
    """Have new events told to the webhooks."""
    pushing.collect()
    if Push.objects.filter(status=Push.Status.WAITING, next_try__lte=timezone.now()).exists():
        push.enqueue()


@daily("03:50", label="清理接口记录", why="what is kept for a time only goes when the time is over")
def forget_old() -> None:
    """Answers are kept for a day, long enough for any retry; pushes for three months."""
    Answer.objects.filter(created__lt=timezone.now() - KEPT).delete()
    Push.objects.filter(created__lt=timezone.now() - PUSHES_KEPT).exclude(status=Push.Status.WAITING).delete()

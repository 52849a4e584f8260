"""What the clock itself does: it forgets its old notes."""

from django.utils import timezone

from shouwang.clock.models import Run
from shouwang.clock.running import KEPT
from shouwang.clock.schedule import daily


@daily("03:30", label="清理定时任务记录", why="notes are kept for a time only")
def forget_old_runs() -> None:
    """Delete notes older than :data:`KEPT`."""
    Run.objects.filter(due__lt=timezone.now() - KEPT).delete()

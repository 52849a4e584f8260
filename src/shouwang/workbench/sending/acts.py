"""What can be done with messages that could not be sent: the form of ``acts.html``, on whichever page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shouwang.workbench.asked import whole

Chosen = TypeVar("Chosen")


def carry_out(
    request: HttpRequest,
    most: int,
    choose: Callable[[list[int]], list[Chosen]],
    again: Callable[[list[Chosen]], int],
    drop: Callable[[list[Chosen], str], int],
) -> None:
    """Try the chosen messages again, or give them up for a reason, and tell the user.

    ``choose`` takes up to ``most`` numbers and gives what is acted on; the other two do it and count.
    """
    keys = [key for text in request.POST.getlist("d")[:most] if (key := whole(text)) is not None]
    chosen = choose(keys) if keys else []
    reason = request.POST.get("reason", "").strip()[:500]
    dropping = request.POST.get("act") == "drop"
    if not chosen:
        messages.warning(request, _("没有选中消息"))
    elif dropping and not reason:
        messages.warning(request, _("放弃须写明理由"))
    elif dropping:
        messages.success(request, _("已放弃 {count} 条").format(count=drop(chosen, reason)))
    else:
        messages.success(request, _("{count} 条重新排队。").format(count=again(chosen)))

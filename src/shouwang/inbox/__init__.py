"""Notices (消息) to people: inside the product, by e-mail, and to the group robots that offices use.

::

    from shouwang.inbox import announce, notify

    notify(users, "finding.assigned", N_("分派给您整改：{number}"), {"number": "assistance.paid-short-0007"},
           target="risk.finding", target_id=7)
    announce("110101001000000", "finding.escalated", N_("{count}个问题逾期未整改"), {"count": 3})

Texts are messages of the catalogue with facts, so that everybody reads them in their own language. Facts are
numbers, titles and days, never names or numbers of persons: what leaves the house is masked once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def notify(
    recipients: Iterable[Any],
    kind: str,
    text: str,
    facts: Mapping[str, Any] | None = None,
    *,
    target: str = "",
    target_id: object = "",
) -> int:
    """Tell users something; see :func:`shouwang.inbox.sending.notify`."""
    from shouwang.inbox import sending  # needs the apps

    return sending.notify(recipients, kind, text, facts, target=target, target_id=target_id)


def announce(division_code: str, kind: str, text: str, facts: Mapping[str, Any] | None = None) -> int:
    """Tell the groups of a division something; see :func:`shouwang.inbox.sending.announce`."""
    from shouwang.inbox import sending

    return sending.announce(division_code, kind, text, facts)


def unread(user: Any) -> int:
    """How many notices a user has not read yet; counted up to 100."""
    from shouwang.inbox.models import Notice

    return len(Notice.objects.filter(user=user, read__isnull=True).values_list("pk", flat=True)[:100])


__all__ = ["announce", "notify", "unread"]

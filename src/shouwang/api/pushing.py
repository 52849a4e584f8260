"""Webhooks: events of an area are told to an address, thin and signed (standardwebhooks.com).

A push says that something happened, not what is in it: number of the event, action, kind and number of the
record, division. Who wants more asks the API, with rights of their own: nothing personal leaves by itself.

Only sealed events are told, in order: below a seal no event can turn up any more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shouwang import trail
from shouwang.access.models import code_range
from shouwang.access.scope import scope_of
from shouwang.api.models import Progress, Push, Webhook
from shouwang.standards.masking import mask_text
from shouwang.trail.models import Event, Seal

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

TOLD = {
    "finding.*": "finding.view",
    "ledger.import": "ledger.view",
    "scan.*": "scan.view",
    "parameter.*": "parameter.view",
}
"""The events a webhook may ask for, and the right its owner needs where they happened."""
PAUSES = (1, 5, 30, 120, 480)
"""Minutes before the second, third … attempt; after the last a push is dead."""
AT_ONCE = 1000
"""So many events are looked at in one go."""
TIMEOUT = 10.0


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: ``whsec_`` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, identifier: str, moment: int, body: str) -> str:
    """The value of the header ``webhook-signature``: HMAC-SHA-256 over ``id.timestamp.body``."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = hmac.new(key, f"{identifier}.{moment}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def _thin(event: Event) -> str:
    said = {
        "id": event.pk,
        "type": event.action,
        "timestamp": event.at.isoformat(),
        "data": {"target": event.target, "id": event.target_id, "division_code": event.division_code},
    }
    return json.dumps(said, separators=(",", ":"))


def _wanted(hook: Webhook, event: Event, allowed: Mapping[str, Any]) -> bool:
    low, high = code_range(hook.division_code)
    if not low <= event.division_code <= high:
        return False
    if not any(fnmatchcase(event.action, pattern) for pattern in hook.events):
        return False
    right = next((r for pattern, r in TOLD.items() if fnmatchcase(event.action, pattern)), None)
    return right is not None and allowed[right].covers(event.division_code)


def collect() -> int:
    """Turn sealed events into pushes, each once a webhook; how many. Safe to be run twice at once."""
    count = 0
    with transaction.atomic():
        progress = Progress.objects.select_for_update().get_or_create(pk=1)[0]
        sealed = Seal.objects.order_by("-last").values_list("last", flat=True).first() or 0
        events = list(Event.objects.filter(pk__gt=progress.event, pk__lte=sealed).order_by("pk")[:AT_ONCE])
        if not events:
            return 0
        for hook in Webhook.objects.filter(active=True).select_related("owner"):
            allowed = {right: scope_of(hook.owner, right) for right in set(TOLD.values())}
            pushes = [
                Push(webhook=hook, event=e.pk, body=_thin(e)) for e in events if _wanted(hook, e, allowed)
            ]
            count += len(Push.objects.bulk_create(pushes, ignore_conflicts=True))
        progress.event = events[-1].pk
        progress.save(update_fields=["event"])
    return count


def send_waiting(most: int = 200) -> tuple[int, int]:
    """Send what waits; how many went out and how many did not. Two workers never send one push at once."""
    import httpx  # loads slowly, and only the worker sends

    sent = failed = 0
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
        for key in Push.objects.filter(status=Push.Status.WAITING, next_try__lte=timezone.now()).values_list(
            "pk", flat=True
        )[:most]:
            done = _attempt(client, key)
            sent, failed = sent + (done is True), failed + (done is False)
    return sent, failed


def why(error: Exception) -> str:
    """Why a push was not taken. What the library says quotes the address, which may hold a token."""
    import httpx

    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__


def dead_of(hook: Webhook) -> QuerySet[Push]:
    """The pushes of a webhook that could not be sent, the newest first."""
    return Push.objects.filter(webhook=hook, status=Push.Status.DEAD).order_by("-pk")


def again(hook: Webhook, keys: Iterable[int] | None = None) -> int:
    """Put dead pushes of a webhook on their way once more, all or those named; how many."""
    dead = dead_of(hook) if keys is None else dead_of(hook).filter(pk__in=list(keys))
    with trail.change("webhook.again") as doing:
        count = dead.update(status=Push.Status.WAITING, attempts=0, next_try=timezone.now())
        doing.note("api.webhook", hook.pk, division_code=hook.division_code, rows=count)
    return count


def drop(hook: Webhook, keys: Iterable[int], reason: str) -> int:
    """Give dead pushes of a webhook up, for a reason; how many."""
    if not reason.strip():
        raise ValueError("a reason is wanted")
    with trail.change("webhook.drop", reason=mask_text(reason.strip())) as doing:
        dropped = list(dead_of(hook).filter(pk__in=list(keys)).select_for_update())
        Push.objects.filter(pk__in=[push.pk for push in dropped]).update(status=Push.Status.DROPPED)
        doing.note(
            "api.webhook",
            hook.pk,
            division_code=hook.division_code,
            rows=len(dropped),
            events=[push.event for push in dropped],
        )
    return len(dropped)


def _attempt(client: httpx.Client, key: int) -> bool | None:
    now = timezone.now()
    with transaction.atomic():
        push = Push.objects.select_for_update(of=("self",)).select_related("webhook").filter(
            pk=key, status=Push.Status.WAITING, next_try__lte=now
        ).first()  # fmt: skip
        if push is None or not push.webhook.active:
            return None
        push.attempts += 1
        push.next_try = now + timedelta(minutes=PAUSES[min(push.attempts, len(PAUSES)) - 1])
        push.save(update_fields=["attempts", "next_try"])
    try:
        _post(client, push)
    except Exception as error:
        dead = push.attempts > len(PAUSES) - 1
        log.warning("push %s was not delivered: %s", push.pk, type(error).__name__)
        status = Push.Status.DEAD if dead else Push.Status.WAITING
        Push.objects.filter(pk=key).update(status=status, error=why(error))
        return False
    Push.objects.filter(pk=key).update(status=Push.Status.SENT, error="")
    return True


def _post(client: httpx.Client, push: Push) -> None:
    moment = int(timezone.now().timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "shouwang",
        "webhook-id": str(push.pk),
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(push.webhook.secret, str(push.pk), moment, push.body),
    }
    client.post(push.webhook.url, content=push.body.encode(), headers=headers).raise_for_status()

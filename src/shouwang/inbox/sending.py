"""Puts notices into inboxes and messages on their way out; both commit with what caused them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shouwang import trail
from shouwang.access.models import User, code_range
from shouwang.access.reach import users_in
from shouwang.access.scope import Scope
from shouwang.inbox import robots
from shouwang.inbox.kinds import FOR_GROUPS, KINDS
from shouwang.inbox.models import Delivery, Notice, Preference, Robot, said
from shouwang.inbox.sealing import Unsealable
from shouwang.standards.masking import mask_text

log = logging.getLogger(__name__)

PAUSES = (1, 5, 30, 120, 480)
"""Minutes before the second, third … attempt; after the last a message is dead."""


def notify(
    recipients: Iterable[User | int],
    kind: str,
    text: str,
    facts: Mapping[str, Any] | None = None,
    *,
    target: str = "",
    target_id: object = "",
) -> int:
    """Tell users something, each once; how many were told. Who muted the kind or is gone is left out.

    ``text`` is a message of the catalogue marked with ``N_``, with placeholders for ``facts``. Who wants
    e-mail at once gets one. Must be called within the transaction of what it tells of.
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of notice: {kind}")
    keys = {getattr(user, "pk", user) for user in recipients}
    if not keys:
        return 0
    preferences = {p.user_id: p for p in Preference.objects.filter(user__in=keys)}
    people = [
        user
        for user in User.objects.filter(pk__in=keys, is_active=True).order_by("pk")
        if user.pk not in preferences or kind not in preferences[user.pk].muted
    ]
    told = dict(facts or {})
    Notice.objects.bulk_create(
        [
            Notice(user=u, kind=kind, text=text, facts=told, target=target, target_id=str(target_id))
            for u in people
        ],
        batch_size=500,
    )
    at_once = [
        u
        for u in people
        if u.email and u.pk in preferences and preferences[u.pk].mail == Preference.Mail.AT_ONCE
    ]
    for user in at_once:
        line = worded(user, text, told)
        dispatch(line, f"{line}\n\n{_footer(user)}", user=user)
    return len(people)


def worded(user: User, text: str, facts: Mapping[str, Any]) -> str:
    """A message in the language of the user."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return said(text, dict(facts))


def _footer(user: User) -> str:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return translation.gettext("请登录守望查看；在“消息—偏好”里可以更改提醒方式。")


def announce(division_code: str, kind: str, text: str, facts: Mapping[str, Any] | None = None) -> int:
    """Tell the groups whose robots answer for the division; how many messages are on their way."""
    if kind not in FOR_GROUPS:
        raise ValueError(f"groups are not told of {kind}")
    line = said(text, dict(facts or {}))
    count = 0
    for robot in Robot.objects.filter(active=True).order_by("pk"):
        low, high = code_range(robot.division_code)
        if kind in robot.kinds and low <= division_code <= high:
            dispatch(str(robot), line, robot=robot)
            count += 1
    return count


def dispatch(subject: str, body: str, *, user: User | None = None, robot: Robot | None = None) -> Delivery:
    """Put a message on its way. What might be a personal number in it is masked, whoever wrote it."""
    from shouwang.inbox.tasks import deliver

    made = Delivery.objects.create(
        user=user,
        robot=robot,
        subject=" ".join(mask_text(subject).split())[:200],
        body=mask_text(body),
        next_try=timezone.now(),
    )
    deliver.enqueue(made.pk)
    return made


def attempt(key: int) -> bool:
    """Try to send one message; whether it went out now. Two workers never send the same attempt."""
    now = timezone.now()
    with transaction.atomic():
        found = Delivery.objects.select_for_update().filter(pk=key, status=Delivery.Status.WAITING).first()
        if found is None or found.next_try > now:
            return False
        found.attempts += 1
        pause = PAUSES[min(found.attempts, len(PAUSES)) - 1]
        found.next_try = now + timedelta(minutes=pause)
        found.save(update_fields=["attempts", "next_try"])
    # Sent outside of the transaction: a slow server must not hold the database.
    try:
        _send(found)
    except Exception as error:
        _failed(found, error)
        return False
    Delivery.objects.filter(pk=key).update(status=Delivery.Status.SENT, sent=timezone.now(), error="")
    return True


def _send(message: Delivery) -> None:
    if message.robot is not None:
        if not message.robot.active:
            raise robots.NotDelivered("the robot was switched off", final=True)
        try:
            address, secret = message.robot.address, message.robot.secret
        except Unsealable as error:
            raise robots.NotDelivered("the address was sealed under another key", final=True) from error
        robots.send(message.robot.vendor, address, secret, message.body)
    elif message.user is not None and message.user.email:
        EmailMessage(message.subject, message.body, None, [message.user.email]).send()
    else:
        raise robots.NotDelivered("the user has no e-mail address", final=True)


def _failed(message: Delivery, error: Exception) -> None:
    from shouwang.inbox.tasks import deliver

    final = getattr(error, "final", False) or message.attempts > len(PAUSES) - 1
    log.warning("message %s was not delivered: %s", message.pk, type(error).__name__)
    with transaction.atomic():
        Delivery.objects.filter(pk=message.pk).update(
            status=Delivery.Status.DEAD if final else Delivery.Status.WAITING,
            error=why(error),
        )
        if not final:
            deliver.using(run_after=message.next_try).enqueue(message.pk)


def why(error: Exception) -> str:
    """Why a message was not taken, for the page of an administrator: no address, no word of the message.

    What a mail server or a network library says quotes addresses, so of those the kind and code are kept.
    """
    if isinstance(error, robots.NotDelivered):
        return mask_text(str(error))[:500]
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {code}' if isinstance(code, int) else ''}"


def undelivered(managed: Scope) -> QuerySet[Delivery]:
    """What could not be sent to groups and people of an area, the newest first."""
    mine = Q(user__in=users_in(managed).values("pk")) | managed.within("robot__division_code")
    dead = Delivery.objects.filter(status=Delivery.Status.DEAD).filter(mine)
    return dead.select_related("user", "robot").defer("subject", "body").order_by("-pk")


def again(*messages: Delivery) -> int:
    """Put dead messages on their way once more; how many were."""
    from shouwang.inbox.tasks import deliver

    count = 0
    with trail.change("delivery.again") as doing:
        for message in messages:
            if _moved(message, Delivery.Status.WAITING, attempts=0, next_try=timezone.now()):
                _note(doing, message)
                deliver.enqueue(message.pk)
                count += 1
    return count


def drop(reason: str, *messages: Delivery) -> int:
    """Give dead messages up, for a reason; how many were."""
    if not reason.strip():
        raise ValueError("a reason is wanted")
    with trail.change("delivery.drop", reason=mask_text(reason.strip())) as doing:
        gone = [m for m in messages if _moved(m, Delivery.Status.DROPPED)]
        for message in gone:
            _note(doing, message)
    return len(gone)


def _moved(message: Delivery, status: str, **values: Any) -> bool:
    """Whether a message was dead, and now is not; of two at once one wins."""
    dead = Delivery.objects.filter(pk=message.pk, status=Delivery.Status.DEAD)
    return bool(dead.update(status=status, **values))


def _note(doing: trail.Change, message: Delivery) -> None:
    robot = message.robot
    doing.note(
        "inbox.delivery",
        message.pk,
        division_code=robot.division_code if robot else "",
        attempts=message.attempts,
        why=message.error,
    )


def try_out(robot: Robot) -> str:
    """Send a test message at once; why it was not taken, or nothing."""
    text = _("这是守望的一条测试消息。收到它，说明群机器人“{name}”已经接通。").format(name=robot.name)
    try:
        robots.send(robot.vendor, robot.address, robot.secret, mask_text(text))
    except Unsealable:
        problem = _("地址是用别的密钥封存的，请重新填写")
    except ValidationError as error:
        problem = " ".join(error.messages)
    except robots.NotDelivered as error:
        problem = why(error)
    else:
        problem = ""
    with trail.change("robot.test") as doing:
        doing.note(Robot.trail_target(), robot.pk, division_code=robot.division_code, why=problem)
    return problem

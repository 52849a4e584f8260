"""A write that is sent twice is done once: the header ``Idempotency-Key``.

The answer is kept in the transaction of the write itself, so there is never one without the other. Of two
requests with one key at the same moment the second waits for the first and gets its answer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.responses import NinjaJSONEncoder

from shouwang.api.models import Answer
from shouwang.api.problems import Problem

HEADER = "Idempotency-Key"
LONGEST = 128
REPLAYED = "Idempotency-Replayed"
KEPT = dt.timedelta(hours=24)

Operation = TypeVar("Operation", bound=Callable[..., Any])


def _fingerprint(request: HttpRequest) -> str:
    said = f"{request.method}\0{request.get_full_path()}\0".encode() + request.body
    return hashlib.sha256(said).hexdigest()


def _answer(kept: Answer) -> HttpResponse:
    return HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")


def once(operation: Operation) -> Operation:
    """Let an operation that returns a ``Status`` with plain data be repeated without harm.

    Without the header it is done each time. A key that was used for another request is refused (422).
    """

    @wraps(operation)
    def repeated(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER, "")
        if not key:
            return operation(request, *args, **kwargs)
        if len(key) > LONGEST:
            said = _("{header} 最长 {longest} 个字符").format(header=HEADER, longest=LONGEST)
            raise Problem(422, _("请求的内容不对"), said)
        token = request.auth  # type: ignore[attr-defined]
        print_ = _fingerprint(request)
        try:
            with transaction.atomic():
                kept = Answer.objects.create(token=token, key=key, request=print_)
                made = operation(request, *args, **kwargs)
                kept.status = made.status_code
                kept.body = json.dumps(made.value, cls=NinjaJSONEncoder, ensure_ascii=False)
                kept.save(update_fields=["status", "body"])
                return _answer(kept)
        except IntegrityError:
            before = Answer.objects.filter(token=token, key=key).first()
            if before is None:  # it was something else that failed
                raise
        if before.request != print_:
            raise Problem(422, _("请求的内容不对"), _("这个 {header} 已用于另一个请求").format(header=HEADER))
        replayed = _answer(before)
        replayed[REPLAYED] = "true"
        return replayed

    repeated.once = True  # type: ignore[attr-defined]
    return repeated  # type: ignore[return-value]

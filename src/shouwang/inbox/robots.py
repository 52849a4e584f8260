"""The robots of DingTalk, WeCom and Feishu: how each wants to be spoken to.

- DingTalk: ``timestamp`` (milliseconds) and ``sign`` in the address; the signature is HMAC-SHA256 with the
  secret as key over ``timestamp + "\\n" + secret``, Base64, URL-encoded.
- Feishu: ``timestamp`` (seconds) and ``sign`` in the body; the signature is HMAC-SHA256 over nothing with
  ``timestamp + "\\n" + secret`` as key, Base64.
- WeCom: the key in the address is all there is; at most 2,048 bytes of text.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOSTS: Final = {
    "dingtalk": ("oapi.dingtalk.com",),
    "wecom": ("qyapi.weixin.qq.com",),
    "feishu": ("open.feishu.cn", "open.larksuite.com"),
}
"""Where each vendor's robots live. ``settings.ROBOT_HOSTS`` names further ones (an office's own WeCom)."""

TIMEOUT = 8.0
LONGEST = {"dingtalk": 20_000, "wecom": 2048, "feishu": 20_000}
"""The longest text in bytes."""


class NotDelivered(Exception):
    """The vendor did not take the message; says why. ``final`` where trying again is of no use."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True)
class Post:
    """A message ready to be sent."""

    url: str
    body: dict[str, Any]


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def check_address(vendor: str, url: str) -> None:
    """Refuse an address that is not one of the vendor's robots: nothing else may be posted to."""
    parts = urlsplit(url)
    further = tuple(getattr(settings, "ROBOT_HOSTS", ()))
    if parts.netloc in further:
        return
    if parts.scheme != "https" or parts.netloc not in HOSTS[vendor]:
        raise ValidationError(
            _("地址应为 https://%(host)s/…，请从群设置里原样复制"), params={"host": HOSTS[vendor][0]}
        )


def message(vendor: str, url: str, secret: str, text: str, *, now: float | None = None) -> Post:
    """The request that tells a robot ``text``."""
    moment = time.time() if now is None else now
    text = text.encode()[: LONGEST[vendor]].decode(errors="ignore")
    if vendor == "feishu":
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(moment))
            body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}", "")}
        return Post(url, body)
    body = {"msgtype": "text", "text": {"content": text}}
    if vendor == "dingtalk" and secret:
        stamp = str(int(moment * 1000))
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query)) | {
            "timestamp": stamp,
            "sign": _sign(secret, f"{stamp}\n{secret}"),
        }
        url = urlunsplit(parts._replace(query=urlencode(query)))
    return Post(url, body)


def send(vendor: str, url: str, secret: str, text: str) -> None:
    """Tell a robot ``text``; :class:`NotDelivered` where it was not taken."""
    import httpx  # loads slowly, and only the worker sends

    check_address(vendor, url)
    post = message(vendor, url, secret, text)
    try:
        answer = httpx.post(post.url, json=post.body, timeout=TIMEOUT, follow_redirects=False)
    except httpx.HTTPError as error:
        raise NotDelivered(type(error).__name__) from error  # its text may quote the address with its token
    if answer.status_code != 200:
        raise NotDelivered(f"HTTP {answer.status_code}", final=answer.status_code in (400, 401, 403, 404))
    try:
        told = answer.json()
    except ValueError as error:
        raise NotDelivered("the answer is not JSON") from error
    code = told.get("errcode", told.get("code", told.get("StatusCode", 0)))
    if code != 0:
        said = str(told.get("errmsg", told.get("msg", "")))[:200]
        raise NotDelivered(f"{code} {said}", final=code in FINAL)


FINAL: Final = frozenset({310000, 300001, 93000, 40014, 19001, 19021, 19022, 19024})
"""Refusals that repeating won't change: wrong token, signature, keyword or address."""

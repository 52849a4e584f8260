"""A server on this machine that takes messages as DingTalk, WeCom and Feishu document it, and refuses others.

Written from the vendors' descriptions of their group robots, not from the code under test.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET, TOKEN = "SECtests-only", "token-of-tests"


@dataclass
class Vendors:
    """What arrived, and what is to go wrong next."""

    host: str = ""
    taken: list[tuple[str, str]] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)

    def url(self, vendor: str, token: str = TOKEN) -> str:
        path = {
            "dingtalk": f"/robot/send?access_token={token}",
            "wecom": f"/cgi-bin/webhook/send?key={token}",
            "feishu": f"/open-apis/bot/v2/hook/{token}",
        }[vendor]
        return f"http://{self.host}{path}"


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(
        hmac.new(key.encode("utf-8"), text.encode("utf-8"), hashlib.sha256).digest()
    ).decode()


def _dingtalk(query: dict[str, list[str]], body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if query["access_token"] != [TOKEN]:
        return {"errcode": 300001, "errmsg": "token is not exist"}, ""
    stamp = query["timestamp"][0]
    right = hmac.compare_digest(query["sign"][0], _hmac(SECRET, stamp + "\n" + SECRET))
    if not right or abs(int(stamp) - time.time() * 1000) > 3_600_000:
        return {"errcode": 310000, "errmsg": "sign not match"}, ""
    return {"errcode": 0, "errmsg": "ok"}, body["text"]["content"] if body["msgtype"] == "text" else ""


def _wecom(query: dict[str, list[str]], body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if query["key"] != [TOKEN]:
        return {"errcode": 93000, "errmsg": "invalid webhook url"}, ""
    text = body["text"]["content"] if body["msgtype"] == "text" else ""
    if len(text.encode()) > 2048:
        return {"errcode": 40058, "errmsg": "text.content exceed max length 2048"}, ""
    return {"errcode": 0, "errmsg": "ok"}, text


def _feishu(path: str, body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if not path.endswith(TOKEN):
        return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}, ""
    stamp = body["timestamp"]
    if body["sign"] != _hmac(stamp + "\n" + SECRET, "") or abs(int(stamp) - time.time()) > 3600:
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}, ""
    return {"code": 0, "msg": "success", "StatusCode": 0}, body["content"]["text"]


@contextmanager
def vendors() -> Iterator[Vendors]:
    """The server, for as long as the block lasts."""
    state = Vendors()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state.failures:
                self.send_response(state.failures.pop(0))
                self.end_headers()
                return
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            if parts.path == "/robot/send":
                vendor, (answer, text) = "dingtalk", _dingtalk(query, body)
            elif parts.path == "/cgi-bin/webhook/send":
                vendor, (answer, text) = "wecom", _wecom(query, body)
            else:
                vendor, (answer, text) = "feishu", _feishu(parts.path, body)
            if text:
                state.taken.append((vendor, text))
            told = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_args: Any) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

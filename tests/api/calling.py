"""A program with a token, for the tests of the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from shouwang.api import tokens
from tests.risk.loop.office import signed_in


class Caller:
    """A program that acts for a user by a token with these rights."""

    def __init__(self, user: Any, rights: list[str], subjects: tuple[str, ...] = ()) -> None:
        with signed_in(user):
            self.token, self.text = tokens.issue(user, "对接系统", rights, subjects=subjects)
        self.client = Client()

    def get(self, path: str, **query: Any) -> Any:
        """GET below ``/api/v1``."""
        return self.client.get(f"/api/v1{path}", query, headers={"authorization": f"Bearer {self.text}"})

    def send(self, method: str, path: str, body: Any, key: str = "") -> Any:
        """Send JSON, or bytes as they are."""
        headers = {"authorization": f"Bearer {self.text}"} | ({"idempotency-key": key} if key else {})
        data = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.generic(
            method, f"/api/v1{path}", data, content_type="application/json", headers=headers
        )

    def post(self, path: str, body: Any, key: str = "") -> Any:
        """POST JSON."""
        return self.send("POST", path, body, key)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem an answer tells; it must be one, of that status."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["status"] == status and body["title"]
    return body

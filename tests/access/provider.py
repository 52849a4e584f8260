"""A small OpenID provider on a real local address: discovery, codes with PKCE, RS256, user data."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "shouwang", "a-secret-of-the-provider"
Claims = dict[str, Any]


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Who is signed in there is ``user``; ``bend`` may change the claims, ``sign`` how they are signed."""

    def __init__(self) -> None:
        self.key, self.user, self.sub = _key(), "wang", "7f3a"
        self.bend: Callable[[Claims], None] = lambda claims: None
        self.sign: Callable[[Claims], str] = self.signed
        self.told: Claims = {}
        self.codes: dict[str, Claims] = {}
        self.asked: list[str] = []
        self.address = ""

    def signed(self, claims: Claims, key: Any = None) -> str:
        """The token as the provider signs it, or with another key under the same name."""
        return jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "one"})

    @staticmethod
    def other_key() -> Any:
        """A key that the provider does not publish."""
        return _key()

    def discovery(self) -> Claims:
        """Where everything is."""
        names = {
            "authorization_endpoint": "authorize", "token_endpoint": "token",
            "userinfo_endpoint": "userinfo", "jwks_uri": "keys",
        }  # fmt: skip
        found: Claims = {name: f"{self.address}/{path}" for name, path in names.items()}
        return {
            **found,
            "issuer": self.address,
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> Claims:
        """The public key."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The address to which the browser is sent back; the user agreed."""
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"].split()
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, Claims]:
        """The tokens for a code, once, for who holds its verifier and the client's secret."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or form.get("client_secret") != SECRET or proof != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": self.sub, "iat": now, "exp": now + 300,
            "nonce": asked.get("nonce", ""), "preferred_username": self.user,
        }  # fmt: skip
        self.bend(claims)
        body = {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": self.sign(claims)}
        return 200, {k: v for k, v in body.items() if v}

    def userinfo(self) -> Claims:
        """What is known of the user."""
        return {"sub": self.sub, "preferred_username": self.user, "name": "王敏", **self.told}


@contextmanager
def serving() -> Iterator[Provider]:
    """A provider that answers on 127.0.0.1."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
                return
            known = {
                "/.well-known/openid-configuration": provider.discovery, "/keys": provider.keys,
                "/userinfo": provider.userinfo,
            }  # fmt: skip
            self.answer(200, known[parts.path]())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(*provider.token({k: v[0] for k, v in parse_qs(body).items()}))

        def answer(self, status: int, told: Claims) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

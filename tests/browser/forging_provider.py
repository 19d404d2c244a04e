"""A provider of sign-in that lies: it gives a true identity token or a forged one, whichever link is pressed.

Run as a program (`python forging_provider.py PORT`), because Authlib's tools for keys warn that they will move.
"""

import base64
import hashlib
import hmac
import html
import json
import secrets
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.jose import JsonWebKey, JsonWebSignature

HOUR = 3600
KEY = JsonWebKey.generate_key("RSA", 2048, {"kid": "key-1", "use": "sig"}, is_private=True)
# The same name, so that nothing but the signature tells.
OTHER_KEY = JsonWebKey.generate_key("RSA", 2048, {"kid": "key-1", "use": "sig"}, is_private=True)
Claims = dict[str, Any]


def part(value: object) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def signed(claims: Claims, key: Any = KEY) -> str:
    header = {"alg": "RS256", "kid": "key-1"}
    return JsonWebSignature().serialize_compact(header, json.dumps(claims).encode(), key).decode()


def unsigned(claims: Claims, alg: str) -> str:
    return f"{part({'alg': alg, 'kid': 'key-1'})}.{part(claims)}."


def signed_with_the_public_key(claims: Claims) -> str:
    """Everybody knows the public key: whoever takes it for a shared secret believes everybody."""
    said = f"{part({'alg': 'HS256', 'kid': 'key-1'})}.{part(claims)}"
    return f"{said}.{part(hmac.digest(KEY.as_pem(is_private=False), said.encode(), hashlib.sha256))}"


def altered(claims: Claims) -> str:
    """Say after signing that somebody is somebody else."""
    head, _, signature = signed(claims | {"sub": "nagon-annan"}).split(".")
    return f"{head}.{part(claims)}.{signature}"


TOKENS: dict[str, Callable[[Claims], str]] = {
    "true": signed,
    "other-audience": lambda claims: signed(claims | {"aud": "another"}),
    "other-audience-for-us": lambda claims: signed(claims | {"aud": "another", "azp": claims["aud"]}),
    "two-audiences-for-another": lambda claims: signed(claims | {"aud": [claims["aud"], "another"], "azp": "another"}),
    "other-issuer": lambda claims: signed(claims | {"iss": "https://login.example.org"}),
    "expired": lambda claims: signed(claims | {"iat": claims["iat"] - 2 * HOUR, "exp": claims["iat"] - HOUR}),
    "from-the-future": lambda claims: signed(claims | {"iat": claims["iat"] + HOUR // 2}),
    "other-nonce": lambda claims: signed(claims | {"nonce": secrets.token_hex(10)}),
    "no-nonce": lambda claims: signed({name: value for name, value in claims.items() if name != "nonce"}),
    "no-time": lambda claims: signed({name: value for name, value in claims.items() if name not in ("iat", "exp")}),
    "other-key": lambda claims: signed(claims, OTHER_KEY),
    "public-key": signed_with_the_public_key,
    "algorithm-none": lambda claims: unsigned(claims, "none"),
    "no-signature": lambda claims: unsigned(claims, "RS256"),
    "altered": altered,
    # Nothing is forged here; the token is older than a role lasts.
    "old": lambda claims: signed(claims | {"iat": claims["iat"] - 11 * HOUR}),
}
#: Code → what the browser asked for, and which token it is to get.
ASKED: dict[str, tuple[str, dict[str, str]]] = {}


class Provider(BaseHTTPRequestHandler):
    """Answers as OpenID Connect has it."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.answer(self.description())
        elif parts.path == "/jwks":
            self.answer({"keys": [KEY.as_dict(is_private=False)]})
        elif parts.path == "/authorize":
            links = "".join(self.link(name, query) for name in TOKENS)
            self.answer(f"<!doctype html><title>Provider</title><ul>{links}</ul>")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        name, query = ASKED.pop(form["code"])
        # Whoever caught the code on its way does not know what it was asked for with.
        assert part(hashlib.sha256(form["code_verifier"].encode()).digest()) == query["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.address(),
            "aud": query["client_id"],
            "sub": "redaktor-1",
            "iat": now,
            "exp": now + HOUR,
            "nonce": query["nonce"],
        }
        self.answer({"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": TOKENS[name](claims)})

    def link(self, name: str, query: dict[str, str]) -> str:
        code = secrets.token_hex(8)
        ASKED[code] = (name, query)
        target = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return f'<li><a id="{name}" href="{html.escape(target)}">{name}</a></li>'

    def address(self) -> str:
        return f"http://{self.headers['Host']}"

    def description(self) -> Claims:
        return {
            "issuer": self.address(),
            "authorization_endpoint": f"{self.address()}/authorize",
            "token_endpoint": f"{self.address()}/token",
            "jwks_uri": f"{self.address()}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            # As careless as a description can be.
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def answer(self, content: object) -> None:
        page = isinstance(content, str)
        body = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if page else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()

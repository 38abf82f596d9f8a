"""A forged OpenID provider: a real server on loopback that answers as wrongly as it is told."""

import base64
import hashlib
import itertools
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import RSAKey

from portal.clock import now
from portal.oidc.proof import Signatures
from tests.pages import Answer, Visitor

CLIENT = "good-offices"
# A key takes longer to make than a test to run, and no test changes one: providers take turns with
# these, so that two who live at the same time have two. A test that needs its own makes it.
KEYS: list[Any] = []
TURNS = itertools.cycle(range(4))
Wrong = Callable[["Forged", dict[str, Any]], str]


def key_in_turn() -> Any:
    """An RSA key: another one than the three providers before had."""
    turn = next(TURNS)
    if turn == len(KEYS):
        KEYS.append(RSAKey.generate_key(2048, {"kid": "one"}))
    return KEYS[turn]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Forged:
    """The provider: its key, the codes it gave, and how it makes the next id_token."""

    key: Any = field(default_factory=key_in_turn)
    kid: str = "one"
    alg: str = "RS256"
    slash: str = ""
    knows_us: bool = True
    more_keys: list[Any] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    port: int = 0
    make: Wrong | None = None
    announces_iss: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    down: bool = False

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}{self.slash}"

    def claims(self, **more: Any) -> dict[str, Any]:
        """What a good id_token says."""
        at = int(now().timestamp())
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "liaison@telco.example",
            "iat": at,
            "exp": at + 300,
            "auth_time": at,
            "sid": "session-1",
        }
        return {name: value for name, value in (said | more).items() if value is not None}

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """A token, signed as it should be."""
        head = {"alg": self.alg, "kid": self.kid} | header
        return jwt.encode(head, claims, self.key, registry=Signatures())

    def raw(self, header: dict[str, Any], claims: bytes) -> str:
        """A token with any head and any bytes, rightly signed (RFC 7515, RS256)."""
        head = json.dumps({"alg": "RS256", "kid": "one"} | header).encode()
        text = f"{b64(head)}.{b64(claims)}"
        signature = self.key.private_key.sign(text.encode(), PKCS1v15(), SHA256())
        return f"{text}.{b64(signature)}"

    def token_for(self, asked: dict[str, str], verifier: str) -> dict[str, Any]:
        """What the token endpoint answers; a wrong verifier or a used code gets nothing."""
        given = self.codes.pop(asked.get("code", ""), None)
        if given is None or b64(hashlib.sha256(verifier.encode()).digest()) != given["challenge"]:
            return {"error": "invalid_grant"}
        claims = self.claims(nonce=given["nonce"])
        token = self.make(self, claims) if self.make else self.sign(claims)
        answer = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 60}
        return answer | ({"id_token": token} if token else {})

    def metadata(self) -> dict[str, Any]:
        """Its discovery document."""
        here = self.issuer.removesuffix("/")
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks",
            "end_session_endpoint": f"{here}/end",
            "userinfo_endpoint": f"{here}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": self.announces_iss,
        } | self.elsewhere

    def authorise(self, begun: Answer) -> dict[str, str]:
        """What its page would send back for a begun sign-in: code and state."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(begun.to).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{asked['state']}"
        self.codes[code] = {"challenge": asked["code_challenge"], "nonce": asked["nonce"]}
        return {"code": code, "state": asked["state"]}


@contextmanager
def serving(**how: Any) -> Iterator[Forged]:
    """A forged provider, listening."""
    forged = Forged(**how)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": forged.metadata,
                "/jwks": lambda: {"keys": [*forged.more_keys, forged.key.as_dict(private=False)]},
            }
            path = self.path.partition("?")[0]
            forged.asked[path] += 1
            if path == "/authorize" and forged.knows_us:
                back = parse_qs(urlsplit(self.path).query)["redirect_uri"][0]
                self.send_response(302)
                self.send_header("Location", f"{back}?error=login_required&state=check")
                self.end_headers()
                return
            self._answer(pages[path]() if path in pages else {"error": "not here"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = {k: v[0] for k, v in parse_qs(body).items()}
            if forged.down:
                self._answer({"error": "away"})
                return
            self._answer(forged.token_for(asked, asked.get("code_verifier", "")))

        def _answer(self, said: dict[str, Any]) -> None:
            self.send_response(503 if forged.down else 400 if "error" in said else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    forged.port = server.server_address[1]
    # How long it may take to notice that the test is over: seconds by default, each time.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield forged
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def begin(visitor: Visitor, name: str = "one", goal: str = "/") -> Answer:
    """Begin a sign-in, up to the redirect to the provider."""
    return visitor.post(f"/auth/{name}/begin", {"next": goal})


def finish(visitor: Visitor, values: dict[str, str], name: str = "one") -> Answer:
    """Come back from the provider with these values."""
    return visitor._answer(visitor.client.get(f"/auth/{name}/callback", query_string=values))


def sign_in(visitor: Visitor, forged: Forged, goal: str = "/", **more: str) -> Answer:
    """The whole way: begin, authorise, come back."""
    return finish(visitor, {**forged.authorise(begin(visitor, goal=goal)), **more})


def is_in(visitor: Visitor) -> bool:
    """Whether the visitor is let in now."""
    return visitor.client.get("/account/").status_code == 200

"""A provider whose pages are on another origin than its issuer (seen in a browser as well)."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.auth.forged import Forged, begin, finish, is_in
from tests.pages import Visitor

Stranger = Callable[[], Visitor]


def test_a_page_leads_to_a_provider_on_another_origin(stranger: Stranger, forged: Forged) -> None:
    visitor = stranger()
    forged.elsewhere = {
        "authorization_endpoint": "https://login.example/authorize?tenant=1",
        "end_session_endpoint": "https://login.example/end",
    }
    answer = begin(visitor)
    to = answer.headers["Refresh"].removeprefix("0; url=")
    assert to.startswith("https://login.example/authorize?tenant=1&response_type=code&")
    assert answer.status == 200
    assert f'href="{to.replace("&", "&amp;")}"' in answer.text
    assert "login.example" not in answer.headers["Content-Security-Policy"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(to).query).items()}
    forged.codes["c"] = {"challenge": asked["code_challenge"], "nonce": asked["nonce"]}
    assert finish(visitor, {"code": "c", "state": asked["state"]}).status == 302
    out = visitor.post("/auth/sign-out")
    assert out.headers["Refresh"].startswith("0; url=https://login.example/end?id_token_hint=")
    assert "Telco liaison" not in out.words, "it is over here"
    assert not is_in(visitor)

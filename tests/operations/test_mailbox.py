"""The mailbox of the demo world: what an e-mail holds is shown, and runs and loads nothing."""

from collections.abc import Iterator
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPResponse
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from portal.calendars import put_text
from tests.soup import parsed
from tools.mailbox import Page

LINK = "https://portal.example/notices/N-26-7K3Q9M"
HTML = f'<p>Marking: TLP:RED</p><script>1</script><p><a href="{LINK}">Read the notice</a></p>'


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a mailbox that has one e-mail."""
    email = EmailMessage()
    email["Subject"], email["To"] = "[TLP:RED] N-26-7K3Q9M: new notice", "liaison@telco.example"
    email["Message-ID"] = "<7@portal.example>"
    put_text(email, f"Marking: TLP:RED\n\nRead the notice: {LINK}\n", HTML)
    (tmp_path / "000000.eml").write_bytes(email.as_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    monkeypatch.setattr(Page, "folder", tmp_path, raising=False)
    monkeypatch.setattr(
        Page, "hosts", frozenset({f"127.0.0.1:{server.server_port}"}), raising=False
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port: int, path: str, **headers: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def test_an_e_mail_is_shown_as_text_and_in_a_frame_that_may_nothing(port: int) -> None:
    answer, text = ask(port, "/000000")
    page = parsed(text)
    (frame,) = page.select("iframe")
    assert frame["src"] == "/000000/html"
    assert frame["sandbox"] == ["allow-popups", "allow-popups-to-escape-sandbox"]
    assert [link["href"] for link in page.select("pre a")] == [LINK]
    assert not page.select("script")
    policy = str(answer.headers["Content-Security-Policy"])
    assert "default-src 'none'" in policy
    assert "frame-src 'self'" in policy


def test_its_html_runs_and_loads_nothing_whatever_frames_it(port: int) -> None:
    answer, text = ask(port, "/000000/html")
    policy = [part.strip() for part in str(answer.headers["Content-Security-Policy"]).split(";")]
    assert policy == [
        "sandbox allow-popups allow-popups-to-escape-sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
    ]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [link["target"] for link in parsed(text).select("a")] == ["_blank"]


def test_other_paths_and_other_hosts_find_nothing(port: int) -> None:
    for path in ("/000001", "/000000/raw", "/../000000", "/000001/html"):
        assert ask(port, path)[0].status == 404
    assert ask(port, "/000000", Host="evil.example")[0].status == 403

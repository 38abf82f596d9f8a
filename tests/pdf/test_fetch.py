"""Making paper asks nobody for anything, whatever the page says.

Each way is first tried with WeasyPrint as it comes, so that a way that stopped working is noticed.
Each is laid out here by what the process that prints does; all of them together, and a file of the
machine, go through that process.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML

from portal.pdf import as_pdf

pytestmark = pytest.mark.laid_out
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">{}</svg>'
WAYS = {
    "picture": '<img src="{url}">',
    "picture by a base": '<base href="{url}/"><img src="a.png">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import "{url}";</style>',
    "background": '<p style="background: url({url})">x</p>',
    "list": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>x",
    "font": "<style>@font-face {{ font-family: f; src: url({url}) }}</style>",
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "attachment": '<link rel="attachment" href="{url}">',
    "attached link": '<a rel="attachment" href="{url}">x</a>',
    "picture in a picture": SVG.format('<image href="{url}" width="9" height="9"/>'),
}
# Ways that WeasyPrint does not go by itself; a newer one might.
SHUT = {
    "part of a picture": SVG.format('<use href="{url}#x"/>'),
    "style in a picture": SVG.format('<style>@import "{url}";</style>'),
    "frame": '<iframe src="{url}"></iframe>',
    "script": '<script src="{url}"></script>',
    "refresh": '<meta http-equiv="refresh" content="0; url={url}">',
}


@pytest.fixture
def hits(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """The address of a server that notes what it is asked for, and its notes."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_said: object) -> None:
            pass

    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/canary", asked
        server.shutdown()


def whole(way: str, url: str) -> str:
    return f'<!doctype html><html lang="en"><title>x</title>{way.format(url=url)}</html>'


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_is_fetched_from_the_network(way: str, hits: tuple[str, list[str]]) -> None:
    url, asked = hits
    html = whole(way, url)
    HTML(string=html).write_pdf()
    assert asked
    asked.clear()
    assert as_pdf(html, title="x", language="en").startswith(b"%PDF")
    assert not asked


@pytest.mark.parametrize("way", SHUT.values(), ids=SHUT)
def test_ways_that_are_shut_stay_shut(way: str, hits: tuple[str, list[str]]) -> None:
    url, asked = hits
    assert as_pdf(whole(way, url), title="x", language="en").startswith(b"%PDF")
    assert not asked


@pytest.mark.prints
def test_the_process_that_prints_goes_none_of_these_ways(
    hits: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, asked = hits
    kept = tmp_path / "kept.css"
    kept.write_text('html::after { content: "canary" }')
    way = "".join([WAYS["style sheet"].format(url=kept.as_uri()), *WAYS.values(), *SHUT.values()])
    html = whole(way, url)
    assert "canary" in all_of(HTML(string=html).write_pdf())
    assert len(asked) > 5
    asked.clear()
    assert "canary" not in all_of(as_pdf(html, title="x", language="en"))
    assert not asked


def all_of(pdf: bytes) -> str:
    """All words of a PDF, and those of what is attached to it."""
    read = PdfReader(BytesIO(pdf))
    attached = [content.decode() for kept in read.attachments.values() for content in kept]
    return " ".join([*attached, *(page.extract_text() for page in read.pages)])


@pytest.mark.parametrize("way", ["style sheet", "import", "attachment"])
def test_no_file_of_the_machine_is_read(way: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.css"
    kept.write_text('html::after { content: "canary" }')
    html = whole(WAYS[way], kept.as_uri())
    assert "canary" in all_of(HTML(string=html).write_pdf())
    assert "canary" not in all_of(as_pdf(html, title="x", language="en"))


def test_no_picture_of_the_machine_and_none_written_into_an_address_is_shown(
    tmp_path: Path,
) -> None:
    dot = "R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
    drawn = tmp_path / "a.svg"
    drawn.write_text(SVG.format("<text y='9'>canary</text>"))
    for url in (f"data:image/gif;base64,{dot}", drawn.as_uri()):
        html = whole(WAYS["picture"], url)
        shown, ours = HTML(string=html).write_pdf(), as_pdf(html, title="x", language="en")
        assert list(PdfReader(BytesIO(shown)).pages[0].images) or "canary" in all_of(shown)
        assert not list(PdfReader(BytesIO(ours)).pages[0].images)
        assert "canary" not in all_of(ours)

"""Attack cases C: whatever is typed stays text, in every view and every e-mail."""

import time
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from models.vocabulary import Tlp
from portal import notices
from portal.db import writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.texts import as_html
from tests.cast import NOW, World
from tests.factories import drafted, published
from tests.jobs.test_delivery import Memory
from tests.mail import html_of
from tests.pages import Visitor

pytestmark = pytest.mark.slow

Visit = Callable[[str], Visitor]

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=x>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>",
    "<object data=//evil.example>",
    "<embed src=//evil.example>",
    "<math><mtext></form><form><mglyph>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<template><script>alert(1)</script></template>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "![x](http://evil.example/pixel)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "{{1337*7331}}",
    "{% raw %}",
    "%(name)s",
    "<img/src/onerror=alert(1)>",
    "<svg/onload=alert(1)//",
    "\u2028<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<<script>script>alert(1)<</script>/script>",
    '[a](//evil.example "onmouseover=alert(1)")',
    "`<script>`",
]


def is_harmless(html: str) -> None:
    """No script, no foreign element, no event, no link that runs."""
    page = BeautifulSoup(html, "html5lib")
    for picture in page.select("figure.go-figure > svg"):
        assert {tag.name for tag in picture.find_all(True)} == {"rect"}, picture
    for own in page.select(
        "script[src^='/static/vendor/htmx-'][defer]:empty, "
        "script[src^='/static/autosave.js?v='][defer]:empty, "
        "script[src^='/static/pick.js?v='][defer]:empty, "
        "script[src^='/static/week.js?v='][defer]:empty, "
        "script[src^='/static/palette.js?v='][defer]:empty, figure.go-figure > svg, "
        "a.go-brand > img[src^='/static/icon.svg?v=']"
    ):
        own.decompose()
    for tag in page.find_all(True):
        assert tag.name not in {
            "script", "iframe", "object", "embed", "svg", "math", "img", "base", "style", "video",
            "marquee", "template",
        }, tag  # fmt: skip
        for name, value in tag.attrs.items():
            assert not name.startswith("on"), tag
            if name in ("href", "src", "action", "formaction"):
                link = "".join(str(value).split()).lower()
                assert not link.startswith(("javascript:", "data:", "vbscript:")), tag
        if tag.name == "form":
            assert str(tag.get("action", "/")).startswith("/"), tag
        if tag.name == "meta":
            assert tag.get("http-equiv") is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_c1_c2_markdown_gives_nothing_that_runs(payload: str) -> None:
    for text in (payload, f"# {payload}", f"* {payload}", f"| {payload} |\n|-|\n| {payload} |"):
        is_harmless(as_html(text))


def test_c1_no_view_and_no_email_runs_what_was_typed(world: World, visit: Visit) -> None:
    refs = []
    with writing(world.sessions) as session:
        liaison = world.actors["liaison@telco"]
        for payload in PAYLOADS:
            said = payload.replace("\x00", "")
            notice = published(
                session, world, "peace", tlp=Tlp.GREEN, title=said, summary=said, body=said
            )
            refs.append(notice.ref)
            mediator = world.actors["mediator@peace"]
            notices.comment(session, mediator, notice.ref, text=said, to_author=False, now=NOW)
        notices.close(session, liaison, refs[0], why=PAYLOADS[0], now=NOW)
        draft = drafted(session, world, "peace", title=PAYLOADS[2], body=PAYLOADS[22]).ref
    mediator = visit("mediator@peace")
    views = ["/", "/notices/", "/search?q=script", f"/search?q={PAYLOADS[0]}"]
    for address in (*views, *(f"/notices/{ref}" for ref in refs)):
        answer = mediator.client.get(address)
        assert answer.status_code == 200
        text = answer.get_data(as_text=True)
        is_harmless(text)
        assert "9801547" not in text
    author = visit("liaison@telco")
    for path in (f"/notices/{draft}", f"/notices/{draft}/edit", f"/notices/{refs[0]}/read-ledger"):
        is_harmless(author.client.get(path).get_data(as_text=True))
    post = Memory()
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), NOW)
    assert len(post.emails) > 50
    for email in post.emails:
        assert [part.get_content_type() for part in email.walk()] == [
            "multipart/alternative", "text/plain", "text/html",
        ]  # fmt: skip
        is_harmless(html_of(email))
        assert "\n" not in str(email["Subject"])


@pytest.mark.parametrize(
    "text",
    ["*" * 100_000, "[" * 100_000, "> " * 50_000, "`" * 65_536, "_a" * 50_000, "- " * 50_000,
     "![" * 30_000, "[a](" * 20_000, "<a " * 30_000, "a|" * 30_000 + "\n" + "-|" * 30_000],
)  # fmt: skip
def test_c2_endless_nesting_is_read_quickly(text: str) -> None:
    began = time.process_time()
    as_html(text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "asked",
    [
        "after=x",
        "after=_",
        "after=2026-01-01_1",
        "after=9999-12-31T23:59:59%2B00:00_1",
        "after=0001-01-01T00:00:00%2B14:00_1",
        "after=2026-01-01T00:00:00%2B00:00_99999999999999999999",
        "tlp=%00",
        "tlp=PURPLE",
        "kind='%20OR%201=1",
        "state=draft",
        "state=%F0%9F%A6%8A",
        "tlp=RED&tlp=CLEAR",
        "after=2026-01-01T00:00:00%2B00:00_-1",
        "after=%D9%A3_%D9%A3",
    ],
)
def test_c3_a_garbled_list_address_never_breaks(visit: Visit, asked: str) -> None:
    assert visit("mediator@peace").get(f"/notices/?{asked}").status in (200, 400)


@pytest.mark.parametrize(
    "name", ["A\r\nBcc: evil@x.example", "B\nSubject: x", "C\u2028D", "=?utf-8?q?x?=", "E\x00F"]
)
def test_c5_names_and_titles_write_no_headers(world: World, name: str) -> None:
    with writing(world.sessions) as session:
        published(session, world, "mediator@peace", tlp=Tlp.GREEN, title=name.replace("\x00", ""))
    post = Memory()
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), NOW)
    for email in post.emails:
        assert email.get_all("Bcc") is None
        assert len(email.get_all("To", [])) == 1
        assert len(email.get_all("Subject", [])) == 1
        assert str(email["To"]).count("@") == 1

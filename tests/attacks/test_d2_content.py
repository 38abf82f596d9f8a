"""Case D2: what is taken is decided by content, and handed out only to be saved."""

import contextlib
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import writing
from portal.errors import Invalid
from portal.media import ENDINGS, media_type
from portal.store import Store
from tests.attacks.files import CANARY, Visit
from tests.cast import World
from tests.factories import attached, published
from tests.notices.sample_files import (
    GIF,
    JPEG,
    KINDS,
    PDF,
    PNG,
    WEBP,
    archive,
    office,
)

HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
REFUSED = {
    "page.html": HTML,
    "page.txt": HTML,
    "spaces.txt": b"\n\n  \t" + HTML,
    "mark.txt": b"\xef\xbb\xbf" + HTML,
    "page.pdf": HTML,
    "page.png": HTML,
    "picture.svg": SVG,
    "svg.txt": SVG,
    "feed.xml": b'<?xml version="1.0"?><a/>',
    "xml.json": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>',
    "comment.csv": b"<!-- <html> -->",
    "utf16.txt": "<html>".encode("utf-16"),
    "run.exe": b"MZ\x90\0" + bytes(64),
    "run.pdf": b"MZ\x90\0" + bytes(64),
    "run.txt": b"MZ\x90\0" + bytes(64),
    "elf.txt": b"\x7fELF\2\1\1" + bytes(64),
    "script.txt": b"#!/bin/sh\nrm -rf ~\n",
    "script.sh": b"echo hello\n",
    "page.js": b"alert(1)",
    "nul.csv": b"a,b\0c",
    "latin.txt": "é".encode("latin-1"),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bundle.tar": b"ustar" * 200,
    "tool.jar": archive("META-INF/MANIFEST.MF", "A.class"),
    "jar.zip": archive("meta-inf/manifest.mf", "A.class"),
    "app.zip": archive("AndroidManifest.xml", "classes.dex"),
    "macros.docx": office("word", "word/vbaProject.bin"),
    "two.docx": office("word", "xl/workbook.xml"),
    "none.docx": archive("[Content_Types].xml"),
    "broken.zip": b"PK\3\4" + bytes(60),
    "self-extracting.zip": b"MZ\x90\0" + archive("a.log"),
    "no-ending": b"just text",
    "odd.bin": b"just text",
    "early.pcapng": b"\n\r\r\n" + bytes(20),
}
DISAGREEING = {
    "report.png": PDF,
    "report.txt": PDF,
    "report.pdf.html": PDF,
    "photo.gif": JPEG,
    "plan.zip": office("word"),
    "plan.xlsx": office("word"),
    "logs.docx": archive("a.log"),
    "screen.png.exe": PNG,
    "lan.txt": KINDS["lan.pcap"][0],
    "lan.pcap": KINDS["lan.pcapng"][0],
}
POLYGLOTS = {
    "pdf-and-zip.pdf": PDF + archive("a.log"),
    "pdf-and-page.pdf": PDF + HTML,
    "gif-and-jar.gif": GIF + archive("META-INF/MANIFEST.MF"),
    "gif-and-script.gif": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
    "png-and-page.png": PNG + HTML,
    "png-and-zip.png": PNG + archive("a.log"),
    "jpeg-and-zip.jpg": JPEG + archive("a.log"),
    "jpeg-and-page.jpg": JPEG + HTML,
    "webp-and-page.webp": WEBP + HTML,
    "zip-that-ends-as-png.png": PNG[:-12] + archive("a.log") + PNG[-12:],
    "cut.png": PNG[:-5],
    "cut.pdf": PDF[:30],
    "cut.jpg": JPEG[:-2],
}


@pytest.mark.parametrize("name", REFUSED)
def test_d2_active_and_unknown_content_is_refused_and_the_message_lists_what_is_taken(
    name: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, REFUSED[name])
    assert refused.value.problems["file"].startswith(
        "This type of file is not accepted. Accepted are"
    )


@pytest.mark.parametrize("name", DISAGREEING)
def test_d2_the_ending_must_agree_with_the_content(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, DISAGREEING[name])
    assert "extension" in refused.value.problems["file"]


@pytest.mark.parametrize("name", POLYGLOTS)
def test_d2_nothing_rides_behind_the_end_of_a_file(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        media_type(name, POLYGLOTS[name])
    assert "incomplete" in refused.value.problems["file"]


ENDS = sorted(ending for endings in ENDINGS.values() for ending in endings)
STARTS = [b"", b"PK\3\4", b"%PDF-", b"GIF89a", b"RIFF", b"\xff\xd8\xff", b"\n\r\r\n"]


@given(
    st.sampled_from(ENDS),
    st.sampled_from([*STARTS, *(content for content, _ in KINDS.values())]),
    st.binary(max_size=400),
)
def test_d2_whatever_comes_is_taken_as_its_kind_or_refused(
    ending: str, start: bytes, rest: bytes
) -> None:
    with contextlib.suppress(Invalid):
        assert ending in ENDINGS[media_type(f"a.{ending}", start + rest)]


@given(st.binary(max_size=60), st.integers(0, 300))
def test_d2_an_archive_with_a_wound_is_taken_or_refused_but_breaks_nothing(
    wound: bytes, at: int
) -> None:
    whole = office("word")
    with contextlib.suppress(Invalid):
        media_type("a.docx", whole[:at] + wound + whole[at + len(wound) :])
        media_type("a.docx", whole[: -at - 1] + wound)


def test_d2_a_file_is_only_ever_saved_never_shown(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        file = attached(
            session, world, store, ref, name='Gr\u00fc\u00dfe "x"; \u043d.json', data=CANARY
        )
    address = f"/notices/{ref}/files/{file.ref}"
    answer = visit("mediator@peace").get(address)
    assert answer.body == CANARY
    expected = {
        "Content-Type": "application/json",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Accept-Ranges": "none",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; ")
    assert said.isascii()
    encoded_name = said.partition("filename*=UTF-8''")[2]
    assert unquote(encoded_name) == file.name, "RFC 6266: the whole name, encoded"
    assert "ETag" not in answer.headers
    assert "Last-Modified" not in answer.headers


def test_d2_no_name_breaks_out_of_its_header(world: World, store: Store, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        names = [
            "a\r\nSet-Cookie: x=1.txt",
            'a"; filename="b.exe.txt',
            "a;b=c%0d%0a.txt",
            "<b>.txt",
        ]
        files = [attached(session, world, store, ref, name=name).ref for name in names]
    reader = visit("mediator@peace")
    for file in files:
        answer = reader.get(f"/notices/{ref}/files/{file}")
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers or "x=1" not in answer.headers["Set-Cookie"]
        said = answer.headers["Content-Disposition"]
        assert said.startswith("attachment; ")
        assert not re.search(r'(?<!\\)"; filename="b', said)
    assert not reader.get(f"/notices/{ref}").page.select(".go-rows b")

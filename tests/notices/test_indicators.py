"""Indicators typed or pasted, and files, in the form of a notice: all of it or nothing."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.notices import Attachment, Indicator, Notice
from portal.db import reading, writing
from portal.notices import read_rows
from tests.cast import World
from tests.factories import published
from tests.notices.test_post_notice import fill
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize(
    ("row", "sort", "value"),
    [
        ("hxxp://evil[.]example/path?x=1", "url", "http://evil.example/path?x=1"),
        ("hxxps[:]//a.b[.]example/", "url", "https://a.b.example/"),
        ("hxxps[://]a[.]b[.]example/", "url", "https://a.b.example/"),
        ("1.2.3[.]4", "ip-dst", "1.2.3.4"),
        ("10.0.0.0/8", "ip-dst", "10.0.0.0/8"),
        ("192.0.2.7:443", "ip-dst|port", "192.0.2.7|443"),
        ("2001:db8::1", "ip-dst", "2001:db8::1"),
        ("evil[dot]example", "domain", "evil.example"),
        ("WWW.Evil(.)example", "hostname", "www.evil.example"),
        ("user[at]evil[.]example", "email", "user@evil.example"),
        ("evil.exe", "filename", "evil.exe"),
        ("D" * 32, "md5", "d" * 32),
        ("a" * 40, "sha1", "a" * 40),
        ("a" * 64, "sha256", "a" * 64),
        ("cve-2017-0144", "vulnerability", "CVE-2017-0144"),
        ("as64500", "AS", "AS64500"),
        (r"HKLM\Software\Evil Key\Run", "regkey", r"HKLM\Software\Evil Key\Run"),
    ],
)
def test_the_type_of_a_row_is_recognised(row: str, sort: str, value: str) -> None:
    signs, wrong = read_rows(row)
    assert [(sign.type, sign.value) for sign in signs] == [(sort, value)]
    assert wrong == []


@pytest.mark.parametrize("row", ["what is this", "999.1.2.3", "a" * 33, "http://", "1.2.3.4:99999"])
def test_what_is_not_recognised_is_not_guessed(row: str) -> None:
    signs, wrong = read_rows(row)
    assert (signs, [one.number for one in wrong]) == ([], [1])


def test_a_comment_stands_behind_its_value_and_doubles_are_one() -> None:
    signs, wrong = read_rows("1.2.3.4, C2 server\n\n1[.]2.3.4\n192.0.2.9\tseen once\n")
    assert [(sign.value, sign.comment) for sign in signs] == [
        ("1.2.3.4", "C2 server"),
        ("192.0.2.9", "seen once"),
    ]
    assert wrong == []


@given(st.text(max_size=300))
def test_any_text_is_rows_or_wrong_rows(text: str) -> None:
    signs, wrong = read_rows(text)
    assert len(signs) + len(wrong) <= len(text.splitlines())


def rows_of(world: World) -> list[tuple[str, str, bool]]:
    with reading(world.sessions) as session:
        found = session.scalars(select(Indicator).order_by(Indicator.id))
        return [(row.type, row.value, row.detection) for row in found]


def test_typed_rows_and_files_come_with_the_draft(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = fill(
        liaison.get("/notices/new"),
        title="Wiper",
        indicators="hxxp://evil[.]example/\n192.0.2.7 C2",
        detection="y",
        files=[(BytesIO(b"plain words\n"), "note.txt"), (BytesIO(b"more words\n"), "more.txt")],
        keep="1",
    )
    answer = liaison.post("/notices/new", typed)
    shown = liaison.follow(answer).words
    assert "note.txt" in shown
    assert "more.txt" in shown
    assert rows_of(world) == [
        ("url", "http://evil.example/", True),
        ("ip-dst", "192.0.2.7", True),
    ]


def test_each_wrong_row_is_named_and_nothing_is_saved(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    rows = "1.2.3.4\nnot an indicator\nevil[.]example\n999.1.1.1"
    typed = fill(liaison.get("/notices/new"), title="Wiper", indicators=rows, keep="1")
    answer = liaison.post("/notices/new", typed)
    assert answer.status == 422
    assert "2: not an indicator" in answer.errors()["indicators"]
    assert "4: 999.1.1.1" in answer.errors()["indicators"]
    assert answer.form()["indicators"] == [rows]
    open_folds = answer.page.select("details[open] #indicators")
    assert len(open_folds) == 1, "the fold that holds an error is open"
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_a_file_that_is_not_taken_saves_nothing(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = fill(
        liaison.get("/notices/new"),
        title="Wiper",
        files=[(BytesIO(b"plain words\n"), "note.txt"), (BytesIO(b"MZ\x90\0" * 9), "tool.exe")],
        keep="1",
    )
    answer = liaison.post("/notices/new", typed)
    assert answer.status == 422
    assert "files" in answer.errors()
    with reading(world.sessions) as session:
        for model in (Notice, Attachment):
            assert session.scalar(select(func.count()).select_from(model)) == 0


def test_a_correction_adds_rows_and_keeps_those_there(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    for rows in ("192.0.2.7", "192.0.2.7\nevil[.]example"):
        page = liaison.get(f"/notices/{ref}/correct")
        typed = fill(page, why="More is known.", indicators=rows, keep="1")
        assert liaison.post(f"/notices/{ref}/correct", typed).status == 302
    assert [(sort, value) for sort, value, _detection in rows_of(world)] == [
        ("ip-dst", "192.0.2.7"),
        ("domain", "evil.example"),
    ]

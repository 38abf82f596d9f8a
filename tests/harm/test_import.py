"""Rows of harm from a table: faults beside their line, nothing half-written, unknown never 0."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import select

from blueprints.harm.taking import WORDS
from models.harm import Harm
from portal.db import reading, writing
from portal.errors import Invalid
from portal.harm import Amount, read_table, written
from portal.harm.importing import PARTS
from portal.spreadsheets import as_csv
from tests.cast import NOW, World
from tests.exchange.said import amounts
from tests.harm.builders import cited, published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
HEADS = {name: name for name in ("title", "category", *PARTS, "unit", "currency", "year", "tlp")}
KEYS = {field: {key: key for key in words} for field, words in WORDS.items()}
LATER = NOW + timedelta(days=1)


def table(*rows: Any, heads: str = "title,category,lower,best,upper,unit,tlp") -> bytes:
    return "\r\n".join([heads, *rows]).encode()


def upload(visitor: Visitor, data: bytes, whose: str = "own", **typed: str) -> Answer:
    page = visitor.get("/harm/import")
    sent = {**page.form(), "file": (io.BytesIO(data), "it.csv"), "whose": whose, **typed}
    return visitor.post("/harm/import", sent)


def drafts(world: World) -> list[Harm]:
    with reading(world.sessions) as session:
        question = select(Harm).where(Harm.state == "draft").order_by(Harm.id)
        return list(session.scalars(question))


@given(amounts())
def test_an_amount_goes_through_a_table_unchanged(amount: Amount) -> None:
    parts = [written(getattr(amount, name)) for name in PARTS]
    row = ["It", "economic", *parts, amount.unit, amount.currency, amount.year]
    heads = ["title", "category", *PARTS, "unit", "currency", "year"]
    (line,) = read_table(as_csv(heads, [row]), HEADS, KEYS, LATER, cited=False)
    assert line.problems == {}
    assert line.text.amount == amount


@pytest.mark.parametrize("head", ["PAP", "Sharing", "releasable to", "TLP 2.0"])
def test_a_column_that_restricts_and_is_none_of_ours_is_a_fault(head: str) -> None:
    heads = f"title,category,best,unit,tlp,{head},colour"
    data = table("It,economic,1,h,GREEN,x,red", "It,economic,1,h,GREEN,,red", heads=heads)
    limited, free = read_table(data, HEADS, KEYS, LATER, cited=False)
    assert (set(limited.problems), free.problems) == ({"tlp"}, {})


def test_each_fault_stands_beside_its_line_and_only_good_rows_become_drafts(
    world: World, visit: Visit
) -> None:
    data = table(
        "Good,economic,,not known,7,servers,TLP:GREEN",
        "Garbled,economic,many,,,servers,TLP:GREEN",
        "Falling,economic,9,,7,servers,TLP:GREEN",
        "Odd marking,economic,,1,,servers,TLP:BLUE",
        "Odd category,nonsense,,1,,servers,TLP:GREEN",
        ",economic,,1,,servers,TLP:GREEN",
        "Too short,economic",
        "Bare,economic,0,0,0,servers,",
    )
    liaison = visit("liaison@telco")
    shown = upload(liaison, data)
    rows = [" ".join(row.get_text(" ").split()) for row in shown.page.select("tbody tr")]
    assert ["Becomes a draft." in row for row in rows] == [True, *[False] * 6, True]
    assert "Enter a whole number" in rows[1]
    assert "must rise" in rows[2]
    assert "The marking cannot be read." in rows[3]
    assert "TLP:AMBER+STRICT" in rows[7]
    assert drafts(world) == []
    liaison.post("/harm/import", {**shown.form(), "whose": "own", "keep": "1"})
    good, bare = drafts(world)
    assert (good.lower, good.best, good.upper, good.tlp) == (None, None, 7, "GREEN")
    assert (bare.lower, bare.best, bare.upper, bare.tlp) == (0, 0, 0, "AMBER+STRICT")


def test_an_export_comes_back_and_the_same_again_is_skipped(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        kept = cited(
            session, world, "telco", sector="health", reached_as="update", flags=("medical",),
            intended="not-meant", intended_by="The newspaper", from_on="2017-06",
            source_url="https://source.example/page", country="UA", holds_others=True,
        )  # fmt: skip
        ref = kept.ref
    mediator = visit("mediator@peace")
    data = mediator.get(f"/harm/{ref}/export").body
    assert "already" in upload(mediator, data, whose="others").words
    again = data.replace(b"Servers wiped", b"Servers wiped anew")
    shown = upload(mediator, again, whose="others")
    mediator.post("/harm/import", {**shown.form(), "whose": "others", "keep": "1"})
    (row,) = drafts(world)
    assert row.cited
    same = ("category", "lower", "best", "upper", "unit", "who", "said_by", "source_title",
            "source_url", "sector", "reached_as", "flags", "intended", "intended_by", "from_on",
            "country", "holds_others", "tlp", "verified")  # fmt: skip
    assert [getattr(row, name) for name in same] == [getattr(kept, name) for name in same]


def test_harm_of_others_needs_its_source_and_who_may_cite(world: World, visit: Visit) -> None:
    data = table("Wiped,economic,,1,,servers,GREEN")
    shown = upload(visit("mediator@peace"), data, whose="others")
    assert "Name the source" in shown.words
    refused = upload(visit("liaison@telco"), data, whose="others")
    assert refused.status == 422
    assert drafts(world) == []
    assert visit("observer@un").get("/harm/import").status == 403


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"a,b\r\n1,2", b"title,title,category\r\nx,y,z",
        b"title,category\r\nA\0b,reach",
    ],
)  # fmt: skip
def test_what_is_no_table_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(data, HEADS, KEYS, LATER, cited=False)
    assert list(refused.value.problems) == ["file"]


def test_what_is_hidden_is_not_there_to_be_skipped(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Servers of Telco")
    data = table("Servers of Telco,physical-digital,40,,55,servers,GREEN")
    assert "Becomes a draft." in upload(visit("liaison@cloud"), data).words


@pytest.mark.parametrize(
    ("body", "tlp", "wrong"),
    [
        ("Strictly confidential", "GREEN", {"tlp"}),
        ("Not for distribution", "AMBER+STRICT", set()),
        ("Not for distribution", "", set()),
        ("Confidential data leaked.", "GREEN", set()),
    ],
)
def test_a_banner_in_a_text_is_at_least_strict(body: str, tlp: str, wrong: set[str]) -> None:
    heads = "title,category,best,unit,tlp,body"
    data = table(f"Wiped,economic,4,servers,{tlp},{body}", heads=heads)
    (line,) = read_table(data, HEADS | {"body": "body"}, KEYS, LATER, cited=False)
    assert set(line.problems) == wrong
    assert line.strict == (tlp == "")

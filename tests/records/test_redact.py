"""A redacted version holds no trace of what was taken out, wherever it is read."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from models.records import Record, RecordEdition, RecordState
from portal import records
from portal.access import may
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from portal.explain import explain
from portal.records import BAR, Marks
from portal.records.overlaying import marks_of
from portal.records.redacted import redacted_text
from portal.rules import READ, RECORDS
from tests.cast import NOW, World
from tests.commitments.exported import name_of, pdf_of
from tests.dialogues.builders import ORGANISER
from tests.pages import Answer, Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import kept
from tests.records.redacted_builders import (
    GONE,
    OTHER,
    STAYS,
    confirmed,
    full,
    redacted,
    to,
    version,
)

Visit = Callable[[str], Visitor]
BANK = "liaison@bank"


def text_of(world: World, record: Record) -> dict[str, Any]:
    with reading(world.sessions) as session:
        return dict(session.get_one(RecordEdition, (record.id, record.edition)).text)


def clean(said: str) -> None:
    """Nothing of what was taken out is in it, and what stays is."""
    folded = " ".join(said.split()).casefold()
    assert [word for word in GONE if word.casefold() in folded] == []
    assert [words for words in STAYS if words.casefold() not in folded] == []


def test_its_text_holds_no_trace_of_it_and_names_its_source(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        made = redacted(session, world, source)
    text = text_of(world, made)
    clean(json.dumps(text, ensure_ascii=False))
    assert text["source"] == {"ref": source.ref}
    assert set(text) == {"title", "tlp", "rule", "redacted", "source", "points", "decisions"}
    first, second = text["points"]
    assert first["notes"].count(BAR) == 3
    assert first["positions"][0] == {"delegation": BAR, "words": BAR}
    assert (second["title"], second["notes"], second["actions"]) == (BAR, "", [])
    (decision,) = text["decisions"]
    assert (decision["question"], decision["counts"], decision["answers"]) == (BAR, {}, [])
    assert "Coordinator" not in json.dumps(text), "nobody is named who wrote it"


def test_nothing_of_the_dialogue_but_its_rule(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world, title="Dialogue canary")
        made = redacted(session, world, source)
        question = version(marks=Marks(frozenset(), ("Telco",)))
        other = redacted(session, world, source, marks=question.marks)
    for one in (made, other):
        said = json.dumps(text_of(world, one))
        assert "D-26-" not in said
        assert "Dialogue canary" not in said
        assert "2026-11-23" not in said, "nor when the table was asked"


def test_many_taken_out_beside_one_another_are_one_bar() -> None:
    rows = [{"delegation": f"Side {n}", "words": f"Words {n}"} for n in range(5)]
    points = [
        {"number": n, "title": f"P{n}", "notes": "", "decisions": [], "actions": []}
        | {"positions": rows}
        for n in range(1, 5)
    ]
    source = {"rule": "limited", "points": points, "decisions": []}
    marks = Marks(frozenset({"1", "2", "0.positions.1", "0.positions.2", "0.positions.4"}))
    text = redacted_text(source, marks, title="T", tlp="RED", ref="R")
    assert [(one["number"], one["title"]) for one in text["points"]] == [
        (1, "P1"),
        (2, BAR),
        (3, "P4"),
    ]
    assert [one["words"] for one in text["points"][0]["positions"]] == [
        "Words 0",
        BAR,
        "Words 3",
        BAR,
    ]
    assert marks_of(source, text) == marks


def test_what_was_marked_is_read_off_the_source_and_makes_the_same_version(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        made = redacted(session, world, source)
        found = records.version_of(made, records.behind(session, made))
        assert found.marks.passages == version().marks.passages
        assert set(found.marks.words) == {"Zebra", "CANARY", "Telco", "Telcos"}
        records.edit(
            session,
            world.actors[ORGANISER],
            made.ref,
            version=found,
            to=to(world, "bank"),
            seen=made.version,
            now=NOW,
        )
    with reading(world.sessions) as session:
        first = redacted_text(
            records.behind(session, source).text,
            version().marks,
            title="What came of it",
            tlp="AMBER+STRICT",
            ref=source.ref,
        )
    assert text_of(world, made) == first


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "What Telcos want"}, "title"),
        ({"tlp": "PURPLE"}, "tlp"),
        ({"marks": Marks(words=("x" * 201,))}, "words"),
    ],
)
def test_what_it_cannot_be(world: World, said: dict[str, Any], field: str) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        redacted(session, world, source, **said)
    assert list(refused.value.problems) == [field]


def test_a_word_that_mark_up_still_shows_is_refused_with_its_point(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        edition = session.get_one(RecordEdition, (source.id, 1))
        points = [dict(point) for point in edition.text["points"]]
        points[0]["notes"] = "What Pen**guin** said."
        edition.text = {**edition.text, "points": points}
    marks = Marks(words=("Penguin",))
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        redacted(session, world, source, marks=marks)
    message = refused.value.problems["words"]
    assert getattr(message, "values", {}) == {"point": "1. Restraint"}


def test_only_of_an_adopted_record_and_only_by_its_writers(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        made = confirmed(session, world, source)
        for name in (TELCO, CLOUD):
            with pytest.raises(Refused):
                redacted(session, world, source, by=name)
        with pytest.raises(Refused):
            redacted(session, world, made)
    sent_round = kept(world)
    with writing(world.sessions) as session:
        record = session.scalars(select(Record).where(Record.ref == sent_round)).one()
        with pytest.raises(TooLate):
            redacted(session, world, record)


def test_until_it_is_confirmed_only_its_writers_know_of_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        made = redacted(session, world, source)
    for name, status in ((ORGANISER, 200), (CERT, 200), (BANK, 404), (TELCO, 404), (CLOUD, 404)):
        assert visit(name).get(f"/records/{made.ref}").status == status, name
        listed = made.ref in visit(name).get(f"/records/{source.ref}").text
        assert listed == (status == 200), name


def read_by_bank(visit: Visit, ref: str) -> dict[str, Answer]:
    bank = visit(BANK)
    return {path: bank.get(f"/records/{ref}{path}") for path in ("", "/export")} | {
        "list": bank.get("/records/")
    }


@pytest.mark.parametrize("rule", ["limited", "chatham", "closed"])
@pytest.mark.laid_out
def test_its_list_reads_it_on_the_page_in_the_list_and_as_pdf(
    world: World, visit: Visit, rule: str
) -> None:
    red = rule == "closed"
    asked = [f"{home}=liaison@{home}" if red else home for home in ("telco", "cloud")]
    text = {"rule": rule, "title": "Dialogue canary"} | ({"tlp": "RED"} if red else {})
    with writing(world.sessions) as session:
        source = full(session, world, *asked, **text)
        marks = Marks(
            frozenset({"1", "decisions.0"} | ({"0.positions.0"} if rule != "chatham" else set())),
            ("Telco", "Zebra", "canary"),
        )
        made = confirmed(session, world, source, marks=marks)
    answers = read_by_bank(visit, made.ref)
    for name, answer in answers.items():
        assert answer.status == 200, name
        assert [word for word in GONE if word.lower().encode() in answer.body.lower()] == [], name
        assert b"D-26-" not in answer.body
    assert source.ref in answers[""].text
    # A digest of the whole would let its readers try what stands under a bar.
    assert source.sha256 is not None
    assert source.sha256 not in answers[""].text
    assert "What came of it" in answers["list"].text
    assert answers[""].page.select_one(".go-gone[aria-hidden=true]") is not None
    assert "[removed]" in answers[""].words
    whole = " ".join(" ".join(pdf_of(answers["/export"])).split())
    assert [word for word in GONE if word.casefold() in whole.casefold()] == []
    assert "What stays stands here. removed was named, removed too." in whole
    assert source.sha256 not in whole.replace(" ", "")
    assert made.sha256 is not None
    assert made.sha256 in whole.replace(" ", "")
    assert visit(BANK).get(f"/records/{source.ref}").status == 404


@pytest.mark.laid_out
def test_the_pdf_hides_nothing_in_its_metadata_or_its_tags(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = confirmed(session, world, full(session, world))
    answer = visit(BANK).get(f"/records/{made.ref}/export")
    pdf = PdfReader(BytesIO(answer.body), strict=True)
    kept_in = [str(pdf.metadata), name_of(answer), str(pdf.root_object)]
    for number in range(1, len(pdf.xref[0]) + 1):
        found = pdf.get_object(number)
        kept_in.append(str(found))
        if hasattr(found, "get_data"):
            kept_in.append(found.get_data().decode("latin-1"))
    everything = "\n".join(kept_in).casefold()
    assert [word for word in GONE if word.casefold() in everything] == []
    assert "coordinator" not in everything
    assert set(pdf.metadata or ()) == {"/Title", "/Producer"}


def test_the_page_looks_first_and_keeps_what_was_marked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
    writer, endpoint = visit(ORGANISER), f"/records/{source.ref}/redact"
    page = writer.get(endpoint)
    ticks = {str(tag["value"]) for tag in page.page.select("input[name=names]")}
    assert ticks == {"Cloud", "Response Team", "Telco"}
    form = page.form() | {
        "tlp": "AMBER",
        "title": "What came of it",
        "passages": ["1", "0.positions.0", "decisions.0"],
        "names": ["Telco"],
        "words": "Zebra\n canary \n\n",
        "organisations": [str(world.organisations["bank"].id)],
    }
    looked = writer.post(endpoint, {**form, "look": "1"})
    assert looked.status == 200
    shown = looked.page.select_one("section[aria-label='Preview']")
    assert shown is not None
    clean(shown.get_text(" "))
    assert "Bank liaison" in looked.words
    assert "Zebra" in looked.form()["words"][0]
    with reading(world.sessions) as session:
        drafts = select(Record.ref).where(Record.source_id == source.id)
        assert session.scalars(drafts).all() == [], "a look keeps nothing"
    wrong = writer.post(endpoint, {**form, "title": "Telco's version"})
    assert (wrong.status, "title" in wrong.errors()) == (422, True)
    page = writer.follow(writer.post(endpoint, form))
    clean(" ".join(tag.get_text(" ") for tag in page.page.select("main section.go-text")))
    assert "A writer other than the last one" in page.words
    assert "/confirm" not in page.text, "not by the last hand"


def test_the_policy_says_the_same_of_the_list(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        made = confirmed(session, world, source, "bank", "un")
    with reading(world.sessions) as session:
        for name, reads in ((BANK, True), ("observer@un", True), (TELCO, False), (OTHER, True)):
            actor = world.actors[name]
            assert may(session, actor, READ, RECORDS, made.id, NOW) == reads, (
                name,
                explain(session, actor, READ, RECORDS, made.id, NOW),
            )
    assert made.state == RecordState.ADOPTED

"""From a file to a draft on its pages, and from a notice to a valid STIX bundle."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from stix2validator import ValidationOptions, validate_string

from models.notices import Indicator, Notice, NoticeTag
from portal.db import reading, writing
from portal.exchange import Found, read_any, stix_of, take
from tests.cast import NOW, World
from tests.exchange.samples import BUNDLE, EVENT, as_bytes
from tests.exchange.test_reading import EXPECTED, real
from tests.factories import published
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def upload(visitor: Visitor, data: bytes) -> Answer:
    page = visitor.get("/notices/import")
    return visitor.post("/notices/import", {**page.form(), "file": (io.BytesIO(data), "it.json")})


def decided(data: bytes) -> Found:
    """What a file gives, read before any transaction."""
    return read_any(data, NOW)


def holds(text: bytes) -> dict[str, Any]:
    """The bundle, once the validator has nothing to say against it."""
    verdict = validate_string(text.decode(), ValidationOptions(version="2.1"))
    assert verdict.is_valid, [error.message for error in verdict.errors]
    return dict(json.loads(text))


def test_a_file_is_shown_first_and_becomes_a_draft_when_agreed(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    shown = upload(liaison, as_bytes(EVENT))
    assert shown.status == 200
    assert "TLP:RED" in shown.words
    assert "192.0.2.7" in shown.words
    assert "details of a person" in shown.words
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
    made = liaison.post("/notices/import", {**shown.form(), "keep": "1"})
    page = liaison.follow(made)
    assert "Wiper in an accounting update" in page.words
    assert "update.example" in page.words
    assert 'admiralty-scale:source-reliability="b"' in page.words
    with reading(world.sessions) as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.state, notice.source_format) == ("draft", "misp")
        assert session.scalar(select(func.count()).select_from(Indicator)) == 5
        assert session.scalar(select(func.count()).select_from(NoticeTag)) == 4


@pytest.mark.parametrize("data", [b"", b"hello", b'{"document": {"csaf_version": "2.0"}}'])
def test_a_bad_file_has_its_message_next_to_the_field(visit: Visit, data: bytes) -> None:
    answer = upload(visit("liaison@telco"), data)
    assert answer.status == 422
    assert list(answer.errors()) == ["file"]


@pytest.mark.parametrize("carried", ["nonsense!", "bm90IHppcHBlZA=="])
def test_a_damaged_way_back_is_refused(visit: Visit, carried: str) -> None:
    liaison = visit("liaison@telco")
    typed = {**liaison.get("/notices/import").form(), "carried": carried, "keep": "1"}
    answer = liaison.post("/notices/import", typed)
    assert (answer.status, list(answer.errors())) == (422, ["file"])


def test_only_liaisons_import(visit: Visit) -> None:
    assert visit("mediator@peace").get("/notices/import").status == 403


@pytest.mark.parametrize("name", EXPECTED)
def test_each_real_file_goes_out_again_as_valid_stix(world: World, name: str) -> None:
    data, telco = real(name), world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        notice = take(
            session, telco, world.organisations["telco"].ref, decided(data), NOW, "AMBER+STRICT"
        )
        bundle = stix_of(session, telco, notice.ref, NOW)
    top = holds(bundle)
    back = read_any(bundle, NOW)
    assert (back.text.title, back.text.tlp) == (notice.title, notice.tlp)
    marked = {ref for thing in top["objects"] for ref in thing.get("object_marking_refs", [])}
    marking = top["objects"][0]
    assert marked == {marking["id"]}
    assert marking["name"] == f"TLP:{notice.tlp}"


def test_a_round_trip_keeps_title_marking_and_signs(world: World) -> None:
    telco = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        home = world.organisations["telco"].ref
        ref = take(session, telco, home, decided(as_bytes(EVENT)), NOW).ref
        first, second = (stix_of(session, telco, ref, NOW) for _ in range(2))
    assert first == second, "the same edition gives the same bytes"
    back = read_any(first, NOW)
    patterns = [sign.pattern for sign in back.signs]
    assert "[ipv4-addr:value = '192.0.2.7']" in patterns
    assert "[file:name = 'it\\'s.exe']" in patterns
    assert len(patterns) == 4, "an attachment has no pattern; it stands in the note"
    assert b"attachment: it.bin" in first


def test_a_reader_exports_and_an_outsider_finds_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    answer = visit("mediator@peace").get(f"/notices/{ref}/export")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/stix+json; version=2.1"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    holds(answer.body)
    assert visit("liaison@bank").get(f"/notices/{ref}/export").status == 404
    visit("liaison@telco").post(f"/notices/{ref}/withdraw", {"why": "Wrong"})
    assert visit("mediator@peace").get(f"/notices/{ref}/export").status == 409


def test_a_bundle_becomes_a_draft(world: World) -> None:
    telco = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        notice = take(
            session, telco, world.organisations["telco"].ref, decided(as_bytes(BUNDLE)), NOW
        )
        assert notice.tlp == "AMBER+STRICT"
        assert notice.source_id == "report--0b9d3c5a-0000-4000-8000-000000000003"
        holds(stix_of(session, telco, notice.ref, NOW))

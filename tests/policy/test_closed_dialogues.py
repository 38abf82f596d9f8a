"""Closed dialogues and their records: the trail and the list of e-mails keep them from stewards."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.ledger import OutboxEmail
from models.records import Record, RecordState
from portal import ledger
from portal.db import reading, writing
from portal.rules import DIALOGUES, READ, RECORDS, RESOURCE_TYPES
from portal.rules.dialogues import SHUT
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import held, recorded
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO = "telco=liaison@telco"


def happened(session: Session, world: World, kind: str, resource: Dialogue | Record) -> None:
    """Somebody has read the resource, and an e-mail about it never arrived."""
    reader = world.actors[ORGANISER]
    event = ledger.audit(session, reader, READ, RESOURCE_TYPES[kind], resource, NOW)
    ledger.write_to(session, event, world.actors["liaison@telco"].person_id, NOW)


def notified_of(session: Session, world: World, rule: str, tlp: str) -> list[str]:
    """A dialogue under the rule, its record and a redacted version: their references."""
    dialogue = held(session, world, TELCO, rule=rule, tlp=tlp)
    record = recorded(session, world, dialogue, RecordState.ADOPTED)
    version = Record(
        ref=f"R-27-{dialogue.ref[-6:]}",
        dialogue_id=dialogue.id,
        organisation_id=dialogue.organisation_id,
        author_id=dialogue.author_id,
        source_id=record.id,
        state=RecordState.ADOPTED,
        tlp="GREEN",
        title="For everybody",
        published_at=NOW,
        sha256="0" * 64,
        created_at=NOW,
        changed_at=NOW,
    )
    session.add(version)
    session.flush()
    happened(session, world, DIALOGUES.name, dialogue)
    for row in (record, version):
        happened(session, world, RECORDS.name, row)
    return [dialogue.ref, record.ref, version.ref]


@pytest.fixture
def endpoints(world: World) -> tuple[list[str], list[str]]:
    """References of what stewards see an envelope of, and of what they do not; e-mails lie dead."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome="sent"))
        seen = notified_of(session, world, "limited", "RED") + notified_of(
            session, world, "open", "GREEN"
        )
        shut = notified_of(session, world, "closed", "RED")
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.template == READ)
            .values(closed_at=NOW, outcome="dead", reason="550 no such box", attempts=8)
        )
    return seen, shut


@pytest.mark.parametrize("name", ["steward@portal", "auditor@portal"])
def test_the_trail_shows_no_envelope_of_what_is_closed(
    endpoints: tuple[list[str], list[str]], visit: Visit, name: str
) -> None:
    seen, shut = endpoints
    reader = visit(name)
    whole = reader.get("/steward/read-trail").text
    for ref in seen:
        assert ref in whole
        assert reader.get(f"/steward/read-trail?ref={ref}").page.select("tbody tr"), ref
    for ref in shut:
        assert ref not in whole
        assert not reader.get(f"/steward/read-trail?ref={ref}").page.select("tbody tr"), ref


def test_narrowing_the_trail_tells_nothing_of_what_is_closed(
    endpoints: tuple[list[str], list[str]], visit: Visit
) -> None:
    reader = visit("auditor@portal")
    rows = reader.get("/steward/read-trail?person=coordinator&verb=read").page.select("tbody tr")
    assert len(rows) == len(endpoints[0])


def test_the_list_of_emails_shows_none_about_what_is_closed(
    endpoints: tuple[list[str], list[str]], visit: Visit
) -> None:
    rows = visit("steward@portal").get("/steward/read-emails").page.select("tbody tr")
    assert len(rows) == len(endpoints[0])
    assert visit("auditor@portal").get("/steward/read-emails").status == 403


def test_no_office_reads_what_is_not_open_to_all(
    world: World, endpoints: tuple[list[str], list[str]], visit: Visit
) -> None:
    with reading(world.sessions) as session:
        open_to_all = set(session.scalars(select(Dialogue.ref).where(Dialogue.tlp == "GREEN")))
        open_to_all |= set(session.scalars(select(Record.ref).where(Record.tlp == "GREEN")))
    for name in ("steward@portal", "auditor@portal", "custodian@portal"):
        visitor = visit(name)
        for ref in [*endpoints[0], *endpoints[1]]:
            noun = "dialogues" if ref.startswith("D-") else "records"
            status = visitor.get(f"/{noun}/{ref}").status
            assert status == (200 if ref in open_to_all else 404), (name, ref)


def test_whatever_hangs_on_a_dialogue_has_endpoints_that_can_be_closed() -> None:
    hanging = {
        name
        for name, kind in RESOURCE_TYPES.items()
        if kind.model is Dialogue or "dialogue_id" in kind.model.__table__.columns
    }
    assert SHUT.keys() == hanging

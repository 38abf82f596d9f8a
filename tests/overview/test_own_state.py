"""After a reload each page says what its reader has done, and which part they have."""

from collections.abc import Callable
from datetime import timedelta

from models.dialogues import Dialogue
from portal import records
from portal.clock import now
from portal.db import reading, writing
from tests.cast import World
from tests.commitments.builders import agreed
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CLOUD, TELCO
from tests.records.circulated_builders import again, kept, sent, silent_since
from tests.records.redacted_builders import OTHER, full, redacted

Visit = Callable[[str], Visitor]


def test_a_record_says_what_its_reader_remarked_and_objected(world: World, visit: Visit) -> None:
    ref = kept(world)
    silent_since(world, ref, now() + timedelta(days=2))
    telco = visit(TELCO)
    assert "You have not objected to version 1." in telco.get(f"/records/{ref}").words
    with writing(world.sessions) as session:
        said = {"point": None, "now": now()}
        records.comment(session, world.actors[TELCO], ref, words="A slip.", **said)
        records.object_to(session, world.actors[TELCO], ref, why="Never said.", **said)
    with reading(world.sessions) as session:
        talk = session.get_one(Dialogue, again(world, ref).dialogue_id).ref
    assert "You objected to version 1: " in telco.get(f"/dialogues/{talk}").words
    assert "You objected" not in visit(CLOUD).get(f"/dialogues/{talk}").words
    with writing(world.sessions) as session:
        sent(session, world, again(world, ref), at=now())
    page = telco.get(f"/records/{ref}").words
    for said in ("You commented on", "You objected to", "You have not objected to"):
        assert f"{said} version " in page
    assert "You have not objected to version 2." in page
    other = visit(CLOUD).get(f"/records/{ref}").words
    assert "You commented" not in other
    assert "You objected" not in other


def test_whoever_confirmed_a_redacted_version_sees_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = redacted(session, world, full(session, world))
    with writing(world.sessions) as session:
        seen = again(world, made.ref).version
        records.confirm(session, world.actors[OTHER], made.ref, seen=seen, now=now())
    assert "You confirmed this version: " in visit(OTHER).get(f"/records/{made.ref}").words
    assert "You confirmed" not in visit(ORGANISER).get(f"/records/{made.ref}").words


def test_a_commitment_says_which_part_is_the_readers(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world, "bank").ref
        alone = agreed(session, world, verifier="").ref
    parts = {
        "liaison@telco": "Your organisation made this commitment.",
        "liaison@cloud": "This commitment is made to your organisation.",
        "analyst@cert": "Your organisation is the verifier.",
    }
    for name, words in parts.items():
        page = visit(name).get(f"/commitments/{ref}").words
        assert [said for said in parts.values() if said in page] == [words], name
    assert "our organisation" not in visit("liaison@bank").get(f"/commitments/{ref}").words
    assert parts["analyst@cert"] in visit("liaison@cloud").get(f"/commitments/{alone}").words

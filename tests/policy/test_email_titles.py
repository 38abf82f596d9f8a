"""An e-mail names the title of a resource only to whoever may read its text now."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notices import Notice
from models.stakeholders import Person
from models.vocabulary import Tlp
from portal import notices
from portal.access import may
from portal.catalogue import NOUNS, Without
from portal.db import writing
from portal.email_contexts import about_notice
from portal.rules import NOTICES, OPEN_BY_MAIL, READ, READ_TEXT
from tests.cast import NOW, World
from tests.factories import published

READER, COLLEAGUE, TITLE = "mediator@peace", "colleague@telco", "A wiper in an update"


def title(session: Session, world: World, name: str, notice: Notice) -> str:
    """The title that an e-mail to this person would name."""
    person = session.get_one(Person, world.actors[name].person_id)
    return str(about_notice(session, person, notice.id, NOW)["title"])


@pytest.mark.parametrize("tlp", sorted(OPEN_BY_MAIL))
def test_a_withdrawn_notice_has_no_title_for_its_readers(world: World, tlp: Tlp) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", tlp=tlp, title=TITLE)
        assert title(session, world, READER, notice) == TITLE
        notices.withdraw(session, world.actors["liaison@telco"], notice.ref, why="x", now=NOW)
        session.flush()
        reader = world.actors[READER]
        assert may(session, reader, READ, NOTICES, notice.id, NOW), "they keep the envelope"
        assert not may(session, reader, READ_TEXT, NOTICES, notice.id, NOW)
        assert title(session, world, READER, notice) == ""
        assert title(session, world, COLLEAGUE, notice) == TITLE


def test_a_strict_notice_has_no_title_for_anybody(world: World) -> None:
    for tlp in set(Tlp) - OPEN_BY_MAIL:
        with writing(world.sessions) as session:
            named = "peace" if tlp != Tlp.RED else READER
            notice = published(session, world, named, tlp=tlp, title=TITLE)
            for name in (READER, COLLEAGUE, "liaison@telco"):
                assert title(session, world, name, notice) == "", (tlp, name)


def test_every_noun_with_e_mails_about_it_tells_text_from_envelope(world: World) -> None:
    told = [noun for noun in NOUNS if noun.marked and not isinstance(noun.email_context, Without)]
    at_least = {"notices", "commitments", "dialogues", "records"}
    assert at_least <= {noun.name for noun in told}
    # Whoever reads a contact point reads it whole; a retired one is for its own organisation.
    whole = {"contacts"}
    for noun in told:
        assert (READ_TEXT in noun.policy.verbs) is (noun.name not in whole), noun.name
    with writing(world.sessions) as session:
        assert session.scalars(select(Person.id)).first()

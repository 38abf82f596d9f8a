"""Publishing, and the review where an organisation wishes it."""

from collections.abc import Callable

import pytest

from models.contacts import ContactPoint
from models.ledger import OutboxEmail
from models.stakeholders import Membership, Organisation, Role
from portal import contacts
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import BEGINNING, NOW, World
from tests.contacts.builders import COLLEAGUE, MEDIATOR, TELCO, drafted, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_published_from_a_page_that_shows_who_will_see_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    page = f"/contacts/{ref}/publish"
    liaison = visit(TELCO)
    assert "Peace Mediation" in liaison.get(page).words
    assert visit(MEDIATOR).get(page).status == 404
    liaison.post(page)
    assert visit(MEDIATOR).get(f"/contacts/{ref}").status == 200
    with reading(world.sessions) as session:
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert (contact.state, contact.verified_how) == ("current", "saved")


def test_the_holder_is_notified_and_nobody_else(world: World) -> None:
    holder = world.actors[COLLEAGUE].person_id
    with writing(world.sessions) as session:
        published(session, world, "peace", person_id=holder)
        assert [row.person_id for row in session.query(OutboxEmail)] == [holder]


def test_a_holder_of_another_organisation_is_refused(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        drafted(session, world, "peace", person_id=world.actors[MEDIATOR].person_id)
    assert set(refused.value.problems) == {"person_id"}


def test_where_it_is_reviewed_an_administrator_has_the_last_word(world: World) -> None:
    liaison, colleague = world.actors[TELCO], world.actors[COLLEAGUE]
    telco = world.organisations["telco"].id
    with writing(world.sessions) as session:
        current = published(session, world, "peace")
        session.get_one(Organisation, telco).reviews_contacts = True
        at = {"organisation_id": telco, "person_id": colleague.person_id}
        session.add(Membership(role=Role.ADMIN, begins_at=BEGINNING, **at))
        draft = drafted(session, world, "peace")
        for act in (contacts.publish, contacts.retire):
            contact = draft if act is contacts.publish else current
            with pytest.raises((Refused, TooLate)):
                act(session, liaison, contact.ref, NOW)
        contacts.publish(session, colleague, draft.ref, NOW)
        contacts.retire(session, colleague, current.ref, NOW)

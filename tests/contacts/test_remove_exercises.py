"""Exercises are removed as a whole; real checks and the trail stay."""

from collections.abc import Callable
from datetime import timedelta

from models.contacts import ContactCheck
from models.ledger import AuditEvent
from portal import contacts
from portal.contacts.checking import ANSWER_WITHIN
from portal.db import reading, writing
from portal.schedule import keep_all_times
from tests.cast import NOW, World
from tests.contacts.builders import COLLEAGUE, MEDIATOR, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_all_exercises_of_the_organisation_go_and_nothing_else(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        always = {"round_the_clock": True}
        first = published(session, world, "peace", **always)
        published(session, world, "peace", place=2, **always)
        contacts.check(session, world.actors[TELCO], first.ref, exercise=True, now=NOW)
        ref = first.ref
    # The exercise is passed on, and nobody answers; then there is a real check.
    for n in (1, 2):
        keep_all_times(world.sessions, NOW + n * ANSWER_WITHIN)
    later = NOW + 3 * ANSWER_WITHIN
    with writing(world.sessions) as session:
        contacts.check(session, world.actors[TELCO], ref, now=later)
        contacts.answer(session, world.actors[COLLEAGUE], ref, later + timedelta(hours=1))
        assert session.query(ContactCheck).filter_by(exercise=True).count() == 2
        events = session.query(AuditEvent).count()
    page = f"/contacts/{ref}/remove-exercises"
    assert visit(MEDIATOR).get(page).status == 403
    liaison = visit(TELCO)
    liaison.get(page)
    assert liaison.post(page).to.endswith(ref)
    with reading(world.sessions) as session:
        assert [row.exercise for row in session.query(ContactCheck)] == [False]
        assert session.query(AuditEvent).count() > events
    assert "EXERCISE" not in visit(TELCO).get(f"/contacts/{ref}").words

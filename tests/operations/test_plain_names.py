"""A portal from before migration 0022: nothing waits in vain, and its trail stays as it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Person
from portal import ledger
from portal.administration import TrailFilter, read_trail
from portal.db import reading, writing
from portal.delivery import deliver
from portal.ledger import first_fault
from portal.outbox import SENT
from portal.rules.verbs import FORMER, present, spellings
from portal.schema import downgrade, upgrade
from portal.system import the_system
from tests.cast import NOW, World
from tests.dialogues.poll_builders import polled
from tests.jobs.test_delivery import PAPER, Memory
from tests.pages import Visitor

HOUR = timedelta(hours=1)


def on_the_old_version(world: World) -> str:
    """A poll whose delegations are reminded by a version that still says "nudge"."""
    with writing(world.sessions) as session:
        ref: str = polled(session, world).ref
        the_system(session, NOW)
    downgrade(world.engine, "0021")
    with world.engine.execution_options(writes=True).begin() as connection:
        key = connection.scalar(text("SELECT id FROM dialogues WHERE ref = :ref"), {"ref": ref})
        who = world.actors["liaison@telco"].person_id
        waits = "cause, person_id, kind, matter_id, letter, created_at, due_at, next_at, attempts"
        connection.execute(text("UPDATE outbox SET closed_at = created_at, outcome = 'sent'"))
        connection.execute(
            text(
                f"INSERT INTO outbox ({waits}, reason) SELECT 'dialogues:old:nudge', :who,"
                " 'dialogues', :key, 'nudge', at, at, at, 0, '' FROM audit_events WHERE id = 1"
            ),
            {"who": who, "key": key},
        )
        connection.execute(
            text(
                f"INSERT INTO outbox ({waits}, reason, closed_at) SELECT"
                " 'commitments:7:find-late-1:0:9', :who, 'commitments', 7, 'find-late', at, at,"
                " at, 1, '', at FROM audit_events WHERE id = 1"
            ),
            {"who": who},
        )
    return ref


def test_what_waited_is_sent_and_what_was_sent_is_not_sent_again(world: World) -> None:
    on_the_old_version(world)
    upgrade(world.engine)
    post = Memory()
    deliver(world.sessions, post, PAPER, NOW + HOUR)
    (subject,) = post.to("liaison@telco")
    assert "TLP:" in subject
    with reading(world.sessions) as session:
        sent = select(OutboxEmail).where(OutboxEmail.cause == "dialogues:old:nudge")
        row = session.scalars(sent).one()
        assert (row.template, row.outcome) == ("remind", SENT)
        late = select(OutboxEmail).where(OutboxEmail.template == "verify-late")
        assert session.scalars(late).one().cause == "commitments:7:verify-late-1:0:9"
        assert first_fault(session) is None
        portal = select(Person.email, Person.email_key).where(Person.name == "The portal")
        assert set(session.execute(portal).one()) == {"system@portal.example"}
        assert the_system(session, NOW).name == "The portal", "no second one is made"


def test_the_trail_keeps_the_verb_of_its_day_and_is_read_in_todays_words(world: World) -> None:
    ref = on_the_old_version(world)
    upgrade(world.engine)
    steward = world.actors["steward@portal"]
    with writing(world.sessions) as session:
        # As a version before had it: the digest covers the verb of that day.
        dialogue = session.execute(
            text("SELECT id, ref FROM dialogues WHERE ref = :ref"), {"ref": ref}
        ).one()
        line = {"verb": "nudge", "kind": "dialogues", "matter_id": dialogue.id, "ref": ref}
        line |= {"at": NOW.isoformat(), "person_id": None, "edition": None, "signin_id": None}
        ledger.append_readings(session, [line | {"detail": {}}])
    with reading(world.sessions) as session:
        assert first_fault(session) is None
        kept = select(AuditEvent.verb).where(AuditEvent.resource_id == dialogue.id)
        assert "nudge" in session.scalars(kept.where(AuditEvent.resource_type == "dialogues"))
        for asked in ("remind", "nudge"):
            rows = read_trail(session, steward, NOW, TrailFilter(verb=asked)).rows
            assert [present(row.verb) for row in rows] == ["remind"]


def test_every_former_verb_leads_to_one_of_today() -> None:
    for before, now in FORMER.items():
        assert present(before) == now
        assert before in spellings(now)
        assert present(now) == now


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/dialogues/{}/move", "/dialogues/{}/reschedule"),
        ("/dialogues/{}/wish", "/dialogues/{}/suggest-item"),
        ("/commitments/{}/find", "/commitments/{}/verify"),
        ("/notices/{}/audience", "/notices/{}/read-ledger"),
        ("/notices/{}/tag", "/notices/{}/link-norm"),
        ("/records/{}/remark", "/records/{}/comment"),
        ("/commitments/{}/print", "/commitments/{}/export"),
        ("/dialogues/{}/agenda.pdf", "/dialogues/{}/export/agenda"),
        ("/stakeholders/{}/ties", "/stakeholders/{}/read-ties"),
        ("/steward/emails", "/steward/read-emails"),
        ("/steward/letters", "/steward/read-emails"),
        ("/steward/trail", "/steward/read-trail"),
    ],
)
def test_addresses_in_e_mails_already_sent_lead_on(
    visit: Callable[[str], Visitor], before: str, now: str
) -> None:
    ref = "X-26-ABCDEF"  # absent and hidden alike: the page itself says so
    answer = visit("liaison@telco").get(before.format(ref))
    assert (answer.status, answer.to) == (301, now.format(ref))

"""Seating delegations: a table that can stand, and who is left out of it."""

import pytest
from sqlalchemy import func, select

from models.dialogues import Attendee, Delegation
from models.ledger import OutboxEmail
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted, seats
from tests.dialogues.invitation_builders import (
    DAY,
    GUEST,
    TELCO,
    dialogue_of,
    invited,
    line,
    method,
    posted,
)
from tests.dialogues.poll_builders import notified


@pytest.mark.parametrize(
    ("table", "field"),
    [
        (("telco", "telco"), "delegations"),
        (("telco:51",), "delegations"),
        (("telco=liaison@cloud",), "delegations"),
    ],
)
def test_a_table_that_cannot_stand_is_refused(
    world: World, table: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        drafted(session, world, *table)
    assert set(refused.value.problems) == {field}


def test_under_red_each_delegation_is_asked_through_somebody(world: World) -> None:
    closed = {"rule": "closed", "tlp": "RED"}
    with pytest.raises(Invalid, match="delegations"), writing(world.sessions) as session:
        drafted(session, world, "telco", **closed)
    with writing(world.sessions) as session:
        drafted(session, world, "telco=liaison@telco", **closed)


def test_somebody_able_stays_among_the_organisers(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        for organisers in (frozenset(), frozenset({world.actors["liaison@telco"].person_id})):
            table = dialogues.Table(organisers)
            with pytest.raises(Invalid, match="organisers"):
                dialogues.seat(
                    session, world.actors[ORGANISER], dialogue.ref,
                    table=table, version=dialogue.version, now=NOW,
                )  # fmt: skip


def test_of_two_who_change_the_table_one_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        stale, ref = dialogue.version - 1, dialogue.ref
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.seat(
            session, world.actors[ORGANISER], ref,
            table=seats(world, "cloud"), version=stale, now=NOW,
        )  # fmt: skip
    with reading(world.sessions) as session:
        homes = set(session.scalars(select(Delegation.organisation_id)))
    assert homes == {world.organisations["telco"].id}


def test_who_is_left_out_is_gone_and_who_stays_keeps_the_line(world: World) -> None:
    actor = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco", "cloud", guests=(("analyst@cert", "observer"),))
        kept = session.scalars(
            select(Delegation.id).where(
                Delegation.organisation_id == world.organisations["cloud"].id
            )
        ).one()
        table = seats(world, "cloud:3?", "cert")
        version = dialogue.version
        dialogues.seat(session, actor, dialogue.ref, table=table, version=version, now=NOW)
        rows = {row.organisation_id: row for row in session.scalars(select(Delegation))}
        people = set(session.scalars(select(Attendee.person_id)))
    homes = world.organisations
    assert set(rows) == {homes["cloud"].id, homes["cert"].id}
    assert rows[homes["cloud"].id].id == kept
    assert (rows[homes["cloud"].id].seats, rows[homes["cloud"].id].required) == (3, False)
    assert people == {actor.person_id}


def test_whom_the_organisers_seat_or_leave_out_is_told_as_well(world: World) -> None:
    ref = invited(world, TELCO)
    posted(world, ref)
    with writing(world.sessions) as session:
        table = seats(world, "cloud", guests=((GUEST, "observer"),))
        version, at = dialogue_of(world, ref).version, NOW + DAY
        dialogues.seat(session, world.actors[ORGANISER], ref, table=table, version=version, now=at)
    emails = posted(world, ref, NOW + DAY)
    assert {who: [method(one) for one in many] for who, many in emails.items()} == {
        GUEST: ["REQUEST"], TELCO: ["CANCEL"],
    }  # fmt: skip
    assert line(world, ref, TELCO) is None


def test_seating_a_draft_writes_to_nobody(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", guests=((GUEST, "observer"),)).ref
        emails = select(func.count()).where(OutboxEmail.resource_type == "dialogues")
        assert session.scalar(emails) == 0
    assert notified(world, ref, "invitation") == []

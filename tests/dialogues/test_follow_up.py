"""A dialogue is followed by another: its table, what was left open, and what is left to whom."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import AgendaItem, AgendaLink
from models.dialogues import Attendee, Delegation, Dialogue
from models.records import Action, Point, Record
from models.stakeholders import Membership
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Shared
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import CLOUD, GUEST, TELCO, attendee, item, notified, sat, side
from tests.dialogues.test_hold import recorded
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def followed(session: Session, world: World, ref: str) -> Dialogue:
    return dialogues.follow_up(session, world.actors[ORGANISER], ref, NOW)


def test_the_same_table_under_the_same_rule(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, "telco:2", "cloud?", state="held", rule="chatham")
        before.room_code, before.sequence = "ABCDEF", 3
        ref = before.ref
    coordinator = visit(ORGANISER)
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/follow-up"))
    assert f"/dialogues/{ref}" in [str(link["href"]) for link in page.page.select("main dd a")]
    with reading(world.sessions) as session:
        old = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        new = session.scalars(select(Dialogue).where(Dialogue.follows_id == old.id)).one()
        same = ("organisation_id", "process_id", "rule", "tlp", "attributed", "title", "minutes")
        assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]
        fresh = ("state", "starts_at", "held_at", "published_at", "room_code", "sequence")
        assert [getattr(new, name) for name in fresh] == ["draft", None, None, None, None, 0]
        sides = {
            row.organisation_id: (row.required, row.seats)
            for row in session.scalars(select(Delegation).where(Delegation.dialogue_id == new.id))
        }
        people = session.execute(
            select(Attendee.person_id, Attendee.role, Attendee.organises, Attendee.came).where(
                Attendee.dialogue_id == new.id
            )
        ).all()
    homes, actors = world.organisations, world.actors
    assert sides == {homes["telco"].id: (True, 2), homes["cloud"].id: (False, 1)}
    assert {tuple(row) for row in people} == {
        (actors[ORGANISER].person_id, "chair", True, None),
        (actors[GUEST].person_id, "observer", False, None),
    }


def test_what_was_not_done_is_taken_over_with_its_side(world: World) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        ref = before.ref
        notice = published(session, world, "peace")
        telco = side(session, world, before, "telco")
        guest = attendee(session, world, before, GUEST).id
        delegate = attendee(session, world, before, CLOUD).id
        item(session, world, ref, "Planned", lead_id=guest, minutes=20, links=(notice.ref,))
        item(session, world, ref, "Done", state="done")
        item(session, world, ref, "Open", state="open", lead_id=delegate)
        item(session, world, ref, "Dropped", state="dropped")
        item(session, world, ref, "Aside", shared=Shared("caucus", telco))
        kept = {row.id: row.title for row in session.scalars(select(AgendaItem))}
        after = followed(session, world, ref)
        rows = session.scalars(
            select(AgendaItem).where(AgendaItem.dialogue_id == after.id).order_by(AgendaItem.number)
        ).all()
        assert [(row.title, row.state, row.minutes) for row in rows] == [
            ("Planned", "planned", 20), ("Open", "planned", 0), ("Aside", "planned", 0),
        ]  # fmt: skip
        assert [kept[row.from_id or 0] for row in rows] == ["Planned", "Open", "Aside"]
        new_side = side(session, world, after, "telco")
        assert new_side != telco
        assert [(row.sight, row.side_id) for row in rows] == [
            ("all", None), ("all", None), ("caucus", new_side),
        ]  # fmt: skip
        # Who leads comes along where she sits at the new table already.
        assert rows[0].lead_id == attendee(session, world, after, GUEST).id
        assert rows[1].lead_id is None
        links = session.scalars(select(AgendaLink).where(AgendaLink.item_id == rows[0].id)).all()
        assert [link.notice_id for link in links] == [notice.id]


def test_what_was_taken_over_keeps_its_beginning(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        number = item(session, world, before.ref, state="open").id
        followed(session, world, before.ref)
        with pytest.raises(TooLate):
            dialogues.remove_item(session, by, before.ref, number, NOW)


def test_whoever_cannot_organise_any_more_is_left_out(world: World) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        mediator = world.actors["mediator@peace"].person_id
        row = Attendee(dialogue_id=before.id, person_id=mediator, role="chair", organises=True)
        session.add(row)
        session.flush()
        first = followed(session, world, before.ref)
        assert attendee(session, world, first, "mediator@peace").organises
        left = session.scalars(select(Membership).where(Membership.person_id == mediator)).one()
        left.ends_at = left.begins_at
        second = followed(session, world, before.ref)
        people = select(Attendee.person_id).where(Attendee.dialogue_id == second.id)
        assert mediator not in session.scalars(people).all()


def test_only_an_organiser_prepares_the_next_one(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, polling = sat(session, world).ref, sat(session, world, state="polling").ref
        with pytest.raises(Refused):
            dialogues.follow_up(session, world.actors[TELCO], ref, NOW)
        with pytest.raises(TooLate):
            followed(session, world, polling)
    assert "New follow-up dialogue" not in visit(TELCO).get(f"/dialogues/{ref}").words


def action(session: Session, world: World, record: Record, home: str, **values: Any) -> Action:
    """Something that an organisation of the cast is to do."""
    last = len(session.scalars(select(Point).where(Point.record_id == record.id)).all())
    point = Point(
        record_id=record.id, number=last + 1, title="Next", changed_at=NOW,
        changed_by_id=record.author_id,
    )  # fmt: skip
    session.add(point)
    session.flush()
    row = Action(
        record_id=record.id,
        point_id=point.id,
        organisation_id=world.organisations[home].id,
        addressee_id=world.organisations["peace"].id,
        **values,
    )
    session.add(row)
    session.flush()
    return row


def test_your_part_says_what_the_one_before_left_to_you(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        record = recorded(session, before)
        action(session, world, record, "telco", text="Open a hotline", due_on=date(2026, 12, 24))
        action(session, world, record, "cloud", text="Freeze the accounts")
        after = followed(session, world, before.ref)
        notified(after)
        ref, started, record_ref = after.ref, before.ref, record.ref
        session.add(
            Attendee(
                dialogue_id=after.id,
                person_id=world.actors[TELCO].person_id,
                delegation_id=side(session, world, after, "telco"),
            )
        )
    parts = {
        name: visit(name).get(f"/dialogues/{ref}").page.select_one(".go-yours")
        for name in (TELCO, CLOUD, GUEST)
    }
    words = {name: part.get_text(" ") if part else "" for name, part in parts.items()}
    assert "Open a hotline" in words[TELCO]
    assert "24 Dec 2026" in words[TELCO]
    link = parts[TELCO].select_one(f"a[href='/records/{record_ref}']")
    assert link is not None
    assert "Freeze the accounts" not in words[TELCO]
    assert "Freeze the accounts" in words[CLOUD]
    assert "Your action items from the previous dialogue" not in words[GUEST]
    assert (
        "Your action items from the previous dialogue"
        not in visit(TELCO).get(f"/dialogues/{started}").words
    )


def test_what_is_not_agreed_or_is_promised_already_is_not_left(world: World) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        record = recorded(session, before, "circulated")
        row = action(session, world, record, "telco", text="Open a hotline")
        after = followed(session, world, before.ref)
        notified(after)

        def left() -> list[str]:
            read = dialogues.read(session, world.actors[TELCO], after.ref, NOW)
            return [task.text for task in read.related.tasks]

        assert left() == [], "not adopted yet"
        record.state, record.sha256 = "adopted", "0" * 64
        session.flush()
        assert left() == ["Open a hotline"]
        row.commitment_id = agreed(session, world, "peace").id
        session.flush()
        assert left() == []


def test_nobody_at_another_table_learns_of_what_is_taken_over(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        before = sat(session, world, state="held")
        telco = side(session, world, before, "telco")
        item(session, world, before.ref, "Aside", shared=Shared("caucus", telco))
        after = followed(session, world, before.ref)
        notified(after)
        ref = after.ref
        with pytest.raises(Invalid, match="sight"):
            item(session, world, ref, "Aside, anew", shared=Shared("caucus", telco))
    assert "Aside" in visit(TELCO).get(f"/dialogues/{ref}").words
    assert "Aside" not in visit(CLOUD).get(f"/dialogues/{ref}").words

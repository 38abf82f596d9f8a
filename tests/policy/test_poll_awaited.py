"""Whose answer a poll awaits: in SQL, read for one and for all, as plain Python says it again."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue, Slot, SlotAnswer
from models.stakeholders import Membership, Organisation, Person, Standing
from portal.access import Actor, may, standing_to
from portal.db import open_session
from portal.dialogues import answering
from portal.relations import Relation, poll_awaited, poll_reminded, silent_in_poll
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER_POLL
from tests.cast import BEGINNING, NOW, World

DAY = timedelta(days=1)
PEOPLE, SIDES, SLOTS = range(4), range(2), range(3)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Two delegations, four people, up to three times, and what was said to them."""
    person, side, slot = (st.sampled_from(list(some)) for some in (PEOPLE, SIDES, SLOTS))
    answers = st.tuples(slot, side, st.none() | person)
    return {
        "by_person": draw(st.booleans()),
        "red": draw(st.booleans()),
        "ahead": draw(st.lists(st.booleans(), max_size=3)),
        "speaks": draw(st.frozensets(st.tuples(person, side), max_size=4)),
        "belongs": draw(st.frozensets(st.tuples(person, side), max_size=4)),
        "contacts": draw(st.dictionaries(side, person, max_size=2)),
        "named": draw(st.dictionaries(person, side, max_size=3)),
        "answers": draw(st.frozensets(answers, max_size=10)),
        "suspended": draw(st.frozensets(person, max_size=1)),
        "nudged": draw(st.frozensets(side, max_size=2)),
    }


@dataclass
class Poll:
    """The plan, and the requirement said in plain Python."""

    plan: dict[str, Any]
    said: set[tuple[int, int, int | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        taken = set()
        # A person has one answer to a time, whichever side she gives it for.
        for slot, side, person in sorted(self.plan["answers"], key=str):
            one = (slot, side) if person is None else (slot, "person", person)
            if slot < len(self.plan["ahead"]) and one not in taken:
                taken.add(one)
                self.said.add((slot, side, person))

    def active(self, person: int) -> bool:
        return person not in self.plan["suspended"]

    def member(self, person: int, side: int) -> bool:
        return (person, side) in self.plan["speaks"] | self.plan["belongs"]

    def is_asked(self, person: int, side: int) -> bool:
        contact = self.plan["contacts"].get(side) == person and self.member(person, side)
        speaker = not self.plan["red"] and (person, side) in self.plan["speaks"]
        sent = self.plan["by_person"] and self.plan["named"].get(person) == side
        return contact or speaker or (sent and self.member(person, side))

    def can_respond(self, side: int) -> bool:
        """Whether its contact, or, unless it is RED, who speaks for it, can answer."""
        speaks = set() if self.plan["red"] else self.plan["speaks"]
        contact = self.plan["contacts"].get(side)
        return any(
            self.active(n) and ((n, side) in speaks or (contact == n and self.member(n, side)))
            for n in PEOPLE
        )

    def people(self, side: int) -> set[int]:
        """Who comes for the side, and has not left it since."""
        named = {person for person, home in self.plan["named"].items() if home == side}
        return {one for one in named if self.active(one) and self.member(one, side)}

    def ahead(self) -> list[int]:
        return [slot for slot, is_ahead in enumerate(self.plan["ahead"]) if is_ahead]

    def awaits(self, person: int, side: int) -> bool:
        for slot in self.ahead():
            spoken = {who for at, home, who in self.said if (at, home) == (slot, side)}
            if None in spoken or person in spoken:
                continue
            if person in self.people(side) or not spoken & self.people(side):
                return True
        return False

    def is_silent(self, side: int) -> bool:
        for slot in self.ahead():
            spoken = {who for at, home, who in self.said if (at, home) == (slot, side)}
            if None not in spoken and (not self.people(side) or self.people(side) - spoken):
                return True
        return False

    def awaited(self, person: int, sides: Any = SIDES) -> bool:
        return self.active(person) and any(
            self.is_asked(person, side) and self.awaits(person, side) for side in sides
        )


class Laid:
    """The plan as rows of a database."""

    def __init__(self, session: Session, poll: Poll) -> None:
        self.session, self.poll = session, poll
        known = {"created_at": BEGINNING, "state": Standing.ACTIVE}
        home = {"kind": "company", "country": "FI", **known}
        self.homes = [Organisation(ref=f"O-{n}", name=f"Random {n}", **home) for n in SIDES]
        self.people = [
            Person(ref=f"P-{n}", name=f"Somebody {n}", email=f"{n}@random.example", **known)
            for n in PEOPLE
        ]
        for n in poll.plan["suspended"]:
            self.people[n].state = Standing.SUSPENDED
        self._add(*self.homes, *self.people)
        self._memberships()
        self.dialogue = self._dialogue()
        self.sides = self._sides()
        self._said()

    def _add(self, *rows: Any) -> None:
        self.session.add_all(rows)
        self.session.flush()

    def _memberships(self) -> None:
        plan = self.poll.plan
        for person, side in sorted(plan["speaks"] | plan["belongs"]):
            role = "liaison" if (person, side) in plan["speaks"] else "observer"
            self._add(
                Membership(
                    person_id=self.people[person].id,
                    organisation_id=self.homes[side].id,
                    role=role,
                    begins_at=BEGINNING,
                )
            )

    def _dialogue(self) -> Dialogue:
        plan = self.poll.plan
        dialogue = Dialogue(
            ref="D-00-RANDOM",
            organisation_id=self.homes[0].id,
            author_id=self.people[0].id,
            state="polling",
            rule="limited",
            attributed=True,
            tlp="RED" if plan["red"] else "AMBER+STRICT",
            format="online",
            title="random",
            zone="UTC",
            minutes=60,
            by_person=plan["by_person"],
            created_at=BEGINNING,
            changed_at=BEGINNING,
            published_at=BEGINNING,
        )
        self._add(dialogue)
        return dialogue

    def _sides(self) -> list[Delegation]:
        plan, people = self.poll.plan, self.people
        sides = [
            Delegation(
                dialogue_id=self.dialogue.id,
                organisation_id=self.homes[n].id,
                contact_id=people[plan["contacts"][n]].id if n in plan["contacts"] else None,
                reminded_at=NOW if n in plan["nudged"] else None,
            )
            for n in SIDES
        ]
        self._add(*sides)
        for person, side in plan["named"].items():
            self._add(
                Attendee(
                    dialogue_id=self.dialogue.id,
                    delegation_id=sides[side].id,
                    person_id=people[person].id,
                )
            )
        return sides

    def _said(self) -> None:
        slots = [
            Slot(dialogue_id=self.dialogue.id, starts_at=NOW + (n + 1) * (DAY if ahead else -DAY))
            for n, ahead in enumerate(self.poll.plan["ahead"])
        ]
        self._add(*slots)
        for slot, side, person in sorted(self.poll.said, key=str):
            self._add(
                SlotAnswer(
                    slot_id=slots[slot].id,
                    delegation_id=self.sides[side].id,
                    person_id=None if person is None else self.people[person].id,
                    can="no",
                    by_id=self.people[0].id,
                    at=NOW,
                )
            )

    def one_by_one(self, relation: Relation) -> set[int]:
        """The people who stand so, asked for each of them."""
        found = set()
        for n, person in enumerate(self.people):
            clause = relation.predicate(Dialogue, person.id, NOW)
            if self.session.scalar(select(Dialogue.id).where(clause)) and self.poll.active(n):
                found.add(n)
        return found

    def all_at_once(self, relation: Relation) -> set[int]:
        """The people who stand so, asked for all of them."""
        keys = self.session.scalars(
            standing_to(DIALOGUES, relation, self.dialogue.id, NOW, Person.id)
        )
        place = {person.id: n for n, person in enumerate(self.people)}
        return {place[key] for key in keys if key in place}


@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans())
def test_a_poll_awaits_whom_the_requirement_says(world: World, plan: dict[str, Any]) -> None:
    poll = Poll(plan)
    with open_session(world.sessions, writes=True) as session:
        laid = Laid(session, poll)
        awaited = {n for n in PEOPLE if poll.awaited(n)}
        assert laid.one_by_one(poll_awaited) == laid.all_at_once(poll_awaited) == awaited
        nudged = {n for n in PEOPLE if poll.awaited(n, plan["nudged"])}
        assert laid.one_by_one(poll_reminded) == laid.all_at_once(poll_reminded) == nudged
        may_answer = {
            n
            for n, person in enumerate(laid.people)
            if may(
                session, Actor(person.id, ""), ANSWER_POLL, DIALOGUES, laid.dialogue.id, NOW
            )
        }  # fmt: skip
        asked = {n for n in PEOPLE if any(poll.is_asked(n, side) for side in SIDES)}
        assert may_answer == {n for n in asked if poll.active(n)}
        assert awaited <= may_answer
        silent = set(
            session.scalars(
                select(Delegation.id).where(silent_in_poll.predicate(Delegation, None, NOW))
            )
        )
        assert silent == {laid.sides[side].id for side in SIDES if poll.is_silent(side)}
        counted = answering(session, laid.dialogue, "UTC", NOW).answered
        # What somebody said who is not named by that side any more does not count.
        said = {side for _, side, who in poll.said if who is None or who in poll.people(side)}
        heard = {n for n in SIDES if (poll.can_respond(n) or n in said) and not poll.is_silent(n)}
        assert counted == len(heard), "the page counts as the law does"
        session.rollback()

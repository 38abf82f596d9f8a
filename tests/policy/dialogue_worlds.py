"""Small random worlds around one dialogue: organisers, delegations, guests, papers of each side."""

import random
from datetime import timedelta
from typing import Any, Final

from models.agenda import Document
from models.dialogues import Attendee, Delegation, Dialogue
from models.stakeholders import Appointment
from portal.rules import DIALOGUES, FOLLOW, READ, READ_TEXT, UNFOLLOW
from portal.rules.verbs import (
    ANSWER,
    ANSWER_POLL,
    DECIDE,
    HOLD,
    KEEP_LOCAL_TIME,
    NAME,
    READ_ANSWERS,
    READ_TABLE,
    REMIND_TO_NAME,
    TAKE_SEAT,
    WRITE_NOTE,
)
from tests.cast import BEGINNING, NOW
from tests.policy.dialogue_policy import (
    Place,
    Sitter,
    Talk,
    may_answer,
    may_answer_poll,
    may_decide,
    may_hold,
    may_keep_to_the_wall,
    may_name,
    may_read,
    may_read_answers,
    may_read_table,
    may_read_text,
    may_remind_to_name,
    may_unfollow,
    may_write_note,
)
from tests.policy.small_worlds import Laid, Policy

POLICY: Final[Policy] = {
    READ: may_read,
    READ_TEXT: may_read_text,
    FOLLOW: may_read,
    UNFOLLOW: may_unfollow,
    READ_TABLE: may_read_table,
    READ_ANSWERS: may_read_answers,
    ANSWER_POLL: may_answer_poll,
    NAME: may_name,
    REMIND_TO_NAME: may_remind_to_name,
    ANSWER: may_answer,
    TAKE_SEAT: may_answer,  # nothing is required in these worlds
    HOLD: may_hold,
    DECIDE: may_decide,
    WRITE_NOTE: may_write_note,
    KEEP_LOCAL_TIME: may_keep_to_the_wall,
}
STATES = ("draft", "polling", "polling", "convened", "convened", "held", "concluded", "cancelled")
# Each rule of confidentiality with a marking that goes with it.
RULES = (
    ("open", "GREEN"),
    ("limited", "AMBER+STRICT"),
    ("chatham", "AMBER+STRICT"),
    ("limited", "RED"),
    ("closed", "RED"),
)
ROLES = ("liaison", "liaison", "observer", "observer", "mediator", "coordinator", "admin")
HOUR = timedelta(hours=1)


def plan(dice: random.Random) -> dict[str, Any]:
    """A small world: four organisations, four people, one dialogue."""

    def some(most: int) -> frozenset[int]:
        return frozenset(dice.sample(range(4), dice.randint(0, most)))

    def pairs(most: int) -> frozenset[tuple[int, int]]:
        count = dice.randint(1, most)
        return frozenset((dice.randrange(4), dice.randrange(4)) for _ in range(count))

    rule, tlp = dice.choice(RULES)
    sides = dice.sample(range(4), dice.choice((1, 1, 2)))
    body, state = dice.randrange(4), dice.choice(STATES)
    members, ended = pairs(6), pairs(2)
    roles = {pair: dice.choice(ROLES) for pair in sorted(members | ended)}
    places = {n: _place(dice, sides) for n in range(4) if dice.random() < 0.6}
    for n, place in places.items():
        if place.organises and dice.random() < 0.7:
            members |= {(n, body)}
            roles[n, body] = dice.choice(("mediator", "coordinator", "coordinator", "liaison"))
    return {
        "state": state,
        "rule": rule,
        "tlp": tlp,
        "ever_published": state != "draft" and (state != "cancelled" or dice.random() < 0.6),
        "body": body,
        "followers": frozenset({body, (body + 1) % 4}),
        "sides": {n: dice.choice((None, dice.randrange(4))) for n in sides},
        "places": places,
        "answers_open": dice.random() < 0.5,
        "by_person": dice.random() < 0.5,
        "on_the_wall": dice.random() < 0.5,
        "begun": dice.random() < 0.5,
        "memberships": members,
        "ended": ended,
        "roles": roles,
        "clients": pairs(1),
        "offices": {n: _office(dice) for n in range(4) if dice.random() < 0.3},
        "elsewhere": {n: _place(dice, [0, 1]) for n in range(4) if dice.random() < 0.6},
        "suspended_people": some(1) if dice.random() < 0.3 else frozenset(),
        "suspended_organisations": some(1) if dice.random() < 0.3 else frozenset(),
    }


def plan_of_names(dice: random.Random) -> dict[str, Any]:
    """A dialogue ahead that waits for names, or does not: in a world at random that is rare.

    Somebody whom a delegation has named belongs to it, left, or may not come. Who answers for it
    speaks for it, or is its contact; or both only for another, and was of this one before.
    """
    body, side, other = dice.sample(range(4), 3)
    named = dice.choice(("belongs", "left", "suspended"))
    answers = dice.choice(("speaker", "contact", "of another"))
    there = other if answers == "of another" else side
    members = {(0, body), (1, other if named == "left" else side), (2, there), (3, other)}
    role = "observer" if answers == "contact" else "liaison"
    return plan(dice) | {
        "state": "convened",
        "rule": "limited",
        "tlp": "AMBER+STRICT",
        "ever_published": True,
        "body": body,
        "sides": {side: None if answers == "speaker" else 2, other: 2},
        "places": {0: Place(organises=True), 1: Place(side), 3: Place(other)},
        "begun": False,
        "memberships": frozenset(members),
        "ended": frozenset({(2, side)} - members),
        "roles": dict.fromkeys(members | {(2, side)}, "observer")
        | {(0, body): "coordinator", (2, there): role},
        "suspended_people": frozenset({1} if named == "suspended" else ()),
        "suspended_organisations": frozenset(),
    }


def _office(dice: random.Random) -> tuple[str, bool]:
    """A role in the system, and whether it is over; whoever holds one reads nothing by it."""
    return dice.choice(("system", "system", "steward", "auditor", "custodian")), dice.random() < 0.3


def _place(dice: random.Random, sides: list[int]) -> Place:
    side = dice.choice((None, *sides))
    return Place(
        side,
        organises=side is None and dice.random() < 0.6,
        takes_notes=dice.random() < 0.5,
        came=dice.random() < 0.5,
    )


class LaidTalk(Laid):
    """A world around one dialogue."""

    kind, column = DIALOGUES, ""

    def role(self, person: int, organisation: int) -> str:
        """What the plan says that the person does there."""
        return str(self.plan["roles"][person, organisation])

    def _resource(self) -> Any:
        talk = self._talk()
        self._elsewhere()
        return talk

    def _lines(self, _of: dict[str, int]) -> None:
        """A dialogue has no recipient list."""

    def _talk(self) -> Dialogue:
        plan, begins = self.plan, NOW if self.plan["begun"] else NOW + HOUR
        talk = self._dialogue(
            "0",
            plan["body"],
            state=plan.get("talk_state", plan["state"]),
            rule=plan["rule"],
            attributed=plan["rule"] != "chatham",
            tlp=plan["tlp"],
            by_person=plan["by_person"],
            hidden_answers=not plan["answers_open"],
            wall="2026-11-23T09:00" if plan["on_the_wall"] else None,
            starts_at=begins,
            ends_at=begins + HOUR,
            published_at=BEGINNING if plan["ever_published"] else None,
        )
        self.sides = self._seat(talk, plan["sides"], plan["places"])
        for n, (role, over) in plan["offices"].items():
            ends = NOW if over else None
            held = {"person_id": self.people[n].id, "role": role, "ends_at": ends}
            self._add(Appointment(begins_at=BEGINNING, **held))
        return talk

    def _elsewhere(self) -> Dialogue:
        # Another dialogue of the same people: what they are there is nothing here.
        body = (self.plan["body"] + 1) % 4
        values = {"rule": "limited", "attributed": True, "tlp": "AMBER+STRICT", "state": "polling"}
        talk = self._dialogue("1", body, **values)
        self._seat(talk, {0: 1, 1: None}, self.plan["elsewhere"])
        return talk

    def _dialogue(self, number: str, body: int, **values: Any) -> Dialogue:
        return self._add(
            Dialogue(
                ref=f"D-{self.mark}{number}",
                organisation_id=self.organisations[body].id,
                author_id=self.people[0].id,
                format="online",
                title="random",
                zone="UTC",
                minutes=60,
                created_at=BEGINNING,
                changed_at=BEGINNING,
                **values,
            )
        )

    def _seat(
        self, talk: Dialogue, sides: dict[int, int | None], places: dict[int, Place]
    ) -> dict[int, Delegation]:
        sent = {
            n: self._add(
                Delegation(
                    dialogue_id=talk.id,
                    organisation_id=self.organisations[n].id,
                    contact_id=None if contact is None else self.people[contact].id,
                )
            )
            for n, contact in sides.items()
        }
        for n, place in places.items():
            self._add(
                Attendee(
                    dialogue_id=talk.id,
                    person_id=self.people[n].id,
                    delegation_id=None if place.side is None else sent[place.side].id,
                    role="note-taker" if place.takes_notes else "participant",
                    organises=place.organises,
                    came=place.came,
                )
            )
        return sent

    def documents(self) -> dict[int, tuple[str, int | None]]:
        """A paper for each sight, and whose it is."""
        sights: list[tuple[str, int | None]] = [("all", None), ("organisers", None)]
        sights += [(sight, n) for n in self.sides for sight in ("side", "caucus")]
        return {self._document(sight, side): (sight, side) for sight, side in sights}

    def _document(self, sight: str, side: int | None) -> int:
        document = Document(
            dialogue_id=self.resource.id,
            title="random",
            link="https://random.example",
            sight=sight,
            side_id=None if side is None else self.sides[side].id,
            by_id=self.people[0].id,
            added_at=BEGINNING,
        )
        return int(self._add(document).id)

    def as_talk(self) -> Talk:
        """The dialogue for the policy."""
        names = (
            "tlp", "ever_published", "body", "sides", "places", "answers_open", "by_person",
            "on_the_wall", "begun", "followers",
        )  # fmt: skip
        said = {name: self.plan[name] for name in names}
        said["people"] = tuple(self.as_person(n) for n in range(len(self.people)))
        return Talk(state=self.plan.get("talk_state", self.plan["state"]), **said)

    def as_case(self) -> Any:
        """The resource for the policy."""
        return self.as_talk()

    def as_person(self, n: int) -> Sitter:
        """A person for the policy, with what she does where."""
        person, plan = super().as_person(n), self.plan
        return Sitter(
            person.key,
            person.active,
            person.organisations,
            person.were_in,
            roles={key: plan["roles"][n, key] for key in person.organisations},
            system=plan["offices"].get(n) == ("system", False),
        )

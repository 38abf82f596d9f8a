"""Small random worlds around one commitment: parties, readers, conditions, questions."""

import random
from datetime import timedelta
from typing import Any, Final

from models.commitments import Amendment, Commitment, Condition
from models.stakeholders import Appointment
from portal.rules import ACCEPT, COMMITMENTS, CONSENT, READ, READ_TERMS, READ_TEXT, REPORT, VERIFY
from tests.cast import BEGINNING, NOW
from tests.policy.commitment_policy import (
    Asked,
    Promise,
    SpeakerIs,
    Tie,
    may_accept,
    may_consent,
    may_find,
    may_read,
    may_read_terms,
    may_read_text,
    may_report,
)
from tests.policy.small_worlds import Laid, Policy

POLICY: Final[Policy] = {
    READ: may_read,
    READ_TEXT: may_read_text,
    READ_TERMS: may_read_terms,
    ACCEPT: may_accept,
    REPORT: may_report,
    VERIFY: may_find,
    CONSENT: may_consent,
}
STATES = ("draft", "proposed", "accepted", "in-force", "suspended", "fulfilled", "withdrawn")
OFTEN = ("proposed", "accepted", "in-force", "in-force", "suspended")
AWAITED = ("proposed", "accepted", "accepted", "accepted", "in-force", "suspended")
MARKINGS = ("CLEAR", "GREEN", "AMBER", "AMBER", "AMBER+STRICT", "AMBER+STRICT", "RED", "RED")
OTHERS = ("proposed", "accepted", "in-force", "fulfilled", "declined")
DAY = timedelta(days=1)


def plan(dice: random.Random) -> dict[str, Any]:
    """A small world: four organisations, four people, one commitment; short lists, so that each
    part of a sentence decides now and then.
    """

    def some(most: int) -> frozenset[int]:
        return frozenset(dice.sample(range(4), dice.randint(0, most)))

    def pairs(most: int) -> frozenset[tuple[int, int]]:
        count = dice.randint(1, most)
        return frozenset((dice.randrange(4), dice.randrange(4)) for _ in range(count))

    promisor, addressee = dice.sample(range(4), 2)
    housed = dice.random() < 0.4  # a world about what the system may see, and when
    return {
        "state": dice.choice(AWAITED if housed else (*STATES, *OFTEN, *OFTEN)),
        "tlp": dice.choice(MARKINGS),
        "ever_published": dice.random() < 0.85,
        "organisation": promisor,
        "author": dice.randrange(4),
        "addressee": addressee,
        "verifier": dice.choice([None, *(n for n in range(4) if n != promisor)]),
        "asked": dice.choice((promisor, addressee, None)),
        "unanswered": dice.random() < 0.5,
        "round_over": dice.random() < 0.3,
        "ties": tuple(_tie(dice) for _ in range(dice.choice((0, 1, 1, 2)) if housed else 0)),
        "questions": _questions(dice, promisor, addressee),
        "organisations": some(1),
        "people": some(2) if dice.random() < 0.6 else frozenset(),
        "excepted_organisations": some(1) if dice.random() < 0.5 else frozenset(),
        "excepted_people": some(1) if dice.random() < 0.5 else frozenset(),
        "group": dice.random() < 0.3,
        "group_organisations": some(1),
        "group_people": some(1),
        "process": dice.random() < 0.3,
        "seat_organisations": some(1),
        "seat_people": some(1),
        "memberships": pairs(5),
        "silent": pairs(4),
        "ended": pairs(2),
        "clients": pairs(3),
        "system": frozenset({dice.randrange(4)}) if housed else frozenset(),
        "suspended_people": some(1) if dice.random() < 0.2 else frozenset(),
        "suspended_organisations": some(1) if dice.random() < 0.2 else frozenset(),
    }


def _tie(dice: random.Random) -> Tie:
    return Tie(
        dice.choice(("after", "together", "while")),
        dice.choice(OTHERS),
        turned=dice.random() < 0.5,
        back=dice.random() < 0.5,
        proposed=dice.random() < 0.7,
    )


def _questions(dice: random.Random, promisor: int, addressee: int) -> tuple[Asked, ...]:
    def one(still: bool) -> Asked:
        side, sort = dice.choice((promisor, addressee)), dice.choice(("terms", "terms", "release"))
        return Asked(side, dice.randrange(4), sort, still)

    return (*([one(False)] if dice.random() < 0.3 else []), *([one(True)] * (dice.random() < 0.8)))


class LaidPromise(Laid):
    """A world around one commitment."""

    kind, column = COMMITMENTS, "commitment_id"

    def role(self, person: int, organisation: int) -> str:
        """A liaison, or somebody who does not speak for her organisation."""
        return "observer" if (person, organisation) in self.plan["silent"] else "liaison"

    def _resource(self) -> Commitment:
        plan = self.plan
        promise = self._commitment("RANDOM", plan["state"], plan["ever_published"])
        promise.tlp = plan["tlp"]
        promise.author_id = self.people[plan["author"]].id
        for name in ("verifier", "asked"):
            key = None if plan[name] is None else self.organisations[plan[name]].id
            setattr(promise, f"{name}_id", key)
        promise.answer_by_at = NOW if plan["unanswered"] else NOW + DAY
        promise.next_round_at = NOW if plan["round_over"] else None
        for number, tie in enumerate(plan["ties"]):
            self._tied(promise, tie, number)
        for asked in plan["questions"]:
            self._add(
                Amendment(
                    commitment_id=promise.id,
                    type=asked.sort,
                    organisation_id=self.organisations[asked.side].id,
                    by_id=self.people[asked.by].id,
                    at=BEGINNING,
                    why="random",
                    answered_at=None if asked.open else BEGINNING,
                )
            )
        for n in plan["system"]:
            key = self.people[n].id
            self._add(Appointment(person_id=key, role="system", begins_at=BEGINNING))
        return promise

    def _commitment(self, name: str, state: str, proposed: bool) -> Commitment:
        return self._add(
            Commitment(
                ref=f"C-{self.mark}{name}",
                organisation_id=self.organisations[self.plan["organisation"]].id,
                addressee_id=self.organisations[self.plan["addressee"]].id,
                author_id=self.people[0].id,
                state=state,
                tlp="RED",
                theme="notice-contacts",
                title="random",
                zone="UTC",
                created_at=BEGINNING,
                changed_at=BEGINNING,
                published_at=NOW - DAY if proposed else None,
            )
        )

    def _tied(self, promise: Commitment, tie: Tie, number: int) -> None:
        # What has not turned yet will, or nobody knows when.
        other = self._commitment(f"OTHER-{number}", tie.other, tie.proposed)
        ends = (other.id, promise.id) if tie.back else (promise.id, other.id)
        at = NOW if tie.turned else NOW + DAY if tie.proposed else None
        self._add(Condition(commitment_id=ends[0], on_id=ends[1], type=tie.sort, turns_at=at))

    def as_case(self) -> Promise:
        """The commitment for the policy."""
        own = ("addressee", "verifier", "asked", "unanswered", "round_over", "ties", "questions")
        return Promise(**self.as_list(), **{name: self.plan[name] for name in own})

    def as_person(self, n: int) -> SpeakerIs:
        """A person for the policy, with those that she speaks for."""
        person = super().as_person(n)
        silent = {o for p, o in self.plan["silent"] if p == n}
        return SpeakerIs(
            person.key,
            person.active,
            person.organisations,
            person.were_in,
            speaks=person.organisations - silent,
            system=n in self.plan["system"],
        )

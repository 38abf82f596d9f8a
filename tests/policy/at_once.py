"""Many small worlds in one database: the policy is asked about all of them in one question a verb.

Laid once for a whole file of mutations, which then costs a handful of questions each.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.orm import Session

from models.agenda import Document
from models.dialogues import Dialogue
from models.stakeholders import Person
from portal.access import predicate, sub_resource
from portal.policy_sql import Form, text_of, verb_text
from portal.rules import DIALOGUES, READ_TEXT
from tests.cast import NOW
from tests.policy.dialogue_policy import may_see_sub_resource
from tests.policy.dialogue_worlds import LaidTalk
from tests.policy.small_worlds import Laid, Policy

Pair = tuple[int, int]
# Which person is asked about which resource: that of her own world alone.
PAIRS = Table(
    "pairs",
    MetaData(),
    Column("of", Integer),
    Column("who", Integer),
    Column("number", Integer),
    prefixes=["TEMPORARY"],
)
# Most of what is taken out of the policy is missed in the first few worlds: they are asked first.
ROUNDS: Final = ((0, 24), (24, 96), (96, 100_000))


def put(session: Session, pairs: Iterable[Pair]) -> None:
    """Keep whom to ask about what, four to a world, for as long as the session lasts."""
    PAIRS.create(session.connection())
    rows = [{"of": of, "who": who, "number": n // 4} for n, (of, who) in enumerate(pairs)]
    session.execute(insert(PAIRS), rows)


class Worlds:
    """The worlds of the plans, and what the requirement says about each resource and person."""

    def __init__(
        self, session: Session, laid: type[Laid], plans: Iterable[dict[str, Any]], policy: Policy
    ) -> None:
        self.session, self.kind = session, laid.kind
        self.worlds = [laid(session, plan, f"{n}-") for n, plan in enumerate(plans)]
        self.expected: dict[str, set[Pair]] = {verb: set() for verb in policy}
        for world in self.worlds:
            for (verb, n), says in world.expected(policy).items():
                if says:
                    self.expected[verb].add((world.resource.id, world.people[n].id))
        put(session, [(w.resource.id, person.id) for w in self.worlds for person in w.people])
        self.unspoiled = {verb: self._spelled(verb) for verb in policy}

    def contradicted(self) -> bool:
        """Whether the policy as it now stands differs from the requirement in one of the worlds.

        A verb that is spelled as it was before is not asked again.
        """
        spoiled = [verb for verb, sql in self.unspoiled.items() if sql != self._spelled(verb)]
        return any(
            self.said(verb, first, end) != self.expected[verb] & self._pairs(first, end)
            for first, end in ROUNDS
            for verb in spoiled
        )

    def _spelled(self, verb: str) -> str:
        return text_of(verb_text, self.kind.name, verb, Form(by_value=False))

    def _pairs(self, first: int, end: int) -> set[Pair]:
        worlds = self.worlds[first:end]
        return {(world.resource.id, person.id) for world in worlds for person in world.people}

    def said(self, verb: str, first: int = 0, end: int = ROUNDS[-1][1]) -> set[Pair]:
        """Who may do this to what, by the policy as it stands; in the worlds from `first` on."""
        asked = (
            select(PAIRS.c.of, PAIRS.c.who)
            .join(self.kind.model, self.kind.model.id == PAIRS.c.of)
            .join(Person, Person.id == PAIRS.c.who)
            .where(PAIRS.c.number >= first, PAIRS.c.number < end)
            .where(predicate(self.kind, verb, Person.id, NOW))
        )
        return {(row[0], row[1]) for row in self.session.execute(asked)}


class DocumentWorlds:
    """The same for the papers of dialogues: who sees which."""

    def __init__(self, session: Session, plans: Iterable[dict[str, Any]]) -> None:
        self.session = session
        seen = dict(
            pair
            for n, plan in enumerate(plans)
            for pair in sights(LaidTalk(session, plan, f"{n}-"))
        )
        self.expected = {pair for pair, says in seen.items() if says}
        self.pairs = list(seen)
        put(session, self.pairs)

    def contradicted(self) -> bool:
        """Whether somebody sees a paper that the requirement hides, or misses one of hers."""
        return any(
            self.said(first, end) != self.expected.intersection(self.pairs[4 * first : 4 * end])
            for first, end in ROUNDS
        )

    def said(self, first: int = 0, end: int = ROUNDS[-1][1]) -> set[Pair]:
        """Who sees which paper, by the policy as it now stands; four pairs from `first` on."""
        asked = (
            select(PAIRS.c.of, PAIRS.c.who)
            .join(Document, Document.id == PAIRS.c.of)
            .join(Dialogue, Dialogue.id == Document.dialogue_id)
            .join(Person, Person.id == PAIRS.c.who)
            .where(
                PAIRS.c.number >= first,
                PAIRS.c.number < end,
                predicate(DIALOGUES, READ_TEXT, Person.id, NOW),
                sub_resource(Document, Person.id, NOW),
            )
        )
        return {(row[0], row[1]) for row in self.session.execute(asked)}


def sights(world: LaidTalk) -> Iterator[tuple[Pair, bool]]:
    """For each paper of a world and each person whether she is to see it."""
    talk = world.as_talk()
    for document, (sight, side) in world.documents().items():
        for n, person in enumerate(world.people):
            says = may_see_sub_resource(world.as_person(n), talk, sight, side)
            yield (document, int(person.id)), says

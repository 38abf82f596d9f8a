"""Commitments in which every confidential text carries a canary of its own, and who may see which.

Who may see a canary is said here in plain Python, from the requirement, as in
tests/policy/policy.py; nothing of the portal's own policy is asked.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Amendment, Commitment, Step
from models.vocabulary import Tlp
from portal import commitments, coverage, stakeholders
from portal.commitments import CommitmentText, Said, Shown, StepText
from portal.demo import agree_to_all
from portal.rules import COMMITMENTS
from portal.store import Store
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, DUE, drafted
from tests.factories import opened_process, to
from tests.policy.policy import Case, PersonIs, may_read, on_own_side
from tests.worlds import HOMES, has_seat

PROMISOR, ADDRESSEE = "liaison@telco", "liaison@cloud"
NORM = "un-gge-2015-f"
STATES = ("draft", "proposed", "in-force", "released", "declined")
SHAPES = {
    Tlp.GREEN: (),
    Tlp.AMBER: ("peace",),
    Tlp.AMBER_STRICT: ("peace",),
    Tlp.RED: ("liaison@cloud", "analyst@cert", "mediator@peace"),
}
# Whose clients read along at AMBER: those of who is on the list, not those of a party.
CLIENTS = {"peace": "bank", "cloud": "un"}
# The cast speaks for its organisation, all but the observer.
SILENT = {"observer@un"}
TEXTS = ("title", "body", "how", "stepone", "steptwo", "tag")
SAID = ("report", "finding", "reply", "shows", "file", "content", "points", "link")
OF_THE_PARTIES = frozenset({"former", "why", "asking", "other"})


@dataclass(frozen=True)
class Promise:
    """One commitment of the world: what it is, its canaries by sort, and what can be opened."""

    ref: str
    case: Case
    sides: frozenset[int]
    canaries: dict[str, str]
    evidence: tuple[str, ...] = ()
    asked: int = 0

    def readable(self, person: PersonIs) -> bool:
        """Whether the person may read it: own side, the readers, and who is a party to it."""
        if may_read(person, self.case):
            return True
        shown = self.case.ever_published and self.case.tlp != "RED"
        return shown and bool(person.organisations & self.sides)

    def way_readable(self, person: PersonIs, speaks: bool) -> bool:
        """Whether the person may read what was asked for on the way to the present terms."""
        if not self.readable(person):
            return False
        in_it = person.organisations & (self.sides | {self.case.organisation})
        return on_own_side(person, self.case) or (
            bool(in_it) and (speaks or self.case.tlp != "RED")
        )

    def allowed(self, person: PersonIs, speaks: bool) -> set[str]:
        """The canaries of it that the person may see."""
        sorts = self.canaries.keys() if self.readable(person) else set()
        hidden = set() if self.way_readable(person, speaks) else OF_THE_PARTIES
        return {self.canaries[sort] for sort in sorts - hidden}


@dataclass(frozen=True)
class Promises:
    """The world: its commitments, its process, and who is who."""

    made: tuple[Promise, ...]
    people: dict[str, PersonIs]
    process_canaries: frozenset[str]

    def allowed(self, name: str) -> set[str]:
        """The canaries that this person may ever come across, by the requirement."""
        found = set(self.process_canaries) if has_seat(name) else set()
        return found.union(*(self.of(promise, name) for promise in self.made))

    def of(self, promise: Promise, name: str) -> set[str]:
        """The canaries of one commitment that this person may see."""
        known = self.people.get(name)
        return promise.allowed(known, name not in SILENT) if known else set()


def build(
    session: Session, world: World, store: Store, markings: tuple[Tlp, ...] = tuple(SHAPES)
) -> Promises:
    """Make the world through the service: these markings in every state."""
    homes = {name: home.id for name, home in world.organisations.items()}
    steward = world.actors["steward@portal"]
    for name, client in CLIENTS.items():
        ref = world.organisations[name].ref
        stakeholders.set_clients(session, steward, ref, client_ids={homes[client]}, now=NOW)
    agree_to_all(session, NOW)
    words: dict[str, Any] = {"cover_name": "canary-cover", "context": "canary-context"}
    process = opened_process(session, world, "telco", observers=("un",), **words)
    made = []
    for row, tlp in enumerate(markings):
        for column, state in enumerate(STATES):
            story = Story(session, world, store, tlp, state, len(STATES) * row + column)
            made.append(story.tell(process.id))
    people = {
        name: PersonIs(
            world.actors[name].person_id, organisations=frozenset({homes[home]} if home else ())
        )
        for name, home in HOMES.items()
    }
    return Promises(tuple(made), people, frozenset(words.values()))


@dataclass(frozen=True)
class Story:
    """How one commitment came to its state, told through the service."""

    session: Session
    world: World
    store: Store
    tlp: Tlp
    state: str
    number: int

    def word(self, sort: str) -> str:
        """The canary of this commitment for a sort of text."""
        return f"canary-{sort}-{self.number}x"

    def tell(self, process: int) -> Promise:
        """Let it happen, and say what there is to be found."""
        at_work = self.state == "in-force"
        verifier = "cert" if at_work else "un"
        draft = self._draft(process, verifier)
        sorts, asked = list(TEXTS), 0
        evidence: tuple[str, ...] = ()
        if self.state != "draft":
            self._propose(draft)
            sorts += ["former", "why"]
        if at_work:
            self.service("accept", PROMISOR, draft.ref, NOW)
            evidence, asked = self._work(draft), self._ask(draft)
            sorts += [*SAID, "asking", "other"]
        if self.state in ("released", "declined"):
            self._end(draft)
            sorts.append("reason")
        homes = self.world.organisations
        return Promise(
            draft.ref,
            self._case(),
            frozenset({homes["cloud"].id, homes[verifier].id}),
            {sort: self.word(sort) for sort in sorts},
            evidence,
            asked,
        )

    def service(self, verb: str, by: str, *args: Any, **values: Any) -> Any:
        """Let somebody of the cast do something at the service."""
        return getattr(commitments, verb)(self.session, self.world.actors[by], *args, **values)

    def _draft(self, process: int, verifier: str) -> Commitment:
        countered = self.state != "draft"
        steps = (StepText(self.word("stepone"), DUE), StepText(self.word("steptwo"), DUE))
        draft = drafted(
            self.session,
            self.world,
            *SHAPES[self.tlp],
            verifier=verifier,
            process=process,
            tlp=self.tlp,
            title=self.word("title"),
            body=self.word("former" if countered else "body"),
            how_known=self.word("how"),
            steps=steps,
        )
        said: dict[str, Any] = {"norm": NORM, "reason": self.word("tag"), "now": NOW}
        author = self.world.actors[PROMISOR]
        coverage.link_norm(self.session, author, COMMITMENTS, draft.ref, **said)
        return draft

    def _propose(self, draft: Commitment) -> None:
        self.service("propose", PROMISOR, draft.ref, answer_by_on=ANSWER_BY, now=NOW)
        self._other_terms("counter", ADDRESSEE, draft, "body", "why")

    def _other_terms(self, verb: str, by: str, draft: Commitment, body: str, why: str) -> None:
        self.session.flush()
        terms: CommitmentText = commitments.text_of(self.session, draft)
        text = replace(terms, body=self.word(body))
        said: dict[str, Any] = {"why": self.word(why), "version": draft.version, "now": NOW}
        self.service(verb, by, draft.ref, text=text, **said)

    def _work(self, draft: Commitment) -> tuple[str, ...]:
        for verb, by in (("report", PROMISOR), ("verify", "analyst@cert")):
            word = self.word("report" if verb == "report" else "finding")
            self.service(verb, by, draft.ref, said=Said(Step.MINIMAL, word, 1), now=NOW)
        self.service("reply", PROMISOR, draft.ref, words=self.word("reply"), now=NOW)
        named: dict[str, Any] = {
            "file_name": self.word("file") + ".txt",
            "content": self.word("content").encode(),
        }
        link: dict[str, Any] = {
            "link": f"https://there.example/{self.word('link')}",
            "sha256": "0" * 64,
        }
        shown = (Shown(self.word("shows"), **named), Shown(self.word("points"), **link))
        kept: dict[str, Any] = {"store": self.store, "now": NOW}
        return tuple(
            self.service("add_evidence", PROMISOR, draft.ref, shown=what, **kept).ref
            for what in shown
        )

    def _ask(self, draft: Commitment) -> int:
        self._other_terms("amend", PROMISOR, draft, "other", "asking")
        asked = select(Amendment.id).where(Amendment.commitment_id == draft.id)
        return self.session.scalars(asked).one()

    def _end(self, draft: Commitment) -> None:
        reason: dict[str, Any] = {"why": self.word("reason"), "now": NOW}
        if self.state == "declined":
            self.service("decline", PROMISOR, draft.ref, **reason)
        else:
            self.service("accept", PROMISOR, draft.ref, NOW)
            self.service("ask_release", PROMISOR, draft.ref, **reason)
            self.service("release", ADDRESSEE, draft.ref, NOW)

    def _case(self) -> Case:
        homes, listed = self.world.organisations, to(self.world, *SHAPES[self.tlp])
        return Case(
            state="draft" if self.state == "draft" else "open",
            tlp=str(self.tlp),
            organisation=homes["telco"].id,
            author=self.world.actors[PROMISOR].person_id,
            ever_published=self.state != "draft",
            organisations=listed.organisations,
            people=listed.people,
            clients={
                homes[name].id: frozenset({homes[client].id}) for name, client in CLIENTS.items()
            },
        )

"""Random lives of a few commitments that hang on one another, told by right and wrong people."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from models.commitments import Amendment, Commitment, Condition, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.access import Actor
from portal.commitments import CommitmentText, Said, StepText
from portal.db import open_session
from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.rules import (
    ACCEPT,
    AMEND,
    ASK_RELEASE,
    CONSENT,
    COUNTER,
    DECLARE_UNMET,
    DECLINE,
    PROPOSE,
    REFUSE,
    RELEASE,
    REPLY,
    REPORT,
    TAKE_BACK,
    VERIFY,
    WITHDRAW,
)
from tests.cast import NOW, World
from tests.commitments.builders import drafted
from tests.commitments.invariants import Seen, Watch

MOST = 5
WHICH = st.integers(0, MOST - 1)
SORTS = st.sampled_from(("after", "together", "together", "while", "while"))
DAYS = st.sampled_from((0, 0, 2, 5))
PAIRS = (("telco", "cloud"), ("cloud", "telco"), ("telco", "bank"), ("bank", "cloud"))
PARTS = ("promisor", "addressee", "finder")
STRANGERS = ("bank", "un", "steward")
SPEAKERS = {"cert": "analyst@cert", "un": "observer@un", "steward": "steward@portal"}
ACTS = (
    PROPOSE, ACCEPT, COUNTER, DECLINE, WITHDRAW, REPORT, VERIFY, DECLARE_UNMET, REPLY, AMEND,
    ASK_RELEASE, CONSENT, REFUSE, TAKE_BACK, RELEASE,
)  # fmt: skip
PAUSE = ("draft", "add_condition", "remove_condition", "stop", "stop", "mend", "mend")
BOTH = ("promisor", "addressee")
# Whose turn may well be next, and with what; said twice where it is the usual course.
REPLIES = [(REPLY, "promisor")]
ASKS = [(verb, side) for verb in (AMEND, AMEND, ASK_RELEASE) for side in BOTH]
ANSWERS = [
    (verb, side)
    for verb in (CONSENT, CONSENT, CONSENT, RELEASE, REFUSE, TAKE_BACK)
    for side in BOTH
]
TURNS = {
    "draft": [(PROPOSE, "promisor")] * 5 + [(WITHDRAW, "promisor")],
    "proposed": [(ACCEPT, side) for side in BOTH] * 3
    + [(COUNTER, side) for side in BOTH]
    + [(DECLINE, "addressee"), (WITHDRAW, "promisor")],
    "accepted": ASKS,
    "in-force": [(VERIFY, "finder"), (REPORT, "promisor")] * 6
    + [(DECLARE_UNMET, "finder"), *REPLIES, *ASKS],
    "suspended": ASKS + REPLIES,
}


@st.composite
def shapes(draw: st.DrawFn) -> dict[str, Any]:
    """What a promise may say: one day, none, steps, or rounds."""
    due = draw(st.integers(4, 12))
    sort = draw(st.sampled_from(("weekly", "once", "once", "steps", "never", "weekly until")))
    shape: dict[str, Any] = {"title": draw(st.sampled_from(("One", "Two"))), "due": due}
    if sort == "never":
        shape["due"] = None
    if sort == "steps":
        shape["steps"] = draw(st.lists(st.integers(4, 12), min_size=1, max_size=3))
    if sort.startswith("weekly"):
        shape["every"] = "week"
        shape["until"] = due + 15 if sort.endswith("until") else None
    return shape


# What is said with an act; each act takes what it needs.
SAID = st.fixed_dictionaries(
    {
        "shape": shapes(),
        "near": st.booleans(),
        "stale": st.sampled_from((0, 0, 0, 1)),
        "step": st.sampled_from((*Step, Step.FULL)),
        "which": st.integers(0, 2),
        "stopped": st.sampled_from((True, False, False)),
        "days": st.integers(0, 4),
    }
)
MOVES = st.fixed_dictionaries(
    {
        "what": st.sampled_from(("turn",) * 8 + ("agree", "anybody", "wait") * 2 + PAUSE),
        "n": WHICH,
        "m": WHICH,
        "pick": st.integers(0, 59),
        "side": st.sampled_from(PARTS + STRANGERS),
        "verb": st.sampled_from(ACTS),
        "sort": SORTS,
        "days": DAYS,
        "hours": st.sampled_from((12, 24, 72, 240)),
        "kept": st.sampled_from((True, True, False)),
        "said": SAID,
    }
)


class Lives(RuleBasedStateMachine):
    """Acts are tried; the errors of the policy are fine, anything else is a fault."""

    world: World
    web: tuple[tuple[int, int, str, int], ...]
    seen: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.session = open_session(self.world.sessions, writes=True)
        self.watch, self.now, self.kept = Watch(self.session), NOW, False
        self.made: list[Commitment] = []

    def teardown(self) -> None:
        self.watch.at_the_end()
        self.seen.update(self.watch.verbs)
        self.session.rollback()
        self.session.close()

    def day(self, days: int | None) -> date | None:
        return None if days is None else (self.now + timedelta(days=days)).date()

    def text(self, shape: dict[str, Any]) -> CommitmentText:
        steps = [StepText(f"Step {n}", self.day(d) or NOW.date(), n + 1)
                 for n, d in enumerate(shape.get("steps", ()))]  # fmt: skip
        return CommitmentText(
            shape["title"], Tlp.GREEN, due_on=self.day(shape["due"]), steps=tuple(steps),
            every=shape.get("every", ""), until_on=self.day(shape.get("until")),
        )  # fmt: skip

    def one(self, n: int) -> Commitment:
        return self.made[n % len(self.made)]

    def who(self, commitment: Commitment, side: str) -> Actor:
        keys = {
            "promisor": commitment.organisation_id,
            "addressee": commitment.addressee_id,
            "finder": commitment.verifier_id or commitment.addressee_id,
        }
        homes = {home.id: name for name, home in self.world.organisations.items()}
        home = homes[keys[side]] if side in keys else side
        return self.world.actors[SPEAKERS.get(home, f"liaison@{home}")]

    def attempt(self, act: Callable[..., Any], n: int, side: str, *args: Any, **said: Any) -> None:
        """Do it as the service does, or not at all."""
        commitment = self.one(n)
        nest = self.session.begin_nested()
        try:
            actor = self.who(commitment, side)
            act(self.session, actor, commitment.ref, *args, **said, now=self.now)
        except (Refused, TooLate, NotFound, Invalid):
            nest.rollback()
        else:
            nest.commit()

    def act(self, verb: str, n: int, side: str, said: dict[str, Any]) -> None:
        """One of the verbs, with what it needs."""
        version = self.one(n).version - said["stale"]
        what = Said(said["step"], "So it is.", said["which"], said["stopped"])
        words: dict[str, Any] = {"why": "So we see it."}
        text = self.text(said["shape"])
        if said["near"]:
            text = replace(commitments.text_of(self.session, self.one(n)), title=text.title)
        terms = words | {"text": text, "version": version}
        given: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            PROPOSE: (commitments.propose, {"answer_by_on": self.day(said["days"])}),
            ACCEPT: (commitments.accept, {}),
            COUNTER: (commitments.counter, terms),
            DECLINE: (commitments.decline, words),
            WITHDRAW: (commitments.withdraw, words),
            REPORT: (commitments.report, {"said": what}),
            VERIFY: (commitments.verify, {"said": what}),
            DECLARE_UNMET: (commitments.declare_unmet, {"said": what}),
            REPLY: (commitments.reply, {"words": "It was."}),
            AMEND: (commitments.amend, terms),
            ASK_RELEASE: (commitments.ask_release, words),
            CONSENT: (commitments.consent, {}),
            REFUSE: (commitments.refuse, {}),
            TAKE_BACK: (commitments.take_back, {}),
            RELEASE: (commitments.release, {}),
        }
        self.attempt(given[verb][0], n, side, **given[verb][1])

    @initialize(
        shapes=st.lists(shapes(), min_size=3, max_size=3),
        verified=st.booleans(),
        agreed=st.sampled_from((3, 3, 0)),
    )
    def begin(self, shapes: list[dict[str, Any]], verified: bool, agreed: int) -> None:
        """Three promises that hang on one another; most lives begin agreed on."""
        for pair, shape in zip(PAIRS, shapes, strict=False):
            self.write(pair, verified, shape)
        self.attempt(commitments.propose, 1, "promisor", answer_by_on=self.day(3))
        for n, m, sort, days in self.web:
            self.add_condition(n, m, sort, days, "promisor")
        for n in range(agreed):
            self.attempt(commitments.propose, n, "promisor", answer_by_on=self.day(3))
            self.attempt(commitments.accept, n, "addressee")

    @rule(move=MOVES)
    def go_on(self, move: dict[str, Any]) -> None:
        """One rule for all: more would be left out by turns, and nothing would come of a life."""
        getattr(self, move["what"])(**move)

    def turn(self, n: int, pick: int, said: dict[str, Any], **_: Any) -> None:
        """Somebody does what her turn may well be, with one that is not over if there is any."""
        live = [key for key, row in enumerate(self.made) if row.state in TURNS]
        n = live[n % len(live)] if live else n
        commitment = self.one(n)
        asked = select(Amendment.id).where(
            Amendment.commitment_id == commitment.id, Amendment.answered_at.is_(None)
        )
        open_question = self.session.scalar(asked) is not None and pick % 3
        turns = ANSWERS if open_question else TURNS.get(commitment.state, REPLIES)
        verb, side = turns[pick % len(turns)]
        self.act(verb, n, side, said)

    def anybody(self, n: int, side: str, verb: str, said: dict[str, Any], **_: Any) -> None:
        self.act(verb, n, side, said)

    def agree(self, n: int, **more: Any) -> None:
        """A promise comes about as most do: hung on another, proposed, accepted."""
        self.add_condition(n, **(more | {"side": "promisor"}))
        self.attempt(commitments.propose, n, "promisor", answer_by_on=self.day(3))
        self.attempt(commitments.accept, n, "addressee")

    def stop(self, n: int, **_: Any) -> None:
        """A promise is found not to be kept; what holds only as long as it is has its grace."""
        self.attempt(commitments.verify, n, "finder", said=Said(Step.MINIMAL, "Not so.", 0, True))

    def mend(self, n: int, **_: Any) -> None:
        """It is kept again, and the promisor says so."""
        self.attempt(commitments.verify, n, "finder", said=Said(Step.INTERMEDIATE, "Again so."))
        self.attempt(commitments.report, n, "promisor", said=Said(Step.FULL, "We did."))

    def draft(self, pick: int, said: dict[str, Any], **_: Any) -> None:
        if len(self.made) < MOST:
            self.write(PAIRS[pick % len(PAIRS)], said["stopped"], said["shape"])

    def write(self, pair: tuple[str, str], verified: bool, shape: dict[str, Any]) -> None:
        said = self.text(shape)
        values = {name: getattr(said, name) for name in ("tlp", "due_on", "every", "until_on")}
        self.made.append(
            drafted(
                self.session, self.world, by=f"liaison@{pair[0]}", to=pair[1], at=self.now,
                verifier="cert" if verified else "", title=said.title, steps=said.steps, **values,
            )
        )  # fmt: skip

    def add_condition(self, n: int, m: int, sort: str, days: int, side: str, **_: Any) -> None:
        on = self.one(m).ref
        self.attempt(commitments.add_condition, n, side, on=on, condition_type=sort, days=days)

    def remove_condition(self, n: int, pick: int, side: str, **_: Any) -> None:
        rows = self.session.query(Condition).order_by(Condition.id).all()
        if rows:
            self.attempt(commitments.remove_condition, n, side, rows[pick % len(rows)].id)

    def wait(self, hours: int, kept: bool, **_: Any) -> None:
        """Time passes; the jobs come by, or sleep."""
        self.now, self.kept = self.now + timedelta(hours=hours), False
        if kept:
            self.apply_due_transitions()

    def apply_due_transitions(self) -> None:
        def once() -> int:
            refs = commitments.due_for_the_system(self.session, self.now)
            return sum(
                commitments.apply_due_transitions(self.session, ref, self.now) for ref in refs
            )

        once()
        assert once() == 0, "a second look finds nothing to do"
        self.kept = True

    @invariant()
    def everything_holds(self) -> None:
        self.watch.look()
        if self.kept:
            Seen(self.session).kept_time(self.now)

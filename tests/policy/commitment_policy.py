"""The policy on commitments, said a second time from the requirement, in plain Python.

Nothing of the portal's policy is imported here. The lists of readers are those of
tests/policy/policy.py; beside them stand the parties, the verifier, and the system, which sees the
envelope of a commitment for as long as its time has come.
"""

from dataclasses import dataclass, field

from tests.policy.policy import Case, PersonIs, marking_lets, on_own_side

AGREED = ("accepted", "in-force", "suspended")
READY = (*AGREED, "fulfilled")


@dataclass(frozen=True)
class SpeakerIs(PersonIs):
    """A person, the organisations that she speaks for, and whether it is the system."""

    speaks: frozenset[int] = frozenset()
    system: bool = False


@dataclass(frozen=True)
class Tie:
    """How the commitment hangs on another; `back`: it was the other one that asked for it.

    `turned` says whether the moment has come that decides it.
    """

    sort: str
    other: str = "proposed"
    turned: bool = False
    back: bool = False
    proposed: bool = True


@dataclass(frozen=True)
class Asked:
    """What one side asks of the other, by whom; `open` until it is answered."""

    side: int
    by: int
    sort: str = "terms"
    open: bool = True


@dataclass(frozen=True)
class Promise(Case):
    """A commitment as the requirement sees one; the promisor is its `organisation`."""

    addressee: int = 1
    verifier: int | None = None
    asked: int | None = None
    unanswered: bool = False
    round_over: bool = False
    ties: tuple[Tie, ...] = ()
    questions: tuple[Asked, ...] = field(default_factory=tuple)


def is_open(promise: Promise) -> bool:
    """A proposal has left its side; a draft has no readers."""
    return promise.ever_published and promise.state != "draft"


def on_the_other_side(person: PersonIs, promise: Promise) -> bool:
    """Everybody of the addressee and of the verifier, unless it is RED."""
    sides = {promise.addressee, promise.verifier}
    return promise.tlp != "RED" and bool(person.organisations & sides)


def waits(promise: Promise) -> bool:
    """Whether a condition keeps it from beginning."""
    return any(
        (tie.sort == "after" and not tie.back and not tie.turned)
        or (tie.sort == "together" and tie.other not in READY and (tie.proposed or not tie.back))
        for tie in promise.ties
    )


def is_broken(promise: Promise) -> bool:
    """Whether something that it holds only as long as has stopped, and its grace is over."""
    return any(tie.sort == "while" and tie.turned and not tie.back for tie in promise.ties)


def is_due_for_the_system(promise: Promise) -> bool:
    """Whether time or a condition has come for something that nobody else does."""
    return {
        "proposed": promise.unanswered,
        "accepted": not waits(promise),
        "in-force": is_broken(promise) or promise.round_over,
        "suspended": not is_broken(promise),
    }.get(promise.state, False)


def may_read_text(person: SpeakerIs, promise: Promise) -> bool:
    """One's own side always; once it is proposed the other side, the verifier and the readers."""
    if not person.active:
        return False
    if on_own_side(person, promise):
        return True
    reached = on_the_other_side(person, promise) or marking_lets(person, promise)
    return is_open(promise) and reached


def may_read(person: SpeakerIs, promise: Promise) -> bool:
    """The envelope: whoever reads the text, and the system while its time has come."""
    if may_read_text(person, promise):
        return True
    return person.active and person.system and is_due_for_the_system(promise)


def may_read_terms(person: SpeakerIs, promise: Promise) -> bool:
    """What was asked on the way: one's own side, the other side, and who speaks for one of them."""
    if not may_read(person, promise):
        return False
    if on_own_side(person, promise):
        return True
    in_it = {promise.organisation, promise.addressee, promise.verifier}
    inside = on_the_other_side(person, promise) or bool(person.speaks & in_it)
    return is_open(promise) and inside


def may_accept(person: SpeakerIs, promise: Promise) -> bool:
    """Whoever speaks for the party that is asked, until the day for it is over."""
    asked = promise.asked in person.speaks and not promise.unanswered
    return may_read(person, promise) and promise.state == "proposed" and asked


def may_report(person: SpeakerIs, promise: Promise) -> bool:
    """The author while a member, and whoever speaks for the promisor."""
    home = promise.organisation
    author = person.key == promise.author and home in person.organisations
    if promise.state != "in-force" or not may_read(person, promise):
        return False
    return author or home in person.speaks


def may_find(person: SpeakerIs, promise: Promise) -> bool:
    """Whoever speaks for the verifier, or for the addressee where none is named."""
    finder = promise.addressee if promise.verifier is None else promise.verifier
    return may_read(person, promise) and promise.state == "in-force" and finder in person.speaks


def may_consent(person: SpeakerIs, promise: Promise) -> bool:
    """Whoever speaks for the party that is asked for other terms, but never who asked for them."""
    if promise.state not in AGREED or not may_read(person, promise):
        return False
    across = {
        promise.organisation: promise.addressee,
        promise.addressee: promise.organisation,
    }
    return any(
        asked.open
        and asked.sort == "terms"
        and asked.by != person.key
        and across.get(asked.side) in person.speaks
        for asked in promise.questions
    )

"""Each act on a commitment that an e-mail reports, and each lateness, played through."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said, Shown
from portal.store import Store
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed, reported, terms

DAY = timedelta(days=1)
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"
COLLEAGUE, SYSTEM = "colleague@telco", ""
TITLE, REASON = "A quiet canary", "The canary sang."
LINK = Shown("What we saw", link="https://canary.example/", sha256="0" * 64)

Scene = Callable[[Session, World, Tlp], Commitment]


def add_condition(
    session: Session,
    world: World,
    ref: str,
    on: str,
    condition_type: ConditionType,
    by: str,
    days: int = 0,
) -> None:
    """Let a draft of somebody's hang on another commitment."""
    actor = world.actors[by]
    commitments.add_condition(
        session, actor, ref, on=on, condition_type=condition_type, days=days, now=NOW
    )


def answered(
    session: Session, world: World, condition_type: ConditionType, tlp: Tlp, days: int = 0
) -> Commitment:
    """A commitment of Cloud to Telco, agreed on, that hangs on one of Telco to Cloud."""
    first = agreed(session, world, title=TITLE, tlp=tlp)
    second = drafted(session, world, by=CLOUD, to="telco", title=TITLE, tlp=tlp)
    add_condition(session, world, second.ref, first.ref, condition_type, CLOUD, days)
    cloud = world.actors[CLOUD]
    commitments.propose(session, cloud, second.ref, answer_by_on=date(2026, 12, 1), now=NOW)
    commitments.accept(session, world.actors[TELCO], second.ref, NOW)
    return second


def on_which(session: Session, second: Commitment) -> Commitment:
    """The commitment that this one hangs on."""
    refs = session.query(Commitment).filter(Commitment.id < second.id)
    return refs.order_by(Commitment.id.desc()).limit(1).one()


def put(session: Session, world: World, tlp: Tlp) -> Commitment:
    """A proposal that waits for its answer."""
    return proposed(session, world, title=TITLE, tlp=tlp)


def begun(session: Session, world: World, tlp: Tlp) -> Commitment:
    """A commitment in force."""
    return agreed(session, world, title=TITLE, tlp=tlp)


def withdraw(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco takes its proposal back."""
    made = put(session, world, tlp)
    commitments.withdraw(session, world.actors[TELCO], made.ref, why=REASON, now=NOW)
    return made


def accept(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco accepts what waits for another first."""
    return answered(session, world, ConditionType.AFTER, tlp, days=3)


def decline(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud says no."""
    made = put(session, world, tlp)
    commitments.decline(session, world.actors[CLOUD], made.ref, why=REASON, now=NOW)
    return made


def counter(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud asks for other terms before it agrees."""
    made = put(session, world, tlp)
    text = terms(title=TITLE, tlp=tlp, body="Longer.")
    cloud, version = world.actors[CLOUD], made.version
    commitments.counter(session, cloud, made.ref, text=text, why=REASON, version=version, now=NOW)
    return made


def lapse(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Nobody answers in time."""
    made = put(session, world, tlp)
    commitments.apply_due_transitions(session, made.ref, NOW + 9 * DAY)
    return made


def report(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco reports."""
    made = begun(session, world, tlp)
    reported(session, world, made.ref)
    return made


def find(session: Session, world: World, tlp: Tlp) -> Commitment:
    """The verifier finds less."""
    made = begun(session, world, tlp)
    found(session, world, made.ref, Step.MINIMAL)
    return made


def fulfil(session: Session, world: World, tlp: Tlp) -> Commitment:
    """The verifier finds it fulfilled."""
    made = begun(session, world, tlp)
    found(session, world, made.ref)
    return made


def declare_unmet(session: Session, world: World, tlp: Tlp) -> Commitment:
    """The verifier closes it as not met."""
    made, said = begun(session, world, tlp), Said(Step.MINIMAL, REASON)
    commitments.declare_unmet(session, world.actors[CERT], made.ref, said=said, now=NOW)
    return made


def reply(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco replies to a finding."""
    made = find(session, world, tlp)
    commitments.reply(session, world.actors[TELCO], made.ref, words=REASON, now=NOW)
    return made


def suspend(session: Session, world: World, tlp: Tlp) -> Commitment:
    """What Cloud promised only as long as Telco keeps its word is suspended."""
    second = answered(session, world, ConditionType.WHILE, tlp)
    first = on_which(session, second)
    found(session, world, first.ref, Step.MINIMAL, stopped=True)
    return second


def resume(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco keeps its word again."""
    second = suspend(session, world, tlp)
    found(session, world, on_which(session, second).ref, Step.INTERMEDIATE)
    return second


def amend(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco asks for other terms."""
    made = begun(session, world, tlp)
    text = terms(title=TITLE, tlp=tlp, body="Longer.")
    telco, version = world.actors[TELCO], made.version
    commitments.amend(session, telco, made.ref, text=text, why=REASON, version=version, now=NOW)
    return made


def ask_release(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco asks for an end."""
    made = begun(session, world, tlp)
    commitments.ask_release(session, world.actors[TELCO], made.ref, why=REASON, now=NOW)
    return made


def consent(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud agrees to the other terms."""
    made = amend(session, world, tlp)
    commitments.consent(session, world.actors[CLOUD], made.ref, NOW)
    return made


def release(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud agrees to the end."""
    made = ask_release(session, world, tlp)
    commitments.release(session, world.actors[CLOUD], made.ref, NOW)
    return made


def refuse(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud does not agree to the end."""
    made = ask_release(session, world, tlp)
    commitments.refuse(session, world.actors[CLOUD], made.ref, NOW)
    return made


def take_back(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco does not ask for the end any more."""
    made = ask_release(session, world, tlp)
    commitments.take_back(session, world.actors[TELCO], made.ref, NOW)
    return made


# Each verb that is told: how it comes to it, and who is told (whoever acted is not).
def comment(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Cloud comments on what is in force."""
    made = begun(session, world, tlp)
    commitments.comment(session, world.actors[CLOUD], made.ref, text=REASON, now=NOW)
    return made


def remind(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco reminds Cloud of its proposal."""
    made = put(session, world, tlp)
    commitments.remind(session, world.actors[TELCO], made.ref, NOW)
    return made


TOLD: dict[str, tuple[Scene, set[str]]] = {
    "propose": (put, {CLOUD}),
    "withdraw": (withdraw, {COLLEAGUE, CLOUD}),
    "accept": (accept, {COLLEAGUE, CLOUD}),
    "decline": (decline, {TELCO, COLLEAGUE}),
    "counter": (counter, {TELCO, COLLEAGUE}),
    "lapse": (lapse, {TELCO, COLLEAGUE, CLOUD}),
    "start": (begun, {TELCO, COLLEAGUE, CLOUD, CERT}),
    "report": (report, {CERT}),
    "verify": (find, {TELCO, COLLEAGUE, CLOUD}),
    "fulfil": (fulfil, {TELCO, COLLEAGUE, CLOUD}),
    "declare-unmet": (declare_unmet, {TELCO, COLLEAGUE, CLOUD}),
    "reply": (reply, {CERT}),
    "suspend": (suspend, {TELCO, COLLEAGUE, CLOUD, CERT}),
    "resume": (resume, {TELCO, COLLEAGUE, CLOUD, CERT}),
    "amend": (amend, {COLLEAGUE, CLOUD}),
    "ask-release": (ask_release, {COLLEAGUE, CLOUD}),
    "consent": (consent, {TELCO, COLLEAGUE}),
    "release": (release, {TELCO, COLLEAGUE, CERT}),
    "refuse": (refuse, {TELCO, COLLEAGUE}),
    "take-back": (take_back, {COLLEAGUE, CLOUD}),
    "comment": (comment, {TELCO, COLLEAGUE, CERT}),
    "remind": (remind, {CLOUD}),
}


def shown(session: Session, world: World, tlp: Tlp, store: Store) -> Commitment:
    """Evidence of Telco's that expires on 10 December."""
    made = begun(session, world, tlp)
    what = Shown(LINK.title, link=LINK.link, sha256=LINK.sha256, expires_on=date(2026, 12, 10))
    commitments.add_evidence(
        session, world.actors[TELCO], made.ref, shown=what, store=store, now=NOW
    )
    return made


def graced(session: Session, world: World, tlp: Tlp) -> Commitment:
    """Telco has stopped; what Cloud promised meanwhile holds for five days more."""
    second = answered(session, world, ConditionType.WHILE, tlp, days=5)
    first = on_which(session, second)
    found(session, world, first.ref, Step.MINIMAL, stopped=True)
    return first


# Each reminder: how it comes to it, when, and who is reminded.
REMINDED: dict[str, tuple[Scene, datetime, set[str]]] = {
    "answer-soon": (put, NOW + 6 * DAY, {CLOUD}),
    "report-soon": (begun, NOW + 20 * DAY, {TELCO, COLLEAGUE}),
    "report-late": (begun, NOW + 29 * DAY, {TELCO, COLLEAGUE}),
    "verify-late": (report, NOW + 4 * DAY, {CERT}),
    "grace-ends": (graced, NOW + 3 * DAY, {TELCO, COLLEAGUE}),
}

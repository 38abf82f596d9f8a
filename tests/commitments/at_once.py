"""Acts of several people at the same moment, and what must hold of all of them afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType
from portal import commitments
from portal.access import Actor
from portal.db import reading, writing
from portal.errors import PortalError
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, agreed, drafted
from tests.commitments.invariants import Watch
from tests.commitments.trail import acts

CLOUD = "liaison@cloud"
Act = Callable[[Session], Any]


def attempt(world: World, gate: Barrier, act: Act) -> PortalError | None:
    """Do it in a session of its own, together with the others; what the policy says to it."""
    gate.wait()
    try:
        with writing(world.sessions) as session:
            act(session)
    except PortalError as lost:
        return lost
    return None


def at_once(world: World, *both: Act) -> list[PortalError | None]:
    """Do these at the same moment; anything but an answer of the policy is a fault."""
    gate = Barrier(len(both))
    with ThreadPoolExecutor(len(both)) as pool:
        under_way = [pool.submit(attempt, world, gate, act) for act in both]
    return [one.result() for one in under_way]


def by(world: World, name: str, act: Callable[..., Any], *args: Any, **said: Any) -> Act:
    """An act of somebody, to be done in a session."""
    actor: Actor = world.actors[name]
    return lambda session: act(session, actor, *args, **({"now": NOW} | said))


def jobs(ref: str, now: Any) -> Act:
    """The jobs come by for it."""
    return lambda session: commitments.apply_due_transitions(session, ref, now)


def made(world: World, make: Callable[..., Commitment], **values: Any) -> Commitment:
    """A commitment in the database, for everybody to act on."""
    with writing(world.sessions) as session:
        return make(session, world, **values)


def hung(
    session: Session, world: World, condition_type: ConditionType, make: Any = agreed, **said: Any
) -> Any:
    """One of Telco's, and one of Cloud's that hangs on it and is put forward."""
    first = make(session, world, **said)
    second = drafted(session, world, by=CLOUD, to="telco")
    cloud = world.actors[CLOUD]
    commitments.add_condition(
        session, cloud, second.ref, on=first.ref, condition_type=condition_type, days=0, now=NOW
    )
    commitments.propose(session, cloud, second.ref, answer_by_on=ANSWER_BY, now=NOW)
    return first, second


def state(world: World, resource: Commitment) -> str:
    """Its state in the database."""
    with reading(world.sessions) as session:
        return session.get_one(Commitment, resource.id).state


def verbs(world: World, resource: Commitment, *which: str) -> list[str]:
    """Which of these happened, in the order of the trail."""
    with reading(world.sessions) as session:
        return [verb for verb in acts(session, resource) if verb in which]


def whole(world: World) -> None:
    """The trail is unbroken and alone tells the states, the index holds what it must."""
    with reading(world.sessions) as session:
        watch = Watch(session)
        watch.look()
        watch.at_the_end()


def exactly_one(ends: list[PortalError | None], *losing: type[PortalError]) -> int:
    """The place of the one that was done; the other is told why not."""
    (winner,) = (n for n, end in enumerate(ends) if end is None)
    (lost,) = (end for end in ends if end is not None)
    assert isinstance(lost, losing), repr(lost)
    return winner

"""Commitments for tests, made through the service as the people of the cast."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Between, CommitmentText, Said
from portal.commitments.consequences import questions_of
from tests.cast import NOW, World
from tests.factories import to as addressed

ANSWERED_IN, DUE_IN = timedelta(days=8), timedelta(days=27)
ANSWER_BY, DUE = (NOW + ANSWERED_IN).date(), (NOW + DUE_IN).date()


def terms(**values: Any) -> CommitmentText:
    """The terms of a commitment; every field can be said otherwise."""
    said = {"title": "No action against response teams", "tlp": Tlp.AMBER_STRICT, "due_on": DUE}
    return CommitmentText(**(said | values))


def drafted(
    session: Session,
    world: World,
    *readers: str,
    by: str = "liaison@telco",
    to: str = "cloud",
    verifier: str = "cert",
    process: int = 0,
    at: datetime = NOW,
    **values: Any,
) -> Commitment:
    """A draft of the person's organisation; `verifier` may be empty."""
    homes = world.organisations
    values.setdefault("due_on", (at + DUE_IN).date())
    return commitments.draft_commitment(
        session,
        world.actors[by],
        homes[by.partition("@")[2]].ref,
        text=terms(**values),
        with_whom=Between(homes[to].id, homes[verifier].id if verifier else 0, process),
        to=addressed(world, *readers),
        now=at,
    )


def proposed(session: Session, world: World, *readers: str, **values: Any) -> Commitment:
    """A proposal that waits for its addressee for eight days."""
    draft = drafted(session, world, *readers, **values)
    by, at = values.get("by", "liaison@telco"), values.get("at", NOW)
    until = (at + ANSWERED_IN).date()
    said = dict.fromkeys(questions_of(draft), "Not known.")
    return commitments.propose(
        session, world.actors[by], draft.ref, answer_by_on=until, now=at, answers=said
    )


def agreed(session: Session, world: World, *readers: str, **values: Any) -> Commitment:
    """An accepted commitment: in force, unless a condition makes it wait."""
    commitment = proposed(session, world, *readers, **values)
    other = speaker(values.get("to", "cloud"))
    commitments.accept(session, world.actors[other], commitment.ref, values.get("at", NOW))
    return commitment


def due_at(session: Session, made: Commitment, at: datetime) -> None:
    """Let all due days of a commitment be over at another time, which is then its next."""
    of_it = Milestone.commitment_id == made.id
    session.execute(update(Milestone).where(of_it).values(due_at=at))
    session.execute(update(Commitment).where(Commitment.id == made.id).values(due_at=at))


def speaker(home: str) -> str:
    """Who speaks for an organisation of the cast."""
    return {"peace": "mediator@peace", "cert": "analyst@cert"}.get(home, f"liaison@{home}")


def reported(
    session: Session, world: World, ref: str, step: Step = Step.FULL, **values: Any
) -> None:
    """The promisor reports."""
    said = {"by": "liaison@telco", "at": NOW, "milestone": 0} | values
    what = Said(step, "As we see it.", said["milestone"])
    commitments.report(session, world.actors[said["by"]], ref, said=what, now=said["at"])


def found(session: Session, world: World, ref: str, step: Step = Step.FULL, **values: Any) -> None:
    """The verifier finds."""
    said = {"by": "analyst@cert", "at": NOW, "milestone": 0, "stopped": False} | values
    what = Said(step, "As we found it.", said["milestone"], said["stopped"])
    commitments.verify(session, world.actors[said["by"]], ref, said=what, now=said["at"])

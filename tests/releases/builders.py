"""Releases for tests: drafted, proposed, confirmed, agreed on and released."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.releases import Release
from portal import claims as claim_service
from portal import releases
from portal.exchange.released import files_of
from portal.precautions import EVERY
from portal.releases import ReleaseText
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.factories import published as notice_of

TELCO, SECOND, CLOUD = "liaison@telco", "colleague@telco", "liaison@cloud"
MEDIATOR, BANK = "mediator@peace", "liaison@bank"
COOLING = timedelta(hours=24)
COOLED = NOW + timedelta(days=4)
SECRET = "Sandpiper"
BODY = (
    f"A wiper spread from an update. [[{SECRET}]] is behind it.\n\nIt came by [[the east office]]."
)
ANSWERS = dict.fromkeys(EVERY, "Nobody beyond what is said.")


def text(**values: Any) -> ReleaseText:
    """The text of a release; every field can be said otherwise."""
    said: dict[str, Any] = {"title": "On the wiper", "body": BODY, "answers": ANSWERS}
    return ReleaseText(**said | values)


def typed(**values: Any) -> dict[str, Any]:
    """What somebody types into the form of a release."""
    return {"title": "On the wiper", "body": BODY, "words": "", **ANSWERS} | values


def signers(world: World, *names: str) -> frozenset[int]:
    """Organisations of the cast by their keys."""
    return frozenset(world.organisations[name].id for name in names)


def drafted(session: Session, world: World, by: str = TELCO, **values: Any) -> Release:
    """A draft derived from a notice of the person's organisation."""
    source = values.pop("source", None) or notice_of(session, world, "peace", by=by).ref
    return releases.derive(session, world.actors[by], source, text=text(**values), now=NOW)


def joint(session: Session, world: World, *names: str, **values: Any) -> Release:
    """A draft of a joint statement of Telco with these."""
    said = text(signers=signers(world, *(names or ("cloud", "peace"))), **values)
    home = world.organisations["telco"].ref
    return releases.draft_release(session, world.actors[TELCO], home, text=said, now=NOW)


def confirmed(
    session: Session, world: World, release: Release, second: str = SECOND, by: str = TELCO
) -> Release:
    """The same, handed to a second person and confirmed by them."""
    releases.propose(session, world.actors[by], release.ref, NOW)
    found, left = releases.look(session, world.actors[second], release.ref, NOW)
    return releases.confirm(
        session,
        world.actors[second],
        release.ref,
        left=left,
        version=found.version,
        cooling=COOLING,
        now=NOW,
    )


def signed(session: Session, world: World, release: Release, people: Iterable[str]) -> Release:
    """The same, signed by these."""
    for name in people:
        releases.sign(session, world.actors[name], release.ref, digest=release.digest, now=NOW)
    return release


def out(
    session: Session, world: World, release: Release, by: str = TELCO, at: datetime = COOLED
) -> Release:
    """Let it go out."""
    going = releases.outgoing(session, world.actors[by], release.ref, at)
    files = files_of(going.content)
    return releases.release(
        session, world.actors[by], release.ref, going=going, files=files, now=at
    )


def released(session: Session, world: World, **values: Any) -> Release:
    """A released text that was derived from a notice of Telco."""
    return out(session, world, confirmed(session, world, drafted(session, world, **values)))


def of_each_sort(session: Session, world: World) -> dict[str, str]:
    """References of releases on their way, by what can be done with them; and one that is out."""
    given = {"sources": signers(world, "cloud")}
    proposed = drafted(session, world)
    releases.propose(session, world.actors[TELCO], proposed.ref, NOW)
    cooled = confirmed(session, world, drafted(session, world))
    cooled.cool_until_at = NOW - COOLING * 5  # by the clock of the pages it is over as well
    return {
        "zeros": "0" * 64,
        "release_draft": drafted(session, world).ref,
        "release_proposed": proposed.ref,
        "release_joint": confirmed(session, world, joint(session, world)).ref,
        "release_asked": confirmed(session, world, drafted(session, world, **given)).ref,
        "release_named": about_cloud(session, world).ref,
        "release_cooled": cooled.ref,
        "released": released(session, world).ref,
    }


def about_cloud(session: Session, world: World) -> Release:
    """A text from a claim about Cloud, put to all."""
    claim = claims.replied(session, world, claims.asked(session, world))
    claim_service.publish(session, world.actors[TELCO], claim.ref, NOW)
    made = releases.derive(session, world.actors[TELCO], claim.ref, text=text(), now=NOW)
    return confirmed(session, world, made)

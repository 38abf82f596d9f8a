"""Harm that is marked wider than the notice that it is about."""

from sqlalchemy.orm import Session

from models.harm import Harm
from models.notices import Notice
from models.vocabulary import Tlp
from portal import harm
from tests.cast import NOW, World
from tests.factories import published as notice_of
from tests.factories import to
from tests.harm.builders import MEDIATOR, text

CLOUD = "liaison@cloud"
SOURCE = {"who": "A carrier", "said_by": "A newspaper", "source_title": "Its page"}


def asked_of(session: Session, world: World, notice: Notice) -> Harm:
    """The same about this notice, put to its author."""
    row = wide(session, world, notice=notice)
    return harm.ask_consent(session, world.actors[MEDIATOR], row.ref, NOW)


def wide(
    session: Session, world: World, *, tlp: Tlp = Tlp.GREEN, notice: Notice | None = None
) -> Harm:
    """A draft of Peace about a notice of Telco, marked wider than the notice."""
    notice = notice or notice_of(session, world, "peace")
    said = text(notice_id=notice.id, tlp=tlp, **SOURCE)
    actor, home = world.actors[MEDIATOR], world.organisations["peace"].ref
    return harm.cite_harm(session, actor, home, text=said, to=to(world, "cloud"), now=NOW)

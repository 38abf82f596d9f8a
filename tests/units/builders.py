"""Units for tests, made through the service as a steward."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.units import TrainingUnit
from portal import units
from portal.curriculum import Unit, Written
from portal.db import reading, writing
from tests.cast import NOW, World

STEWARD = "steward@portal"
TEXT = Written(
    title="When a journalist calls",
    summary="What to say, and to whom it is passed on.",
    minutes=5,
    lasts="year",
    language="en",
    body="## Before\n\nOne number for **all** calls.\n\n## Afterwards\n\nWrite it down.\n",
    questions=(
        "## Do the talks continue?\n"
        "- [ ] I cannot confirm that.\n  That is heard as a yes.\n"
        "- [x] Our spokesperson answers this.\n  It gives nothing away.\n"
        "\n## Whom do you call back?\n"
        "- [x] The number that was verified before.\n  Nobody else chose it.\n"
        "- [ ] The number that they give.\n  It is as good as their story.\n"
    ),
    sources="- [A collection](https://press.example/x) | memory\n- Our own calls | project\n",
)


def text(**values: Any) -> Written:
    """A unit's text; every field can be said otherwise."""
    return replace(TEXT, **values)


def typed(**values: Any) -> dict[str, str]:
    """What the steward's form would send."""
    return {name: str(said) for name, said in (asdict(TEXT) | values).items()}


def drafted(session: Session, world: World, at: datetime = NOW, **values: Any) -> TrainingUnit:
    """A draft."""
    return units.draft_unit(session, world.actors[STEWARD], text(**values), at)


def published(session: Session, world: World, at: datetime = NOW, **values: Any) -> TrainingUnit:
    """A unit that everybody can complete."""
    draft = drafted(session, world, at, **values)
    actor = world.actors[STEWARD]
    units.publish(session, actor, draft.ref, version=draft.version, now=at)
    return draft


def corrected(
    session: Session,
    world: World,
    ref: str,
    *,
    ends: bool = False,
    at: datetime = NOW,
    **values: Any,
) -> None:
    """Another edition of a unit."""
    row = session.query(TrainingUnit).filter_by(ref=ref).one()
    said = {"text": text(**values), "why": "A word was wrong.", "ends": ends, "now": at}
    units.correct(session, world.actors[STEWARD], ref, version=row.version, **said)


def offered(world: World, at: datetime = NOW, **values: Any) -> str:
    """The reference of a new unit that is published."""
    with writing(world.sessions) as session:
        return published(session, world, at, **values).ref


def taught(world: World, ref: str, who: str = "mediator@peace", at: datetime = NOW) -> Unit:
    """The unit as somebody learns it."""
    with reading(world.sessions) as session:
        return units.published(session, world.actors[who], ref, at)

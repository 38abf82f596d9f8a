"""What the attacks on files share: a notice with a file, and whether files and rows fit."""

from collections.abc import Callable

from models.notices import Attachment
from portal.db import reading, writing
from portal.store import Store, Sweep, sweep
from tests.cast import World
from tests.factories import attached, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
AUTHOR = "liaison@telco"
CANARY = b"canary 5f1c9e: nobody finds this on the disk"


def shared(world: World, store: Store) -> tuple[str, Attachment]:
    """A notice published to the mediators, with a file; its reference and the file."""
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        return ref, attached(session, world, store, ref, data=CANARY)


def fits(world: World, store: Store) -> bool:
    """Whether files and rows fit in both directions."""
    with reading(world.sessions) as session:
        return sweep(session, store) == Sweep((), (), ())

"""Publishes notices without end and says each one that was agreed: to be killed while it writes."""

import itertools
import sys

from portal.db import make_engine, writing
from tests.cast import World
from tests.factories import published


def write_on() -> None:
    """Publish one notice after another."""
    world = World.on(make_engine(sys.argv[1]))
    for number in itertools.count():
        with writing(world.sessions) as session:
            ref = published(session, world, "peace", title=f"Number {number}").ref
        sys.stdout.write(f"{ref}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_on()

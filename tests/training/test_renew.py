"""A completion is renewed before it expires, and holds until its day; who began is not reminded."""

from datetime import timedelta

from sqlalchemy.orm import Session

from models.training import Completion
from portal import training
from portal.catalogue import LADDERS
from portal.db import writing
from portal.reminders import found_by
from tests.cast import NOW, World
from tests.training.builders import MEDIATOR, TLP, completed, right

DAY = timedelta(days=1)
LADDER = next(one for one in LADDERS if one.rungs[0].template == "completion-expires")


def reminded(session: Session, done: Completion, before: timedelta) -> list[str]:
    rows = found_by(session, LADDER, done.expires_at - before)
    return [row["cause"].split(":")[2] for batch in rows for row in batch]


def test_the_one_that_is_there_holds_until_the_next_is_completed(world: World) -> None:
    actor = world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        done = completed(session, world)
        later = done.expires_at - 5 * DAY
        following = training.renew(session, actor, done.ref, later)
        assert training.renew(session, actor, done.ref, later).id == following.id
        (row,) = [r for r in training.offered(session, actor, later) if r.unit.key == "tlp"]
        assert training.is_in_force(row.completed, later)
        training.complete(session, actor, following.ref, unit=TLP, answers=right(), now=later)
        (row,) = [r for r in training.offered(session, actor, later) if r.unit.key == "tlp"]
        assert row.completed.id == following.id
        assert row.under_way is None


def test_it_expires_by_the_clock_alone(world: World) -> None:
    with writing(world.sessions) as session:
        done = completed(session, world)
        assert training.is_in_force(done, done.expires_at - timedelta(seconds=1))
        assert not training.is_in_force(done, done.expires_at)


def test_its_learner_is_reminded_twice_and_not_once_they_began_again(world: World) -> None:
    with writing(world.sessions) as session:
        done = completed(session, world)
        assert reminded(session, done, 15 * DAY) == []
        assert reminded(session, done, 13 * DAY) == ["renew-soon-14"]
        assert reminded(session, done, 2 * DAY) == ["renew-soon-3"]
        training.renew(session, world.actors[MEDIATOR], done.ref, NOW)
        assert reminded(session, done, 2 * DAY) == []

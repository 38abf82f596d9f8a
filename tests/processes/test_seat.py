"""Seats: who has one knows of the process, who loses it knows nothing of it at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from models.ledger import AuditEvent
from models.processes import Part, Process, Seat
from models.stakeholders import Membership, Organisation, Standing
from portal import processes
from portal.db import open_session, reading, writing
from portal.errors import Invalid, NotFound, TooLate
from portal.processes import Seats
from tests.cast import NOW, World
from tests.factories import opened_process, seated, to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
LATER = NOW + timedelta(hours=1)


def keys(world: World, *names: str) -> list[str]:
    chosen = to(world, *names)
    return [str(key) for key in (*chosen.organisations, *chosen.people)]


def sent(world: World, mediator: Visitor, ref: str, **values: Any) -> Any:
    path = f"/processes/{ref}/seat"
    return mediator.post(path, {**mediator.get(path).form(), **values})


def problems(world: World, ref: str, **values: Any) -> dict[str, str]:
    """What the service finds wrong with these seats; the mediator stays on the team unless said."""
    chosen: dict[str, Any] = {"parties": (), "observers": (), "people": ()} | values
    chosen.setdefault("team", to(world, "mediator@peace").people)
    with open_session(world.sessions, writes=True) as session:
        actor = world.actors["mediator@peace"]
        try:
            processes.seat(session, actor, ref, **chosen, now=LATER)
        except Invalid as refused:
            return refused.problems
        finally:
            session.rollback()
    return {}


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        return opened_process(session, world, "telco", observers=("un",)).ref


def test_a_seat_opens_the_process_and_losing_it_shuts_it_at_once(
    world: World, visit: Visit, ref: str
) -> None:
    mediator, path = visit("mediator@peace"), f"/processes/{ref}"
    names = ("liaison@telco", "colleague@telco", "observer@un", "liaison@cloud", "liaison@bank")
    people = {name: visit(name) for name in names}

    def inside() -> set[str]:
        found = {name for name, who in people.items() if who.get(path).status == 200}
        listed = {name for name, who in people.items() if ref in who.get("/processes/").words}
        assert found == listed, "the list and the page agree"
        return found

    assert inside() == {"liaison@telco", "colleague@telco", "observer@un"}
    changed = {"parties": keys(world, "cloud"), "people": keys(world, "liaison@bank")}
    mediator.follow(sent(world, mediator, ref, observers=[], **changed))
    assert inside() == {"liaison@cloud", "liaison@bank"}
    assert "Ledgerfall" not in people["liaison@telco"].get("/").words


def test_the_page_shows_who_sits_and_keeps_what_it_shows(
    world: World, visit: Visit, ref: str
) -> None:
    mediator = visit("mediator@peace")
    with reading(world.sessions) as session:
        process = session.scalars(select(Process)).one()
        before = processes.seats_of(session, process)
    assert before == Seats(
        parties=to(world, "telco").organisations,
        observers=to(world, "un").organisations,
        team=to(world, "mediator@peace").people,
    )
    assert sent(world, mediator, ref).status == 302
    with reading(world.sessions) as session:
        process = session.scalars(select(Process)).one()
        assert processes.seats_of(session, process) == before


def test_only_the_team_gives_seats(world: World, visit: Visit, ref: str) -> None:
    path = f"/processes/{ref}/seat"
    assert visit("liaison@telco").get(path).status == 403
    assert visit("coordinator@peace").get(path).status == 404
    assert visit("steward@portal").post(path).status == 404
    with writing(world.sessions) as session:
        seated(session, world, ref, "telco", team=("coordinator@peace",), at=LATER)
    assert visit("coordinator@peace").get(path).status == 200


def test_a_team_is_never_without_somebody_who_can_act(world: World, visit: Visit, ref: str) -> None:
    answer = sent(world, visit("mediator@peace"), ref, team=[])
    assert (answer.status, list(answer.errors())) == (422, ["team"])
    with writing(world.sessions) as session:
        seated(session, world, ref, team=("coordinator@peace",), at=LATER)
        gone = world.actors["coordinator@peace"].person_id
        session.execute(
            update(Membership).where(Membership.person_id == gone).values(ends_at=LATER)
        )
    assert "team" in problems(world, ref, team={gone}), "nobody could act any more"
    both = to(world, "coordinator@peace", "mediator@peace").people
    assert problems(world, ref, team=both) == {}, "whoever sits there may stay"
    assert "cannot act any more" in visit("mediator@peace").get(f"/processes/{ref}").words


def test_whoever_takes_the_own_seat_away_is_led_out(world: World, visit: Visit, ref: str) -> None:
    mediator = visit("mediator@peace")
    answer = sent(world, mediator, ref, team=keys(world, "coordinator@peace"))
    assert answer.to.endswith("/processes/")
    assert "You are no longer a member" in mediator.follow(answer).words
    assert mediator.get(f"/processes/{ref}").status == 404
    assert visit("coordinator@peace").get(f"/processes/{ref}/seat").status == 200


def test_a_team_seat_is_only_for_those_who_mediate_for_the_body(world: World, ref: str) -> None:
    for name in ("liaison@telco", "observer@un", "steward@portal"):
        team = to(world, "mediator@peace", name).people
        assert "Only mediators and coordinators" in problems(world, ref, team=team)["team"], name
    assert problems(world, ref, team=to(world, "mediator@peace", "coordinator@peace").people) == {}


def test_nobody_sits_twice(world: World, visit: Visit, ref: str) -> None:
    telco, mediator = to(world, "telco").organisations, to(world, "mediator@peace").people
    assert list(problems(world, ref, parties=telco, observers=telco)) == ["observers"]
    assert list(problems(world, ref, people=mediator)) == ["people"]
    answer = sent(world, visit("mediator@peace"), ref, observers=keys(world, "telco", "un"))
    assert (answer.status, list(answer.errors())) == (422, ["observers"])
    assert answer.form()["observers"] == keys(world, "telco", "un"), "nothing ticked is lost"


def test_new_entries_must_be_known_and_old_ones_may_stay(
    world: World, visit: Visit, ref: str
) -> None:
    unseen = to(world, "custodian@portal").people
    assert list(problems(world, ref, people=unseen)) == ["people"]
    assert list(problems(world, ref, parties={99_999})) == ["parties"]
    un = to(world, "un").organisations
    with writing(world.sessions) as session:
        out = update(Organisation).where(Organisation.id.in_(un))
        session.execute(out.values(state=Standing.SUSPENDED))
    assert problems(world, ref, parties=un) == {}, "it sits there already"
    mediator = visit("mediator@peace")
    assert "UN Office" in mediator.get(f"/processes/{ref}/seat").words, "and can be taken away"
    assert sent(world, mediator, ref, observers=[]).status == 302
    assert list(problems(world, ref, parties=un)) == ["parties"], "it does not any more"


def test_the_second_of_two_sees_who_sits_now(world: World, visit: Visit, ref: str) -> None:
    mediator, path = visit("mediator@peace"), f"/processes/{ref}/seat"
    second = dict(mediator.get(path).form())
    assert sent(world, mediator, ref, parties=keys(world, "cloud")).status == 302
    late = mediator.post(path, second)
    assert late.status == 409
    alert = late.page.select_one("[role=alert]")
    assert alert is not None
    assert "Cloud" in alert.get_text(), "this is how it stands"
    assert late.form()["parties"] == keys(world, "telco"), "this is what was sent"
    assert visit("liaison@telco").get(f"/processes/{ref}").status == 404, "it was not taken"
    assert mediator.post(path, late.form()).status == 302
    assert visit("liaison@telco").get(f"/processes/{ref}").status == 200


def test_of_two_who_seat_at_once_one_is_refused(world: World, ref: str) -> None:
    team, actor = to(world, "mediator@peace").people, world.actors["mediator@peace"]
    none: dict[str, Any] = {"observers": (), "people": (), "team": team, "now": NOW}
    with open_session(world.sessions, writes=True) as session:
        read_before = session.scalars(select(Process)).one()
        other = update(Process).values(version=Process.version + 1)
        session.execute(other.execution_options(synchronize_session=False))
        with pytest.raises(TooLate):
            processes.seat(session, actor, ref, parties=(), **none)
        session.rollback()
        assert read_before.ref == ref
    with reading(world.sessions) as session:
        kept = select(Seat.organisation_id).where(Seat.part == Part.PARTY)
        assert session.scalars(kept).all() == list(to(world, "telco").organisations)


def test_the_trail_knows_who_was_seated_by_key(world: World, ref: str) -> None:
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "seat")).one()
        telco = world.organisations["telco"].id
        assert event.detail["parties"] == [telco]
        assert set(event.detail) == {"team", "parties", "people", "observers"}


def test_whoever_leaves_the_body_loses_the_team_seat_at_once(world: World, ref: str) -> None:
    actor = world.actors["mediator@peace"]
    with writing(world.sessions) as session:
        mine = update(Membership).where(Membership.person_id == actor.person_id)
        session.execute(mine.values(ends_at=LATER))
    after = LATER + timedelta(seconds=1)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        processes.begin_talks(session, actor, ref, after)

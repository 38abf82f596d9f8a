"""Who came: by the code of the room, by the organisers' list, and unannounced."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.dialogues import Attendee, Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues.attendance import LENGTH, ROOM_LETTERS
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import CLOUD, GUEST, OUTSIDER, TELCO, attendee, sat, side
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def came(world: World, ref: str) -> dict[str, tuple[bool | None, bool]]:
    """Who came, and whether by code, by the names of the cast."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(Attendee).join(Dialogue, Dialogue.id == Attendee.dialogue_id).where(
                Dialogue.ref == ref
            )
        )  # fmt: skip
        return {names[row.person_id]: (row.came, row.came_by_code) for row in rows}


def test_from_an_open_room_to_a_checked_in_delegate(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
    coordinator, telco = visit(ORGANISER), visit(TELCO)
    early = telco.post(f"/dialogues/{ref}/check-in", {"code": "ABCDEF"})
    assert "The room is not open yet." in early.errors()["code"]
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/attend/room"))
    shown = page.page.select_one(".go-room")
    assert shown is not None
    code = shown.get_text(strip=True)
    assert re.fullmatch(f"[{ROOM_LETTERS}]{{{LENGTH}}}", code)
    typed = f" {code[:3].lower()} {code[3:].lower()} "
    read = telco.follow(telco.post(f"/dialogues/{ref}/check-in", {"code": typed}))
    assert "You are checked in." in read.words
    assert "you attended" in read.words
    assert came(world, ref)[TELCO] == (True, True)
    assert came(world, ref)[CLOUD] == (None, False)


def test_the_code_is_shown_to_organisers_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        code = dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
    for name in (TELCO, CLOUD, GUEST):
        visitor = visit(name)
        assert code not in visitor.get(f"/dialogues/{ref}").text
        assert code not in visitor.get(f"/dialogues/{ref}/check-in").text
        for address in ("attend", "attend/room", "attend/add"):
            assert visitor.post(f"/dialogues/{ref}/{address}").status == 403, (name, address)
        assert visitor.get(f"/dialogues/{ref}/attend").status == 403
    assert visit(OUTSIDER).get(f"/dialogues/{ref}/attend").status == 404
    with reading(world.sessions) as session:
        assert session.scalars(select(Dialogue.room_code)).one() == code


def test_ticks_say_who_came_and_who_did_not(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, attendee(session, world, dialogue, TELCO).id
    coordinator = visit(ORGANISER)
    address = f"/dialogues/{ref}/attend"
    form = coordinator.get(address).form(address)
    coordinator.follow(coordinator.post(address, form | {"came": [str(telco)]}))
    assert {name: there for name, (there, _code) in came(world, ref).items()} == {
        TELCO: True, CLOUD: False, GUEST: False, ORGANISER: False,
    }  # fmt: skip
    again = coordinator.get(address).form(address)
    assert again["came"] == [str(telco)]
    coordinator.follow(coordinator.post(address, again | {"came": []}))
    assert came(world, ref)[TELCO] == (False, False)


def test_a_key_of_another_table_is_none(world: World) -> None:
    with writing(world.sessions) as session:
        other = sat(session, world)
        key = attendee(session, world, other, TELCO).id
        ref = sat(session, world).ref
        said = {"came": frozenset({key}), "shown": frozenset[int](), "now": NOW}
        with pytest.raises(Invalid, match="came"):
            dialogues.attend(session, world.actors[ORGANISER], ref, **said)
    assert came(world, other.ref)[TELCO] == (None, False)


def test_somebody_comes_unannounced_for_a_delegation_or_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
    coordinator = visit(ORGANISER)
    address = f"/dialogues/{ref}/attend/add"
    bank, colleague = (str(world.actors[name].person_id) for name in (OUTSIDER, "colleague@telco"))
    wrong = coordinator.post(address, {"person": [bank], "side": [str(telco)]})
    assert "does not belong" in wrong.errors()["side"]
    for person, home in ((bank, "0"), (colleague, str(telco))):
        coordinator.follow(coordinator.post(address, {"person": [person], "side": [home]}))
    assert came(world, ref)[OUTSIDER] == came(world, ref)["colleague@telco"] == (True, False)
    twice = coordinator.post(address, {"person": [bank], "side": ["0"]})
    assert "already" in twice.errors()["person"]
    unknown = coordinator.post(address, {"person": ["999999"], "side": ["0"]})
    assert "from this portal" in unknown.errors()["person"]
    assert visit(OUTSIDER).get(f"/dialogues/{ref}").status == 200
    with reading(world.sessions) as session:
        kept = attendee(session, world, dialogue, "colleague@telco")
        assert kept.delegation_id == telco


def test_somebody_whom_the_organiser_does_not_know_is_not_added(world: World) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        hidden = world.actors["observer@un"].person_id
        with pytest.raises(Invalid, match="person"):
            dialogues.add_arrival(session, world.actors[ORGANISER], ref, person_id=hidden, now=NOW)


@pytest.mark.parametrize("state", ["polling", "concluded", "cancelled"])
def test_nobody_comes_before_it_is_convened_or_after_it_is_closed(world: World, state: str) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world, state=state).ref
        with pytest.raises(TooLate):
            dialogues.open_room(session, world.actors[ORGANISER], ref, NOW)
        with pytest.raises(TooLate):
            dialogues.check_in(session, world.actors[TELCO], ref, code="AAAAAA", now=NOW)

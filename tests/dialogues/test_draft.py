"""A dialogue is prepared: drafted, seated, said anew, called off, and seen by its organisers."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.dialogues import Attendee, Delegation, Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted, said, seats
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def row(world: World, ref: str) -> Dialogue:
    with reading(world.sessions) as session:
        return session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()


def test_from_a_blank_form_to_a_table(world: World, visit: Visit) -> None:
    coordinator = visit(ORGANISER)
    form = coordinator.get("/dialogues/new").form()
    form |= {"title": ["Talks on restraint"], "rule": ["chatham"], "minutes": ["45"]}
    form |= {"format": ["online"]}
    answer = coordinator.post("/dialogues/new", form)
    assert answer.to.endswith("/seat"), answer.errors()
    ref = answer.to.split("/")[-2]
    page = coordinator.get(answer.to)
    form = page.form()
    cloud = str(world.organisations["cloud"].id)
    form |= {"delegations-0-organisation": [cloud], "delegations-0-seats": ["2"]}
    form |= {"guests-0-person": [str(world.actors["analyst@cert"].person_id)]}
    form |= {"guests-0-role": ["interpreter"]}
    read = coordinator.follow(coordinator.post(answer.to, form))
    assert "Cloud" in read.words
    assert "2 seats." in read.words
    assert "Response analyst , Interpreter" in read.words
    kept = row(world, ref)
    assert (kept.rule, kept.tlp, kept.attributed, kept.minutes) == (
        "chatham", "AMBER+STRICT", False, 45,
    )  # fmt: skip


def test_a_draft_is_seen_by_its_organisers_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", guests=(("analyst@cert", "observer"),)).ref
    assert visit(ORGANISER).get(f"/dialogues/{ref}").status == 200
    for name in ("mediator@peace", "liaison@telco", "analyst@cert", "steward@portal"):
        visitor = visit(name)
        assert visitor.get(f"/dialogues/{ref}").status == 404, name
        assert ref not in visitor.get("/dialogues/").text
    assert ref in visit(ORGANISER).get("/dialogues/").text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"rule": "secret"}, "rule"),
        ({"rule": "closed"}, "tlp"),
        ({"rule": "open", "tlp": "RED"}, "tlp"),
        ({"rule": "limited", "tlp": "GREEN"}, "tlp"),
        ({"format": "by-carrier-pigeon"}, "format"),
        ({"link": "http://plain.example/room"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://[oops"}, "link"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 1441}, "minutes"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(values: dict[str, object], field: str) -> None:
    assert set(said(**values).problems()) == {field}


@pytest.mark.parametrize(
    ("table", "field"),
    [
        (("telco", "telco"), "delegations"),
        (("telco:51",), "delegations"),
        (("telco=liaison@cloud",), "delegations"),
    ],
)
def test_a_table_that_cannot_stand_is_refused(
    world: World, table: tuple[str, ...], field: str
) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        drafted(session, world, *table)
    assert set(refused.value.problems) == {field}


def test_under_red_each_delegation_is_asked_through_somebody(world: World) -> None:
    closed = {"rule": "closed", "tlp": "RED"}
    with pytest.raises(Invalid, match="delegations"), writing(world.sessions) as session:
        drafted(session, world, "telco", **closed)
    with writing(world.sessions) as session:
        drafted(session, world, "telco=liaison@telco", **closed)


def test_somebody_able_stays_among_the_organisers(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        for organisers in (frozenset(), frozenset({world.actors["liaison@telco"].person_id})):
            table = dialogues.Table(organisers)
            with pytest.raises(Invalid, match="organisers"):
                dialogues.seat(
                    session, world.actors[ORGANISER], dialogue.ref,
                    table=table, version=dialogue.version, now=NOW,
                )  # fmt: skip


def test_of_two_who_change_the_table_one_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        stale, ref = dialogue.version - 1, dialogue.ref
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.seat(
            session, world.actors[ORGANISER], ref,
            table=seats(world, "cloud"), version=stale, now=NOW,
        )  # fmt: skip
    with reading(world.sessions) as session:
        homes = set(session.scalars(select(Delegation.organisation_id)))
    assert homes == {world.organisations["telco"].id}


def test_who_is_left_out_is_gone_and_who_stays_keeps_the_line(world: World) -> None:
    actor = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco", "cloud", guests=(("analyst@cert", "observer"),))
        kept = session.scalars(
            select(Delegation.id).where(
                Delegation.organisation_id == world.organisations["cloud"].id
            )
        ).one()
        table = seats(world, "cloud:3?", "cert")
        version = dialogue.version
        dialogues.seat(session, actor, dialogue.ref, table=table, version=version, now=NOW)
        rows = {row.organisation_id: row for row in session.scalars(select(Delegation))}
        people = set(session.scalars(select(Attendee.person_id)))
    homes = world.organisations
    assert set(rows) == {homes["cloud"].id, homes["cert"].id}
    assert rows[homes["cloud"].id].id == kept
    assert (rows[homes["cloud"].id].seats, rows[homes["cloud"].id].required) == (3, False)
    assert people == {actor.person_id}


def test_a_process_is_named_only_by_who_sits_in_it(world: World) -> None:
    with pytest.raises(Invalid, match="part_of"), writing(world.sessions) as session:
        dialogues.draft_dialogue(
            session, world.actors[ORGANISER], world.organisations["peace"].ref,
            text=said(), process_ref="S-26-ZZZZZZ", now=NOW,
        )  # fmt: skip


def test_two_organisers_and_one_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    first, second = visit(ORGANISER), visit(ORGANISER)
    forms = [visitor.get(f"/dialogues/{ref}/edit").form() for visitor in (first, second)]
    first.follow(first.post(f"/dialogues/{ref}/edit", forms[0] | {"title": ["Theirs"]}))
    answer = second.post(f"/dialogues/{ref}/edit", forms[1] | {"title": ["Mine"]})
    assert answer.status == 409
    assert "Theirs" in answer.words
    assert answer.form()["title"] == ["Mine"]
    second.follow(second.post(f"/dialogues/{ref}/edit", answer.form()))
    assert row(world, ref).title == "Mine"


def test_a_draft_is_laid_aside_with_a_reason_and_nobody_learns_of_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    coordinator = visit(ORGANISER)
    assert coordinator.post(f"/dialogues/{ref}/cancel", {"why": " "}).errors()["why"]
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/cancel", {"why": "Not now"}))
    assert row(world, ref).state == "cancelled"
    with reading(world.sessions) as session, pytest.raises(NotFound):
        dialogues.read(session, world.actors["liaison@telco"], ref, NOW)


def test_whoever_does_not_mediate_is_told_so(visit: Visit) -> None:
    answer = visit("liaison@telco").get("/dialogues/new")
    assert answer.status == 403
    assert "Mediation bodies prepare dialogues" in answer.words

"""What is on the agenda: for whose eyes, about what, and who may change it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.agenda import AgendaItem, AgendaLink
from models.records import Decision
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import ItemText, Shared
from portal.dialogues.planning import UP
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.seat_builders import (
    CLOUD,
    GUEST,
    OUTSIDER,
    TELCO,
    attendee,
    item,
    sat,
    side,
    suggest,
    titles,
)
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
ORDER = list(range(1, 8))


def test_it_is_about_what_the_planner_may_read_and_each_reader_sees_her_own(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        shown = published(session, world, "peace", title="A wiper").ref
        hidden = published(session, world, "bank", title="For the bank").ref
        promise = agreed(session, world, "peace", title="Leave response teams alone").ref
        ref = sat(session, world).ref
        with pytest.raises(Invalid) as refused:
            item(session, world, ref, links=(shown, hidden))
        assert refused.value.problems["links"].values == {"refs": hidden}
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        number = item(session, world, ref, links=(shown.lower(), promise)).id
    telco, guest = (visit(name).get(f"/dialogues/{ref}").text for name in (TELCO, GUEST))
    assert shown in telco
    assert promise in telco
    assert shown not in guest
    assert "A wiper" not in guest
    coordinator = visit(ORGANISER)
    form = coordinator.get(f"/dialogues/{ref}/items/{number}/edit").form()
    assert set(form["links"][0].split()) == {shown, promise}
    form["links"] = [promise]
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/items/{number}/edit", form))
    assert shown not in visit(TELCO).get(f"/dialogues/{ref}").text


def test_a_link_that_the_editor_may_not_read_stays(world: World) -> None:
    with writing(world.sessions) as session:
        hidden = published(session, world, "bank", title="For the bank")
        ref = drafted(session, world, "telco").ref
        row = item(session, world, ref)
        session.add(AgendaLink(item_id=row.id, notice_id=hidden.id))
        session.flush()
        edit = {"stamp": dialogues.stamp_of(row), "now": NOW}
        text = ItemText(title="Anew")
        by = world.actors[ORGANISER]
        dialogues.edit_item(session, by, ref, row.id, text=text, **edit)
        kept = session.scalars(select(AgendaLink.notice_id)).all()
    assert kept == [hidden.id]


def test_of_two_who_change_an_item_one_is_told(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
        number = item(session, world, ref).id
    first, second = visit(ORGANISER), visit(ORGANISER)
    path = f"/dialogues/{ref}/items/{number}/edit"
    forms = [visitor.get(path).form() for visitor in (first, second)]
    first.follow(first.post(path, forms[0] | {"title": ["Theirs"], "minutes": ["0"]}))
    answer = second.post(path, forms[1] | {"title": ["Mine"]})
    assert answer.status == 409
    assert "Theirs" in answer.words
    assert answer.form()["title"] == ["Mine"]
    second.follow(second.post(path, answer.form()))
    with reading(world.sessions) as session:
        assert titles(session, ref) == ["Mine"]


def test_an_item_is_removed_but_not_once_it_was_decided_on(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        gone, kept = item(session, world, ref, "Gone"), item(session, world, ref, "Kept")
        document = {"title": "Read", "link": "https://a.example/", "shared": Shared(), "now": NOW}
        dialogues.add_document(session, by, ref, item=gone.id, **document)
        decision = Decision(
            dialogue_id=dialogue.id, item_id=kept.id, text="?", by_id=by.person_id, called_at=NOW
        )
        session.add(decision)
        session.flush()
        number = kept.id
        dialogues.remove_item(session, by, ref, gone.id, NOW)
        read = dialogues.read(session, by, ref, NOW)
        assert [row.item_id for row in read.related.documents] == [None]
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.remove_item(session, by, ref, number, NOW)
    with reading(world.sessions) as session:
        assert titles(session, ref) == ["Kept"]


def test_only_organisers_plan_and_only_while_it_may_change(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        number = item(session, world, ref).id
        closed = sat(session, world, state="concluded").ref
    for name, status in ((TELCO, 403), (GUEST, 403), (OUTSIDER, 404)):
        visitor = visit(name)
        assert visitor.get(f"/dialogues/{ref}/plan").status == status
        for verb in ("edit", "move", "remove", "take", "lay-aside"):
            address = f"/dialogues/{ref}/items/{number}/{verb}"
            assert visitor.post(address, {"to": "up"}).status == status, (name, verb)
    assert visit(ORGANISER).get(f"/dialogues/{closed}/plan").status == 409


def test_a_number_of_another_dialogue_opens_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, other = sat(session, world).ref, sat(session, world).ref
        number = item(session, world, other).id
    coordinator = visit(ORGANISER)
    assert coordinator.get(f"/dialogues/{ref}/items/{number}/edit").status == 404
    for verb in ("edit", "move", "remove", "take", "lay-aside", "withdraw"):
        address = f"/dialogues/{ref}/items/{number}/{verb}"
        assert coordinator.post(address, {"to": "up"}).status in (403, 404), verb
    with reading(world.sessions) as session:
        assert titles(session, other) == ["Restraint"]


def test_who_leads_is_told_to_the_table_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world, rule="open", tlp="GREEN")
        ref, lead = dialogue.ref, attendee(session, world, dialogue, GUEST).id
        item(session, world, ref, lead_id=lead)
    assert "led by Response analyst" in visit(TELCO).get(f"/dialogues/{ref}").words
    outside = visit(OUTSIDER).get(f"/dialogues/{ref}")
    assert "Restraint" in outside.words
    assert "Response analyst" not in outside.words


def test_a_caucus_item_is_seen_by_that_side_and_the_organisers(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        telco = side(session, world, dialogue, "telco")
        item(session, world, ref, "Aside with one", shared=Shared("caucus", telco))
        item(session, world, ref, "Among ourselves", shared=Shared("organisers"))
    expected = {
        ORGANISER: (True, True),
        TELCO: (True, False),
        CLOUD: (False, False),
        GUEST: (False, False),
    }
    for name, (aside, ours) in expected.items():
        text = visit(name).get(f"/dialogues/{ref}").text
        assert ("Aside with one" in text, "Among ourselves" in text) == (aside, ours), name


def test_what_a_side_asked_for_in_confidence_stays_so(world: World) -> None:
    by = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        row = suggest(session, world, ref, to=Shared("caucus", telco))
        dialogues.take_suggestion(session, by, ref, row.id, NOW)
        own = item(session, world, ref, shared=Shared("caucus", telco))
        said = {"text": ItemText(title="Anew"), "now": NOW}
        dialogues.edit_item(session, by, ref, own.id, stamp=dialogues.stamp_of(own), **said)
        with pytest.raises(Invalid, match="sight"):
            dialogues.edit_item(session, by, ref, row.id, stamp=dialogues.stamp_of(row), **said)


def test_errors_of_the_service_are_those_of_the_policy(world: World) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        row = item(session, world, ref)
        number = row.id
        for name, error in ((TELCO, Refused), (OUTSIDER, NotFound)):
            with pytest.raises(error):
                dialogues.move_item(session, world.actors[name], ref, number, to=UP, now=NOW)
        assert session.get_one(AgendaItem, number).number == 1

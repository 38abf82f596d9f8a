"""Publishing: a last look, then it is open to its readers and they are told."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.factories import drafted
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def notified(world: World, template: str) -> set[str]:
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(Person.email)
            .join(OutboxEmail, OutboxEmail.person_id == Person.id)
            .where(OutboxEmail.template == template, OutboxEmail.resource_type == "notices")
        )
        return {email.removesuffix(".example") for email in rows}


def test_the_last_look_names_everybody_who_will_see_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    page = visit("liaison@telco").get(f"/notices/{ref}/publish")
    said = "4 people can read it. They are from 2 organisations. 2 people are notified:"
    assert said in page.words
    for name in ("Mediator", "Coordinator", "Telco colleague"):
        assert name in page.words
    assert "not yet written to every organisation" in page.words, "a new face is unusual"


def test_published_it_is_open_and_its_recipients_are_told(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    liaison, mediator = visit("liaison@telco"), visit("mediator@peace")
    assert mediator.get(f"/notices/{ref}").status == 404
    liaison.follow(liaison.post(f"/notices/{ref}/publish"))
    assert notified(world, "publish") == {"mediator@peace", "coordinator@peace"}
    assert mediator.get(f"/notices/{ref}").status == 200
    assert ref in mediator.get("/notices/").words
    assert visit("liaison@bank").get(f"/notices/{ref}").status == 404
    assert liaison.post(f"/notices/{ref}/publish").status == 409


def test_without_a_recipient_or_with_a_passed_deadline_it_stays_a_draft(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        alone = drafted(session, world).ref
        late = drafted(session, world, "peace", acknowledge_by_at=NOW + timedelta(minutes=30)).ref
    liaison = visit("liaison@telco")
    for ref, word in ((alone, "at least one recipient"), (late, "deadline has passed")):
        answer = liaison.post(f"/notices/{ref}/publish")
        assert answer.status == 422
        assert word in answer.words
        assert "draft" in liaison.get(f"/notices/{ref}").words
    assert notified(world, "publish") == set()


def test_only_the_own_hand_publishes(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    assert visit("liaison@cloud").post(f"/notices/{ref}/publish").status == 404
    assert visit("colleague@telco").post(f"/notices/{ref}/publish").status == 302

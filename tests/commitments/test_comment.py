"""Comments on a commitment: for its readers of that moment; the parties are notified."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal.db import reading, writing
from tests.cast import World
from tests.commitments.builders import drafted, proposed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
WORDS = "Hospitals ask about zephyrine."


def test_its_readers_see_it_and_its_parties_are_notified(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = proposed(session, world, "peace").ref
    mediator = visit("mediator@peace")
    mediator.post(f"/commitments/{ref}/comment", {"text": WORDS})
    for name in ("liaison@telco", "liaison@cloud", "analyst@cert", "coordinator@peace"):
        assert WORDS in visit(name).get(f"/commitments/{ref}").words, name
    with reading(world.sessions) as session:
        rows = select(Person.email).join(OutboxEmail, OutboxEmail.person_id == Person.id)
        found = session.scalars(rows.where(OutboxEmail.template == "comment"))
        notified = {email.removesuffix(".example") for email in found}
    assert notified == {"liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"}


def test_an_empty_comment_is_refused_next_to_its_field(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, draft = proposed(session, world).ref, drafted(session, world).ref
    answer = visit("liaison@cloud").post(f"/commitments/{ref}/comment", {"text": "  "})
    assert answer.status == 422
    assert list(answer.errors()) == ["text"]
    assert visit("liaison@bank").post(f"/commitments/{ref}/comment", {"text": "x"}).status == 404
    assert visit("liaison@telco").get(f"/commitments/{draft}/comment").status == 409

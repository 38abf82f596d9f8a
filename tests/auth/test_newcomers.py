"""Somebody who is new: their sign-in is bound by the key, and a role may wait for training."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.stakeholders import Membership, Person
from models.training import Act
from portal.db import reading
from tests.auth.forged import Forged, finish
from tests.auth.test_sign_in import invited
from tests.cast import World
from tests.pages import Visitor
from tests.training.builders import TLP, required, right

Stranger = Callable[[], Visitor]


@pytest.mark.parametrize("home", ["", "telco"])
def test_a_newcomer_meets_the_training_that_a_role_requires(
    world: World, stranger: Stranger, forged: Forged, home: str
) -> None:
    required(world, Act.TAKE_ROLE, home)
    key, visitor = invited(world), stranger()
    begun = visitor.post(f"/auth/invitation/{key}/one")
    forged.make = lambda p, claims: p.sign(claims | {"sub": "brand-new"})
    back = finish(visitor, forged.authorise(begun))
    assert "/training/required/offers/" in back.to
    assert back.to.endswith("?act=take-role")
    page = visitor.follow(back)
    assert TLP.title in page.words
    ref = back.to.rpartition("/")[2].partition("?")[0]
    assert visitor.post(f"/offers/{ref}/accept").status == 403
    with reading(world.sessions) as session:
        who = session.scalars(select(Person).where(Person.name == "New")).one()
        assert session.query(Membership).filter_by(person_id=who.id).count() == 0
    sent = {"unit": TLP.key, "back": f"offers {ref} take-role"}
    unit = visitor.post("/training/new", sent).to.removesuffix("/study")
    done = {f"answer_{name}": choice for name, choice in right().items()}
    visitor.post(f"{unit}/complete", done)
    visitor.post(f"/offers/{ref}/accept")
    with reading(world.sessions) as session:
        assert session.query(Membership).filter_by(person_id=who.id).count() == 1

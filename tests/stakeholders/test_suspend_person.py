"""Suspending a person: every All their sign-ins end."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, entry, make_admin, person

Visit = Callable[[str], Visitor]
NEW = {"name": "Telco duty officer", "email": "duty@telco.example", "role": "liaison"}


def test_suspended_they_are_out_on_the_next_request(world: World, visit: Visit) -> None:
    mediator, steward = visit("mediator@peace"), visit("steward@portal")
    path = entry(world, "mediator@peace")
    assert mediator.get("/").status == 200
    assert "All their sign-ins end" in steward.get(f"{path}/suspend").words
    steward.follow(steward.post(f"{path}/suspend"))
    assert mediator.get("/").to.startswith("/auth/sign-in")
    steward.follow(steward.post(f"{path}/reinstate"))
    assert person(world, "mediator@peace.example").state == "active"
    assert mediator.get("/").status == 302, "the old sign-in stays ended"


def test_an_admin_has_no_hold_on_stewards_or_other_houses(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    for name, status in (("steward@portal", 404), ("liaison@cloud", 403), ("colleague@telco", 403)):
        assert admin.post(f"{entry(world, name)}/suspend").status == status, name
    assert admin.post(f"{address(world, 'cloud')}/invite", NEW).status == 403
    steward = visit("steward@portal")
    assert steward.post(f"{entry(world, 'steward@portal')}/suspend").status == 403, "not oneself"

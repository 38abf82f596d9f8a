"""A contact point is seen by exactly those whom it names, on every surface."""

from collections.abc import Callable

import pytest

from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal.db import reading, writing
from tests.cast import World
from tests.contacts.builders import PHONE, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
# Of each marking: to whom it goes, and who of the cast sees it then.
SEEN = {
    Tlp.GREEN: (
        ("peace",),
        {
            "liaison@telco", "colleague@telco", "liaison@cloud", "liaison@bank", "mediator@peace",
            "coordinator@peace", "analyst@cert", "observer@un", "steward@portal",
        },
    ),
    Tlp.AMBER_STRICT: (
        ("peace", "liaison@cloud"),
        {
            "liaison@telco", "colleague@telco", "liaison@cloud", "mediator@peace",
            "coordinator@peace",
        },
    ),
    Tlp.RED: (("mediator@peace",), {"liaison@telco", "mediator@peace"}),
}  # fmt: skip


@pytest.mark.parametrize("tlp", list(SEEN))
def test_list_search_and_pages_show_it_to_these_alone(world: World, visit: Visit, tlp: Tlp) -> None:
    names, allowed = SEEN[tlp]
    with writing(world.sessions) as session:
        ref = published(session, world, *names, tlp=tlp, label="Zephyrine desk").ref
    home = world.organisations["telco"].ref
    for who in SEEN[Tlp.GREEN][1]:
        visitor = visit(who)
        sees = who in allowed
        assert visitor.get(f"/contacts/{ref}").status == (200 if sees else 404), who
        for page in ("/contacts/", "/search?q=zephyrine", f"/stakeholders/{home}", "/"):
            answer = visitor.get(page)
            assert PHONE not in answer.words or sees
            if page not in ("/",):
                assert (ref in answer.text) == sees, (who, page)
            elif not sees:
                assert "Zephyrine" not in answer.words


def test_reading_is_in_the_trail(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    assert PHONE in visit("mediator@peace").get(f"/contacts/{ref}").words
    with reading(world.sessions) as session:
        assert session.query(AuditEvent).filter_by(ref=ref, verb="read").count() == 1


def test_the_list_is_narrowed_by_purpose_language_organisation_and_staleness(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        duty = published(session, world, "peace").ref
        legal = published(session, world, "peace", purpose="legal", languages=("fr",)).ref
    visitor = visit("mediator@peace")
    telco, cloud = (world.organisations[name].id for name in ("telco", "cloud"))
    for asked, found in (
        ("purpose=legal", {legal}),
        ("language=fi", {duty}),
        ("language=fr", {legal}),
        (f"party={telco}", {duty, legal}),
        (f"party={cloud}", set()),
        ("stale=1", set()),
        ("q=duty", {duty, legal}),
        ("sort=-verified", {duty, legal}),
    ):
        words = visitor.get(f"/contacts/?{asked}").text
        assert {ref for ref in (duty, legal) if ref in words} == found, asked

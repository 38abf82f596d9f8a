"""Entering a claim: what must be said, and that a draft stays at home."""

from collections.abc import Callable

import pytest

from portal.db import writing
from tests.cast import World
from tests.claims.builders import published, ref_in, typed
from tests.factories import published as notice_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_new_claim_is_a_draft_of_its_organisation(world: World, visit: Visit) -> None:
    liaison, home = visit("liaison@telco"), world.organisations["telco"].ref
    page = liaison.follow(liaison.post("/claims/new", typed(organisation=home, said_on="2017-10")))
    assert "Sandpiper wrote the wiper" in page.words
    assert "Oct 2017" in page.words, "a month stays a month"
    assert "The portal does not say whether it is so." in page.words
    ref = ref_in(page)
    assert visit("mediator@peace").get(f"/claims/{ref}").status == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"said_on": "2017-13"}, "Enter a day, a month or a year"),
        ({"said_on": "2999"}, "in the future"),
        ({"about": ""}, "Name whom the claim is about"),
        ({"about_sort": "unknown"}, "Leave the name empty"),
        ({"claimant": "A State"}, "Name the source of a claim of others"),
        ({"stance": "denies"}, "reference of the claim that it doubts or denies"),
        ({"answers": "A-26-AAAAAA"}, "nothing with this reference"),
        ({"notice": "N-26-AAAAAA"}, "nothing with this reference"),
        ({"confidence": "stix:", "number": "101"}, "whole number from 0 to 100"),
        ({"source_url": "javascript:alert(1)"}, "begins with https"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    world: World, visit: Visit, said: dict[str, str], words: str
) -> None:
    home = world.organisations["telco"].ref
    page = visit("liaison@telco").post("/claims/new", typed(organisation=home) | said)
    assert page.status == 422
    assert words in page.words
    assert "Sandpiper wrote the wiper" in page.text


def test_a_denial_names_what_it_denies_and_stands_beside_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cloud").ref
    cloud, home = visit("liaison@cloud"), world.organisations["cloud"]
    said = typed(
        organisation=home.ref, title="It was not so", stance="denies", answers=ref.lower()
    ) | {"organisations": str(world.organisations["telco"].id)}
    denial = ref_in(cloud.follow(cloud.post("/claims/new", said)))
    cloud.post(f"/claims/{denial}/publish")
    assert "It was not so" in visit("liaison@telco").get(f"/claims/{ref}").words
    mediator = visit("mediator@peace")
    assert "It was not so" not in mediator.get(f"/claims/{ref}").words, "who reads one end alone"
    assert "Sandpiper wrote" in visit("liaison@telco").get(f"/claims/{denial}").words


def test_it_rests_on_no_notice_that_its_writer_may_not_read(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        hidden = notice_of(session, world, "peace").ref
    home = world.organisations["bank"].ref
    said = typed(organisation=home, notice=hidden)
    absent = typed(organisation=home, notice="N-26-AAAAAA")
    bank = visit("liaison@bank")
    pages = [bank.post("/claims/new", one).words for one in (said, absent)]
    assert pages[0].count("nothing with this reference") == 2
    assert pages[0].replace(hidden, "") == pages[1].replace("N-26-AAAAAA", "")


def test_an_answer_is_offered_to_whoever_may_write_one_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "un").ref
    for who, offered in (("mediator@peace", True), ("observer@un", False)):
        visitor = visit(who)
        link = visitor.get(f"/claims/{ref}").page.select_one(f'a[href$="answers={ref}"]')
        assert (link is not None) == offered, who
        status = visitor.get(f"/claims/new?answers={ref}").status
        assert status == (200 if offered else 403), who

"""The page of a process as a cockpit: numbers, dates, what is begun here, a chosen timeline."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from models.commitments import Commitment, Milestone, Step
from portal.clock import now
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, found, proposed, reported
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
MEDIATOR, HIDDEN = "mediator@peace", "Zephyrine"


def made(world: World) -> str:
    """A process with commitments that its mediator reads, and as many that are hidden from them."""
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        for readers, word in ((("peace",), "Plain"), ((), HIDDEN)):
            about = {"process": process.id}
            late = agreed(session, world, *readers, title=f"{word} late", **about)
            ahead = agreed(session, world, *readers, title=f"{word} ahead", **about)
            proposed(session, world, *readers, title=f"{word} offer", **about)
            apart = agreed(session, world, *readers, title=f"{word} apart", **about)
            reported(session, world, apart.ref, Step.INTERMEDIATE)
            found(session, world, apart.ref, Step.MINIMAL)
            for row, day in ((late, now() - DAY), (ahead, now() + DAY), (apart, now() + DAY)):
                for model, key in (
                    (Milestone, Milestone.commitment_id),
                    (Commitment, Commitment.id),
                ):
                    session.execute(update(model).where(key == row.id).values(due_at=day))
        return str(process.ref)


def test_each_number_leads_to_the_rows_that_it_counts(world: World, visit: Visit) -> None:
    ref = made(world)
    mediator = visit(MEDIATOR)
    page = mediator.get(f"/processes/{ref}")
    numbers = [link.get_text(" ", strip=True) for link in page.page.select(".go-numbers a")]
    assert numbers == ["1 overdue", "1 with differing accounts", "1 waiting on others"]
    for link, title in zip(
        page.page.select(".go-numbers a"), ("Plain late", "Plain apart", "Plain offer"), strict=True
    ):
        shown = mediator.get(str(link["href"]).partition("#")[0]).page
        (row,) = shown.select("section[aria-labelledby=commitments] .go-rows li")
        assert title in row.get_text()
    assert HIDDEN not in page.text


def test_next_dates_name_what_the_reader_may_read(world: World, visit: Visit) -> None:
    words = visit(MEDIATOR).get(f"/processes/{made(world)}")
    dates = words.page.select_one("section[aria-labelledby=dates]")
    assert dates is not None
    assert "Plain ahead" in dates.get_text()
    assert HIDDEN not in dates.get_text()


def test_what_is_begun_here_is_filled_with_the_process(world: World, visit: Visit) -> None:
    ref = made(world)
    mediator = visit(MEDIATOR)
    buttons = mediator.get(f"/processes/{ref}").page.select(
        'main .go-actions a[href*="new?part_of="]'
    )
    assert [button.get_text() for button in buttons] == [
        "New commitment",
        "New notice",
        "New dialogue",
        "New claim",
        "State harm of others, from a source",
        "New joint statement",
        "New exercise",
    ]
    for button in buttons:
        chosen = mediator.get(str(button["href"])).page.select(
            "[name=part_of] option[selected], [name=processes][checked], [name=signers][checked]"
        )
        many = 2 if "/releases/" in str(button["href"]) else 1  # both parties sign
        assert len([one for one in chosen if one["value"] not in ("", "0")]) == many, button
    stranger = visit("liaison@bank")
    for button in buttons:
        assert not stranger.get(str(button["href"])).page.select(
            "[name=part_of] option[selected]:not([value='0']):not([value='']),"
            "[name=processes][checked], [name=signers][checked]"
        )


def test_the_timeline_shows_one_noun_when_asked(world: World, visit: Visit) -> None:
    ref = made(world)
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", cover_name="Other")
        assert process.ref != ref
    mediator = visit(MEDIATOR)
    page = mediator.get(f"/processes/{ref}?of=commitments").page
    entries = page.select(".go-timeline li")
    assert entries
    assert all("go-of-commitments" in (entry.get("class") or []) for entry in entries)
    assert mediator.get(f"/processes/{ref}?of=zephyrine&show=zephyrine").status == 200


def test_phases_stand_in_a_menu_with_what_each_means(world: World, visit: Visit) -> None:
    page = visit(MEDIATOR).get(f"/processes/{made(world)}").page
    menu = page.select_one("details.go-phase-menu")
    assert menu is not None
    assert "It stays readable and can be resumed." in menu.get_text()
    assert len(menu.select("form")) == 4

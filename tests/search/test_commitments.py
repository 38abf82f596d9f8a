"""Commitments are found by whoever may read their text, and by nobody else by any word of it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment
from models.processes import Process
from models.vocabulary import Tlp
from portal import commitments
from portal.access import may
from portal.commitments import Between
from portal.db import reading, writing
from portal.recipients import RecipientList
from portal.rules import COMMITMENTS, READ_TEXT
from tests.architecture.plans import counting
from tests.architecture.test_statements import MOST
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, agreed, drafted, proposed, terms
from tests.factories import opened_process, published, seated
from tests.pages import Visitor
from tests.search.test_search import found

Visit = Callable[[str], Visitor]
TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def test_words_beginnings_and_marks_above_letters_find(world: World, visit: Visit) -> None:
    said = {"body": "No probing near Zürich.", "how_known": "Counted in the Hauptstraße."}
    with writing(world.sessions) as session:
        proposed(session, world, "peace", title="Ledgerfall pledge", **said)
    for name in (TELCO, CLOUD, "analyst@cert", "mediator@peace"):
        assert found(visit(name), "ledgerfall") == ["Ledgerfall pledge"], name
    mediator = visit("mediator@peace")
    for asked in ("PLEDGE", "pledg", "prob", "zurich", "Zürich", "counted", "hauptstraße", "in h"):
        assert found(mediator, asked) == ["Ledgerfall pledge"], asked
    for asked in ("edge", "ledgerfall wiper", "robing"):
        assert found(mediator, asked) == [], asked


def test_a_hit_shows_marking_parties_state_and_the_words_in_their_place(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        agreed(session, world, "peace", how_known="x " * 300 + "the <b>verifier</b> counts")
        proposed(session, world, "peace", title="Unverified", body="counts too", verifier="")
    page = visit("mediator@peace").get("/search?q=counts")
    assert [tag.get_text() for tag in page.page.select("h2")][:1] == ["Commitments"]
    unverified, verified = page.page.select("#found-commitments li")
    words = " ".join(verified.get_text(" ").split())
    for part in ("TLP:AMBER+STRICT", "in force", "Telco to Cloud , verified by Response Team"):
        assert part in words, part
    assert "the <b>verifier</b> counts" in words, "text stays text"
    assert [tag.get_text() for tag in verified.select("mark")] == ["counts"]
    assert "proposed" in unverified.get_text()
    assert "Telco to Cloud ·" in " ".join(unverified.get_text(" ").split())


def test_a_word_in_the_title_alone_shows_the_promise_itself(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Ledgerfall pledge", body="We will not.", how_known="Well")
    page = visit(CLOUD).get("/search?q=ledgerfall").page
    assert [tag.get_text() for tag in page.select(".go-snippet")] == ["We will not."]


def test_a_reference_finds_its_commitment(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = proposed(session, world, title="By reference").ref
        other = published(session, world, "cloud", title="A notice").ref
    for asked in (ref, ref.lower(), f" {ref} "):
        assert found(visit(CLOUD), asked) == ["By reference"]
    assert found(visit(CLOUD), other) == ["A notice"]
    assert found(visit("liaison@bank"), ref) == []


def test_what_is_hidden_changes_nothing(world: World, visit: Visit) -> None:
    bank = visit("liaison@bank")
    words = {"title": "Ledgerfall pledge a", "body": "probing", "how_known": "counted"}
    asked = ("ledgerfall", "ledg", "pledge", "probing", "counted", "l", "Telco", "a")
    before = [str(bank.get(f"/search?q={word}").page.main) for word in asked]
    with writing(world.sessions) as session:
        drafted(session, world, "bank", **words)
        proposed(session, world, "peace", **words)
        proposed(session, world, CLOUD, tlp=Tlp.RED, **words)
        for _ in range(30):
            agreed(session, world, **words)
    after = [str(bank.get(f"/search?q={word}").page.main) for word in asked]
    assert before == after


def to_everybody_in(session: Session, world: World, process: Process) -> Commitment:
    """A proposal of Telco to Cloud that whoever has a seat in the process reads."""
    telco, homes = world.actors[TELCO], world.organisations
    draft = commitments.draft_commitment(
        session, telco, homes["telco"].ref, text=terms(title="Pledge"),
        with_whom=Between(homes["cloud"].id),
        to=RecipientList(processes=frozenset({process.id})), now=NOW,
    )  # fmt: skip
    return commitments.propose(session, telco, draft.ref, answer_by_on=ANSWER_BY, now=NOW)


def pledges(session: Session, world: World) -> list[Commitment]:
    """One of each marking and kind of sharing, each with its number in its title."""
    process = opened_process(session, world, "un", "telco", observers=("bank",))
    made = [
        drafted(session, world, "bank"),
        drafted(session, world, tlp=Tlp.RED, by="colleague@telco"),
        proposed(session, world, "peace"),
        proposed(session, world, CLOUD, "mediator@peace", tlp=Tlp.RED),
        agreed(session, world, "bank", tlp=Tlp.AMBER),
        agreed(session, world, verifier="", tlp=Tlp.GREEN),
        to_everybody_in(session, world, process),
        drafted(session, world),
        proposed(session, world, "peace"),
    ]
    for commitment in made[-2:]:
        commitments.withdraw(session, world.actors[TELCO], commitment.ref, why="No", now=NOW)
    for number, commitment in enumerate(made):
        commitment.title = f"Pledge {number}"
    return made


def test_each_finds_exactly_what_the_policy_lets_her_read(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = pledges(session, world)
        expected = {
            name: sorted(
                one.title
                for one in made
                if may(session, actor, READ_TEXT, COMMITMENTS, one.id, NOW)
            )
            for name, actor in world.actors.items()
        }
    assert {name: sorted(found(visit(name), "pledge")) for name in world.actors} == expected
    assert len({tuple(titles) for titles in expected.values()}) > 5, "the cast differs"
    assert "Pledge 0" not in expected["liaison@bank"], "a draft stays with its own side"
    assert "Pledge 6" in expected["liaison@bank"], "by a seat"


def test_the_index_proposes_and_the_policy_disposes(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        kept = proposed(session, world, "peace", title="Pledge kept")
        wrong = {"live": True, "turns_at": NOW, "commitment_id": kept.id}
        session.add(CommitmentAudienceRow(principal="*", **wrong))
    assert found(visit("liaison@bank"), "pledge") == [], "a stale row shows nothing"
    with writing(world.sessions) as session:
        session.execute(delete(CommitmentAudienceRow))
    assert found(visit("mediator@peace"), "pledge") == [], "a missing row hides"


def test_without_the_seat_it_is_not_found_any_more(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "bank")
        to_everybody_in(session, world, process)
        ref = process.ref
    assert found(visit("liaison@bank"), "pledge") == ["Pledge"]
    with writing(world.sessions) as session:
        seated(session, world, ref, "telco")
    assert found(visit("liaison@bank"), "pledge") == []


def test_older_hits_of_each_noun_come_page_by_page(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for number in range(30):
            proposed(session, world, "peace", title=f"Pledge of Telco {number}")
            published(session, world, "peace", title=f"Telco notice {number}")
            proposed(session, world, title=f"Hidden pledge of Telco {number}")
    mediator = visit("mediator@peace")
    first = mediator.get("/search?q=telco")
    for noun, title in (("commitments", "Pledge of Telco {}"), ("notices", "Telco notice {}")):
        older = first.page.find("button", string=f"Older {noun}")
        assert older is not None, noun
        second = mediator.get(f"/search?q=telco&after={older['value']}")
        seen = [tag.get_text() for page in (first, second) for tag in page.page.select("li a")]
        hits = [words for words in seen if words.startswith(title.format(""))]
        assert hits == [title.format(n) for n in range(29, -1, -1)]
        assert len(second.page.select("main h2")) == 1, "of this noun alone"
        assert second.page.find("button", string=f"Older {noun}") is None
        assert str(second.page).count("telco") == 1, "what was asked stands there once"


@pytest.mark.parametrize(("shown", "kind"), [(10, ""), (25, "commitments")])
def test_a_full_page_without_more_leads_nowhere(
    world: World, visit: Visit, shown: int, kind: str
) -> None:
    with writing(world.sessions) as session:
        for number in range(shown):
            proposed(session, world, title="Hidden pledge")
            proposed(session, world, "peace", title=f"Pledge {number}")
        proposed(session, world, title="Hidden pledge")
    mediator = visit("mediator@peace")
    page = mediator.get(f"/search?q=pledge&kind={kind}").page
    assert len(page.select("#found-commitments li")) == shown
    assert page.find("button", string="Older commitments") is None
    with writing(world.sessions) as session:
        proposed(session, world, "peace", title="Pledge of today")
    page = mediator.get(f"/search?q=pledge&kind={kind}").page
    titles = [tag.get_text() for tag in page.select("#found-commitments li a")]
    assert (len(titles), titles[0]) == (shown, "Pledge of today")
    assert page.find("button", string="Older commitments") is not None


@pytest.mark.parametrize("kind", ["x", "", "persons", "'", "٣"])
def test_a_garbled_noun_is_ignored(world: World, visit: Visit, kind: str) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Pledge")
        published(session, world, "cloud", title="A notice of a pledge")
    asked = {"q": "pledge", "kind": kind}
    page = visit(CLOUD).client.get("/search", query_string=asked).get_data(as_text=True)
    assert "A notice of a pledge" in page
    assert sections(page) - LIBRARY == {"notices", "commitments"}
    page = visit(CLOUD).client.get("/search", query_string=asked | {"after": "999"})
    assert sections(page.get_data(as_text=True)) == {"notices"}, "of notices, as ever"


# Open to all, and with many words.
LIBRARY = {"clauses", "norms"}


def sections(page: str) -> set[str]:
    """The nouns of which the page shows hits."""
    return set(re.findall('id="found-([a-z]+)"', page))


def test_one_noun_can_be_asked_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Pledge of Telco")
        published(session, world, "cloud", title="Telco notice")
    page = visit(CLOUD).get("/search?q=telco&kind=commitments").page
    assert [tag.get_text() for tag in page.select("main h2")] == ["Commitments"]


@pytest.mark.parametrize("asked", ["pledge", "C-26-ZZZZZZ", "nowhere", "telco&kind=commitments"])
def test_a_page_of_everything_asks_the_database_six_times_at_most(
    app: Flask, world: World, visit: Visit, asked: str
) -> None:
    with writing(world.sessions) as session:
        opened_process(session, world, "telco", cover_name="Pledge talks")
        proposed(session, world, "peace", title="Pledge")
        published(session, world, "peace", title="A notice of a pledge")
    mediator = visit("mediator@peace")
    with counting(app) as sent:
        assert mediator.get(f"/search?q={asked}").status == 200
    assert len(sent) <= MOST


def test_reading_the_search_page_writes_no_word_into_the_trail(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Pledge")
    with reading(world.sessions) as session:
        before = session.connection().exec_driver_sql("SELECT count(*) FROM audit_events").scalar()
    assert found(visit(CLOUD), "pledge") == ["Pledge"]
    with reading(world.sessions) as session:
        after = session.connection().exec_driver_sql("SELECT count(*) FROM audit_events").scalar()
    assert before == after

"""Clauses and norms are found by their words, groups by what they are for, one noun at a time."""

from collections.abc import Callable

from models.vocabulary import Tlp
from portal import stakeholders
from portal.catalogue import NOUNS, Without
from portal.db import writing
from tests.cast import NOW, World
from tests.clauses.samples import in_library
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def hits(visitor: Visitor, asked: str, noun: str, kind: str = "") -> list[str]:
    """What is found of a noun (or of the norms)."""
    page = visitor.client.get("/search", query_string={"q": asked, "kind": kind})
    tags = visitor._answer(page).page.select(f"#found-{noun} .go-rows a")
    return [tag.get_text() for tag in tags]


def test_a_clause_is_found_by_any_of_its_texts(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        in_library(session, world, title="Quiet lines", body="Kestrels rest", how_known="Counted")
    bank = visit("liaison@bank")
    for asked in ("quiet lines", "kestrels", "kestr"):
        assert hits(bank, asked, "clauses") == ["Quiet lines"], asked
    assert hits(bank, "estrels", "clauses") == []


def test_a_norm_is_found_by_the_words_of_its_text(visit: Visit) -> None:
    bank = visit("liaison@bank")
    (norm,) = [one for one in hits(bank, "UN norm f", "norms") if one.startswith("UN norm f:")]
    assert norm in hits(bank, "critical infrastructure", "norms", "norms")
    assert hits(bank, "critical infrastructure", "norms", "clauses") == []
    assert hits(bank, "qwertz", "norms") == []


def test_a_group_is_found_by_its_purpose_by_those_on_it_alone(world: World, visit: Visit) -> None:
    organiser = world.actors["coordinator@peace"]
    with writing(world.sessions) as session:
        group = stakeholders.form_group(
            session, organiser, world.organisations["peace"].ref, name="Circle",
            ceiling=Tlp.AMBER, now=NOW,
        )  # fmt: skip
        group.purpose = "Warning of kestrels"
    assert hits(visit("coordinator@peace"), "kestrels", "groups") == ["Circle"]
    assert hits(visit("liaison@bank"), "kestrels", "groups") == []


def test_every_noun_can_be_asked_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", title="Response wanted")
    visitor = visit("mediator@peace")
    page = visitor.get("/search?q=response").page
    links = [str(tag["value"]) for tag in page.select("main form button[name=kind]")]
    searched = [noun.name for noun in NOUNS if not isinstance(noun.search, Without)]
    found = [str(tag["id"]).removeprefix("found-") for tag in page.select("main section")]
    assert links == ["", *found], "all, and what something was found of"
    assert {"notices", "organisations", "norms"} <= set(links)
    for name in searched:
        answer = visitor.get(f"/search?q=response&kind={name}")
        sections = {str(tag["id"]) for tag in answer.page.select("main section")}
        assert sections <= {f"found-{name}"}
        pressed = answer.page.select("main form button[aria-pressed=true]")
        assert [tag["value"] for tag in pressed] == [name]

"""The words of commitments follow every change of them, and so does who finds them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select

from models.commitments import Commitment
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Between
from portal.db import writing
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, proposed, terms
from tests.factories import to
from tests.pages import Visitor
from tests.search.test_search import found

Visit = Callable[[str], Visitor]
TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def amended(world: World, ref: str, **values: Any) -> None:
    """The promisor asks for other terms, and the addressee agrees."""
    asked_otherwise(world, ref, **values)
    with writing(world.sessions) as session:
        commitments.consent(session, world.actors[CLOUD], ref, NOW)


def asked_otherwise(world: World, ref: str, **values: Any) -> None:
    """The promisor asks for other terms."""
    with writing(world.sessions) as session:
        version = session.scalars(select(Commitment.version).where(Commitment.ref == ref)).one()
        commitments.amend(
            session, world.actors[TELCO], ref, text=terms(**values), why="Time", version=version,
            now=NOW,
        )  # fmt: skip


def test_unshared_it_is_not_found_any_more(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world, title="Pledge", tlp=Tlp.GREEN).ref
    assert found(visit("liaison@bank"), "pledge") == ["Pledge"]
    with writing(world.sessions) as session:
        promise = session.scalars(select(Commitment).where(Commitment.ref == ref)).one()
        promise.tlp = Tlp.AMBER_STRICT
        commitments.settle(session, promise, NOW)
    for asked in ("pledge", "pl", ref):
        assert found(visit("liaison@bank"), asked) == []
    assert found(visit(CLOUD), "pledge") == ["Pledge"]


@pytest.mark.parametrize("field", ["title", "body", "how_known"])
def test_the_index_follows_an_edit_of_one_field(world: World, visit: Visit, field: str) -> None:
    said = {"title": "Pledge", "body": "alpha", "how_known": "gamma", field: "earlier"}
    with writing(world.sessions) as session:
        draft = drafted(session, world, **said)
        telco, homes = world.actors[TELCO], world.organisations
        commitments.edit(
            session, telco, draft.ref, text=terms(**said | {field: "later"}),
            with_whom=Between(homes["cloud"].id, homes["cert"].id), to=to(world),
            version=draft.version, now=NOW,
        )  # fmt: skip
        title = draft.title
    assert found(visit(TELCO), "earlier") == []
    assert found(visit(TELCO), "later") == [title]


def test_the_index_follows_a_counter(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = proposed(session, world, title="First words", body="alpha")
        commitments.counter(
            session, world.actors[CLOUD], made.ref, text=terms(title="Second words", body="beta"),
            why="Rather so", version=made.version, now=NOW,
        )  # fmt: skip
    assert [found(visit(TELCO), asked) for asked in ("first", "alpha")] == [[], []]
    assert [found(visit(TELCO), asked) for asked in ("second", "beta")] == [["Second words"]] * 2


def test_the_index_follows_an_amendment_once_it_is_agreed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world, title="First words", how_known="alpha").ref
    asked_otherwise(world, ref, title="Second words", how_known="beta")
    assert [found(visit(CLOUD), asked) for asked in ("first", "beta")] == [["First words"], []]
    with writing(world.sessions) as session:
        commitments.consent(session, world.actors[CLOUD], ref, NOW)
    assert [found(visit(CLOUD), asked) for asked in ("first", "beta")] == [[], ["Second words"]]


def raw(world: World, title: str, key: int = 999) -> Commitment:
    """A row with a key that can be given twice."""
    telco = world.actors[TELCO].person_id
    return Commitment(
        id=key, ref=f"C-26-{title[:6].upper()}", organisation_id=world.organisations["telco"].id,
        author_id=telco, addressee_id=world.organisations["cloud"].id, state="draft",
        tlp=Tlp.GREEN, theme="notice-contacts", title=title, zone="UTC", created_at=NOW,
        changed_at=NOW,
    )  # fmt: skip


def test_the_index_forgets_what_is_deleted(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        session.add(raw(world, "Earlier words"))
        session.flush()
        session.execute(delete(Commitment).where(Commitment.id == 999))
        session.expunge_all()
        session.add(raw(world, "Latest words"))
    assert found(visit(TELCO), "earlier") == []
    assert found(visit(TELCO), "words") == ["Latest words"]


def test_what_was_written_before_there_was_an_index_is_in_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Zürich pledge", how_known="counted")
    downgrade(world.engine, "0005")
    upgrade(world.engine)
    assert found(visit(CLOUD), "zurich") == ["Zürich pledge"]
    assert found(visit(CLOUD), "counted") == ["Zürich pledge"]


def test_a_word_is_found_however_long_ago_it_was_written(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        proposed(session, world, title="Earlier pledge")
        session.add(raw(world, "Latest pledge", key=1_000_000))
    assert found(visit(TELCO), "pledge") == ["Latest pledge", "Earlier pledge"]
    assert found(visit(TELCO), "earlier") == ["Earlier pledge"]

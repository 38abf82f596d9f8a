"""Taking a file off a draft; what was published keeps its files."""

from collections.abc import Callable

from portal import notices
from portal.db import open_session, writing
from portal.store import Store
from tests.cast import NOW, World
from tests.factories import attached, drafted, published
from tests.pages import Visitor


def test_a_file_is_taken_off_a_draft_but_not_off_what_was_published(
    world: World, store: Store, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        draft, open_ref = (
            drafted(session, world, "peace").ref,
            published(session, world, "peace").ref,
        )
        file, kept = (attached(session, world, store, ref) for ref in (draft, open_ref))
    author = visit("liaison@telco")
    page = author.get(f"/notices/{draft}")
    action = f"/notices/{draft}/detach/{file.ref}"
    assert page.page.select_one(f"form[action='{action}'] button") is not None
    assert "note.txt" not in author.follow(author.post(action)).page.select("main")[0].text
    assert author.get(f"/notices/{draft}/files/{file.ref}").status == 404
    assert store.names() == {kept.stored_name}
    assert author.post(f"/notices/{open_ref}/detach/{kept.ref}").status == 409
    assert author.get(f"/notices/{open_ref}/files/{kept.ref}").body == b"what we saw"


def test_a_file_outlives_the_removal_that_is_not_committed(world: World, store: Store) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        file = attached(session, world, store, ref)
    me = world.actors["liaison@telco"]
    with open_session(world.sessions, writes=True) as session:
        notices.detach(session, me, ref, file.ref, store, NOW)
        assert store.names(), "it goes only once its row is gone for good"
        session.rollback()
    with writing(world.sessions) as session:
        assert notices.open_file(session, me, ref, file.ref, store, NOW)[1] == b"what we saw"
        notices.detach(session, me, ref, file.ref, store, NOW)
    assert not store.names()

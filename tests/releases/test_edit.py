"""Editing a draft: nothing typed is lost, nothing is overwritten unseen."""

from collections.abc import Callable

import pytest

from portal import releases
from portal.db import writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import TELCO, drafted, joint, text

Visit = Callable[[str], Visitor]


def test_what_is_typed_comes_back_and_is_saved(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, words=("wiper", "east")).ref
    telco = visit(TELCO)
    path = f"/releases/{ref}/edit"
    page = telco.get(path).form()
    assert page["words"] == ["wiper\neast"]
    empty = telco.post(path, {**page, "title": "", "body": "Kept."})
    assert empty.status == 422
    assert "Kept." in empty.text
    look = telco.post(path, {**page, "body": "A [[wiper]].", "look": "1"})
    assert "As the public would read it" in look.words
    telco.follow(telco.post(path, {**page, "body": "Five servers."}))
    assert "Five servers." in telco.get(f"/releases/{ref}").words


def test_who_saved_meanwhile_is_not_overwritten(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        release = drafted(session, world)
        ref, version = release.ref, release.version
    telco = visit(TELCO)
    page = telco.get(f"/releases/{ref}/edit").form()
    with writing(world.sessions) as session:
        said = text(body="Theirs.")
        actor = world.actors[TELCO]
        releases.edit(session, actor, ref, text=said, version=version, now=NOW)
        with pytest.raises(TooLate):
            releases.edit(session, actor, ref, text=said, version=version, now=NOW)
    answer = telco.post(f"/releases/{ref}/edit", {**page, "body": "Mine."})
    assert answer.status == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.words


def test_a_joint_statement_keeps_at_least_one_other_signature(world: World) -> None:
    with writing(world.sessions) as session:
        release = joint(session, world, "cloud")
        with pytest.raises(Invalid) as refused:
            releases.edit(
                session,
                world.actors[TELCO],
                release.ref,
                text=text(),
                version=release.version,
                now=NOW,
            )
        assert set(refused.value.problems) == {"signers"}
        with pytest.raises(Invalid):
            releases.edit(
                session,
                world.actors[TELCO],
                release.ref,
                text=text(signers=frozenset({99_999})),
                version=release.version,
                now=NOW,
            )

"""Each signs exactly one text; what was signed before it changed does not count."""

from collections.abc import Callable

import pytest

from portal import releases
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import (
    BANK,
    CLOUD,
    MEDIATOR,
    TELCO,
    confirmed,
    joint,
    out,
    signed,
)

Visit = Callable[[str], Visitor]


def test_three_sign_and_it_goes_out(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        ref = release.ref
    cloud = visit(CLOUD)
    assert "Sign the joint statement, or decline" in cloud.get("/").words
    page = cloud.get(f"/releases/{ref}/sign")
    assert cloud.post(f"/releases/{ref}/sign", {"digest": "0" * 64}).status == 409
    assert "signed" in cloud.follow(cloud.post(f"/releases/{ref}/sign", page.form())).words
    assert cloud.get(f"/releases/{ref}/sign").status == 403
    with writing(world.sessions) as session:
        release = releases.read(session, world.actors[TELCO], ref, NOW).release
        with pytest.raises(Refused):
            out(session, world, release)
        out(session, world, signed(session, world, release, (TELCO, MEDIATOR)))


def test_one_signs_for_those_alone_for_whom_they_speak(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        signed(session, world, release, (CLOUD,))
        rows = releases.read(session, world.actors[TELCO], release.ref, NOW).parties
        assert {row.name: row.answer for row in rows} == {
            "Cloud": "agreed",
            "Peace Mediation": "",
            "Telco": "",
        }
        with pytest.raises(NotFound):
            releases.sign(session, world.actors[BANK], release.ref, digest=release.digest, now=NOW)


def test_a_change_voids_what_was_signed(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world))
        before = release.digest
        signed(session, world, release, (TELCO, CLOUD, MEDIATOR))
        actor = world.actors[TELCO]
        releases.take_back(session, actor, release.ref, NOW)
        confirmed(session, world, release)
        assert release.digest == before, "the same text is the same"
        out_now = releases.outgoing(session, actor, release.ref, release.cool_until_at or NOW)
        assert out_now.content["joint"]
        releases.take_back(session, actor, release.ref, NOW)
        said = releases.text_of(release, **releases.parties_chosen(session, release))
        more = type(said)(**{**vars(said), "title": f"{said.title}."})
        releases.edit(session, actor, release.ref, text=more, version=release.version, now=NOW)
        confirmed(session, world, release)
        with pytest.raises(Refused):
            out(session, world, release)
        with pytest.raises(TooLate):
            releases.sign(session, world.actors[CLOUD], release.ref, digest=before, now=NOW)


def test_who_signs_is_part_of_what_is_signed(world: World) -> None:
    with writing(world.sessions) as session:
        release = confirmed(session, world, joint(session, world, "cloud"))
        signed(session, world, release, (TELCO, CLOUD))
        actor, before = world.actors[TELCO], release.digest
        releases.take_back(session, actor, release.ref, NOW)
        said = releases.text_of(release, **releases.parties_chosen(session, release))
        wider = said.signers | {world.organisations["peace"].id}
        more = type(said)(**{**vars(said), "signers": wider})
        releases.edit(session, actor, release.ref, text=more, version=release.version, now=NOW)
        confirmed(session, world, release)
        assert release.digest != before

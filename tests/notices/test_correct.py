"""Correcting: a new edition with what changed, asked about anew; who saw the old may compare."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.notices.test_publish import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def corrected(visit: Visit, ref: str, **values: object) -> None:
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}/correct")
    typed = {**page.form(), "why": "The count was too high.", "keep": "1", **values}
    assert liaison.post(f"/notices/{ref}/correct", typed).status == 302


def test_readers_are_told_asked_again_and_see_what_changed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", body="Ninety sites\nare reached.").ref
    mediator = visit("mediator@peace")
    mediator.get(f"/notices/{ref}")
    mediator.post(f"/notices/{ref}/acknowledge")
    corrected(visit, ref, body="Nine sites\nare reached.")
    assert notified(world, "correct") == {"mediator@peace", "coordinator@peace"}
    page = mediator.get(f"/notices/{ref}")
    assert "version 2" in page.words
    assert "The count was too high." in page.words
    assert "asks you to confirm" in page.words
    changed = mediator.get(f"/notices/{ref}/editions/2").page
    assert [tag.get_text() for tag in changed.select("del")] == ["Ninety sites"]
    assert [tag.get_text() for tag in changed.select("ins")] == ["Nine sites"]


def test_a_new_reader_does_not_find_what_was_taken_out(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", body="A name that should not stand here").ref
    both = [str(world.organisations[name].id) for name in ("peace", "cert")]
    corrected(visit, ref, body="No name", organisations=both)
    analyst = visit("analyst@cert")
    page = analyst.get(f"/notices/{ref}")
    assert page.status == 200
    assert not page.page.select(f"a[href$='/notices/{ref}/editions/2']")
    assert analyst.get(f"/notices/{ref}/editions/2").status == 404
    assert visit("mediator@peace").get(f"/notices/{ref}/editions/2").status == 404, "never opened"
    assert "A name that should" in visit("colleague@telco").get(f"/notices/{ref}/editions/2").words
    for number in (0, 1, 3, 99):
        assert visit("liaison@telco").get(f"/notices/{ref}/editions/{number}").status == 404


def test_whoever_is_taken_off_the_list_loses_it_at_once(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cert").ref
    analyst = visit("analyst@cert")
    assert analyst.get(f"/notices/{ref}").status == 200
    corrected(visit, ref, organisations=[str(world.organisations["peace"].id)])
    assert analyst.get(f"/notices/{ref}").status == 404
    assert ref not in analyst.get("/notices/").words
    assert "analyst@cert" not in notified(world, "correct")


def test_a_correction_needs_its_reason(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}/correct")
    answer = liaison.post(f"/notices/{ref}/correct", {**page.form(), "title": "Kept", "keep": "1"})
    assert answer.status == 422
    assert list(answer.errors()) == ["why"]
    assert answer.form()["title"] == ["Kept"]
    assert "version 1" in liaison.get(f"/notices/{ref}").words


def test_before_a_correction_one_sees_whom_it_reaches(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}/correct")
    both = [str(world.organisations[name].id) for name in ("peace", "cert")]
    looked = liaison.post(
        f"/notices/{ref}/correct", {**page.form(), "organisations": both, "look": "1"}
    )
    assert "Response analyst" in looked.words
    assert visit("analyst@cert").get(f"/notices/{ref}").status == 404, "nothing was kept"

"""Drafting a notice: who will see it is asked first, and what is wrong stands next to its field."""

from collections.abc import Callable

from sqlalchemy import func, select

from models.audience import Recipient
from models.notices import Notice
from portal.db import reading
from tests.cast import World
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def fill(page: Answer, **values: object) -> dict[str, object]:
    """The page's form as a browser would send it, with these fields typed over."""
    chosen = {"kind": "other", "tlp": "AMBER+STRICT", "pap": "AMBER"}
    return {
        **chosen,
        **{k: v for k, v in page.form().items() if v != [""] or k not in chosen},
        **values,
    }


def saved(world: World, ref: str) -> Notice:
    with reading(world.sessions) as session:
        return session.scalars(select(Notice).where(Notice.ref == ref)).one()


def test_a_liaison_drafts_a_notice(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    page = liaison.get("/notices/new")
    typed = fill(
        page,
        title="Wiper in an update",
        summary="It spreads.",
        body="## What we know\n\n* little",
        detected_at="2026-11-20T10:30",
        detected_certainty="estimated",
        organisations=[str(world.organisations["peace"].id)],
        keep="1",
    )
    answer = liaison.post("/notices/new", typed)
    shown = liaison.follow(answer)
    assert "Wiper in an update" in shown.words
    assert "What we know" in shown.words
    notice = saved(world, answer.to.rsplit("/", 1)[1])
    assert notice.detected_at is not None
    assert notice.detected_at.isoformat() == "2026-11-20T08:30:00+00:00", "typed in Helsinki"
    with reading(world.sessions) as session:
        lines = session.scalars(select(Recipient).where(Recipient.notice_id == notice.id)).all()
    assert [line.organisation_id for line in lines] == [world.organisations["peace"].id]


def test_who_will_see_is_asked_before_anything_is_saved(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    people = [str(world.actors["mediator@peace"].person_id)]
    typed = fill(
        liaison.get("/notices/new"), title="Wiper", body="**bold**", tlp="RED", people=people
    )
    looked = liaison.post("/notices/new", {**typed, "look": "1"})
    assert looked.status == 200
    reach = looked.page.select_one(".go-reach")
    assert reach is not None
    names = reach.get_text(" ")
    assert "Mediator" in names
    assert "Telco liaison" in names, "the author reads it too"
    assert "Telco colleague" not in names
    assert looked.page.select_one(".go-text strong") is not None, "a preview of the text"
    assert looked.form()["title"] == ["Wiper"]
    assert looked.form()["people"] == people
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_what_is_wrong_stands_next_to_its_field(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    typed = fill(
        liaison.get("/notices/new"),
        title=" ",
        summary="kept as typed",
        tlp="RED",
        organisations=[str(world.organisations["peace"].id)],
        began_at="2026-11-20T10:00",
        detected_at="2026-11-19T10:00",
        keep="1",
    )
    answer = liaison.post("/notices/new", typed)
    assert answer.status == 422
    assert set(answer.errors()) == {"title", "organisations", "detected_at"}
    assert answer.form()["summary"] == ["kept as typed"]
    assert answer.form()["organisations"] == [str(world.organisations["peace"].id)]


def test_garbage_is_refused_with_a_message(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    for values in (
        {"began_at": "yesterday"},
        {"tlp": "PURPLE"},
        {"organisations": ["seven"]},
        {"organisations": ["99999"]},
        {"kind": "nonsense"},
        {"title": "x" * 201},
        {"countries": ["Atlantis"]},
    ):
        typed = fill(liaison.get("/notices/new"), title="Wiper", keep="1") | values
        answer = liaison.post("/notices/new", typed)
        assert answer.status == 422, values
        assert answer.page.select_one("[role=alert]") is not None, values


def test_only_who_speaks_for_an_organisation_writes(visit: Visit) -> None:
    assert visit("mediator@peace").get("/notices/new").status == 200
    answer = visit("observer@un").get("/notices/new")
    assert answer.status == 403
    assert "liaison" in answer.words


def test_a_list_of_names_is_not_taken_from_who_may_not_see_them(world: World, visit: Visit) -> None:
    observer = str(world.actors["observer@un"].person_id)
    liaison = visit("liaison@telco")
    typed = fill(liaison.get("/notices/new"), title="Wiper", people=[observer], keep="1")
    assert liaison.post("/notices/new", typed).status == 422
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0

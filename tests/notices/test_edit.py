"""Editing a draft: what was typed is kept, and of two writers neither loses a word."""

from collections.abc import Callable

from sqlalchemy import func, select

from models.audience import Recipient
from models.ledger import OutboxEmail
from portal.db import reading, writing
from tests.cast import World
from tests.factories import drafted
from tests.notices.test_post_notice import fill, saved
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_changed_and_reaches_nobody(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    colleague = visit("colleague@telco")
    page = colleague.get(f"/notices/{ref}/edit")
    answer = colleague.post(f"/notices/{ref}/edit", fill(page, title="Another title", keep="1"))
    assert "Another title" in colleague.follow(answer).words
    assert visit("mediator@peace").get(f"/notices/{ref}").status == 404
    with reading(world.sessions) as session:
        emails = select(func.count()).where(OutboxEmail.resource_type == "notices")
        assert session.scalar(emails) == 0


def test_the_second_of_two_writers_sees_both_texts(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    one, other = visit("liaison@telco"), visit("colleague@telco")
    first, second = (who.get(f"/notices/{ref}/edit") for who in (one, other))
    one.post(f"/notices/{ref}/edit", fill(first, title="What she saved", keep="1"))
    late = other.post(f"/notices/{ref}/edit", fill(second, title="What he typed", keep="1"))
    assert late.status == 409
    assert "What she saved" in late.words
    assert "What he typed" in late.words
    assert saved(world, ref).title == "What she saved"
    again = other.post(f"/notices/{ref}/edit", {**late.form(), "keep": "1"})
    assert again.status == 302, "sent again knowing, it is taken"
    assert saved(world, ref).title == "What he typed"


def test_entries_that_a_writer_cannot_see_stay_on_the_list(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = drafted(session, world, "peace")
        observer = world.actors["observer@un"].person_id
        session.add(Recipient(notice_id=notice.id, person_id=observer, excepted=False))
        ref, key = notice.ref, notice.id
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}/edit")
    assert str(observer) not in page.form().get("people", [])
    assert "1 recipient is not shown" in page.words
    assert liaison.post(f"/notices/{ref}/edit", fill(page, title="B", keep="1")).status == 302
    with reading(world.sessions) as session:
        lines = session.scalars(select(Recipient).where(Recipient.notice_id == key)).all()
    assert {line.person_id for line in lines} == {None, observer}


def test_times_keep_the_seconds_that_the_field_does_not_show(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = drafted(session, world, "peace")
        at = notice.created_at.replace(second=42)
        notice.began_at, ref = at, notice.ref
    liaison = visit("liaison@telco")
    page = liaison.get(f"/notices/{ref}/edit")
    liaison.post(f"/notices/{ref}/edit", fill(page, title="B", keep="1"))
    assert saved(world, ref).began_at == at

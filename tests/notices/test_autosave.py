"""What is typed and not saved: kept for its writer alone, offered again, gone once it is saved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from models.autosaves import Autosave
from models.ledger import AuditEvent
from models.notices import Notice
from models.stakeholders import Membership
from portal import autosaves
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.factories import drafted
from tests.notices.test_post_notice import fill
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
OFFER = "what you typed until"


def typed_in(page: Answer, **values: object) -> dict[str, object]:
    """What the script sends: the form as it stands, complete or not."""
    return {**{k: v for k, v in page.form().items() if v != [""]}, **values}


def count(world: World, model: Any) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_unfinished_text_is_kept_and_offered_again(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    page = liaison.get("/notices/new")
    acts = count(world, AuditEvent)
    for body in ("It sp", "It spreads."):
        sent = typed_in(page, body=body, severity="high")
        answer = liaison.post("/notices/autosave", sent)
        assert answer.status == 200
    assert (count(world, Autosave), count(world, Notice)) == (1, 0)
    assert count(world, AuditEvent) == acts, "it is no act: nobody else learns of it"
    again = liaison.get("/notices/new")
    assert OFFER in again.words
    body = [one.get_text().strip() for one in again.page.select("textarea#body")]
    assert body == ["It spreads."]
    assert again.page.select_one("input[name=severity][value=high][checked]") is not None
    assert again.page.select_one("input[name=tlp][checked]") is None, "nobody chose a marking"


def test_saying_when_it_was_kept(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    answer = liaison.post("/notices/autosave", typed_in(liaison.get("/notices/new"), title="W"))
    assert "Text saved at" in answer.text


def test_nobody_else_sees_it(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    sent = typed_in(liaison.get("/notices/new"), title="Ledgerfall")
    liaison.post("/notices/autosave", sent)
    for other in ("colleague@telco", "liaison@cloud", "mediator@peace"):
        page = visit(other).get("/notices/new")
        assert "Ledgerfall" not in page.text, other
        assert OFFER not in page.words, other


def test_whoever_leaves_an_organisation_takes_no_text_along(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    liaison.post("/notices/autosave", typed_in(liaison.get("/notices/new"), title="Ledgerfall"))
    cloud = world.organisations["cloud"].id
    with writing(world.sessions) as session:
        mine = Membership.person_id == world.actors["liaison@telco"].person_id
        session.execute(update(Membership).where(mine).values(organisation_id=cloud))
    page = liaison.get("/notices/new")
    assert page.status == 200
    assert "Ledgerfall" not in page.text


def test_a_draft_that_is_saved_has_nothing_left_to_offer(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    page = liaison.get("/notices/new")
    liaison.post("/notices/autosave", typed_in(page, title="Wiper"))
    answer = liaison.post("/notices/new", fill(page, title="Wiper", keep="1"))
    assert answer.status == 302
    assert count(world, Autosave) == 0
    assert OFFER not in liaison.get("/notices/new").words


def test_it_can_be_discarded(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    sent = typed_in(liaison.get("/notices/new"), title="Wiper")
    liaison.post("/notices/autosave", sent)
    liaison.post("/notices/autosave", {**sent, "discard": "1"})
    assert count(world, Autosave) == 0


def test_a_draft_is_offered_as_it_was_typed_to_who_may_change_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    liaison = visit("liaison@telco")
    sent = typed_in(liaison.get(f"/notices/{ref}/edit"), title="Another title")
    assert liaison.post("/notices/autosave", sent).status == 200
    page = liaison.get(f"/notices/{ref}/edit")
    assert page.page.select_one("input#title[value='Another title']") is not None
    assert "Another title" not in liaison.get(f"/notices/{ref}").text
    stranger = visit("liaison@cloud")
    other = typed_in(stranger.get("/notices/new"), title="Mine", autosave_of=ref)
    assert stranger.post("/notices/autosave", other).status == 404


def test_too_much_is_not_kept_and_old_text_goes(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    page = liaison.get("/notices/new")
    assert liaison.post("/notices/autosave", typed_in(page, body="x" * 400_001)).status == 413
    assert liaison.post("/notices/autosave", typed_in(page, body="x")).status == 200
    with writing(world.sessions) as session:
        autosaves.forget_old(session, NOW + timedelta(days=29))
    assert count(world, Autosave) == 1
    with writing(world.sessions) as session:
        autosaves.forget_old(session, NOW + timedelta(days=400))
    assert count(world, Autosave) == 0

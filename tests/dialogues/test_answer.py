"""Whoever is invited says on a page whether they come; the e-mail leads there."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from models.dialogues import Dialogue
from portal import dialogues
from portal.db import writing
from portal.errors import Invalid, TooLate
from tests.attacks.test_e_web import all_rows
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    COLLEAGUE,
    GUEST,
    LOCAL,
    TELCO,
    convened,
    invited,
    line,
    move,
    name,
    posted,
    reply,
    take,
)
from tests.mail import html_of, text_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
CHANGING = {"audit_events", "audit_head", "signins"}


def test_the_email_leads_to_the_page_and_looking_changes_nothing(
    world: World, visit: Visit
) -> None:
    ref = invited(world, place="Room 4")
    email = posted(world, ref)[TELCO][-1]
    assert f"/dialogues/{ref}/answer\n" in text_of(email)
    assert f'/dialogues/{ref}/answer"' in html_of(email)
    liaison = visit(TELCO)
    before = all_rows(world, CHANGING)
    page = liaison.get(f"/dialogues/{ref}/answer")
    assert page.status == 200
    assert "Room 4" in page.words
    assert "you have not responded" in page.words
    assert all_rows(world, CHANGING) == before
    to = visit("nobody").get(f"/dialogues/{ref}/answer").to
    assert to == f"/auth/sign-in?next=/dialogues/{ref}/answer"


@pytest.mark.parametrize("said", ["accepted", "tentative", "declined"])
def test_one_press_answers(world: World, visit: Visit, said: str) -> None:
    ref = invited(world)
    liaison = visit(TELCO)
    page = liaison.get(f"/dialogues/{ref}")
    form = page.form(f"/dialogues/{ref}/answer")
    assert page.page.select_one(f"#answer button[value={said}]")
    done = liaison.follow(liaison.post(f"/dialogues/{ref}/answer", form | {"answer": [said]}))
    words = {"accepted": "accepted", "tentative": "tentative", "declined": "declined"}[said]
    assert f"Telco liaison , Participant · {words}" in done.words
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert (mine.answer, mine.by_mail) == (said, False)
    assert (
        f"Telco liaison , Participant · {words}" in visit(ORGANISER).get(f"/dialogues/{ref}").words
    )


def test_an_answer_can_be_changed_and_nonsense_is_refused(world: World, visit: Visit) -> None:
    ref = invited(world)
    liaison = visit(TELCO)
    form = liaison.get(f"/dialogues/{ref}/answer").form(f"/dialogues/{ref}/answer")
    for said in ("accepted", "declined"):
        assert liaison.post(f"/dialogues/{ref}/answer", form | {"answer": [said]}).status == 302
    answer = liaison.post(f"/dialogues/{ref}/answer", form | {"answer": ["maybe"]})
    assert answer.status == 422
    assert "Choose your response." in answer.words
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == "declined"


def test_an_answer_to_a_time_that_is_gone_is_asked_for_again(world: World, visit: Visit) -> None:
    ref = invited(world)
    liaison = visit(TELCO)
    form = liaison.get(f"/dialogues/{ref}/answer").form(f"/dialogues/{ref}/answer")
    move(world, ref, local=LOCAL.replace(day=9))
    late = liaison.post(f"/dialogues/{ref}/answer", form | {"answer": ["accepted"]})
    assert late.status == 409
    assert "2027-02-09T12:00+00:00" in late.text
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == ""
    again = late.form(f"/dialogues/{ref}/answer") | {"answer": ["accepted"]}
    liaison.follow(liaison.post(f"/dialogues/{ref}/answer", again))
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.answer(session, world.actors[TELCO], ref, said="declined", sequence=0, now=NOW)
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == "accepted"


def test_only_whoever_is_expected_answers(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=((GUEST, "observer"),)).ref
        name(session, world, ref, TELCO)
    assert visit(GUEST).get(f"/dialogues/{ref}/answer").status == 200
    assert visit(ORGANISER).get(f"/dialogues/{ref}/answer").status == 200
    # She answers for a delegation, and is not one who comes.
    assert visit(COLLEAGUE).get(f"/dialogues/{ref}/answer").status == 403
    assert "Your response" not in visit(COLLEAGUE).get(f"/dialogues/{ref}").words
    assert visit("liaison@bank").get(f"/dialogues/{ref}/answer").status == 404


def test_what_is_held_takes_no_answer(world: World, visit: Visit) -> None:
    ref = invited(world)
    liaison = visit(TELCO)
    form = liaison.get(f"/dialogues/{ref}/answer").form(f"/dialogues/{ref}/answer")
    with writing(world.sessions) as session:
        session.execute(update(Dialogue).where(Dialogue.ref == ref).values(state="held"))
    assert liaison.get(f"/dialogues/{ref}/answer").status == 409
    assert liaison.post(f"/dialogues/{ref}/answer", form | {"answer": ["accepted"]}).status == 409
    assert "Your response" not in liaison.get(f"/dialogues/{ref}").words


def test_of_page_and_mail_the_one_that_reached_us_last_holds(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        dialogues.answer(session, actor, ref, said="declined", sequence=0, now=NOW)
        with pytest.raises(Invalid, match="answer"):
            dialogues.answer(session, actor, ref, said="", sequence=0, now=NOW)
    assert take(world, reply(world, ref, TELCO, "accepted"))
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert (mine.answer, mine.by_mail) == ("accepted", True)

"""What is written beside a notice stays with the audience of its moment; its author may agree."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent, OutboxEmail
from models.notices import Comment
from models.stakeholders import Membership, Role
from portal import coverage
from portal.clock import now
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.rules import NOTICES, SHARE_COMMENTS
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.test_delivery import Memory
from tests.notices.test_correct import corrected
from tests.notices.test_publish import notified
from tests.pages import Visitor
from tests.worlds import HOMES

Visit = Callable[[str], Visitor]
EARLIER, PRIVATE, WHY = "Reached through the vendor", "For you alone", "The first reason"
LINK = "The reason of a link"


@pytest.fixture
def ref(world: World, visit: Visit) -> str:
    """A notice for one organisation, commented on and corrected once for the same readers."""
    liaison = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        made = published(session, world, "peace").ref
        coverage.link_norm(
            session, liaison, NOTICES, made, norm="un-gge-2015-f", reason=LINK, now=NOW
        )
    mediator = visit("mediator@peace")
    mediator.post(f"/notices/{made}/comment", {"text": EARLIER})
    mediator.post(f"/notices/{made}/comment", {"text": PRIVATE, "to_author": "y"})
    corrected(visit, made, why=WHY)
    return made


def widened(world: World, visit: Visit, ref: str, **values: object) -> None:
    both = [str(world.organisations[name].id) for name in ("peace", "cert")]
    corrected(visit, ref, **{"organisations": both, "why": "More are reached.", **values})


def seen_by(visit: Visit, name: str, ref: str) -> set[str]:
    words = visit(name).get(f"/notices/{ref}").words
    return {text for text in (EARLIER, PRIVATE, WHY, LINK) if text in words}


def test_a_wider_audience_reads_nothing_that_was_written_before(
    world: World, visit: Visit, ref: str
) -> None:
    assert seen_by(visit, "coordinator@peace", ref) == {EARLIER, WHY, LINK}
    widened(world, visit, ref)
    page = visit("analyst@cert").get(f"/notices/{ref}")
    assert "More are reached." in page.words
    assert "No comments yet." in page.words, "nothing tells that there are comments"
    assert seen_by(visit, "analyst@cert", ref) == set()
    assert LINK not in visit("analyst@cert").get("/norms/un-gge-2015-f").words
    assert seen_by(visit, "coordinator@peace", ref) == {EARLIER, WHY, LINK}
    assert seen_by(visit, "mediator@peace", ref) == {EARLIER, PRIVATE, WHY, LINK}
    assert seen_by(visit, "colleague@telco", ref) == {EARLIER, PRIVATE, WHY, LINK}


@pytest.mark.parametrize("tlp", ["AMBER", "GREEN", "CLEAR"])
def test_a_lower_marking_shows_nothing_that_was_written_under_the_stricter(
    world: World, visit: Visit, ref: str, tlp: str
) -> None:
    corrected(visit, ref, tlp=tlp)
    for name in HOMES:
        expected = {
            "telco": {EARLIER, PRIVATE, WHY, LINK},
            "peace": {EARLIER, WHY, LINK} | ({PRIVATE} if name == "mediator@peace" else set()),
        }.get(HOMES[name], set())
        assert seen_by(visit, name, ref) == expected, name


def test_an_exception_that_is_lifted_opens_nothing_of_before(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = published(session, world, "peace", "cert").ref
    coordinator = str(world.actors["coordinator@peace"].person_id)
    corrected(visit, made, excepted_people=[coordinator])
    visit("analyst@cert").post(f"/notices/{made}/comment", {"text": EARLIER})
    corrected(visit, made, excepted_people=[])
    assert seen_by(visit, "coordinator@peace", made) == set()
    assert seen_by(visit, "mediator@peace", made) == {EARLIER}


def test_under_red_the_own_organisation_was_no_reader_either(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = published(session, world, "mediator@peace", tlp="RED", body="First words").ref
    mediator = visit("mediator@peace")
    mediator.post(f"/notices/{made}/comment", {"text": EARLIER})
    mediator.post(f"/notices/{made}/comment", {"text": PRIVATE, "to_author": "y"})
    corrected(visit, made, why=WHY, body="Second words")
    corrected(visit, made, tlp="AMBER+STRICT", body="Third words")
    colleague = visit("colleague@telco")
    assert seen_by(visit, "colleague@telco", made) == set()
    assert colleague.get(f"/notices/{made}/editions/2").status == 404
    assert colleague.get(f"/notices/{made}/editions/3").status == 404
    assert seen_by(visit, "liaison@telco", made) == {EARLIER, PRIVATE, WHY}


def test_a_new_member_of_a_listed_organisation_reads_on(
    world: World, visit: Visit, ref: str
) -> None:
    bank = visit("liaison@bank")
    assert bank.get(f"/notices/{ref}").status == 404
    with writing(world.sessions) as session:
        session.add(
            Membership(
                person_id=world.actors["liaison@bank"].person_id,
                organisation_id=world.organisations["peace"].id,
                role=Role.OBSERVER,
                begins_at=NOW,
            )
        )
    assert seen_by(visit, "liaison@bank", ref) == {EARLIER, WHY, LINK}


def test_who_comes_later_reads_what_is_written_then(world: World, visit: Visit, ref: str) -> None:
    widened(world, visit, ref)
    visit("mediator@peace").post(f"/notices/{ref}/comment", {"text": "Welcome, all."})
    assert "Welcome, all." in visit("analyst@cert").get(f"/notices/{ref}").words


def test_authors_are_asked_and_their_comments_open_when_they_agree(
    world: World, visit: Visit, ref: str
) -> None:
    form = visit("liaison@telco").get(f"/notices/{ref}/correct")
    assert "2 comments were written for the present readers." in form.words
    widened(world, visit, ref, earlier="ask")
    assert notified(world, SHARE_COMMENTS) == {"mediator@peace"}
    assert seen_by(visit, "analyst@cert", ref) == set(), "not before they agree"
    mediator = visit("mediator@peace")
    page = mediator.get(f"/notices/{ref}/share-comments")
    assert EARLIER in page.words
    answer = mediator.post(f"/notices/{ref}/share-comments", page.form())
    assert answer.status == 302
    assert seen_by(visit, "analyst@cert", ref) == {EARLIER}, "what was for the author stays so"
    assert mediator.get(f"/notices/{ref}/share-comments").status == 403
    with reading(world.sessions) as session:
        verbs = set(session.scalars(select(AuditEvent.verb).where(AuditEvent.ref == ref)))
    assert verbs >= {"ask-authors", "share-comments"}


def test_nobody_is_asked_unless_the_author_of_the_notice_wants_it(
    world: World, visit: Visit, ref: str
) -> None:
    widened(world, visit, ref)
    assert notified(world, SHARE_COMMENTS) == set()
    page = visit("mediator@peace").get(f"/notices/{ref}")
    assert "Show your earlier comments to new readers" in page.words, "who wrote may agree unasked"
    for name in ("analyst@cert", "coordinator@peace", "liaison@telco"):
        assert visit(name).get(f"/notices/{ref}/share-comments").status == 403, name
        assert visit(name).post(f"/notices/{ref}/share-comments", {"edition": "3"}).status == 403
    assert visit("liaison@bank").get(f"/notices/{ref}/share-comments").status == 404


def test_agreeing_is_to_the_readers_of_one_version(world: World, visit: Visit, ref: str) -> None:
    widened(world, visit, ref, earlier="ask")
    mediator = visit("mediator@peace")
    page = mediator.get(f"/notices/{ref}/share-comments")
    corrected(visit, ref, tlp="GREEN")
    answer = mediator.post(f"/notices/{ref}/share-comments", page.form())
    assert answer.status == 409
    assert seen_by(visit, "liaison@bank", ref) == set()


def test_a_comment_that_was_typed_before_a_correction_is_not_sent_to_others_unseen(
    world: World, visit: Visit, ref: str
) -> None:
    mediator = visit("mediator@peace")
    action = f"/notices/{ref}/comment"
    typed = {**mediator.get(f"/notices/{ref}").form(action), "text": "Only for those I know of"}
    widened(world, visit, ref)
    answer = mediator.post(action, typed)
    assert answer.status == 422
    assert answer.form(action)["text"] == ["Only for those I know of"]
    assert mediator.post(action, answer.form(action)).status == 302
    assert "Only for those I know of" in visit("analyst@cert").get(f"/notices/{ref}").words


def test_the_e_mail_goes_only_while_there_is_something_to_agree_to(
    world: World, visit: Visit, ref: str
) -> None:
    widened(world, visit, ref, earlier="ask")
    mediator = visit("mediator@peace")
    mediator.post(
        f"/notices/{ref}/share-comments", mediator.get(f"/notices/{ref}/share-comments").form()
    )
    post = Memory()
    later = now() + timedelta(minutes=1)
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), later)
    assert not [m for m in post.emails if "your earlier comments" in str(m["Subject"])]
    with reading(world.sessions) as session:
        asked = select(OutboxEmail).where(OutboxEmail.template == SHARE_COMMENTS)
        assert session.scalars(asked).one().outcome == "refused"


def test_a_row_whose_audience_is_not_known_is_its_writers_alone(
    world: World, visit: Visit, ref: str
) -> None:
    with writing(world.sessions) as session:
        for comment in session.scalars(select(Comment)):
            comment.audience_id = None
    for name in ("liaison@telco", "colleague@telco", "coordinator@peace"):
        assert seen_by(visit, name, ref) == {WHY, LINK}, name
    assert seen_by(visit, "mediator@peace", ref) == {EARLIER, PRIVATE, WHY, LINK}


def test_a_link_of_a_mediator_is_for_the_readers_of_its_time(
    world: World, visit: Visit, ref: str
) -> None:
    said = {"norm": "un-gge-2015-g", "reason": "A mediator says so"}
    with writing(world.sessions) as session:
        coverage.annotate(session, world.actors["mediator@peace"], ref, **said, now=NOW)
    widened(world, visit, ref)
    for place in (f"/notices/{ref}", "/norms/un-gge-2015-g"):
        assert said["reason"] in visit("coordinator@peace").get(place).words
        assert said["reason"] not in visit("analyst@cert").get(place).words

"""The page of a commitment: what both sides say, and what it hangs on as far as one may know it."""

from collections.abc import Callable
from datetime import timedelta

from models.commitments import ConditionType
from portal import commitments
from portal.clock import now
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, drafted
from tests.commitments.test_pages import made
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"


def test_two_voices_stand_side_by_side_and_differ(world: World, visit: Visit) -> None:
    ref = made(world, agreed, "peace", at=now() - timedelta(days=1))
    telco, cert, mediator = visit(TELCO), visit(CERT), visit("mediator@peace")
    said = {"step": "full", "words": "All is done.", "milestone": "0"}
    telco.follow(telco.post(f"/commitments/{ref}/report", said))
    assert "Self-report: Full Verification: none yet" in mediator.get("/commitments/").words
    said = {"step": "minimal", "words": "Half of it.", "milestone": "0", "stopped": "y"}
    cert.follow(cert.post(f"/commitments/{ref}/verify", said))
    telco.follow(telco.post(f"/commitments/{ref}/reply", {"words": "We see it otherwise."}))
    page = mediator.get(f"/commitments/{ref}")
    for words in (
        "The accounts differ.",
        "All is done.",
        "Half of it.",
        "We see it otherwise.",
    ):
        assert words in page.words
    assert "accounts differ" in mediator.get("/commitments/").words
    wrong = cert.post(f"/commitments/{ref}/verify", {"step": "", "words": "", "milestone": "0"})
    assert wrong.errors().keys() == {"step", "words"}


def test_what_hangs_together_is_drawn_and_told(world: World, visit: Visit) -> None:
    other = made(world, agreed, at=now())
    ref = made(world, drafted, at=now())
    telco = visit(TELCO)
    where = f"/commitments/{ref}/conditions"
    unknown = telco.post(where, {"on": "C-26-ZZZZZZ", "type": ConditionType.AFTER, "days": "3"})
    assert unknown.errors()["on"] == "This is not in the portal, or not shared with you."
    page = telco.follow(telco.post(where, {"on": other, "type": ConditionType.AFTER, "days": "3"}))
    assert page.page.select_one("main svg") is not None
    assert "3 days after" in page.words
    assert "Telco reports" in page.words
    remove = page.page.select_one("form[action$='/remove']")
    assert remove is not None
    page = telco.follow(telco.post(str(remove["action"])))
    assert "3 days after" not in page.words


def test_a_hidden_commitment_behind_a_condition_leaves_no_word(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        hidden = agreed(session, world, title="Secret base", at=now())
        shown = drafted(session, world, "liaison@bank", at=now())
        actor = world.actors[TELCO]
        commitments.add_condition(
            session,
            actor,
            shown.ref,
            on=hidden.ref,
            condition_type=ConditionType.AFTER,
            days=7,
            now=now(),
        )
        by = (now() + timedelta(days=9)).date()
        commitments.propose(session, actor, shown.ref, answer_by_on=by, now=now())
    bank = visit("liaison@bank")
    pages: list[Answer] = [
        bank.get(f"/commitments/{shown.ref}"), bank.get(f"/commitments/{shown.ref}/conditions")
    ]  # fmt: skip
    for page in pages:
        assert page.status == 200
        assert "not shown to you" in page.words
        assert "Secret" not in page.text
        assert hidden.ref not in page.text
        assert "7 days" not in page.words

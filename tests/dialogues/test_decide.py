"""Each delegation answers once: by name and changed until it is closed, or for good by nobody."""

from collections.abc import Callable

import pytest
from sqlalchemy import inspect, select

from models.ledger import AuditEvent
from models.records import Ballot, Decision, DecisionAnswer
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, PortalError, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, by, exactly_one
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import (
    BANK,
    CLOUD,
    TELCO,
    answered,
    answers,
    asked,
    closed,
    seated,
)
from tests.dialogues.later_builders import comes, side_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SIDES = ("telco", "cloud", "bank")


def test_an_answer_is_given_and_changed_until_it_is_closed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
    telco, address = visit(TELCO), f"/dialogues/{dialogue.ref}/decide/{decision.id}"
    page = telco.follow(telco.post(address, telco.get(address).form() | {"stance": ["agree"]}))
    assert "1 of 2 delegations have responded. Your delegation has responded." in page.words
    form = telco.get(address).form()
    assert form["stance"] == ["agree"]
    telco.follow(telco.post(address, form | {"stance": ["object"], "reason": ["Too soon."]}))
    (row,) = answers(world, decision)
    assert (row.stance, row.reason) == ("object", "Too soon.")
    assert "Telco : Too soon." in visit(CLOUD).get(f"/dialogues/{dialogue.ref}").words
    with writing(world.sessions) as session:
        closed(session, world, dialogue, decision)
    assert telco.post(address, form).status == 409


def test_the_question_of_another_dialogue_is_not_there(world: World) -> None:
    # The pages look for it before; the service is asked by itself here.
    with writing(world.sessions) as session:
        here, there = seated(session, world), seated(session, world)
        foreign = asked(session, world, there)
        side, telco = side_of(session, world, here, "telco"), world.actors[TELCO]
        with pytest.raises(NotFound):
            dialogues.decide(
                session, telco, here.ref, foreign.id, side_id=side.id, stance="agree", now=NOW
            )
        with pytest.raises(NotFound):
            closed(session, world, here, foreign)
    assert answers(world, foreign) == []


@pytest.mark.parametrize(
    ("stance", "reason", "field"),
    [
        ("object", " ", "reason"),
        ("block", "", "reason"),
        ("agree", "x" * 501, "reason"),
        ("perhaps", "", "stance"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(
    world: World, visit: Visit, stance: str, reason: str, field: str
) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        with pytest.raises(Invalid) as refused:
            answered(session, world, dialogue, decision, "telco", stance, reason)
        assert set(refused.value.problems) == {field}
    telco, address = visit(TELCO), f"/dialogues/{dialogue.ref}/decide/{decision.id}"
    answer = telco.post(
        address, telco.get(address).form() | {"stance": [stance], "reason": [reason]}
    )
    assert (answer.status, set(answer.errors())) == (422, {field})


def test_nobody_answers_for_another_side(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        with pytest.raises(Invalid, match="side"):
            answered(session, world, dialogue, decision, "cloud", by=TELCO)
        with pytest.raises(NotFound):
            dialogues.decide(
                session, world.actors[TELCO], dialogue.ref, decision.id + 1,
                side_id=side_of(session, world, dialogue, "telco").id, stance="agree", now=NOW,
            )  # fmt: skip
    address = f"/dialogues/{dialogue.ref}/decide/{decision.id}"
    assert visit(ORGANISER).get(address).status == 403
    assert visit(BANK).get(address).status == 404


def test_two_of_one_side_answer_at_once_and_one_answer_stays(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        comes(session, world, dialogue, "colleague@telco", came=True)
        decision = asked(session, world, dialogue)
        side = side_of(session, world, dialogue, "telco").id
    acts = [
        by(world, name, dialogues.decide, dialogue.ref, decision.id, side_id=side, stance=stance)
        for name, stance in ((TELCO, "agree"), ("colleague@telco", "stand-aside"))
    ]
    ends = at_once(world, *acts)
    assert None in ends
    assert all(end is None or isinstance(end, TooLate) for end in ends)
    assert len(answers(world, decision)) == 1


def test_what_a_colleague_answered_meanwhile_is_not_overwritten(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        comes(session, world, dialogue, "colleague@telco", came=True)
        decision = asked(session, world, dialogue)
    telco, colleague = visit(TELCO), visit("colleague@telco")
    address = f"/dialogues/{dialogue.ref}/decide/{decision.id}"
    opened = telco.get(address).form()
    theirs = {"stance": ["object"], "reason": ["Too soon."]}
    assert colleague.post(address, colleague.get(address).form() | theirs).status == 302
    late = telco.post(address, opened | {"stance": ["agree"], "reason": ["Well."]})
    assert (late.status, "Too soon." in late.words) == (409, True)
    assert late.form()["reason"] == ["Well."], "what was typed is kept"
    assert [row.stance for row in answers(world, decision)] == ["object"]
    assert telco.post(address, late.form()).status == 302
    assert [row.stance for row in answers(world, decision)] == ["agree"]


def test_hidden_answers_are_seen_by_nobody_before_it_is_closed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue, hidden=True)
        answered(session, world, dialogue, decision, "telco", "block", "Never like this")
    place = f"/dialogues/{dialogue.ref}"
    pages = (place, f"{place}/close-decision/{decision.id}")
    for name in (ORGANISER, CLOUD):
        for address in pages if name == ORGANISER else (place,):
            words = visit(name).get(address).words
            assert "1 of 2 delegations have responded." in words
            assert "Block" not in words
            assert "Never like this" not in words
    own = visit(TELCO).get(f"{place}/decide/{decision.id}")
    assert own.form()["reason"] == ["Never like this"], "the own side can change it"
    with writing(world.sessions) as session:
        closed(session, world, dialogue, decision)
    for name in (ORGANISER, CLOUD, TELCO):
        assert "Never like this" in visit(name).get(place).words


def test_under_chatham_house_an_answer_is_kept_without_its_side(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, rule="chatham")
        decision = asked(session, world, dialogue)
    telco, address = visit(TELCO), f"/dialogues/{dialogue.ref}/decide/{decision.id}"
    page = telco.get(address)
    assert "cannot be changed" in page.words
    form = page.form() | {"stance": ["stand-aside"]}
    telco.follow(telco.post(address, form))
    (row,) = answers(world, decision)
    assert (row.delegation_id, row.attributed, row.stance) == (None, False, "stand-aside")
    with reading(world.sessions) as session:
        assert session.query(Ballot).count() == 1
        trail = session.scalars(select(AuditEvent).where(AuditEvent.verb == "decide")).one()
    assert trail.detail == {}
    assert telco.post(address, form).status == 409
    assert "has responded" in telco.get(address).words
    assert answers(world, decision)[0].stance == "stand-aside"


def test_under_chatham_house_no_second_answer_is_taken(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, rule="chatham")
        comes(session, world, dialogue, "colleague@telco", came=True)
        decision = asked(session, world, dialogue)
        side = side_of(session, world, dialogue, "telco").id
    decide = dialogues.decide
    acts = [
        by(world, name, decide, dialogue.ref, decision.id, side_id=side, stance="agree")
        for name in (TELCO, "colleague@telco")
    ]
    exactly_one(at_once(world, *acts), TooLate)
    assert len(answers(world, decision)) == 1


def test_under_chatham_house_nothing_in_the_tables_tells_who_answered_what(world: World) -> None:
    """The keys are drawn anew and the rows laid anew with each answer."""
    orders, before = set(), set[int]()
    for _round in range(12):
        with writing(world.sessions) as session:
            dialogue = seated(session, world, *SIDES, rule="chatham")
            decision = asked(session, world, dialogue)
            for n, home in enumerate(SIDES):
                answered(session, world, dialogue, decision, home, "object", str(n))
                session.flush()
                rows = select(DecisionAnswer.id).where(DecisionAnswer.decision_id == decision.id)
                keys = set(session.scalars(rows))
                assert len(keys) == n + 1
                assert not keys & before, "no key of an answer outlives the next one"
                before = keys
        # As they lie in the file, which need not be the order of their keys.
        lie = "rowid" if world.engine.dialect.name == "sqlite" else "ctid"
        with world.engine.connect() as connection:
            question = f"SELECT reason FROM decision_answers WHERE decision_id = {decision.id}"
            laid = connection.exec_driver_sql(f"{question} ORDER BY {lie}").scalars().all()
        assert sorted(laid) == ["0", "1", "2"]
        orders.add(tuple(laid))
    assert len(orders) > 1, "twelve times in the order in which they came"


def test_the_table_of_who_has_answered_says_nothing_else(world: World) -> None:
    columns = {column["name"] for column in inspect(world.engine).get_columns("ballots")}
    assert columns == {"decision_id", "delegation_id"}


def test_answered_or_closed(world: World) -> None:
    for _ in range(4):
        with writing(world.sessions) as session:
            dialogue = seated(session, world)
            decision = asked(session, world, dialogue)
            side = side_of(session, world, dialogue, "telco").id
        who = (dialogue.ref, decision.id)
        ends = at_once(
            world,
            by(world, TELCO, dialogues.decide, *who, side_id=side, stance="agree"),
            by(world, ORGANISER, dialogues.close_decision, *who),
        )
        late: PortalError | None = ends[0]
        assert ends[1] is None
        assert late is None or isinstance(late, TooLate)
        assert len(answers(world, decision)) == (0 if late else 1)
        with reading(world.sessions) as session:
            assert session.get_one(Decision, decision.id).closed_at == NOW

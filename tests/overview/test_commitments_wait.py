"""The first page shows the commitments that wait for this person, whoever holds the verb."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.commitments import Commitment, Evidence, Step
from models.stakeholders import Membership
from models.vocabulary import Tlp
from portal import commitments
from portal.clock import now
from portal.commitments import StepText
from portal.db import reading, writing
from portal.overview import Waiting, first_page
from portal.store import Store, key_from
from tests.architecture.plans import counting
from tests.architecture.test_statements import MOST
from tests.cast import NOW, World
from tests.commitments import scenes
from tests.commitments.builders import agreed, drafted, due_at, found, proposed, reported
from tests.factories import published
from tests.pages import Visitor, sign_in

DAY = timedelta(days=1)
TELCO, COLLEAGUE, CLOUD, CERT = scenes.TELCO, scenes.COLLEAGUE, scenes.CLOUD, scenes.CERT
OUTSIDERS = ("liaison@bank", "steward@portal", "observer@un", "mediator@peace")
EVERYBODY = (TELCO, COLLEAGUE, CLOUD, CERT, *OUTSIDERS)


def waiting(world: World, name: str, at: datetime = NOW) -> list[Waiting]:
    """What waits for somebody at a time."""
    with reading(world.sessions) as session:
        return first_page(session, world.actors[name], at).waiting


def verbs(world: World, at: datetime = NOW) -> dict[str, list[str]]:
    """The verbs that wait for each person for whom anything waits."""
    every = {name: [row.verb for row in waiting(world, name, at)] for name in EVERYBODY}
    return {name: found for name, found in every.items() if found}


def both(*found: str) -> dict[str, list[str]]:
    """That these verbs wait for both of Telco's people, and nothing for anybody else."""
    return {TELCO: [*found], COLLEAGUE: [*found]}


@pytest.mark.parametrize("tlp", [Tlp.AMBER_STRICT, Tlp.GREEN])
def test_each_thing_waits_for_whoever_holds_its_verb(world: World, tlp: Tlp) -> None:
    with writing(world.sessions) as session:
        made = drafted(session, world, tlp=tlp)
    assert verbs(world) == both("propose")
    with writing(world.sessions) as session:
        commitments.propose(
            session, world.actors[TELCO], made.ref, answer_by_on=date(2026, 12, 1), now=NOW
        )
    assert verbs(world) == {CLOUD: ["accept"]}
    with writing(world.sessions) as session:
        commitments.accept(session, world.actors[CLOUD], made.ref, NOW)
    assert verbs(world) == {}, "it is due in four weeks"
    assert verbs(world, NOW + 20 * DAY) == both("report")
    with writing(world.sessions) as session:
        reported(session, world, made.ref)
    assert verbs(world) == {CERT: ["verify"]}
    with writing(world.sessions) as session:
        found(session, world, made.ref)
    assert verbs(world, NOW + 20 * DAY) == {}


def test_a_counter_proposal_waits_for_the_side_that_made_the_first(world: World) -> None:
    with writing(world.sessions) as session:
        scenes.counter(session, world, Tlp.AMBER)
    assert verbs(world) == both("accept")
    assert {row.organisation for row in waiting(world, TELCO)} == {"Cloud"}


@pytest.mark.parametrize(("scene", "verb"), [("amend", "consent"), ("ask-release", "release")])
def test_what_one_side_asks_for_waits_for_the_other(world: World, scene: str, verb: str) -> None:
    with writing(world.sessions) as session:
        scenes.TOLD[scene][0](session, world, Tlp.AMBER)
    assert verbs(world) == {CLOUD: [verb]}
    (row,) = waiting(world, CLOUD)
    assert (row.organisation, row.since_at, row.by_at) == ("Telco", NOW, None)


def test_without_a_verifier_the_finding_waits_for_the_addressee(world: World) -> None:
    with writing(world.sessions) as session:
        made = agreed(session, world, verifier="")
        reported(session, world, made.ref)
    assert verbs(world) == {CLOUD: ["verify"]}


def test_one_commitment_can_wait_for_two_things(world: World) -> None:
    with writing(world.sessions) as session:
        made = agreed(session, world)
        cloud = world.actors[CLOUD]
        commitments.ask_release(session, cloud, made.ref, why="No need.", now=NOW)
    assert verbs(world, NOW + 30 * DAY) == both("report", "release")


def test_only_the_earliest_open_step_is_asked_for_and_only_two_weeks_ahead(world: World) -> None:
    days = (date(2026, 12, 10), date(2026, 12, 12), date(2027, 3, 1))
    steps = tuple(StepText(f"Step {n}", day) for n, day in enumerate(days, 1))
    with writing(world.sessions) as session:
        made = agreed(session, world, due_on=None, steps=steps)
    ends = [datetime.combine(day, NOW.timetz()).replace(hour=22, minute=0) for day in days]
    assert waiting(world, TELCO, ends[0] - 14 * DAY - timedelta(seconds=1)) == []
    (row,) = waiting(world, TELCO, ends[0] - 14 * DAY)
    assert (row.verb, row.by_at) == ("report", ends[0])
    (row,) = waiting(world, TELCO, ends[1])
    assert row.by_at == ends[0], "the earlier of two that are late"
    with writing(world.sessions) as session:
        reported(session, world, made.ref, milestone=1)
    (row,) = waiting(world, TELCO, ends[0])
    assert row.by_at == ends[1]
    with writing(world.sessions) as session:
        reported(session, world, made.ref, milestone=2, at=NOW + DAY)
    assert waiting(world, TELCO, ends[1]) == []
    assert [row.since_at for row in waiting(world, CERT)] == [NOW], "since the first report"


def test_what_nobody_can_do_now_waits_for_nobody(world: World) -> None:
    with writing(world.sessions) as session:
        scenes.suspend(session, world, Tlp.AMBER)
        scenes.lapse(session, world, Tlp.AMBER)
        scenes.release(session, world, Tlp.AMBER)
        scenes.declare_unmet(session, world, Tlp.AMBER)
    at = NOW + 40 * DAY
    assert verbs(world, at) == both("report"), "of what runs alone"


def test_the_policy_decides_and_not_the_first_look(world: World) -> None:
    with writing(world.sessions) as session:
        agreed(session, world, CLOUD, tlp=Tlp.RED)
        drafted(session, world, tlp=Tlp.RED)
        ended = update(Membership).where(Membership.person_id == world.actors[CERT].person_id)
        made = agreed(session, world)
        reported(session, world, made.ref)
        session.execute(ended.values(role="observer"))
    at = NOW + 20 * DAY
    assert verbs(world, at) == {TELCO: ["report", "propose"]}, "RED is the author's; no observer"


def test_the_late_come_first_among_notices_and_what_has_no_day_last(world: World) -> None:
    with writing(world.sessions) as session:
        late = agreed(session, world, by=CLOUD, to="telco", due_on=date(2026, 12, 10))
        soon = agreed(session, world, by=CLOUD, to="telco", due_on=date(2026, 12, 18))
        notice = published(session, world, "cloud", acknowledge_by_at=NOW + 20 * DAY)
        asked = agreed(session, world)
        telco = world.actors[TELCO]
        commitments.ask_release(session, telco, asked.ref, why="No need.", now=NOW)
        draft = drafted(session, world, by=CLOUD, to="telco")
    rows = waiting(world, CLOUD, NOW + 21 * DAY)
    refs = [late.ref, notice.ref, soon.ref, asked.ref, draft.ref]
    assert [row.ref for row in rows] == refs
    assert [row.noun.name for row in rows][:2] == ["commitments", "notices"]


def test_ten_of_each_at_the_most(world: World) -> None:
    with writing(world.sessions) as session:
        for n in range(12):
            proposed(session, world, title=f"Number {n}")
            published(session, world, "liaison@cloud")
    kinds = [row.noun.name for row in waiting(world, CLOUD)]
    assert (kinds.count("commitments"), kinds.count("notices")) == (10, 10)


def test_the_page_says_what_is_asked_by_whom_and_until_when(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    at = now()
    with writing(world.sessions) as session:
        made = proposed(session, world, title="<b>Quiet</b> canary", at=at)
        soon = update(Commitment).where(Commitment.id == made.id)
        session.execute(soon.values(answer_by_at=at + 3 * DAY))
    page = visit(CLOUD).get("/").page
    (row,) = page.select(".go-rows")[0].select("li")
    words = " ".join(row.get_text(" ").split())
    assert words.startswith("TLP:AMBER+STRICT <b>Quiet</b> canary")
    assert f"{made.ref} · from Telco · response due" in words
    assert "overdue" not in words
    here = f"/commitments/{made.ref}"
    assert [a["href"] for a in row.select("a")] == [here, f"{here}/accept"]
    assert " ".join(row.select("a")[1].get_text(" ").split()) == f"Read and respond {made.ref}"


@pytest.mark.parametrize(
    ("scene", "name", "words", "button"),
    [
        ("amend", CLOUD, "Telco requests an amendment", "Compare and respond"),
        ("ask-release", CLOUD, "Telco requests release", "Read and respond"),
        ("report", CERT, "Telco has reported", "Record a finding"),
        ("late", TELCO, "committed to Cloud · report due", "Report progress"),
        ("draft", TELCO, "to Cloud", "Finish and propose"),
    ],
)
def test_each_verb_has_its_words(
    world: World,
    visit: Callable[[str], Visitor],
    scene: str,
    name: str,
    words: str,
    button: str,
) -> None:
    plays = {"late": scenes.begun, "draft": lambda *about: drafted(*about[:2])}
    with writing(world.sessions) as session:
        play = plays.get(scene) or scenes.TOLD[scene][0]
        made = play(session, world, Tlp.AMBER)
        if scene == "late":
            due_at(session, made, now() + DAY)
    (row,) = visit(name).get("/").page.select(".go-rows")[0].select("li")
    said = " ".join(row.get_text(" ").split())
    assert words in said
    assert f"{button} {made.ref}" in said


def test_evidence_that_expires_waits_for_the_side_that_added_it(
    world: World, tmp_path: Path
) -> None:
    store = Store(tmp_path, key_from("k" * 32))
    with writing(world.sessions) as session:
        made = scenes.shown(session, world, Tlp.AMBER_STRICT, store)
        old, over = session.execute(select(Evidence.ref, Evidence.expires_at)).one()
    assert renewers(world, over - 15 * DAY) == set()
    for at in (over - 13 * DAY, over + DAY):
        assert renewers(world, at) == {TELCO, COLLEAGUE}, "who verifies cannot replace it"
    assert renewers(world, over + 15 * DAY) == set(), "it has expired for good"
    newer = replace(scenes.LINK, replaces=old)
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        commitments.add_evidence(session, actor, made.ref, shown=newer, store=store, now=NOW)
    assert renewers(world, over - 13 * DAY) == set()


def renewers(world: World, at: datetime) -> set[str]:
    """For whom newer evidence waits."""
    return {name for name, found in verbs(world, at).items() if "add-evidence" in found}


def test_it_takes_one_more_question_however_many_wait(app: Flask, world: World) -> None:
    visitor = sign_in(app, world, TELCO)
    counts = []
    for number in (1, 9):
        with writing(world.sessions) as session:
            for _ in range(number):
                scenes.counter(session, world, Tlp.AMBER)
                drafted(session, world)
                scenes.begun(session, world, Tlp.AMBER)
        with counting(app) as sent:
            assert visitor.get("/").status == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= MOST


@pytest.fixture
def again(app: Flask, world: World) -> Callable[[str], Visitor]:
    """Makes a visitor who was here two days ago, and has come back."""

    def come(name: str) -> Visitor:
        sign_in(app, world, name, at=now() - 2 * DAY)
        return sign_in(app, world, name)

    return come


def notified(visitor: Visitor, ref: str) -> list[str]:
    """What others did with the commitment since the last visit, oldest first."""
    heading = visitor.get("/").page.find("h3", string="Since your last visit")
    after = heading.find_next_sibling("ul") if heading else None
    rows = after.select("li > div") if after else []
    lines = [" ".join(row.get_text(" ").split()) for row in rows]
    return [
        line.partition(f" {ref}")[0].partition(" TLP:")[0]
        for line in reversed(lines)
        if ref in line
    ]


def test_what_others_did_is_told_to_the_parties_and_less_of_it_to_readers(
    world: World, again: Callable[[str], Visitor]
) -> None:
    at = now() - timedelta(hours=5)
    with writing(world.sessions) as session:
        made = agreed(session, world, "peace", at=at)
        reported(session, world, made.ref, Step.MINIMAL, at=at)
        commitments.ask_release(session, world.actors[TELCO], made.ref, why="No need.", now=at)
    began = f"{made.ref} {made.title} came into force"
    readers = ["Telco liaison proposed", began, "Telco liaison reported progress on"]
    asked = "Telco liaison requested release of"
    assert notified(again("mediator@peace"), made.ref) == readers
    assert notified(again(CLOUD), made.ref) == [*readers, asked]
    assert notified(again(TELCO), made.ref) == ["Cloud liaison accepted", began]
    assert notified(again("liaison@bank"), made.ref) == []

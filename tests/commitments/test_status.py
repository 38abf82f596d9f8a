"""The page says what each side said, apart from what is open, and whose turn it is."""

from collections.abc import Callable
from datetime import date, timedelta

from models.commitments import Step
from portal import commitments
from portal.commitments import StepText
from portal.commitments.related import StatementRow
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed, reported
from tests.pages import Visitor

TELCO, CERT, CLOUD = "liaison@telco", "analyst@cert", "liaison@cloud"
HOUR = timedelta(hours=1)


def stands(world: World, ref: str, at: int = 100) -> commitments.Standing:
    with writing(world.sessions) as session:
        reading = commitments.read(session, world.actors[CLOUD], ref, NOW + at * HOUR)
        return commitments.standing(reading, NOW + at * HOUR)


def said(one: StatementRow | None) -> str | None:
    return one.step if one else None


def test_the_next_move_is_never_of_whoever_has_just_spoken(world: World) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world).ref
    assert (stands(world, ref).move.word, stands(world, ref).move.who) == ("report", "Telco")
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.MINIMAL, at=NOW + HOUR)
    assert (stands(world, ref).move.word, stands(world, ref).move.who) == ("report-on", "Telco")
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.FULL, at=NOW + 2 * HOUR)
    now = stands(world, ref)
    assert (now.move.word, now.move.who, now.due_at) == ("verify", "Response Team", None)
    with writing(world.sessions) as session:
        found(session, world, ref, Step.MINIMAL, at=NOW + 3 * HOUR)
    now = stands(world, ref)
    assert (now.move.word, now.move.who) == ("report-again", "Telco")
    assert now.due_at is not None
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        commitments.reply(session, actor, ref, words="Not so.", now=NOW + 4 * HOUR)
    now = stands(world, ref)
    assert (now.move.word, now.move.who) == ("consider", "Response Team")
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.FULL, at=NOW + 5 * HOUR)
    assert stands(world, ref).move.word == "verify"


def test_a_finding_takes_nothing_of_what_was_reported(world: World) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world).ref
        reported(session, world, ref, Step.FULL, at=NOW + HOUR)
        found(session, world, ref, Step.MINIMAL, at=NOW + 2 * HOUR)
    (one,) = stands(world, ref).milestones
    assert (said(one.report), said(one.finding), one.open) == ("full", "minimal", "report")
    assert one.report.at == NOW + HOUR
    assert one.differ


def test_of_several_milestones_each_has_what_was_said_of_it(world: World) -> None:
    steps = tuple(StepText(f"Step {n}", date(2027, 1, n)) for n in (1, 2))
    with writing(world.sessions) as session:
        ref = agreed(session, world, due_on=None, steps=steps).ref
        reported(session, world, ref, Step.FULL, milestone=1, at=NOW + HOUR)
        found(session, world, ref, Step.FULL, milestone=1, at=NOW + 2 * HOUR)
        reported(session, world, ref, Step.MINIMAL, milestone=2, at=NOW + 3 * HOUR)
    now = stands(world, ref)
    first, second = now.milestones
    assert (said(first.report), said(first.finding), first.open) == ("full", "full", "met")
    assert (said(second.report), second.finding, second.open) == ("minimal", None, "report")
    assert not now.differ, "they speak of different milestones"
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.INTERMEDIATE, at=NOW + 4 * HOUR)
    first, second = stands(world, ref).milestones
    assert said(first.report) == "full", "what is said whole commitment later is about the others"
    assert said(second.report) == "intermediate"


def test_a_round_keeps_its_own_words(world: World) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world, due_on=date(2026, 12, 7), every="week").ref
        reported(session, world, ref, Step.FULL, at=NOW + HOUR)
        found(session, world, ref, Step.FULL, milestone=1, at=NOW + 2 * HOUR)
        commitments.apply_due_transitions(session, ref, NOW + timedelta(days=16))
    first, second = stands(world, ref, at=24 * 16).milestones
    assert (said(first.report), first.open) == ("full", "met")
    assert (second.report, second.finding, second.open) == (None, None, "report")


def test_the_page_and_the_print_say_it(world: World, visit: Callable[[str], Visitor]) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world, at=NOW).ref
        reported(session, world, ref, Step.FULL, at=NOW + HOUR)
        found(session, world, ref, Step.MINIMAL, stopped=True, at=NOW + 2 * HOUR)
        actor = world.actors[TELCO]
        commitments.reply(session, actor, ref, words="Not so.", now=NOW + 3 * HOUR)
    page = visit(CLOUD).get(f"/commitments/{ref}")
    assert "Next: Response Team considers the reply." in page.words
    assert "Telco reported: Full" in page.words
    assert "Response Team verified: Minimal" in page.words
    assert "Verified as not met at present" in page.words
    row = page.page.select("table tbody tr")[0]
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
    assert cells[2].startswith("Full")
    assert cells[3].startswith("Minimal")
    assert "no" not in {cell.lower() for cell in cells}


def test_nothing_is_called_not_met_that_nobody_owes(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    with writing(world.sessions) as session:
        refs = {
            "draft": drafted(session, world).ref,
            "proposed": proposed(session, world).ref,
            "in force": agreed(session, world).ref,
        }

    def status_of(ref: str) -> str:
        (cell,) = visit(TELCO).get(f"/commitments/{ref}").page.select("td[data-label=Status]")
        return " ".join(cell.get_text(" ").split())

    assert {state: status_of(ref) for state, ref in refs.items()} == {
        "draft": "draft",
        "proposed": "proposed",
        "in force": "report due",
    }

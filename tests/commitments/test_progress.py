"""How commitments go, in numbers: what is counted, of whom, and that nothing hidden is."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Days, Filter, Progress, StepText, Theme, counting, measuring
from portal.db import writing
from tests.cast import NOW, World
from tests.commitments.builders import DUE, agreed, found, reported
from tests.commitments.counted import all_days, all_ways, flat, later, recount
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
MEDIATOR = "mediator@peace"
AFTER = NOW + 60 * DAY


def measured(
    session: Session, world: World, who: str = MEDIATOR, at: Any = AFTER, **narrowed: Any
) -> Progress:
    later(session, at)
    return commitments.progress(session, world.actors[who], at, narrowed=Filter(**narrowed))


@pytest.mark.parametrize("days", [5, 40, 100])
@pytest.mark.parametrize(
    ("who", "unseen"),
    [
        ("mediator@peace", ("hidden", "red")),
        ("colleague@telco", ()),
        ("liaison@cloud", ()),
        ("liaison@bank", None),
    ],
)
def test_numbers_are_those_of_a_recount_in_plain_python(
    world: World, who: str, unseen: tuple[str, ...] | None, days: int
) -> None:
    at = NOW + days * DAY
    with writing(world.sessions) as session:
        went = all_ways(session, world)
        progress = measured(session, world, who, at)
        shown = [] if unseen is None else [m for name, m in went.items() if name not in unseen]
        counts = recount(session, shown, at)
    notified = {"months": counts["months"], "parties": counts["parties"]}
    assert flat(progress)["themes"] == counts["themes"]
    assert progress.days == all_days(counts["months"]) == all_days(counts["parties"])
    for groups, sums in notified.items():
        for (name, outcome), times in sums.items():
            if outcome != "open":
                assert flat(progress)[groups][name, outcome] == times, (name, outcome)
    assert progress.commitments == sum(counts["themes"].values())


def test_the_made_world_has_every_outcome(world: World) -> None:
    with writing(world.sessions) as session:
        all_ways(session, world)
        progress = measured(session, world)
        assert (progress.days.kept, progress.days.disputed) == (2, 2)
        assert (
            progress.days.late == 6
        )  # silent, of one mind, no evidence, not met, stopped, round 2
        assert progress.days.open == 2  # round 3, and the second of the steps
        assert {theme.theme for theme in progress.themes} == {
            "disclosure", "rights", "readiness", "transparency",
        }  # fmt: skip


def test_what_is_hidden_moves_no_number(world: World) -> None:
    with writing(world.sessions) as session:
        agreed(session, world, "peace")
        before = measured(session, world)
        agreed(session, world)
        agreed(session, world, "liaison@cloud", "analyst@cert", tlp=Tlp.RED)
        assert measured(session, world) == before
        agreed(session, world, "peace")
        assert measured(session, world) != before


def days_of(world: World, *acts: Callable[..., Any], at: Any = AFTER, **terms: Any) -> Days:
    """The due days of one commitment after these acts."""
    with writing(world.sessions) as session:
        resource = agreed(session, world, "peace", **terms)
        for act in acts:
            act(session, world, resource.ref)
        return measured(session, world, at=at).days


def reports(step: Step, after: int = 1, milestone: int = 0) -> Callable[..., None]:
    def act(session: Session, world: World, ref: str) -> None:
        later(session, NOW + after * DAY)
        reported(session, world, ref, step, at=NOW + after * DAY, milestone=milestone)

    return act


def finds(step: Step, after: int = 2, milestone: int = 0) -> Callable[..., None]:
    def act(session: Session, world: World, ref: str) -> None:
        later(session, NOW + after * DAY)
        found(session, world, ref, step, at=NOW + after * DAY, milestone=milestone)

    return act


def test_a_day_is_late_from_the_moment_that_it_is_over_for_the_promisor(world: World) -> None:
    over = NOW.replace(month=12, day=20, hour=22, minute=0)  # midnight in Helsinki
    assert date(2026, 12, 20) == DUE
    assert days_of(world, at=over - timedelta(seconds=1)) == Days(open=1)
    with writing(world.sessions) as session:
        assert measured(session, world, at=over).days == Days(late=1)


def test_what_was_found_in_full_after_its_day_is_kept(world: World) -> None:
    assert days_of(world, finds(Step.FULL, after=50)) == Days(kept=1)


def test_a_report_alone_keeps_nothing_and_disputes_nothing(world: World) -> None:
    assert days_of(world, reports(Step.FULL)) == Days(reported=1)


def test_a_report_of_less_than_the_whole_leaves_the_rest_due(world: World) -> None:
    assert days_of(world, reports(Step.INTERMEDIATE)) == Days(late=1)


def test_voices_that_differ_dispute_even_before_the_day(world: World) -> None:
    acts = reports(Step.FULL), finds(Step.MINIMAL)
    assert days_of(world, *acts, at=NOW + 3 * DAY) == Days(disputed=1)


def test_only_the_last_word_of_each_voice_counts(world: World) -> None:
    acts = reports(Step.FULL), finds(Step.MINIMAL), reports(Step.MINIMAL, after=3)
    assert days_of(world, *acts) == Days(late=1)


STEPS = (StepText("First", DUE), StepText("Second", DUE))


def test_what_is_said_of_one_step_disputes_no_other(world: World) -> None:
    acts = reports(Step.FULL, milestone=1), finds(Step.MINIMAL, milestone=1)
    assert days_of(world, *acts, due_on=None, steps=STEPS) == Days(late=1, disputed=1)


def test_what_is_said_of_the_whole_counts_for_each_step_that_is_open(world: World) -> None:
    acts = finds(Step.FULL, milestone=2), reports(Step.INTERMEDIATE, after=3), finds(Step.NONE, 4)
    assert days_of(world, *acts, due_on=None, steps=STEPS) == Days(kept=1, disputed=1)


def test_what_was_said_before_a_round_opened_does_not_dispute_it(world: World) -> None:
    acts = reports(Step.FULL), finds(Step.MINIMAL)
    assert days_of(world, *acts, every="month") == Days(late=1, disputed=1, open=1)
    again = *acts, reports(Step.FULL, after=40), finds(Step.NONE, after=41)
    with writing(world.sessions) as session:
        resource = session.query(Commitment).one()
        for act in again[2:]:
            act(session, world, resource.ref)
        assert measured(session, world).days == Days(disputed=2, open=1)


def score_of(world: World, *acts: Callable[..., Any], **terms: Any) -> Theme:
    """The theme of one commitment after these acts."""
    with writing(world.sessions) as session:
        resource = agreed(session, world, "peace", **terms)
        for act in acts:
            act(session, world, resource.ref)
        (theme,) = measured(session, world, at=NOW + 5 * DAY).themes
        return theme


@pytest.mark.parametrize(
    ("step", "score"),
    [(Step.NONE, 0), (Step.MINIMAL, 33), (Step.INTERMEDIATE, 67), (Step.FULL, 100)],
)
def test_the_latest_finding_gives_the_code(world: World, step: Step, score: int) -> None:
    theme = score_of(world, finds(Step.MINIMAL, after=1), finds(step))
    assert (theme.score, theme.found) == (score, 1)


def test_a_self_report_gives_no_score(world: World) -> None:
    theme = score_of(world, reports(Step.FULL))
    assert (theme.score, theme.found, theme.no_finding) == (None, 0, 1)


def test_no_evidence_is_not_zero_and_stands_apart(world: World) -> None:
    theme = score_of(world, finds(Step.NO_EVIDENCE))
    assert (theme.score, theme.found, theme.no_evidence, theme.no_finding) == (None, 0, 1, 0)


def test_one_step_in_full_of_several_is_intermediate_for_the_whole(world: World) -> None:
    theme = score_of(world, finds(Step.FULL, milestone=1), due_on=None, steps=STEPS)
    assert theme.steps == (0, 0, 1, 0)


def test_a_round_in_full_is_full_of_what_was_owed_so_far(world: World) -> None:
    theme = score_of(world, finds(Step.FULL, milestone=1), every="month")
    assert theme.steps == (0, 0, 0, 1)


def test_the_score_is_the_sum_by_the_highest_rounded() -> None:
    assert Theme("rights", (1, 2, 3, 4), 5, 6).score == 67  # (2 + 6 + 12) / (3 * 10)
    assert Theme("rights", (1, 1, 1, 1), 0, 0).score == 50
    assert Theme("rights", (7, 1, 0, 0), 0, 0).score == 4  # 4.17
    assert Theme("rights", (97, 3, 0, 0), 0, 0).score == 1
    assert Theme("rights", (39, 1, 0, 0), 0, 0).score == 1  # 0.83


def test_of_what_is_released_only_days_before_its_end_were_owed(world: World) -> None:
    def let_go(session: Session, world: World, ref: str, after: int) -> None:
        at = NOW + after * DAY
        commitments.ask_release(session, world.actors["liaison@cloud"], ref, why="No need.", now=at)
        commitments.release(session, world.actors["liaison@telco"], ref, at)

    assert days_of(world, lambda *to: let_go(*to, after=5)) == Days()
    assert days_of(world, lambda *to: let_go(*to, after=50)) == Days(late=1)


def test_narrowed_to_a_party_or_process(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        agreed(session, world, "peace", process=process.id)
        agreed(session, world, "peace", by="liaison@cloud", to="telco", verifier="")
        homes = world.organisations
        assert measured(session, world).days == Days(late=2)
        assert measured(session, world, party=homes["cert"].id).days == Days(late=1)
        assert measured(session, world, party=homes["bank"].id).commitments == 0
        assert measured(session, world, process=process.id).parties == (("Telco", Days(late=1)),)


def test_by_a_process_that_one_does_not_know_nothing_is_found(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        agreed(session, world, "bank", process=process.id)
        bank = "liaison@bank"
        assert measured(session, world, bank).commitments == 1
        assert measured(session, world, bank, process=process.id).commitments == 0


def test_the_whole_is_marked_by_the_strictest_that_is_counted(world: World) -> None:
    with writing(world.sessions) as session:
        agreed(session, world, tlp=Tlp.GREEN)
        agreed(session, world, "peace", tlp=Tlp.AMBER)
        agreed(session, world, tlp=Tlp.AMBER_STRICT)
        assert measured(session, world).tlp == Tlp.AMBER
        assert measured(session, world, "observer@un").tlp == Tlp.GREEN
        assert measured(session, world, "liaison@cloud").tlp == Tlp.AMBER_STRICT


def test_more_than_is_looked_at_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    monkeypatch.setattr(counting, "QUESTIONS", {})
    monkeypatch.setattr(measuring, "MOST", 2)
    with writing(world.sessions) as session:
        agreed(session, world, "peace", due_on=DUE + DAY)
        assert not measured(session, world).capped
        agreed(session, world, "peace", due_on=DUE)
        agreed(session, world, "peace", due_on=DUE + 90 * DAY)
        progress = measured(session, world, at=NOW + DAY)
        assert (progress.capped, progress.days) == (True, Days(open=2))


def rows(**counts: int) -> list[Any]:
    """Rows of due days: `y2026m11` kept days of that month, each promised by another."""
    return [
        SimpleNamespace(
            month=f"{name[1:5]}-{int(name[6:]):02}", outcome="kept", times=times,
            name=f"Home {n:02}", organisation_id=n,
        )
        for n, (name, times) in enumerate(counts.items())
    ]  # fmt: skip


def test_months_have_no_gaps_and_far_ones_are_summed_up() -> None:
    there = rows(y2024m1=1, y2025m5=2, y2025m6=3, y2026m11=4, y2027m5=5, y2027m6=6, y2030m1=7)
    months, earlier, later_on = measuring.by_month(there, NOW)
    assert (earlier, later_on) == (Days(kept=3), Days(kept=13))
    assert [first for first, _days in months[:2]] == [date(2025, 6, 1), date(2025, 7, 1)]
    assert (months[-1][0], len(months)) == (date(2027, 5, 1), 24)
    assert sum(days.kept for _first, days in months) == 12


def test_of_many_parties_those_with_most_days_are_told_apart_by_name() -> None:
    there = rows(**{f"y{2000 + n}m1": n + 1 for n in range(25)})
    parties, rest = measuring.by_party(there)
    assert [name for name, _days in parties] == [f"Home {n:02}" for n in range(5, 25)]
    assert rest == Days(kept=1 + 2 + 3 + 4 + 5)

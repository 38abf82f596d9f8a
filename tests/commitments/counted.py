"""A world of commitments that went all ways, and the same numbers counted in plain Python."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType, Milestone, Statement, Step
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Days, Progress, Said, StepText
from tests.cast import NOW, World
from tests.commitments.builders import agreed, drafted, found, proposed, reported

DAY = timedelta(days=1)
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"
CODES = {"not-begun": 0, "minimal": 1, "intermediate": 2, "full": 3}


def all_ways(session: Session, world: World) -> dict[str, Commitment]:
    """One that went each way, until NOW + 5 days; the mediator sees all but the last two."""
    late = NOW + 5 * DAY

    def one(**values: Any) -> Commitment:
        return agreed(session, world, "peace", **({"theme": "disclosure"} | values))

    went = {
        "kept": one(theme="rights"),
        "silent": one(by=CLOUD, to="telco", due_on=date(2026, 12, 31)),
        "disputed": one(),
        "of one mind": one(tlp=Tlp.AMBER),
        "no evidence": one(theme="readiness"),
        "steps": one(
            theme="rights",
            due_on=None,
            steps=(StepText("First", date(2026, 12, 5)), StepText("Second", date(2027, 5, 5))),
        ),
        "rounds": one(every="month"),
        "released": one(due_on=date(2027, 1, 20)),
        "not met": one(by=CLOUD, to="telco", theme="rights"),
    }
    found(session, world, went["kept"].ref, at=late)
    _both(session, world, went["disputed"], Step.FULL, Step.MINIMAL)
    _both(session, world, went["of one mind"], Step.MINIMAL, Step.MINIMAL)
    _both(session, world, went["rounds"], Step.FULL, Step.INTERMEDIATE)
    found(session, world, went["no evidence"].ref, Step.NO_EVIDENCE)
    found(session, world, went["steps"].ref, milestone=1)
    _release(session, world, went["released"])
    said = Said(Step.NONE, "Nothing came of it.")
    commitments.declare_unmet(session, world.actors[CERT], went["not met"].ref, said=said, now=late)
    went |= _hanging(session, world)
    went["proposed"] = proposed(session, world, "peace", theme="restraint")
    went["hidden"] = agreed(session, world, theme="supply-chain", title="Hidden canary")
    people = ("liaison@cloud", "colleague@telco", CERT)
    went["red"] = agreed(session, world, *people, tlp=Tlp.RED, title="Red canary")
    return went


def _both(session: Session, world: World, resource: Commitment, says: Step, finds: Step) -> None:
    reported(session, world, resource.ref, says, at=NOW + DAY)
    found(session, world, resource.ref, finds, at=NOW + 2 * DAY)


def _release(session: Session, world: World, resource: Commitment) -> None:
    cloud, telco, at = world.actors[CLOUD], world.actors[TELCO], NOW + 2 * DAY
    commitments.ask_release(session, cloud, resource.ref, why="No longer needed.", now=at)
    commitments.release(session, telco, resource.ref, at)


def _hanging(session: Session, world: World) -> dict[str, Commitment]:
    # The second holds while the first does; the first stops two days after.
    first = agreed(session, world, "peace", theme="transparency")
    second = drafted(session, world, "peace", by=CLOUD, to="telco", theme="transparency")
    cloud, telco = world.actors[CLOUD], world.actors[TELCO]
    commitments.add_condition(
        session,
        cloud,
        second.ref,
        on=first.ref,
        condition_type=ConditionType.WHILE,
        days=0,
        now=NOW,
    )
    commitments.propose(session, cloud, second.ref, answer_by_on=date(2026, 12, 1), now=NOW)
    commitments.accept(session, telco, second.ref, NOW)
    found(session, world, first.ref, Step.MINIMAL, at=NOW + 2 * DAY, stopped=True)
    return {"stopped": first, "suspended": second}


def later(session: Session, at: datetime) -> None:
    """Let the system do what the time has come for."""
    for ref in commitments.due_for_the_system(session, at):
        commitments.apply_due_transitions(session, ref, at)
    session.expire_all()


def recount(session: Session, shown: Iterable[Commitment], now: datetime) -> dict[str, Any]:
    """Due days by month and by promisor, codes by theme: said a second time, from the rows."""
    months, parties, themes = Counter[Any](), Counter[Any](), Counter[Any]()
    for resource in shown:
        if resource.began_at is None:
            continue
        said = session.query(Statement).filter_by(commitment_id=resource.id).order_by(Statement.id)
        before: Milestone | None = None
        rows = session.query(Milestone).filter_by(commitment_id=resource.id)
        for day in rows.order_by(Milestone.number):
            outcome = _outcome(resource, day, before, said.all(), now)
            if outcome:
                months[day.due_on.replace(day=1), outcome] += 1
                home = session.get_one(Organisation, resource.organisation_id)
                parties[home.name, outcome] += 1
            before = day
        themes[resource.theme, _code(session, resource, said.all())] += 1
    return {"months": months, "parties": parties, "themes": themes}


def _outcome(
    resource: Commitment, day: Milestone, before: Milestone | None, said: Any, now: datetime
) -> str:
    if day.met_at:
        return "kept"
    until = {"released": resource.ended_at, "suspended": resource.suspended_at}.get(resource.state)
    if until and day.due_at > until:
        return ""
    last = {}
    for word in said:
        here = word.milestone_id == day.id
        whole = word.milestone_id is None and (
            not resource.every or before is None or word.at >= before.due_at
        )
        if here or whole:
            last[word.type] = word.step
    if {"report", "finding"} <= last.keys() and last["report"] != last["finding"]:
        return "disputed"
    if day.reported_at:
        return "reported"
    return "late" if day.due_at <= now else "open"


def _code(session: Session, resource: Commitment, said: Any) -> str:
    findings = [word for word in said if word.type == "finding"]
    if resource.state == "fulfilled":
        return "full"
    if not findings:
        return ""
    last = findings[-1]
    whole = last.milestone_id is None or resource.every
    return "intermediate" if last.step == "full" and not whole else last.step


def flat(measured: Progress) -> dict[str, Any]:
    """What was measured in the shape of `recount`."""
    months, parties, themes = Counter[Any](), Counter[Any](), Counter[Any]()
    for into, groups in ((months, measured.months), (parties, measured.parties)):
        for name, days in groups:
            for outcome, times in days.__dict__.items():
                into[name, outcome] += times
    for theme in measured.themes:
        for step, code in CODES.items():
            themes[theme.theme, step] += theme.steps[code]
        themes[theme.theme, "no-evidence"] += theme.no_evidence
        themes[theme.theme, ""] += theme.no_finding
    return {"months": +months, "parties": +parties, "themes": +themes}


def all_days(counts: Counter[Any]) -> Days:
    """The sum of all groups."""
    total: Counter[str] = Counter()
    for (_name, outcome), times in counts.items():
        total[outcome] += times
    return Days(**total)

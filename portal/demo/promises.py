"""What the parties of the demo world promise one another: kept, due, late, disputed, waiting."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType, Step
from models.processes import Process
from models.vocabulary import Tlp
from portal import commitments, coverage
from portal.commitments import Between, CommitmentText, Said, Shown, StepText
from portal.commitments.consequences import questions_of
from portal.days import day_of
from portal.demo.cast import Cast
from portal.recipients import RecipientList
from portal.rules import COMMITMENTS
from portal.store import Store

DAY = timedelta(days=1)
SPEAKERS = {
    "telco": "liaison@telco",
    "cloud": "liaison@cloud",
    "peace": "mediator@peace",
    "cert": "analyst@cert",
}

TIES = (
    ("disputed", "un-gge-2015-k", "It is about the systems of a response team."),
    ("hangs", "un-gge-2015-b", "Attribution waits until more is known."),
    ("theirs", "un-gge-2015-i", "The update server is part of a supply chain."),
    ("due", "un-gge-2015-h", "Those harmed are helped."),
)


@dataclass(frozen=True)
class Teller:
    """Tells the story of promises: who does what, how many days ago."""

    session: Session
    cast: Cast
    process: Process
    store: Store
    now: datetime

    def at(self, days_ago: float) -> datetime:
        """An instant so many days ago."""
        return self.now - days_ago * DAY

    def day(self, days: int) -> date:
        """The day so many days from now; negative in the past."""
        return day_of(self.now + days * DAY, "UTC")

    def draft(self, by: str, to: str, verifier: str, ago: float, **terms: Any) -> Commitment:
        """A draft of an organisation, read by everybody with a seat in the process."""
        actor, homes = self.cast.actors[SPEAKERS[by]], self.cast.organisations
        text = CommitmentText(tlp=Tlp.AMBER_STRICT, **terms)
        return commitments.draft_commitment(
            self.session,
            actor,
            homes[by].ref,
            text=text,
            with_whom=Between(homes[to].id, homes[verifier].id, self.process.id),
            to=RecipientList(processes=frozenset({self.process.id})),
            now=self.at(ago),
        )

    def propose(self, by: str, draft: Commitment, ago: float, answer: int = 3) -> None:
        """Put it forward, to be answered within so many days."""
        answer_by = day_of(self.at(ago) + answer * DAY, "UTC")
        commitments.propose(
            self.session,
            self.cast.actors[SPEAKERS[by]],
            draft.ref,
            answer_by_on=answer_by,
            now=self.at(ago),
            answers=dict.fromkeys(questions_of(draft), "Not known to us at present."),
        )

    def accept(self, by: str, promise: Commitment, ago: float) -> None:
        """Agree to it."""
        actor = self.cast.actors[SPEAKERS[by]]
        commitments.accept(self.session, actor, promise.ref, self.at(ago))

    def agreed(self, by: str, to: str, verifier: str, ago: float, **terms: Any) -> Commitment:
        """A promise that was proposed and accepted the day after."""
        promise = self.draft(by, to, verifier, ago, **terms)
        self.propose(by, promise, ago)
        self.accept(to, promise, ago - 1)
        return promise

    def report(self, by: str, promise: Commitment, ago: float, step: Step, words: str) -> None:
        """The promisor reports."""
        commitments.report(
            self.session,
            self.cast.actors[SPEAKERS[by]],
            promise.ref,
            said=Said(step, words),
            now=self.at(ago),
        )

    def verify(
        self,
        by: str,
        promise: Commitment,
        ago: float,
        step: Step,
        words: str,
        **more: Any,
    ) -> None:
        """The verifier finds."""
        commitments.verify(
            self.session,
            self.cast.actors[SPEAKERS[by]],
            promise.ref,
            said=Said(step, words, **more),
            now=self.at(ago),
        )

    def show(self, by: str, promise: Commitment, ago: float, title: str, content: bytes) -> None:
        """A file is added as evidence."""
        commitments.add_evidence(
            self.session,
            self.cast.actors[SPEAKERS[by]],
            promise.ref,
            shown=Shown(title=title, file_name="evidence.txt", content=content),
            store=self.store,
            now=self.at(ago),
        )


def promise_all(
    session: Session, cast: Cast, process: Process, store: Store, now: datetime
) -> dict[str, Commitment]:
    """Tell all promises; gives them back by a short name."""
    tell = Teller(session, cast, process, store, now)
    told = _kept(tell) | _due(tell) | _disputed(tell) | _waiting(tell)
    _ask(tell, told)
    for name, norm, reason in TIES:
        actor = cast.actors["liaison@telco"]
        coverage.link_norm(
            session, actor, COMMITMENTS, told[name].ref, norm=norm, reason=reason, now=now
        )
    for ref in commitments.due_for_the_system(session, now):
        commitments.apply_due_transitions(session, ref, now)
    return told


def _kept(tell: Teller) -> dict[str, Commitment]:
    kept = tell.agreed(
        "cloud", "telco", "peace", 14,
        title="Contact points that answer day and night",
        body="Cloud keeps a duty officer reachable for the parties and the mediator.",
        how_known="A test call by the mediator, at any hour, is answered within the hour.",
        theme="notice-contacts",
        due_on=tell.day(-4),
    )  # fmt: skip
    tell.report("cloud", kept, 8, Step.FULL, "The rota runs since Monday.")
    tell.show("cloud", kept, 7, "Rota of duty officers", b"Monday to Sunday, two a day")
    tell.verify("peace", kept, 6, Step.FULL, "Two test calls at night were answered in minutes.")
    monthly = tell.agreed(
        "telco", "peace", "cert", 28,
        title="A monthly report of incidents seen",
        body="Telco reports each month what it has seen of the wiper, also when that is nothing.",
        how_known="A report is there by the end of the day.",
        theme="notice-contacts",
        due_on=tell.day(-20),
        every="month",
    )  # fmt: skip
    tell.report("telco", monthly, 22, Step.FULL, "Nothing new this month.")
    tell.verify("cert", monthly, 21, Step.FULL, "The report is complete.")
    return {"kept": kept, "monthly": monthly}


def _due(tell: Teller) -> dict[str, Commitment]:
    due = tell.agreed(
        "telco", "cloud", "cert", 12,
        title="All tenants reached by the update are told",
        body="Telco tells each tenant that took the changed update, with what it can do now.",
        how_known="The list of those told, beside the list of those who took the update.",
        theme="notice-contacts",
        steps=(
            StepText("Hospitals and humanitarian bodies", tell.day(-2), 3),
            StepText("All others", tell.day(6), 1),
        ),
    )  # fmt: skip
    tell.report("telco", due, 3, Step.INTERMEDIATE, "Forty of sixty are told.")
    late = tell.agreed(
        "cloud", "telco", "cert", 13,
        title="Disk images for the response team",
        body="Cloud hands two unaltered images to the response team.",
        how_known="The response team confirms the digests.",
        theme="notice-contacts",
        due_on=tell.day(-3),
    )  # fmt: skip
    # Reported in time: it waits for the verifier, and nobody is late.
    reported = tell.agreed(
        "telco", "cloud", "cert", 9,
        title="Logs of the update server are kept",
        body="Telco keeps the logs of its update server of the last 90 days unaltered.",
        how_known="The response team sees digests of the logs, and reads a sample.",
        theme="supply-chain",
        due_on=tell.day(-1),
    )  # fmt: skip
    tell.report("telco", reported, 2, Step.FULL, "All logs are sealed; here are their digests.")
    return {"due": due, "late": late, "reported": reported}


def _ask(tell: Teller, told: dict[str, Commitment]) -> None:
    due, telco, cloud = told["due"], *(tell.cast.actors[SPEAKERS[n]] for n in ("telco", "cloud"))
    text = replace(commitments.text_of(tell.session, due), how_known="A list, kept by Telco.")
    commitments.amend(
        tell.session, telco, due.ref, text=text, why="Cloud has no list to compare with.",
        version=due.version, now=tell.at(0.5),
    )  # fmt: skip
    why = "The images were handed over another way."
    commitments.ask_release(tell.session, cloud, told["late"].ref, why=why, now=tell.at(0.4))
    tell.draft(
        "telco", "cloud", "cert", 0.3,
        title="Patches go to all tenants on one day",
        theme="disclosure",
        due_on=tell.day(40),
    )  # fmt: skip


def _disputed(tell: Teller) -> dict[str, Commitment]:
    disputed = tell.agreed(
        "telco", "cloud", "cert", 11,
        title="No action against response teams",
        body="Telco neither blocks nor scans the systems of the response team. "
        "Relevant to norm k (voluntary), A/70/174, paragraph 13.",
        how_known="The response team sees no blocking and no scans from Telco's networks.",
        theme="response-teams",
        due_on=tell.day(4),
    )  # fmt: skip
    tell.report("telco", disputed, 5, Step.FULL, "All blocks are lifted.")
    hangs = tell.draft(
        "cloud", "telco", "peace", 10.5,
        title="No public word on who did it during the talks",
        body="Cloud names nobody in public as long as the talks go on.",
        how_known="The mediator sees no public statement of Cloud's that names anybody.",
        theme="restraint",
        due_on=tell.day(30),
    )  # fmt: skip
    commitments.add_condition(
        tell.session, tell.cast.actors["liaison@cloud"], hangs.ref,
        on=disputed.ref, condition_type=ConditionType.WHILE, days=2, now=tell.at(10.4),
    )  # fmt: skip
    tell.propose("cloud", hangs, 10.3)
    tell.accept("telco", hangs, 9.5)
    words = "Two address ranges of ours are still blocked."
    tell.verify("cert", disputed, 4, Step.MINIMAL, words, stopped=True)
    commitments.reply(
        tell.session, tell.cast.actors["liaison@telco"], disputed.ref,
        words="These ranges belong to a tenant of ours; we have asked it.", now=tell.at(3.5),
    )  # fmt: skip
    return {"disputed": disputed, "hangs": hangs}


def _waiting(tell: Teller) -> dict[str, Commitment]:
    ours = tell.draft(
        "cloud", "telco", "cert", 4,
        title="Cloud lifts the cut of cleaned tenants",
        body="Tenants whose disks the response team has checked are connected again.",
        how_known="The response team sees them on the network.",
        theme="notice-contacts",
        due_on=tell.day(20),
    )  # fmt: skip
    tell.propose("cloud", ours, 3.9, answer=14)
    theirs = tell.draft(
        "telco", "cloud", "cert", 3.8,
        title="Telco opens its update server to inspection",
        body="The response team may look at the update server and its logs for a week.",
        how_known="The response team has had a week of access.",
        theme="supply-chain",
        due_on=tell.day(20),
    )  # fmt: skip
    commitments.add_condition(
        tell.session, tell.cast.actors["liaison@telco"], theirs.ref,
        on=ours.ref, condition_type=ConditionType.TOGETHER, days=0, now=tell.at(3.7),
    )  # fmt: skip
    tell.propose("telco", theirs, 3.6, answer=14)
    tell.accept("telco", ours, 3)
    return {"ours": ours, "theirs": theirs}

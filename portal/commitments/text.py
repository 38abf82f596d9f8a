"""What a commitment says, as one value: it comes from a form, a clause or an amendment."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone
from models.vocabulary import THEMES, Tlp
from portal.days import EVERY, has_passed
from portal.words import N_

LONGEST = {"title": 200, "body": 20_000, "how_known": 5_000}
MOST_STEPS = 20
DAYS = ("due_on", "until_on")
PASSED = N_("This day has passed; choose a later one.")


@dataclass(frozen=True)
class StepText:
    """A milestone as it is written: its title, the day it is due, how much it weighs (1 to 100)."""

    title: str
    due_on: date
    weight: int = 1


@dataclass(frozen=True)
class CommitmentText:
    """The terms of a commitment; its days are days in the promisor's zone."""

    title: str
    tlp: Tlp
    theme: str = "notice-contacts"
    body: str = ""
    how_known: str = ""
    due_on: date | None = None
    every: str = ""
    until_on: date | None = None
    steps: tuple[StepText, ...] = ()

    def problems(self) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found: dict[str, str] = {}
        if not self.title.strip():
            found["title"] = N_("Describe the commitment in one line.")
        for name, longest in LONGEST.items():
            if len(getattr(self, name)) > longest:
                found[name] = N_("This is too long.")
        if self.theme not in THEMES:
            found["theme"] = N_("Choose a theme from the list.")
        return found | self._wrong_days() | self._wrong_steps()

    def _wrong_days(self) -> dict[str, str]:
        if self.every not in EVERY:
            return {"every": N_("Choose from the list.")}
        if self.every and self.due_on is None:
            return {"due_on": N_("A recurring commitment needs a first due date.")}
        if self.until_on and not self.every:
            return {"until_on": N_("Only a recurring commitment has an end date.")}
        if self.until_on and self.due_on and self.until_on < self.due_on:
            return {"until_on": N_("This is before the first due date.")}
        return {}

    def _wrong_steps(self) -> dict[str, str]:
        if self.steps and self.every:
            return {"steps": N_("A recurring commitment has rounds instead of milestones.")}
        if len(self.steps) > MOST_STEPS:
            return {"steps": N_("A commitment has at most 20 milestones.")}
        if any(not step.title.strip() or len(step.title) > LONGEST["title"] for step in self.steps):
            return {"steps": N_("Give each milestone a title of at most 200 characters.")}
        if any(not 1 <= step.weight <= 100 for step in self.steps):
            return {"steps": N_("The weight of a milestone is from 1 to 100.")}
        return {}

    def passed(
        self, zone: str, now: datetime, kept: "CommitmentText | None" = None
    ) -> dict[str, str]:
        """A message for each day that is over in the zone; days that are `kept` may be."""
        found = {
            name: PASSED
            for name in DAYS
            if getattr(self, name) != getattr(kept, name, None)
            and has_passed(getattr(self, name), zone, now)
        }
        before = {step.due_on for step in kept.steps} if kept else set()
        if any(
            has_passed(step.due_on, zone, now) for step in self.steps if step.due_on not in before
        ):
            found["steps"] = PASSED
        return found

    def write_into(self, commitment: Commitment) -> None:
        """Put the terms into the commitment; its milestones are rows of their own."""
        for field in fields(self):
            if field.name != "steps":
                setattr(commitment, field.name, getattr(self, field.name))

    def as_json(self) -> dict[str, Any]:
        """The terms as plain values, for the kept edition or an amendment."""
        values = asdict(self)
        for name in DAYS:
            values[name] = values[name].isoformat() if values[name] else ""
        values["steps"] = [
            {**step, "due_on": step["due_on"].isoformat()} for step in values["steps"]
        ]
        return values


def text_from(values: dict[str, Any]) -> CommitmentText:
    """The terms from their kept form."""
    days = {name: date.fromisoformat(values[name]) if values[name] else None for name in DAYS}
    steps = tuple(
        StepText(step["title"], date.fromisoformat(step["due_on"]), step["weight"])
        for step in values["steps"]
    )
    return CommitmentText(**(values | days | {"tlp": Tlp(values["tlp"]), "steps": steps}))


def text_of(session: Session, commitment: Commitment) -> CommitmentText:
    """The terms that a commitment holds now."""
    values: dict[str, Any] = {
        field.name: getattr(commitment, field.name)
        for field in fields(CommitmentText)
        if field.name != "steps"
    }
    rows = session.scalars(
        select(Milestone)
        .where(Milestone.commitment_id == commitment.id, Milestone.title != "")
        .order_by(Milestone.number)
    )
    steps = tuple(StepText(row.title, row.due_on, row.weight) for row in rows)
    return CommitmentText(**(values | {"tlp": Tlp(commitment.tlp), "steps": steps}))

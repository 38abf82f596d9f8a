"""What a list of commitments is narrowed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, exists, or_

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState
from models.norms import NormTag
from models.processes import Process
from portal.access import Actor, visible
from portal.parameters import NEAR
from portal.rules import OVER, PROCESSES

INDEX: Final = CommitmentAudienceRow


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything that is live.

    `due` is `late`, `soon` (14 days) or empty; `party`, `process` are keys, 0 for any.
    """

    state: str = ""
    theme: str = ""
    norm: str = ""
    due: str = ""
    party: int = 0
    process: int = 0

    @property
    def live(self) -> bool:
        """Whether the list is of what still runs."""
        return self.state != "over" and self.state not in OVER

    def clauses(self, actor: Actor, now: datetime) -> list[Any]:
        """The narrowing as SQL; by a process that the person may not see nothing is found.

        Otherwise whoever tries its number would learn from what is left that there is such a one.
        """
        found: list[Any] = []
        if self.state and self.state != "over":
            found.append(Commitment.state == self.state)
        if self.theme:
            found.append(Commitment.theme == self.theme)
        if self.process:
            known = visible(PROCESSES, actor, now, Process.id).where(Process.id == self.process)
            found += [Commitment.process_id == self.process, known.exists()]
        if self.party:
            sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
            found.append(or_(*(side == self.party for side in sides)))
        if self.norm:
            tagged = and_(NormTag.commitment_id == Commitment.id, NormTag.norm == self.norm)
            found.append(exists().where(tagged).correlate(Commitment))
        if self.due == "late":
            found += [Commitment.due_at <= now, Commitment.state == CommitmentState.IN_FORCE]
        if self.due == "soon":
            found += [Commitment.due_at > now, Commitment.due_at <= now + NEAR]
        return found

    def days(self, now: datetime) -> list[Any]:
        """The same as SQL over the audience index, as far as that knows: a walk ends there."""
        if not self.live or not self.due:
            return []
        if self.due == "late":
            return [INDEX.turns_at <= now]
        return [INDEX.turns_at > now, INDEX.turns_at <= now + NEAR]


EVERYTHING: Final = Filter()
OVER_ONES: Final = Filter(state="over")

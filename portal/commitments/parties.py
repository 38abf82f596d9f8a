"""Between whom a commitment is: the addressee, the verifier, the process it belongs to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.stakeholders import Membership
from portal.access import Actor, visible
from portal.relations import in_force, moment
from portal.rules import ORGANISATIONS, PROCESSES
from portal.words import N_


@dataclass(frozen=True)
class Between:
    """Keys of the organisations beside the promisor, and of the process; 0 where there is none."""

    addressee: int = 0
    verifier: int = 0
    part_of: int = 0

    def problems(
        self,
        session: Session,
        actor: Actor,
        home: int,
        now: datetime,
        kept: "Between | None" = None,
    ) -> dict[str, str]:
        """What cannot be, a message id for each field; what is `kept` may stay unseen."""
        found: dict[str, str] = {}
        if not self.addressee:
            found["addressee"] = N_("Choose the counterpart.")
        if self.addressee == home:
            found["addressee"] = N_("Choose an organisation other than your own.")
        if self.verifier and self.verifier == home:
            found["verifier"] = N_("The committing party cannot be the verifier.")
        before = kept or Between()
        for name, resource_type in (
            ("addressee", ORGANISATIONS),
            ("verifier", ORGANISATIONS),
            ("part_of", PROCESSES),
        ):
            key = getattr(self, name)
            seen = visible(resource_type, actor, now, resource_type.model.id).where(
                resource_type.model.id == key
            )
            if key and key != getattr(before, name) and session.scalar(seen) is None:
                found.setdefault(name, N_("This is not in the portal, or not shared with you."))
        return found

    def write_into(self, commitment: Commitment) -> None:
        """Put the parties into the commitment."""
        commitment.addressee_id = self.addressee
        commitment.verifier_id = self.verifier or None
        commitment.process_id = self.part_of or None


def between(commitment: Commitment) -> Between:
    """The parties that a commitment has now."""
    return Between(commitment.addressee_id, commitment.verifier_id or 0, commitment.process_id or 0)


def own_side_of(session: Session, actor: Actor, commitment: Commitment, now: datetime) -> int:
    """The organisation for which the person acts here; whom to let in the policy has said before.

    Of several the promisor counts first, then the addressee, then the verifier.
    """
    named = (commitment.organisation_id, commitment.addressee_id, commitment.verifier_id)
    sides = [side for side in named if side is not None]
    homes = session.scalars(
        select(Membership.organisation_id).where(
            Membership.person_id == actor.person_id,
            Membership.organisation_id.in_(sides),
            in_force(Membership, moment(now)),
        )
    ).all()
    return next((side for side in sides if side in homes), commitment.organisation_id)

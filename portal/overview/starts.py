"""What a person may begin, and which of it is theirs to begin first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.stakeholders import Membership, Organisation, Role
from portal.access import Actor, as_column, beside_read, readable
from portal.parameters import ME, NOW, ready
from portal.relations import in_force
from portal.rules import DRAFT_COMMITMENT, OPEN_PROCESS, ORGANISATIONS, POST_NOTICE
from portal.rules.verbs import DRAFT_DIALOGUE
from portal.words import N_


@dataclass(frozen=True)
class Start:
    """A verb of organisations by which something begins: the page of it, and its button."""

    verb: str
    page: str
    button: str


STARTS: Final = (
    Start(POST_NOTICE, "notices.post_notice", N_("New notice")),
    Start(DRAFT_COMMITMENT, "commitments.draft_commitment", N_("New commitment")),
    Start(DRAFT_DIALOGUE, "dialogues.draft_dialogue", N_("New dialogue")),
    Start(OPEN_PROCESS, "processes.open_process", N_("New process")),
)
# What begins with what there is already, beside them: minutes begin with a dialogue that was held.
LATER: Final = (Start(DRAFT_DIALOGUE, "records.choose", N_("New minutes")),)
# What the people of a role begin most; of several roles the first counts.
MAIN: Final = {
    Role.COORDINATOR: DRAFT_DIALOGUE,
    Role.MEDIATOR: DRAFT_COMMITMENT,
    Role.LIAISON: POST_NOTICE,
}


def starts(session: Session, actor: Actor, now: datetime) -> tuple[Start, ...]:
    """What the person may begin, the main one first; in one query."""
    rows = session.execute(BEGINS, {ME.key: actor.person_id, NOW.key: now}).all()
    allowed = {start.verb for start in STARTS for row in rows if row._mapping[start.verb]}
    main = _main({row.role for row in rows}, allowed)
    found = [start for start in STARTS if start.verb in allowed]
    return tuple(sorted(found, key=lambda start: start.verb != main))


def later(found: Sequence[Start]) -> tuple[Start, ...]:
    """What may be begun besides by whoever may begin these: less often, so on no first page."""
    verbs = {start.verb for start in found}
    return tuple(start for start in LATER if start.verb in verbs)


def _main(roles: set[str], allowed: set[str]) -> str:
    return next((verb for role, verb in MAIN.items() if role in roles and verb in allowed), "")


def _begins() -> Any:
    may: Sequence[Any] = [
        as_column(beside_read(ORGANISATIONS, start.verb, ME, NOW)).label(start.verb)
        for start in STARTS
    ]
    mine = (Membership.organisation_id == Organisation.id, Membership.person_id == ME)
    return (
        readable(ORGANISATIONS, Membership.role, *may)
        .select_from(Organisation)
        .join(Membership, mine[0])
        .where(mine[1], in_force(Membership, NOW))
    )


BEGINS: Final = ready(_begins())

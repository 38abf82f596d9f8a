"""What a list of commitments is narrowed to, and its orders: parameters of walks and exports."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Integer,
    String,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)

from models.audience import CommitmentAudienceRow
from models.base import Moment
from models.commitments import Commitment, CommitmentState
from models.norms import NormTag
from models.processes import Process
from portal.access import readable
from portal.commitments.moves_in_sql import accounts_differ, unanswered, waits_for
from portal.commitments.timing import in_state
from portal.parameters import NEAR, padded
from portal.recipients import Reader, keys_of
from portal.rules import OVER, PROCESSES
from portal.walks import FOREVER, Named, Order, Walks

INDEX: Final = CommitmentAudienceRow
OURS: Final = -1  # instead of the key of an organisation: those of whoever asks
LIVE_ONES: Final[BindParameter[bool]] = bindparam("live", type_=Boolean())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
THEME: Final[BindParameter[str]] = bindparam("theme", type_=String())
NORM: Final[BindParameter[str]] = bindparam("norm", type_=String())
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
PROCESS: Final[BindParameter[int]] = bindparam("part_of", type_=Integer())
WAITING: Final[BindParameter[int]] = bindparam("waiting", type_=Integer())
WAITING_FOR: Final[BindParameter[int]] = bindparam("waiting_for", type_=Integer(), expanding=True)
DIFFER: Final[BindParameter[int]] = bindparam("differ", type_=Integer())
UNANSWERED: Final[BindParameter[int]] = bindparam("unanswered", type_=Integer())
LATE: Final[BindParameter[int]] = bindparam("late", type_=Integer())
FROM_AT: Final[BindParameter[datetime]] = bindparam("from_at", type_=Moment())
UNTIL_AT: Final[BindParameter[datetime]] = bindparam("until_at", type_=Moment())
QUIET_SINCE: Final[BindParameter[datetime]] = bindparam("quiet_since", type_=Moment())
BEFORE: Final = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything that is live.

    `due` is `late`, `soon` (14 days) or empty; `party`, `process` are keys, 0 for any. `waiting` is
    the key of the organisation whose move is next, -1 for the person's own. `quiet` is for how many
    days nobody has reported or verified.
    """

    state: str = ""
    theme: str = ""
    norm: str = ""
    due: str = ""
    party: int = 0
    process: int = 0
    waiting: int = 0
    differ: bool = False
    unanswered: bool = False
    quiet: int = 0

    @property
    def live(self) -> bool:
        """Whether the list is of what still runs."""
        return self.state != "over" and self.state not in OVER

    def values(self, reader: Reader) -> dict[str, Any]:
        """The values of the parameters."""
        now, due = reader.now, self.due if self.live else ""
        ours = keys_of(reader.principals, "o:")
        from_at, until_at = DAYS[due]
        return reader.values | {
            LIVE_ONES.key: self.live,
            STATE.key: "" if self.state == "over" else self.state,
            THEME.key: self.theme,
            NORM.key: self.norm,
            PARTY.key: self.party,
            PROCESS.key: self.process,
            WAITING.key: self.waiting,
            WAITING_FOR.key: padded(ours if self.waiting == OURS else [self.waiting], 0),
            DIFFER.key: int(self.differ),
            UNANSWERED.key: int(self.unanswered),
            LATE.key: int(self.due == "late"),
            FROM_AT.key: BEFORE if from_at is None else now + from_at,
            UNTIL_AT.key: FOREVER if until_at is None else now + until_at,
            QUIET_SINCE.key: now - timedelta(days=self.quiet) if self.quiet else FOREVER,
        }


# From when until when what is due is due, counted from now.
DAYS: Final[dict[str, tuple[timedelta | None, timedelta | None]]] = {
    "": (None, None),
    "late": (None, timedelta()),
    "soon": (timedelta(), NEAR),
}
EVERYTHING: Final = Filter()
OVER_ONES: Final = Filter(state="over")
NEXT_DUE: Final = Order("due", latest_first=False)
LAST_ENDED: Final = Order("due", latest_first=True)


def fits() -> ColumnElement[bool]:
    """The narrowing as SQL; by a process that the person may not see nothing is found.

    Otherwise whoever tries its number would learn from what is left that there is such a one.
    """
    sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
    tagged = and_(NormTag.commitment_id == Commitment.id, NormTag.norm == NORM)
    known = readable(PROCESSES, Process.id).where(Process.id == PROCESS)
    return and_(
        or_(STATE == "", Commitment.state == STATE),
        or_(THEME == "", Commitment.theme == THEME),
        or_(PROCESS == 0, and_(Commitment.process_id == PROCESS, known.exists())),
        or_(PARTY == 0, *(side == PARTY for side in sides)),
        or_(NORM == "", exists().where(tagged).correlate(Commitment)),
        or_(LATE == 0, in_state(CommitmentState.IN_FORCE)),
        or_(FROM_AT == BEFORE, Commitment.due_at > FROM_AT),
        or_(UNTIL_AT == FOREVER, Commitment.due_at <= UNTIL_AT),
        or_(DIFFER == 0, accounts_differ()),
        or_(UNANSWERED == 0, unanswered()),
        or_(WAITING == 0, waits_for().in_(WAITING_FOR)),
    )


def quiet() -> ColumnElement[bool]:
    """Whether nobody has spoken for so long, where the index itself is not walked."""
    said = and_(INDEX.commitment_id == Commitment.id, INDEX.said_at <= QUIET_SINCE)
    return or_(QUIET_SINCE == FOREVER, exists().where(said).correlate(Commitment))


def named() -> Named:
    """What is narrowed to a norm, a process or a party, by the index of the first that is asked."""
    of_norm = select(NormTag.commitment_id.label("key")).where(
        NormTag.norm == NORM, NormTag.commitment_id.is_not(None), NORM != ""
    )
    of_process = Commitment.process_id == PROCESS, PROCESS != 0, NORM == ""
    sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
    of_party = [(side == PARTY, PARTY != 0, PROCESS == 0, NORM == "") for side in sides]
    keys = (select(Commitment.id).where(*where) for where in (of_process, *of_party))
    return Named(union_all(of_norm, *keys), or_(NORM != "", PROCESS != 0, PARTY != 0))


WALKS: Final = Walks(
    principal=INDEX.principal,
    key=INDEX.commitment_id,
    orders={"due": INDEX.turns_at, "said": INDEX.said_at, "proposed": INDEX.published_at},
    always=(INDEX.live == LIVE_ONES,),
    # Nobody speaks of a commitment before it is proposed.
    within={
        "due": (INDEX.turns_at > FROM_AT, INDEX.turns_at <= UNTIL_AT),
        "said": (INDEX.said_at <= QUIET_SINCE,),
        "proposed": (INDEX.published_at <= QUIET_SINCE,),
    },
    fits=and_(fits(), quiet()),
    of=Commitment.id,
    named=named(),
)

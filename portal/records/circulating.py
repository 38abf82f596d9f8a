"""Minutes are circulated and recalled; those who attended comment on them, agree, or object."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.dialogues import Attendee, Dialogue
from models.records import (
    Record,
    RecordAgreement,
    RecordComment,
    RecordCommentType,
    RecordEdition,
)
from models.stakeholders import Person
from portal.access import Actor, authorize, standing_to
from portal.errors import TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.recipients import audience_of_people
from portal.records.adopting import adopt
from portal.records.lock import lock
from portal.records.names import Found, names_in
from portal.records.silence import Silence
from portal.records.text import record_text, sha256_of
from portal.relations import present
from portal.rules import RECORDS
from portal.rules.verbs import AGREE, CIRCULATE, COMMENT, OBJECT, OBJECT_LATE, RECALL
from portal.words import N_

LONGEST: Final = 5000
SAYS: Final = ("notes", "positions", "decisions", "actions")


@dataclass(frozen=True)
class Ready:
    """A draft as it would go round: its text, of whom it names what, how many would be asked."""

    record: Record
    zone: str
    text: dict[str, Any]
    sha256: str
    names: list[Found]
    asked: int

    @property
    def undecided(self) -> list[str]:
        """Questions in it for which nobody has said yet what was decided."""
        said = [*self.text["decisions"], *(d for p in self.text["points"] for d in p["decisions"])]
        return [one["question"] for one in said if one["stands"] in ("open", "ended")]

    def problems(self, silence: Silence, looked: bool, now: datetime) -> dict[str, str]:
        """What stands in the way of sending it round."""
        found = silence.problems(self.zone, now)
        if not self.asked:
            found["present"] = N_("Nobody is marked as having attended, so nobody would be asked.")
        points = self.text["points"]
        if not any(point[part] for point in points for part in SAYS):
            found["points"] = N_("No point has any text yet.")
        if self.undecided:
            found["undecided"] = N_("First record the outcome of each question.")
        if self.names and not looked:
            found["looked"] = N_("The text contains names; check them before you circulate it.")
        return found


def ready(session: Session, actor: Actor, ref: str, now: datetime) -> Ready:
    """The draft as it would be sent round, for the last look; raises what `authorize` raises."""
    return _ready(session, authorize(session, actor, CIRCULATE, RECORDS, ref, now), now)


def _ready(session: Session, record: Record, now: datetime) -> Ready:
    there = standing_to(RECORDS, present, record.id, now, Person.id).subquery()
    count = select(func.count()).select_from(there).scalar_subquery()
    dialogue, asked = session.execute(
        select(Dialogue, count).where(Dialogue.id == record.dialogue_id)
    ).one()
    text = record_text(session, record)
    # Where it may be written who spoke, a name is no slip.
    names = [] if dialogue.attributed else names_in(session, record, text)
    return Ready(record, dialogue.zone, text, sha256_of(text), names, asked)


def circulate(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    days: int,
    sha256: str,
    until: datetime | None = None,
    looked: bool = False,
    now: datetime,
) -> Record:
    """Send the text with this SHA-256 round; whoever was there may object until the silence ends.

    It ends with the last of so many days, or at a local time, in the zone of the dialogue.
    Raises TooLate when the draft says something else by now; Invalid when nobody was there,
    nothing is said, a question has no outcome, or names stand in it that were not looked at
    (Chatham House Rule).
    """
    with transition(session, actor, CIRCULATE, RECORDS, ref, now, days=days) as record:
        lock(session, record, CIRCULATE)
        authorize_red(session, actor, RECORDS, ref, record.tlp, now)
        found = _ready(session, record, now)
        if found.sha256 != sha256:
            raise TooLate(CIRCULATE)
        silence = Silence(days, until)
        refuse(found.problems(silence, looked, now))
        ends_at = silence.ends_at(found.zone, now)
        record.edition += 1
        record.silence_until_at, record.silence_half_at = ends_at, now + (ends_at - now) / 2
        if until is None:
            record.silence_days = days
        record.published_at = record.published_at or now
        record.changed_at = now
        _keep(session, actor, record, found, now)
    return record


def _keep(session: Session, actor: Actor, record: Record, found: Ready, now: datetime) -> None:
    session.add(
        RecordEdition(
            record_id=record.id,
            number=record.edition,
            by_id=actor.person_id,
            at=now,
            text=found.text,
            audience_id=audience_of_present(session, record, now),
            sha256=found.sha256,
        )
    )


def recall(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take a record back that was sent round, to work on it; nothing is adopted meanwhile."""
    with transition(session, actor, RECALL, RECORDS, ref, now) as record:
        lock(session, record, RECALL)
        _end_silence(record, now)


def _end_silence(record: Record, now: datetime) -> None:
    record.silence_until_at = record.silence_half_at = None
    record.changed_at = now
    flag_modified(record, "changed_at")


def comment(
    session: Session, actor: Actor, ref: str, *, words: str, point: int | None, now: datetime
) -> None:
    """Remark on a point (by its number) or on the whole of what was sent round."""
    _say(session, actor, COMMENT, RecordCommentType.COMMENT, ref, words, point, now)


def agree(
    session: Session, actor: Actor, ref: str, now: datetime, *, edition: int | None = None
) -> bool:
    """Agree to what was circulated; once all who attended do, it is adopted, and the answer true.

    A second time changes nothing. An alternate agrees for whom they act, and is named beside them.
    Raises TooLate when `edition`, the one that was read, is no longer what goes round.
    """
    with transition(session, actor, AGREE, RECORDS, ref, now) as record:
        # Of two who agree at once the second sees the first, and adopts.
        lock(session, record, AGREE)
        if edition not in (None, record.edition):
            raise TooLate(AGREE)
        key = (record.id, record.edition, actor.holder_id)
        if session.get(RecordAgreement, key) is None:
            session.add(
                RecordAgreement(
                    record_id=record.id,
                    edition=record.edition,
                    person_id=actor.holder_id,
                    delegation_id=_delegation_of(session, record, actor),
                    at=now,
                    by_id=actor.by_id,
                )
            )
    return adopt(session, ref, now)


def _delegation_of(session: Session, record: Record, actor: Actor) -> int | None:
    place = (Attendee.dialogue_id == record.dialogue_id, Attendee.person_id == actor.holder_id)
    return session.scalar(select(Attendee.delegation_id).where(*place))


def object_to(
    session: Session, actor: Actor, ref: str, *, why: str, point: int | None, now: datetime
) -> None:
    """Object to what was sent round, with a reason: it is a draft again, and everybody is told."""
    _say(session, actor, OBJECT, RecordCommentType.OBJECTION, ref, why, point, now)


def object_late(
    session: Session, actor: Actor, ref: str, *, why: str, point: int | None, now: datetime
) -> None:
    """Object to an adopted record: it stays adopted, and the objection stands beside it."""
    _say(session, actor, OBJECT_LATE, RecordCommentType.LATE, ref, why, point, now)


def _say(
    session: Session,
    actor: Actor,
    verb: str,
    comment_type: RecordCommentType,
    ref: str,
    words: str,
    point: int | None,
    now: datetime,
) -> None:
    with transition(session, actor, verb, RECORDS, ref, now) as record:
        # An objection moves the state: it waits for the system, and the system for it.
        lock(session, record, verb, alone=verb == OBJECT)
        field = "words" if verb == COMMENT else "why"
        refuse(_unfit(field, words) | _off_the_record(session, record, point))
        session.add(
            RecordComment(
                record_id=record.id,
                edition=record.edition,
                point_number=point,
                type=comment_type,
                audience_id=audience_of_present(session, record, now),
                words=words.strip(),
                by_id=actor.person_id,
                for_id=actor.for_id,
                at=now,
            )
        )
        if verb == OBJECT:
            _end_silence(record, now)


def audience_of_present(session: Session, record: Record, now: datetime) -> int:
    """The audience of those who, by the attendance list as it is now, were there."""
    there = session.scalars(standing_to(RECORDS, present, record.id, now, Person.id))
    return audience_of_people(session, record, there)


def _unfit(field: str, words: str) -> dict[str, str]:
    if not words.strip():
        reason = (
            N_("Enter some text.")
            if field == "words"
            else N_("Give the reason for your objection.")
        )
        return {field: reason}
    return {field: N_("This is too long.")} if len(words) > LONGEST else {}


def _off_the_record(session: Session, record: Record, point: int | None) -> dict[str, str]:
    if point is None or point in dict(points_of(session, record)):
        return {}
    return {"point": N_("Choose from the list.")}


def points_of(session: Session, record: Record) -> list[tuple[int, str]]:
    """Number and title of each point of the edition that was sent round last."""
    edition = session.get(RecordEdition, (record.id, record.edition))
    return (
        [(point["number"], point["title"]) for point in edition.text["points"]] if edition else []
    )


def was_asked(session: Session, actor: Actor, ref: str, now: datetime) -> bool:
    """Whether the record was sent round to this person once, whatever has become of it since."""
    key = session.scalar(select(Record.id).where(Record.ref == ref, Record.edition > 0))
    if key is None:
        return False
    me = standing_to(RECORDS, present, key, now, Person.id).where(Person.id == actor.person_id)
    return session.scalar(me) is not None

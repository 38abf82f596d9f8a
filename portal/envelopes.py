"""What a letter about a matter of each kind is made from: no content that may not go by mail.

Reference, marking and link go always; a title only where the marking is open by mail and the person
may read the text at the moment of sending.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone
from models.dialogues import Attendee, Dialogue
from models.ledger import AuditEvent, OutboxLetter
from models.notices import Notice
from models.records import Record
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.calendars import (
    Meeting,
    ReplyTo,
    cancellation,
    invitation,
    reply_address,
    token_of,
    uid_of,
)
from portal.rules import (
    COMMITMENTS,
    DIALOGUES,
    NOTICES,
    OPEN_BY_MAIL,
    READ_TEXT,
    RECORDS,
    Kind,
)
from portal.rules.verbs import CANCEL, KEEP_TO_WALL, MOVE, UNINVITE

INVITATION: Final = "invitation"
ENTERED: Final = frozenset({INVITATION, MOVE, CANCEL, UNINVITE})


def _about_notice(
    session: Session, person: Person, notice_id: int, now: datetime
) -> dict[str, object]:
    notice = session.get_one(Notice, notice_id)
    organisation = session.get_one(Organisation, notice.organisation_id)
    shown = _open_by_mail(session, person, NOTICES, notice, now)
    return {
        "ref": notice.ref,
        "tlp": notice.tlp,
        "organisation": organisation.name if shown else "",
        "title": notice.title if shown else "",
        "acknowledge_by_at": notice.acknowledge_by_at,
    }


def _about_commitment(
    session: Session, person: Person, commitment_id: int, now: datetime
) -> dict[str, object]:
    commitment = session.get_one(Commitment, commitment_id)
    envelope: dict[str, object] = {"ref": commitment.ref, "tlp": commitment.tlp}
    if not _open_by_mail(session, person, COMMITMENTS, commitment, now):
        names = ("title", "promisor", "addressee", "answer_by_at", "report_by_at")
        return envelope | dict.fromkeys(names, "")
    unreported = select(func.min(Milestone.due_at)).where(
        Milestone.commitment_id == commitment_id,
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_(None),
    )
    return envelope | {
        "title": commitment.title,
        "promisor": session.get_one(Organisation, commitment.organisation_id).name,
        "addressee": session.get_one(Organisation, commitment.addressee_id).name,
        "answer_by_at": commitment.answer_by_at,
        "report_by_at": session.scalar(unreported),
    }


def _about_dialogue(
    session: Session, person: Person, dialogue_id: int, now: datetime
) -> dict[str, object]:
    # When it takes place is no content: a date without a title tells nobody about what.
    dialogue = session.get_one(Dialogue, dialogue_id)
    shown = _open_by_mail(session, person, DIALOGUES, dialogue, now)
    return {
        "ref": dialogue.ref,
        "tlp": dialogue.tlp,
        "title": dialogue.title if shown else "",
        "starts_at": dialogue.starts_at,
        "ends_at": dialogue.ends_at,
        "poll_until_at": dialogue.poll_until_at,
    }


def _about_record(
    session: Session, person: Person, record_id: int, now: datetime
) -> dict[str, object]:
    record = session.get_one(Record, record_id)
    shown = _open_by_mail(session, person, RECORDS, record, now)
    return {
        "ref": record.ref,
        "tlp": record.tlp,
        "title": record.title if shown else "",
        "silence_until_at": record.silence_until_at,
    }


def meeting_of(dialogue: Dialogue, base_url: str, *, shown: bool) -> Meeting:
    """A dialogue that has its time, as calendars take it; without its title unless it is `shown`.

    Above GREEN an entry holds the reference, the place and the way in. The link is no content: it
    goes to those alone who are at the table, and without it nobody could come.
    """
    if dialogue.starts_at is None or dialogue.ends_at is None:
        raise ValueError("a dialogue without a time is no meeting")
    page = f"{base_url}/dialogues/{dialogue.ref}"
    return Meeting(
        uid=uid_of(dialogue.ref, base_url),
        sequence=dialogue.sequence,
        starts_at=dialogue.starts_at,
        ends_at=dialogue.ends_at,
        changed_at=dialogue.changed_at,
        title=dialogue.title if shown else dialogue.ref,
        place=dialogue.place,
        link=dialogue.link,
        words=f"{dialogue.purpose}\n\n{page}" if shown else page,
        marking=dialogue.tlp,
    )


def _dialogue_entry(
    session: Session,
    person: Person,
    row: OutboxLetter,
    base_url: str,
    back: ReplyTo,
    now: datetime,
) -> tuple[bytes, str] | None:
    """The entry that goes with a letter about a dialogue, and its METHOD; None where none does."""
    dialogue = session.get_one(Dialogue, row.matter_id)
    if row.letter not in ENTERED or dialogue.starts_at is None:
        return None
    shown = _open_by_mail(session, person, DIALOGUES, dialogue, now)
    meeting = meeting_of(dialogue, base_url, shown=shown)
    if row.letter == UNINVITE:
        if _moved_since(session, row):
            return None
        meeting = replace(meeting, place="", words="")
    if row.letter == CANCEL and not _is_invited(session, person, dialogue):
        return None
    token = token_of(back.keys[0], meeting.uid, person.id)
    try:
        who = {
            "attendee": person.email,
            "attendee_name": person.name,
            "organiser": reply_address(back.address, token),
        }
        if row.letter in (CANCEL, UNINVITE):
            return cancellation(meeting, **who), "CANCEL"
        return invitation(meeting, **who), "REQUEST"
    except ValueError:  # an address that calendars do not take: the letter alone has to do
        return None


def _moved_since(session: Session, row: OutboxLetter) -> bool:
    # Whoever lost her seat must not learn from a late letter where the others went.
    moves = exists().where(
        AuditEvent.kind == row.kind,
        AuditEvent.matter_id == row.matter_id,
        AuditEvent.verb.in_((MOVE, KEEP_TO_WALL)),
        AuditEvent.at >= row.created_at,
    )
    return bool(session.scalar(select(moves)))


def _is_invited(session: Session, person: Person, dialogue: Dialogue) -> bool:
    mine = exists().where(
        Attendee.dialogue_id == dialogue.id,
        Attendee.person_id == person.id,
        Attendee.invited_at.is_not(None),
    )
    return bool(session.scalar(select(mine)))


def _open_by_mail(session: Session, person: Person, kind: Kind, matter: Any, now: datetime) -> bool:
    reader = Actor(person.id, person.name)
    return Tlp(matter.tlp) in OPEN_BY_MAIL and may(session, reader, READ_TEXT, kind, matter.id, now)


# What a letter about a matter of each kind is made from.
ABOUT: Final[dict[str, Callable[[Session, Person, int, datetime], dict[str, object]]]] = {
    NOTICES.name: _about_notice,
    COMMITMENTS.name: _about_commitment,
    DIALOGUES.name: _about_dialogue,
    RECORDS.name: _about_record,
}

Entry = Callable[[Session, Person, OutboxLetter, str, ReplyTo, datetime], tuple[bytes, str] | None]
# What goes with it into calendars, for the kinds of which there are entries.
ENTRIES: Final[dict[str, Entry]] = {DIALOGUES.name: _dialogue_entry}

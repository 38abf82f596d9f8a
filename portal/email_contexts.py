"""What an e-mail about a resource of each kind is made from: no content that may not go by mail.

Reference, marking, due date and link go always; a title only where the marking is open by mail and
the person may read the text at the moment of sending.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.base import Resource
from models.commitments import Commitment, CommitmentState
from models.dialogues import Attendee, Dialogue, DialogueState, TableRole
from models.ledger import AuditEvent, OutboxEmail
from models.notices import Notice, NoticeState
from models.records import Record, RecordState
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.calendars import (
    CHAIR,
    OPTIONAL,
    PARTICIPANT,
    Meeting,
    ReplyTo,
    cancellation,
    declined_counter,
    invitation,
    reply_address,
    token_of,
    uid_of,
)
from portal.replied import last_reply
from portal.rules import (
    COMMITMENTS,
    DIALOGUES,
    NOTICES,
    OPEN_BY_MAIL,
    READ,
    READ_TEXT,
    RECORDS,
    ResourceType,
)
from portal.rules.verbs import (
    CANCEL,
    DECLINE_COUNTER,
    EDIT,
    KEEP_LOCAL_TIME,
    RESCHEDULE,
    UNINVITE,
    spellings,
)
from portal.words import N_

INVITATION: Final = "invitation"
ENTERED: Final = frozenset({INVITATION, RESCHEDULE, EDIT, CANCEL, UNINVITE, DECLINE_COUNTER})
MOVES: Final = (RESCHEDULE, KEEP_LOCAL_TIME)
# What somebody does at the table as calendars know it (ROLE, RFC 5545, 3.2.16).
ROLES: Final = {TableRole.CHAIR: CHAIR, TableRole.OBSERVER: OPTIONAL}


def about_notice(
    session: Session, person: Person, notice_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a notice may say to this person now."""
    notice = session.get_one(Notice, notice_id)
    organisation = session.get_one(Organisation, notice.organisation_id)
    shown = _open_by_mail(session, person, NOTICES, notice, now)
    asks = notice.state == NoticeState.OPEN
    return {
        "ref": notice.ref,
        "tlp": notice.tlp,
        "organisation": organisation.name if shown else "",
        "title": notice.title if shown else "",
        **_due(N_("Acknowledge by"), notice.acknowledge_by_at if asks else None),
    }


def about_commitment(
    session: Session, person: Person, commitment_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a commitment may say to this person now."""
    # When something is due is no content: without it nobody knows by when to act.
    commitment = session.get_one(Commitment, commitment_id)
    shown = _open_by_mail(session, person, COMMITMENTS, commitment, now)
    names = {"title": "", "promisor": "", "addressee": ""}
    if shown:
        names = {
            "title": commitment.title,
            "promisor": session.get_one(Organisation, commitment.organisation_id).name,
            "addressee": session.get_one(Organisation, commitment.addressee_id).name,
        }
    due: tuple[str, datetime | None] = ("Due", None)
    if commitment.state == CommitmentState.PROPOSED:
        due = (N_("Response due"), commitment.answer_by_at)
    elif commitment.state == CommitmentState.IN_FORCE:
        due = (N_("Next report due"), commitment.due_at)
    return {
        "ref": commitment.ref,
        "tlp": commitment.tlp,
        **names,
        **_due(*due, commitment.zone),
    }


def about_dialogue(
    session: Session, person: Person, dialogue_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a dialogue may say to this person now."""
    # When it takes place is no content: a date without a title tells nobody about what.
    dialogue = session.get_one(Dialogue, dialogue_id)
    shown = _open_by_mail(session, person, DIALOGUES, dialogue, now)
    due: tuple[Any, ...] = (N_("Begins"), None)
    if dialogue.state == DialogueState.POLLING:
        due = (N_("Response due"), dialogue.poll_until_at, dialogue.zone)
    elif dialogue.state == DialogueState.CONVENED:
        due = (N_("Begins"), dialogue.starts_at)
    return {
        "ref": dialogue.ref,
        "tlp": dialogue.tlp,
        "title": dialogue.title if shown else "",
        "red": dialogue.tlp == Tlp.RED,
        "starts_at": dialogue.starts_at,
        "ends_at": dialogue.ends_at,
        **_due(*due),
        "day_zone": dialogue.zone,
        **last_reply(session, person.id, dialogue),
    }


def about_record(
    session: Session, person: Person, record_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about minutes may say to this person now."""
    record = session.get_one(Record, record_id)
    zone = session.get_one(Dialogue, record.dialogue_id).zone
    shown = _open_by_mail(session, person, RECORDS, record, now)
    ends_at = record.silence_until_at if record.state == RecordState.CIRCULATED else None
    return {
        "ref": record.ref,
        "tlp": record.tlp,
        "title": record.title if shown else "",
        # While they are a draft their writers alone read them: for others a link leads nowhere.
        "readable": may(session, Actor(person.id, person.name), READ, RECORDS, record.id, now),
        "writes": record.state == RecordState.DRAFT,
        **_due(N_("Objections due"), ends_at, zone),
        "day_zone": zone,
    }


def _due(word: str, at: datetime | None, zone: str = "") -> dict[str, object]:
    # With a zone it is a day there; without one it is an instant.
    return {"due_word": word, "due_at": at, "due_zone": zone}


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


def in_calendars(dialogue: Dialogue) -> Meeting | None:
    """What entries of a dialogue hold now, to compare before and after a change; None with no time.

    What says which of two entries is the newer one is left out.
    """
    if dialogue.starts_at is None:
        return None
    held = meeting_of(dialogue, "", shown=Tlp(dialogue.tlp) in OPEN_BY_MAIL)
    return replace(held, sequence=0, changed_at=dialogue.created_at)


def dialogue_entry(
    session: Session,
    person: Person,
    row: OutboxEmail,
    base_url: str,
    back: ReplyTo,
    now: datetime,
) -> tuple[bytes, str] | None:
    """The entry that goes with an e-mail about a dialogue, and its METHOD; None where none does."""
    dialogue = session.get_one(Dialogue, row.resource_id)
    if row.template not in ENTERED or dialogue.starts_at is None:
        return None
    shown = _open_by_mail(session, person, DIALOGUES, dialogue, now)
    meeting = meeting_of(dialogue, base_url, shown=shown)
    if row.template == UNINVITE:
        meeting = replace(meeting, place="", words="")
    if row.template == CANCEL and not _is_invited(session, person, dialogue):
        return None
    token = token_of(back.keys[0], meeting.uid, person.id)
    try:
        who = {
            "attendee": person.email,
            "attendee_name": person.name,
            "organiser": reply_address(back.address, token),
            "role": _role_of(session, person, dialogue),
        }
        if row.template in (CANCEL, UNINVITE):
            timed = row.template == CANCEL or not changed_since_notified(session, row, *MOVES)
            return cancellation(meeting, timed=timed, **who), "CANCEL"
        if row.template == DECLINE_COUNTER:
            return declined_counter(meeting, **who), "DECLINECOUNTER"
        return invitation(meeting, **who), "REQUEST"
    except ValueError:  # an address that calendars do not take: the e-mail alone has to do
        return None


def _role_of(session: Session, person: Person, dialogue: Dialogue) -> str:
    mine = select(Attendee.role).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == person.id
    )
    return role_in_calendars(session.scalar(mine))


def role_in_calendars(role: str | None) -> str:
    """What somebody does at the table as calendars know it."""
    return ROLES.get(TableRole(role), PARTICIPANT) if role else PARTICIPANT


def changed_since_notified(session: Session, row: OutboxEmail, *verbs: str) -> bool:
    """Whether one of these acts came after the last e-mail on it that went to the same person.

    Whoever lost the seat must not learn from a late e-mail when the others meet.
    """
    went = select(func.max(OutboxEmail.sent_at)).where(
        OutboxEmail.resource_type == row.resource_type,
        OutboxEmail.resource_id == row.resource_id,
        OutboxEmail.person_id == row.person_id,
    )
    notified_at = session.scalar(went) or row.created_at
    moves = exists().where(
        AuditEvent.resource_type == row.resource_type,
        AuditEvent.resource_id == row.resource_id,
        AuditEvent.verb.in_(spellings(*verbs)),
        AuditEvent.at >= notified_at,
    )
    return bool(session.scalar(select(moves)))


def _is_invited(session: Session, person: Person, dialogue: Dialogue) -> bool:
    mine = exists().where(
        Attendee.dialogue_id == dialogue.id,
        Attendee.person_id == person.id,
        Attendee.invited_at.is_not(None),
    )
    return bool(session.scalar(select(mine)))


def _open_by_mail(
    session: Session,
    person: Person,
    resource_type: ResourceType[Resource],
    resource: Any,
    now: datetime,
) -> bool:
    reader = Actor(person.id, person.name)
    return Tlp(resource.tlp) in OPEN_BY_MAIL and may(
        session, reader, READ_TEXT, resource_type, resource.id, now
    )

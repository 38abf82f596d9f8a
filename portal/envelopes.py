"""What a letter about a matter of each kind is made from: no content that may not go by mail.

Reference, marking and link go always; a title only where the marking is open by mail and the person
may read the text at the moment of sending.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone
from models.dialogues import Dialogue
from models.notices import Notice
from models.records import Record
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.rules import (
    COMMITMENTS,
    DIALOGUES,
    NOTICES,
    OPEN_BY_MAIL,
    READ_TEXT,
    RECORDS,
    Kind,
)


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

"""A redacted version of an adopted record: made by one writer, confirmed by another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.records import Record, RecordEdition
from models.vocabulary import Tlp
from portal.access import Actor, authorize
from portal.errors import Said, TooLate, refuse
from portal.ledger import authorize_red, create, draft_of, transition
from portal.recipients import AudiencePreview, RecipientList, audience_preview, list_of, write_list
from portal.records.adopting import seal
from portal.records.lock import lock
from portal.records.redacted import redacted_text
from portal.records.text import sha256_of
from portal.records.versions import FIRST, Version, behind, still_in
from portal.rules import EDIT, RECORDS
from portal.rules.verbs import CONFIRM, REDACT
from portal.words import N_
from portal.writes import trial


@dataclass(frozen=True)
class Preview:
    """How a version would read, and whom it would reach; nothing of it is kept."""

    text: dict[str, Any]
    preview: AudiencePreview


def redact(
    session: Session, actor: Actor, ref: str, *, version: Version, to: RecipientList, now: datetime
) -> Record:
    """Begin a redacted version of an adopted record; only its writers know of it.

    Raises Invalid for bad fields, and where some mark-up would still show what is taken out.
    """
    with transition(session, actor, REDACT, RECORDS, ref, now) as source:
        _refuse(session, actor, version, to, now)
        record = draft_of(
            RECORDS,
            actor,
            source.organisation_id,
            now,
            dialogue_id=source.dialogue_id,
            source_id=source.id,
            tlp=version.tlp,
            title=version.title.strip(),
            edition=FIRST,
        )
        create(session, actor, REDACT, RECORDS, record, now)
        write_list(session, record, to, now)
        _write(session, actor, record, version, now)
    return record


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    version: Version,
    to: RecipientList,
    seen: int,
    now: datetime,
) -> Record:
    """Take out something else; whoever does is the last hand, and another one confirms.

    Raises TooLate when `seen` is no longer the present version, Invalid as `redact` does.
    """
    with transition(session, actor, EDIT, RECORDS, ref, now) as record:
        lock(session, record, EDIT)
        if record.version != seen:
            raise TooLate(EDIT)
        _refuse(session, actor, version, to, now, list_of(session, record))
        record.title, record.tlp = version.title.strip(), version.tlp
        record.author_id, record.changed_at = actor.person_id, now
        flag_modified(record, "changed_at")
        write_list(session, record, to, now)
        _write(session, actor, record, version, now)
    return record


def _refuse(
    session: Session,
    actor: Actor,
    version: Version,
    to: RecipientList,
    now: datetime,
    kept: RecipientList | None = None,
) -> None:
    refuse(version.problems())
    refuse(to.problems(session, actor, Tlp(version.tlp), now, kept))


def _write(session: Session, actor: Actor, record: Record, version: Version, now: datetime) -> None:
    found = behind(session, record)
    source, whole = found.source, found.text
    said = {"title": record.title, "tlp": record.tlp, "ref": source.ref}
    text = redacted_text(whole, version.marks, **said)
    if points := still_in(version, whole, text):
        message = N_(
            "The passage in “%(point)s” would still be visible in its mark-up; remove it as a "
            "whole."
        )
        refuse({"words": Said(message, point=points[0])})
    session.merge(
        RecordEdition(
            record_id=record.id,
            number=FIRST,
            by_id=actor.person_id,
            at=now,
            text=text,
            sha256=sha256_of(text),
        )
    )
    session.flush()


def preview(
    session: Session, actor: Actor, ref: str, *, version: Version, to: RecipientList, now: datetime
) -> Preview:
    """How a new redacted version of this record would read, and whom it would reach."""
    with trial(session):
        record = redact(session, actor, ref, version=version, to=to, now=now)
        return _looked_at(session, actor, record, now)


def preview_edit(
    session: Session, actor: Actor, ref: str, *, version: Version, to: RecipientList, now: datetime
) -> Preview:
    """The same of a version that is there already, if it said this and went to these."""
    with trial(session):
        seen = authorize(session, actor, EDIT, RECORDS, ref, now).version
        record = edit(session, actor, ref, version=version, to=to, seen=seen, now=now)
        return _looked_at(session, actor, record, now)


def _looked_at(session: Session, actor: Actor, record: Record, now: datetime) -> Preview:
    edition = session.get_one(RecordEdition, (record.id, FIRST))
    return Preview(dict(edition.text), audience_preview(session, actor, RECORDS, record, now))


def confirm(session: Session, actor: Actor, ref: str, *, seen: int, now: datetime) -> Record:
    """Let a redacted version go to its readers, as another writer than its last hand.

    Raises TooLate when `seen` is no longer the present version, Invalid when it reaches nobody.
    """
    with transition(
        session, actor, CONFIRM, RECORDS, ref, now, sha256=_sha256(session, ref)
    ) as record:
        lock(session, record, CONFIRM)
        authorize_red(session, actor, RECORDS, ref, record.tlp, now)
        if record.version != seen:
            raise TooLate(CONFIRM)
        to = list_of(session, record)
        problems = to.problems(session, actor, Tlp(record.tlp), now, to)
        if to.empty:
            problems["organisations"] = N_("Choose at least one recipient.")
        refuse(problems)
        edition = session.get_one(RecordEdition, (record.id, FIRST), populate_existing=True)
        record.published_at = now
        seal(record, edition.sha256, now)
    return record


def _sha256(session: Session, ref: str) -> str | None:
    kept = select(RecordEdition.sha256).join(Record, Record.id == RecordEdition.record_id)
    return session.scalar(kept.where(Record.ref == ref, RecordEdition.number == FIRST))

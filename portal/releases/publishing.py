"""A release goes out, is corrected and withdrawn; what went out stays as it was."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.releases import Answer, Part, Release, ReleaseParty, ReleaseVersion
from models.stakeholders import Organisation
from models.vocabulary import Tlp
from portal.access import Actor, authorize
from portal.errors import Invalid, TooLate
from portal.ledger import transition
from portal.parameters import at_most
from portal.rules import CORRECT, RELEASE, RELEASES, WITHDRAW
from portal.words import N_


@dataclass(frozen=True)
class Outgoing:
    """What is about to go out, read before anything is written; `version` is that of the row."""

    version: int
    content: dict[str, Any]


@dataclass(frozen=True)
class Files:
    """What goes out, as it is handed out."""

    as_json: bytes
    as_stix: bytes


def outgoing(session: Session, actor: Actor, ref: str, now: datetime) -> Outgoing:
    """What would go out now, as plain values: nothing but this is ever shown outside."""
    release = authorize(session, actor, RELEASE, RELEASES, ref, now)
    first = release.published_at or now
    content = {
        "ref": release.ref,
        "version": release.edition + 1,
        "marking": f"TLP:{Tlp.CLEAR}",
        "title": release.title,
        "text": release.body,
        "by": _names(session, release),
        "joint": _signed(session, release),
        "replies": _replies(session, release),
        "correction": release.why,
        "first_released": first.isoformat(timespec="seconds"),
        "released": now.isoformat(timespec="seconds"),
    }
    return Outgoing(release.version, content)


def _names(session: Session, release: Release) -> list[str]:
    signs = (
        select(Organisation.name)
        .join(ReleaseParty, ReleaseParty.organisation_id == Organisation.id)
        .where(ReleaseParty.release_id == release.id, ReleaseParty.part == Part.SIGNS)
        .order_by(Organisation.name)
    )
    home = select(Organisation.name).where(Organisation.id == release.organisation_id)
    return list(session.scalars(signs)) or list(session.scalars(home))


def _signed(session: Session, release: Release) -> bool:
    signs = select(ReleaseParty.id).where(
        ReleaseParty.release_id == release.id, ReleaseParty.part == Part.SIGNS
    )
    return session.scalar(signs.limit(at_most(1))) is not None


def _replies(session: Session, release: Release) -> list[dict[str, str]]:
    rows = session.execute(
        select(Organisation.name, ReleaseParty.text, ReleaseParty.at)
        .join(Organisation, Organisation.id == ReleaseParty.organisation_id)
        .where(
            ReleaseParty.release_id == release.id,
            ReleaseParty.answer == Answer.REPLIED,
            ReleaseParty.digest == release.digest,
        )
        .order_by(ReleaseParty.id)
    )
    return [
        {"by": row.name, "text": row.text, "at": row.at.isoformat(timespec="seconds")}
        for row in rows
    ]


def release(
    session: Session, actor: Actor, ref: str, *, going: Outgoing, files: Files, now: datetime
) -> Release:
    """Let it go out as `files`; raises TooLate where anything was changed since it was read."""
    with transition(session, actor, RELEASE, RELEASES, ref, now, version=going.version) as row:
        if row.version != going.version:
            raise TooLate(RELEASE)
        row.edition += 1
        row.tlp = Tlp.CLEAR
        row.published_at = row.published_at or now
        row.changed_at = now
        session.add(
            ReleaseVersion(
                release_id=row.id,
                number=row.edition,
                at=now,
                why=row.why,
                content=going.content,
                as_json=files.as_json,
                as_stix=files.as_stix,
                json_sha256=hashlib.sha256(files.as_json).hexdigest(),
                stix_sha256=hashlib.sha256(files.as_stix).hexdigest(),
            )
        )
    return row


def correct(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> Release:
    """Begin a correction: a draft again, while the public reads what was released last.

    `why` is for the public. Everybody who signed or consented is asked anew.
    """
    with transition(session, actor, CORRECT, RELEASES, ref, now) as row:
        if not why.strip():
            raise Invalid({"why": N_("Describe the correction in one sentence.")})
        row.why, row.changed_at = why[:500], now
        row.tlp = Tlp.AMBER_STRICT  # what is written from here on is not public yet
    return row


def withdraw(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Take it back: the public reads the day and the reason, and the text no more."""
    with transition(session, actor, WITHDRAW, RELEASES, ref, now) as row:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        row.ended_at = row.changed_at = now
        row.ended_reason = why[:500]
        row.searched = ""

"""Evidence: a file or a link with its SHA-256 (FIPS 180-4); replaced, never overwritten."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.commitments import Commitment, Evidence
from portal.access import Actor, authorize, sub_resource
from portal.commitments.parties import own_side_of
from portal.days import end_of, has_passed
from portal.errors import Invalid, NotFound, refuse
from portal.ledger import audit, transition
from portal.media import Upload
from portal.receipts import DOWNLOAD
from portal.recipients import audience_of
from portal.rules import ADD_EVIDENCE, COMMITMENTS, READ_TEXT
from portal.store import Sealed, Store, remove_unless_committed
from portal.words import N_

PREFIX: Final = "E"
LARGEST, MOST = 5_000_000, 100
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Shown:
    """What is shown: a file (its name and bytes), or a link with the digest of what it showed.

    The file is looked at when this is made, so it is made before any transaction.
    """

    title: str
    file_name: str = ""
    content: bytes = b""
    link: str = ""
    sha256: str = ""
    expires_on: date | None = None
    replaces: str = ""
    file: Upload = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", Upload.of(self.file_name, self.content))

    def problems(self) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found: dict[str, str] = {}
        if not self.title.strip() or len(self.title) > 200:
            found["title"] = N_("Describe in one line what it shows.")
        if bool(self.file_name) == bool(self.link):
            found["file"] = N_("Give a file or a link, not both.")
        elif self.link:
            found |= self._wrong_link()
        elif not self.content:
            found["file"] = N_("This file is empty.")
        elif len(self.content) > LARGEST:
            found["file"] = N_("This file is larger than 5 MB.")
        else:
            found |= self.file.problems()
        return found

    def _wrong_link(self) -> dict[str, str]:
        parts = urlsplit(self.link)
        if parts.scheme not in ("http", "https") or not parts.hostname or len(self.link) > 2000:
            return {"link": N_("Give a full address that begins with https://.")}
        if not DIGEST.fullmatch(self.sha256.strip().lower()):
            return {
                "sha256": N_("Give the SHA-256 of the linked content: 64 hexadecimal characters.")
            }
        return {}


def add_evidence(
    session: Session, actor: Actor, ref: str, *, shown: Shown, store: Store, now: datetime
) -> Evidence:
    """Add a piece of evidence, in place of the own side's earlier one that `replaces` names.

    Raises Invalid for what is not taken, Unkept when there is no room for the file. The portal
    itself never follows a link.
    """
    new_ref = new_reference(PREFIX, now.year)
    with transition(
        session, actor, ADD_EVIDENCE, COMMITMENTS, ref, now, evidence=new_ref
    ) as commitment:
        refuse(shown.problems() | _too_many(session, commitment))
        if has_passed(shown.expires_on, commitment.zone, now):
            raise Invalid({"expires_on": N_("This day has passed; choose a later one.")})
        evidence = Evidence(
            ref=new_ref,
            commitment_id=commitment.id,
            title=shown.title.strip(),
            organisation_id=own_side_of(session, actor, commitment, now),
            added_by_id=actor.person_id,
            audience_id=audience_of(session, commitment),
            added_at=now,
            expires_on=shown.expires_on,
            expires_at=end_of(shown.expires_on, commitment.zone) if shown.expires_on else None,
        )
        if shown.link:
            evidence.link, evidence.sha256 = shown.link, shown.sha256.strip().lower()
        else:
            _keep(session, store, evidence, shown)
        session.add(evidence)
        session.flush()
        if shown.replaces:
            _replace(session, commitment, evidence, shown.replaces)
        commitment.changed_at = now
    return evidence


def _keep(session: Session, store: Store, evidence: Evidence, shown: Shown) -> None:
    evidence.media_type, evidence.sha256 = shown.file.media_type, shown.file.sha256
    sealed = store.put(evidence.ref, shown.content)
    remove_unless_committed(session, store, sealed.name)
    evidence.file_name, evidence.size = shown.file.name, len(shown.content)
    evidence.stored_name, evidence.wrapped_key = sealed.name, sealed.wrapped_key


def _too_many(session: Session, commitment: Commitment) -> dict[str, str]:
    there = select(func.count()).where(Evidence.commitment_id == commitment.id)
    if (session.scalar(there) or 0) >= MOST:
        return {"file": N_("A commitment holds at most 100 pieces of evidence.")}
    return {}


def _replace(session: Session, commitment: Commitment, new: Evidence, ref: str) -> None:
    old = session.scalars(
        select(Evidence).where(
            Evidence.ref == ref,
            Evidence.commitment_id == commitment.id,
            Evidence.organisation_id == new.organisation_id,
            Evidence.replaced_by_id.is_(None),
        )
    ).one_or_none()
    if old is None:
        raise Invalid({"replaces": N_("Choose from the list.")})
    old.replaced_by_id = new.id


def open_evidence(
    session: Session, actor: Actor, ref: str, evidence_ref: str, store: Store, now: datetime
) -> tuple[Evidence, bytes]:
    """A file for whoever may read the text; that it was opened goes into the trail.

    Raises NotFound when it is no file of this commitment, Damaged when it was changed.
    """
    commitment = authorize(session, actor, READ_TEXT, COMMITMENTS, ref, now)
    evidence = session.scalars(
        select(Evidence).where(
            Evidence.ref == evidence_ref,
            Evidence.commitment_id == commitment.id,
            sub_resource(Evidence, actor.person_id, now),
        )
    ).one_or_none()
    if evidence is None or evidence.stored_name is None or evidence.wrapped_key is None:
        raise NotFound(evidence_ref)
    content = store.get(evidence.ref, Sealed(evidence.stored_name, evidence.wrapped_key))
    audit(session, actor, DOWNLOAD, COMMITMENTS, commitment, now, evidence=evidence.ref)
    return evidence, content

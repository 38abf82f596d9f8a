"""What the public reads: of each release the version that went out last, and nothing else.

Nobody is asked for here: the one condition of the policy is `PUBLIC`, said of the resource alone.
Everything shown comes from what was kept when it went out, not from the rows inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.releases import Release, ReleaseState, ReleaseVersion
from portal.errors import NotFound
from portal.paging import NewestFirst, Page
from portal.parameters import NOW, REF, ready
from portal.rules import PUBLIC

CURRENT, EARLIER, WITHDRAWN, NONE = "current", "earlier", "withdrawn", "none"
LENGTH_OF_SHA256: Final = 64


@dataclass(frozen=True)
class PublicText:
    """A released text; of one that was withdrawn, the day and the reason, and no content."""

    ref: str
    withdrawn_at: datetime | None
    reason: str
    content: dict[str, Any]
    versions: Sequence[Any]

    @property
    def present(self) -> Any:
        """The version that went out last."""
        return self.versions[-1]


@dataclass(frozen=True)
class Check:
    """What is said of a copy by its SHA-256: to which text it belongs, if to any."""

    answer: str
    ref: str = ""
    version: int = 0
    at: datetime | None = None


def public_list(session: Session, now: datetime, after: str = "") -> Page:
    """A page of what was released, the newest first; withdrawn ones stay where they were."""
    return LISTED.page(session, {NOW.key: now}, after)


def public_text(session: Session, ref: str, now: datetime) -> PublicText:
    """One released text with its versions; raises NotFound for everything else."""
    rows = session.execute(ONE, {REF.key: ref, NOW.key: now}).all()
    if not rows:
        raise NotFound(ref)
    last = rows[-1]
    if last.state == ReleaseState.WITHDRAWN:
        return PublicText(ref, last.ended_at, last.ended_reason, {}, rows)
    content = session.get_one(ReleaseVersion, (last.release_id, last.number)).content
    return PublicText(ref, None, "", dict(content), rows)


def public_file(session: Session, ref: str, now: datetime, *, stix: bool) -> bytes:
    """The file of the present version; raises NotFound where there is none, or it is withdrawn."""
    column = ReleaseVersion.as_stix if stix else ReleaseVersion.as_json
    asked = _present(column).where(Release.ref == ref, Release.state != ReleaseState.WITHDRAWN)
    found = session.scalar(asked, {NOW.key: now})
    if found is None:
        raise NotFound(ref)
    return bytes(found)


def check_copy(session: Session, sha256: str, now: datetime) -> Check:
    """Whether a file is what was released, by its SHA-256; anything else is no released text."""
    typed = "".join(sha256.split()).lower()
    if len(typed) != LENGTH_OF_SHA256:
        return Check(NONE)
    either = or_(ReleaseVersion.json_sha256 == typed, ReleaseVersion.stix_sha256 == typed)
    row = session.execute(COPIES.where(either), {NOW.key: now}).first()
    if row is None:
        return Check(NONE)
    if row.state == ReleaseState.WITHDRAWN:
        return Check(WITHDRAWN, row.ref, row.number, row.ended_at)
    answer = CURRENT if row.number == row.edition else EARLIER
    return Check(answer, row.ref, row.number, row.at)


def _present(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Release)
        .join(ReleaseVersion, ReleaseVersion.release_id == Release.id)
        .where(ReleaseVersion.number == Release.edition, PUBLIC.predicate(Release, None, NOW))
    )


def _versions() -> Any:
    return (
        select(
            Release.ref,
            Release.state,
            Release.edition,
            Release.ended_at,
            Release.ended_reason,
            ReleaseVersion.release_id,
            ReleaseVersion.number,
            ReleaseVersion.at,
            ReleaseVersion.why,
            ReleaseVersion.json_sha256,
            ReleaseVersion.stix_sha256,
        )
        .join(ReleaseVersion, ReleaseVersion.release_id == Release.id)
        .where(PUBLIC.predicate(Release, None, NOW))
    )


COPIES: Final = ready(_versions())
ONE: Final = ready(_versions().where(Release.ref == REF).order_by(ReleaseVersion.number))
LISTED: Final = NewestFirst(
    _present(
        Release.id,
        Release.ref,
        Release.state,
        Release.edition,
        Release.published_at,
        Release.ended_at,
        Release.ended_reason,
        ReleaseVersion.at,
        ReleaseVersion.content,
    ),
    Release.published_at,
    Release.id,
)

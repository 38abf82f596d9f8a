"""Beginning a release from a source or as a joint statement, and editing it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.releases import Release
from models.vocabulary import Tlp
from portal.access import Actor
from portal.errors import TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.releases.parties import (
    add_required,
    parties_chosen,
    unknown_parties,
    write_parties,
)
from portal.releases.sources import column_of, parties_of, source_type
from portal.releases.text import ReleaseText
from portal.rules import DERIVE, DRAFT_RELEASE, EDIT, ORGANISATIONS, RELEASES
from portal.words import N_

ALONE: Final = N_("Choose who signs it with you, or derive it from a source.")


def derive(
    session: Session, actor: Actor, source_ref: str, *, text: ReleaseText, now: datetime
) -> Release:
    """Begin a release from a notice, a claim, a row of harm or minutes; it stays marked as that is.

    Raises NotFound for what is none of these or hidden, Invalid for bad fields.
    """
    resource_type, column = source_type(source_ref)
    with transition(session, actor, DERIVE, resource_type, source_ref, now) as source:
        named: Any = source
        said = {column: named.id, "source_edition": named.edition or 0, "tlp": named.tlp}
        release = _begun(session, actor, DERIVE, named.organisation_id, text, said, now)
        add_required(session, release, parties_of(session, resource_type, source))
        write_parties(session, release, text)
    return release


def draft_release(
    session: Session, actor: Actor, organisation_ref: str, *, text: ReleaseText, now: datetime
) -> Release:
    """Begin a joint statement without a source; raises Invalid where nobody else is to sign."""
    with transition(session, actor, DRAFT_RELEASE, ORGANISATIONS, organisation_ref, now) as home:
        said, alone = {"tlp": Tlp.AMBER_STRICT}, not text.signers - {home.id}
        release = _begun(session, actor, DRAFT_RELEASE, home.id, text, said, now, alone=alone)
        write_parties(session, release, text)
    return release


def _begun(
    session: Session,
    actor: Actor,
    verb: str,
    home_id: int,
    text: ReleaseText,
    said: dict[str, Any],
    now: datetime,
    *,
    alone: bool = False,
) -> Release:
    found = {"signers": ALONE} if alone else {}
    refuse(found | text.problems() | unknown_parties(session, actor, text, {}, now))
    release = draft_of(RELEASES, actor, home_id, now, edition=0, **said)
    _write_into(release, text)
    create(session, actor, verb, RELEASES, release, now)
    return release


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ReleaseText,
    version: int,
    now: datetime,
) -> Release:
    """Change a draft; whoever does is the last hand, and another one confirms.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, RELEASES, ref, now) as release:
        if release.version != version:
            raise TooLate(EDIT)
        kept = parties_chosen(session, release)
        found = text.problems() | unknown_parties(session, actor, text, kept, now)
        if column_of(release) is None and not text.signers - {release.organisation_id}:
            found["signers"] = ALONE
        refuse(found)
        _write_into(release, text)
        write_parties(session, release, text)
        release.author_id, release.changed_at = actor.person_id, now
    return release


def _write_into(release: Release, text: ReleaseText) -> None:
    release.title, release.body = text.title, text.body
    release.marked_words, release.answers = list(text.words), dict(text.answers)

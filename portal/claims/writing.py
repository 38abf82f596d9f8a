"""Drafting and editing a claim, and asking who would see it before anything is saved."""

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claims import Claim
from models.notices import Notice
from portal.access import Actor, authorize, may, visible
from portal.claims.quoted import WIDER, wider_than_quoted
from portal.claims.text import ClaimText, text_of
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.recipients import (
    AudiencePreview,
    RecipientList,
    list_of,
    needs_consent,
    reach_if,
    write_list,
)
from portal.rules import (
    CLAIMS,
    EDIT,
    NOTICES,
    ORGANISATIONS,
    POST_CLAIM,
    READ_LEDGER,
    READ_TEXT,
)
from portal.words import N_

NOWHERE: Final = N_("There is nothing with this reference that you may read.")


def post_claim(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ClaimText,
    to: RecipientList,
    now: datetime,
) -> Claim:
    """Start a claim of an organisation; raises Invalid with a message for each bad field."""
    with transition(session, actor, POST_CLAIM, ORGANISATIONS, organisation_ref, now) as home:
        refuse(problems(session, actor, text, to, now))
        claim = draft_of(CLAIMS, actor, home.id, now, edition=0)
        write_into(session, actor, claim, text, now)
        create(session, actor, POST_CLAIM, CLAIMS, claim, now)
        write_list(session, claim, to, now)
    return claim


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ClaimText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> Claim:
    """Change a draft; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, CLAIMS, ref, now) as claim:
        if claim.version != version:
            raise TooLate(EDIT)
        rewrite(session, actor, claim, text, to, now)
        claim.changed_at = now
    return claim


def rewrite(
    session: Session,
    actor: Actor,
    claim: Claim,
    text: ClaimText,
    to: RecipientList,
    now: datetime,
) -> None:
    """Put text and recipients into a claim that is there; raises Invalid for bad fields."""
    refuse(problems(session, actor, text, to, now, claim))
    write_into(session, actor, claim, text, now)
    write_list(session, claim, to, now)


def problems(
    session: Session,
    actor: Actor,
    text: ClaimText,
    to: RecipientList,
    now: datetime,
    claim: Claim | None = None,
) -> dict[str, str]:
    """What cannot be taken of text and recipients; what `claim` named before may stay."""
    kept, before = (list_of(session, claim), text_of(claim)) if claim else (None, None)
    found = text.problems(now) | to.problems(session, actor, text.tlp, now, kept)
    if text.about_id is not None and text.about_id in to.excepted_organisations:
        found["exceptions"] = N_("The organisation that the claim is about cannot be excluded.")
    if claim is not None and wider_than_quoted(session, claim, text.tlp):
        found["tlp"] = WIDER
    notice, answers = (before.notice_id, before.answers_id) if before else (None, None)
    reads = partial(may, session, actor, READ_TEXT)
    if text.notice_id not in (None, notice) and not reads(NOTICES, text.notice_id, now):
        found["notice"] = NOWHERE
    if text.answers_id not in (None, answers) and not reads(CLAIMS, text.answers_id, now):
        found["answers"] = NOWHERE
    if text.about_id is not None and (before is None or before.about_id != text.about_id):
        seen = visible(ORGANISATIONS, actor, now, ORGANISATIONS.model.id)
        if session.scalar(seen.where(ORGANISATIONS.model.id == text.about_id)) is None:
            found["about"] = N_("An entry of this list is not in the portal.")
    return found


def write_into(
    session: Session, actor: Actor, claim: Claim, text: ClaimText, now: datetime
) -> None:
    """Write the text, and say whether the author of its notice has yet to agree to the marking."""
    text.write_into(claim)
    claim.consent_needed = needs_consent(session, actor, claim, now)


def key_of_claim(session: Session, actor: Actor, ref: str, now: datetime) -> int:
    """The key of a claim by its reference; raises NotFound where the person may not read it."""
    key = session.scalar(visible(CLAIMS, actor, now, Claim.id).where(Claim.ref == ref))
    if key is None:
        raise NotFound(ref)
    return int(key)


def key_of_notice(session: Session, actor: Actor, ref: str, now: datetime) -> int:
    """The same of a notice."""
    key = session.scalar(visible(NOTICES, actor, now, Notice.id).where(Notice.ref == ref))
    if key is None:
        raise NotFound(ref)
    return int(key)


def refs_of(session: Session, claim: Claim) -> tuple[str, str]:
    """The references of the claim that it answers and of the notice that it rests on, or empty."""
    answers = select(Claim.ref).where(Claim.id == claim.answers_id)
    notice = select(Notice.ref).where(Notice.id == claim.notice_id)
    return session.scalar(answers) or "", session.scalar(notice) or ""


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: ClaimText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read this claim if it were published: asked of the policy, nothing is kept."""

    def written() -> Claim:
        return post_claim(session, actor, organisation_ref, text=text, to=to, now=now)

    return reach_if(session, actor, CLAIMS, written, now)


def who_would_see(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ClaimText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read an existing claim if it said this and went to these; nothing is kept."""

    def written() -> Claim:
        claim = authorize(session, actor, READ_LEDGER, CLAIMS, ref, now)
        rewrite(session, actor, claim, text, to, now)
        return claim

    return reach_if(session, actor, CLAIMS, written, now)

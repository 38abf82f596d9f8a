"""What is done with a claim once it is written: put to reply, published, corrected, withdrawn."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from models.claims import Claim, ClaimReply, ClaimVersion
from models.stakeholders import Person
from portal.access import Actor
from portal.claims.text import ClaimText, text_of
from portal.claims.writing import problems, rewrite
from portal.days import day_of, end_of
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.recipients import RecipientList, list_of, needs_consent
from portal.rules import (
    ASK_REPLY,
    CLAIMS,
    CONSENT,
    CORRECT,
    PUBLISH,
    REPLY,
    TAKE_BACK,
    WITHDRAW,
)
from portal.words import N_

SHORTEST: Final = timedelta(days=3)
LONGEST_REPLY: Final = 10_000
WIDER: Final = N_("This is wider than the notice that the claim rests on.")
CHANGED: Final = N_(
    "The claim has been changed in the meantime. Read it, and send your reply again."
)


def ask_reply(session: Session, actor: Actor, ref: str, *, by_on: date, now: datetime) -> Claim:
    """Put a draft to whoever it names or whose notice it rests on, until the end of a day.

    The day is one of the writer's zone. Raises Invalid where it is less than three days away.
    """
    with transition(session, actor, ASK_REPLY, CLAIMS, ref, now) as claim:
        authorize_red(session, actor, CLAIMS, ref, claim.tlp, now)
        zone = session.get_one(Person, actor.person_id).zone
        if by_on < day_of(now + SHORTEST, zone):
            raise Invalid({"by_on": N_("Give them at least three days.")})
        refuse(problems(session, actor, text_of(claim), list_of(session, claim), now, claim))
        claim.asked_at = claim.changed_at = now
        claim.reply_by_at, claim.reply_by_zone = end_of(by_on, zone), zone
    return claim


def reply(
    session: Session, actor: Actor, ref: str, *, text: str, version: int, now: datetime
) -> None:
    """Reply for the organisation that the claim names; it stands beside the claim from then on.

    Raises Invalid when `version`, the one that was replied to, is no longer the present one.
    """
    with transition(session, actor, REPLY, CLAIMS, ref, now) as claim:
        if claim.version != version:
            raise Invalid({"text": CHANGED})
        if not text.strip():
            raise Invalid({"text": N_("Enter some text.")})
        if len(text) > LONGEST_REPLY:
            raise Invalid({"text": N_("This is too long.")})
        session.add(
            ClaimReply(
                claim_id=claim.id,
                organisation_id=claim.about_id,
                by_id=actor.person_id,
                edition=claim.edition,
                text=text,
                at=now,
            )
        )


def consent(session: Session, actor: Actor, ref: str, *, version: int, now: datetime) -> None:
    """Agree for the author of the notice that the claim goes wider than the notice.

    Raises TooLate when `version`, the one that was read, is no longer the present one.
    """
    with transition(session, actor, CONSENT, CLAIMS, ref, now) as claim:
        if claim.version != version:
            raise TooLate(CONSENT)
        claim.consented_tlp = claim.tlp
        claim.consent_needed = False


def take_back(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Make a draft of it again; a reply has to be asked for anew, and a consent too."""
    with transition(session, actor, TAKE_BACK, CLAIMS, ref, now) as claim:
        claim.changed_at = now
        claim.reply_by_at, claim.consented_tlp = None, ""
        claim.consent_needed = needs_consent(session, actor, claim, now)


def publish(session: Session, actor: Actor, ref: str, now: datetime) -> Claim:
    """Open a claim to its readers and notify its recipients; raises Invalid without recipients."""
    with transition(session, actor, PUBLISH, CLAIMS, ref, now) as claim:
        authorize_red(session, actor, CLAIMS, ref, claim.tlp, now)
        to = list_of(session, claim)
        found = problems(session, actor, text_of(claim), to, now, claim)
        if to.empty:
            found["organisations"] = N_("Choose at least one recipient.")
        if needs_consent(session, actor, claim, now):  # the notice may be stricter by now
            found["tlp"] = WIDER
        refuse(found)
        claim.published_at = claim.changed_at = now
        _keep_version(session, actor, claim, "", now)
    return claim


def _keep_version(session: Session, actor: Actor, claim: Claim, why: str, now: datetime) -> None:
    claim.edition += 1
    session.add(
        ClaimVersion(
            claim_id=claim.id,
            number=claim.edition,
            by_id=actor.person_id,
            at=now,
            why=why,
            text=text_of(claim).as_json(),
        )
    )


def correct(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: ClaimText,
    to: RecipientList,
    why: str,
    version: int,
    now: datetime,
) -> Claim:
    """Publish another version; whoever it names is notified, and may reply to it.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields: whom it
    names stays, and what is wider than its notice needs a consent, which is given in another state.
    """
    with transition(session, actor, CORRECT, CLAIMS, ref, now) as claim:
        if claim.version != version:
            raise TooLate(CORRECT)
        authorize_red(session, actor, CLAIMS, ref, text.tlp, now)
        found = {}
        if text.about_id != claim.about_id:
            found["about"] = N_("Whom a published claim names cannot change. Withdraw it instead.")
        if not why.strip():
            found["why"] = N_("Describe the correction in one sentence.")
        refuse(problems(session, actor, text, to, now, claim) | found)
        claim.consented_tlp = ""  # its author agreed to the text as it was
        rewrite(session, actor, claim, text, to, now)
        if claim.consent_needed:
            raise Invalid({"tlp": WIDER})
        claim.changed_at = now
        _keep_version(session, actor, claim, why[:500], now)
    return claim


def withdraw(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Take a claim back: its readers keep the envelope and the reason, not the text."""
    with transition(session, actor, WITHDRAW, CLAIMS, ref, now) as claim:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        claim.ended_at = claim.changed_at = now
        claim.ended_reason = why[:500]

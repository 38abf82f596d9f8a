"""What is done with a row of harm once it is written: published, corrected, withdrawn."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.harm import Harm, HarmVersion
from portal.access import Actor
from portal.errors import Invalid, TooLate, refuse
from portal.harm.text import HarmText, text_of
from portal.harm.writing import problems, rewrite
from portal.ledger import authorize_red, transition
from portal.recipients import RecipientList, list_of, needs_consent
from portal.rules import (
    ASK_CONSENT,
    CONSENT,
    CORRECT,
    HARM,
    PUBLISH,
    TAKE_BACK,
    WITHDRAW,
)
from portal.words import N_

WIDER: Final = N_("This is wider than the notice that it is about.")


def ask_consent(session: Session, actor: Actor, ref: str, now: datetime) -> Harm:
    """Put a draft to the author of its notice, who may agree that it goes wider.

    Raises Invalid for bad fields.
    """
    with transition(session, actor, ASK_CONSENT, HARM, ref, now) as harm:
        authorize_red(session, actor, HARM, ref, harm.tlp, now)
        to = list_of(session, harm)
        refuse(problems(session, actor, text_of(harm), to, now, cited=harm.cited, harm=harm))
        harm.asked_at = harm.changed_at = now
    return harm


def consent(session: Session, actor: Actor, ref: str, *, version: int, now: datetime) -> None:
    """Agree for the author of the notice that the row goes wider than the notice.

    Raises TooLate when `version`, the one that was read, is no longer the present one.
    """
    with transition(session, actor, CONSENT, HARM, ref, now) as harm:
        if harm.version != version:
            raise TooLate(CONSENT)
        harm.consented_tlp, harm.consent_needed = harm.tlp, False


def take_back(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Make a draft of it again; a consent has to be asked for anew."""
    with transition(session, actor, TAKE_BACK, HARM, ref, now) as harm:
        harm.changed_at, harm.consented_tlp = now, ""
        harm.consent_needed = needs_consent(session, actor, harm, now)


def publish(session: Session, actor: Actor, ref: str, now: datetime) -> Harm:
    """Open a draft to its readers and notify them; raises Invalid without recipients."""
    with transition(session, actor, PUBLISH, HARM, ref, now) as harm:
        authorize_red(session, actor, HARM, ref, harm.tlp, now)
        to = list_of(session, harm)
        found = problems(session, actor, text_of(harm), to, now, cited=harm.cited, harm=harm)
        if to.empty:
            found["organisations"] = N_("Choose at least one recipient.")
        if needs_consent(session, actor, harm, now):  # the notice may be stricter by now
            found["tlp"] = WIDER
        refuse(found)
        harm.published_at = harm.changed_at = now
        _keep_version(session, actor, harm, "", now)
    return harm


def _keep_version(session: Session, actor: Actor, harm: Harm, why: str, now: datetime) -> None:
    harm.edition += 1
    session.add(
        HarmVersion(
            harm_id=harm.id,
            number=harm.edition,
            by_id=actor.person_id,
            at=now,
            why=why,
            text=text_of(harm).as_json(),
        )
    )


def correct(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: HarmText,
    to: RecipientList,
    why: str,
    version: int,
    now: datetime,
) -> Harm:
    """Publish another version; raises TooLate for a version that is past, Invalid for fields."""
    with transition(session, actor, CORRECT, HARM, ref, now) as harm:
        if harm.version != version:
            raise TooLate(CORRECT)
        authorize_red(session, actor, HARM, ref, text.tlp, now)
        found = problems(session, actor, text, to, now, cited=harm.cited, harm=harm)
        if not why.strip():
            found["why"] = N_("Describe the correction in one sentence.")
        refuse(found)
        harm.consented_tlp = ""  # its author agreed to the text as it was
        rewrite(session, actor, harm, text, to, now)
        if harm.consent_needed:
            raise Invalid({"tlp": WIDER})
        harm.changed_at = now
        _keep_version(session, actor, harm, why[:500], now)
    return harm


def withdraw(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Take a row back: its readers keep the envelope and the reason, not the figures."""
    with transition(session, actor, WITHDRAW, HARM, ref, now) as harm:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        harm.ended_at = harm.changed_at = now
        harm.ended_reason = why[:500]

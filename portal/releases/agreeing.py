"""From a draft to an agreed text: a second person destroys what is marked, and all agree to it."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.releases import Answer, Part, Release
from portal import precautions
from portal.access import Actor, authorize
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import transition
from portal.releases.parties import answer, names_somebody, signer_refs
from portal.releases.sources import questions_of
from portal.releases.text import Redacted, digest_of, redacted, still_shown, text_of
from portal.rules import (
    CONFIRM,
    CONSENT,
    DECLINE,
    PROPOSE,
    RELEASES,
    REPLY,
    SIGN,
    TAKE_BACK,
)
from portal.words import N_

# Whoever is named and present here has these days to reply, whatever the cooling-off time is.
TO_REPLY: Final = timedelta(days=3)
LONGEST_REPLY: Final = 10_000


def propose(session: Session, actor: Actor, ref: str, now: datetime) -> Release:
    """Hand a draft to a second person; raises Invalid while the do-no-harm check is open."""
    with transition(session, actor, PROPOSE, RELEASES, ref, now) as release:
        found = text_of(release).problems()
        refuse(found | precautions.still_open(questions_of(release), release.answers))
        release.changed_at = now
    return release


def look(session: Session, actor: Actor, ref: str, now: datetime) -> tuple[Release, Redacted]:
    """What a second person confirms: the release, and how it would read without what is marked."""
    release = authorize(session, actor, CONFIRM, RELEASES, ref, now)
    text = text_of(release)
    refuse(still_shown(text))
    return release, redacted(text)


def confirm(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    left: Redacted,
    version: int,
    cooling: timedelta,
    now: datetime,
) -> Release:
    """Destroy what is marked, as another person than the last hand, and ask all whom it concerns.

    `left` is what `look` gave for `version`; raises TooLate when that is no longer the present one.
    """
    with transition(session, actor, CONFIRM, RELEASES, ref, now) as release:
        if release.version != version:
            raise TooLate(CONFIRM)
        release.title, release.body, release.marked_words = left.title, left.body, []
        release.searched = f"{left.title} {left.body}"
        release.digest = digest_of(release, left, signer_refs(session, release))
        wait = max(cooling, TO_REPLY) if names_somebody(session, release) else cooling
        release.cool_until_at = now + wait
        release.asked_at = release.changed_at = now
    return release


def sign(session: Session, actor: Actor, ref: str, *, digest: str, now: datetime) -> None:
    """Sign exactly the text with this digest; raises TooLate where it is no longer the present."""
    with transition(session, actor, SIGN, RELEASES, ref, now) as release:
        _answer(session, actor, release, Answer.AGREED, Part.SIGNS, digest=digest, now=now)


def consent(session: Session, actor: Actor, ref: str, *, digest: str, now: datetime) -> None:
    """Agree that one's words go out in exactly this text; raises TooLate as `sign` does."""
    with transition(session, actor, CONSENT, RELEASES, ref, now) as release:
        _answer(session, actor, release, Answer.AGREED, Part.WORDS, digest=digest, now=now)


def reply(
    session: Session, actor: Actor, ref: str, *, text: str, digest: str, now: datetime
) -> None:
    """Reply in public for the organisation that is named; the reply stands beside the text.

    Raises Invalid where there is none, or the text has been changed meanwhile.
    """
    with transition(session, actor, REPLY, RELEASES, ref, now) as release:
        if not text.strip():
            raise Invalid({"text": N_("Enter some text.")})
        if len(text) > LONGEST_REPLY:
            raise Invalid({"text": N_("This is too long.")})
        if digest != release.digest:
            raise Invalid({"text": N_("The text has been changed in the meantime. Read it again.")})
        _answer(
            session, actor, release, Answer.REPLIED, Part.NAMED, digest=digest, text=text, now=now
        )


def decline(
    session: Session, actor: Actor, ref: str, *, why: str, digest: str, now: datetime
) -> None:
    """Decline to sign or to have one's words released: nothing goes out."""
    with transition(session, actor, DECLINE, RELEASES, ref, now) as release:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        parts = (Part.SIGNS, Part.WORDS)
        _answer(
            session, actor, release, Answer.DECLINED, *parts, digest=digest, text=why[:500], now=now
        )


def _answer(
    session: Session,
    actor: Actor,
    release: Release,
    said: Answer,
    *parts: Part,
    digest: str,
    text: str = "",
    now: datetime,
) -> None:
    if digest != release.digest:
        raise TooLate(said)
    answer(session, actor, release, said, *parts, text=text, now=now)
    # Whoever looks at what is to be released has all answers before their eyes.
    release.changed_at = now
    flag_modified(release, "changed_at")


def take_back(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Make a draft of it again; what was destroyed stays so."""
    with transition(session, actor, TAKE_BACK, RELEASES, ref, now) as release:
        release.changed_at = now

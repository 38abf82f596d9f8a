"""The ladders of releases: an answer is open, the time to reply ends, the cooling-off is over."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.releases import Release, ReleaseState
from models.stakeholders import Organisation, Person
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.db import in_state
from portal.ladders import DAY, Ladder, after, before, seconds
from portal.rules import CONSENT, OPEN_BY_MAIL, READ_TEXT, RELEASE, RELEASES, REPLY, SIGN
from portal.words import N_

AGREEING: Final = (in_state(Release, ReleaseState.AGREEING),)
LADDERS: Final = (
    *(
        Ladder(
            RELEASES,
            verb,
            Release.asked_at,
            seconds(Release.asked_at),
            after(template, 2, 7),
            first=(*AGREEING, Release.asked_at.is_not(None)),
        )
        for verb, template in ((SIGN, "sign-open"), (CONSENT, "consent-open"))
    ),
    Ladder(
        RELEASES,
        REPLY,
        Release.cool_until_at,
        seconds(Release.cool_until_at),
        before("public-reply-soon", 1),
        first=(*AGREEING, Release.cool_until_at.is_not(None)),
        notified_at=Release.asked_at,
        ends=DAY,
    ),
    Ladder(
        RELEASES,
        RELEASE,
        Release.cool_until_at,
        seconds(Release.cool_until_at),
        after("cooled", 0),
        first=(*AGREEING, Release.cool_until_at.is_not(None)),
        notified_at=Release.asked_at,
    ),
)


def email_context(
    session: Session, person: Person, release_id: int, now: datetime
) -> dict[str, object]:
    """What an e-mail about a release may say to this person now: no content above GREEN."""
    release = session.get_one(Release, release_id)
    reader = Actor(person.id, person.name)
    shown = Tlp(release.tlp) in OPEN_BY_MAIL and may(
        session, reader, READ_TEXT, RELEASES, release.id, now
    )
    waits = release.state == ReleaseState.AGREEING
    home = session.get_one(Organisation, release.organisation_id)
    return {
        "ref": release.ref,
        "tlp": release.tlp,
        "organisation": home.name if shown else "",
        "title": release.title if shown else "",
        "due_word": N_("Cooling-off ends"),
        "due_at": release.cool_until_at if waits else None,
        "due_zone": "",
    }

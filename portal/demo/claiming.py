"""Claims in the demo world: those about the public cases, and those about the wiper."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from models.claims import Claim
from models.notices import Notice
from models.vocabulary import Tlp
from portal import claims
from portal.claims import ClaimText
from portal.claims.words import Stance
from portal.days import day_of
from portal.demo.case_claims import Said
from portal.demo.cast import Cast
from portal.norms.shapes import PROJECT, SECONDARY
from portal.recipients import RecipientList

HERON: Final = "Paper Heron"
TELCO, CLOUD, MEDIATOR = "liaison@telco", "liaison@cloud", "mediator@peace"
LIKENESS: Final[dict[str, Any]] = {
    "title": "The wiper shares code with tools of Paper Heron",
    "form": "own-statement",
    "about_sort": "group",
    "about": HERON,
    "body": "Two routines are alike. We name nobody beyond the cluster.",
    "basis": "Samples from three of our servers, compared with two public reports.",
    "evidence": ("tooling", "tradecraft"),
    "scale": "icd-203",
    "confidence": "likely",
    "alternatives": "Somebody else who reuses published code.",
    "considerations": {"escalation": "Both delegations would read it as naming a side."},
    "norms": ("un-gge-2015-b",),
}
DOUBT: Final[dict[str, Any]] = {
    "title": "The likeness of code does not point to one author",
    "stance": Stance.DOUBTS,
    "form": "technical-report",
    "about_sort": "unknown",
    "scale": "admiralty",
    "confidence": "6",
}
NAMED: Final[dict[str, Any]] = {"about_sort": "body", "form": "technical-report"}
WIDER: Final[dict[str, Any]] = {
    "title": "Telco says that the wiper is still spreading",
    "tlp": Tlp.GREEN,
    "claimant": "Telco",
    "source_title": "The notice of Telco",
    "about_sort": "unknown",
    "form": "own-statement",
    "verified": SECONDARY,
}


def claim_case(
    session: Session, cast: Cast, notice: Notice, said: Iterable[Said], when: datetime
) -> None:
    """Enter the claims about a public case, with the response team that keeps the case."""
    analyst, home = cast.actors["analyst@cert"], cast.organisations["cert"]
    everyone = RecipientList(frozenset(one.id for one in cast.organisations.values()))
    made: dict[tuple[str, str], int] = {}
    for one in said:
        text = ClaimText(
            title=one.title,
            tlp=Tlp.CLEAR,
            form=one.form,
            said_on=one.said_on,
            about_sort=one.about_sort,
            verified=one.verified,
            stance=Stance.DENIES if one.denies else Stance.STATES,
            answers_id=made[one.denies] if one.denies else None,
            notice_id=notice.id,
            claimant=one.claimant,
            about=one.about,
            body=one.body,
            source_title=one.source,
        )
        claim = claims.post_claim(session, analyst, home.ref, text=text, to=everyone, now=when)
        claims.publish(session, analyst, claim.ref, when)
        made[one.claimant, one.said_on] = claim.id


def claim_all(session: Session, cast: Cast, wiper: Notice, process_id: int, now: datetime) -> None:
    """Claims about the wiper: two that differ, one put to reply, one that waits for a consent."""
    by, ids = cast.actors, {name: home.id for name, home in cast.organisations.items()}
    since = (now - timedelta(days=7)).date().isoformat()
    table = RecipientList(processes=frozenset({process_id}))

    def post(who: str, days: float, **said: Any) -> Claim:
        whole: dict[str, Any] = {"tlp": Tlp.AMBER_STRICT, "notice_id": wiper.id} | said
        text = ClaimText(**{"said_on": since, "verified": PROJECT} | whole)
        home, when = cast.organisations[who.partition("@")[2]].ref, now - timedelta(days=days)
        return claims.post_claim(session, by[who], home, text=text, to=table, now=when)

    def ask(who: str, claim: Claim, days: float) -> None:
        by_on = day_of(now + timedelta(days=4), by[who].zone)
        when = now - timedelta(days=days)
        claims.ask_reply(session, by[who], claim.ref, by_on=by_on, now=when)

    first = post(TELCO, 7, **LIKENESS)
    claims.publish(session, by[TELCO], first.ref, now - timedelta(days=7))
    doubt = post(CLOUD, 5, answers_id=first.id, **DOUBT)
    claims.publish(session, by[CLOUD], doubt.ref, now - timedelta(days=5))
    served = post(
        TELCO,
        3,
        title="The update was served from a machine at Cloud",
        about_id=ids["cloud"],
        **NAMED,
    )
    ask(TELCO, served, 2)
    ask(MEDIATOR, post(MEDIATOR, 2, **WIDER), 1)
    post(TELCO, 1, title="The bank's payment partner was the way in", about_id=ids["bank"], **NAMED)
    post(
        TELCO,
        1,
        title="A second group uses the same servers",
        about_sort="unknown",
        form="own-statement",
    )

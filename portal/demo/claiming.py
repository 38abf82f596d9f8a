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
    at = cast.organisations
    table = RecipientList(processes=frozenset({process_id}))

    def post(who: str, days: float, to: RecipientList, **said: Any) -> Claim:
        whole: dict[str, Any] = {"tlp": Tlp.AMBER_STRICT, "notice_id": wiper.id} | said
        text = ClaimText(**whole)
        home, when = at[who.partition("@")[2]].ref, now - timedelta(days=days)
        actor = cast.actors[who]
        return claims.post_claim(session, actor, home, text=text, to=to, now=when)

    def ask(who: str, claim: Claim, days: float) -> None:
        actor = cast.actors[who]
        by_on = day_of(now + timedelta(days=4), actor.zone)
        when = now - timedelta(days=days)
        claims.ask_reply(session, actor, claim.ref, by_on=by_on, now=when)

    since = (now - timedelta(days=7)).date().isoformat()
    first = post(
        "liaison@telco",
        7,
        table,
        title="The wiper shares code with tools of Paper Heron",
        form="own-statement",
        said_on=since,
        about_sort="group",
        about=HERON,
        body="Two routines are alike. We name nobody beyond the cluster.",
        basis="Samples from three of our servers, compared with two public reports.",
        evidence=("tooling", "tradecraft"),
        scale="icd-203",
        confidence="likely",
        alternatives="Somebody else who reuses published code.",
        considerations={"escalation": "Both delegations would read it as naming a side."},
        norms=("un-gge-2015-b",),
        verified=PROJECT,
    )
    claims.publish(session, cast.actors["liaison@telco"], first.ref, now - timedelta(days=7))
    doubt = post(
        "liaison@cloud",
        5,
        table,
        title="The likeness of code does not point to one author",
        stance=Stance.DOUBTS,
        answers_id=first.id,
        form="technical-report",
        said_on=(now - timedelta(days=5)).date().isoformat(),
        about_sort="unknown",
        scale="admiralty",
        confidence="6",
        verified=PROJECT,
    )
    claims.publish(session, cast.actors["liaison@cloud"], doubt.ref, now - timedelta(days=5))
    named = {"about_sort": "body", "form": "technical-report", "said_on": since}
    path = post(
        "liaison@telco",
        3,
        table,
        title="The update was served from a machine at Cloud",
        about_id=at["cloud"].id,
        verified=PROJECT,
        **named,
    )
    ask("liaison@telco", path, 2)
    wide = post(
        "mediator@peace",
        2,
        table,
        title="Telco says that the wiper is still spreading",
        tlp=Tlp.GREEN,
        claimant="Telco",
        source_title="The notice of Telco",
        about_sort="unknown",
        form="own-statement",
        said_on=since,
        verified=SECONDARY,
    )
    ask("mediator@peace", wide, 1)
    post(
        "liaison@telco",
        1,
        table,
        title="The bank's payment partner was the way in",
        about_id=at["bank"].id,
        verified=PROJECT,
        **named,
    )
    post(
        "liaison@telco",
        1,
        table,
        title="A second group uses the same servers",
        about_sort="unknown",
        form="own-statement",
        said_on=since,
        verified=PROJECT,
    )

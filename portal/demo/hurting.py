"""Harm in the demo world: that of the public cases, and what the wiper did to two companies."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.notices import Notice
from models.vocabulary import Tlp
from portal import harm
from portal.demo.case_harm import Hurt
from portal.demo.cast import Cast
from portal.harm import Amount, HarmText
from portal.norms.shapes import PROJECT, SECONDARY
from portal.recipients import RecipientList


def hurt_case(
    session: Session,
    cast: Cast,
    notice: Notice,
    rows: Iterable[Hurt],
    began: str,
    when: datetime,
) -> None:
    """Enter the harm of a public case, which `began` on a day; nobody said how long it lasted."""
    mediator, home = cast.actors["mediator@peace"], cast.organisations["peace"]
    everyone = RecipientList(frozenset(one.id for one in cast.organisations.values()))
    for row in rows:
        text = HarmText(
            title=row.title,
            tlp=Tlp.CLEAR,
            category=row.category,
            verified=row.verified,
            amount=row.amount,
            holds_others=row.holds_others,
            who=row.who,
            country=row.country,
            sector=row.sector,
            reached_as=row.reached_as,
            from_on=began,
            flags=row.flags,
            body=row.body,
            notice_id=notice.id,
            said_by=row.said_by,
            said_on=row.said_on,
            source_title=row.source,
        )
        made = harm.cite_harm(session, mediator, home.ref, text=text, to=everyone, now=when)
        harm.publish(session, mediator, made.ref, when)


def hurt_all(session: Session, cast: Cast, wiper: Notice, process_id: int, now: datetime) -> None:
    """What the wiper did: a range of Telco's, something not known, and a figure from the press."""
    table = RecipientList(processes=frozenset({process_id}))
    telco, at = cast.actors["liaison@telco"], cast.organisations
    since, when = (now - timedelta(days=10)).date().isoformat(), now - timedelta(days=6)
    own = (
        ("Servers wiped", Amount(lower=40, upper=55, unit="servers"), "physical-digital"),
        ("Customers without service", Amount(unit="customers"), "social-societal"),
    )
    for title, amount, category in own:
        text = HarmText(
            title=title,
            tlp=Tlp.AMBER_STRICT,
            category=category,
            verified=PROJECT,
            amount=amount,
            sector="digital-infrastructure",
            reached_as="spread",
            from_on=since,
            notice_id=wiper.id,
        )
        row = harm.state_harm(session, telco, at["telco"].ref, text=text, to=table, now=when)
        harm.publish(session, telco, row.ref, when)
    mediator = cast.actors["mediator@peace"]
    cited = HarmText(
        title="Servers wiped at a carrier across the border",
        tlp=Tlp.AMBER_STRICT,
        category="physical-digital",
        verified=SECONDARY,
        amount=Amount(lower=20, unit="servers"),
        who="A carrier",
        reached_as="spread",
        from_on=since,
        flags=("cross-border",),
        notice_id=wiper.id,
        said_by="A regional newspaper",
        said_on=(now - timedelta(days=7)).date().isoformat(),
        source_title="The newspaper's page of that day",
    )
    row = harm.cite_harm(session, mediator, at["peace"].ref, text=cited, to=table, now=when)
    harm.publish(session, mediator, row.ref, when)
    _ask_for_more(session, cast, cited, table, when)
    draft = HarmText(
        title="Hours of repair",
        tlp=Tlp.AMBER_STRICT,
        category="economic",
        verified=PROJECT,
        amount=Amount(best=900, unit="hours"),
    )
    harm.state_harm(session, telco, at["telco"].ref, text=draft, to=table, now=when)


def _ask_for_more(
    session: Session, cast: Cast, cited: HarmText, to: RecipientList, when: datetime
) -> None:
    """The same, to go wider than the notice of Telco, which has to agree."""
    mediator, home = cast.actors["mediator@peace"], cast.organisations["peace"].ref
    text = replace(cited, title="Servers wiped, as the press may know", tlp=Tlp.GREEN)
    row = harm.cite_harm(session, mediator, home, text=text, to=to, now=when)
    harm.ask_consent(session, mediator, row.ref, when)

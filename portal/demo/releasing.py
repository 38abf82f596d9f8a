"""Public texts in the demo world: cases for study, a correction, a withdrawal, joint statements."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claims import Claim
from models.notices import Notice
from models.releases import Release
from models.vocabulary import Tlp
from portal import claims, releases
from portal.claims import ClaimText
from portal.days import day_of
from portal.demo.cases import NOTPETYA, WANNACRY
from portal.demo.cast import Cast
from portal.exchange.released import files_of
from portal.norms.shapes import PROJECT
from portal.recipients import RecipientList
from portal.releases import ReleaseText

ANALYST, DUTY = "analyst@cert", "colleague@cert"
TELCO, COLLEAGUE, CLOUD, MEDIATOR = (
    "liaison@telco",
    "colleague@telco",
    "liaison@cloud",
    "mediator@peace",
)
SERVED: Final = "A machine at Cloud served the update for two days"
COOLING: Final = timedelta(days=1)
CHECKED: Final = {
    "at_risk": "Nobody: all of it is public already.",
    "harmed": "Those who were harmed have spoken in public.",
    "repeat": "No: it names no technique that is not long known.",
    "escalation": "Each claim is shown as a claim, and denials stand beside it.",
    "mediation": "None that is under way.",
}
# Of an operation also what nobody meant.
OF_OPERATION: Final = {
    **CHECKED,
    "depends_on": "Patients, and whoever ships by sea: our own reading of the figures.",
    "suppliers": "Not known beyond what is public.",
    "spreading": "It did, by itself, as press says that is named in the text.",
    "hospitals": "Yes. Only figures of their own auditors are named.",
    "humanitarian": "Not known.",
    "emergency": "Departments diverted some patients in one case, as press says of those auditors.",
}
STATEMENT: Final = ReleaseText(
    title="Joint statement on the wiper",
    body="A wiper spread from the update of an accounting program.\n\n"
    "We share what we find within a day, and we leave response teams alone. "
    "We name nobody before the facts are checked.",
    answers=CHECKED,
)


def release_all(session: Session, cast: Cast, now: datetime) -> None:
    """Two cases that are out, one of them corrected; a withdrawn one; and some on their way."""
    for days, case in ((18, WANNACRY), (17, NOTPETYA)):
        notice = session.scalars(select(Notice).where(Notice.title == case.title)).one()
        made = _derived(session, cast, notice.ref, now - timedelta(days=days))
        _out(session, cast, made, now - timedelta(days=days - 2))
    _correct(session, cast, made, now - timedelta(days=9))
    claim = session.scalars(select(Claim).where(Claim.about == "TeleBots / Sandworm")).first()
    if claim is not None:
        early = _derived(session, cast, claim.ref, now - timedelta(days=12))
        _out(session, cast, early, now - timedelta(days=10))
        why = "The source was read wrongly. A corrected text will follow."
        when = now - timedelta(days=8)
        releases.withdraw(session, cast.actors[ANALYST], early.ref, why=why, now=when)
    _joint(session, cast, now)


def _derived(session: Session, cast: Cast, ref: str, when: datetime) -> Release:
    analyst = cast.actors[ANALYST]
    said = session.scalars(select(Notice).where(Notice.ref == ref)).one_or_none()
    if said is not None:
        text = ReleaseText(said.title, f"{said.summary}\n\n{said.body}", answers=OF_OPERATION)
    else:
        claim = session.scalars(select(Claim).where(Claim.ref == ref)).one()
        body = f"{claim.claimant} says so, {claim.said_on}. This is a claim, not a finding."
        text = ReleaseText(claim.title, body, answers=OF_OPERATION)
    made = releases.derive(session, analyst, ref, text=text, now=when)
    confirm_release(session, cast, made, ANALYST, DUTY, when)
    return made


def confirm_release(
    session: Session, cast: Cast, made: Release, first: str, second: str, when: datetime
) -> None:
    """Propose a text as the one and confirm it as the other."""
    releases.propose(session, cast.actors[first], made.ref, when)
    found, left = releases.look(session, cast.actors[second], made.ref, when)
    releases.confirm(
        session,
        cast.actors[second],
        made.ref,
        left=left,
        version=found.version,
        cooling=COOLING,
        now=when,
    )


def _out(session: Session, cast: Cast, made: Release, when: datetime, by: str = ANALYST) -> None:
    actor = cast.actors[by]
    going = releases.outgoing(session, actor, made.ref, when)
    files = files_of(going.content)
    releases.release(session, actor, made.ref, going=going, files=files, now=when)


def _correct(session: Session, cast: Cast, made: Release, when: datetime) -> None:
    analyst = cast.actors[ANALYST]
    why = "It now says which figures come from one source alone."
    draft = releases.correct(session, analyst, made.ref, why=why, now=when)
    text = releases.text_of(draft)
    more = replace(text, body=f"{text.body}\n\nSome figures come from one source alone.")
    releases.edit(session, analyst, made.ref, text=more, version=draft.version, now=when)
    confirm_release(session, cast, draft, ANALYST, DUTY, when)
    _out(session, cast, draft, when + timedelta(days=2))


def _joint(session: Session, cast: Cast, now: datetime) -> None:
    # One that two have signed, one that waits for a second person, and a draft with marks.
    by, at = cast.actors, cast.organisations
    home, when = at["telco"].ref, now - timedelta(days=3)
    signers = frozenset({at["cloud"].id, at["peace"].id})
    text = replace(STATEMENT, signers=signers)
    made = releases.draft_release(session, by[TELCO], home, text=text, now=when)
    confirm_release(session, cast, made, TELCO, COLLEAGUE, when)
    for name in (TELCO, MEDIATOR):
        releases.sign(session, by[name], made.ref, digest=made.digest, now=when)
    cloud = frozenset({at["cloud"].id})
    asked = replace(text, title="Joint statement on response teams", signers=cloud)
    second = releases.draft_release(session, by[TELCO], home, text=asked, now=when)
    releases.propose(session, by[TELCO], second.ref, when)
    marked = replace(
        asked,
        title="What we know of the wiper",
        body="It came with an update of [[the accounting program]].",
        answers={},
    )
    releases.draft_release(session, by[TELCO], home, text=marked, now=now - timedelta(days=1))
    _on_their_way(session, cast, now)


def _on_their_way(session: Session, cast: Cast, now: datetime) -> None:
    # One that waits for a consent, one for a reply of whom it names, and one that can go out.
    by, at = cast.actors, cast.organisations
    own = select(Notice).where(Notice.organisation_id == at["telco"].id, Notice.state == "open")
    wiper, bank = session.scalars(own).one(), frozenset({at["bank"].id})
    for title, days, asked, source in (
        ("What the bank saw of the wiper", 1, bank, wiper.ref),
        ("Five servers are back in service", 2, frozenset[int](), wiper.ref),
        (SERVED, 1, frozenset[int](), _about_cloud(session, cast, now)),
    ):
        text = ReleaseText(title, f"{title}.", answers=OF_OPERATION, sources=asked)
        when = now - timedelta(days=days)
        made = releases.derive(session, by[TELCO], source, text=text, now=when)
        confirm_release(session, cast, made, TELCO, COLLEAGUE, when)


def _about_cloud(session: Session, cast: Cast, now: datetime) -> str:
    # A claim that Cloud has replied to, inside; it may reply to the public text as well.
    by, at, when = cast.actors, cast.organisations, now - timedelta(days=5)
    text = ClaimText(
        title=SERVED,
        tlp=Tlp.GREEN,
        form="technical-report",
        said_on=when.date().isoformat(),
        about_sort="body",
        about_id=at["cloud"].id,
        verified=PROJECT,
    )
    to = RecipientList(organisations=frozenset({at["peace"].id}))
    home = at["telco"].ref
    claim = claims.post_claim(session, by[TELCO], home, text=text, to=to, now=when)
    by_on = day_of(when + timedelta(days=4), by[TELCO].zone)
    claims.ask_reply(session, by[TELCO], claim.ref, by_on=by_on, now=when)
    words = "We cut the machine off within an hour of being told."
    version = claim.version
    claims.reply(session, by[CLOUD], claim.ref, text=words, version=version, now=when)
    claims.publish(session, by[TELCO], claim.ref, when)
    return claim.ref

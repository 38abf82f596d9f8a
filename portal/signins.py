"""The service for sign-ins: begun, seen, listed, ended; and identities bound by invitation."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.offers import Offer
from models.office import Office
from models.signins import LogoutToken, SignIn
from models.stakeholders import (
    Identity,
    Invitation,
    Organisation,
    Person,
    Standing,
)
from portal.access import Actor
from portal.consent import accept_by_key, decline_by_key
from portal.errors import Invalid, NotFound, Refused
from portal.ledger import audit
from portal.parameters import at_most
from portal.presence import Limits, key_hash
from portal.rules import OFFICE, PEOPLE
from portal.words import N_

SIGN_IN, SIGN_OUT, ACCEPT = "sign-in", "sign-out", "accept-invitation"
SIGN_IN_REFUSED = "sign-in-refused"
ERASED: Final = ""
SHOWN: Final = 20  # of one's own sign-ins
REPLAYED: Final = timedelta(hours=1)  # for longer than the minutes that a logout token is good for


@dataclass(frozen=True)
class Proof:
    """What a provider proved: who signed in there, how, and in which of its sessions."""

    provider: str
    issuer: str
    subject: str
    id_token: str
    sid: str | None = None
    acr: str | None = None
    auth_time: datetime | None = None


def begin(session: Session, proof: Proof, agent: str, limits: Limits, now: datetime) -> str:
    """Begin a sign-in for the person bound to (issuer, subject); gives back the cookie's key.

    Raises Refused when nobody active is bound: a mail address alone never binds.
    """
    person = session.scalars(
        select(Person)
        .join(Identity, Identity.person_id == Person.id)
        .where(Identity.issuer == proof.issuer, Identity.subject == proof.subject)
    ).one_or_none()
    if person is None or person.state != Standing.ACTIVE:
        raise Refused(SIGN_IN)
    _forget_tokens(session, person.id, limits, now)
    key = secrets.token_urlsafe(32)
    row = SignIn(
        key_hash=key_hash(key),
        person_id=person.id,
        provider=proof.provider,
        issuer=proof.issuer,
        subject=proof.subject,
        sid=proof.sid,
        acr=proof.acr,
        id_token=proof.id_token,
        auth_time=proof.auth_time,
        agent=agent[:200],
        began_at=now,
        seen_at=now,
    )
    session.add(row)
    session.flush()
    audit(session, Actor(person.id, person.name, signin_id=row.id), SIGN_IN, PEOPLE, person, now)
    return key


def _forget_tokens(session: Session, person_id: int, limits: Limits, now: datetime) -> None:
    # What the provider said of somebody serves to sign out there, and nothing once that is over:
    # most sign-ins end with a browser that is closed, of which nobody hears.
    over = or_(
        SignIn.ended_at.is_not(None),
        SignIn.seen_at <= now - limits.idle,
        SignIn.began_at <= now - limits.longest,
    )
    theirs = update(SignIn).where(SignIn.person_id == person_id, SignIn.id_token != ERASED, over)
    session.execute(theirs.values(id_token=ERASED))


def note_refused(session: Session, provider: str, why: str, now: datetime) -> None:
    """Put a refused sign-in into the trail: at which provider and for what sort of doubt."""
    office = session.scalars(select(Office)).one()
    audit(session, None, SIGN_IN_REFUSED, OFFICE, office, now, provider=provider, why=why)


def end(session: Session, actor: Actor, signin_id: int, now: datetime) -> SignIn:
    """End one of one's own sign-ins; raises NotFound when it is somebody else's or over."""
    row = session.scalars(
        select(SignIn).where(
            SignIn.id == signin_id,
            SignIn.person_id == actor.person_id,
            SignIn.ended_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound("sign-in")
    row.ended_at = now
    audit(session, actor, SIGN_OUT, PEOPLE, session.get_one(Person, actor.person_id), now)
    return row


def end_others(session: Session, actor: Actor, limits: Limits, now: datetime) -> int:
    """End all one's own live sign-ins but this one; gives back how many there were."""
    others = select(SignIn).where(SignIn.id != actor.signin_id, *_live(actor, limits, now))
    rows = session.scalars(others).all()
    person = session.get_one(Person, actor.person_id)
    for row in rows:
        row.ended_at = now
        audit(session, actor, SIGN_OUT, PEOPLE, person, now)
    return len(rows)


def mine(session: Session, actor: Actor, limits: Limits, now: datetime) -> list[Any]:
    """One's own live sign-ins, newest first: those that are shown, and one more."""
    rows = session.execute(
        select(SignIn.id, SignIn.provider, SignIn.agent, SignIn.began_at, SignIn.seen_at)
        .where(*_live(actor, limits, now))
        .order_by(SignIn.began_at.desc(), SignIn.id.desc())
        .limit(at_most(SHOWN + 1))
    )
    return list(rows)


def _live(actor: Actor, limits: Limits, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignIn.person_id == actor.person_id,
        SignIn.ended_at.is_(None),
        SignIn.seen_at > now - limits.idle,
        SignIn.began_at > now - limits.longest,
    )


def end_by_provider(
    session: Session, issuer: str, *, sid: str | None, subject: str | None, jti: str, now: datetime
) -> int:
    """End sign-ins because the provider says so (OpenID Connect Back-Channel Logout 1.0, 2.4).

    Gives back how many ended; raises Refused when the token was used before.
    """
    session.execute(delete(LogoutToken).where(LogoutToken.used_at < now - REPLAYED))
    try:
        with session.begin_nested():
            session.add(LogoutToken(issuer=issuer, jti=jti, used_at=now))
    except IntegrityError as replayed:
        raise Refused(SIGN_OUT) from replayed
    matching = SignIn.sid == sid if sid else SignIn.subject == subject
    rows = session.scalars(
        select(SignIn).where(SignIn.issuer == issuer, matching, SignIn.ended_at.is_(None))
    ).all()
    for row in rows:
        row.ended_at = now
        person = session.get_one(Person, row.person_id)
        audit(session, None, SIGN_OUT, PEOPLE, person, now, by="provider")
    return len(rows)


def invited_person(
    session: Session, key: str, now: datetime
) -> tuple[Invitation, Person, Offer | None]:
    """The open invitation with this key; raises Invalid saying what is wrong with it.

    Somebody who is here already is led to their offer: a key does nothing in their name.
    """
    row = session.execute(
        select(Invitation, Person, Offer)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Offer, Offer.id == Invitation.offer_id)
        .where(Invitation.key_hash == key_hash(key))
    ).one_or_none()
    known = (Standing.INVITED, Standing.ACTIVE)
    gone = N_("This invitation is not valid: it was used, replaced or never existed.")
    if row is None:
        raise Invalid({"key": gone})
    invitation, person, offer = row
    if invitation.revoked_at or invitation.accepted_at or person.state not in known:
        raise Invalid({"key": gone})
    if invitation.expires_at <= now:
        raise Invalid({"key": N_("This invitation has expired; ask for a new one.")})
    return invitation, person, offer


@dataclass(frozen=True)
class Invited:
    """What the page behind the key of an e-mail says."""

    is_new: bool
    ref: str
    name: str
    tie: str
    role: str
    organisation: str


def invitation_with(session: Session, key: str, now: datetime) -> Invited:
    """The open invitation with this key, for its page; raises what `invited_person` raises."""
    _row, person, offer = invited_person(session, key, now)
    if offer is None:
        return Invited(person.state == Standing.INVITED, "", person.name, "", "", "")
    home = session.get(Organisation, offer.organisation_id or 0)
    return Invited(
        person.state == Standing.INVITED,
        offer.ref,
        offer.name,
        offer.tie,
        offer.role or "",
        home.name if home else "",
    )


def _new_person(
    session: Session, key: str, now: datetime
) -> tuple[Invitation, Person, Offer | None]:
    found = invited_person(session, key, now)
    if found[1].state != Standing.INVITED:
        raise Invalid(
            {"key": N_("You already have access: sign in, and respond on your first page.")}
        )
    return found


def accept(session: Session, key: str, proof: Proof, now: datetime) -> str:
    """Bind what the provider proved to the invited person, who is then active.

    Gives the reference of the offer where it still waits for training, which is required first.

    Raises Invalid when the invitation is no longer open or the identity is bound to somebody, and
    TooLate when the offer is answered or withdrawn.
    """
    invitation, person, offer = _new_person(session, key, now)
    bound = select(Identity.id).where(
        Identity.issuer == proof.issuer, Identity.subject == proof.subject
    )
    if session.scalar(bound) is not None:
        raise Invalid({"key": N_("This sign-in already belongs to another person in this portal.")})
    session.add(
        Identity(person_id=person.id, issuer=proof.issuer, subject=proof.subject, bound_at=now)
    )
    invitation.accepted_at = now
    person.state = Standing.ACTIVE
    if offer is not None:
        person.name = offer.name
    session.flush()
    accepted = offer is None or accept_by_key(session, person, offer, now)
    session.flush()
    audit(session, Actor(person.id, person.name), ACCEPT, PEOPLE, person, now)
    return "" if accepted or offer is None else offer.ref


def decline(session: Session, key: str, now: datetime) -> None:
    """Decline an invitation without becoming anybody here; raises what `accept` raises."""
    _invitation, person, offer = _new_person(session, key, now)
    if offer is not None:
        decline_by_key(session, person, offer, now)

"""How things of the demo world ended: closed, withdrawn, cancelled, concluded, declined."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Step
from models.dialogues import Dialogue
from models.processes import Process
from models.vocabulary import Certainty, Pap, Tlp
from portal import claims, commitments, contacts, dialogues, exercises, harm, notices, releases
from portal.claims import ClaimText
from portal.commitments import Said
from portal.demo.cast import Cast
from portal.demo.exercising import plan_for_later
from portal.demo.host import Host
from portal.demo.minutes import ADOPTED
from portal.demo.promises import Teller
from portal.demo.releasing import COLLEAGUE, STATEMENT, confirm_release
from portal.dialogues import Picked
from portal.harm import Amount, HarmText
from portal.norms.shapes import PROJECT
from portal.notices import NoticeText
from portal.recipients import RecipientList
from portal.store import Store

TELCO, CLOUD, ANALYST, MEDIATOR = (
    "liaison@telco",
    "liaison@cloud",
    "analyst@cert",
    "mediator@peace",
)
SHORT: Final = (("Which repairs are done", 20), ("Whom to call on Sunday", 10))
MAILBOXES: Final = NoticeText(
    title="Sign-in attempts at hosted mailboxes of field offices",
    tlp=Tlp.AMBER,
    pap=Pap.GREEN,
    kind="intrusion-attempts",
    severity="low",
    course="over",
    stage="final",
    summary="Passwords from an old leak were tried at forty mailboxes; none was opened.",
    body="All forty have new passwords and a second factor. Nothing was seen for a week.",
    sectors=("ict-services",),
    countries=("IE",),
)
SAMPLE: Final = NoticeText(
    title="A second update server serves the same package",
    tlp=Tlp.AMBER_STRICT,
    pap=Pap.AMBER,
    kind="malicious-code",
    severity="high",
    course="ongoing",
    stage="early",
    summary="A sample came from another address than the one that is known.",
    body="Block the address until more is known.",
    sectors=("digital-infrastructure",),
    countries=("FI",),
)


def end_some(session: Session, cast: Cast, process: Process, store: Store, now: datetime) -> None:
    """Let some things be over, each for a reason that its people know."""
    host, tell = Host(session, cast, process.ref, now), Teller(session, cast, process, store, now)
    _end_notices(host)
    _end_dialogues(host)
    _end_commitments(tell)
    _withdraw_a_claim_and_harm(host, process.id)
    _decline_to_sign(host)
    _cancel_an_exercise(host)
    _retire_a_contact(host)


def _end_notices(host: Host) -> None:
    by, at, session = host.cast.actors, host.cast.organisations, host.session
    to = RecipientList(organisations=frozenset({at["telco"].id, at["peace"].id}))
    seen = replace(MAILBOXES, detected_at=host.at(-14), detected_certainty=Certainty.EXACT)
    over = notices.post_notice(
        session, by[CLOUD], at["cloud"].ref, text=seen, to=to, now=host.at(-13)
    )
    notices.publish(session, by[CLOUD], over.ref, host.at(-13))
    for name in (TELCO, MEDIATOR):
        notices.read(session, by[name], over.ref, host.at(-12.5))
        notices.acknowledge(session, by[name], over.ref, host.at(-12.5))
    why = "All forty mailboxes are secured, and no further attempt was seen for a week."
    notices.close(session, by[CLOUD], over.ref, why=why, now=host.at(-6))
    wrong = notices.post_notice(
        session, by[ANALYST], at["cert"].ref, text=SAMPLE, to=to, now=host.at(-7)
    )
    notices.publish(session, by[ANALYST], wrong.ref, host.at(-7))
    why = "The sample came from a laboratory. There is no second server."
    notices.withdraw(session, by[ANALYST], wrong.ref, why=why, now=host.at(-6.5))


def _end_dialogues(host: Host) -> None:
    session = host.session
    # Its minutes are adopted, so it needs no reason.
    over = session.scalars(select(Dialogue.ref).where(Dialogue.title == ADOPTED)).one()
    dialogues.conclude(session, host.actor, over, why="", now=host.at(-1.5))
    called = host.prepared(
        "Who speaks to the press", 7, SHORT, purpose="One voice for both sides in public."
    )
    picked = Picked(local=host.local(3, 11))
    dialogues.convene(session, host.actor, called.ref, picked=picked, now=host.at(-6))
    why = (
        "Both delegations settle it under what is said in public. No meeting of its own is needed."
    )
    dialogues.cancel(session, host.actor, called.ref, why=why, now=host.at(-2))
    # Held, and its minutes are still to be started.
    host.held("Call on the state of the repair", 2, SHORT, purpose="Half an hour, by telephone.")


def _end_commitments(tell: Teller) -> None:
    session, by = tell.session, tell.cast.actors
    asked = tell.draft(
        "telco", "cloud", "cert", 10,
        title="Telco sees the logs of all tenants of Cloud",
        how_known="Telco has had access for a day.",
        theme="notice-contacts",
        due_on=tell.day(10),
    )  # fmt: skip
    tell.propose("telco", asked, 9.9)
    why = "Logs of tenants belong to them. We can ask those who are affected."
    commitments.decline(session, by[CLOUD], asked.ref, why=why, now=tell.at(9))
    moot = tell.agreed(
        "cloud", "telco", "cert", 12,
        title="A spare line for the field offices",
        how_known="A test call on the spare line.",
        theme="notice-contacts",
        due_on=tell.day(12),
    )  # fmt: skip
    why = "The old lines work again since Tuesday."
    commitments.ask_release(session, by[CLOUD], moot.ref, why=why, now=tell.at(4))
    commitments.release(session, by[TELCO], moot.ref, tell.at(3))
    missed = tell.agreed(
        "telco", "cloud", "cert", 13,
        title="The old update server is off the network",
        how_known="The response team reaches it at no address.",
        theme="supply-chain",
        due_on=tell.day(-6),
    )  # fmt: skip
    tell.report("telco", missed, 6.5, Step.INTERMEDIATE, "It is off at two of three sites.")
    said = Said(Step.INTERMEDIATE, "It still answered at the third site, a day after the date.")
    commitments.declare_unmet(session, by[ANALYST], missed.ref, said=said, now=tell.at(5))
    _never_agreed(tell)


def _never_agreed(tell: Teller) -> None:
    # One that nobody answered in time, and one that was withdrawn before it was answered.
    session, by = tell.session, tell.cast.actors
    unanswered = tell.draft(
        "cloud", "telco", "peace", 9,
        title="Joint exercises every quarter",
        how_known="An exercise took place in each quarter.",
        theme="notice-contacts",
        due_on=tell.day(80),
    )  # fmt: skip
    tell.propose("cloud", unanswered, 8.9, answer=3)
    early = tell.draft(
        "telco", "cloud", "cert", 6,
        title="Telco publishes the addresses of all its machines",
        how_known="The list is public.",
        theme="disclosure",
        due_on=tell.day(15),
    )  # fmt: skip
    tell.propose("telco", early, 5.9)
    why = "Such a list would help whoever attacks. We look for another way."
    commitments.withdraw(session, by[TELCO], early.ref, why=why, now=tell.at(5.5))
    commitments.apply_due_transitions(session, unanswered.ref, tell.at(4.8))


def _withdraw_a_claim_and_harm(host: Host, process_id: int) -> None:
    telco, home = host.cast.actors[TELCO], host.cast.organisations["telco"].ref
    table = RecipientList(processes=frozenset({process_id}))
    since = host.at(-8).date().isoformat()
    text = ClaimText(
        title="The wiper was started from inside a field office",
        tlp=Tlp.AMBER_STRICT,
        form="own-statement",
        said_on=since,
        about_sort="unknown",
        verified=PROJECT,
        body="An account of the office was used first.",
    )
    claim = claims.post_claim(host.session, telco, home, text=text, to=table, now=host.at(-8))
    claims.publish(host.session, telco, claim.ref, host.at(-8))
    why = "The account was stolen before. Nobody of the office took part."
    claims.withdraw(host.session, telco, claim.ref, why=why, now=host.at(-7))
    lost = HarmText(
        title="Salary files lost for good",
        tlp=Tlp.AMBER_STRICT,
        category="economic",
        verified=PROJECT,
        amount=Amount(best=3, unit="files"),
        from_on=since,
    )
    row = harm.state_harm(host.session, telco, home, text=lost, to=table, now=host.at(-8))
    harm.publish(host.session, telco, row.ref, host.at(-8))
    why = "A copy of all three was found. Nothing is lost."
    harm.withdraw(host.session, telco, row.ref, why=why, now=host.at(-5))


def _decline_to_sign(host: Host) -> None:
    by, at, when = host.cast.actors, host.cast.organisations, host.at(-5)
    text = replace(
        STATEMENT,
        title="Joint statement on the repair",
        body="The offices work again. We thank those who helped.",
        signers=frozenset({at["cloud"].id}),
    )
    made = releases.draft_release(host.session, by[TELCO], at["telco"].ref, text=text, now=when)
    confirm_release(host.session, host.cast, made, TELCO, COLLEAGUE, when)
    why = "Some of our tenants are still cut off. We sign when they are back."
    releases.decline(
        host.session, by[CLOUD], made.ref, why=why, digest=made.digest, now=host.at(-4)
    )


def _cancel_an_exercise(host: Host) -> None:
    planned = plan_for_later(host.session, host.cast, "Night call of all contact points", host.now)
    why = "The repair needs everybody that week."
    mediator = host.cast.actors[MEDIATOR]
    exercises.cancel(host.session, mediator, planned.ref, why=why, now=host.at(-3))


def _retire_a_contact(host: Host) -> None:
    by, home = host.cast.actors["liaison@bank"], host.cast.organisations["bank"]
    text = contacts.ContactText(
        purpose="technical",
        label="Payment gateway desk",
        tlp=Tlp.AMBER,
        email="gateway@bank.example",
        zone=home.zone,
        round_the_clock=True,
        languages=("en",),
    )
    to = RecipientList(organisations=frozenset({host.cast.organisations["peace"].id}))
    desk = contacts.add_contact(host.session, by, home.ref, text=text, to=to, now=host.at(-25))
    contacts.publish(host.session, by, desk.ref, host.at(-25))
    contacts.retire(host.session, by, desk.ref, host.at(-4))

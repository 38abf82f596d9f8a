"""What happens in the demo world: a wiper spreads from an accounting update."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.notices import Notice
from models.processes import Process
from models.vocabulary import Tlp
from portal import coverage, notices, processes, stakeholders
from portal.access import Actor
from portal.demo.absence import go_on_leave
from portal.demo.agreeing import agree_to_all, appoint_admins, decline_some, leave_open
from portal.demo.case_claims import NOTPETYA_CLAIMS, WANNACRY_CLAIMS
from portal.demo.case_harm import NOTPETYA_HARM, WANNACRY_HARM
from portal.demo.cases import NOTPETYA, NOTPETYA_NORMS, WANNACRY, WANNACRY_NORMS
from portal.demo.cast import Cast, plant_cast, plant_colleague, plant_parties
from portal.demo.checks import check_readiness
from portal.demo.claiming import claim_all, claim_case
from portal.demo.directory import keep_directory
from portal.demo.endings import end_some
from portal.demo.exercising import exercise_all
from portal.demo.hurting import hurt_all, hurt_case
from portal.demo.pledging import pledge
from portal.demo.promises import promise_all
from portal.demo.releasing import release_all
from portal.demo.talks import talk
from portal.demo.texts import (
    PROCESS,
    WIPER_TIES,
    forgotten_text,
    hosting_text,
    payments_text,
    wiper_text,
)
from portal.demo.training import train
from portal.demo.watching import watch
from portal.notices import NoticeText
from portal.recipients import RecipientList
from portal.rules import NOTICES
from portal.sealing import Sealer
from portal.store import Store


def plant(session: Session, issuer: str, store: Store, sealer: Sealer, now: datetime) -> None:
    """Bring in the cast and tell the story, ending now."""
    cast = plant_cast(session, issuer, now - timedelta(days=30))
    parties = plant_parties(session, cast, now - timedelta(days=29))
    plant_colleague(session, cast, now - timedelta(days=29))
    appoint_admins(session, cast, now - timedelta(days=28))
    by, at = cast.actors, cast.organisations
    stakeholders.set_clients(
        session,
        by["steward@portal"],
        at["cloud"].ref,
        client_ids={at["bank"].id},
        now=now - timedelta(days=27),
    )
    group = stakeholders.form_group(
        session,
        by["coordinator@peace"],
        at["peace"].ref,
        name="Ledgerfall response",
        ceiling=Tlp.AMBER_STRICT,
        now=now - timedelta(days=12),
    )
    stakeholders.edit_group(
        session,
        by["coordinator@peace"],
        group.ref,
        organisation_ids={at[name].id for name in ("telco", "cloud", "peace", "cert", "un")},
        person_ids=(),
        now=now - timedelta(days=12),
    )
    agree_to_all(session, now - timedelta(days=12))
    process = _process(session, cast, now)
    promise_all(session, cast, process, store, now)
    talk(session, cast, process.ref, now)
    wiper = _play_story(session, cast, group.id, now)
    keep_directory(session, cast, parties, process.id, now)
    watch(session, cast, process.ref, now)
    claim_all(session, cast, wiper, process.id, now)
    hurt_all(session, cast, wiper, process.id, now)
    release_all(session, cast, now)
    exercise_all(session, cast, now)
    check_readiness(session, by["mediator@peace"], sealer, now)
    train(session, by, now)
    pledge(session, cast, by, now)
    end_some(session, cast, process, store, now)
    decline_some(session, cast, now)
    leave_open(session, cast, group.ref, now)
    go_on_leave(session, cast, now)
    _let_old_emails_have_gone(session, now)


def _process(session: Session, cast: Cast, now: datetime) -> Process:
    # The table at which the story is talked about; others tie commitments to it.
    by, at = cast.actors, cast.organisations
    mediator, opened = by["mediator@peace"], now - timedelta(days=15)
    process = processes.open_process(
        session,
        mediator,
        at["peace"].ref,
        cover_name="Ledgerfall talks",
        context=PROCESS,
        now=opened,
    )
    processes.seat(
        session,
        mediator,
        process.ref,
        team={mediator.person_id, by["coordinator@peace"].person_id},
        parties={at["telco"].id, at["cloud"].id},
        observers={at["un"].id},
        people=(),
        now=opened,
    )
    processes.begin_talks(session, mediator, process.ref, now - timedelta(days=10))
    return process


def _let_old_emails_have_gone(session: Session, now: datetime) -> None:
    # What happened long ago was told long ago; only what is new waits for the mailbox.
    session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.created_at < now - timedelta(days=1))
        .values(
            closed_at=OutboxEmail.created_at,
            sent_at=OutboxEmail.created_at,
            outcome="sent",
            secret=None,
            attempts=1,
        )
    )


def _play_story(session: Session, cast: Cast, group_id: int, now: datetime) -> Notice:
    by, at = cast.actors, cast.organisations

    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    def post(
        author: str, home: str, text: NoticeText, to: RecipientList, when: datetime
    ) -> Callable[[], Notice]:
        notice = notices.post_notice(session, by[author], at[home].ref, text=text, to=to, now=when)
        return lambda: notices.publish(session, by[author], notice.ref, when)

    _public_cases(session, cast, now)
    wiper = post(
        "liaison@telco",
        "telco",
        wiper_text(ago, now),
        RecipientList(groups=frozenset({group_id})),
        ago(9),
    )()
    _tie(session, by["liaison@telco"], wiper.ref, WIPER_TIES, ago(8.9))
    for name, day in (("mediator@peace", 8.5), ("liaison@cloud", 8)):
        notices.read(session, by[name], wiper.ref, ago(day))
        notices.acknowledge(session, by[name], wiper.ref, ago(day))
    notices.read(session, by["analyst@cert"], wiper.ref, ago(7))
    notices.comment(
        session,
        by["mediator@peace"],
        wiper.ref,
        text="Both delegations ask whether hospitals in the east are reached. Do you know?",
        to_author=True,
        now=ago(6),
    )
    hosting = frozenset({at["telco"].id, at["peace"].id})
    post(
        "liaison@cloud",
        "cloud",
        hosting_text(ago, now),
        RecipientList(organisations=hosting),
        ago(5),
    )()
    named = frozenset({by["mediator@peace"].person_id, by["liaison@telco"].person_id})
    post("liaison@bank", "bank", payments_text(ago, now), RecipientList(people=named), ago(3))()
    post("colleague@telco", "telco", forgotten_text(), RecipientList(), ago(8))
    return wiper


def _public_cases(session: Session, cast: Cast, now: datetime) -> None:
    analyst, home = cast.actors["analyst@cert"], cast.organisations["cert"]
    everyone = frozenset(organisation.id for organisation in cast.organisations.values())
    for days, text, ties, said, harm, began in (
        (21, WANNACRY, WANNACRY_NORMS, WANNACRY_CLAIMS, WANNACRY_HARM, "2017-05-12"),
        (20, NOTPETYA, NOTPETYA_NORMS, NOTPETYA_CLAIMS, NOTPETYA_HARM, "2017-06-27"),
    ):
        when = now - timedelta(days=days)
        notice = notices.post_notice(
            session, analyst, home.ref, text=text, to=RecipientList(everyone), now=when
        )
        notices.publish(session, analyst, notice.ref, when)
        _tie(session, analyst, notice.ref, ties, when)
        claim_case(session, cast, notice, said, when)
        hurt_case(session, cast, notice, harm, began, when)


def _tie(
    session: Session, actor: Actor, ref: str, ties: tuple[tuple[str, str], ...], when: datetime
) -> None:
    for norm, reason in ties:
        coverage.link_norm(session, actor, NOTICES, ref, norm=norm, reason=reason, now=when)

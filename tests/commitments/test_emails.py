"""E-mails about commitments: to whom the policy says, above GREEN without content."""

import re
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.ledger import OutboxEmail
from models.stakeholders import Appointment, Organisation, Person, PlatformRole
from models.vocabulary import Tlp
from portal.access import audience
from portal.catalogue import LADDERS, REMINDS
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import message_id
from portal.outbox import REFUSED, SENT
from portal.reminders import remind
from portal.rules import COMMITMENTS
from portal.store import Store, key_from
from tests.cast import NOW, World
from tests.commitments import scenes
from tests.commitments.builders import agreed, reported
from tests.jobs.test_delivery import PAPER, Memory
from tests.mail import shown, text_of

LATER = NOW + timedelta(days=60)
ABOVE_GREEN = Tlp.AMBER_STRICT
DATES = re.compile(r"\b20\d\d\b|\b\d{1,2}:\d\d\b|\b(Nov|Dec)\b")
# By when is no content: without it nobody knows when to act.
DUE = re.compile("^(Response due|Next report due|Due|Expires): .*$", re.M)
STEPS = re.compile("\\b(full|fulfilled|minimal|intermediate|not started|not met|stopped)\\b", re.I)


@pytest.fixture
def quiet(world: World) -> World:
    """The world with an empty outbox, and a canary in the name of every organisation."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome=SENT))
        for home in world.organisations.values():
            changed = update(Organisation).where(Organisation.id == home.id)
            session.execute(changed.values(name=f"Canary {home.name}"))
    return world


def planned(session: Session, resource: Commitment, template: str) -> dict[str, OutboxEmail]:
    """The e-mails of one sort about the commitment, by whom they are for."""
    rows = session.execute(
        select(Person.email, OutboxEmail)
        .join(Person, Person.id == OutboxEmail.person_id)
        .where(
            OutboxEmail.resource_type == "commitments",
            OutboxEmail.resource_id == resource.id,
            OutboxEmail.template == template,
        )
    ).all()
    found = {email.removesuffix(".example"): row for email, row in rows}
    assert len(found) == len(rows), "one letter each"
    return found


def sent(world: World, rows: dict[str, OutboxEmail], at: datetime = LATER) -> list[EmailMessage]:
    """These e-mails, delivered at that time: reminders go while they hold."""
    post, names = Memory(), {message_id(row.id, PAPER) for row in rows.values()}
    deliver(world.sessions, post, PAPER, at)
    return [email for email in post.emails if email["Message-ID"] in names]


def words(email: EmailMessage) -> str:
    """All that a reader sees below the address and above the reason for getting it."""
    body = text_of(email).partition("\nYou get this e-mail because ")[0]
    assert body
    assert [line for line in text_of(email).splitlines() if line] == shown(email)
    return f"{email['Subject']}\n{body}"


def closed(email: EmailMessage, ref: str) -> None:
    """The e-mail is an envelope: marking, reference, link, what is asked; nothing else."""
    said = words(email)
    assert said.startswith(f"[TLP:{ABOVE_GREEN}] {ref}: ")
    assert f"{PAPER.base_url}/commitments/{ref}" in said
    bare = DUE.sub("", said.replace(ref, ""))
    for pattern in (re.compile("canary", re.I), DATES, STEPS):
        assert not pattern.search(bare), (pattern.pattern, said)


def test_every_email_of_the_policy_has_its_scene() -> None:
    notified = {rule.verb for rule in COMMITMENTS.rules if rule.notify is not None}
    assert set(scenes.TOLD) == notified
    ours = [ladder for ladder in LADDERS if ladder.resource_type is COMMITMENTS]
    reminders = {rung.template for ladder in ours for rung in ladder.rungs}
    assert {*scenes.REMINDED, "evidence-expires"} == reminders


@pytest.mark.parametrize("verb", scenes.TOLD)
def test_the_act_is_told_to_whom_it_concerns_and_above_green_as_an_envelope(
    quiet: World, verb: str
) -> None:
    scene, whom = scenes.TOLD[verb]
    with writing(quiet.sessions) as session:
        strict, green = (scene(session, quiet, tlp) for tlp in (ABOVE_GREEN, Tlp.GREEN))
    with reading(quiet.sessions) as session:
        rows, open_rows = planned(session, strict, verb), planned(session, green, verb)
    assert set(rows) == set(open_rows) == whom
    assert all(row.by_id != row.person_id for row in rows.values())
    emails = sent(quiet, rows | {f"{name} green": row for name, row in open_rows.items()})
    assert len(emails) == 2 * len(whom)
    for email in emails:
        if strict.ref in email["Subject"]:
            closed(email, strict.ref)
        else:
            assert email["Subject"].startswith(f"[TLP:GREEN] {green.ref}: ")
            assert email["Subject"].endswith(scenes.TITLE)
            assert scenes.REASON not in words(email), "discussion stays on the page"


@pytest.mark.parametrize("email", scenes.REMINDED)
def test_the_reminder_goes_to_who_can_end_the_lateness_and_above_green_says_nothing(
    quiet: World, email: str
) -> None:
    scene, at, whom = scenes.REMINDED[email]
    with writing(quiet.sessions) as session:
        strict, green = (scene(session, quiet, tlp) for tlp in (ABOVE_GREEN, Tlp.GREEN))
        remind(session, at)
        rows, open_rows = planned(session, strict, email), planned(session, green, email)
        holders = audience(COMMITMENTS, REMINDS[email, COMMITMENTS.name], strict.id, at, Person.id)
        assert {row.person_id for row in rows.values()} == set(session.scalars(holders))
    assert set(rows) == set(open_rows) == whom
    emails = sent(quiet, rows, at)
    assert len(emails) == len(whom)
    for one in emails:
        closed(one, strict.ref)


def test_evidence_that_expires_is_remembered_to_who_can_add_newer(
    quiet: World, tmp_path: Path
) -> None:
    store = Store(tmp_path / "files", key_from("a secret of the tests, long enough"))
    with writing(quiet.sessions) as session:
        made = scenes.shown(session, quiet, ABOVE_GREEN, store)
        remind(session, NOW + timedelta(days=10))
        rows = planned(session, made, "evidence-expires")
    assert set(rows) == {scenes.TELCO, scenes.COLLEAGUE}, "who verifies cannot replace it"
    emails = sent(quiet, rows, NOW + timedelta(days=10))
    assert len(emails) == 2
    for one in emails:
        closed(one, made.ref)


def test_above_green_a_finding_does_not_say_what_it_is(quiet: World) -> None:
    said = set()
    for verb in ("verify", "fulfil", "declare-unmet"):
        with writing(quiet.sessions) as session:
            made = scenes.TOLD[verb][0](session, quiet, ABOVE_GREEN)
            rows = planned(session, made, verb)
        said |= {words(one).replace(made.ref, "") for one in sent(quiet, rows)}
    assert len(said) == 1


def test_up_to_green_a_email_names_who_promises_and_by_when(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        put, begun = (scene(session, quiet, Tlp.GREEN) for scene in (scenes.put, scenes.begun))
        remind(session, NOW + timedelta(days=29))
        rows = planned(session, put, "propose")
        late = planned(session, begun, "report-late")
        ended = scenes.fulfil(session, quiet, Tlp.GREEN)
        over = planned(session, ended, "fulfil")
    every = [*rows.values(), *late.values(), *over.values()]
    emails = sent(quiet, {str(row.id): row for row in every}, NOW + timedelta(days=29))
    texts = [words(one) for one in emails]
    assert len(texts) == len(every) == 6
    (proposal,) = (text for text in texts if put.ref in text)
    assert f"Canary Telco proposes commitment {put.ref} to Canary Cloud" in proposal
    assert "Response due: end of 1 Dec 2026 (Helsinki time)" in proposal, "the promisor's day"
    assert sum("Next report due: end of 20 Dec 2026 (Helsinki time)" in text for text in texts) == 2
    assert sum(f"{ended.ref}: fulfilled: {scenes.TITLE}" in text for text in texts) == 3


def test_what_the_system_does_is_told_by_the_system(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        made = scenes.begun(session, quiet, ABOVE_GREEN)
        system = session.scalars(
            select(Appointment.person_id).where(Appointment.role == PlatformRole.SYSTEM)
        ).one()
        rows = planned(session, made, "start")
        assert {row.by_id for row in rows.values()} == {system}
        assert planned(session, made, "accept") == {}, "it is in force at once: one letter"


def test_without_a_verifier_the_addressee_is_told_of_a_report(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, verifier="")
        reported(session, quiet, made.ref)
        assert set(planned(session, made, "report")) == {scenes.CLOUD}


def test_nobody_gets_a_email_about_what_they_may_not_read(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, scenes.CLOUD, tlp=Tlp.RED)
        rows = planned(session, made, "start")
    emails = sent(quiet, rows)
    notified = {str(email["To"]).partition(" <")[0] for email in emails}
    assert notified == {"Telco liaison", "Cloud liaison"}
    with reading(quiet.sessions) as session:
        ends = {name: row.outcome for name, row in planned(session, made, "start").items()}
    assert ends[scenes.COLLEAGUE] == ends[scenes.CERT] == REFUSED

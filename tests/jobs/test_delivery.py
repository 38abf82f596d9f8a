"""E-mails go out once, to people who may read now, whatever dies in between."""

import threading
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import func, select, update
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import notices, outbox
from portal.db import make_sessions, reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.outbox import DEAD, LEASE, REFUSED, SENT
from portal.reminders import remind
from portal.smtp import Undeliverable
from tests.cast import NOW, World
from tests.factories import drafted, published
from tests.mail import whole

PAPER = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
LATER = NOW + timedelta(hours=1)


class Memory:
    """A transport that keeps what it is given, and fails as it is told."""

    def __init__(self, *faults: BaseException) -> None:
        self.emails: list[EmailMessage] = []
        self.faults = list(faults)

    def send(self, email: EmailMessage) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.emails.append(email)

    def to(self, name: str) -> list[str]:
        return [str(m["Subject"]) for m in self.emails if f"{name}.example" in str(m["To"])]


@pytest.fixture
def quiet(world: World) -> World:
    """The world with an empty outbox: the cast's own invitations are out."""
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=NOW, outcome=SENT))
    return world


def outcomes(world: World) -> list[str | None]:
    with reading(world.sessions) as session:
        rows = select(OutboxEmail.outcome).where(OutboxEmail.resource_type == "notices")
        return sorted(session.scalars(rows), key=str)


def test_each_recipient_gets_one_email_and_a_second_round_sends_nothing(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "peace", "liaison@cloud")
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW)
    deliver(quiet.sessions, post, PAPER, LATER)
    assert sorted(str(m["To"]).partition(" <")[0] for m in post.emails) == [
        "Cloud liaison",
        "Coordinator",
        "Mediator",
    ]


def test_a_database_that_turns_read_only_after_an_email_went_has_it_marked_once_it_writes(
    quiet: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a failover to a standby, or where a full disk makes a server read only."""
    with writing(quiet.sessions) as session:
        published(session, quiet, "mediator@peace")
    plain, refusals = outbox.mark_sent, [ReadOnlySqlTransaction(), ReadOnlySqlTransaction()]

    def mark_sent(session: Session, key: int, now: datetime) -> None:
        if refusals:
            raise InternalError("UPDATE", {}, refusals.pop())
        plain(session, key, now)

    monkeypatch.setattr(outbox, "mark_sent", mark_sent)
    monkeypatch.setattr(threading.Event, "wait", lambda _event, _seconds=None: True)
    post = Memory()
    assert deliver(quiet.sessions, post, PAPER, NOW).sent == 1
    assert outcomes(quiet) == [SENT]
    deliver(quiet.sessions, post, PAPER, LATER)
    assert len(post.emails) == 1


def test_content_above_green_stays_out_of_the_email(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        strict = published(session, quiet, "peace", title="Secret canary", summary="canary too")
        published(session, quiet, "peace", title="Open canary", tlp=Tlp.GREEN)
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW)
    said = [words for email in post.emails if strict.ref in (words := whole(email))]
    assert len(said) == 2
    assert not any("canary" in words or "Telco" in words for words in said)
    assert all(str(m["Subject"]).startswith("[TLP:") for m in post.emails)
    assert "[TLP:GREEN]" in post.to("mediator@peace")[1]
    assert "Open canary" in post.to("mediator@peace")[1]


def test_whoever_lost_the_right_between_planning_and_sending_gets_nothing(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        notice = published(session, quiet, "peace")
        session.execute(
            update(Recipient).where(Recipient.notice_id == notice.id).values(excepted=True)
        )
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW)
    assert post.emails == []
    assert outcomes(quiet) == [REFUSED, REFUSED]


def test_death_after_the_claim_is_made_good_when_the_lease_runs_out(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    with pytest.raises(KeyboardInterrupt):
        deliver(quiet.sessions, Memory(KeyboardInterrupt()), PAPER, NOW)
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW + LEASE / 2)
    assert post.emails == []
    deliver(quiet.sessions, post, PAPER, NOW + LEASE)
    assert len(post.emails) == 1


def test_the_one_unavoidable_repeat_is_the_same_email(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")

    class DiesAfterSending(Memory):
        def send(self, email: EmailMessage) -> None:
            super().send(email)
            raise KeyboardInterrupt

    first, second = DiesAfterSending(), Memory()
    with pytest.raises(KeyboardInterrupt):
        deliver(quiet.sessions, first, PAPER, NOW)
    deliver(quiet.sessions, second, PAPER, NOW + LEASE)
    assert first.emails[0].as_bytes() == second.emails[0].as_bytes()


def test_a_passing_fault_is_tried_again_later_and_a_final_one_never(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
        published(session, quiet, "liaison@bank")
    post = Memory(OSError("450 later"), Undeliverable("550 nobody here"))
    deliver(quiet.sessions, post, PAPER, NOW)
    assert post.emails == []
    deliver(quiet.sessions, post, PAPER, NOW + timedelta(minutes=3))
    assert len(post.emails) == 1
    assert outcomes(quiet) == [DEAD, SENT]


def test_two_workers_send_each_email_once(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        for _ in range(12):
            published(session, quiet, "peace", "cloud", "bank")
        due = session.scalar(select(func.count()).where(OutboxEmail.closed_at.is_(None)))
    post = Memory()
    workers = [
        threading.Thread(target=deliver, args=(make_sessions(quiet.engine), post, PAPER, NOW))
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({str(m["Message-ID"]) for m in post.emails}) == len(post.emails) == due == 48


def test_silence_is_reminded_and_acknowledgement_ends_it(quiet: World) -> None:
    deadline = NOW + timedelta(days=2)
    with writing(quiet.sessions) as session:
        notice = published(session, quiet, "peace", acknowledge_by_at=deadline)
        notices.acknowledge(session, quiet.actors["mediator@peace"], notice.ref, NOW)
    post = Memory()
    for at in (deadline - timedelta(hours=30), deadline - timedelta(hours=20), deadline, deadline):
        with writing(quiet.sessions) as session:
            remind(session, at)
        deliver(quiet.sessions, post, PAPER, at)
    assert len(post.to("mediator@peace")) == 1
    assert [s.rpartition(": ")[2] for s in post.to("coordinator@peace")] == [
        "new notice",
        "acknowledgement due soon",
        "acknowledgement overdue",
    ]


def test_a_week_asleep_writes_one_reminder_and_ten_rounds_write_no_more(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    for _ in range(10):
        with writing(quiet.sessions) as session:
            remind(session, NOW + timedelta(days=9, hours=1))
    with reading(quiet.sessions) as session:
        late = select(OutboxEmail.cause).where(OutboxEmail.template == "acknowledge-late")
        assert [cause.split(":")[2] for cause in session.scalars(late)] == ["acknowledge-late-7"]


def test_whoever_acknowledged_after_planning_is_not_reminded(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        notice = published(session, quiet, "liaison@cloud")
        remind(session, NOW + timedelta(days=3, hours=1))
        notices.acknowledge(session, quiet.actors["liaison@cloud"], notice.ref, NOW)
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW + timedelta(days=3, hours=1))
    assert [s.rpartition(": ")[2] for s in post.to("liaison@cloud")] == ["new notice"]


def test_a_forgotten_draft_is_remembered_to_whoever_can_publish_it(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        drafted(session, quiet)
        remind(session, NOW + timedelta(days=8))
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW + timedelta(days=8))
    assert len(post.to("liaison@telco")) == len(post.to("colleague@telco")) == 1


def test_a_title_with_line_breaks_makes_no_header_of_its_own(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        published(
            session,
            quiet,
            "liaison@cloud",
            tlp=Tlp.GREEN,
            title="x\r\nBcc: spy@evil.example\u2028y",
        )
    post = Memory()
    deliver(quiet.sessions, post, PAPER, NOW)
    head = post.emails[0].as_string().partition("\n\n")[0]
    assert post.emails[0]["Bcc"] is None
    assert "\nBcc" not in head

"""A few connections, each kept for many e-mails; a slow domain gets its own and holds no other."""

from typing import Any

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.jobs.peer import peer
from tests.jobs.test_mail_faults import LONG, rows, send


def test_connections_are_kept_and_opened_anew_when_the_server_closes(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        for _ in range(15):
            published(session, quiet, "liaison@cloud", "liaison@bank", "mediator@peace")
    with peer() as good:
        assert send(quiet, good.url, patience=LONG).sent == 45
        assert good.connections <= 4
    with writing(quiet.sessions) as session:
        for _ in range(10):
            published(session, quiet, "liaison@cloud", "liaison@bank", "mediator@peace")
    count: dict[str, int] = {}

    def tires(stage: str, _said: str) -> str | None:
        count[stage] = count.get(stage, 0) + 1
        return "421 4.7.0 enough" if stage == "mail" and count[stage] % 5 == 0 else None

    with peer(tires) as tired:
        assert send(quiet, tired.url, patience=LONG).sent == 30
        assert len(set(tired.taken)) == len(tired.taken) == 30
    assert {row.attempts for row in rows(quiet)} == {0}


def test_a_server_that_takes_two_connections_gets_two(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        for _ in range(20):
            published(session, quiet, "liaison@cloud", "liaison@bank", "mediator@peace")
    count = [0]

    def full(stage: str, _said: str) -> str | None:
        if stage != "greeting":
            return None
        count[0] += 1
        return None if count[0] <= 2 else "421 4.7.0 too many connections"

    with peer(full) as small:
        done = send(quiet, small.url, patience=LONG)
        assert (done.sent, done.fault) == (60, "")


def test_a_domain_that_holds_its_breath_holds_no_other(quiet: World) -> None:
    """No clock: the slow domain is answered only when everybody else has got theirs."""
    with writing(quiet.sessions) as session:
        for _ in range(10):
            published(session, quiet, "liaison@cloud", "liaison@bank", "mediator@peace")
    holder: list[Any] = []

    def breath(stage: str, said: str) -> str | None:
        if stage == "rcpt" and said.endswith("@cloud.example"):
            others = 0
            while others < 20 and not holder[0].over.wait(0.02):
                others = sum(not who.endswith("@cloud.example") for _id, who in holder[0].taken)
        return None

    with peer(breath) as slow:
        holder.append(slow)
        assert send(quiet, slow.url, patience=LONG).sent == 30
        homes = [who for _id, who in slow.taken]
    assert all(not who.endswith("@cloud.example") for who in homes[:20])

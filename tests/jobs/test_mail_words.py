"""What a mail server says is bytes of its choice: kept on one line, whatever is in it."""

import pytest

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.jobs.peer import at, peer
from tests.jobs.test_mail_faults import LONG, fault, rows, send

WORDS = "n\0o\x1b[31m such\r\x07 user\N{RIGHT-TO-LEFT OVERRIDE}"
ON_ONE_LINE = "n o [31m such user"


@pytest.mark.parametrize(
    ("stage", "code"),
    [("greeting", 554), ("mail", 554), ("rcpt", 550), ("rcpt", 450), ("data", 554), ("dot", 451)],
)
def test_no_byte_of_an_answer_stops_the_delivery(quiet: World, stage: str, code: int) -> None:
    with writing(quiet.sessions) as session:
        published(session, quiet, "liaison@cloud")
    with peer(at(stage, f"{code} {WORDS}")) as odd:
        send(quiet, odd.url, patience=LONG)
    (row,) = rows(quiet)
    known = fault(quiet)
    assert row.leased_until is None, "it is in nobody's hand any more"
    said = [row.reason, known.reason if known else ""]
    assert any(ON_ONE_LINE in words for words in said), said
    assert all(words.isprintable() for words in said)

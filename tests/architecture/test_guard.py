"""The guard of write transactions sees what it should, and nothing else."""

import threading
from collections.abc import Iterator

import pytest

from portal.db import reading, writing
from tests import guard
from tests.cast import World

SLOW = {
    "socket": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "subprocess": "import subprocess; subprocess.run(['true'])",
    "sleep": "import time; time.sleep(0)",
    "thread": "import threading; one = threading.Thread(); one.start(); one.join()",
    "comparing": "import difflib; difflib.SequenceMatcher(None, 'a', 'b')",
    "Markdown": "import pyromark; list(pyromark.events('a'))",
    "cleaning": "import nh3; nh3.clean('a')",
    "printing": "from portal.pdf import as_pdf; as_pdf('a', title='', language='en')",
    "sheet": "from xlsxwriter import Workbook; Workbook().close()",
    "JSON": "import json; json.loads('1')",
    "mail": "from email import message_from_bytes; message_from_bytes(b'')",
    "calendar": "from icalendar import Calendar; Calendar.from_ical('')",
}


def at_the_edge(source: str, name: str = "blueprints/probe.py") -> None:
    """Run some lines as if they stood in a file of the portal."""
    exec(compile(source, str(guard.ROOT / name), "exec"), {})


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What is done here on purpose does not fail the test."""
    yield
    guard._seen.clear()


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("name", SLOW)
def test_something_slow_under_a_write_transaction_is_found(world: World, name: str) -> None:
    with (
        pytest.raises(AssertionError, match="while a write transaction is open"),
        writing(world.sessions),
    ):
        at_the_edge(SLOW[name])
    assert not guard.holds(), "it ends with the transaction"
    assert "blueprints/probe.py" in guard._seen[-1], "and says where"


def test_what_holds_nothing_is_let_be(world: World) -> None:
    with reading(world.sessions):
        at_the_edge(SLOW["sleep"])
    with writing(world.sessions) as session:
        session.commit()
        at_the_edge(SLOW["sleep"])
    with writing(world.sessions):
        other = threading.Thread(target=at_the_edge, args=(SLOW["sleep"],))
        other.start()
        other.join()
        at_the_edge(SLOW["sleep"], "tests/probe.py")
        at_the_edge(SLOW["sleep"], "portal/notices/probe.py")
    assert guard._seen == []


def test_every_exception_names_a_file_that_is_there_and_a_reason() -> None:
    for (path, what), reason in guard.ALLOWED.items():
        assert (guard.ROOT / path).is_file()
        assert what in {*guard.AUDITED.values(), *(word for *_more, word in guard.WATCHED)}
        assert len(reason) > 10

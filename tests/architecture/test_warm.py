"""What `tests.warm` begins is as if Python had been started for it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.warm import Warm

LOOKS = """
import json, os, signal, sys, threading
print(json.dumps({
    "argv": sys.argv, "name": __name__, "folder": os.getcwd(), "environment": dict(os.environ),
    "input": sys.stdin.read(), "threads": threading.active_count(),
    "handlers": [str(signal.getsignal(one)) for one in signal.Signals],
    "blocked": len(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
}))
print("to the other", file=sys.stderr)
"""
CLEAN = """
import gc, os, sys
from flask import Flask
from sqlalchemy import Engine
assert "portal.app" in sys.modules, "it need not be imported"
of_a_test = {"tests.conftest", "tests.guard", "wsgi"}
assert not of_a_test & set(sys.modules)
assert len(os.listdir("/proc/self/task")) == 1
assert not [one for one in gc.get_objects() if isinstance(one, Flask | Engine)]
gc.unfreeze()
assert not [one for one in gc.get_objects() if isinstance(one, Flask | Engine)]
"""
ENDINGS = {
    "import sys; sys.exit(3)": 3,
    "import sys; sys.exit('words')": 1,
    "raise ValueError": 1,
    "import os; os._exit(4)": 4,
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)": -signal.SIGTERM,
    "pass": 0,
}


def looked(begin: Any, program: Path, given: Path) -> dict[str, Any]:
    """What a process sees that is begun so."""
    with given.open() as file:
        child = begin(
            [sys.executable, program, "one", "two"],
            cwd=program.parent,
            env={"PORTAL_ENV": "test", "LC_ALL": "C.UTF-8"},
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    with child:
        said = sorted(child.stdout.read().splitlines())
        assert child.wait() == 0
    assert said[0] == "to the other"
    seen: dict[str, Any] = json.loads(said[1])
    return seen


def test_it_sees_what_a_started_process_sees(tmp_path: Path) -> None:
    program, given = tmp_path / "looks.py", tmp_path / "given"
    program.write_text(LOOKS)
    given.write_text("what is given")
    seen = looked(Warm, program, given)
    assert seen == looked(subprocess.Popen, program, given)
    assert seen["input"] == "what is given"
    assert seen["environment"]["PORTAL_ENV"] == "test"


def test_it_has_imported_the_portal_and_nothing_else() -> None:
    with Warm([sys.executable, "-c", CLEAN]) as child:
        assert child.wait() == 0


@pytest.mark.parametrize(("line", "code"), ENDINGS.items())
def test_it_ends_as_a_started_process_ends(line: str, code: int) -> None:
    for begin in (Warm, subprocess.Popen):
        child = begin([sys.executable, "-c", line], stderr=subprocess.DEVNULL)
        assert child.wait(timeout=300) == code
        assert child.poll() == code


def test_it_is_killed_and_gone() -> None:
    waits = "import time\nprint('here', flush=True)\ntime.sleep(3600)"
    with Warm([sys.executable, "-c", waits], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        assert child.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=0)
        child.kill()
        assert child.wait() == -signal.SIGKILL
        with pytest.raises(ProcessLookupError):
            os.kill(child.pid, 0)

"""Processes of their own that need not import the portal: they are forked from one that has.

A start costs seconds of work, nearly all of it imports, and tests start many processes. What runs
is what would run: `python -m …`, `-c …` or a script, with its own environment, folder and files;
settings are read and the application is made there. All are forked from the fork server of
`multiprocessing`. That is begun by exec, so that nothing of a test is in it; it has imported and
done nothing else (no application, no database, no thread); and it ends with the tests.

For each command there is a test that starts it as a user does, and does not come here.
"""

import contextlib
import os
import re
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, Final, Self

ROOT: Final = Path(__file__).parents[1]
PYTHON: Final = re.compile(r"python[0-9.]*")
Where = IO[Any] | int | None  # as subprocess takes it: a file, PIPE, DEVNULL, STDOUT, or as here

_context: Final = get_context("forkserver")
_context.set_forkserver_preload(["tests.imported"])


class Warm:
    """A process as `subprocess.Popen` gives it, as far as tests ask; in the folder of the project.

    `words` begin with Python or with a script of it. As a context it is killed at the end, and what
    is left is ended with the tests.
    """

    def __init__(
        self,
        words: Sequence[str | os.PathLike[str]],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        stdin: Where = None,
        stdout: Where = None,
        stderr: Where = None,
        text: bool = False,
    ) -> None:
        self.args = [os.fspath(word) for word in words]
        mode = "r" if text else "rb"
        with contextlib.ExitStack() as given:
            into, _none = _end(stdin, 0, mode)
            given.callback(into.close)
            out, self.stdout = _end(stdout, 1, mode)
            given.callback(out.close)
            same = stderr == subprocess.STDOUT
            said, self.stderr = _end(out.fileno() if same else stderr, 2, mode)
            given.callback(said.close)
            surroundings = dict(os.environ if env is None else env)
            _begin_server()
            self._process = _context.Process(
                target=_run,
                args=(self.args, str(cwd), surroundings, (into, out, said)),
                daemon=True,
            )
            self._process.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self.wait()
        for pipe in (self.stdout, self.stderr):
            if pipe is not None:
                pipe.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """How it ended: less than nothing is the signal that ended it; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """Whether it has ended, and how."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended; raises TimeoutExpired when it has not by then (seconds)."""
        self._process.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _end(where: Where, number: int, mode: str) -> tuple[Connection, IO[Any] | None]:
    # What it gets as this file; and what is here of a pipe. Only a connection can be handed over.
    if where == subprocess.PIPE:
        here, there = os.pipe()
        return Connection(there), open(here, mode)
    if where == subprocess.DEVNULL:
        return Connection(os.open(os.devnull, os.O_RDWR)), None
    if where is None:
        where = number
    return Connection(os.dup(where if isinstance(where, int) else where.fileno())), None


def _begin_server() -> None:
    with contextlib.chdir(ROOT):  # it looks there for what it is to import
        forkserver.ensure_running()


def _run(words: list[str], cwd: str, env: dict[str, str], ends: tuple[Connection, ...]) -> None:
    # In the new process: what the interpreter would do with these words.
    for number, end in enumerate(ends):
        os.dup2(end.fileno(), number)
        end.close()
    assert "portal.app" in sys.modules, "all was imported before"
    sys.stdin = os.fdopen(0, closefd=False)  # the one there was reads nothing
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    if PYTHON.fullmatch(Path(words[0]).name):
        words = words[1:]
    if words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    elif words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        exec(words[1], {"__name__": "__main__"})
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")

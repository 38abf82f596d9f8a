"""Processes that are to be killed, forked from one that has imported all they need: a second less.

That one opens nothing: each forked process opens the database for itself, as one that was started.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple, cast

ROOT = Path(__file__).parents[2]


class Forked(NamedTuple):
    """A process that writes a line for each thing it has done, and the lines of it."""

    pid: int
    said: IO[bytes]

    def killed(self, after: int) -> list[str]:
        """Kill it once it has said so many lines; all that it said, without a last half one."""
        lines = [self.said.readline() for _ in range(after)]
        os.kill(self.pid, signal.SIGKILL)
        lines += [line for line in self.said if line.endswith(b"\n")]
        self.said.close()
        while _is_there(self.pid):
            time.sleep(0.001)
        return [line.decode().strip() for line in lines]


class Forker:
    """Starts processes of a module whose main is `fork_on_request`; those left end with it."""

    def __init__(self, module: str, url: str, folder: Path) -> None:
        words = [sys.executable, "-m", module, url]
        self.folder, self.started = folder, list[Forked]()
        self.parent = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE)

    def __enter__(self) -> "Forker":
        return self

    def __exit__(self, *_error: object) -> None:
        for one in self.started:
            if not one.said.closed:
                one.killed(0)
        cast(IO[bytes], self.parent.stdin).close()
        self.parent.wait(timeout=300)

    def start(self) -> Forked:
        """One more."""
        pipe = self.folder / f"said-{len(self.started)}"
        os.mkfifo(pipe)
        asks = cast(IO[bytes], self.parent.stdin)
        asks.write(f"{pipe}\n".encode())
        asks.flush()
        said = pipe.open("rb")
        self.started.append(Forked(int(said.readline()), said))
        return self.started[-1]


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def fork_on_request(work: Callable[[], None]) -> None:
    """For each pipe that is named on a line, a process that writes its number and works."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system takes away who has died
    for line in sys.stdin:
        if os.fork() == 0:
            os.dup2(os.open(line.strip(), os.O_WRONLY), sys.stdout.fileno())
            os.write(sys.stdout.fileno(), f"{os.getpid()}\n".encode())
            work()
            os._exit(0)

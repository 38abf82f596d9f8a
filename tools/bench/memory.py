"""How much memory two workers hold together, before and after thousands of pages.

PSS (`/proc/PID/smaps_rollup`): what a process has alone, and its share of what it has with others.
"""

import http.client
import threading
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

REQUESTS, HALF = 5_000, 2_500
VISITORS = 8
Page = tuple[str, str]  # a path, and the cookie of whoever asks


@dataclass(frozen=True)
class Held:
    """MiB of all workers: once each page was asked, in the middle, and at the end."""

    warm: float
    half: float
    end: float

    def __str__(self) -> str:
        said = f"{self.warm:.0f} MiB once warm, {self.half:.0f} after {HALF:,} pages"
        return f"{said}, {self.end:.0f} after {REQUESTS:,}"


def held_by_workers(server: int, port: int, pages: list[Page]) -> Held:
    """Ask for the pages in turn, and read what the workers of this server hold meanwhile."""
    visit(port, pages, 20 * len(pages))
    warm = pss_of_workers(server)
    visit(port, pages, HALF - 20 * len(pages))
    half = pss_of_workers(server)
    visit(port, pages, REQUESTS - HALF)
    return Held(warm, half, pss_of_workers(server))


def pss_of_workers(server: int) -> float:
    """MiB of all children of a process."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return sum(_pss(Path(f"/proc/{child}/smaps_rollup")) for child in children) / 1024


def _pss(rollup: Path) -> int:
    lines = rollup.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def visit(port: int, pages: list[Page], many: int) -> None:
    """Ask for so many pages, some at once; raises where one is not answered with 200."""
    wrong: list[str] = []
    threads = [
        threading.Thread(target=_visitor, args=(port, pages[k:] + pages[:k], many, wrong))
        for k in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])


def _visitor(port: int, pages: list[Page], many: int, wrong: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for path, cookie in islice(cycle(pages), many // VISITORS):
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            wrong.append(f"{path} answered {answer.status}")
            break
    connection.close()

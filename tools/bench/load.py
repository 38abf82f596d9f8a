"""The visitors of the bench: connections that stay open and ask for one page again and again."""

import http.client
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

PROCESSES, EACH = 2, 8
CONNECTIONS = PROCESSES * EACH
WARM_UP = 1.0


@dataclass(frozen=True)
class Measured:
    """What came out for one page: answers in a second, and times in milliseconds."""

    rate: float
    median: float
    slowest: float
    """The 99th of 100."""


def measure(port: int, path: str, cookie: str, seconds: float) -> Measured:
    """Ask for the page at 16 connections for so long; raises when an answer is not 200."""
    ask = partial(_process, port, path, cookie, seconds)
    with ProcessPoolExecutor(PROCESSES) as processes:
        parts = [processes.submit(ask) for _ in range(PROCESSES)]
        times = sorted(taken for part in parts for taken in part.result())
    if not times:
        raise RuntimeError(f"{path}: no answer within {seconds:.0f} s; give SECONDS more")
    return Measured(
        len(times) / seconds,
        1000 * times[len(times) // 2],
        1000 * times[min(len(times) - 1, len(times) * 99 // 100)],
    )


def _process(port: int, path: str, cookie: str, seconds: float) -> list[float]:
    times: list[float] = []
    failed: list[str] = []
    begin = time.monotonic() + WARM_UP
    threads = [
        threading.Thread(
            target=_visitor, args=(port, path, cookie, begin, begin + seconds, times, failed)
        )
        for _ in range(EACH)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{path}: {failed[0]}")
    return times


def _visitor(
    port: int,
    path: str,
    cookie: str,
    begin: float,
    end: float,
    times: list[float],
    failed: list[str],
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (asked := time.monotonic()) < end and not failed:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        done = time.monotonic()
        if answer.status != 200:
            failed.append(f"answered {answer.status}")
        elif begin <= done <= end:
            times.append(done - asked)
    connection.close()

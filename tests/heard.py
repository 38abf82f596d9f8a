"""What the interpreter tells of itself (audit events, PEP 578), heard by one hook for all tests.

It is called for all that is done, `id` and each import, hundreds of thousands of times in a test:
a second hook would cost as much again.
"""

import sys
from collections.abc import Callable
from typing import Any, Final

_HEARD: Final[dict[str, Callable[[tuple[Any, ...]], None]]] = {}


def hear(event: str, listener: Callable[[tuple[Any, ...]], None]) -> None:
    """Have the listener called with what is said of each event, from now on."""
    assert event not in _HEARD, "one listener an event"
    if not _HEARD:
        sys.addaudithook(_audit)
    _HEARD[event] = listener


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _HEARD:
        _HEARD[event](arguments)

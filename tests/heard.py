"""What the interpreter tells of itself (audit events, PEP 578), heard by one hook for all tests.

It is called for all that is done, `id` and each import, hundreds of thousands of times in a test:
a second hook would cost as much again.
"""

import sys
from collections.abc import Callable
from typing import Any, Final

Listener = Callable[[tuple[Any, ...]], None]
_HEARD: Final[dict[str, list[Listener]]] = {}


def hear(event: str, listener: Listener) -> None:
    """Have the listener called with what is said of each event, from now on."""
    if not _HEARD:
        sys.addaudithook(_audit)
    _HEARD.setdefault(event, []).append(listener)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _HEARD:
        for listener in _HEARD[event]:
            listener(arguments)

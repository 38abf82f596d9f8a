"""What statements were compiled into, found again without reading through their keys.

The library finds what it has compiled by a key that spells out the whole statement. To hash that of
a question of the policy takes a sixth of a millisecond, and all of a page together a twentieth of
its work. A statement that is built at import hands over the same tuple each time: it is found by
which tuple that is. Any other is found by its key, as in the library's own cache. The way in is an
option that the library documents (`compiled_cache`).
"""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from threading import Lock
from typing import Any, Final

from sqlalchemy import Compiled

# All pages and acts together have some 800 statements; half as many again are there for a while.
MOST: Final = 600
Key = tuple[Any, ...]


@dataclass
class _Entry:
    key: Key
    compiled: Compiled
    used: int


def _short(key: Key) -> Key:
    # The library's key: the dialect, what the statement says, the names of its values, and more.
    return id(key[1]), *key[2:]


class Compilations(MutableMapping[Key, Compiled]):
    """Compiled statements of one engine by the library's keys, for all its threads.

    Once there are half as many again as `most`, it keeps `most`: those that were used last.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._turns, self._writing = most, count(), Lock()
        self._by_key: dict[Key, _Entry] = {}
        self._by_short: dict[Key, _Entry] = {}

    def __getitem__(self, key: Key) -> Compiled:
        entry = self._by_short.get(_short(key))
        # What is the same object is not compared any further, so this is quick where it is true.
        if entry is None or entry.key != key:
            entry = self._by_key[key]
        entry.used = next(self._turns)
        return entry.compiled

    def __setitem__(self, key: Key, compiled: Compiled) -> None:
        with self._writing:
            entry = _Entry(key, compiled, next(self._turns))
            self._by_key[key] = self._by_short[_short(key)] = entry
            if len(self._by_key) > self._most * 3 // 2:
                self._forget()

    def __delitem__(self, key: Key) -> None:
        with self._writing:
            entry = self._by_key.pop(key)
            self._by_short.pop(_short(entry.key), None)

    def __iter__(self) -> Iterator[Key]:
        return iter(list(self._by_key))

    def __len__(self) -> int:
        return len(self._by_key)

    def _forget(self) -> None:
        entries = sorted(self._by_key.values(), key=attrgetter("used"))
        for entry in entries[: -self._most]:
            del self._by_key[entry.key]
        # An entry holds its key, so that no other tuple can come to have its identity meanwhile.
        self._by_short = {_short(entry.key): entry for entry in self._by_key.values()}

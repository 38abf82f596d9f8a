"""What statements were compiled into, found again without reading through their keys.

The library finds what it has compiled by a key that spells out the whole statement. To hash that of
a question of the policy takes a sixth of a millisecond, and all of a page together a twentieth of
its work. A statement that is built at import hands over the same tuple each time: it is found by
which tuple that is. Any other is found by its key, as in the library's own cache. The way in is an
option that the library documents (`compiled_cache`).

Who comes first to a page after a start compiles its statements, half a second of work for the first
page. Whoever comes meanwhile waits for that, instead of doing the same work beside it: four threads
would share one processor for it, and each would take four times as long.
"""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from threading import Event, Lock, get_ident
from typing import Any, Final

from sqlalchemy import Compiled

# All pages and acts together have some 800 statements; half as many again are there for a while.
MOST: Final = 600
# Seconds for which somebody waits for what another thread compiles; it takes a tenth of that.
PATIENCE: Final = 5.0
Key = tuple[Any, ...]


@dataclass
class _Entry:
    key: Key
    compiled: Compiled
    used: int


@dataclass(frozen=True)
class _Begun:
    thread: int
    done: Event


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
        self._begun: dict[Key, _Begun] = {}

    def __getitem__(self, key: Key) -> Compiled:
        entry = self._by_short.get(_short(key))
        # What is the same object is not compared any further, so this is quick where it is true.
        if entry is None or entry.key != key:
            entry = self._by_key.get(key) or self._compiled_by_another(key)
        if entry is None:
            raise KeyError(key)
        entry.used = next(self._turns)
        return entry.compiled

    def _compiled_by_another(self, key: Key) -> _Entry | None:
        # None for whoever is to compile it: the first, and the next where the first has failed.
        with self._writing:
            begun = self._begun.get(key)
            if begun is None or begun.thread == get_ident():
                self._begun[key] = _Begun(get_ident(), Event())
                return self._by_key.get(key)
        if not begun.done.wait(PATIENCE):
            with self._writing:
                self._begun.pop(key, None)
        return self._by_key.get(key)

    def __setitem__(self, key: Key, compiled: Compiled) -> None:
        with self._writing:
            entry = _Entry(key, compiled, next(self._turns))
            self._by_key[key] = self._by_short[_short(key)] = entry
            if len(self._by_key) > self._most * 3 // 2:
                self._forget()
            if begun := self._begun.pop(key, None):
                begun.done.set()

    def __delitem__(self, key: Key) -> None:
        with self._writing:
            entry = self._by_key.pop(key)
            self._by_short.pop(_short(entry.key), None)

    def __contains__(self, key: object) -> bool:
        # Who only looks is not taken for one who compiles it.
        return key in self._by_key

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

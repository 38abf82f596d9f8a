"""What the policy asks of a person apart from any resource: sets of keys, each said once.

To which organisations somebody belongs, in which processes they sit, is the same for every row of a
page. A question about people, and that of an act, looks it up for each row. A page asks for all
facts of its reader first, in one small statement, and gives them to its questions as values: half
of the policy's text, and of what a server makes ready for it, was the same fact said again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, literal_column, select

from portal.db import written
from portal.policy_elements import KNOWN, KNOWN_AS
from portal.relations.sentence import Now, Predicate, Who, some


@dataclass(frozen=True, eq=False)
class Fact:
    """A set of keys that somebody has at a moment: those of `key` among `rows` that `where` allows.

    It speaks of rows of its own, under names that nothing else in a sentence has. A fact that the
    person has or has not, such as to be active, is a set of `people`: themselves, or nobody.
    """

    name: str
    key: Any
    rows: tuple[Any, ...]
    where: Callable[[Who, Now], tuple[Predicate, ...]]
    people: bool = False

    def has(self, key: Any, who: Who, now: Now) -> Predicate:
        """Whether a key is among those of the person."""
        if who is KNOWN:
            given: Predicate = key.bool_op("IN")(literal_column(f":{KNOWN_AS}{self.name}"))
            # Yes or no, as to look for a row would be: of no key a list says neither.
            return given if key is who else and_(key.is_not(None), given)
        return some(*self.rows, where=(self.key == key, *self.where(who, now)))

    def keys(self, who: Who, now: Now) -> Select[str, int]:
        """The name of the fact and each of the keys, for the question that asks for all facts."""
        themselves = (self.key == who,) if self.people else ()
        found = select(written(self.name).label("name"), self.key.label("key"))
        return found.where(*themselves, *self.where(who, now))

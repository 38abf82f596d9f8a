"""What a sentence of the policy is made of: a named clause, and the words that join clauses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, literal, or_

from models.base import Moment

# A person's key, as a value or as a column of the question around the sentence; None where the
# sentence is about the resource alone.
Who = int | SQLColumnExpression[int] | None
# The moment of the question, as SQL: inside a sentence nobody knows what time it is.
Now = ColumnElement[datetime]
Predicate = ColumnElement[bool]


@dataclass(frozen=True)
class Relation:
    """A named sentence of the policy; `|`, `&` and `~` join sentences.

    A joined sentence keeps its parts and the word between them, so that it can be read out
    without doubt about what belongs together.
    """

    name: str
    predicate: Callable[[Any, Who, Now], Predicate]
    joint: str = ""
    parts: tuple["Relation", ...] = ()

    def __or__(self, other: "Relation") -> "Relation":
        return Relation(
            f"{self.inside('or')} or {other.inside('or')}",
            lambda resource, who, now: or_(
                self.predicate(resource, who, now), other.predicate(resource, who, now)
            ),
            "or",
            (self, other),
        )

    def __and__(self, other: "Relation") -> "Relation":
        return Relation(
            f"{self.inside('and')} and {other.inside('and')}",
            lambda resource, who, now: and_(
                self.predicate(resource, who, now), other.predicate(resource, who, now)
            ),
            "and",
            (self, other),
        )

    def __invert__(self) -> "Relation":
        return Relation(
            f"not {self.inside('not')}",
            lambda resource, who, now: ~self.predicate(resource, who, now),
            "not",
            (self,),
        )

    def at(self, resource: Any, who: Who, now: datetime | Now) -> Predicate:
        """The sentence for a question of its own, at an instant of the clock or a parameter."""
        return self.predicate(resource, who, moment(now))

    def inside(self, joint: str) -> str:
        """Its words as part of a longer sentence: in brackets where they could be misread."""
        return f"({self.name})" if self.joint in {"or", "and"} - {joint} else self.name


def moment(now: datetime | Now) -> Now:
    """An instant of the clock as the moment of a sentence; it is a value of the statement."""
    return literal(now, Moment()) if isinstance(now, datetime) else now


def relation(predicate: Callable[[Any, Who, Now], Predicate]) -> Relation:
    """Make a relation of a function; its name is the function's, in words."""
    return Relation(predicate.__name__.replace("_", " "), predicate)


def some(*rows: Any, where: tuple[Any, ...]) -> Predicate:
    """There is such a row; everything but `rows` belongs to the question around it."""
    return exists().where(*where).correlate_except(*rows)


def written_to(emails: Any, about: tuple[str, Any], who: Who, *templates: str) -> Predicate:
    """One of these e-mails about a resource (noun, key) went to the person, or may have.

    A round of delivery that was broken off may have sent it. `emails` is an alias of the outbox.
    """
    noun, key = about
    tried = or_(emails.attempts > 0, emails.leased_until.is_not(None))
    went = or_(emails.outcome == "sent", and_(emails.outcome.is_(None), tried))
    return some(
        emails,
        where=(
            emails.resource_type == noun,
            emails.resource_id == key,
            emails.person_id == who,
            emails.template.in_(templates),
            went,
        ),
    )

"""What services that speak of all nouns need to know about one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final, Generic

from sqlalchemy import ColumnElement, TableClause, column, func, table, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal.calendars import ReplyTo
from portal.dated import Dates
from portal.ladders import Ladder
from portal.parameters import NOTHING
from portal.rules import M, ResourceType
from portal.tasks import Tasks
from portal.walks import Walks

Condition = ColumnElement[bool]
Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Without:
    """That a noun has none of this, and why."""

    reason: str


class Section(Enum):
    """Which part of the main menu: what is worked on, or who takes part."""

    WORK = "work"
    WHO = "who"


@dataclass(frozen=True)
class Menu:
    """Its place in the main menu: the endpoint of the page that lists it, and the word for it."""

    endpoint: str
    label: str
    section: Section


@dataclass(frozen=True)
class Beginning:
    """How one of them comes to be: by which verb (or command), and in which state."""

    by: str
    state: str


# A cheap first look, so that the policy is asked of few rows: of the column with the key of the
# resource, which rows whoever asks could read. It may hide and never decides.
Proposal = Callable[[Any], Any]


def everything(_key: Any) -> Condition:
    """The proposal of a noun that has few rows, or is open to all."""
    return true()


@dataclass(frozen=True)
class Activity:
    """The acts on a noun that are news, each with its sentence.

    Sentences name `%(what)s` (the resource) and may name `%(who)s`. `to_readers` is for everybody
    who may read the resource, `to_holders` (by verb) for those who hold the verb. A resource whose
    policy keeps back who acted names the person to holders of one of `named_to`, and to others its
    organisation. `moment` is a further condition on the event for acts that only holders see:
    what was done for fewer than those who read today stays with those few.
    """

    to_readers: Mapping[str, str]
    to_holders: Mapping[str, Mapping[str, str]]
    named_to: tuple[str, ...]
    moment: Condition | Without
    proposal: Proposal

    @property
    def sentences(self) -> dict[str, str]:
        """The sentence of each act, whoever is shown it."""
        found = dict(self.to_readers)
        for acts in self.to_holders.values():
            found |= acts
        return found


@dataclass(frozen=True)
class Source:
    """A table of words, kept by triggers, and whose words they are.

    `table` has the key of `row` as `rowid` (SQLite) and as `pg_key` (PostgreSQL). `resource` is the
    column with the key of the resource, `said` the text that a hit shows. `part` is the table of
    the part whose own policy is asked beside that of the resource; `where` narrows further.
    """

    words: TableClause
    pg_key: str
    row: type[Any]
    resource: Any
    said: tuple[Any, ...]
    part: type[Any] | Without
    where: tuple[Any, ...]


@dataclass(frozen=True)
class Search:
    """How a noun is found: by the words of its sources, by parts of its names, by reference.

    `verb` is what a reader must hold for its texts. A noun with many rows and one source is looked
    for `newest_first`, others in all their sources at once. `parties` are the columns with the
    organisations that it is between, `at` the time that a hit shows. `walks` are those of its list.
    """

    verb: str
    sources: tuple[Source, ...]
    newest_first: bool
    names: tuple[Any, ...]
    parties: tuple[Any, ...]
    at: Any
    older: str
    proposal: Proposal
    walks: Walks | Without


@dataclass(frozen=True)
class Due:
    """What time alone makes due: `find` gives references, `act` brings one of them up to date.

    `act` gives the number of acts, in the caller's transaction.
    """

    find: Callable[[Session, datetime], list[str]]
    act: Callable[[Session, str, datetime], int]


@dataclass(frozen=True)
class Service:
    """Something of a noun that serves confidence-building measures, which is our own reading.

    It is the resources that `narrowed` says, the newest by `at` first; `says` tells which those
    are. `measures` are keys of the registry of norms.
    """

    key: str
    name: str
    says: str
    at: Any
    narrowed: tuple[Condition, ...]
    measures: frozenset[str]


# What an e-mail about a resource may say to a person now (key of the resource); and the entry for
# calendars that goes with it, with its METHOD (address of the portal, where replies go).
EmailContext = Callable[[Session, Person, int, datetime], dict[str, object]]
CalendarEntry = Callable[
    [Session, Person, OutboxEmail, str, ReplyTo, datetime], tuple[bytes, str] | None
]


@dataclass(frozen=True, eq=False)
class Noun(Generic[M]):
    """One noun. No field has a default: what a noun has none of is said with a reason.

    `label` is its plural and `one` its singular; `endpoint` the page of one of them. `states` has
    the word of each state, as a badge shows it. `title` is shown to holders of `title_verb`;
    `marked` is whether it carries a TLP marking. `ties` says which rows stand on the timeline of a
    process (`KEY`). `tasks` can wait for somebody, `dates` stand in the calendar, `ladders` are its
    reminders. `norm_tags` is the column by which a link to a norm names it; `serves` is what of it
    serves confidence-building measures. `news` are those of its e-mails that ask nothing of their
    reader by a day: a summary can hold them (`portal.digests`), all others go out by themselves.
    """

    policy: ResourceType[M]
    label: str
    one: str
    endpoint: str | Without
    menu: Menu | Without
    states: Mapping[str, str]
    begins: Beginning
    title: InstrumentedAttribute[str] | Without
    title_verb: str
    marked: bool
    activity: Activity | Without
    search: Search | Without
    ties: Condition | Without
    tasks: Tasks[M] | Without
    dates: Dates[M] | Without
    norm_tags: InstrumentedAttribute[int | None] | Without
    serves: tuple[Service, ...] | Without
    due: Due | Without
    ladders: tuple[Ladder, ...] | Without
    email_context: EmailContext | Without
    news: frozenset[str] | Without
    calendar_entry: CalendarEntry | Without

    @property
    def name(self) -> str:
        """Its name in the policy."""
        return self.policy.name

    @property
    def shown_title(self) -> Any:
        """Its title as SQL; empty where it has none. Whether it may be shown is asked beside."""
        return NOTHING if isinstance(self.title, Without) else self.title


def by_name(verb: str, *names: Any, at: Any, proposal: Proposal) -> Search:
    """How a noun without texts is found: by its names alone, by whoever holds the verb."""
    return Search(
        verb=verb,
        sources=(),
        newest_first=False,
        names=names,
        parties=(),
        at=at,
        older="",
        proposal=proposal,
        walks=NOT_WALKED,
    )


def by_title_and_text(
    verb: str, model: Any, *sources: Source, older: str, proposal: Proposal
) -> Search:
    """How a noun is found by its title and by these texts, by whoever holds the verb."""
    return Search(
        verb=verb,
        sources=sources,
        newest_first=False,
        names=(model.title,),
        parties=(model.organisation_id,),
        at=func.coalesce(model.published_at, model.changed_at),
        older=older,
        proposal=proposal,
        walks=NOT_WALKED,
    )


def own_text(name: str, model: Any, *said: Any, key: str = "key") -> Source:
    """The words of a noun's own row, read by whoever reads it; the table of words has this key."""
    return Source(
        words=word_table(name, key),
        pg_key=key,
        row=model,
        resource=model.id,
        said=said,
        part=NO_PART,
        where=(),
    )


def word_table(name: str, pg_key: str, *more: str) -> TableClause:
    """A table of words by its columns; it has no model, since the engines make it differently."""
    return table(name, *(column(one) for one in dict.fromkeys(("rowid", pg_key, *more))))


NOT_WALKED: Final = Without("its list is short, and asks the policy of all that could be known")
NO_MOMENT: Final = Without("who reads it now read it when it was done")
NO_NORMS: Final = Without("no link to a norm has a column for it: it is relevant to none by itself")
NO_SERVICE: Final = Without("no confidence-building measure asks for it by itself")
NOT_DUE: Final = Without("nothing of it is done because time has come")
NO_TASKS: Final = Without("nothing of it waits for one person to act")
NO_DATES: Final = Without("nothing of it has a day that others plan by")
NO_REMINDERS: Final = Without("nothing of it has a day by which somebody must act")
NO_CONTEXT: Final = Without("its e-mails say what the event says, and nothing of a resource")
NO_NEWS: Final = Without("none of its e-mails tells something that asks nothing of its reader")
NO_ENTRY: Final = Without("it has no place in a calendar")
NO_PART: Final = Without("whoever reads the resource reads all of it")

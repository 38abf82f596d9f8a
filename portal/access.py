"""The policy read in several ways: may, visible, verbs, audience, enter, explain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Label,
    Row,
    Select,
    SQLColumnExpression,
    bindparam,
    case,
    exists,
    select,
    true,
)
from sqlalchemy.orm import Session

from models.base import Resource
from models.stakeholders import Person
from portal.errors import NotFound, Refused, TooLate, Untrained
from portal.parameters import KEY, ME, NO, NOTHING, NOW, REF, YES, ready
from portal.policy_elements import PolicyPredicate
from portal.policy_sql import (
    SOME,
    Form,
    beside_text,
    rows_text,
    stands_text,
    sub_resource_text,
    text_of,
    verb_text,
)
from portal.relations import Relation
from portal.rules import (
    AFTER_TRAINING,
    READ,
    READ_TEXT,
    RESOURCE_TYPES,
    M,
    ResourceType,
)

# A person's key, a parameter for it, or the column of people; a moment, or a parameter for it.
Key = int | SQLColumnExpression[int]
# Who reads a page, whose facts are values of the statement: see `portal.recipients.reader_of`.
READER: Final[BindParameter[int]] = bindparam(ME.key, type_=Integer())
When = datetime | BindParameter[datetime]


@dataclass(frozen=True)
class Actor:
    """Who acts: a signed-in person, or one that the command line or the jobs act as.

    An alternate acts for `for_id`, who is called `for_name`, by the alternate `acts_by` of the
    reference `by_ref`, in that one act alone (`portal.on_behalf`): what they do else they do for
    themselves.
    """

    person_id: int
    name: str
    zone: str = "UTC"
    language: str = "en"
    signin_id: int | None = None
    ref: str = ""
    acts_by: int | None = None
    for_id: int | None = None
    by_ref: str = ""
    for_name: str = ""

    @property
    def holder_id(self) -> int:
        """Whose the act is: of the person for whom an alternate acts, else one's own."""
        return self.person_id if self.for_id is None else self.for_id

    @property
    def by_id(self) -> int | None:
        """Who acts for somebody else; empty where one acts for oneself."""
        return None if self.for_id is None else self.person_id


def predicate(
    resource_type: ResourceType[Resource], verb: str, who: Key, now: When, *, some: bool = False
) -> ColumnElement[bool]:
    """The policy on one verb as SQL, for a person's key `who` (a value, or the column of people).

    It speaks of the kind's own table, or of `SOME` of the kind.
    """
    form = _form(who, some)
    return _asked(text_of(verb_text, resource_type.name, verb, form), who, now)


def _rows(
    resource_type: ResourceType[Resource],
    verb: str,
    who: Key,
    now: When,
    *,
    stateless: bool = False,
) -> ColumnElement[bool]:
    # The rows of one verb alone; the caller asks READ beside them, once. With `stateless` they
    # count whatever state the resource is in: "could be theirs to do".
    of = (resource_type.name, verb, _form(who))
    if stateless:
        return _asked(text_of(rows_text, *of, True), who, now)
    return _asked(text_of(rows_text if verb == READ else beside_text, *of), who, now)


def beside_read(
    resource_type: ResourceType[Resource], verb: str, who: Key, now: When
) -> ColumnElement[bool]:
    """The policy on one verb as SQL, for a question that asks READ of the same resource beside it.

    A question that says READ again with each verb takes a planner ten times as long.
    """
    return true() if verb == READ else _rows(resource_type, verb, who, now)


def _form(who: Key, some: bool = False) -> Form:
    if isinstance(who, int | BindParameter) or who is Person.id:
        return Form(isinstance(who, int | BindParameter), some, who is READER)
    raise TypeError("the policy is asked about a person's key, or about the column of people")


def _asked(sql: str, who: Key, now: When) -> ColumnElement[bool]:
    return PolicyPredicate(sql, who if isinstance(who, int | BindParameter) else None, now)


def granted(resource_type: ResourceType[Resource], who: Key, now: When) -> list[Label[bool]]:
    """A column for each verb of the kind; read them with `verbs_of`.

    READ is asked once for all of them: a question that says it again with each takes a planner ten
    times as long.
    """
    return [
        as_column(_rows(resource_type, verb, who, now)).label(f"may {verb}")
        for verb in resource_type.verbs
    ]


def verbs_of(
    resource_type: ResourceType[Resource], row: Row[*tuple[Any, ...]] | None
) -> frozenset[str]:
    """The verbs that the columns of `granted` allow: none where READ is not among them, or no row.

    The row may have other columns beside them.
    """
    if row is None:
        return frozenset()
    found = frozenset(verb for verb in resource_type.verbs if row._mapping[f"may {verb}"])
    return found if READ in found else frozenset()


def sub_resource(model: type, who: Key, now: When) -> ColumnElement[bool]:
    """The policy on a sub-resource as SQL: which rows a person sees who may read the resource."""
    return _asked(text_of(sub_resource_text, model, _form(who)), who, now)


def as_column(question: ColumnElement[bool]) -> ColumnElement[bool]:
    """A clause as a column of a row: yes or no."""
    return case((question, YES), else_=NO)


def readable_title(resource_type: ResourceType[Any], who: Key = ME, now: When = NOW) -> Any:
    """The title as a column, empty where the person may not read the text; for rows they read."""
    may = beside_read(resource_type, READ_TEXT, who, now)
    return case((may, resource_type.model.title), else_=NOTHING).label("title")


def readable(
    resource_type: ResourceType[Resource], *columns: Any, who: Key = ME, now: When = NOW
) -> Select[Any]:
    """All resources of the type that the person may read, for a statement that is built once."""
    return select(*columns).where(predicate(resource_type, READ, who, now))


def visible(
    resource_type: ResourceType[Resource], actor: Actor, now: datetime, *columns: Any
) -> Select[Any]:
    """All resources of the kind that the person may read: the one start of every list."""
    shown = columns or (resource_type.model,)
    return readable(resource_type, *shown, who=actor.person_id, now=now)


def may(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[Resource],
    resource_id: int,
    now: datetime,
) -> bool:
    """Whether the person may do this to that, now."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: resource_id}
    return bool(session.scalar(OF_ONE[resource_type.name, verb], asked))


def verbs(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    resource_id: int,
    now: datetime,
) -> frozenset[str]:
    """All that the person may do to the resource now, in one query."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: resource_id}
    # Built anew each time: tests take the policy apart and ask this.
    question = select(*granted(resource_type, ME, NOW)).where(resource_type.model.id == KEY)
    row = session.execute(question, asked).one_or_none()
    return verbs_of(resource_type, row)


def audience(
    resource_type: ResourceType[Resource], verb: str, resource_id: int, now: datetime, *columns: Any
) -> Select[Any]:
    """Everybody who may do this to that, now."""
    resource = SOME[resource_type.name]
    return select(*(columns or (Person,))).where(
        exists()
        .where(
            resource.id == resource_id, predicate(resource_type, verb, Person.id, now, some=True)
        )
        .correlate(Person)
    )


def standing_to(
    resource_type: ResourceType[Resource],
    relation: Relation,
    resource_id: int,
    now: datetime,
    *columns: Any,
) -> Select[Any]:
    """Everybody active who stands so to the resource: the people a rule says are told."""
    return select(*(columns or (Person,))).where(stands(resource_type, relation, resource_id, now))


def stands(
    resource_type: ResourceType[Resource], relation: Relation, resource_id: Key, now: When
) -> ColumnElement[bool]:
    """Whether a person of the question around it stands so to the resource."""
    resource = SOME[resource_type.name]
    sql = text_of(stands_text, resource_type.name, relation, Form(by_value=False, some=True))
    return exists().where(resource.id == resource_id, _asked(sql, Person.id, now)).correlate(Person)


def authorize(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[M],
    ref: str,
    now: datetime,
) -> M:
    """The resource, if the person may do this to it now; one query.

    Raises NotFound (404) when it is absent or hidden, Refused (403) when it is visible but not
    this person's to do, TooLate (409) when it is, but not in the present state. A verb of
    AFTER_TRAINING is asked beside the one that does it; what is refused there is Untrained.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(ENTERED[resource_type.name, verb], asked).one_or_none()
    if row is None or not row.visible:
        raise NotFound(ref)
    if verb != READ and not row.theirs:
        if verb in AFTER_TRAINING:
            raise Untrained(verb, resource_type.name, ref)
        raise Refused(verb)
    if verb != READ and not row.timely:
        raise TooLate(verb)
    resource: M = row[0]
    return resource


def _entered(resource_type: ResourceType[Any], verb: str) -> Select[*tuple[Any, ...]]:
    model = resource_type.model
    columns = [as_column(predicate(resource_type, READ, ME, NOW)).label("visible")]
    if verb != READ:
        columns += [
            as_column(_rows(resource_type, verb, ME, NOW, stateless=True)).label("theirs"),
            as_column(_rows(resource_type, verb, ME, NOW)).label("timely"),
        ]
    return ready(select(model, *columns).where(model.ref == REF))


def _asked_of_one(resource_type: ResourceType[Any], verb: str) -> Select[tuple[bool]]:
    allowed = predicate(resource_type, verb, ME, NOW)
    return ready(select(exists().where(resource_type.model.id == KEY, allowed)))


EACH: Final = [(one, verb) for one in RESOURCE_TYPES.values() for verb in one.verbs]
ENTERED: Final = {(one.name, verb): _entered(one, verb) for one, verb in EACH}
OF_ONE: Final = {(one.name, verb): _asked_of_one(one, verb) for one, verb in EACH}

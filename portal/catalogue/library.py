"""The entries of clauses and of the office, the portal as a resource of its own."""

from typing import Final

from models.norms import Clause, ClauseState
from portal.catalogue.noun import (
    NO_CONTEXT,
    NO_DATES,
    NO_ENTRY,
    NO_MOMENT,
    NO_NEWS,
    NO_NORMS,
    NO_PART,
    NO_REMINDERS,
    NO_SERVICE,
    NO_TASKS,
    NOT_DUE,
    NOT_WALKED,
    Activity,
    Beginning,
    Noun,
    Search,
    Source,
    Without,
    everything,
    word_table,
)
from portal.rules import ADD_CLAUSE, CLAUSES, EDIT, OFFICE, READ, RESTORE, RETIRE
from portal.rules.office import OPEN
from portal.words import N_

CLAUSE: Final = Noun(
    policy=CLAUSES,
    label=N_("Clauses"),
    one=N_("Clause"),
    endpoint="clauses.read",
    menu=Without("the library is opened from commitments, which start from a clause"),
    states={
        ClauseState.ACTIVE: N_("active"),
        ClauseState.RETIRED: N_("retired"),
    },
    begins=Beginning(ADD_CLAUSE, ClauseState.ACTIVE),
    title=Clause.title,
    title_verb=READ,
    marked=False,
    activity=Activity(
        to_readers={
            ADD_CLAUSE: N_("%(what)s was added to the library of clauses"),
            EDIT: N_("%(what)s was changed"),
            RETIRE: N_("%(what)s was retired"),
            RESTORE: N_("%(what)s was returned to use"),
        },
        to_holders={},
        # Stewards look after the library; who they are is not for every reader.
        named_to=(),
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=Search(
        verb=READ,
        sources=(
            Source(
                words=word_table("clause_words", "key"),
                pg_key="key",
                row=Clause,
                resource=Clause.id,
                said=(Clause.body, Clause.how_known, Clause.verifier, Clause.advice),
                part=NO_PART,
                where=(),
            ),
        ),
        newest_first=False,
        names=(),
        parties=(),
        at=Clause.changed_at,
        older=N_("Older clauses"),
        proposal=everything,
        walks=NOT_WALKED,
    ),
    ties=Without("a clause is words to start from, and belongs to no process"),
    tasks=NO_TASKS,
    dates=NO_DATES,
    norm_tags=Without("a clause names norms itself, for the commitments made from it"),
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=NO_REMINDERS,
    email_context=NO_CONTEXT,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)

OF_OFFICE: Final = Noun(
    policy=OFFICE,
    label=N_("The portal"),
    one=N_("The portal"),
    endpoint=Without("the office has pages of its own, and no page for one of several"),
    menu=Without("its pages are for the few who hold a role in it: the layout asks for that"),
    states={OPEN: N_("open")},
    begins=Beginning("db upgrade", OPEN),
    title=Without("there is one office, and it has no name"),
    title_verb=READ,
    marked=False,
    activity=Without("what is done to the portal stands in the trail, read by steward and auditor"),
    search=Without("the office holds no text; e-mails and the trail have lists of their own"),
    ties=Without("the office belongs to no process"),
    tasks=NO_TASKS,
    dates=NO_DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=NO_REMINDERS,
    email_context=NO_CONTEXT,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)

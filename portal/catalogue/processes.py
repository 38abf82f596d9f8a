"""The entry of processes, and how other nouns are tied to one."""

from typing import Any, Final

from sqlalchemy import Select, select, union

from models.audience import Recipient
from models.processes import Phase, Process
from portal.among import among
from portal.catalogue.noun import (
    NO_CONTEXT,
    NO_DATES,
    NO_ENTRY,
    NO_MOMENT,
    NO_NEWS,
    NO_NORMS,
    NO_REMINDERS,
    NO_SERVICE,
    NO_TASKS,
    NOT_DUE,
    NOT_WALKED,
    Activity,
    Beginning,
    Menu,
    Noun,
    Search,
    Section,
    Without,
    own_text,
)
from portal.parameters import KEY, SEATS
from portal.relations import recipient_column
from portal.rules import (
    AGREE,
    BEGIN_TALKS,
    CLOSE,
    EDIT,
    IMPLEMENT,
    LINK,
    OPEN_PROCESS,
    PAUSE,
    PREPARE,
    PROCESSES,
    READ,
    READ_MEMBERS,
    SEAT,
)
from portal.words import N_


def named_on_list(model: Any, *others: Select[int]) -> Any:
    """The recipient list of the resource names the process (`KEY`), or it is one of `others`.

    All of them are keys, so that the resources are found by them and not looked through.
    """
    resource = getattr(Recipient, recipient_column(model))
    listed = select(resource).where(
        Recipient.process_id == KEY, ~Recipient.excepted, resource.is_not(None)
    )
    return model.id.in_(union(listed, *others) if others else listed)


def _seated(key: Any) -> Any:
    return among(key, SEATS)


PROCESS: Final = Noun(
    policy=PROCESSES,
    label=N_("Processes"),
    one=N_("Process"),
    endpoint="processes.read",
    menu=Menu("processes.index", N_("Processes"), Section.WORK),
    states={
        Phase.PREPARATION: N_("preparation"),
        Phase.TALKS: N_("talks"),
        Phase.AGREEMENT: N_("agreement"),
        Phase.IMPLEMENTATION: N_("implementation"),
        Phase.DORMANT: N_("paused"),
        Phase.CLOSED: N_("closed"),
    },
    begins=Beginning(OPEN_PROCESS, Phase.PREPARATION),
    title=Process.cover_name,
    title_verb=READ,
    marked=False,
    activity=Activity(
        to_readers={
            OPEN_PROCESS: N_("%(who)s opened %(what)s"),
            EDIT: N_("%(who)s edited the description of %(what)s"),
            PREPARE: N_("%(who)s moved %(what)s to preparation"),
            BEGIN_TALKS: N_("%(who)s moved %(what)s to talks"),
            AGREE: N_("%(who)s moved %(what)s to agreement"),
            IMPLEMENT: N_("%(who)s moved %(what)s to implementation"),
            PAUSE: N_("%(who)s paused %(what)s"),
            CLOSE: N_("%(who)s closed %(what)s"),
        },
        to_holders={
            READ_MEMBERS: {SEAT: N_("%(who)s changed the members of %(what)s")},
            LINK: {LINK: N_("%(who)s changed the linked notices of %(what)s")},
        },
        # The team is not shown to those who may not see the seats.
        named_to=(READ_MEMBERS,),
        moment=NO_MOMENT,
        proposal=_seated,
    ),
    search=Search(
        verb=READ,
        sources=(own_text("process_words", Process, Process.context),),
        newest_first=False,
        names=(Process.cover_name,),
        parties=(Process.organisation_id,),
        at=Process.changed_at,
        older=N_("Older processes"),
        proposal=_seated,
        walks=NOT_WALKED,
    ),
    ties=Without("a process has no place on the timeline of another"),
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

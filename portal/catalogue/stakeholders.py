"""The entries of organisations, people and sharing groups: they are found by name."""

from collections.abc import Mapping
from typing import Any, Final

from models.stakeholders import Organisation, Person, SharingGroup, Standing
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
    Activity,
    Beginning,
    Menu,
    Noun,
    Section,
    Without,
    by_name,
    everything,
)
from portal.parameters import CIRCLES, HOMES
from portal.rules import (
    ADMIT,
    CLOSE,
    EDIT,
    END_MEMBERSHIP,
    FORM_GROUP,
    GROUPS,
    INVITE,
    LEAVE,
    ORGANISATIONS,
    PEOPLE,
    READ,
    READ_MEMBERS,
    REINSTATE,
    SET_CLIENTS,
    SUSPEND,
)
from portal.training.tasks import REQUIRED_TASKS
from portal.words import N_

NOT_TIED: Final = Without("who sits in a process stands beside its timeline, not on it")
# People are read by few, so what stewards and administrators do is said without their names.
NAMED_TO_NOBODY: Final = ()
BESIDE_ORGANISATIONS: Final = Without("the page of stakeholders leads to them")
STANDINGS: Final[Mapping[str, str]] = {
    Standing.INVITED: N_("invited"),
    Standing.ACTIVE: N_("active"),
    Standing.SUSPENDED: N_("suspended"),
    Standing.LEFT: N_("left"),
}


def _group_known(key: Any) -> Any:
    return among(key, CIRCLES) | among(SharingGroup.organisation_id, HOMES)


ORGANISATION: Final = Noun(
    policy=ORGANISATIONS,
    label=N_("Organisations"),
    one=N_("Organisation"),
    endpoint="stakeholders.read",
    menu=Menu("stakeholders.index", N_("Stakeholders"), Section.WHO),
    states=STANDINGS,
    begins=Beginning(ADMIT, Standing.ACTIVE),
    title=Organisation.name,
    title_verb=READ,
    marked=False,
    activity=Activity(
        # Who is there is looked up in the directory. A name on everybody's first page would stand
        # beside what was said under the Chatham House Rule, and be taken for who was there.
        to_readers={},
        # Once it is suspended or has left, stewards alone read of it; once it is back, what came
        # between is theirs alone.
        to_holders={
            READ_MEMBERS: {
                ADMIT: N_("%(what)s joined the portal"),
                EDIT: N_("The details of %(what)s were changed"),
                END_MEMBERSHIP: N_("A membership in %(what)s ended"),
                SET_CLIENTS: N_("The clients of %(what)s were changed"),
            },
            REINSTATE: {
                SUSPEND: N_("%(what)s was suspended"),
                LEAVE: N_("%(what)s left the portal"),
            },
            SUSPEND: {REINSTATE: N_("%(what)s was reinstated")},
        },
        named_to=NAMED_TO_NOBODY,
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=by_name(READ, Organisation.name, at=Organisation.created_at, proposal=everything),
    ties=NOT_TIED,
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

PERSON: Final = Noun(
    policy=PEOPLE,
    label=N_("People"),
    one=N_("Person"),
    endpoint="stakeholders.read_person",
    menu=BESIDE_ORGANISATIONS,
    states=STANDINGS,
    begins=Beginning(INVITE, Standing.INVITED),
    title=Person.name,
    title_verb=READ,
    marked=False,
    activity=Activity(
        to_readers={},
        # What was done with one's own account, and to stewards what they may undo. Who is there is
        # looked up in the directory, for the reason that organisations are.
        to_holders={
            REINSTATE: {
                SUSPEND: N_("%(what)s was suspended"),
                LEAVE: N_("%(what)s left the portal"),
            },
            SUSPEND: {REINSTATE: N_("%(what)s was reinstated")},
        },
        named_to=NAMED_TO_NOBODY,
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=by_name(READ, Person.name, at=Person.created_at, proposal=everything),
    ties=NOT_TIED,
    tasks=REQUIRED_TASKS,
    dates=NO_DATES,
    norm_tags=NO_NORMS,
    serves=NO_SERVICE,
    due=NOT_DUE,
    ladders=NO_REMINDERS,
    email_context=NO_CONTEXT,
    news=NO_NEWS,
    calendar_entry=NO_ENTRY,
)

GROUP: Final = Noun(
    policy=GROUPS,
    label=N_("Sharing groups"),
    one=N_("Sharing group"),
    endpoint="stakeholders.read_group",
    menu=BESIDE_ORGANISATIONS,
    states={Standing.ACTIVE: N_("active"), Standing.LEFT: N_("closed")},
    begins=Beginning(FORM_GROUP, Standing.ACTIVE),
    title=SharingGroup.name,
    title_verb=READ,
    marked=False,
    activity=Activity(
        to_readers={
            FORM_GROUP: N_("%(what)s was created"),
            EDIT: N_("%(what)s was changed"),
            CLOSE: N_("%(what)s was closed"),
        },
        to_holders={},
        named_to=NAMED_TO_NOBODY,
        moment=NO_MOMENT,
        proposal=_group_known,
    ),
    search=by_name(
        READ,
        SharingGroup.name,
        SharingGroup.purpose,
        at=SharingGroup.created_at,
        proposal=_group_known,
    ),
    ties=NOT_TIED,
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

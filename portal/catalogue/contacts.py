"""The entry of contact points."""

from typing import Final

from sqlalchemy import exists, func

from models.contacts import ContactCheck, ContactPoint, ContactState, Verified
from portal.access import beside_read
from portal.catalogue.noun import (
    NO_ENTRY,
    NO_MOMENT,
    NO_NORMS,
    NO_PART,
    NOT_WALKED,
    Activity,
    Beginning,
    Due,
    Menu,
    Noun,
    Search,
    Section,
    Service,
    Source,
    Without,
    everything,
    word_table,
)
from portal.contacts.checking import due_checks, keep_checks
from portal.contacts.dates import DATES
from portal.contacts.reminders import LADDERS, email_context
from portal.contacts.tasks import TASKS
from portal.db import in_state
from portal.parameters import ME, NO, NOW
from portal.rules import (
    ADD_CONTACT,
    ANSWER,
    CONTACTS,
    EDIT,
    ESCALATE,
    PUBLISH,
    READ,
    READ_LEDGER,
    RETIRE,
    VERIFY,
)
from portal.words import N_

CURRENT: Final = in_state(ContactPoint, ContactState.CURRENT)
POINTS_OF_CONTACT: Final = frozenset({"un-oewg-global-cbm-1", "osce-cbm-8"})
SERVES: Final = (
    Service(
        key="contacts",
        name=N_("Contact points"),
        says=N_("Contact points in use."),
        at=ContactPoint.changed_at,
        narrowed=(CURRENT,),
        measures=POINTS_OF_CONTACT,
    ),
    Service(
        key="checks",
        name=N_("Answered liveness checks"),
        says=N_(
            "Contact points that were last confirmed by an answered liveness check, and are not "
            "stale."
        ),
        at=ContactPoint.verified_at,
        narrowed=(
            CURRENT,
            ContactPoint.verified_how == Verified.CHECK,
            func.coalesce(ContactPoint.stale_at > NOW, NO),
        ),
        measures=POINTS_OF_CONTACT,
    ),
    Service(
        key="contact-exercises",
        name=N_("Exercises"),
        says=N_("Contact points of your organisation that were asked in an exercise."),
        at=ContactPoint.changed_at,
        narrowed=(
            CURRENT,
            exists().where(
                ContactCheck.contact_id == ContactPoint.id, ContactCheck.exercise.is_(True)
            ),
            beside_read(CONTACTS, READ_LEDGER, ME, NOW),
        ),
        measures=frozenset({"un-oewg-global-cbm-4"}),
    ),
)

CONTACT: Final = Noun(
    policy=CONTACTS,
    label=N_("Contact points"),
    one=N_("Contact point"),
    endpoint="contacts.read",
    menu=Menu("contacts.index", N_("Contact points"), Section.WHO),
    states={
        ContactState.DRAFT: N_("draft"),
        ContactState.CURRENT: N_("current"),
        ContactState.RETIRED: N_("retired"),
    },
    begins=Beginning(ADD_CONTACT, ContactState.DRAFT),
    title=ContactPoint.label,
    title_verb=READ,
    marked=True,
    activity=Activity(
        to_readers={PUBLISH: N_("%(who)s published contact point %(what)s")},
        to_holders={
            READ_LEDGER: {
                VERIFY: N_("%(who)s verified contact point %(what)s"),
                RETIRE: N_("%(who)s retired contact point %(what)s"),
                ANSWER: N_("Contact point %(what)s answered a liveness check"),
                ESCALATE: N_("Contact point %(what)s did not answer a liveness check"),
            }
        },
        named_to=(READ_LEDGER,),
        moment=NO_MOMENT,
        proposal=everything,
    ),
    search=Search(
        verb=READ,
        sources=(
            Source(
                words=word_table("contact_words", "key"),
                pg_key="key",
                row=ContactPoint,
                resource=ContactPoint.id,
                said=(ContactPoint.label, ContactPoint.constituency, ContactPoint.note),
                part=NO_PART,
                where=(),
            ),
        ),
        newest_first=False,
        names=(ContactPoint.label,),
        parties=(ContactPoint.organisation_id,),
        at=func.coalesce(ContactPoint.published_at, ContactPoint.changed_at),
        older=N_("Older contact points"),
        proposal=everything,
        walks=NOT_WALKED,
    ),
    ties=Without("it is whom to call, at any time, and no event of a process"),
    tasks=TASKS,
    dates=DATES,
    norm_tags=NO_NORMS,
    serves=SERVES,
    due=Due(due_checks, keep_checks),
    ladders=LADDERS,
    email_context=email_context,
    news=frozenset({EDIT, PUBLISH, RETIRE}),
    calendar_entry=NO_ENTRY,
)

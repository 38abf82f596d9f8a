"""THE POLICY: for each noun a row per verb: who may, in which states, what follows, who is told.

Read a row as a sentence: `Rule(PUBLISH, at(DRAFT), author | own_speaker, then=OPEN,
tell=recipients)` is "a draft may be published by its author or a liaison of the organisation; it is
then open; its recipients are told". READ underlies every other verb of the noun. What a marking
allows stands in `marking`, once; each noun has a file of its own.
"""

from collections.abc import Mapping
from typing import Any, Final

from models.base import Base
from portal.rules.alternates import (
    ALTERNATE_EMAILS,
    ALTERNATES,
    ASKS_FOR,
    BY_ALTERNATE,
    INSTEAD,
    TELLS_OF,
    WORK_OF,
    comes_back,
    in_force_now,
)
from portal.rules.claims import CLAIMS
from portal.rules.commitments import (
    COMMITMENTS,
    LIVE,
    OVER,
    asked_in_time,
    commitment_readers,
    everybody_in_it,
    finder,
    may_act_for_promisor,
    parties,
)
from portal.rules.contacts import CONTACT_EMAILS, CONTACTS
from portal.rules.dialogues import (
    DIALOGUE_EMAILS,
    DIALOGUE_KEYED,
    DIALOGUE_SUB_RESOURCES,
    DIALOGUES,
    SHUT,
    UNNAMED,
)
from portal.rules.exercises import EXERCISE_EMAILS, EXERCISE_SUB_RESOURCES, EXERCISES
from portal.rules.harm import HARM
from portal.rules.marking import (
    ADDRESSABLE,
    OPEN_BY_MAIL,
    addressees,
    allowed,
    may_act_for_author,
    own,
    readers,
    recipients,
)
from portal.rules.moments import MOMENT_SUB_RESOURCES
from portal.rules.notices import (
    NOTICE_EMAILS,
    NOTICES,
    asked,
    edition_readers,
    notified_by_email,
)
from portal.rules.offers import INVITATIONS, OFFERS
from portal.rules.office import CLAUSES, OFFICE
from portal.rules.processes import PHASES, PROCESSES
from portal.rules.readiness import READINESS
from portal.rules.records import RECORD_EMAILS, RECORD_SUB_RESOURCES, RECORDS
from portal.rules.releases import PUBLIC, RELEASE_SUB_RESOURCES, RELEASES, SOURCES
from portal.rules.sentence import AudienceRules, M, ResourceType, Rule, at
from portal.rules.stakeholders import GROUPS, ORGANISATIONS, PEOPLE
from portal.rules.training import TRAINING
from portal.rules.units import UNITS
from portal.rules.verbs import (
    ACCEPT,
    ACKNOWLEDGE,
    ACT_FOR,
    ADD_CLAUSE,
    ADD_CONTACT,
    ADD_EVIDENCE,
    ADD_FINDING,
    ADMIT,
    AGREE,
    AMEND,
    ANNOTATE,
    ANNOUNCE,
    ANSWER,
    APPOINT_ALTERNATE,
    ASK_CONSENT,
    ASK_RELEASE,
    ASK_REPLY,
    ATTACH,
    BEGIN_SELF_CHECK,
    BEGIN_TALKS,
    BEGIN_UNIT,
    CHECK,
    CITE_HARM,
    CLOSE,
    COMMENT,
    COMPLETE,
    CONFIRM,
    CONSENT,
    CORRECT,
    COUNTER,
    DECLARE_ALTERNATE,
    DECLARE_SUPPORT,
    DECLARE_UNMET,
    DECLINE,
    DERIVE,
    DETACH,
    DRAFT_COMMITMENT,
    DRAFT_EXERCISE,
    DRAFT_RELEASE,
    DRAFT_UNIT,
    EDIT,
    END,
    END_MEMBERSHIP,
    END_SUPPORT,
    ERASE,
    ESCALATE,
    EXPORT,
    FOLLOW,
    FORM_GROUP,
    FULFIL,
    IMPLEMENT,
    INVITE,
    INVITE_AGAIN,
    LAPSE,
    LEAVE,
    LEAVE_GROUP,
    LEAVE_PROVIDER,
    LINK,
    LINK_NORM,
    NOTE_COURSE,
    OPEN_PROCESS,
    OPEN_ROUND,
    PAUSE,
    POST_CLAIM,
    POST_NOTICE,
    PREPARE,
    PROPOSE,
    PUBLISH,
    PUBLISH_RED,
    READ,
    READ_ADDRESS,
    READ_EMAILS,
    READ_LEDGER,
    READ_MEMBERS,
    READ_TERMS,
    READ_TEXT,
    READ_TIES,
    READ_TRAIL,
    READ_TRAINING,
    REFUSE,
    REINSTATE,
    RELEASE,
    REMIND,
    REMOVE_EXERCISES,
    RENEW,
    REPLY,
    REPORT,
    REQUIRE,
    REQUIRE_EVERYWHERE,
    RESIGN,
    RESTORE,
    RESUME,
    RETIRE,
    RETRY_EMAIL,
    REVOKE_INVITATION,
    SEAT,
    SET_CLIENTS,
    SET_TICKET,
    SHARE_COMMENTS,
    SIGN,
    START,
    STATE_HARM,
    STUDY,
    SUSPEND,
    TAKE_BACK,
    TAKE_ROLE,
    TAKE_SEAT,
    UNFOLLOW,
    VERIFY,
    WITHDRAW,
)

# What a unit of training can be required before: whoever is refused these alone lacks one.
AFTER_TRAINING: Final = frozenset((PUBLISH_RED, TAKE_ROLE, TAKE_SEAT))
# The e-mails to somebody who may not read the resource: to whom they go instead.
# E-mails whose link answers without a sign-in, by template and resource type.
KEYED: Final = DIALOGUE_KEYED
EMAIL_TO: Final = (
    INVITATIONS
    | NOTICE_EMAILS
    | RECORD_EMAILS
    | DIALOGUE_EMAILS
    | EXERCISE_EMAILS
    | CONTACT_EMAILS
    | ALTERNATE_EMAILS
)
# Of a part of a resource, who sees which rows; whether the resource may be read is asked beside it.
SUB_RESOURCES: Final = (
    DIALOGUE_SUB_RESOURCES
    | EXERCISE_SUB_RESOURCES
    | MOMENT_SUB_RESOURCES
    | RECORD_SUB_RESOURCES
    | RELEASE_SUB_RESOURCES
)
RESOURCE_TYPES: Final = {
    resource_type.name: resource_type
    for resource_type in (
        NOTICES,
        COMMITMENTS,
        PROCESSES,
        DIALOGUES,
        RECORDS,
        CLAIMS,
        HARM,
        RELEASES,
        EXERCISES,
        ORGANISATIONS,
        PEOPLE,
        GROUPS,
        OFFERS,
        READINESS,
        CONTACTS,
        ALTERNATES,
        TRAINING,
        UNITS,
        CLAUSES,
        OFFICE,
    )
}
AUDIENCE_RULES: Final = {
    resource_type.name: resource_type.audience
    for resource_type in RESOURCE_TYPES.values()
    if resource_type.audience is not None
}
OF_MODEL: Final[Mapping[type[Base], ResourceType[Any]]] = {
    resource_type.model: resource_type for resource_type in RESOURCE_TYPES.values()
}

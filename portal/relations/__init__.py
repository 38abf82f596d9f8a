"""How a person can stand to a resource, each said once, in SQL; a file per noun.

A relation is asked with a resource (the mapped class, or an alias of it), with `who` (a person's
key, as a value or as the column `Person.id`) and with the moment, as SQL (`moment(now)`). With a
value it answers "may they", with the column "everybody who may": see `portal.access`.

Each file makes one alias for each place where its sentences look, once: making them anew at each
question costs more than the question. No sentence uses an alias inside a sentence that uses it
already.
"""

from portal.relations.alternates import (
    acted_for,
    acts_themselves,
    alternate,
    alternates_admin,
    attended_for_home,
    both_belong,
    covers,
    declared_it,
    holds_at_home,
    invited_at_home,
    not_answered,
    not_over,
    polled_at_home,
    represented,
    role_held,
    under_way,
)
from portal.relations.belonging import (
    ACTIVE,
    CONVENERS,
    HOMES,
    POSTS,
    SPEAKERS,
    active,
    anyone,
    appointed,
    auditor,
    belongs,
    home_of,
    in_force,
    somebody_of,
    standing,
    steward,
    system,
)
from portal.relations.claims import (
    concerned,
    may_speak_for_the_named,
    names_organisation,
    of_its_notice,
    put_to_reply,
    replied,
    reply_period_over,
    unconsented,
)
from portal.relations.commitments import (
    addressee,
    asked_for,
    asked_to_answer,
    asking,
    broken,
    finding_awaited,
    found,
    mediates_it,
    other_side,
    pending,
    promisor,
    report_overdue,
    round_over,
    unanswered,
    unverified,
    verifier,
    waiting,
)
from portal.relations.contacts import (
    asked_by_check,
    check_due,
    check_unanswered,
    contact_admin,
    holder,
    just_named,
    keeps_contacts,
    reviewed,
    unheld,
)
from portal.relations.dialogues import (
    answers_for,
    answers_open,
    asks_readiness,
    attendee,
    awaits_names,
    begun,
    bidden,
    by_person,
    closed_dialogue,
    convened,
    delegate,
    in_sight,
    keeps_the_seat,
    keeps_to_the_wall,
    may_act_for_delegation,
    names_awaited,
    names_reminded,
    nobody_can_respond,
    nobody_comes,
    of_delegation,
    organiser,
    own_delegation,
    speaks_for_it,
    under_chatham_house,
)
from portal.relations.exercises import (
    controls,
    entered,
    falls_to_their_organisation,
    finding_falls_to_them,
    inject_arrived,
    inject_due,
    just_seated,
    observes,
    of_its_exercise,
    of_their_party,
    plays_a_party,
    released,
    sent_to_their_party,
    takes_part,
)
from portal.relations.facts import Fact
from portal.relations.following import following
from portal.relations.groups import (
    CIRCLES,
    group_keeper,
    group_member,
    on_group_list,
    on_list_by_name,
    open_list,
)
from portal.relations.lists import (
    client_of_listed,
    excepted,
    listed,
    marked,
    named,
    recipient_column,
)
from portal.relations.moments import (
    at_its_moment,
    commented_for_fewer,
    for_author_alone,
    wrote_it,
)
from portal.relations.notices import (
    acknowledged,
    author,
    opened,
    own_side,
    own_speaker,
    published,
    reminded_of_receipt,
)
from portal.relations.offers import (
    awaited_by_offer,
    into_group,
    inviting,
    made_offer,
    offered,
    unexpired,
)
from portal.relations.organisations import (
    MEDIATORS,
    admin,
    convener,
    mediates,
    mediator,
    member,
    speaker,
)
from portal.relations.people import (
    colleague,
    fellow,
    oneself,
    turned_to,
)
from portal.relations.polls import (
    asked_by_poll,
    awaited_by_poll,
    poll_awaited,
    poll_reminded,
    seeks_a_date,
    silent_in_poll,
)
from portal.relations.processes import (
    SEATS,
    TEAMS,
    has_seat,
    on_team,
    seated,
    seats_open,
)
from portal.relations.readiness import respondent
from portal.relations.records import (
    agreed_by_all,
    agrees_to_it,
    behind_a_delegation,
    had_a_seat,
    last_editor,
    may_know_whose,
    of_chatham_house,
    of_closed_dialogue,
    owes_an_action,
    present,
    redacted,
    silence_over,
    writer,
)
from portal.relations.releases import (
    agreed_to_by_all,
    asked_as,
    cooled,
    for_signing,
    from_minutes,
    is_the_party,
    may_answer_for,
    of_its_minutes,
    of_its_release,
    party_to_it,
    put_to_parties,
)
from portal.relations.requirements import (
    REQUIRED,
    of_anything,
    of_members,
    of_role,
    untrained_for_red,
    untrained_for_role,
    untrained_for_seat,
)
from portal.relations.sentence import (
    Now,
    Predicate,
    Relation,
    Who,
    moment,
    relation,
    some,
)
from portal.relations.training import learner, learners_admin
from portal.relations.units import withdrawn_unit

# All that the policy asks of a person apart from any resource.
FACTS: tuple[Fact, ...] = (
    ACTIVE,
    *HOMES.values(),
    *POSTS.values(),
    MEDIATORS,
    CIRCLES,
    SEATS,
    TEAMS,
)

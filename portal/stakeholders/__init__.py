"""The service for organisations, people, sharing groups: who is in, in which role, until when."""

from portal.consent import INVITATION_DAYS
from portal.stakeholders.directory import (
    BY_NAME,
    addressable,
    directory,
    everybody,
    group_list,
    homes_for_groups,
    known_organisations,
    members_by_name,
    people_of,
    read_ties,
    roles_of,
)
from portal.stakeholders.groups import (
    close_group,
    edit_group,
    form_group,
    invited_to,
    leave_group,
    leave_group_organisation,
    members_of,
    read_group,
)
from portal.stakeholders.offers import (
    OfferRow,
    accept_offer,
    decline_offer,
    invite_again,
    offers_of,
    offers_to_me,
    read_offer,
    revoke_invitation,
)
from portal.stakeholders.organisations import (
    OFFICE_REF,
    NewOrganisation,
    admit,
    asked_clients,
    clients_of,
    edit_organisation,
    leave_organisation,
    leave_provider,
    read_organisation,
    reinstate_organisation,
    set_clients,
    suspend_organisation,
)
from portal.stakeholders.people import (
    close_tour,
    digest_of,
    edit_person,
    end_membership,
    invite,
    invite_steward,
    leave_person,
    person_at,
    read_person,
    reinstate_person,
    resign,
    set_digest,
    suspend_person,
)
from portal.stakeholders.pledges import (
    declare_support,
    end_support,
    pledges_of,
    supporters,
)
from portal.stakeholders.selecting import SELECTED
from portal.tickets import set_ticket

"""The service for organisations, people, sharing groups: who is in, in which role, until when."""

from portal.consent import INVITATION_DAYS
from portal.stakeholders.directory import (
    addressable,
    directory,
    everybody,
    group_list,
    homes_for_groups,
    known_organisations,
    members_by_name,
    people_of,
    roles_of,
    ties_of,
)
from portal.stakeholders.groups import (
    close_group,
    edit_group,
    form_group,
    invited_to,
    leave_group,
    members_of,
    take_out_of_group,
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
    describe,
    leave_organisation,
    leave_provider,
    reinstate_organisation,
    set_clients,
    suspend_organisation,
)
from portal.stakeholders.people import (
    end_membership,
    invite,
    invite_steward,
    leave,
    person_at,
    reinstate_person,
    resign,
    set_zone,
    suspend_person,
)

"""What people of the world keep for themselves, and somebody whom few may know: canaries each.

Who may see which is said here, from the requirement: what is saved is its maker's, or those with
whom it is shared; of a person who speaks for nobody learn who works with them and the stewards.
"""

from sqlalchemy.orm import Session

from models.autosaves import Autosave
from models.base import new_reference
from models.names import folded
from models.saved_views import SavedRecipients, SavedView
from models.stakeholders import Membership, OrganisationKind, Person, Role, Standing
from models.tickets import Ticket
from portal.stakeholders import NewOrganisation, admit
from tests.cast import BEGINNING, NOW, World

MEDIATOR = "mediator@peace"


def keep(session: Session, world: World, ticket_of: str) -> dict[str, frozenset[str]]:
    """Lay the rows as they stand later in life; gives back who may see each canary.

    `ticket_of` is the reference of a notice that the Cloud liaison may read.
    """
    people = {name: actor.person_id for name, actor in world.actors.items()}
    homes = {name: home.id for name, home in world.organisations.items()}
    hidden = {"organisations": [homes["peace"]], "people": [people["observer@un"]]}
    session.add_all(
        (
            SavedView(
                person_id=people["liaison@telco"], organisation_id=homes["telco"], at=NOW,
                list="notices", name="canary-view", query="?kind=other",
            ),
            SavedView(
                person_id=people[MEDIATOR], list="notices", name="canary-own",
                query="?q=canary-asked", at=NOW,
            ),
            SavedRecipients(person_id=people[MEDIATOR], name="canary-list", keys=hidden, at=NOW),
            Autosave(
                person_id=people["analyst@cert"], form="notices.new",
                homes=[world.organisations["cert"].ref], fields={"title": ["canary-typed"]}, at=NOW,
            ),
            Ticket(
                organisation_id=homes["cloud"], ref=ticket_of, number="canary-ticket",
                folded=folded("canary-ticket"), by_id=people["liaison@cloud"], at=NOW,
            ),
        )
    )  # fmt: skip
    _somebody(session, world)
    return {
        "canary-view": frozenset({"liaison@telco", "colleague@telco"}),
        "canary-own": frozenset({MEDIATOR}),
        "canary-asked": frozenset({MEDIATOR}),
        "canary-list": frozenset({MEDIATOR}),
        "canary-typed": frozenset({"analyst@cert"}),
        "canary-ticket": frozenset({"liaison@cloud"}),
        "canary-person": frozenset({"steward@portal"}),
    }


def _somebody(session: Session, world: World) -> None:
    # Who watches for an organisation that has no seat and is on no list: nobody turns to them.
    said = NewOrganisation("Quiet Office", OrganisationKind.INTERNATIONAL, "CH", "Europe/Zurich")
    home = admit(session, world.actors["steward@portal"], said, NOW)
    person = Person(
        ref=new_reference("P", NOW.year), name="canary-person", email="quiet@office.example",
        state=Standing.ACTIVE, created_at=BEGINNING,
    )  # fmt: skip
    session.add(person)
    session.flush()
    session.add(
        Membership(
            person_id=person.id, organisation_id=home.id, role=Role.OBSERVER, begins_at=BEGINNING
        )
    )

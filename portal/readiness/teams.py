"""What a team that organises talks is asked."""

from typing import Final

from models.readiness import Scope
from portal.readiness.shapes import CIVIL, OWN, Question
from portal.words import N_

TEAMS: Final = (
    Question(
        "access-least",
        Scope.TEAM,
        9,
        N_("Who can open what"),
        N_(
            "Can each person open only what the task needs, and is access removed on the day "
            "somebody leaves?"
        ),
        N_("Most leaks need no attacker, only an account that should no longer exist."),
        N_("Go through the list of people with access, and remove those who have left."),
        f"{CIVIL} (least privilege)",
        "secondary",
    ),
    Question(
        "backups",
        Scope.TEAM,
        10,
        N_("Copies that survive"),
        N_(
            "Is there a copy of what you cannot lose, separate from the network, and have you "
            "tried to restore it?"
        ),
        N_("A wiper destroys the copies that it can reach."),
        N_(
            "Copy the most important folder to an encrypted drive, unplug it, and open one file "
            "from it."
        ),
        "from memory; NotPetya as the case",
        "memory",
    ),
    Question(
        "travel-venue",
        Scope.TEAM,
        15,
        N_("Venue and travel"),
        N_(
            "Do you know the networks, rooms, screens and borders on the way, which devices stay "
            "outside the room, and "
            "what is carried across a border?"
        ),
        N_("A host, a hotel or a neighbour may listen. Devices are taken and copied at borders."),
        N_(
            "Decide for the next trip which devices stay at home, and where phones are left "
            "during talks."
        ),
        f"from memory; {OWN}",
        "memory",
    ),
    Question(
        "third-parties",
        Scope.TEAM,
        20,
        N_("Suppliers"),
        N_(
            "Do you know which companies touch your data or devices, what they have committed to, "
            "and who else may demand the data from them?"
        ),
        N_("Part of NotPetya came with the update of a program that offices had to use."),
        N_(
            "List the five suppliers that hold most, and ask one of them whom they notify of an "
            "incident."
        ),
        f"UN norm i; {CIVIL} (choose vendors that build securely)",
        "project",
    ),
    Question(
        "do-no-harm",
        Scope.TEAM,
        22,
        N_("Could a tool harm somebody"),
        N_(
            "Before you asked people to use a tool or to be named: did you ask whom it could "
            "endanger, exclude, or make "
            "look partial?"
        ),
        N_("A tool changes who speaks and who is seen. For some people the app alone is evidence."),
        N_("Ask one participant from each side what using the tool could mean for them."),
        "UN DPPA and HD, Digital Technologies and Mediation in Armed Conflict, March 2019",
        "project",
    ),
)

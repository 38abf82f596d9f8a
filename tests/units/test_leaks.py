"""The leak oracle over units of stewards: a draft's word is met by stewards alone."""

from collections.abc import Callable

from flask import Flask

from portal import units
from portal.db import writing
from tests.canaries import addresses_of, met_by
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import completed, under_way
from tests.units.builders import STEWARD, drafted, published, taught

Visit = Callable[[str], Visitor]
MEDIATOR, TELCO, ADMIN = "mediator@peace", "liaison@telco", "colleague@telco"
EVERYBODY = {
    MEDIATOR, TELCO, ADMIN, "observer@un", STEWARD, "custodian@portal", "auditor@portal", "",
}  # fmt: skip
SIGNED_IN = EVERYBODY - {""}
# The answers of a unit are met by whoever completed it; those of the withdrawn one by them alone.
ALLOWED = {
    "canarydraft": {STEWARD},
    "canaryoffered": SIGNED_IN,
    "canarychoice": {STEWARD, MEDIATOR, TELCO},
    "canarygone": {STEWARD, MEDIATOR},
}
LISTS = (
    "/", "/training/", "/search?q=canary", "/search?q=canary&kind=units",
    "/search?q=canary&kind=training", "/search/commands?q=canary",
    "/search/references?q=canary&noun=units", "/calendar/", "/norms/measures", "/public/",
    "/steward/read-trail?verb=publish", "/steward/require-everywhere", "/steward/read-emails",
)  # fmt: skip
CHOICES = "## Which?\n- [x] canarychoice\n  It is.\n- [ ] That.\n  It is not."


def words(canary: str) -> dict[str, str]:
    """A unit with the word in all that is read."""
    said = {"title": canary, "summary": canary, "body": f"## {canary}\n{canary}"}
    return said | {"sources": f"{canary} | project"}


def test_nobody_comes_across_what_is_not_theirs(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world, **words("canarydraft")).ref
        offered = published(session, world, **words("canaryoffered"), questions=CHOICES).ref
        gone = published(session, world, **words("canarygone")).ref
    with writing(world.sessions) as session:
        mine = [completed(session, world, MEDIATOR, taught(world, gone)).ref]
        mine += [completed(session, world, MEDIATOR, taught(world, offered)).ref]
        mine += [under_way(session, world, TELCO, taught(world, offered)).ref]
        units.withdraw(session, world.actors[STEWARD], gone, lift=False, now=NOW)
    refs = [draft, offered, gone]
    ways = [*LISTS, *addresses_of(app, "units", refs)]
    ways += [f"/training/units/{ref}" for ref in refs]
    ways += [f"/training/{ref}{end}" for ref in mine for end in ("", "/study", "/complete")]
    assert met_by(app, visit, ways, ALLOWED, EVERYBODY) == ALLOWED

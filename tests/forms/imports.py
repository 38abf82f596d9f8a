"""Forms that make drafts of a file of claims or harm: what is sent once and again."""

import itertools

from sqlalchemy.orm import Session

from tests.cast import World
from tests.exchange.samples import as_bytes, event
from tests.forms.filled import TELCO, Scene, Sent

NUMBERS = itertools.count(1)


def _take_claims(_session: Session, _world: World) -> Sent:
    """An event whose cluster is a claim of the event's author."""
    cluster = {"type": "threat-actor", "value": "Sandpiper"}
    said = {"Galaxy": [{"type": "threat-actor", "GalaxyCluster": [cluster]}]}
    data = event(**said, Orgc={"name": "Telco CERT"}, Tag=[{"name": "tlp:amber"}])
    typed = {"keep": "1", "file": (as_bytes(data), "event.json"), "producer": ""}
    return Sent(TELCO, "/claims/import", typed, "file")


def _take_harm(_session: Session, _world: World) -> Sent:
    """A table with one row; each time another, as the same again is skipped."""
    table = f"title,category,best,unit\r\nServers {next(NUMBERS)},economic,7,servers\r\n".encode()
    return Sent(
        TELCO, "/harm/import", {"keep": "1", "whose": "own", "file": (table, "a.csv")}, "file"
    )


SCENES: dict[str, Scene] = {"claims.take": _take_claims, "harm.take": _take_harm}

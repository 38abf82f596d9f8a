"""One id is one object, made once; and another version of it wherever its content is another.

STIX 2.1: `created` stays what it was (3.2), and `modified` is later for each change and moves with
no other (3.6). Held over all that the portal writes, from several records and at several times.
What a file takes along decides which other objects of it one refers to: that is left out here.
"""

import hashlib
import itertools
import json
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal import claims, exchange, notices, releases
from portal.db import writing
from portal.exchange.extension import SCHEMAS, definitions
from portal.exchange.our_ids import CLAIM_EXTENSION, HARM_EXTENSION, INCIDENT_EXTENSION
from portal.exchange.released import files_of
from portal.exchange.writing import stix_time
from portal.notices.indicators import TypedSign, add_signs
from tests.cast import NOW, World
from tests.claims import builders as of_claims
from tests.factories import published, to
from tests.harm import builders as of_harm
from tests.releases import builders as of_releases

TELCO, CLOUD = "liaison@telco", "liaison@cloud"
Thing = dict[str, Any]
# Which other objects of the same file: by what is taken along, and by who may read it.
ALONG = ("object_refs", "source_ref", "extensions")
# The SHA-256 of each definition of an extension: one of another text needs another `modified`.
DEFINED = {
    CLAIM_EXTENSION: "5926917a7d3b5de479318305e00ab2833af03a564e5ca1d9ebdf01b70d649102",
    HARM_EXTENSION: "1b1bfe9bd7833bdd557aa9205e710d20629623406e7bb82c0da9a1842d6dbb43",
    INCIDENT_EXTENSION: "642d48c5c3532ad77b35c0472eb9bfdf0862f6b1b4a999189158b1e6e8a152f7",
}


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


class Files:
    """Every object of every file, in the order of their making."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.found: dict[str, list[Thing]] = defaultdict(list)

    def take(self, data: bytes) -> bytes:
        """Keep the objects of a file."""
        for thing in json.loads(data)["objects"]:
            self.found[thing["id"]].append(thing)
        return data

    def everything(self, refs: dict[str, str], at: datetime) -> dict[str, list[Thing]]:
        """The objects of each record by itself, and of each notice with what is on it."""
        made = {}
        with writing(self.world.sessions) as session:
            asked = (session, self.world.actors[TELCO])
            for sort, ref in refs.items():
                if sort.startswith("notice"):
                    both = exchange.export_together(*asked, ref, at, "stix")
                    made[f"{sort} alone"] = self.take(exchange.stix_of(both[0]))
                    made[sort] = self.take(exchange.stix_of_notice(*both))
                else:
                    out = exchange.claim_out if sort.startswith("claim") else exchange.harm_out
                    made[sort] = self.take(exchange.stix_of_said(out(*asked, ref, at, "stix")))
        return {sort: json.loads(data)["objects"] for sort, data in made.items()}


def texts(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if name not in (*ALONG, "modified")}


def changed(before: dict[str, list[Thing]], after: dict[str, list[Thing]]) -> set[str]:
    return {sort for sort, things in before.items() if after[sort] != things}


def checked(files: Files, sorts: set[str]) -> None:
    """Each object by itself: made once, and another version where its content is another."""
    assert sorts <= {key.partition("--")[0] for key in files.found}
    for key, things in files.found.items():
        assert len({thing.get("created") for thing in things}) == 1, (key, "created differs")
        for one, other in itertools.pairwise(things):
            if texts(one) != texts(other):
                assert one["modified"] < other["modified"], (key, "no other version")


def test_of_a_record_nothing_changes_but_with_its_content(world: World) -> None:
    files, telco, cloud = Files(world), world.actors[TELCO], world.actors[CLOUD]
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "cloud")
        claim = of_claims.asked(session, world, "peace", about="cloud", notice_id=notice.id)
        of_claims.replied(session, world, claim)
        claims.publish(session, telco, claim.ref, day(1))
        row = of_harm.published(session, world, "peace", notice_id=notice.id, said_by="A paper")
        other = published(session, world, "peace", title="Another")
        said = {"claimant": "A newspaper", "source_title": "Its page"}
        cited = of_claims.published(session, world, "peace", **said)
        refs = {"notice": notice.ref, "claim": claim.ref, "harm": row.ref}
        refs |= {"notice 2": other.ref, "claim 2": cited.ref}
        version, cited_version = claim.version, cited.version
    first = files.everything(refs, day(2))
    assert changed(first, files.everything(refs, day(3))) == set()
    with writing(world.sessions) as session:
        notices.acknowledge(session, cloud, refs["notice"], day(4))
        notices.close(session, telco, refs["notice 2"], why="Over.", now=day(4))
    assert changed(first, files.everything(refs, day(5))) == set()
    with writing(world.sessions) as session:
        claims.reply(session, cloud, refs["claim"], text="Again.", version=version, now=day(6))
    second = files.everything(refs, day(7))
    assert changed(first, second) == {"claim", "notice"}
    with writing(world.sessions) as session:
        claims.correct(
            session, telco, refs["claim 2"], text=of_claims.text(**said | {"claimant": "Another"}),
            to=to(world, "peace"), why="It was not.", version=cited_version, now=day(8),
        )  # fmt: skip
    assert changed(second, files.everything(refs, day(9))) == {"claim 2"}
    checked(files, {"report", "incident", "note", "identity", "relationship", "marking-definition"})


def test_what_is_withdrawn_is_revoked(world: World) -> None:
    files, telco = Files(world), world.actors[TELCO]
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", summary="It spreads.")
        ref = notice.ref
        for detection in (True, False):
            sign = TypedSign("domain", f"{detection}.bad.example", "")
            add_signs(session, notice, [sign], detection=detection)
    files.everything({"notice": ref}, day(1))
    with writing(world.sessions) as session:
        notices.withdraw(session, telco, ref, why="It was another's.", now=day(2))
    after = files.everything({"notice": ref}, day(3))["notice"]
    ours = {thing["type"] for thing in after if thing.get("revoked")}
    assert ours == {"report", "incident", "indicator", "observed-data", "note"}
    for key, things in files.found.items():
        if things[-1]["type"] in ours:
            assert things[0]["modified"] < things[-1]["modified"] == stix_time(day(2)), key
    checked(files, ours)
    with writing(world.sessions) as session:
        both = exchange.export_together(session, telco, ref, day(3), "misp")
        event = json.loads(exchange.misp_of_notice(*both))["Event"]
    held = [*event["Attribute"], *event.get("EventReport", ())]
    assert len(held) > 2
    assert all(one["deleted"] for one in held), "MISP revokes no event, but what it holds"


def test_releases_of_different_days_name_one_organisation_once(world: World) -> None:
    files = Files(world)
    with writing(world.sessions) as session:
        for at in (of_releases.COOLED, of_releases.COOLED + timedelta(days=2)):
            joint = of_releases.confirmed(
                session, world, of_releases.joint(session, world, "cloud")
            )
            of_releases.signed(session, world, joint, [TELCO, CLOUD])
            own = of_releases.confirmed(session, world, of_releases.drafted(session, world))
            for release in (joint, own):
                going = releases.outgoing(session, world.actors[TELCO], release.ref, at)
                files.take(files_of(going.content).as_stix)
    names = {
        thing["name"] for things in files.found.values() for thing in things if "name" in thing
    }
    assert {"Telco", "Cloud"} <= names
    identities = [key for key in files.found if key.startswith("identity")]
    assert len(identities) == 2
    for key in identities:
        assert all(one == files.found[key][0] for one in files.found[key])


@pytest.mark.parametrize("key", SCHEMAS)
def test_a_definition_of_another_text_is_another_version(key: str) -> None:
    uses = {"it": {"extensions": {key: {}}}}
    _maker, made = definitions(uses)
    digest = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    assert digest == DEFINED[key], "say in `modified` when it was changed, and here what it is"

"""Claims and harm in MISP events: our own objects, and what galaxies say of actors and States.

That a cluster stands at an event is a claim of the event's author; which State is behind the
cluster is a claim of the authors of the galaxy. Neither is a finding.
"""

from collections.abc import Iterator
from typing import Any, Final

from models.vocabulary import Pap, Tlp
from portal.claims import NUMBER, ClaimText, Quoted
from portal.errors import Invalid
from portal.exchange.found import DELETED, UNCLEAR
from portal.exchange.heard import (
    ANSWERS_NOTHING,
    GARBLED,
    LONGEST_BODY,
    NO_DAY,
    NOBODY,
    Ear,
    Heard,
    marking,
    pap_of,
)
from portal.exchange.markings import Markings
from portal.exchange.misp_markings import read_markings
from portal.exchange.plain import as_far_as_read, claim_of, from_texts, harm_of
from portal.exchange.quoting import heard_in_misp, strictest_of, withdrawals
from portal.exchange.values import instant, line, listed, number, rows, said, texts, truth
from portal.norms.shapes import SECONDARY

Thing = dict[str, Any]
CLAIM, HARM, REPLY = "good-offices-claim", "good-offices-harm", "good-offices-reply"
INSIDE: Final = ("Attribute", "Object", "EventReport")
ACTORS: Final = frozenset({"threat-actor", "mitre-intrusion-set", "microsoft-activity-group"})
STATES: Final = ("cfr-suspected-state-sponsor", "suspected-state-sponsor")


def from_misp(events: list[tuple[Thing, Thing]], ear: Ear) -> Heard:
    """The claims and harm of events, each with the object that holds it."""
    for wrapper, event in events:
        _Event(wrapper, event, ear).read()
    return ear.all()


class _Event:
    def __init__(self, wrapper: Thing, event: Thing, ear: Ear) -> None:
        self.event, self.ear = event, ear
        self.name = line(event.get("info"), 200)
        whole = Markings()
        read_markings(wrapper, event, whole)
        self.least, self.pap = marking(whole), pap_of(whole)
        around = {name: value for name, value in event.items() if name not in INSIDE}
        self.around = Markings()
        read_markings({"Event": around}, around, self.around)

    def read(self) -> None:
        replies = self._replies()
        for thing in rows(self.event.get("Object")):
            name = thing.get("name")
            if name in (CLAIM, HARM):
                key = line(thing.get("uuid"), 60)
                self._ours(thing, "claim" if name == CLAIM else "harm", replies.pop(key, []))
        for reply in (one for left in replies.values() for one in left):
            self.ear.left.add(ANSWERS_NOTHING, "reply", reply.said_by)
        for galaxy in _galaxies(self.event):
            for cluster in rows(galaxy.get("GalaxyCluster")):
                if (line(cluster.get("type")) or line(galaxy.get("type"))) in ACTORS:
                    self._cluster(cluster)

    def _replies(self) -> dict[str, list[Quoted]]:
        """The replies in the event, by the key of the object that they answer."""
        found: dict[str, list[Quoted]] = {}
        for thing in rows(self.event.get("Object")):
            if thing.get("name") != REPLY:
                continue
            held, gone = _values(thing), truth(thing.get("deleted"))
            reply = heard_in_misp(held, thing.get("uuid"), self._own_marking(thing))
            if gone is not False or reply is None:
                reason = GARBLED if gone is False else DELETED if gone else UNCLEAR
                self.ear.left.add(reason, "reply", held.get("producer", "")[:80])
            else:
                found.setdefault(held.get("answers", ""), []).append(reply)
        return found

    def _own_marking(self, thing: Thing) -> Tlp:
        """That of an object which names its own; else that of the event with it."""
        own = Markings()
        alone = {"info": "", "Object": [thing], "Tag": _first_tags(thing)}
        read_markings({"Event": alone}, alone, own)
        return marking(own) if own.stated else self._marking(thing)[0]

    def _ours(self, thing: Thing, sort: str, replies: list[Quoted]) -> None:
        held = _values(thing)
        gone = truth(thing.get("deleted"))
        ends = held.pop("withdrawals", "")
        who, answers = held.pop("producer", ""), held.pop("answers", "")
        title = held.get("title", "")[:80]
        if gone is not False and not (gone and ends and sort == "claim"):
            self.ear.left.add(UNCLEAR if gone is None else DELETED, sort, title)
            return
        if not who:
            self.ear.left.add(NOBODY, sort, title)
            return
        tlp, pap = self._marking(thing)
        key = line(thing.get("uuid"), 60)
        earlier = held.pop("replies", "")  # as versions before decision 0051 was extended wrote it
        try:
            plain = from_texts(held)
            plain["verified"] = as_far_as_read(held.get("verified"))
            if not (held.get("source_title") or held.get("source_publisher")):
                plain["source_title"] = held.get("reference") or self._source()
            if sort == "harm":
                self.ear.row(key, harm_of({**plain, "said_by": who}, tlp), pap)
                return
            quoted = (*replies, *_withdrawals(ends, tlp))
            body = "\n\n".join(filter(None, (held.get("body", ""), earlier)))
            least = strictest_of(tlp, quoted)
            text = claim_of({**plain, "claimant": who, "body": body}, least)
            self.ear.claim(key, text, pap, answers, quoted)
        except Invalid:
            self.ear.left.add(GARBLED, sort, title)

    def _marking(self, thing: Thing) -> tuple[Tlp, Pap | None]:
        """That of the event and of one object in it, without what else the event holds."""
        own, alone = Markings(), {"Object": [thing]}
        read_markings({"Event": alone}, alone, own)
        own.add(self.around)
        own.stated = self.around.stated
        return marking(own), pap_of(own)

    def _cluster(self, cluster: Thing) -> None:
        named = line(cluster.get("value"), 200)
        if not named:
            self.ear.left.add(GARBLED, "cluster")
            return
        self._claim(named, "group", f"{self.name or 'The event'} attributed to {named}", {})
        meta = cluster.get("meta")
        meta = meta if isinstance(meta, dict) else {}
        sponsors = dict.fromkeys(one for name in STATES for one in texts(meta.get(name)))
        authors = texts(cluster.get("authors")) or texts(cluster.get("source"))
        sure = next((number(one) for one in listed(meta.get("attribution-confidence"))), None)
        words: Thing = {"claimant": ", ".join(authors)[:200]}
        if sure in range(101):
            words |= {"scale": NUMBER, "confidence": str(sure)}
        if refs := [one for one in texts(meta.get("refs"), 500) if one.startswith("http")]:
            words["source_url"] = refs[0]
        words["source_title"] = f"MISP galaxy {line(cluster.get('type'), 60)}: {named}"[:300]
        words["body"] = said(cluster.get("description"), LONGEST_BODY)
        for state in sponsors:
            self._claim(state, "state", f"{named} attributed to {state}", words)

    def _claim(self, named: str, sort: str, title: str, words: Thing) -> None:
        who = self._author() if "claimant" not in words else words["claimant"]
        at = instant(self.event.get("date")) or instant(self.event.get("timestamp"))
        if not who or at is None:
            self.ear.left.add(NO_DAY if who else NOBODY, "cluster", title[:80])
            return
        text = ClaimText(
            **{
                "title": title[:200],
                "tlp": self.least,
                "form": "technical-report",
                "said_on": at.date().isoformat(),
                "about_sort": sort,
                "about": named,
                "verified": SECONDARY,
                "source_title": self._source(),
                **words,
                "claimant": who,
            }
        )
        self.ear.claim(f"{line(self.event.get('uuid'), 60)}:{title}", text, self.pap)

    def _author(self) -> str:
        for name in ("Orgc", "Org"):
            org = self.event.get(name)
            if isinstance(org, dict) and (who := line(org.get("name"), 200)):
                return who
        return self.ear.producer

    def _source(self) -> str:
        return f"MISP event {line(self.event.get('uuid'), 60)}".strip()


def _values(thing: Thing) -> dict[str, str]:
    """What an object of ours says, by relation, without what is deleted of it."""
    return {
        line(row.get("object_relation"), 64): _value(row.get("value"))
        for row in rows(thing.get("Attribute"))
        if truth(row.get("deleted")) is False
    }


def _withdrawals(text: str, tlp: Tlp) -> list[Quoted]:
    plain = from_texts({"withdrawals": text})["withdrawals"] if text else []
    found = withdrawals(plain, tlp)
    if found is None:
        raise Invalid({"file": GARBLED})
    return found


def _first_tags(thing: Thing) -> Any:
    """The tags of the first attribute: our objects name their marking on each."""
    return next((row.get("Tag") for row in rows(thing.get("Attribute"))), None)


def _value(value: object) -> str:
    return value if isinstance(value, str) else ""


def _galaxies(event: Thing) -> Iterator[Thing]:
    """Those of the event and of its attributes, wherever they stand."""
    yield from rows(event.get("Galaxy"))
    things = rows(event.get("Object"))
    for row in (event, *things):
        for attribute in rows(row.get("Attribute")):
            yield from rows(attribute.get("Galaxy"))

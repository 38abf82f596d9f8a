"""Claims and harm in a STIX 2.1 bundle: our own notes, and what others attribute and deny.

An attribution is a claim of whoever made the object (`created_by_ref`), never a finding. What names
no producer is nobody's claim and is not taken.
"""

from dataclasses import replace
from typing import Any, Final

from models.vocabulary import Pap, Tlp
from portal.claims import NUMBER, ClaimText, Quoted
from portal.claims.words import Stance
from portal.errors import Invalid
from portal.exchange.found import RELATION, REVOKED, SUPERSEDED
from portal.exchange.heard import (
    ABSENT,
    GARBLED,
    LONGEST_BODY,
    NEUTRAL,
    NO_DAY,
    NOBODY,
    Ear,
    Heard,
    marking,
    pap_of,
)
from portal.exchange.hearing_incident import (
    Garbled,
    body_of,
    core_of,
    counted,
    days_of,
    row_of_count,
    row_of_impact,
    stated_of_impact,
    stated_of_incident,
)
from portal.exchange.markings import Markings
from portal.exchange.our_ids import CLAIM_EXTENSION, HARM_EXTENSION
from portal.exchange.plain import as_far_as_read, claim_of, harm_of
from portal.exchange.quoting import heard_in_stix, strictest_of, version_of, withdrawals
from portal.exchange.stix_markings import BundleMarkings
from portal.exchange.stix_objects import Objects, source_of, title_of
from portal.exchange.values import all_rows, instant, line, listed, number, said, texts
from portal.norms.shapes import SECONDARY

Thing = dict[str, Any]
ATTRIBUTED: Final = "attributed-to"
SORTS: Final = {
    "threat-actor": "group",
    "intrusion-set": "group",
    "campaign": "group",
    "identity": "body",
}
STANCES: Final = {"disagree": Stance.DOUBTS, "strongly-disagree": Stance.DENIES}


def from_stix(bundle: Thing, ear: Ear) -> Heard:
    """The claims and harm of a bundle; raises Unreadable where a restriction cannot be read."""
    return _Reading(bundle, ear).all()


class _Reading:
    def __init__(self, bundle: Thing, ear: Ear) -> None:
        self.bundle, self.ear = bundle, ear
        self.objects = Objects(bundle.get("objects"), ear.now)
        every = list(all_rows(self.objects.all))
        self.definitions = BundleMarkings(every)
        whole = Markings()
        self.definitions.read([bundle, *every], whole)
        whole.stated = bool(whole.tlp or whole.least)
        self.least = marking(whole)
        self.replies: dict[str, Quoted | None] = {}
        self.incidents: dict[str, Thing] = {}  # by their impacts: of several the first holds
        for _place, one in self.objects.live():
            held = core_of(one).get("impact_refs") if one.get("type") == "incident" else None
            for key in texts(held):
                self.incidents.setdefault(key, one)

    def all(self) -> Heard:
        ours = self._ours()
        for _place, thing in self.objects.live():
            key, sort = str(thing.get("id")), thing.get("type")
            if key in ours:
                continue
            if sort == "relationship" and thing.get("relationship_type") == ATTRIBUTED:
                self._attribution(key, thing)
            elif sort == "opinion":
                self._opinion(key, thing)
            elif sort == "incident":
                self._incident(key, thing)
            elif sort == "impact":
                self._impact(key, thing)
        self._revoked(ours)
        return self.ear.all()

    def _revoked(self, ours: set[str]) -> None:
        """Say of claims of others that their source revoked them."""
        for place, reason in self.objects.gone.items():
            thing, sort = self.objects.all[place], self.objects.sorts[place]
            claims = sort == "opinion" or (
                sort == "relationship" and thing.get("relationship_type") == ATTRIBUTED
            )
            if claims and reason == REVOKED and str(thing.get("id")) not in ours:
                what = line(thing.get("description") or thing.get("explanation"), 80)
                self.ear.left.add(REVOKED, sort, what)

    def _ours(self) -> set[str]:
        """Take our own notes; gives the ids of what stands beside them and says no more.

        A claim that was withdrawn is taken with its withdrawal; harm that was is not taken.
        """
        beside: set[str] = set()
        for place, note in enumerate(self.objects.all):
            if self.objects.gone.get(place) not in (None, REVOKED):
                continue
            held = note.get("extensions") if note.get("type") == "note" else None
            for key in (CLAIM_EXTENSION, HARM_EXTENSION):
                inside = held.get(key) if isinstance(held, dict) else None
                if isinstance(inside, dict):
                    beside |= {str(note.get("id")), *texts(note.get("object_refs"))}
                    beside |= set(texts(inside.get("reply_refs")))
                    if place in self.objects.gone and not inside.get("withdrawals"):
                        sort = "claim" if key == CLAIM_EXTENSION else "harm"
                        self.ear.left.add(REVOKED, sort, title_of(note)[:80])
                        continue
                    self._note(note, inside, "claim" if key == CLAIM_EXTENSION else "harm")
        return beside

    def _note(self, note: Thing, inside: Thing, sort: str) -> None:
        key, title = str(note.get("id")), title_of(note)[:80]
        producer, name = self._producer(note)
        plain = inside.get(sort)
        if not name or not isinstance(plain, dict):
            self.ear.left.add(GARBLED if name else NOBODY, sort, title)
            return
        refs = texts(inside.get("reply_refs"))
        tlp, pap = self._marking(note, producer, *map(self.objects.refer, refs))
        plain = {**plain, "verified": as_far_as_read(plain.get("verified"))}
        plain |= source_of(plain, note)
        try:
            if sort == "harm":
                self.ear.row(key, harm_of({**plain, "said_by": name}, tlp), pap)
                return
            quoted = self._quoted(refs, inside, tlp)
            if quoted is None:
                self.ear.left.add(GARBLED, sort, title)
                return
            text = claim_of({**plain, "claimant": name}, strictest_of(tlp, quoted))
            self.ear.claim(key, text, pap, line(inside.get("answers_ref")), quoted)
        except Invalid:
            self.ear.left.add(GARBLED, sort, title)

    def _producer(self, thing: Thing) -> tuple[Thing, str]:
        """Who made an object, and their name; whom the reader named where the file names nobody."""
        by = self.objects.refer(thing.get("created_by_ref"))
        named = thing.get("created_by_ref") is not None
        return by, line(by.get("name"), 200) if named else self.ear.producer

    def _quoted(self, refs: list[str], inside: Thing, tlp: Tlp) -> tuple[Quoted, ...] | None:
        """The replies to a claim and its withdrawals; None where one cannot be read.

        A reply that its author revoked is not taken, and the file says so.
        """
        versions = [*listed(inside.get("reply_versions")), *[None] * len(refs)]
        found: list[Quoted | None] = []
        for ref, version in zip(refs, versions, strict=False):
            note = self.objects.refer(ref)
            reason = self.objects.gone.get(self.objects.places.get(ref, -1))
            if not note or reason is not None:
                self.ear.left.add(reason or ABSENT, "reply", title_of(note)[:80])
                continue
            found.append(self._reply(ref, note, version))
        ends = withdrawals(inside.get("withdrawals", []), tlp)
        if ends is None or None in found:
            return None
        return (*(one for one in found if one is not None), *ends)

    def _reply(self, ref: str, note: Thing, version: object) -> Quoted | None:
        if ref not in self.replies:
            who = self.objects.refer(note.get("created_by_ref"))
            self.replies[ref] = heard_in_stix(note, who, None, self._marking(note, who)[0])
        found = self.replies[ref]
        return found and replace(found, edition=version_of(version))

    def _marking(self, thing: Thing, *more: Thing) -> tuple[Tlp, Pap | None]:
        """The strictest of an object and of what it names; that of all where it has none."""
        own, with_more = self.definitions.of(thing), Markings()
        for one in (self.bundle, thing, *more):
            with_more.add(self.definitions.of(one))
        with_more.stated = bool(own.tlp or own.least)
        least = with_more.strictest()
        if not with_more.stated:
            least = max(least, self.least, key=lambda tlp: tlp.rank)
        return least, pap_of(with_more)

    def _attribution(self, key: str, tie: Thing) -> None:
        source, target = map(self.objects.refer, (tie.get("source_ref"), tie.get("target_ref")))
        by, who = self._producer(tie)
        what, named = (line(thing.get("name"), 200) for thing in (source, target))
        sort = SORTS.get(str(target.get("type")), "")
        if not named or not sort:
            self.ear.left.add(RELATION, ATTRIBUTED, what)
            return
        if target.get("identity_class") == "individual":
            sort = "person"
        of_what = what or line(source.get("type"), 64) or "It"
        words = self._claimed(tie, who, f"{of_what} attributed to {named}")
        if words is None:
            return
        tlp, pap = self._marking(tie, source, target, by)
        sure = number(tie.get("confidence"))
        if sure in range(101):  # absent is not stated, which is not 0
            words |= {"scale": NUMBER, "confidence": str(sure)}
        body = said(tie.get("description"), LONGEST_BODY)
        self.ear.claim(
            key, ClaimText(**words, tlp=tlp, about_sort=sort, about=named, body=body), pap
        )

    def _opinion(self, key: str, opinion: Thing) -> None:
        stance = STANCES.get(str(opinion.get("opinion")))
        refs = texts(opinion.get("object_refs"))
        if stance is None or not refs:
            self.ear.left.add(NEUTRAL, "opinion", line(opinion.get("explanation"), 80))
            return
        by, who = self._producer(opinion)
        why = said(opinion.get("explanation"), LONGEST_BODY)
        about = self.ear.texts.get(refs[0])
        title = line(why, 200) or f"{'Denies' if stance == Stance.DENIES else 'Doubts'} a claim"
        words = self._claimed(opinion, who, title)
        if words is None:
            return
        tlp, pap = self._marking(opinion, by)
        whom = {"about_sort": about.about_sort, "about": about.about} if about else {}
        text = ClaimText(
            **{"about_sort": "unknown", **words, **whom}, tlp=tlp, body=why, stance=stance
        )
        self.ear.claim(key, text, pap, refs[0])

    def _claimed(self, thing: Thing, who: str, title: str) -> Thing | None:
        """What a claim of others says of itself; None where it is nobody's or has no day."""
        sort = line(thing.get("type"), 64)
        at = instant(thing.get("created")) or instant(thing.get("modified"))
        if not who or at is None:
            self.ear.left.add(NO_DAY if who else NOBODY, sort, title[:80])
            return None
        return {
            "title": title[:200],
            "form": "technical-report",
            "said_on": at.date().isoformat(),
            "verified": SECONDARY,
            "claimant": who,
            **source_of({}, thing),
        }

    def _incident(self, key: str, incident: Thing, impact: Thing | None = None) -> None:
        """What an incident, or one of its impacts, says of harm: each row of its producer."""
        thing = impact or incident
        core = core_of(incident)
        by, who = self._producer(thing)
        name, at = title_of(incident)[:180], instant(thing.get("modified"))
        stated = stated_of_incident(core) + (stated_of_impact(impact) if impact else [])
        tlp, pap = self._marking(thing, incident, by)
        more = {
            "body": body_of(thing if impact else {}, stated),
            "said_by": who,
            "said_on": at.date().isoformat() if at else "",
            **source_of({}, thing),
            **(days_of(impact) if impact else {}),
        }
        if impact and (named := self._named(impact)):
            more["who"] = named
        for unit, count in counted(impact or core):
            if not who or count is None or not unit:
                self.ear.left.add(GARBLED if who else NOBODY, "impacted_entity_counts", unit)
                continue
            self.ear.row(f"{key}:{unit}", row_of_count(name, unit, count, tlp, more), pap)
        if impact is None:
            return
        try:
            row = row_of_impact(name, impact, tlp, more)
        except Garbled:
            self.ear.left.add(GARBLED, "impact", name[:80])
            return
        if row is not None and not who:
            self.ear.left.add(NOBODY, "impact", name[:80])
        elif row is not None:
            self.ear.row(key, row, pap)

    def _impact(self, key: str, impact: Thing) -> None:
        """An impact with the incident that names it; what a later one replaces is not taken."""
        if self.objects.refer(impact.get("superseded_by_ref")):
            self.ear.left.add(SUPERSEDED, "impact", line(impact.get("description"), 80))
            return
        self._incident(key, self.incidents.get(key, {}), impact)

    def _named(self, impact: Thing) -> str:
        """Whom or what an impact names as touched, as far as they have names in the file."""
        every = map(self.objects.refer, texts(impact.get("impacted_refs")))
        return ", ".join(filter(None, (line(one.get("name"), 80) for one in every)))[:200]

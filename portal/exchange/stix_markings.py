"""Markings of a STIX bundle: resolved by id, read where they are standard, named where not.

STIX 2.1, section 7.2; TLP 2.0 and PAP as the OASIS committee publishes them (common objects).
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from models.vocabulary import Pap, Tlp
from portal.exchange.markings import (
    UNDEFINED,
    UNREAD_OTHER,
    UNREAD_PAP,
    UNREAD_TLP,
    Markings,
)
from portal.exchange.our_ids import OURS
from portal.exchange.values import line, listed, strings
from portal.marking_words import plain_pap, plain_tlp, speaks_of_pap, speaks_of_tlp

# TLP 1 (STIX 2.1, 7.2.1.4), then TLP 2.0 (OASIS).
TLP_IDS: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": Tlp.CLEAR,
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": Tlp.GREEN,
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": Tlp.AMBER,
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": Tlp.AMBER_STRICT,
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": Tlp.RED,
}
# PAP (OASIS); `white` is the older name of `clear`, so it stands first.
PAP_IDS: Final = {
    "marking-definition--a3bea94c-b469-41dc-9cfe-d6e7daba7730": Pap.CLEAR,
    "marking-definition--ad15a0cd-55b6-4588-a14c-a66105329b92": Pap.CLEAR,
    "marking-definition--c43594d1-4b11-4c59-93ab-1c9b14d53ce9": Pap.GREEN,
    "marking-definition--60f8932b-e51e-4458-b265-a2e8be9a80ab": Pap.AMBER,
    "marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e": Pap.RED,
}
# Not standard: known so that its strictness is, not so that it is believed without a question.
OPENCTI_STRICT: Final = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"
TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
PAP_EXTENSION: Final = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b"
READABLE: Final = frozenset({TLP_EXTENSION, PAP_EXTENSION})
OF_EXTENSION: Final = frozenset({"extension_type", "tlp_2_0", "pap"})
COPYRIGHT: Final = re.compile(r"\s*(copyright\b|©|\(c\))[\w\s.,©()&'-]{0,80}", re.IGNORECASE)
RESTRICTING: Final = re.compile(
    r"shar|distribut|releas|restrict|confiden|secret|only|not|may|must|permi|named|tlp|pap"
    r"|intern|privat|member|recipient|prohibit|proprietar|forbid|interdit|diffus|difus|vertraul"
    r"|geheim|riserv|secre|nur\b|limit|authori|intended|consent|clearance|classif|exclusiv|embargo",
    re.IGNORECASE,
)
COMMON: Final = frozenset(
    {
        "type", "spec_version", "id", "created", "modified", "created_by_ref", "name", "revoked",
        "definition_type", "definition", "extensions", "object_marking_refs", "granular_markings",
        "external_references", "lang", "labels", "confidence",
    }
)  # fmt: skip
BY_ITSELF: Final = frozenset({"objects"})  # the objects of a bundle are read one by one
# A part in another language is marked so, and restricts nothing (STIX 2.1, 7.2.3).
UNMARKED: Final = frozenset({"lang", "selectors"})
# Where people write sentences.
PROSE: Final = frozenset(
    {"description", "content", "abstract", "explanation", "opinion", "comment"}
)
STANDARD: Final = frozenset({"object_marking_refs", "granular_markings", "x_misp_distribution"})


class BundleMarkings:
    """Reads the markings of objects; each definition is looked up by its id, and read once."""

    def __init__(self, things: list[dict[str, Any]]) -> None:
        self.definitions: dict[str, list[dict[str, Any]]] = {}
        for thing in things:
            if thing.get("type") == "marking-definition" and isinstance(thing.get("id"), str):
                self.definitions.setdefault(thing["id"], []).append(thing)
        self._known: dict[int, Markings] = {}

    def of(self, thing: dict[str, Any]) -> Markings:
        """What one object of the file restricts, read once however many others name it.

        It is known by its `id()`: so it has to stay in memory as long as this does.
        """
        if not thing:
            return Markings()
        found = self._known.get(id(thing))
        if found is None:
            found = self._known[id(thing)] = Markings()
            self.read([thing], found)
        return found

    def read(self, things: list[dict[str, Any]], markings: Markings) -> set[str]:
        """Gather all that restricts these: markings of them and their parts, labels, own fields.

        Gives the ids of the markings that they carry.
        """
        carried = Counter(ref for thing in things for ref in _carried(thing, markings))
        for ref, times in carried.items():
            self._apply(ref, times, markings)
        for thing in things:
            for label in listed(thing.get("labels")):
                markings.tag(label)
            if thing.get("type") != "marking-definition":
                _own_fields(thing, markings)
        return set(carried)

    def _apply(self, ref: str, times: int, markings: Markings) -> None:
        plain = ref.strip().lower()
        if tlp := TLP_IDS.get(plain):
            markings.tlp.add(tlp)
        elif pap := PAP_IDS.get(plain):
            markings.pap.add(pap)
        elif ref == OPENCTI_STRICT:
            what = f"TLP:AMBER+STRICT ({ref})"
            markings.unreadable(UNREAD_TLP, what, "TLP:AMBER+STRICT", times)
        elif ref not in self.definitions:
            markings.unreadable(UNDEFINED, ref, ref, times)
        for definition in self.definitions.get(ref, ()):
            _read_definition(definition, ref in TLP_IDS or ref in PAP_IDS, markings)


def _carried(thing: dict[str, Any], markings: Markings) -> Iterator[str]:
    """The ids of the markings of an object and of its parts."""
    refs = list(listed(thing.get("object_marking_refs")))
    for part in listed(thing.get("granular_markings")):
        if isinstance(part, dict) and ("lang" not in part or part.keys() - UNMARKED):
            refs.append(part.get("marking_ref"))
        elif not isinstance(part, dict):
            refs.append([part])
    for ref in refs:
        if isinstance(ref, str):
            yield ref
        else:
            markings.unreadable(UNREAD_OTHER, "object_marking_refs", " ".join(strings(ref))[:1000])


def _read_definition(definition: dict[str, Any], official: bool, markings: Markings) -> None:
    """Read one definition: every statement in it counts, and one that is not understood as well."""
    understood = [official]
    content = definition.get("definition")
    fields = content if isinstance(content, dict) else {"statement": content}
    for key, value in fields.items():
        if value is not None:
            understood.append(_read_field(key.lower(), value, official, markings))
    extensions = definition.get("extensions")
    for key, value in extensions.items() if isinstance(extensions, dict) else ():
        understood.append(_read_extension(key, value, markings))
    for key, value in definition.items():
        if key not in COMMON:
            understood += [_read_text(text, markings) for text in strings(value)]
    name = definition.get("name")
    if isinstance(name, str) and (speaks_of_tlp(name) or speaks_of_pap(name)):
        _compare_name(name, any(understood), markings)
    elif not any(understood):
        markings.unreadable(UNREAD_OTHER, _called(definition), line(name))


def _read_field(key: str, value: object, official: bool, markings: Markings) -> bool:
    text = " ".join(strings(value))[:1000]
    if key == "tlp":
        markings.tlp_word(value)
    elif key == "pap":
        markings.pap_word(value)
    elif _is_copyright(value) or (official and text and not RESTRICTING.search(text)):
        return True
    else:
        markings.unreadable(UNREAD_TLP if speaks_of_tlp(text) else UNREAD_OTHER, text or key, text)
        if speaks_of_pap(text):
            markings.unreadable(UNREAD_PAP, text)
    return True


def _is_copyright(value: object) -> bool:
    # Who wrote it is no rule for who may read it, as long as nothing more is said.
    return (
        isinstance(value, str)
        and bool(COPYRIGHT.fullmatch(value))
        and not RESTRICTING.search(value)
    )


def _read_extension(key: str, value: object, markings: Markings) -> bool:
    word = value if isinstance(value, dict) else {}
    if key == TLP_EXTENSION:
        markings.tlp_word(word.get("tlp_2_0"))
    elif key == PAP_EXTENSION:
        markings.pap_word(word.get("pap"))
    else:
        markings.unreadable(UNREAD_OTHER, key, " ".join(strings(value))[:1000])
        return True
    more = [name for name in word if name not in OF_EXTENSION]
    if more:  # whoever adds to a marking does not widen it
        markings.unreadable(UNREAD_OTHER, more[0], " ".join(strings(word))[:1000])
    return True


def _read_text(text: str, markings: Markings) -> bool:
    """Read a field of a producer's own; gives whether it speaks of a restriction."""
    if text.lower() in ("tlp", "pap", "statement") or not RESTRICTING.search(text):
        return False
    if speaks_of_pap(text):
        if plain_pap(text) not in markings.pap:
            markings.unreadable(UNREAD_PAP, text)
    elif plain_tlp(text) not in markings.tlp:
        message = UNREAD_TLP if speaks_of_tlp(text) else UNREAD_OTHER
        markings.unreadable(message, text, text)
    return True


def _compare_name(name: str, understood: bool, markings: Markings) -> None:
    """Mind the name: it is a label for people, so that it can add doubt but never take it away."""
    if speaks_of_pap(name):
        if plain_pap(name) not in markings.pap or not understood:
            markings.unreadable(UNREAD_PAP, name)
    elif plain_tlp(name) not in markings.tlp or not understood:
        markings.unreadable(UNREAD_TLP, name, name)


def _called(definition: dict[str, Any]) -> str:
    name, key = line(definition.get("name"), 60), line(definition.get("id"), 60)
    return f"{name} ({key})" if name else key


def _own_values(thing: dict[str, Any], markings: Markings) -> None:
    own = {key: value for key, value in thing.items() if key.startswith("x_")}
    extensions = thing.get("extensions")
    if isinstance(extensions, dict):  # in ours stand texts of people, which are no such words
        own |= {key: value for key, value in extensions.items() if key not in OURS}
    for text in strings(own):
        markings.own_value(text)
    if thing.get("type") == "extension-definition" and thing.get("id") not in READABLE:
        markings.field(line(thing.get("name"), 120), thing.get("name"))


def _own_fields(thing: dict[str, Any], markings: Markings) -> None:
    """Read the fields that a producer added, however deep they stand, and what texts name."""
    _own_values(thing, markings)
    markings.name(thing.get("name"))
    waiting: list[Any] = [{key: thing[key] for key in thing if key not in STANDARD | BY_ITSELF}]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            markings.text(item)
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            for key, value in item.items():
                markings.field(key, value)
                if key in PROSE:
                    markings.prose(value)
                waiting.append(value)
    if "x_misp_distribution" in thing:
        markings.distribution(thing["x_misp_distribution"], of_event=False)

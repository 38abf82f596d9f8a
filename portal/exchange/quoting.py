"""Replies and withdrawals of a claim on their way out and in: each of whoever said it.

A reply keeps its identifiers, its times and what it was about, so that it leaves again as the
object that came. One UUID names a reply in STIX and in MISP.
"""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from models.vocabulary import Tlp
from portal.claims import Quoted, QuotedSort
from portal.exchange.extension import identity
from portal.exchange.said import OutClaim
from portal.exchange.values import instant, kept, line, number
from portal.exchange.writing import stix_id, stix_time, tlp_marking

Thing = dict[str, Any]
MOST_ABOUT: Final = 20
MOST_VERSION: Final = 100_000
# As STIX 2.1 writes an instant (3.2); what else is met is written anew.
STIX_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?Z", re.ASCII)
MISP_TEXTS: Final = ("text", "heading", "written", "changed", "maker", "maker_at", "about")


def replies_of(claim: OutClaim) -> list[Quoted]:
    """All replies to a claim that go out: those given here, then those of the file it came from."""
    own = []
    first = {one.organisation: stix_time(one.at) for one in reversed(claim.replies)}
    for n, reply in enumerate(claim.replies):
        own.append(
            Quoted(
                QuotedSort.REPLY,
                reply.organisation,
                reply.edition,
                reply.at,
                claim.text.tlp,
                reply.text,
                key=_uuid(stix_id("note", f"said:{claim.ref}:reply:{n}")),
                maker=_uuid(stix_id("identity", f"said:{claim.ref}:{reply.organisation}")),
                heading=f"Reply of {reply.organisation}",
                written=stix_time(reply.at),
                changed=stix_time(max(reply.at, claim.changed_at)),  # its marking is the claim's
                maker_at=first[reply.organisation],
                about=stix_id("note", f"said:{claim.ref}"),
            )
        )
    return [*own, *(one for one in claim.quoted if one.sort == QuotedSort.REPLY)]


def withdrawals_of(claim: OutClaim) -> list[Thing]:
    """That it was withdrawn: by whom, when and why, as plain values."""
    every = [one for one in claim.quoted if one.sort == QuotedSort.WITHDRAWAL]
    found = [_withdrawal(one.said_by, one.written, one.text) for one in every]
    if claim.withdrawn_at is not None:
        at = stix_time(claim.withdrawn_at)
        found.append(_withdrawal(claim.home.name, at, claim.withdrawn_why))
    return found


def _withdrawal(by: str, at: str, why: str) -> Thing:
    return {name: value for name, value in (("by", by), ("at", at), ("why", why)) if value}


def withdrawals(value: object, tlp: Tlp) -> list[Quoted] | None:
    """The same read again; None where one cannot be read."""
    if not isinstance(value, list):
        return None
    found = []
    for one in value:
        said = one if isinstance(one, dict) else {}
        texts = [said.get(name, "") for name in ("by", "at", "why")]
        if not said or any(kept(text) is None for text in texts):
            return None
        by, at, why = texts
        written, sort = _stamp(at), QuotedSort.WITHDRAWAL
        found.append(Quoted(sort, line(by, 200), None, instant(written), tlp, why, written=written))
    return found


def stix_reply(reply: Quoted, common: Thing, changed: str = "") -> list[Thing]:
    """Whoever replied and their note; where nobody is named, the note alone.

    `changed` is when the claim was, whose marking stands on what was said here.
    """
    marked = {"object_marking_refs": [tlp_marking(Tlp(reply.tlp))["id"]]}
    note = {
        "type": "note",
        "spec_version": "2.1",
        "id": f"note--{reply.key}",
        "created_by_ref": f"identity--{reply.maker}",
        "created": reply.written or common["created"],
        "modified": reply.changed or reply.written or common["modified"],
        **marked,
        "abstract": reply.heading,
        "content": reply.text,
        "object_refs": reply.about.split(),
    }
    if not reply.heading:
        del note["abstract"]
    if not reply.maker:
        del note["created_by_ref"]
    if not reply.maker or not reply.said_by:
        return [note]
    at = reply.maker_at or str(note["created"])
    key = f"identity--{reply.maker}"
    return [identity(key, reply.said_by, at, max(at, changed), **marked), note]


def heard_in_stix(note: Thing, who: Thing, version: object, tlp: Tlp) -> Quoted | None:
    """A reply as its note says it; None where it has no text or no identifier that can be read."""
    text, key = kept(note.get("content")), _uuid(note.get("id"))
    if not text or not key:
        return None
    written = _stamp(note.get("created"))
    return Quoted(
        QuotedSort.REPLY,
        line(who.get("name"), 200),
        version_of(version),
        instant(written),
        tlp,
        text,
        key=key,
        maker=_uuid(note.get("created_by_ref")),
        heading=kept(note.get("abstract")) or "",
        written=written,
        changed=_stamp(note.get("modified")),
        maker_at=_stamp(who.get("created")),
        about=_about(note.get("object_refs")),
    )


def misp_reply(reply: Quoted) -> dict[str, str]:
    """The values of the object that holds a reply, each a text."""
    found = {name: getattr(reply, name) for name in MISP_TEXTS} | {"producer": reply.said_by}
    if reply.edition:  # 0 is no version: it was not published yet
        found["version"] = str(reply.edition)
    return {name: value for name, value in found.items() if value}


def heard_in_misp(held: Mapping[str, str], key: object, tlp: Tlp) -> Quoted | None:
    """The same read again."""
    text, own = held.get("text"), _uuid(f"note--{key}")
    if not text or not own:
        return None
    times = {name: _stamp(held.get(name)) for name in ("written", "changed", "maker_at")}
    return Quoted(
        QuotedSort.REPLY,
        line(held.get("producer"), 200),
        version_of(held.get("version")),
        instant(times["written"]),
        tlp,
        text,
        key=own,
        maker=_uuid(f"identity--{held.get('maker')}"),
        heading=held.get("heading", ""),
        about=_about(held.get("about", "").split()),
        **times,
    )


def strictest_of(own: Tlp, quoted: Sequence[Quoted]) -> Tlp:
    """The marking of a claim together with what is quoted with it."""
    return Tlp.strictest((one.tlp for one in quoted), own)


def version_of(value: object) -> int | None:
    """The version that a reply answers; None where none can be read."""
    found = number(value)
    return found if found is not None and 0 < found <= MOST_VERSION else None


def _stamp(value: object) -> str:
    """An instant as it stands, where STIX could write it so; empty where it is none."""
    text, at = line(value, 40), instant(value)
    if at is None:
        return ""
    return text if STIX_TIME.fullmatch(text) else stix_time(at)


def _uuid(value: object) -> str:
    """The UUID in an identifier of STIX; empty where it has none."""
    if not isinstance(value, str):
        return ""
    try:
        return str(uuid.UUID(value.partition("--")[2]))
    except ValueError:
        return ""


def _about(value: object) -> str:
    refs = value if isinstance(value, list) else []
    return " ".join(one for one in refs[:MOST_ABOUT] if isinstance(one, str) and _uuid(one))

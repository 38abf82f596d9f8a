"""A notice, claims and harm as a MISP event (core format): signs as attributes, others as objects.

No galaxy is written: a cluster at an event would read as a finding of the event's author. What is
TLP:RED never comes here: a server of MISP shows an event to whole organisations.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from models.vocabulary import Tlp
from portal.exchange.grading import ANALYSIS, tags_of
from portal.exchange.hearing_misp import CLAIM, HARM, REPLY
from portal.exchange.plain import Plain, as_texts, plain_claim, plain_harm
from portal.exchange.quoting import misp_reply, replies_of, withdrawals_of
from portal.exchange.said import OutClaim, OutHarm, Said
from portal.exchange.writing import OURS, Outgoing, is_revoked

Thing = dict[str, Any]
# How far a server gives it: 3 to all, 1 within itself, 0 to one organisation; 5 as the event.
DISTRIBUTION: Final = {Tlp.CLEAR: "3", Tlp.GREEN: "3", Tlp.AMBER: "0", Tlp.AMBER_STRICT: "0"}
AS_EVENT: Final = "5"
UNDEFINED: Final = "4"
STAGES: Final = {stage: number for number, stage in ANALYSIS.items()}


def misp_of_said(said: Said) -> bytes:
    """Claims and harm alone, as an event by the organisation that keeps the first of them."""
    first = said.all[0]
    made = _event(first.ref, first.text.title, first.home.ref, first.home.name, first.created_at)
    made["Tag"] = [_tlp(said.strictest)]
    return _dumped(made, said, said.strictest, first.changed_at)


def misp_of_notice(outgoing: Outgoing, said: Said) -> bytes:
    """A notice with its signs, and with claims and harm on it."""
    notice, home = outgoing.notice, outgoing.home
    made = _event(notice.ref, notice.title, home.ref, home.name, notice.created_at)
    made["analysis"] = STAGES.get(notice.stage, "0")
    made["Tag"] = [
        _tlp(Tlp(notice.tlp)),
        {"name": f"PAP:{notice.pap}"},
        {"name": f'rsit:{notice.kind}="{notice.kind}"'},
        *({"name": tag} for tag in (*outgoing.tags, *tags_of(notice))),
    ]
    # MISP revokes no event; what it holds is deleted, as of claims and harm that are withdrawn.
    held = {"deleted": is_revoked(notice)}
    made["Attribute"] = [sign | held for sign in _signs(notice.ref, outgoing.signs)]
    if text := "\n\n".join(filter(None, (notice.summary, notice.body))):
        made["EventReport"] = [
            {
                "uuid": _uuid(f"{notice.ref}:report"),
                "name": notice.title,
                "content": text,
                "distribution": AS_EVENT,
                **held,
            }
        ]
    strictest = Tlp.strictest([notice.tlp], said.strictest)
    return _dumped(made, said, strictest, notice.changed_at)


def _event(ref: str, title: str, home: str, name: str, at: datetime) -> Thing:
    owner = {"uuid": _uuid(home), "name": name}
    return {
        "uuid": _uuid(ref),
        "info": title,
        "date": at.date().isoformat(),
        "threat_level_id": UNDEFINED,
        "analysis": "0",
        "published": False,
        "Org": owner,
        "Orgc": owner,
    }


def _dumped(made: Thing, said: Said, strictest: Tlp, at: datetime) -> bytes:
    made |= {"distribution": DISTRIBUTION[strictest], "timestamp": str(int(at.timestamp()))}
    claims = [made for claim in said.claims for made in (_claim(claim), *_replies(claim))]
    if objects := [*claims, *map(_harm, said.harm)]:
        made["Object"] = objects
    return json.dumps({"Event": made}, indent=1, ensure_ascii=False).encode()


def _signs(ref: str, signs: Iterable[Any]) -> Iterator[Thing]:
    """The attributes: each keeps its UUID whatever is added before it, removed or explained anew.

    MISP takes two of one type, value and category for one; where there are such, they are counted.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for sign in signs:
        same = (sign.type, sign.value, sign.category)
        yield _sign(f"{ref}:sign:{seen[same]}:{json.dumps(same)}", sign)
        seen[same] += 1


def _sign(seed: str, sign: Any) -> Thing:
    made = {
        "uuid": _uuid(seed),
        "type": sign.type,
        "value": sign.value,
        "category": sign.category or "Other",
        "to_ids": sign.detection,
        "comment": sign.comment,
        "distribution": AS_EVENT,
    }
    times = {"first_seen": sign.first_seen_at, "last_seen": sign.last_seen_at}
    return made | {name: at.isoformat() for name, at in times.items() if at}


def _claim(claim: OutClaim) -> Thing:
    plain = plain_claim(claim.text)
    plain["producer"] = claim.text.claimant or claim.home.name
    if claim.answers:
        plain["answers"] = _uuid(f"said:{claim.answers}")
    if ends := withdrawals_of(claim):
        plain["withdrawals"] = ends
    return _object(claim, CLAIM, plain)


def _replies(claim: OutClaim) -> list[Thing]:
    """Each reply as an object of its own, by whoever replied and with its own marking."""
    answers = _uuid(f"said:{claim.ref}")
    return [
        _held(one.key, one.key, REPLY, {**misp_reply(one), "answers": answers}, Tlp(one.tlp))
        | {"timestamp": str(int((one.at or claim.changed_at).timestamp())), "deleted": False}
        for one in replies_of(claim)
    ]


def _harm(row: OutHarm) -> Thing:
    return _object(row, HARM, {**plain_harm(row.text), "producer": row.text.said_by})


def _object(one: OutClaim | OutHarm, name: str, plain: Plain) -> Thing:
    texts = as_texts({**plain, "reference": f"good-offices {one.ref}"})
    seed = f"said:{one.ref}"
    return _held(_uuid(seed), seed, name, texts, Tlp(one.text.tlp)) | {
        "timestamp": str(int(one.changed_at.timestamp())),
        "deleted": one.revoked,
    }


def _held(key: str, seed: str, name: str, texts: dict[str, str], tlp: Tlp) -> Thing:
    return {
        "uuid": key,
        "name": name,
        "meta-category": "misc",
        "description": "What somebody said: see the attribute producer. No finding of the portal.",
        "template_uuid": _uuid(name),
        "template_version": "1",
        "distribution": AS_EVENT,
        "Attribute": [
            {
                "uuid": _uuid(f"{seed}:{relation}"),
                "type": "text",
                "object_relation": relation,
                "category": "Other",
                "value": value,
                "to_ids": False,
                "disable_correlation": True,
                "distribution": AS_EVENT,
                "Tag": [_tlp(tlp)],
            }
            for relation, value in texts.items()
        ],
    }


def _tlp(tlp: Tlp) -> Thing:
    return {"name": f"tlp:{Tlp(tlp).lower()}"}


def _uuid(name: str) -> str:
    return str(uuid.uuid5(OURS, f"misp:{name}"))

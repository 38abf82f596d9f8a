"""The notices of the bench, as plain rows: markings, lists, index, trail, all that a page asks."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from models.audience import ADDRESSED, NO_DAY
from models.vocabulary import NOTICE_KINDS, Tlp
from portal.recipients import principals_of
from tools.bench import trail
from tools.bench.cast import NEWCOMER, Cast
from tools.bench.saying import COMMON, HIDDEN, RARE, Words, is_rare, reference

SPAN = timedelta(days=1095)
MARKINGS = ((Tlp.CLEAR, 2), (Tlp.GREEN, 8), (Tlp.AMBER, 30), (Tlp.AMBER_STRICT, 40), (Tlp.RED, 20))
DRAFTS, OPEN, WITHDRAWN = 0.004, 0.02, 0.04
KINDS = tuple(NOTICE_KINDS)
COLUMNS = {
    "notices": "id ref organisation_id author_id state tlp pap kind title summary body "
    "began_certainty detected_certainty contained_certainty sectors countries acknowledge_by_at "
    "edition created_at changed_at published_at ended_at ended_reason version",
    "recipients": "notice_id organisation_id group_id person_id excepted",
    "audience": "principal notice_id published_at changed_at acknowledge_by_at",
    "editions": "notice_id number by_id at why text",
    "receipts": "notice_id person_id edition acknowledged_at",
    "comments": "notice_id person_id to_author text at",
    **trail.COLUMNS,
}
Batch = dict[str, list[tuple[Any, ...]]]


def line(**to: Any) -> Any:
    """A line of a recipient list."""
    return SimpleNamespace(**{**dict.fromkeys(ADDRESSED), "excepted": False, **to})


class Maker:
    """Makes notices by number, the same ones each time."""

    BATCH = 2000

    def __init__(self, cast: Cast, total: int, now: datetime, kept: trail.Trail) -> None:
        self.cast, self.total, self.now, self.trail = cast, total, now, kept
        self.chance = random.Random(20260101)
        self.words = Words(self.chance)

    def batches(self) -> Iterator[Batch]:
        """All notices, so many at a time, oldest first."""
        for first in range(1, self.total + 1, self.BATCH):
            batch: Batch = {name: [] for name in COLUMNS}
            for key in range(first, min(first + self.BATCH, self.total + 1)):
                self._one(batch, key)
            yield batch

    def _one(self, batch: Batch, key: int) -> None:
        age = 1 - key / self.total
        at = self.now - SPAN * age - timedelta(minutes=1)
        home = self.chance.choices(range(1, 13), [9, 9, 8, 8, 8, 8, 8, 4, 4, 8, 4, 1])[0]
        author = self.chance.choice(self.cast.members[home])
        tlp = self.chance.choices(*zip(*MARKINGS, strict=True))[0]
        state = self._state(age)
        published = None if state == "draft" else at
        lines = self._lines(key, home, tlp)
        notice = SimpleNamespace(tlp=tlp, author_id=author, organisation_id=home)
        text = self._text(key, tlp)
        ref = reference("N", key, at.year)
        over = at + timedelta(days=2) if state in ("closed", "withdrawn") else None
        due = at + timedelta(days=2) if self.chance.random() < 0.5 else None
        sure, none = ("unknown",) * 3, ("[]", "[]")
        what = (key, ref, home, author, state, str(tlp), "AMBER", KINDS[key % len(KINDS)], *text)
        when = (due, int(bool(published)), at, at, published, over, "", 1)
        batch["notices"].append((*what, *sure, *none, *when))
        batch["recipients"] += [
            (key, line.organisation_id, line.group_id, line.person_id, line.excepted)
            for line in lines
        ]
        if published:
            names = principals_of(notice, lines)
            batch["audience"] += [(name, key, at, at, due or NO_DAY) for name in sorted(names)]
            self._life(batch, key, ref, author, lines, text, at)

    def _state(self, age: float) -> str:
        dice = self.chance.random()
        if dice < DRAFTS:
            return "draft"
        if age < OPEN:
            return "open"
        return "withdrawn" if dice < DRAFTS + WITHDRAWN else "closed"

    def _lines(self, key: int, home: int, tlp: Tlp) -> list[Any]:
        if tlp == Tlp.RED:
            people = [one for key, some in self.cast.members.items() for one in some if key != home]
            return [line(person_id=one) for one in self.chance.sample(people, 2)]
        others = [one for one in range(1, NEWCOMER) if one != home]
        chosen = self.chance.sample(others, self.chance.choice((1, 2, 2, 3)))
        if key % 997 == 0:
            chosen.append(NEWCOMER)
        lines = [line(organisation_id=one) for one in sorted(set(chosen))]
        if self.chance.random() < 0.2:
            lines.append(line(group_id=self.chance.choice(list(self.cast.groups))))
        if tlp in (Tlp.AMBER, Tlp.AMBER_STRICT) and self.chance.random() < 0.02:
            free = [one for one in others if one not in chosen]
            lines.append(line(organisation_id=self.chance.choice(free), excepted=True))
        return lines

    def _text(self, key: int, tlp: Tlp) -> tuple[str, str, str]:
        said = self.words.draw(56)
        if self.chance.random() < 0.3:
            said[20] = COMMON
        if tlp not in (Tlp.CLEAR, Tlp.GREEN) and self.chance.random() < 0.3:
            said[30] = HIDDEN
        if is_rare(key, self.total):
            said[40] = RARE
        return " ".join(said[:6]).capitalize(), " ".join(said[6:16]), " ".join(said[16:])

    def _life(
        self,
        batch: Batch,
        key: int,
        ref: str,
        author: int,
        lines: list[Any],
        text: tuple[str, str, str],
        at: datetime,
    ) -> None:
        kept = json.dumps(dict(zip(("title", "summary", "body"), text, strict=True)))
        batch["editions"].append((key, 1, author, at, "", kept))
        self._event(batch, at, author, "publish", key, ref)
        readers = [line.person_id for line in lines if line.person_id]
        for line in lines:
            homes = self.cast.groups.get(line.group_id or 0, (line.organisation_id or 0,))
            readers += [one for home in homes for one in self.cast.members.get(home, [])[:1]]
        readers = list(dict.fromkeys(readers))
        later = at + timedelta(seconds=20)
        for reader in readers[:2]:
            self._event(batch, later, reader, "read", key, ref)
        for reader in readers:
            if self.chance.random() < 0.9:
                batch["receipts"].append((key, reader, 1, later))
        if readers and key % 10 == 0:
            batch["comments"].append((key, readers[0], key % 20 == 0, "Is it still so?", later))
            self._event(batch, later, readers[0], "comment", key, ref)

    def _event(self, batch: Batch, at: datetime, who: int, verb: str, key: int, ref: str) -> None:
        row = self.trail.row(at, who, verb, "notices", key, ref)
        batch["audit_events"].append(row)

"""The commitments of the bench, as plain rows: parties, lists, days, voices, index, trail."""

import itertools
import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from models.audience import ADDRESSED, NO_DAY
from models.commitments import CommitmentState, StatementType, Step
from models.vocabulary import THEMES, Tlp
from portal.norms import NORMS
from portal.recipients import principals_of
from portal.rules import DECLARE_UNMET, DECLINE, FULFIL, LAPSE, LIVE, PROPOSE, RELEASE, WITHDRAW
from tools.bench import trail
from tools.bench.cast import NEWCOMER, Cast
from tools.bench.courses import BEGAN, OVER, Course, Courses, ends
from tools.bench.rows import MARKINGS, SPAN, line
from tools.bench.saying import COMMON, HIDDEN, RARE, Words, is_rare, reference
from tools.bench.ties import Ties

COLUMNS = {
    "commitments": "id ref organisation_id author_id addressee_id verifier_id asked_id process_id "
    "state tlp theme title body how_known zone due_on every answer_by_on answer_by_at due_at "
    "next_round_at edition created_at changed_at published_at began_at suspended_at ended_at "
    "ended_reason version",
    "milestones": "id commitment_id number title weight due_on due_at reported_at met_at awaited",
    "recipients": "commitment_id organisation_id group_id process_id person_id excepted",
    "commitment_audience": "principal commitment_id live turns_at said_at published_at",
    "terms": "commitment_id number by_id at why text",
    "statements": "commitment_id milestone_id type organisation_id by_id step stopped words at",
    "conditions": "commitment_id on_id type days turns_at awaited",
    "norm_tags": "norm commitment_id reason by_id at",
    **trail.COLUMNS,
}
COMMON_NORMS, RARE_NORM = tuple(NORMS)[:12], tuple(NORMS)[-1]
ENDS = {
    CommitmentState.FULFILLED: FULFIL,
    CommitmentState.NOT_MET: DECLARE_UNMET,
    CommitmentState.RELEASED: RELEASE,
    CommitmentState.DECLINED: DECLINE,
    CommitmentState.LAPSED: LAPSE,
    CommitmentState.WITHDRAWN: WITHDRAW,
}
Batch = dict[str, list[tuple[Any, ...]]]


class Promises:
    """Makes commitments by number, the same ones each time."""

    BATCH = 2000

    def __init__(self, cast: Cast, total: int, now: datetime, kept: trail.Trail) -> None:
        self.cast, self.total, self.now, self.trail = cast, total, now, kept
        self.chance = random.Random(20260202)
        self.words = Words(self.chance)
        self.courses, self.ties = Courses(self.chance, max(total, 1), now), Ties(self.chance)
        self.milestone = itertools.count(1)

    def batches(self) -> Iterator[Batch]:
        """All commitments, so many at a time, oldest first."""
        for first in range(1, self.total + 1, self.BATCH):
            batch: Batch = {name: [] for name in COLUMNS}
            for key in range(first, min(first + self.BATCH, self.total + 1)):
                self._one(batch, key)
            yield batch

    def _one(self, batch: Batch, key: int) -> None:
        at = self.now - SPAN * (1 - key / self.total) - timedelta(minutes=1)
        course = self.courses.of(key, at)
        sides = self._sides()
        tlp = self.chance.choices(*zip(*MARKINGS, strict=True))[0]
        process = self.chance.choice(list(self.cast.processes)) if key % 10 == 0 else None
        it = SimpleNamespace(
            key=key,
            ref=reference("C", key, at.year),
            course=course,
            tlp=tlp,
            organisation_id=sides[0],
            addressee_id=sides[1],
            verifier_id=sides[2],
            process_id=process,
            author_id=self.chance.choice(self.cast.members[sides[0]]),
            theme=self.chance.choice(tuple(THEMES)),
        )
        it.title, it.body, it.how_known = self._text(it)
        batch["commitments"].append(self._row(it))
        self._share(batch, it)
        self._say(batch, it, self._dues(batch, it))
        batch["conditions"] += self.ties.of(course)
        norms = [RARE_NORM] if is_rare(key, self.total) else []
        norms += [COMMON_NORMS[key % 12]] if key % 5 == 0 else []
        batch["norm_tags"] += [(norm, key, "It says so.", it.author_id, at) for norm in norms]

    def _sides(self) -> tuple[int, int, int | None]:
        one, other, third = self.chance.sample(range(1, NEWCOMER), 3)
        if self.chance.random() < 0.01:
            other = NEWCOMER
        return one, other, third if self.chance.random() < 0.7 else None

    def _text(self, it: Any) -> tuple[str, str, str]:
        said = self.words.draw(34)
        if self.chance.random() < 0.3:
            said[12] = COMMON
        if it.tlp not in (Tlp.CLEAR, Tlp.GREEN) and self.chance.random() < 0.3:
            said[16] = HIDDEN
        if is_rare(it.key, self.total):
            said[20] = RARE
        return " ".join(said[:6]).capitalize(), " ".join(said[6:26]), " ".join(said[26:])

    def _row(self, it: Any) -> tuple[Any, ...]:
        course: Course = it.course
        shown = course.state != CommitmentState.DRAFT
        answer_at = ends(course.answer_by_on, "UTC") if course.answer_by_on else None
        last = course.days[-1] if course.days else None
        days = (last.on if last else None, course.every, course.answer_by_on, answer_at)
        more = (course.due_at, last.at if last and course.every else None, int(shown))
        lived = (course.began_at, course.suspended_at, course.ended_at)
        who = (it.organisation_id, it.author_id, it.addressee_id, it.verifier_id)
        asked = it.addressee_id if shown else None
        said = (it.theme, it.title, it.body, it.how_known, "UTC")
        when = (course.at, course.at, course.at if shown else None, *lived, "", 1)
        what = (it.key, it.ref, *who, asked, it.process_id, str(course.state), str(it.tlp))
        return (*what, *said, *days, *more, *when)

    def _share(self, batch: Batch, it: Any) -> None:
        lines, course = self._lines(it), it.course
        batch["recipients"] += [
            (it.key, *(getattr(one, name) for name in ADDRESSED), one.excepted) for one in lines
        ]
        if course.state == CommitmentState.DRAFT:
            return
        names = principals_of(it, lines)
        if it.tlp in (Tlp.AMBER, Tlp.AMBER_STRICT):
            names |= {f"o:{key}" for key in (it.addressee_id, it.verifier_id) if key}
        live = course.state in LIVE
        at = (course.turns_at if live else course.ended_at) or NO_DAY
        batch["commitment_audience"] += [
            (name, it.key, live, at, course.at, course.at) for name in sorted(names)
        ]
        text = {"title": it.title, "body": it.body, "how_known": it.how_known, "tlp": str(it.tlp)}
        text |= {"theme": it.theme, "due_on": "", "every": course.every, "until_on": ""}
        kept = json.dumps({**text, "steps": []})
        batch["terms"].append((it.key, 1, it.author_id, course.at, "", kept))
        self._event(batch, it, course.at, it.author_id, PROPOSE)
        if course.ended_at:
            who = self._of(it.verifier_id or it.addressee_id)
            self._event(batch, it, course.ended_at, who, ENDS[course.state])

    def _lines(self, it: Any) -> list[Any]:
        sides = [key for key in (it.addressee_id, it.verifier_id) if key]
        if it.tlp == Tlp.RED:
            return [line(person_id=self._of(side)) for side in sides]
        others = [key for key in range(1, NEWCOMER) if key not in (it.organisation_id, *sides)]
        chosen = self.chance.sample(others, self.chance.choice((0, 1, 1, 2)))
        lines = [line(organisation_id=key) for key in sorted(chosen)]
        if self.chance.random() < 0.15:
            lines.append(line(group_id=self.chance.choice(list(self.cast.groups))))
        if it.process_id and self.chance.random() < 0.4:
            lines.append(line(process_id=it.process_id))
        if self.chance.random() < 0.02:
            free = [key for key in others if key not in chosen]
            lines.append(line(organisation_id=self.chance.choice(free), excepted=True))
        return lines

    def _of(self, organisation: int) -> int:
        return self.cast.members[organisation][0]

    def _dues(self, batch: Batch, it: Any) -> list[int]:
        days, keys = it.course.days, []
        titled = len(days) > 1 and not it.course.every
        for number, day in enumerate(days, 1):
            keys.append(next(self.milestone))
            title = f"Step {number}" if titled else ""
            what = (keys[-1], it.key, number, title, 1, day.on, day.at)
            awaited = it.course.state not in OVER
            batch["milestones"].append((*what, day.reported_at, day.met_at, awaited))
        return keys

    def _say(self, batch: Batch, it: Any, milestones: list[int]) -> None:
        course: Course = it.course
        if course.state not in BEGAN or not (course.ended_at or self.chance.random() < 0.5):
            return
        full = course.state == CommitmentState.FULFILLED or course.due == "reported"
        at = course.ended_at or self.now - timedelta(days=1)
        step = Step.FULL if full else self.chance.choice((Step.MINIMAL, Step.INTERMEDIATE))
        of = milestones[-1] if len(milestones) > 1 and not course.every else None
        words = " ".join(self.words.draw(8)).capitalize() + "."
        voices = [(StatementType.REPORT, it.organisation_id)]
        if course.due != "reported" and self.chance.random() < 0.8:
            voices.append((StatementType.FINDING, it.verifier_id or it.addressee_id))
        for voice, side in voices:
            row = (it.key, of, str(voice), side, self._of(side), str(step), False, words, at)
            batch["statements"].append(row)

    def _event(self, batch: Batch, it: Any, at: datetime, who: int, verb: str) -> None:
        batch["audit_events"].append(self.trail.row(at, who, verb, "commitments", it.key, it.ref))

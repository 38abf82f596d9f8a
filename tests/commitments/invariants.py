"""What must hold of all commitments at every moment, said in plain Python over the rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Amendment, Commitment, Condition, Milestone, Terms
from models.ledger import AuditEvent
from portal.commitments import expected_rows, text_of
from portal.ledger import digest, first_fault
from portal.rules import COMMITMENTS

WRITES_TERMS = {"propose", "counter", "consent"}
NEVER_BEGUN = {"draft", "proposed", "accepted", "declined", "lapsed", "withdrawn"}
HAS_BEGUN = {"in-force", "suspended", "fulfilled", "not-met"}
OVER_FOR_GOOD = {"not-met", "released", "declined", "lapsed", "withdrawn"}
WITHOUT_DAY = "9999-01-01"


@dataclass
class Known:
    """What the trail alone says of one commitment, and the terms that it had when last looked."""

    state: str = ""
    edition: int = 0
    text: dict[str, Any] = field(default_factory=dict)


class Watch:
    """Looks at everything after each step, and remembers what it saw."""

    def __init__(self, session: Session) -> None:
        self.session, self.known = session, dict[int, Known]()
        self.last_event, self.link, self.looks = 0, "", 0
        self.verbs: Counter[str] = Counter()

    def look(self) -> None:
        """Everything that holds whatever the time is; what nobody touched is looked at by turns."""
        self.session.expire_all()
        notified = self._follow_the_trail()
        seen = Seen(self.session)
        self.looks += 1
        for key, row in seen.rows.items():
            known = self.known[key]
            assert row.state == known.state, "the trail alone tells the state"
            assert row.edition == known.edition, "terms change by proposal, answer or consent"
            assert (row.began_at is not None) >= (row.state in HAS_BEGUN), row.state
            assert (row.began_at is None) >= (row.state in NEVER_BEGUN), row.state
            assert row.stopped_at is None or row.began_at is not None
            if key in notified or self.looks % 6 == 0:
                self._terms(row, known, notified.get(key, set()))
                self._index(row)
        seen.hold()

    def _follow_the_trail(self) -> dict[int, set[str]]:
        notified: dict[int, set[str]] = {}
        events = select(AuditEvent).where(AuditEvent.id > self.last_event).order_by(AuditEvent.id)
        for event in self.session.scalars(events):
            assert self.link in ("", event.previous), "the chain goes on where it ended"
            assert event.digest == digest(event)
            self.last_event, self.link = event.id, event.digest
            if event.resource_type == "commitments":
                assert event.resource_id is not None
                notified.setdefault(event.resource_id, set()).add(event.verb)
                self._follow(self.known.setdefault(event.resource_id, Known()), event)
        return notified

    def _follow(self, known: Known, event: AuditEvent) -> None:
        self.verbs[event.verb] += 1
        if event.verb == "draft-commitment":
            known.state = "draft"
            return
        fitting = [row for row in COMMITMENTS.rows(event.verb) if known.state in row.states]
        assert fitting, f"no sentence of the law lets {event.verb} happen at {known.state}"
        known.state = fitting[0].then or known.state
        known.edition += event.verb in WRITES_TERMS
        assert event.edition == known.edition, event.verb

    def at_the_end(self) -> None:
        """The whole trail, and its head."""
        assert first_fault(self.session) is None

    def _terms(self, row: Commitment, known: Known, verbs: set[str]) -> None:
        text = text_of(self.session, row).as_json()
        if not verbs & {*WRITES_TERMS, "draft-commitment"}:
            assert text == known.text, "the old terms hold until the other side consents"
        if row.edition:
            kept = self.session.get_one(Terms, (row.id, row.edition))
            assert kept.text == text, "the edition kept is what holds"
        if "consent" in verbs:
            asked = self.session.scalars(
                select(Amendment)
                .where(Amendment.commitment_id == row.id, Amendment.type == "terms")
                .order_by(Amendment.id.desc())
            ).first()
            assert asked is not None
            assert (asked.answer, asked.text) == ("agreed", text), "what was asked is what holds"
        known.text = text

    def _index(self, row: Commitment) -> None:
        index = CommitmentAudienceRow
        there = self.session.execute(
            select(index.principal, index.live, index.turns_at).where(index.commitment_id == row.id)
        )
        assert {tuple(entry) for entry in there} == expected_rows(self.session, row)


class Seen:
    """All rows of one moment, by plain keys."""

    def __init__(self, session: Session) -> None:
        self.rows = {row.id: row for row in session.scalars(select(Commitment))}
        self.conditions = list(session.scalars(select(Condition)))
        self.dues: dict[int, list[Milestone]] = {key: [] for key in self.rows}
        for due in session.scalars(select(Milestone).order_by(Milestone.number)):
            self.dues[due.commitment_id].append(due)
        self.open = list(
            session.scalars(select(Amendment.commitment_id).where(Amendment.answered_at.is_(None)))
        )

    def hold(self) -> None:
        """What holds whatever the time is."""
        assert not self.in_a_circle(), "no commitment waits for itself"
        assert len(self.open) == len(set(self.open)), "one open question at a time"
        for one in self.conditions:
            row, other = self.rows[one.commitment_id], self.rows[one.on_id]
            if one.type == "together" and row.published_at is not None:
                assert (row.began_at is None) is (other.began_at is None), "together or not at all"
            if one.type == "after" and row.began_at is not None:
                assert other.state == "fulfilled"
                assert other.ended_at is not None
                assert other.ended_at + timedelta(days=one.days) <= row.began_at
            decides = {"after": "accepted", "while": "in-force"}.get(one.type, "accepted")
            assert one.awaited is (row.state == decides), "time decides only while it can"
        for key, row in self.rows.items():
            over = row.state in {*OVER_FOR_GOOD, "fulfilled"}
            assert all(due.awaited is not over for due in self.dues[key]), "what is over is not due"
            if row.state != "draft":
                assert row.due_at == min(self.unreported(key), default=None), "a report is due"
            rounds = [due.due_on for due in self.dues[key] if row.every and not due.title]
            assert rounds == sorted(set(rounds)), "one round after the other"

    def in_a_circle(self) -> bool:
        """Whether commitments wait for one another to begin, or hold only while the other does."""
        alone = {key: key for key in self.rows}
        group = dict(alone)
        for one in self.conditions:
            if one.type == "together":  # those that begin together count as one
                old, new = group[one.on_id], group[one.commitment_id]
                group = {key: new if mine == old else mine for key, mine in group.items()}
        return self._circles("after", group) or self._circles("while", alone)

    def _circles(self, condition_type: str, group: dict[int, int]) -> bool:
        left = [
            (group[c.commitment_id], group[c.on_id])
            for c in self.conditions
            if c.type == condition_type
        ]
        while left:  # take away what nothing waits for, until nothing or a circle is left
            waited_for = {on for _key, on in left}
            rest = [pair for pair in left if pair[0] in waited_for]
            if len(rest) == len(left):
                return True
            left = rest
        return False

    def kept_time(self, now: datetime) -> None:
        """What holds in addition once the system has looked at this very moment."""
        for key, row in self.rows.items():
            assert row.state != "proposed" or (row.answer_by_at or now) > now, "it has lapsed"
            if row.state in ("in-force", "suspended"):
                broken = any(at <= now for at in self.turns(key))
                assert (row.state == "suspended") is broken, "suspended exactly when it turned"
            if row.state == "in-force":
                assert row.next_round_at is None or row.next_round_at > now, "the round is open"
            assert row.state != "accepted" or not self.is_free(key, now), "it has begun"

    def turns(self, key: int) -> Iterator[datetime]:
        """The instants at which a commitment is suspended by those that it holds as long as."""
        for one in self.conditions:
            if one.commitment_id == key and one.type == "while":
                stopped = self.stopped(self.rows[one.on_id])
                if stopped is not None:
                    yield stopped + timedelta(days=one.days)

    def stopped(self, row: Commitment) -> datetime | None:
        """Since when a commitment is not kept."""
        if row.state in OVER_FOR_GOOD:
            return row.ended_at
        if row.state == "suspended":
            return row.suspended_at
        if row.state != "in-force":
            return None
        silent = self.unreported(row.id)
        said = [row.stopped_at] if row.stopped_at else []
        return min([*silent, *said], default=None)

    def unreported(self, key: int) -> list[datetime]:
        """The due days for which nothing was reported in full."""
        days = self.dues[key]
        return [day.due_at for day in days if day.met_at is None and day.reported_at is None]

    def is_free(self, key: int, now: datetime) -> bool:
        """Whether nothing keeps a commitment, and all that begin with it, from beginning."""
        ring = {key}
        for _ in self.rows:
            for one in self.conditions:
                bound = one.type == "together" and self.rows[one.commitment_id].published_at
                if bound and {one.commitment_id, one.on_id} & ring:
                    ring |= {one.commitment_id, one.on_id}
        waits = (one for one in self.conditions if one.commitment_id in ring)
        over = (one.type != "after" or self._is_over(one, now) for one in waits)
        return all(self.rows[k].state == "accepted" for k in ring) and all(over)

    def _is_over(self, one: Condition, now: datetime) -> bool:
        other = self.rows[one.on_id]
        if other.state != "fulfilled" or other.ended_at is None:
            return False
        return other.ended_at + timedelta(days=one.days) <= now

"""What monitoring reads: e-mails, lanes of the jobs, last backup and check of the trail, the pool.

Numbers alone; nothing says who or what. Names follow the conventions of Prometheus: base units
(seconds), `_total` for counters alone.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from models.ledger import Heartbeat
from portal.outbox import LANES, mail_status
from portal.store import Store
from portal.store_identity import SEEN, standing
from portal.version import VERSION
from portal.writes import inserting

# What leaves a mark when it has gone well, beside the lanes of the jobs.
BACKUP, VERIFY = "backup", "audit-verify"
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def mark(session: Session, name: str, now: datetime) -> None:
    """Note that a backup or a check of the trail has gone well."""
    first = inserting(session, Heartbeat).values(name=name, at=now)
    session.execute(first.on_conflict_do_update(index_elements=["name"], set_={"at": now}))


def text(session: Session, engine: Engine, store: Store, now: datetime) -> bytes:
    """All metrics in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Now(list(_metrics(session, engine, store, now))))
    return generate_latest(registry)


class _Now:
    """Metrics that were read beforehand, as the registry asks for them."""

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> list[Metric]:
        return self._found


def _metrics(session: Session, engine: Engine, store: Store, now: datetime) -> Iterator[Metric]:
    yield InfoMetricFamily("good_offices", "The portal.", {"version": VERSION})
    mail = mail_status(session, now)
    yield _gauge("emails_waiting", "E-mails that wait to be sent.", mail.waiting)
    yield _gauge("emails_undeliverable", "E-mails that were given up.", mail.dead)
    yield _gauge(
        "emails_oldest_seconds", "Age of the oldest e-mail that waits; 0: none.", mail.oldest or 0
    )
    faulty = GaugeMetricFamily(
        "good_offices_mail_server_fault", "1 while the mail server cannot be used.", None, ["stage"]
    )
    faulty.add_metric([mail.fault], 1 if mail.fault else 0)
    yield faulty
    at = {row.name: row.at for row in session.scalars(select(Heartbeat))}
    yield _ages("lane_seen_seconds", "Since a lane of the jobs was last alive.", LANES, at, now)
    done = (BACKUP, VERIFY)
    yield _ages("last_success_seconds", "Since this last went well; none: never.", done, at, now)
    seen = standing(session, store) == SEEN
    yield _gauge("store_seen", "1: this node sees the attachments of the others.", seen)
    yield from _pool(engine)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"good_offices_{name}", meaning, value)


def _ages(
    name: str, meaning: str, names: Any, seen: dict[str, datetime], now: datetime
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"good_offices_{name}", meaning, None, ["name"])
    for one in names:
        if one in seen:
            family.add_metric([one], max(0.0, (now - seen[one]).total_seconds()))
    return family


def _pool(engine: Engine) -> Iterator[Metric]:
    if isinstance(engine.pool, QueuePool):
        yield _gauge("pool_in_use", "Connections of this process in use.", engine.pool.checkedout())
        yield _gauge("pool_size", "Connections that this process keeps.", engine.pool.size())

"""The cast of all tests: the demo world's people and organisations, without its story."""

import pickle
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from models.stakeholders import Identity, Organisation, Person
from portal.access import Actor
from portal.db import make_sessions, reading, writing
from portal.demo import plant_cast

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEGINNING = NOW - timedelta(days=30)
ISSUER = "http://127.0.0.1:8001"
HOMES: Final = {
    "telco": "Telco",
    "cloud": "Cloud",
    "bank": "Bank",
    "peace": "Peace Mediation",
    "cert": "Response Team",
    "un": "UN Office",
}
# Asked before every test, so they are statements that are built once.
NAMED: Final = select(Organisation).where(Organisation.name.in_(HOMES.values()))
PEOPLE: Final = select(Identity.subject, Person.id, Person.name, Person.zone).join(
    Person, Person.id == Identity.person_id
)


# One maker of sessions for each engine: each new one makes a class, and all events of it anew.
sessions_on: Final = cache(make_sessions)


def build(engine: Engine) -> None:
    """Put the cast into an empty database."""
    with writing(make_sessions(engine)) as session:
        plant_cast(session, ISSUER, BEGINNING)


@dataclass(frozen=True)
class World:
    """The cast on one database: actors and organisations by short name."""

    engine: Engine
    sessions: sessionmaker[Session]
    actors: dict[str, Actor]
    organisations: dict[str, Organisation]

    @classmethod
    def on(cls, engine: Engine) -> "World":
        """The world of a seeded database."""
        sessions = sessions_on(engine)
        with reading(sessions) as session:
            actors = {
                subject.removesuffix(".example"): Actor(key, name, zone)
                for subject, key, name, zone in session.execute(PEOPLE)
            }
            known = {row.name: row for row in session.scalars(NAMED)}
            homes = {name: known[title] for name, title in HOMES.items()}
        return cls(engine, sessions, actors, homes)

    def kept(self) -> bytes:
        """Its people and organisations, for worlds on the same rows."""
        return pickle.dumps((self.actors, self.organisations))

    @classmethod
    def again(cls, engine: Engine, kept: bytes) -> "World":
        """The world on a database that was put back to what it was when these were kept."""
        actors, homes = pickle.loads(kept)  # bytes of this process
        return cls(engine, sessions_on(engine), actors, homes)

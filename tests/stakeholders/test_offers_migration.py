"""Invitations that were open before there were offers: none is lost, and none holds any more."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, column, select, table, text

from models.base import Moment
from models.ledger import OutboxEmail
from models.offers import Offer
from models.stakeholders import Appointment, Invitation, Membership, Person
from portal.clock import now
from portal.db import reading, writing
from portal.email_keys import hash_key
from portal.schema import downgrade, upgrade
from portal.signins import Proof, accept, invitation_with
from tests.cast import World

DAY = timedelta(days=1)
TABLES = ("memberships", "appointments", "people")


class Old:
    """Rows as they stood before there were offers."""

    def __init__(self, connection: Connection, telco: int, cloud: int) -> None:
        self.connection, self.at = connection, now()
        for n, state in enumerate(("invited", "invited", "active")):
            who = self.person(n, state)
            self.roles(who, (telco, cloud) if n == 0 else (telco,), telco)
            if n == 1:
                self.put("appointments", person_id=who, role="steward", begins_at=self.at - DAY)
            self.key(n, who, self.at if state == "active" else None)

    def put(self, into: str, **values: object) -> int:
        """Add a row; gives back its key."""
        names = [
            column(key, Moment() if isinstance(value, datetime) else None)
            for key, value in values.items()
        ]
        there = table(into, *names, column("id"))
        row = there.insert().values(**values).returning(there.c.id)
        return int(self.connection.execute(row).scalar_one())

    def person(self, n: int, state: str) -> int:
        """Somebody who was invited, or has joined."""
        email = f"old{n}@x.example"
        return self.put(
            "people",
            **{"ref": f"P-26-OLD{n}", "name": f"Old {n}", "email": email, "email_key": email},
            **{"zone": "UTC", "language": "en", "state": state, "version": 1},
            **{"created_at": self.at - DAY},
        )

    def roles(self, who: int, homes: tuple[int, ...], ended: int) -> None:
        """A role in each organisation, and one that was taken back."""
        begun = {"person_id": who, "begins_at": self.at - DAY}
        for home in homes:
            self.put("memberships", organisation_id=home, role="liaison", **begun)
        over = {"role": "admin", "ends_at": self.at}
        self.put("memberships", organisation_id=ended, **over, **begun)

    def key(self, n: int, who: int, accepted_at: datetime | None) -> None:
        """The key, and the e-mail that it waits in."""
        at = self.at
        self.put(
            "invitations",
            **{"person_id": who, "key_hash": hash_key(f"key{n}"), "created_at": at - DAY},
            **{"expires_at": at + 13 * DAY, "accepted_at": accepted_at},
        )
        self.put(
            "outbox",
            **{"cause": f"old:{n}", "person_id": who, "kind": "people", "matter_id": who},
            **{"letter": "invite", "secret": f"key{n}", "attempts": 0, "reason": ""},
            **dict.fromkeys(("created_at", "due_at", "next_at"), at),
        )


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)
            for name in TABLES
        }


def check_moved(world: World, telco: int, cloud: int) -> None:
    """Nothing holds, and nothing is lost."""
    with reading(world.sessions) as session:
        invited = select(Person.id).where(Person.state == "invited")
        for tie in (Membership, Appointment):
            held = select(tie).where(tie.person_id.in_(invited))
            assert session.scalars(held).all() == []
        rows = session.execute(
            select(Offer.name, Offer.tie, Offer.organisation_id, Offer.role, Offer.state).order_by(
                Offer.id
            )
        ).all()
        assert [tuple(row) for row in rows] == [
            ("Old 0", "member", telco, "liaison", "offered"),
            ("Old 0", "member", cloud, "liaison", "offered"),
            ("Old 0", "member", telco, "admin", "withdrawn"),
            ("Old 1", "member", telco, "liaison", "offered"),
            ("Old 1", "member", telco, "admin", "withdrawn"),
            ("Old 1", "office", None, "steward", "offered"),
        ]
        joined = select(Membership).join(Person, Person.id == Membership.person_id)
        assert len(session.scalars(joined.where(Person.name == "Old 2")).all()) == 2
        emails = session.execute(
            select(OutboxEmail.resource_type, OutboxEmail.secret)
            .where(OutboxEmail.cause.like("old:%"))
            .order_by(OutboxEmail.id)
        ).all()
        assert [tuple(row) for row in emails] == [
            ("offers", "key0"),
            ("offers", "key1"),
            ("people", "key2"),
        ]


def check_key(world: World, telco: int, cloud: int) -> None:
    """The key in an e-mail already sent is good for the first of two roles."""
    with writing(world.sessions) as session:
        assert invitation_with(session, "key0", now()).organisation == "Telco"
        proof = Proof("demo", "http://issuer.example", "old", "")
        accept(session, "key0", proof, now())
        who = session.scalars(select(Person).where(Person.name == "Old 0")).one()
        mine = select(Membership.organisation_id).where(Membership.person_id == who.id)
        assert session.scalars(mine).all() == [telco]
        waits = select(Offer.organisation_id).where(
            Offer.person_id == who.id, Offer.state == "offered"
        )
        assert session.scalars(waits).all() == [cloud], "the other waits on the first page"
        unused = select(Invitation).where(
            Invitation.person_id == who.id, Invitation.accepted_at.is_(None)
        )
        assert session.scalars(unused).all() == []


def test_pending_invitations_become_offers_and_come_back(world: World) -> None:
    telco, cloud = (world.organisations[name].id for name in ("telco", "cloud"))
    downgrade(world.engine, "0020")
    with world.engine.execution_options(writes=True).begin() as connection:
        Old(connection, telco, cloud)
    before = counted(world.engine)
    upgrade(world.engine)
    check_moved(world, telco, cloud)
    downgrade(world.engine, "0020")
    assert counted(world.engine) == before
    upgrade(world.engine)
    check_key(world, telco, cloud)

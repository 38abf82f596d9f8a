"""Two web servers that start at once on PostgreSQL bring the schema up once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, text

from portal.db import make_engine
from portal.schema import downgrade, is_current, upgrade
from tests import postgres

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def before(postgres_seed: str) -> Iterator[Engine]:
    """A database one version before the newest."""
    engine = make_engine(postgres.fresh(postgres_seed, "seed"))
    downgrade(engine, "-1")
    yield engine
    engine.dispose()


def both_wait(engine: Engine) -> bool:
    """Whether two wait for a lock, before long."""
    until = monotonic() + 30
    while monotonic() < until:
        with engine.connect() as connection:
            if connection.scalar(text(f"{WAITING} AND datname = current_database()")) == 2:
                return True
        sleep(0.05)
    return False


def test_two_that_start_at_once_go_up_one_after_the_other(before: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        with before.begin() as connection:
            connection.execute(text("LOCK TABLE alembic_version"))
            both = [pool.submit(upgrade, before) for _ in range(2)]
            assert both_wait(before)
        for one in both:
            one.result()
    assert is_current(before)

"""The portal with two forged providers, on each engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, update

from config import Settings
from models.stakeholders import Identity
from portal.app import create_app
from portal.db import writing
from tests.auth.forged import Forged, serving
from tests.cast import World
from tests.pages import Visitor, nobody


@pytest.fixture
def forged() -> Iterator[Forged]:
    """The provider that the cast signs in with."""
    with serving() as provider:
        yield provider


@pytest.fixture
def other() -> Iterator[Forged]:
    """Another provider, that the portal trusts as well."""
    with serving() as provider:
        yield provider


@pytest.fixture
def env() -> str:
    """The environment of the portal; rate limits are off in `test`."""
    return "test"


@pytest.fixture
def portal(
    database_url: str, engine: Engine, world: World, forged: Forged, other: Forged,
    tmp_path: Path, env: str, compiled: FileSystemBytecodeCache,
) -> Iterator[Flask]:  # fmt: skip
    """The portal that trusts both; the cast is bound to the first."""
    with writing(world.sessions) as session:
        session.execute(update(Identity).values(issuer=forged.issuer))
    tables = "".join(
        f'[{name}]\nlabel = "{name}"\nissuer = "{provider.issuer}"\n'
        'client_id = "good-offices"\nclient_secret = "a secret of the provider"\n'
        for name, provider in (("one", forged), ("two", other))
    )
    (tmp_path / "oidc.toml").write_text(tables)
    app = create_app(
        Settings(
            env=env,
            database_url=database_url,
            base_url="http://localhost",
            data_dir=tmp_path,
            secret_key="a secret of the tests, long enough",
            oidc_file=tmp_path / "oidc.toml",
        )
    )
    app.jinja_env.bytecode_cache = compiled  # else each test compiles the pages that it shows
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def stranger(portal: Flask) -> Callable[[], Visitor]:
    """Makes a browser that has not signed in."""
    return lambda: nobody(portal)

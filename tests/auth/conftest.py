"""The portal with two forged providers, on each engine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, update

from models.stakeholders import Identity
from portal.app import create_app
from portal.db import writing
from portal.limits import limiter
from portal.oidc import clients_of, providers_from
from tests.applications import lent
from tests.auth.forged import Forged, serving
from tests.cast import World
from tests.pace import GENEROUS
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
    engine: Engine, world: World, forged: Forged, other: Forged, tmp_path: Path, env: str,
    shared_app: Flask,
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
    settings = replace(
        shared_app.config["SETTINGS"],
        env=env,
        database_url=engine.url.render_as_string(hide_password=False),
        data_dir=tmp_path,
        oidc_file=tmp_path / "oidc.toml",
        oidc_seconds=GENEROUS,
    )
    if env != "test":
        app = create_app(settings)
        yield app
        app.extensions["engine"].dispose()
        limiter.enabled = False  # the limiter is one for all applications of a process
        return
    providers = providers_from(settings.oidc_file)
    with lent(
        shared_app,
        engine,
        tmp_path,
        providers=providers,
        oidc=clients_of(providers, GENEROUS),
        provider_origins=sorted({provider.origin for provider in providers.values()}),
    ):
        yield shared_app


@pytest.fixture
def stranger(portal: Flask) -> Callable[[], Visitor]:
    """Makes a browser that has not signed in."""
    return lambda: nobody(portal)

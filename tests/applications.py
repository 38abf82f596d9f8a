"""Applications of tests: made once, and lent to each test with what is its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import Engine, insert, select

from config import Settings
from models.office import FileStore
from portal import store_identity
from portal.app import create_app
from portal.db import begun_for
from portal.spool import Spool
from portal.store import Store, key_from
from tests.cast import sessions_on

IDENTITY: Final = select(FileStore.identity)
FOLDER: Final = "f01de401" * 4
KNOWN: Final = insert(FileStore).values(id=store_identity.ONLY, identity=FOLDER)


def application(database_url: str, folder: Path) -> Flask:
    """The portal on a database, with one provider that nobody asks."""
    oidc = folder / "oidc.toml"
    oidc.write_text(
        '[demo]\nlabel = "the demo provider"\nissuer = "http://127.0.0.1:8001"\n'
        'client_id = "good-offices"\nclient_secret = "a secret of the demo provider"\n'
    )
    return create_app(
        Settings(
            env="test",
            database_url=database_url,
            base_url="http://localhost",
            data_dir=folder,
            secret_key="a secret of the tests, long enough",
            oidc_file=oidc,
        )
    )


def put_on(app: Flask, engine: Engine, folder: Path, **known: Any) -> None:
    """Put the application on a database, with files in a folder and what else it is to know."""
    url = engine.url.render_as_string(hide_password=False)
    settings = replace(app.config["SETTINGS"], database_url=url, data_dir=folder)
    key = key_from(settings.file_key or settings.secret_key)
    app.config["SETTINGS"] = settings
    app.extensions.update(
        engine=engine,
        sessions=sessions_on(engine),
        store=Store(folder / "files", key),
        spool=Spool(folder / "readings.jsonl"),
        **known,
    )
    _make_known(app.extensions["store"], engine)


def _make_known(store: Store, engine: Engine) -> None:
    # As the first start of the web server does, in two statements: before each test of pages.
    with engine.connect().execution_options(**begun_for(writes=True)) as connection:
        store.identity = connection.scalar(IDENTITY) or store.marker()
        if not store.identity:
            store.identity = FOLDER
            connection.execute(KNOWN)
        connection.commit()
    if store.marker() != store.identity:
        store.write_marker(store.identity)


@contextmanager
def lent(app: Flask, engine: Engine, folder: Path, **known: Any) -> Iterator[None]:
    """The application put on these; all that it knows is as before when it is given back."""
    kept = [(one, dict(one)) for one in (app.config, app.extensions, app.jinja_env.globals)]
    routes = len(app.view_functions)
    put_on(app, engine, folder, **known)
    yield
    for now, before in kept:
        now.clear()
        now.update(before)
    assert len(app.view_functions) == routes, "a test that adds routes is marked own_app"

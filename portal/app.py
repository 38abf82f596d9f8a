"""The roof: puts settings, database, hall and blueprints together into one application."""

import ctypes
import gc
import logging
from datetime import timedelta
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from blueprints import BLUEPRINTS
from config import Settings, Unsafe
from portal import (
    addresses,
    cli,
    forms,
    headers,
    help_pages,
    language,
    logs,
    oidc,
    operator_pages,
    pdf,
    policy_sql,
    search,
    store_identity,
    template_filters,
    templates,
    web,
)
from portal.catalogue import NOUNS, Without
from portal.db import make_engine, make_sessions
from portal.presence import Limits
from portal.sealing import SELF_CHECKS, Sealer, derived
from portal.spool import Spool
from portal.store import Store, key_from

ROOT = Path(__file__).parent.parent
M_ARENA_MAX = -8  # mallopt(3)


def create_app(settings: Settings, *, serves: bool = True) -> Flask:
    """An application that serves the portal with these settings, or runs its commands.

    What threads share is complete when it returns (decision 0014). Raises PolicyDiffers where the
    policy is not the published one, and WrongStore where it `serves` in production and does not see
    the attachments that other web servers wrote.
    """
    policy_sql.check()
    app = Flask(
        "portal",
        root_path=str(ROOT),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=[settings.old_secret_key] if settings.old_secret_key else [],
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_HEADERS_ENABLED=False,  # they would be on every answer: see `portal.web`
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_ENABLED=settings.env != "test" or bool(settings.redis_url),
        MAILBOX_URL=settings.mailbox_url,
    )
    app.session_interface = headers.Sessions()
    app.jinja_environment = templates.Templates  # type: ignore[assignment]  # a subclass
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.env != "test":
        logs.configure(as_json=settings.env == "production")
    _ground(app, settings, serves=serves)
    language.install(app)
    web.install(app)
    forms.install(app)
    template_filters.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    templates.install(app, load=serves)  # blueprints bring filters
    cli.install(app)
    addresses.install(app)
    _look_for_files(app, settings, serves=serves)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own way
    return app


def look_for_fonts() -> None:
    """Log for which languages PDFs would show boxes: once, where the web server starts."""
    if pdf.available() and (missing := pdf.without_font()):
        words = "no font for %s: PDFs show boxes; docs/operations.md names the packages"
        logging.getLogger("portal").warning(words, ", ".join(missing))


def make_ready_to_fork() -> None:
    """Let workers share what is loaded, and their threads one heap: once, before there are workers.

    The collector of garbage marks what it looks at, so that each worker would copy what it has in
    common with the others. And the C library gives each thread memory of its own, which no other
    can use while it is free.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)


def _look_for_files(app: Flask, settings: Settings, *, serves: bool) -> None:
    known = app.extensions
    found = store_identity.settle(known["sessions"], known["store"], claim=serves)
    known["engine"].dispose()  # no connection may be shared by processes that are forked later
    if found in (store_identity.SEEN, store_identity.UNCLAIMED):
        return
    # The log shows no exception, so the way out is said before it is raised.
    wrong = store_identity.WrongStore(found)
    app.logger.error("%s", str(wrong))
    if serves and settings.env == "production":
        raise wrong


def _providers(settings: Settings) -> dict[str, oidc.Provider]:
    try:
        providers = oidc.providers_from(settings.oidc_file)
    except (OSError, ValueError) as bad:
        why = bad.strerror if isinstance(bad, OSError) else bad
        raise Unsafe(f"PORTAL_OIDC_FILE {settings.oidc_file}: {why}") from None
    if settings.env == "production" and not providers:
        raise Unsafe(f"PORTAL_OIDC_FILE {settings.oidc_file}: there is no provider in it")
    return providers


def _ground(app: Flask, settings: Settings, *, serves: bool) -> None:
    engine = make_engine(settings.database_url)
    if serves:
        search.prepare_lists(engine.dialect.name)
    providers = _providers(settings)
    app.extensions["engine"] = engine
    app.extensions["sessions"] = make_sessions(engine)
    app.extensions["store"] = Store(
        settings.data_dir / "files", key_from(settings.file_key or settings.secret_key)
    )
    app.extensions["sealer"] = Sealer(
        derived(settings.file_key or settings.secret_key, SELF_CHECKS)
    )
    app.extensions["spool"] = Spool(settings.data_dir / "readings.jsonl")
    app.extensions["limits"] = Limits(
        timedelta(minutes=settings.idle_minutes), timedelta(minutes=settings.longest_minutes)
    )
    app.extensions["providers"] = providers
    app.extensions["oidc"] = oidc.clients_of(providers, settings.oidc_seconds)
    folder = settings.pages_dir or settings.data_dir / "pages"
    app.extensions["operator_pages"] = operator_pages.read_pages(folder)
    app.extensions["help_pages"] = help_pages.read_help(
        ROOT / "docs",
        {noun.name: noun.one for noun in NOUNS if not isinstance(noun.endpoint, Without)},
    )
    # Help on the noun that a blueprint is of; the first where it is of several.
    app.jinja_env.globals["help_of"] = {
        str(noun.endpoint).partition(".")[0]: noun.name
        for noun in reversed(NOUNS)
        if noun.name in app.extensions["help_pages"]
    }
    app.extensions["assets"] = headers.asset_names(ROOT / "static")
    app.extensions["provider_origins"] = sorted({p.origin for p in providers.values()})

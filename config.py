"""The settings: read once from the environment, checked, frozen, handed down by the roof."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import getaddresses, parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from portal.smtp import mail_server

ENVIRONMENTS = ("demo", "test", "production")
SECRET_LENGTH = 32
ANSWERS = re.compile(r"answers@[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?")
DATABASE = re.compile(r"sqlite:///.+|postgresql(\+psycopg)?://.*")
REDIS = re.compile(r"rediss?(\+(unix|sentinel|cluster))?://.+")
SENDER = re.compile(r"[^\s@]+@[^\s@]+")
CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|https://\S+|tel:[+\d-]+)")

BLANK = re.compile(r"\s")
# The least and the most of each number: more is a slip of the hand, and no clock can hold it.
YEAR_OF_MINUTES = 366 * 24 * 60
RANGES = {
    "smtp_seconds": (1, 3600),
    "oidc_seconds": (1, 600),
    "idle_minutes": (1, YEAR_OF_MINUTES),
    "longest_minutes": (1, YEAR_OF_MINUTES),
    "cooling_hours": (0, 24 * 366),
    "trusted_proxies": (0, 20),
}


class Unsafe(Exception):
    """The settings do not let the portal start; the message says which one and why."""


@dataclass(frozen=True)
class Settings:
    """Everything the portal takes from its surroundings (names as in docs/settings.md)."""

    env: str
    database_url: str
    base_url: str
    data_dir: Path
    secret_key: str = field(repr=False)
    file_key: str = field(default="", repr=False)
    old_secret_key: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    smtp_seconds: int = 60
    oidc_seconds: int = 6
    mailbox_url: str = ""
    answers: str = "answers@localhost"
    inbound: str = ""
    metrics_token: str = field(default="", repr=False)
    redis_url: str = ""
    oidc_file: Path | None = None
    trusted_proxies: int = 0
    port: int = 8000
    idle_minutes: int = 120
    longest_minutes: int = 720
    sender: str = "Good Offices <portal@portal.example>"
    pages_dir: Path | None = None
    security_contact: str = ""
    cooling_hours: int = 24

    @property
    def https(self) -> bool:
        """Whether readers reach the portal over TLS."""
        return self.base_url.startswith("https://")


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; raises Unsafe with a sentence that names the setting."""
    environ = {name: value for name, value in environ.items() if value}  # empty is not set
    env = environ.get("PORTAL_ENV", "production")
    if env not in ENVIRONMENTS:
        raise Unsafe(f"PORTAL_ENV is {env!r}; it must be one of {', '.join(ENVIRONMENTS)}")
    data_dir = Path(environ.get("PORTAL_DATA_DIR", "var")).resolve()
    port = _number(environ, "PORT", 8000)
    oidc_file = environ.get("PORTAL_OIDC_FILE")
    base_url = environ.get("PORTAL_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    host = _host(base_url)
    settings = Settings(
        env=env,
        database_url=environ.get("PORTAL_DATABASE_URL") or f"sqlite:///{data_dir}/portal.db",
        base_url=base_url,
        data_dir=data_dir,
        secret_key=environ.get("PORTAL_SECRET_KEY") or _kept_secret(env, data_dir),
        file_key=environ.get("PORTAL_FILE_KEY", ""),
        old_secret_key=environ.get("PORTAL_OLD_SECRET_KEY", ""),
        smtp_url=environ.get("PORTAL_SMTP_URL", ""),
        smtp_seconds=_number(environ, "PORTAL_SMTP_SECONDS", 60),
        oidc_seconds=_number(environ, "PORTAL_OIDC_SECONDS", 6),
        mailbox_url=environ.get("PORTAL_MAILBOX_URL", ""),
        answers=environ.get("PORTAL_ANSWERS", f"answers@{host}"),
        inbound=environ.get("PORTAL_INBOUND", ""),
        metrics_token=environ.get("PORTAL_METRICS_TOKEN", ""),
        redis_url=environ.get("PORTAL_REDIS_URL", ""),
        oidc_file=Path(oidc_file) if oidc_file else None,
        trusted_proxies=_number(environ, "PORTAL_TRUSTED_PROXIES", 0),
        port=port,
        idle_minutes=_number(environ, "PORTAL_IDLE_MINUTES", 120),
        longest_minutes=_number(environ, "PORTAL_LONGEST_MINUTES", 720),
        sender=environ.get("PORTAL_SENDER", "Good Offices <portal@portal.example>"),
        pages_dir=Path(environ.get("PORTAL_PAGES_DIR") or data_dir / "pages"),
        security_contact=environ.get("PORTAL_SECURITY_CONTACT", ""),
        cooling_hours=_number(environ, "PORTAL_COOLING_HOURS", 24),
    )
    _refuse_senseless(settings)
    if env == "production":
        _refuse_unsafe(settings, environ)
    return settings


def _host(base_url: str) -> str:
    # An address of mail holds no bare IPv6 address.
    if not _is_web(base_url):
        raise Unsafe("PORTAL_BASE_URL must be http:// or https:// and name a host")
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if f"{parts.scheme}://{parts.netloc}" != base_url or "@" in parts.netloc:
        raise Unsafe("PORTAL_BASE_URL must be http:// or https:// and a host, with nothing else")
    return "localhost" if ":" in host else host


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and not BLANK.search(url)


def _refuse_senseless(settings: Settings) -> None:
    _refuse_bad_mail(settings)
    _refuse_bad_addresses(settings)
    _refuse_bad_numbers(settings)
    if settings.security_contact and not CONTACT.fullmatch(settings.security_contact):
        raise Unsafe("PORTAL_SECURITY_CONTACT must begin with mailto:, https:// or tel:")
    if not ANSWERS.fullmatch(settings.answers):
        raise Unsafe(f"PORTAL_ANSWERS is {settings.answers!r}; it must be answers@ and a host")
    if not settings.inbound:
        return
    try:
        parts = urlsplit(settings.inbound)
        fits = parts.scheme in ("lmtp", "smtp") and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        fits = False
    if not fits:
        raise Unsafe(f"PORTAL_INBOUND is {settings.inbound!r}; it must be like lmtp://host:port")


def _refuse_bad_addresses(settings: Settings) -> None:
    # None of these values is quoted: a password may stand in it.
    if not DATABASE.fullmatch(settings.database_url):
        raise Unsafe("PORTAL_DATABASE_URL must be sqlite:/// and a path, or postgresql:// and more")
    if not _has_a_port(settings.database_url):
        raise Unsafe("PORTAL_DATABASE_URL holds a port that is no number from 1 to 65535")
    if settings.redis_url and not REDIS.fullmatch(settings.redis_url):
        raise Unsafe("PORTAL_REDIS_URL must begin with redis:// or rediss://")
    if not _has_a_port(settings.redis_url):
        raise Unsafe("PORTAL_REDIS_URL holds a port that is no number from 1 to 65535")
    if settings.mailbox_url and not _is_web(settings.mailbox_url):
        raise Unsafe("PORTAL_MAILBOX_URL must be http:// or https:// and name a host")
    if not 1 <= settings.port <= 65535:
        raise Unsafe(f"PORT is {settings.port}; it must be a port from 1 to 65535")


def _has_a_port(url: str) -> bool:
    # One that is said: none is fine, and a list of hosts is PostgreSQL's own.
    try:
        return "," in url or urlsplit(url).port != 0
    except ValueError:
        return False


def _refuse_bad_numbers(settings: Settings) -> None:
    for name, (least, most) in RANGES.items():
        number = getattr(settings, name)
        if number < least:
            raise Unsafe(f"PORTAL_{name.upper()} must be at least {least}")
        if number > most:
            raise Unsafe(f"PORTAL_{name.upper()} must be at most {most}")


def _refuse_bad_mail(settings: Settings) -> None:
    one = len(getaddresses([settings.sender])) == 1 and settings.sender.isprintable()
    if not one or not SENDER.fullmatch(parseaddr(settings.sender)[1]):
        raise Unsafe(f"PORTAL_SENDER is {settings.sender!r}; it must hold one e-mail address")
    if not settings.smtp_url:
        return
    try:
        mail_server(settings.smtp_url)
    except ValueError as bad:  # its cause may hold the password, so it is left out
        raise Unsafe(f"PORTAL_SMTP_URL {bad}") from None


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdigit():
        raise Unsafe(f"{name} is {text!r}; it must be a whole number")
    return int(text)


def _kept_secret(env: str, data_dir: Path) -> str:
    # A demo or test keeps a random secret beside its data; production must be given one.
    if env == "production":
        return ""
    kept = data_dir / "secret"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48))
        return kept.read_text()
    except OSError:
        raise Unsafe(f"PORTAL_DATA_DIR is {str(data_dir)!r}; it cannot be written to") from None


def _is_random(secret: str) -> bool:
    return len(secret) >= SECRET_LENGTH and len(set(secret)) >= 10


def _refuse_unsafe(settings: Settings, environ: Mapping[str, str]) -> None:
    if not _is_random(settings.secret_key):
        raise Unsafe(f"PORTAL_SECRET_KEY must be random and at least {SECRET_LENGTH} characters")
    if settings.file_key and not _is_random(settings.file_key):
        raise Unsafe(f"PORTAL_FILE_KEY must be random and at least {SECRET_LENGTH} characters")
    if settings.metrics_token and not _is_random(settings.metrics_token):
        raise Unsafe(f"PORTAL_METRICS_TOKEN must be random, {SECRET_LENGTH} characters or more")
    if not settings.data_dir.is_dir():
        raise Unsafe("PORTAL_DATA_DIR must name a folder that is there")
    if environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        raise Unsafe("FLASK_DEBUG must be off in production")
    if not settings.https:
        raise Unsafe("PORTAL_BASE_URL must begin with https://; TLS may end at a trusted proxy")
    if settings.oidc_file is None or not settings.oidc_file.is_file():
        raise Unsafe("PORTAL_OIDC_FILE must name a readable file with at least one provider")
    if not settings.smtp_url:
        raise Unsafe("PORTAL_SMTP_URL must name the mail server")

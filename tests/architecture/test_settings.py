"""The portal starts only with settings it can trust (case H2)."""

import gc
import runpy
from pathlib import Path

import click
import pytest
from flask import Flask

from config import Settings, Unsafe, settings_from
from portal.app import create_app
from tests.cast import World
from tests.pages import sign_in
from tools.write_docs import DOCS

SECRET = "Zq3vN8-kT0yWm5Rb_x7LdG2cJ9hPfA4s"


@pytest.fixture
def safe(tmp_path: Path) -> dict[str, str]:
    """An environment that production takes."""
    providers = tmp_path / "oidc.toml"
    providers.write_text('[one]\nissuer = "https://id.example"\n')
    return {
        "PORTAL_ENV": "production",
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_BASE_URL": "https://portal.example",
        "PORTAL_OIDC_FILE": str(providers),
        "PORTAL_SMTP_URL": "smtp://mail.example:587",
    }


def test_production_takes_a_safe_environment(safe: dict[str, str]) -> None:
    settings = settings_from(safe)
    assert settings.https
    assert settings.secret_key == SECRET


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SECRET_KEY", None),
        ("PORTAL_SECRET_KEY", ""),
        ("PORTAL_SECRET_KEY", SECRET[:31]),
        ("PORTAL_SECRET_KEY", "a" * 64),
        ("PORTAL_SECRET_KEY", "change-me"),
        ("PORTAL_SECRET_KEY", "abcabcabcabcabcabcabcabcabcabcabcabc"),
        ("PORTAL_FILE_KEY", "short"),
        ("PORTAL_FILE_KEY", "b" * 64),
        ("PORTAL_DATA_DIR", "nowhere"),
        ("FLASK_DEBUG", "1"),
        ("FLASK_DEBUG", "true"),
        ("PORTAL_BASE_URL", None),
        ("PORTAL_BASE_URL", "http://portal.example"),
        ("PORTAL_BASE_URL", "portal.example"),
        ("PORTAL_BASE_URL", "https://"),
        ("PORTAL_OIDC_FILE", None),
        ("PORTAL_OIDC_FILE", "nowhere.toml"),
        ("PORTAL_SMTP_URL", None),
        ("PORTAL_SMTP_URL", ""),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(
    safe: dict[str, str], name: str, value: str | None
) -> None:
    environ = {key: word for key, word in safe.items() if key != name}
    if value is not None:
        environ[name] = value
    with pytest.raises(Unsafe, match=name):
        settings_from(environ)


def test_a_portal_that_does_not_say_what_it_is_counts_as_production(safe: dict[str, str]) -> None:
    del safe["PORTAL_ENV"]
    assert settings_from(safe).env == "production"
    del safe["PORTAL_SECRET_KEY"]
    with pytest.raises(Unsafe):
        settings_from(safe)


NUMBERS = (
    "PORTAL_SMTP_SECONDS", "PORTAL_OIDC_SECONDS", "PORTAL_IDLE_MINUTES", "PORTAL_LONGEST_MINUTES",
    "PORTAL_COOLING_HOURS", "PORTAL_TRUSTED_PROXIES",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ENV", "prod"),
        ("PORT", "eighty"),
        ("PORTAL_IDLE_MINUTES", "-5"),
        ("PORTAL_TRUSTED_PROXIES", "1.5"),
        ("PORTAL_ANSWERS", "office@portal.example"),
        ("PORTAL_ANSWERS", "answers@"),
        ("PORTAL_ANSWERS", "answers@portal example"),
        ("PORTAL_INBOUND", "127.0.0.1:8024"),
        ("PORTAL_INBOUND", "lmtp://127.0.0.1"),
        ("PORTAL_INBOUND", "lmtp://127.0.0.1:port"),
        ("PORTAL_INBOUND", "imap://127.0.0.1:143"),
        ("PORT", "0"),
        ("PORT", "99999"),
        ("PORTAL_IDLE_MINUTES", "0"),
        ("PORTAL_LONGEST_MINUTES", "0"),
        ("PORTAL_OIDC_SECONDS", "0"),
        *((name, "99999999999") for name in NUMBERS),
        ("PORTAL_SMTP_SECONDS", "0"),
        ("PORTAL_BASE_URL", "https://portal.example/path"),
        ("PORTAL_BASE_URL", "https://portal.example?query"),
        ("PORTAL_BASE_URL", "https://somebody:a-word@portal.example"),
        ("PORTAL_BASE_URL", "https://portal example"),
        ("PORTAL_DATABASE_URL", "sqlite:///"),
        ("PORTAL_DATABASE_URL", "sqlite://"),
        ("PORTAL_DATABASE_URL", "postgresql://portal:a-word@db.example:port/portal"),
        ("PORTAL_REDIS_URL", "redis://:a-word@redis.example:port/0"),
        ("PORTAL_MAILBOX_URL", "javascript:alert(1)"),
        ("PORTAL_SENDER", "One <one@portal.example>, Two <two@portal.example>"),
        ("PORTAL_SENDER", "portal@portal.example\nBcc: all@portal.example"),
        ("PORTAL_BASE_URL", "portal.example"),
        ("PORTAL_BASE_URL", "ftp://portal.example"),
        ("PORTAL_BASE_URL", "https://"),
        ("PORTAL_BASE_URL", "https://portal.example:port"),
        ("PORTAL_BASE_URL", "https://[portal"),
        ("PORTAL_DATABASE_URL", "mysql://portal:a-word@db.example/portal"),
        ("PORTAL_DATABASE_URL", "portal.db"),
        ("PORTAL_REDIS_URL", "http://:a-word@redis.example"),
        ("PORTAL_SENDER", "Good Offices"),
        ("PORTAL_SENDER", "portal@"),
        ("PORTAL_DATA_DIR", "/dev/null/portal"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_everywhere(
    tmp_path: Path, name: str, value: str
) -> None:
    environ = {"PORTAL_ENV": "demo", "PORTAL_DATA_DIR": str(tmp_path), name: value}
    with pytest.raises(Unsafe, match=name) as refused:
        settings_from(environ)
    assert "a-word" not in str(refused.value)


def test_a_setting_that_is_empty_is_not_set(tmp_path: Path) -> None:
    environ = {"PORTAL_ENV": "demo", "PORTAL_DATA_DIR": str(tmp_path)}
    names = (DOCS / "settings.md").read_text().split("| `")[1:]
    empty = {name.partition("`")[0]: "" for name in names}
    assert {"PORT", "PORTAL_SENDER", "PORTAL_IDLE_MINUTES"} < empty.keys()
    assert settings_from(empty | environ) == settings_from(environ)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "No such file"),
        ("[one", "at end of document"),
        ('issuer = "https://id.example"', "issuer is not in the table of a provider"),
        ('[one]\nissuer = "https://id.example"', "provider one has no client_id, client_secret"),
        ("", "no provider"),
    ],
)
def test_a_file_of_providers_that_cannot_be_used_is_named(
    safe: dict[str, str], text: str | None, why: str
) -> None:
    settings = settings_from(safe)
    path = Path(safe["PORTAL_OIDC_FILE"])
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    with pytest.raises(Unsafe, match=f"PORTAL_OIDC_FILE {path}: .*{why}"):
        create_app(settings, serves=False)


def test_a_command_with_a_wrong_setting_says_so_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_ENV", "prod")
    try:
        with (
            click.Context(click.Command("version")),
            pytest.raises(click.ClickException, match="PORTAL_ENV is 'prod'"),
        ):
            runpy.run_path(str(DOCS.parent / "wsgi.py"))
        with pytest.raises(Unsafe):  # a server is not a command
            runpy.run_path(str(DOCS.parent / "wsgi.py"))
        assert capsys.readouterr().err.startswith("The portal does not start: PORTAL_ENV is 'prod'")
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("base", "answers"),
    [
        ("https://portal.example", "answers@portal.example"),
        ("https://portal.example:8443/", "answers@portal.example"),
        ("https://[::1]:8000", "answers@localhost"),
    ],
)
def test_answers_go_to_the_host_of_the_portal_unless_said_otherwise(
    safe: dict[str, str], base: str, answers: str
) -> None:
    assert settings_from(safe | {"PORTAL_BASE_URL": base}).answers == answers
    other = {"PORTAL_ANSWERS": "answers@mail.example", "PORTAL_INBOUND": "lmtp://127.0.0.1:8024"}
    settings = settings_from(safe | other)
    assert (settings.answers, settings.inbound) == tuple(other.values())


def test_the_demo_keeps_a_random_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    environ = {"PORTAL_ENV": "demo", "PORTAL_DATA_DIR": str(tmp_path / "new")}
    first = settings_from(environ)
    assert len(first.secret_key) >= 32
    assert settings_from(environ).secret_key == first.secret_key
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o077 == 0


def test_the_secret_is_in_no_printed_form(safe: dict[str, str]) -> None:
    settings: Settings = settings_from(safe)
    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


def test_sign_ins_outlive_the_rotation_of_the_secret(
    world: World, database_url: str, tmp_path: Path
) -> None:
    def portal(secret: str, old: str = "") -> Flask:
        return create_app(
            Settings(
                env="test",
                database_url=database_url,
                base_url="http://localhost",
                data_dir=tmp_path,
                secret_key=secret,
                old_secret_key=old,
            )
        )

    first, second = "the first secret, long enough to be one", "the second secret, as long as that"
    visitor = sign_in(portal(first), world, "mediator@peace")
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    for app, status in ((portal(second, first), 200), (portal(second), 302)):
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        assert client.get("/").status_code == status
        app.extensions["engine"].dispose()

"""The commands of `flask --app wsgi`: database, trail, the policy explained, the demo world."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from models.names import Unfit
from portal import backup as backups
from portal import demo as demo_world
from portal import metrics, oidc, outbox, parsing, records, schedule, schema, stakeholders, store
from portal.access import Actor
from portal.calendars import reply_to
from portal.cli_faults import Commands, PlainCommand
from portal.cli_files import consent, files
from portal.cli_operations import move_command, pages, take_time, version_command
from portal.clock import now
from portal.db import reading, writing
from portal.emails import MailSettings, trial
from portal.errors import Invalid
from portal.explain import explain
from portal.readings import collect_readings
from portal.rules import RESOURCE_TYPES
from portal.smtp import (
    Doubtful,
    Patience,
    ServerFault,
    SmtpTransport,
    Undeliverable,
    mail_server,
)
from portal.trail_check import Progress, first_fault_apart

db = Commands("db", help="The schema of the database.", callback=take_time)
audit = Commands("audit", help="The trail of all acts.", callback=take_time)
demo = Commands("demo", help="The demo world.", callback=take_time)
people = Commands("people", help="People.", callback=take_time)
jobs = Commands("jobs", help="E-mails and reminders.", callback=take_time)
mail = Commands("mail", help="The mail server.", callback=take_time)
providers = Commands("providers", help="Sign-in providers.", callback=take_time)


def _files() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir) / "files"


@click.command("backup", cls=PlainCommand)
@click.argument("folder", type=click.Path(path_type=Path))
def backup_command(folder: Path) -> None:
    """Copy database and files into a new folder, while the portal runs."""
    take_time()
    try:
        made = backups.backup(current_app.extensions["engine"], _files(), folder, now())
    except backups.Unfit as why:
        raise click.ClickException(str(why)) from why
    with writing(current_app.extensions["sessions"]) as session:
        metrics.mark(session, metrics.BACKUP, now())
    click.echo(f"backup: {len(made.digests)} files, {made.events} acts in the trail")


@click.command("restore", cls=PlainCommand)
@click.argument("folder", type=click.Path(path_type=Path))
def restore_command(folder: Path) -> None:
    """Take a backup back into an empty database, and check it."""
    take_time()
    try:
        found = backups.restore(current_app.extensions["engine"], _files(), folder, now())
    except backups.Unfit as why:
        raise click.ClickException(str(why)) from why
    kept = current_app.extensions["store"]
    with reading(current_app.extensions["sessions"]) as session:
        checked = store.sweep(session, kept)
    kept.remove_older(checked.without_row, now())  # came after the copy of the database
    click.echo(f"restored: the state of {found.made_at}; e-mails open then are closed")
    if checked.locked:
        raise click.ClickException("PORTAL_FILE_KEY is not the key that its files were kept with")


def install(app: Flask) -> None:
    """Add the commands to an application."""
    for group in (
        db,
        audit,
        demo,
        people,
        files,
        jobs,
        mail,
        providers,
        explain_command,
        backup_command,
        restore_command,
        version_command,
        pages,
    ):
        app.cli.add_command(group)


db.add_command(move_command)


@db.command("upgrade")
@click.argument("to", default="head")
def db_upgrade(to: str) -> None:
    """Go up to the newest version, or to the one named."""
    engine = current_app.extensions["engine"]
    schema.upgrade(engine, to)
    click.echo("database: at the newest version" if to == "head" else f"database: at {to}")
    if not schema.reads_every_script(engine):
        click.echo(
            "database: made with a locale that knows English letters only, so that search finds no"
            " word of another script; make it with --locale=C.UTF-8 (docs/operations.md)",
            err=True,
        )


@db.command("downgrade")
@click.argument("to")
@click.option("--yes", is_flag=True, help="Delete what is listed without asking.")
def db_downgrade(to: str, yes: bool) -> None:
    """Go down to a version, after saying what that deletes; `base` empties the database."""
    consent(schema.losses(current_app.extensions["engine"], to), f"going down to {to}", yes)
    schema.downgrade(current_app.extensions["engine"], to)


@db.command("migrate")
@click.argument("message")
def db_migrate(message: str) -> None:
    """Write a migration from what the models say."""
    schema.new_migration(current_app.extensions["engine"], message)


@audit.command("verify")
def audit_verify() -> None:
    """Check the trail and the seals of records; exit 1 and name the first that is broken."""
    with _progress() as show:
        fault = first_fault_apart(current_app.extensions["engine"], show)
    if fault is None:
        with reading(current_app.extensions["sessions"]) as session:
            fault = records.first_broken_seal(session)
    if fault:
        raise click.ClickException(fault)
    with writing(current_app.extensions["sessions"]) as session:
        metrics.mark(session, metrics.VERIFY, now())
    click.echo("the trail holds")
    if waiting := current_app.extensions["spool"].waiting():
        click.echo(f"readings that wait beside the database for `audit collect`: {waiting}")


@contextmanager
def _progress() -> Iterator[Progress]:
    """Shows a terminal how many events are checked; says nothing to a file or a log."""
    quiet = not sys.stderr.isatty()
    bar: Any = click.progressbar(
        length=1, label="events", file=sys.stderr, show_pos=True, hidden=quiet
    )

    def show(checked: int, events: int) -> None:
        bar.length = events
        bar.update(checked - bar.pos)

    with bar:
        yield show


@audit.command("collect")
def audit_collect() -> None:
    """Append to the trail the readings that were kept while nothing could be written."""
    drained = collect_readings()
    click.echo(f"readings appended: {drained.taken}")
    if drained.aside:
        click.echo(f"readings that the trail cannot take, put aside: {drained.aside}")


@demo.command("seed")
@click.option("--issuer", default=None, help="Issuer the cast signs in with.")
def demo_seed(issuer: str | None) -> None:
    """Plant the demo world; a second call changes nothing."""
    if current_app.config["SETTINGS"].env == "production":
        raise click.ClickException("the demo world has no place in production")
    known = [provider.issuer for provider in current_app.extensions["providers"].values()]
    with writing(current_app.extensions["sessions"]) as session:
        if demo_world.is_planted(session):
            click.echo("demo world: already here")
            return
        provider = issuer or (known or ["http://127.0.0.1:8001"])[0]
        kept, sealer = (current_app.extensions[name] for name in ("store", "sealer"))
        demo_world.plant(session, provider, kept, sealer, now())
    click.echo("demo world: planted")


def _post() -> tuple[SmtpTransport, MailSettings]:
    settings = current_app.config["SETTINGS"]
    if not settings.smtp_url:
        raise click.ClickException("PORTAL_SMTP_URL names no mail server")
    back = reply_to(settings.answers, settings.secret_key, settings.old_secret_key)
    seconds = settings.smtp_seconds
    transport = SmtpTransport(settings.smtp_url, Patience(min(30, seconds), seconds))
    return transport, MailSettings(settings.base_url, settings.sender, back, settings.secret_key)


@jobs.command("run")
@click.option(
    "--every", type=click.IntRange(1, 60), default=schedule.EVERY, help="Seconds between two looks."
)
def jobs_run(every: int) -> None:
    """Look every few seconds for what is due, and take answers by mail, until stopped."""
    inbound = current_app.config["SETTINGS"].inbound
    schedule.run(current_app.extensions["sessions"], *_post(), inbound, every)


@jobs.command("once")
def jobs_once() -> None:
    """Look once for what is due, for cron."""
    schedule.one_round(current_app.extensions["sessions"], *_post())


@mail.command("test")
@click.argument("address")
def mail_test(address: str) -> None:
    """Send one e-mail to ADDRESS now, past the outbox, and say what the mail server answers."""
    transport, mail_settings = _post()
    server = mail_server(transport.url)
    try:
        transport.send(trial(mail_settings, address, now()))
    except (Undeliverable, OSError, ValueError) as fault:
        stage = f" at {fault.stage}" if isinstance(fault, ServerFault | Doubtful) else ""
        raise click.ClickException(f"{server.host}:{server.port} failed{stage}: {fault}") from fault
    with writing(current_app.extensions["sessions"]) as session:
        outbox.no_fault(session)
    click.echo(f"{server.host}:{server.port} has taken an e-mail to {address} ({server.privacy})")


@providers.command("check")
def providers_check() -> None:
    """Ask each provider for what a sign-in needs; exit 1 when something is not well."""
    clients: dict[str, oidc.Client] = current_app.extensions["oidc"]
    base = current_app.config["SETTINGS"].base_url
    well = bool(clients)
    for name, client in clients.items():
        click.echo(f"{name}: {client.provider.issuer}")
        for found in oidc.check(client, f"{base}/auth/{name}/callback", now):
            well = well and found.well
            click.echo(f"  {'ok' if found.well else 'FAULT':5}  {found.what}: {found.seen}")
    if not well:
        raise click.ClickException("a provider cannot be used" if clients else "no provider is set")


@people.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--steward", "as_steward", is_flag=True, help="Appoint the first steward.")
def people_invite(email: str, name: str, as_steward: bool) -> None:
    """Invite the first steward of a new portal; everybody else is invited on its pages."""
    if not as_steward:
        raise click.ClickException("only --steward is invited here; use the pages for the others")
    try:
        with writing(current_app.extensions["sessions"]) as session:
            key = stakeholders.invite_steward(session, email=email, name=name, now=now())
    except Invalid as wrong:
        raise click.ClickException(" ".join(wrong.problems.values())) from wrong
    base = current_app.config["SETTINGS"].base_url
    click.echo(f"open within {stakeholders.INVITATION_DAYS} days: {base}/auth/invitation/{key}")


@click.command("explain", cls=PlainCommand)
@click.argument("email")
@click.argument("verb")
@click.argument("reference")
@with_appcontext
def explain_command(email: str, verb: str, reference: str) -> None:
    """Print the rows of the policy that speak for and against PERSON doing VERB to REFERENCE."""
    ref = parsing.reference(reference)
    with reading(current_app.extensions["sessions"]) as session:
        try:
            person = stakeholders.person_at(session, email)
        except Unfit as wrong:
            raise click.ClickException("this is not an e-mail address") from wrong
        if person is None:
            raise click.ClickException("nobody here has that address")
        for resource_type in RESOURCE_TYPES.values():
            key = session.scalar(
                select(resource_type.model.id).where(resource_type.model.ref == ref)
            )
            if key is not None and verb in resource_type.verbs:
                actor = Actor(person.id, person.name)
                for reason in explain(session, actor, verb, resource_type, key, now()):
                    click.echo(json.dumps(reason.__dict__))
                return
    raise click.ClickException("no resource of that reference knows that verb")

"""Commands about the folder of attachments."""

import sys
from datetime import timedelta

import click
from flask import current_app

from portal import store, store_identity
from portal.cli_faults import Commands
from portal.cli_operations import take_time
from portal.clock import now
from portal.db import reading, writing
from portal.store_identity import SEEN, UNCLAIMED

files = Commands(
    "files", help="The encrypted files of notices and commitments.", callback=take_time
)


def consent(lost: dict[str, int], what: str, yes: bool) -> None:
    """Say what would be deleted, and ask; a script, which cannot be asked, has to say --yes."""
    for name, count in lost.items():
        click.echo(f"  {count} × {name}")
    if not lost or yes:
        return
    if not sys.stdin.isatty():
        raise click.ClickException(f"{what} would delete this: nothing was done; say --yes if so")
    click.confirm(f"{what} deletes this for good. Go on?", abort=True)


@files.command("check")
@click.option("--remove-orphans", is_flag=True, help="Remove those older than an hour.")
@click.option("--yes", is_flag=True, help="Remove them without asking.")
def files_check(remove_orphans: bool, yes: bool) -> None:
    """Name files without a row, rows without a file or with another key; exit 1 for any.

    Where this node does not see the folder that the others write to, it says that and no more.
    """
    kept = current_app.extensions["store"]
    with reading(current_app.extensions["sessions"]) as session:
        seen, found = store_identity.standing(session, kept), store.sweep(session, kept)
    if seen not in (SEEN, UNCLAIMED):
        click.echo(f"rows without a file: {len(found.without_file)}")
        raise click.ClickException(f"{kept.folder}: {seen}")
    orphans = set(found.without_row)
    if remove_orphans:
        lost = {"files without a row": len(orphans)} if orphans else {}
        consent(lost, "removing those older than an hour", yes)
        removed = kept.remove_older(sorted(orphans), now() - timedelta(hours=1))
        orphans -= set(removed)
        click.echo(f"removed: {len(removed)}")
    for name in sorted(orphans):
        click.echo(f"file without a row: {name}")
    for ref in found.without_file:
        click.echo(f"row without a file: {ref}")
    for ref in found.locked:
        click.echo(f"the key of the portal does not open: {ref}")
    if found.locked:
        raise click.ClickException("PORTAL_FILE_KEY is not the key that these files were kept with")
    if orphans or found.without_file:
        raise click.ClickException("files and rows do not fit")
    click.echo("files and rows fit")


@files.command("adopt")
@click.option("--yes", is_flag=True, help="Adopt it though files are missing, without asking.")
def files_adopt(yes: bool) -> None:
    """Make PORTAL_DATA_DIR/files the folder of attachments, after counting what is not in it.

    For a folder whose marker was lost, as in a restore by hand. A second web server needs the same
    folder instead: see docs/operations.md.
    """
    kept = current_app.extensions["store"]
    with reading(current_app.extensions["sessions"]) as session:
        missing = len(store.sweep(session, kept).without_file)
    if missing and not yes:
        click.echo(f"  attachments that are not here: {missing}")
        if not sys.stdin.isatty():
            raise click.ClickException("nothing was done; say --yes to go on without them")
        click.confirm("Go on without them?", abort=True)
    try:
        with writing(current_app.extensions["sessions"]) as session:
            store_identity.adopt(session, kept)
    except OSError as full:
        raise click.ClickException(f"{kept.folder}: {store_identity.UNWRITABLE}") from full
    click.echo(f"{kept.folder} is the folder of attachments")

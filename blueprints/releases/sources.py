"""What a source says, as the first text of a release: to be read, marked and shortened."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy.orm import Session

from models.claims import Claim
from models.harm import Harm
from models.notices import Notice
from models.records import Record, RecordEdition
from models.stakeholders import Organisation
from portal.claims.words import FORMS
from portal.harm import amount_of
from portal.language import gettext, spoken


def first_text(session: Session, source: Any) -> tuple[str, str]:
    """A title and a Markdown text, from a source that the writer reads."""
    lines = [line for line in WRITTEN[type(source)](session, source) if line]
    return source.title, "\n\n".join(lines)


def _notice(_session: Session, notice: Notice) -> Iterator[str]:
    yield notice.summary
    yield notice.body


def _claim(session: Session, claim: Claim) -> Iterator[str]:
    home = session.get_one(Organisation, claim.organisation_id).name
    yield gettext(
        "%(who)s says so, %(day)s (%(form)s). This is a claim, not a finding.",
        who=claim.claimant or home,
        day=spoken().known_day(claim.said_on),
        form=gettext(FORMS[claim.form]),
    )
    yield claim.body
    yield claim.basis
    yield _source(claim.source_title, claim.source_publisher, claim.source_url)


def _harm(session: Session, harm: Harm) -> Iterator[str]:
    amount, unknown = amount_of(harm), gettext("not known")
    parts = ("lower", "best", "upper")
    home = session.get_one(Organisation, harm.organisation_id).name
    yield gettext("Said by %(who)s.", who=harm.said_by or home)
    yield gettext(
        "At the least: %(lower)s. Best estimate: %(best)s. At the most: %(upper)s. %(unit)s",
        unit=" ".join(filter(None, (amount.unit, amount.currency, str(amount.year or "")))),
        **{
            part: unknown if getattr(amount, part) is None else f"{getattr(amount, part):,}"
            for part in parts
        },
    )
    yield harm.body
    yield _source(harm.source_title, "", harm.source_url)


def _source(*parts: str) -> str:
    said = ", ".join(filter(None, parts))
    return gettext("Source: %(source)s", source=said) if said else ""


def _minutes(session: Session, record: Record) -> Iterator[str]:
    # Under the Chatham House Rule an adopted text names nobody who spoke.
    text = session.get_one(RecordEdition, (record.id, record.edition)).text
    for point in text["points"]:
        yield f"## {point['title']}"
        yield point["notes"]
        for row in point["positions"]:
            yield f"{row['delegation']}: {row['words']}" if row["delegation"] else row["words"]
        yield from _decisions(point["decisions"])
    yield from _decisions(text["decisions"])


def _decisions(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{row['question']} {row['outcome']}".strip()


WRITTEN: Final[dict[type, Callable[[Session, Any], Iterator[str]]]] = {
    Notice: _notice,
    Claim: _claim,
    Harm: _harm,
    Record: _minutes,
}

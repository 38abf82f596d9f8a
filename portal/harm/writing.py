"""Drafting and editing a row of harm: one's own, or that of others from a source."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.harm import Harm
from models.notices import Notice
from portal.access import Actor, authorize, may, visible
from portal.errors import NotFound, TooLate, refuse
from portal.harm.text import HarmText, text_of
from portal.ledger import create, draft_of, transition
from portal.recipients import (
    AudiencePreview,
    RecipientList,
    list_of,
    needs_consent,
    reach_if,
    write_list,
)
from portal.rules import (
    CITE_HARM,
    EDIT,
    HARM,
    NOTICES,
    ORGANISATIONS,
    READ_LEDGER,
    READ_TEXT,
    STATE_HARM,
)
from portal.words import N_


def state_harm(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: HarmText,
    to: RecipientList,
    now: datetime,
) -> Harm:
    """Start a row on the harm of one's own organisation; raises Invalid for bad fields."""
    return _begin(session, actor, STATE_HARM, organisation_ref, text, to, now)


def cite_harm(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: HarmText,
    to: RecipientList,
    now: datetime,
) -> Harm:
    """Start a row on the harm of others, from a source; raises Invalid for bad fields."""
    return _begin(session, actor, CITE_HARM, organisation_ref, text, to, now)


def _begin(
    session: Session,
    actor: Actor,
    verb: str,
    organisation_ref: str,
    text: HarmText,
    to: RecipientList,
    now: datetime,
) -> Harm:
    cited = verb == CITE_HARM
    with transition(session, actor, verb, ORGANISATIONS, organisation_ref, now) as home:
        refuse(problems(session, actor, text, to, now, cited=cited))
        harm = draft_of(HARM, actor, home.id, now, edition=0, cited=cited)
        write_into(session, actor, harm, text, now)
        create(session, actor, verb, HARM, harm, now)
        write_list(session, harm, to, now)
    return harm


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: HarmText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> Harm:
    """Change a draft; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, HARM, ref, now) as harm:
        if harm.version != version:
            raise TooLate(EDIT)
        rewrite(session, actor, harm, text, to, now)
        harm.changed_at = now
    return harm


def rewrite(
    session: Session, actor: Actor, harm: Harm, text: HarmText, to: RecipientList, now: datetime
) -> None:
    """Put text and recipients into a row that is there; raises Invalid for bad fields."""
    refuse(problems(session, actor, text, to, now, cited=harm.cited, harm=harm))
    write_into(session, actor, harm, text, now)
    write_list(session, harm, to, now)


def write_into(session: Session, actor: Actor, harm: Harm, text: HarmText, now: datetime) -> None:
    """Write the text, and say whether the author of its notice has yet to agree to the marking."""
    text.write_into(harm)
    harm.consent_needed = needs_consent(session, actor, harm, now)


def problems(
    session: Session,
    actor: Actor,
    text: HarmText,
    to: RecipientList,
    now: datetime,
    *,
    cited: bool,
    harm: Harm | None = None,
) -> dict[str, str]:
    """What cannot be taken of text and recipients; what `harm` named before may stay."""
    kept, before = (list_of(session, harm), text_of(harm)) if harm else (None, None)
    found = text.problems(now, cited=cited)
    found |= to.problems(session, actor, text.tlp, now, kept)
    if text.notice_id is None:
        return found
    stays = before is not None and text.notice_id == before.notice_id
    if not stays and not may(session, actor, READ_TEXT, NOTICES, text.notice_id, now):
        found["notice"] = N_("There is nothing with this reference that you may read.")
    return found


def key_of_notice(session: Session, actor: Actor, ref: str, now: datetime) -> int:
    """The key of a notice by its reference; raises NotFound where the person may not read it."""
    key = session.scalar(visible(NOTICES, actor, now, Notice.id).where(Notice.ref == ref))
    if key is None:
        raise NotFound(ref)
    return int(key)


def notice_ref(session: Session, harm: Harm) -> str:
    """The reference of the notice that a row is about, or empty."""
    return session.scalar(select(Notice.ref).where(Notice.id == harm.notice_id)) or ""


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    cited: bool,
    text: HarmText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read this row if it were published: asked of the policy, nothing is kept."""
    verb = CITE_HARM if cited else STATE_HARM

    def written() -> Harm:
        return _begin(session, actor, verb, organisation_ref, text, to, now)

    return reach_if(session, actor, HARM, written, now)


def who_would_see(
    session: Session, actor: Actor, ref: str, *, text: HarmText, to: RecipientList, now: datetime
) -> AudiencePreview:
    """Who could read an existing row if it said this and went to these; nothing is kept."""

    def written() -> Harm:
        harm = authorize(session, actor, READ_LEDGER, HARM, ref, now)
        rewrite(session, actor, harm, text, to, now)
        return harm

    return reach_if(session, actor, HARM, written, now)

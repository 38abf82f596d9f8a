"""What claims and harm stand together on: a notice that they are about, or a process they go to."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.notices import Notice
from models.processes import Process
from portal.access import Actor, authorize
from portal.errors import NotFound
from portal.rules import NOTICES, PROCESSES, READ, READ_TEXT


def notice_or_process(
    session: Session, actor: Actor, ref: str, now: datetime
) -> tuple[Notice | Process, str]:
    """The notice or process of a reference, and its title; raises NotFound for what is hidden."""
    if ref.startswith(f"{NOTICES.prefix}-"):
        notice: Notice = authorize(session, actor, READ_TEXT, NOTICES, ref, now)
        return notice, notice.title
    if ref.startswith(f"{PROCESSES.prefix}-"):
        process: Process = authorize(session, actor, READ, PROCESSES, ref, now)
        return process, process.cover_name
    raise NotFound(ref)

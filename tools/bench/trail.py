"""The trail of the bench: each event takes up the link before it, so that the chain holds."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from models.ledger import AuditEvent
from portal.chains import ACTS, digest, first_link

COLUMNS = {
    "audit_events": "at person_id verb resource_type resource_id ref edition signin_id detail"
    " previous digest"
}


class Trail:
    """Makes events; `link` is the last of the trail so far."""

    def __init__(self) -> None:
        self.link, self.events = first_link(ACTS), 0

    def row(
        self, at: datetime, who: int, verb: str, resource_type: str, key: int, ref: str
    ) -> tuple[Any, ...]:
        """The next event, as a row."""
        event = SimpleNamespace(
            at=at,
            person_id=who,
            for_id=None,
            verb=verb,
            resource_type=resource_type,
            resource_id=key,
            ref=ref,
            edition=1,
            signin_id=None,
            detail={},
            previous=self.link,
        )
        self.link = digest(cast(AuditEvent, event))
        self.events += 1
        return at, who, verb, resource_type, key, ref, 1, None, "{}", event.previous, self.link

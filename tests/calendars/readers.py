"""Three programs that read calendars, two of which have nothing to do with the one that writes."""

import json
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import vobject
from icalendar import Calendar

READ_BACK = Path(__file__).with_name("read_back.mjs")


@dataclass(frozen=True)
class Read:
    """An event as a program reads it."""

    method: str
    kind: str
    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    words: str
    asked: tuple[str, ...]


def by_icalendar(data: bytes) -> list[Read]:
    calendar: Any = Calendar.from_ical(data)
    found = []
    for event in calendar.subcomponents:
        asked = event.get("attendee", [])
        found.append(
            Read(
                method=str(calendar.get("method", "")),
                kind=event.name,
                uid=str(event["uid"]),
                sequence=int(event["sequence"]),
                starts_at=event["dtstart"].dt,
                ends_at=event["dtend"].dt,
                title=str(event["summary"]),
                words=str(event.get("description", "")),
                asked=tuple(map(str, asked if isinstance(asked, list) else [asked])),
            )
        )
    return found


def by_vobject(data: bytes) -> list[Read]:
    (calendar,) = vobject.readComponents(data.decode())
    said = calendar.contents.get("method")
    return [
        Read(
            method=said[0].value if said else "",
            kind=event.name,
            uid=event.uid.value,
            sequence=int(event.sequence.value),
            starts_at=event.dtstart.value,
            ends_at=event.dtend.value,
            title=event.summary.value,
            words=event.contents["description"][0].value if "description" in event.contents else "",
            asked=tuple(one.value for one in event.contents.get("attendee", [])),
        )
        for event in calendar.components()
    ]


def by_ical_js(many: list[bytes]) -> list[list[Read]]:
    done = subprocess.run(
        ["node", READ_BACK],
        input=json.dumps([data.decode() for data in many]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [[_read(event) for event in events] for events in json.loads(done.stdout)]


def _read(event: dict[str, Any]) -> Read:
    times = {name: datetime.fromisoformat(event[name]) for name in ("starts_at", "ends_at")}
    return Read(**{**event, **times, "asked": tuple(event["asked"])})

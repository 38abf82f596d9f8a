"""Contact points as vCard 4.0 (RFC 6350), one card each.

Languages and telephones stand in their order (`PREF`); a fingerprint is a `KEY` with an address of
its own scheme, since the portal holds no keys. What vCard has no field for is said in `NOTE`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from models.contacts import PURPOSES
from portal.contacts.duty import shifts_of
from portal.contacts.hours import hours_text
from portal.parsing import on_one_line

LINE: Final = 75  # octets, RFC 6350, 3.2
END: Final = "\r\n"


def as_vcards(rows: Iterable[Any], base_url: str) -> bytes:
    """One card for each row of `portal.contacts.exporting`, in UTF-8."""
    return "".join(_card(row, base_url) for row in rows).encode()


def _card(row: Any, base_url: str) -> str:
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"KIND:{'individual' if row.holder else 'org'}",
        f"UID:{base_url}/contacts/{row.ref}",
        f"SOURCE:{base_url}/contacts/{row.ref}",
        f"FN:{_text(row.holder or f'{row.label}, {row.organisation}')}",
        f"ORG:{_text(row.organisation)}",
        f"TITLE:{_text(row.label)}",
        f"ROLE:{_text(PURPOSES[row.purpose])}",
        f"TZ:{_text(row.zone)}",
        f"REV:{_stamp(row.changed_at)}",
        f"CATEGORIES:TLP:{row.tlp}",
        *_numbered("EMAIL", [address for address in (row.email, row.second_email) if address]),
        *_numbered("TEL;TYPE=work,voice", row.phones),
        *_numbered("LANG", row.languages),
    ]
    if row.phone_any_hour:
        lines.append(f"TEL;TYPE=work,voice;PREF=100:{_text(row.phone_any_hour)}")
    if row.openpgp:
        lines.append(f"KEY:openpgp4fpr:{row.openpgp}")
    lines += [f"NOTE:{_text(_note(row))}", "END:VCARD"]
    return "".join(_folded(line) for line in lines)


def _note(row: Any) -> str:
    hours = "any hour" if row.round_the_clock else hours_text(shifts_of(row.hours))
    said = [f"TLP:{row.tlp}", f"Hours: {hours} ({row.zone})"]
    for word, value in (
        ("Serves", row.constituency),
        ("Channels", row.channels),
        ("S/MIME", row.smime),
        ("Verified", _stamp(row.verified_at) if row.verified_at else ""),
        ("", row.note),
    ):
        if value:
            said.append(f"{word}: {value}" if word else value)
    return "\n".join(said)


def _numbered(name: str, values: Iterable[str]) -> list[str]:
    return [f"{name};PREF={n}:{_text(value)}" for n, value in enumerate(values, start=1)]


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    # RFC 6350, 3.4; other controls have no place in a card.
    value = "\n".join(on_one_line(line) for line in value.splitlines())
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return value.replace("\n", "\\n")


def _folded(line: str) -> str:
    parts, part, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + width
    return END.join([*parts, part]) + END

"""Signs of a STIX bundle: patterns of indicators, and values of observables."""

from ipaddress import ip_address
from typing import Any, Final

from portal.exchange.found import NO_VALUE, Sign, Signs, value_of
from portal.exchange.stix_objects import Objects
from portal.exchange.values import instant, line, number, said, texts

# The field that makes an observable one (STIX 2.1, section 6).
OBSERVABLES: Final = {
    "ipv4-addr": "value",
    "ipv6-addr": "value",
    "domain-name": "value",
    "url": "value",
    "email-addr": "value",
    "mac-addr": "value",
    "mutex": "name",
    "windows-registry-key": "key",
    "autonomous-system": "number",
    "directory": "path",
}
COMPOSITE: Final = frozenset({"file", "network-traffic"})
SIGNS: Final = frozenset({"indicator", "vulnerability", *OBSERVABLES, *COMPOSITE})


def take_signs(sort: str, thing: dict[str, Any], objects: Objects, signs: Signs) -> str | None:
    """Take the signs of an object; gives the reason where nothing of it is taken."""
    if sort == "indicator":
        return _indicator(thing, signs)
    if sort == "file":
        return _file(thing, signs)
    if sort == "network-traffic":
        return _traffic(thing, objects, signs)
    if sort == "vulnerability":
        return _plain(
            "vulnerability", thing.get("name"), said(thing.get("description"), 300), signs
        )
    return _plain(sort, thing.get(OBSERVABLES[sort]), _comment(thing), signs)


def _comment(thing: dict[str, Any]) -> str:
    named = (line(thing.get("name"), 200), said(thing.get("description"), 300))
    return ": ".join(filter(None, named))


def _plain(sort: str, raw: object, comment: str, signs: Signs) -> str | None:
    value, reason = value_of(raw)
    comment = "" if comment == value else comment
    return reason or signs.add(Sign(sort, value, comment=comment))


def _indicator(thing: dict[str, Any], signs: Signs) -> str | None:
    language = line(thing.get("pattern_type"), 64) or "stix"
    pattern, reason = value_of(thing.get("pattern"))
    types = texts(thing.get("indicator_types"), 30)
    return reason or signs.add(
        Sign(
            type=language,
            value=pattern,
            pattern=pattern if language == "stix" else None,
            category=", ".join(types)[:64],
            detection=types != ["benign"],
            comment=_comment(thing),
            first_seen_at=instant(thing.get("valid_from")),
            last_seen_at=instant(thing.get("valid_until")),
        )
    )


def _file(thing: dict[str, Any], signs: Signs) -> str | None:
    hashes = thing.get("hashes")
    named = hashes.items() if isinstance(hashes, dict) else ()
    values = [(line(key, 64).lower().replace("-", ""), value) for key, value in named]
    if not values:
        return _plain("filename", thing.get("name"), "", signs)
    comment = line(thing.get("name"), 200)
    reasons = [_plain(sort, value, comment, signs) if sort else NO_VALUE for sort, value in values]
    return None if None in reasons else reasons[0]


def _traffic(thing: dict[str, Any], objects: Objects, signs: Signs) -> str | None:
    """Take an address with its port, where the traffic names them."""
    for side, sort in (("dst", "ip-dst"), ("src", "ip-src")):
        place = objects.refer(thing.get(f"{side}_ref"))
        address, port = line(place.get("value"), 255), number(thing.get(f"{side}_port"))
        if address and port is not None and _is_address(address):
            return signs.add(Sign(f"{sort}|port", f"{address}|{port}"))
    return NO_VALUE


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False

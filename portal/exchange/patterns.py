"""From the types of MISP and of the portal to STIX: a pattern for detection, or observables.

What is for detection becomes a pattern (STIX 2.1, section 9), what is not becomes observables
(section 6) whose ids follow from their values (section 2.9).
"""

import json
import re
import uuid
from ipaddress import ip_interface
from typing import Any, Final

# The namespace of ids of observables, fixed by STIX 2.1, section 2.9.
OBSERVABLES: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23442d3c5")
# Each type with the object, the property that holds its value, and the path in a pattern.
PLAIN: Final = {
    "domain": ("domain-name", "value"),
    "hostname": ("domain-name", "value"),
    "domain-name": ("domain-name", "value"),
    "url": ("url", "value"),
    "uri": ("url", "value"),
    "filename": ("file", "name"),
    "email": ("email-addr", "value"),
    "email-addr": ("email-addr", "value"),
    "email-src": ("email-addr", "value"),
    "email-dst": ("email-addr", "value"),
    "mac-address": ("mac-addr", "value"),
    "mac-addr": ("mac-addr", "value"),
    "mutex": ("mutex", "name"),
    "regkey": ("windows-registry-key", "key"),
    "windows-registry-key": ("windows-registry-key", "key"),
    "directory": ("directory", "path"),
}
PATHS: Final = {
    "email-src": "email-message:from_ref.value",
    "email-dst": "email-message:to_refs[*].value",
}
ADDRESSES: Final = frozenset({"ip", "ip-src", "ip-dst", "ipv4-addr", "ipv6-addr"})
HASHES: Final = {
    "md5": ("MD5", 32),
    "sha1": ("SHA-1", 40),
    "sha256": ("SHA-256", 64),
    "sha512": ("SHA-512", 128),
}
# What the schemas of OASIS ask of the values of observables.
SHAPES: Final = {
    "domain-name": re.compile(
        r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*"
        r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?",
        re.IGNORECASE | re.ASCII,
    ),
    "email-addr": re.compile(r"[^\s@]+@[^\s@]+"),
    "mac-addr": re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}"),
    "windows-registry-key": re.compile(r"(?!.*(?:HK(?:LM|CC|CR|CU|U)|hk(?:lm|cc|cr|cu|u))).*"),
}
LANGUAGES: Final = frozenset({"yara", "snort", "sigma", "suricata", "pcre"})
SIDES: Final = {"ip-dst": "dst", "hostname": "dst", "domain": "dst", "ip-src": "src"}


def pattern_of(sort: str, value: str) -> str | None:
    """The pattern that finds this value; None where STIX has none for it."""
    terms = _terms(sort, value)
    if terms is None:
        return None
    return f"[{' AND '.join(f'{path} = {_literal(known)}' for path, known in terms)}]"


def observables_of(sort: str, value: str) -> list[dict[str, Any]]:
    """The observables that say this value; none where STIX has none for it."""
    first, _bar, second = value.partition("|")
    if sort in ADDRESSES or sort in PLAIN or sort in HASHES:
        thing = _observable(sort, value)
        return [thing] if thing else []
    if sort.startswith(("filename|", "malware-sample")):
        digest = _digest(_second(sort), second)
        return [_made("file", name=first, hashes=digest)] if digest and first else []
    if sort.endswith("|port"):
        return _traffic(sort.removesuffix("|port"), first, second)
    if sort == "domain|ip":
        both = [_observable("domain", first), _observable("ip", second)]
        return [thing for thing in both if thing] if all(both) else []
    return []


def _terms(sort: str, value: str) -> list[tuple[str, str | int]] | None:
    """Paths and values that must hold together."""
    first, _bar, second = value.partition("|")
    if sort in PLAIN:
        return [(PATHS.get(sort) or ":".join(PLAIN[sort]), value)]
    if sort in ADDRESSES:
        kind = _address(value)
        return [(f"{kind}:value", value)] if kind else None
    if sort in HASHES:
        return _hash_terms(sort, value)
    if sort.startswith(("filename|", "malware-sample")):
        digest = _hash_terms(_second(sort), second)
        return [("file:name", first), *digest] if digest and first else None
    if sort.endswith("|port"):
        return _traffic_terms(sort.removesuffix("|port"), first, second)
    if sort == "domain|ip" and _address(second) and first:
        return [("domain-name:value", first), ("domain-name:resolves_to_refs[*].value", second)]
    return None


def _second(sort: str) -> str:
    return "md5" if sort == "malware-sample" else sort.partition("|")[2]


def _hash_terms(sort: str, value: str) -> list[tuple[str, str | int]] | None:
    digest = _digest(sort, value)
    if not digest:
        return None
    ((name, known),) = digest.items()
    return [(f"file:hashes.{name}" if name.isalnum() else f"file:hashes.'{name}'", known)]


def _digest(sort: str, value: str) -> dict[str, str]:
    name, length = HASHES.get(sort, ("", 0))
    return {name: value} if name and re.fullmatch(rf"[0-9A-Fa-f]{{{length}}}", value) else {}


def _traffic_terms(sort: str, host: str, port: str) -> list[tuple[str, str | int]] | None:
    side, number = SIDES.get(sort), _port(port)
    kind = _address(host) if sort.startswith("ip") else "domain-name" if host else None
    if side is None or number is None or kind is None:
        return None
    ref = f"network-traffic:{side}_ref"
    return [
        (f"{ref}.type", kind),
        (f"{ref}.value", host),
        (f"network-traffic:{side}_port", number),
    ]


def _traffic(sort: str, host: str, port: str) -> list[dict[str, Any]]:
    side, number = SIDES.get(sort), _port(port)
    end = _observable("ip" if sort.startswith("ip") else "domain", host)
    if side is None or number is None or end is None:
        return []
    # Which protocol ran above is not known; that of the address is.
    protocol = {"ipv6-addr": "ipv6"}.get(end["type"], "ipv4")
    ends = {f"{side}_ref": end["id"], f"{side}_port": number}
    return [_made("network-traffic", **ends, protocols=[protocol]), end]


def _observable(sort: str, value: str) -> dict[str, Any] | None:
    if sort in ADDRESSES:
        kind = _address(value)
        return _made(kind, value=value) if kind else None
    if sort in HASHES:
        digest = _digest(sort, value)
        return _made("file", hashes=digest) if digest else None
    kind, field = PLAIN[sort]
    shape = SHAPES.get(kind)
    fits = bool(value) and (shape is None or bool(shape.fullmatch(value)))
    return _made(kind, **{field: value}) if fits else None


def _made(kind: str, **fields: Any) -> dict[str, Any]:
    """An observable; its id is a UUID of version 5 over its fields in canonical JSON."""
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key = uuid.uuid5(OBSERVABLES, canonical)
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{key}", **fields}


def _address(text: str) -> str | None:
    try:
        return f"ipv{ip_interface(text).version}-addr"
    except ValueError:
        return None


def _port(text: str) -> int | None:
    number = int(text) if re.fullmatch(r"[0-9]{1,5}", text) else -1
    return number if 0 <= number <= 65535 else None


def _literal(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"

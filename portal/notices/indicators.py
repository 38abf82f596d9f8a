"""Indicators as people type or paste them, defanged or not: rows with their type recognised.

Types are those of the MISP core format, as imports have them. A row is a value, and behind a blank,
comma, semicolon or tab what is said about it. A row that is not recognised is named, never guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notices import Indicator, Notice

LONGEST_VALUE: Final = 4_000
LONGEST_COMMENT: Final = 500
# How values are made harmless in writing, and what is meant.
DEFANGED: Final = (
    (re.compile(r"^(?:hxxp|h\*\*p|http)(s?)(?:\[://\]|(?:\[:\]|:)//)", re.I), r"http\1://"),
    (re.compile(r"^fxp(s?)(?:\[:\]|:)//", re.I), r"ftp\1://"),
    (re.compile(r"[\[({]\s?(?:\.|dot)\s?[\])}]", re.I), "."),
    (re.compile(r"[\[({]\s?(?:@|at)\s?[\])}]", re.I), "@"),
    (re.compile(r"[\[({]:[\])}]"), ":"),
)
HASHES: Final = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
NAME: Final = re.compile(rf"(?:{LABEL}\.){{1,10}}(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,58}})\.?")
FILE: Final = re.compile(
    r"[^\s\\/:*?\"<>|]{1,200}\.(?:exe|dll|sys|scr|msi|bat|cmd|ps1|vbs|js|hta|lnk|iso|img|jar|apk"
    r"|docx?|docm|xlsx?|xlsm|pptx?|pdf|rtf|rar|7z|gz|tar|bin|dat|tmp)",
    re.I,
)
SHAPES: Final = (
    ("url", re.compile(r"(?:https?|ftps?)://[^\s<>\"]{3,3900}", re.I)),
    ("email", re.compile(rf"[^\s@,;<>]{{1,64}}@(?:{LABEL}\.){{1,10}}[a-z0-9-]{{2,58}}", re.I)),
    ("vulnerability", re.compile(r"CVE-\d{4}-\d{4,7}", re.I)),
    ("AS", re.compile(r"AS\d{1,10}", re.I)),
    ("regkey", re.compile(r"HK(?:LM|CU|CR|U|CC|EY_[A-Z_]{4,20})\\\S.{0,1000}", re.I)),
)
PORT: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})")
APART: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class TypedSign:
    """One row that was typed: its type, its value as it is meant, and what is said about it."""

    type: str
    value: str
    comment: str = ""


@dataclass(frozen=True)
class WrongRow:
    """A row that is not recognised, by its number from 1, and its beginning."""

    number: int
    text: str


def read_rows(text: str) -> tuple[list[TypedSign], list[WrongRow]]:
    """The rows of what was typed, each value once, and those that are not recognised."""
    signs: dict[tuple[str, str], TypedSign] = {}
    wrong: list[WrongRow] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        sign = _row(line.strip().strip("\ufeff\u200b"))
        if sign is None:
            wrong.append(WrongRow(number, line.strip()[:60]))
        else:
            signs.setdefault((sign.type, sign.value), sign)
    return list(signs.values()), wrong


def _row(line: str) -> TypedSign | None:
    for value, comment in _splits(line[: LONGEST_VALUE + LONGEST_COMMENT]):
        plain = _meant(value)
        if sort := _type_of(plain, defanged=plain != value):
            return TypedSign(sort, _spelled(sort, plain), comment[:LONGEST_COMMENT])
    return None


def _splits(line: str) -> Iterator[tuple[str, str]]:
    # The whole row first: names of keys and files may hold blanks.
    if line.upper().startswith("HK"):
        yield line, ""
    for part in APART.finditer(line):
        yield line[: part.start()], line[part.end() :].strip(" #-")
        break
    yield line, ""


def _meant(value: str) -> str:
    value = value.strip("<>\"'`,;")
    for pattern, plain in DEFANGED:
        value = pattern.sub(plain, value)
    return value


def _type_of(value: str, *, defanged: bool) -> str:
    if len(value) in HASHES and re.fullmatch(r"[0-9a-fA-F]+", value):
        return HASHES[len(value)]
    for sort, shape in SHAPES:
        if shape.fullmatch(value):
            return sort
    if _is_network(value):
        return "ip-dst"
    if (pair := PORT.fullmatch(value)) and _is_network(pair[1]) and int(pair[2]) < 65_536:
        return "ip-dst|port"
    if not defanged and FILE.fullmatch(value):
        return "filename"
    if NAME.fullmatch(value.lower()):
        return "domain" if value.strip(".").count(".") == 1 else "hostname"
    return ""


def _is_network(value: str) -> bool:
    try:
        if "/" in value:
            ip_network(value, strict=False)
        else:
            ip_address(value)
    except ValueError:
        return False
    return True


def _spelled(sort: str, value: str) -> str:
    if sort in ("domain", "hostname"):
        return value.lower().rstrip(".")
    if sort in HASHES.values():
        return value.lower()
    if sort in ("vulnerability", "AS"):
        return value.upper()
    return value.replace(":", "|") if sort == "ip-dst|port" else value


def add_signs(
    session: Session, notice: Notice, signs: Iterable[TypedSign], *, detection: bool
) -> None:
    """Add the rows that the notice does not have yet; whoever calls has been let in."""
    new = {(sign.type, sign.value): sign for sign in signs}
    if not new:
        return
    have = select(Indicator.type, Indicator.value).where(Indicator.notice_id == notice.id)
    for row in session.execute(have):
        new.pop((row.type, row.value), None)
    session.add_all(
        Indicator(
            notice_id=notice.id,
            type=sign.type,
            value=sign.value,
            comment=sign.comment,
            detection=detection,
        )
        for sign in new.values()
    )
    session.flush()

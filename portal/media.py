"""Which files are taken: decided by their content, and the name must agree with it."""

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, is_zipfile

import filetype

from portal.errors import Invalid
from portal.words import N_

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
PDF, ZIP = "application/pdf", "application/zip"
PNG, JPEG, GIF, WEBP = "image/png", "image/jpeg", "image/gif", "image/webp"
PCAP, PCAPNG = "application/vnd.tcpdump.pcap", "application/x-pcapng"
WORD, SHEET, SLIDES = (
    f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet",
    f"{OFFICE}presentationml.presentation",
)
TEXT, CSV, JSON = "text/plain", "text/csv", "application/json"

LONGEST_NAME = 200
# Controls, marks of direction, lone surrogates, what has no character yet, ends of lines.
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# The allow-list: each type with the endings that a name of it may have.
ENDINGS: Final = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    GIF: ("gif",),
    WEBP: ("webp",),
    ZIP: ("zip",),
    WORD: ("docx",),
    SHEET: ("xlsx",),
    SLIDES: ("pptx",),
    TEXT: ("txt", "log"),
    CSV: ("csv",),
    JSON: ("json",),
    PCAP: ("pcap", "cap"),
    PCAPNG: ("pcapng",),
}
# Text carries no signature: its ending says which text it is, its content only that it is text.
TEXTS: Final = {ending: kind for kind in (TEXT, CSV, JSON) for ending in ENDINGS[kind]}
BY_SIGNATURE: Final = {kind: kind for kind in (PDF, PNG, JPEG, GIF, WEBP)} | {"image/apng": PNG}
# Captures, in either order of bytes.
CAPTURES: Final = tuple(
    magic.to_bytes(4, order)
    for order in ("little", "big")
    for magic in (0xA1B2C3D4, 0xA1B23C4D)  # times in microseconds, in nanoseconds
)
CAPTURE_SECTIONS: Final = tuple((0x1A2B3C4D).to_bytes(4, o) for o in ("little", "big"))
OFFICE_PARTS: Final = {"word": WORD, "xl": SHEET, "ppt": SLIDES}
# What makes an archive a program: Java and Android; or a document one: macros.
PROGRAM_PARTS: Final = re.compile(
    r"META-INF/MANIFEST\.MF|AndroidManifest\.xml|.*vbaProject\.bin", re.I
)
MARKUP_OR_SCRIPT: Final = re.compile(r"\s*<[a-z!?]|#!", re.I)
# What zipfile raises for broken archives, and for features of the format that it does not know.
NOT_AN_ARCHIVE: Final = (
    BadZipFile,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
)

NOT_TAKEN = N_(
    "This type of file is not accepted. Accepted are PDF, PNG, JPEG, GIF, WebP, ZIP, Word, "
    "Excel and PowerPoint without macros, plain text, CSV, JSON and network captures (pcap, "
    "pcapng)."
)
DISAGREES = N_("The file name extension does not match the content of the file.")
NOT_WHOLE = N_("This file is incomplete, or other content is hidden after its end.")


@dataclass(frozen=True)
class Upload:
    """A file as it was sent in, looked at before any transaction: what it is, or what is wrong."""

    name: str
    content: bytes = field(repr=False)
    media_type: str
    problem: str = ""

    @classmethod
    def of(cls, name: str, content: bytes) -> "Upload":
        """Look at a file; `problem` says why it is not taken, in the words of `media_type`."""
        try:
            called = clean_name(name)
            return cls(called, content, media_type(called, content))
        except Invalid as refused:
            return cls(name, content, "", refused.problems["file"])

    @property
    def sha256(self) -> str:
        """The digest of its bytes, in hexadecimal (FIPS 180-4)."""
        return hashlib.sha256(self.content).hexdigest()

    def problems(self) -> dict[str, str]:
        """Why it is not taken, under the field `file`; empty when it is."""
        return {"file": self.problem} if self.problem else {}


def media_type(name: str, content: bytes) -> str:
    """The type of a file, if it is one that is taken; raises Invalid with a message otherwise."""
    ending = name.rpartition(".")[2].lower()
    found = _type_of(ending, content)
    if found is None:
        raise Invalid({"file": NOT_TAKEN})
    if ending not in ENDINGS[found]:
        raise Invalid({"file": DISAGREES})
    if not _whole(found, content):
        raise Invalid({"file": NOT_WHOLE})
    return found


def _type_of(ending: str, content: bytes) -> str | None:
    if content.startswith(CAPTURES):
        return PCAP
    if content.startswith(b"\n\r\r\n") and content[8:12] in CAPTURE_SECTIONS:
        return PCAPNG
    if content.startswith((b"PK\3\4", b"PK\5\6")):
        return _archive(content)
    known = BY_SIGNATURE.get(filetype.guess_mime(content) or "")
    return known or (TEXTS.get(ending) if _is_text(content) else None)


def _archive(content: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
    except NOT_AN_ARCHIVE:
        return None
    if any(PROGRAM_PARTS.fullmatch(part) for part in parts):
        return None
    if "[Content_Types].xml" not in parts:
        return ZIP
    kinds = {OFFICE_PARTS.get(part.partition("/")[0]) for part in parts} - {None}
    return kinds.pop() if len(kinds) == 1 else None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\0" not in text and not MARKUP_OR_SCRIPT.match(text)


def _whole(kind: str, content: bytes) -> bool:
    # A picture or document ends where its format says: nothing rides behind it (a polyglot).
    ends = {
        PDF: content.startswith(b"%PDF-") and content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"),
        PNG: content.endswith(b"IEND\xaeB`\x82"),
        JPEG: content.rstrip(b"\0").endswith(b"\xff\xd9"),
        GIF: content.endswith(b";"),
        WEBP: int.from_bytes(content[4:8], "little") + 8 == len(content),
    }
    return kind not in ends or (ends[kind] and not is_zipfile(BytesIO(content)))


def clean_name(name: str) -> str:
    """A file's name as it is shown: no path, nothing invisible, NFC, at most 200 characters.

    Raises Invalid when nothing is left of it.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in UNSEEN)
    seen = unicodedata.normalize("NFC", " ".join(seen.split()))
    shown = seen.strip(". ")
    if not shown:
        raise Invalid({"file": N_("Give the file a name.")})
    stem, dot, ending = shown.rpartition(".")
    if dot and len(ending) < 10:
        return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return shown[:LONGEST_NAME]

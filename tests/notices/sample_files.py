"""The smallest good file of each kind that a notice takes, and how a browser sends a file."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import stream_encode_multipart

from tests.pages import Answer, Visitor


def archive(*names: str) -> bytes:
    """A ZIP archive with files of these names."""
    kept = BytesIO()
    with ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return kept.getvalue()


def office(part: str, *more: str) -> bytes:
    """An Office document whose main part is `word`, `xl` or `ppt`."""
    return archive("[Content_Types].xml", f"{part}/document.xml", *more)


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GIF = b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
WEBP = b"RIFF\x0c\0\0\0WEBPVP8L\0\0\0\0"

KINDS = {
    "report.pdf": (PDF, "application/pdf"),
    "screen.png": (PNG, "image/png"),
    "photo.JPG": (JPEG, "image/jpeg"),
    "photo.jpeg": (JPEG, "image/jpeg"),
    "moving.gif": (GIF, "image/gif"),
    "small.webp": (WEBP, "image/webp"),
    "logs.zip": (archive("a.log"), "application/zip"),
    "none.zip": (archive(), "application/zip"),
    "plan.docx": (
        office("word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "hosts.xlsx": (
        office("xl"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "talk.pptx": (
        office("ppt"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "note.txt": ("Grüße, наладим".encode(), "text/plain"),
    "sys.log": (b"<13>Nov 24 10:00:00 host sshd: refused", "text/plain"),
    "mark.txt": (b"\xef\xbb\xbfwith a byte order mark", "text/plain"),
    "hosts.csv": (b"host,address\na,192.0.2.1\n", "text/csv"),
    "signs.json": (b'{"a": 1}', "application/json"),
    "lan.pcap": (b"\xd4\xc3\xb2\xa1" + bytes(20), "application/vnd.tcpdump.pcap"),
    "big-endian.cap": (b"\xa1\xb2\xc3\xd4" + bytes(20), "application/vnd.tcpdump.pcap"),
    "nanoseconds.pcap": (b"\x4d\x3c\xb2\xa1" + bytes(20), "application/vnd.tcpdump.pcap"),
    "lan.pcapng": (
        b"\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0\0\0" + b"\xff" * 8 + b"\x1c\0\0\0",
        "application/x-pcapng",
    ),
}


def encoded(visitor: Visitor, name: str, content: bytes) -> tuple[bytes, str]:
    """The body of a form with that file and a good token, and its content type."""
    values = {**visitor.hidden(), "file": FileStorage(BytesIO(content), name)}
    stream, _length, boundary = stream_encode_multipart(MultiDict(values), use_tempfile=False)
    return stream.read(), f'multipart/form-data; boundary="{boundary}"'


def send(visitor: Visitor, ref: str, name: str, content: bytes) -> Answer:
    """Attach a file as a browser does."""
    body, content_type = encoded(visitor, name, content)
    answer = visitor.client.post(f"/notices/{ref}/attach", data=body, content_type=content_type)
    return visitor._answer(answer)

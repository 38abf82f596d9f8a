"""Shapes of replies that calendars send, each with what it is read as."""

import base64
import quopri

ME, SENDER = "liaison@telco.example", "alias@telco.example"
HEAD = b"From: Some One <alias@telco.example>\r\nMessage-ID: <1@telco.example>\r\nMIME-Version: 1.0"
Shape = tuple[bytes, str]


def ics(
    attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Some One:mailto:liaison@telco.example",
    *,
    method: str = "METHOD:REPLY",
    uid: str = "UID:D-26-7K3Q9M@portal.example",
    more: str = "",
    zones: str = "",
    prodid: str = "-//x//EN",
) -> str:
    """A calendar with one event."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid}", method, *zones.split("|")]
    lines += ["BEGIN:VEVENT", uid, "SEQUENCE:1", *more.split("|"), attendee]
    return "\r\n".join([line for line in lines if line] + ["END:VEVENT", "END:VCALENDAR", ""])


def mail(
    text: str | bytes = "",
    kind: str = 'text/calendar; charset="utf-8"; method=REPLY',
    cte: str = "8bit",
    heads: str = "",
) -> bytes:
    """A mail of one part."""
    body = text.encode() if isinstance(text, str) else text
    if cte == "base64":
        body = base64.encodebytes(body)
    if cte == "quoted-printable":
        body = quopri.encodestring(body)
    more = f"{heads}\r\n".encode() if heads else b""
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {cte}\r\n\r\n".encode()
    return HEAD + b"\r\n" + more + head + body


def parts(*pieces: tuple[str, str], kind: str = "mixed", heads: str = "") -> bytes:
    """A mail of several parts, each in base64."""
    more = f"{heads}\r\n".encode() if heads else b""
    body = HEAD + b"\r\n" + more + f'Content-Type: multipart/{kind}; boundary="=_b"\r\n'.encode()
    for head, text in pieces:
        body += f"\r\n--=_b\r\nContent-Type: {head}\r\n".encode()
        body += b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(text.encode())
    return body + b"\r\n--=_b--\r\n"


GOID = (
    "UID:040000008200E00074C5B7101A82E008000000000000000000000000000000000000000022000000"
    "7643616C2D55696401000000642D32362D616263313233403132372E302E302E3100"
)
CUSTOM = (
    "BEGIN:VTIMEZONE|TZID:Customized Time Zone|BEGIN:STANDARD|DTSTART:16010101T000000|"
    "TZOFFSETFROM:+0330|TZOFFSETTO:+0330|END:STANDARD|END:VTIMEZONE"
)
ODD = "BEGIN:VTIMEZONE|TZID:|BEGIN:STANDARD|TZOFFSETTO:x|END:STANDARD|END:VTIMEZONE"
SAID = "ATTENDEE;{}:mailto:liaison@telco.example"
CAL, PLAIN, FILE = "text/calendar; method=REPLY", "text/plain", 'application/ics; name="i.ics"'
YES, NO = ics(), ics(SAID.format("PARTSTAT=DECLINED"))
AUTO = "Auto-Submitted: {}"

SHAPES: dict[str, Shape] = {
    # Clocks.
    "no DTSTAMP": (mail(ics()), "accepted"),
    "DTSTAMP of next year": (mail(ics(more="DTSTAMP:20991128T101500Z")), "accepted"),
    "DTSTAMP with ms (gateway)": (mail(ics(more="DTSTAMP:20261128T101500.000Z")), "accepted"),
    "DTSTAMP with small z": (mail(ics(more="DTSTAMP:20261128T101500z")), "accepted"),
    "DTSTAMP without a zone": (mail(ics(more="DTSTAMP:20261128T101500")), "accepted"),
    "DTSTAMP of a day": (mail(ics(more="DTSTAMP;VALUE=DATE:20261128")), "accepted"),
    "empty DTSTAMP": (mail(ics(more="DTSTAMP:")), "accepted"),
    # Whose and which.
    "Exchange: GOID for UID": (mail(ics(uid=GOID)), "accepted"),
    "UID in small letters": (mail(ics(uid="UID:d-26-7k3q9m@portal.example")), "accepted"),
    "UID of its own (Notes)": (mail(ics(uid="UID:8525@notes.example")), "accepted"),
    "no UID": (mail(ics(uid="")), "accepted"),
    # People.
    "quotes inside CN": (mail(ics(SAID.format('CN="Some "One" T";PARTSTAT=ACCEPTED'))), "accepted"),
    "one quote in CN": (mail(ics(SAID.format('CN=Some 5" One;PARTSTAT=ACCEPTED'))), "accepted"),
    "colon and comma in CN": (mail(ics(SAID.format('CN="a:b, c";PARTSTAT=ACCEPTED'))), "accepted"),
    "caret quotes (RFC 6868)": (mail(ics(SAID.format("CN=a^'b^';PARTSTAT=ACCEPTED"))), "accepted"),
    "quoted PARTSTAT": (mail(ics(SAID.format('PARTSTAT="ACCEPTED"'))), "accepted"),
    "small letters": (mail(ics("attendee;partstat=accepted:MAILTO:" + ME)), "accepted"),
    "blanks round the values": (mail(ics(SAID.format(" PARTSTAT = ACCEPTED "))), "accepted"),
    "Outlook: no CN, RSVP": (mail(ics(SAID.format("RSVP=TRUE;PARTSTAT=TENTATIVE"))), "tentative"),
    "Google: X-NUM-GUESTS": (
        mail(ics(SAID.format("CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;X-NUM-GUESTS=0"))),
        "accepted",
    ),
    "alias: another address": (mail(ics("ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.c")), "declined"),
    "no mailto": (mail(ics("ATTENDEE;PARTSTAT=DECLINED:" + ME)), "declined"),
    "invalid:nomail (Exchange)": (mail(ics("ATTENDEE;PARTSTAT=DECLINED:invalid:x")), "declined"),
    "urn:uuid (Apple server)": (mail(ics("ATTENDEE;PARTSTAT=DECLINED:urn:uuid:1")), "declined"),
    "several, mine among them": (
        mail(ics("ATTENDEE;PARTSTAT=ACCEPTED:mailto:o@x.y\r\n" + SAID.format("PARTSTAT=DECLINED"))),
        "declined",
    ),
    "several, others silent": (
        mail(
            ics("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:o@x.y\r\nATTENDEE;PARTSTAT=DECLINED:a@b.c")
        ),
        "declined",
    ),
    "several strangers, who differ": (
        mail(ics("ATTENDEE;PARTSTAT=ACCEPTED:mailto:o@x.y\r\nATTENDEE;PARTSTAT=DECLINED:a@b.c")),
        "unread unclear",
    ),
    "delegated to": (
        mail(ics(SAID.format('PARTSTAT=DELEGATED;DELEGATED-TO="mailto:x@y.z"'))),
        "unread delegated",
    ),
    "delegated from": (
        mail(ics(f'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:{ME}":mailto:x@y.z')),
        "unread delegated",
    ),
    "not yet": (mail(ics(SAID.format("PARTSTAT=NEEDS-ACTION"))), "unread no-answer"),
    "of a task": (mail(ics(SAID.format("PARTSTAT=COMPLETED"))), "unread no-answer"),
    "nobody": (mail(ics("")), "unread no-answer"),
    # Lines.
    "LF alone": (mail(YES.replace("\r\n", "\n")), "accepted"),
    "CR alone": (mail(YES.replace("\r\n", "\r")), "accepted"),
    "folded inside a word": (mail(YES.replace("ACCEPTED", "ACCE\r\n PTED")), "accepted"),
    "folded with a tab (Exchange)": (mail(YES.replace("ACCEPTED", "ACCE\r\n\tPTED")), "accepted"),
    "never folded": (mail(ics(more="COMMENT:" + "x" * 900)), "accepted"),
    "empty lines between": (mail(YES.replace("\r\n", "\r\n\r\n")), "accepted"),
    "without the last line end": (mail(YES.rstrip()), "accepted"),
    "a blank line before": (mail("\r\n\r\n" + YES), "accepted"),
    "properties of the program": (mail(ics(more="X-MICROSOFT-CDO-BUSYSTATUS:BUSY")), "accepted"),
    "an alarm inside (Apple)": (
        mail(ics(more="BEGIN:VALARM|ACTION:EMAIL|ATTENDEE:mailto:x@y.z|END:VALARM")),
        "accepted",
    ),
    # Characters.
    "a byte order mark": (mail("\ufeff" + YES), "accepted"),
    "latin-1": (mail(YES.replace("Some", "S\u00f6me").encode("latin-1")), "accepted"),
    "utf-16": (mail(YES.encode("utf-16"), cte="base64"), "accepted"),
    "utf-16 without a mark": (mail(YES.encode("utf-16-le"), cte="base64"), "accepted"),
    "an unknown charset": (mail(YES, kind="text/calendar; charset=x-none"), "accepted"),
    "base64": (mail(YES, cte="base64"), "accepted"),
    "quoted-printable": (mail(YES, cte="quoted-printable"), "accepted"),
    "base64 said, plain sent": (
        mail(YES).replace(b"Transfer-Encoding: 8bit", b"Transfer-Encoding: base64"),
        "accepted",
    ),
    # Parts.
    "application/ics alone": (parts((PLAIN, "Accepted"), (FILE, YES)), "accepted"),
    "octet-stream with a name": (
        parts((PLAIN, "x"), ('application/octet-stream; name="invite.ics"', YES)),
        "accepted",
    ),
    "as an attachment": (
        parts((f"{CAL}\r\nContent-Disposition: attachment; filename=a.ics", YES)),
        "accepted",
    ),
    "as plain text (a gateway)": (mail(YES, kind="text/plain"), "accepted"),
    "two parts, LF and CRLF": (parts((CAL, YES), (CAL, YES.replace("\r\n", "\n"))), "accepted"),
    "two parts that differ": (parts((CAL, YES), (CAL, NO)), "unread unclear"),
    "part and older file": (parts((CAL, NO), (FILE, YES)), "declined"),
    "alternative with HTML": (
        parts((PLAIN, "x"), ("text/html", "<p>x"), (CAL, NO), kind="alternative"),
        "declined",
    ),
    "signed": (
        parts((CAL, NO), ("application/pkcs7-signature", "x"), kind="signed"),
        "declined",
    ),
    "Proton: key attached": (
        parts((CAL, NO), ('application/pgp-keys; name="k.asc"', "x")),
        "declined",
    ),
    "large pictures beside it": (parts(("image/png", "x" * 700_000), (CAL, NO)), "declined"),
    "winmail.dat (TNEF)": (
        parts((PLAIN, "x"), ('application/ms-tnef; name="winmail.dat"', "x")),
        "unread tnef",
    ),
    "encrypted, S/MIME": (
        mail("x", kind="application/pkcs7-mime; smime-type=enveloped-data"),
        "unread encrypted",
    ),
    "encrypted, OpenPGP": (
        parts(("application/pgp-encrypted", "Version: 1"), kind="encrypted"),
        "unread encrypted",
    ),
    "a note of a person": (mail("I come!", kind="text/plain"), "unread no-calendar"),
    "an empty mail": (mail("", kind="text/plain"), "unread no-calendar"),
    "too large": (mail("x" * 5_000_000, kind="text/plain"), "unread large"),
    # Methods.
    "REQUEST that is answered": (mail(ics(method="METHOD:REQUEST")), "accepted"),
    "no METHOD": (mail(ics(method="")), "accepted"),
    "the part says REQUEST": (mail(YES, kind="text/calendar; method=REQUEST"), "accepted"),
    "our invitation, sent back": (
        mail(ics(SAID.format("PARTSTAT=NEEDS-ACTION;RSVP=TRUE"), method="METHOD:REQUEST")),
        "unread no-answer",
    ),
    "CANCEL": (mail(ics(method="METHOD:CANCEL")), "unread method"),
    "REFRESH": (mail(ics(method="METHOD:REFRESH")), "unread method"),
    "one day of a series": (mail(ics(more="RECURRENCE-ID:20261203T130000Z")), "accepted"),
    "event and exception": (
        mail(YES.replace("END:VCALENDAR", YES[YES.index("BEGIN:VEVENT") :])),
        "accepted",
    ),
    # Another time.
    "COUNTER in UTC": (
        mail(ics(method="METHOD:COUNTER", more="DTSTART:20261204T100000Z")),
        "counter 2026-12-04 10:00",
    ),
    "COUNTER without an answer": (
        mail(ics("", method="METHOD:COUNTER", more="DTSTART:20261204T100000Z")),
        "counter 2026-12-04 10:00",
    ),
    "COUNTER, zone of Windows": (
        mail(ics(method="METHOD:COUNTER", more="DTSTART;TZID=FLE Standard Time:20261204T120000")),
        "counter 2026-12-04 10:00",
    ),
    "COUNTER, zone of IANA": (
        mail(ics(method="METHOD:COUNTER", more="DTSTART;TZID=Europe/Helsinki:20260704T130000")),
        "counter 2026-07-04 10:00",
    ),
    "COUNTER, old Mozilla zone": (
        mail(
            ics(
                method="METHOD:COUNTER",
                more="DTSTART;TZID=/mozilla.org/20050126_1/Europe/Helsinki:20261204T120000",
            )
        ),
        "counter 2026-12-04 10:00",
    ),
    "COUNTER, zone of its own": (
        mail(
            ics(
                method="METHOD:COUNTER",
                zones=CUSTOM,
                more='DTSTART;TZID="Customized Time Zone":20261204T133000',
            )
        ),
        "counter 2026-12-04 10:00",
    ),
    "COUNTER, no zone at all": (
        mail(ics(method="METHOD:COUNTER", more="DTSTART:20261204T100000")),
        "counter at a time not known",
    ),
    "COUNTER of a day": (
        mail(ics(method="METHOD:COUNTER", more="DTSTART;VALUE=DATE:20261204")),
        "counter at a time not known",
    ),
    "a reply with an odd zone": (mail(ics(zones=ODD)), "accepted"),
    # Programs and lists.
    "out of office": (
        mail("away", kind="text/plain", heads=AUTO.format("auto-replied")),
        "automatic no-calendar",
    ),
    "marked automatic": (
        mail("x", kind="text/plain", heads=AUTO.format("auto-generated")),
        "automatic no-calendar",
    ),
    "Precedence": (mail("x", kind="text/plain", heads="Precedence: bulk"), "automatic no-calendar"),
    "a list": (mail("x", kind="text/plain", heads="List-Id: <a.b>"), "automatic no-calendar"),
    "null return path": (
        mail("x", kind="text/plain", heads="Return-Path: <>"),
        "automatic no-calendar",
    ),
    "Exchange asks for none": (
        mail("x", kind="text/plain", heads="X-Auto-Response-Suppress: All"),
        "automatic no-calendar",
    ),
    "a bounce": (
        parts((PLAIN, "failed"), kind="report; report-type=delivery-status"),
        "automatic no-calendar",
    ),
    "Google's reply": (mail(YES, heads=AUTO.format("auto-generated")), "accepted"),
    "not automatic, said so": (
        mail("x", kind="text/plain", heads=AUTO.format("no")),
        "unread no-calendar",
    ),
    "markup instead": (mail("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///x'>]>"), "unread broken"),
    "cut off": (mail(YES[:-30]), "unread broken"),
}
